"""The outline of a place: plain positions, turned into a geometry only where geometry is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import cos, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]
"""Longitude, latitude, as in GeoJSON."""

Ring = tuple[Position, ...]
"""A closed line: the last position repeats the first."""

Box = tuple[float, float, float, float]
"""West, south, east, north; one grown by a distance may pass 180 degrees."""

_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Outline:
    """One or more polygons in decimal degrees WGS 84, each an outer ring and its holes."""

    polygons: tuple[tuple[Ring, ...], ...]
    _widened: dict[float, BaseGeometry] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def bounds(self) -> Box:
        """West, south, east, north."""
        positions = [position for polygon in self.polygons for position in polygon[0]]
        longitudes = [longitude for longitude, _ in positions]
        latitudes = [latitude for _, latitude in positions]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude, longitude of the middle of the bounds."""
        west, south, east, north = self.bounds
        return (south + north) / 2, (west + east) / 2

    def box_within(self, metres: float) -> Box:
        """A box that holds everything within a distance of the outline."""
        west, south, east, north = self.bounds
        if metres == 0:
            return self.bounds
        north_south = metres / _METRES_PER_DEGREE * 1.01
        widest = min(max(abs(south), abs(north)) + north_south, 89.9)
        east_west = north_south / cos(radians(widest))
        return west - east_west, south - north_south, east + east_west, north + north_south

    @cached_property
    def geometry(self) -> BaseGeometry:
        """The same as a prepared shapely geometry."""
        from vesseltrack.ports.geometry import build  # noqa: PLC0415 - finding a port by name needs no shapely

        return build(self)

    def within(self, metres: float) -> BaseGeometry:
        """Everything within a distance of the outline, as a prepared shapely geometry."""
        if metres == 0:
            return self.geometry
        if metres not in self._widened:
            from vesseltrack.ports.geometry import widen  # noqa: PLC0415 - finding a port by name needs no shapely

            self._widened[metres] = widen(self, metres)
        return self._widened[metres]
