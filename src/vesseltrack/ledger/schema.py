"""What a ledger's file holds: tables, triggers, views, and the way from every earlier version to this one."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

APPLICATION_ID = 0x56545231
"""``PRAGMA application_id``: the letters VTR1; `file` and SQLite's own tools show it."""

KINDS = (
    "sighting", "input", "list", "finding", "decision", "notice", "run", "correction", "retraction",
)  # fmt: skip
"""What an entry can be."""

_ENTRIES = f"""CREATE TABLE entries (
  seq INTEGER PRIMARY KEY, -- 1, 2, 3 ... without a gap
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 64), -- sha256 of kind, line feed and body
  kind TEXT NOT NULL CHECK (kind IN ({", ".join(f"'{kind}'" for kind in KINDS)})),
  body TEXT NOT NULL CHECK (json_valid(body)), -- canonical JSON: keys sorted, nothing between the tokens
  seen_from TEXT, -- UTC; null where nothing was seen
  seen_to TEXT,
  recorded_at TEXT NOT NULL, -- UTC
  input INTEGER REFERENCES entries (seq), -- the file that it was read from
  line INTEGER, -- first line of the row in that file, 1-based
  row TEXT CHECK (row IS NULL OR json_valid(row)), -- cells of that row as they were, in the order of the file's headers
  replaces TEXT REFERENCES entries (id), -- what a correction or retraction takes out of force
  hash TEXT NOT NULL CHECK (length(hash) = 64) -- sha256 of the hash before it and of everything else in the row
) STRICT"""

_LIVE = """NOT EXISTS (
    SELECT 1 FROM entries AS r WHERE r.replaces = e.id AND NOT EXISTS (
      SELECT 1 FROM entries AS u WHERE u.replaces = r.id))"""
"""In force: nothing takes it out that is not itself taken back."""

_SEEN = (
    "vessel", "imo", "mmsi", "call_sign", "flag", "type", "length_m", "count", "date", "port", "facility", "lat", "lon",
    "ais_status", "activity", "laden", "product", "barrels", "cargo_m3", "tonnes", "draught", "counterpart",
    "confidence", "source", "note",
)  # fmt: skip

_VERSION_1 = (
    _ENTRIES,
    "CREATE INDEX entries_by_kind ON entries (kind) WHERE kind <> 'sighting'",
    "CREATE INDEX entries_by_replaced ON entries (replaces) WHERE replaces IS NOT NULL",
    """CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN
  SELECT RAISE(ABORT, 'an entry is never changed: correct or retract it with a new one');
END""",
    """CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN
  SELECT RAISE(ABORT, 'an entry is never deleted: retract it with a new one');
END""",
    # INSERT OR REPLACE fires no delete trigger unless the connection asks for recursive triggers
    """CREATE TRIGGER entries_are_never_replaced BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries) OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'entries are only added at the end, and each once');
END""",
    """CREATE TABLE cache_totals (
  kind TEXT PRIMARY KEY,
  entries INTEGER NOT NULL,
  newest_seen TEXT, -- the latest instant of any of them
  newest_recorded TEXT NOT NULL
) STRICT""",
    """CREATE VIEW inputs AS
SELECT seq, id, body ->> 'path' AS path, body ->> 'sha256' AS sha256, body ->> 'rows' AS rows,
  body ->> 'rejected' AS rejected, body -> 'headers' AS headers, recorded_at
FROM entries WHERE kind <> 'sighting' AND kind = 'input'""",
    f"""CREATE VIEW sightings_in_force AS
SELECT e.seq, {", ".join(f"e.body ->> '$.{name}' AS {name}" for name in _SEEN)},
  e.seen_from, e.seen_to, i.body ->> 'path' AS file, e.line, e.recorded_at, e.id, e.body
FROM entries AS e LEFT JOIN entries AS i ON i.seq = e.input
WHERE e.kind = 'sighting' AND {_LIVE}""",
    f"""CREATE VIEW findings AS
SELECT e.seq, e.body ->> 'finding' AS finding, e.body ->> 'rule' AS rule, e.body ->> 'severity' AS severity,
  e.body ->> 'title' AS title, e.seen_from, e.seen_to, e.recorded_at, e.id, e.body
FROM entries AS e WHERE e.kind <> 'sighting' AND e.kind = 'finding' AND {_LIVE}""",
    f"""CREATE VIEW decisions AS
SELECT e.seq, e.body ->> 'about' AS about, e.body ->> 'as' AS decision, e.body ->> 'because' AS because,
  e.body ->> 'reference' AS reference, e.body ->> 'until' AS until, e.body ->> 'title' AS title, e.recorded_at, e.id
FROM entries AS e WHERE e.kind <> 'sighting' AND e.kind = 'decision' AND {_LIVE}""",
    """CREATE VIEW lists AS
SELECT seq, body ->> 'name' AS name, body ->> 'authority' AS authority, body ->> 'version' AS version,
  body ->> 'retrieved' AS retrieved, body ->> 'sha256' AS sha256, body ->> 'vessels' AS vessels, recorded_at, id
FROM entries WHERE kind <> 'sighting' AND kind = 'list'""",
    """CREATE VIEW runs AS
SELECT seq, recorded_at, body, id FROM entries WHERE kind <> 'sighting' AND kind = 'run'""",
    """CREATE VIEW replaced AS
SELECT r.seq, r.kind, r.replaces, r.body ->> 'because' AS because, r.recorded_at, r.id
FROM entries AS r WHERE r.replaces IS NOT NULL""",
)

