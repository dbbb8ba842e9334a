"""A folder into which others put files of sightings: each is taken once, and what is still being written is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DONE, REFUSED = "done", "refused"
"""Folders in the inbox: for files that are in the ledger, and for those that cannot be read at all."""

QUIET_SECONDS = 5.0
"""A file that was written to more recently may not be whole."""

UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".swp", ".filepart")
"""Endings under which programs write a file that is not whole yet."""


@dataclass(frozen=True)
class Inbox:
    """The files of a folder, in order of name."""

    files: tuple[Path, ...]
    left: tuple[Path, ...]
    """Files that may still be written to."""


def look_into(folder: Path, now_seconds: float) -> Inbox:
    """The files in a folder, hidden ones and folders aside.

    Raises ConfigurationError where it is none, or may not be read.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
        busy = [path for path in found if _unfinished(path, now_seconds)]
    except OSError as why:
        reason = (why.strerror or str(why)).lower()
        raise ConfigurationError(f"{folder}: the inbox cannot be read: {reason}.") from None
    return Inbox(tuple(path for path in found if path not in busy), tuple(busy))


def move(files: Iterable[Path], folder: Path) -> list[str]:
    """Move files into a folder, each under a name of its own; what could not be moved, and why."""
    faults = []
    for path in files:
        try:
            folder.mkdir(exist_ok=True)
            target = folder / path.name
            number = 1
            while target.exists():
                target = folder / f"{path.stem}.{number}{path.suffix}"
                number += 1
            path.rename(target)
        except OSError as why:
            faults.append(f"{path}: cannot be moved to {folder}: {(why.strerror or str(why)).lower()}")
    return faults


def _unfinished(path: Path, now_seconds: float) -> bool:
    return path.suffix.lower() in UNFINISHED or now_seconds - path.stat().st_mtime < QUIET_SECONDS
