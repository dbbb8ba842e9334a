"""VT6xx: transfers from ship to ship. About the flag, not the place (ruling 6)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.ships import is_dprk_ship
from vesseltrack.rules.authorities import UN, cited, named
from vesseltrack.rules.evidence import ADOPTED, finding, listings_on, measures_on, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.vessels.flags import is_dprk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Identity, Listing

TRANSFER_BAN = ("UNSCR 2375 (2017) para 11",)

DPRK_CALL_WITHIN = timedelta(days=10)
"""A ship of a transfer that is seen in a DPRK port within ten days makes the transfer suspect (ruling 6)."""


def _transfers(evidence: Evidence) -> Iterator[list[Seen]]:
    """Sightings of one transfer: the same ships on the same day, whichever of them wrote it down."""
    groups: defaultdict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        met = _met_at_sea(seen)
        if met or seen.activity.startswith("sts_") or (seen.other is not None and _in_transfer_area(seen)):
            groups[_ships(seen), seen.start.date().isoformat(), "transfer" if met else seen.spot].append(seen)
    for group in groups.values():
        yield sorted(group, key=lambda s: (s.start, s.end, s.tie, s.ref))


def _ships(seen: Seen) -> str:
    """Both ships of a transfer, in an order that does not depend on who wrote it down."""
    other = seen.other.key if seen.other is not None and seen.other.key != seen.ship else ""
    return " and ".join(sorted(key for key in (seen.ship or "unidentified", other) if key))


def _met_at_sea(seen: Seen) -> bool:
    """Two ships together at sea, and nobody says what they did: what AIS shows of a transfer."""
    another = seen.other is not None and seen.other.key != seen.ship
    return another and seen.place.kind == "sea" and seen.activity == "unknown"


def _what(group: list[Seen]) -> str:
    """A meeting is called a transfer only if somebody saw one."""
    return "Meeting at sea" if all(_met_at_sea(seen) for seen in group) else "Ship-to-ship transfer"


def _in_transfer_area(seen: Seen) -> bool:
    return seen.place.port is not None and "transfer_area" in seen.place.port.roles


def _listings(seen: Seen) -> tuple[Listing, ...]:
    day = seen.start.date()
    return (*listings_on(seen.identity, day), *listings_on(seen.other, day))


def _pair(seen: Seen) -> str:
    other = f" with {who(seen.other)}" if seen.other is not None and seen.other.key != seen.ship else ""
    return f"{who(seen.identity, seen.name)}{other}"


def with_designated(evidence: Evidence) -> Iterator[Finding]:
    """Transfer with a designated ship."""
    for seen in _transfers(evidence):
        listings = _listings(seen[0])
        if listings:
            day = seen[0].start.date()
            of_the_un = any(listing.binds_all_states for listing in listings)
            basis = (*(TRANSFER_BAN if any(x.authority == UN for x in listings) else ()), *cited(listings))
            title = f"{_what(seen)} with a ship designated {named(listings)}: {_pair(seen[0])}, {when(seen)}"
            yield finding(
                "VT602", Severity.CRITICAL if of_the_un else Severity.MEDIUM, title, seen, basis,
                measures=measures_on(listings, day), listings=listings,
                identity=seen[0].identity, subject=_ships(seen[0]),
            )  # fmt: skip


def with_dprk_flagged(evidence: Evidence) -> Iterator[Finding]:
    """Transfer with a DPRK-flagged ship."""
    for seen in _transfers(evidence):
        first = seen[0]
        if any(x.binds_all_states for x in _listings(first)) or first.start.date() < ADOPTED["2375 (2017)"]:
            continue
        if is_dprk_ship(first.identity, first.flag) or is_dprk_ship(first.other):
            title = f"{_what(seen)} with a DPRK-flagged ship: {_pair(first)}, {when(seen)}"
            yield finding(
                "VT601", Severity.HIGH, title, seen, TRANSFER_BAN, identity=first.identity, subject=_ships(first)
            )
        elif _may_be_dprk(first.identity) or _may_be_dprk(first.other):
            title = f"{_what(seen)} with a ship that may be DPRK-flagged: {_pair(first)}, {when(seen)}"
            yield finding(
                "VT601", Severity.MEDIUM, title, seen, TRANSFER_BAN, identity=first.identity, subject=_ships(first)
            )


def _may_be_dprk(identity: Identity | None) -> bool:
    """A possible match with a DPRK-flagged ship of the register."""
    return (
        identity is not None
        and identity.grade == "review"
        and any(is_dprk(candidate.vessel.flag) for candidate in identity.candidates)
    )


def in_transfer_area(evidence: Evidence) -> Iterator[Finding]:
    """Transfer, or ships lying together, in a transfer area; neither ship DPRK-flagged or designated."""
    groups: defaultdict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if not _in_transfer_area(seen) or _listings(seen) or is_dprk_ship(seen.other):
            continue
        together = seen.activity.startswith("sts_") or seen.other is not None or seen.count > 1
        if together and not is_dprk_ship(seen.identity, seen.flag):
            groups[seen.ship or "unidentified", seen.spot, seen.start.date().isoformat()].append(seen)
    for group in groups.values():
        dark = any(s.ais_status in {"off", "spoofed"} for s in group)
        suspect = dark or _seen_in_dprk(evidence, group)
        why = " with AIS off" if dark else (", seen in a DPRK port within ten days" if suspect else "")
        place = group[0].place.port.name if group[0].place.port is not None else ""
        title = f"Ships together in the transfer area {place}: {_pair(group[0])}, {when(group)}{why}"
        yield finding("VT603", Severity.MEDIUM if suspect else Severity.INFO, title, group, TRANSFER_BAN)


def _seen_in_dprk(evidence: Evidence, group: list[Seen]) -> bool:
    ships = {identity.key for s in group for identity in (s.identity, s.other) if identity is not None and identity.key}
    first, last = min(s.start for s in group), max(s.end for s in group)
    return any(
        call.ship in ships
        and call.port is not None
        and call.port.country == "KP"
        and call.port.harbour
        and call.start - last <= DPRK_CALL_WITHIN
        and first - call.end <= DPRK_CALL_WITHIN
        for call in evidence.calls
    )


RULES = (
    Rule(
        "VT601", "Ship-to-ship transfer with a DPRK-flagged ship", "high; medium where the ship is a possible match",
        TRANSFER_BAN,
        "States must keep their ships and nationals from transfers of any goods to or from DPRK-flagged ships, "
        "anywhere. DPRK-flagged by flag, MMSI 445 or register. Ships that lie together at sea for hours, as AIS shows "
        "it, indicate a transfer and do not prove it: the finding says meeting.",
        with_dprk_flagged,
    ),
    Rule(
        "VT602", "Ship-to-ship transfer with a designated ship",
        "critical; medium where only an authority other than the UN lists it", TRANSFER_BAN,
        "One of the ships was on a list on the day. The resolution is cited only for a listing of the UN. A meeting "
        "at sea counts as for VT601.",
        with_designated,
    ),
    Rule(
        "VT603", "Ships together in a transfer area", "info; medium if dark or seen in a DPRK port within ten days",
        TRANSFER_BAN,
        "Neither ship is known to be DPRK-flagged or designated.", in_transfer_area,
    ),
)  # fmt: skip
