"""JSON lines, one object a line: parsed line by line, so that a file of any size takes the memory of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vesseltrack.vessels.lists.csv_rows import CUT_OFF
from vesseltrack.vessels.lists.download import ListError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.vessels.lists.download import Download


def objects(download: Download) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield line, place in bytes and content of each object; blank lines are passed over.

    Raises `ListError` where a line is no JSON object: the last one of a file that is cut off.
    """
    place = 0
    with download.open() as file:
        for line, text in enumerate(file, start=1):
            start, place = place, place + len(text)
            if text.strip(b" \t\r\n\xef\xbb\xbf"):
                yield line, start, _object(download, line, text, last=not text.endswith(b"\n"))


def objects_at(download: Download, places: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the objects that begin at these places, as `objects` gave them."""
    with download.open() as file:
        for place in sorted(places):
            file.seek(place)
            yield _object(download, 0, file.readline())


def first_object(head: str) -> dict[str, Any]:
    """Return the first object of a file's beginning; empty where there is none. Never raises."""
    line = head.lstrip("\ufeff \t\r\n").partition("\n")[0]
    try:
        found = json.loads(line) if line.startswith("{") else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _object(download: Download, line: int, text: bytes, *, last: bool = False) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        why = "cut off in" if last else "no JSON in"
        raise ListError(f"{download.path}: {why} line {line}; {CUT_OFF}.") from None
    if not isinstance(found, dict):
        raise ListError(f"{download.path}: line {line} is no JSON object; expected one entity a line.")
    return found
