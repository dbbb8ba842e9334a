"""How much a ship can carry, in barrels, and on what evidence.

Bases in order: barrels, cubic metres or tonnes given for the call; deadweight; gross tonnage or length; the fleet that
the ship belongs to. Whatever the basis, a load that was observed is never contradicted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from vesseltrack import reference
from vesseltrack.oil.hulls import HullSizes, load_hull_sizes
from vesseltrack.oil.products import HEAVIEST_BARRELS_PER_TONNE, LIGHTEST_BARRELS_PER_TONNE, UNSPECIFIED
from vesseltrack.oil.spread import Spread
from vesseltrack.oil.volume import Barrels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vesseltrack.oil.products import Product

Basis = Literal["reported", "deadweight", "tonnage", "length", "fleet"]

CARGO_SHARE_OF_DEADWEIGHT = Spread(0.92, 0.945, 0.97)
"""Cargo is 92 to 97 % of deadweight; the rest is bunkers, water and stores (ruling 23)."""

FILL_LIMIT = 0.98
"""Tanks are filled to 98 % of their volume at most, for expansion (ruling 23)."""

BARRELS_PER_M3 = 6.2898
"""One cubic metre in US petroleum barrels of 158.987 litres."""

LEAST_FILL_OF_A_REPORTED_LOAD = 0.75
"""Where a reported load is more than the deadweight allows, one of the two is wrong; the ship is then taken to hold
between that load and the load at this fill. An assumption."""

RUSSIAN_RUN_CHANGES = 2024
"""Year from which the Vostochny run's larger tankers are documented (data/fleet.csv)."""


NOTHING, ONE = Spread.exactly(0.0), Spread.exactly(1.0)


@dataclass(frozen=True)
class Capacity(Barrels):
    """What a ship can carry, in barrels, and on what evidence.

    ``central`` keeps the published convention, deadweight x 8.33, so that published totals can be reproduced; ``low``
    and ``high`` take cargo share and product into account, and so does the simulation, which draws
    ``cargo x barrels_per_unit``, never less than ``low``.
    """

    basis: str
    """In words."""

    evidence: Basis = "reported"
    cargo: Spread = NOTHING
    """What the ship takes on board: tonnes, or barrels where ``barrels_per_unit`` is 1."""

    barrels_per_unit: Spread = ONE
    """Barrels per tonne of the cargo."""

    shared_by: str = ""
    """Whose size it is: calls with the same text are of one size, whatever that is."""

    fleet: str = ""
    """Fleet that single ships of unknown size are taken from; empty for all others."""


@dataclass(frozen=True)
class CargoEvidence:
    """What the sightings of a voyage say about its cargo and ship; None where they say nothing."""

    barrels: float | None = None
    cargo_m3: float | None = None
    tonnes: float | None = None
    length_m: float | None = None


@dataclass(frozen=True)
class ShipSize:
    """What is known of a ship's size; None where nothing is."""

    deadweight_tonnes: float | None = None
    gross_tonnage: float | None = None
    length_m: float | None = None
    cargo_m3: float | None = None
    barrels: Spread | None = None
    observed_load_tonnes: float | None = None
    """Largest single load seen: a lower bound."""

    observed_load_m3: float | None = None
    source: str = ""
    """Where a user took it from; empty for the register."""


UNKNOWN_SIZE = ShipSize()


@dataclass(frozen=True)
class Stratum:
    """Ships of unknown size that are alike."""

    name: str
    barrels: Spread
    """What was published: ``central`` is a mean, what so many calls come to in all."""

    of_ships: bool
    """The range is of single ships; otherwise it is of the mean of the fleet, and all its calls share one value."""

    source: str = ""
    """Where a user took it from; empty for data/fleet.csv."""

    @property
    def cargo(self) -> Spread:
        """What a call brings: of single ships with the published mean, of the mean itself with it in the middle."""
        told = self.barrels
        return Spread.with_mean(told.low, told.central, told.high) if self.of_ships else told


