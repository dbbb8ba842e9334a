"""Port calls: sightings of one ship at one place that belong together (rulings 19 and 20)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.oil.model import PortCall
from vesseltrack.oil.ships import ShipKind, call_kind
from vesseltrack.ports.distance import sail_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.model import Place, Port
    from vesseltrack.vessels.model import Grade

CALL_GAP = timedelta(days=5)
"""Sightings at one place no farther apart are one call (ruling 19; the shortest turn-round documented is 12 days:
Paek Yang San 1, 26 March to 7 April 2024)."""

MUNITIONS_GAP = timedelta(days=2)
"""The same for the munitions shuttle, whose turn-rounds are shorter (ruling 19)."""

WIDE = timedelta(days=7)
"""A sighting dated no better than this corroborates a call and never joins two; a chain longer than this without
continuous evidence may hide further calls (ruling 19)."""

CONTINUOUS = timedelta(days=1)
"""Sightings no farther apart than a day are continuous evidence of one stay."""

PORT_TIME = timedelta(hours=24)
"""Least time taken to load and to discharge, both together, when turn-rounds are fitted into a chain: an assumption on
the short side, so that ``high`` is not too low."""


GRADES: tuple[Grade, ...] = ("match", "review", "none")
"""Grades of identity from the surest on: a call is of the ship that its surest sighting shows."""


@dataclass
class _Open:
    """A call that further sightings may join."""

    sightings: list[Seen]
    end: datetime
    left: list[Seen] = field(default_factory=list)
    """Sightings in another port since, any of which ends the call once it certainly lies before the next sighting."""

    def continues(self, seen: Seen, gap: timedelta) -> bool:
        """Whether a later sighting at the same place belongs to this call."""
        return seen.start - self.end <= gap and not any(
            self.end < other.start and other.end < seen.start for other in self.left
        )

    def join(self, seen: Seen) -> None:
        """Take a sighting in; those elsewhere that it outlasts can no longer come between."""
        self.sightings.append(seen)
        self.end = max(self.end, seen.end)
        self.left = [other for other in self.left if other.end >= self.end]


def port_calls(
    sightings: Iterable[Seen], kinds: Mapping[str, ShipKind], supply_ports: Sequence[Port]
) -> tuple[PortCall, ...]:
    """Group the sightings of each identified ship into calls and, at sea, into passages.

    Independent of the order of the sightings. ``kinds`` has an entry for each ship key; ``supply_ports`` are the ports
    between which turn-rounds are fitted.
    """
    by_ship: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in sightings:
        if seen.ship:
            by_ship[seen.ship].append(seen)
    calls = [call for ship in sorted(by_ship) for call in _calls_of_ship(by_ship[ship], kinds[ship], supply_ports)]
    return tuple(sorted(calls, key=lambda call: (call.start, call.end, call.ship, call.place.text)))


def _calls_of_ship(sightings: list[Seen], kind: ShipKind, supply_ports: Sequence[Port]) -> Iterator[PortCall]:
    gap = MUNITIONS_GAP if kind.munitions else CALL_GAP
    precise = sorted((seen for seen in sightings if seen.end - seen.start <= WIDE), key=_order)
    wide = sorted((seen for seen in sightings if seen.end - seen.start > WIDE), key=_order)
    groups = [[chain, chain.copy()] for chain in _chains(precise, gap)]
    for seen in wide:
        homes = [group for group in groups if _may_be(seen, group[0])]
        if homes:
            min(homes, key=lambda group: _order(group[0][0]))[1].append(seen)
        else:
            groups.append([[seen], [seen]])
    for core, everything in groups:
        yield _call(core, everything, kind, supply_ports)


def _may_be(wide: Seen, core: list[Seen]) -> bool:
    """Whether a widely dated sighting may be of the call that better dated ones show."""
    return (
        core[0].spot == wide.spot
        and any(seen.place.at_roads == wide.place.at_roads for seen in core)
        and min(seen.start for seen in core) <= wide.end
        and wide.start <= max(seen.end for seen in core)
    )


def _order(seen: Seen) -> tuple[object, ...]:
    return (seen.start, seen.end, seen.spot, seen.place.facility.name if seen.place.facility else "", seen.tie)


def _chains(sightings: list[Seen], gap: timedelta) -> list[list[Seen]]:
    """Chains of sightings at one spot, broken by a gap or by a call elsewhere in between."""
    open_calls: dict[str, _Open] = {}
    done: list[list[Seen]] = []
    for seen in sightings:
        here = open_calls.get(seen.spot)
        if here is not None and here.continues(seen, gap):
            here.join(seen)
        else:
            if here is not None:
                done.append(here.sightings)
            open_calls[seen.spot] = _Open([seen], seen.end)
        if seen.in_port:
            for spot, other in open_calls.items():
                if spot != seen.spot:
                    other.left.append(seen)
    return done + [call.sightings for call in open_calls.values()]


def _call(core: list[Seen], everything: list[Seen], kind: ShipKind, supply_ports: Sequence[Port]) -> PortCall:
    """One call: what and when it was from its core, what is known of it besides from all its sightings."""
    ordered = sorted(core, key=_order)
    first = ordered[0]
    what = call_kind(ordered, kind)
    named = [seen for seen in (*ordered, *sorted(everything, key=_order)) if seen.identity is not None]
    surest = min(named, key=lambda seen: GRADES.index(seen.identity.grade) if seen.identity else 0, default=first)
    call = PortCall(
        ship=first.ship,
        identity=surest.identity,
        name=surest.name,
        place=_most_specific(ordered),
        kind=what,
        start=min(seen.start for seen in core),
        end=max(seen.end for seen in core),
        arrived_by=min(seen.end for seen in core),
        left_after=max(seen.start for seen in core),
        rows=tuple(sorted(seen.row for seen in core)),
        corroborating=tuple(sorted({seen.row for seen in everything} - {seen.row for seen in core})),
        ais=_known_ais(core) or _known_ais(everything),
        laden=tuple(seen.laden for seen in ordered if seen.laden != "unknown"),
        took_over=any(seen.activity == "sts_receiving" for seen in core),
    )
    if what in {"load", "discharge"}:
        return replace(call, extra_calls=_extra_calls(ordered, call.port, supply_ports))
    return call


def _known_ais(sightings: list[Seen]) -> frozenset[str]:
    return frozenset(seen.ais_status for seen in sightings if seen.ais_status != "unknown")


def _most_specific(sightings: list[Seen]) -> Place:
    """Berth before anchorage, facility before port."""
    return min(
        (seen.place for seen in sightings),
        key=lambda place: (place.at_roads, place.facility is None, place.facility.name if place.facility else ""),
    )


def _extra_calls(core: list[Seen], port: Port | None, supply_ports: Sequence[Port]) -> int:
    """Further turn-rounds that fit into a chain of more than seven days without continuous evidence."""
    if port is None or len(core) == 1 or core[-1].end - core[0].start <= WIDE:
        return 0
    if all(later.start - earlier.end <= CONTINUOUS for earlier, later in pairwise(core)):
        return 0
    sails = [hours for other in supply_ports if other.country != port.country and (hours := sail_hours(port, other))]
    if not sails:
        return 0
    turn_round = timedelta(hours=2 * min(sails)) + PORT_TIME
    calls, last = 1, core[0]
    for seen in core[1:]:
        if seen.start - last.end >= turn_round:
            calls, last = calls + 1, seen
    return calls - 1
