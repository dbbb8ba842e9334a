"""VT309 to VT313: one hull, name or station that is more than one, over place and time."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from vesseltrack.ports.distance import KM_PER_NAUTICAL_MILE, great_circle_km, sail_hours
from vesseltrack.rules.evidence import basis_of, finding, listings_on, measures_on, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.vessels.cells import names_in
from vesseltrack.vessels.identifiers import neighbours, parse_imo, parse_mmsi
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.spelling import one_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Listing
    from vesseltrack.vessels.names import NameKey

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


def _names(seen: Seen) -> frozenset[NameKey]:
    """Keys of all the names that a sighting gives its ship; empty where it names none or several ships."""
    ships = names_in(seen.name)
    return frozenset(map(canonical, (ships[0].name, *ships[0].also))) if len(ships) == 1 else frozenset()


def _one_name(some: frozenset[NameKey], others: frozenset[NameKey]) -> bool:
    """Whether two sightings may give one name: the same, one slip apart, or the one with and without its number."""
    return any(
        a == b
        or (a.numbers == b.numbers and one_slip(a.letters, b.letters))
        or (a.letters == b.letters and not (a.numbers and b.numbers))
        for a in some
        for b in others
    )


def _known_name(seen: Seen) -> bool:
    """Whether the register knows the name for the ship whose number was given."""
    identity = seen.identity
    return (
        identity is not None
        and identity.vessel is not None
        and not {"other_name", "two_ships"} & set(identity.problems)
        and identity.grade == "match"
    )


def renamed(evidence: Evidence) -> Iterator[Finding]:
    """A register ship, known by its number, that gives up a name and from then on bears one that nobody knows."""
    ships: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.identity is not None and seen.identity.grade == "match" and seen.identity.vessel and _names(seen):
            ships[seen.ship].append(seen)
    for ship, group in ships.items():
        fresh: list[list[Seen]] = []
        for seen in in_order(s for s in group if not _known_name(s)):
            same = next((g for g in fresh if _one_name(_names(g[0]), _names(seen))), None)
            if same is None:
                fresh.append([seen])
            else:
                same.append(seen)
        for new in fresh:
            others = in_order(s for s in group if not _one_name(_names(new[0]), _names(s)))
            before = [s for s in others if s.end < new[0].start]
            old = frozenset(name for s in before for name in _names(s))
            later = [s for s in others if s.end >= new[0].start]
            if before and not any(_known_name(s) or _one_name(_names(s), old) for s in later):
                yield _renaming(ship, before[-1], new)


def _renaming(ship: str, last: Seen, new: list[Seen]) -> Finding:
    identity, day = new[0].identity, new[0].start.date()
    listings = listings_on(identity, day)
    listed = f"; designated since {listings[0].listed_on}" if listings and listings[0].listed_on else ""
    title = (
        f"IMO {identity.imo if identity else ''}, last sighted as {last.name} on {last.end.date()}, bears the name "
        f"{new[0].name} from {day}: renamed{listed}"
    )
    severity = Severity.LOW if listings else Severity.INFO
    return finding(
        "VT310", severity, title, [last, *new], basis_of(listings), measures=measures_on(listings, day),
        listings=listings, identity=identity, subject=f"{ship} {new[0].name}",
    )  # fmt: skip


def _number(seen: Seen) -> str:
    """The valid ship's number given with a sighting; empty where there is none."""
    number = parse_imo(seen.identity.sighted_imo) if seen.identity is not None else None
    return number.digits if number is not None and number.state == "ship" else ""


def _listings(seen: Seen, day: date) -> tuple[Listing, ...]:
    """Listings in force on the day for the ship whose number was given."""
    number, identity = _number(seen), seen.identity
    if identity is None:
        return ()
    ships = {c.vessel.id: c.vessel for c in identity.candidates} | {v.id: v for v in (identity.vessel,) if v}
    return tuple(x for vessel in ships.values() if vessel.imo == number for x in vessel.listings_on(day))


