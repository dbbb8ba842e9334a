"""What a sighting tells of its ship, and a verdict in the making: what `resolve` works on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vesseltrack.vessels.grading import SLIP, order, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.identifiers import ImoNumber, MmsiNumber
    from vesseltrack.vessels.matching import NameEvidence
    from vesseltrack.vessels.model import Candidate, Problem, Vessel
    from vesseltrack.vessels.register import Register

_OWN_AND_LISTED = 0.015
"""What a ship's own name and one that it is listed under differ in at most: neither hides the other."""
CONTRADICTED = 0.60
"""Highest score of a candidate that other evidence contradicts."""


@dataclass(frozen=True)
class Evidence:
    """Everything read from one sighting, and where the register has it."""

    register: Register
    text: str
    imo: ImoNumber
    mmsi: MmsiNumber
    names: NameEvidence
    holders: tuple[Vessel, ...]
    """Register ships with this MMSI."""
    callers: tuple[Vessel, ...]
    """Register ships with this call sign."""
    dprk: tuple[str, ...]
    """Why the ship counts as DPRK-flagged; empty where nothing says so."""
    day: date | None = None
    """The day of the sighting; None takes every alias as in its dates."""


@dataclass
class Verdict:
    """An identity in the making."""

    vessel: Vessel | None = None
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    key: str = ""


def two_ships(verdict: Verdict, why: str) -> None:
    """Keep every candidate as a review and choose none."""
    verdict.vessel = None
    verdict.problems.append("two_ships")
    verdict.reasons.append(why)
    verdict.candidates = [
        replace(candidate, grade="review", score=min(candidate.score, CONTRADICTED))
        if candidate.grade == "match"
        else candidate
        for candidate in verdict.candidates
    ]


def all_listed(candidates: Iterable[Candidate], as_of: date) -> tuple[Candidate, ...]:
    """Return the matches of a name that several ships bear, where every one of them is listed on that day.

    Which ship it is cannot be told; that the name is a listed one can.
    """
    matches = tuple(candidate for candidate in candidates if candidate.grade == "match" and candidate.score > SLIP)
    listed = len(matches) > 1 and all(candidate.vessel.listings_on(as_of) for candidate in matches)
    return matches if listed else ()


def choose(verdict: Verdict) -> None:
    """Take the one surest match; else the one best review; two that nothing tells apart are two ships."""
    ranked = order(verdict.candidates)
    matches = [candidate for candidate in ranked if candidate.grade == "match"]
    if len(matches) > 1:
        surest = matches[0] if matches[0].score - matches[1].score > _OWN_AND_LISTED else None
        ranked = order(replace(c, grade="review") if c.grade == "match" and c is not surest else c for c in ranked)
        verdict.reasons.append(f"{len(matches)} register ships bear this name")
        matches = [surest] if surest else []
    verdict.candidates = list(ranked)
    open_to = [candidate for candidate in ranked if candidate.grade != "none"]
    if not open_to:
        return
    if matches or len(open_to) == 1 or open_to[0].score > open_to[1].score:
        verdict.vessel = open_to[0].vessel
        return
    names = " or ".join(shown(candidate.vessel) for candidate in open_to)
    two_ships(verdict, f"the evidence does not tell whether it is {names}")
