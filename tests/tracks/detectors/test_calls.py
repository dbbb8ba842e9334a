"""Port calls: who came, lay and left, and how sure that is."""

from __future__ import annotations

import json
import os

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.calls import Report
from tracks.oracles.calls import port_calls as oracle

from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.ports.locating import locate
from vesseltrack.tracks.detectors.calls import port_calls
from vesseltrack.tracks.detectors.feed import listen
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.geofence import build_fence
from vesseltrack.tracks.thresholds import Thresholds

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

LIMITS = Thresholds()
HOUR, DAY = 3600, 1_709_251_200
SHIP, ANOTHER = 445_000_002, 273_000_001
DTYPES = {"mmsi": pa.int32(), "time": pa.int64(), "lat": pa.int32(), "lon": pa.int32(), "sog": pa.int16(),
          "draught": pa.int16()}  # fmt: skip


def box(south, west, north, east):
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


PORTS = [
    ({"name": "Alpha", "country": "XA"}, box(42.70, 133.00, 42.80, 133.13)),
    ({"name": "Alpha berth", "port": "Alpha", "role": "oil_loading"}, box(42.745, 133.07, 42.755, 133.09)),
    ({"name": "Alpha anchorage", "port": "Alpha", "role": "anchorage"}, box(42.70, 133.00, 42.73, 133.03)),
    ({"name": "Beta", "country": "XA"}, box(42.70, 133.132, 42.80, 133.20)),
]
"""A port with a berth and an anchorage, and another so near that their margins overlap."""

BERTH, ROADS, PASSAGE = (42_750_000, 133_080_000), (42_715_000, 133_015_000), (42_780_000, 133_050_000)
EDGE_IN, EDGE_OUT = (42_799_000, 133_050_000), (42_803_000, 133_050_000)
"""100 m within the outline, and 330 m outside it: in the margin."""

OUTSIDE, FAR, BETA = (42_830_000, 133_050_000), (36_500_000, 126_000_000), (42_750_000, 133_160_000)
BETWEEN = (42_750_000, 133_131_000)
"""In neither port, in the margins of both."""


@pytest.fixture(scope="module")
def coast(tmp_path_factory):
    path = tmp_path_factory.mktemp("coast") / "ports.geojson"
    features = [{"type": "Feature", "properties": said, "geometry": shape} for said, shape in PORTS]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    gazetteer = load_gazetteer(path)
    return gazetteer, build_fence(gazetteer.ground, LIMITS.call_margin_m)


def called(engine, coast, reports):
    _, fence = coast
    cells = zip(*reports, strict=True) if reports else [()] * len(DTYPES)
    table = pa.table(
        {name: pa.array(list(cell), kind) for (name, kind), cell in zip(DTYPES.items(), cells, strict=True)}
    )
    rows = engine.known(table, "rows")
    fenced = pa.table({"cell": fence.cells["cell"].unique()})
    fenced = fenced.append_column("fenced", pa.array([True] * len(fenced)))
    steps = engine.keep(telling_steps(rows, engine.known(fenced, "fenced"), LIMITS), "steps")
    last_heard = rows.group_by("mmsi").agg(first=nw.col("time").min(), last=nw.col("time").max())
    return port_calls(engine, steps, last_heard, fence, listen(engine, rows), LIMITS)


def sent(*legs, ship=SHIP, every_minutes=30):
    """A ship at places, for hours each: `(place, hours, speed in tenths of a knot, draught)`, the last two perhaps."""
    time, reports = DAY, []
    for place, hours, *said in legs:
        minutes = range(0, round(hours * 60), every_minutes)
        reports += [Report(ship, time + minute * 60, *place, *said) for minute in minutes]
        time += round(hours * HOUR)
    return reports


def told(found):
    return found[["port", "confidence", "detail"]].to_numpy().tolist()


# -- what every analyst would say --


