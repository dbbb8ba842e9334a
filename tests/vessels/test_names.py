"""One canonical form for every way to write a ship's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from vesseltrack.vessels.cells import NamedShip, is_unnamed, names_in
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.spelling import SlipIndex, one_slip

NAMES = st.text(
    st.sampled_from("ABCDEHIJKLMNOPSTVXZ 0123456789-.'/#천마산호号号é@Øｋ"), min_size=1, max_size=24
) | st.text(min_size=1, max_size=16)
PREFIXES = st.sampled_from(["MV ", "M/V ", "M.V. ", "mt ", "M/T ", "M.T. ", "S/S ", "SS ", "F/V ", "LPG/C ", "the ", "vessel ", "tanker ", "Motor Vessel "])  # fmt: skip


@given(NAMES)
def test_a_key_written_out_has_itself_as_key(name):
    key = canonical(name)
    assert canonical(str(key)) == key


@given(NAMES, PREFIXES)
def test_a_prefix_never_changes_the_key(name, prefix):
    if any(canonical(name)) and "@@" not in name:  # what follows the padding of AIS is no part of the name
        assert canonical(prefix + name) == canonical(name)


@given(NAMES)
def test_case_and_hyphens_for_spaces_never_change_the_key(name):
    assert canonical(name.replace(" ", "-")) == canonical(name)
    if name.isascii():
        assert canonical(name.lower()) == canonical(name.upper()) == canonical(name)


@given(NAMES)
def test_ais_padding_never_changes_the_key(name):
    assert canonical(name + "@@@@") == canonical(name)


@pytest.mark.parametrize(
    ("name", "letters", "numbers"),
    [
        ("7-28", "", "7 28"),
        ("M/V 7-28", "", "7 28"),
        ("NO. 1 SAM JONG", "SAMJONG", "1"),
        ("신평-5호", "SINPHYONG", "5"),
        ("金星号", "JINXING", ""),
        ("XIN YUAN 18 HAO", "XINYUAN", "18"),
        ("JANG JA SAN CHONG NYON HO", "JANGJASANCHONGNYON", ""),
        ("SAM HO", "SAMHO", ""),
        ("MV", "MV", ""),
        ("THE MV VESSEL X", "X", ""),
        ("MIN NING DE YOU 078", "MINNINGDEYOU", "78"),
        ("SAM JONG 00", "SAMJONG", "0"),
        ("Łódź ÆGIR", "LODZAEGIR", ""),
        ("@@@@", "", ""),
        ("", "", ""),
    ],
)
def test_letters_and_numbers_part(name, letters, numbers):
    assert canonical(name) == (letters, numbers)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "?", "none", "NONE", "n/a", "unknown", "Unknown Tanker", "unidentified vessel", "unnamed ~110 m cargo ship",
     "unspecified DPRK tanker", "not known", "TBN", "이름없음", "미상", ">=7 tankers", "at least 7 tankers", "4 ships 40-60 m",
     "tanker", "M/T", "(unknown)", "UNIDENTIFIED", "неизвестно"],
)  # fmt: skip
def test_a_missing_name_is_known_as_missing(text):
    assert is_unnamed(text)
    assert names_in(text) == ()


@pytest.mark.parametrize(
    "text", ["NULL", "NA", "7-28", "UNKNOWN STAR", "UNITY", "TEN", "SEVEN SEAS", "NONESUCH", "TANKER 5"]
)
def test_a_name_is_never_lost(text):
    assert not is_unnamed(text)
    assert names_in(text) == (NamedShip(text),)


@pytest.mark.parametrize(
    ("cell", "ships"),
    [
        ("KINGSWAY (ex BILLIONS NO. 18)", [("KINGSWAY", ("BILLIONS NO. 18",))]),
        ("KINGSWAY ex-BILLIONS NO. 18", [("KINGSWAY", ("BILLIONS NO. 18",))]),
        ("A BONG 1 f.k.a. HENG XING", [("A BONG 1", ("HENG XING",))]),
        ("A BONG 1 (a.k.a. ABONG 1, HENG XING)", [("A BONG 1", ("ABONG 1", "HENG XING"))]),
        ("YU SON, formerly known as Y CHUN", [("YU SON", ("Y CHUN",))]),
        ("Angara; Maria;", [("Angara", ()), ("Maria", ())]),
        ("ANNI (former; ex Ryonggang 1)", [("ANNI", ("Ryonggang 1",))]),
        ("SAM JONG (2)", [("SAM JONG 2", ())]),
        ("KAMCHATKA", [("KAMCHATKA", ())]),
        ("TEXAS EXPRESS", [("TEXAS EXPRESS", ())]),
    ],
)
def test_a_cell_is_pulled_apart(cell, ships):
    assert [(ship.name, ship.also) for ship in names_in(cell)] == ships


@given(st.text("ABCO", min_size=5, max_size=9), st.text("ABCO", min_size=5, max_size=9))
def test_one_slip_is_optimal_string_alignment_of_one(left, right):
    near = OSA.distance(left, right) == 1
    assert one_slip(left, right) == near
    assert SlipIndex([right]).near(left) == ([right] if near or left == right else [])


@given(st.lists(st.text("ABCO", min_size=3, max_size=9), max_size=6), st.text("ABCO", min_size=3, max_size=9))
def test_the_quick_look_misses_no_slip(known, seen):
    assert SlipIndex(known).near(seen) == sorted({word for word in known if word == seen or one_slip(seen, word)})
