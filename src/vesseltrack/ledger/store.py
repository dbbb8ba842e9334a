"""Opening a ledger: for reading, or for one transaction that adds to it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError, DamagedError, InputError, LockedError, OutputError
from vesseltrack.ledger.schema import APPLICATION_ID, VERSION, migrate, schema_of, schema_of_version, version_of
from vesseltrack.ledger.verify import faults_at_the_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEFAULT_WAIT_SECONDS = 60
CACHE_KIB = 131_072
"""Pages held in memory (128 MiB), so that the index of a million ids need not be read again and again."""

_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextlib.contextmanager
def reading(path: Path, wait_seconds: float = DEFAULT_WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """A ledger as it stands at one moment.

    Raises:
        InputError: there is none, it may not be read, or it holds nothing.
        ConfigurationError: a file that is no ledger, or one of a newer version.
        LockedError: another run writes to it for longer than the wait.
        DamagedError: it is not as it was written.
    """
    with _translated(path), _connected(path, wait_seconds) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        if version_of(connection) == 0 and not schema_of(connection):
            raise InputError(f"{path}: the ledger holds nothing yet; `vesseltrack ingest FILE` adds sightings to it.")
        check(connection, path)
        yield connection


@contextlib.contextmanager
def inspecting(path: Path, wait_seconds: float = DEFAULT_WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """A ledger as it is, damaged or not; for `verify`, which says what is wrong."""
    with _translated(path), _connected(path, wait_seconds) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


@contextlib.contextmanager
def writing(
    path: Path, wait_seconds: float = DEFAULT_WAIT_SECONDS, *, begin: bool = True
) -> Iterator[sqlite3.Connection]:
    """One transaction: either everything that is added within it is kept, or nothing.

    Where the file is missing it is made, unless ``begin`` is false: what speaks of older entries begins no ledger.

    Raises:
        OutputError: it cannot be written.
        InputError: there is none, and none is to be begun.
        ConfigurationError, LockedError, DamagedError: as for `reading`.
    """
    with _translated(path):
        if begin and not path.exists():
            _make(path)
        with _connected(path, wait_seconds) as connection:
            connection.execute("BEGIN IMMEDIATE")
            check(connection, path)
            if version_of(connection) < VERSION:
                migrate(connection)
            yield connection
            connection.execute("COMMIT")


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no ledger, a newer one, and one that is damaged where it is about to be used."""
    version, declared = version_of(connection), schema_of(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if version == 0 and not declared and application in {0, APPLICATION_ID}:
        return
    ours = any(name == "entries" for _, name, _ in declared) and any(name == "cache_totals" for _, name, _ in declared)
    if application != APPLICATION_ID and not ours:
        raise ConfigurationError(f"{path}: a database of something else, not a ledger; it is left as it is.")
    if version > VERSION and declared != schema_of_version():
        raise ConfigurationError(
            f"{path}: a ledger of version {version}; this program knows up to {VERSION}. Use a newer vesseltrack."
        )
    faults = faults_at_the_end(connection)
    if faults:
        raise DamagedError(path, faults)


def _make(path: Path) -> None:
    """An empty file that only its owner may read: what a company looks into is its own affair."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as why:
        raise OutputError(f"{path}: the ledger cannot be made: {(why.strerror or str(why)).lower()}.") from None


@contextlib.contextmanager
def _connected(path: Path, wait_seconds: float) -> Iterator[sqlite3.Connection]:
    if not path.exists():
        raise InputError(f"{path}: there is no ledger here; name a file, or begin one with `vesseltrack ingest FILE`.")
    if path.is_dir():
        raise InputError(f"{path}: a directory, not a ledger; name the file in it with --ledger.")
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait_seconds, isolation_level=None
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        yield connection
    finally:
        connection.close()  # what was not committed is rolled back


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours: which of them is a lock, which damage, and which the disk."""
    try:
        yield
    except sqlite3.DatabaseError as why:
        code = (getattr(why, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _LOCKED:
            raise LockedError(f"{path}: the ledger is in use by another run; --lock-wait waits longer.") from None
        if code in _DAMAGED or "decode" in str(why):
            raise DamagedError(path, [str(why)]) from None
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
            raise OutputError(f"{path}: the ledger cannot be written: {why}.") from None
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            raise OutputError(f"{path}: the ledger cannot be written: {why}; it is as it was before.") from None
        raise
