"""A picture as an SVG file of its own."""

from __future__ import annotations

from vesseltrack.reports.figures import svg
from vesseltrack.reports.figures.legend import WIDTH
from vesseltrack.reports.figures.palette import FONT, LIGHT, in_light

MARGIN = 14.0


def document(drawn: str, height: float, rules: str) -> str:
    """An SVG file around a drawing, light, its style inside; no variables, which not every viewer knows."""
    wide, high = svg.num(WIDTH + 2 * MARGIN), svg.num(height + 2 * MARGIN)
    corner = svg.num(-MARGIN)
    paper = f'<rect x="{corner}" y="{corner}" width="{wide}" height="{high}" fill="{LIGHT["paper"]}"/>'
    style = f"<style>text{{font-family:{FONT}}}{in_light(rules)}</style>"
    size = f'width="{wide}" height="{high}" viewBox="{corner} {corner} {wide} {high}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="{svg.NAMESPACE}" {size}>'
    return f"{head}{style}{paper}{svg.tag('g', drawn, class_='vt-figure')}</svg>\n"