@dataclass(frozen=True)
class Fleet:
    """Capacity of ships of unknown size, by stratum (data/fleet.csv)."""

    strata: Mapping[str, Stratum]
    hulls: HullSizes
    """For ships whose gross tonnage or length is known, and nothing else."""

    def stratum(self, load_country: str, day: date) -> Stratum:
        """Fleet that a ship of unknown size belongs to, by where it loaded.

        Ships of the Vostochny run are documented apart from the Nampo fleet (ruling 23); before 2024 the tankers that
        lifted Russian products were smaller.
        """
        if load_country != "RU":
            return self.strata["nampo_fleet"]
        return self.strata["vostochny_run" if day.year >= RUSSIAN_RUN_CHANGES else "russian_run_before_2024"]


def load_fleet() -> Fleet:
    """Read data/fleet.csv."""
    return Fleet(
        {
            row["stratum"]: Stratum(
                row["stratum"],
                Spread(float(row["low_barrels"]), float(row["central_barrels"]), float(row["high_barrels"])),
                of_ships=row["range_of"] == "ships",
            )
            for row in reference.rows("fleet.csv")
        },
        load_hull_sizes(),
    )


def estimate_capacity(
    ship: str, size: ShipSize, cargo: CargoEvidence, product: Product, stratum: Stratum, hulls: HullSizes
) -> Capacity:
    """Capacity of one voyage in barrels, ``low <= central <= high``.

    Args:
        ship: who it is; its calls share one size.
        size: what is known of the ship.
        cargo: what the rows of the voyage say; comes first.
        product: what is carried; the basket of 8.33 barrels a tonne where that is not known.
        stratum: the fleet that the ship is taken from where its size is not known.
        hulls: deadweight by gross tonnage and by length.
    """
    factor = _factor(product)
    given = _given_for_call(cargo, factor)
    if given is not None:
        return replace(given, shared_by=ship)
    given = _given_for_ship(size)
    if given is not None:
        return replace(_not_under_observed_load(given, size, factor), shared_by=ship)
    known = _deadweight(size, cargo.length_m, hulls)
    if known is None:
        words = f"unknown size, fleet {stratum.name}{_by(stratum)}: {stratum.barrels.central:,.0f} barrels on average"
        if stratum.of_ships:
            words += f", every other ship under {stratum.cargo.central:,.0f}"
        whose = ship if stratum.of_ships else f"fleet {stratum.name}"
        capacity = replace(
            _in_barrels(stratum.barrels, words, "fleet"), cargo=stratum.cargo, fleet=stratum.name * stratum.of_ships
        )
        return replace(_not_under_observed_load(capacity, size, factor), shared_by=whose)
    evidence, deadweight, words = known
    tonnes = deadweight * CARGO_SHARE_OF_DEADWEIGHT
    convention = deadweight.central * factor.central
    whole = Capacity(
        low=tonnes.low * factor.low,
        central=convention,
        high=max(convention, tonnes.high * factor.high),
        basis=f"{words} x {factor.central:g} bbl/t{_by(size)}",
        evidence=evidence,
        cargo=tonnes,
        barrels_per_unit=factor,
        shared_by=ship,
    )
    return _not_under_observed_load(whole, size, factor)


def _factor(product: Product) -> Spread:
    """Barrels per tonne: one figure for a known product, else the basket within the range of products."""
    central = product.barrels_per_tonne
    if product.name != UNSPECIFIED or product.settled:
        return Spread.exactly(central)
    return Spread(HEAVIEST_BARRELS_PER_TONNE, central, LIGHTEST_BARRELS_PER_TONNE)


