"""What a file of AIS is to an engine: where it lies, how it is cut into columns, and what the columns mean."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TimeForm = Literal["iso", "day_first", "epoch", "timestamp"]
Compression = Literal["", "gzip", "zstd"]


@dataclass(frozen=True)
class Head:
    """What the beginning of a table tells: enough to say what its columns mean."""

    kind: Literal["csv", "parquet"]
    columns: tuple[str, ...]
    """Headers in the order of the file."""

    sample: Mapping[str, str] = field(default_factory=dict)
    """The first value of each column that is not empty, as text; a column without one is absent."""

    types: Mapping[str, Literal["text", "number", "timestamp"]] = field(default_factory=dict)
    """Of the columns of a Parquet file; those of a CSV are text."""

    delimiter: str = ","
    compression: Compression = ""
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Source:
    """Files of one layout with the same columns, ready to be read by an engine."""

    layout: str
    """Name of the layout, as said to the user: ``MarineCadastre``, ``NMEA``."""

    kind: Literal["csv", "parquet"]
    paths: tuple[str, ...]
    """Files, globs, or what an engine understands besides (``s3://``); a file that had to be unpacked or decoded
    first stands here as its copy in a temporary folder."""

    columns: tuple[str, ...]
    """Headers in the order of the file."""

    select: Mapping[str, str]
    """For each column of `schema.POSITIONS` but ``reject`` an expression in the SQL that DuckDB and Spark share
    (``TRY_CAST``, ``CASE``, ``TRIM``, ``REPLACE``, ``SUBSTR``, ``UPPER``, ``LIKE``, ``||``), over the headers in
    double quotes; all columns of a CSV are text. A missing one is null. Expressions yield numbers in plain units
    (degrees, knots, metres) and ``mmsi``, ``imo``, ``ship_type`` as numbers, from text by ``TRY_CAST(... AS DOUBLE)``
    alone (``AS INTEGER`` rounds in one engine and refuses ``31.0`` in the other), ``time`` as ``time_form`` says;
    the engine makes them whole and takes out what AIS sends for "not available"."""

    time_form: TimeForm = "iso"
    """``iso``: text, 2024-03-01T00:00:00, blank for T, fractions, Z or an offset or nothing (UTC); ``day_first``:
    text, 31/12/2015 23:59:59; ``epoch``: seconds since 1970 as a number; ``timestamp``: the engine's own type, UTC."""

    delimiter: str = ","
    compression: Compression = ""
    encoding: str = "utf-8"
    rejected: Mapping[str, int] = field(default_factory=dict)
    """What decoding rejected already, by reason of `schema.REJECTS`."""

    @property
    def read(self) -> int:
        """Messages that decoding rejected; with the rows of ``paths`` they are all that the files hold."""
        return sum(self.rejected.values())


@dataclass(frozen=True)
class InputFile:
    """An input, as named by the user or found in an archive."""

    path: str
    """As told to the user; a member of an archive as ``archive.zip!member.csv``."""

    layout: str
    """``empty`` where there are no rows: no bytes, or a header alone."""

    size: int | None
    """Bytes as they lie on disk; none where the engine alone can reach the file."""

    held: Path | None
    """Where its bytes can be read: the file itself, or the copy of standard input or of an archive's member."""

    def sha256(self) -> str:
        """Digest of the bytes; read when asked for. Empty where the engine alone can reach the file."""
        if self.held is None:
            return ""
        with self.held.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()


@dataclass(frozen=True)
class Recognised:
    """What all inputs are."""

    sources: tuple[Source, ...]
    """Positions; files of one layout with the same columns are one source."""

    events: tuple[Mapping[str, Any], ...]
    """Rows of `schema.EVENTS` that stood in the inputs as events already."""

    events_rejected: Mapping[str, int]
    """Events that could not be used, by reason."""

    files: tuple[InputFile, ...]


def joined(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources that are read in the same way become one; the order is that of the first of each."""
    together: dict[tuple[Any, ...], Source] = {}
    for source in sources:
        key = (
            source.layout, source.kind, source.columns, tuple(source.select.items()), source.time_form,
            source.delimiter, source.compression, source.encoding,
        )  # fmt: skip
        other = together.get(key)
        if other is None:
            together[key] = source
        else:
            rejected = dict(Counter(other.rejected) + Counter(source.rejected))
            together[key] = replace(other, paths=other.paths + source.paths, rejected=rejected)
    return tuple(together.values())
