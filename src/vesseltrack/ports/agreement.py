"""What a named port and coordinates say together.

They agree when the point lies in the named port or within 10 km of it (or within the uncertainty of its outline, if
that is more), unless the point lies in another port and farther from the named one than both outlines are uncertain.
They agree on a facility when it is no farther off than its uncertainty, at least 1 km, and the coordinates do not
single out another one. Otherwise the place is that of the coordinates, and `Place.conflict` says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.ports.facilities import NOT_BERTHED, ROADS_KM
from vesseltrack.ports.geometry import great_circle_m, within_m
from vesseltrack.ports.locating import distinct, group, has_outline, inspect, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.ports.geometry import Booleans, Floats
    from vesseltrack.ports.locating import Codes, Integers
    from vesseltrack.ports.model import Facility, Place, Port

AGREE_M = ROADS_KM * 1000
"""A ship this near to a port's outline may well be reported in the port."""

FACILITY_AGREES_M = 1000.0
"""Coordinates are often given to two decimals, good to about a kilometre."""


def bring_together(
    named: Place, lat: Floats, lon: Floats, located: Codes, at: Sequence[Place]
) -> tuple[Integers, list[Place]]:
    """Rows that name one port: a code for each, and the places the codes stand for.

    Args:
        named: what the rows name.
        lat: degrees north.
        lon: degrees east.
        located: for each row, the number of the place its coordinates give.
        at: the places of all coordinates.
    """
    port = named.port
    if port is None:
        return located.astype(np.int64), list(at)
    agree = _agrees(port, lat, lon, located, at)
    codes = np.zeros(len(lat), dtype=np.int64)

    rows = np.flatnonzero(~agree)
    far = _rounded(_metres_to(port, lat[rows], lon[rows]))
    groups, first = distinct([located[rows], far], len(rows))
    codes[rows] = groups
    places = [_contradiction(port, at[int(located[rows[row]])], float(far[row])) for row in first]

    rows = np.flatnonzero(agree)
    if not has_outline(port):
        codes[rows] = len(places)
        return codes, [*places, named]
    seen, spotted = _see(port, lat[rows], lon[rows], located[rows], at)
    excluded = _excluded(named, seen, spotted, lat[rows], lon[rows])
    groups, first = distinct([seen, excluded], len(rows))
    codes[rows] = groups + len(places)
    places += [_agreed(named, spotted[int(seen[row])], float(excluded[row])) for row in first]
    return codes, places


def _agrees(port: Port, lat: Floats, lon: Floats, located: Codes, at: Sequence[Place]) -> Booleans:
    """Whether each point agrees with the port that was named."""
    others = [there.port if there.port is not None and there.port.id != port.id else None for there in at]
    same = np.array([there.port is not None and there.port.id == port.id for there in at], dtype=np.bool_)
    agree = same[located]
    rows = np.flatnonzero(~agree)
    agree[rows] = _is_near(port, max(AGREE_M, port.uncertainty_m), lat[rows], lon[rows])
    for number, other in enumerate(others):
        # A wide transfer area says nothing against a port in it or beside it.
        if other is not None and other.harbour:
            rows = np.flatnonzero(agree & (located == number))
            doubt = max(port.uncertainty_m, other.uncertainty_m)
            agree[rows] = has_outline(port) & _is_near(port, doubt, lat[rows], lon[rows])
    return agree


def _is_near(port: Port, metres: float, lat: Floats, lon: Floats) -> Booleans:
    """Whether each point is within some metres of the port; true for a port of which nobody knows where it is."""
    near = np.zeros(len(lat), dtype=np.bool_)
    outlines = [port.outline, *(facility.outline for facility in port.facilities)]
    for outline in outlines:
        if outline is not None:
            near |= within_m(outline, metres, lat, lon)
    return near if has_outline(port) else ~(_metres_to(port, lat, lon) > metres)


def _metres_to(port: Port, lat: Floats, lon: Floats) -> Floats:
    """Metres to the port's reference point or its middle; NaN where neither is known."""
    outlines = [port.outline, *(facility.outline for facility in port.facilities)]
    point = port.point or next((outline.centre for outline in outlines if outline is not None), None)
    return np.full(len(lat), np.nan) if point is None else great_circle_m(lat, lon, *point)


