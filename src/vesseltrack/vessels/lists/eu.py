"""The EU's Financial Sanctions Files (FSF), whatever the file: from the fields of an entity to a ship or a company.

The files know persons and enterprises, no ships: a ship is an enterprise with a ship's IMO number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.lists.cells import companies_in, day_of, imo_numbers_in, joined, ships_in
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Company, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.model import Vessel

NAME = "eu"
AUTHORITY = "EU"
TITLE = "EU Consolidated Financial Sanctions List"

NO_SHIP_TYPE = (
    "the EU file has no type for ships: an entity counts as a ship by its IMO number; ships listed without one are "
    "skipped as entities"
)
NO_PORT_BANS = (
    "ships banned from EU ports (Regulation 833/2014 Annex XLII, Regulation 2017/1509) are not in this file: it holds "
    "asset freezes, and each entry counts as one"
)
IMO_TYPE = "imo"
"""``identificationTypeCode`` of an IMO number, a ship's or a company's."""


@dataclass
class Entity:
    """An entry of the list with what all its rows say; texts are as printed."""

    logical_id: str
    reference: str = ""
    """``EU.9442.82``."""

    un_id: str = ""
    designated: str = ""
    kind: str = ""
    """As printed; no file seen so far has anything but persons and enterprises, in a word or a letter."""

    remarks: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    """Language by name, two letters, where given."""

    imo: list[str] = field(default_factory=list)
    """Numbers of an identification of type ``imo``."""

    programmes: list[str] = field(default_factory=list)
    regulations: list[str] = field(default_factory=list)
    regulation_days: list[str] = field(default_factory=list)
    """When a regulation that names the entity was published or came into force."""

    def add_name(self, name: str, language: str = "") -> None:
        """Add a name; blank ones are passed over."""
        if name:
            self.names[name] = None
            self.languages.setdefault(name, language.upper())

    @property
    def type(self) -> str:
        """``person``, ``enterprise``, ``vessel`` ...: the CSV and the XML swap the word and its letter."""
        word = self.kind.strip().lower()
        return {"p": "person", "e": "enterprise", "v": "vessel"}.get(word, word)

    @property
    def name(self) -> str:
        """The first name in English or in no named language; else the first."""
        plain = (name for name in self.names if self.languages.get(name) in {"", "EN"})
        return next(plain, next(iter(self.names), ""))


def keep(values: list[str], text: str) -> None:
    """Add a text that is not blank and not there yet."""
    if text and text not in values:
        values.append(text)


def _listed_on(entity: Entity) -> tuple[date | None, str]:
    """Return the day of designation; where the file gives none, the earliest regulation, which may be an amendment."""
    day, remark = day_of(entity.designated)
    if day:
        return day, remark
    days = sorted(found for found, _ in map(day_of, entity.regulation_days) if found)
    if days:
        return days[0], joined(remark, "no day of designation in the file; day of the regulation that it names")
    return None, joined(remark, "no day of designation in the file")


def _ship(entity: Entity, numbers: list[str]) -> ShipEntry:
    listed_on, precision = _listed_on(entity)
    return ShipEntry(
        entity.reference or entity.logical_id,
        entity.name,
        imo=numbers,
        aliases=[Alias(name, "variant") for name in entity.names if name != entity.name],
        listed_on=listed_on,
        precision=precision,
        measures=[("asset_freeze", None)],
        legal_basis=_legal_basis(entity),
        programmes=entity.programmes,
        notes=joined(*entity.remarks),
    )


def _legal_basis(entity: Entity) -> list[str]:
    return [*entity.regulations, *([f"UN reference {entity.un_id}"] if entity.un_id else [])]


def _company(entity: Entity, numbers: list[str], ships: list[str]) -> Company:
    listed_on, precision = _listed_on(entity)
    return Company(
        name=entity.name,
        imo=numbers[0] if numbers else None,
        aliases=tuple(name for name in entity.names if name != entity.name),
        listing=Listing(
            authority=AUTHORITY,
            list=TITLE,
            listed_name=entity.name,
            listed_on=listed_on,
            delisted_on=None,
            precision=precision,
            measures=(("asset_freeze", None),),
            legal_basis=tuple(_legal_basis(entity)),
            entry_id=entity.reference or entity.logical_id,
            programmes=tuple(entity.programmes),
        ),
        ships=tuple(ships),
    )


def published(entities: Iterable[Entity], *, format: str, version: str, remarks: list[str]) -> PublishedList:
    """Return ships, companies with a company's IMO number, and what was skipped; one row is one entity."""
    vessels: list[Vessel] = []
    companies: list[Company] = []
    skipped: Counter[str] = Counter()
    rows = 0
    remarks[:0] = [NO_SHIP_TYPE, NO_PORT_BANS]
    for entity in entities:
        rows += 1
        kind = entity.type
        mentioned = imo_numbers_in(" ".join(entity.remarks))
        ships = ships_in(mentioned)
        owners = companies_in([*entity.imo, *mentioned])
        wrong = [text for text in entity.imo if parse_imo(text).state not in {"ship", "company", "missing"}]
        where = f"entry {entity.reference or entity.logical_id}, {entity.name}"
        if kind == "person":
            skipped["individual"] += 1
        elif kind == "vessel" or ships_in(entity.imo) or (wrong and not owners):
            vessels += _kept(_ship(entity, (ships_in(entity.imo) or ships) + wrong), skipped, remarks)
        elif owners or len(ships) > 1:
            if len(ships) > 1 and not owners:
                remarks.append(f"{where}: names {len(ships)} ships by IMO number; read as the company they belong to")
            companies.append(_company(entity, owners, ships))
        elif ships:
            remarks.append(f"{where}: a ship by IMO {ships[0]} in its remark")
            vessels += _kept(_ship(entity, ships), skipped, remarks)
        else:
            remarks += [
                f"{where}: IMO number {number} in its remark {parse_imo(number).remark}; skipped"
                for number in mentioned
            ]
            skipped["entity" if kind == "enterprise" else kind or "type not stated"] += 1
    return PublishedList(
        name=NAME,
        title=TITLE,
        authority=AUTHORITY,
        format=format,
        version=version,
        rows=rows,
        vessels=tuple(vessels),
        companies=tuple(companies),
        skipped=dict(skipped),
        remarks=tuple(remarks),
    )


def _kept(entry: ShipEntry, skipped: Counter[str], remarks: list[str]) -> tuple[Vessel, ...]:
    found = entry.vessels(authority=AUTHORITY, title=TITLE, remarks=remarks)
    if not found:
        skipped["ship without name and number"] += 1
    return found
