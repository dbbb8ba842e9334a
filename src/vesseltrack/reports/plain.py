"""Plain text for pipes, files and mail: the terminal's sections without frames or colour, nothing cut or folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from vesseltrack.reports.bar import CAP, CENTRAL, EMPTY, HIGH, LOW, MARK, SINGLE, cells, labels, scale_of
from vesseltrack.reports.columns import GAP, pad
from vesseltrack.reports.sections import Bullets, CapBar, Grid, Heading, Paragraph, Section, Verdict
from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BAR = {LOW: "#", CENTRAL: "=", HIGH: "-", SINGLE: "+", EMPTY: ".", MARK: ":", CAP: "|"}
BAR_WIDTH = 60
"""Cells."""


def render(sections: Iterable[Section]) -> str:
    """The sections in lines as long as they need to be."""
    return "".join(f"{line.rstrip()}\n" for section in sections for line in _lines(section))


def _lines(section: Section) -> Iterator[str]:
    match section:
        case Verdict():
            yield f"{printable(section.title)}: {printable(section.text)}"
        case Heading():
            yield ""
            yield printable(section.text)
        case Paragraph():
            yield f"  {printable(section.text)}"
        case Bullets():
            yield from (f"  - {printable(item)}" for item in section.items)
        case Grid():
            yield from _grid(section)
        case CapBar():
            yield from _bar(section)


def _grid(grid: Grid) -> Iterator[str]:
    rows = [[printable(cell) for cell in row.cells] for row in grid.rows]
    shown = [index for index, column in enumerate(grid.columns) if not column.below]
    titles = [column.title for column in grid.columns]
    widths = [max([cell_len(titles[i]), *(cell_len(row[i]) for row in rows)]) for i in shown]

    def line(texts: Sequence[str]) -> str:
        parts = (pad(texts[i], width, right=grid.columns[i].right) for i, width in zip(shown, widths, strict=True))
        return "  " + (" " * GAP).join(parts)

    yield line(titles)
    for row in rows:
        yield line(row)
        yield from (f"      {row[i]}" for i, column in enumerate(grid.columns) if column.below and row[i])


def _bar(bar: CapBar) -> Iterator[str]:
    name = max(cell_len(gauge.label) for gauge in bar.gauges)
    scale = scale_of(bar, BAR_WIDTH)
    for gauge in bar.gauges:
        yield f"  {pad(gauge.label, name)}  {''.join(BAR[cell] for cell in cells(gauge, scale))}"
    yield f"  {' ' * name}  {labels(scale)}"
    yield f"  {' ' * name}  # low   = central   - high   + reported   : notice %   | cap"
