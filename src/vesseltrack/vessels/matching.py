"""What a written name says: which register ships bear it, and which ones nearly do. Each answer names both strings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.vessels.cells import NamedShip, names_in, perhaps_several
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.grading import BORNE, candidate, order
from vesseltrack.vessels.likeness import likenesses
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.plain_names import plain_key

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.vessels.model import Candidate
    from vesseltrack.vessels.register import Register

_BETWEEN = (",", "/", "&", "+", "|", "\r", "\n", "\t", "=", "->", " - ")

NOTHING, PLAIN, TOUCHES, DATED = 0, 1, 2, 3
"""What one written value can mean: nothing usable; a ship that the register does not know; perhaps more than that;
and the same depending on the day."""


@dataclass(frozen=True)
class NameEvidence:
    """What the name in a cell says."""

    ships: tuple[NamedShip, ...]
    """The ships that the cell names; empty where it names none."""

    exact: tuple[Candidate, ...] = ()
    """Ships that bear a name in the cell, in whatever script, romanisation or form."""

    near: tuple[Candidate, ...] = ()
    """Ships whose name differs: by one slip of the pen, or, for review only, by a number on one side."""

    dated: bool = False
    """Whether the answer depends on the day."""

    @property
    def several(self) -> bool:
        """Whether the cell names more than one ship."""
        return len(self.ships) > 1


def _as_one_or_several(register: Register, ship: NamedShip) -> tuple[NamedShip, ...]:
    """Split at a comma, ``/`` or ``&`` only where a part is a register ship's name; flags are no second ship."""
    parts = perhaps_several(ship.name)
    if not parts or canonical(ship.name) in register.names.by_key:
        return (ship,)
    known = [{name.vessel.id for name in register.names.by_key.get(canonical(part), ())} for part in parts]
    if not any(known):
        return (ship,)
    if set.intersection(*known):  # two names of one ship
        return (NamedShip(parts[0], (*parts[1:], *ship.also)),)
    named = [part for part in parts if not is_dprk(part) and names_in(part)]
    return tuple(NamedShip(part, ship.also if i == 0 else ()) for i, part in enumerate(named)) or (ship,)


def _perhaps_several(text: str) -> bool:
    """Whether the text holds a sign that may stand between two ships."""
    return not text.isascii() or any(sign in text for sign in _BETWEEN) or " and " in text.lower()


def read_name(register: Register, text: str, day: date | None) -> NameEvidence:
    """Look up every name in a cell. A near name counts only where no name in the cell is exactly a register ship's."""
    ships = names_in(text)
    if _perhaps_several(text):
        ships = tuple(part for ship in ships for part in _as_one_or_several(register, ship))
    ships = tuple(ship for ship in ships if any(canonical(ship.name)))
    exact, near, dated = [], [], False
    for ship in ships:
        likes = [(name, like) for name in (ship.name, *ship.also) for like in likenesses(register.names, name)]
        borne = [(name, like) for name, like in likes if like.how in BORNE]
        exact += [candidate(name, like, day) for name, like in borne]
        near += [candidate(name, like, day) for name, like in likes if like.how not in BORNE and not borne]
        dated = dated or any(like.known.dated for _, like in likes)
    return NameEvidence(ships, order(exact), () if exact and len(ships) == 1 else order(near), dated)


def glance(register: Register, text: str) -> int:
    """Judge one written name quickly and by itself. May overstate what it means, never understate it."""
    key = plain_key(text)
    if key is not None:
        likes = likenesses(register.names, text, key)
        return PLAIN if not likes else DATED if any(like.known.dated for like in likes) else TOUCHES
    evidence = read_name(register, text, None)
    if not evidence.ships:
        return NOTHING
    if evidence.dated:
        return DATED
    return TOUCHES if evidence.several or evidence.exact or evidence.near else PLAIN
