"""Features of GeoJSON (RFC 7946) as the objects that a table of sightings holds: a point is a position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import InputError
from vesseltrack.sightings.headers import meaning
from vesseltrack.sightings.objects import Pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

IDS_LEFT_OUT = "ids of features are left out"

_WGS_84 = re.compile(r"(urn:ogc:def:crs:)?(OGC:(1\.3:)?:?CRS84|EPSG:.{0,6}:?4326)", re.IGNORECASE)
"""Names that writers give to longitude before latitude; whoever writes a ``crs`` with EPSG:4326 means that order."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Feature:
    """A feature as a row."""

    row: Pairs
    """Its properties, and its position in ``lat`` and ``lon``."""

    fault: str = ""
    """Why it cannot be read."""

    notes: tuple[str, ...] = ()


def is_collection(members: Mapping[str, Any], path: str) -> bool:
    """Whether an object is a collection of features.

    Args:
        members: its members, arrays as something that is not looked at.
        path: the input's name, for messages.

    Raises:
        InputError: positions in another coordinate system than WGS 84, or findings that this program wrote.
    """
    if members.get("type") != "FeatureCollection":
        return False
    if str(members.get("schema")).startswith("vesseltrack."):
        raise InputError(f"{path}: what this program found, not sightings: give the sightings it was found in")
    if not _is_wgs_84(members.get("crs")):
        raise InputError(f"{path}: positions in another coordinate system than WGS 84: convert them to EPSG:4326 first")
    return True


def feature_row(value: Pairs) -> Feature | None:
    """A feature as a row; None for an object that is none, such as a sighting that has a field called ``type``.

    The position is that of its point, unless the properties hold both latitude and longitude.
    """
    members = dict(value)
    if members.get("type") != "Feature" or not members.keys() & {"geometry", "properties"}:
        return None
    notes = (IDS_LEFT_OUT,) if "id" in members else ()
    properties = members.get("properties")
    if properties is not None and not isinstance(properties, Pairs):
        return Feature(value, "its properties are no object", notes)
    row = Pairs(properties or ())
    if not _is_wgs_84(members.get("crs")):
        return Feature(row, "its position is in another coordinate system than WGS 84: convert it to EPSG:4326", notes)
    position, fault = _position(members.get("geometry"))
    own = {meaning(name) for name, cell in row if cell not in (None, "")}
    if position is not None and not {"lat", "lon"} <= own:
        row = Pairs((name, cell) for name, cell in row if meaning(name) not in ("lat", "lon"))
        row += [("lat", position[1]), ("lon", position[0])]
    return Feature(row, fault, notes)


def _position(geometry: Any) -> tuple[tuple[str, str] | None, str]:
    """Longitude and latitude of a point as they were written; none of one that is empty, or where there is none."""
    if geometry is None:
        return None, ""
    shape = dict(geometry) if isinstance(geometry, Pairs) else {}
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind != "Point":
        named = f"a {kind}" if isinstance(kind, str) and kind.isalpha() else "no geometry"
        return None, f"its geometry is {named[:40]}: give the position of the ship as a Point"
    if coordinates == []:
        return None, ""
    if not (
        isinstance(coordinates, list)
        and len(coordinates) >= 2
        and all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in coordinates[:2])
    ):
        return None, "its coordinates are no longitude and latitude in numbers"
    return (coordinates[0], coordinates[1]), ""


def _is_wgs_84(crs: Any) -> bool:
    """Whether a member ``crs``, as GeoJSON of 2008 had it, names WGS 84; null and none at all say so too."""
    if crs is None:
        return True
    properties = dict(crs).get("properties") if isinstance(crs, Pairs) else None
    name = dict(properties).get("name") if isinstance(properties, Pairs) else None
    return isinstance(name, str) and _WGS_84.fullmatch(name) is not None
