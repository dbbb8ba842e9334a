"""By sea, Korea is to be sailed round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.ports.distance import great_circle_km, point_of, sail_hours, sea_distance_km
from vesseltrack.ports.gazetteer import load_gazetteer

BUNDLED = load_gazetteer()
PORTS = {port.id: port for port in BUNDLED.ports}


def test_vostochny_to_chongjin_is_under_a_day():
    assert 9 < sail_hours(PORTS["vostochny"], PORTS["chongjin"]) < 24


def test_vostochny_to_nampo_leads_round_the_peninsula():
    direct = great_circle_km(PORTS["vostochny"].point, PORTS["nampo"].point)
    by_sea = sea_distance_km(PORTS["vostochny"], PORTS["nampo"])
    assert direct < 800
    assert 1700 < by_sea < 1950


def test_from_coast_to_coast_is_always_farther_by_sea():
    east = [port for port in BUNDLED.ports if port.country == "KP" and port.point and port.point[1] > 127]
    west = [port for port in BUNDLED.ports if port.country == "KP" and port.point and port.point[1] < 127]
    assert east
    assert west
    for a in east:
        for b in west:
            assert sea_distance_km(a, b) > 1200


def test_along_one_coast_the_way_is_nearly_direct():
    for a, b in [("vostochny", "rajin"), ("chongjin", "kim-chaek"), ("nampo", "dalian"), ("nakhodka", "vladivostok")]:
        direct = great_circle_km(PORTS[a].point, PORTS[b].point)
        assert direct <= sea_distance_km(PORTS[a], PORTS[b]) < 1.1 * direct


def test_a_place_without_a_point_has_no_distance():
    assert sea_distance_km(PORTS["cho-do"], PORTS["nampo"]) is None
    assert sail_hours(PORTS["nampo"], PORTS["cho-do"]) is None
    assert sea_distance_km(None, (1.0, 2.0)) is None
    assert sea_distance_km(BUNDLED.find("at sea"), PORTS["nampo"]) is None


def test_a_place_stands_for_its_port():
    assert sea_distance_km(BUNDLED.find("Vostochny"), BUNDLED.find("RUVYP")) == 0
    assert point_of(BUNDLED.find("Vostochny", "oil berth")) == PORTS["vostochny"].point


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_a_ship_that_does_not_move_never_arrives(speed):
    with pytest.raises(ValueError, match="speed"):
        sail_hours(PORTS["vostochny"], PORTS["nampo"], speed)


def test_hours_fall_with_speed():
    assert sail_hours(PORTS["vostochny"], PORTS["nampo"], 10) == pytest.approx(
        1.5 * sail_hours(PORTS["vostochny"], PORTS["nampo"])
    )


points = st.tuples(st.floats(-85, 85), st.floats(-180, 180))
region = st.tuples(st.floats(20, 55), st.floats(115, 150))


@given(st.one_of(points, region), st.one_of(points, region))
def test_symmetric_finite_and_never_shorter_than_the_great_circle(a, b):
    there, back = sea_distance_km(a, b), sea_distance_km(b, a)
    assert there == back
    assert great_circle_km(a, b) <= there + 1e-6 < 1e5
    assert sea_distance_km(a, a) == 0


known = st.sampled_from([port for port in BUNDLED.ports if port.point])


@given(known, known, known)
def test_no_detour_over_a_third_port_is_much_shorter(a, b, c):
    """Routes bend at a few chosen points, so a detour may save a little, never a tenth."""
    assert sea_distance_km(a, c) <= 1.1 * (sea_distance_km(a, b) + sea_distance_km(b, c)) + 30
