"""What `ports list` and `ports locate` show, as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.ports.distance import great_circle_km, point_of
from vesseltrack.ports.gazetteer import check_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.ports.model import Place, Port

_COORDINATE = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?)\s*°?\s*(?P<side>[NSEW]?)", re.IGNORECASE)


@dataclass(frozen=True)
class ListedPlace:
    """A line of `ports list`: a port, or a facility under its port."""

    port: str
    facility: str
    """Empty on the line of the port itself."""

    country: str
    unlocodes: tuple[str, ...]
    roles: tuple[str, ...]
    lat: float | None
    """Reference point of the port, or middle of the facility's outline; None where nobody knows where it is."""

    lon: float | None
    uncertainty_m: float | None
    """How far the outline can be off; None where there is none and the place is known by name only."""

    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Located:
    """The answer to `ports locate`."""

    query: str
    lat: float | None
    """The point that was asked for; None for a name."""

    lon: float | None
    place: Place
    nearest: Port | None
    """For a point outside every port: the port nearest by great circle to its reference point."""

    nearest_km: float | None


def list_places(gazetteer: Gazetteer) -> tuple[ListedPlace, ...]:
    """Every port in the order of the file, each followed by its facilities."""
    lines: list[ListedPlace] = []
    for port in gazetteer.ports:
        lat, lon = point_of(port) or (None, None)
        drawn = port.uncertainty_m if port.outline is not None else None
        lines.append(
            ListedPlace(
                port.name, "", port.country, port.unlocodes, port.roles, lat, lon, drawn, port.aliases, port.source
            )
        )
        for facility in port.facilities:
            lat, lon = facility.outline.centre if facility.outline is not None else (None, None)
            drawn = facility.uncertainty_m if facility.outline is not None else None
            lines.append(
                ListedPlace(
                    port.name, facility.name, port.country, (), (facility.role,), lat, lon, drawn, facility.aliases,
                    facility.source,
                )
            )  # fmt: skip
    return tuple(lines)


def locate_query(gazetteer: Gazetteer, words: Sequence[str]) -> Located:
    """Locate a point (``42.75 133.08``, ``42.75N 133.08E``, ``42.75,133.08``) or a name (``off Nampo``).

    Raises `ConfigurationError` when nothing is asked for or the point is not on Earth.
    """
    query = " ".join(words).strip()
    if not query:
        raise ConfigurationError("nothing to locate: give a latitude and a longitude, or a name")
    point = _point(query)
    if point is None:
        return Located(query, None, None, gazetteer.find(query), None, None)
    check_point(*point)
    place = gazetteer.locate(*point)
    nearest, away = nearest_port(gazetteer, *point) if place.port is None else (None, None)
    return Located(query, *point, place, nearest, away)


def nearest_port(gazetteer: Gazetteer, lat: float, lon: float) -> tuple[Port | None, float | None]:
    """The port whose reference point is nearest by great circle, and how many kilometres off it is."""
    away = [
        (great_circle_km((lat, lon), point), number)
        for number, port in enumerate(gazetteer.ports)
        if (point := point_of(port)) is not None
    ]
    if not away:
        return None, None
    distance, number = min(away)
    return gazetteer.ports[number], distance


def _point(query: str) -> tuple[float, float] | None:
    """Two numbers as latitude and longitude; the letters N, S, E, W say which is which."""
    parts = [part for part in re.split(r"[,;\s]+", query) if part]
    found = [match for part in parts if (match := _COORDINATE.fullmatch(part)) is not None]
    if len(parts) != 2 or len(found) != 2:
        return None
    sides = [match["side"].upper() for match in found]
    numbers = [
        float(match["number"]) * (-1 if side and side in "SW" else 1) for match, side in zip(found, sides, strict=True)
    ]
    if sides[0] in {"E", "W"} and sides[1] in {"N", "S"}:
        numbers.reverse()
    return numbers[0], numbers[1]
