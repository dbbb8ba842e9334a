"""From coordinates to places: a facility before its port, the smaller port before the larger one.

A point inside a facility's outline, or within the outline's uncertainty of it, is at that facility only if every other
facility of the port is farther off than the uncertainty; else the facility stays open and all within reach are
candidates. The uncertainty that counts is the larger one: that of the facility reached, or that of the other, which
may lie nearer than it is drawn. A point inside a port's outline and at no facility is in the port; one outside every
outline, and out of reach of every facility, is at sea.

"Near a loading berth" is said of a ship in a port that lies at no berth (at no facility, or only at anchorages) and
within 3 km of an oil loading facility, but farther from it than its uncertainty: nearer, it may be at the berth
itself, which is a candidate then. It is also said at an anchorage known to be that near.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from vesseltrack.ports.facilities import NEAR_BERTH_KM, NOT_BERTHED
from vesseltrack.ports.geometry import in_box, within_m
from vesseltrack.ports.model import Place
from vesseltrack.ports.naming import AT_SEA

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from vesseltrack.ports.geometry import Booleans, Floats
    from vesseltrack.ports.model import Facility, Port
    from vesseltrack.ports.outline import Box

    Integers = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]

_CELLS_PER_DEGREE = 4
_IN_FACILITY, _IN_PORT, _IN_REACH, _NOWHERE = 0, 1, 2, 3


@dataclass(frozen=True)
class Ground:
    """Ports with outlines, smallest first, and the cells of the globe in which any of them lies."""

    ports: tuple[Port, ...]
    reach: tuple[Box, ...]
    """For each port, a box around its outline and its facilities with their uncertainty."""

    cells: Booleans
    """By row (latitude) and column (longitude) of a quarter of a degree."""


@dataclass(frozen=True)
class Spots:
    """What coordinates say about points in and around one port."""

    inside_port: Booleans
    inside_facility: Booleans
    candidates: Booleans
    """By point and facility: where a ship at the point may be."""

    at_roads: Booleans
    near_loading_berth: Booleans


def survey(ports: Iterable[Port]) -> Ground:
    """Everything that coordinates are compared with, prepared once."""
    drawn = tuple(sorted((port for port in ports if has_outline(port)), key=lambda port: (_area(port), port.id)))
    boxes = tuple(_reach(port) for port in drawn)
    cells = np.zeros((180 * _CELLS_PER_DEGREE + 1, 360 * _CELLS_PER_DEGREE + 1), dtype=np.bool_)
    for west, south, east, north in boxes:
        rows = slice(max(_cell(south + 90), 0), _cell(north + 90) + 1)
        for turn in (-360, 0, 360):
            first, last = _cell(west + turn + 180), _cell(east + turn + 180)
            cells[rows, max(first, 0) : max(last + 1, 0)] = True
    return Ground(drawn, boxes, cells)


def has_outline(port: Port) -> bool:
    """Whether the port, or any facility of it, is drawn."""
    return port.outline is not None or any(facility.outline is not None for facility in port.facilities)


def locate(ground: Ground, lat: float, lon: float) -> Place:
    """The place at one point."""
    codes, places = locate_rows(ground, np.array([float(lat)]), np.array([float(lon)]))
    return places[int(codes[0])]


def locate_rows(ground: Ground, lat: Floats, lon: Floats) -> tuple[Codes, list[Place]]:
    """Places at points: a code for each point, and the places the codes stand for. Code 0 is at sea."""
    places = [AT_SEA]
    codes = np.zeros(len(lat), dtype=np.int32)
    row, column = (lat + 90) * _CELLS_PER_DEGREE, (lon + 180) * _CELLS_PER_DEGREE
    rows = np.flatnonzero(ground.cells[row.astype(np.int32), column.astype(np.int32)])
    lat, lon = lat[rows], lon[rows]
    best = np.full(len(rows), _NOWHERE)
    for port, box in zip(ground.ports, ground.reach, strict=True):
        near = np.flatnonzero(in_box(box, lat, lon))
        if not len(near):
            continue
        spots = inspect(port, lat[near], lon[near])
        rank = np.select(
            [spots.inside_facility, spots.inside_port, spots.candidates.any(axis=1)],
            [_IN_FACILITY, _IN_PORT, _IN_REACH],
            _NOWHERE,
        )
        better = np.flatnonzero(rank < best[near])
        groups, first = group(spots, better)
        best[near[better]] = rank[better]
        codes[rows[near[better]]] = groups + len(places)
        places.extend(place_of(port, spots, int(better[example])) for example in first)
    return codes, places


def inspect(port: Port, lat: Floats, lon: Floats) -> Spots:
    """Facilities, roads and loading berths of a port, seen from each point."""
    candidates = _candidates(port.facilities, lat, lon)
    somewhere = np.asarray(candidates.any(axis=1), dtype=np.bool_)
    inside_facility = np.zeros(len(lat), dtype=np.bool_)
    rows = np.flatnonzero(somewhere)
    for facility in port.facilities:
        if facility.outline is not None:
            inside_facility[rows] |= within_m(facility.outline, 0, lat[rows], lon[rows])
    inside_port = np.zeros(len(lat), dtype=np.bool_)
    if port.outline is not None:
        inside_port = within_m(port.outline, 0, lat, lon)
    calm = np.array([facility.role in NOT_BERTHED for facility in port.facilities], dtype=np.bool_)
    by_berth = calm & np.array([facility.near_loading_berth for facility in port.facilities], dtype=np.bool_)
    not_berthed = np.asarray(~(candidates & ~calm).any(axis=1), dtype=np.bool_)
    near = np.asarray(somewhere & ~(candidates & ~by_berth).any(axis=1), dtype=np.bool_)
    for facility in port.facilities:
        if facility.role == "oil_loading" and facility.outline is not None:
            near |= not_berthed & within_m(facility.outline, NEAR_BERTH_KM * 1000, lat, lon)
    return Spots(inside_port, inside_facility, candidates, somewhere & not_berthed, near)


def _candidates(facilities: tuple[Facility, ...], lat: Floats, lon: Floats) -> Booleans:
    """By point and facility, whether a ship at the point may be there."""
    candidates = np.zeros((len(lat), len(facilities)), dtype=np.bool_)
    doubt = np.full(len(lat), -1.0)
    for number, facility in enumerate(facilities):
        if facility.outline is not None:
            reached = within_m(facility.outline, facility.uncertainty_m, lat, lon)
            candidates[:, number] = reached
            doubt = np.where(reached, np.maximum(doubt, facility.uncertainty_m), doubt)
    for metres in sorted({facility.uncertainty_m for facility in facilities}):
        rows = np.flatnonzero(doubt == metres)
        for number, facility in enumerate(facilities):
            if facility.outline is not None and facility.uncertainty_m < metres and len(rows):
                candidates[rows, number] |= within_m(facility.outline, metres, lat[rows], lon[rows])
    return candidates


def place_of(port: Port, spots: Spots, row: int) -> Place:
    """The place of one point in a port."""
    found = tuple(facility for facility, reached in zip(port.facilities, spots.candidates[row], strict=True) if reached)
    return Place(
        "port", port, found[0] if len(found) == 1 else None, found if len(found) > 1 else (),
        at_roads=bool(spots.at_roads[row]), near_loading_berth=bool(spots.near_loading_berth[row]), text="",
    )  # fmt: skip


def group(spots: Spots, rows: Integers) -> tuple[Integers, Integers]:
    """Number the distinct places among some points, and say at which of the rows each first appears."""
    columns = [spots.candidates[rows, number] for number in range(spots.candidates.shape[1])]
    return distinct([*columns, spots.at_roads[rows], spots.near_loading_berth[rows]], len(rows))


def distinct(columns: Iterable[npt.NDArray[np.generic]], length: int) -> tuple[Integers, Integers]:
    """Number the distinct rows of some columns in order of appearance, and say where each first appears."""
    codes = np.zeros(length, dtype=np.int64)
    for column in columns:
        found, values = pd.factorize(column)
        codes = np.asarray(pd.factorize(codes * max(len(values), 1) + found)[0], dtype=np.int64)
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(length - 1, -1, -1)
    return codes, first


def _reach(port: Port) -> Box:
    boxes = [] if port.outline is None else [port.outline.bounds]
    boxes += [
        facility.outline.box_within(facility.uncertainty_m)
        for facility in port.facilities
        if facility.outline is not None
    ]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _area(port: Port) -> float:
    """Square degrees: enough to tell the smaller of two ports that overlap."""
    outlines = [port.outline] if port.outline else [facility.outline for facility in port.facilities]
    return sum(float(outline.geometry.area) for outline in outlines if outline is not None)


def _cell(degrees: float) -> int:
    return floor(degrees * _CELLS_PER_DEGREE)
