"""Errors that end a command, and the one table of exit codes.

A row that cannot be read is a value (`RejectedRow`), not an exception. An exception means "cannot go on".
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode(IntEnum):
    """Every way a command ends; printed in ``--help``. Treat an unknown code as failure."""

    CLEAN = 0
    FAILURE = 1
    USAGE = 2
    INCOMPLETE = 3
    LOCKED = 4
    DAMAGED = 5
    FINDINGS = 10
    CAP = 11
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANING: dict[ExitCode, str] = {
    ExitCode.CLEAN: "everything was read and checked; nothing (new) to report",
    ExitCode.FAILURE: "unexpected failure; never a verdict",
    ExitCode.USAGE: "wrong usage or configuration, or an input that cannot be read at all",
    ExitCode.INCOMPLETE: "checked, but incomplete: rejects, unresolved or unplaced sightings, an input without rows, "
    "a list older than --max-list-age",
    ExitCode.LOCKED: "ledger locked by another run after the wait",
    ExitCode.DAMAGED: "ledger damaged",
    ExitCode.FINDINGS: "check: findings at or above --fail-on; screen: a match; run: findings told in this run",
    ExitCode.CAP: "report: the central estimate at or above --fail-at of the cap; run: that threshold told in this run",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.PIPE_CLOSED: "the reader closed the pipe",
}


class VesseltrackError(Exception):
    """What went wrong, where, and how to mend it, in one line; carries the exit code."""

    exit_code = ExitCode.USAGE


class ConfigurationError(VesseltrackError):
    """A setting, option or reference file that cannot be used."""


class RowsError(ConfigurationError):
    """A small file that a user gave, of which rows cannot be used; half of it would look like the whole."""

    MOST = 20
    """Rows that are told one by one."""

    def __init__(self, path: str, faults: Sequence[str]) -> None:
        rows = "1 row" if len(faults) == 1 else f"{len(faults):,} rows"
        super().__init__(f"{path}: {rows} cannot be used, so none was; mend the rows, or leave them out.")
        self.faults = tuple(faults)
        """A line for each row: file, line, what is wrong, how to mend it."""


class InputError(VesseltrackError):
    """An input that cannot be read at all: missing, a directory, binary, HTML, without a vessel column."""


class LockedError(VesseltrackError):
    """A ledger that another run holds."""

    exit_code = ExitCode.LOCKED


class DamagedError(VesseltrackError):
    """A ledger that is not as it was written; nothing writes to it."""

    exit_code = ExitCode.DAMAGED

    def __init__(self, path: object, faults: Sequence[str]) -> None:
        more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
        super().__init__(
            f"{path}: the ledger is damaged: {faults[0]}{more}. Nothing was written. Look with `vesseltrack ledger "
            "verify`, and go on with a backup."
        )
        self.faults = tuple(faults)
        """What is wrong, an entry or a part of the file each."""


class OutputError(VesseltrackError):
    """A result that cannot be written."""


class PipeClosedError(VesseltrackError):
    """The reader of our output went away; no message, because nobody asked for more."""

    exit_code = ExitCode.PIPE_CLOSED
