"""A legend under a picture: keys with their words, then notes, in two sizes, for wide and for narrow pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures.lettering import shortened, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 800.0
"""Units across every picture."""

WIDE, NARROW = 12.0, 21.0
"""Size of letters where the page is wide, and where it is narrow, so that they can be read on a phone."""


@dataclass(frozen=True)
class Key:
    """A sample and what it means."""

    sample: str
    """SVG around the point (0, 0), in the middle of the sample."""

    width: float
    height: float
    words: str


def legend(keys: Sequence[Key], notes: Sequence[str], size: float) -> tuple[str, float]:
    """Keys in rows and notes under them, and how high both are together."""
    drawn: list[str] = []
    top = 8.0
    for row in _rows(keys, size):
        height = max([size * 1.5, *(key.height + 4 for key in row)])
        left, middle = 2.0, top + height / 2
        for key in row:
            drawn.append(svg.tag("g", key.sample, transform=f"translate({_pair(left + key.width / 2, middle)})"))
            text = shortened(key.words, WIDTH - key.width - 10, size)
            drawn.append(svg.tag("text", svg.words(text), x=left + key.width + 7, y=middle + size * 0.35))
            left += _wide(key, size)
        top += height
    top += size * 0.6 if keys else 0
    for note in notes:
        for line in wrapped(note, WIDTH - 4, size):
            top += size * 1.35
            drawn.append(svg.tag("text", svg.words(line), class_="quiet", x=2.0, y=top - size * 0.3))
    return "".join(drawn), top + 4


def _rows(keys: Sequence[Key], size: float) -> list[list[Key]]:
    rows: list[list[Key]] = []
    used = WIDTH
    for key in keys:
        if used + _wide(key, size) > WIDTH + size:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += _wide(key, size)
    return rows


def _wide(key: Key, size: float) -> float:
    return key.width + 7 + width(key.words, size) + size * 1.3


def _pair(x: float, y: float) -> str:
    return f"{svg.number(x)} {svg.number(y)}"


def both(keys: Sequence[Key], notes: Sequence[str]) -> str:
    """The legend as two pictures, of which a page shows the one that fits it."""
    drawn = []
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        inside, height = legend(keys, notes, size)
        drawn.append(
            svg.tag("svg", inside, class_=f"vt-{name}", viewBox=f"0 0 {svg.number(WIDTH)} {svg.number(height)}")
        )
    return "".join(drawn)


FIGURE_RULES = f"""
.vt-figure svg{{display:block;overflow:hidden}}
.vt-figure.vt-figure svg{{width:100%;min-width:0;height:auto}}
.vt-figure text{{font-size:{WIDE}px;fill:var(--ink)}}
.vt-figure .quiet{{fill:var(--muted)}}
.vt-figure .strong{{font-weight:600}}
.vt-figure .halo{{paint-order:stroke;stroke:var(--water);stroke-width:3px;stroke-linejoin:round}}
.vt-figure path,.vt-figure circle,.vt-figure line,.vt-figure rect{{vector-effect:non-scaling-stroke}}
.vt-figure .none{{fill:none}}
.vt-figure [tabindex]:focus-visible{{outline:2px solid var(--accent);outline-offset:2px}}
"""

SIZES_RULES = f"""
.vt-figure.vt-figure .vt-narrow{{display:none}}
@media (max-width:640px){{
.vt-figure.vt-figure .vt-narrow{{display:block}}
.vt-figure.vt-figure .vt-wide{{display:none}}
.vt-figure .vt-narrow text{{font-size:{NARROW}px}}
}}
"""
"""Where the page is narrow, as on a phone, larger and fewer words."""

LIT_RULES = """
.vt-figure .lit.lit,.vt-figure .lit.lit>*{fill:var(--lit);stroke:var(--ink);stroke-width:2}
.vt-figure .voyage.lit.lit,.vt-figure .lit.lit>.route{fill:none;stroke:var(--warn);stroke-width:5}
.vt-figure .lit.lit>.span{fill:none;stroke:var(--warn);stroke-width:4}
"""
"""Whatever is given the class ``lit`` stands out; last of all rules."""
