"""What oil counting says of a year: its estimate, crossings, reported volumes, and all of them against the cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.oil.assumptions import Assumptions, CountingRule
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.notified import MonthEnd, RateNotices, Report, ReportedProjection
    from vesseltrack.oil.volume import Barrels
    from vesseltrack.sightings.schema import SightingRef


@dataclass(frozen=True)
class Crossing:
    """The day on which a share of the cap was reached. None: not reached."""

    basis: Literal["estimated", "reported"]
    percent: int
    low: date | None
    central: date | None
    high: date | None


@dataclass(frozen=True)
class Scenario:
    """The published convention: full capacity times one fill for every delivery."""

    fill: float
    barrels: int
    percent_of_cap: float | None
    crossed_on: date | None


@dataclass(frozen=True)
class DayEstimate:
    """The running total at the end of a day."""

    day: date
    barrels: Barrels
    probability_exceeded: float | None
    """Share of draws in which the cap had been reached by then; None where there is no cap."""


@dataclass(frozen=True)
class Regime:
    """A cap in force."""

    id: str
    product: str
    limit_barrels: int
    first: date
    last: date
    notices_percent: tuple[int, ...]
    legal_basis: tuple[str, ...]
    limit_tonnes: int | None = None
    """The same cap in tonnes, where the resolution gives one."""


@dataclass(frozen=True)
class Reported:
    """What States reported to the 1718 Committee for a year. None: nothing is known, which is not zero."""

    barrels: int | None
    by_state: tuple[tuple[str, int | None], ...]
    missing_months: tuple[tuple[str, tuple[str, ...]], ...]
    """State and the months (``2024-02``) for which no report is known."""

    crossings: tuple[Crossing, ...]
    sources: tuple[str, ...]
    months: tuple[Report, ...] = ()
    """The reports that the sum is made of, none overlapping another of its State."""

    history: tuple[Report, ...] = ()
    """Figures that were superseded or are in conflict, and why they are not used."""

    balance: tuple[MonthEnd, ...] = ()
    """The running balance at the end of each month."""

    notices: tuple[RateNotices, ...] = ()
    """When notices fell due under each rate of conversion; the Committee's own rate stands first."""

    projection: ReportedProjection | None = None
    contradictions: tuple[str, ...] = ()
    """Reports that cannot all be right, a sentence each."""


@dataclass(frozen=True)
class OpeningBalance:
    """Barrels from a source, up to and including a day, that the sightings do not show."""

    barrels: int
    until: date
    because: str


@dataclass(frozen=True)
class Projection:
    """An extrapolation of the rate seen so far to the end of the year; not an estimate."""

    rate_per_30_days: int
    low: date | None
    central: date | None
    high: date | None


@dataclass(frozen=True)
class Driver:
    """How much of the uncertainty an assumption is."""

    assumption: str
    """One of ``draws.GROUPS``."""

    share: float
    """Of the variance of the total."""

    low: float | None
    """Central estimate with the assumption at the 5 % point of its range; None where it moves no total by itself."""

    high: float | None
    """The same at the 95 % point."""


@dataclass(frozen=True)
class Flip:
    """What would turn the verdict on the central estimate round; empty where nothing within its range would."""

    assumption: str
    """The assumption that need move least: ``were the ships 62 % full rather than 75 %``."""

    sighting: str
    ref: SightingRef | None
    """The sighting that is meant."""


@dataclass(frozen=True)
class Counted:
    """The year by one rule of counting."""

    rule: CountingRule
    deliveries: int
    estimate: Barrels
    probability_exceeded: float | None


@dataclass(frozen=True)
class CrudeStatus:
    """Twelve months against the cap on crude, kept apart from refined products (UNSCR 2397 para 4)."""

    regime: Regime
    deliveries: int
    estimate: Barrels
    tonnes: Barrels
    probability_exceeded: float | None


@dataclass(frozen=True)
class CapStatus:
    """A year against its cap."""

    year: int
    regime: Regime | None
    """None: no cap in force that year."""

    verdict: str
    coverage_from: date | None
    coverage_to: date | None
    days_observed: int
    estimate: Barrels
    """5, 50 and 95 % quantiles of the simulation; the median counts what is beyond doubt, and the high end also the
    weakly evidenced calls, by their probability."""

    probability_exceeded: float | None
    """Share of draws, weakly evidenced calls included by their probability, at or above the cap; None without a cap."""

    draws: int
    """Draws that were made: fewer than asked for where a year is very full."""

    assumptions: Assumptions
    days: tuple[DayEstimate, ...]
    """The running total on each day on which something may have been added."""

    counting: tuple[Counted, ...]
    """The three rules of counting side by side, the one in use first."""

    drivers: tuple[Driver, ...]
    """Assumptions by their share in the variance, the largest first."""

    flip: Flip | None
    """None without a cap or a delivery."""

    crude: tuple[CrudeStatus, ...]
    uncapped: Barrels
    """Deliveries of the year outside the regime's period or product: shown, not summed into the estimate."""

    scenarios: tuple[Scenario, ...]
    crossings: tuple[Crossing, ...]
    """Estimated first, then reported."""

    deliveries: tuple[Delivery, ...]
    reported: Reported
    opening_balance: OpeningBalance | None
    projection: Projection | None
    caveats: tuple[str, ...]
    """Sentences printed with the verdict: coverage, possible deliveries, capacities unknown, months not reported."""

    @property
    def gap(self) -> tuple[int, int, int] | None:
        """Estimated minus reported barrels, low, central and high: two families set against each other, never summed.

        Below zero where less was estimated than reported. None where nothing is known to be reported.
        """
        told = self.reported.barrels
        if told is None:
            return None
        low, central, high = (round(v) - told for v in (self.estimate.low, self.estimate.central, self.estimate.high))
        return low, central, high
