"""The Screening: queries against the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack import __version__, reference
from vesseltrack.cases.lists import stale_lists
from vesseltrack.reports.case import Screening
from vesseltrack.vessels.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.register import Register


def screen_case(
    queries: Iterable[str], register: Register, *, as_of: date, max_list_age_days: int | None = None
) -> Screening:
    """One answer per query, in order; incomplete where one held nothing that can be checked, or none was given."""
    results = screen(queries, register, as_of)
    unchecked = [result for result in results if not result.checked]
    if not any(result.query.strip() for result in results):
        because = ["no query was given"]
    else:
        because = [f"{len(unchecked)} of {len(results)} queries could not be checked"] if unchecked else []
    return Screening(
        program_version=__version__,
        data_version=reference.DATA_VERSION,
        as_of=as_of,
        incomplete_because=(*because, *stale_lists(register.lists, as_of, max_list_age_days)),
        lists=register.lists,
        reference=register.reference,
        results=results,
    )
