"""A ledger as files: the sightings in force, re-importable without loss, or every entry as it stands."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from vesseltrack.ledger.entries import COLUMNS
from vesseltrack.ledger.queries import entries, in_force_between, replaced_before
from vesseltrack.ledger.sighting_rows import BATCH_ROWS
from vesseltrack.sightings.rejects import csv_line
from vesseltrack.sightings.schema import EXTRA_PREFIX, FIELDS
from vesseltrack.text import csv_cell

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class InForce:
    """The sightings in force, to be gone through as often as one likes without holding them all."""

    connection: sqlite3.Connection
    known_at: date | None = None

    def __iter__(self) -> Iterator[str]:
        return sightings_in_force_json(self.connection, self.known_at)


@dataclass(frozen=True)
class Headers:
    """What a table of sightings needs to know of all of them before its first row."""

    columns: tuple[str, ...]
    """The fields that any sighting has, then what travels along under ``x:`` and its header."""

    has_control: bool
    """Whether a control character stands in any of them."""


def headers_of(bodies: Iterable[str]) -> Headers:
    """Go through sightings once for their columns."""
    present, has_control = {"date", "vessel"}, False
    for body in bodies:
        present.update(json.loads(body))
        has_control = has_control or _CONTROL in body
    extras = sorted(name for name in present if name.startswith(EXTRA_PREFIX))
    return Headers((*(name for name in FIELDS if name in present), *extras), has_control)


def sightings_csv(bodies: Iterable[str], *, safe: bool) -> Iterator[str]:
    """Sightings as CSV: the fields that any of them has, then what travels along under ``x:`` and its header.

    Bytes are kept. A text that our own reader would take for guarded against formulas stands after a blank, which the
    reader takes off again.

    Args:
        bodies: JSON objects of sightings; gone through twice.
        safe: guard cells that a spreadsheet would take for a formula; the reader takes that off again too.
    """
    headers = headers_of(bodies)
    if headers.has_control:
        yield "\ufeff"  # with the mark of UTF-8 the reader does not take control characters for binary data
    yield csv_line(headers.columns)
    for body in bodies:
        one = json.loads(body)
        yield csv_line([_cell(one.get(column, ""), safe=safe) for column in headers.columns])


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
