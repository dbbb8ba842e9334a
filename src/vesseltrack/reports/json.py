"""JSON: the document as it is, safe to print, to mail and to put into a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from vesseltrack.text import valid_unicode

if TYPE_CHECKING:
    from vesseltrack.reports.values import Document

_ESCAPED = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]|</|<!")
"""What JSON allows but a terminal obeys, a reader cannot see, or a page takes for markup; found in strings only."""


def render(document: Document) -> str:
    """The document, indented, ending in a line break; UTF-8, no NaN."""
    return dumps(document, indent=2) + "\n"


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON text of a value: keys in their own order, every string valid Unicode, nothing that acts."""
    separators = (",", ": ") if indent else (", ", ": ")
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return _ESCAPED.sub(_escape, valid_unicode(written))


def _escape(found: re.Match[str]) -> str:
    text = found.group()
    if text[0] == "<":
        return f"\\u003c{text[1]}"
    return json.dumps(text)[1:-1]
