"""Who a ship is, from name, IMO number, MMSI, call sign and flag together, with the reasons and the contradictions.

The IMO number belongs to the hull and decides; the MMSI belongs to the flag and is reused; a name is only a name
(rulings 10 to 12). Nothing that points to a register ship is dropped: it is a candidate, and a reason says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.vessels.evidence import CONTRADICTED, Evidence, Verdict, choose, two_ships
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.grading import order, shown, strengthened
from vesseltrack.vessels.identifiers import neighbours, parse_imo, parse_mmsi
from vesseltrack.vessels.matching import read_name
from vesseltrack.vessels.model import Candidate, Identity
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.register import call_sign_key

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.vessels.model import Problem, Vessel
    from vesseltrack.vessels.register import Register

_IMO_AND_NAME = 1.0
_IMO_AND_NEAR_NAME = 0.99
_IMO_ALONE = 0.98
_IMO_OTHER_NAME = 0.96
_MMSI_AND_NAME = 0.95
_LAUNDERED_AND_NAME = 0.94
_NEIGHBOUR_AND_NAME = 0.93
_MMSI_ALONE = 0.85
_LAUNDERED = 0.70
_DID_YOU_MEAN = 0.58
_MMSI_OTHER_NAME = 0.55
_CALL_SIGN = 0.45
_DPRK = 0.40
"""Scores order candidates: hull number, then station, then name (`matching` scores names alone), then mere hints."""

_IMO_PROBLEM: dict[str, Problem] = {
    "company": "imo_company",
    "check_digit": "imo_check_digit",
    "placeholder": "imo_placeholder",
    "malformed": "imo_malformed",
}


def _by_hull(evidence: Evidence, vessel: Vessel) -> Verdict:
    """Decide for a register ship's own IMO number, which holds even under another name."""
    number = f"IMO {evidence.imo.digits} is {vessel.name}"
    others = [c for c in evidence.names.exact if c.vessel.id != vessel.id]
    agreeing = [c for c in evidence.names.exact if c.vessel.id == vessel.id]
    near = [c for c in evidence.names.near if c.vessel.id == vessel.id]
    verdict = Verdict(candidates=list(others))
    if not evidence.names.ships:
        verdict.candidates.append(Candidate(vessel, "match", _IMO_ALONE, (number,)))
    elif agreeing:
        verdict.candidates.append(strengthened(agreeing[0], "match", _IMO_AND_NAME, number))
    elif strong := [c for c in others if c.grade == "match"]:
        verdict.candidates.append(Candidate(vessel, "review", CONTRADICTED, (number,)))
        verdict.key = vessel.id
        two_ships(verdict, f"{number}, but the name is that of {' and '.join(shown(c.vessel) for c in strong)}")
        return verdict
    elif near:
        verdict.candidates.append(strengthened(near[0], "match", _IMO_AND_NEAR_NAME, number))
    else:
        verdict.problems.append("other_name")
        sighted = evidence.names.ships[0].name
        reason = f"{sighted!r} is not a name known for {vessel.name}"
        verdict.candidates.append(Candidate(vessel, "match", _IMO_OTHER_NAME, (number, reason)))
    verdict.vessel = vessel
    for holder in evidence.holders:
        if holder.id != vessel.id:
            reason = f"MMSI {evidence.mmsi.digits} is known for {shown(holder)}, but {number}"
            verdict.candidates.append(Candidate(holder, "review", _DPRK, (reason,)))
    return verdict


def _laundered(evidence: Evidence) -> list[Candidate]:
    """Ships that sailed under this number by fraud: a match with a name of theirs, else a review (ruling 11)."""
    found = []
    for vessel, alias in evidence.register.by_laundered_imo.get(evidence.imo.digits, ()):
        since = f" from {alias.first}" if alias.first else ""
        until = f" to {alias.last}" if alias.last else ""
        reason = f"IMO {evidence.imo.digits} is a laundered identity of {shown(vessel)}{since}{until}"
        named = next((c for c in evidence.names.exact if c.vessel.id == vessel.id), None)
        early = evidence.day is not None and alias.first is not None and evidence.day < alias.first
        if named is not None and not early:
            found.append(Candidate(vessel, "match", _LAUNDERED_AND_NAME, (reason, named.reasons[0])))
        else:
            alone = "seen before that" if early else "a laundered identity alone does not prove which ship it is"
            found.append(Candidate(vessel, "review", _LAUNDERED, (reason, alone)))
    return found


