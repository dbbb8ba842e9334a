"""The UK Sanctions List, whatever the file: from the fields of a designation to a ship or a company.

Since 28 January 2026 it is the one UK list; the ships that the United Nations designated for the DPRK are on it too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import (
    companies_in,
    day_of,
    flag_of,
    imo_numbers_in,
    joined,
    several,
    ships_in,
    year_of,
)
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.measures import measures_in, without_reference
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Company
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.model import Measure, Vessel

NAME = "uk"
AUTHORITY = "UK"
TITLE = "UK Sanctions List"


@dataclass
class Imposed:
    """What one regime imposes on somebody."""

    regime: str
    sanctions: str
    """As printed, ``|`` between them: ``De-flag|Prohibition of port entry``."""

    designated: str
    source: str = ""
    """Who designated: ``UK`` or ``UN``."""


@dataclass
class Designation:
    """An entry of the list with the fields of all its rows; texts are as printed."""

    entry_id: str
    kind: str = ""
    """``Ship``, ``Individual``, ``Entity``."""

    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Type and strength by name: ``Primary name``, ``Primary name variation``, ``Alias``; ``Low quality a.k.a``."""

    other_scripts: list[str] = field(default_factory=list)
    imposed: dict[tuple[str, str, str], Imposed] = field(default_factory=dict)
    """By regime, sanctions and date."""

    information: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    un_references: list[str] = field(default_factory=list)
    imo: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    previous_owners: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous_flags: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    tonnages: list[str] = field(default_factory=list)
    lengths: list[str] = field(default_factory=list)
    built: list[str] = field(default_factory=list)
    hulls: list[str] = field(default_factory=list)

    def add_name(self, name: str, kind: str = "", strength: str = "") -> None:
        """Add a name as it stands in one row; blank ones, which rows of addresses have, are passed over."""
        if name and (name not in self.names or not self.names[name][0]):
            self.names[name] = (kind, strength)

    def add_imposed(self, regime: str, sanctions: str, designated: str, source: str = "") -> None:
        """Add what one row says is imposed; rows of one regime repeat each other."""
        self.imposed.setdefault((regime, sanctions, designated), Imposed(regime, sanctions, designated, source))

    @property
    def name(self) -> str:
        """The primary name; where no row is marked so, the first that is no variation."""
        kinds = {name: kind.strip().lower() for name, (kind, _) in self.names.items()}
        primary = (name for name, kind in kinds.items() if kind == "primary name")
        unmarked = (name for name, kind in kinds.items() if not kind)
        return next(primary, next(unmarked, next(iter(kinds), "")))


def _listing(designation: Designation, fixed: tuple[Measure, ...]) -> ShipEntry:
    """Return dates, measures and legal basis of a designation; the rest is the caller's."""
    information = " ".join(designation.information)
    days: list[tuple[date, Imposed]] = []
    uncertain = []
    for imposed in designation.imposed.values():
        day, remark = day_of(imposed.designated)
        if day:
            days.append((day, imposed))
        if remark:
            uncertain.append(remark)
    first = min((day for day, _ in days), default=None)
    if not days and not uncertain:
        uncertain.append("no day of designation in the file")
    if len({day for day, _ in days}) > 1:
        uncertain.append(
            "earliest of "
            + ", ".join(
                f"{day.isoformat()} ({each.regime})"
                for day, each in sorted(days, key=lambda pair: (pair[0], pair[1].regime))
            )
        )
    entry = ShipEntry(designation.entry_id, designation.name, listed_on=first, precision=joined(*uncertain))
    entry.measures = [(measure, None) for measure in fixed]
    others = []
    for imposed in designation.imposed.values():
        day, _ = day_of(imposed.designated)
        measures, rest = measures_in(imposed.sanctions, information)
        entry.measures += [(measure, day if day != first else None) for measure in measures]
        others += [f"imposed: {without_reference(text)}" for text in rest]
        if imposed.regime:
            entry.programmes.append(imposed.regime)
            entry.legal_basis.append(imposed.regime)
        if imposed.source:
            entry.legal_basis.append(f"designated by the {imposed.source}")
    entry.measures = [
        (measure, since) for measure, since in entry.measures if since is None or (measure, None) not in entry.measures
    ]
    entry.legal_basis += others
    entry.legal_basis += [f"UN reference {reference}" for reference in designation.un_references]
    return entry


