"""VT3xx: numbers, names and positions that contradict each other; flags, moves and hulls have modules of their own."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.oil.ships import is_dprk_ship
from vesseltrack.rules import flags, hulls, moves
from vesseltrack.rules.ais import TRADE_ROLES
from vesseltrack.rules.evidence import finding, when
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Identity, Problem, Vessel


_IMO = ("IMO Assembly resolution A.1117(30)",)


def _with_problem(evidence: Evidence, problem: Problem) -> Iterator[tuple[Identity, list[Seen]]]:
    """Sightings that share one problem of identity, by name and number as sighted."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.identity is not None and problem in seen.identity.problems:
            groups[seen.identity.name, seen.identity.sighted_imo].append(seen)
    for group in groups.values():
        if group[0].identity is not None:
            yield group[0].identity, group


def _number_rule(
    problem: Problem, rule: str, severity: Severity, words: str
) -> Callable[[Evidence], Iterable[Finding]]:
    def check(evidence: Evidence) -> Iterator[Finding]:
        for identity, seen in _with_problem(evidence, problem):
            ship = identity.name or "a ship without a name"
            title = f"IMO {identity.sighted_imo} given for {ship} {when(seen)} {words}"
            yield finding(
                rule, severity, title, seen, _IMO, subject=f"{identity.name}|{identity.sighted_imo}", identity=identity
            )

    return check


def _clone_reason(seen: list[Seen]) -> str:
    """Why a namesake may be a clone (ruling 12); empty where nothing says so."""
    if any(is_dprk_ship(s.identity, s.flag) for s in seen):
        return "it flies the DPRK flag"
    identity = seen[0].identity
    common = identity is not None and bool(identity.candidates) and _same_name(identity).common_name
    if not common and any(s.place.port is not None and TRADE_ROLES & set(s.place.port.roles) for s in seen):
        return "it was at a place of the trade"
    if any(moves.two_ports(one, other) for one, other in pairwise(moves.in_order(seen))):
        return "one hull was seen in two places at once"
    return ""


def _same_name(identity: Identity) -> Vessel:
    """The register ship whose name is borne; an MMSI may have brought other candidates besides."""
    same = [c.vessel for c in identity.candidates if any(reason.startswith("same name") for reason in c.reasons)]
    return (same or [c.vessel for c in identity.candidates])[0]


def namesake(evidence: Evidence) -> Iterator[Finding]:
    """Same name, another valid IMO number."""
    for identity, seen in _with_problem(evidence, "namesake"):
        if not _clone_reason(seen):
            known = _same_name(identity)
            title = (
                f"{identity.name}, IMO {identity.imo}, sighted {when(seen)}, is a namesake of "
                f"{known.name}, IMO {known.imo}"
            )
            yield finding("VT304", Severity.INFO, title, seen, (), identity=identity)


def clone(evidence: Evidence) -> Iterator[Finding]:
    """A namesake that may be the register ship under a borrowed number."""
    for identity, seen in _with_problem(evidence, "namesake"):
        reason = _clone_reason(seen)
        if reason:
            known = _same_name(identity)
            listings = known.listings_on(min(s.start for s in seen).date())
            title = (
                f"{identity.name} sighted with IMO {identity.imo} {when(seen)}, the number of another ship than "
                f"{known.name}, IMO {known.imo}; {reason}: possible clone"
            )
            yield finding("VT305", Severity.HIGH, title, seen, (), listings=listings, identity=identity)


def two_ships(evidence: Evidence) -> Iterator[Finding]:
    """Name and number of two different ships of the register."""
    for identity, seen in _with_problem(evidence, "two_ships"):
        if not identity.sighted_imo and not identity.mmsi:
            continue  # a name that two ships may bear is a possible match, VT105
        day = min(s.start for s in seen).date()
        listings = tuple(x for candidate in identity.candidates for x in candidate.vessel.listings_on(day))
        shown = " ".join(
            part for part in (identity.name, identity.sighted_imo and f"IMO {identity.sighted_imo}") if part
        )
        title = f"{shown}, sighted {when(seen)}, points to two ships: {'; '.join(identity.reasons)}"
        severity = Severity.HIGH if listings else Severity.LOW
        yield finding("VT306", severity, title, seen, (), listings=listings, identity=identity)


def place_conflict(evidence: Evidence) -> Iterator[Finding]:
    """Coordinates that contradict the named port."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.place.conflict:
            groups[seen.ship or seen.name, seen.place.conflict].append(seen)
    for (_, conflict), group in groups.items():
        title = f"Coordinates contradict the port: {conflict}, {when(group)}; the coordinates were used"
        yield finding("VT307", Severity.LOW, title, group, ())


_NUMBERS = (
    Rule(
        "VT301", "Company number used as a ship's", "low", _IMO,
        "The IMO number passes the check digit of companies and registered owners, not that of ships.",
        _number_rule("imo_company", "VT301", Severity.LOW, "is a company's number, not a ship's"),
    ),
    Rule(
        "VT302", "IMO number fails its check digit", "low", _IMO,
        "The seventh digit of a ship's number is the last digit of the sum of the first six times 7, 6, 5, 4, 3, 2. A "
        "slip of the pen, or an invented number. The ship is looked up by name and MMSI instead.",
        _number_rule("imo_check_digit", "VT302", Severity.LOW, "fails the check digit"),
    ),
    Rule(
        "VT303", "Placeholder or malformed IMO number", "info", _IMO,
        "Zeros, 1234567 and the like, or something that is no seven-digit number. The ship is looked up by name and "
        "MMSI instead.",
        lambda evidence: (
            *_number_rule("imo_placeholder", "VT303", Severity.INFO, "is a placeholder")(evidence),
            *_number_rule("imo_malformed", "VT303", Severity.INFO, "is no IMO number")(evidence),
        ),
    ),
    Rule(
        "VT304", "Namesake", "info", (),
        "The name is that of a register ship, but the valid IMO number is another's: a different ship of the same "
        "name. It is not treated as the register ship.",
        namesake,
    ),
    Rule(
        "VT305", "Possible clone", "high", (),
        "A namesake that flies the DPRK flag, has an MMSI of the DPRK, or called at a place of the trade: it may be "
        "the register ship under a borrowed number.",
        clone,
    ),
    Rule(
        "VT306", "Evidence points to two ships", "high where one of them was listed on the day, else low", (),
        "Name and number belong to two different ships of the register. Neither is taken for the ship sighted.",
        two_ships,
    ),
    Rule(
        "VT307", "Coordinates contradict the port", "low", (),
        "The coordinates lie in another port than the one named, or farther from it than its outline can be wrong. The "
        "coordinates are used.",
        place_conflict,
    ),
)  # fmt: skip

RULES = tuple(sorted((*_NUMBERS, *flags.RULES, *moves.RULES, *hulls.RULES), key=lambda rule: rule.code))
