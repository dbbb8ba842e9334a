"""A copy of a ledger, taken while others may write to it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from vesseltrack.errors import DamagedError, OutputError
from vesseltrack.files import sync_folder
from vesseltrack.ledger.store import inspecting, reading
from vesseltrack.ledger.verify import verified

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.ledger.verify import Verified


def backup(source: Path, target: Path, wait_seconds: float) -> Verified:
    """Copy the ledger as it stands at one moment, check the copy, and only then give it its name.

    Raises:
        OutputError: the copy cannot be written; what was begun is taken away.
        DamagedError: the ledger, or the copy, is not as it was written; a copy that is not whole is taken away.
    """
    begun = target.with_name(f".{target.name[:80]}.{os.urandom(4).hex()}.tmp")
    try:
        with reading(source, wait_seconds) as connection:
            _copy(connection, begun, target)
        with inspecting(begun, wait_seconds) as made:
            found = verified(made)
        if found.faults:
            raise DamagedError(source, found.faults)
        begun.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):  # a read-only disk: nothing was begun
            begun.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return found


def _copy(connection: sqlite3.Connection, begun: Path, target: Path) -> None:
    """All pages into a new file that, like the ledger, only its owner may read."""
    try:
        os.close(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy = sqlite3.connect(begun)
        try:
            connection.backup(copy)
        finally:
            copy.close()
    except sqlite3.OperationalError as why:
        raise OutputError(f"{target}: the copy cannot be written: {why}.") from None
    except OSError as why:
        raise OutputError(f"{target}: the copy cannot be written: {(why.strerror or str(why)).lower()}.") from None
