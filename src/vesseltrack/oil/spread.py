"""A range with a middle, and what it says of the values between: the one distribution that the estimate is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

BOUND = 2.0
"""``low`` and ``high`` stand at this many standard deviations from the middle; nothing lies beyond them."""

HALF_MEAN = 0.3905
"""Mean of the positive half of a standard normal cut at `BOUND`, counted over both halves: 0.3989 - 0.0540 + 2 x
0.0228, from density and tail of the normal at 0 and 2."""


@dataclass(frozen=True)
class Spread:
    """A quantity known as a range. ``low <= central <= high``.

    Its distribution is a split normal: the median is ``central``; each side falls off like a normal whose standard
    deviation is half the way to its bound, and is cut at the bound. Five in a hundred values lie below
    ``central - 0.82 x (central - low)`` and as many above the same on the other side.
    """

    low: float
    central: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Spread:
        """A quantity that is known."""
        return cls(value, value, value)

    @classmethod
    def with_mean(cls, low: float, mean: float, high: float) -> Spread:
        """A quantity of which bounds and mean are known: its median is where the mean comes out right.

        The mean of the split normal is ``central + HALF_MEAN x ((high - central) - (central - low)) / BOUND``. A mean
        that no median between the bounds gives is left at the nearest.
        """
        pull = HALF_MEAN / BOUND
        central = (mean - pull * (low + high)) / (1 - 2 * pull)
        return cls(low, min(max(central, low), high), high)

    @property
    def known(self) -> bool:
        """Whether there is one value only."""
        return self.low == self.high

    def __mul__(self, other: Spread) -> Spread:
        """The product of two quantities, bound by bound."""
        return Spread(self.low * other.low, self.central * other.central, self.high * other.high)

    def at(self, z: Array) -> Array:
        """Values for standard normal deviates, element by element."""
        values = np.minimum(z, 0) * np.float32((self.central - self.low) / BOUND)
        values += np.maximum(z, 0) * np.float32((self.high - self.central) / BOUND)
        values += np.float32(self.central)
        np.maximum(values, np.float32(self.low), out=values)
        return np.minimum(values, np.float32(self.high), out=values)

    def point(self, z: float) -> float:
        """The value for one deviate."""
        half = (self.high - self.central if z > 0 else self.central - self.low) / BOUND
        return min(max(self.central + z * half, self.low), self.high)

    def deviate(self, value: float) -> float | None:
        """The standard normal deviate at which the value stands; None where it lies out of the range."""
        if not self.low <= value <= self.high:
            return None
        half = (self.high - self.central if value > self.central else self.central - self.low) / BOUND
        return (value - self.central) / half if half else 0.0
