"""The beginning of delimited text and of Parquet: headers, delimiter, a first value of each column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Literal

from vesseltrack.errors import InputError
from vesseltrack.sightings.encodings import recognise as as_text
from vesseltrack.tracks.formats.columns import NAMES, plain
from vesseltrack.tracks.formats.source import Head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.tracks.formats.opening import Held

_SEPARATORS = (",", ";", "\t", "|")
_KNOWN = {name for names in NAMES.values() for name in names}
_ENCODINGS = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "windows-1252": "latin-1"}
"""To the names that DuckDB has built in."""

READ_BY_ENGINES = frozenset({"utf-8", "utf-16", "latin-1"})


def text_of(start: bytes, source: Held) -> tuple[str, str]:
    """The beginning of a file as text, and its encoding.

    Raises:
        InputError: it is no text: a web page, a workbook, an image.
    """
    whole = start[: start.rfind(b"\n") + 1] or start
    text = as_text(whole, source.path)
    return text.utf8.decode("utf-8", "replace"), _ENCODINGS.get(text.encoding, text.encoding)


def csv_head(text: str, source: Held, encoding: str) -> Head:
    """Headers and first values of delimited text; the delimiter is the one that gives most headers a meaning.

    Args:
        text: Its first lines.
        source: The file.
        encoding: Of the file.
    """
    tried = [(delimiter, _records(text, delimiter)) for delimiter in _SEPARATORS]
    delimiter, records = max(
        tried, key=lambda each: (sum(plain(cell) in _KNOWN for cell in each[1][0]), len(each[1][0]))
    )
    columns = tuple(records[0])
    return Head("csv", columns, _first_values(columns, records[1:]), {}, delimiter, source.compression, encoding)


def _records(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter)) or [[]]
    except csv.Error:
        return [[]]


def _first_values(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for column, value in zip(columns, row, strict=False):
            if value.strip():
                found.setdefault(column, value)
    return found


def parquet_head(source: Held) -> Head:
    """Headers, types and first values of a Parquet file.

    Raises:
        InputError: it cannot be read.
    """
    with parquet_file(source) as file:
        schema = file.schema_arrow
        kinds = {field.name: _kind_of(field.type) for field in schema}
        wanted = [name for name, kind in kinds.items() if kind]
        rows: Any = next(file.iter_batches(batch_size=256, columns=wanted), None)
    sample: dict[str, str] = {}
    for name in wanted if rows is not None else ():
        value = next((value for value in rows.column(name).to_pylist() if value not in (None, "")), None)
        if value is not None and kinds[name] != "timestamp":
            sample[name] = str(value)
    return Head("parquet", tuple(schema.names), sample, {name: kind for name, kind in kinds.items() if kind})


def parquet_file(source: Held) -> Any:
    """Open a Parquet file.

    Raises:
        InputError: it is cut off or damaged.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return pq.ParquetFile(source.file)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{source.path}: a Parquet file that is cut off or damaged ({reason})") from None


def _kind_of(dtype: Any) -> Literal["text", "number", "timestamp"] | None:
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_dictionary(dtype):
        dtype = dtype.value_type
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype) or pa.types.is_string_view(dtype):
        return "text"
    if pa.types.is_timestamp(dtype):
        return "timestamp"
    is_number = pa.types.is_integer(dtype) or pa.types.is_floating(dtype) or pa.types.is_decimal(dtype)
    return "number" if is_number else None
