"""A folder into which others put files of sightings: each is taken once, and what is still being written is left."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

DONE, REFUSED = "done", "refused"
"""Folders in the inbox: for files that are in the ledger, and for those of which nothing can be read."""

QUIET_SECONDS = 5.0
"""A file that was written to more recently may not be whole."""

UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".swp", ".filepart")
"""Endings under which programs write a file that is not whole yet."""

Stamp = tuple[int, int, int, int]
"""Device, number, size and time of a file: another stamp is another file, or another content."""


@dataclass(frozen=True)
class Inbox:
    """The files of a folder, in order of name."""

    files: Mapping[Path, Stamp]
    """Files that are whole, as they were when they were looked at."""

    links: Mapping[Path, Stamp]
    """Symbolic links, which lead to files that nobody put here."""

    left: tuple[Path, ...]
    """Files that may still be written to."""


def look_into(folder: Path, now_seconds: float, own: Iterable[Path] = ()) -> Inbox:
    """The files in a folder; hidden ones, folders, and what is no file (a FIFO, a socket) aside.

    Args:
        folder: the inbox.
        now_seconds: the moment it is, seconds since 1970.
        own: files that the program itself keeps or reads; none may lie here, or it would be taken for a feed.

    Raises:
        ConfigurationError: it is no folder, may not be read, or holds one of the program's own files.
    """
    inbox = folder.resolve()
    for path in own:
        if inbox in {path.parent.resolve(), path.resolve().parent}:
            raise ConfigurationError(
                f"{path}: lies in the inbox, where each file is a feed; keep it in another folder."
            )
    files, links, left = {}, {}, []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~")) or path.name in {DONE, REFUSED} or path.is_dir():
                continue
            with contextlib.suppress(FileNotFoundError):  # another run took it
                if path.is_symlink():
                    links[path] = _stamp(path)
                elif path.is_file() and _unfinished(path, now_seconds):
                    left.append(path)
                elif path.is_file():
                    files[path] = _stamp(path)
    except OSError as why:
        reason = (why.strerror or str(why)).lower()
        raise ConfigurationError(f"{folder}: the inbox cannot be read: {reason}.") from None
    return Inbox(files, links, tuple(left))


def move(files: Mapping[Path, Stamp], folder: Path) -> list[str]:
    """Move files into a folder, each under a name of its own; what could not be moved, and why.

    What was written to since it was looked at, or came in its place, stays for the next run.
    """
    faults = []
    for path, seen in files.items():
        try:
            folder.mkdir(exist_ok=True)
            if _stamp(path) != seen:
                continue
            target = _free(folder, path)
            path.rename(target)
            if _stamp(target) != seen:
                target.rename(_free(path.parent, path))
        except FileNotFoundError:
            continue  # another run took it
        except OSError as why:
            faults.append(f"{path}: cannot be moved to {folder}: {(why.strerror or str(why)).lower()}")
    return faults


def _free(folder: Path, path: Path) -> Path:
    """A name in a folder that nothing has, not even a link that leads nowhere."""
    target, number = folder / path.name, 1
    while os.path.lexists(target):
        target = folder / f"{path.stem}.{number}{path.suffix}"
        number += 1
    return target


def _stamp(path: Path) -> Stamp:
    found = path.lstat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _unfinished(path: Path, now_seconds: float) -> bool:
    """Written to just now; a file from the future is one whose clock is wrong, and is not kept waiting for it."""
    return path.suffix.lower() in UNFINISHED or abs(now_seconds - path.stat().st_mtime) < QUIET_SECONDS
