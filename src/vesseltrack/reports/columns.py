"""Aligned columns: widths in terminal cells, where a Hangul or Chinese character takes two."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
"""Cells between two columns."""


def fit(lengths: Sequence[Sequence[int]], floors: Sequence[Sequence[int]], available: int) -> list[int]:
    """Widths of columns so that a row fits, where it can; the column in which the fewest cells are folded gives way.

    Args:
        lengths: for each column, the width of each of its cells.
        floors: widths below which a column is not made narrower, tried one after the other: first so that no word is
            broken, then at any price.
        available: cells for the row, gaps included.
    """
    ordered = [sorted(column) for column in lengths]
    widths = [column[-1] for column in ordered]
    excess = sum(widths) + GAP * (len(widths) - 1) - available

    def cost(column: int) -> tuple[int, int]:
        """Cells that one cell less would fold, then narrowness."""
        folded = len(ordered[column]) - bisect_left(ordered[column], widths[column])
        return folded, -widths[column]

    for floor in floors:
        while excess > 0:
            candidates = [i for i in range(len(widths)) if widths[i] > floor[i]]
            if not candidates:
                break
            widths[min(candidates, key=cost)] -= 1
            excess -= 1
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
