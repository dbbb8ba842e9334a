"""Moves that no ship makes: two ships under one MMSI, false positions, and jumps."""

from __future__ import annotations

import os

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.moves import impossible_moves as oracle
from tracks.sent import HOUR, Fix, offset, positions

from vesseltrack.tracks.detectors.moves import impossible_moves
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.thresholds import Thresholds

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

LIMITS = Thresholds()
HERE, THERE = (38_000_000, 125_000_000), (35_000_000, 129_000_000)
DAY = 1_709_251_200
SHIP, OTHER = 445_000_002, 613_000_001


def moved(engine, fixes, limits=LIMITS):
    nowhere = pa.table({"cell": pa.array([], pa.int32()), "fenced": pa.array([], pa.bool_())})
    fenced = engine.known(nowhere, "fenced")
    return impossible_moves(engine, telling_steps(positions(engine, fixes), fenced, limits), limits)


def at(*places, every=600, ship=SHIP):
    return [Fix(ship, DAY + number * every, *place) for number, place in enumerate(places)]


def test_a_track_that_goes_on_elsewhere_is_a_jump(engine):
    found = moved(engine, at(HERE, HERE, THERE, THERE))
    assert found[["mmsi", "start", "end", "confidence", "detail"]].to_numpy().tolist() == [
        [SHIP, DAY + 600, DAY + 1200, 3, "jump"]
    ]
    assert found[["lat", "lon", "end_lat", "end_lon"]].to_numpy().tolist() == [[38, 125, 35, 129]]
    assert found["distance_km"][0] == pytest.approx(488.9, abs=0.1)
    assert found["speed_kn"][0] == pytest.approx(found["distance_km"][0] * 6 / 1.852)


def test_one_position_elsewhere_is_one_false_position(engine):
    found = moved(engine, at(HERE, HERE, THERE, HERE, HERE))
    assert found[["start", "end", "confidence", "detail"]].to_numpy().tolist() == [
        [DAY + 600, DAY + 1800, 1, "false_position"]
    ]
    assert found["distance_km"][0] > 400


def test_two_tracks_under_one_mmsi_are_one_event(engine):
    found = moved(engine, at(HERE, THERE, HERE, THERE, HERE))
    assert found[["start", "end", "confidence", "detail"]].to_numpy().tolist() == [
        [DAY, DAY + 2400, 4, "two_ships;jumps=4"]
    ]


def test_two_tracks_that_move_are_one_event_too(engine):
    ship = [offset(*HERE, north_m=900 * n) if n % 2 else offset(*THERE, east_m=-900 * n) for n in range(12)]
    assert moved(engine, at(*ship))["detail"].tolist() == ["two_ships;jumps=11"]


def test_two_ships_heard_in_the_same_second_are_told_apart(engine):
    fixes = [Fix(SHIP, DAY + n * 600, *place) for n in range(4) for place in (HERE, THERE)]
    assert moved(engine, fixes)["detail"].tolist() == ["two_ships;jumps=7"]


def test_two_false_positions_days_apart_are_two_events(engine):
    false = at(HERE, THERE, HERE)
    later = [fix._replace(time=fix.time + 3 * 24 * HOUR) for fix in false]
    assert moved(engine, [*false, *later])["detail"].tolist() == ["false_position", "false_position"]


@pytest.mark.parametrize(
    ("metres", "seconds", "jumps"),
    [(999, 1, 0), (1001, 1, 1), (1001, 0, 1), (15_400, 600, 0), (15_470, 600, 1), (999, 0, 0)],
)
def test_faster_than_50_kn_and_a_kilometre_at_least(engine, metres, seconds, jumps):
    fixes = [Fix(SHIP, DAY, *HERE), Fix(SHIP, DAY + seconds, *offset(*HERE, north_m=metres))]
    assert len(moved(engine, fixes)) == jumps


def test_the_180th_meridian_is_no_jump(engine):
    assert moved(engine, at((0, 179_999_000), (0, -179_999_000))).empty


def test_ships_are_followed_each_by_itself(engine):
    found = moved(engine, [*at(HERE, HERE), *at(THERE, THERE, ship=OTHER)])
    assert found.empty


@st.composite
def wild_tracks(draw):
    places = [
        HERE,
        offset(*HERE, 3_000),
        offset(*HERE, 0, 30_000),
        THERE,
        (10_000_000, 179_990_000),
        (10_000_000, -179_990_000),
    ]
    fixes = []
    for ship in (SHIP, OTHER)[: draw(st.integers(1, 2))]:
        time = DAY
        for place, wait in draw(
            st.lists(st.tuples(st.sampled_from(places), st.sampled_from([0, 60, 600, 5000, 40000, 90000])), max_size=14)
        ):
            time += wait
            fixes.append(Fix(ship, time, *place))
    return fixes


@settings(max_examples=EXAMPLES)
@given(wild_tracks(), st.randoms(use_true_random=False))
def test_following_each_fix_by_hand_gives_the_same(engine, fixes, shuffle):
    again = fixes + shuffle.sample(fixes, len(fixes) // 2)
    shuffle.shuffle(again)
    found = moved(engine, again).sort_values(["mmsi", "start", "end", "lat", "lon"])
    columns = ["mmsi", "start", "end", "lat", "lon", "end_lat", "end_lon", "confidence", "detail"]
    expected = oracle(fixes, LIMITS)
    assert sorted(map(tuple, found[columns].to_numpy().tolist())) == [event[:-1] for event in expected]
    assert sorted(found["distance_km"]) == pytest.approx(sorted(event[-1] for event in expected))


def test_the_order_of_rows_and_rows_read_twice_change_nothing(engine):
    fixes = at(HERE, THERE, HERE, offset(*HERE, 800), THERE, HERE)
    pd.testing.assert_frame_equal(moved(engine, fixes[::-1] * 2), moved(engine, fixes))
