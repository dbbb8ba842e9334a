"""Deadweight of a tanker of which only the gross tonnage or the length is known (data/tanker_sizes.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from vesseltrack import reference
from vesseltrack.oil.spread import Spread


@dataclass(frozen=True)
class HullSizes:
    """Ratios between the sizes of small tankers: least, median and greatest of those whose figures were published."""

    deadweight_per_gross_tonnage: Spread
    """Tonnes of deadweight per unit of gross tonnage."""

    deadweight_per_cubic_length: Spread
    """Tonnes of deadweight per cubic metre of length overall: what a hull carries grows with the cube of its length."""

    def by_gross_tonnage(self, gross_tonnage: float) -> Spread:
        """Deadweight in tonnes of a tanker of that gross tonnage (ITC 1969)."""
        return Spread.exactly(gross_tonnage) * self.deadweight_per_gross_tonnage

    def by_length(self, metres: float) -> Spread:
        """Deadweight in tonnes of a tanker of that length overall, in metres."""
        return Spread.exactly(metres**3) * self.deadweight_per_cubic_length


def load_hull_sizes() -> HullSizes:
    """Read data/tanker_sizes.csv. Raises ConfigurationError where the file is missing."""
    per_tonnage, per_length = [], []
    for row in reference.rows("tanker_sizes.csv"):
        deadweight = float(row["deadweight_tonnes"])
        if row["gross_tonnage"]:
            per_tonnage.append(deadweight / float(row["gross_tonnage"]))
        if row["length_m"]:
            per_length.append(deadweight / float(row["length_m"]) ** 3)
    return HullSizes(_spread(per_tonnage), _spread(per_length))


def _spread(ratios: list[float]) -> Spread:
    return Spread(min(ratios), median(ratios), max(ratios))
