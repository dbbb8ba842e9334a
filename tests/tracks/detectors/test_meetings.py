"""Meetings at sea: who lay beside whom, for how long, and what is a harbour instead."""

from __future__ import annotations

import os
from dataclasses import replace
from math import cos, sin

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.meetings import meetings as oracle
from tracks.sent import HOUR, Fix, offset, positions

from vesseltrack.tracks.detectors.meetings import meetings
from vesseltrack.tracks.detectors.periods import periods
from vesseltrack.tracks.thresholds import Thresholds

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

LIMITS = Thresholds()
SEA = (38_000_000, 125_000_000)
DAY = 1_709_251_200
ONE, OTHER, THIRD = 613_000_001, 445_000_002, 273_000_003
NOBODY = pd.DataFrame({"mmsi": pd.Series(dtype="int64"), "ship_type": pd.Series(dtype="Int64")})


def lying(mmsi, hours, at=SEA, start=DAY, sog=5, every=300):
    return [Fix(mmsi, start + second, *at, sog) for second in range(0, int(hours * HOUR) + 1, every)]


def met(engine, fixes, *, limits=LIMITS, still=(), types=None):
    places = engine.known(pa.table({"cell": pa.array(still, pa.int32())}), "still")
    known = NOBODY if types is None else pd.DataFrame({"mmsi": list(types), "ship_type": list(types.values())})
    tens = engine.keep(periods(positions(engine, fixes)), "periods")
    return meetings(engine, tens, places, known, limits)


def test_two_ships_side_by_side_for_two_hours_have_met(engine):
    found = met(engine, [*lying(ONE, 2), *lying(OTHER, 2, offset(*SEA, north_m=300), sog=15)]).found
    assert len(found) == 1
    meeting = found.iloc[0]
    assert (meeting["kind"], meeting["mmsi"], meeting["other_mmsi"]) == ("meeting", OTHER, ONE)
    assert (meeting["start"], meeting["end"]) == (DAY, DAY + 2 * HOUR)
    assert meeting["distance_km"] == pytest.approx(0.3, abs=0.001)
    assert meeting["speed_kn"] == pytest.approx(1.0)
    assert meeting["detail"] == "hours=2.0;periods=13;tankers=0"
    assert meeting["confidence"] == 2
    assert (meeting["lat"], meeting["lon"]) == pytest.approx((38.001349, 125.0), abs=2e-6)


