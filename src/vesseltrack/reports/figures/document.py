"""A picture of several parts as an SVG file of its own."""

from __future__ import annotations

from vesseltrack.reports import svg
from vesseltrack.reports.figures.legend import WIDTH
from vesseltrack.reports.figures.palette import FONT, LIGHT, in_light

MARGIN = 14.0


def document(drawn: str, height: float, rules: str) -> str:
    """An SVG file around a drawing, light, its style inside; no variables, which not every viewer knows."""
    wide, high = WIDTH + 2 * MARGIN, height + 2 * MARGIN
    paper = svg.tag("rect", x=-MARGIN, y=-MARGIN, width=wide, height=high, fill=LIGHT["paper"])
    box = " ".join(svg.number(value) for value in (-MARGIN, -MARGIN, wide, high))
    whole = svg.tag(
        "svg", paper, svg.tag("g", drawn, class_="vt-figure"),
        xmlns=svg.NAMESPACE, width=wide, height=high, viewBox=box,
    )  # fmt: skip
    return svg.document(whole, f"text{{font-family:{FONT}}}{in_light(rules)}")
