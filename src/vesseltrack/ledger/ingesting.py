"""Sightings that were read, into the ledger: what is new is added, what is known adds nothing."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vesseltrack.ledger.entries import Recorder, entry_id, unguarded
from vesseltrack.ledger.marks import add_marks, table_of
from vesseltrack.ledger.sighting_rows import Written, batches, rows_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import pandas as pd

    from vesseltrack.ledger.marks import Marking
    from vesseltrack.sightings.raw import RawTable
    from vesseltrack.sightings.schema import InputFile, Sightings

MANY = 10_000
"""Sightings of one file from which looking each up once more costs more than it is worth."""


@dataclass(frozen=True)
class IngestedFile:
    """What became of the accepted rows of one file."""

    file: InputFile
    new: int
    known: int


@dataclass(frozen=True)
class Ingested:
    """What one ingest added."""

    files: tuple[IngestedFile, ...]
    lists: int
    """Editions of lists that were not recorded before."""

    @property
    def new(self) -> int:
        """Sightings that were added."""
        return sum(file.new for file in self.files)

    @property
    def known(self) -> int:
        """Sightings that the ledger held already."""
        return sum(file.known for file in self.files)

    @property
    def rejected(self) -> int:
        """Rows that could not be read."""
        return sum(file.file.rejected for file in self.files)


def ingest(
    connection: sqlite3.Connection,
    read: Sightings,
    lists: Iterable[Mapping[str, Any]],
    now: datetime,
    marking: Marking | None = None,
) -> Ingested:
    """Record sightings, the files they came from and the lists in force, within the transaction that is open.

    A file that brings nothing new leaves no entry. The same content is the same sighting, whatever its file, format or
    place in it; the first file that brought it stays its provenance.

    Args:
        connection: the ledger.
        read: sightings with the tables they were read from.
        lists: what to record of each list in force.
        now: when this is recorded, UTC.
        marking: how what is new is marked; None: the next run does it.
    """
    recorder = Recorder(connection, now)
    editions = sum(recorder.add("list", edition).new for edition in lists)
    written = Written(read.frame)
    owners = read.frame["file"].cat.codes.to_numpy()
    paths = read.frame["file"].cat.categories.tolist()
    fresh = connection.execute("SELECT 1 FROM cache_totals WHERE kind = 'sighting'").fetchone() is None
    files = []
    for place, account in enumerate(read.inputs):
        own = np.flatnonzero(owners == paths.index(account.path)) if account.path in paths else owners[:0]
        first_of_name = [file.path for file in read.inputs].index(account.path) == place
        if not len(own) or not first_of_name:  # a file named twice has its rows once
            files.append(IngestedFile(account, 0, 0))
            continue
        table = read.tables[account.path]
        rows = slice(int(own[0]), int(own[-1]) + 1)
        with unguarded(connection) if len(own) > MANY else nullcontext():
            new, first = _ingest_file(recorder, read.frame[rows], written, int(own[0]), table, account, fresh=fresh)
        files.append(IngestedFile(account, len(new), len(own) - len(new)))
        if marking is not None and len(new):
            frame = read.frame[rows] if len(new) == len(own) else read.frame[rows].iloc[new]
            add_marks(connection, first, first - 1, table_of(frame, marking.of(frame)), marking.made_with)
    return Ingested(tuple(files), editions)


def _ingest_file(
    recorder: Recorder,
    frame: pd.DataFrame,
    written: Written,
    offset: int,
    table: RawTable,
    account: InputFile,
    *,
    fresh: bool,
) -> tuple[list[int], int]:
    """The sightings of one file, a batch at a time; which of them were new, and the place of the first in the ledger.

    In a ``fresh`` ledger none can be known: what was read holds no sighting twice.
    """
    entry = 0
    new: list[int] = []
    for batch in batches(len(frame)):
        bodies = written.bodies(slice(batch.start + offset, min(batch.stop, len(frame)) + offset))
        ids = [entry_id("sighting", body) for body in bodies]
        known = {} if fresh else recorder.known(ids)
        chosen = [at for at, name in enumerate(ids) if name not in known] if known else range(len(ids))
        if not len(chosen):
            continue
        if not entry:
            entry = recorder.add("input", _input(account, table, frame)).seq
        part = frame[batch]
        if known:
            part, bodies, ids = part.iloc[list(chosen)], [bodies[at] for at in chosen], [ids[at] for at in chosen]
        recorder.add_sightings(rows_of(part, table, bodies), ids, entry)
        new += [batch.start + at for at in chosen]
    return new, entry + 1


def _input(account: InputFile, table: RawTable, frame: pd.DataFrame) -> dict[str, Any]:
    """What is recorded of a file."""
    return {
        "path": account.path,
        "sha256": account.sha256,
        "headers": list(table.headers),
        "extras": [name.removeprefix("x:") for name in frame.columns if name.startswith("x:")],
        "encoding": account.encoding,
        "rows": account.rows,
        "rejected": account.rejected,
    }
