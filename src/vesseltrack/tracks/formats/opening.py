"""From what the user names to files that can be read: globs, standard input, archives, compression."""

from __future__ import annotations

import errno
import glob
import io
import re
import shutil
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

from vesseltrack.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vesseltrack.tracks.formats.source import Compression

STDIN = "-"
"""Standard input, as a path."""

HEAD_BYTES = 1 << 18
"""Bytes looked at to recognise a layout: hundreds of rows."""

_BLOCK_BYTES = 1 << 20
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_COMPRESSED: tuple[tuple[bytes, Compression], ...] = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ("xl/", "word/", "ppt/", "mimetype", "META-INF/")
_MOST_EXPANSION = 200
"""Bytes out of one: tables of numbers shrink five to twentyfold, a bomb a thousandfold."""
_ALWAYS_ALLOWED_BYTES = 1 << 26
"""Whatever the expansion: 64 MiB harm nobody."""


@dataclass(frozen=True)
class Held:
    """A file on this machine, known to exist."""

    path: str
    """As told to the user."""

    file: Path
    compression: Compression = ""


def is_url(path: str) -> bool:
    """Whether the engine alone can reach it (``s3://``, ``hdfs://``)."""
    return bool(_URL.match(path))


def expanded(path: str) -> list[str]:
    """The files a path stands for, in the order of their names; a path that exists is never a pattern.

    Raises:
        InputError: a pattern without any file.
    """
    if path == STDIN or is_url(path) or Path(path).exists() or not glob.has_magic(path):
        return [path]
    matches = glob.glob(path, recursive=True)  # noqa: PTH207 - pathlib takes no absolute patterns
    files = sorted(match for match in matches if not Path(match).is_dir())
    if not files:
        raise InputError(f"{path}: no file fits this pattern")
    return files