def one_number_two_ships(evidence: Evidence) -> Iterator[Finding]:
    """Two names with one IMO number in one port on one day."""
    days: defaultdict[tuple[str, str, date], defaultdict[frozenset[NameKey], list[Seen]]]
    days = defaultdict(lambda: defaultdict(list))
    for seen in evidence.sightings:
        number, port, names = _number(seen), seen.place.port, _names(seen)
        if number and names and port is not None and port.harbour and seen.start.date() == seen.end.date():
            days[number, port.id, seen.start.date()][names].append(seen)
    told: defaultdict[tuple[str, str, frozenset[frozenset[NameKey]]], list[Seen]] = defaultdict(list)
    for (number, port_id, _), borne in days.items():
        for one, other in combinations(borne, 2):
            if not _one_name(one, other) and not (_known_name(borne[one][0]) and _known_name(borne[other][0])):
                told[number, port_id, frozenset((one, other))] += borne[one] + borne[other]
    for (number, _, pair), group in told.items():
        ordered = in_order(group)
        shown = [next(s.name for s in ordered if _names(s) == names) for names in sorted(pair, key=sorted)]
        listings = tuple(dict.fromkeys(x for s in ordered for x in _listings(s, s.start.date())))
        place = ordered[0].place.port
        count = len({s.start.date() for s in ordered})
        title = (
            f"{' and '.join(shown)} were both sighted with IMO {number} at {place.name if place else ''} "
            f"{when(ordered)}{f', on {count} days' if count > 1 else ''}: one number, two ships in one place"
        )
        yield finding(
            "VT312", Severity.HIGH if listings else Severity.MEDIUM, title, ordered, basis_of(listings),
            listings=listings, identity=ordered[0].identity, subject=f"IMO{number} {' '.join(shown)}",
        )  # fmt: skip


def mmsi_reused(evidence: Evidence) -> Iterator[Finding]:
    """One MMSI seen with two valid IMO numbers."""
    stations: defaultdict[str, defaultdict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for seen in evidence.sightings:
        mmsi = seen.identity.mmsi if seen.identity is not None else None
        if mmsi and _number(seen):
            stations[mmsi][_number(seen)].append(seen)
    for mmsi, hulls in sorted(stations.items()):
        numbers = sorted(number for number in hulls if not neighbours(number, set(hulls) - {number}))
        if len(numbers) < 2:
            continue
        spans = {n: (min(s.start for s in hulls[n]), max(s.end for s in hulls[n])) for n in numbers}
        ordered = in_order(s for n in numbers for s in hulls[n])
        listings = tuple(dict.fromkeys(x for s in ordered for x in _listings(s, s.start.date())))
        overlap = any(spans[a][0] <= spans[b][1] and spans[b][0] <= spans[a][1] for a, b in combinations(numbers, 2))
        dated = "; ".join(f"IMO {n} ({in_order(hulls[n])[0].name or 'no name'}) {when(hulls[n])}" for n in numbers)
        sense = "two ships at once" if overlap else "reused over time"
        severe = parse_mmsi(mmsi).dprk or (listings and overlap)
        yield finding(
            "VT313", Severity.MEDIUM if severe else Severity.INFO, f"MMSI {mmsi} was sighted with {dated}: {sense}",
            ordered, basis_of(listings), listings=listings, identity=ordered[0].identity, subject=f"MMSI{mmsi}",
        )  # fmt: skip


RULES = (
    Rule(
        "VT309", "One ship in two places at once", "medium", (),
        "Two sightings of one ship lie farther apart by sea than 15 kn allow in the time between them, days counted in "
        "full; or two positions farther apart by great circle than 50 kn allow, which are one finding for each ship. "
        "Two ships share an identity, a position is false, or a date or name is wrong. All sightings are counted as "
        "they stand.",
        two_places,
    ),
    Rule(
        "VT310", "Renamed since listing", "low when listed on the day, else info", ("the listing's own",),
        "The sightings show a ship of the register, by its IMO number, first under one name and from a later day on "
        "only under another that the register does not know: the day on which the name changed lies between the two. "
        "Another spelling, and a name that the register knows for the ship, is no new name. VT106 tells every "
        "unknown name, a single one too, and is the finding to act on; this one dates the change.",
        renamed,
    ),
    Rule(
        "VT312", "Two ships in one place with one IMO number",
        "high where the number was listed on the day, else medium",
        ("IMO Assembly resolution A.1117(30)",),
        "An IMO number belongs to one hull. It was sighted in one port on one day under two names that are neither "
        "names of one register ship nor one slip of the pen apart: a second ship uses the number, or the ship was "
        "renamed on that day.",
        one_number_two_ships,
    ),
    Rule(
        "VT313", "MMSI reused",
        "info; medium for an MMSI of the DPRK, and where a ship was listed on the day and the dates overlap",
        ("ITU Radio Regulations article 19",),
        "One MMSI was sighted with two valid IMO numbers; numbers one slip of the pen apart are not counted. An MMSI "
        "belongs to the flag and is given out again: one ship after the other is a reason to look, no more. Both at "
        "once are two ships with one station, or one ship with a borrowed number.",
        mmsi_reused,
    ),
)  # fmt: skip
