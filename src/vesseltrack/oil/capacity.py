"""How much a ship can carry, in barrels, and on what evidence.

Bases in order: barrels, cubic metres or tonnes given for the call; deadweight; the fleet the ship belongs to. Whatever
the basis, a load that was observed is never contradicted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.oil.model import Capacity
from vesseltrack.oil.products import HEAVIEST_BARRELS_PER_TONNE, LIGHTEST_BARRELS_PER_TONNE, UNSPECIFIED

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.oil.products import Product
    from vesseltrack.vessels.model import Vessel

CARGO_SHARE_OF_DEADWEIGHT = (0.92, 0.97)
"""Cargo is 92 to 97 % of deadweight; the rest is bunkers, water and stores (ruling 23)."""

FILL_LIMIT = 0.98
"""Tanks are filled to 98 % of their volume at most, for expansion (ruling 23)."""

BARRELS_PER_M3 = 6.2898
"""One cubic metre in US petroleum barrels of 158.987 litres."""

RUSSIAN_RUN_CHANGES = 2024
"""Year from which the Vostochny run's larger tankers are documented (data/fleet.csv)."""


@dataclass(frozen=True)
class CargoEvidence:
    """What the sightings of a voyage say about its cargo; None where they say nothing."""

    barrels: float | None = None
    cargo_m3: float | None = None
    tonnes: float | None = None


Fleet = dict[str, Capacity]


def load_fleet() -> Fleet:
    """Read data/fleet.csv: capacity of ships of unknown size, by stratum."""
    return {
        row["stratum"]: Capacity(
            float(row["low_barrels"]),
            float(row["central_barrels"]),
            float(row["high_barrels"]),
            f"unknown size, fleet {row['stratum']}",
        )
        for row in reference.rows("fleet.csv")
    }


def stratum(load_country: str, day: date) -> str:
    """Fleet that a ship of unknown size belongs to, by where it loaded.

    Ships of the Vostochny run are documented apart from the Nampo fleet (ruling 23); before 2024 the tankers that
    lifted Russian products were smaller.
    """
    if load_country != "RU":
        return "nampo_fleet"
    return "vostochny_run" if day.year >= RUSSIAN_RUN_CHANGES else "russian_run_before_2024"


def estimate_capacity(
    vessel: Vessel | None, cargo: CargoEvidence, product: Product, fleet: Fleet, fleet_stratum: str
) -> Capacity:
    """Capacity of one voyage in barrels, ``low <= central <= high``.

    The central figure keeps the published convention, deadweight x 8.33, so that published totals can be reproduced;
    the range takes cargo share and product into account (ruling 23).
    """
    light, factor, heavy = _factors(product)
    if cargo.barrels is not None:
        return Capacity(cargo.barrels, cargo.barrels, cargo.barrels, "barrels given with the sighting")
    if cargo.cargo_m3 is not None:
        full = cargo.cargo_m3 * BARRELS_PER_M3 * FILL_LIMIT
        return Capacity(full, full, full, f"cargo volume {cargo.cargo_m3:,.0f} m3 x 6.2898 x 0.98")
    if cargo.tonnes is not None:
        basis = f"{cargo.tonnes:,.0f} tonnes given with the sighting x {factor:g} bbl/t"
        return Capacity(cargo.tonnes * heavy, cargo.tonnes * factor, cargo.tonnes * light, basis)
    if vessel is not None and vessel.deadweight_tonnes:
        deadweight = vessel.deadweight_tonnes
        least, most = CARGO_SHARE_OF_DEADWEIGHT
        central = deadweight * factor
        capacity = Capacity(
            deadweight * least * heavy,
            central,
            max(central, deadweight * most * light),
            f"deadweight {deadweight:,.0f} t x {factor:g} bbl/t",
        )
    else:
        capacity = fleet[fleet_stratum]
    return _not_under_observed_load(capacity, vessel, (heavy, factor, light))


def _factors(product: Product) -> tuple[float, float, float]:
    """Barrels per tonne: highest, central, lowest."""
    if product.name == UNSPECIFIED:
        return LIGHTEST_BARRELS_PER_TONNE, product.barrels_per_tonne, HEAVIEST_BARRELS_PER_TONNE
    return (product.barrels_per_tonne,) * 3


def _not_under_observed_load(
    capacity: Capacity, vessel: Vessel | None, factors: tuple[float, float, float]
) -> Capacity:
    """Raise a capacity to the largest load ever observed on the ship (data/vessels.csv)."""
    if vessel is None:
        return capacity
    heavy, factor, light = factors
    if vessel.observed_load_tonnes:
        tonnes = vessel.observed_load_tonnes
        floor, seen = (tonnes * heavy, tonnes * factor, tonnes * light), f"{tonnes:,.0f} t"
    elif vessel.observed_load_m3:
        volume = vessel.observed_load_m3 * BARRELS_PER_M3
        floor, seen = (volume, volume, volume), f"{vessel.observed_load_m3:,.0f} m3"
    else:
        return capacity
    if capacity.low >= floor[0] and capacity.central >= floor[1] and capacity.high >= floor[2]:
        return capacity
    return Capacity(
        max(capacity.low, floor[0]),
        max(capacity.central, floor[1]),
        max(capacity.high, floor[2]),
        f"{capacity.basis}; raised to an observed load of {seen}",
    )
