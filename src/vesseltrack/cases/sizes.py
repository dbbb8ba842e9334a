"""The file of ship sizes that a user holds for right: ``--capacity-file``."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from vesseltrack.cases.own_table import SHIP_HEADERS, Kind, Unusable, made_of, read_own_table, ship_of
from vesseltrack.oil.capacity import ShipSize, Stratum, load_fleet
from vesseltrack.oil.spread import Spread
from vesseltrack.sightings.values import parse_number, range_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vesseltrack.cases.own_table import OwnTable
    from vesseltrack.oil.model import Delivery
    from vesseltrack.vessels.register import Register

_HEADERS = SHIP_HEADERS | {
    "fleet": ("fleet", "stratum"),
    "barrels": ("barrels", "bbl", "capacitybarrels", "barrelscentral"),
    "barrels_low": ("barrelslow", "lowbarrels"),
    "barrels_high": ("barrelshigh", "highbarrels"),
    "cargo_m3": ("cargom3", "m3", "cbm"),
    "deadweight_tonnes": ("deadweighttonnes", "deadweight", "dwt"),
    "gross_tonnage": ("grosstonnage", "gt"),
    "length_m": ("lengthm", "length", "loa"),
    "source": ("source", "sources"),
}
_SIZES = ("barrels", "cargo_m3", "deadweight_tonnes", "gross_tonnage", "length_m")
KIND = Kind(
    "--capacity-file",
    f"name or imo (or fleet), and one of {', '.join(_SIZES)} (barrels_low, barrels_high, source)",
    _HEADERS,
    lambda fields: bool(fields & {*SHIP_HEADERS, "fleet"}) and bool(fields & {*_SIZES}),
    frozenset(_SIZES),
)
_LIKE = {"barrels": "barrels", "barrels_low": "barrels", "barrels_high": "barrels", "cargo_m3": "cargo_m3",
         "deadweight_tonnes": "tonnes", "gross_tonnage": "tonnes", "length_m": "length_m"}  # fmt: skip
"""Columns of sightings whose way of writing numbers is the same."""


@dataclass(frozen=True)
class OwnSizes:
    """What a user says of sizes."""

    path: str
    sha256: str
    ships: Mapping[str, ShipSize]
    """By ``Identity.key``."""

    fleets: Mapping[str, Stratum]
    """By the name of a fleet in data/fleet.csv."""

    where: Mapping[str, str]
    """File and line of each ship and fleet."""

    def unused(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
        """File and line of the ships that delivered nothing."""
        delivered = {delivery.calls[-1].ship for delivery in deliveries if delivery.calls}
        return tuple(self.where[ship] for ship in self.ships if ship not in delivered)


def read_sizes(path: Path) -> OwnTable:
    """Read the file. Raises ConfigurationError where it cannot be used."""
    return read_own_table(path, KIND)


def own_sizes(table: OwnTable, register: Register) -> OwnSizes:
    """The sizes by ship, and by fleet for ships of unknown size.

    Raises ConfigurationError where a row cannot be used, or two rows are of one ship.
    """
    known = load_fleet().strata
    seen: dict[str, str] = {}

    def size(row: Mapping[str, str], where: str) -> tuple[str, ShipSize | Stratum]:
        numbers = {field: _number(row[field], field) for field in _LIKE}
        given = [field for field in _SIZES if numbers[field] is not None]
        if len(given) != 1:
            raise Unusable(f"gives {' and '.join(given) or 'no size'}: give one of {', '.join(_SIZES)}")
        barrels, source = _barrels(numbers), row["source"] or where
        if row["fleet"]:
            if row["fleet"] not in known or barrels is None:
                raise Unusable(f"fleet {row['fleet']!r}: give barrels for one of {', '.join(known)}")
            if any(row[field] for field in SHIP_HEADERS):
                raise Unusable("names a fleet and a ship: give a row to each")
            of_ships = known[row["fleet"]].of_ships
            found: tuple[str, ShipSize | Stratum] = row["fleet"], Stratum(row["fleet"], barrels, of_ships, source)
        else:
            rest = {field: numbers[field] for field in _SIZES if field != "barrels"}
            found = _ship(row, register), ShipSize(**rest, barrels=barrels, source=source)
        if found[0] in seen:
            what = "fleet" if row["fleet"] else "ship"
            raise Unusable(f"is of the same {what} as {seen[found[0]]}: keep one of the two")
        seen[found[0]] = where
        return found

    found = dict(made_of(table, size))
    return OwnSizes(
        table.path,
        table.sha256,
        {ship: one for ship, one in found.items() if isinstance(one, ShipSize)},
        {fleet: one for fleet, one in found.items() if isinstance(one, Stratum)},
        seen,
    )


def _ship(row: Mapping[str, str], register: Register) -> str:
    """``Identity.key`` of the one ship that is meant: a size of another ship would be a wrong number."""
    who = ship_of(row, register)
    if who.grade == "review" and who.vessel is not None:
        ship = f"{who.vessel.name}, IMO {who.vessel.imo}" if who.vessel.imo else who.vessel.name
        raise Unusable(f"{row['name'] or row['mmsi']!r} may be {ship}, or another ship: name the one that is meant")
    return who.key


def _barrels(numbers: Mapping[str, float | None]) -> Spread | None:
    central, low, high = numbers["barrels"], numbers["barrels_low"], numbers["barrels_high"]
    if central is None:
        if low is not None or high is not None:
            raise Unusable("gives barrels_low or barrels_high without barrels: give the middle too")
        return None
    spread = Spread(central if low is None else low, central, central if high is None else high)
    if not spread.low <= central <= spread.high:
        raise Unusable(f"barrels {central:,.0f} does not lie between {spread.low:,.0f} and {spread.high:,.0f}")
    return spread


def _number(text: str, field: str) -> float | None:
    value = parse_number(text, _LIKE[field])
    if isinstance(value, str):
        raise Unusable(f"{field} {text!r}: {value}")
    if isnan(value):
        return None
    if value <= 0:
        raise Unusable(f"{field} {text!r}: must be above zero; leave it blank where it is not known")
    if fault := range_fault(value, _LIKE[field]):
        raise Unusable(f"{field} {text!r}: {fault}")
    return value
