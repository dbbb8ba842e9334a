"""Markdown: the terminal's sections as headings, paragraphs, lists and tables, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.sections import Bullets, CapBar, Grid, Heading, Paragraph, Section, Verdict
from vesseltrack.text import barrels, markdown_cell, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def render(sections: Iterable[Section]) -> str:
    """The sections, a blank line between them; text from files is shown, never obeyed."""
    return "\n\n".join(block for section in sections if (block := _block(section))) + "\n"


def _block(section: Section) -> str:
    match section:
        case Verdict():
            return f"# {markdown_cell(section.title)}\n\n**{markdown_cell(section.text)}**"
        case Heading():
            return f"{'#' * section.level} {markdown_cell(section.text)}"
        case Paragraph():
            return markdown_cell(section.text)
        case Bullets():
            return "\n".join(f"- {markdown_cell(item)}" for item in section.items)
        case Grid():
            return _table(
                [column.title for column in section.columns],
                [column.right for column in section.columns],
                [row.cells for row in section.rows],
            )
        case CapBar():
            return _cap(section)


def _table(titles: Sequence[str], right: Sequence[bool], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---:" if aligned else "---" for aligned in right]]
    return "\n".join(
        f"| {' | '.join(cells)} |"
        for cells in (
            [markdown_cell(title) for title in titles],
            lines[1],
            *([markdown_cell(cell) for cell in row] for row in rows),
        )
    )


def _cap(bar: CapBar) -> str:
    def share(volume: float) -> str:
        return f"{barrels(volume)} ({percent(volume / bar.limit * 100)})"

    rows = [
        (gauge.label, share(gauge.low), share(gauge.central), share(gauge.high), barrels(bar.limit))
        for gauge in bar.gauges
    ]
    return _table(("Against the cap", "Low", "Central", "High", "Cap"), (False, True, True, True, True), rows)
