"""What rules share: building a finding, and asking what list a ship was on that day."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.rules.model import Evidence, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.oil.model import PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.model import Place
    from vesseltrack.vessels.model import Identity, Listing

_AIS_ORDER = ("off", "spoofed", "intermittent", "on")


def listings_on(identity: Identity | None, day: date) -> tuple[Listing, ...]:
    """Listings in force for a ship that is identified, not merely reviewed (rulings 5 and 11)."""
    if identity is None or identity.grade != "match" or identity.vessel is None:
        return ()
    return identity.vessel.listings_on(day)


def measures_on(listings: Iterable[Listing], day: date) -> tuple[str, ...]:
    """Measures in force on a day, from all listings."""
    return tuple(sorted({measure for listing in listings for measure in listing.measures_on(day)}))


def basis_of(listings: Iterable[Listing], measures: Iterable[str] | None = None) -> tuple[str, ...]:
    """Legal basis printed on the listings; that of de-flagging only where that measure was in force."""
    texts = dict.fromkeys(text for listing in listings for text in listing.legal_basis)
    deflag = measures is None or "deflag" in measures
    return tuple(text for text in texts if deflag or "para 12(a)" not in text)


def lowered(severity: Severity) -> Severity:
    """One severity lower."""
    return Severity(max(severity - 1, 0))


def raised(severity: Severity) -> Severity:
    """One severity higher."""
    return Severity(min(severity + 1, Severity.CRITICAL))


def who(identity: Identity | None, name: str = "") -> str:
    """The ship as sighted, with the register's name where that differs."""
    if identity is None:
        return name or "an unidentified ship"
    numbers = (f"IMO {identity.imo}" if identity.imo else "", f"MMSI {identity.mmsi}" if identity.mmsi else "")
    shown = next((part for part in (identity.name, *numbers) if part), "an unidentified ship")
    vessel = identity.vessel
    if vessel is None:
        return shown
    listed = next((listing.listed_name for listing in vessel.listings), vessel.name)
    return shown if _plain(shown) in {_plain(vessel.name), _plain(listed)} else f"{shown} (register: {listed})"


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def where(call: PortCall) -> str:
    """Port and facility of a call in words."""
    place = call.place
    if place.port is None:
        return place.text or "at sea"
    if place.at_roads:
        return f"{place.port.name}, at the roads"
    return f"{place.port.name}, {place.facility.name}" if place.facility is not None else place.port.name


def when(seen: Sequence[Seen]) -> str:
    """Day or days of sightings in words."""
    first, last = min(s.start for s in seen).date(), max(s.end for s in seen).date()
    return f"on {first}" if first == last else f"between {first} and {last}"


def finding(
    rule: str,
    severity: Severity,
    title: str,
    seen: Sequence[Seen],
    legal_basis: Sequence[str],
    *,
    measures: Sequence[str] = (),
    listings: Sequence[Listing] = (),
    identity: Identity | None = None,
    subject: str = "",
    besides: Iterable[Seen] = (),
) -> Finding:
    """A finding from its sightings. Its id depends on rule, ship, place and first day, and on nothing else.

    ``subject`` takes the ship's place in the id for findings about no single ship; ``besides`` are sightings that
    corroborate without dating.
    """
    ordered = sorted(seen, key=lambda s: (s.start, s.end, s.tie, s.ref))
    first = ordered[0]
    ship = identity if identity is not None else (None if subject else first.identity)
    key = subject or (ship.key if ship is not None else "") or first.name or "unidentified"
    place = min((s.place for s in ordered), key=_most_telling)
    spot = place.port.id if place.port is not None else place.text
    besides = tuple(besides)
    statuses = {s.ais_status for s in (*ordered, *besides)}
    located = next((s for s in ordered if s.lat is not None), None)
    return Finding(
        id=finding_id(rule, key, spot, first.start.date().isoformat()),
        rule=rule,
        severity=severity,
        title=title,
        identity=ship,
        place=place if place.kind != "none" else None,
        lat=located.lat if located is not None else None,
        lon=located.lon if located is not None else None,
        observed_from=first.start,
        observed_to=max(s.end for s in ordered),
        ais_status=next((status for status in _AIS_ORDER if status in statuses), "unknown"),
        measures=tuple(measures),
        listings=tuple(listings),
        legal_basis=adopted_by(legal_basis, max(s.end for s in ordered).date()),
        sightings=tuple(sorted({s.ref for s in (*ordered, *besides)})),
    )


def _most_telling(place: Place) -> tuple[bool, bool, bool, str]:
    """Port before sea, berth before roads, facility before port; by name among equals."""
    facility = place.facility.name if place.facility is not None else ""
    return (place.port is None, place.at_roads, place.facility is None, facility)


ADOPTED = {
    "1718 (2006)": date(2006, 10, 14),
    "2270 (2016)": date(2016, 3, 2),
    "2321 (2016)": date(2016, 11, 30),
    "2371 (2017)": date(2017, 8, 5),
    "2375 (2017)": date(2017, 9, 11),
    "2397 (2017)": date(2017, 12, 22),
}
"""Days on which the Security Council adopted the resolutions that rules rest on."""


def adopted_by(legal_basis: Iterable[str], day: date) -> tuple[str, ...]:
    """Leave out what had not been adopted by the last day of the sightings: the law as of the day."""
    return tuple(
        dict.fromkeys(
            text for text in legal_basis if not any(name in text and day < since for name, since in ADOPTED.items())
        )
    )


def finding_id(*parts: str) -> str:
    """Lasting id: the rule's code and a hash of what the finding is about."""
    text = "|".join(parts).encode("utf-8", "surrogatepass")
    return f"{parts[0]}-{hashlib.sha256(text).hexdigest()[:12]}"


def sightings_of(evidence: Evidence, call: PortCall) -> list[Seen]:
    """The sightings that say what and when a call was."""
    return [evidence.by_row[row] for row in call.rows]


def listed_sightings(evidence: Evidence, call: PortCall, measure: str = "") -> list[Seen]:
    """Sightings of a call on whose own day the ship was listed, and the measure, if one is named, in force.

    A call may begin before a listing or outlast it; what came before or after is none of the listing's. Nor is a
    sighting of the call that only may be of the ship: a possible match has no measures (ruling 11). A widely dated
    sighting is judged by its own days where no better dated one was made under a listing: more evidence clears nobody.
    """

    def listed(rows: Iterable[int]) -> list[Seen]:
        found = []
        for seen in (evidence.by_row[row] for row in rows):
            day = seen.start.date()
            listings = listings_on(seen.identity, day)
            if listings and (not measure or measure in measures_on(listings, day)):
                found.append(seen)
        return found

    return listed(call.rows) or listed(call.corroborating)


def call_finding(
    evidence: Evidence,
    rule: str,
    severity: Severity,
    call: PortCall,
    words: str,
    legal_basis: Sequence[str],
    only: Sequence[Seen] = (),
) -> Finding:
    """A finding about one call of a ship, with the listings and measures in force on the last of its days.

    ``words`` follow the ship's name and precede the date; ``only`` narrows the call to some of its sightings.
    """
    seen = only or sightings_of(evidence, call)
    listed = listed_sightings(evidence, call)
    day = max(listed or seen, key=lambda s: s.start).start.date()
    listings = listings_on(call.identity, day)
    title = f"{who(call.identity)} {words} {when(seen)}"
    return finding(
        rule, severity, title, seen, legal_basis,
        measures=measures_on(listings, day), listings=listings, identity=call.identity,
        besides=[evidence.by_row[row] for row in call.corroborating],
    )  # fmt: skip
