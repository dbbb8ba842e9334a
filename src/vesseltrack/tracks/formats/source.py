"""What a file of AIS is to an engine: where it lies, how it is cut into columns, and what the columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    (``TRY_CAST``, ``CASE``, ``NULLIF``, ``TRIM``, ``REPLACE``, ``SUBSTR``, ``UPPER``), over the headers in double
    quotes; all columns of a CSV are text. A missing one is null. Expressions yield numbers in plain units (degrees,
    knots, metres) as DOUBLE, ``mmsi``, ``imo``, ``ship_type`` as INTEGER, ``time`` as the text of an instant; the
    engine turns them into the units of the schema and takes out what AIS sends for "not available"."""

    time_form: Literal["iso", "day_first", "epoch"] = "iso"
    """``iso``: 2024-03-01T00:00:00, blank for T, fractions, Z or an offset or nothing (UTC); ``day_first``:
    31/12/2015 23:59:59; ``epoch``: seconds since 1970 as a number."""

    delimiter: str = ","
    compression: Literal["", "gzip", "zstd"] = ""
    encoding: str = "utf-8"
    rejected: Mapping[str, int] = field(default_factory=dict)
    """What decoding rejected already, by reason."""

    read: int = 0
    """Lines that decoding rejected or that only completed another line: they are in no file of ``paths``."""
