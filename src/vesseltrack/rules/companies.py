"""VT113: ships whose owner or manager is a listed company."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vesseltrack.rules import authorities
from vesseltrack.rules.evidence import basis_of, finding, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.vessels.companies import NamedCompany, shown_ships

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.companies import CompanyHit

OWNED = ("UNSCR 1718 (2006) para 8(d)", "UNSCR 2270 (2016) para 12", "UNSCR 2270 (2016) para 22")
"""Asset freeze of designated entities; that it covers ships; that their ships are refused entry to ports."""

_ROLES = ("owner", "manager", "company number", "ship number")
_TEXT_SHOWN = 60

Named = tuple["Seen", NamedCompany]


def listed_company(evidence: Evidence) -> Iterator[Finding]:
    """Ship that names a listed company as owner, manager or by number; once per ship and company."""
    groups: defaultdict[tuple[str, str], list[Named]] = defaultdict(list)
    for seen in evidence.sightings:
        for named in seen.companies:
            ship = seen.ship or f"{seen.name}|{seen.identity.sighted_imo if seen.identity else ''}"
            groups[ship, named.hit.key].append((seen, named))
    for (ship, key), group in groups.items():
        yield _finding(f"{ship} {key}", group)


def _finding(subject: str, group: Sequence[Named]) -> Finding:
    """What is surest counts: a listing in force before one of another day, a match before a review."""
    in_force = [(s, n) for s, n in group if n.hit.company.listing.in_force(s.start.date())]
    chosen = in_force or list(group)
    matches = [(s, n) for s, n in chosen if n.hit.grade == "match"]
    chosen = matches or chosen
    seen = list({s.row: s for s, _ in chosen}.values())
    hits = _hits(chosen)
    listings = tuple(hit.company.listing for hit in hits)
    by_un = any(listing.authority == "UN" for listing in listings)
    if not in_force:
        severity = Severity.INFO
    elif not matches:
        severity = Severity.LOW
    else:
        severity = Severity.HIGH if by_un else Severity.MEDIUM
    day = min(s.start for s in seen).date()
    lists = "; ".join(_listed(hit, None if in_force else day) for hit in hits)
    title = f"{_who(seen)}: {_clues(chosen)}, {lists}; sighted {when(seen)}"
    basis = (*basis_of(listings), *(OWNED if by_un and in_force and matches else ()))
    return finding("VT113", severity, title, seen, basis, listings=listings, identity=seen[0].identity, subject=subject)


def _hits(chosen: Sequence[Named]) -> tuple[CompanyHit, ...]:
    """The surest hit for each listing, the UN's first."""
    hits = {n.hit.company.listing: n.hit for _, n in sorted(chosen, key=lambda c: (c[1].hit.score, c[1].text))}
    return tuple(sorted(hits.values(), key=lambda h: (h.company.listing.authority != "UN", h.company.listing.list)))


def _who(seen: Sequence[Seen]) -> str:
    first = min(seen, key=lambda s: (s.start, s.end, s.tie, s.ref))
    return who(first.identity, first.name)


def _clues(chosen: Sequence[Named]) -> str:
    """How the company is named: ``owner 'Koti Corporation' is KOTI CORP``."""
    names: dict[tuple[str, str], CompanyHit] = {}
    for _, named in sorted(chosen, key=lambda c: (_ROLES.index(c[1].role), c[1].text, c[1].hit.company.name)):
        names.setdefault((named.role, named.text), named.hit)
    words = [_clue(role, text, hit) for (role, text), hit in names.items()]
    return " and ".join(words[: len(_ROLES)])


def _clue(role: str, text: str, hit: CompanyHit) -> str:
    shown = text if len(text) <= _TEXT_SHOWN else f"{text[: _TEXT_SHOWN - 1]}…"
    name = hit.company.name
    if role == "company number":
        return f"company number {shown} is that of {name}"
    if role == "ship number":
        return f"{shown}, given as the ship's number, is the company number of {name}"
    if hit.grade == "match":
        return f"{role} {name}" if text == name else f"{role} {shown!r} is {name}"
    return f"{role} {shown!r} may be {name} ({hit.reasons[0]})"


def _listed(hit: CompanyHit, before: date | None) -> str:
    """What the list says: authority, list, day, and the ships that it links to the company.

    ``before``: the day of the sighting, where the company was not on the list on it.
    """
    listing = hit.company.listing
    on = str(listing.listed_on) if listing.listed_on else listing.precision or "at all times"
    linked = f", which links it to {shown_ships(hit.ships)}" if hit.ships else ""
    by = authorities.named((listing,))
    if before is not None and listing.listed_on is not None and listing.listed_on > before:
        return f"listed since {by} ({listing.list}, {on}){linked}"
    until = f" to {listing.delisted_on}" if listing.delisted_on is not None else ""
    return f"listed {by} ({listing.list}, {on}{until}){linked}"


RULES = (
    Rule(
        "VT113", "Owner or manager is a listed company",
        "high where the UN lists it, medium for another authority, low for a possible match, info when not listed on "
        "the day",
        (*OWNED, "the listing's own"),
        "An owner, manager or company number of the sighting is that of a company on a list. The UN's freeze of a "
        "designated company covers the ships that it owns or controls, listed themselves or not, and ports refuse "
        "them. Lists of other authorities bind where their law holds. The finding names the ships that the list links "
        "to the company, and says so where the company's number stands in the place of the ship's. A name that is one "
        "slip of the pen away, or too short or plain to tell, is a possible match. Owners change: the row says who it "
        "was, and nobody has checked that. Fires once per ship and company.",
        listed_company,
    ),
)  # fmt: skip
