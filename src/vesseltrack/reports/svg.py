"""SVG as text: elements whose attributes and words are harmless whatever they hold. No attribute is a style."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from vesseltrack.text import printable, valid_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable

Scalar = str | float | None

NAMESPACE = "http://www.w3.org/2000/svg"


def words(text: str) -> str:
    """Text between tags; what a viewer would obey or XML cannot hold is shown as an escape."""
    return escape(printable(valid_unicode(text)), quote=False)


def tag(name: str, *inside: str, **attributes: Scalar) -> str:
    """An element; ``inside`` is markup (see `words`), attributes are values.

    ``_`` in a name stands for ``-``, one at the end for nothing: ``class_``, ``data_delivery``. None leaves it out.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """``d`` of straight lines through points."""
    made = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{made}{'Z' if closed else ''}" if made else ""


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, as short as can be."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def document(figure: str, css: str) -> str:
    """A figure as a file of its own.

    Args:
        figure: an ``svg`` element.
        css: what its classes look like.
    """
    opened, rest = figure.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opened}><style>{css}</style>{rest}\n'


def _value(value: str | float) -> str:
    return number(value) if isinstance(value, float) else escape(printable(valid_unicode(str(value))))
