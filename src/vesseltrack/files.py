"""Writing a file so that it is either whole or as it was."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replace(data: bytes, target: Path, mode: int | None = None) -> None:
    """Put a whole file in the place of another.

    Args:
        data: the whole content.
        target: the file; whatever stands there is replaced in one step.
        mode: its permissions; None for those that a plain `open` would give.

    Raises:
        OSError: it could not be written; what stood there before is as it was.
    """
    with replacing(target, mode) as handle:
        write_all(handle, data)


@contextlib.contextmanager
def replacing(target: Path, mode: int | None = None) -> Iterator[int]:
    """Give a handle to write to: a new file in the same folder, synced and renamed into place at the end.

    Args:
        target: the file; whatever stands there is replaced in one step.
        mode: its permissions; None for those that a plain `open` would give.

    Raises:
        OSError: it could not be written. Where anything fails, what stood there before is as it was.
    """
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(4).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode)
    try:
        try:
            yield handle
            if mode is not None:
                os.fchmod(handle, mode)
            os.fsync(handle)
        finally:
            os.close(handle)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a power cut, where its file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write to the end, in one call where the system takes it."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
