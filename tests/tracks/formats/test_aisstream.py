"""Messages of aisstream.io as the service writes them."""

from __future__ import annotations

import json

import pytest
from tracks.formats.evaluating import evaluated

META = {
    "MMSI": 445000001,
    "MMSI_String": 445000001,
    "ShipName": "CHON MA SAN         ",
    "latitude": 39.1,
    "longitude": 125.2,
    "time_utc": "2026-07-12 12:00:00.886451648 +0000 UTC",
}


def message(kind, body, **meta):
    return json.dumps(
        {
            "Message": {kind: {"UserID": 445000001, "Valid": True, **body}},
            "MessageType": kind,
            "MetaData": {**META, **meta},
        }
    )


POSITION = message("PositionReport", {"Latitude": 39.1, "Longitude": 125.2, "Sog": 0.2, "Cog": 10, "TrueHeading": 511})
STATIC = message(
    "ShipStaticData",
    {
        "Name": "CHON MA SAN         ",
        "CallSign": "HMYA   ",
        "ImoNumber": 8660313,
        "Type": 80,
        "MaximumStaticDraught": 6.5,
    },
)
PART_B = message(
    "StaticDataReport",
    {
        "PartNumber": True,
        "ReportA": {"Name": "", "Valid": False},
        "ReportB": {"CallSign": "XPI6030", "ShipType": 37, "Valid": True},
    },
)
NOON = 1783857600


def test_positions_and_what_ships_say_of_themselves(recognised):
    (source,) = recognised(f"{POSITION}\n{STATIC}\n{PART_B}\n").sources
    position, static, part = evaluated(source)
    assert (source.layout, source.time_form) == ("aisstream.io", "epoch")
    assert position == {
        "mmsi": 445000001, "time": NOON, "lat": 39.1, "lon": 125.2, "sog": 0.2, "draught": None, "ship_type": None,
        "imo": None, "name": "CHON MA SAN", "call_sign": None,
    }  # fmt: skip
    assert (static["imo"], static["call_sign"], static["ship_type"], static["draught"]) == (8660313, "HMYA", 80, 6.5)
    assert (static["lat"], static["lon"]) == (None, None)
    assert (part["name"], part["call_sign"], part["ship_type"]) == (None, "XPI6030", 37)


def test_the_place_the_service_remembers_is_no_report_of_a_position(recognised):
    (source,) = recognised(STATIC).sources
    assert [row["lat"] for row in evaluated(source)] == [None]


@pytest.mark.parametrize(
    "kind", ["StandardClassBPositionReport", "ExtendedClassBPositionReport", "LongRangeAisBroadcastMessage"]
)
def test_every_kind_of_position_report_counts(recognised, kind):
    (source,) = recognised(message(kind, {"Latitude": 39.1, "Longitude": 125.2, "Sog": 63})).sources
    (row,) = evaluated(source)
    assert row["lat"] == 39.1
    assert row["sog"] == (None if kind == "LongRangeAisBroadcastMessage" else 63)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (message("BaseStationReport", {"Latitude": 39.1, "Longitude": 125.2}), "no position report"),
        (message("StandardSearchAndRescueAircraftReport", {}), "MMSI is no ship's"),
        (message("PositionReport", {"Latitude": 39.1, "Longitude": 125.2}, time_utc=""), "no time"),
        (message("PositionReport", {"Latitude": 39.1, "Longitude": 125.2, "Valid": False}), "cannot be decoded"),
        (message("PositionReport", {"Latitude": "x", "Longitude": 125.2}), "cannot be decoded"),
        (POSITION[:-20], "cannot be decoded"),
        ("[1, 2]", "cannot be decoded"),
    ],
    ids=["base station", "aircraft", "no time", "not valid", "no number", "cut off", "a list"],
)
def test_what_gives_no_row_is_counted_by_reason(recognised, line, reason):
    (source,) = recognised(f"{POSITION}\n\n{line}\n").sources
    assert len(evaluated(source)) == 1
    assert source.rejected == {reason: 1}


def test_one_list_of_messages_is_read_too(recognised):
    (source,) = recognised(f"[{POSITION},\n{STATIC}]").sources
    assert [row["imo"] for row in evaluated(source)] == [None, 8660313]
