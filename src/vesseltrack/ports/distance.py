"""Distance by sea, and how long a ship takes: whether two sightings of one ship can both be true."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, inf, radians, sin, sqrt
from typing import TYPE_CHECKING

from vesseltrack.ports.model import Place, Port
from vesseltrack.ports.searoutes import BARRIERS, TURNS, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
KM_PER_NAUTICAL_MILE = 1.852
PLAUSIBLE_SPEED_KN = 15.0
"""What the tankers and cargo ships of the trade can keep up at most; a leg that needs more is not plausible."""

_WALLS = tuple((start, end) for line in BARRIERS for start, end in pairwise(line))


def great_circle_km(a: Point, b: Point) -> float:
    """Kilometres between two points (latitude, longitude in degrees) along the great circle."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    square = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(square, 1.0)))


def sea_distance_km(a: Port | Place | Point | None, b: Port | Place | Point | None) -> float | None:
    """Kilometres by sea between two ports, places or points (latitude, longitude in degrees).

    Great circles, bent around Korea, Primorye, China, Taiwan and Japan where one of them lies between (see
    `searoutes`); elsewhere in the world the plain great circle, which is never longer than the way by sea. None where
    a place has no point. The distance is the same both ways, and 0 within one port.
    """
    start, end = point_of(a), point_of(b)
    if start is None or end is None:
        return None
    return _route_km(min(start, end), max(start, end))


def sail_hours(
    a: Port | Place | Point | None, b: Port | Place | Point | None, speed_kn: float = PLAUSIBLE_SPEED_KN
) -> float | None:
    """Hours from one to the other by sea at a steady speed in knots, above 0; None where a place has no point.

    Raises `ValueError` for a speed that is not above 0.
    """
    if not speed_kn > 0:
        msg = f"speed must be above 0 kn, not {speed_kn:g}"
        raise ValueError(msg)
    distance = sea_distance_km(a, b)
    return None if distance is None else distance / (speed_kn * KM_PER_NAUTICAL_MILE)


def point_of(where: Port | Place | Point | None) -> Point | None:
    """The point that stands for a port or place: its reference point, else the middle of its outline."""
    if isinstance(where, Place):
        where = where.port
    if not isinstance(where, Port):
        return where
    if where.point is not None:
        return where.point
    outlines = (where.outline, *(facility.outline for facility in where.facilities))
    return next((outline.centre for outline in outlines if outline is not None), None)


@lru_cache(maxsize=65_536)
def _route_km(a: Point, b: Point) -> float:
    direct = great_circle_km(a, b)
    if _is_open(a, b):
        return direct
    legs = _turn_legs()
    from_a = _first_legs(a)
    to_b = _first_legs(b)
    by_sea = min(
        (before + legs[start][end] + after for start, before in from_a for end, after in to_b),
        default=inf,
    )
    return max(direct, by_sea) if by_sea < inf else direct


@lru_cache(maxsize=65_536)
def _first_legs(point: Point) -> tuple[tuple[int, float], ...]:
    """Turns that can be reached straight from a point, by number, and how far they are."""
    return tuple((number, great_circle_km(point, turn)) for number, turn in enumerate(TURNS) if _is_open(point, turn))


@lru_cache(maxsize=1)
def _turn_legs() -> tuple[tuple[float, ...], ...]:
    """The shortest way by sea from every turn to every other (Floyd and Warshall)."""
    count = range(len(TURNS))
    legs = [[0.0 if row == column else inf for column in count] for row in count]
    for row in count:
        for column in range(row):
            if _is_open(TURNS[row], TURNS[column]):
                legs[row][column] = legs[column][row] = great_circle_km(TURNS[row], TURNS[column])
    for middle in count:
        through = legs[middle]
        for row in count:
            reach = legs[row][middle]
            legs[row] = [min(known, reach + rest) for known, rest in zip(legs[row], through, strict=True)]
    return tuple(tuple(row) for row in legs)


def _is_open(a: Point, b: Point) -> bool:
    """Whether the way between two points crosses none of the barriers."""
    way = _great_circle(a, b)
    return not any(_cross(start, end, *wall) for start, end in pairwise(way) for wall in _WALLS)


def _great_circle(a: Point, b: Point) -> Sequence[Point]:
    """The great circle in pieces of at most eight degrees, straight enough for a chart.

    Across the 180th meridian it stays one piece: no barrier lies there.
    """
    if hypot(a[0] - b[0], a[1] - b[1]) <= 8 or abs(a[1] - b[1]) > 180:
        return a, b
    middle = _midpoint(a, b)
    return (*_great_circle(a, middle)[:-1], *_great_circle(middle, b))


def _midpoint(a: Point, b: Point) -> Point:
    lat_a, lat_b, turn = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    east, north = cos(lat_b) * cos(turn), cos(lat_b) * sin(turn)
    lat = atan2(sin(lat_a) + sin(lat_b), hypot(cos(lat_a) + east, north))
    return degrees(lat), a[1] + degrees(atan2(north, cos(lat_a) + east))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight pieces on the chart cross each other."""
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1])
