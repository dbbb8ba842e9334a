"""Aligned columns: widths in terminal cells, where a Hangul or Chinese character takes two."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
"""Cells between two columns."""

SAMPLE = 100
"""Different texts of a column that are looked at to choose widths."""

HEIGHTS = (2, 3, 4, 5, 6, 8, 12, 20)
"""Lines of a row that are tried."""

NARROWEST = 8
"""A column that wraps is never made narrower, in cells."""


def fit(rows: Sequence[tuple[str, ...]], wraps: Sequence[bool], available: int) -> list[int]:
    """Widths of columns so that a row fits where it can, in as few lines as can be, words unbroken where it can.

    Room that is left over unfolds columns, those that need the least of it first.

    Args:
        rows: the texts of each row.
        wraps: whether a column may be folded.
        available: cells for the row, gaps included.
    """
    columns = list(zip(*rows, strict=True))
    natural = [max(map(cell_len, column)) for column in columns]
    room = available - GAP * (len(columns) - 1)
    if sum(natural) <= room:
        return natural
    looked_at = [list(dict.fromkeys(column))[:SAMPLE] for column in columns]
    words = [
        max(map(longest_word, column)) if may else width
        for column, may, width in zip(columns, wraps, natural, strict=True)
    ]
    if sum(words) > room:
        return _squeeze(words, wraps, room)
    for lines in HEIGHTS:
        widths = [_narrowest(*column, lines) for column in zip(looked_at, words, natural, strict=True)]
        if sum(widths) <= room:
            return _unfold(widths, natural, room)
    return _unfold(words, natural, room)


def _narrowest(texts: Sequence[str], word: int, natural: int, lines: int) -> int:
    """The least width, from the longest word on, at which no text takes more than so many lines."""
    widths = range(word, natural + 1)
    return widths[bisect_left(widths, 1, key=lambda width: all(len(wrap(text, width)) <= lines for text in texts))]


def _unfold(widths: list[int], natural: Sequence[int], room: int) -> list[int]:
    spare = room - sum(widths)
    for column in sorted(range(len(widths)), key=lambda i: natural[i] - widths[i]):
        more = min(natural[column] - widths[column], spare)
        widths[column] += more
        spare -= more
    return widths


def _squeeze(widths: list[int], wraps: Sequence[bool], room: int) -> list[int]:
    """Words have to be broken: the widest column gives way, down to `NARROWEST`."""
    while sum(widths) > room and (able := [i for i, may in enumerate(wraps) if may and widths[i] > NARROWEST]):
        widths[max(able, key=lambda i: widths[i])] -= 1
    return widths


def longest_word(text: str) -> int:
    """Width of the widest word, in cells."""
    return max(map(cell_len, text.split(" ")))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Text filled with spaces to a width in cells."""
    room = " " * max(width - cell_len(text), 0)
    return f"{room}{text}" if right else f"{text}{room}"


def wrap(text: str, width: int) -> list[str]:
    """Text in lines of at most a width in cells, broken at spaces, long words folded; never empty, nothing lost."""
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        length = cell_len(word)
        if line and used + 1 + length <= width:
            line, used = f"{line} {word}", used + 1 + length
            continue
        if line:
            lines.append(line)
        *full, line = _fold(word, width)
        lines.extend(full)
        used = cell_len(line)
    return [*lines, line]


def _fold(word: str, width: int) -> list[str]:
    if cell_len(word) <= width:
        return [word]
    pieces: list[str] = []
    piece, used = "", 0
    for character in word:
        length = cell_len(character)
        if piece and used + length > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + length
    return [*pieces, piece]
