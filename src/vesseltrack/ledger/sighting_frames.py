"""Sightings on their way out of the ledger: the frame that the files gave when they were read."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pajson

from vesseltrack.ledger.queries import in_force_between, replaced_before
from vesseltrack.ledger.sighting_rows import BATCH_ROWS
from vesseltrack.sightings.columns import coded, constant
from vesseltrack.sightings.frames import Part, frame_of
from vesseltrack.sightings.schema import CHOICE_FIELDS, EXTRA_PREFIX, NUMBER_FIELDS, TEXT_FIELDS, InputFile, Sightings

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

_TEXTS = (*TEXT_FIELDS, "date")


def sightings_in_force(
    connection: sqlite3.Connection, name: str, *, known_at: date | None = None, latest: date | None = None
) -> Sightings:
    """The sightings in force, as the files gave them: the same frame, with file and line of the original.

    Args:
        connection: the ledger.
        name: what to call the ledger where it holds none.
        known_at: as of what had been recorded at the end of that day; None for everything.
        latest: sightings that start after that day are left out; None for none.
    """
    inputs = {
        seq: json.loads(body)
        for seq, body in connection.execute(
            "SELECT seq, body FROM entries WHERE kind <> 'sighting' AND kind = 'input' ORDER BY seq"
        )
    }
    extras = sorted({extra for body in inputs.values() for extra in body["extras"]})
    schema = pa.schema(
        [*((text, pa.string()) for text in (*_TEXTS, *CHOICE_FIELDS)),
         *((field, pa.float64()) for field in NUMBER_FIELDS),
         *((EXTRA_PREFIX + extra, pa.string()) for extra in extras)]
    )  # fmt: skip
    out = np.array(sorted(replaced_before(connection, known_at)), np.int64)
    found: list[pa.Table] = []
    for batch in in_force_between(connection, known_at, latest, BATCH_ROWS):
        table = _table(batch, schema)
        found.append(table.filter(pa.array(~np.isin(table["seq"].to_numpy(), out))) if len(out) else table)
    whole = pa.concat_tables(found) if found else _table([], schema)
    owners, paths = _owners(whole["input"].to_numpy(), inputs)
    counts = np.bincount(owners, minlength=len(paths)).tolist()
    digests = {str(body["path"]): str(body["sha256"]) for body in inputs.values()}
    accounts = tuple(
        InputFile(path, digests[path], count, 0, 0, "utf-8") for path, count in zip(paths, counts, strict=True)
    )
    frame = frame_of(_part(whole, extras), owners, paths)
    return Sightings(frame, (), accounts or (InputFile(name, "", 0, 0, 0, "utf-8"),))


def _table(batch: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows of entries as columns."""
    seqs, files, lines, first, last, bodies = zip(*batch, strict=True) if batch else ((),) * 6
    text = "\n".join(bodies).encode()
    table = (
        pajson.read_json(
            io.BytesIO(text),
            pajson.ReadOptions(block_size=max(len(text) + 1, 1 << 20)),
            pajson.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
        if bodies
        else schema.empty_table()
    )
    times = pa.timestamp("us")
    return (
        table.select(schema.names)
        .append_column("seq", pa.array(seqs, pa.int64()))
        .append_column("input", pa.array(files, pa.int64()))
        .append_column("line", pa.array(lines, pa.int64()))
        .append_column("start", pc.cast(pa.array(first, pa.string()), times))
        .append_column("end", pc.cast(pa.array(last, pa.string()), times))
    )


def _owners(files: Any, inputs: dict[int, Any]) -> tuple[Any, list[str]]:
    """For each row the place of its file among the paths, and the paths that any row came from, in order of reading.

    A file that grew and was read again is one path and several entries.
    """
    present = [seq for seq in inputs if seq in set(np.unique(files).tolist())]
    paths = list(dict.fromkeys(str(inputs[seq]["path"]) for seq in present))
    place = np.zeros(max(present, default=0) + 1, np.int32)
    for seq in present:
        place[seq] = paths.index(str(inputs[seq]["path"]))
    return place[files], paths


def _part(whole: pa.Table, extras: list[str]) -> Part:
    rows = whole.num_rows

    def text(name: str) -> Any:
        column = whole[name]
        return constant("", rows) if column.null_count == rows else coded(pc.fill_null(column, ""))

    def choice(name: str) -> Any:
        found = text(name)
        words = CHOICE_FIELDS[name]
        codes = [words.index(word or "unknown") for word in found.distinct.to_pylist()]
        return found.where(np.array(codes, np.int8))

    return Part(
        whole["line"].to_numpy(),
        whole["start"].to_numpy().astype("datetime64[us]").astype(np.int64),
        whole["end"].to_numpy().astype("datetime64[us]").astype(np.int64),
        {name: text(name) for name in _TEXTS},
        {name: pc.fill_null(whole[name], np.nan).to_numpy() for name in NUMBER_FIELDS},
        {name: choice(name) for name in CHOICE_FIELDS},
        {name: text(EXTRA_PREFIX + name) for name in extras},
    )
