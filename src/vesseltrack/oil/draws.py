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

from vesseltrack.oil.assumptions import FILL_SHARED, FLEET_SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.capacity import Capacity
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.spread import Array, Spread

FILLS, VOYAGES, FACTOR, SIZES, FLEET, WEAK = (
    "fill, shared", "fill, voyage by voyage", "barrels per tonne", "ship sizes told from deadweight, tonnage or length",
    "ship sizes unknown, taken from the fleet", "weakly evidenced calls",
)  # fmt: skip
"""What the draws are of; the names under which their part in the uncertainty is told."""

GROUPS = (FILLS, VOYAGES, FACTOR, SIZES, FLEET, WEAK)


AGAIN = "again"
"""Name of the streams from which one assumption is drawn anew."""

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

    again: Mapping[str, Array]
    """Barrels that arrived in the first `VARIANT_DRAWS` draws, one of `GROUPS` drawn anew."""

    by_unit: Mapping[str, Array]
    """Barrels for each unit of one of `GROUPS`, were it one value for all: of fill, of barrels per tonne, of ship sizes
    as a multiple of their middle, and of how many doubtful calls were deliveries."""

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
        few = self._length((AGAIN,))
        self._factor_again = self._normal(AGAIN, "barrels per tonne", size=few)
        self._habit = self._normal("fill") * np.float32(math.sqrt(FILL_SHARED))
        self._habit_again = self._normal(AGAIN, "fill", size=few) * np.float32(math.sqrt(FILL_SHARED))
        self._sizes: dict[tuple[str, ...], Array] = {}
        self._drawn_factors: dict[Spread, Array] = {}

    def of(self, delivery: Delivery) -> Drawn:
        """The draws of a delivery; the same whatever other deliveries there are."""
        own = self._normal("voyage", delivery.id) * np.float32(math.sqrt(1 - FILL_SHARED))
        few, held = slice(VARIANT_DRAWS), self._cargo(delivery)
        fill, capacity = self._fill.at(self._habit + own), self._barrels(delivery, held, self._factor)
        happened = None
        if not delivery.in_central:
            happened = self._stream("happened", delivery.id).random(self.size, dtype=np.float32) < delivery.probability
        barrels = fill * capacity
        middle_sized = fill * self._barrels(delivery, np.float32(delivery.capacity.cargo.central), self._factor)
        some_fill, some_capacity = fill[few], capacity[few]
        own_again = self._normal(AGAIN, "voyage", delivery.id, size=len(some_fill))
        own_again *= np.float32(math.sqrt(1 - FILL_SHARED))
        again = {
            FILLS: self._fill.at(self._habit_again + own[few]) * some_capacity,
            VOYAGES: self._fill.at(self._habit[few] + own_again) * some_capacity,
            FACTOR: some_fill * self._barrels(delivery, held[few], self._factor_again),
            size_group(delivery): some_fill * self._barrels(delivery, self._cargo(delivery, AGAIN), self._factor[few]),
        }
        by_unit = {WEAK: barrels}
        if happened is not None:
            again = {group: volume * happened[few] for group, volume in again.items()}
            other = self._stream(AGAIN, "happened", delivery.id).random(len(some_fill), dtype=np.float32)
            again[WEAK] = barrels[few] * (other < delivery.probability)
        if delivery.in_central:
            by_unit = {} if self._fill.known else {FILLS: capacity}
            if not delivery.capacity.barrels_per_unit.known:
                by_unit[FACTOR] = fill * held
            if not delivery.capacity.cargo.known:
                by_unit[size_group(delivery)] = middle_sized
        return Drawn(barrels, happened, again, by_unit)

    def days(self, delivery: Delivery, first: date, last: date) -> npt.NDArray[np.intp]:
        """Days from ``first`` on which it counts: any of its days, equally likely, within ``first`` and ``last``."""
        earliest, latest = (min(max(day, first), last) for day in (delivery.earliest, delivery.latest))
        width = (latest - earliest).days + 1
        chance = self._stream("day", delivery.id).random(self.size, dtype=np.float32)
        offset = np.minimum((chance * np.float32(width)).astype(np.intp), width - 1)
        return offset + (earliest - first).days

    def _cargo(self, delivery: Delivery, *again: str) -> Array:
        """What the ship can take on board."""
        capacity = delivery.capacity
        if capacity.cargo.known:
            return np.full(self._length(again), capacity.cargo.central, dtype=np.float32)
        return capacity.cargo.at(self._size_of(capacity, *again))

    def _barrels(self, delivery: Delivery, held: Array | np.float32, deviates: Array) -> Array:
        """Barrels of what a ship can take on board, one factor for all cargoes of a draw whose product is not known.

        Never under what the ship surely can carry.
        """
        factor = delivery.capacity.barrels_per_unit
        barrels = held * (np.float32(factor.central) if factor.known else self._factors(factor, deviates))
        return np.broadcast_to(np.maximum(barrels, np.float32(delivery.capacity.low)), deviates.shape)

    def _factors(self, factor: Spread, deviates: Array) -> Array:
        """Barrels per tonne; the same array for all deliveries of one range."""
        if deviates is not self._factor:
            return factor.at(deviates)
        if factor not in self._drawn_factors:
            self._drawn_factors[factor] = factor.at(deviates)
        return self._drawn_factors[factor]

    def _size_of(self, capacity: Capacity, *again: str) -> Array:
        """Where the size of a ship stands in its range: its own, or partly that of its fleet."""
        name = (*again, "size", capacity.shared_by)
        if name not in self._sizes:
            deviates = self._normal(*name, size=self._length(again))
            if capacity.fleet:
                fleet = (*again, "fleet", capacity.fleet)
                if fleet not in self._sizes:
                    self._sizes[fleet] = self._normal(*fleet, size=self._length(again)) * np.float32(
                        math.sqrt(FLEET_SHARED)
                    )
                deviates = deviates * np.float32(math.sqrt(1 - FLEET_SHARED)) + self._sizes[fleet]
            self._sizes[name] = deviates
        return self._sizes[name]

    def _length(self, again: tuple[str, ...]) -> int:
        """How many draws there are, or are drawn again."""
        return min(self.size, VARIANT_DRAWS) if again else self.size

    def _normal(self, *name: str, size: int | None = None) -> Array:
        return self._stream(*name).standard_normal(self.size if size is None else size, dtype=np.float32)

    def _stream(self, *name: str) -> np.random.Generator:
        """A stream of random numbers of its own for each name."""
        text = "|".join((str(self._seed), *name)).encode("utf-8", "surrogatepass")
        return np.random.Generator(np.random.SFC64(int.from_bytes(hashlib.sha256(text).digest()[:16], "big")))
