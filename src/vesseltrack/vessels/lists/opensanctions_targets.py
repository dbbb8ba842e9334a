"""OpenSanctions ``targets.simple.csv``: one row for each entity; several values in a cell are a CSV of their own."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from vesseltrack.vessels.identifiers import parse_imo, parse_mmsi, ship_check_digit
from vesseltrack.vessels.lists.cells import companies_in, flag_of, joined
from vesseltrack.vessels.lists.csv_rows import Table, header_in
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.opensanctions import AUTHORITY, NOT_SANCTIONED, Result, Sanction, Terms, kind_of, terms
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "OpenSanctions targets.simple.csv"

_NEEDED = ("schema", "id", "name", "aliases", "identifiers", "sanctions", "dataset")
_READ = ("countries", "program_ids", "first_seen", "last_seen")
_UNREAD = frozenset({"birth_date", "addresses", "phones", "emails", "last_change"})
NO_TOPICS = (
    "this export does not tell a sanction from a detention or a warning, names no measure and gives no day of listing; "
    "entities.ftm.json does"
)


def recognises(head: str) -> bool:
    """Whether a header names schema, identifiers and sanctions."""
    return header_in(head.replace('"', ""), ("id", "schema", "identifiers", "sanctions"))


def values(cell: str) -> list[str]:
    """Split ``ONE;"TWO; TOO"``: separated by semicolons, quoted as in a CSV."""
    rows = csv.reader(io.StringIO(cell, newline=""), delimiter=";")
    return [part for row in rows for part in (text.strip() for text in row) if part]


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or a needed column is missing."""
    result = Result(remarks=[NO_TOPICS])
    seen = ""
    table = Table(download, _NEEDED, _READ, lambda column: column.lower() in _UNREAD, remarks=result.remarks)
    for line, row in table.rows():
        result.rows += 1
        seen = max(seen, row.get("last_seen", ""))
        schema = row["schema"]
        recorded = bool(row.get("sanctions") or row.get("program_ids"))
        if schema == "Vessel" and recorded:
            _ship(row, line, result)
        elif schema == "Vessel":
            result.skipped[NOT_SANCTIONED] += 1
        elif kind_of(schema) == "entity" and recorded and (numbers := _company_numbers(row)):
            name = row.get("name", "")
            aliases = values(row.get("aliases", ""))
            result.companies.append(_terms(row).company(row.get("id", ""), name, numbers[0], aliases, []))
        else:
            result.skipped[kind_of(schema)] += 1
    return result.published(FORMAT, seen[:10])


def _company_numbers(row: Row) -> list[str]:
    """Return IMO numbers of a company; seven digits without ``IMO`` may be anything."""
    identifiers = values(row.get("identifiers", ""))
    return companies_in([text for text in identifiers if text.upper().startswith("IMO")])


def _terms(row: Row) -> Terms:
    programmes = tuple(values(row.get("program_ids", "")))
    found = terms([Sanction(programmes=programmes)], row.get("first_seen", ""))
    found.legal_basis += values(row.get("sanctions", ""))
    return found


def _ship(row: Row, line: int, result: Result) -> None:
    """Add a ship; identifiers have no labels: an IMO number shows by prefix or check digit, an MMSI by nine digits."""
    entry = ShipEntry(row.get("id", ""), row.get("name", ""))
    entry.aliases = [Alias(name, "variant") for name in values(row.get("aliases", ""))]
    others = []
    for text in values(row.get("identifiers", "")):
        bare = text.isascii() and text.isdigit()
        if text.upper().startswith("IMO") or (bare and len(text) == 7 and ship_check_digit(text)):
            entry.imo.append(text)
        elif bare and len(text) == 9 and parse_mmsi(text).mid:
            entry.mmsi.append(text)
        else:
            others.append(text)
    if not entry.imo and (bare_sevens := [text for text in others if parse_imo(text).state == "check_digit"]):
        result.remarks.append(f"line {line}, {entry.name}: {', '.join(bare_sevens)}: no IMO number of a ship")
    entry.notes = joined(
        f"datasets: {', '.join(values(row.get('dataset', '')))}",
        f"countries: {', '.join(flag_of(code) for code in values(row.get('countries', '')))}",
        *(f"identifier, kind not stated: {text}" for text in others),
    )
    _terms(row).apply(entry)
    result.add_ship(entry, AUTHORITY)


OPENSANCTIONS_TARGETS = ListFormat(FORMAT, recognises, read)
