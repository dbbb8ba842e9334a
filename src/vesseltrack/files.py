"""Writing a file so that it is either whole or as it was."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def replace(data: bytes, target: Path, mode: int | None = None) -> None:
    """Write a temporary file in the same folder, sync it and rename it into place.

    Args:
        data: the whole content.
        target: the file; whatever stands there is replaced in one step.
        mode: its permissions; None for those that a plain `open` would give.

    Raises:
        OSError: it could not be written; what stood there before is as it was.
    """
    import tempfile  # noqa: PLC0415 - most runs write no file

    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode() if mode is None else mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # not every file system syncs folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _usual_mode() -> int:
    """What a plain `open` would give a new file: 0666 less the umask."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
