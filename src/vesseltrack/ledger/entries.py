"""Entries: what one holds, how it is named, and how entries are chained and added."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

COLUMNS = (
    "seq", "id", "kind", "body", "seen_from", "seen_to", "recorded_at", "input", "line", "row", "replaces", "hash",
)  # fmt: skip
WITH_THE_HASH_BEFORE = f"b.hash, {', '.join(f'e.{name}' for name in COLUMNS)}"
"""What `as_written` asks of an entry ``e`` after an entry ``b``."""

_GUARD = "SELECT sql FROM sqlite_schema WHERE name = 'entries_are_never_replaced'"
START = "0" * 64
"""Stands for the hash before the first entry."""

_INSERT = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_KNOWN = "SELECT e.id, e.seq FROM json_each(?) AS asked CROSS JOIN entries AS e ON e.id = asked.value"
"""The cross join keeps the order: each id is looked up, where SQLite might else read every entry."""

_TOTALS = """INSERT INTO cache_totals VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET
entries = entries + excluded.entries,
newest_seen = max(coalesce(newest_seen, excluded.newest_seen), coalesce(excluded.newest_seen, newest_seen)),
newest_recorded = max(newest_recorded, excluded.newest_recorded)"""


@dataclass(frozen=True)
class Recorded:
    """What became of one entry that was to be recorded."""

    id: str
    seq: int
    new: bool
    """False: an entry of the same content was there."""


@dataclass(frozen=True)
class Rows:
    """Sightings to be recorded, column by column, because there may be a million of them."""

    bodies: list[str]
    """Canonical JSON of each."""

    seen_from: list[str]
    seen_to: list[str]
    lines: list[int]
    rows: list[str]
    """Cells as they were in the file, a JSON array each."""


def canonical(content: Mapping[str, Any]) -> str:
    """The JSON text of a content: keys sorted, nothing between the tokens, every letter as itself."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def entry_id(kind: str, body: str) -> str:
    """The id of an entry: the same for the same content, whatever file it came from and whenever."""
    return sha256(f"{kind}\n{body}".encode("utf-8", "surrogateescape")).hexdigest()


def chained(
    before: str,
    seq: int,
    name: str,
    kind: str,
    body: str,
    seen_from: str | None,
    seen_to: str | None,
    recorded_at: str,
    input: int | None,
    line: int | None,
    row: str | None,
    replaces: str | None,
) -> str:
    """The hash of an entry: of the hash before it and of every other column, a record separator between them.

    JSON escapes the separator and no other value can hold it, so no two rows are hashed alike.
    """
    text = (
        f"{before}\x1e{seq}\x1e{name}\x1e{kind}\x1e{body}\x1e{seen_from or ''}\x1e{seen_to or ''}\x1e{recorded_at}"
        f"\x1e{input or ''}\x1e{line or ''}\x1e{row or ''}\x1e{replaces or ''}"
    )
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def as_written(before: str | None, *row: Any) -> bool:
    """Whether an entry fits its id, the hash before it and its own.

    Args:
        before: the hash of the entry before it; None for the first.
        row: its `COLUMNS`.
    """
    _, name, kind, body, *_, stored = row
    return bool(entry_id(kind, body) == name and chained(before or START, *row[:-1]) == stored)


def timestamp(moment: datetime) -> str:
    """A moment (UTC) as the ledger writes it: text that sorts, and that SQLite's date functions read."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def damage(what: str) -> sqlite3.DatabaseError:
    """The error of a ledger that is not as it was written, as SQLite's own would be."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@contextmanager
def unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """For very many entries: without the trigger that looks each up, which whoever adds them does in greater steps.

    It is there again before the transaction ends; nobody else ever sees the ledger without it.
    """
    (text,) = connection.execute(_GUARD).fetchone()
    connection.execute("DROP TRIGGER entries_are_never_replaced")
    yield
    connection.execute(text)


class Recorder:
    """Adds entries at the end of the chain, within the transaction that is open."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self._connection = connection
        self._now = timestamp(now)
        last = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        self._seq: int
        self._hash: str
        self._seq, self._hash = last or (0, START)

    def add(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        seen_from: str | None = None,
        seen_to: str | None = None,
        replaces: str | None = None,
    ) -> Recorded:
        """Record one entry; where its content is there already, nothing is added."""
        body = canonical(content)
        name = entry_id(kind, body)
        known = self.known([name])
        if known:
            return Recorded(name, known[name], new=False)
        self._append(kind, [name], Rows([body], [], [], [], []), (seen_from, seen_to, None, None, None), replaces)
        return Recorded(name, self._seq, new=True)

    def add_sightings(self, rows: Rows, ids: list[str], input: int) -> None:
        """Record sightings that are not known, read from a file whose entry is there.

        Args:
            rows: the sightings.
            ids: their ids, none twice.
            input: ``seq`` of the file's entry.
        """
        self._append("sighting", ids, rows, (None, None, input, None, None), None)

    def known(self, ids: Sequence[str]) -> dict[str, int]:
        """Those of the ids that are in the ledger, with their place."""
        return dict(self._connection.execute(_KNOWN, (json.dumps(ids),)).fetchall()) if self._seq else {}

    def _append(self, kind: str, ids: Sequence[str], rows: Rows, same: tuple[Any, ...], replaces: str | None) -> None:
        """Chain and write entries; what is not given row by row is the same for all."""
        count = len(ids)
        seen_from, seen_to, file, line, row = same
        columns = zip(
            ids,
            rows.bodies,
            rows.seen_from or [seen_from] * count,
            rows.seen_to or [seen_to] * count,
            rows.lines or [line] * count,
            rows.rows or [row] * count,
            strict=True,
        )
        last, seq, now = self._hash, self._seq, self._now
        made = []
        for name, body, first, until, at, cells in columns:
            seq += 1
            last = chained(last, seq, name, kind, body, first, until, now, file, at, cells, replaces)
            made.append((seq, name, kind, body, first, until, now, file, at, cells, replaces, last))
        self._connection.executemany(_INSERT, made)
        newest = max(rows.seen_to) if rows.seen_to else seen_to
        self._connection.execute(_TOTALS, (kind, count, newest, now))
        self._seq, self._hash = seq, last
