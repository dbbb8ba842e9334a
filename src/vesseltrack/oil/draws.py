"""Draws of what nobody saw: the same seed gives the same barrels, whatever else is in the case.

Each ship, each voyage and each shared assumption has a stream of its own, named by what it is. A delivery that is added
or taken away therefore changes no other, and a total never falls by an addition.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.oil.assumptions import FILL_SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.spread import Array, Spread

FILLS, VOYAGES, FACTOR, SIZES, FLEET, WEAK = (
    "fill, shared", "fill, voyage by voyage", "barrels per tonne", "ship sizes told from deadweight, tonnage or length",
    "ship sizes unknown, taken from the fleet", "weakly evidenced calls",
)  # fmt: skip
"""What the draws are of; the names under which their part in the uncertainty is told."""

GROUPS = (FILLS, VOYAGES, FACTOR, SIZES, FLEET, WEAK)


VARIANT_DRAWS = 1_000
"""Draws, the first ones, from which the part of each assumption in the uncertainty is told."""


def size_group(delivery: Delivery) -> str:
    """Whether the size of the ship is told by something, or taken from its fleet."""
    return FLEET if delivery.capacity.evidence == "fleet" else SIZES


@dataclass(frozen=True)
class Drawn:
    """One delivery, draw by draw."""

    barrels: Array
    """What it carried, if it was one."""

    happened: npt.NDArray[np.bool_] | None
    """Whether it was one; None where that is not in doubt."""

    frozen: Mapping[str, Array]
    """Barrels that arrived in the first `VARIANT_DRAWS` draws had one of `GROUPS` stood at its middle."""

    @property
    def arrived(self) -> Array:
        """What arrived: nothing where it was no delivery."""
        return self.barrels if self.happened is None else self.barrels * self.happened


class Draws:
    """``size`` draws of everything that is not known, by name, from one seed."""

    def __init__(self, assumptions: Assumptions, size: int) -> None:
        self.size = size
        self._fill, self._seed = assumptions.fill, assumptions.seed
        self._factor = self._normal("barrels per tonne")
        self._habit = self._normal("fill") * np.float32(math.sqrt(FILL_SHARED))
        self._habit_alone = self._fill.at(self._habit[:VARIANT_DRAWS])
        self._sizes: dict[str, Array] = {}
        self._drawn_factors: dict[Spread, Array] = {}

    def of(self, delivery: Delivery) -> Drawn:
        """The draws of a delivery; the same whatever other deliveries there are."""
        own = self._normal("voyage", delivery.id) * np.float32(math.sqrt(1 - FILL_SHARED))
        whole, few = slice(None), slice(VARIANT_DRAWS)
        fill, capacity = self._fill.at(self._habit + own), self._capacity(delivery, whole)
        happened = None
        if not delivery.in_central:
            happened = self._stream("happened", delivery.id).random(self.size, dtype=np.float32) < delivery.probability
        barrels = fill * capacity
        some_fill, some_capacity = fill[few], capacity[few]
        frozen = {
            FILLS: self._fill.at(own[few]) * some_capacity,
            VOYAGES: self._habit_alone * some_capacity,
            FACTOR: some_fill * self._capacity(delivery, few, FACTOR),
            size_group(delivery): some_fill * self._capacity(delivery, few, size_group(delivery)),
        }
        if happened is not None:
            frozen = {group: volume * happened[few] for group, volume in frozen.items()}
            frozen[WEAK] = barrels[few] * np.float32(delivery.probability)
        return Drawn(barrels, happened, frozen)

    def days(self, delivery: Delivery, first: date, last: date) -> npt.NDArray[np.intp]:
        """Days from ``first`` on which it counts: any of its days, equally likely, within ``first`` and ``last``."""
        earliest, latest = (min(max(day, first), last) for day in (delivery.earliest, delivery.latest))
        width = (latest - earliest).days + 1
        chance = self._stream("day", delivery.id).random(self.size, dtype=np.float32)
        offset = np.minimum((chance * np.float32(width)).astype(np.intp), width - 1)
        return offset + (earliest - first).days

    def _capacity(self, delivery: Delivery, which: slice, frozen: str = "") -> Array:
        """Barrels that the ship can carry."""
        capacity = delivery.capacity
        cargo, factor = capacity.cargo, capacity.barrels_per_unit
        if cargo.known or frozen == size_group(delivery):
            held = np.full(self._factor[which].shape, cargo.central, dtype=np.float32)
        else:
            held = cargo.at(self._size_of(capacity.shared_by)[which])
        if factor.known or frozen == FACTOR:
            held *= np.float32(factor.central)
        else:
            held *= self._factors(factor)[which]
        return np.maximum(held, np.float32(capacity.low), out=held)

    def _factors(self, factor: Spread) -> Array:
        """Barrels per tonne: one for all cargoes of a draw whose product is not known."""
        if factor not in self._drawn_factors:
            self._drawn_factors[factor] = factor.at(self._factor)
        return self._drawn_factors[factor]

    def _size_of(self, whose: str) -> Array:
        if whose not in self._sizes:
            self._sizes[whose] = self._normal("size", whose)
        return self._sizes[whose]

    def _normal(self, *name: str) -> Array:
        return self._stream(*name).standard_normal(self.size, dtype=np.float32)

    def _stream(self, *name: str) -> np.random.Generator:
        """A stream of random numbers of its own for each name."""
        text = "|".join((str(self._seed), *name)).encode("utf-8", "surrogatepass")
        return np.random.Generator(np.random.SFC64(int.from_bytes(hashlib.sha256(text).digest()[:16], "big")))
