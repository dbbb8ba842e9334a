"""Ports drawn as squares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vesseltrack.ports.gazetteer import Gazetteer, load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path


def square(south: float, west: float, size: float) -> dict[str, Any]:
    """A square of so many degrees as GeoJSON, by its south-western corner."""
    north, east = south + size, west + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def gazetteer(path: Path, *features: dict[str, Any]) -> Gazetteer:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return load_gazetteer(path)