def _given_for_call(cargo: CargoEvidence, factor: Spread) -> Capacity | None:
    """What somebody reported of this call; it says nothing of the ship's other loads, nor they of it."""
    if cargo.barrels is not None:
        return _in_barrels(Spread.exactly(cargo.barrels), "barrels given with the sighting", "reported")
    if cargo.cargo_m3 is not None:
        return _in_tanks(cargo.cargo_m3, "")
    if cargo.tonnes is not None:
        tonnes = Spread.exactly(cargo.tonnes)
        words = f"{cargo.tonnes:,.0f} tonnes given with the sighting x {factor.central:g} bbl/t"
        whole = tonnes * factor
        return Capacity(whole.low, whole.central, whole.high, words, "reported", tonnes, factor)
    return None


def _given_for_ship(size: ShipSize) -> Capacity | None:
    """What a user gives for the ship in barrels or cubic metres."""
    if size.barrels is not None:
        return _in_barrels(size.barrels, f"barrels given for the ship{_by(size)}", "reported")
    if size.cargo_m3 is not None:
        return _in_tanks(size.cargo_m3, _by(size))
    return None


def _in_tanks(volume_m3: float, by: str) -> Capacity:
    words = f"cargo volume {volume_m3:,.0f} m3 x 6.2898 x 0.98{by}"
    return _in_barrels(Spread.exactly(volume_m3 * BARRELS_PER_M3 * FILL_LIMIT), words, "reported")


def _in_barrels(barrels: Spread, words: str, evidence: Basis) -> Capacity:
    return Capacity(barrels.low, barrels.central, barrels.high, words, evidence, cargo=barrels)


def _by(size: ShipSize | Stratum) -> str:
    return f" ({size.source})" if size.source else ""


def _deadweight(size: ShipSize, length_m: float | None, hulls: HullSizes) -> tuple[Basis, Spread, str] | None:
    """Deadweight in tonnes, known or told from gross tonnage or length; None where neither is known."""
    if size.deadweight_tonnes:
        known = size.deadweight_tonnes
        return "deadweight", Spread.exactly(known), f"deadweight {known:,.0f} t"
    if size.gross_tonnage:
        told = hulls.by_gross_tonnage(size.gross_tonnage)
        return (
            "tonnage",
            told,
            f"gross tonnage {size.gross_tonnage:,.0f}, about {told.central:,.0f} t deadweight by tanker_sizes.csv",
        )
    length = size.length_m or length_m
    if length:
        told = hulls.by_length(length)
        return "length", told, f"length {length:,.0f} m, about {told.central:,.0f} t deadweight by tanker_sizes.csv"
    return None


def _not_under_observed_load(capacity: Capacity, size: ShipSize, factor: Spread) -> Capacity:
    """Raise a capacity to the largest load ever observed on the ship (data/vessels.csv)."""
    if size.observed_load_tonnes:
        load, seen = Spread.exactly(size.observed_load_tonnes) * factor, f"{size.observed_load_tonnes:,.0f} t"
    elif size.observed_load_m3:
        load, seen = Spread.exactly(size.observed_load_m3 * BARRELS_PER_M3), f"{size.observed_load_m3:,.0f} m3"
    else:
        return capacity
    if capacity.low >= load.low and capacity.central >= load.central and capacity.high >= load.high:
        return capacity
    in_tonnes, cargo = capacity.evidence in {"deadweight", "tonnage", "length"}, capacity.cargo
    least = Spread.exactly(load.central / factor.central) if in_tonnes else load
    raised = Spread(max(cargo.low, least.low), max(cargo.central, least.central), max(cargo.high, least.high))
    if cargo.high < least.central:  # contradicted: the ship is larger than it is said to be, by how much nobody knows
        raised = replace(raised, high=least.high / LEAST_FILL_OF_A_REPORTED_LOAD)
    return replace(
        capacity,
        low=max(capacity.low, load.low),
        central=max(capacity.central, load.central),
        high=max(capacity.high, raised.high * capacity.barrels_per_unit.high),
        cargo=raised,
        basis=f"{capacity.basis}; raised to an observed load of {seen}",
    )
