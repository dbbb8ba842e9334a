"""Distances for the oracles, point by point."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along the great circle, between positions in millionths of a degree."""
    a, b = radians(lat / 1e6), radians(other_lat / 1e6)
    turn = radians((other_lon - lon) / 1e6)
    return 2 * EARTH_KM * asin(sqrt(min(1, sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(turn / 2) ** 2)))


def unwrapped(lons: list[int]) -> list[int]:
    """Longitudes without a jump at the 180th meridian."""
    return [lon + 360_000_000 if lon < 0 else lon for lon in lons] if max(lons) - min(lons) > 180_000_000 else lons
