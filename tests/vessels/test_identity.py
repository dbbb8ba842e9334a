"""Who a ship is: the case table, and the contradictions that must be named."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.identity import UNLISTED, identify, identify_sightings
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.screening import screen

REGISTER = load_register()
DAY = date(2024, 6, 1)
with (Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}|{case['imo']}|{case['mmsi']}")
def test_the_case_table_holds(case):
    found = identify(REGISTER, name=case["name"], imo=case["imo"], mmsi=case["mmsi"], day=DAY)
    assert (found.grade, found.vessel.name if found.vessel else "") == (case["identity"], case["ship"])
    assert list(found.problems) == case["problems"].split()
    if case["candidates"]:
        assert sorted(c.vessel.name for c in found.candidates) == sorted(case["candidates"].split("|"))
    if case["screen"]:
        (result,) = screen([case["name"] or case["imo"] or case["mmsi"]], REGISTER, DAY)
        assert result.grade == case["screen"]


def test_the_case_table_covers_every_grade_and_problem():
    assert len(CASES) >= 80
    assert {case["identity"] for case in CASES} == {"match", "review", "none"}
    problems = {problem for case in CASES for problem in case["problems"].split()}
    assert problems == {
        "imo_company", "imo_check_digit", "imo_placeholder", "imo_malformed",
        "namesake", "two_ships", "unnamed", "other_name",
    }  # fmt: skip


def test_each_answer_gives_its_reason():
    for case in CASES:
        found = identify(REGISTER, name=case["name"], imo=case["imo"], mmsi=case["mmsi"], day=DAY)
        assert found.reasons or (found.grade == "none" and not found.problems)
        assert all(candidate.reasons for candidate in found.candidates)


def test_two_ships_are_both_named_and_neither_is_chosen():
    found = identify(REGISTER, name="SAM JONG 1", imo="8660313")
    assert found.vessel is None
    assert found.key == "IMO8660313"
    assert all(name in " ".join(found.reasons) for name in ("CHON MA SAN", "SAM JONG 1"))


def test_a_namesake_keeps_its_own_number_as_key():
    found = identify(REGISTER, name="CHON MA SAN", imo="9074729")
    assert (found.key, found.imo, found.vessel) == ("IMO9074729", "9074729", None)
    assert "8660313" in found.reasons[0]


def test_a_dated_alias_counts_for_its_time_and_never_more_than_a_review():
    inside = identify(REGISTER, name="HOPE SEA", day=date(2018, 7, 1))
    outside = identify(REGISTER, name="HOPE SEA", day=date(2024, 7, 1))
    assert (inside.grade, outside.grade) == ("review", "review")
    assert inside.score > outside.score
    assert "2018" in " ".join(outside.reasons)


def test_a_painted_name_with_the_right_number_is_a_match():
    assert identify(REGISTER, name="HOPE SEA", imo="7303803", day=date(2024, 7, 1)).grade == "match"


def test_the_dprk_flag_makes_an_unknown_ship_a_review():
    found = identify(REGISTER, name="OCEAN FLOWER", flag="Korea (North)")
    assert (found.grade, found.vessel, found.dprk) == ("review", None, True)
    assert found.key == "NAMEOCEANFLOWER"
    assert not identify(REGISTER, name="OCEAN FLOWER", flag="Korea").dprk


def test_a_ship_without_any_name_has_no_key_even_under_the_dprk_flag():
    found = identify(REGISTER, name="unidentified tanker", flag="DPRK")
    assert (found.key, found.grade, found.problems) == ("", "none", ("unnamed",))


def test_an_unlisted_ship_keeps_a_key_by_number_name_or_station():
    assert identify(REGISTER, name="Ocean Star 12", imo="9074729").key == "IMO9074729"
    assert identify(REGISTER, name="Ocean Star 12", mmsi="215218933").key == "NAMEOCEANSTAR 12"
    assert identify(REGISTER, mmsi="215218933").key == "MMSI215218933"


# Laws

NUMBERS = st.integers(0, 25).map(lambda n: f" {n}" if n else "")


@given(NUMBERS, NUMBERS)
def test_numbers_are_symmetric_and_another_number_is_never_a_match(tmp_path_factory, left, right):
    """A ship known with one number and seen with another grades as the other way round."""
    path = tmp_path_factory.getbasetemp() / "own.csv"
    grades = {}
    for known, seen in ((left, right), (right, left)):
        path.write_text(f"name\nHAE DONG SAN{known}\n")
        grades[known, seen] = identify(load_register(vessels_file=path), name=f"HAE DONG SAN{seen}").grade
    assert grades[left, right] == grades[right, left]
    assert (grades[left, right] == "match") == (left == right)
    if left and right and left != right:
        assert grades[left, right] == "none"


TEXTS = {
    "vessel": ["", "CHON MA SAN", "SAM JONG", "SAM JONG 3", "HOPE SEA", "unknown", "OCEAN STAR 12", "MARIA", "APEX",
               "CHON NA SAN", "A; SAM JONG 1", "CHON MA SAN / X", "PAEK YANG SAN 1", "@@@", "NULL", "7-28", "BLUE OCEAN"],
    "imo": ["", "8660313", "9074729", "8660314", "0", "n/a", "2041999", "445539000", "IMO 7408873"],
    "mmsi": ["", "445539000", "445111111", "215218933", "620233000.0", "1", "222222222", "abc", "99"],
    "call_sign": ["", "HMXY"],
    "flag": ["", "DPRK", "Korea", "Panama"],
}  # fmt: skip


@given(
    st.lists(
        st.tuples(
            *(st.sampled_from(values) for values in TEXTS.values()), st.dates(date(2017, 1, 1), date(2024, 1, 1))
        ),
        min_size=1,
        max_size=30,
    )
)
def test_the_whole_frame_is_identified_as_row_by_row(rows):
    frame = pd.DataFrame(rows, columns=[*TEXTS, "start"])
    frame["start"] = pd.to_datetime(frame["start"]).astype("datetime64[us]")
    frame = frame.astype(dict.fromkeys(TEXTS, "category"))
    codes, identities = identify_sightings(frame, REGISTER)
    assert codes.dtype == np.int32
    for code, (vessel, imo, mmsi, call_sign, flag, day) in zip(codes, rows, strict=True):
        alone = identify(REGISTER, name=vessel, imo=imo, mmsi=mmsi, call_sign=call_sign, flag=flag, day=day)
        if code == UNLISTED:
            assert (alone.grade, alone.problems, alone.vessel) == ("none", (), None)
            assert alone.key
        else:
            assert identities[code] == alone


def test_an_empty_frame_has_no_identities():
    frame = pd.DataFrame({column: pd.Categorical([]) for column in TEXTS})
    frame["start"] = pd.Series([], dtype="datetime64[us]")
    codes, identities = identify_sightings(frame, REGISTER)
    assert (len(codes), identities) == (0, ())
