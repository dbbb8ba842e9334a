"""SVG as text: elements, numbers and words, such that nothing somebody else wrote can be more than text.

No ``style`` attribute is ever written, so that a strict Content-Security-Policy holds; colours are classes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "http://www.w3.org/2000/svg"
ELLIPSIS = "…"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def words(text: str) -> str:
    """Text as XML may hold it, in an element or an attribute: control and invisible characters made visible."""
    return escape(printable(text))


def num(value: float) -> str:
    """A length to a tenth of a unit, as short as it can be written: ``12.3``, ``-4``, ``0``."""
    tenths = round(value * 10)
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def tag(name: str, *inside: str, **attributes: float | str | None) -> str:
    """An element. ``class_`` is class, ``_`` in a name is ``-``; numbers are rounded, text escaped, None left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def title(text: str) -> str:
    """What a mark is, shown when it is pointed at and read out by a screen reader."""
    return f"<title>{words(text)}</title>"


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The ``d`` of a line through points, in tenths, each written as its way from the one before, without drift."""
    steps: list[str] = []
    last = (0, 0)
    for x, y in points:
        here = round(x * 10), round(y * 10)
        if steps and here == last:
            continue
        across, down = num((here[0] - last[0]) / 10), num((here[1] - last[1]) / 10)
        steps.append(f"{across}{'' if down.startswith('-') else ' '}{down}")
        last = here
    if not steps:
        return ""
    line = steps[0] + ("l" if len(steps) > 1 else "")
    for number, step in enumerate(steps[1:]):
        line += step if number == 0 or step.startswith("-") else f" {step}"
    return f"M{line}{'z' if closed else ''}"


_NARROW = frozenset("iljtfrI.,;:'|()[]!-– ")
_WIDE = frozenset("mwMW%@—…")


def width(text: str, size: float) -> float:
    """How wide a text comes out at a font size in a wide font (DejaVu Sans), as fonts differ between readers."""
    return size * sum(map(_em, text))


def _em(one: str) -> float:
    """Width of a character in sizes of the font."""
    if one in _NARROW:
        return 0.39
    if one in _WIDE:
        return 0.98
    if east_asian_width(one) in "WF":
        return 1.05
    return 0.71 if one.isupper() else 0.63


def shortened(text: str, room: float, size: float) -> str:
    """The text, made printable, cut with an ellipsis where it is wider than the room."""
    shown = printable(text)
    if width(shown, size) <= room:
        return shown
    used, kept = width(ELLIPSIS, size), ""
    for one in shown:
        used += width(one, size)
        if used > room:
            break
        kept += one
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The text in lines no wider than the room, broken at spaces; a longer word is cut."""
    lines: list[str] = []
    for word in printable(text).split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(shortened(word, room, size))
    return lines


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
