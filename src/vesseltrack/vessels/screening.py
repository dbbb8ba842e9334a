"""Screening: a name, IMO number or MMSI against the lists and the register, as of a day; one answer per line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.vessels.cells import is_unnamed, plain_key
from vesseltrack.vessels.evidence import Verdict, choose
from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.likeness import likenesses
from vesseltrack.vessels.matching import BORNE, PLAIN, candidate, glance, order
from vesseltrack.vessels.model import Candidate, ScreenResult, Vessel
from vesseltrack.vessels.names import without_escapes
from vesseltrack.vessels.resolve import identify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.model import Grade, Identity, Listing, Measure
    from vesseltrack.vessels.names import NameKey
    from vesseltrack.vessels.register import Register

TRADE_REGISTER = "trade register (not designated)"
"""Shown as the list of a ship that is known and on no list: it is a review, never "none" (rulings 10 to 12)."""

_IMO_LABEL = re.compile(
    r"\bimo(?:\s*(?:number|no|nr))?[\s.:#=\-]*([0-9][0-9 \-]{4,8}[0-9](?:\.0)?)(?![0-9])", re.IGNORECASE
)
_MMSI_LABEL = re.compile(
    r"\bmmsi(?:\s*(?:number|no|nr))?[\s.:#=\-]*([0-9][0-9 \-]{7,11}[0-9](?:\.0)?)(?![0-9])", re.IGNORECASE
)
_LABELLED = re.compile(r"^\s*(imo|mmsi)(?=\W|\d|$)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^[\s'\"]*[0-9][0-9\s]*(?:\.0+)?[\s'\"]*$")
_SEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_AROUND_A_NAME = ' ,;()[]"\t\r\n'
_MMSI_DIGITS = 9
_LEAST_DIGITS = 6
"""A shorter number alone is a name of digits only (there are such ships), a longer one an identifier."""


@dataclass(frozen=True)
class ListEntry:
    """What stands beside a candidate: the list it is on, or why it is known without being listed."""

    list: str
    listed_name: str | None
    listed_on: date | None
    delisted_on: date | None
    measures: tuple[Measure, ...]
    """In force on the day of the screening."""


def listing_shown(vessel: Vessel, as_of: date) -> Listing | None:
    """Return the listing to show for a ship: in force on that day, else the last one before, else the next one."""
    past = [listing for listing in vessel.listings if listing.listed_on is None or listing.listed_on <= as_of]
    in_force = [listing for listing in past if listing.in_force(as_of)]
    chosen = in_force or past or list(vessel.listings[:1])
    return chosen[-1] if chosen else None


def list_entry(candidate: Candidate, as_of: date) -> ListEntry:
    """Return list, listed name, dates and measures of a candidate as of a day."""
    listing = listing_shown(candidate.vessel, as_of)
    if listing is None:
        return ListEntry(TRADE_REGISTER, None, None, None, ())
    measures = {measure for entry in candidate.vessel.listings_on(as_of) for measure in entry.measures_on(as_of)}
    return ListEntry(listing.list, listing.listed_name, listing.listed_on, listing.delisted_on, tuple(sorted(measures)))


def list_name(candidate: Candidate, as_of: date) -> str:
    """Return the name of the list shown for a candidate."""
    return list_entry(candidate, as_of).list


def _is_ships(digits: str) -> bool:
    return parse_imo(digits).state == "ship"


def _read_query(query: str) -> dict[str, str]:
    """Part a query into name, IMO number and MMSI; seven digits with a ship's check digit need no label."""
    query = without_escapes(query)
    if label := _LABELLED.match(query):
        rest = query[label.end() :]
        kind = label[1].lower()
        if not re.search(r"[^\W\d_]", rest):
            return {kind: rest.strip(" .:#=-")}
    if _BARE_NUMBER.match(query):
        digits = "".join(c for c in query.partition(".")[0] if c.isdigit())
        if len(digits) == _MMSI_DIGITS:
            return {"mmsi": query}
        if len(digits) >= _LEAST_DIGITS or parse_imo(query).state == "placeholder":
            return {"imo": query}
        return {"name": query}
    found = {}
    for kind, pattern in (("imo", _IMO_LABEL), ("mmsi", _MMSI_LABEL)) if "m" in query.lower() else ():
        if match := pattern.search(query):
            found[kind] = match[1]
            query = f"{query[: match.start()]} {query[match.end() :]}"
    numbers = [] if "imo" in found else [run for run in _SEVEN_DIGITS.finditer(query) if _is_ships(run[0])]
    if len(numbers) == 1:
        found["imo"] = numbers[0][0]
        sides = (query[: numbers[0].start()], query[numbers[0].end() :])
        query = " ".join(part for part in (text.strip(_AROUND_A_NAME + "-/|#:") for text in sides) if part)
    name = query.strip(_AROUND_A_NAME) if found else query
    return found | ({"name": name} if name else {})


def _as_of_lists(found: Candidate, register: Register, as_of: date) -> Candidate:
    """Lower the grade of a ship that is on no list on that day, and say why."""
    if found.grade == "none":
        return found
    known = register.standings.get((found.vessel.id, as_of))
    why = register.standings[found.vessel.id, as_of] = _unlisted(found.vessel, as_of) if known is None else known
    return Candidate(found.vessel, "review", found.score, (*found.reasons, why)) if why else found


