"""Lists of what the program knows (rules, ports, vessels, settings) as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from vesseltrack import __version__
from vesseltrack.cli.session import Session
from vesseltrack.config import Format
from vesseltrack.reference import DATA_VERSION
from vesseltrack.text import NOTHING, csv_cell, printable

LIST_FORMATS: tuple[Format, ...] = ("table", "json", "csv")
DOCUMENT_FORMATS: tuple[Format, ...] = ("table", "json")
NARROWEST_LAST_COLUMN = 30

Row = Mapping[str, Any]
"""Values by column name: text, numbers, None for unknown, or tuples of text."""


def render(name: str, columns: Sequence[str], rows: Sequence[Row], session: Session, **more: Any) -> str:
    """Rows in the format of the session.

    Args:
        name: what the rows are; the JSON key, and part of the schema name.
        columns: columns of table and CSV, in order; JSON carries every key of a row.
        rows: the rows.
        session: for format and width.
        more: further keys of the JSON document.
    """
    if session.format == "json":
        return document(name, {name: rows, **more})
    if session.format == "csv":
        return _csv(columns, rows)
    return _table(columns, rows, session.shape["width"])


def document(name: str, content: Mapping[str, Any]) -> str:
    """A JSON document with schema and versions."""
    program = {"version": __version__, "data_version": DATA_VERSION}
    whole = {"schema": f"vesseltrack.{name}/1", "program": program, **content}
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def shown(value: Any) -> str:
    """A value as people read it."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, tuple | list):
        return printable("; ".join(str(part) for part in value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printable(str(value))


def fields(pairs: Sequence[tuple[str, Any]], width: int | None) -> str:
    """Labels and values, one a line; a list goes on below its label."""
    space = max(len(label) for label, _ in pairs)
    lines: list[str] = []
    for label, value in pairs:
        parts = list(value) if isinstance(value, tuple | list) and value else [value]
        for position, part in enumerate(parts):
            head = (label if position == 0 else "").ljust(space)
            lines.extend(_wrapped(f"{head}  ", shown(part), width))
    return "\n".join(lines) + "\n"


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_value(row.get(column)) for column in columns])
    return text.getvalue()


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return csv_cell(";".join(str(part) for part in value))
    return csv_cell(value) if isinstance(value, str) else str(value)


def _table(columns: Sequence[str], rows: Sequence[Row], width: int | None) -> str:
    cells = [[column.replace("_", " ") for column in columns]]
    cells.extend([shown(row.get(column)) for column in columns] for row in rows)
    widths = [max(cell_len(line[at]) for line in cells) for at in range(len(columns))]
    lines: list[str] = []
    for line in cells:
        head = "".join(_padded(cell, size) + "  " for cell, size in zip(line[:-1], widths[:-1], strict=True))
        lines.extend(_wrapped(head, line[-1], width))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrapped(head: str, text: str, width: int | None) -> list[str]:
    """The last column goes on below itself on a terminal; elsewhere nothing is broken or cut."""
    room = 0 if width is None else width - cell_len(head)
    if width is None or cell_len(text) <= room or room < NARROWEST_LAST_COLUMN:
        return [head + text]
    parts = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [head + parts[0], *(" " * cell_len(head) + part for part in parts[1:])]


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_len(text))