def test_a_ship_that_comes_stops_and_leaves_has_called(engine, coast):
    found = called(
        engine, coast, sent((OUTSIDE, 2, 90), (PASSAGE, 0.5, 60), (BERTH, 10, 0), (PASSAGE, 0.5, 60), (OUTSIDE, 2, 90))
    )
    assert told(found) == [["alpha", 4, "stopped_hours=9.5"]]
    assert found[["start", "end"]].to_numpy().tolist() == [[DAY + 2 * HOUR, DAY + 12.5 * HOUR]]
    assert found[["lat", "lon"]].to_numpy().tolist() == [[42.75, 133.08]]


def test_sailing_through_without_stopping_is_no_more_than_seen(engine, coast):
    found = called(engine, coast, sent((OUTSIDE, 2, 90), (PASSAGE, 1, 90), (OUTSIDE, 2, 90)))
    assert told(found) == [["alpha", 1, ""]]
    assert found["speed_kn"].tolist() == [9.0]


def test_a_ship_that_was_there_when_the_data_began_was_not_seen_to_come(engine, coast):
    assert told(called(engine, coast, sent((BERTH, 5, 0), (OUTSIDE, 2, 90)))) == [
        ["alpha", 3, "stopped_hours=4.5;arrival_not_seen"]
    ]


def test_that_a_row_stands_twice_in_the_data_is_no_sign_that_the_ship_came(engine, coast):
    reports = sent((BERTH, 5, 0), (OUTSIDE, 2, 90))
    assert told(called(engine, coast, [reports[0], *reports])) == told(called(engine, coast, reports))


def test_a_ship_still_there_when_the_data_end_was_not_seen_to_leave(engine, coast):
    assert told(called(engine, coast, sent((OUTSIDE, 2, 90), (BERTH, 5, 0)))) == [
        ["alpha", 3, "stopped_hours=4.5;departure_not_seen"]
    ]


def test_a_ship_that_lay_there_throughout_was_seen_to_stop_only(engine, coast):
    assert told(called(engine, coast, sent((BERTH, 5, 0)))) == [
        ["alpha", 2, "stopped_hours=4.5;arrival_not_seen;departure_not_seen"]
    ]


def test_one_position_is_a_position_in_the_port_and_nothing_besides(engine, coast):
    assert told(called(engine, coast, [Report(SHIP, DAY, *PASSAGE, 90)])) == [
        ["alpha", 0, "arrival_not_seen;departure_not_seen"]
    ]


def test_a_ship_that_lies_at_the_edge_does_not_come_and_go(engine, coast):
    """Positions of a ship on its anchor fall inside the outline and outside it by turns."""
    flickering = [leg for _ in range(20) for leg in ((EDGE_IN, 0.5, 0), (EDGE_OUT, 0.5, 0))]
    found = called(engine, coast, sent((OUTSIDE, 2, 90), *flickering, (OUTSIDE, 2, 90)))
    assert told(found) == [["alpha", 4, "stopped_hours=19.0"]]


def test_in_the_margin_alone_is_no_call(engine, coast):
    assert told(called(engine, coast, sent((OUTSIDE, 2, 90), (EDGE_OUT, 5, 0), (OUTSIDE, 2, 90)))) == []


def test_one_false_position_for_a_minute_ends_no_call(engine, coast):
    reports = sent((OUTSIDE, 1, 90), (BERTH, 10, 0), (OUTSIDE, 1, 90), every_minutes=3)
    false = Report(SHIP, DAY + 5 * HOUR + 60, *FAR, 0)
    assert told(called(engine, coast, [*reports, false])) == [["alpha", 4, "stopped_hours=9.9"]]


def test_a_ship_that_is_away_for_longer_calls_again(engine, coast):
    legs = [(OUTSIDE, 1, 90), (BERTH, 5, 0), (OUTSIDE, 0.75, 90), (BERTH, 5, 0), (OUTSIDE, 1, 90)]
    assert told(called(engine, coast, sent(*legs, every_minutes=5))) == [["alpha", 4, "stopped_hours=4.9"]] * 2