def ship_entry(designation: Designation, fixed: tuple[Measure, ...] = ()) -> ShipEntry:
    """Return the ship of a designation; ``fixed`` are measures that the whole list stands for."""
    entry = _listing(designation, fixed)
    entry.imo = [number for cell in designation.imo for number in several(cell)]
    if not entry.imo:
        mentioned = ships_in(imo_numbers_in(" ".join((*designation.information, *designation.reasons))))
        entry.imo = mentioned if len(mentioned) == 1 else []  # a reason may name other ships
    others = [name for name in (*designation.names, *designation.other_scripts) if name != designation.name]
    entry.aliases = [Alias(name, "variant") for name in others]
    flags = [flag_of(flag) for cell in designation.flags for flag in several(cell)]
    entry.flag = flags[0] if flags else ""
    past = [flag_of(flag) for cell in designation.previous_flags for flag in re.split(r"[;,/]", joined(*several(cell)))]
    entry.past_flags = [flag for flag in past if flag]
    entry.type = joined(*designation.types)
    entry.built = next(filter(None, map(year_of, designation.built)), None)
    entry.owners = [owner for cell in designation.owners for owner in several(cell)]
    weak = [name for name, (_, strength) in designation.names.items() if "low" in strength.lower()]
    entry.notes = joined(
        *designation.information,
        *(f"statement of reasons: {text}" for text in designation.reasons),
        *(f"low quality a.k.a.: {name}" for name in weak),
        *(f"also believed to fly: {flag}" for flag in flags[1:]),
        *(f"previous owner or operator: {owner}" for cell in designation.previous_owners for owner in several(cell)),
        *(f"tonnage, kind not stated: {text}" for text in designation.tonnages),
        *(f"length: {text}" for text in designation.lengths),
        *(f"hull identification number: {text}" for text in designation.hulls),
    )
    return entry


def _key(name: str) -> str:
    return str(canonical(name))


def _company(designation: Designation, numbers: list[str], ships: list[str], title: str) -> Company:
    aliases = (*designation.names, *designation.other_scripts)
    return Company(
        name=designation.name,
        imo=numbers[0] if numbers else None,
        aliases=tuple(dict.fromkeys(name for name in aliases if name != designation.name)),
        listing=_listing(designation, ()).listing(AUTHORITY, title),
        ships=tuple(dict.fromkeys(ships)),
    )


def published(
    designations: Iterable[Designation],
    *,
    format: str,
    version: str,
    remarks: list[str],
    title: str = TITLE,
    fixed: tuple[Measure, ...] = (),
) -> PublishedList:
    """Return ships, the companies that belong to them, and what was skipped; one row of the result is one entry.

    A company is kept where it has a company's IMO number or is the owner or operator of a listed ship.
    """
    vessels: list[Vessel] = []
    entities, rows = [], 0
    skipped: Counter[str] = Counter()
    fleets: dict[str, list[str]] = {}
    for designation in designations:
        rows += 1
        kind = designation.kind.strip().lower()
        if kind == "ship":
            entry = ship_entry(designation, fixed)
            found = entry.vessels(authority=AUTHORITY, title=title, remarks=remarks)
            vessels += found
            if not found:
                skipped["ship without name and number"] += 1
            for owner in filter(_key, entry.owners):
                fleets.setdefault(_key(owner), []).extend(ship.imo or ship.name for ship in found)
        elif kind == "entity":
            entities.append(designation)
        else:
            skipped[kind or "type not stated"] += 1
    companies = []
    for designation in entities:
        numbers = companies_in(imo_numbers_in(" ".join((*designation.imo, *designation.information))))
        ships = [ship for name in designation.names for ship in fleets.get(_key(name), ())]
        if numbers or ships:
            companies.append(_company(designation, numbers, ships, title))
        else:
            skipped["entity"] += 1
    return PublishedList(
        name=NAME,
        title=title,
        authority=AUTHORITY,
        format=format,
        version=version,
        rows=rows,
        vessels=tuple(vessels),
        companies=tuple(companies),
        skipped=dict(skipped),
        remarks=tuple(remarks),
    )
