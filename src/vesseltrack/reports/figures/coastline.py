"""The land of East Asia, to draw on: Natural Earth 1:10m, simplified; a picture, never used for geofencing.

What it rests on, and its licence, stand in data/coastline.json and data/SOURCES.md. Borders are not drawn.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from vesseltrack import reference
from vesseltrack.reports.figures.lines import way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.ports.outline import Outline
    from vesseltrack.reports.figures.projection import Window

CREDIT = "Land: Natural Earth 1:10m, public domain."
BORDERS = "The map takes no position on the status of any territory, on borders or on names; no border is drawn."
"""In the place of what maps of the United Nations say of themselves: this is not one."""

EDGE = 2.0
"""Units by which land goes on behind the edge of the picture, so that no coast is drawn along it."""

TOLERANCE = 0.3
"""Units by which a simplified coast may be off: less than its own line is wide."""

SPECK = 1.0
"""Square units under which an island is left out."""

_Box = tuple[float, float, float, float]


@cache
def _file() -> tuple[_Box, MultiPolygon]:
    data = json.loads(reference.read_bytes("coastline.json"))
    steps = data["steps_per_degree"]
    west, south, east, north = data["area"]
    rings = [[[(x / steps, y / steps) for x, y in _pairs(ring)] for ring in one] for one in data["polygons"]]
    land = MultiPolygon([Polygon(outer, holes) for outer, *holes in rings])
    shapely.prepare(land)
    return (west, south, east, north), land


def _pairs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def area() -> _Box:
    """West, south, east, north of the land that is known."""
    return _file()[0]


def land(view: Window) -> str:
    """The ``d`` of the land in a window."""
    return _drawn(_file()[1], view, SPECK)


def at_sea(view: Window, spot: tuple[float, float]) -> bool:
    """Whether a spot of the picture is water, as far as a picture can say."""
    latitude, longitude = view.place(spot)
    return not bool(shapely.contains_xy(_file()[1], longitude, latitude))


def fence(outline: Outline, view: Window) -> str:
    """The ``d`` of a port's or facility's outline; empty where it lies outside the window."""
    west, south, east, north = outline.bounds
    if east < view.west or west > view.west + view.width / view.scale or min(abs(south), abs(north)) > 85:
        return ""
    return _drawn(outline.geometry, view, 0.0)


def _drawn(geometry: shapely.geometry.base.BaseGeometry, view: Window, least: float) -> str:
    """Polygons in the window, simplified to what can be seen; those of less than so many square units left out."""
    shown = shapely.transform(geometry, lambda at: np.array([view.at((lat, lon)) for lon, lat in at]).reshape(-1, 2))
    clipped = shapely.clip_by_rect(shown, -EDGE, -EDGE, view.width + EDGE, view.height + EDGE)
    simple = shapely.simplify(clipped, TOLERANCE, preserve_topology=True)
    parts = [part for part in shapely.get_parts(simple) if isinstance(part, Polygon) and part.area >= least]
    return "".join(
        way(ring.coords[:-1], closed=True)
        for part in parts
        for ring in (part.exterior, *part.interiors)
        if least == 0 or Polygon(ring).area >= least
    )
