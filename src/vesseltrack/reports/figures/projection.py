"""Mercator, and the part of the world that a picture shows."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, radians, sinh, tan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[float, float]
"""Latitude, longitude, in decimal degrees."""

EARTH_KM_PER_DEGREE = 111.195
"""On a sphere of 6371.0088 km (IUGG mean radius)."""

TRADE = ((34.9, 123.6), (43.7, 133.6))
"""South-west and north-east of the least that is shown: the Korean peninsula with Nampo, Rajin and Vostochny."""


def mercator(latitude: float) -> float:
    """Northing in degrees of longitude at the equator; latitude within 85 degrees."""
    return degrees(asinh(tan(radians(latitude))))


def latitude_of(northing: float) -> float:
    """The latitude of a northing, in degrees."""
    return degrees(atan(sinh(radians(northing))))


@dataclass(frozen=True)
class Window:
    """A rectangle of the map and the picture that it fills."""

    west: float
    north: float
    """Northing of the upper edge."""

    scale: float
    """Units of the picture in a degree of longitude."""

    width: float
    height: float

    def at(self, point: Point) -> tuple[float, float]:
        """Where a place lies in the picture, from its upper left corner."""
        latitude, longitude = point
        return (longitude - self.west) * self.scale, (self.north - mercator(latitude)) * self.scale

    def place(self, spot: tuple[float, float]) -> Point:
        """The place that a spot of the picture shows."""
        return latitude_of(self.north - spot[1] / self.scale), self.west + spot[0] / self.scale

    def holds(self, point: Point) -> bool:
        """Whether a place lies in the picture."""
        if abs(point[0]) > 85:
            return False
        x, y = self.at(point)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def units_per_km(self) -> float:
        """Units of the picture in a kilometre, half-way up: Mercator stretches towards the poles."""
        middle = latitude_of(self.north - self.height / self.scale / 2)
        return self.scale / (EARTH_KM_PER_DEGREE * cos(radians(middle)))


def window(
    points: Iterable[Point], area: tuple[float, float, float, float], width: float, heights: tuple[float, float]
) -> Window:
    """The window that shows the points and the trade's own waters, with a margin, inside the area.

    Args:
        points: those outside the area are left out.
        area: west, south, east, north; as wide as the picture or wider when it fills the greatest height.
        width: of the picture.
        heights: least and greatest.
    """
    west, south, east, north = area
    shown = [*TRADE, *(point for point in points if south <= point[0] <= north and west <= point[1] <= east)]
    left, right = min(lon for _, lon in shown), max(lon for _, lon in shown)
    low, high = mercator(min(lat for lat, _ in shown)), mercator(max(lat for lat, _ in shown))
    margin = 0.07 * max(right - left, high - low)
    across, up = right - left + 2 * margin, high - low + 2 * margin
    scale = max(min(width / across, heights[1] / up), width / (east - west))
    height = min(max(up * scale, heights[0]), heights[1])
    x = _inside((left + right) / 2 - width / scale / 2, width / scale, west, east)
    y = _inside((low + high) / 2 - height / scale / 2, height / scale, mercator(south), mercator(north))
    return Window(x, y + height / scale, scale, width, height)


def _inside(start: float, length: float, first: float, last: float) -> float:
    """Where a stretch begins when it is moved inside its bounds."""
    return max(first, min(start, last - length))
