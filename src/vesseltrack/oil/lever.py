"""What the central estimate would be, were one assumption another value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from vesseltrack.oil.spread import Spread

    Totals = npt.NDArray[np.float64]

MEDIAN = 0.5

HALF_A_BARREL = 0.5
"""Barrels are whole: a cap is reached by what is rounded to it."""

STEPS = 40
"""Halvings of the range in which a value is sought."""


def quantile(totals: Totals, share: float) -> float:
    """The draw at a rank; no value between draws is made up."""
    rank = round(share * (len(totals) - 1))
    return float(np.partition(totals, rank)[rank])


@dataclass(frozen=True, eq=False)
class Lever:
    """The total of each draw with one assumption at one value for all: ``rest + value x by_unit``."""

    rest: Totals
    by_unit: Totals

    def central(self, value: float) -> float:
        """Central estimate with the assumption at that value."""
        return quantile(self.rest + value * self.by_unit, MEDIAN)

    def value(self, barrels: float, within: Spread) -> float:
        """Least value at which central comes to so many barrels; an end of the range where none in it does."""
        low, high = within.low, within.high
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.central(middle) < barrels else (low, middle)
        return high
