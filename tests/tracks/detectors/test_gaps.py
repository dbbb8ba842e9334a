"""Silences: what is a gap, and whether it is the ship's own or the feed's."""

from __future__ import annotations

import os

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.gaps import gaps as oracle
from tracks.sent import HOUR, Fix, positions

from vesseltrack.tracks.detectors.feed import listen
from vesseltrack.tracks.detectors.gaps import gaps
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.thresholds import Thresholds

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

LIMITS = Thresholds()
HERE, FAR = (42_740_000, 133_070_000), (36_500_000, 126_000_000)
DAY = 1_709_251_200
"""2024-03-01, 00:00 UTC."""
SHIP, NEIGHBOUR, FARTHER = 445_000_002, 273_000_001, 440_000_001


def silences(engine, fixes, limits=LIMITS):
    nowhere = pa.table({"cell": pa.array([], pa.int32()), "fenced": pa.array([], pa.bool_())})
    rows = engine.keep(positions(engine, fixes), "rows")
    steps = engine.keep(telling_steps(rows, engine.known(nowhere, "fenced"), limits), "steps")
    last_heard = rows.group_by("mmsi").agg(first=nw.col("time").min(), last=nw.col("time").max())
    return gaps(engine, steps, rows, last_heard, listen(engine, rows), limits)


def heard(ship, place, since_hours, until_hours, every_minutes=60):
    """A ship heard at one place from an hour of the day to another, both included."""
    minutes = range(round(since_hours * 60), round(until_hours * 60) + 1, every_minutes)
    return [Fix(ship, DAY + minute * 60, *place) for minute in minutes]


def told(found):
    return found[["kind", "confidence", "detail"]].to_numpy().tolist()


@pytest.mark.parametrize(("seconds", "gaps_found"), [(6 * HOUR, 0), (6 * HOUR + 1, 1)])
def test_a_silence_of_six_hours_is_no_gap_and_one_second_more_is(engine, seconds, gaps_found):
    assert len(silences(engine, [Fix(SHIP, DAY, *HERE), Fix(SHIP, DAY + seconds, *HERE)])) == gaps_found


def test_a_gap_tells_where_it_began_and_ended_how_far_and_how_fast(engine):
    found = silences(
        engine, [Fix(SHIP, DAY, 38_000_000, 125_000_000), Fix(SHIP, DAY + 10 * HOUR, 39_000_000, 125_000_000)]
    )
    assert found[["mmsi", "start", "end", "lat", "lon", "end_lat", "end_lon"]].to_numpy().tolist() == [
        [SHIP, DAY, DAY + 36_000, 38, 125, 39, 125]
    ]
    assert found["distance_km"][0] == pytest.approx(111.195, abs=0.01), "a degree of latitude"
    assert found["speed_kn"][0] == pytest.approx(111.195 / 1.852 / 10, abs=0.01)


def test_a_silent_feed_is_no_dark_ship(engine):
    """Everybody falls silent for a day: that is no data, of anybody."""
    both = [
        *heard(SHIP, HERE, 0, 3),
        *heard(NEIGHBOUR, HERE, 0, 3),
        *heard(SHIP, HERE, 27, 30),
        *heard(NEIGHBOUR, HERE, 27, 30),
    ]
    assert told(silences(engine, both)) == [["gap", 0, "feed_silent"]] * 2


def test_a_region_that_nobody_is_heard_from_is_no_dark_ship(engine):
    """The feed goes on elsewhere, so that it is not silent; here nobody is heard."""
    fixes = [*heard(SHIP, HERE, 0, 3), *heard(SHIP, HERE, 23, 24), *heard(FARTHER, FAR, 0, 24)]
    assert told(silences(engine, fixes)) == [["gap", 0, "region_silent"]]


def test_a_silence_beside_one_who_is_heard_throughout_is_the_ships_own(engine):
    fixes = [*heard(SHIP, HERE, 0, 1), *heard(SHIP, HERE, 23, 24), *heard(NEIGHBOUR, HERE, 0, 24)]
    assert told(silences(engine, fixes)) == [["gap", 3, "heard_near_start=1.00;heard_near_end=1.00"]]


def test_a_ship_that_was_heard_regularly_before_is_surer(engine):
    fixes = [*heard(SHIP, HERE, 0, 4, 10), *heard(SHIP, HERE, 23, 24), *heard(NEIGHBOUR, HERE, 0, 24)]
    assert told(silences(engine, fixes)) == [["gap", 4, "heard_near_start=1.00;heard_near_end=1.00"]]


def test_a_ship_heard_in_thirteen_periods_was_not_heard_regularly(engine):
    """Fourteen positions in the twelve hours before (Welch et al. 2022)."""
    later = [*heard(SHIP, HERE, 23, 24), *heard(NEIGHBOUR, HERE, 0, 24)]
    assert told(silences(engine, [*heard(SHIP, HERE, 0, 2, 10), *later]))[0][1] == 3, "13 periods"
    assert told(silences(engine, [*heard(SHIP, HERE, 0, 2 + 1 / 6, 10), *later]))[0][1] == 4, "14 periods"


