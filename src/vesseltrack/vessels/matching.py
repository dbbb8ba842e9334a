"""What a written name says: which register ships bear it, and which ones nearly do. Each answer names both strings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vesseltrack.vessels.cells import NamedShip, names_in, perhaps_several
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.model import Candidate
from vesseltrack.vessels.names import canonical, without_escapes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.model import Grade, Vessel
    from vesseltrack.vessels.register import KnownName, NameKind, Register

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
_OUT_OF_DATES = 0.65
_NUMBERLESS = 0.62
_SLIP = 0.60
_NUMBER_MISSING = 0.50

NOTHING, PLAIN, TOUCHES, DATED = 0, 1, 2, 3
"""What one written value can mean: nothing usable; a ship that the register does not know; perhaps more than that;
and the same depending on the day."""

_GRADE_ORDER = {"match": 0, "review": 1, "none": 2}


@dataclass(frozen=True)
class NameEvidence:
    """What the name in a cell says."""

    ships: tuple[NamedShip, ...]
    """The ships that the cell names; empty where it names none."""

    exact: tuple[Candidate, ...] = ()
    """Ships that bear a name in the cell."""

    near: tuple[Candidate, ...] = ()
    """Ships whose name differs by one slip of the pen or by a number on one side only; never more than a review."""

    dated: bool = False
    """Whether the answer depends on the day."""

    @property
    def several(self) -> bool:
        """Whether the cell names more than one ship."""
        return len(self.ships) > 1


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
    ship = shown(known.vessel)
    return ship if known.name == known.vessel.name else f"{known.name!r}, a name of {ship}"


def _bearing(name: str, known: KnownName, day: date | None) -> Candidate:
    """Grade an exact name: a match at full strength, a review where it proves too little alone."""
    score, relation = _RELATION[known.kind]
    said = f"{name!r} is the {relation} of {shown(known.vessel)}"
    if known.kind != "name" and known.name != name:
        said = f"{name!r} is {known.name!r}, a {relation} of {shown(known.vessel)}"
    reasons = [said]
    grade: Grade = "match"
    if not known.borne_on(day):
        period = f"{known.first or '...'} to {known.last or '...'}"
        reasons.append(f"the name is known for {period} only")
        grade, score = "review", _OUT_OF_DATES
    elif not known.full_strength:
        grade, score = "review", min(score, 0.70)
        if known.kind in {"painted", "laundered", "translated"}:
            reasons.append(f"a {relation} alone does not prove which ship it is")
        elif known.numberless:
            reasons.append(f"the number of {known.vessel.name} is missing")
            score = _NUMBERLESS
        else:
            reasons.append("many ships bear this name")
    return Candidate(known.vessel, grade, score, tuple(reasons))


def _near(register: Register, name: str) -> list[Candidate]:
    key = canonical(name)
    if not key.letters:
        return []
    found = []
    for numbers, known in register.by_letters.get(key.letters, ()):
        if not numbers or not key.numbers:
            lacking = "has a number that is not in" if key.numbers else "lacks the number of"
            why = f"{name!r} {lacking} {_known_as(known)}"
            found.append(Candidate(known.vessel, "review", _NUMBER_MISSING, (why,)))
    for letters in register.slips(key):
        for numbers, known in register.by_letters[letters]:
            if numbers == key.numbers:
                why = f"{name!r} is one slip of the pen from {_known_as(known)}"
                found.append(Candidate(known.vessel, "review", _SLIP, (why,)))
    return found


def _as_one_or_several(register: Register, ship: NamedShip) -> tuple[NamedShip, ...]:
    """Split at a comma, ``/`` or ``&`` only where a part is a register ship's name; flags are no second ship."""
    parts = perhaps_several(ship.name)
    if not parts or canonical(ship.name) in register.by_key:
        return (ship,)
    if not any(canonical(part) in register.by_key for part in parts):
        return (ship,)
    named = [part for part in parts if not is_dprk(part) and names_in(part)]
    return tuple(NamedShip(part, ship.also if i == 0 else ()) for i, part in enumerate(named)) or (ship,)


def _perhaps_several(text: str) -> bool:
    """Whether the text holds a sign that may stand between two ships."""
    return not text.isascii() or any(sign in text for sign in ",/&+|\r\n") or " and " in text.lower()


def read_name(register: Register, text: str, day: date | None) -> NameEvidence:
    """Look up every name in a cell. A near name counts only where no name in the cell is exactly a register ship's."""
    ships = names_in(text)
    if _perhaps_several(text):
        ships = tuple(part for ship in ships for part in _as_one_or_several(register, ship))
    ships = tuple(ship for ship in ships if any(canonical(ship.name)))
    exact, near, dated = [], [], False
    for ship in ships:
        names = (ship.name, *ship.also)
        known = [(name, known) for name in names for known in register.by_key.get(canonical(name), ())]
        exact += [_bearing(name, found, day) for name, found in known]
        dated = dated or any(found.dated for _, found in known)
        if not known:
            for name in names:
                near += _near(register, name)
    return NameEvidence(ships, order(exact), () if exact and len(ships) == 1 else order(near), dated)


def glance(register: Register, text: str) -> int:
    """Judge one written name quickly and by itself. May overstate what it means, never understate it."""
    text = without_escapes(text)
    ships = names_in(text)
    if not ships:
        return NOTHING
    if len(ships) == 1 and ships[0].name is text and not _perhaps_several(text):
        key = canonical(text)
        if key in register.by_key:
            return DATED if any(known.dated for known in register.by_key[key]) else TOUCHES
        if key.letters in register.by_letters or register.slips(key):
            return TOUCHES
        return PLAIN if any(key) else NOTHING
    evidence = read_name(register, text, None)
    if not evidence.ships:
        return NOTHING
    if evidence.dated:
        return DATED
    return TOUCHES if evidence.several or evidence.exact or evidence.near else PLAIN


def strengthened(candidate: Candidate, grade: Grade, score: float, *reasons: str) -> Candidate:
    """Return the candidate with another grade and score, and reasons put first."""
    return replace(candidate, grade=grade, score=score, reasons=(*reasons, *candidate.reasons))
