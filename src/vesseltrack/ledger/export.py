"""A ledger as files: the sightings in force, re-importable without loss, or every entry as it stands."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from vesseltrack.ledger.entries import COLUMNS
from vesseltrack.ledger.queries import entries, in_force_between, replaced_before
from vesseltrack.ledger.sighting_rows import BATCH_ROWS
from vesseltrack.sightings.rejects import csv_line
from vesseltrack.sightings.schema import EXTRA_PREFIX, FIELDS
from vesseltrack.text import csv_cell

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.ledger.queries import Entry

_CONTROL = "\\u00"
"""How JSON writes a control character."""

_LOOKS_GUARDED = re.compile(r"'[=+\-@\t\r]")


def sightings_in_force_json(connection: sqlite3.Connection, known_at: date | None = None) -> Iterator[str]:
    """The sightings in force, a JSON object each: exactly what their ids are made of."""
    out = replaced_before(connection, known_at)
    for batch in in_force_between(connection, known_at, None, BATCH_ROWS):
        yield from (row[5] for row in batch if row[0] not in out)


def sightings_csv(bodies: list[str], *, safe: bool) -> Iterator[str]:
    """Sightings as CSV: the fields that any of them has, then what travels along under ``x:`` and its header.

    Bytes are kept. A text that our own reader would take for guarded against formulas stands after a blank, which the
    reader takes off again.

    Args:
        bodies: JSON objects of sightings.
        safe: guard cells that a spreadsheet would take for a formula; the reader takes that off again too.
    """
    if any(_CONTROL in body for body in bodies):
        yield "\ufeff"  # with the mark of UTF-8 the reader does not take control characters for binary data
    objects = [json.loads(body) for body in bodies]
    present = {name for one in objects for name in one} | {"date", "vessel"}
    extras = sorted(name for name in present if name.startswith(EXTRA_PREFIX))
    columns = [*(name for name in FIELDS if name in present), *extras]
    yield csv_line(columns)
    for one in objects:
        yield csv_line([_cell(one.get(column, ""), safe=safe) for column in columns])


def all_entries(connection: sqlite3.Connection, kind: str | None = None, limit: int | None = None) -> Iterator[Entry]:
    """Every entry as it stands, in order."""
    return entries(connection, kind, limit)


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry as JSON has it: body and row as they are, not as text."""
    row = None if entry.row is None else json.loads(entry.row)
    return {**asdict(entry), "body": entry.content, "row": row}


def entries_csv(found: Iterator[Entry], *, safe: bool) -> Iterator[str]:
    """Entries as CSV, every column as it stands in the file."""
    yield csv_line(COLUMNS)
    for entry in found:
        yield csv_line([_cell(value, safe=safe) for value in asdict(entry).values()])


def _cell(value: Any, *, safe: bool) -> str:
    if not isinstance(value, str):
        return "" if value is None else repr(value)
    if _LOOKS_GUARDED.match(value):
        return f" {value}"
    return csv_cell(value) if safe else value
