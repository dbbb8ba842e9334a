"""The US Consolidated Screening List as CSV: the lists of three departments in one table, ships under type Vessel."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.csv_rows import Table, header_in
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.ofac import (
    BLOCKING,
    Party,
    amount_of,
    flag_of,
    items_of,
    kind_of,
    programmes_of,
    published,
    read_items,
)
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

NAME = "US Consolidated Screening List CSV"
TITLE = "US Consolidated Screening List"
NEEDED = ("source", "entity_number", "type", "programs", "name", "vessel_flag", "alt_names", "ids")
READ = (
    "_id", "start_date", "end_date", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_owner", "remarks",
)  # fmt: skip
NOT_READ = frozenset(
    {
        "title", "addresses", "federal_register_notice", "standard_order", "license_requirement", "license_policy",
        "source_list_url", "citizenships", "dates_of_birth", "nationalities", "places_of_birth",
        "source_information_url",
    }
)  # fmt: skip

BLOCKING_SOURCE = "Specially Designated Nationals"
"""Beginning of the one source whose entries are blocked; the others restrict exports, debt or imports."""

_LABEL = re.compile(
    r"Vessel Registration Identification|Identification Number|IMO Number|Company Number|MMSI"
    r"|(?:Former |Other )?Vessel (?:Flag|Type|Call Sign)|Vessel Year of Build|Linked To",
    re.IGNORECASE,
)


def _items(ids: str) -> list[str]:
    """Return label and value of each id: ``MMSI, 352002494`` as published now, ``352002494, MMSI`` as until 2025."""
    items = []
    for part in ids.split(";"):
        cells = [cell.strip() for cell in part.split(",")]
        place = next((place for place, cell in enumerate(cells) if _LABEL.fullmatch(cell.rstrip(":"))), None)
        if place is None:
            continue
        values = [cell for i, cell in enumerate(cells) if i != place and cell]
        number = next((cell for cell in values if any(c.isdigit() for c in cell)), "")
        if value := number or ", ".join(values):
            items.append(f"{cells[place]} {value}")
    return items


def _day(row: Row, column: str, entry: ShipEntry, remarks: list[str]) -> date | None:
    text = row.get(column, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        remarks.append(f"entry {entry.entry_id}, {entry.name}: {column} {text!r} is no date like 2018-03-30")
        return None


def _party(row: Row, remarks: list[str]) -> Party:
    source = row.get("source", "")
    entry = ShipEntry(
        entry_id=row.get("entity_number", "") or row.get("_id", ""),
        name=row.get("name", ""),
        call_sign=row.get("call_sign", ""),
        type=row.get("vessel_type", ""),
        flag=flag_of(row.get("vessel_flag", "")),
        programmes=programmes_of(row.get("programs", "")),
        owners=[row["vessel_owner"]] if row.get("vessel_owner") else [],
        aliases=[
            Alias(name, "variant") for name in (part.strip() for part in row.get("alt_names", "").split(";")) if name
        ],
    )
    kind = row.get("type", "")
    party = Party(kind_of(kind) if kind else "no type given", entry)
    if party.kind not in {"vessel", "entity"}:
        return party
    if source.startswith(BLOCKING_SOURCE):
        entry.measures = [(measure, None) for measure in BLOCKING]
    entry.legal_basis = list(entry.programmes)
    entry.notes = source
    entry.listed_on = _day(row, "start_date", entry, remarks)
    entry.delisted_on = _day(row, "end_date", entry, remarks)
    if party.kind == "vessel":
        # OFAC's deadweight column is called gross_tonnage here: the values are those of SDN.CSV's tonnage
        entry.deadweight_tonnes = amount_of(row.get("gross_tonnage", ""), "tonnage", entry, remarks)
        entry.gross_tonnage = amount_of(row.get("gross_registered_tonnage", ""), "gross tonnage", entry, remarks)
    read_items(party, [*_items(row.get("ids", "")), *items_of(row.get("remarks", ""))])
    return party


def _read(download: Download) -> PublishedList:
    table = Table(download, NEEDED, READ, ignored=lambda column: column.lower() in NOT_READ)
    remarks: list[str] = []
    parties = [_party(row, remarks) for _, row in table.rows()]
    return published(parties, name="us-csl", title=TITLE, format=NAME, version="", remarks=[*table.remarks, *remarks])


US_CSL = ListFormat(
    name=NAME,
    recognises=lambda head: header_in(head, ("source", "entity_number", "federal_register_notice")),
    read=_read,
)
