"""Ports as a table of cells: a join on whole numbers says where a position is, and only borders are looked at closely.

A cell of 1/20 degree lies wholly in one port, wholly in the margin of some, or is to be tested exactly; a position in
a cell that is not in the table is far from every port. A position is in a port where `ports locate` says so (the
smaller port before the larger, a facility with the uncertainty of its outline); the margin around it is there so that
a ship at the edge does not come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from vesseltrack.ports.geometry import within_m
from vesseltrack.ports.locating import locate_rows
from vesseltrack.tracks.motion import degrees, quotient
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from vesseltrack.ports.geometry import Floats
    from vesseltrack.ports.locating import Ground
    from vesseltrack.ports.model import Port
    from vesseltrack.ports.outline import Outline

    Integers = npt.NDArray[np.int64]

INSIDE, NEAR, TEST = 2, 1, 0

_PER_DEGREE = 20
_SIZE = MILLIONTHS // _PER_DEGREE
_ROWS, _COLUMNS = 180 * _PER_DEGREE + 1, 360 * _PER_DEGREE + 1
"""The last ones hold the pole and the 180th meridian alone."""


def cell_of(lat: nw.Expr, lon: nw.Expr) -> nw.Expr:
    """Number of the cell of a position in millionths of a degree."""
    row, column = ((at + first * MILLIONTHS, _SIZE) for at, first in ((lat, 90), (lon, 180)))
    return quotient(*row, nw.Int32) * _COLUMNS + quotient(*column, nw.Int32)


@dataclass(frozen=True)
class Fence:
    """All ports that have an outline, with a margin."""

    ground: Ground
    ports: tuple[Port, ...]
    """A port's number in frames is its place here."""

    margin_m: float
    cells: pa.Table
    """``cell`` (int32), ``port`` (int16, -1 where it is open), ``state`` (int8: INSIDE, NEAR or TEST): every cell that
    any port or margin touches. A cell that is NEAR several ports has a row for each."""

    def states(self, lat: Floats, lon: Floats) -> tuple[Integers, Integers, Integers]:
        """What is exactly at positions in degrees.

        Returns:
            Number of the position, number of the port, INSIDE or NEAR. A position in a port has one row, any other a
            row for each port in whose margin it lies, or none.
        """
        numbers = {port.id: number for number, port in enumerate(self.ports)}
        codes, places = locate_rows(self.ground, lat, lon)
        at = np.array([numbers[place.port.id] if place.port is not None else -1 for place in places], dtype=np.int64)
        port = at[codes]
        outside = np.flatnonzero(port < 0)
        found = [(np.flatnonzero(port >= 0), port[port >= 0], INSIDE)]
        for number, port_there in enumerate(self.ports):
            rows = outside[near_any([port_there], self.margin_m, lat[outside], lon[outside])]
            found.append((rows, np.full(len(rows), number), NEAR))
        rows, numbers_found, states = zip(*((r, n, np.full(len(r), s)) for r, n, s in found), strict=True)
        return np.concatenate(rows), np.concatenate(numbers_found), np.concatenate(states)

    def tested(self, table: pa.Table) -> pa.Table:
        """Rows of ``mmsi, time, lat, lon, ...`` with ``port`` and ``state`` in the place of what was open."""
        lat, lon = (degrees(table[name].to_numpy()) for name in ("lat", "lon"))
        rows, ports, states = self.states(lat, lon)
        taken = table.take(pa.array(rows))
        for name, values, kind in (("port", ports, pa.int16()), ("state", states, pa.int8())):
            taken = taken.set_column(taken.schema.get_field_index(name), name, pa.array(values, kind))
        return taken


def build_fence(ground: Ground, margin_m: float) -> Fence:
    """The table of cells of all ports.

    Args:
        ground: ports with outlines, see `ports.locating.survey`.
        margin_m: how far from a port its margin reaches, in metres, 0 or more.
    """
    touched = _cells_of(ground.ports, margin_m)
    by_cell = touched.groupby("cell", sort=True)
    areas = by_cell["area"].transform("sum")
    inside = touched[(areas == 1) & touched["whole_area"]].assign(state=INSIDE)
    near = touched[(areas == 0) & by_cell["whole"].transform("all")].assign(state=NEAR)
    known = pd.concat([inside, near])
    open_cells = np.setdiff1d(touched["cell"].unique(), known["cell"].unique())
    table = pa.table(
        {
            "cell": pa.array([*known["cell"], *open_cells], pa.int32()),
            "port": pa.array([*known["port"], *([-1] * len(open_cells))], pa.int16()),
            "state": pa.array([*known["state"], *([TEST] * len(open_cells))], pa.int8()),
        }
    )
    return Fence(ground, ground.ports, margin_m, table)


