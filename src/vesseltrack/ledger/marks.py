"""What each sighting is to the lists and ports in force, so that a million need not be read to find those that matter.

The marks are a cache: they follow from the entries, the register and the gazetteer, and are made again when one of
these changed. With them lie the ship as given and the days, from which it is told what else must be read: the other
sightings of a ship that called in the DPRK, and those under the MMSI of a ship of the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntFlag
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from vesseltrack.ledger.entries import damage
from vesseltrack.ledger.queries import end_of, replaced_before
from vesseltrack.ledger.schema import MARKED_SINCE, version_of
from vesseltrack.sightings.schema import SHIP_FIELDS, Aside

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    import numpy.typing as npt
    import pandas as pd

    Marks = npt.NDArray[np.uint8]


class Mark(IntFlag):
    """What a sighting is to the lists and ports in force."""

    CONCERNED = 1
    """A rule or a remark looks at it, whatever else there is."""

    DPRK = 2
    """Of a ship in a port of the DPRK or under its flag, which is followed through all its sightings."""

    STATION = 4
    """Of a ship of the register, under a valid MMSI."""

    AT_SEA = 8
    """In no port."""


@dataclass(frozen=True)
class Marking:
    """How sightings are marked."""

    made_with: str
    """Fingerprint of everything that marks follow from, entries aside."""

    of: Callable[[pd.DataFrame], Marks]
    """A `Mark` for each row of a frame of sightings."""


@dataclass(frozen=True)
class Chosen:
    """Sightings in force that must be read, and what is known of the others without reading them."""

    seqs: npt.NDArray[np.int64]
    aside: Aside
    rows_of: dict[int, int]
    """Sightings in force, read or not, by the entry of their file."""


_OF = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [*((name, _OF) for name in SHIP_FIELDS),
     ("first_day", pa.int32()), ("last_day", pa.int32()), ("mark", pa.uint8())]
)  # fmt: skip
_EPOCH = date(1970, 1, 1)
_RANGES = """SELECT count(*), sum(number), min(made_with = ?) FROM cache_marks"""


def table_of(frame: pd.DataFrame, marks: Marks) -> pa.Table:
    """Ship as given, days (since 1970-01-01, UTC) and marks of some sightings.

    Args:
        frame: the sightings.
        marks: a `Mark` for each.
    """
    ships = [pa.array(frame[name].cat.remove_unused_categories(), _OF) for name in SHIP_FIELDS]
    days = [frame[name].to_numpy().astype("datetime64[D]").astype(np.int32) for name in ("start", "end")]
    return pa.table([*ships, *map(pa.array, days), pa.array(marks)], _SCHEMA)


def add_marks(connection: sqlite3.Connection, first: int, input: int, table: pa.Table, made_with: str) -> None:
    """Keep the marks of sightings that follow each other, the first at place ``first``, all of one file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA) as writer:
        writer.write_table(table)
    content = sink.getvalue().to_pybytes()
    connection.execute(
        "INSERT INTO cache_marks VALUES (?, ?, ?, ?, ?, ?)",
        (first, table.num_rows, input, made_with, content, _digest(first, input, made_with, content)),
    )


def all_marked(connection: sqlite3.Connection, made_with: str) -> bool:
    """Whether every sighting bears a mark that was made with what is in force."""
    if version_of(connection) < MARKED_SINCE:
        return False
    batches, marked, same = connection.execute(_RANGES, (made_with,)).fetchone()
    held = connection.execute("SELECT entries FROM cache_totals WHERE kind = 'sighting'").fetchone()
    return bool(batches) and bool(same) and held is not None and marked == held[0]


def stored_marks(connection: sqlite3.Connection) -> list[tuple[int, int, int, str, bytes, str]]:
    """First place, number, file, what it was made with, content and digest of all batches, in order."""
    return connection.execute("SELECT * FROM cache_marks ORDER BY first").fetchall()


def faulty(first: int, input: int, made_with: str, content: bytes, digest: str) -> bool:
    """Whether marks are not as they were written."""
    return _digest(first, input, made_with, content) != digest


def read_marks(content: bytes) -> pa.Table:
    """Marks as they were kept."""
    return pa.ipc.open_stream(content).read_all()


