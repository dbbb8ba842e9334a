"""Voyages: which loading belongs to which discharge, and which calls are oil at all (rulings 18 to 21).

A voyage is one cargo. It is known by its loading, its discharge, or both, and is counted once whatever the evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import BERTHED_IN_THE_SILENCE
from vesseltrack.oil.calls import CALL_GAP, PORT_TIME, WIDE
from vesseltrack.ports.distance import sail_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vesseltrack.oil.model import DeliveryKind, PortCall
    from vesseltrack.oil.ships import ShipKind
    from vesseltrack.ports.model import Port

LONGEST_VOYAGE = timedelta(days=45)
"""Loading and discharge farther apart are two voyages. Yu Son took 37 days from Vostochny (1 April 2024) by way of
Chinese waters to Nampo (8 May 2024)."""

SILENCE = timedelta(hours=12)
"""Silence after lying off a loading berth that makes a delivery possible (ruling 20)."""


@dataclass(frozen=True)
class Voyage:
    """One cargo: where it was loaded and where discharged, as far as either was seen."""

    kind: DeliveryKind
    loads: tuple[PortCall, ...]
    """Loading calls or receipts at sea; more than one where a cargo was topped up."""

    discharge: PortCall | None
    why: str

    @property
    def calls(self) -> tuple[PortCall, ...]:
        """All calls of the voyage, in order."""
        return self.loads + ((self.discharge,) if self.discharge is not None else ())


def middle(call: PortCall) -> datetime:
    """Middle of a call."""
    return call.start + (call.end - call.start) / 2


def voyages(calls: Sequence[PortCall], oil_ships: frozenset[str], supply_ports: Sequence[Port]) -> tuple[Voyage, ...]:
    """Voyages of all ships whose calls are counted for oil.

    ``calls`` in any order; ``supply_ports`` are the places from which oil may have come in a silence.
    """
    by_ship: defaultdict[str, list[PortCall]] = defaultdict(list)
    for call in calls:
        if call.ship in oil_ships:
            by_ship[call.ship].append(call)
    return tuple(
        voyage for ship in sorted(by_ship) for voyage in _voyages_of_ship(_Track.of(by_ship[ship]), supply_ports)
    )


@dataclass(frozen=True)
class _Track:
    """A ship's calls in order of time, found by time without going through all of them."""

    calls: list[PortCall]
    middles: list[datetime]

    @classmethod
    def of(cls, calls: list[PortCall]) -> _Track:
        ordered = sorted(calls, key=lambda c: (middle(c), c.start, c.place.text))
        return cls(ordered, [middle(call) for call in ordered])

    def before(self, call: PortCall) -> Iterator[PortCall]:
        """Earlier calls, the latest first."""
        at = bisect_left(self.middles, middle(call))
        return (self.calls[i] for i in range(at - 1, -1, -1))

    def after(self, call: PortCall) -> Iterator[PortCall]:
        """Later calls, the earliest first."""
        at = bisect_right(self.middles, middle(call))
        return (self.calls[i] for i in range(at, len(self.calls)))


class _Waiting:
    """Loads whose discharge has not been found yet, in order of time."""

    def __init__(self, loads: list[tuple[PortCall, ...]]) -> None:
        self.loads = loads
        self.middles = [middle(load[-1]) for load in loads]
        self.half_width = max((load[-1].end - load[-1].start for load in loads), default=timedelta(0)) / 2

    def take(self, discharge: PortCall) -> tuple[PortCall, ...] | None:
        """The latest load before the discharge, else the earliest that may lie before it; taken once."""
        at = bisect_right(self.middles, middle(discharge))
        for i in (*self._back(at, discharge), *self._on(at, discharge)):
            if feasible(self.loads[i], discharge):
                del self.middles[i]
                return self.loads.pop(i)
        return None

    def _back(self, at: int, discharge: PortCall) -> Iterator[int]:
        oldest = discharge.start - LONGEST_VOYAGE - self.half_width
        return takewhile(lambda i: self.middles[i] >= oldest, range(at - 1, -1, -1))

    def _on(self, at: int, discharge: PortCall) -> Iterator[int]:
        latest = discharge.end + self.half_width
        return takewhile(lambda i: self.middles[i] <= latest, range(at, len(self.loads)))


def _voyages_of_ship(track: _Track, supply_ports: Sequence[Port]) -> Iterator[Voyage]:
    loads = _Waiting(_join_top_ups(track))
    maybe = _Waiting([(call,) for call in track.calls if _possible_load(call, track)])
    for call in sorted((c for c in track.calls if c.kind == "discharge"), key=lambda c: (c.end, c.start)):
        load = loads.take(call) or maybe.take(call)
        if load is not None:
            yield Voyage("voyage", load, call, "loaded, then discharged within 45 days at a plausible speed")
        elif _coastal(call, track, supply_ports):
            yield Voyage("coastal", (), call, "came from a DPRK port without time to have loaded abroad; no import")
        else:
            where = "oil facility" if call.place.facility_role is not None else "oil port, berth not given"
            yield Voyage("discharge", (), call, f"call at a DPRK {where}; loading not seen")
    for load in loads.loads:
        if load[0].kind == "receipt":
            yield Voyage("receipt", load, None, "received from another ship; discharge not seen")
        else:
            yield Voyage("load", load, None, "loaded; discharge not seen")
    for load in maybe.loads:
        yield Voyage(
            "possible",
            load,
            None,
            f"lay within 3 km of the loading berth, then silence or course for home; probability "
            f"{BERTHED_IN_THE_SILENCE:g} assumed; in high only",
        )