def near_any(ports: Iterable[Port], metres: float, lat: Floats, lon: Floats) -> npt.NDArray[np.bool_]:
    """Whether each position in degrees is within a distance of a port, a facility as wide as it is uncertain."""
    near = np.zeros(len(lat), dtype=np.bool_)
    for port in ports:
        for outline, reach in _pieces(port, metres):
            near |= within_m(outline, reach, lat, lon)
    return near


def cells_wholly_within(ports: Sequence[Port], metres: float) -> pa.Table:
    """``cell`` (int32): the cells that lie wholly within a distance of a port."""
    touched = _cells_of(ports, metres)
    return pa.table({"cell": pa.array(np.unique(touched.loc[touched["whole"], "cell"]), pa.int32())})


def _cells_of(ports: Sequence[Port], margin_m: float) -> pd.DataFrame:
    """``cell, port, area, whole_area, whole``: the cells that each port or its margin touches.

    ``area``: whether the port does; ``whole_area``: whether it fills the cell; ``whole``: whether the margin does.
    """
    columns = {"row": "int64", "column": "int64", "area": "bool", "whole_area": "bool", "whole": "bool"}
    parts = [_grid_of(port, margin_m) for port in ports]
    each = zip(*parts, strict=True) if parts else [()] * len(columns)
    joined = [np.concatenate([np.empty(0, kind), *part]) for kind, part in zip(columns.values(), each, strict=True)]
    frame = pd.DataFrame(dict(zip(columns, joined, strict=True))).astype(columns)
    frame["port"] = np.repeat(np.arange(len(parts), dtype=np.int16), [len(part[0]) for part in parts])
    # What lies beyond the 180th meridian, and the meridian itself, which two columns of cells share.
    width = _COLUMNS - 1
    frame["column"] = np.where(frame["column"] == width, width, frame["column"] % width)
    edge = frame["column"].isin([0, width - 1, width]).to_numpy()
    if edge.any():
        seam = frame[edge].assign(whole_area=False, whole=False)
        both = pd.concat([frame, seam.assign(column=0), seam.assign(column=width)])
        told = {"area": "any", "whole_area": "all", "whole": "all"}
        frame = both.groupby(["port", "row", "column"], as_index=False).agg(told)
    return frame.assign(cell=(frame["row"] * _COLUMNS + frame["column"]).astype("int32"))


def _pieces(port: Port, metres: float) -> list[tuple[Outline, float]]:
    """The outlines of a port, and how far each reaches when the port is widened by some metres."""
    pieces = [] if port.outline is None else [(port.outline, metres)]
    return pieces + [(one.outline, one.uncertainty_m + metres) for one in port.facilities if one.outline is not None]


def _grid_of(port: Port, margin_m: float) -> tuple[npt.NDArray[np.generic], ...]:
    """Row, column, area, whole_area and whole of `_cells_of`; columns go on where the globe ends."""
    boxes = [outline.within(metres).bounds for outline, metres in _pieces(port, margin_m)]
    west, south, east, north = (
        pick(values) for pick, values in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
    )
    rows = np.arange(max(_cells_from(-90, south), 0), min(_cells_from(-90, north) + 1, _ROWS - 1) + 1)
    columns = np.arange(_cells_from(-180, west), _cells_from(-180, east) + 2)
    row, column = (grid.ravel() for grid in np.meshgrid(rows, columns, indexing="ij"))
    cells = shapely.box(_border(-180, column), _border(-90, row), _border(-180, column + 1), _border(-90, row + 1))
    margin, whole = _compared([outline.within(metres) for outline, metres in _pieces(port, margin_m)], cells)
    area, whole_area = _compared([outline.within(metres) for outline, metres in _pieces(port, 0)], cells)
    return tuple(column[margin] for column in (row, column, area, whole_area, whole))


def _compared(shapes: list[BaseGeometry], cells: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.bool_], ...]:
    """Whether any of some shapes touches, and whether one of them fills, each cell."""
    touched = np.zeros(len(cells), dtype=np.bool_)
    filled = np.zeros(len(cells), dtype=np.bool_)
    for shape in shapes:
        near = np.flatnonzero(shapely.intersects(shape, cells))
        touched[near] = True
        filled[near] |= shapely.covers(shape, cells[near])
    return touched, filled


def _cells_from(first: int, value: float) -> int:
    """How many cells fit between two latitudes or longitudes; one too few where the value is on a border."""
    return floor((value - first) * _PER_DEGREE)


def _border(first: int, number: Integers) -> Floats:
    """Where a cell begins, in degrees: to the bit what a position on its border is, which belongs to this cell."""
    return degrees(number * _SIZE + first * MILLIONTHS)
