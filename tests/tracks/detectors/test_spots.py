"""Ships that send speed and stay where they are, and real ships that only look like it."""

from __future__ import annotations

import os
from math import cos, pi, sin

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.spots import standing_tracks as oracle
from tracks.sent import HOUR, Fix, offset, positions

from vesseltrack.tracks.detectors.periods import periods
from vesseltrack.tracks.detectors.spots import standing_tracks
from vesseltrack.tracks.thresholds import Thresholds

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

LIMITS = Thresholds()
SEA = (36_000_000, 122_000_000)
DAY = 1_709_251_200
SHIP = 613_000_001
MINUTES = range(60)


def stood(engine, fixes):
    sent = engine.keep(positions(engine, fixes), "positions")
    return standing_tracks(engine, engine.keep(periods(sent), "periods"), sent, LIMITS)


def sailed(places, kn, ship=SHIP, base=SEA, start=DAY):
    """A position each minute, in metres from a place."""
    return [Fix(ship, start + n * 60, *offset(*base, *at), round(kn * 10)) for n, at in enumerate(places)]


def around(radius, turns, minutes=60):
    angles = [2 * pi * turns * n / minutes for n in range(minutes)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]


def along(corners, kn, minutes=60):
    """A position each minute on the way from corner to corner, again and again."""
    legs = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    lengths = [((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in legs]
    places = []
    for n in range(minutes):
        left = n * kn * 1852 / 60 % sum(lengths)
        for (a, b), length in zip(legs, lengths, strict=True):
            if left <= length:
                places.append((a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length))
                break
            left -= length
    return places


def test_an_hour_at_ten_knots_on_one_spot(engine):
    found = stood(engine, sailed([(n % 7 * 10, 0) for n in MINUTES], 10))
    assert len(found) == 1
    event = found.iloc[0]
    assert (event["kind"], event["mmsi"], event["detail"]) == ("impossible_move", SHIP, "one_spot")
    assert (event["start"], event["end"]) == (DAY, DAY + 59 * 60)
    assert event["speed_kn"] == 10
    assert event["confidence"] == 3
    assert (event["lat"], event["lon"]) == pytest.approx((36.00027, 122), abs=1e-6)


def test_an_hour_on_a_ring(engine):
    found = stood(engine, sailed(around(700, 3), 8))
    assert found["detail"].tolist() == ["circle;radius_km=0.7"]
    assert found["confidence"].tolist() == [2]


@pytest.mark.parametrize("base", [(60_000_000, 179_999_000), (0, -500), (-79_000_000, -179_999_000)])
def test_the_meridians_make_no_difference(engine, base):
    assert stood(engine, sailed(around(700, 3), 8, base=base))["detail"].tolist() == ["circle;radius_km=0.7"]
    assert stood(engine, sailed([(0, n) for n in MINUTES], 8, base=base))["detail"].tolist() == ["one_spot"]


def test_consecutive_hours_are_one_event_and_three_are_surer(engine):
    found = stood(engine, [fix for n in (0, 1, 2, 4) for fix in sailed([(0, 0)] * 60, 10, start=DAY + n * HOUR)])
    assert found[["start", "end", "confidence"]].to_numpy().tolist() == [
        [DAY, DAY + 3 * HOUR - 60, 4],
        [DAY + 4 * HOUR, DAY + 5 * HOUR - 60, 3],
    ]


def test_several_ships_on_one_spot_in_one_hour_are_counted(engine):
    fixes = [fix for n in range(3) for fix in sailed([(50 * n, 0)] * 60, 12, ship=SHIP + n)]
    fixes += sailed([(0, 5000)] * 60, 12, ship=SHIP + 9)
    found = stood(engine, fixes).sort_values("mmsi")
    assert found["detail"].tolist() == ["one_spot;ships=3"] * 3 + ["one_spot"]
    assert found["confidence"].tolist() == [4, 4, 4, 3]


SHIPS = {
    "a tanker at anchor, swinging": sailed(around(150, 1), 0.4),
    "a ship under way": sailed([(n * 300, 0) for n in MINUTES], 10),
    "a ferry to and fro across four kilometres": sailed(along([(0, 0), (4000, 0)], 15), 15),
    "a trawler to and fro on two lanes": sailed(along([(0, 0), (3000, 0), (3000, 400), (0, 400)], 4), 4),
    "a tug to and fro in a harbour of 800 m": sailed(along([(0, 0), (700, 400)], 6), 6),
    "a survey in an oblong": sailed(along([(0, 0), (2400, 0), (2400, 1000), (0, 1000)], 10), 10),
    "a pilot boat on a figure of eight": sailed(
        [(900 * sin(2 * n * pi / 10), 900 * sin(n * pi / 10)) for n in MINUTES], 10
    ),
    "a cruise ship once around in an hour": sailed(around(2500, 1), 8.5),
    "a ship on three sides of a square and back": sailed(
        along([(0, 0), (0, 1500), (1500, 1500), (1500, 0), (1500, 1500), (0, 1500)], 12), 12
    ),
    "a ship to and fro along seven eighths of a ring": sailed(
        [(900 * cos(a), 900 * sin(a)) for a in (0.05 + 5.4 * abs((n / 9.7) % 2 - 1) for n in MINUTES)], 16
    ),
    "a patrol around a square": sailed(along([(0, 0), (0, 1500), (1500, 1500), (1500, 0)], 12.3), 12.3),
    "a ship that was fast for half an hour and then stopped": [
        fix._replace(sog=40 if fix.time < DAY + 1800 else 0) for fix in sailed([(0, 0)] * 60, 4)
    ],
    "a ship that sends no speed": [fix._replace(sog=None) for fix in sailed([(0, 0)] * 60, 4)],
    "a ship heard for twenty minutes": sailed([(0, 0)] * 20, 10),
    "a ring of four positions": sailed(around(700, 15), 10)[:60],
}  # fmt: skip


@pytest.mark.parametrize("what", SHIPS)
def test_no_ship_of_these_stands(engine, what):
    assert stood(engine, SHIPS[what]).empty


@st.composite
def strange_tracks(draw):
    base = draw(st.sampled_from([SEA, (10_000_000, 179_999_900), (70_000_000, 0)]))
    fixes = []
    for ship in range(draw(st.integers(1, 3))):
        for hour in draw(st.sets(st.integers(0, 4), min_size=1)):
            radius = draw(st.sampled_from([0, 60, 300, 900, 4000]))
            turns, count = draw(st.sampled_from([0.6, 2.3, 5, 7.7])), draw(st.sampled_from([5, 18, 30]))
            kn = draw(st.sampled_from([2.9, 3, 9, 14]))
            shift = draw(st.sampled_from([0, 80, 700]))
            for n in range(count):
                angle = 2 * pi * turns * n / count
                at = offset(
                    *base, shift + radius * cos(angle), radius * sin(angle) * draw(st.sampled_from([1, 1, 1.1]))
                )
                fixes.append(Fix(SHIP + ship, DAY + hour * HOUR + n * 3600 // count, *at, round(kn * 10)))
    return fixes


@settings(max_examples=EXAMPLES)
@given(strange_tracks(), st.randoms(use_true_random=False))
def test_going_through_each_hour_by_hand_gives_the_same(engine, fixes, shuffle):
    again = fixes + shuffle.sample(fixes, len(fixes) // 2)
    shuffle.shuffle(again)
    found = stood(engine, again).sort_values(["mmsi", "start", "end"])
    told = []
    for row in found.itertuples():
        kind, *rest = row.detail.split(";")
        said = dict(part.split("=") for part in rest)
        told.append((row.mmsi, row.start, row.end, kind, said.get("radius_km"), int(said.get("ships", 1))))
    expected = [
        (*head, None if radius is None else f"{radius:.1f}", ships) for *head, radius, ships in oracle(fixes, LIMITS)
    ]
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_the_order_of_rows_and_rows_read_twice_change_nothing(engine):
    fixes = [*sailed(around(700, 3), 8), *sailed([(0, 0)] * 60, 12, ship=SHIP + 1)]
    pd.testing.assert_frame_equal(stood(engine, fixes[::-1] * 2), stood(engine, fixes))
