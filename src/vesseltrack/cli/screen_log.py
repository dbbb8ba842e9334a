"""The log of screenings: a file that is only ever added to."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Self

from vesseltrack import clock
from vesseltrack.cli import output as out
from vesseltrack.cli.session import TODAY_VARIABLE, today
from vesseltrack.errors import OutputError
from vesseltrack.files import write_all


def screened_at() -> datetime:
    """The moment it is; noon, UTC, of the day that stands in for the clock's in tests."""
    if os.environ.get(TODAY_VARIABLE, "").strip():
        return datetime.combine(today(), time(12), UTC)
    return clock.now()


class ScreeningLog:
    """An open log.

    Lines are appended whole, many in one write, so that several runs can share a log; what stands in it is never
    changed. A new log is readable for its owner only.

    Args:
        path: the file.
        not_these: files that must not be the log: the result, and what is read.

    Raises:
        OutputError: it cannot be written, is no regular file, or is one of those.
    """

    def __init__(self, path: str, not_these: Sequence[str]) -> None:
        self._path = path
        for name in not_these:
            if os.path.realpath(name) == os.path.realpath(path):
                raise OutputError(f"{path}: is also {name}; a log is a file of its own. Name another.")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
        except OSError as why:
            raise OutputError(f"{path}: the log cannot be written: {out.reason(why)}.") from None
        try:
            self._refuse(not_these)
            if not _ends_a_line(self._handle):  # a run was cut off: the lines before and after stay readable
                self.append("\n")
        except OSError as why:
            os.close(self._handle)
            raise OutputError(f"{path}: the log cannot be read: {out.reason(why)}.") from None
        except BaseException:
            os.close(self._handle)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.fsync(self._handle)
        except OSError as why:
            if kind is None:
                raise OutputError(f"{self._path}: the log cannot be written: {out.reason(why)}.") from None
        finally:
            os.close(self._handle)

    def append(self, lines: str) -> None:
        """Adds lines, each with its line break.

        Raises:
            OutputError: they could not be written.
        """
        try:
            write_all(self._handle, lines.encode("utf-8", "backslashreplace"))
        except OSError as why:
            raise OutputError(f"{self._path}: the log cannot be written: {out.reason(why)}.") from None

    def _refuse(self, not_these: Iterable[str]) -> None:
        ours = os.fstat(self._handle)
        if not stat.S_ISREG(ours.st_mode):
            raise OutputError(f"{self._path}: a log is a regular file; name another.")
        for name, theirs in _files(not_these):
            if os.path.samestat(ours, theirs):
                raise OutputError(f"{self._path}: is also {name}; a log is a file of its own. Name another.")


def _files(names: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    for name in names:
        with contextlib.suppress(OSError):
            yield name, Path(name).stat()
    for name, stream in (("standard input", sys.stdin), ("standard output", sys.stdout)):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            yield name, os.fstat(stream.fileno())


def _ends_a_line(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"
