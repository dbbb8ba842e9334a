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
    """The document: a key a line, and every object of a list a line of its own. UTF-8, no NaN.

    Python's indented JSON is not written in C and takes ten times as long for ten thousand findings.
    """
    return "{\n" + ",\n".join(f'  "{key}": {_member(value)}' for key, value in document.items()) + "\n}\n"


def _member(value: Any) -> str:
    """A member of the document; lists of objects a line each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {dumps(item)}" for item in value) + "\n  ]"
    return dumps(value)


def dumps(value: Any) -> str:
    """JSON text of a value: keys in their own order, every string valid Unicode, nothing that acts."""
    return harmless(json.dumps(value, ensure_ascii=False, allow_nan=False))


def harmless(text: str) -> str:
    """JSON text with valid Unicode and nothing that acts."""
    return _ESCAPED.sub(_escape, valid_unicode(text))


def _escape(found: re.Match[str]) -> str:
    text = found.group()
    if text[0] == "<":
        return f"\\u003c{text[1]}"
    return json.dumps(text)[1:-1]
