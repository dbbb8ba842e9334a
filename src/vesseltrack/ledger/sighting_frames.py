"""Sightings on their way out of the ledger: the frame that the files gave when they were read."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pajson

from vesseltrack.ledger.entries import WITH_THE_HASH_BEFORE, as_written, damage
from vesseltrack.ledger.marks import all_marked, choose
from vesseltrack.ledger.queries import in_force_between, replaced_before
from vesseltrack.ledger.sighting_rows import BATCH_ROWS, batches
from vesseltrack.sightings.columns import coded, constant
from vesseltrack.sightings.frames import Part, frame_of
from vesseltrack.sightings.schema import (
    CHOICE_FIELDS,
    EXTRA_PREFIX,
    NUMBER_FIELDS,
    TEXT_FIELDS,
    Aside,
    InputFile,
    Sightings,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import date

    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.ledger.marks import Marking

_TEXTS = (*TEXT_FIELDS, "date")
_AT = f"""SELECT {WITH_THE_HASH_BEFORE}
FROM json_each(?) AS asked CROSS JOIN entries AS e ON e.seq = asked.value LEFT JOIN entries AS b ON b.seq = e.seq - 1"""


def sightings_in_force(
    connection: sqlite3.Connection,
    name: str,
    *,
    known_at: date | None = None,
    latest: date | None = None,
    marking: Marking | None = None,
) -> Sightings:
    """The sightings in force, as the files gave them: the same frame, with file and line of the original.

    Args:
        connection: the ledger.
        name: what to call the ledger where it holds none.
        known_at: as of what had been recorded at the end of that day; None for everything.
        latest: sightings that start after that day are left out; None for none.
        marking: where every sighting was marked so, those that no rule looks at are counted and not read.
    """
    inputs = _inputs(connection)
    if marking is not None and all_marked(connection, marking.made_with):
        chosen = choose(connection, known_at, latest)
        whole = _whole(_batches_at(connection, chosen.seqs), inputs)
        held, aside = chosen.rows_of, chosen.aside
    else:
        whole = _whole(in_force_between(connection, known_at, latest, BATCH_ROWS), inputs)
        out = np.array(sorted(replaced_before(connection, known_at)), np.int64)
        whole = whole.filter(pa.array(~np.isin(whole["seq"].to_numpy(), out))) if len(out) else whole
        held, aside = dict(zip(*_counted(whole["input"].to_numpy()), strict=True)), Aside()
    paths = list(dict.fromkeys(str(inputs[seq]["path"]) for seq in inputs if seq in held))
    counts = dict.fromkeys(paths, 0)
    for seq, number in held.items():
        counts[str(inputs[seq]["path"])] += number
    digests = {str(body["path"]): str(body["sha256"]) for body in inputs.values()}
    accounts = tuple(InputFile(path, digests[path], number, 0, 0, "utf-8") for path, number in counts.items())
    frame = _frame(whole, inputs, paths)
    return Sightings(frame, (), accounts or (InputFile(name, "", 0, 0, 0, "utf-8"),), aside=aside)


def every_sighting(connection: sqlite3.Connection) -> Iterator[tuple[int, int, pd.DataFrame]]:
    """All sightings, in force or not, in order: the place of the first, the entry of their file, and their frame."""
    inputs = _inputs(connection)
    for batch in in_force_between(connection, None, None, BATCH_ROWS):
        whole = _whole([batch], inputs)
        seqs, owners = whole["seq"].to_numpy(), whole["input"].to_numpy()
        breaks = np.flatnonzero((np.diff(seqs) != 1) | (np.diff(owners) != 0)) + 1
        for first, last in pairwise((0, *breaks.tolist(), len(seqs))):
            path = [str(inputs[owners[first]]["path"])]
            yield int(seqs[first]), int(owners[first]), _frame(whole.slice(first, last - first), inputs, path)


def sightings_at(connection: sqlite3.Connection, seqs: npt.NDArray[np.int64]) -> pd.DataFrame:
    """The frame of the sightings at some places."""
    inputs = _inputs(connection)
    paths = list(dict.fromkeys(str(body["path"]) for body in inputs.values()))
    return _frame(_whole(_batches_at(connection, seqs), inputs), inputs, paths)


def _inputs(connection: sqlite3.Connection) -> dict[int, Any]:
    """The entries of the files, by place."""
    rows = connection.execute("SELECT seq, body FROM entries WHERE kind <> 'sighting' AND kind = 'input' ORDER BY seq")
    return {seq: json.loads(body) for seq, body in rows}


def _batches_at(connection: sqlite3.Connection, seqs: npt.NDArray[np.int64]) -> Iterator[list[tuple[Any, ...]]]:
    """The sightings at some places, in order, in batches, each recomputed; columns as of `in_force_between`.

    Raises sqlite3.DatabaseError where one is not as it was written.
    """
    for rows in batches(len(seqs)):
        found = connection.execute(_AT, (json.dumps(seqs[rows].tolist()),)).fetchall()
        for row in found:
            if not as_written(*row):
                raise damage(f"entry {row[1]} (sighting {row[2][:12]}): is not as it was written")
        yield [(seq, file, line, first, last, body)
               for _, seq, _, _, body, first, last, _, file, line, *_ in found]  # fmt: skip


def _whole(found: Iterable[list[tuple[Any, ...]]], inputs: dict[int, Any]) -> pa.Table:
    """Rows of entries as one table."""
    extras = sorted({extra for body in inputs.values() for extra in body["extras"]})
    schema = pa.schema(
        [*((text, pa.string()) for text in (*_TEXTS, *CHOICE_FIELDS)),
         *((field, pa.float64()) for field in NUMBER_FIELDS),
         *((EXTRA_PREFIX + extra, pa.string()) for extra in extras)]
    )  # fmt: skip
    tables = [_table(batch, schema) for batch in found]
    return pa.concat_tables(tables) if tables else _table([], schema)


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


def _counted(owners: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    found, counts = np.unique(owners, return_counts=True)
    return found.tolist(), counts.tolist()


def _frame(whole: pa.Table, inputs: dict[int, Any], paths: list[str]) -> pd.DataFrame:
    """The frame of a table; a file that grew and was read again is one path and several entries."""
    owners = whole["input"].to_numpy()
    place = np.zeros(max(inputs, default=0) + 1, np.int32)
    for seq in np.unique(owners).tolist():
        place[seq] = paths.index(str(inputs[seq]["path"]))
    frame = frame_of(_part(whole), place[owners], paths)
    frame["entry"] = whole["seq"].to_numpy()
    return frame


def _part(whole: pa.Table) -> Part:
    rows = whole.num_rows
    extras = [name.removeprefix(EXTRA_PREFIX) for name in whole.column_names if name.startswith(EXTRA_PREFIX)]

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