def _unlisted(vessel: Vessel, as_of: date) -> str:
    """Say why a ship counts as unlisted on a day; empty for a listed one."""
    if vessel.listings_on(as_of):
        return ""
    listing = listing_shown(vessel, as_of)
    if listing is None:
        why = "in the trade register, on none of the lists consulted"
        return f"{why}; elsewhere: {vessel.also_listed}" if vessel.also_listed else why
    if listing.listed_on and listing.listed_on > as_of:
        return f"listed since {listing.listed_on}, not yet on {as_of}"
    why = f"was listed as {listing.listed_name} from {listing.listed_on or 'an unknown day'}, delisted "
    return why + f"{listing.delisted_on}" + (f" ({listing.precision})" if listing.precision else "")


def _dprk_flagged(mmsi: str, reasons: tuple[str, ...]) -> Candidate:
    """Stand for a DPRK-flagged ship that the register does not know."""
    vessel = Vessel(
        id=f"MMSI{mmsi}", name=f"DPRK-flagged ship, MMSI {mmsi}", imo=None, mmsi=(mmsi,), flag="DPRK", type="", role="",
        aliases=(), listings=(), also_listed="", deadweight_tonnes=None, gross_tonnage=None, observed_load_tonnes=None,
        observed_load_m3=None, built=None, common_name=False, source="", notes="",
    )  # fmt: skip
    return Candidate(vessel, "review", 0.4, reasons)


def _unchecked(identity: Identity, kinds: set[str]) -> str:
    """Say why nothing could be checked; empty where something was."""
    if identity.candidates or (identity.name and not is_unnamed(identity.name) and identity.key):
        return ""
    if identity.key and not identity.problems:
        return ""
    if "mmsi" in kinds and identity.mmsi is None:
        return "this is no MMSI of nine digits"
    if any(problem.startswith("imo_") for problem in identity.problems):
        return "this number identifies no ship"
    return "nothing here can be checked: no name, IMO number or MMSI"


def _by_plain_name(query: str, line: int, key: NameKey, register: Register, as_of: date) -> ScreenResult:
    """Answer a query that is one name and nothing else, as `identify` would."""
    likes = likenesses(register, query, key)
    if not likes:
        return ScreenResult(query, line, "none", (), (), checked=True)
    if len(likes) == 1:
        best = _as_of_lists(candidate(query, likes[0], as_of), register, as_of)
        return ScreenResult(query, line, best.grade, (), (best,), checked=True)
    borne = [like for like in likes if like.how in BORNE] or likes
    verdict = Verdict(candidates=[candidate(query, like, as_of) for like in borne])
    choose(verdict)
    candidates = order(_as_of_lists(found, register, as_of) for found in verdict.candidates)
    grade = candidates[0].grade if verdict.vessel else "review"
    return ScreenResult(query, line, grade, tuple(verdict.reasons), candidates, checked=True)


def screen_one(query: str, line: int, register: Register, as_of: date) -> ScreenResult:
    """Answer one query; a blank line too, with ``checked`` False and the reason."""
    key = plain_key(query)
    if key is not None:
        return _by_plain_name(query, line, key, register, as_of)
    wanted = _read_query(query)
    if wanted.keys() == {"name"} and glance(register, query) == PLAIN:
        return ScreenResult(query, line, "none", (), (), checked=True)
    identity = identify(
        register, name=wanted.get("name", ""), imo=wanted.get("imo", ""), mmsi=wanted.get("mmsi", ""), day=as_of
    )
    if not identity.candidates and not identity.problems and not identity.dprk:
        return ScreenResult(query, line, "none", (), (), checked=True)
    candidates = order(_as_of_lists(candidate, register, as_of) for candidate in identity.candidates)
    grade: Grade = candidates[0].grade if candidates else identity.grade
    if identity.grade == "review" and grade == "match":
        grade = "review"
    if identity.dprk and identity.vessel is None and identity.mmsi and identity.grade == "review":
        if not candidates:
            candidates = (_dprk_flagged(identity.mmsi, identity.reasons),)
        grade = "review"
    said = {reason for candidate in candidates for reason in candidate.reasons}
    reasons = tuple(reason for reason in identity.reasons if reason not in said)
    unchecked = _unchecked(identity, set(wanted))
    if unchecked:
        reasons = (*(reason for reason in reasons if not reason.startswith("no usable")), unchecked)
    return ScreenResult(query, line, grade, reasons, candidates, checked=not unchecked)


def screen(queries: Iterable[str], register: Register, as_of: date) -> tuple[ScreenResult, ...]:
    """Answer each query in order; ``line`` counts from 1.

    A ship on a list on that day keeps the grade of its identity; a ship that is known but not listed, a delisted one
    and an MMSI of the DPRK are a ``review``; ``none`` means on no list and not in the register.
    """
    return tuple(screen_one(query, line, register, as_of) for line, query in enumerate(queries, start=1))