def test_a_silence_of_five_hours_in_port_is_told(engine, coast):
    """Others are heard meanwhile, so that it is the ship's own."""
    reports = [*sent((OUTSIDE, 2, 90), (BERTH, 2, 0))]
    later = [report._replace(time=report.time + 9 * HOUR) for report in sent((BERTH, 2, 0), (OUTSIDE, 2, 90))]
    others = sent((FAR, 16, 0), ship=ANOTHER)
    assert told(called(engine, coast, [*reports, *later, *others])) == [
        ["alpha", 4, "stopped_hours=8.5;silence_hours=5.5"]
    ]


def test_a_silence_of_the_feed_in_port_is_not_the_ships(engine, coast):
    reports = [*sent((OUTSIDE, 2, 90), (BERTH, 2, 0))]
    later = [report._replace(time=report.time + 9 * HOUR) for report in sent((BERTH, 2, 0), (OUTSIDE, 2, 90))]
    assert told(called(engine, coast, [*reports, *later])) == [["alpha", 4, "stopped_hours=8.5"]]


@pytest.mark.parametrize(("hours", "calls"), [(24, 1), (25, 2)])
def test_after_a_day_of_silence_it_is_another_call(engine, coast, hours, calls):
    """Nobody saw that the ship stayed."""
    first = sent((OUTSIDE, 2, 90), (BERTH, 2, 0))
    again = first[-1].time + hours * HOUR
    later = [report._replace(time=report.time - DAY + again) for report in sent((BERTH, 2, 0), (OUTSIDE, 2, 90))]
    found = called(engine, coast, [*first, *later, *sent((FAR, 40, 0), ship=ANOTHER)])
    assert len(found) == calls
    if calls == 2:
        assert told(found) == [["alpha", 3, "stopped_hours=1.5;departure_not_seen"],
                               ["alpha", 3, "stopped_hours=1.5;arrival_not_seen"]]  # fmt: skip


def test_a_ship_lost_in_port_and_found_in_its_margin_was_not_seen_to_leave(engine, coast):
    first = sent((OUTSIDE, 2, 90), (BERTH, 2, 0))
    again = first[-1].time + 30 * HOUR
    later = [Report(SHIP, again, *EDGE_OUT, 90), Report(SHIP, again + 600, *OUTSIDE, 90)]
    assert told(called(engine, coast, [*first, *later])) == [["alpha", 3, "stopped_hours=1.5;departure_not_seen"]]


def test_a_ship_that_has_loaded_lies_deeper(engine, coast):
    legs = [(OUTSIDE, 1, 90, 45), (BERTH, 5, 0, 45), (BERTH, 5, 0, 72), (OUTSIDE, 1, 90, 72)]
    assert told(called(engine, coast, sent(*legs))) == [["alpha", 4, "stopped_hours=9.5;draught=4.5>7.2"]]


def test_the_berth_counts_and_not_the_anchorage_where_it_waited_longer(engine, coast):
    legs = [(OUTSIDE, 1, 90), (ROADS, 48, 0), (PASSAGE, 0.5, 50), (BERTH, 6, 0), (OUTSIDE, 1, 90)]
    found = called(engine, coast, sent(*legs))
    assert told(found) == [["alpha", 4, "stopped_hours=5.5"]]
    assert found[["lat", "lon"]].to_numpy().tolist() == [[42.75, 133.08]]


def test_at_vostochny_the_berth_counts_and_not_the_anchorage(engine):
    gazetteer = load_gazetteer()
    vostochny = build_fence(gazetteer.ground, LIMITS.call_margin_m)
    anchorage, berth = (42_765_000, 132_985_000), (42_747_000, 133_083_000)
    assert locate(gazetteer.ground, 42.765, 132.985).at_roads
    legs = [((42_500_000, 133_000_000), 1, 90), (anchorage, 30, 0), (berth, 8, 0), ((42_500_000, 133_000_000), 1, 90)]
    found = called(engine, (gazetteer, vostochny), sent(*legs))
    assert told(found) == [["vostochny", 4, "stopped_hours=7.5"]]
    assert found[["lat", "lon"]].to_numpy().tolist() == [[42.747, 133.083]]


