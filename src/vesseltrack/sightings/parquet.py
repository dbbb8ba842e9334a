"""Parquet to columns of cells: what the columns hold as text, each row with its place in the file, from 1."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vesseltrack.errors import InputError
from vesseltrack.sightings.geoparquet import as_text, geometry, positions
from vesseltrack.sightings.headers import mapped_columns, meaning
from vesseltrack.sightings.objects import MAX_NAMES
from vesseltrack.sightings.raw import MAX_ROW_BYTES, RawTable, shortened, text_columns
from vesseltrack.sightings.schema import RejectedRow
from vesseltrack.sightings.typed import cells, is_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from vesseltrack.sightings.typed import Cells

MAGIC = b"PAR1"
MAX_BYTES = 1 << 32
"""The most text that a file may unpack to (4 GiB): a few kilobytes can claim to be a thousand million rows."""

_BATCH_ROWS = 8_192
"""Few enough that rows as long as they may be (`MAX_ROW_BYTES`) fit into one array of 2 GiB."""

_CELL_BYTES = 16
"""What a cell takes in memory beside its text, on the way to a frame: offsets and codes of four bytes each."""

_UTC = (None, "UTC", "Etc/UTC", "+00:00")
_MIDNIGHT = r"^$|T00:00:00Z?$"
_PANDAS_ROW_NUMBERS = "__index_level_"


@dataclass(frozen=True)
class _Column:
    """A column that is read, and what it becomes."""

    number: int
    headers: tuple[str, ...]
    """Its own; ``lat`` and ``lon`` of a column of points."""

    is_field: bool
    is_clock: bool
    """Instants in UTC, which may all be midnight."""

    geometry: str
    """Encoding of a GeoParquet geometry; empty for any other column."""

    def cells(self, values: Any) -> tuple[Cells, ...]:
        if len(self.headers) > 1:
            return positions(values, self.geometry)
        return (cells(as_text(values, self.geometry) if self.geometry else values, is_field=self.is_field),)


def read_parquet(raw: bytes, path: str, mapping: Mapping[str, str]) -> RawTable:
    """Read the cells of a Parquet file.

    Where every instant of a column is midnight, the column holds days: that is how data frames keep them. The points of
    a GeoParquet file are the columns ``lat`` and ``lon``, unless it has such columns.

    Args:
        raw: The file.
        path: The input's name, for rejects and messages.
        mapping: ``--map``; what it names is a field.

    Raises:
        InputError: damaged, cut short, or of a size that no table of sightings has.
    """
    with _refusing(path, raw):
        schema = pq.read_schema(pa.BufferReader(raw))
        file = pq.ParquetFile(
            pa.BufferReader(raw),
            read_dictionary=[one.name for one in schema if is_text(one.type)],  # each different text is unpacked once
            coerce_int96_timestamp_unit="us",  # nanoseconds end in 2262
            page_checksum_verification=True,
        )
        _refuse_size(file.metadata, path)
        columns, notes = _columns(schema, mapping, path)
        reading = _Reading(path, tuple(header for column in columns for header in column.headers), notes)
        for batch in file.iter_batches(_BATCH_ROWS):
            reading.take([found for column in columns for found in column.cells(batch.column(column.number))])
        for place, is_clock in enumerate(column.is_clock for column in columns for _ in column.headers):
            if is_clock:
                reading.read_days(place)
        return reading.table()


@contextlib.contextmanager
def _refusing(path: str, raw: bytes) -> Iterator[None]:
    """Whatever Arrow says of a file that it cannot read, in one line."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError) as why:
        if not raw[len(MAGIC) :].endswith(MAGIC):
            raise InputError(f"{path}: a Parquet file that is cut short: get it again, whole") from None
        said = " ".join(str(why).split())
        raise InputError(f"{path}: a Parquet file that cannot be read, or is damaged: {shortened(said)}") from None


def _refuse_size(metadata: Any, path: str) -> None:
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    in_memory = metadata.num_rows * metadata.num_columns * _CELL_BYTES
    if metadata.num_columns > MAX_NAMES:
        raise InputError(f"{path}: more than {MAX_NAMES:,} columns: not a table of sightings")
    if max(unpacked, in_memory) > MAX_BYTES:
        raise _too_large(path)


def _too_large(path: str) -> InputError:
    return InputError(f"{path}: unpacks to more than {MAX_BYTES >> 30} GiB: split it by month or year")


