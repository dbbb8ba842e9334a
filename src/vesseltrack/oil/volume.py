"""A volume of oil that is known as a range."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Barrels:
    """A volume in barrels. ``low <= central <= high`` always."""

    low: float
    central: float
    high: float

    def __add__(self, other: Barrels) -> Barrels:
        return Barrels(self.low + other.low, self.central + other.central, self.high + other.high)