# SQLite builds a table anew for an IN of constants whenever a row is written: comparisons take a quarter less time.
_ANY_KIND = " OR ".join(f"kind = '{kind}'" for kind in KINDS)
_OVER_ENTRIES = tuple(text for text in _VERSION_1 if text.startswith(("CREATE INDEX", "CREATE TRIGGER", "CREATE VIEW")))

_VERSION_2 = (
    *(f"DROP {text.split()[1]} {text.split()[2]}" for text in _OVER_ENTRIES),
    "ALTER TABLE entries RENAME TO entries_1",
    re.sub(r"CHECK \(kind IN \([^)]*\)\)", f"CHECK ({_ANY_KIND})", _ENTRIES),
    "INSERT INTO entries SELECT * FROM entries_1 ORDER BY seq",
    "DROP TABLE entries_1",
    *_OVER_ENTRIES,
    """CREATE TABLE cache_marks (
  first INTEGER PRIMARY KEY, -- place of the first of some sightings that follow each other, all of one file
  number INTEGER NOT NULL,
  input INTEGER NOT NULL, -- the entry of that file
  made_with TEXT NOT NULL, -- fingerprint of the lists, the ports and the program; others make other marks
  marks BLOB NOT NULL, -- an Arrow stream: ship as given, first and last day, mark
  digest TEXT NOT NULL -- sha256 of all of this
) STRICT""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2)
"""Statements that lead from each version to the next; the first from an empty file. Never changed once released."""

VERSION = len(MIGRATIONS)
"""``PRAGMA user_version`` of the ledgers that this program writes."""

MARKED_SINCE = 2
"""First version that keeps marks."""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a file's schema; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring a ledger to the newest version, within the transaction that is open; never back."""
    for version in range(version_of(connection), len(migrations)):
        for statement in migrations[version]:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(migrations)}")


def schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str | None]]:
    """Type, name and text of everything that a file declares."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    texts = [
        tuple(part.decode("utf-8", "replace") if isinstance(part, bytes) else part for part in row) for row in rows
    ]
    return frozenset((f"{kind} of {table}", name, sql) for kind, name, table, sql in texts if name != "sqlite_stat1")


@cache
def schema_of_version(version: int = VERSION) -> frozenset[tuple[str, str, str | None]]:
    """What a ledger of a version declares."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(memory, MIGRATIONS[:version])
        return schema_of(memory)
    finally:
        memory.close()
