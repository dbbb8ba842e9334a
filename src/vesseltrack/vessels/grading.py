"""How much a likeness proves: match, review or none, with a score that orders and reasons that name both strings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.vessels.model import Candidate
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.known_names import KnownName, NameKind
    from vesseltrack.vessels.likeness import How, Likeness
    from vesseltrack.vessels.model import Grade, Vessel

_RELATION: dict[NameKind, tuple[float, str]] = {
    "name": (0.90, "name"),
    "listed": (0.89, "listed name"),
    "former": (0.88, "former name"),
    "variant": (0.88, "name or spelling"),
    "translated": (0.70, "translated name"),
    "laundered": (0.70, "laundered identity"),
    "painted": (0.70, "painted-on name"),
}
"""Score of an exact name, by what the name is to the ship. Identifiers score above, near names below."""
_LESS: dict[How, float] = {"exact": 0.0, "sound": 0.03, "form": 0.05}
"""What another romanisation, and a name mended first, score less than the name itself."""
_SCORE = {(kind, how): round(score - less, 2) for kind, (score, _) in _RELATION.items() for how, less in _LESS.items()}
SLIP = 0.80
_COMMON = 0.70
_OUT_OF_DATES = 0.65
_NUMBERLESS = 0.62
_CLASH = 0.58
_WORD = 0.55
_NUMBER_MISSING = 0.50

_GRADE_ORDER = {"match": 0, "review": 1, "none": 2}


def order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """One candidate per ship, its best; by grade, then score, then name."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.vessel.id)
        if known is None or _rank(candidate) < _rank(known):
            best[candidate.vessel.id] = candidate
    return tuple(sorted(best.values(), key=_rank))


def _rank(candidate: Candidate) -> tuple[int, float, str, str]:
    return _GRADE_ORDER[candidate.grade], -candidate.score, candidate.vessel.name, candidate.vessel.id


def shown(vessel: Vessel) -> str:
    """Return a ship's name, and its IMO number where one is known."""
    return f"{vessel.name} (IMO {vessel.imo})" if vessel.imo else vessel.name


def _known_as(known: KnownName) -> str:
    """Name the ship by the name in question, and by its own where that is another."""
    return known.ship if known.name == known.vessel.name else f"{known.name!r}, a name of {known.ship}"


def _bearing(name: str, like: Likeness, day: date | None) -> Candidate:
    """Grade a name that is borne: a match at full strength, a review where it proves too little alone."""
    known = like.known
    score, relation = _RELATION[known.kind]
    if known.name == name or (known.kind == "name" and like.how == "exact"):
        said = f"{name!r} is the {relation} of {known.ship}"
    elif like.how == "sound":
        said = f"{name!r} is {known.name!r} romanised otherwise, {_a(relation)} of {known.ship}"
    else:
        said = f"{name!r} is {known.name!r}, {_a(relation)} of {known.ship}"
    if like.why:
        said = f"{said} ({like.why})"
    if not known.borne_on(day):
        why = f"the name is known for {known.first or '...'} to {known.last or '...'} only"
        return Candidate(known.vessel, "review", _OUT_OF_DATES, (said, why))
    if known.full_strength:
        return Candidate(known.vessel, "match", _SCORE[known.kind, like.how], (said,))
    if known.kind in {"painted", "laundered", "translated"}:
        return Candidate(known.vessel, "review", score, (said, f"a {relation} alone does not prove which ship it is"))
    if known.numberless:
        return Candidate(known.vessel, "review", _NUMBERLESS, (said, f"the number of {known.vessel.name} is missing"))
    return Candidate(known.vessel, "review", _COMMON, (said, "many ships bear this name"))


def _a(relation: str) -> str:
    return f"the {relation}" if relation == "name" else f"a {relation}"


def _near(name: str, like: Likeness, day: date | None) -> Candidate:
    """Grade a name that differs from the known one."""
    known = like.known
    if like.how == "slip":
        said = f"{name!r} is one slip of the pen from {_known_as(known)}"
        said += f" ({like.why})" if like.why else ""
        if known.borne_on(day):
            return Candidate(known.vessel, "match", SLIP, (said,))
        period = f"the name is known for {known.first or '...'} to {known.last or '...'} only"
        return Candidate(known.vessel, "review", _NUMBER_MISSING, (said, period))
    if like.how == "word":
        how = f" ({like.why})" if like.why else ", one letter apart, but may be another name"
        said = f"{name!r} is near {_known_as(known)}{how}"
        return Candidate(known.vessel, "review", _WORD, (said,))
    if like.how == "clash":
        said = f"{name!r} may be {_known_as(known)} romanised otherwise, but {like.why}"
        return Candidate(known.vessel, "review", _CLASH, (said,))
    lacking = "has a number that is not in" if canonical(name).numbers else "lacks the number of"
    return Candidate(known.vessel, "review", _NUMBER_MISSING, (f"{name!r} {lacking} {_known_as(known)}",))


BORNE: frozenset[How] = frozenset(_LESS)
"""Likenesses that are the name itself, not a name near it."""


def candidate(name: str, like: Likeness, day: date | None) -> Candidate:
    """Grade one likeness of a written name, on a day; None takes every alias as in its dates."""
    return _bearing(name, like, day) if like.how in BORNE else _near(name, like, day)


def strengthened(candidate: Candidate, grade: Grade, score: float, *reasons: str) -> Candidate:
    """Return the candidate with another grade and score, and reasons put first."""
    return replace(candidate, grade=grade, score=score, reasons=(*reasons, *candidate.reasons))
