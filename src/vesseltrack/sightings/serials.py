"""What a cell of an Excel workbook holds as the text that CSV or JSON would hold for it.

Days and times are numbers there, and only the format in which a number is shown says that it is one. A cell whose
format shows a day and a time may still hold midnight throughout its column; that is for the reader of the column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from vesseltrack.sightings.typed import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Shown = Literal["number", "percent", "day", "time", "elapsed", "instant"]

_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    22: "instant",
    46: "elapsed",
}
"""Formats that a workbook need not spell out (ECMA-376 part 1, 18.8.30, those of East Asian locales included)."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?")

_FIRST_1900, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - naive means UTC throughout
_NO_SUCH_DAY = 60
"""29 February 1900, which Excel has for the sake of Lotus 1-2-3; days before it are one later."""

_END = 2_958_466
"""1 January 10000."""

_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Unreadable:
    """A cell whose value is not there, and why."""

    shown: str
    reason: str


@dataclass
class NumberFormats:
    """What the styles of a workbook say of numbers."""

    epoch_1904: bool = False
    """Whether days are counted from 1904, as workbooks from a Macintosh have it."""

    own: dict[int, Shown] = field(default_factory=dict)
    styles: list[Shown] = field(default_factory=list)
    inside: bool = False

    def take(self, name: str, given: Mapping[str, str]) -> None:
        """An element of the part with the styles."""
        if name == "numFmt":
            self.own[int(given.get("numFmtId", 0))] = shown_by(given.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self.inside = name == "cellXfs"
        elif name == "xf" and self.inside:
            number = int(given.get("numFmtId", 0))
            self.styles.append(self.own.get(number) or _BUILT_IN.get(number, "number"))

    def shown(self, style: int) -> Shown:
        """What a number of a style is shown as."""
        return self.styles[style] if 0 <= style < len(self.styles) else "number"


def shown_by(code: str) -> Shown:
    """What a number is under a format such as ``yyyy-mm-dd hh:mm``."""
    letters = _LITERAL.sub("", code).partition(";")[0].lower()
    if "general" in letters:
        return "number"
    if "[" in letters:
        return "elapsed"
    clock = "h" in letters or "s" in letters
    if "y" in letters or "d" in letters or ("m" in letters and not clock):
        return "instant" if clock else "day"
    return "time" if clock else "percent" if "%" in letters else "number"


def as_written(kind: str, value: str, style: int, strings: Sequence[str], formats: NumberFormats) -> str | Unreadable:
    """The text of a cell; empty where it holds nothing.

    Args:
        kind: its type (ECMA-376 part 1, 18.18.11): ``s`` shared text, ``str`` a formula's text, ``inlineStr`` text,
            ``b`` boolean, ``e`` error, ``d`` ISO date, else a number.
        value: what is written there.
        style: number of its style.
        strings: the shared texts.
        formats: what the styles say.

    Raises:
        ValueError, IndexError: the workbook is damaged.
    """
    if kind == "s" and value:
        return _legible(strings[int(value)])
    if not value or kind in ("str", "inlineStr"):
        return _legible(unescaped(value))
    if kind == "b":
        return "true" if value.strip() in ("1", "true") else "false"
    if kind == "e":
        return Unreadable(value, f"holds the error {value}: mend what it is calculated from")
    if kind == "d":
        return value.strip()
    if not _NUMBER.fullmatch(value.strip()):
        return Unreadable(value, "is marked as a number and is none")
    return _number(float(value), formats.shown(style), epoch_1904=formats.epoch_1904)


def _number(number: float, shown: Shown, *, epoch_1904: bool) -> str | Unreadable:
    if shown == "percent":
        return f"{number_text(round(number * 100, 10))}%"
    if shown in ("time", "elapsed") and 0 <= number < 1:
        return _clock(round(number * _DAY_MS) % _DAY_MS)
    if shown in ("number", "elapsed"):
        return number_text(number)
    if epoch_1904:
        first, least = _FIRST_1904, 0
    else:
        first, least = _FIRST_1900 + timedelta(days=number < _NO_SUCH_DAY), 1
    if not least <= number < _END - (1462 if epoch_1904 else 0) or (not epoch_1904 and int(number) == _NO_SUCH_DAY):
        return Unreadable(
            number_text(number), "is shown as a date, and no date is so far from the calendar's first day"
        )
    days, milliseconds = divmod(round(number * _DAY_MS), _DAY_MS)
    day = f"{first + timedelta(days=days):%Y-%m-%d}"
    return day if shown == "day" and not milliseconds else f"{day}T{_clock(milliseconds)}"


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as ``_x001B_`` (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _legible(text: str) -> str | Unreadable:
    """A text; one with half a character or a NUL in it is none."""
    if "\0" in text:
        return Unreadable(text.replace("\0", "\\x00"), "holds a NUL character")
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return Unreadable(
            text.encode("utf-8", "backslashreplace").decode(), "holds half of a character (a lone surrogate)"
        )
    return text