def held(path: str, folder: Path, stdin: BinaryIO | None) -> list[Held]:
    """Find a file; copy standard input, pipes and the members of an archive into a folder.

    Args:
        path: A file, a pipe (``<(unpack day.7z)``), or ``-``.
        folder: Where copies go.
        stdin: What ``-`` reads.

    Raises:
        InputError: it is missing, a directory, not to be read, or an archive that cannot be unpacked.
    """
    file = Path(path)
    try:
        if path == STDIN:
            if stdin is None:
                raise InputError("-: there is no standard input to read")
            file = _copied(stdin, folder)
        elif not file.is_file() and not file.is_dir() and file.exists():
            with file.open("rb") as pipe:  # what can be read but once
                file = _copied(pipe, folder)
        with file.open("rb") as handle:
            start = handle.read(6)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: a directory: name the files in it, or a pattern such as {path}/*.csv") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read: check its permissions") from None
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise InputError(f"{path}: no room for a copy in {folder}: set TMPDIR to a larger disk") from None
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if start.startswith(_ZIP):
        return list(_unpacked(path, file, folder))
    return [Held(path, file, compression_of(start))]


def _copied(stream: BinaryIO, folder: Path) -> Path:
    file = folder / f"{len(list(folder.iterdir())):06}"
    with file.open("wb") as copy:
        shutil.copyfileobj(stream, copy, _BLOCK_BYTES)
    return file


def compression_of(start: bytes) -> Compression:
    """How a file is compressed, by its first bytes."""
    return next((kind for magic, kind in _COMPRESSED if start.startswith(magic)), "")


@contextmanager
def opened(source: Held) -> Iterator[BinaryIO]:
    """Read a file, decompressed.

    Raises:
        InputError: the compressed data are cut off or damaged.
    """
    import pyarrow as pa  # noqa: PLC0415 - knows both compressions

    with source.file.open("rb") as raw:
        try:
            if source.compression:
                with pa.CompressedInputStream(raw, source.compression) as stream:
                    yield stream
            else:
                yield raw
        except (OSError, pa.ArrowException) as error:
            if not source.compression:
                raise
            raise InputError(
                f"{source.path}: the {source.compression} data are cut off or damaged ({str(error).splitlines()[0]}): "
                "fetch the file again"
            ) from None


def head_of(source: Held) -> bytes:
    """The beginning of a file, decompressed."""
    with opened(source) as stream:
        return stream.read(HEAD_BYTES)


def checked(source: Held) -> Held:
    """Read compressed data to their end, because engines take a file that is cut off for a whole one.

    Raises:
        InputError: they are cut off or damaged.
    """
    if source.compression:
        with opened(source) as stream:
            while stream.read(_BLOCK_BYTES):
                pass
    return source


def plain_copy(source: Held, folder: Path) -> Held:
    """The same file without its compression."""
    if not source.compression:
        return source
    target = folder / f"{len(list(folder.iterdir())):06}"
    with opened(source) as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy, _BLOCK_BYTES)
    return Held(source.path, target)


def recoded(source: Held, folder: Path, encoding: str) -> Held:
    """The same text in UTF-8, without compression."""
    target = folder / f"{len(list(folder.iterdir())):06}"
    with opened(source) as stream, target.open("w", encoding="utf-8", newline="") as copy:
        shutil.copyfileobj(io.TextIOWrapper(stream, encoding, "replace", newline=""), copy, _BLOCK_BYTES)
    return Held(source.path, target)


def plainly_named(file: Path, folder: Path) -> str:
    """A path that engines take for what it is, not for a pattern: the file's own, or that of a link to it."""
    with suppress(UnicodeEncodeError):  # a name that is no UTF-8 cannot be told to an engine
        str(file).encode()
        if not re.search(r"[*?\[\]{},]", str(file)):
            return str(file)
    link = folder / f"{len(list(folder.iterdir())):06}"
    link.symlink_to(file.absolute())
    return str(link)


def _unpacked(path: str, file: Path, folder: Path) -> Iterator[Held]:
    """The files in an archive; directories and what systems add for themselves are passed over."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if any(member.filename.startswith(_OFFICE) for member in members[:20]):
                raise InputError(f"{path}: an office document, not AIS data: save its table as CSV")
            room = shutil.disk_usage(folder).free
            for member in members:
                name = member.filename
                parts = PurePosixPath(name).parts
                if member.is_dir() or parts[0] == "__MACOSX" or parts[-1] == ".DS_Store":
                    continue
                told = f"{path}!{name}"
                _refuse(member, parts, told)
                target = folder / f"{len(list(folder.iterdir())):06}"
                most = max(_ALWAYS_ALLOWED_BYTES, _MOST_EXPANSION * member.compress_size)
                with archive.open(member) as packed, target.open("wb") as copy:
                    room -= _copy(packed, copy, min(most, room), told)
                yield _member(told, target)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise InputError(f"{path}: the archive is cut off or damaged ({error}): fetch it again") from None


def _refuse(member: zipfile.ZipInfo, parts: Sequence[str], told: str) -> None:
    name = member.filename
    if member.flag_bits & 1:
        raise InputError(f"{told}: needs a password: unpack it first")
    if name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0] or not name.isprintable():
        raise InputError(f"{told!r}: an archive that names files outside of itself is not unpacked")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise InputError(f"{told}: a link, not a file: unpack the archive yourself")


def _copy(packed: IO[bytes], copy: IO[bytes], most: int, told: str) -> int:
    size = 0
    while block := packed.read(_BLOCK_BYTES):
        size += len(block)
        if size > most:
            raise InputError(f"{told}: grows to more than {most:,} bytes when unpacked: unpack it yourself")
        copy.write(block)
    return size


def _member(told: str, file: Path) -> Held:
    with file.open("rb") as handle:
        start = handle.read(6)
    if start.startswith(_ZIP):
        raise InputError(f"{told}: an archive in an archive: unpack it first")
    return Held(told, file, compression_of(start))
