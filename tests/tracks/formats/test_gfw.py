"""Events of Global Fishing Watch become events of ours. The entries have the shape its API serves."""

from __future__ import annotations

import json

import pytest

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats import gfw
from vesseltrack.tracks.schema import EVENTS

VESSEL = {"id": "324afd84e-ee92-ee99-0bf7-c56a66f99624", "ssvid": "636026120", "flag": None, "name": None, "type": None}
GAP = {
    "id": "bad1088734ad2b7ac86d16d9e72e6e0e", "type": "gap", "start": "2026-06-08T01:45:37.000Z",
    "end": "2026-06-08T14:04:36.000Z", "position": {"lat": 10.1007, "lon": 60.6156},
    "gap": {
        "distanceKm": "53.329081410422006", "durationHours": 12.3, "impliedSpeedKnots": "2.34108945769118",
        "intentionalDisabling": True, "offPosition": {"lat": 10.10, "lon": 60.61},
        "onPosition": {"lat": "10.42", "lon": "60.93"},
    },
    "vessel": VESSEL,
}  # fmt: skip
VISIT = {
    "id": "b3f54b1b1e183603802b107d3a0766b0", "type": "port_visit", "start": "2024-01-04T06:18:14.000Z",
    "end": "2024-01-06T12:01:31.000Z", "position": {"lat": 22.5032, "lon": 69.6557},
    "port_visit": {
        "confidence": "3", "startAnchorage": {"id": "ind-mundra", "name": "MUNDRA"},
        "intermediateAnchorage": {"id": "ind-vadinar", "name": "VADINAR"},
    },
    "vessel": VESSEL,
}  # fmt: skip


def encounter(side, own, other):
    return {
        "id": f"bbc80eab.{side}", "type": "encounter", "start": "2026-09-17T21:40:00.000Z",
        "end": "2026-09-17T23:50:00.000Z", "position": {"lat": 10.3801, "lon": 109.1243},
        "vessel": {"name": "XNOI 93", "ssvid": own},
        "encounter": {"vessel": {"name": "LXU NOI 93", "ssvid": other}, "medianDistanceKilometers": 0.022},
    }  # fmt: skip


LOITERING = {
    "id": "l1",
    "type": "loitering",
    "start": "2024-01-25T17:55:24.000Z",
    "end": "2024-02-01T02:58:06.000Z",
    "position": {"lat": -10, "lon": 60},
    "vessel": VESSEL,
}


def page(*entries):
    return json.dumps({"metadata": {}, "total": len(entries), "entries": entries})


def test_a_gap_has_both_ends_and_says_how_likely_it_was_intended(recognised):
    (event,) = recognised(page(GAP)).events
    assert list(event) == list(EVENTS)
    assert (event["kind"], event["mmsi"], event["name"], event["confidence"]) == ("gap", "636026120", "", 3)
    told = [event[end].isoformat() for end in ("start", "end")]
    assert told == ["2026-06-08T01:45:37", "2026-06-08T14:04:36"]
    assert (event["lat"], event["lon"], event["end_lat"], event["end_lon"]) == (10.10, 60.61, 10.42, 60.93)
    assert event["distance_km"] == pytest.approx(53.329081)
    assert event["detail"] == "source=Global Fishing Watch;id=bad1088734ad2b7ac86d16d9e72e6e0e"


@pytest.mark.parametrize(("intended", "confidence"), [(True, 3), (False, 1), (None, 2)])
def test_the_confidence_of_a_gap_follows_the_judgement(recognised, intended, confidence):
    (event,) = recognised(page({**GAP, "gap": {**GAP["gap"], "intentionalDisabling": intended}})).events
    assert event["confidence"] == confidence


def test_a_gap_that_has_not_ended_is_open(recognised):
    (event,) = recognised(page({**GAP, "end": None})).events
    assert event["kind"] == "open_gap"


