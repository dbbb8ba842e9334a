"""Coordinates give a facility only where the outlines are good enough to tell."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from ports.drawing import feature, gazetteer, square

from vesseltrack.errors import ConfigurationError
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.ports.geometry import great_circle_m, within_m
from vesseltrack.ports.outline import Outline


def seen(place):
    return place.kind, place.facility and place.facility.name, [candidate.name for candidate in place.candidates]


def test_facility_before_port_before_sea(coast):
    assert seen(coast.locate(10.055, 20.055)) == ("port", "Alpha oil berth", [])
    assert seen(coast.locate(10.18, 20.18)) == ("port", None, [])
    assert seen(coast.locate(10.3, 20.1)) == ("sea", None, [])


def test_within_the_uncertainty_of_one_facility_is_that_facility(coast):
    assert seen(coast.locate(10.055, 20.064)) == ("port", "Alpha oil berth", [])
    assert seen(coast.locate(10.055, 20.066)) == ("port", None, [])


def test_the_edge_belongs_to_the_outline(coast):
    assert seen(coast.locate(10.2, 20.2)) == ("port", None, [])
    assert seen(coast.locate(10.2000001, 20.2)) == ("sea", None, [])


@pytest.mark.parametrize(
    ("berth_doubt_m", "terminal_doubt_m", "decided"), [(0, 0, True), (500, 0, True), (2000, 0, False), (0, 2000, False)]
)
def test_a_facility_is_told_only_if_the_next_is_farther_off_than_the_uncertainty(
    tmp_path, berth_doubt_m, terminal_doubt_m, decided
):
    """The terminal is about 1.1 km north of the berth's middle."""
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(square(10, 20, 1), name="Alpha"),
        feature(square(10.50, 20.5, 0.01), name="Berth", port="Alpha", uncertainty_m=berth_doubt_m),
        feature(square(10.515, 20.5, 0.01), name="Terminal", port="Alpha", uncertainty_m=terminal_doubt_m),
    )
    place = ports.locate(10.505, 20.505)
    assert seen(place) == (("port", "Berth", []) if decided else ("port", None, ["Berth", "Terminal"]))
    assert not place.at_roads


def test_at_an_anchorage_is_at_the_roads(coast):
    place = coast.locate(10.10, 20.12)
    assert seen(place) == ("port", "Alpha anchorage", [])
    assert place.at_roads


def test_near_a_loading_berth_is_within_three_kilometres_and_beyond_its_uncertainty(coast):
    berth, near, far = coast.locate(10.055, 20.063), coast.locate(10.062, 20.081), coast.locate(10.105, 20.125)
    assert (berth.facility.name, berth.near_loading_berth) == ("Alpha oil berth", False)
    assert (near.facility.name, near.near_loading_berth, near.at_roads) == ("Alpha anchorage", True, True)
    assert (far.facility.name, far.near_loading_berth, far.at_roads) == ("Alpha anchorage", False, True)


def test_a_ship_at_another_berth_is_not_near_the_loading_berth(tmp_path):
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(square(10, 20, 1), name="Alpha"),
        feature(square(10.50, 20.5, 0.01), name="Oil berth", port="Alpha", role="oil_loading"),
        feature(square(10.52, 20.5, 0.01), name="Terminal", port="Alpha", role="container_terminal"),
    )
    assert not ports.locate(10.525, 20.505).near_loading_berth
    assert ports.locate(10.515, 20.505).near_loading_berth


def test_where_two_ports_overlap_the_smaller_one_is_told(tmp_path):
    large, small = feature(square(10, 20, 1), name="Large"), feature(square(10.2, 20.2, 0.1), name="Small")
    for number, features in enumerate([(large, small), (small, large)]):
        ports = gazetteer(tmp_path / f"{number}.geojson", *features)
        assert ports.locate(10.25, 20.25).port.name == "Small"


def test_a_port_at_the_180th_meridian(tmp_path):
    halves = {
        "type": "MultiPolygon",
        "coordinates": [square(10, 179, 1)["coordinates"], square(10, -180, 1)["coordinates"]],
    }
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(halves, name="Dateline"),
        feature(square(10.5, 179.98, 0.02), name="Berth", port="Dateline", uncertainty_m=3000),
    )
    assert [seen(ports.locate(10.51, lon))[:2] for lon in (179.5, 180, -180, -179.98, -179.5, -178.9)] == [
        ("port", None), ("port", "Berth"), ("port", "Berth"), ("port", "Berth"), ("port", None), ("sea", None),
    ]  # fmt: skip


@pytest.mark.parametrize("point", [(91, 0), (-90.1, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_a_point_that_is_not_on_earth_is_refused(coast, point):
    with pytest.raises(ConfigurationError, match="no such point"):
        coast.locate(*point)


def test_swapped_latitude_and_longitude_are_pointed_out(coast):
    with pytest.raises(ConfigurationError, match=r"did you mean 42\.75 133\.08\?"):
        coast.locate(133.08, 42.75)


def test_the_oil_berth_and_the_container_terminal_of_vostochny_cannot_be_told_apart_by_coordinates(bundled):
    place = bundled.locate(42.747, 133.083)
    assert place.port.name == "Vostochny"
    assert place.facility is None
    assert {"oil_loading", "container_terminal"} <= {facility.role for facility in place.candidates}
    assert place.facility_role is None


def test_kozmino_is_seven_kilometres_from_vostochny_and_another_port(bundled):
    assert bundled.locate(42.72, 133.01).port.name == "Kozmino"


def test_every_port_with_an_outline_is_at_its_own_point(bundled):
    for port in bundled.ports:
        if port.outline is not None and port.point is not None:
            assert bundled.locate(*port.point).port.id == port.id


def test_the_bundled_outlines_are_valid_and_no_name_is_lost_to_another_port(bundled):
    for port in bundled.ports:
        for outline in (port.outline, *(facility.outline for facility in port.facilities)):
            assert outline is None or shapely.is_valid(outline.geometry)
        assert bundled.find(port.name).port.id == port.id


BUNDLED = load_gazetteer()
anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
around_vostochny = st.tuples(st.floats(42.6, 42.9), st.floats(132.8, 133.3))


@given(st.one_of(anywhere, around_vostochny))
def test_the_port_told_is_one_that_shapely_finds_there(point):
    """The law is stated without the shortcuts: boxes, cells and order of the ports."""
    place = BUNDLED.locate(*point)
    inside = {
        port.id
        for port in BUNDLED.ports
        if port.outline is not None and port.outline.geometry.covers(shapely.Point(point[1], point[0]))
    }
    if place.kind == "sea":
        assert not inside
    elif place.facility is None and not place.candidates:
        assert place.port.id in inside


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(100, 20_000), st.floats(0, 359), st.floats(0.5, 1.5))
def test_widened_outlines_reach_as_far_as_they_say(lat, lon, metres, bearing, share):
    """Compared with the great circle; the tolerance is that of the sphere, 0.5 %."""
    speck = Outline((((( lon, lat), (lon + 1e-9, lat), (lon, lat + 1e-9), (lon, lat)),),))  # fmt: skip
    north, east = np.cos(np.radians(bearing)), np.sin(np.radians(bearing))
    there_lat = lat + north * metres * share / 111_195
    there_lon = lon + east * metres * share / 111_195 / np.cos(np.radians(lat))
    away = float(great_circle_m(lat, lon, there_lat, there_lon))
    if abs(away / metres - 1) > 0.03:
        reached = within_m(speck, metres, np.array([there_lat]), np.array([(there_lon + 180) % 360 - 180]))
        assert bool(reached[0]) == (away < metres)
