"""Whether a ledger is as it was written: every hash recomputed, every index and cache compared."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from vesseltrack.ledger.entries import COLUMNS, START, WITH_THE_HASH_BEFORE, as_written, chained, entry_id
from vesseltrack.ledger.schema import APPLICATION_ID, MARKED_SINCE, VERSION, schema_of, schema_of_version, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.ledger.marks import Marking

MOST = 100
"""Faults that are told; a file full of them is not told byte by byte."""

CHECKED_BEFORE_USE = 20_000
"""Newest entries that are recomputed before a ledger is read or written; `verify` recomputes all.

Of those before them, what is no sighting is recomputed too, and each sighting when it is read for an answer.
"""

_TOTALS = """SELECT kind, count(*), max(seen_to), max(recorded_at) FROM entries GROUP BY kind ORDER BY kind"""
_OTHERS = f"""SELECT {WITH_THE_HASH_BEFORE}
FROM entries AS e INDEXED BY entries_by_kind LEFT JOIN entries AS b ON b.seq = e.seq - 1 WHERE e.kind <> 'sighting'"""
_READ = f"SELECT {', '.join(COLUMNS)} FROM entries WHERE seq >= ? ORDER BY seq"


@dataclass(frozen=True)
class Verified:
    """What was found."""

    entries: int
    head: str
    """Hash of the last entry; a copy kept elsewhere proves that nothing before it was changed."""

    faults: tuple[str, ...]
    """Empty: everything is as it was written."""


def verified(connection: sqlite3.Connection, marking: Marking | None = None) -> Verified:
    """Check everything: pages and indexes, declarations, foreign keys, ids, the chain, counts and caches.

    Args:
        connection: the ledger, damaged or not.
        marking: how sightings are marked, to make the marks anew; None: they are checked by their digests alone.
    """
    faults: list[str] = []
    for check in (_structure, _declarations, _chain, _foreign_keys, _totals, partial(_marks, marking=marking)):
        try:
            for fault in check(connection):
                faults.append(fault)
                if len(faults) >= MOST:
                    break
        except (sqlite3.DatabaseError, TypeError, ValueError) as why:
            faults.append(f"cannot be read: {why}")
    try:
        last = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        last = None
    seq, head = last or (0, START)
    return Verified(seq, head, tuple(dict.fromkeys(faults))[:MOST])


def faults_at_the_end(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the declarations and the newest entries; for a ledger that is about to be used."""
    last = connection.execute("SELECT max(seq) FROM entries").fetchone()[0] or 0
    faults = [*_declarations(connection), *_chain(connection, last - CHECKED_BEFORE_USE)]
    if last <= CHECKED_BEFORE_USE:
        faults += [*_structure(connection), *_totals(connection)]
        return faults
    faults += _decisive(connection)
    if connection.execute("SELECT sum(entries) FROM cache_totals").fetchone()[0] != last:
        faults.append("cache_totals: does not add up to the number of entries")
    return faults


def _structure(connection: sqlite3.Connection) -> Iterator[str]:
    """SQLite's own check: pages, indexes against their table, types and constraints."""
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if said != "ok":
            yield f"the file's structure: {said}"


def _declarations(connection: sqlite3.Connection) -> Iterator[str]:
    version = version_of(connection)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "application_id: not that of a ledger"
    if not 1 <= version <= VERSION:
        yield f"user_version: {version}, where the declarations are those of version {VERSION}"
    found, right = schema_of(connection), schema_of_version(min(max(version, 1), VERSION))
    for kind, name, _ in sorted(found ^ right, key=str):
        yield f"the declaration of {name} ({kind}): not as this program writes it"


def _chain(connection: sqlite3.Connection, after: int = 0) -> Iterator[str]:
    """Ids and hashes recomputed; after a damaged entry the chain is taken up where it holds again."""
    start, before = max(after, 0), {START}
    factory = connection.text_factory
    connection.text_factory = lambda octets: octets.decode("utf-8", "surrogateescape")
    seq = start
    try:
        if start:
            rows = connection.execute("SELECT hash FROM entries WHERE seq = ?", (start,)).fetchall()
            before = {row[0] for row in rows}
        for seq, name, kind, body, *others, stored in connection.execute(_READ, (start + 1,)):
            start += 1
            if seq != start:
                yield f"entry {start}: is missing"
                start, before = seq, {stored}
                continue
            if entry_id(kind, body) != name:
                yield f"entry {seq} ({kind} {name[:12]}): its content is not what its id says"
            made = {chained(last, seq, name, kind, body, *others) for last in before}
            if stored not in made:
                yield f"entry {seq} ({kind} {name[:12]}): does not fit the chain of hashes"
            before = {stored, *made}
    except (sqlite3.DatabaseError, TypeError, AttributeError) as why:
        yield f"entry {seq + 1}: cannot be read: {why}"
    finally:
        connection.text_factory = factory


def _decisive(connection: sqlite3.Connection) -> Iterator[str]:
    """Findings, decisions, notices and whatever else is no sighting: what is told, and what is not, rests on each."""
    for row in connection.execute(_OTHERS):
        if not as_written(*row):
            yield f"entry {row[1]} ({row[3]} {row[2][:12]}): is not as it was written"


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, seq, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"entry {seq}: names an entry of {parent} that {table} does not hold"


def _totals(connection: sqlite3.Connection) -> Iterator[str]:
    """The cache, computed anew."""
    right = connection.execute(_TOTALS).fetchall()
    found = connection.execute("SELECT * FROM cache_totals ORDER BY kind").fetchall()
    for row in sorted(set(right) ^ set(found), key=str):
        yield f"cache_totals: {row[0]}: {row[1]:,} entries is not what the entries say"
    last = connection.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0]
    if last != sum(row[1] for row in right):
        yield f"{sum(row[1] for row in right):,} entries, where the last is number {last:,}"


def _marks(connection: sqlite3.Connection, marking: Marking | None) -> Iterator[str]:
    from vesseltrack.ledger.remarking import faulty_marks  # noqa: PLC0415 - frames, where other commands need none

    if version_of(connection) >= MARKED_SINCE:
        yield from faulty_marks(connection, marking)
