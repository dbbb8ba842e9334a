"""JSON objects gathered into columns of cells."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from vesseltrack.errors import InputError
from vesseltrack.sightings.raw import RawTable, shortened, text_columns, whole_characters
from vesseltrack.sightings.schema import RejectedRow

MAX_NAMES = 1_000
"""Different names in the objects of one input; a document with more is no table, and would fill the memory as one."""

_CHUNK_ROWS = 50_000


class Pairs(list[tuple[str, Any]]):
    """The members of an object in order; a name that occurs twice is not lost."""


@dataclass(frozen=True)
class PlacedTable(RawTable):
    """The rows of an array with several elements on a line: each row's line is its place in the array, from 1."""


@dataclass
class Rows:
    """Objects gathered into columns; a column exists from the first object that has it, and is blank where it lacks."""

    path: str
    headers: dict[str, int] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    chunks: list[dict[str, Any]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    rejects: list[RejectedRow] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    by_place: bool = False
    """Whether rows are numbered by their place in the array, because a line holds several."""

    def add(self, line: int, value: Any, written: str, fault: str = "") -> None:
        """Take one element: a row if it is an object and nobody found fault with it, else a reject."""
        if not isinstance(value, Pairs):
            self.reject(line, written, "is not an object: a sighting is an object with names and values")
            return
        row: dict[str, str] = {}
        for name, member in value:
            header, turn = name, 2
            while header in row:
                header, turn = f"{name} ({turn})", turn + 1
            row[header] = member if isinstance(member, str) else _text(member)
        text = "".join(part for pair in row.items() for part in pair)
        if not text.isascii() and whole_characters(text) != text:
            row = {whole_characters(name): whole_characters(cell) for name, cell in row.items()}
            self.reject(line, written, "holds half of a character (a lone surrogate)", row)
        elif "\0" in text:
            self.reject(line, written, "holds a NUL character", row)
        elif fault:
            self.reject(line, written, fault, row)
        else:
            self.keep(line, row)

    def keep(self, line: int, row: dict[str, str]) -> None:
        """Take a row whose cells are text."""
        for header in row:
            self.headers.setdefault(header, len(self.headers))
        if len(self.headers) > MAX_NAMES:
            raise InputError(
                f"{self.path}: objects with more than {MAX_NAMES:,} different names: not a table of sightings"
            )
        self.rows.append(row)
        self.lines.append(line)
        if len(self.rows) >= _CHUNK_ROWS:
            self.flush()

    def reject(self, line: int, written: str, reason: str, row: dict[str, str] | None = None) -> None:
        """Refuse an element; without a row, its text stands in the column ``json`` of the rejects."""
        text = whole_characters(written)
        original = tuple((row or {"json": text}).items())
        self.rejects.append(RejectedRow(self.path, line, "", shortened(text), reason, original))

    def renumber(self, lines: list[int]) -> None:
        """Put the physical line of each element in place of its place in the array."""
        self.lines = [lines[place - 1] for place in self.lines]
        self.rejects = [replace(reject, line=lines[reject.line - 1]) for reject in self.rejects]

    def flush(self) -> None:
        """Turn the rows gathered so far into columns."""
        if self.rows:
            self.chunks.append(
                {name: pa.array([row.get(name, "") for row in self.rows], pa.string()) for name in self.headers}
            )
            self.sizes.append(len(self.rows))
            self.rows = []

    def table(self) -> RawTable:
        """Everything gathered."""
        self.flush()
        headers = tuple(self.headers)
        chunks = [
            [chunk[name] if name in chunk else pa.array([""] * size, pa.string()) for name in headers]
            for chunk, size in zip(self.chunks, self.sizes, strict=True)
        ]
        lines = np.array(self.lines, np.int64)
        kind = PlacedTable if self.by_place else RawTable
        columns, notes = text_columns(chunks, len(headers)), tuple(self.notes)
        return kind(headers, columns, lines, tuple(self.rejects), blank_rows_count=True, notes=notes)


def _text(value: Any) -> str:
    """A value that is no string as the text of a cell: null is blank, what is nested stays JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Pairs):
        return {name: _plain(member) for name, member in value}
    return [_plain(member) for member in value] if isinstance(value, list) else value
