"""Years side by side: what changed, and how far the years can be compared at all."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from vesseltrack.reports.document import report_document
from vesseltrack.reports.values import barrels_object, day, number
from vesseltrack.reports.wording import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.year import CapStatus, Crossing
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.values import Document

UNEVEN_DAYS = 1.5
"""One year's days of sightings over another's from which a change may be of the looking. A choice, told with the
figures that it rests on."""

UNEVEN_MONTHS = 2
"""The same for the months from first to last sighting: so many more."""

NOT_SIGHTED = "no sighting of a tanker in this year: nothing is known, which is not zero"


@dataclass(frozen=True)
class Compared:
    """A year beside the one before it in the comparison."""

    status: CapStatus
    known: bool
    """False where there is neither a sighting nor an opening balance: an estimate of nothing, not of zero."""

    change_barrels: int | None
    """Of the central estimate, against ``against``; None where either is not known."""

    change_percent: float | None
    """None also where there is nothing to take a percentage of."""

    against: int | None
    """The year before in the comparison; None for the first."""

    remarks: tuple[str, ...]
    """Why the change may be of the looking and not of the trade, a sentence each."""

    @property
    def crossed(self) -> Crossing | None:
        """The days on which the estimate reached the cap."""
        return next((c for c in self.status.crossings if c.basis == "estimated" and c.percent == 100), None)

    @property
    def counted(self) -> int | None:
        """Deliveries that count towards the cap, those in the high estimate only among them."""
        return sum(d.in_cap for d in self.status.deliveries) if self.known else None


def compared(case: Case) -> tuple[Compared, ...]:
    """Each year of a case, in order."""
    return tuple(_compared(case.years))


def months_covered(status: CapStatus) -> int:
    """Months from the first to the last sighting, both counted; 0 where there is none."""
    if status.coverage_from is None or status.coverage_to is None:
        return 0
    return status.coverage_to.month - status.coverage_from.month + 1


def compare_document(case: Case) -> Document:
    """The document of ``report`` with the key ``comparison``: an object a year."""
    return {**report_document(case), "comparison": [_object(one) for one in compared(case)]}


def _compared(years: tuple[CapStatus, ...]) -> Iterator[Compared]:
    before: CapStatus | None = None
    for status in years:
        barrels = percent = None
        if before is not None and _known(before) and _known(status):
            was, now = before.estimate.central, status.estimate.central
            barrels = round(now) - round(was)
            percent = (now - was) / was * 100 if round(was) > 0 and isfinite(was) else None
        remarks = tuple(_remarks(status, before))
        yield Compared(status, _known(status), barrels, percent, None if before is None else before.year, remarks)
        before = status


def _known(status: CapStatus) -> bool:
    return status.coverage_from is not None or status.opening_balance is not None or bool(status.deliveries)


def _remarks(status: CapStatus, before: CapStatus | None) -> Iterator[str]:
    if not _known(status):
        yield f"{status.year}: {NOT_SIGHTED}."
    if before is None or not _known(status):
        return
    if not _known(before):
        yield f"{status.year} has nothing to be compared with in {before.year}."
        return
    days = sorted((before.days_observed, status.days_observed))
    months = sorted((months_covered(before), months_covered(status)))
    if days[1] > days[0] * UNEVEN_DAYS or months[1] - months[0] >= UNEVEN_MONTHS:
        yield (
            f"{before.year} and {status.year} were not watched alike: {_watched(before)}, but {_watched(status)}. "
            "The change may be of the looking and not of the trade."
        )
    if before.regime is None or status.regime is None or before.regime.limit_barrels != status.regime.limit_barrels:
        yield f"{before.year} and {status.year} were not under the same cap."
    for one in (before, status):
        if one.opening_balance is not None:
            yield f"{one.year} holds an opening balance of {one.opening_balance.barrels:,} barrels, not from sightings."


def _watched(status: CapStatus) -> str:
    days, months = status.days_observed, months_covered(status)
    shown = "1 day" if days == 1 else f"{days} days"
    over = f" over {'1 month' if months == 1 else f'{months} months'}" if months else ""
    within = f" ({span(status.coverage_from, status.coverage_to)})" if months else ""
    return f"sightings on {shown}{over}{within} in {status.year}"


def _object(one: Compared) -> Document:
    status, crossed = one.status, one.crossed
    limit = status.regime.limit_barrels if status.regime else None
    share = status.estimate.central / limit * 100 if limit and one.known else None
    return {
        "year": status.year,
        "verdict": status.verdict,
        "limit_barrels": limit,
        "estimate": barrels_object(status.estimate) if one.known else None,
        "percent_of_cap": number(share, 2),
        "deliveries": one.counted,
        "reported_barrels": status.reported.barrels,
        "crossed": {
            "low": day(crossed.low) if crossed else None,
            "central": day(crossed.central) if crossed else None,
            "high": day(crossed.high) if crossed else None,
        },
        "coverage": {
            "from": day(status.coverage_from),
            "to": day(status.coverage_to),
            "days_observed": status.days_observed,
            "months": months_covered(status),
        },
        "change": {
            "against": one.against,
            "barrels": one.change_barrels,
            "percent": number(one.change_percent, 1),
        },
        "remarks": list(one.remarks),
    }