def test_a_ship_that_sends_no_speed_has_stopped_where_it_does_not_move(engine, coast):
    assert told(called(engine, coast, sent((OUTSIDE, 1), (BERTH, 5), (OUTSIDE, 1)))) == [
        ["alpha", 4, "stopped_hours=4.0"]
    ]


def test_a_ship_between_two_ports_calls_at_those_it_enters(engine, coast):
    legs = [(OUTSIDE, 1, 90), (BERTH, 3, 0), (BETWEEN, 1, 40), (BETA, 3, 0), (OUTSIDE, 1, 90)]
    assert sorted(row[:2] for row in told(called(engine, coast, sent(*legs)))) == [["alpha", 4], ["beta", 4]]


def test_a_port_that_the_antimeridian_divides_is_one_port(engine, tmp_path):
    shape = {
        "type": "MultiPolygon",
        "coordinates": [box(52, 179.9, 52.1, 180)["coordinates"], box(52, -180, 52.1, -179.9)["coordinates"]],
    }
    path = tmp_path / "ports.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {"name": "Gamma"}, "geometry": shape}))
    gazetteer = load_gazetteer(path)
    gamma = gazetteer, build_fence(gazetteer.ground, LIMITS.call_margin_m)
    swinging = [
        leg for _ in range(6) for leg in (((52_050_000, 179_999_000), 0.5, 0), ((52_050_000, -179_999_000), 0.5, 0))
    ]
    found = called(
        engine, gamma, sent(((51_500_000, 179_950_000), 1, 90), *swinging, ((51_500_000, 179_950_000), 1, 90))
    )
    assert told(found) == [["gamma", 4, "stopped_hours=5.5"]]
    assert abs(found["lon"][0]) == 180


def test_nobody_no_calls(engine, coast):
    assert len(called(engine, coast, [])) == 0


# -- the law --

PLACES = [BERTH, BERTH, ROADS, PASSAGE, EDGE_IN, EDGE_OUT, OUTSIDE, OUTSIDE, FAR, BETA, BETWEEN,
          (42_754_000, 133_081_000), (42_800_000, 133_130_000)]  # fmt: skip
WAITS = [
    0,
    1,
    60,
    600,
    1740,
    1801,
    HOUR,
    3 * HOUR,
    4 * HOUR,
    4 * HOUR + 1,
    5 * HOUR,
    9 * HOUR,
    24 * HOUR,
    24 * HOUR + 1,
    30 * HOUR,
]


@st.composite
def voyages(draw):
    reports = []
    for ship in range(draw(st.integers(1, 3))):
        time = DAY + draw(st.sampled_from([0, 1000, HOUR]))
        speeds = st.just(None) if draw(st.booleans()) else st.sampled_from([None, 0, 2, 3, 90])
        for _ in range(draw(st.integers(1, 14))):
            lat, lon = draw(st.sampled_from(PLACES))
            drift = draw(st.sampled_from([0, 0, 0, 300, 3000]))
            reports.append(
                Report(SHIP + ship, time, lat + drift, lon, draw(speeds), draw(st.sampled_from([None, None, 45, 72])))
            )
            time += draw(st.sampled_from(WAITS))
    return reports


@settings(max_examples=EXAMPLES)
@given(reports=voyages(), order=st.randoms(use_true_random=False), twice=st.integers(0, 6))
def test_calls_are_what_following_each_ship_finds_whatever_the_order_and_however_often(
    engine, coast, reports, order, twice
):
    rows = [*reports, *reports[:twice]]
    order.shuffle(rows)
    found = called(engine, coast, rows)
    columns = ["port", "mmsi", "start", "end", "confidence", "detail", "lat", "lon", "speed_kn"]
    answers = sorted(found[columns].itertuples(index=False, name=None))
    expected = oracle(reports, coast[0], LIMITS)
    assert [row[:6] for row in answers] == [row[:6] for row in expected]
    for answer, row in zip(answers, expected, strict=True):
        assert answer[6:8] == pytest.approx([row[6] / 1e6, row[7] / 1e6], abs=1e-9)
        assert (None if pd.isna(answer[8]) else answer[8]) == pytest.approx(row[8])
