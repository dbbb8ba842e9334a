"""What oil counting speaks of: port calls, voyages, deliveries, crossings, and a year against its cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from vesseltrack.oil.assumptions import Assumptions, CountingRule
    from vesseltrack.oil.capacity import Capacity
    from vesseltrack.oil.counting import Days
    from vesseltrack.oil.notified import MonthEnd, RateNotices, Report, ReportedProjection
    from vesseltrack.ports.model import Facility, Place, Port
    from vesseltrack.sightings.schema import SightingRef
    from vesseltrack.vessels.model import Identity

CallKind = Literal["load", "discharge", "receipt", "anchorage", "other"]
DeliveryKind = Literal["voyage", "load", "discharge", "receipt", "possible", "coastal", "unidentified"]


@dataclass(frozen=True)
class Barrels:
    """A volume in barrels. ``low <= central <= high`` always."""

    low: float
    central: float
    high: float

    def __add__(self, other: Barrels) -> Barrels:
        return Barrels(self.low + other.low, self.central + other.central, self.high + other.high)


@dataclass(frozen=True)
class PortCall:
    """Sightings of one ship at one place that belong together."""

    ship: str
    """``Identity.key``; for an unidentified ship, a key of its own."""

    identity: Identity | None
    """None for an unidentified ship."""

    name: str
    place: Place
    kind: CallKind
    start: datetime
    """Earliest instant of the earliest sighting, UTC."""

    end: datetime
    """Latest instant of the latest sighting, UTC."""

    rows: tuple[int, ...]
    """Row labels of the sightings that say what and when it was."""

    corroborating: tuple[int, ...]
    """Row labels of sightings dated too widely to say more than that there was such a call."""

    ais: frozenset[str]
    """AIS statuses seen during the call, ``unknown`` left out."""

    laden: tuple[str, ...] = ()
    """Laden states in the order of the sightings, ``unknown`` left out."""

    extra_calls: int = 0
    """Further calls that fit into a chain of sightings without continuous evidence; counted in high only."""

    @property
    def port(self) -> Port | None:
        """Port of the call; None at sea."""
        return self.place.port

    @property
    def facility(self) -> Facility | None:
        """Facility of the call, where the evidence names one."""
        return self.place.facility


@dataclass(frozen=True)
class Delivery:
    """Oil of one voyage that reached, or is taken to have reached, the DPRK; counted once."""

    id: str
    vessel: str
    imo: str | None
    kind: DeliveryKind
    loaded_on: str | None
    """ISO date, or interval ``a/b`` where the day is not known."""

    loaded_at: str | None
    """``port, facility``."""

    delivered_on: str | None
    delivered_at: str | None
    counted: Days
    """When it counts by the rule in use: on arrival (middle of an interval), else on loading plus transit."""

    loaded: Days | None
    """When it was loaded; None where that was not seen."""

    discharged: Days | None
    """When it was landed; None where that was not seen."""

    capacity: Capacity
    product: str
    regime: str
    """What its product counts as: ``refined``, ``crude``, or empty for what no cap counts."""

    in_low: bool
    """Counted in the low estimate (ruling 17: not where it may be a named ship)."""

    in_central: bool
    """Counted in the central estimate; else in the high one only, by its probability (rulings 17 to 20)."""

    probability: float
    """That it was a delivery at all; 1 where ``in_central``."""

    designated: bool
    """Carried by a ship listed on the day it loaded, else arrived."""

    state: str
    """Country of loading, ISO 3166-1 alpha-2; empty where not seen."""

    why: str
    """How the kind and the weights follow from the evidence, in a sentence."""

    identity: Identity | None
    calls: tuple[PortCall, ...]
    rows: tuple[int, ...]
    sightings: tuple[SightingRef, ...]
    """Every barrel traces to sightings."""

    barrels: Barrels = Barrels(0.0, 0.0, 0.0)
    """Its part of the estimate, low, central and high: whole barrels that add up to the estimate's."""

    in_cap: bool = False
    """Counts towards the refined petroleum cap in force on ``counted_on``."""

    exempt: str = ""
    """Why it does not count although it was made: the Committee's exemption; empty for none."""

    @property
    def counted_on(self) -> date:
        """The day it counts for."""
        return self.counted.day

    @property
    def earliest(self) -> date:
        """First day on which it may count."""
        return self.counted.earliest

    @property
    def latest(self) -> date:
        """Last day on which it may count."""
        return self.counted.latest


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
