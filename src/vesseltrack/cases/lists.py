"""How old the lists are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.vessels.model import ListUsed


def stale_lists(lists: Iterable[ListUsed], as_of: date, max_age_days: int | None) -> Iterator[str]:
    """A sentence for each list older than the limit on ``as_of``; a list without a date cannot be said to be fresh.

    The age counts from the later of the day on which the list was retrieved and the last on which it was confirmed.
    """
    if max_age_days is None:
        return
    for used in lists:
        looked = max(used.retrieved, used.confirmed)
        if not looked:
            how = "imported with `vesseltrack vessels import FILE --as NAME` it has one"
            yield f"the age of the list {used.name} is not known; {how}"
        elif (age := (as_of - date.fromisoformat(looked)).days) > max_age_days:
            yield f"the list {used.name} is {age:,} days old (limit {max_age_days:,}); {_mended(used)}"


def _mended(used: ListUsed) -> str:
    """How a stale list is made fresh."""
    return (
        "import a fresh file with `vesseltrack vessels import FILE`, or, where the published list is unchanged, record "
        f"that with `vesseltrack vessels import --confirm {used.id}`"
    )
