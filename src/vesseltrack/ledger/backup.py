"""A copy of a ledger, taken while others may write to it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from vesseltrack.errors import DamagedError, OutputError
from vesseltrack.ledger.store import inspecting, reading
from vesseltrack.ledger.verify import verified

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.ledger.verify import Verified


def backup(source: Path, target: Path, wait_seconds: float) -> Verified:
    """Copy the ledger as it stands at one moment, and check the copy.

    Raises:
        OutputError: the copy cannot be written; what was begun is taken away.
        DamagedError: the ledger, or the copy, is not as it was written; a copy that is not whole is taken away.
    """
    with reading(source, wait_seconds) as connection:
        try:
            copy = sqlite3.connect(target)
            try:
                connection.backup(copy)
            finally:
                copy.close()
        except sqlite3.OperationalError as why:
            target.unlink(missing_ok=True)
            raise OutputError(f"{target}: the copy cannot be written: {why}.") from None
    with inspecting(target, wait_seconds) as made:
        found = verified(made)
    if found.faults:
        target.unlink()
        raise DamagedError(source, found.faults)
    return found