def choose(connection: sqlite3.Connection, known_at: date | None, latest: date | None) -> Chosen:
    """Which sightings must be read, of those in force.

    Args:
        connection: the ledger; all its sightings bear marks (see `all_marked`).
        known_at: as of what had been recorded at the end of that day; None for everything.
        latest: sightings that start after that day are left out; None for none.

    Raises sqlite3.DatabaseError where marks are not as they were written.
    """
    rows = connection.execute(
        "SELECT m.*, e.recorded_at < ? FROM cache_marks AS m JOIN entries AS e ON e.seq = m.first ORDER BY m.first",
        (end_of(known_at),),
    ).fetchall()
    tables, seqs, files = [], [], []
    for first, number, input, made_with, content, digest, then_known in rows:
        if faulty(first, input, made_with, content, digest):
            raise damage(f"cache_marks: those from entry {first:,} on are not as they were written")
        if then_known:
            tables.append(read_marks(content))
            seqs.append(np.arange(first, first + number))
            files.append(np.full(number, input))
    whole = pa.concat_tables(tables) if tables else _SCHEMA.empty_table()
    places = np.concatenate([np.zeros(0, np.int64), *seqs])
    owners = np.concatenate([np.zeros(0, np.int64), *files])
    kept = ~np.isin(places, np.array(sorted(replaced_before(connection, known_at)), np.int64))
    if latest is not None:
        kept &= whole["first_day"].to_numpy() <= (latest - _EPOCH).days
    whole, places, owners = whole.filter(pa.array(kept)).unify_dictionaries(), places[kept], owners[kept]
    marks = whole["mark"].to_numpy()
    ships = [_codes(whole[name]) for name in SHIP_FIELDS]
    read = (marks & Mark.CONCERNED) > 0
    for codes, texts in ships:
        read |= _shared(codes, texts, (marks & Mark.DPRK) > 0)
    read |= _shared(*ships[SHIP_FIELDS.index("mmsi")], (marks & Mark.STATION) > 0)
    inputs, counts = np.unique(owners, return_counts=True)
    return Chosen(places[read], _aside(whole, ships, ~read), dict(zip(inputs.tolist(), counts.tolist(), strict=True)))


def _aside(whole: pa.Table, ships: list[tuple[npt.NDArray[np.int32], list[str]]], rows: npt.NDArray[np.bool_]) -> Aside:
    """What is known of the sightings that need not be read."""
    if not rows.any():
        return Aside()
    days = np.unique(whole["last_day"].to_numpy()[rows])
    names: set[str] = set()
    left = rows
    for name in ("imo", "vessel", "mmsi"):
        codes, texts = ships[SHIP_FIELDS.index(name)]
        given = np.array([bool(text) for text in texts])[codes]
        borne = np.bincount(codes[left & given], minlength=len(texts))
        names.update(texts[code] for code in np.flatnonzero(borne).tolist())
        left = left & ~given
    return Aside(
        number=int(rows.sum()),
        at_sea=int(((whole["mark"].to_numpy() & Mark.AT_SEA)[rows] > 0).sum()),
        ships=frozenset(names),
        last_day=_EPOCH + timedelta(days=int(days[-1])),
        years=frozenset(np.unique(days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970).tolist()),
    )


def _shared(codes: npt.NDArray[np.int32], texts: list[str], rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Rows that bear the text, if there is one, of any of ``rows``."""
    wanted = np.zeros(len(texts), np.bool_)
    wanted[codes[rows]] = True
    if "" in texts:
        wanted[texts.index("")] = False
    return wanted[codes] if len(texts) else np.zeros(len(codes), np.bool_)


def _codes(column: Any) -> tuple[npt.NDArray[np.int32], list[str]]:
    """A dictionary column as codes and texts."""
    if not column.num_chunks:
        return np.zeros(0, np.int32), []
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in column.chunks])
    return codes, column.chunk(0).dictionary.to_pylist()


def _digest(first: int, input: int, made_with: str, content: bytes) -> str:
    return sha256(f"{first} {input} {made_with}\n".encode() + content).hexdigest()
