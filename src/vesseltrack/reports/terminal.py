"""The terminal: sections drawn with rich, in a given width; text from files never as markup, only as ``Text``."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from vesseltrack.reports.bar import CAP, CENTRAL, EMPTY, HIGH, LOW, MARK, OVERHANG, SINGLE, cells, labels, scale_of
from vesseltrack.reports.columns import GAP, fit, pad, wrap
from vesseltrack.reports.sections import Bullets, CapBar, Grid, Heading, Paragraph, Row, Section, Verdict
from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STYLES = {
    "": "",
    "strong": "bold",
    "faint": "dim",
    "note": "cyan",
    "warn": "yellow",
    "bad": "bold red",
    "alarm": "bold white on red",
}
"""The sixteen colours of the user's own palette, readable on dark and light."""

WHOLE = ("", "strong", "faint")
"""Tones of a whole line; the others, which call for attention, colour its beginning only."""

BORDERS = {"alarm": "bold red", "bad": "red", "warn": "yellow", "note": "cyan"}

INDENT = 2
"""Cells before everything that stands under a heading."""

BAR = {
    LOW: ("█", "bold"),
    CENTRAL: ("▓", "cyan"),
    SINGLE: ("▒", "magenta"),
    HIGH: ("░", "cyan"),
    EMPTY: ("·", "dim"),
    MARK: ("┆", "yellow"),
    CAP: ("┃", "bold red"),
}

LEGEND = (
    (LOW, "low"), (CENTRAL, "central"), (HIGH, "high"), (SINGLE, "reported"), (MARK, "notice %"), (CAP, "cap"),
)  # fmt: skip


def render(sections: Iterable[Section], width: int, *, color: bool) -> str:
    """The sections in lines of ``width`` cells; colours only where asked for, whatever the environment says.

    Args:
        sections: what to show.
        width: of the terminal, in cells; below 40 it is taken as 40.
        color: whether to write ANSI sequences.
    """
    screen = Screen(max(width, 40), color=color)
    for section in sections:
        screen.show(section)
    return screen.text()


class Screen:
    """A rich console that writes into a string and knows nothing of the environment."""

    def __init__(self, width: int, *, color: bool) -> None:
        self.width = width
        self._written = io.StringIO()
        self._console = Console(
            file=self._written,
            width=width,
            color_system="standard" if color else None,
            force_terminal=color,
            no_color=not color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def text(self) -> str:
        """Everything shown so far; no spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._written.getvalue().split("\n"))

    def show(self, section: Section) -> None:
        """Draws one section."""
        match section:
            case Verdict():
                self._panel(section)
            case Heading():
                self._line()
                self._line(Text(f" {printable(section.text)} ", STYLES[section.tone]))
            case Paragraph():
                self._lines(section.text, STYLES[section.tone])
            case Bullets():
                self._bullets(section)
            case Grid():
                self._grid(section)
            case CapBar():
                self._bar(section)

    def _line(self, text: Text | None = None) -> None:
        self._console.print(text or Text(), no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def _lines(self, text: str, style: str = "", *, indent: int = INDENT) -> None:
        for line in wrap(printable(text), self.width - indent):
            self._line(Text(" " * indent).append(line, style))

    def _bullets(self, bullets: Bullets) -> None:
        style = STYLES[bullets.tone]
        for item in bullets.items:
            for number, line in enumerate(wrap(printable(item), self.width - INDENT - 2)):
                mark = Text(" " * INDENT).append("  " if number else "• ", style)
                self._line(mark.append(line, style if bullets.tone in WHOLE else ""))

    def _panel(self, verdict: Verdict) -> None:
        border = BORDERS.get(verdict.tone, "dim")
        lines = wrap(printable(verdict.text), self.width - 4)
        self._console.print(
            Panel(
                Text("\n".join(lines), "bold" if verdict.tone != "faint" else ""),
                title=Text(f" {printable(verdict.title)} ", border),
                title_align="left",
                box=box.ROUNDED,
                border_style=border,
                padding=(0, 1),
                width=self.width,
            )
        )

    def _grid(self, grid: Grid) -> None:
        rows = [(row, [printable(cell) for cell in row.cells]) for row in grid.rows]
        titles = [column.title for column in grid.columns]
        shown = [index for index, column in enumerate(grid.columns) if not column.below]
        cells = [tuple(texts[i] for i in shown) for texts in (titles, *(texts for _, texts in rows))]
        widths = fit(cells, [grid.columns[i].wraps for i in shown], self.width - INDENT)
        self._folded(grid, shown, titles, widths, "dim", "dim")
        self._line(Text(" " * INDENT).append((" " * GAP).join("─" * width for width in widths), "dim"))
        for row, texts in rows:
            style = STYLES[row.tone]
            self._folded(grid, shown, texts, widths, style if row.tone in WHOLE else "", style)
            self._below(grid, row, texts)

    def _folded(
        self, grid: Grid, shown: list[int], texts: Sequence[str], widths: list[int], style: str, first: str
    ) -> None:
        folded = [wrap(texts[i], width) for i, width in zip(shown, widths, strict=True)]
        for number in range(max(len(lines) for lines in folded)):
            line = Text(" " * INDENT)
            for position, (i, width) in enumerate(zip(shown, widths, strict=True)):
                part = folded[position][number] if number < len(folded[position]) else ""
                line.append(" " * GAP if position else "")
                room = " " * (width - cell_len(part))
                right = grid.columns[i].right
                line.append(room if right else "").append(part, style if position else first)
                line.append("" if right else room)
            line.rstrip()
            self._line(line)

    def _below(self, grid: Grid, row: Row, texts: list[str]) -> None:
        details = [texts[i] for i, column in enumerate(grid.columns) if column.below and row.cells[i]]
        for number, detail in enumerate(details):
            self._lines(detail, "dim" if number else "", indent=INDENT * 2 + 2)

    def _bar(self, bar: CapBar) -> None:
        name = max(cell_len(gauge.label) for gauge in bar.gauges)
        room = max(self.width - INDENT * 2 - name - GAP - OVERHANG, 20)
        scale = scale_of(bar, room)
        self._line()
        for gauge in bar.gauges:
            line = Text(" " * INDENT + pad(gauge.label, name) + " " * GAP)
            for cell in cells(gauge, scale):
                line.append(*BAR[cell])
            self._line(line)
        self._line(Text(" " * (INDENT + name + GAP)).append(labels(scale), "dim"))
        legend = Text(" " * (INDENT + name + GAP))
        for cell, text in LEGEND:
            legend.append(*BAR[cell]).append(f" {text}   ")
        self._line(legend)
        self._line()
