"""Where streamed answers go: standard output as they come, or a file that is whole in the end or as it was."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from vesseltrack.cli import output as out
from vesseltrack.errors import OutputError, PipeClosedError

Write = Callable[[str], None]


@contextlib.contextmanager
def opened(output: str | None) -> Iterator[Write]:
    """A function that writes portions of a result, each of them at once.

    A regular file is written beside its place and renamed when everything is written; a device or FIFO is written
    straight.

    Raises:
        OutputError: it cannot be written.
        PipeClosedError: the reader went away.
    """
    if output is None or output in out.STANDARD_OUTPUT:
        yield lambda text: out.write(text, None)
        return
    target = Path(os.path.realpath(output))
    try:
        found = target.stat() if target.exists() else None
        if found is not None and (_is_device(found.st_mode) or output.startswith(("/dev/", "/proc/"))):
            with Path(output).open("ab", buffering=0) as straight:
                yield _writer(straight.fileno(), output)
            return
        if target.is_dir():
            raise OutputError(f"{output}: cannot be written: is a directory.")
        if found is not None and not os.access(target, os.W_OK):
            raise OutputError(f"{output}: cannot be written: permission denied.")
        with _beside(target, None if found is None else stat.S_IMODE(found.st_mode)) as handle:
            yield _writer(handle, output)
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as why:
        raise OutputError(f"{output}: cannot be written: {out.reason(why)}.") from None


def _is_device(mode: int) -> bool:
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


@contextlib.contextmanager
def _beside(target: Path, mode: int | None) -> Iterator[int]:
    """A file in the same folder, synced and renamed at the end; taken away where anything fails."""
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(4).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
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
    with contextlib.suppress(OSError):  # not every file system syncs folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_all(handle: int, data: bytes) -> None:
    """Writes to the end, in one call where the system takes it."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _writer(handle: int, name: str) -> Write:
    def write(text: str) -> None:
        try:
            write_all(handle, text.encode("utf-8", "backslashreplace"))
        except BrokenPipeError:
            raise PipeClosedError from None
        except OSError as why:
            raise OutputError(f"{name}: cannot be written: {out.reason(why)}.") from None

    return write
