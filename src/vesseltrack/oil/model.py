"""What oil counting speaks of: port calls, and the deliveries that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vesseltrack.oil.volume import Barrels

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from vesseltrack.oil.capacity import Capacity
    from vesseltrack.ports.model import Facility, Place, Port
    from vesseltrack.sightings.schema import SightingRef
    from vesseltrack.vessels.model import Identity

CallKind = Literal["load", "discharge", "receipt", "anchorage", "other"]
DeliveryKind = Literal["voyage", "load", "discharge", "receipt", "possible", "coastal", "unidentified"]


@dataclass(frozen=True)
class Days:
    """When something happened: the day it counts for, and the first and last day on which it may have happened."""

    day: date
    earliest: date
    latest: date

    @classmethod
    def of(cls, start: datetime, end: datetime) -> Days:
        """The days of an interval; it counts for its middle."""
        return cls((start + (end - start) / 2).date(), start.date(), end.date())

    def later(self, by: timedelta) -> Days:
        """The same, some days later."""
        return Days(self.day + by, self.earliest + by, self.latest + by)

    def not_before(self, first: date) -> Days:
        """The same, where it cannot have been before a day."""
        return Days(max(self.day, first), max(self.earliest, first), max(self.latest, first))


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

    arrived_by: datetime
    """The latest instant at which the ship can have arrived: the end of the sighting that ends first."""

    left_after: datetime
    """The earliest instant at which it can have left: the start of the sighting that starts last."""

    rows: tuple[int, ...]
    """Row labels of the sightings that say what and when it was."""

    corroborating: tuple[int, ...]
    """Row labels of sightings dated too widely to say more than that there was such a call."""

    ais: frozenset[str]
    """AIS statuses seen during the call, ``unknown`` left out."""

    laden: tuple[str, ...] = ()
    """Laden states in the order of the sightings, ``unknown`` left out."""

    took_over: bool = False
    """Took oil over from another ship, be it one of the same flag."""

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


NOTHING = Barrels(0.0, 0.0, 0.0)


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
    """When it was loaded at a berth; None where that was not seen, or it was taken over at sea."""

    discharged: Days | None
    """When it was landed; None where that was not seen."""

    capacity: Capacity
    product: str
    regime: str
    """What its product counts as: ``refined``, ``crude``, or empty for what no cap counts."""

    in_low: bool
    """Counted in the low estimate (ruling 17: not where it may be a named ship)."""

    other_half: bool
    """Left out of low only because it may be the other half of a cargo that is counted by its first half."""

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

    barrels: Barrels = NOTHING
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
