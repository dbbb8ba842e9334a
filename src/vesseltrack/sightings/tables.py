"""Delimited text (CSV, TSV, and the like) to columns of cells.

One way through for every file: lines are judged by their quotes. Lines that are records by themselves go through
Arrow's tokeniser in bulk; the others (a cell with line breaks, a stray quote) go through `csv` one record at a time. A
quote that is never closed costs its own line only: reading resumes at the next physical line.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from vesseltrack.errors import InputError
from vesseltrack.sightings import lines as physical
from vesseltrack.sightings.headers import mapped_columns, recognised
from vesseltrack.sightings.raw import MAX_ROW_BYTES, RawTable, legible, shortened, text_columns
from vesseltrack.sightings.schema import RejectedRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from vesseltrack.sightings.lines import Lines

SEPARATORS = (",", ";", "\t", "|")

_CHUNK_BYTES = 1 << 23
"""Text handed to the tokeniser in one go (8 MiB)."""


def read_table(utf8: bytes, path: str, mapping: Mapping[str, str]) -> RawTable | None:
    """Cut delimited text into cells.

    Args:
        utf8: The text; invalid sequences make their rows rejects.
        path: The input's name, for rejects and messages.
        mapping: ``--map``; its headers count when the separator is chosen.

    Returns:
        The table, or `None` where there is nothing but blank lines.

    Raises:
        InputError: the first line cannot be a header.
    """
    lines = physical.split(utf8)
    first = next((number for number in range(len(lines)) if lines.content(number).strip()), None)
    if first is None:
        return None
    separators: tuple[str, ...] = SEPARATORS
    declared = lines.content(first).strip().lower()
    if declared[:4] == b"sep=" and len(declared) <= 5:  # Excel's way to say which separator follows
        separators = ((declared[4:].decode("ascii", "replace") or "\t"),)
        if separators[0] not in SEPARATORS or first + 1 >= len(lines):
            raise InputError(
                f"{path}: the line {declared.decode('ascii', 'replace')!r} announces no separator read here"
            )
        first += 1
    separator, headers, after = _header(lines, first, separators, path, mapping)
    return _Cutter(lines, separator, headers, path).cut(after)


def _header(
    lines: Lines, first: int, separators: tuple[str, ...], path: str, mapping: Mapping[str, str]
) -> tuple[str, tuple[str, ...], int]:
    """The separator under which most headers are recognised, the headers, and the line after them."""
    if lines.ends[first] - lines.starts[first] > MAX_ROW_BYTES:
        raise InputError(f"{path}: the first line is longer than {MAX_ROW_BYTES:,} bytes: it should name the columns")
    best: tuple[tuple[int, int], str, tuple[str, ...], int] | None = None
    for separator in separators:
        record = _record(lines, first, separator)
        if isinstance(record, str):
            continue
        cells, after = record
        score = (recognised(cells, mapped_columns(cells, mapping)), len(cells))
        if best is None or score > best[0]:
            best = (score, separator, tuple(cells), after)
    if best is None:
        raise InputError(f"{path}: line {first + 1} should name the columns and cannot be read: {record}")
    return best[1:]


def _record(lines: Lines, line: int, separator: str) -> tuple[list[str], int] | str:
    """The record that starts on a line and the line after it, or why there is none."""
    reader = csv.reader(_texts(lines, line), delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except UnicodeDecodeError:
        return "bytes that are not text in this file's encoding"
    except csv.Error as error:
        if "unexpected end" in str(error) or "limit" in str(error):
            return "a quote is opened on this line and not closed: close it, or double it to mean the sign itself"
        return "text follows a closing quote: double a quote to mean the sign itself"
    if any("\0" in cell for cell in cells):
        return "holds a NUL byte"
    return cells, line + reader.line_num


def _texts(lines: Lines, line: int) -> Iterator[str]:
    """Lines with their breaks, up to the longest row that is read."""
    room = MAX_ROW_BYTES
    while line < len(lines):
        piece = lines.data[lines.starts[line] : lines.stop(line)]
        room -= len(piece)
        if room < 0:
            return
        yield piece.decode("utf-8")
        line += 1


@dataclass
class _Cutter:
    """One pass over the lines of a table."""

    lines: Lines
    separator: str
    headers: tuple[str, ...]
    path: str
    rejects: list[RejectedRow] = field(default_factory=list)

    def cut(self, first: int) -> RawTable:
        lines = self.lines
        lengths = lines.ends - lines.starts
        todo = lengths > 0
        todo[:first] = False
        for mask, reason in (
            (lengths > MAX_ROW_BYTES, f"the line is longer than {MAX_ROW_BYTES:,} bytes"),
            (physical.not_utf8(lines), "holds bytes that are not text in this file's encoding (mixed encodings?)"),
        ):
            bad = np.flatnonzero(mask & todo)
            todo[bad] = False
            for line in bad.tolist():
                self.reject_line(line, reason)
        careful = (physical.irregular(lines, self.separator) | physical.with_octet(lines, 0)) & todo
        rows, rows_lines = self.cut_carefully(np.flatnonzero(careful), todo)
        chunks, chunk_lines = self.cut_in_bulk(np.flatnonzero(todo))
        if rows:
            chunks.append([pa.array(column, pa.string()) for column in zip(*rows, strict=True)])
            chunk_lines.append(np.array(rows_lines, np.int64))
        columns = text_columns(chunks, len(self.headers))
        numbers = np.concatenate([*chunk_lines, np.zeros(0, np.int64)]) + 1
        if rows:
            order = np.argsort(numbers, kind="stable")
            numbers = numbers[order]
            columns = tuple(column.take(order) for column in columns)
        self.rejects.sort(key=lambda reject: reject.line)
        return RawTable(self.headers, columns, numbers, tuple(self.rejects), guarded=True)

    def cut_carefully(
        self, suspects: npt.NDArray[np.int64], todo: npt.NDArray[np.bool_]
    ) -> tuple[list[list[str]], list[int]]:
        """Records that start on irregular lines; takes them, and the lines they continue on, off `todo`."""
        rows, rows_lines = [], []
        free = 0
        for line in suspects.tolist():
            if line < free:
                continue
            todo[line] = False
            record = _record(self.lines, line, self.separator)
            if isinstance(record, str):
                self.reject_line(line, record)
                continue
            cells, after = record
            if len(cells) != len(self.headers):
                many = after - line
                why = f"a quote opened here is closed {many - 1} lines on, and " if many > 1 else ""
                self.reject_line(line, why + self.ragged(len(cells)), cells if many == 1 else None)
                continue
            rows.append(cells)
            rows_lines.append(line)
            todo[line:after] = False
            free = after
        return rows, rows_lines

    def cut_in_bulk(self, todo: npt.NDArray[np.int64]) -> tuple[list[Any], list[npt.NDArray[np.int64]]]:
        """Regular lines, some megabytes at a time."""
        names = [str(number) for number in range(len(self.headers))]
        chunks: list[Any] = []
        chunk_lines: list[npt.NDArray[np.int64]] = []
        for piece in self.pieces(todo):
            buffer = self.joined(piece)
            ragged: list[tuple[int, str]] = []

            def skip(row: Any, ragged: list[tuple[int, str]] = ragged) -> str:
                ragged.append((row.number, row.text))
                return "skip"

            table = pa_csv.read_csv(
                pa.BufferReader(buffer),
                read_options=pa_csv.ReadOptions(use_threads=False, block_size=buffer.size + 1, column_names=names),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self.separator, ignore_empty_lines=False, invalid_row_handler=skip
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
                ),
            )
            keep = np.ones(len(piece), np.bool_)
            for number, text in ragged:
                keep[number - 1] = False
                self.reject_ragged(int(piece[number - 1]), text)
            chunks.extend(list(batch.columns) for batch in table.to_batches())
            chunk_lines.append(piece[keep])
        return chunks, chunk_lines

    def pieces(self, todo: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
        """Line numbers of each portion for the tokeniser."""
        total = np.cumsum(self.lines.ends[todo] - self.lines.starts[todo] + 2)
        start = 0
        while start < len(todo):
            before = total[start - 1] if start else 0
            stop = max(int(np.searchsorted(total, before + _CHUNK_BYTES, side="right")), start + 1)
            yield todo[start:stop]
            start = stop

    def joined(self, piece: npt.NDArray[np.int64]) -> Any:
        """The lines of a portion as one buffer; not copied where they lie side by side."""
        cuts = np.flatnonzero(np.diff(piece) != 1) + 1
        firsts, lasts = piece[np.concatenate([[0], cuts])], piece[np.concatenate([cuts - 1, [len(piece) - 1]])]
        begins = self.lines.starts[firsts].tolist()
        stops = [self.lines.stop(last) for last in lasts.tolist()]
        if len(begins) == 1:
            return pa.py_buffer(self.lines.data).slice(begins[0], stops[0] - begins[0])
        return pa.py_buffer(b"".join(self.lines.data[a:b] for a, b in zip(begins, stops, strict=True)))

    def loosely(self, text: str) -> list[str]:
        """Cells of a line that cannot be read, as near as they come, for its owner to mend."""
        try:
            return next(csv.reader([text], delimiter=self.separator), [text])
        except csv.Error:
            return [text]

    def ragged(self, cells: int) -> str:
        return f"the row has {cells} cell{'s' * (cells != 1)}, the header {len(self.headers)}"

    def reject_ragged(self, line: int, text: str) -> None:
        """A row with too many or too few cells; one that is blank altogether is no row."""
        if not text.replace(self.separator, "").replace('"', "").strip():
            return
        cells = self.loosely(text)
        self.reject_line(line, self.ragged(len(cells)), cells)

    def reject_line(self, line: int, reason: str, cells: list[str] | None = None) -> None:
        """A row that never became cells: it keeps its text, in its first column where it could not be cut."""
        text = legible(self.lines.content(line)[:MAX_ROW_BYTES])
        cells = cells or self.loosely(text)
        named = [*self.headers, *[""] * (len(cells) - len(self.headers))]
        original = tuple(zip(named, cells, strict=False))
        self.rejects.append(RejectedRow(self.path, line + 1, "", shortened(text), reason, original))
