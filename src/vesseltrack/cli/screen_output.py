"""Where streamed answers go: standard output as they come, or a file that is whole in the end or as it was."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from vesseltrack import files
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
        with files.replacing(target, None if found is None else stat.S_IMODE(found.st_mode)) as handle:
            yield _writer(handle, output)
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as why:
        raise OutputError(f"{output}: cannot be written: {out.reason(why)}.") from None


def _is_device(mode: int) -> bool:
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _writer(handle: int, name: str) -> Write:
    def write(text: str) -> None:
        try:
            files.write_all(handle, text.encode("utf-8", "backslashreplace"))
        except BrokenPipeError:
            raise PipeClosedError from None
        except OSError as why:
            raise OutputError(f"{name}: cannot be written: {out.reason(why)}.") from None

    return write