def test_a_neighbour_heard_in_less_than_half_of_the_hours_says_little(engine):
    fixes = [*heard(SHIP, HERE, 0, 4, 10), *heard(SHIP, HERE, 24, 25), *heard(FARTHER, FAR, 0, 25)]
    fixes += heard(NEIGHBOUR, HERE, 5, 9)
    found = silences(engine, fixes)
    assert told(found[found["mmsi"] == SHIP]) == [["gap", 1, "heard_near_start=0.42;heard_near_end=0.00"]]


def test_a_ship_that_surfaces_where_nobody_is_heard_is_less_sure(engine):
    """Others were heard where it fell silent, none where it came back."""
    fixes = [*heard(SHIP, HERE, 0, 1), *heard(SHIP, FAR, 23, 24), *heard(NEIGHBOUR, HERE, 0, 24)]
    assert told(silences(engine, fixes)) == [["gap", 2, "heard_near_start=1.00;heard_near_end=0.00"]]


def test_a_gap_that_has_not_ended_lasts_to_the_end_of_the_data(engine):
    fixes = [*heard(SHIP, HERE, 0, 4, 10), *heard(NEIGHBOUR, HERE, 0, 24)]
    found = silences(engine, fixes)
    assert told(found) == [["open_gap", 3, "heard_near_start=1.00"]]
    assert found[["start", "end"]].to_numpy().tolist() == [[DAY + 4 * HOUR, DAY + 24 * HOUR]]
    assert found[["end_lat", "end_lon", "distance_km", "speed_kn"]].isna().all(axis=None)


def test_what_is_heard_across_the_antimeridian_is_near(engine):
    fixes = [*heard(SHIP, (52_000_000, 179_900_000), 0, 1), *heard(SHIP, (52_000_000, 179_900_000), 23, 24)]
    fixes += heard(NEIGHBOUR, (52_000_000, -179_900_000), 0, 24)
    assert told(silences(engine, fixes)) == [["gap", 3, "heard_near_start=1.00;heard_near_end=1.00"]]


def test_another_threshold_is_another_gap(engine):
    fixes = [*heard(SHIP, HERE, 0, 1), *heard(SHIP, HERE, 4, 5), *heard(NEIGHBOUR, HERE, 0, 5)]
    assert len(silences(engine, fixes)) == 0
    assert len(silences(engine, fixes, Thresholds(gap_hours=2.5))) == 1


def test_nobody_no_gaps(engine):
    assert len(silences(engine, [])) == 0


@st.composite
def feeds(draw):
    """A few ships in few places, with silences around the threshold, in hours that some share."""
    places = [HERE, FAR, (42_999_999, 133_999_999), (44_000_000, 135_000_000), (52_000_000, 180_000_000),
              (51_999_999, -180_000_000), (0, 0), (-1, -1), (90_000_000, 5_000_000), (0, -179_000_000)]  # fmt: skip
    waits = st.sampled_from(
        [0, 1, 599, 600, 3599, HOUR, 6 * HOUR - 1, 6 * HOUR, 6 * HOUR + 1, 7 * HOUR, 20 * HOUR, 26 * HOUR]
    )
    fixes = []
    for ship in range(draw(st.integers(1, 4))):
        time = DAY + draw(st.integers(0, 4 * HOUR))
        for _ in range(draw(st.integers(1, 12))):
            place = draw(st.sampled_from(places))
            for _ in range(draw(st.sampled_from([1, 1, 1, 2, 15]))):
                fixes.append(Fix(SHIP + ship, time, *place))
                time += draw(st.sampled_from([600, 900]))
            time += draw(waits)
    return fixes


@settings(max_examples=EXAMPLES)
@given(fixes=feeds(), order=st.randoms(use_true_random=False), twice=st.integers(0, 5))
def test_gaps_are_what_listening_to_every_hour_finds_whatever_the_order_and_however_often(engine, fixes, order, twice):
    rows = [*fixes, *fixes[:twice]]
    order.shuffle(rows)
    found = silences(engine, rows)
    columns = ["kind", "mmsi", "start", "end", "lat", "lon", "end_lat", "end_lon", "confidence", "detail"]
    answers = [
        (*(None if pd.isna(value) else value for value in row),)
        for row in found[columns].sort_values(["mmsi", "start"]).itertuples(index=False)
    ]
    expected = oracle(fixes, LIMITS)
    assert answers == [
        (kind, mmsi, start, end, *(None if x is None else x / 1e6 for x in places), confidence, detail)
        for kind, mmsi, start, end, *places, confidence, detail, _ in expected
    ]
    lengths = found.sort_values(["mmsi", "start"])["distance_km"].dropna().tolist()
    assert lengths == pytest.approx([gap[-1] for gap in expected if gap[-1] is not None], abs=1e-6)
