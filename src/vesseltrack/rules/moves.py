"""VT309: one ship in two places between which it cannot have sailed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.ports.distance import KM_PER_NAUTICAL_MILE, great_circle_km, sail_hours
from vesseltrack.rules.evidence import finding, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.oil.seen import Seen

IMPOSSIBLE_KN = 50.0
"""Knots that no merchant ship makes; measured between positions by great circle, which is never longer than the way."""

NEAR_KM = 20.0
"""Positions closer than this are never two places: clocks and positions of two sources differ."""


def in_order(seen: Iterable[Seen]) -> list[Seen]:
    """Sightings by time; among equals by content, so that the order of rows never matters."""
    return sorted(seen, key=lambda s: (s.start, s.end, s.tie, s.ref))


def two_ports(one: Seen, other: Seen) -> bool:
    """Two ports that no ship can have sailed between in the time (ruling 21)."""
    if one.place.port is None or other.place.port is None:
        return False
    hours = sail_hours(one.place.port, other.place.port) or 0.0
    return timedelta(hours=hours) > _apart(one, other)


def _apart(one: Seen, other: Seen) -> timedelta:
    """The longest time that can lie between two sightings."""
    return max(one.end, other.end) - min(one.start, other.start)


def _two_positions(one: Seen, other: Seen) -> bool:
    """Two positions so far apart that the ship would have had to make more than 50 knots."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    km = great_circle_km((one.lat, one.lon), (other.lat, other.lon))
    return km > max(NEAR_KM, IMPOSSIBLE_KN * KM_PER_NAUTICAL_MILE * _apart(one, other) / timedelta(hours=1))


def two_places(evidence: Evidence) -> Iterator[Finding]:
    """One ship in two ports, or at two positions, between which it cannot have sailed in the time."""
    ships: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.ship:
            ships[seen.ship].append(seen)
    for group in ships.values():
        berthed = [s for s in in_order(group) if s.place.port is not None and not s.place.at_roads]
        told: set[tuple[int, int]] = set()
        for one, other in pairwise(berthed):
            if two_ports(one, other) and one.place.port is not None and other.place.port is not None:
                told.add((one.row, other.row))
                title = (
                    f"{who(one.identity)} was sighted at {one.place.port.name} and at {other.place.port.name} "
                    f"{when([one, other])}: farther apart than 15 kn allow: two ships, or a wrong date"
                )
                yield finding("VT309", Severity.MEDIUM, title, [one, other], ())
        located = [s for s in in_order(group) if s.lat is not None and s.lon is not None]
        jumps = [p for p in pairwise(located) if _two_positions(*p) and (p[0].row, p[1].row) not in told]
        if jumps:
            yield _jump_finding(jumps)


def _jump_finding(jumps: list[tuple[Seen, Seen]]) -> Finding:
    """One finding for all jumps of one ship: a false position is repeated with every message."""
    one, other = jumps[0]
    more = f" (and {len(jumps) - 1} more such jumps)" if len(jumps) > 1 else ""
    title = (
        f"{who(one.identity)} was sighted at {_position(one)} and at {_position(other)} {when([one, other])}{more}: "
        "farther apart than 50 kn allow: two ships, a false position, or a wrong date"
    )
    seen = {s.row: s for jump in jumps for s in jump}
    return finding("VT309", Severity.MEDIUM, title, tuple(seen.values()), (), subject=f"{one.ship} positions",
                   identity=one.identity)  # fmt: skip


def _position(seen: Seen) -> str:
    return f"{seen.lat:.2f}, {seen.lon:.2f}"


RULES = (
    Rule(
        "VT309", "One ship in two places at once", "medium", (),
        "Two sightings of one ship lie farther apart by sea than 15 kn allow in the time between them, days counted in "
        "full; or two positions farther apart by great circle than 50 kn allow, which are one finding for each ship. "
        "Two ships share an identity, a position is false, or a date or name is wrong. All sightings are counted as "
        "they stand.",
        two_places,
    ),
)  # fmt: skip
