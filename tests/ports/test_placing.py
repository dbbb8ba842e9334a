"""Names and coordinates together: they agree, one fills in what the other leaves open, or they contradict."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.ports.placing import place, place_sightings

BUNDLED = load_gazetteer()


def sightings(rows):
    frame = pd.DataFrame(rows, columns=["port", "facility", "lat", "lon"])
    return frame.astype({"port": "category", "facility": "category", "lat": "float64", "lon": "float64"})


def test_without_coordinates_the_name_tells(coast):
    assert place(coast, "Alpha", "oil berth", nan, nan) == coast.find("Alpha", "oil berth")
    assert place(coast, "Alpha", "", 10.05, nan).facility is None


def test_coordinates_fill_in_the_facility_that_the_name_leaves_open(coast):
    found = place(coast, "Alpha", "", 10.055, 20.055)
    assert (found.facility.name, found.conflict) == ("Alpha oil berth", "")


def test_a_name_decides_between_facilities_that_coordinates_cannot_tell_apart():
    found = place(BUNDLED, "Vostochny", "oil berth", 42.747, 133.083)
    assert (found.facility.id, found.conflict) == ("vostochny-oil-berth", "")


def test_coordinates_narrow_what_a_name_leaves_open():
    assert BUNDLED.find("Rajin", "pier").facility is None
    assert place(BUNDLED, "Rajin", "pier", 42.2, 130.3).facility.id == "rajin-pier-2"


def test_a_name_that_nobody_knows_gives_way_to_coordinates(coast):
    assert place(coast, "Narnia", "", 10.18, 20.18).port.name == "Alpha"
    at_sea = place(coast, "Narnia", "", 30, 30)
    assert (at_sea.kind, at_sea.text) == ("sea", "Narnia")


def test_nine_kilometres_off_the_named_port_is_at_its_roads(coast):
    found = place(coast, "Alpha", "", 10.28, 20.1)
    assert (found.port.name, found.facility, found.at_roads, found.conflict) == ("Alpha", None, True, "")


def test_twelve_kilometres_off_contradicts_the_name(coast):
    found = place(coast, "Alpha", "", 10.31, 20.1)
    assert (found.kind, found.port) == ("sea", None)
    assert found.conflict == "named Alpha, but its coordinates are at sea, 23 km from Alpha"


def test_coordinates_in_another_port_contradict_the_name(coast):
    found = place(coast, "Beta", "", 10.055, 20.055)
    assert found.port.name == "Alpha"
    assert found.conflict.startswith("named Beta, but its coordinates are in Alpha, ")


def test_kozmino_named_vostochny_is_a_contradiction_although_it_is_near():
    found = place(BUNDLED, "Vostochny", "", 42.72, 133.01)
    assert found.port.name == "Kozmino"
    assert "named Vostochny" in found.conflict


def test_the_sea_named_beside_coordinates_in_a_port_is_no_contradiction():
    found = place(BUNDLED, "Sea of Japan", "", 42.79, 133.0)
    assert (found.port.name, found.conflict) == ("Vostochny", "")


def test_a_facility_that_the_coordinates_exclude_is_a_contradiction(coast):
    found = place(coast, "Alpha", "container terminal", 10.055, 20.055)
    assert found.facility.name == "Alpha oil berth"
    assert found.conflict == "named Alpha container terminal, but its coordinates are 4.4 km from there"


def test_a_port_that_nobody_has_drawn_cannot_be_contradicted_at_sea_but_in_another_port():
    assert BUNDLED.find("Cho-do").port.outline is None
    at_sea = place(BUNDLED, "Cho-do", "", 38.5, 124.5)
    assert (at_sea.port.id, at_sea.conflict) == ("cho-do", "")
    assert "named Cho-do" in place(BUNDLED, "Cho-do", "", 42.79, 133.0).conflict


@pytest.mark.parametrize("point", [(91, 0), (0, 181), (np.inf, 0), (nan, 5)])
def test_impossible_coordinates_count_as_not_given(coast, point):
    assert place(coast, "Alpha", "", *point) == coast.find("Alpha")


def test_no_rows_no_places(coast):
    codes, places = place_sightings(sightings([]), coast)
    assert (len(codes), places) == (0, ())
    assert codes.dtype == np.int32


def test_one_place_for_all_rows_with_the_same_outcome(coast):
    spread = np.linspace(10.001, 10.015, 5000)
    frame = pd.DataFrame(
        {
            "port": pd.Categorical([""] * 5000),
            "facility": pd.Categorical([""] * 5000),
            "lat": spread,
            "lon": spread + 10,
        }
    )
    codes, places = place_sightings(frame, coast)
    assert len(places) == 1
    assert set(codes) == {0}


def test_far_contradictions_of_many_points_are_few_places(coast):
    lat, lon = (axis.ravel() for axis in np.meshgrid(np.linspace(-60, 60, 100), np.linspace(-170, 170, 100)))
    frame = pd.DataFrame(
        {"port": pd.Categorical(["Alpha"] * 10_000), "facility": pd.Categorical([""] * 10_000), "lat": lat, "lon": lon}
    )
    codes, places = place_sightings(frame, coast)
    assert len(places) < 200
    assert all(places[code].conflict for code in codes)


cells = st.sampled_from(
    [
        "",
        "Vostochny",
        "vostochny, oil berth",
        "Kozmino",
        "Nakhodka",
        "Cho-do",
        "Narnia",
        "Sea of Japan",
        "off Vostochny",
    ]
)
beside = st.sampled_from(["", "oil berth", "container terminal", "anchorage", "blue shed"])
points = st.one_of(
    st.tuples(st.floats(42.65, 42.85), st.floats(132.8, 133.2)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.just((nan, nan)),
)


@given(st.lists(st.tuples(cells, beside, points), max_size=30))
def test_many_rows_are_placed_as_each_row_alone(rows):
    codes, places = place_sightings(sightings([(port, facility, *point) for port, facility, point in rows]), BUNDLED)
    alone = [place(BUNDLED, port, facility, *point) for port, facility, point in rows]
    assert [places[code] for code in codes] == alone
    assert len(set(places)) == len(places)


@given(st.lists(st.tuples(cells, beside, points), min_size=1, max_size=20), st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = list(range(len(rows)))
    random.shuffle(shuffled)
    table = [(port, facility, *point) for port, facility, point in rows]
    codes, places = place_sightings(sightings(table), BUNDLED)
    other_codes, other_places = place_sightings(sightings([table[row] for row in shuffled]), BUNDLED)
    assert [places[codes[row]] for row in shuffled] == [other_places[code] for code in other_codes]
