"""Events as sightings: every row of them is one that `check` reads, and says no more than the event does."""

from __future__ import annotations

import os
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.text import printable
from vesseltrack.tracks.events import in_order
from vesseltrack.tracks.schema import KINDS
from vesseltrack.tracks.sightings import COLUMNS, sightings_of
from vesseltrack.tracks.writing import table_csv

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

GROUND = load_gazetteer().ground
BERTH, ROADS, SEA = (42.747, 133.083), (42.765, 132.985), (30.0, 124.0)


def event(kind, at=BERTH, confidence=4, **more):
    start = pd.Timestamp("2024-03-09T12:00:00")
    return {
        "kind": kind, "mmsi": "445123000", "imo": "8660313", "name": "CHON MA SAN", "type": "tanker", "start": start,
        "end": start + timedelta(hours=20), "lat": at[0], "lon": at[1], "confidence": confidence, "port": "",
        "facility": "", "other_mmsi": "", "other_imo": "", "other_name": "", "detail": "", **more,
    }  # fmt: skip


def sighted(*events):
    return sightings_of(in_order(pd.DataFrame(events)), GROUND, "AIS: day.csv")


def one(*events):
    [row] = sighted(*events).to_dict("records")
    return row


def test_a_call_is_an_interval_at_the_port():
    row = one(event("port_call", port="Vostochny", facility="oil bunkering berth", detail="stopped_hours=19.5"))
    assert row["date"] == "2024-03-09T12:00:00Z/2024-03-10T08:00:00Z"
    assert (row["vessel"], row["imo"], row["mmsi"], row["type"]) == ("CHON MA SAN", "8660313", "445123000", "tanker")
    assert (row["port"], row["facility"]) == ("Vostochny", "oil bunkering berth")
    assert (row["lat"], row["lon"], row["end_lat"]) == ("42.747000", "133.083000", "")
    assert (row["ais_status"], row["activity"]) == ("on", "moored")
    assert (row["confidence"], row["source"]) == ("4 of 4", "AIS: day.csv")
    assert row["note"] == "port call: stopped_hours=19.5"


@pytest.mark.parametrize(
    ("at", "confidence", "detail", "activity"),
    [
        (BERTH, 4, "stopped_hours=3.0", "moored"),
        (ROADS, 4, "stopped_hours=3.0", "anchored"),
        (BERTH, 3, "silence_hours=7.0", "unknown"),
        (BERTH, 1, "", "transit"),
        (BERTH, 0, "arrival_not_seen;departure_not_seen", "unknown"),
    ],
    ids=["at a berth", "at the roads", "silent", "sailing through", "one position"],
)
def test_what_a_ship_did_in_port_is_said_only_where_it_was_seen(at, confidence, detail, activity):
    assert one(event("port_call", at, confidence, port="Vostochny", detail=detail))["activity"] == activity


def test_a_silence_in_port_is_ais_on_and_off():
    detail = "stopped_hours=20.0;silence_hours=7.0"
    assert one(event("port_call", port="Vostochny", detail=detail))["ais_status"] == "intermittent"


@pytest.mark.parametrize("kind", ["gap", "open_gap"])
def test_a_gap_is_an_interval_with_ais_off_from_where_it_began(kind):
    end = {"end_lat": 30.0, "end_lon": 124.0} if kind == "gap" else {}
    row = one(event(kind, port="Vostochny", **end))
    assert (row["ais_status"], row["lat"], row["lon"], row["port"]) == ("off", "42.747000", "133.083000", "")
    assert (row["end_lat"], row["end_lon"]) == (("30.000000", "124.000000") if end else ("", ""))


@pytest.mark.parametrize("confidence", [0, 1])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "port_call"])
def test_what_is_not_sure_is_no_sighting(kind, confidence):
    """A silent feed is no dark ship, and one false position no falsified AIS."""
    assert sighted(event(kind, confidence=confidence)).empty


def test_that_a_ship_was_in_a_port_needs_no_second_sign():
    assert len(sighted(event("port_call", confidence=0, port="Vostochny"))) == 1


def test_a_meeting_is_a_sighting_of_each_ship_with_the_other():
    rows = sighted(event("meeting", SEA, other_mmsi="671000001", other_imo="9000003", other_name="ORIENT PEARL"))
    ships = ["vessel", "imo", "mmsi", "type", "other_vessel", "other_imo", "other_mmsi"]
    assert rows[ships].to_numpy().tolist() == [
        ["CHON MA SAN", "8660313", "445123000", "tanker", "ORIENT PEARL", "9000003", "671000001"],
        ["ORIENT PEARL", "9000003", "671000001", "", "CHON MA SAN", "8660313", "445123000"],
    ]
    assert set(rows["ais_status"]) == {"on"}
    assert set(rows["activity"]) == {"unknown"}, "nobody saw what they did"


def test_an_impossible_move_is_falsified_ais_where_it_began():
    row = one(event("impossible_move", SEA, end_lat=42.0, end_lon=133.0, detail="two_ships;jumps=4"))
    assert (row["ais_status"], row["lat"], row["end_lat"], row["other_mmsi"]) == ("spoofed", "30.000000", "", "")


def test_a_change_of_name_tells_the_name_before():
    row = one(event("identity_change", SEA, detail="field=name;from=HOPE SEA;to=CHON MA SAN;times=1"))
    assert (row["previous_identity"], row["ais_status"]) == ("HOPE SEA", "on")


def test_no_events_no_sightings_but_a_header():
    assert table_csv(sighted(), list(COLUMNS)).decode() == ",".join(COLUMNS) + "\n"


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(printable) | st.sampled_from(
    ["", "=1+1", "@SUM(A1)", "NULL", "2024-01", "A,B", 'A"B', "a;b=c", "-", "+", "\tx"]
)
instants = st.datetimes(pd.Timestamp("1980-01-01"), pd.Timestamp("2026-06-01")).map(
    lambda t: pd.Timestamp(t).floor("s")
)


@st.composite
def events(draw):
    start = draw(instants)
    numbers = st.integers(200_000_000, 969_999_999).map(str)
    imos = st.sampled_from(["", "8660313", "1234568", "9999999"])
    kind = draw(st.sampled_from(KINDS))
    return event(
        kind,
        (draw(st.integers(-90_000_000, 90_000_000)) / 1e6, draw(st.integers(-180_000_000, 180_000_000)) / 1e6),
        draw(st.integers(0, 4)),
        mmsi=draw(numbers), imo=draw(imos), name=draw(names), start=start, type=draw(st.sampled_from(["", "tanker", "other"])),
        end=start + timedelta(seconds=draw(st.integers(0, 10**7))), port="Vostochny" if kind == "port_call" else "",
        detail=draw(st.sampled_from(["", "stopped_hours=3.0", "field=name;from==X;to=Y"])),
        **({"other_mmsi": draw(numbers), "other_imo": draw(imos), "other_name": draw(names)} if kind == "meeting" else {}),
    )  # fmt: skip


@settings(max_examples=EXAMPLES)
@given(found=st.lists(events(), min_size=1, max_size=8))
def test_check_reads_every_row(examine_csv, found):
    """Whatever ships call themselves: no reject, and as many sightings as rows, but for those that say the same."""
    rows = sighted(*found)
    case = examine_csv(table_csv(rows, list(rows)).decode())
    assert list(case.rejects) == []
    assert case.summary["sightings"] + case.summary["duplicates"] == len(rows)
    assert case.summary["unplaced"] == 0
