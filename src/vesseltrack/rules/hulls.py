"""VT310, VT312 and VT313: one hull under two names, one number on two ships, one station on two hulls."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import basis_of, finding, listings_on, measures_on, when
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.rules.moves import in_order
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

MOST_NAMES = 50
"""A number under more names than this says nothing of a renaming; VT106 tells them all."""

MOST_SHOWN = 4
"""Names, or numbers, that a title shows."""


_IMO = ("IMO Assembly resolution A.1117(30)",)
_ITU = ("ITU Radio Regulations article 19",)
"""That a number is used twice rests on these; the measures of a list are not at stake until it is known by whom."""


@lru_cache(maxsize=65_536)
def _named(text: str) -> frozenset[NameKey]:
    """Keys of all the names that a cell gives one ship; empty where it names none or several ships."""
    ships = names_in(text)
    return frozenset(map(canonical, (ships[0].name, *ships[0].also))) if len(ships) == 1 else frozenset()


def _by_name(seen: Iterable[Seen]) -> dict[frozenset[NameKey], list[Seen]]:
    """Sightings in order of time by the names they give; those that give none are left out."""
    found: dict[frozenset[NameKey], list[Seen]] = {}
    for one in in_order(seen):
        if names := _named(one.name):
            found.setdefault(names, []).append(one)
    return found


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
        if seen.identity is not None and seen.identity.grade == "match" and seen.identity.vessel is not None:
            ships[seen.ship].append(seen)
    for ship, group in ships.items():
        borne = _by_name(group)
        if 1 < len(borne) <= MOST_NAMES:
            for last, new in _changes(borne):
                yield _renaming(ship, last, new)


def _changes(borne: dict[frozenset[NameKey], list[Seen]]) -> Iterator[tuple[Seen, list[Seen]]]:
    """Last sighting under an old name, and all under a new one that the register does not know."""
    told: list[frozenset[NameKey]] = []
    for names, seen in borne.items():
        if _known_name(seen[0]) or any(_one_name(names, other) for other in told):
            continue
        told.append(names)
        new = in_order(s for other, group in borne.items() if _one_name(names, other) for s in group)
        others = [(other, group) for other, group in borne.items() if not _one_name(names, other)]
        before = {other: group for other, group in others if max(s.end for s in group) < new[0].start}
        old = frozenset(name for other in before for name in other)
        later = [(other, group) for other, group in others if other not in before]
        again = any(
            _known_name(group[0]) or group[0].start < new[0].start or _one_name(other, old) for other, group in later
        )
        if before and not again:
            yield max((group[-1] for group in before.values()), key=lambda s: (s.end, s.start, s.tie, s.ref)), new


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
    days: defaultdict[tuple[str, str, date], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        number, port = _number(seen), seen.place.port
        if number and port is not None and port.harbour and seen.start.date() == seen.end.date():
            days[number, port.id, seen.start.date()].append(seen)
    told: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for (number, port_id, _), group in days.items():
        borne = _by_name(group)
        if len(borne) > 1 and _two_names(borne):
            told[number, port_id] += [s for seen in borne.values() for s in seen]
    for (number, port_id), group in told.items():
        ordered, shown = in_order(group), [seen[0].name for seen in _by_name(group).values()]
        more = f" and {len(shown) - MOST_SHOWN} others" if len(shown) > MOST_SHOWN else ""
        listings = tuple(dict.fromkeys(x for s in ordered for x in _listings(s, s.start.date())))
        place = ordered[0].place.port
        count = len({s.start.date() for s in ordered})
        title = (
            f"{' and '.join(shown[:MOST_SHOWN])}{more} were sighted with IMO {number} at {place.name if place else ''} "
            f"{when(ordered)}{f', on {count} days' if count > 1 else ''}: one number, two ships in one place"
        )
        yield finding(
            "VT312", Severity.HIGH if listings else Severity.MEDIUM, title, ordered, _IMO,
            listings=listings, identity=ordered[0].identity, subject=f"IMO{number} {port_id}",
        )  # fmt: skip


def _two_names(borne: dict[frozenset[NameKey], list[Seen]]) -> bool:
    """Whether some names are not those of one ship; all names that the register knows for it are."""
    known = [names for names, seen in borne.items() if _known_name(seen[0])]
    unknown = [names for names, seen in borne.items() if not _known_name(seen[0])]
    first = known or unknown[:1]
    return any(not any(_one_name(names, one) for one in first) for names in unknown)


def mmsi_reused(evidence: Evidence) -> Iterator[Finding]:
    """One MMSI seen with two valid IMO numbers."""
    stations: defaultdict[str, defaultdict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for seen in evidence.sightings:
        mmsi = seen.identity.mmsi if seen.identity is not None else None
        if mmsi and _number(seen):
            stations[mmsi][_number(seen)].append(seen)
    for mmsi, hulls in sorted(stations.items()):
        numbers = sorted(number for number in hulls if not neighbours(number, hulls))
        if len(numbers) < 2:
            continue
        spans = {n: (min(s.start for s in hulls[n]), max(s.end for s in hulls[n])) for n in numbers}
        ordered = in_order(s for n in numbers for s in hulls[n])
        listings = tuple(dict.fromkeys(x for s in ordered for x in _listings(s, s.start.date())))
        in_time = sorted(spans.values())
        overlap = any(later[0] <= earlier[1] for earlier, later in pairwise(in_time))
        shown = sorted(numbers, key=lambda n: (not any(_listings(s, s.start.date()) for s in hulls[n]), n))[:MOST_SHOWN]
        dated = "; ".join(f"IMO {n} ({in_order(hulls[n])[0].name or 'no name'}) {when(hulls[n])}" for n in shown)
        dated += f"; and {len(numbers) - MOST_SHOWN} others" if len(numbers) > MOST_SHOWN else ""
        sense = "two ships at once" if overlap else "reused over time"
        severe = parse_mmsi(mmsi).dprk or (listings and overlap)
        yield finding(
            "VT313", Severity.MEDIUM if severe else Severity.INFO, f"MMSI {mmsi} was sighted with {dated}: {sense}",
            ordered, _ITU, listings=listings, identity=ordered[0].identity, subject=f"MMSI{mmsi}",
        )  # fmt: skip


RULES = (
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
        _IMO,
        "An IMO number belongs to one hull. It was sighted in one port on one day under two names that are neither "
        "names of one register ship nor one slip of the pen apart: a second ship uses the number, or the ship was "
        "renamed on that day.",
        one_number_two_ships,
    ),
    Rule(
        "VT313", "MMSI reused",
        "info; medium for an MMSI of the DPRK, and where a ship was listed on the day and the dates overlap",
        _ITU,
        "One MMSI was sighted with two valid IMO numbers; numbers one slip of the pen apart are not counted. An MMSI "
        "belongs to the flag and is given out again: one ship after the other is a reason to look, no more. Both at "
        "once are two ships with one station, or one ship with a borrowed number.",
        mmsi_reused,
    ),
)  # fmt: skip
