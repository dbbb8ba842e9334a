"""VT101 to VT104, VT111, VT112 and VT121: ships on a list, and the measures that bind them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vesseltrack.rules.authorities import EVERYWHERE, UN, binds, cited, named
from vesseltrack.rules.evidence import (
    call_finding,
    finding,
    listed_sightings,
    listings_on,
    lowered,
    measures_on,
    when,
    where,
    who,
)
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.vessels import flags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.model import PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Listing

PORT_BAN = ("UNSCR 2371 (2017) para 6", "UNSCR 2375 (2017) para 6")
FREEZE = ("UNSCR 1718 (2006) para 8(d)", "UNSCR 2321 (2016) para 12(d)", "UNSCR 2397 (2017) para 9")
ENTRY_OF_FROZEN = "UNSCR 2270 (2016) para 22"
DEFLAG = ("UNSCR 2321 (2016) para 12(a)", "UNSCR 2397 (2017) para 12")


def _binding(call: PortCall, day: date, measure: str) -> tuple[Listing, ...]:
    """Listings with that measure in force on the day, of authorities whose measures bind in the port."""
    country = call.port.country if call.port is not None else ""
    return tuple(x for x in listings_on(call.identity, day) if measure in x.measures_on(day) and binds(x, country))


def _listed_calls(evidence: Evidence) -> Iterator[tuple[PortCall, list[Seen], tuple[Listing, ...], tuple[str, ...]]]:
    """Calls and passages with the sightings on whose days the ship was listed, the listings, and the legal basis."""
    for call in evidence.calls:
        seen = listed_sightings(evidence, call)
        if seen:
            day = max(s.start for s in seen).date()
            listings = listings_on(call.identity, day)
            yield call, seen, listings, cited(listings, measures_on(listings, day))


def _bound_calls(
    evidence: Evidence, measure: str, of_the_un: tuple[str, ...]
) -> Iterator[tuple[PortCall, list[Seen], tuple[Listing, ...], tuple[str, ...]]]:
    """Calls in foreign ports where the measure was in force and binds, on the days of which sightings, and the basis.

    The resolutions are cited only where a listing of the UN carries the measure.
    """
    for call in evidence.calls:
        if not _foreign(call):
            continue
        seen = [s for s in listed_sightings(evidence, call, measure) if _binding(call, s.start.date(), measure)]
        if seen:
            day = max(s.start for s in seen).date()
            listings = _binding(call, day, measure)
            resolutions = of_the_un if any(x.authority == UN for x in listings) else ()
            yield call, seen, listings, (*cited(listings, measures_on(listings, day)), *resolutions)


def _foreign(call: PortCall) -> bool:
    """In a port outside the DPRK; a transfer area is no port."""
    return call.port is not None and call.port.country != "KP" and call.port.harbour


def _in_dprk(call: PortCall) -> bool:
    return call.port is not None and call.port.country == "KP"


def designated_sighted(evidence: Evidence) -> Iterator[Finding]:
    """Listed ship at sea, at an unknown place, or in a foreign port where no measure of its listings binds."""
    for call, seen, listings, basis in _listed_calls(evidence):
        held = _foreign(call) and any(
            _binding(call, s.start.date(), measure)
            for measure in ("port_entry_ban", "asset_freeze")
            for s in listed_sightings(evidence, call, measure)
        )
        if not _in_dprk(call) and not held:
            words = f"is designated {named(listings)}; sighted {where(call)},"
            yield call_finding(evidence, "VT101", Severity.MEDIUM, call, words, basis, seen)


def designated_in_dprk(evidence: Evidence) -> Iterator[Finding]:
    """Listed ship in a DPRK port."""
    for call, seen, listings, basis in _listed_calls(evidence):
        if _in_dprk(call):
            words = f"is designated {named(listings)}; in a DPRK port, {where(call)},"
            yield call_finding(evidence, "VT102", Severity.INFO, call, words, basis, seen)


def port_entry_ban(evidence: Evidence) -> Iterator[Finding]:
    """Listed ship in, or at the roads of, a foreign port under a port entry ban."""
    for call, seen, listings, basis in _bound_calls(evidence, "port_entry_ban", PORT_BAN):
        words = f"is under a port entry ban {named(listings)} and {_was(call, 'entered')}"
        severity = _severity(Severity.HIGH, call)
        yield call_finding(evidence, "VT111", severity, call, words, basis, seen)


def asset_freeze(evidence: Evidence) -> Iterator[Finding]:
    """Listed ship under an asset freeze within reach of a port State that must hold it."""
    for call, seen, listings, basis in _bound_calls(evidence, "asset_freeze", (*FREEZE, ENTRY_OF_FROZEN)):
        words = (
            f"is under an asset freeze {named(listings)}, which the port State must enforce by holding it, "
            f"and {_was(call, 'was in')}"
        )
        national = all(x.authority not in EVERYWHERE for x in listings)
        severity = _severity(Severity.HIGH if national else Severity.CRITICAL, call)
        yield call_finding(evidence, "VT112", severity, call, words, basis, seen)


def _was(call: PortCall, berthed: str) -> str:
    """At the roads a ship never "entered" (ruling 3)."""
    name = call.port.name if call.port is not None else ""
    return f"lay at the roads of {name}" if call.place.at_roads else f"{berthed} {where(call)},"


def _severity(berthed: Severity, call: PortCall) -> Severity:
    return lowered(berthed) if call.place.at_roads else berthed


def _outside_listing(evidence: Evidence) -> Iterator[tuple[Listing, list[Seen], bool]]:
    """Sightings of a ship while no listing of it was in force: listing, sightings, whether it came later."""
    found: defaultdict[tuple[str, Listing, bool], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        identity, day = seen.identity, seen.start.date()
        if identity is None or identity.grade != "match" or identity.vessel is None or listings_on(identity, day):
            continue
        later = [x for x in identity.vessel.listings if x.listed_on is not None and x.listed_on > day]
        ended = [x for x in identity.vessel.listings if x.delisted_on is not None and x.delisted_on <= day]
        if later:
            found[seen.ship, min(later, key=lambda x: str(x.listed_on)), True].append(seen)
        elif ended:
            found[seen.ship, max(ended, key=lambda x: str(x.delisted_on)), False].append(seen)
    for (_, listing, is_later), group in found.items():
        yield listing, group, is_later


def listed_since(evidence: Evidence) -> Iterator[Finding]:
    """Sighted before it was listed."""
    for listing, seen, later in _outside_listing(evidence):
        if later:
            listed = f"{named((listing,))}, on {listing.listed_on}"
            title = f"{who(seen[0].identity)} was listed since {listed}; sighted {when(seen)}"
            yield finding("VT103", Severity.INFO, title, seen, cited((listing,)), listings=(listing,))


def delisted(evidence: Evidence) -> Iterator[Finding]:
    """Sighted after it was delisted."""
    for listing, seen, later in _outside_listing(evidence):
        if not later:
            note = f" ({listing.precision})" if listing.precision else ""
            gone = f"{named((listing,))} on {listing.delisted_on}{note}"
            title = f"{who(seen[0].identity)} was delisted {gone}; sighted {when(seen)}"
            yield finding("VT104", Severity.INFO, title, seen, cited((listing,)), listings=(listing,))


def deflagged(evidence: Evidence) -> Iterator[Finding]:
    """Ship that its flag State had to strike from the register, flying a flag after the listing."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        flag = seen.flag or ("DPRK" if seen.identity and (seen.identity.mmsi or "").startswith("445") else "")
        if not flags.no_flag(flag) and _struck(seen, flag):
            groups[seen.ship, (flags.name(flags.code(flag)) or flag.strip()).upper()].append(seen)
    for (ship, flag), group in groups.items():
        identity, day = group[0].identity, min(s.start for s in group).date()
        listings = listings_on(identity, day)
        of_the_un = DEFLAG if any(x.authority == UN for x in _struck(group[0], flag)) else ()
        severity = Severity.MEDIUM if flag == "DPRK" else Severity.HIGH
        title = f"{who(identity)}, to be de-flagged, flew the flag of {flag} {when(group)}"
        yield finding(
            "VT121", severity, title, group, (*cited(listings), *of_the_un),
            measures=measures_on(listings, day), listings=listings, identity=identity, subject=f"{ship} {flag}",
        )  # fmt: skip


