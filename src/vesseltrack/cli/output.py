"""Writes results: to standard output, or to a file that is either whole or as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from vesseltrack.config import Format
from vesseltrack.errors import ConfigurationError, OutputError, PipeClosedError
from vesseltrack.files import replace, replacing

SUFFIXES: dict[str, Format] = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".geojson": "geojson",
    ".kml": "kml",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    "": "table",
}
STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def format_of(output: str | None) -> Format | None:
    """The format that a file name asks for; None where the result goes to standard output or a nameless file.

    Raises:
        ConfigurationError: a suffix that no format of this version has.
    """
    if output is None or output in STANDARD_OUTPUT or output.startswith("/dev/"):
        return None
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(name for name in SUFFIXES if name)
        raise ConfigurationError(
            f"{output}: this version writes no {suffix} files; use one of {known}, or name a format with --format."
        )
    return SUFFIXES[suffix] if suffix else None


def colour(stream: object, *, no_color: bool, environment: Mapping[str, str]) -> bool:
    """Whether a stream takes colour: a terminal, and nobody said no (``NO_COLOR``, ``TERM=dumb``, ``--no-color``)."""
    if no_color or environment.get("NO_COLOR") or environment.get("TERM", "") == "dumb":
        return False
    return on_terminal(stream)


def on_terminal(stream: object) -> bool:
    """Whether the stream is a terminal."""
    try:
        return stream is not None and bool(stream.isatty())  # type: ignore[attr-defined]
    except ValueError:  # closed
        return False


def terminal_width() -> int:
    """Columns of the terminal."""
    import shutil

    return shutil.get_terminal_size().columns


def require(format: Format) -> None:
    """Raises `ConfigurationError` where what writes a format is not installed, before anything is read or counted."""
    import importlib.util

    if format == "xlsx" and importlib.util.find_spec("xlsxwriter") is None:
        raise ConfigurationError("xlsx: XlsxWriter is not installed: pip install 'vesseltrack[excel]'")


def write(result: str | bytes, output: str | None, *, inputs: Iterable[str] = ()) -> None:
    """Writes a result, text as UTF-8.

    Regular files are written beside their place, synced and renamed, so that a failure leaves the old file whole; a
    symbolic link is followed; a device or FIFO is written straight.

    Args:
        result: text, or the bytes of a format that is no text.
        output: where to; None, ``-`` or the name of standard output for standard output.
        inputs: files that must not be overwritten.

    Raises:
        OutputError: it cannot be written, or would overwrite an input.
        PipeClosedError: the reader of standard output or of the FIFO went away.
    """
    data = result if isinstance(result, bytes) else result.encode("utf-8", "backslashreplace")
    if output is None or output in STANDARD_OUTPUT:
        _write_standard_output([data])
        return
    try:
        place = _regular(output, inputs)
        if place is None:
            _write_straight(output, [data])
        else:
            replace(data, *place)
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as why:
        raise OutputError(f"{output}: cannot be written: {reason(why)}.") from None


@contextlib.contextmanager
def writing(output: str | None, *, inputs: Iterable[str] = ()) -> Iterator[BinaryIO]:
    """A file for a result that is written piece by piece; it goes where `write` would put it when all of it is there.

    A regular file is written beside its place. What goes to standard output or a device waits in a temporary file, so
    that a reader who takes his time holds nobody up, and half a result is never seen.

    Raises:
        OutputError, PipeClosedError: as for `write`.
    """
    try:
        place = None if output is None or output in STANDARD_OUTPUT else _regular(output, inputs)
        if place is not None:
            with replacing(*place) as handle, open(handle, "wb", closefd=False) as file:
                yield file
            return
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            if output is None or output in STANDARD_OUTPUT:
                _write_standard_output(file)
            else:
                _write_straight(output, file)
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as why:
        raise OutputError(f"{output or 'standard output'}: cannot be written: {reason(why)}.") from None


def refuse_input(output: str, inputs: Iterable[str]) -> None:
    """Raises `OutputError` where a result would overwrite what it was made from."""
    for name in inputs:
        with contextlib.suppress(OSError):
            if name != "-" and Path(output).samefile(name) and stat.S_ISREG(Path(name).stat().st_mode):
                raise OutputError(f"{output}: is also an input; it is left as it is. Name another file.")


def reason(why: OSError) -> str:
    """The system's reason in lower case."""
    return (why.strerror or str(why) or "unknown reason").lower()


def _write_standard_output(pieces: Iterable[bytes]) -> None:
    stream = sys.stdout
    if stream is None or stream.closed:
        raise OutputError("standard output is closed; the result could not be written.")
    try:
        stream.flush()
        for piece in pieces:
            data = piece
            if on_terminal(stream):
                data = data.decode("utf-8").encode(stream.encoding or "utf-8", "replace")
            _write_all(stream.buffer, data)
        stream.buffer.flush()
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as why:
        abandon_standard_output()
        raise OutputError(f"standard output: cannot be written: {reason(why)}.") from None


def abandon_standard_output() -> None:
    """Lets what is still buffered go nowhere: written again, it would fail again when the interpreter ends."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _write_all(file: BinaryIO | RawIOBase, data: bytes) -> None:
    """Writes to the end: without a buffer (``PYTHONUNBUFFERED``) a file takes only what fits."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]


def _write_straight(output: str, pieces: Iterable[bytes]) -> None:
    with Path(output).open("ab", buffering=0) as straight:
        for piece in pieces:
            _write_all(straight, piece)


def _regular(output: str, inputs: Iterable[str]) -> tuple[Path, int | None] | None:
    """The regular file that is to be replaced and its permissions; None for what is written straight."""
    path = Path(output)
    refuse_input(output, inputs)
    try:
        found = path.stat()
    except FileNotFoundError:
        found = None
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if found is not None and (not stat.S_ISREG(found.st_mode) or output.startswith(("/dev/", "/proc/"))):
        return None
    if found is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return Path(os.path.realpath(path)), None if found is None else stat.S_IMODE(found.st_mode)