def _by_other_hull(evidence: Evidence) -> Verdict:
    """Decide for a valid IMO number not in the register: another ship, unless the register has no number for it."""
    number = evidence.imo.digits
    verdict = Verdict(candidates=_laundered(evidence))
    borne = {c.vessel.id for c in verdict.candidates}
    free = [c for c in evidence.names.exact if c.vessel.imo is None and c.vessel.id not in borne]
    if free:
        for candidate in free:
            none_exists = "no imo number" in candidate.vessel.notes.casefold()
            state = "the ship has no IMO number" if none_exists else "the register has no IMO number for it"
            grade = "review" if none_exists else candidate.grade
            score = min(candidate.score, CONTRADICTED) if none_exists else candidate.score
            reasons = (*candidate.reasons, f"{state}; seen with {number}")
            verdict.candidates.append(replace(candidate, grade=grade, score=score, reasons=reasons))
    elif not evidence.names.exact:
        verdict.candidates += [c for c in evidence.names.near if c.vessel.imo is None]
    choose(verdict)
    for candidate in evidence.names.exact:
        known = candidate.vessel.imo
        if known is None or candidate.vessel.id in borne:
            continue
        if verdict.vessel is None and "namesake" not in verdict.problems:
            verdict.problems.append("namesake")
        reason = f"same name, other valid IMO number: seen with {number}, {candidate.vessel.name} has {known}"
        if neighbours(number, {known}) and verdict.vessel is None:
            slip = f"the numbers {number} and {known} are one slip apart"
            verdict.candidates.append(strengthened(candidate, "review", CONTRADICTED, reason, slip))
        else:
            verdict.candidates.append(strengthened(candidate, "none", candidate.score, reason))
    chosen = verdict.vessel.id if verdict.vessel else ""
    for holder in evidence.holders:
        if holder.id != chosen:
            reason = f"MMSI {evidence.mmsi.digits} is known for {shown(holder)}, but IMO {number} is another ship"
            verdict.candidates.append(Candidate(holder, "review", _MMSI_OTHER_NAME, (reason,)))
    return verdict


def _by_station(evidence: Evidence, pool: dict[str, Candidate]) -> None:
    """Let the MMSI and the call sign confirm a name, find a ship without one, or contradict it."""
    digits = evidence.mmsi.digits
    for holder in evidence.holders:
        reason = f"MMSI {digits} is known for {shown(holder)}"
        if holder.id in pool:
            pool[holder.id] = strengthened(pool[holder.id], "match", _MMSI_AND_NAME, reason)
        elif not evidence.names.ships:
            pool[holder.id] = Candidate(holder, "match", _MMSI_ALONE, (reason,))
        else:
            other = f"{evidence.names.ships[0].name!r} is not a name known for {holder.name}"
            pool[holder.id] = Candidate(holder, "review", _MMSI_OTHER_NAME, (reason, other))
    for caller in evidence.callers:
        reason = f"the call sign is known for {shown(caller)}"
        if caller.id in pool:
            known = pool[caller.id]
            pool[caller.id] = replace(known, reasons=(*known.reasons, reason))
        else:
            pool[caller.id] = Candidate(caller, "review", _CALL_SIGN, (reason,))


def _without_hull(evidence: Evidence) -> Verdict:
    """Decide without a usable IMO number: by name, station, and the register's numbers one slip away."""
    verdict = Verdict()
    pool = {c.vessel.id: c for c in evidence.names.exact or evidence.names.near}
    _by_station(evidence, pool)
    slipped: set[str] = set()
    for known in neighbours(evidence.imo.digits, evidence.register.by_imo) if evidence.imo.digits else ():
        vessel = evidence.register.by_imo[known]
        reason = f"IMO {evidence.imo.digits} {evidence.imo.remark}: did you mean {known}, {vessel.name}?"
        if vessel.id in pool:
            pool[vessel.id] = strengthened(pool[vessel.id], "match", _NEIGHBOUR_AND_NAME, reason)
        else:
            slipped.add(vessel.id)
            pool[vessel.id] = Candidate(vessel, "review", _DID_YOU_MEAN, (reason,))
    verdict.candidates = list(pool.values())
    named = {c.vessel.id for c in evidence.names.exact if c.grade == "match"}
    held = {holder.id for holder in evidence.holders}
    if named and held and not named & held:
        verdict.candidates = list(order(verdict.candidates))
        two_ships(verdict, f"the name and MMSI {evidence.mmsi.digits} are those of different ships")
        return verdict
    choose(verdict)
    return verdict