def _contradiction(port: Port, there: Place, metres: float) -> Place:
    where = f"in {there.port.name}" if there.port else "at sea"
    away = "" if np.isnan(metres) else f", {_km(metres)} from {port.name}"
    return replace(there, conflict=f"named {port.name}, but its coordinates are {where}{away}")


def _see(port: Port, lat: Floats, lon: Floats, located: Codes, at: Sequence[Place]) -> tuple[Integers, list[Place]]:
    """Where in the named port the coordinates put a ship; off its outline is in its roads."""
    seen = located.astype(np.int64)
    same = np.array([there.port is not None and there.port.id == port.id for there in at], dtype=np.bool_)
    rows = np.flatnonzero(~same[located])
    spots = inspect(port, lat[rows], lon[rows])
    outside = ~spots.inside_port & ~spots.candidates.any(axis=1)
    spots = replace(spots, at_roads=spots.at_roads | outside)
    groups, first = group(spots, np.arange(len(rows)))
    seen[rows] = groups + len(at)
    return seen, [*at, *(place_of(port, spots, int(row)) for row in first)]


def _excluded(named: Place, seen: Integers, spotted: Sequence[Place], lat: Floats, lon: Floats) -> Floats:
    """How many metres off the facility that was named lies, rounded, where the coordinates exclude it; else 0."""
    metres = np.zeros(len(lat))
    claimed = [named.facility] if named.facility else list(named.candidates)
    outlines = [facility.outline for facility in claimed if facility.outline is not None]
    if not claimed or len(outlines) < len(claimed):
        return metres
    another = np.array([there.facility is not None and there.facility not in claimed for there in spotted])
    possible = np.zeros(len(lat), dtype=np.bool_)
    for facility, outline in zip(claimed, outlines, strict=True):
        possible |= within_m(outline, max(facility.uncertainty_m, FACILITY_AGREES_M), lat, lon)
    rows = np.flatnonzero(another[seen] | ~possible)
    distances = [great_circle_m(lat[rows], lon[rows], *outline.centre) for outline in outlines]
    metres[rows] = np.maximum(_rounded(np.minimum.reduce(distances)), 1)
    return metres


def _agreed(named: Place, seen: Place, excluded_m: float) -> Place:
    """The place of a row whose coordinates agree with the named port."""
    if excluded_m > 0:
        title = named.facility.name if named.facility else " or ".join(item.name for item in named.candidates)
        return replace(seen, conflict=f"named {title}, but its coordinates are {_km(excluded_m)} from there")
    reached = (seen.facility,) if seen.facility else seen.candidates
    if named.facility is not None:
        by_berth = named.near_loading_berth or (named.facility.role in NOT_BERTHED and seen.near_loading_berth)
        return replace(named, near_loading_berth=by_berth)
    if named.candidates:
        return _narrowed(named, reached)
    if named.at_roads:
        calm = tuple(facility for facility in reached if facility.role in NOT_BERTHED)
        return replace(
            named,
            facility=calm[0] if len(calm) == 1 else None,
            candidates=calm if len(calm) > 1 else (),
            near_loading_berth=named.near_loading_berth or seen.near_loading_berth,
        )
    return seen


def _narrowed(named: Place, reached: tuple[Facility, ...]) -> Place:
    """Candidates that were named, narrowed to those that the coordinates reach."""
    both = tuple(facility for facility in named.candidates if facility in reached) or named.candidates
    return replace(named, facility=both[0] if len(both) == 1 else None, candidates=both if len(both) > 1 else ())


def _rounded(metres: Floats) -> Floats:
    """Two significant digits: enough for a reader, and few distinct values."""
    with np.errstate(divide="ignore", invalid="ignore"):
        step = 10.0 ** (np.floor(np.log10(metres)) - 1)
        rounded = np.round(metres / step) * step
    return np.where(metres > 0, np.round(rounded, 3), metres)


def _km(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres < 10_000 else f"{metres / 1000:.0f} km"
