"""Words on a picture: how wide they come out, where they are cut or broken, and what a mark says when pointed at."""

from __future__ import annotations

from unicodedata import east_asian_width

from vesseltrack.reports.svg import tag, words
from vesseltrack.text import printable

ELLIPSIS = "…"

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


def title(text: str) -> str:
    """What a mark is, shown when it is pointed at and read out by a screen reader."""
    return tag("title", words(text))
