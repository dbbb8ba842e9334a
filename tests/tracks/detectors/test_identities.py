"""Who ships say they are, and when they begin to say something else."""

from __future__ import annotations

import os
from functools import partial

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracks.oracles.identities import identity_changes as oracle
from tracks.sent import Static, statics

from vesseltrack.tracks.detectors.identities import identity_changes, known_as

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "8"))
"""Each runs a whole engine: `make torture` asks for many more."""

T = 1_709_251_200
SHIP, OTHER, DPRK = 613_000_001, 273_000_002, 445_000_003
IMO, SECOND_IMO, WRONG_IMO = 9_307_839, 8_660_313, 9_307_838


def changed(engine, said):
    frame = statics(engine, said)
    return identity_changes(engine, partial(frame.join, on="mmsi", how="semi"), known_as(engine, each_answer(frame)))


def each_answer(frame):
    called = ("mmsi", "imo", "name", "call_sign", "ship_type")
    return frame.group_by(*called).agg(first=nw.col("time").min(), last=nw.col("time").max())


def often(mmsi, start, **said):
    """The same said three times, a minute apart."""
    return [Static(mmsi, T + start + 60 * n, **said) for n in range(3)]


def told(found):
    return found[["mmsi", "start", "end", "confidence", "detail"]].to_numpy().tolist()


def test_a_new_name(engine):
    found = changed(engine, [*often(SHIP, 0, name="CHON MA SAN"), *often(SHIP, 600, name="AN SAN 1")])
    assert told(found) == [[SHIP, T + 120, T + 600, 3, "field=name;from=CHON MA SAN;to=AN SAN 1"]]
    assert found[["kind", "other_mmsi"]].to_numpy().tolist() == [["identity_change", 0]]
    assert found["lat"].isna().all()


def test_a_new_mmsi_under_the_same_imo_number_shows_the_flag_too(engine):
    found = changed(engine, [*often(SHIP, 0, imo=IMO), *often(DPRK, 600, imo=IMO)])
    detail = "field=mmsi;from=613000001;to=445000003;imo=9307839;flag=613>445"
    assert told(found) == [[DPRK, T + 120, T + 600, 4, detail]]
    assert found["other_mmsi"].tolist() == [SHIP]


def test_a_new_mmsi_of_the_same_flag(engine):
    found = changed(engine, [*often(SHIP, 0, imo=IMO), *often(SHIP + 1, 600, imo=IMO)])
    assert found["detail"].tolist() == ["field=mmsi;from=613000001;to=613000002;imo=9307839"]


def test_a_new_imo_number_and_call_sign(engine):
    before, after = {"imo": IMO, "call_sign": "HMYA"}, {"imo": SECOND_IMO, "call_sign": "TJMC9"}
    found = changed(engine, [*often(SHIP, 0, **before), *often(SHIP, 600, **after)])
    assert told(found) == [
        [SHIP, T + 120, T + 600, 2, "field=call_sign;from=HMYA;to=TJMC9"],
        [SHIP, T + 120, T + 600, 3, "field=imo;from=9307839;to=8660313"],
    ]


LITTLE = {
    "a name that was garbled once": [*often(SHIP, 0, name="CHON MA SAN"), Static(SHIP, T + 500, name="CHQN#MA,SA")],
    "a letter": [*often(SHIP, 0, name="CHON MA SAN"), *often(SHIP, 600, name="CHON MA SAM")],
    "an IMO number without a check digit": [*often(SHIP, 0, imo=IMO), *often(SHIP, 600, imo=WRONG_IMO)],
}


@pytest.mark.parametrize("what", LITTLE)
def test_what_is_little_to_go_by(engine, what):
    assert changed(engine, LITTLE[what])["confidence"].tolist() == [1]