def _struck(seen: Seen, flag: str) -> tuple[Listing, ...]:
    """Listings on the day that oblige this flag State to strike the ship."""
    day = seen.start.date()
    return tuple(
        x
        for x in listings_on(seen.identity, day)
        if "deflag" in x.measures_on(day) and binds(x, flags.code(flag) or flag)
    )


RULES = (
    Rule(
        "VT101", "Designated ship sighted", "medium", ("the listing's own",),
        "A ship on a list in force on the day was sighted at sea, at an unknown place, or in a foreign port where no "
        "measure of its listings binds: those of the UN bind in every State, those of the US, the UK and the EU in "
        "their own ports. Being at sea is no breach by itself; it says where the ship is. The finding names who listed "
        "the ship.",
        designated_sighted,
    ),
    Rule(
        "VT102", "Designated ship in a DPRK port", "info", ("the listing's own",),
        "Port entry ban and asset freeze bite outside the DPRK; in a DPRK port the listed ship gets one line.",
        designated_in_dprk,
    ),
    Rule(
        "VT103", "Listed since", "info", ("the listing's own",),
        "The ship was sighted before it was listed. Listings count as of the day of the sighting.", listed_since,
    ),
    Rule(
        "VT104", "Delisted", "info", ("the listing's own",),
        "The ship had been taken off the list before the sighting. Where the date is believed and not printed in a "
        "source, the finding says so.",
        delisted,
    ),
    Rule(
        "VT111", "In a foreign port under a port entry ban", "high; medium at the roads", PORT_BAN,
        "All States must refuse entry. Exceptions: emergency, return to the port of origination, approval by the "
        "1718 Committee. At the roads or an anchorage the ship lay off the port and is not said to have entered. A ban "
        "of the US, the UK or the EU fires in their own ports only, and then the listing's own basis is cited and no "
        "resolution.",
        port_entry_ban,
    ),
    Rule(
        "VT112", "In a foreign port under an asset freeze",
        "critical; high at the roads; for a freeze that is not the UN's one severity lower", (*FREEZE, ENTRY_OF_FROZEN),
        "A ship under an asset freeze is frozen wherever a State can reach it: the port State must hold it. Entry of "
        "ships owned or controlled by designated parties is refused besides. A freeze of the US, the UK or the EU "
        "fires in their own ports only, and then the listing's own basis is cited and no resolution.",
        asset_freeze,
    ),
    Rule(
        "VT121", "De-flagged ship flying a flag", "medium for the DPRK flag, high for a third State", DEFLAG,
        "The flag State must strike the ship from its register. Fires once per ship and flag, on evidence dated after "
        "the listing.",
        deflagged,
    ),
)  # fmt: skip
