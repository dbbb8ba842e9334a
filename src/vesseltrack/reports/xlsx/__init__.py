"""A case as an Excel workbook: what people sort, filter and calculate with; the same bytes from the same case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vesseltrack.reports.case import Case


def render(case: Case, *, only_findings: bool) -> bytes:
    """The workbook.

    Args:
        case: what is shown.
        only_findings: whether ``check`` asks: the verdict is then how much was found, not the estimate against the cap.
    """
    from vesseltrack.reports.xlsx import evidence, figures, summary  # noqa: PLC0415 - the writer loads when it is used
    from vesseltrack.reports.xlsx.book import Book  # noqa: PLC0415

    tables = (
        figures.deliveries(case),
        evidence.findings(case),
        *figures.scenarios(case),
        evidence.sightings(case),
        *evidence.rejects(case),
        *evidence.fleet(case),
        evidence.method(case),
        figures.cumulative(case),
    )
    book = Book()
    book.blocks("Summary", summary.blocks(case, tables, only_findings=only_findings))
    for sheet in dict.fromkeys(table.sheet for table in tables):
        book.tables(sheet, [table for table in tables if table.sheet == sheet])
    book.charts(figures.charts(case))
    return book.close()