def test_a_port_visit_keeps_its_confidence_and_its_port(recognised):
    (event,) = recognised(page(VISIT)).events
    assert (event["kind"], event["port"], event["confidence"]) == ("port_call", "VADINAR", 3)
    assert (event["lat"], event["end_lat"]) == (22.5032, 22.5032)


def test_an_encounter_seen_from_both_ships_is_one_meeting(recognised):
    seen = encounter(1, "574200823", "574093314"), encounter(2, "574093314", "574200823")
    found = [recognised(page(*order)).events for order in (seen, seen[::-1])]
    assert found[0] == found[1]
    (event,) = found[0]
    assert (event["kind"], event["mmsi"], event["other_mmsi"]) == ("meeting", "574093314", "574200823")
    assert (event["distance_km"], event["detail"]) == (0.022, "source=Global Fishing Watch;id=bbc80eab")


def test_what_cannot_be_used_is_counted_by_reason(recognised):
    nobody = {**GAP, "vessel": {}}
    nowhere = {**VISIT, "position": {}}
    off_globe = {**VISIT, "position": {"lat": 91, "lon": 181}}
    found = recognised(page(LOITERING, nobody, nowhere, off_globe, {**GAP, "start": "soon"}, GAP))
    assert len(found.events) == 1
    assert found.sources == ()
    assert [file.layout for file in found.files] == [gfw.LAYOUT]
    assert found.events_rejected == {
        gfw.OTHER_KIND: 1, "no MMSI": 1, "no position": 1, "no time": 1, "position outside the globe": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [page(GAP, VISIT), json.dumps([GAP, VISIT]), f"{json.dumps(GAP)}\n{json.dumps(VISIT)}\n"],
    ids=["page", "list", "one a line"],
)
def test_however_the_entries_are_kept_the_events_are_the_same(recognised, text):
    assert [event["kind"] for event in recognised(text).events] == ["port_call", "gap"]


PORTAL = """\
start,end,latitude,longitude,rfmos,eezs,vessel.flag,vessel.name,vessel.type,vessel.ssvid,encounter.vessel.flag,encounter.vessel.name,encounter.vessel.ssvid,encounter.medianDistanceKilometers,encounter.medianSpeedKnots
2024-03-01T00:00:00.000Z,2024-03-01T04:00:00.000Z,39.1,125.2,,,PRK,CHON MA SAN,carrier,445000001,CHN,TANKER B,412000002,0.04,0.6
"""
MAP = """\
type,start,end,latitude,longitude,vesselId,vesselMMSI,vesselName,vesselFlag,vesselType,portVisitId,portVisitFlag,portVisitName
port_visit,2024-03-01 00:00:00,2024-03-02 00:00:00,42.7,133.0,abc,445000001,CHON MA SAN,PRK,other,rus-vostochny,RUS,VOSTOCHNY
"""


def test_the_csv_of_the_portals(recognised):
    found = recognised(PORTAL, MAP)
    meeting, call = found.events
    assert (meeting["kind"], meeting["mmsi"], meeting["other_mmsi"]) == ("meeting", "445000001", "412000002")
    assert (meeting["distance_km"], meeting["speed_kn"], meeting["other_name"]) == (0.04, 0.6, "TANKER B")
    assert (call["kind"], call["port"], call["name"]) == ("port_call", "VOSTOCHNY", "CHON MA SAN")
    assert call["confidence"] is None


@pytest.mark.parametrize(
    "text",
    ['{"entries": 5}', '{"entries": [null, 3, {"type": "gap", "vessel": ["x"], "gap": {"intentionalDisabling": []}}]}'],
    ids=["a number", "entries that are none"],
)
def test_entries_of_another_shape_give_no_event(recognised, text):
    assert recognised(text).events == ()


def test_json_that_is_nested_too_deep_is_refused(recognised):
    with pytest.raises(InputError, match="no JSON"):
        recognised('{"entries": ' + "[" * 200_000)
