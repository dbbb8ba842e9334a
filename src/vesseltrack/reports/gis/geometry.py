"""Lines over a round earth, written for maps that are flat: great circles, the cut at 180 degrees, the box around."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, ceil, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING

from vesseltrack.ports.distance import EARTH_RADIUS_KM, great_circle_km
from vesseltrack.ports.outline import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DIGITS = 6
"""Decimals of a degree: a tenth of a metre, finer than any sighting."""

STEP_KM = 50.0
"""Pieces of a great circle are no longer; the bow between two points stays under 50 m."""

Line = tuple[Position, ...]


def great_circle(stops: Sequence[Position]) -> Line:
    """The shortest way over the earth from stop to stop, ends included; the way between antipodes is any."""
    way = [stops[0]]
    for start, end in pairwise(stops):
        way += _between(start, end)
    return tuple(way)


def _between(start: Position, end: Position) -> Iterable[Position]:
    """Points after ``start`` up to ``end``."""
    distance = great_circle_km(start[::-1], end[::-1]) / EARTH_RADIUS_KM
    pieces = max(ceil(distance * EARTH_RADIUS_KM / STEP_KM), 1)
    a, b = _unit(start), _unit(end)
    for number in range(1, pieces):
        share = number / pieces
        near, far = sin((1 - share) * distance), sin(share * distance)
        x, y, z = (near * one + far * other for one, other in zip(a, b, strict=True))
        yield degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))
    yield end


def _unit(position: Position) -> tuple[float, float, float]:
    lon, lat = radians(position[0]), radians(position[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def cut(line: Line) -> tuple[Line, ...]:
    """The parts of a line on either side of the 180th meridian, which no part crosses (RFC 7946 section 3.1.9)."""
    parts: list[list[Position]] = [[rounded(line[0])]]
    for start, end in pairwise(line):
        if abs(end[0] - start[0]) > 180:
            side = 180.0 if start[0] > 0 else -180.0
            ahead, behind = side - start[0], end[0] + side
            share = ahead / (ahead + behind) if ahead + behind else 0.0
            lat = start[1] + share * (end[1] - start[1])
            parts[-1].append(rounded((side, lat)))
            parts.append([rounded((-side, lat))])
        parts[-1].append(rounded(end))
    whole = [[part[0], *(b for a, b in pairwise(part) if a != b)] for part in parts]
    lines = [tuple(part) for part in whole if len(part) > 1]
    return tuple(lines) or ((rounded(line[0]), rounded(line[-1])),)


def rounded(position: Position) -> Position:
    """A position to `DIGITS`; never minus zero."""
    return round(position[0], DIGITS) + 0.0, round(position[1], DIGITS) + 0.0


def box(positions: Iterable[Position]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the narrowest box; west is greater than east where it crosses 180 degrees."""
    found = set(positions)
    if not found:
        return None
    lats = [lat for _, lat in found]
    lons = sorted({lon for lon, _ in found})
    gaps = [(east - west, west, east) for west, east in pairwise(lons)]
    widest, before, after = max(gaps, default=(0.0, 0.0, 0.0))
    if widest > 360 - (lons[-1] - lons[0]):
        return after, min(lats), before, max(lats)
    return lons[0], min(lats), lons[-1], max(lats)
