"""OpenSanctions ``entities.ftm.json``: JSON lines of entities that point at one another, in any order.

The file has several hundred megabytes. It is parsed once, line by line; ships, links and the places of what may belong
to a ship stay in memory, and only what does belong to one is read again.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vesseltrack.vessels.lists.cells import amount, companies_in, flag_of, joined, year_of
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.json_lines import first_object, objects, objects_at
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.opensanctions import (
    NOT_SANCTIONED,
    Result,
    Sanction,
    flags_of,
    kind_of,
    sanctioned,
    terms,
)
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList
    from vesseltrack.vessels.model import AliasKind

FORMAT = "OpenSanctions entities.ftm.json"

_LINKS = {"Ownership": ("owner", "asset"), "UnknownLink": ("subject", "object")}
"""Properties of the two ends of a link."""

_PARTS = frozenset(
    {
        "Sanction", *_LINKS, "Address", "Associate", "Call", "ContractAward", "Debt", "Directorship", "Documentation",
        "EconomicActivity", "Employment", "Event", "Family", "Identification", "Interest", "Interval", "Membership",
        "Mention", "Occupancy", "Passport", "Payment", "Position", "ProjectParticipant", "Representation", "Similar",
        "Succession", "TaxRoll", "Trip",
    }
)  # fmt: skip
"""Schemas of links and details: no entries of a list, and not counted as such."""

_NAMES: dict[str, AliasKind] = {"name": "variant", "alias": "variant", "weakAlias": "variant", "previousName": "former"}


@dataclass
class _Ship:
    """A ship before its sanctions are known."""

    entry: ShipEntry
    topics: list[str]
    first_seen: str
    owners: list[str]
    """Ids of entities that it names as owner or operator."""

    nested: list[Sanction]


@dataclass
class _Places:
    """Where entities stand in the file, by the hash of an id: sixteen bytes each, whatever they say."""

    keys: array[int] = field(default_factory=lambda: array("q"))
    places: array[int] = field(default_factory=lambda: array("q"))

    def add(self, key: str, place: int) -> None:
        self.keys.append(hash(key))
        self.places.append(place)

    def of(self, wanted: Iterable[str]) -> list[int]:
        hashes = set(map(hash, wanted))
        return list(dict.fromkeys(place for key, place in zip(self.keys, self.places, strict=True) if key in hashes))


@dataclass
class _Scan:
    """What the pass through the file found."""

    ships: dict[str, _Ship] = field(default_factory=dict)
    links: list[tuple[str, str, bool]] = field(default_factory=list)
    """Both ends, and whether the link has ended."""

    entities: _Places = field(default_factory=_Places)
    """Persons and companies, one of which may own a ship."""

    sanctions: _Places = field(default_factory=_Places)
    numbered: list[str] = field(default_factory=list)
    """Companies with an IMO number."""

    last_seen: str = ""


def recognises(head: str) -> bool:
    """Whether the first line is an entity with a schema and properties."""
    first = first_object(head)
    if first:
        return "schema" in first and isinstance(first.get("properties"), dict)
    start = head.lstrip("\ufeff \t\r\n")  # a first line longer than the beginning that is looked at
    return "\n" not in start and start.startswith("{") and '"schema"' in start and '"properties"' in start


def texts(entity: dict[str, Any], name: str) -> list[str]:
    """Return the values of a property; entities inside one another (``targets.nested.json``) by their id."""
    properties = entity.get("properties")
    found = properties.get(name) if isinstance(properties, dict) else None
    if not isinstance(found, list):
        return []
    plain = (value.get("id") if isinstance(value, dict) else value for value in found)
    return [value.strip() for value in plain if isinstance(value, str) and value.strip()]


def read(download: Download) -> PublishedList:
    """Read the list; its version is the latest day on which OpenSanctions saw one of the entities.

    Raises `ListError` where a line is cut off or no JSON.
    """
    result = Result()
    scan = _scan(download, result)
    fleets, owners = _fleets(scan)
    wanted = {*fleets, *scan.numbered}
    records: dict[str, list[Sanction]] = {}
    for entity in objects_at(download, scan.sanctions.of({*scan.ships, *wanted})):
        for subject in texts(entity, "entity"):
            records.setdefault(subject, []).append(_sanction(entity))
    names: dict[str, str] = {}
    companies = []
    for entity in objects_at(download, scan.entities.of(wanted)):
        entity_id = str(entity.get("id", ""))
        names[entity_id] = _caption(entity)
        topics = texts(entity, "topics")
        company = kind_of(str(entity.get("schema", ""))) == "entity"
        if company and entity_id in wanted and sanctioned(topics, recorded=entity_id in records):
            companies.append(entity)
            result.skipped["entity"] -= 1
    for entity_id, ship in scan.ships.items():
        found = records.get(entity_id, []) + ship.nested
        if sanctioned(ship.topics, recorded=bool(found)):
            on = terms(found, ship.first_seen)
            for owner, ended in owners.get(entity_id, {}).items():
                _add_owner(ship.entry, names.get(owner, ""), ended=ended)
            on.apply(ship.entry)
            result.add_ship(ship.entry, on.authority)
        else:
            result.skipped[NOT_SANCTIONED] += 1
    for entity in companies:
        entity_id = str(entity.get("id", ""))
        on = terms(records.get(entity_id, []), str(entity.get("first_seen") or ""))
        numbers = companies_in(texts(entity, "imoNumber"))
        aliases = [name for prop in _NAMES for name in texts(entity, prop)]
        ships = [_shown(scan.ships[ship].entry) for ship in fleets.get(entity_id, {})]
        result.companies.append(
            on.company(entity_id, _caption(entity), numbers[0] if numbers else None, aliases, ships)
        )
    result.skipped = +result.skipped
    return result.published(FORMAT, scan.last_seen[:10])


def _scan(download: Download, result: Result) -> _Scan:
    scan = _Scan()
    for line, place, entity in objects(download):
        schema, entity_id = str(entity.get("schema", "")), str(entity.get("id", ""))
        scan.last_seen = max(scan.last_seen, str(entity.get("last_seen") or ""))
        if schema == "Sanction":
            for subject in texts(entity, "entity"):
                scan.sanctions.add(subject, place)
        elif schema in _LINKS:
            source, target = _LINKS[schema]
            ended = bool(texts(entity, "endDate"))
            scan.links += [(owner, asset, ended) for owner in texts(entity, source) for asset in texts(entity, target)]
        elif schema == "Vessel":
            result.rows += 1
            if entity_id in scan.ships:
                result.remarks.append(f"line {line}: {entity_id} stands more than once; the later line is read")
                result.rows -= 1
            scan.ships[entity_id] = _ship(entity)
        elif schema not in _PARTS:
            result.rows += 1
            kind = kind_of(schema)
            result.skipped[kind] += 1
            if kind in {"entity", "individual"}:
                scan.entities.add(entity_id, place)
                if kind == "entity" and companies_in(texts(entity, "imoNumber")):
                    scan.numbered.append(entity_id)
    return scan


def _fleets(scan: _Scan) -> tuple[dict[str, dict[str, None]], dict[str, dict[str, bool]]]:
    """Return the ships of each owner, ended links left aside, and the owners of each ship, with those that ended."""
    fleets: dict[str, dict[str, None]] = {}
    owners: dict[str, dict[str, bool]] = {}
    named = ((owner, ship_id, False) for ship_id, ship in scan.ships.items() for owner in ship.owners)
    for source, target, ended in (*scan.links, *named):
        for owner, ship_id in ((source, target), (target, source)):
            if ship_id in scan.ships and owner not in scan.ships:
                owners.setdefault(ship_id, {}).setdefault(owner, ended)
                if not ended:
                    owners[ship_id][owner] = False
                fleets.setdefault(owner, {})
                if not ended:
                    fleets[owner][ship_id] = None
    return fleets, owners


def _ship(entity: dict[str, Any]) -> _Ship:
    """Return a ship with what its own line says."""
    entry = ShipEntry(str(entity.get("id", "")), _caption(entity))
    entry.imo = texts(entity, "imoNumber")
    entry.mmsi = texts(entity, "mmsi")
    entry.aliases = [
        Alias(name, kind) for prop, kind in _NAMES.items() for name in texts(entity, prop) if name != entry.name
    ]
    call_signs = texts(entity, "callSign")
    entry.call_sign = call_signs[0] if call_signs else ""
    entry.flag, note = flags_of(texts(entity, "flag"))
    entry.past_flags = [flag_of(code) for code in texts(entity, "pastFlags")]
    entry.type = joined(*texts(entity, "type"))
    entry.deadweight_tonnes = next(filter(None, map(amount, texts(entity, "deadweightTonnage"))), None)
    entry.gross_tonnage = next(filter(None, map(amount, texts(entity, "grossRegisteredTonnage"))), None)
    entry.built = next(filter(None, map(year_of, texts(entity, "buildDate"))), None)
    topics = texts(entity, "topics")
    datasets = [text for text in entity.get("datasets") or [] if isinstance(text, str)]
    entry.notes = joined(
        note,
        *(f"further call sign: {text}" for text in call_signs[1:]),
        *(f"tonnage, kind not stated: {text}" for text in texts(entity, "tonnage")),
        f"topics: {', '.join(topics)}" if topics else "",
        f"datasets: {', '.join(datasets)}" if datasets else "",
        *texts(entity, "notes"),
    )
    properties = entity.get("properties")
    inside = properties.get("sanctions") if isinstance(properties, dict) else None
    nested = [_sanction(each) for each in inside or [] if isinstance(each, dict)] if isinstance(inside, list) else []
    owners = [owner for prop in ("owner", "operator") for owner in texts(entity, prop)]
    return _Ship(entry, topics, str(entity.get("first_seen") or ""), owners, nested)


def _sanction(entity: dict[str, Any]) -> Sanction:
    begins = sorted(texts(entity, "startDate")) or sorted(texts(entity, "listingDate"))
    return Sanction(
        authority="; ".join(texts(entity, "authority")),
        programmes=(*texts(entity, "programId"), *texts(entity, "program")),
        identifiers=(
            *(f"entry {text}" for text in texts(entity, "authorityId")),
            *(f"UN reference {text}" for text in texts(entity, "unscId")),
        ),
        begins=begins[0] if begins else "",
        ends=max(texts(entity, "endDate"), default=""),
        provisions=tuple(texts(entity, "provisions")),
        reasons=tuple(texts(entity, "reason")),
    )


def _caption(entity: dict[str, Any]) -> str:
    names = texts(entity, "name")
    return str(entity.get("caption") or "").strip() or (names[0] if names else "")


def _shown(entry: ShipEntry) -> str:
    """Return a ship as a company names it: its IMO number, else its name."""
    digits = "".join(c for c in entry.imo[0] if c.isdigit()) if entry.imo else ""
    return digits or entry.name


def _add_owner(entry: ShipEntry, name: str, *, ended: bool) -> None:
    if name and ended:
        entry.notes = joined(entry.notes, f"formerly linked to: {name}")
    elif name:
        entry.owners.append(name)


OPENSANCTIONS_FTM = ListFormat(FORMAT, recognises, read)
