"""Writes sheets with XlsxWriter. Text is written as text: no cell is a formula or a link, whatever it begins with."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from rich.cells import cell_len

from vesseltrack.reports.xlsx.sheet import LAST_ROW, Kind, Table, cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.reports.xlsx.figures import Curve
    from vesseltrack.reports.xlsx.sheet import Block

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that the same case is the same bytes
OPTIONS = {
    "in_memory": True,  # also gives every part of the archive the same fixed date
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "long": {"align": "left", "indent": 1, "text_wrap": True},
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "0.0###"},
    "percent": {"num_format": '#,##0.0" %"'},
    "share": {"num_format": "0.0%"},
    "year": {"num_format": "0", "align": "left"},
    "day": {"num_format": "yyyy-mm-dd"},
    "instant": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}
NARROWEST, WIDEST, FOLDED = 8, 40, 60
"""Widths of columns, in characters: the least, the most, and where long text is folded."""

SAMPLE = 1_000
"""Rows that are looked at to choose widths."""

FIRST_YEAR = 1900
"""Excel knows no day before it; such a day is text."""

LABEL_WIDTH, VALUE_WIDTH, OTHER_WIDTH = 34, 100, 16
LINE_HEIGHT = 15
"""Of a line of text, in points; programs differ in whether they make room for folded text by themselves."""

MOST_LINES = 27
"""A row is no higher than 409 points."""

A4, PRINTED_COLUMNS = 9, 12
CHART = {"width": 900, "height": 440}
CHART_ROWS = 24


class Book:
    """A workbook that is being written."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(self._out, OPTIONS)
        self._book.set_properties({"title": "vesseltrack", "created": CREATED})
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self._formats = {kind: self._book.add_format(base | how) for kind, how in FORMATS.items()}
        left = {"align": "left"}
        self._left = {kind: self._book.add_format(base | how | left) for kind, how in FORMATS.items()}
        head = base | {"bold": True, "bg_color": "#DDE5EE", "bottom": 1, "text_wrap": True, "indent": 1}
        self._head = self._book.add_format(head | {"align": "left"})
        self._head_right = self._book.add_format(head | {"align": "right", "indent": 0})
        self._bold = self._book.add_format(base | {"bold": True})
        self._title = self._book.add_format(base | {"bold": True, "font_size": 13})

    def _sheet(self, name: str, columns: int) -> Any:
        """A sheet that prints on A4, as wide as the page where it can be read, with its first line on each."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        if columns <= PRINTED_COLUMNS:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def blocks(self, name: str, blocks: Iterable[Block]) -> None:
        """A sheet of lines for people; its first line stays when it is scrolled."""
        sheet = self._sheet(name, PRINTED_COLUMNS)
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, 1, VALUE_WIDTH)
        sheet.set_column(2, 9, OTHER_WIDTH)
        sheet.hide_gridlines(2)
        row = 0
        for block in blocks:
            if block.title:
                row += 1
                sheet.write_string(row, 0, cell_text(block.title), self._title)
                row += 1
            for column, header in enumerate(block.headers):
                sheet.write_string(row, column, cell_text(header), self._head)
            row += bool(block.headers)
            for line in block.rows:
                for column, value in enumerate(line):
                    formats = {**self._left, "text": self._bold} if column == 0 else self._left
                    self._write(sheet, row, column, value, "any", formats)
                _make_room(sheet, row, [(value, VALUE_WIDTH) for value in line[1:2]])
                row += 1
        sheet.freeze_panes(1, 0)

    def tables(self, name: str, tables: Sequence[Table]) -> None:
        """A sheet with a table, or with several below each other."""
        sheet = self._sheet(name, max(len(table.columns) for table in tables))
        if len(tables) == 1:
            self._table(sheet, 0, tables[0], self._widths(sheet, tables))
            last = min(len(tables[0].rows), LAST_ROW - 1)
            sheet.autofilter(0, 0, max(last, 1), len(tables[0].columns) - 1)
            sheet.freeze_panes(1, 0)
            return
        row = 0
        widths = self._widths(sheet, tables)
        for table in tables:
            sheet.write_string(row, 0, cell_text(table.title), self._title)
            columns = [{"header": column.title} for column in table.columns]
            last = row + 1 + max(len(table.rows), 1)
            sheet.add_table(row + 1, 0, last, len(columns) - 1, {"columns": columns, "style": "Table Style Light 1"})
            self._table(sheet, row + 1, table, widths)
            row = last + 2
        sheet.freeze_panes(1, 0)

    def charts(self, curves: Sequence[Curve]) -> None:
        """A chart for each year beside the figures that it draws."""
        for place, curve in enumerate(curves):
            sheet = self._book.get_worksheet_by_name(curve.sheet)
            chart = self._book.add_chart({"type": "line"})
            days = [curve.sheet, curve.first, curve.day_column, curve.last, curve.day_column]
            for line in curve.lines:
                chart.add_series(
                    {
                        "name": [curve.sheet, 0, line.column],
                        "categories": days,
                        "values": [curve.sheet, curve.first, line.column, curve.last, line.column],
                        "line": {"color": line.colour, "width": line.width, "dash_type": line.dash},
                    }
                )
            chart.set_title({"name": curve.title, "overlay": False, "name_font": {"size": 13}})
            chart.set_x_axis({"date_axis": True, "num_format": "d mmm", "major_unit": 1, "major_unit_type": "months"})
            chart.set_y_axis({"name": "barrels", "num_format": "#,##0", "min": 0})
            chart.set_legend({"position": "bottom"})
            chart.set_size(CHART)
            sheet.insert_chart(1 + place * CHART_ROWS, curve.beside, chart, {"description": curve.title})

    def close(self) -> bytes:
        """The workbook."""
        self._book.close()
        return self._out.getvalue()

    def _table(self, sheet: Any, first: int, table: Table, widths: Sequence[int]) -> None:
        for column, one in enumerate(table.columns):
            left = one.kind in ("text", "long", "year")
            sheet.write_string(first, column, cell_text(one.title), self._head if left else self._head_right)
        long = [column for column, one in enumerate(table.columns) if one.kind == "long"]
        rows = table.rows[: len(table.rows) - table.left_out]
        for number, row in enumerate(rows, start=first + 1):
            for column, (value, one) in enumerate(zip(row, table.columns, strict=True)):
                self._write(sheet, number, column, value, one.kind, self._formats)
            _make_room(sheet, number, [(row[column], widths[column]) for column in long])
        if table.left_out:
            said = f"{table.left_out:,} more rows: a sheet has no room for them; JSON and CSV have all"
            sheet.write_string(first + 1 + len(rows), 0, said, self._bold)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(64 + min(len(table.columns), 26))}{LAST_ROW}"})

    def _write(self, sheet: Any, row: int, column: int, value: Any, kind: Kind, formats: dict[Any, Any]) -> None:
        """A value as what it is, whatever was expected: a day that Excel does not know is text."""
        if value is None or value == "":
            return
        if isinstance(value, date) and value.year >= FIRST_YEAR:
            shown: Kind = "instant" if isinstance(value, datetime) else "day"
            sheet.write_datetime(row, column, value, formats[shown])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            fallback: Kind = "whole" if isinstance(value, int) else "number"
            numeric = kind in ("whole", "number", "percent", "share", "year")
            sheet.write_number(row, column, value, formats[kind if numeric else fallback])
        else:
            text = value.isoformat() if isinstance(value, date) else str(value)
            folds = kind == "long" or (kind == "any" and column == 1)
            sheet.write_string(row, column, cell_text(text), formats["long" if folds else "text"])

    def _widths(self, sheet: Any, tables: Sequence[Table]) -> list[int]:
        """Make columns as wide as what they hold, within bounds."""
        widths = []
        for place in range(max(len(table.columns) for table in tables)):
            shown = [NARROWEST]
            for table in (one for one in tables if place < len(one.columns)):
                column = table.columns[place]
                most = FOLDED if column.kind == "long" else WIDEST
                texts = (_shown(row[place], column.kind) for row in table.rows[:SAMPLE])
                shown.append(min(max(map(cell_len, (*texts, f"{column.title}   "))) + 2, most))
            sheet.set_column(place, place, max(shown))
            widths.append(max(shown))
        return widths


def _make_room(sheet: Any, row: int, texts: Iterable[tuple[Any, int]]) -> None:
    """Make a row as high as its folded texts, each with the width of its column."""
    lines = max((-(-cell_len(text) // (width - 3)) for text, width in texts if isinstance(text, str)), default=1)
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))


def _shown(value: Any, kind: Kind) -> str:
    """About as long as the value is when it is shown."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return "2024-03-06 00:00:00"
    if isinstance(value, date):
        return "2024-03-06"
    if isinstance(value, int | float):
        return f"{value:,.0f}" if kind == "whole" else f"{value:,.1f}%  "
    return cell_text(str(value)[:200])
