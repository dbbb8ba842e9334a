"""What a workbook is made of: tables with columns of one kind each, and blocks of lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from vesseltrack.text import printable, valid_unicode

Kind = Literal["text", "long", "whole", "number", "percent", "share", "year", "day", "instant", "any"]
"""``long`` is text that may be folded; ``percent`` counts to 100 and ``share`` to 1; ``any`` goes by the value."""

MAX_TEXT = 32_767
"""The most a cell holds, in units of UTF-16."""

LAST_ROW = 1_048_576
"""Of a sheet, by ECMA-376."""

CUT = " … (cut)"


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """A table; the only one of its sheet, or one of several below each other."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    """A value for each column; None is an empty cell: not known, or nothing to say."""

    title: str = ""

    @property
    def left_out(self) -> int:
        """Rows for which a sheet has no room; one row of it says so."""
        return max(len(self.rows) + 2 - LAST_ROW, 0) if len(self.rows) + 1 > LAST_ROW else 0


@dataclass(frozen=True)
class Block:
    """Lines under a heading, of which the first may name the columns."""

    title: str
    rows: tuple[tuple[Any, ...], ...]
    headers: tuple[str, ...] = ()


def cell_text(text: str) -> str:
    """Text for a cell: what would act, hide or be refused by XML is visible, and what is too long ends in a mark."""
    shown = valid_unicode(printable(text))
    if len(shown) * 2 <= MAX_TEXT:
        return shown
    units = shown.encode("utf-16-le")
    if len(units) <= MAX_TEXT * 2:
        return shown
    return units[: (MAX_TEXT - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT


def when(text: str | None) -> date | datetime | str | None:
    """A day or an instant of a document (UTC) as Excel has it, without a zone; other text as it is."""
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text


def interval(text: str | None) -> tuple[Any, Any]:
    """First and last day of a day or interval ``a/b``."""
    first, _, last = (text or "").partition("/")
    return when(first), when(last or first)


def lines_of(sightings: list[dict[str, Any]]) -> str:
    """Files and lines of sightings: ``march.csv:5; march.csv:6``."""
    return "; ".join(f"{one['source']}:{one['line']}" for one in sightings)


def yes(value: bool | None) -> str | None:
    """A boolean in words."""
    return None if value is None else "yes" if value else "no"
