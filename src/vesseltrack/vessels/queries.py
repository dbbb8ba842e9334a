"""Queries that are more than a plain name: with numbers, several names, another script, or nothing to go by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vesseltrack.vessels.cells import is_unnamed
from vesseltrack.vessels.evidence import all_listed
from vesseltrack.vessels.grading import order
from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.matching import PLAIN, glance, read_name
from vesseltrack.vessels.model import Candidate, ScreenResult, Vessel
from vesseltrack.vessels.names import without_escapes
from vesseltrack.vessels.plain_names import FORMS
from vesseltrack.vessels.resolve import identify
from vesseltrack.vessels.standing import as_of_lists

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.vessels.model import Company, Grade, Identity, Listing
    from vesseltrack.vessels.register import Register

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


def _is_ships(digits: str) -> bool:
    return parse_imo(digits).state == "ship"


def _read_query(query: str) -> dict[str, str]:
    """Part a query into name, IMO number and MMSI; seven digits need no label."""
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
    numbers = [] if "imo" in found else list(_SEVEN_DIGITS.finditer(query))
    ships = [run for run in numbers if _is_ships(run[0])]
    numbers = ships or numbers
    if len(numbers) == 1:
        found["imo"] = numbers[0][0]
        sides = (query[: numbers[0].start()], query[numbers[0].end() :])
        query = " ".join(part for part in (text.strip(_AROUND_A_NAME + "-/|#:") for text in sides) if part)
    name = query.strip(_AROUND_A_NAME) if found else query
    return found | ({"name": name} if name else {})


def _dprk_flagged(mmsi: str, reasons: tuple[str, ...]) -> Candidate:
    """Stand for a DPRK-flagged ship that the register does not know."""
    vessel = _stand_in(f"MMSI{mmsi}", f"DPRK-flagged ship, MMSI {mmsi}", mmsi=(mmsi,), flag="DPRK")
    return Candidate(vessel, "review", 0.4, reasons)


def _stand_in(
    entry_id: str, name: str, *, mmsi: tuple[str, ...] = (), flag: str = "", listings: tuple[Listing, ...] = ()
) -> Vessel:
    """Return an entry for what the register does not hold as a ship."""
    return Vessel(
        id=entry_id, name=name, imo=None, mmsi=mmsi, flag=flag, type="", role="", aliases=(), listings=listings,
        also_listed="", deadweight_tonnes=None, gross_tonnage=None, observed_load_tonnes=None, observed_load_m3=None,
        built=None, common_name=False, source="", notes="",
    )  # fmt: skip


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


def company_answer(query: str, line: int, register: Register, as_of: date) -> ScreenResult | None:
    """Answer a query that names a listed company: a review, for it is no ship; None where it names none."""
    from vesseltrack.vessels.companies import company_candidates  # noqa: PLC0415 - most queries name no company

    candidates = [
        Candidate(_company(hit.company), "review", hit.score, (*hit.reasons, "a company, not a ship"))
        for hit in company_candidates(register, query)
        if hit.company.listing.in_force(as_of)
    ]
    return ScreenResult(query, line, "review", (), tuple(candidates), checked=True) if candidates else None


def _company(company: Company) -> Vessel:
    """Stand for a listed company among the candidates."""
    listing = company.listing
    return _stand_in(f"COMPANY{company.name}|{listing.authority}|{listing.entry_id}", company.name, listings=(listing,))


def answer(query: str, line: int, register: Register, as_of: date) -> ScreenResult:
    """Answer one query; a blank line too, with ``checked`` False and the reason."""
    wanted = _read_query(query)
    if wanted.keys() == {"name"} and glance(register, query) == PLAIN:
        named = company_answer(query, line, register, as_of) if query.upper().rstrip(" .)").endswith(FORMS) else None
        return named or ScreenResult(query, line, "none", (), (), checked=True)
    identity = identify(
        register, name=wanted.get("name", ""), imo=wanted.get("imo", ""), mmsi=wanted.get("mmsi", ""), day=as_of
    )
    if not identity.candidates and "imo" in wanted and (named := company_answer(query, line, register, as_of)):
        return named
    if not identity.candidates and not identity.problems and not identity.dprk:
        return ScreenResult(query, line, "none", (), (), checked=True)
    candidates = order(as_of_lists(candidate, register, as_of) for candidate in identity.candidates)
    grade: Grade = candidates[0].grade if candidates else identity.grade
    if identity.grade == "review" and grade == "match":
        grade = "review"
    if wanted.keys() == {"name"} and "two_ships" in identity.problems:
        names = read_name(register, wanted["name"], as_of)
        if not names.several and (listed := all_listed(names.exact, as_of)):
            grade, candidates = "match", order((*listed, *candidates))
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