def _verdict(evidence: Evidence) -> Verdict:
    hull = evidence.register.by_imo.get(evidence.imo.digits) if evidence.imo.state == "ship" else None
    if evidence.names.several:
        ships = evidence.names.ships
        verdict = Verdict(candidates=list(order((*evidence.names.exact, *evidence.names.near))))
        if hull and hull.id not in {c.vessel.id for c in verdict.candidates}:
            number = f"IMO {evidence.imo.digits} is {hull.name}"
            verdict.candidates.append(Candidate(hull, "review", CONTRADICTED, (number,)))
        verdict.key = hull.id if hull else ""
        two_ships(verdict, f"one sighting names {len(ships)} ships: {', '.join(repr(ship.name) for ship in ships)}")
        return verdict
    if hull:
        return _by_hull(evidence, hull)
    return _by_other_hull(evidence) if evidence.imo.state == "ship" else _without_hull(evidence)


def _key(evidence: Evidence, verdict: Verdict) -> str:
    if verdict.vessel or verdict.key:
        return verdict.vessel.id if verdict.vessel else verdict.key
    if evidence.imo.state == "ship":
        return f"IMO{evidence.imo.digits}"
    if evidence.names.several:
        return f"NAME{canonical(evidence.text)}"
    if evidence.names.ships:
        return f"NAME{canonical(evidence.names.ships[0].name)}"
    return f"MMSI{evidence.mmsi.digits}" if evidence.mmsi.state == "valid" else ""


def _identity(evidence: Evidence, verdict: Verdict) -> Identity:
    candidates = order(verdict.candidates)
    key = _key(evidence, verdict)
    problems = list(verdict.problems)
    reasons = list(verdict.reasons)
    if evidence.imo.state not in {"ship", "missing"}:
        problems.insert(0, _IMO_PROBLEM[evidence.imo.state])
        reasons.insert(0, f"IMO number {evidence.imo.text!r} {evidence.imo.remark}")
    if not key:
        problems.append("unnamed")
        reasons.append("no usable name, IMO number or MMSI")
    best = candidates[0] if candidates else None
    grade, score = (best.grade, best.score) if best else ("none", 0.0)
    if best and verdict.vessel:
        chosen = next(c for c in candidates if c.vessel.id == verdict.vessel.id)
        grade, score, reasons = chosen.grade, chosen.score, [*chosen.reasons, *reasons]
    elif best:
        reasons += [reason for candidate in candidates for reason in candidate.reasons if reason not in reasons]
    if evidence.dprk and verdict.vessel is None and key:
        reasons += evidence.dprk
        if grade == "none":
            grade, score = "review", _DPRK
    elif evidence.dprk:
        reasons += evidence.dprk
    sighted = evidence.imo.digits if evidence.imo.state == "ship" else None
    return Identity(
        key=key,
        name=evidence.text,
        sighted_imo=evidence.imo.text,
        imo=(verdict.vessel.imo if verdict.vessel else None) or sighted,
        mmsi=evidence.mmsi.digits if evidence.mmsi.state == "valid" else None,
        grade=grade,
        score=score,
        reasons=tuple(dict.fromkeys(reasons)),
        vessel=verdict.vessel,
        candidates=candidates,
        problems=tuple(problems),
        dprk=bool(evidence.dprk),
    )


def identify(
    register: Register,
    *,
    name: str = "",
    imo: str = "",
    mmsi: str = "",
    call_sign: str = "",
    flag: str = "",
    day: date | None = None,
) -> Identity:
    """Say who a ship is. ``day`` decides whether a dated alias counts; None takes every alias as in its dates.

    A ship that is not in the register comes back with grade ``none`` and no problem. Whether a register ship is
    designated is not decided here: its listings are read as of the sighting's day.
    """
    number, station = parse_imo(imo), parse_mmsi(mmsi)
    valid = station.state == "valid"
    dprk = []
    if station.dprk:
        dprk.append(f"MMSI {station.digits} has the country digits of the DPRK (445)")
    if flag and is_dprk(flag):
        dprk.append(f"seen under the DPRK flag ({flag!r})")
    evidence = Evidence(
        register=register,
        text=name,
        imo=number,
        mmsi=station,
        names=read_name(register, name, day),
        holders=register.by_mmsi.get(station.digits, ()) if valid else (),
        callers=register.by_call_sign.get(call_sign_key(call_sign), ()) if call_sign else (),
        dprk=tuple(dprk),
        day=day,
    )
    return _identity(evidence, _verdict(evidence))
