"""The table of cells and the exact test of what it leaves open say what plain shapely says, of every position."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from vesseltrack.ports.gazetteer import Gazetteer, load_gazetteer
from vesseltrack.ports.locating import locate_rows, survey
from vesseltrack.tracks.geofence import INSIDE, NEAR, TEST, Fence, build_fence, cell_of, cells_wholly_within
from vesseltrack.tracks.motion import degrees

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

DEGREE = 1_000_000
CELL = DEGREE // 20

Point = tuple[int, int]
"""Latitude, longitude in millionths, as positions are kept."""


def by_cells(fence: Fence, points: list[Point]) -> set[tuple[Point, str, int]]:
    """What the table says, and `tested` of what the table leaves open: point, port, state."""
    frame = pd.DataFrame(points, columns=["lat", "lon"], dtype="int32")
    cells = nw.from_native(frame).select(nw.col("lat"), nw.col("lon"), cell=cell_of(nw.col("lat"), nw.col("lon")))
    found = cells.to_native().merge(fence.cells.to_pandas(), on="cell")
    known, left = found[found["state"] != TEST], found[found["state"] == TEST]
    rows, ports, states = fence.states(degrees(left["lat"].to_numpy()), degrees(left["lon"].to_numpy()))
    tested = left.iloc[rows].assign(port=ports, state=states)
    both = pd.concat([known, tested])
    return {
        ((int(lat), int(lon)), fence.ports[port].id, int(state))
        for lat, lon, port, state in zip(both["lat"], both["lon"], both["port"], both["state"], strict=True)
    }


def by_shapely(gazetteer: Gazetteer, margin_m: float, points: list[Point]) -> set[tuple[Point, str, int]]:
    """The same by asking every outline about every point."""
    lat, lon = (degrees(np.array(values)) for values in zip(*points, strict=True))
    found = set()
    inside = {port.id: covered(port, 0, lat, lon) for port in gazetteer.ports}
    near = {port.id: covered(port, margin_m, lat, lon) for port in gazetteer.ports}
    codes, places = locate_rows(gazetteer.ground, lat, lon)
    for number, point in enumerate(points):
        place = places[codes[number]]
        assert (place.port is not None) == any(inside[port][number] for port in inside), point
        if place.port is not None:
            found.add((point, place.port.id, INSIDE))
        else:
            found |= {(point, port, NEAR) for port in near if near[port][number]}
    return found


def covered(port, metres: float, lat, lon) -> np.ndarray:
    pieces = [] if port.outline is None else [port.outline.within(metres)]
    pieces += [one.outline.within(one.uncertainty_m + metres) for one in port.facilities if one.outline is not None]
    found = np.zeros(len(lat), dtype=bool)
    for piece in pieces:
        for turn in (-360, 0, 360):
            if turn and piece.bounds[0] >= -180 and piece.bounds[2] <= 180:
                continue  # a whole turn and back would round
            found |= shapely.intersects_xy(piece, lon + turn, lat)
    return found


def gazetteer_of(ports: dict[str, shapely.Geometry], **facilities: tuple[str, shapely.Geometry, int]) -> Gazetteer:
    """Ports by name, and facilities with their port and uncertainty, as a user's file gives them."""
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": json.loads(shapely.to_geojson(shape))}
        for name, shape in ports.items()
    ]
    features += [
        {
            "type": "Feature",
            "properties": {"name": name, "port": port, "uncertainty_m": uncertainty},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for name, (port, shape, uncertainty) in facilities.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ports.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return load_gazetteer(path)


# -- shapes: everything about a corner of the globe, given in millionths --

CORNERS = {
    "open sea": (42 * DEGREE, 132 * DEGREE),
    "south-west": (-34 * DEGREE, -71 * DEGREE),
    "equator and Greenwich": (0, 0),
    "antimeridian": (52 * DEGREE, 180 * DEGREE),
    "antimeridian at the equator": (0, 180 * DEGREE),
    "far north": (89 * DEGREE + 800_000, 30 * DEGREE),
    "far south": (-89 * DEGREE - 900_000, -179 * DEGREE - 900_000),
}

offsets = st.one_of(
    st.integers(-3, 3).map(lambda cells: cells * CELL),  # on the borders of cells
    st.integers(-3 * CELL, 3 * CELL),
)


@st.composite
def polygons(draw) -> shapely.Geometry:
    """A box, perhaps with a hole in it, or a hull; around 0, in millionths."""
    if draw(st.booleans()):
        (west, east), (south, north) = (sorted(draw(st.tuples(offsets, offsets))) for _ in range(2))
        shape = shapely.box(west, south, east + 1, north + 1)
        if draw(st.booleans()):
            third = ((east - west) // 3, (north - south) // 3)
            shape = shape.difference(shapely.box(west + third[0], south + third[1], east - third[0], north - third[1]))
        return shape
    corners = draw(st.lists(st.tuples(offsets, offsets), min_size=3, max_size=7))
    return shapely.MultiPoint(corners).convex_hull


@st.composite
def shapes(draw) -> shapely.Geometry:
    """One or several polygons, or a polygon that others were cut out of."""
    parts = draw(st.lists(polygons(), min_size=1, max_size=3))
    whole = shapely.union_all(parts)
    if draw(st.booleans()):
        whole = parts[0].difference(shapely.union_all(parts[1:]))
    return shapely.MultiPolygon(
        [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and part.area > 1]
    )


def placed(shape: shapely.Geometry, corner: Point) -> shapely.Geometry:
    """In degrees around a corner of the globe; split at 180 degrees and ending at the pole, as GeoJSON asks."""
    lat, lon = corner
    there = shapely.transform(shape, lambda xy: (np.round(xy) + np.array([lon, lat])) / DEGREE)
    parts = [
        shapely.transform(
            there.intersection(shapely.box(turn - 180, -90, turn + 180, 90)), lambda xy, t=turn: xy - [t, 0]
        )
        for turn in (-360, 0, 360)
    ]
    flat = [one for part in parts for one in shapely.get_parts(part) if one.geom_type == "Polygon"]
    return shapely.MultiPolygon(flat)


def wrapped(lat: int, lon: int) -> Point:
    return max(min(lat, 90 * DEGREE), -90 * DEGREE), (lon + 180 * DEGREE) % (360 * DEGREE) - 180 * DEGREE


def telling_points(gazetteer: Gazetteer, corner: Point, drawn: list[Point]) -> list[Point]:
    """Points drawn at random, corners of the outlines and a millionth beside them, and crossings of cell borders."""
    points = {wrapped(corner[0] + lat, corner[1] + lon) for lat, lon in drawn}
    for port in gazetteer.ports:
        for outline in [port.outline, *(one.outline for one in port.facilities)]:
            for ring in (ring for polygon in (outline.polygons if outline else ()) for ring in polygon):
                points |= {(round(lat * DEGREE), round(lon * DEGREE)) for lon, lat in ring}
    points |= {(max(min(lat + a, 90 * DEGREE), -90 * DEGREE), max(min(lon + b, 180 * DEGREE), -180 * DEGREE))
               for lat, lon in list(points)[:40] for a in (-1, 0, 1) for b in (-1, 0, 1)}  # fmt: skip
    south, west = corner[0] // CELL, corner[1] // CELL
    points |= {
        wrapped(lat * CELL, lon * CELL) for lat in range(south - 4, south + 5) for lon in range(west - 4, west + 5)
    }
    points |= {(lat, side * 180 * DEGREE) for lat, _ in list(points)[:60] for side in (-1, 1)}
    return sorted(points)


@settings(max_examples=EXAMPLES)
@given(
    corner=st.sampled_from(sorted(CORNERS)),
    first=shapes(),
    second=shapes(),
    berth=polygons(),
    uncertainty=st.sampled_from([0, 300, 4000]),
    margin_m=st.sampled_from([0, 1, 1000, 12_000]),
    drawn=st.lists(st.tuples(st.integers(-6 * CELL, 6 * CELL), st.integers(-6 * CELL, 6 * CELL)), max_size=80),
)
def test_cells_and_exact_test_say_what_shapely_says(corner, first, second, berth, uncertainty, margin_m, drawn):
    """Holes, several polygons, overlapping ports, edges on borders of cells, the antimeridian, the poles."""
    middle = CORNERS[corner]
    ports = {
        name: there
        for name, shape in (("Alpha", first), ("Beta", second))
        if not (there := placed(shape, middle)).is_empty and there.is_valid
    }
    berths = {} if (there := placed(berth, middle)).is_empty or not there.is_valid else {
        "Berth": ("Alpha", there, uncertainty)
    }  # fmt: skip
    if not ports and not berths:
        return
    gazetteer = gazetteer_of(ports, **berths)
    points = telling_points(gazetteer, middle, drawn)
    assert by_cells(build_fence(gazetteer.ground, margin_m), points) == by_shapely(gazetteer, margin_m, points)


@pytest.fixture(scope="module")
def bundled() -> tuple[Gazetteer, Fence]:
    gazetteer = load_gazetteer()
    return gazetteer, build_fence(gazetteer.ground, 1000)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_the_bundled_ports_are_where_shapely_says(bundled, data):
    gazetteer, fence = bundled
    port = data.draw(st.sampled_from([port for port in gazetteer.ground.ports if port.outline is not None]))
    west, south, east, north = (round(value * DEGREE) for value in port.outline.bounds)
    lats, lons = st.integers(south - 2 * CELL, north + 2 * CELL), st.integers(west - 2 * CELL, east + 2 * CELL)
    points = data.draw(st.lists(st.tuples(lats, lons), min_size=50, max_size=200))
    points += [(round(lat * DEGREE), round(lon * DEGREE)) for lon, lat in port.outline.polygons[0][0]]
    assert by_cells(fence, points) == by_shapely(gazetteer, 1000, points)


def test_the_table_is_small_and_says_most_by_itself(bundled):
    """A join with the table costs nothing, and few cells are looked at closely."""
    _, fence = bundled
    cells = fence.cells.to_pandas()
    assert len(cells) < 20_000
    assert set(cells["state"]) == {INSIDE, TEST}, "a margin of a kilometre fills no cell of five"
    assert ((cells["port"] == -1) == (cells["state"] == TEST)).all()
    assert not cells.duplicated(["cell", "port"]).any()


def test_no_port_no_cells():
    fence = build_fence(survey([]), 1000)
    assert (fence.cells.num_rows, fence.ports) == (0, ())


@settings(max_examples=EXAMPLES)
@given(
    corner=st.sampled_from(sorted(CORNERS)), shape=shapes(), metres=st.sampled_from([1000, 10_000]),
    drawn=st.lists(st.tuples(st.integers(-6 * CELL, 6 * CELL), st.integers(-6 * CELL, 6 * CELL)), max_size=80),
)  # fmt: skip
def test_a_cell_said_to_lie_within_a_distance_holds_no_position_farther_off(corner, shape, metres, drawn):
    middle = CORNERS[corner]
    there = placed(shape, middle)
    if there.is_empty or not there.is_valid:
        return
    gazetteer = gazetteer_of({"Alpha": there})
    cells = set(cells_wholly_within(gazetteer.ports, metres)["cell"].to_pylist())
    points = telling_points(gazetteer, middle, drawn)
    frame = nw.from_native(pd.DataFrame(points, columns=["lat", "lon"], dtype="int32"))
    within = frame.select(cell=cell_of(nw.col("lat"), nw.col("lon")))["cell"].is_in(sorted(cells)).to_numpy()
    lat, lon = (degrees(np.array(values)) for values in zip(*points, strict=True))
    assert not (within & ~covered(gazetteer.ports[0], metres, lat, lon)).any()
