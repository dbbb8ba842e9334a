"""Volumes as States notified them to the 1718 Committee, and what a year's account of them consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

COMMITTEE_BARRELS_PER_TONNE = 8.33
"""Product basket of the 1718 Committee, published 17 February 2021 (data/conversion_rates.csv)."""

FIRST_YEAR_IN_BARRELS = 2021
"""Volumes for months before 2021 were notified in tonnes, without product or rate (newspim 2020-11-20); those of 2021
are the first that were due after the Committee's rule of 17 February 2021 (data/SOURCES.md)."""

MONTHS = 12

Status = Literal["current", "superseded", "conflict", "press_conversion", "not_filed"]


@dataclass(frozen=True)
class Report:
    """What one source says that a State notified for consecutive months of one year."""

    state: str
    """``China+Russia``: a joint figure, which is history only."""

    year: int
    first: int
    """Month, 1 to 12."""

    last: int
    """Month, 1 to 12; after ``first`` in a cumulative row."""

    tonnes: float | None
    barrels: float | None
    """As notified, or as the Committee restated it; neither tonnes nor barrels: nothing was filed."""

    status: Status = "current"
    reported_on: date | None = None
    """The day it was filed or published, where known: a later one replaces."""

    source: str = ""
    note: str = ""
    """Why it does not count, or what must be known to read it."""

    where: str = ""
    """``own.csv line 3``, for a user's row that claims to count; empty for data/reported.csv and for history."""

    @property
    def key(self) -> tuple[str, int, int, int]:
        """State and period: of several reports with one key, one counts."""
        return self.state, self.year, self.first, self.last

    @property
    def said(self) -> tuple[float | None, float | None]:
        """The volume as it stands there."""
        return self.tonnes, self.barrels

    @property
    def period(self) -> str:
        """``2024-03``, or ``2024-01 to 2024-03``."""
        first, last = f"{self.year}-{self.first:02d}", f"{self.year}-{self.last:02d}"
        return first if first == last else f"{first} to {last}"

    @property
    def ends(self) -> date:
        """Last day of the period."""
        return month_end(self.year, self.last)

    @property
    def by_rate(self) -> bool:
        """Whether its barrels depend on the rate of conversion (see `volume`)."""
        return self.barrels is None or self.year < FIRST_YEAR_IN_BARRELS

    def volume(self, barrels_per_tonne: float = COMMITTEE_BARRELS_PER_TONNE) -> float:
        """Barrels under a rate of conversion; 0 where nothing was filed.

        Barrels that were notified as barrels are the same under every rate. Tonnes are multiplied by the rate. What was
        notified in tonnes and later restated by the Committee in barrels (months before 2021) stands as restated under
        the Committee's own rate; under another it is taken back to tonnes: those that were given, else the barrels
        divided by 8.33.
        """
        if self.barrels is None:
            return (self.tonnes or 0.0) * barrels_per_tonne
        if not self.by_rate or barrels_per_tonne == COMMITTEE_BARRELS_PER_TONNE:
            return self.barrels
        tonnes = self.barrels / COMMITTEE_BARRELS_PER_TONNE if self.tonnes is None else self.tonnes
        return tonnes * barrels_per_tonne

    @property
    def converted(self) -> str:
        """How its barrels were found."""
        if self.barrels is None:
            return f"tonnes at {COMMITTEE_BARRELS_PER_TONNE:g} barrels"
        return "barrels as restated after February 2021" if self.by_rate else "barrels as notified"


@dataclass(frozen=True)
class MonthEnd:
    """The running balance at the end of a month: what is known to have been reported so far."""

    month: str
    """``2024-03``."""

    barrels: int | None
    """None: no report is known so far, which is not zero."""

    remaining: int | None
    """Barrels left under the cap; below zero where it is passed. At most this where States are missing."""

    percent_of_cap: float | None
    missing: tuple[str, ...]
    """States with a month so far that no report covers."""


@dataclass(frozen=True)
class ConversionRate:
    """Barrels per tonne by an authority or in the press (data/conversion_rates.csv)."""

    barrels_per_tonne: float
    name: str
    source: str


@dataclass(frozen=True)
class RateNotices:
    """The notices of a year as they fell due under one rate of conversion."""

    rate: ConversionRate
    barrels: int
    """Known to be reported for the year under this rate."""

    percent_of_cap: float
    due: tuple[tuple[int, date | None], ...]
    """Percent of the cap, and the last day of the month by which the volumes had reached it. None: not reached."""


@dataclass(frozen=True)
class Reach:
    """When reported volumes reach a share of the cap."""

    percent: int
    on: date | None
    """None: not within the year."""

    extrapolated: bool
    """False: the reports themselves reached it."""


@dataclass(frozen=True)
class ReportedProjection:
    """An extrapolation of what was reported so far to the end of a running year; not a report."""

    rate_per_30_days: int
    first: date
    last: date
    """Last day for which a report is known: the rate is that of all days up to it."""

    complete: bool
    """False: a State's months are missing, so the rate is a floor."""

    reaches: tuple[Reach, ...]


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == MONTHS else date(year, month + 1, 1) - timedelta(days=1)