def _columns(schema: Any, mapping: Mapping[str, str], path: str) -> tuple[list[_Column], list[str]]:
    """The columns that are read, and remarks."""
    shapes = geometry(schema.metadata, path)
    mapped = mapped_columns(schema.names, mapping)
    meant = [mapped.get(name) or meaning(name) for name in schema.names]
    columns, notes = [], []
    for number, one in enumerate(schema):
        if one.name.startswith(_PANDAS_ROW_NUMBERS) and pa.types.is_integer(one.type):
            notes.append("the row numbers of the data frame it was written from are left out")
            continue
        encoding = shapes.encodings.get(one.name, "")
        headers: tuple[str, ...] = (one.name,)
        if encoding and one.name == shapes.primary and not {"lat", "lon"} & set(meant):
            headers = ("lat", "lon")
            notes.append(f"lat and lon are read from the points in {one.name!r}")
        is_clock = pa.types.is_timestamp(one.type) and one.type.tz in _UTC
        columns.append(_Column(number, headers, bool(meant[number]), is_clock, encoding))
    return columns, notes


@dataclass
class _Reading:
    """The rows of a file, taken a batch at a time."""

    path: str
    headers: tuple[str, ...]
    notes: list[str]
    chunks: list[list[Any]] = field(default_factory=list)
    lines: list[npt.NDArray[np.int64]] = field(default_factory=list)
    rejects: list[RejectedRow] = field(default_factory=list)
    rows: int = 0
    room: int = MAX_BYTES
    with_nan: set[str] = field(default_factory=set)

    def take(self, batch: Sequence[Cells]) -> None:
        """Rows whose cells are text are kept; others are rejects."""
        sizes = sum(column.text_bytes().astype(np.int64) for column in batch)
        count = len(batch[0].codes) if batch else 0
        faults: dict[int, tuple[str, str]] = {}
        for header, column in zip(self.headers, batch, strict=True):
            for row, reason in column.faulty().items():
                faults.setdefault(row, (header, reason))
            if column.has_nan:
                self.with_nan.add(header)
        for row in np.flatnonzero(sizes > MAX_ROW_BYTES).tolist():
            faults[row] = ("", f"the row is longer than {MAX_ROW_BYTES:,} bytes")
        self.refuse(batch, faults)
        good = np.ones(count, np.bool_)
        good[list(faults)] = False
        kept = np.flatnonzero(good)
        self.room -= int(sizes[kept].sum()) if count else 0
        if self.room < 0:
            raise _too_large(self.path)
        self.chunks.append([column.written(pa.array(kept)) for column in batch])
        self.lines.append(kept + self.rows + 1)
        self.rows += count

    def refuse(self, batch: Sequence[Cells], faults: Mapping[int, tuple[str, str]]) -> None:
        """Keep the cells of rows that cannot be read, those of a row that is too long as far as that goes."""
        for row, (header, reason) in sorted(faults.items()):
            texts = [column.written(pa.array([row]))[0].as_py()[:MAX_ROW_BYTES] for column in batch]
            value = texts[self.headers.index(header)] if header else ""
            original = tuple(zip(self.headers, texts, strict=True))
            self.rejects.append(RejectedRow(self.path, self.rows + row + 1, header, shortened(value), reason, original))

    def read_days(self, place: int) -> None:
        """Instants that are midnight throughout as days."""
        texts = [chunk[place] for chunk in self.chunks]
        midnight = [pc.all(pc.match_substring_regex(text, _MIDNIGHT)).as_py() for text in texts]
        if False in midnight or not any(pc.any(pc.not_equal(text, "")).as_py() for text in texts):
            return
        for chunk in self.chunks:
            chunk[place] = pc.replace_substring_regex(chunk[place], _MIDNIGHT, "")
        self.notes.append(f"{self.headers[place]!r} is midnight in every row: read as days")

    def table(self) -> RawTable:
        """Everything that was taken."""
        if self.with_nan:
            named = ", ".join(sorted(map(repr, self.with_nan)))
            self.notes.append(f"NaN in {named} is read as blank")
        lines = np.concatenate([np.zeros(0, np.int64), *self.lines])
        columns = text_columns(self.chunks, len(self.headers))
        return RawTable(
            self.headers, columns, lines, tuple(self.rejects), blank_rows_count=True, notes=tuple(self.notes)
        )
