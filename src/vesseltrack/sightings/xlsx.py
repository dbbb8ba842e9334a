"""Excel workbooks to columns of cells: one sheet is read, each row with its number in the sheet.

What a cell holds is read as the text that CSV would hold for it; see `serials`. Merged cells are one cell: its value
stands in each of their rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from vesseltrack.errors import InputError
from vesseltrack.sightings.headers import IDENTITY_FIELDS, UNIDENTIFIED_FIELDS, mapped_columns, meaning
from vesseltrack.sightings.objects import MAX_NAMES, Rows
from vesseltrack.sightings.raw import MAX_ROW_BYTES, shortened
from vesseltrack.sightings.schema import RejectedRow
from vesseltrack.sightings.serials import Unreadable
from vesseltrack.sightings.workbook import Workbook, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vesseltrack.sightings.raw import RawTable
    from vesseltrack.sightings.workbook import Row, Sheet

OWN_SHEET = "Sightings"
"""The sheet of our own workbooks that is read again; in any other it is the most likely one."""

MAX_BYTES = 1 << 32
"""The most text that the cells may amount to (4 GiB): one text can stand in a million of them."""

_CELL_BYTES = 16
"""What a cell takes in memory beside its text."""

_FIRST_ROWS = 20
"""A header stands among the first rows that hold something."""

_INSTANT, _MIDNIGHT = len("2024-03-06T00:00:00"), "00:00:00"
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d(?:\.\d+)?)$")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class _Found:
    """A sheet and the row that names its columns."""

    sheet: Sheet
    row: int
    headers: Mapping[int, str]
    """By number of the column."""

    fits: bool
    """Whether they name a ship and a date."""

    above: bool
    """Whether something stands above that row."""


def read_xlsx(raw: bytes, path: str, mapping: Mapping[str, str]) -> RawTable | None:
    """Read the cells of a workbook: of its sheet ``Sightings``, else of the first whose columns name a ship and a date.

    Another visible sheet that would do is a reject, for it may hold sightings too; hidden sheets are not read.

    Args:
        raw: The file.
        path: The input's name, for rejects and messages.
        mapping: ``--map``; what it names is a field.

    Returns:
        The table, or `None` where no sheet holds anything.

    Raises:
        InputError: encrypted, damaged, unpacks to too much, or no sheet names a ship and a date.
    """
    book = Workbook(raw, path)
    found = [one for sheet in book.sheets if (one := _header(book, sheet, mapping)) is not None]
    visible = [one for one in found if not one.sheet.hidden]
    fitting = sorted((one for one in visible if one.fits), key=lambda one: one.sheet.name != OWN_SHEET)
    if not fitting and len(visible) > 1:
        names = ", ".join(repr(one.sheet.name) for one in visible[:5])
        raise InputError(f"{path}: no sheet ({names}) names a ship and a date at its top; name columns with --map")
    if not visible:
        return None
    chosen, *others = fitting or visible
    reading = _Reading(path, chosen)
    if len(book.sheets) > 1:
        reading.notes.append(f"sheet {chosen.sheet.name!r} is read")
    if chosen.above:
        reading.notes.append(f"row {chosen.row} names the columns; what stands above it is not read")
    for one in found:
        if one.sheet.hidden and one.fits:
            reading.notes.append(f"hidden sheet {one.sheet.name!r} names ships and dates too and is not read")
    for one in others:
        reading.reject_sheet(one)
    merged: list[str] = []
    for row in book.rows(chosen.sheet, merged):
        if row[0] > chosen.row:
            reading.take(row)
    return reading.table(merged)


def _header(book: Workbook, sheet: Sheet, mapping: Mapping[str, str]) -> _Found | None:
    """The row that names the columns: the first that names a ship and a date, else the one that names most."""
    best: tuple[int, _Found] | None = None
    for place, (number, cells) in enumerate(islice(book.rows(sheet), _FIRST_ROWS)):
        headers = {column: text for column, text in cells.items() if isinstance(text, str)}
        mapped = mapped_columns(list(headers.values()), mapping)
        meant = {mapped.get(header) or meaning(header) for header in headers.values()} - {""}
        fits = bool(meant & {"date", "time"}) and bool(meant & {*IDENTITY_FIELDS, *UNIDENTIFIED_FIELDS})
        found = _Found(sheet, number, headers, fits, place > 0)
        if fits:
            return found
        if best is None or len(meant) > best[0]:
            best = len(meant), found
    return best[1] if best else None


@dataclass
class _Reading:
    """The rows of the sheet, taken one after another."""

    path: str
    found: _Found
    notes: list[str] = field(default_factory=list)
    with_time: set[int] = field(default_factory=set)
    """Columns in which an instant is not midnight."""

    with_midnight: set[int] = field(default_factory=set)
    room: int = field(default_factory=lambda: MAX_BYTES)
    rows: Rows = field(init=False)
    columns: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Rows(self.path)
        self.columns = set(range(1, max(self.found.headers, default=0) + 1))
        self._refuse_width()
        self.rows.headers.update((str(column), place) for place, column in enumerate(sorted(self.columns)))

    def header(self, column: int) -> str:
        return self.found.headers.get(column, f"column {column}")

    def take(self, row: Row) -> None:
        """A row whose cells are text is kept, one with a field that is none is a reject, a blank one is no row."""
        number, cells = row
        texts = {column: cell if isinstance(cell, str) else cell.shown for column, cell in cells.items()}
        if not any(text.strip() for text in texts.values()):
            return
        self.columns |= texts.keys()
        self._refuse_width()
        size = sum(len(text.encode()) for text in texts.values())
        self.room -= size + _CELL_BYTES * len(self.columns)
        if self.room < 0:
            raise InputError(f"{self.path}: holds more than {MAX_BYTES >> 30} GiB of text: split it by month or year")
        fault = next(((column, cell) for column, cell in cells.items() if self._is_fault(column, cell)), None)
        if size > MAX_ROW_BYTES:
            texts = {column: text[:MAX_ROW_BYTES] for column, text in texts.items()}
            self._reject(number, "", "", f"the row is longer than {MAX_ROW_BYTES:,} bytes", texts)
        elif fault is not None and isinstance(fault[1], Unreadable):
            self._reject(number, self.header(fault[0]), fault[1].shown, fault[1].reason, texts)
        else:
            for column, text in texts.items():
                if len(text) >= _INSTANT and text[10] == "T" and (clock := _CLOCK.match(text)):
                    (self.with_midnight if clock[1] == _MIDNIGHT else self.with_time).add(column)
            self.rows.keep(number, {str(column): text for column, text in texts.items()})

    def reject_sheet(self, one: _Found) -> None:
        """Another sheet that may hold sightings."""
        reason = f"sheet {one.sheet.name!r} names ships and dates too and is not read: save it as a file of its own"
        self.rows.rejects.append(
            RejectedRow(self.path, one.row, "", shortened(one.sheet.name), reason, (("sheet", one.sheet.name),))
        )

    def table(self, merged: Sequence[str]) -> RawTable:
        """Everything that was taken."""
        table = self.rows.table()
        order = sorted(range(len(table.headers)), key=lambda place: int(table.headers[place]))
        numbers = [int(table.headers[place]) for place in order]
        columns = [table.columns[place] for place in order]
        for place, number in enumerate(numbers):
            if number in self.with_midnight - self.with_time:
                columns[place] = pc.replace_substring_regex(columns[place], f"T{_MIDNIGHT}$", "")
                self.notes.append(f"{self.header(number)!r} is midnight in every row: read as days")
        for number, spans in _spans(merged).items():
            if number in numbers:
                place = numbers.index(number)
                columns[place] = _filled(columns[place], table.lines.tolist(), spans)
                self.notes.append(f"merged cells in {self.header(number)!r}: their value stands in each of their rows")
        return replace(
            table,
            headers=tuple(map(self.header, numbers)),
            columns=tuple(columns),
            rejects=tuple(sorted(table.rejects, key=lambda reject: reject.line)),
            blank_rows_count=False,
            notes=tuple(self.notes),
        )

    def _is_fault(self, column: int, cell: str | Unreadable) -> bool:
        """What cannot be read in a column that is no field travels along as it is shown, unless text cannot hold it."""
        if isinstance(cell, str):
            return False
        return cell.reason.startswith("holds a") or bool(meaning(self.header(column)))

    def _reject(self, number: int, header: str, value: str, reason: str, texts: Mapping[int, str]) -> None:
        original = tuple((self.header(column), texts.get(column, "")) for column in sorted(self.columns))
        self.rows.rejects.append(RejectedRow(self.path, number, header, shortened(value), reason, original))

    def _refuse_width(self) -> None:
        if len(self.columns) > MAX_NAMES:
            raise InputError(f"{self.path}: more than {MAX_NAMES:,} columns: not a table of sightings")


def _spans(merged: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    """First and last rows of the merged cells of more than one row, by the column that holds their value."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for found in map(_RANGE.fullmatch, merged):
        if found and int(found[2]) < int(found[4]):
            spans.setdefault(column_number(found[1]), []).append((int(found[2]), int(found[4])))
    return spans


def _filled(column: pa.ChunkedArray, lines: list[int], spans: Sequence[tuple[int, int]]) -> pa.ChunkedArray:
    """A column whose merged cells hold their value in each row."""
    texts = column.to_pylist()
    place = {line: number for number, line in enumerate(lines)}
    for first, last in spans:
        if first in place:
            for row in range(place[first] + 1, len(lines)):
                if lines[row] > last:
                    break
                texts[row] = texts[row] or texts[place[first]]
    return pa.chunked_array([texts], pa.string())
