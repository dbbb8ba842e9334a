"""A ledger as Parquet, some rows at a time: the sightings in force, or every entry as it stands.

Times of entries stay the text they are, because their hashes cover that text. Pages carry checksums, so that a reader
notices damage.
"""

from __future__ import annotations

import json
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from vesseltrack.ledger.export import headers_of
from vesseltrack.ledger.queries import Entry
from vesseltrack.sightings.schema import NUMBER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GROUP_ROWS = 20_000
"""Rows of a row group, which is what is held in memory."""

_WHOLE_NUMBERS = ("seq", "input", "line")
_ENTRIES = pa.schema([(one.name, pa.int64() if one.name in _WHOLE_NUMBERS else pa.string()) for one in fields(Entry)])


def write_sightings(bodies: Iterable[str], file: BinaryIO) -> None:
    """Sightings: text as it is, numbers as float64, null where nothing was given.

    Args:
        bodies: JSON objects of sightings; gone through twice.
        file: where to.
    """
    columns = headers_of(bodies).columns
    schema = pa.schema([(name, pa.float64() if name in NUMBER_FIELDS else pa.string()) for name in columns])
    _write(bodies, schema, json.loads, file)


def write_entries(found: Iterable[Entry], file: BinaryIO) -> None:
    """Entries, every column as it stands in the ledger."""
    _write(found, _ENTRIES, vars, file)


def _write(rows: Iterable[Any], schema: pa.Schema, values: Callable[[Any], dict[str, Any]], file: BinaryIO) -> None:
    with pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer:
        for group in _groups(rows):
            found = [values(row) for row in group]
            columns = [pa.array([one.get(each.name) for one in found], each.type) for each in schema]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _groups(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while group := list(islice(left, GROUP_ROWS)):
        yield group
