"""What a report for people is made of: one sequence of sections, drawn by the terminal, as plain text or as Markdown.

Texts here are as they came; each way of drawing makes them harmless in its own channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "strong", "faint", "note", "warn", "bad", "alarm"]
"""How much a text asks for attention; never the only carrier of a meaning, for colour may be off."""


@dataclass(frozen=True)
class Verdict:
    """The first thing to read, in a frame."""

    title: str
    text: str
    tone: Tone = "note"


@dataclass(frozen=True)
class Heading:
    """The title of what follows."""

    text: str
    tone: Tone = "strong"
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A sentence or two."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True)
class Bullets:
    """Sentences of equal rank."""

    items: tuple[str, ...]
    tone: Tone = ""


@dataclass(frozen=True)
class Column:
    """A column of a `Grid`."""

    title: str
    right: bool = False
    """Aligned to the right, as numbers are."""

    wraps: bool = False
    """May be folded into several lines where the terminal is narrow."""

    below: bool = False
    """Too long for a column: drawn under the row; Markdown has room for it."""


@dataclass(frozen=True)
class Row:
    """A row of a `Grid`: a cell for each column."""

    cells: tuple[str, ...]
    tone: Tone = ""
    """Of the first cell; ``strong`` and ``faint`` are of the whole row, details excepted."""


@dataclass(frozen=True)
class Grid:
    """A table with aligned columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Gauge:
    """A volume on a `CapBar`; low, central and high are equal where it is a single number."""

    label: str
    low: float
    central: float
    high: float


@dataclass(frozen=True)
class CapBar:
    """Volumes against the cap, in barrels, with the notices marked."""

    limit: int
    notices_percent: tuple[int, ...]
    gauges: tuple[Gauge, ...]


Section = Verdict | Heading | Paragraph | Bullets | Grid | CapBar