NEVER = {
    "501 m apart": [*lying(ONE, 3), *lying(OTHER, 3, offset(*SEA, north_m=501))],
    "one at 2 kn": [*lying(ONE, 3, sog=20), *lying(OTHER, 3)],
    "a minute short of two hours": [*lying(ONE, 1.98, every=600), *lying(OTHER, 1.98, every=600)],
    "one after the other": [*lying(ONE, 3), *lying(OTHER, 3, start=DAY + 4 * HOUR)],
    "alone": lying(ONE, 5),
    "more than an hour of silence between": [
        fix for mmsi in (ONE, OTHER) for part in (0, 2.6) for fix in lying(mmsi, 1.5, start=DAY + int(part * HOUR))
    ],
    "one sends no speed and makes more way than 2 kn": [
        *lying(ONE, 3),
        *(Fix(OTHER, fix.time, *offset(*SEA, north_m=(fix.time // 60 % 2) * 700), None) for fix in lying(OTHER, 3, every=60)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("why", NEVER)
def test_no_meeting(engine, why):
    assert met(engine, NEVER[why]).found.empty


def test_a_silence_of_less_than_an_hour_does_not_break_a_meeting_off(engine):
    parts = [fix for mmsi in (ONE, OTHER) for at in (0, 1.9) for fix in lying(mmsi, 1, start=DAY + int(at * HOUR))]
    found = met(engine, parts).found
    assert list(found["end"] - found["start"]) == [round(2.9 * HOUR)]


@pytest.mark.parametrize(
    ("types", "first", "tankers"),
    [({}, OTHER, 0), ({ONE: 80}, ONE, 1), ({OTHER: 89}, OTHER, 1), ({ONE: 70, OTHER: 79}, OTHER, 0),
     ({ONE: 80, OTHER: 84}, OTHER, 2)],
)  # fmt: skip
def test_the_tanker_comes_first_and_two_tankers_are_surer(engine, types, first, tankers):
    found = met(engine, [*lying(ONE, 2), *lying(OTHER, 2)], types=types or None).found
    assert list(found["mmsi"]) == [first]
    assert found.iloc[0]["detail"].endswith(f"tankers={tankers}")
    assert found.iloc[0]["confidence"] == 2 + (tankers == 2)


def test_three_hours_are_surer_and_few_common_periods_less_sure(engine):
    assert met(engine, [*lying(ONE, 3), *lying(OTHER, 3)]).found["confidence"].tolist() == [3]
    seldom = [*lying(ONE, 2.5, every=3000), *lying(OTHER, 2.5, every=3000)]
    assert met(engine, seldom).found["confidence"].tolist() == [1]


def test_a_ship_without_speed_that_stays_is_slow(engine):
    found = met(engine, [*lying(ONE, 2, sog=None), *lying(OTHER, 2, sog=None)]).found
    assert len(found) == 1
    assert found["speed_kn"].isna().all()


@pytest.mark.parametrize("lat", [0, 38_000_000, -60_000_000, 79_900_000])
@pytest.mark.parametrize("lon", [179_999_900, -100, -120_000_000])
def test_the_meridians_and_high_latitudes_make_no_difference(engine, lat, lon):
    beside = offset(lat, lon, north_m=200, east_m=400)
    found = met(engine, [*lying(ONE, 2, (lat, lon)), *lying(OTHER, 2, beside)]).found
    assert found["distance_km"].tolist() == pytest.approx([0.447], abs=0.002)
    assert abs(abs(found["lon"][0]) - abs(lon / 1e6)) < 0.02


def test_ships_meet_wherever_the_borders_of_cells_run(engine):
    fixes = []
    for n in range(180):
        at = (79_000_000 + 137 * n, -90_000_000 + n * 1_000_000 + 271 * n)
        beside = offset(*at, north_m=450 * cos(n), east_m=450 * sin(n))
        fixes += [*lying(ONE + 2 * n, 2, at, every=1200), *lying(ONE + 2 * n + 1, 2, beside, every=1200)]
    assert len(met(engine, fixes).found) == 180


def test_many_ships_at_one_place_are_a_harbour_that_no_gazetteer_knows(engine):
    ships = [fix for n in range(21) for fix in lying(ONE + n, 2, every=600)]
    crowded = met(engine, ships)
    assert crowded.found.empty
    assert crowded.crowded == 21 * 13
    assert len(met(engine, ships[: 20 * 13]).found) == 20 * 19 / 2


def test_cells_wholly_near_a_port_are_left_out(engine):
    cell = (SEA[0] + 90_000_000) // 50_000 * 7201 + (SEA[1] + 180_000_000) // 50_000
    fixes = [*lying(ONE, 2), *lying(OTHER, 2)]
    assert len(met(engine, fixes, still=[cell + 1]).found) == 1
    assert met(engine, fixes, still=[cell]).found.empty


def test_three_ships_are_three_pairs(engine):
    found = met(engine, [*lying(ONE, 2), *lying(OTHER, 2), *lying(THIRD, 2)]).found
    assert list(zip(found["mmsi"], found["other_mmsi"], strict=True)) == [(THIRD, OTHER), (THIRD, ONE), (OTHER, ONE)]


@st.composite
def small_tracks(draw):
    base = draw(st.sampled_from([SEA, (0, 179_999_500), (79_500_000, -200), (-33_000_000, 18_400_000)]))
    fixes = []
    for ship in range(draw(st.integers(2, 4))):
        time = DAY + draw(st.integers(0, 40)) * 60
        for _ in range(draw(st.integers(1, 4))):
            at = offset(
                *base, *draw(st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda t: (t[0] * 97, t[1] * 131)))
            )
            every, times = draw(st.sampled_from([120, 400, 1100, 3500])), draw(st.integers(1, 12))
            sog = draw(st.sampled_from([0, 7, 19, 19, 20, None]))
            fixes += [Fix(ONE + ship, time + n * every, *at, sog) for n in range(times)]
            time += every * times + draw(st.sampled_from([0, 1800, 3700]))
    return fixes


@settings(max_examples=EXAMPLES)
@given(small_tracks(), st.sampled_from([2, 20]), st.sampled_from([0.5, 2.0]), st.randoms(use_true_random=False))
def test_every_pair_compared_with_every_other_gives_the_same(engine, fixes, crowd, hours, shuffle):
    limits = replace(LIMITS, crowd=crowd, meeting_hours=hours)
    expected, crowded = oracle(fixes, limits)
    again = fixes + shuffle.sample(fixes, len(fixes) // 2)
    shuffle.shuffle(again)
    result = met(engine, again, limits=limits)
    assert result.crowded == crowded
    found = [
        (row.mmsi, row.other_mmsi, row.start, row.end, pytest.approx(row.distance_km, abs=1e-9),
         int(row.detail.split("periods=")[1].split(";")[0]),
         None if pd.isna(row.speed_kn) else pytest.approx(row.speed_kn))
        for row in result.found.sort_values(["mmsi", "other_mmsi", "start"]).itertuples()
    ]  # fmt: skip
    assert expected == found


def test_the_order_of_rows_and_rows_read_twice_change_nothing(engine):
    fixes = [*lying(ONE, 3), *lying(OTHER, 3, offset(*SEA, 120, 90)), *lying(THIRD, 4, offset(*SEA, -90))]
    once = met(engine, fixes).found
    pd.testing.assert_frame_equal(met(engine, [*fixes[::-1], *fixes[::3]]).found, once)
