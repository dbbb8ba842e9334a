"""OpenSanctions ``maritime.csv``: ships, and companies with an IMO number; one row for each number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import companies_in, flag_of, joined
from vesseltrack.vessels.lists.csv_rows import Table, header_in
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.opensanctions import NOT_SANCTIONED, Result, flags_of, kind_of, sanctioned, terms
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "OpenSanctions maritime.csv"

_NEEDED = ("imo", "type", "caption", "risk", "id")
_READ = ("flag", "mmsi", "datasets", "aliases", "countries")
_UNREAD = frozenset({"url", "referents"})


@dataclass
class _Entity:
    """An entity with what all its rows say."""

    entry_id: str
    type: str = ""
    caption: str = ""
    imo: list[str] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    mmsi: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.type = self.type or row.get("type", "").lower()
        self.caption = self.caption or row.get("caption", "")
        for values, column in (
            (self.imo, "imo"), (self.risks, "risk"), (self.flags, "flag"), (self.mmsi, "mmsi"),
            (self.datasets, "datasets"), (self.aliases, "aliases"), (self.countries, "countries"),
        ):  # fmt: skip
            parts = (part.strip() for part in row.get(column, "").split(";"))
            values += [part for part in parts if part and part not in values]


def recognises(head: str) -> bool:
    """Whether a header names caption, imo and risk."""
    return header_in(head.replace('"', ""), ("type", "caption", "imo", "risk"))


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or a needed column is missing."""
    result = Result(remarks=["this export gives no day of listing, programme or measure; entities.ftm.json does"])
    table = Table(download, _NEEDED, _READ, lambda column: column.lower() in _UNREAD, remarks=result.remarks)
    found: dict[str, _Entity] = {}
    for line, row in table.rows():
        entry_id = row.get("id", "")
        found.setdefault(entry_id or f"line {line}", _Entity(entry_id)).add(row)
    for entity in found.values():
        result.rows += 1
        listed = sanctioned(entity.risks, recorded=False)
        company = companies_in(entity.imo)
        if entity.type == "vessel" and listed:
            _ship(entity, result)
        elif entity.type == "vessel":
            result.skipped[NOT_SANCTIONED] += 1
        elif listed and company:
            on = terms([])
            result.companies.append(on.company(entity.entry_id, entity.caption, company[0], entity.aliases, []))
        else:
            result.skipped[kind_of(entity.type)] += 1
    return result.published(FORMAT)


def _ship(entity: _Entity, result: Result) -> None:
    entry = ShipEntry(entity.entry_id, entity.caption, imo=entity.imo, mmsi=entity.mmsi)
    entry.aliases = [Alias(name, "variant") for name in entity.aliases]
    entry.flag, note = flags_of(entity.flags)
    entry.notes = joined(
        note,
        f"topics: {', '.join(entity.risks)}",
        f"datasets: {', '.join(entity.datasets)}",
        f"countries: {', '.join(flag_of(code) for code in entity.countries)}" if entity.countries else "",
    )
    on = terms([])
    on.apply(entry)
    result.add_ship(entry, on.authority)


OPENSANCTIONS_MARITIME = ListFormat(FORMAT, recognises, read)
