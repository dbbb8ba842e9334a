"""The bar against the cap: cells of a line, with the notices marked; colours and characters are the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vesseltrack.reports.sections import CapBar, Gauge

LOW, CENTRAL, HIGH, SINGLE, EMPTY, MARK, CAP = "low", "central", "high", "single", "empty", "mark", "cap"
"""What a cell of the bar stands for."""

OVERHANG = 4
"""Cells by which the last label stands out to the right of the bar."""


@dataclass(frozen=True)
class Scale:
    """How barrels become cells."""

    width: int
    full: float
    """Barrels at the right end: the cap, or more where a volume is above it."""

    marks: tuple[tuple[int, int], ...]
    """Cell and percentage of each notice, and of the cap itself as 100."""


def scale_of(bar: CapBar, width: int) -> Scale:
    """The scale that holds the cap and every volume."""
    highest = max([float(bar.limit), *(gauge.high for gauge in bar.gauges)])
    full = float(bar.limit) if highest <= bar.limit else highest * 1.03
    marks = tuple(
        (min(round(bar.limit * percent / 100 / full * width), width) - 1, percent)
        for percent in (*bar.notices_percent, 100)
    )
    return Scale(width, full, marks)


def cells(gauge: Gauge, scale: Scale) -> list[str]:
    """What each cell of a gauge's line stands for. A volume above zero fills a cell at least."""
    ends = [_end(volume, scale) for volume in (gauge.low, gauge.central, gauge.high)]
    kinds = (SINGLE,) * 3 if gauge.low == gauge.high else (LOW, CENTRAL, HIGH)
    line = [
        next((kind for kind, end in zip(kinds, ends, strict=True) if cell < end), EMPTY) for cell in range(scale.width)
    ]
    for cell, percent in scale.marks:
        if line[cell] == EMPTY or percent == 100:
            line[cell] = CAP if percent == 100 else MARK
    return line


def _end(volume: float, scale: Scale) -> int:
    filled = round(volume / scale.full * scale.width)
    return max(filled, 1) if volume > 0 else 0


def labels(scale: Scale) -> str:
    """The line under the bar: percentages under their marks, the cap's first; what has no room is left out.

    Up to `OVERHANG` cells longer than the bar.
    """
    line = [" "] * (scale.width + OVERHANG)
    for cell, percent in reversed(scale.marks):
        text = "100 %" if percent == 100 else f"{percent}"
        first = cell if percent == 100 else cell - len(text) + 1
        if first >= 0 and all(character == " " for character in line[max(first - 1, 0) : first + len(text) + 1]):
            line[first : first + len(text)] = text
    return "".join(line).rstrip()
