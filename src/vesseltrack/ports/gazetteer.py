"""The gazetteer: every port and facility the program knows, by name and by coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.ports import naming, reading

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.ports.locating import Ground
    from vesseltrack.ports.model import Place, Port
    from vesseltrack.ports.naming import NameIndex
    from vesseltrack.reference import ReferenceUsed


@dataclass(frozen=True)
class Gazetteer:
    """Ports and the facilities inside them."""

    ports: tuple[Port, ...]
    """In the order of the file."""

    reference: tuple[ReferenceUsed, ...]
    """The files they were read from."""

    @cached_property
    def names(self) -> NameIndex:
        """Every name a place goes by."""
        return naming.index_names(self.ports)

    @cached_property
    def ground(self) -> Ground:
        """Every outline, ready for columns of coordinates."""
        from vesseltrack.ports.locating import survey  # noqa: PLC0415 - finding a port by name needs no shapely

        return survey(self.ports)

    def find(self, port_text: str, facility_text: str = "") -> Place:
        """The place that a port cell and a facility cell name together.

        Names are compared without case, accents, apostrophes, hyphens, spaces and words such as "port of"; a
        UN/LOCODE is a name. Only known words may stand around a name ("Vostochny Cosmodrome" is no port), and a cell
        that names two ports, or a route, is unplaced. "off Nampo", "Nampo roads" are ``at_roads``; farther than 10 km
        off is at sea; "800 m off the oil loading quay" is near a loading berth. A facility that is not known leaves
        the port; words that fit several leave candidates.
        """
        return naming.find(self.names, port_text, facility_text)

    def locate(self, lat: float, lon: float) -> Place:
        """The place at a point in decimal degrees WGS 84, latitude within 90, longitude within 180.

        Raises `ConfigurationError` for anything else.
        """
        from vesseltrack.ports.locating import locate  # noqa: PLC0415 - finding a port by name needs no shapely

        check_point(lat, lon)
        return locate(self.ground, lat, lon)


def load_gazetteer(ports_file: Path | None = None) -> Gazetteer:
    """The bundled gazetteer, or a user's own in its place.

    Args:
        ports_file: GeoJSON of polygons with a ``name``; optional properties ``country``, ``role`` or ``roles``,
            ``aliases``, ``unlocode`` or ``unlocodes``, ``uncertainty_m`` (default 0) and ``port``, which
            makes the polygon a facility of that port. What it leaves out about a port or facility that the bundled
            gazetteer knows by that name (and, for outlines, within 50 km) is taken from there.

    Raises `ConfigurationError`, in one line, for a file that cannot be used.
    """
    ports, used = reading.bundled() if ports_file is None else reading.read_users_file(ports_file)
    return Gazetteer(ports, used)


def check_point(lat: float, lon: float) -> None:
    """Raise `ConfigurationError` unless the two numbers are a point on Earth."""
    if isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180:
        return
    swapped = isfinite(lat) and isfinite(lon) and abs(lat) <= 180 and abs(lon) <= 90
    mend = f"did you mean {lon:g} {lat:g}?" if swapped else "give decimal degrees, such as 42.75 133.08"
    msg = f"no such point: latitude {lat:g}, longitude {lon:g} (latitude is within 90, longitude within 180): {mend}"
    raise ConfigurationError(msg)
