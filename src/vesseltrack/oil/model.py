"""What oil counting speaks of: port calls, voyages, deliveries, crossings, and a year against its cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

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
class Capacity(Barrels):
    """What a ship can carry, in barrels, and on what evidence."""

    basis: str


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
    counted_on: date
    """The day it counts for: arrival (middle of an interval), else loading plus transit."""

    earliest: date
    latest: date
    capacity: Capacity
    barrels: Barrels
    product: str
    in_cap: bool
    """Counts towards the refined petroleum cap in force on ``counted_on``."""

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
class Regime:
    """A cap in force."""

    id: str
    product: str
    limit_barrels: int
    first: date
    last: date
    notices_percent: tuple[int, ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class Reported:
    """What States reported to the 1718 Committee for a year. None: nothing is known, which is not zero."""

    barrels: int | None
    by_state: tuple[tuple[str, int | None], ...]
    missing_months: tuple[tuple[str, tuple[str, ...]], ...]
    """State and the months (``2024-02``) for which no report is known."""

    crossings: tuple[Crossing, ...]
    sources: tuple[str, ...]


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
