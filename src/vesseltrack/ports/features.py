"""One GeoJSON feature as plain values: its texts, numbers and outline, checked."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import ConfigurationError
from vesseltrack.ports.outline import Outline, Ring
from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHOWN = 60
"""Characters of somebody else's text that a message repeats."""


@dataclass(frozen=True)
class Feature:
    """A feature, with a word for it in messages."""

    where: str
    """``ports.geojson, feature 3 (Vostochny)``."""

    properties: Mapping[str, Any]
    geometry: Any

    def fail(self, fault: str, mend: str) -> ConfigurationError:
        """The error to raise: where, what is wrong, how to mend it, in one line."""
        return ConfigurationError(f"{self.where}: {fault}: {mend}")

    def has(self, name: str) -> bool:
        """Whether a property is given."""
        return self.properties.get(name) not in (None, "", [])

    def text(self, name: str) -> str:
        """A property as text; empty when it is not given."""
        value = self.properties.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail(f"{name} is {shown(value)}", "write it as text in quotes")
        return value.strip()

    def texts(self, *names: str) -> tuple[str, ...]:
        """Properties that hold one text or a list of them, together; a text may be several, joined by ``;``."""
        found: list[str] = []
        for name in names:
            value = self.properties.get(name)
            if value is None:
                continue
            listed = value.split(";") if isinstance(value, str) else value
            if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
                raise self.fail(f"{name} is {shown(value)}", "write a text or a list of texts")
            found.extend(item.strip() for item in listed if item.strip())
        return tuple(dict.fromkeys(found))

    def number(self, name: str, default: float) -> float:
        """A property as a number from 0; the default when it is not given."""
        value = self.properties.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
            raise self.fail(f"{name} is {shown(value)}", "write a number of metres, 0 or more")
        return float(value)

    def truth(self, name: str) -> bool:
        """A property as true or false; false when it is not given."""
        value = self.properties.get(name, False)
        if value in (None, ""):
            return False
        if not isinstance(value, bool):
            raise self.fail(f"{name} is {shown(value)}", "write true or false without quotes")
        return value

    def one_of(self, name: str, value: str, allowed: Sequence[str]) -> str:
        """A word of a fixed vocabulary."""
        if value not in allowed:
            raise self.fail(f"{name} is {shown(value)}", f"use one of {', '.join(word for word in allowed if word)}")
        return value

    def point(self) -> tuple[float, float] | None:
        """The property ``point``: latitude, longitude."""
        value = self.properties.get("point")
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2 or not all(_is_number(part) for part in value):
            raise self.fail(f"point is {shown(value)}", "write [latitude, longitude]")
        if abs(value[0]) > 90 or abs(value[1]) > 180:
            raise self.fail(f"point is {shown(value)}", "write [latitude, longitude] in decimal degrees")
        return float(value[0]), float(value[1])

    def outline(self) -> Outline | None:
        """The polygon or polygons; None for ``"geometry": null``."""
        geometry = self.geometry
        if geometry is None:
            return None
        if not isinstance(geometry, dict):
            raise self.fail("geometry is no GeoJSON geometry", "draw it as a Polygon")
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind not in {"Polygon", "MultiPolygon"}:
            raise self.fail(f"geometry is {shown(kind)}, which has no inside", "draw it as a Polygon")
        polygons = [coordinates] if kind == "Polygon" else coordinates
        if not isinstance(polygons, list) or not polygons:
            raise self.fail("the polygon has no coordinates", "draw it again or take the feature out")
        outline = Outline(tuple(self._polygon(polygon) for polygon in polygons))
        west, _, east, _ = outline.bounds
        if len(outline.polygons) == 1 and east - west > 180:
            raise self.fail("the polygon spans more than 180 degrees", "cut it in two at the 180th meridian")
        return outline

    def _polygon(self, rings: Any) -> tuple[Ring, ...]:
        if not isinstance(rings, list) or not rings:
            raise self.fail("the polygon has no ring", "draw it again or take the feature out")
        return tuple(self._ring(ring) for ring in rings)

    def _ring(self, ring: Any) -> Ring:
        if not isinstance(ring, list):
            raise self.fail("a ring of the polygon is no list of positions", "write [[lon, lat], [lon, lat], ...]")
        positions = [self._position(position) for position in ring]
        if len(set(positions)) < 3:
            raise self.fail(f"a ring has {len(set(positions))} different corners", "a polygon needs at least three")
        if positions[0] != positions[-1]:
            positions.append(positions[0])
        return tuple(positions)

    def _position(self, position: Any) -> tuple[float, float]:
        if not isinstance(position, list) or len(position) < 2 or not all(_is_number(part) for part in position[:2]):
            raise self.fail(f"position {shown(position)} is not two numbers", "write [longitude, latitude]")
        longitude, latitude = float(position[0]), float(position[1])
        if abs(latitude) > 90 and abs(latitude) <= 180 and abs(longitude) <= 90:
            raise self.fail(
                f"position {shown(position)} has latitude {latitude:g}, and there is none above 90",
                "GeoJSON puts longitude first; latitude and longitude look swapped",
            )
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise self.fail(
                f"position {shown(position)} is not on Earth",
                "write longitude and latitude in decimal degrees WGS 84 (EPSG:4326)",
            )
        return longitude, latitude


def shown(value: Any) -> str:
    """Somebody else's value, harmless and short."""
    written = printable(value if isinstance(value, str) else repr(value))
    return f'"{written[:_SHOWN]}…"' if len(written) > _SHOWN else f'"{written}"' if isinstance(value, str) else written


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