NOTHING = {
    "the same name in small letters": [*often(SHIP, 0, name="AN SAN 1"), *often(SHIP, 600, name="An San 1")],
    "a name left out now and then": [*often(SHIP, 0, name="AN SAN 1"), *often(SHIP, 600), *often(SHIP, 900, name="AN SAN 1")],
    "two ships": [*often(SHIP, 0, name="AN SAN 1", imo=IMO), *often(OTHER, 0, name="CHON MA SAN", imo=SECOND_IMO)],
    "the IMO number of a transponder that was never set": [*often(SHIP, 0, imo=1_234_567), *often(OTHER, 0, imo=1_234_567)],
    "an IMO number that is no ship's": [*often(SHIP, 0, imo=WRONG_IMO), *often(OTHER, 600, imo=WRONG_IMO)],
    "an MMSI that was never set": [*often(123_456_789, 0, name="AN SAN 1"), *often(123_456_789, 600, name="CHON MA SAN")],
    "nobody": [],
}  # fmt: skip


@pytest.mark.parametrize("what", NOTHING)
def test_no_change(engine, what):
    assert changed(engine, NOTHING[what]).empty


def test_a_name_that_comes_and_goes_is_told_once_each_way_and_is_less_sure(engine):
    names = ["AN SAN 1", "CHON MA SAN", "AN SAN 1", "CHON MA SAN"]
    found = changed(engine, [one for n, name in enumerate(names) for one in often(SHIP, n * 600, name=name)])
    assert told(found) == [
        [SHIP, T + 120, T + 600, 2, "field=name;from=AN SAN 1;to=CHON MA SAN;times=2;back=1"],
        [SHIP, T + 720, T + 1200, 2, "field=name;from=CHON MA SAN;to=AN SAN 1;back=1"],
    ]


def test_a_name_cannot_write_details_of_its_own(engine):
    found = changed(engine, [*often(SHIP, 0, name="A;CONFIDENCE=4"), *often(SHIP, 600, name="CHON MA SAN")])
    assert found["detail"].tolist() == ["field=name;from=A,CONFIDENCE=4;to=CHON MA SAN"]


def test_what_each_number_called_itself(engine):
    said = [
        *often(SHIP, 0, name="AN SAN 1", imo=IMO),
        *often(SHIP, 600, name="CHON MA SAN", ship_type=80),
        Static(OTHER, T),
    ]
    known = known_as(engine, each_answer(statics(engine, said)))
    assert known["mmsi"].tolist() == [SHIP, SHIP]
    assert known["name"].tolist() == ["AN SAN 1", "CHON MA SAN"]
    assert known[["first", "last"]].to_numpy().tolist() == [[T, T + 120], [T + 600, T + 720]]
    assert known["imo"].isna().tolist() == [False, True]
    assert known["ship_type"].dropna().tolist() == [80]


@st.composite
def sayings(draw):
    message = st.builds(
        Static,
        mmsi=st.sampled_from([SHIP, OTHER, DPRK, 123_456_789]),
        time=st.integers(T, T + 12),
        name=st.sampled_from([None, "AN SAN 1", "An San 1", "AN SAN 2", "CHON MA SAN"]),
        imo=st.sampled_from([None, IMO, IMO, SECOND_IMO, WRONG_IMO, 1_234_567]),
        call_sign=st.sampled_from([None, "HMYA", "TJMC9"]),
        ship_type=st.sampled_from([None, 80]),
    )
    return draw(st.lists(message, max_size=14))


@settings(max_examples=EXAMPLES)
@given(sayings(), st.randoms(use_true_random=False))
def test_reading_message_by_message_gives_the_same(engine, said, shuffle):
    again = said + shuffle.sample(said, len(said) // 2)
    shuffle.shuffle(again)
    found = []
    for row in changed(engine, again).itertuples():
        detail = dict(part.split("=") for part in row.detail.split(";"))
        number, old, new = row.mmsi, detail["from"], detail["to"]
        if detail["field"] == "mmsi":
            assert (row.mmsi, row.other_mmsi) == (int(new), int(old))
            number = int(detail["imo"])
        if detail["field"] in ("mmsi", "imo"):
            old, new = int(old), int(new)
        times, back = int(detail.get("times", 1)), "back" in detail
        found.append((detail["field"], number, old, new, row.start, row.end, times, back, row.confidence))
    assert sorted(found, key=str) == oracle(said)


def test_the_order_of_rows_and_rows_read_twice_change_nothing(engine):
    said = [*often(SHIP, 0, name="AN SAN 1", imo=IMO), *often(DPRK, 600, name="CHON MA SAN", imo=IMO)]
    pd.testing.assert_frame_equal(changed(engine, said[::-1] * 2), changed(engine, said))
