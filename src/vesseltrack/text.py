"""Text that somebody else wrote, made harmless: one function per channel. And numbers as people read them.

A vessel name can hold terminal escapes, spreadsheet formulas, table separators and invisible characters. Machine
formats keep the name; what is shown to people shows what would otherwise act or hide.
"""

from __future__ import annotations

import re
from math import isfinite

UNKNOWN = "unknown"
"""How a value that is not known is shown; never 0."""

NOTHING = "–"
"""How a value that does not apply is shown."""

_ACTS_OR_HIDES = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, C1 included: ESC, 8-bit CSI and OSC, line breaks
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, Arabic mark, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, bidi embeddings, overrides, isolates
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # fillers, variation selectors, byte order mark
    "\ud800-\udfff"  # lone surrogates
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical format characters, tags
    "]"
)
"""Characters that move the cursor, turn the direction of text, break lines or cannot be seen."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SURROGATE = re.compile("[\ud800-\udfff]")

_MARKDOWN = re.compile(r"[\\`*_\[\]|~${]")
_MARKDOWN_LINK = re.compile(r":(?=//)|(?<=\bwww)\.|:(?=\w[\w+-]*:)", re.IGNORECASE)
_MARKDOWN_START = re.compile(r"([#+=-]|\d+[.)])(?=\s|$|[#+=-])")


def printable(text: str) -> str:
    r"""Text for a terminal, a log or a mail: nothing in it acts, hides or breaks the line.

    Such characters become a visible escape: ESC is shown as ``\x1b``, a line break as ``\n``, a right-to-left
    override as ``\u202e``. Everything else stays. Applying it twice changes nothing.
    """
    return text if text.isascii() and text.isprintable() else _ACTS_OR_HIDES.sub(_visible, text)


def _visible(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def valid_unicode(text: str) -> str:
    """Text that can be written as UTF-8: surrogate pairs joined, lone surrogates replaced by U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def csv_cell(text: str) -> str:
    """Text for a spreadsheet cell: ``'`` before ``= + - @`` TAB or CR at the start, so that no formula runs.

    For text only: a number stays a number, minus sign and all. Readers strip exactly this prefix.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def markdown_cell(text: str) -> str:
    """Text for Markdown, in a table cell or a sentence: no link, HTML, emphasis, list, heading or table break.

    Nor code, nor a template of a wiki or a page generator. Characters that a terminal would obey are made visible as
    well (see `printable`).
    """
    shown = printable(text)
    shown = _MARKDOWN.sub(lambda found: f"\\{found.group()}", shown)
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    shown = _MARKDOWN_LINK.sub(lambda found: f"\\{found.group()}", shown)
    start = _MARKDOWN_START.match(shown)
    if start:
        mark = start.group(1)
        shown = f"{mark[:-1]}\\{mark[-1]}{shown[start.end(1) :]}"
    return f"&#32;{shown[1:]}" if shown.startswith(" ") else shown


def barrels(volume: float | None) -> str:
    """Whole barrels with thousands separated by commas: ``1,234,567``; ``unknown`` where there is no number."""
    return UNKNOWN if volume is None or not isfinite(volume) else f"{round(volume):,}"


def percent(share: float | None) -> str:
    """Percentage to one decimal: ``25.3 %``; ``unknown`` where there is no number.

    Args:
        share: per cent, not a fraction.
    """
    return UNKNOWN if share is None or not isfinite(share) else f"{share:,.1f} %"
