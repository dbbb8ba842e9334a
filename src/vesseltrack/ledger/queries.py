"""What a ledger is asked: its entries in order, those in force, what it holds and how fresh it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import ConfigurationError
from vesseltrack.ledger.entries import COLUMNS, START

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_END = "9999-12-32"
"""Sorts after every time."""

_SHORTEST = 6
"""Letters of an id that may stand for the whole."""


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in the ledger."""

    seq: int
    id: str
    kind: str
    body: str
    seen_from: str | None
    seen_to: str | None
    recorded_at: str
    input: int | None
    line: int | None
    row: str | None
    replaces: str | None
    hash: str

    @property
    def content(self) -> dict[str, Any]:
        """The body, read."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Standing:
    """What a ledger holds and how fresh it is."""

    version: int
    entries: dict[str, int]
    """Number by kind."""

    in_force: int
    """Sightings that nothing takes out of force."""

    newest_sighting: str | None
    last_ingest: str | None
    """When sightings were last recorded."""

    last_entry: str | None
    head: str
    """Hash of the last entry."""


def end_of(day: date | None) -> str:
    """Sorts after every time up to the end of the day; None: after every time."""
    return _END if day is None or day == date.max else (day + timedelta(days=1)).isoformat()


def in_force_between(
    connection: sqlite3.Connection, known_at: date | None, latest: date | None, size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Every sighting that was recorded until then and starts until then, in order, in batches.

    The columns are seq, input, line, seen_from, seen_to and body. What corrections and retractions took out is among
    them, see `replaced_before`.
    """
    rows = connection.execute(
        "SELECT seq, input, line, seen_from, seen_to, body FROM entries "
        "WHERE kind = 'sighting' AND recorded_at < ? AND seen_from < ? ORDER BY seq",
        (end_of(known_at), end_of(latest)),
    )
    while batch := rows.fetchmany(size):
        yield batch


def later_than(connection: sqlite3.Connection, latest: date) -> int:
    """How many sightings start after a day."""
    totals = connection.execute("SELECT max(newest_seen) FROM cache_totals WHERE kind = 'sighting'").fetchone()
    if not totals[0] or totals[0] < end_of(latest):
        return 0
    return int(
        connection.execute(
            "SELECT count(*) FROM entries WHERE kind = 'sighting' AND seen_from >= ?", (end_of(latest),)
        ).fetchone()[0]
    )


def replaced_before(connection: sqlite3.Connection, known_at: date | None = None) -> set[int]:
    """Places of the entries that a correction or retraction recorded until then takes out of force."""
    return taken_out(row[:3] for row in replacements(connection) if row[3] < end_of(known_at))


def replacements(connection: sqlite3.Connection) -> list[tuple[str, str, int, str, int]]:
    """Corrections and retractions in order: id, what each takes out (id and place), when it was recorded, its place."""
    return connection.execute(
        "SELECT r.id, r.replaces, e.seq, r.recorded_at, r.seq FROM entries AS r INDEXED BY entries_by_replaced "
        "CROSS JOIN entries AS e ON e.id = r.replaces WHERE r.replaces IS NOT NULL ORDER BY r.seq"
    ).fetchall()


def taken_out(found: Iterable[tuple[str, str, int]]) -> set[int]:
    """Places of what is out of force after some corrections and retractions: id, and what each takes out."""
    out: dict[str, int] = {}
    for name, old, seq in reversed(list(found)):  # the newest first: what it takes out takes nothing out any more
        if name not in out:
            out[old] = seq
    return set(out.values())


def entries(connection: sqlite3.Connection, kind: str | None = None, limit: int | None = None) -> Iterator[Entry]:
    """Entries in order.

    Args:
        connection: the ledger.
        kind: only these.
        limit: only the newest so many.
    """
    where = {None: "", "sighting": "WHERE kind = ?"}.get(kind, "WHERE kind <> 'sighting' AND kind = ?")
    text = f"SELECT {', '.join(COLUMNS)} FROM entries {where} ORDER BY seq DESC LIMIT ?"
    newest = connection.execute(text, (*([kind] if kind else []), -1 if limit is None else limit))
    if limit is None:
        newest = connection.execute(text.replace(" DESC", ""), (*([kind] if kind else []), -1))
        return (Entry(*row) for row in newest)
    return (Entry(*row) for row in reversed(newest.fetchall()))


def entry_named(connection: sqlite3.Connection, given: str) -> Entry:
    """The entry of an id, or of the beginning of one.

    Raises:
        ConfigurationError: there is none, or there are several.
    """
    name = given.strip().lower()
    if len(name) < _SHORTEST or not set(name) <= set("0123456789abcdef"):
        raise ConfigurationError(f"{given}: an entry is named by its id, or by the first {_SHORTEST} letters or more.")
    found = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM entries WHERE id >= ? AND id < ? LIMIT 2",
        (name, name + "g"),
    ).fetchall()
    if len(found) != 1:
        why = "no such entry" if not found else "several entries begin so; give more of it"
        raise ConfigurationError(f"{given}: {why}; `vesseltrack ledger log` lists them.")
    return Entry(*found[0])


def standing(connection: sqlite3.Connection, version: int) -> Standing:
    """Counts and freshness, from the cache: quick whatever the size."""
    totals = {row[0]: row[1:] for row in connection.execute("SELECT * FROM cache_totals ORDER BY kind")}
    sightings = totals.get("sighting", (0, None, None))
    out = replaced_before(connection)
    gone = sum(
        connection.execute("SELECT kind = 'sighting' FROM entries WHERE seq = ?", (seq,)).fetchone()[0] for seq in out
    )
    last = connection.execute("SELECT recorded_at, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return Standing(
        version=version,
        entries={kind: row[0] for kind, row in totals.items()},
        in_force=sightings[0] - gone,
        newest_sighting=sightings[1],
        last_ingest=sightings[2],
        last_entry=last[0] if last else None,
        head=last[1] if last else START,
    )


def head_at(connection: sqlite3.Connection, known_at: date | None) -> str:
    """Hash of the last entry that was recorded until the end of a day."""
    row = connection.execute(
        "SELECT hash FROM entries WHERE recorded_at < ? ORDER BY seq DESC LIMIT 1", (end_of(known_at),)
    ).fetchone()
    return row[0] if row else START
