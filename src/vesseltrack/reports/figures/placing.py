"""Room for everything: marks in a bubble, bubbles side by side, labels that cover nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

GOLDEN_ANGLE = pi * (3 - sqrt(5))
"""Radians from one seed of a sunflower to the next (Vogel, 1979): marks spread evenly however many there are."""

SPACING = 1.75
"""Distance from a seed to its neighbours, in units of the distance that grows with the root of their number."""

ROUNDS = 80
"""Times that bubbles push each other: more than a crowded coast needs to come to rest."""


@dataclass(frozen=True)
class Disc:
    """A bubble, where it stands, and where it belongs."""

    x: float
    y: float
    radius: float
    home: tuple[float, float]
    reach: float = 0.0
    """Of what is drawn around it and must stay inside the picture, though others may cover it."""

    @property
    def box(self) -> Box:
        """Its bounds."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius

    @property
    def moved(self) -> bool:
        """Whether it stands so far from home that a line must lead there."""
        return hypot(self.x - self.home[0], self.y - self.home[1]) > 0.5


def sunflower(count: int, apart: float) -> Iterator[tuple[float, float]]:
    """Places around the middle, about so far apart; one alone is in the middle."""
    for number in range(count):
        distance = apart / SPACING * sqrt(number + 0.5) if count > 1 else 0.0
        yield distance * cos(number * GOLDEN_ANGLE), distance * sin(number * GOLDEN_ANGLE)


def sunflower_radius(count: int, apart: float) -> float:
    """How far the marks of a sunflower reach, half a distance for the mark itself included."""
    return (apart / SPACING * sqrt(count - 0.5) if count > 1 else 0.0) + apart / 2


def pushed_apart(discs: Sequence[Disc], gap: float, width: float, height: float) -> list[Disc]:
    """The discs moved as little as it takes that none covers another, the smaller ones more, inside the picture."""
    placed = list(discs)
    reach = 2 * max((disc.radius for disc in discs), default=0.0) + gap
    for _ in range(ROUNDS):
        at_rest = True
        order = sorted(range(len(placed)), key=lambda number: (placed[number].x, number))
        for place, one in enumerate(order):
            for other in order[place + 1 :]:
                if placed[other].x - placed[one].x > reach:
                    break
                pushed = _pushed(placed[one], placed[other], gap)
                if pushed is not None:
                    placed[one], placed[other] = pushed
                    at_rest = False
        placed = [_inside(disc, gap, width, height) for disc in placed]
        if at_rest:
            break
    return placed


def _pushed(first: Disc, second: Disc, gap: float) -> tuple[Disc, Disc] | None:
    """Both moved until the gap is between them; None where it is already."""
    across, down = second.x - first.x, second.y - first.y
    short = first.radius + second.radius + gap - hypot(across, down)
    if short <= 0.01:
        return None
    angle = atan2(down, across) if across or down else 1.0
    share = first.radius**2 / (first.radius**2 + second.radius**2 or 1)
    return _moved(first, -short * (1 - share), angle), _moved(second, short * share, angle)


def _moved(disc: Disc, by: float, angle: float) -> Disc:
    return replace(disc, x=disc.x + by * cos(angle), y=disc.y + by * sin(angle))


def _inside(disc: Disc, gap: float, width: float, height: float) -> Disc:
    room = max(disc.radius + gap, disc.reach + 1)
    return replace(disc, x=min(max(disc.x, room), width - room), y=min(max(disc.y, room), height - room))


@dataclass(frozen=True)
class Wanted:
    """A label that is to stand beside a disc."""

    disc: Disc
    width: float
    height: float
    must: bool
    """Must stand somewhere, with a line to its disc if need be; else it is left out where there is no room."""


_NEAR = (0.0, pi, -pi / 2, pi / 2, -pi / 4, pi / 4, -3 * pi / 4, 3 * pi / 4)
"""Directions in which a label may stand, the best first: right, left, above, below, then the corners."""

_FAR = tuple(pi / 8 * step for step in range(16))


def labels(wanted: Sequence[Wanted], taken: Iterable[Box], width: float, height: float) -> list[Box | None]:
    """A place for each label, in order of importance, such that none covers a label or a taken box."""
    occupied = list(taken)
    placed: list[Box | None] = []
    for one in wanted:
        covered = not one.must and any(overlap(one.disc.box, other) for other in occupied)
        places = () if covered else _candidates(one)
        box = next((box for box in places if _free(box, occupied, width, height)), None)
        placed.append(box)
        if box is not None:
            occupied += [box, one.disc.box]
    return placed


def _candidates(wanted: Wanted) -> Iterator[Box]:
    for angle in _NEAR:
        yield _beside(wanted, angle, 4)
    if wanted.must:
        for distance in range(10, 400, 8):
            for angle in _FAR:
                yield _beside(wanted, angle, distance)


def _beside(wanted: Wanted, angle: float, distance: float) -> Box:
    """The label's box with its nearest edge or corner so far from the disc."""
    disc = wanted.disc
    across, down = cos(angle), sin(angle)
    x, y = disc.x + across * (disc.radius + distance), disc.y + down * (disc.radius + distance)
    left = x - wanted.width * (1 - _side(across)) / 2
    top = y - wanted.height * (1 - _side(down)) / 2
    return left, top, left + wanted.width, top + wanted.height


def _side(direction: float) -> int:
    """Whether the label lies on the far side of the point, on the near one, or in the middle."""
    return 0 if abs(direction) < 0.2 else 1 if direction > 0 else -1


def _free(box: Box, occupied: Iterable[Box], width: float, height: float) -> bool:
    inside = box[0] >= 3 and box[1] >= 3 and box[2] <= width - 3 and box[3] <= height - 3
    return inside and not any(overlap(box, other) for other in occupied)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