def _in_dprk(call: PortCall) -> bool:
    return call.port is not None and call.port.country == "KP" and call.port.harbour


def _left_in_ballast(load: PortCall, track: _Track) -> bool:
    """The next sighting outside a DPRK port within five days shows the ship in ballast: it did not load (ruling 20)."""
    after = next(track.after(load), None)
    return (
        after is not None
        and not _in_dprk(after)
        and after.start - load.end <= CALL_GAP
        and after.laden[:1] == ("ballast",)
        and after.kind != "load"
    )


def _join_top_ups(track: _Track) -> list[tuple[PortCall, ...]]:
    """Loadings dated within five days at different places, with no DPRK port between, fill one cargo."""
    joined: list[tuple[PortCall, ...]] = []
    for load in track.calls:
        if load.kind not in {"load", "receipt"} or _left_in_ballast(load, track):
            continue
        last = joined[-1][-1] if joined else None
        if (
            last is not None
            and last.place.port is not load.place.port
            and _dated(last)
            and _dated(load)
            and load.start - last.end <= CALL_GAP
            and not _dprk_between(last, load, track)
        ):
            joined[-1] = (*joined[-1], load)
        else:
            joined.append((load,))
    return joined


def _dated(call: PortCall) -> bool:
    """Dated no wider than a week: a wider date never joins two calls (ruling 19)."""
    return call.arrived_by - call.left_after <= WIDE


def _dprk_between(first: PortCall, last: PortCall, track: _Track) -> bool:
    between = takewhile(lambda call: middle(call) > middle(first), track.before(last))
    return any(map(_in_dprk, between))


def _possible_load(call: PortCall, track: _Track) -> bool:
    """Lay within 3 km of a loading berth, then twelve hours of silence or a homeward sighting (ruling 20)."""
    if call.kind != "anchorage" or not call.place.near_loading_berth:
        return False
    seen_leaving = len(call.rows) > 1  # in ballast at a single sighting, it waits to load
    if (seen_leaving and call.laden[-1:] == ("ballast",)) or _left_in_ballast(call, track):
        return False
    after = next((c for c in track.after(call) if c.start >= call.end), None)
    if after is not None:
        return after.start - call.end >= SILENCE or _in_dprk(after)
    return bool(call.ais & {"off", "intermittent", "spoofed"})


def feasible(load: tuple[PortCall, ...], discharge: PortCall) -> bool:
    """Each leg can be sailed at up to 15 kn and the last is no longer than the longest voyage (ruling 21)."""
    in_time = all(
        call.left_after + timedelta(hours=sail_hours(call.port, discharge.port) or 0) <= discharge.arrived_by
        for call in load
    )
    return in_time and discharge.start - load[-1].end <= LONGEST_VOYAGE


def _coastal(discharge: PortCall, track: _Track, supply_ports: Sequence[Port]) -> bool:
    """Whether the ship's last known place was a DPRK port, with no time to have fetched oil since (ruling 18).

    To lie in a transfer area of the DPRK is to have been nowhere, unless oil was seen to be taken over there.
    """
    last = next((c for c in track.before(discharge) if c.took_over or _elsewhere_or_in_port(c)), None)
    if last is None or last.took_over or not _in_dprk(last):
        return False
    return middle(discharge) - middle(last) < time_to_fetch(last.port, discharge.port, supply_ports)


def _elsewhere_or_in_port(call: PortCall) -> bool:
    return call.port is not None and (call.port.harbour or call.port.country != "KP")


def time_to_fetch(left: Port | None, arrived: Port | None, supply_ports: Sequence[Port]) -> timedelta:
    """Least time in which oil can be fetched abroad between two DPRK ports; five days always suffice (ruling 24)."""
    round_trips = [
        there + back
        for port in supply_ports
        if (there := sail_hours(left, port)) is not None and (back := sail_hours(port, arrived)) is not None
    ]
    return min(CALL_GAP, timedelta(hours=min(round_trips, default=0)) + PORT_TIME)


def bound_for_the_dprk(found: Sequence[Voyage], kinds: Mapping[str, ShipKind]) -> tuple[Voyage, ...]:
    """Leave out what a foreign tanker took on board and was not seen to land in the DPRK (ruling 16)."""
    return tuple(v for v in found if v.discharge is not None or not kinds[v.calls[-1].ship].by_landing)
