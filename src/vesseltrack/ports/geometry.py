"""Points and outlines: inside or not, within so many metres or not. Whole columns at a time.

An outline is widened once by a distance and then compared with columns of points, which is ten times faster than
measuring each point's distance. Distances are on a sphere of 6371.0088 km (IUGG mean radius), good to 0.5 %; outlines
are known to hundreds of metres.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from vesseltrack.ports.outline import Box, Outline

    Floats = npt.NDArray[np.float64]
    Booleans = npt.NDArray[np.bool_]

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = EARTH_RADIUS_M * float(np.pi) / 180
"""Along a meridian; a degree of longitude is this times the cosine of the latitude."""

_ARC_STEPS = 32
"""Straight pieces in a quarter of a circle: a widened outline is at most 0.03 % of the distance too narrow."""

_BAND_DEGREES = 0.5
"""Outlines are widened in bands of latitude this high, so that the width of a degree hardly changes within one."""


def build(outline: Outline) -> BaseGeometry:
    """The outline as a prepared shapely geometry; it may be invalid, see `fault_of`."""
    geometry = shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in outline.polygons])
    shapely.prepare(geometry)
    return geometry


def widen(outline: Outline, metres: float) -> BaseGeometry:
    """Everything within a distance of the outline, prepared; it may pass 180 degrees."""
    west, south, east, north = outline.bounds
    count = max(1, ceil((north - south) / _BAND_DEGREES))
    edges = np.linspace(south, north, count + 1)
    pieces = []
    for low, high in pairwise(edges):
        band = shapely.clip_by_rect(outline.geometry, west, low, east, high) if count > 1 else outline.geometry
        scale = np.array([max(cos(radians((low + high) / 2)), 1e-6), 1.0]) * METRES_PER_DEGREE
        wider = shapely.buffer(_scaled(band, scale), metres, quad_segs=_ARC_STEPS)
        pieces.append(_scaled(wider, 1 / scale))
    geometry: BaseGeometry = pieces[0] if len(pieces) == 1 else shapely.union_all(pieces)
    shapely.prepare(geometry)
    return geometry


def _scaled(geometry: BaseGeometry, scale: Floats) -> BaseGeometry:
    def by_scale(coordinates: Floats) -> Floats:
        return coordinates * scale

    return shapely.transform(geometry, by_scale)


def within_m(outline: Outline, metres: float, lat: Floats, lon: Floats) -> Booleans:
    """Whether each point lies inside the outline, on its edge, or within some metres of it."""
    near = np.flatnonzero(in_box(outline.box_within(metres), lat, lon))
    found = np.zeros(len(lat), dtype=np.bool_)
    if len(near):
        found[near] = _covers(outline.within(metres), lat[near], lon[near])
    return found


def point_within_m(outline: Outline, metres: float, point: tuple[float, float]) -> bool:
    """`within_m` for one point: latitude, longitude."""
    return bool(within_m(outline, metres, np.array([point[0]]), np.array([point[1]]))[0])


def _covers(geometry: BaseGeometry, lat: Floats, lon: Floats) -> Booleans:
    found = np.asarray(shapely.intersects_xy(geometry, lon, lat), dtype=np.bool_)
    west, _, east, _ = geometry.bounds
    if east > 180:
        found |= shapely.intersects_xy(geometry, lon + 360, lat)
    if west < -180:
        found |= shapely.intersects_xy(geometry, lon - 360, lat)
    return found


def in_box(box: Box, lat: Floats, lon: Floats) -> Booleans:
    """Whether each point lies in a box of west, south, east, north that may pass 180 degrees."""
    west, south, east, north = box
    inside = (lon >= west) & (lon <= east)
    if west < -180:
        inside |= lon >= west + 360
    if east > 180:
        inside |= lon <= east - 360
    inside &= lat >= south
    inside &= lat <= north
    return np.asarray(inside, dtype=np.bool_)


def great_circle_m(
    lat: Floats | float, lon: Floats | float, other_lat: Floats | float, other_lon: Floats | float
) -> Floats:
    """Metres between points along the great circle (haversine, exact for small distances too)."""
    latitude, other = np.radians(lat), np.radians(other_lat)
    half_north = np.sin((other - latitude) / 2)
    half_east = np.sin(np.radians(np.subtract(other_lon, lon)) / 2)
    square = half_north**2 + np.cos(latitude) * np.cos(other) * half_east**2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(square, 0, 1))))


def fault_of(outline: Outline) -> str:
    """What makes an outline unusable, such as ``Self-intersection near 132.98 42.74``; empty when it is valid."""
    if shapely.is_valid(outline.geometry):
        return ""
    reason = str(shapely.is_valid_reason(outline.geometry))
    return reason.replace("[", " near ").replace("]", "")
