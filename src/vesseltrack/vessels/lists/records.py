"""CSV without a header, record by record: what cannot be read is counted, a file that is cut off is refused."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple, TextIO

from vesseltrack.vessels.lists.download import ListError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vesseltrack.vessels.lists.download import Download

END_MARK = "\x1a"
"""Ctrl-Z, the old end-of-file mark of DOS, on a line of its own in OFAC's flat files."""


class Record(NamedTuple):
    """One record and the line on which it ends; cells are None where quotes make it unreadable."""

    line: int
    cells: list[str] | None


def cut_off(path: Path, line: int, why: str) -> ListError:
    """Return the error for a file whose end is missing."""
    return ListError(f"{path}: cut off at line {line}: {why}; download it again; the list in force stays.")


def refuse_empty(path: Path, entries: int) -> None:
    """Raise `ListError` for a list without an entry: nobody publishes one, and nothing would be screened."""
    if not entries:
        raise ListError(f"{path}: holds no entry; expected at least one: download it again; the list in force stays.")


def records(download: Download) -> Iterator[Record]:
    """Yield each record that is not blank, and last the end mark if there is one.

    Raises `ListError` where a quoted cell never ends.
    """
    marked = False

    def lines(file: TextIO) -> Iterator[str]:
        nonlocal marked
        for line in file:
            marked = marked or END_MARK in line
            yield line.replace(END_MARK, "")

    with download.text() as file:
        reader = csv.reader(lines(file), strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                if "unexpected end" in str(error):
                    raise cut_off(download.path, reader.line_num, "a quoted cell does not end") from None
                yield Record(reader.line_num, None)
                continue
            if any(cell.strip() for cell in cells):
                yield Record(reader.line_num, cells)
    if marked:
        yield Record(reader.line_num, [END_MARK])


def cells_of(line: str) -> list[str]:
    """Return the cells of one line; empty where it is no CSV."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def first_record(head: str) -> list[str]:
    """Return the cells of the first line that is not blank; empty where there is none, or none that is CSV."""
    return cells_of(next((line for line in head.splitlines() if line.strip()), ""))
