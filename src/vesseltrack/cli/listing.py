"""Lists of what the program knows (rules, ports, vessels, settings) as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len, chop_cells

from vesseltrack import __version__
from vesseltrack.cli.session import Session
from vesseltrack.config import Format
from vesseltrack.reference import DATA_VERSION
from vesseltrack.text import NOTHING, csv_cell, printable

LIST_FORMATS: tuple[Format, ...] = ("table", "json", "csv")
DOCUMENT_FORMATS: tuple[Format, ...] = ("table", "json")
NARROWEST_LAST_COLUMN = 30
NARROWEST_LAST_CELL = 20
GAP = 2
"""Blanks between the columns of a table."""

Row = Mapping[str, Any]
"""Values by column name: text, numbers, None for unknown, or tuples of text."""


def render(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    session: Session,
    *,
    fewer: Sequence[str] = (),
    **more: Any,
) -> str:
    """Rows in the format of the session.

    Args:
        name: what the rows are; the JSON key, and part of the schema name.
        columns: columns of table and CSV, in order; JSON carries every key of a row.
        rows: the rows.
        session: for format and width.
        fewer: columns of a table on a terminal that has no room for all of them.
        more: further keys of the JSON document.
    """
    if session.format == "json":
        return document(name, {name: rows, **more})
    if session.format == "csv":
        return _csv(columns, rows)
    width = session.shape["width"]
    cells = _cells(columns, rows)
    if width is not None and fewer and sum(_least(cells)) + GAP * (len(columns) - 1) > width:
        cells = _cells(fewer, rows)
    return _table(cells, width)


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


def _cells(columns: Sequence[str], rows: Sequence[Row]) -> list[list[str]]:
    head = [column.replace("_", " ") for column in columns]
    return [head, *([shown(row.get(column)) for column in columns] for row in rows)]


def _natural(cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(cell_len, column)) for column in zip(*cells, strict=True)]


def _least(cells: Sequence[Sequence[str]]) -> list[int]:
    """Column widths below which a word would be broken, or the last column be a thread."""
    found = [
        max(cell_len(word) for cell in column for word in (cell.split() or [""])) for column in zip(*cells, strict=True)
    ]
    found[-1] = max(found[-1], min(_natural(cells)[-1], NARROWEST_LAST_CELL))
    return found


def _table(cells: Sequence[Sequence[str]], width: int | None) -> str:
    widths = _natural(cells)
    if width is not None:
        widths = _narrowed(widths, cells, width)
    lines: list[str] = []
    for line in cells:
        parts = [_broken(cell, size) for cell, size in zip(line, widths, strict=True)]
        lines.extend(
            "  ".join(_padded(part, size) for part, size in zip(below, widths, strict=True)).rstrip()
            for below in zip_longest(*parts, fillvalue="")
        )
    return "\n".join(lines) + "\n"


def _narrowed(widths: list[int], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Column widths that fit: the widest gives way first, to its longest word, and past that wherever it must."""
    found = list(widths)
    room = width - GAP * (len(found) - 1)
    for least in (_least(cells), [1] * len(found)):
        while sum(found) > room and any(size > low for size, low in zip(found, least, strict=True)):
            at = max(range(len(found)), key=lambda at: (found[at] > least[at], found[at]))
            found[at] -= 1
    return found


def _broken(text: str, size: int) -> list[str]:
    """The lines of a cell: broken between words, and within one only where it is wider than the column."""
    if cell_len(text) <= size:
        return [text]
    lines = [""]
    for word in text.split():
        first, *more = chop_cells(word, size)
        joined = f"{lines[-1]} {first}" if lines[-1] else first
        if cell_len(joined) <= size and not more:
            lines[-1] = joined
        else:
            lines += [first, *more] if lines[-1] else []
            if not lines[0]:
                lines = [first, *more]
    return lines


def _wrapped(head: str, text: str, width: int | None) -> list[str]:
    """A value goes on below itself on a terminal; elsewhere nothing is broken or cut."""
    room = 0 if width is None else width - cell_len(head)
    if width is None or cell_len(text) <= room or room < NARROWEST_LAST_COLUMN:
        return [head + text]
    parts = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [head + parts[0], *(" " * cell_len(head) + part for part in parts[1:])]


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_len(text))
