"""Screening: one answer per line, as of a day, never "none" for a ship of the trade."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.resolve import identify
from vesseltrack.vessels.screening import screen
from vesseltrack.vessels.standing import TRADE_REGISTER, list_entry

REGISTER = load_register()
DAY = date(2024, 6, 1)


def one(query, day=DAY):
    (result,) = screen([query], REGISTER, day)
    return result


def test_every_line_is_answered_in_order():
    queries = ["CHON MA SAN", "", "   ", "-", "\x1b[31mRED\x00", "8660313", "NULL", "?"]
    results = screen(queries, REGISTER, DAY)
    assert [result.query for result in results] == queries
    assert [result.line for result in results] == list(range(1, 9))
    assert [result.checked for result in results] == [True, False, False, False, True, True, True, False]
    assert all(result.reasons for result in results if not result.checked)


def test_a_listed_ship_shows_list_dates_and_measures():
    (candidate,) = one("CHONMASAN").candidates
    entry = list_entry(candidate, DAY)
    assert (entry.list, entry.listed_name, entry.listed_on) == (
        "UN 1718 Designated Vessels List",
        "CHON MA SAN",
        date(2018, 3, 30),
    )
    assert entry.measures == ("asset_freeze", "port_entry_ban")


def test_a_ship_of_the_trade_is_a_review_and_not_designated():
    result = one("WOL BONG SAN")
    assert result.grade == "review"
    assert list_entry(result.candidates[0], DAY).list == TRADE_REGISTER
    assert list_entry(result.candidates[0], DAY).measures == ()


def test_the_dprk_country_digits_are_a_review():
    result = one("MMSI 445111111")
    assert result.grade == "review"
    assert list_entry(result.candidates[0], DAY).list == TRADE_REGISTER


def test_a_delisted_ship_is_a_review_with_the_day():
    result = one("JIN TAI")
    entry = list_entry(result.candidates[0], DAY)
    assert (result.grade, entry.delisted_on, entry.measures) == ("review", date(2016, 3, 21), ())
    assert one("JIN TAI", date(2016, 3, 10)).grade == "match"


def test_a_ship_listed_later_is_a_review_before_its_day():
    result = one("CHON MA SAN", date(2018, 1, 1))
    assert result.grade == "review"
    assert "listed since 2018-03-30" in " ".join(result.candidates[0].reasons)


def test_a_hull_listed_again_shows_the_listing_in_force():
    assert list_entry(one("EVER BRIGHT 88").candidates[0], DAY).listed_name == "FAN KE"
    assert list_entry(one("FAN KE", date(2016, 5, 1)).candidates[0], date(2016, 5, 1)).listed_name == "EVER BRIGHT 88"


def test_numbers_are_taken_for_what_they_are():
    assert one("IMO 8660313").candidates[0].vessel.name == "CHON MA SAN"
    assert one("imo8660313").grade == "match"
    assert one("445539000").candidates[0].vessel.name == "TONG SAN 2"
    assert one("CHON MA SAN, IMO 8660313").candidates[0].score == 1
    assert one("CHON MA SAN (IMO: 9074729)").grade == "none"
    assert one("9074729").checked
    assert one("728").checked


@pytest.mark.parametrize(
    "query",
    [
        "CHON MA SAN 8660313", "CHON MA SAN,8660313", '"CHON MA SAN","8660313"', "8660313 CHON MA SAN",
        "CHON MA SAN (8660313)", "8660313,CHON MA SAN", "\x1b[31mCHON MA SAN 8660313\x1b[0m",
    ],
)  # fmt: skip
def test_a_ships_number_beside_a_name_needs_no_label(query):
    result = one(query)
    assert (result.grade, result.query) == ("match", query)
    assert [(found.vessel.imo, found.score) for found in result.candidates] == [("8660313", 1)]


def test_seven_digits_beside_a_name_are_read_as_an_imo_number_right_or_wrong():
    assert one("OCEAN STAR 9811001").reasons == ("IMO number '9811001' fails its check digit",)
    result = one("CHON MA SAN 8660314")
    assert result.grade == "match"
    assert "did you mean 8660313" in result.candidates[0].reasons[0]


@pytest.mark.parametrize(
    "query",
    [
        "\x1b[31mCHON MA SAN\x1b[0m", "CHON \x1b[1;31mMA\x1b[m SAN", "\x9b31mCHON MA SAN\x9b0m", "\x1b[31m8660313\x1b[0m",
        "\x1b]0;title\x07CHON MA SAN", "\x1b]8;;http://x\x1b\\CHON MA SAN\x1b]8;;\x1b\\", "CHON\x07 MA\x00SAN\x7f", "C\x08HON MA SAN",
    ],
)  # fmt: skip
def test_what_steers_a_terminal_hides_no_listed_ship(query):
    assert [found.vessel.name for found in one(query).candidates] == ["CHON MA SAN"]
    assert one(query).grade == "match"


def test_a_number_that_identifies_no_ship_says_so():
    for query in ("2041999", "1234567", "0", "IMO 866031399", "MMSI 12", "IMO"):
        result = one(query)
        assert (result.grade, result.checked) == ("none", False)
        assert result.reasons


def test_a_wrong_digit_asks_did_you_mean():
    result = one("8660314")
    assert (result.grade, result.checked) == ("review", True)
    assert "did you mean 8660313" in " ".join(result.candidates[0].reasons)


@given(st.text(max_size=40))
def test_no_query_breaks_the_screening(query):
    result = one(query)
    ranks = [("match", "review", "none").index(candidate.grade) for candidate in result.candidates]
    assert ranks == sorted(ranks)
    assert result.checked or result.reasons


def test_one_name_is_screened_without_heavy_libraries():
    code = (
        "import sys; from datetime import date; from vesseltrack.vessels.loading import load_register; "
        "from vesseltrack.vessels.screening import screen; screen(['CHON MA SAN', 'CHON NA SAN'], load_register(), date(2024, 1, 1)); "
        "sys.exit(bool({'pandas', 'numpy', 'rapidfuzz', 'pyarrow', 'shapely'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    st.sampled_from([vessel.name for vessel in REGISTER.vessels]), st.integers(0, 20), st.sampled_from(["", "X", "A"])
)
def test_a_plain_name_is_answered_as_its_identity_says(name, at, letter):
    at %= len(name)
    query = name[:at] + letter + name[at + 1 :]
    result, who = one(query), identify(REGISTER, name=query, day=DAY)
    assert [c.vessel.id for c in result.candidates] == [c.vessel.id for c in who.candidates]
    assert all(
        reason in c.reasons
        for c in result.candidates
        for w in who.candidates
        if w.vessel.id == c.vessel.id
        for reason in w.reasons
    )
    assert (result.grade == "none") == (who.grade == "none")
    assert result.grade != "match" or who.grade == "match"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("KOREA SAMMA SHIPPING CO", "links to SAM MA 2 (IMO 8106496)"),
        ("Korea Samma Shpg Co., Ltd.", "links to SAM MA 2 (IMO 8106496)"),
        ("IMO 5571322", "company number 5571322 is that of CHONMYONG SHIPPING CO"),
    ],
)
def test_a_listed_company_is_a_review_that_names_its_ships(query, says):
    result = one(query)
    assert (result.grade, result.checked) == ("review", True)
    assert any(says in reason for reason in result.candidates[0].reasons)
    assert "a company, not a ship" in result.candidates[0].reasons


def test_a_company_nobody_lists_is_none():
    assert one("PACIFIC TRADING CO").grade == "none"


def test_a_laundered_identity_leads_to_the_ship_behind_it():
    result = one("SHUN FA IMO 8528864")
    assert (result.grade, result.candidates[0].vessel.name) == ("match", "BILLIONS NO. 18")
    assert one("SHUN FA IMO 8528864", day=date(2018, 6, 1)).grade == "review"


def test_a_name_that_only_listed_ships_bear_is_a_match_whichever_it_is(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,imo\nTWIN STAR,9074729\nTWIN STAR,9811000\nSISTER STAR,9128192\n", encoding="utf-8")
    register = load_register(vessels_file=path)
    for query in ("TWIN STAR", "TWIN STAR 号"):
        (result,) = screen([query], register, DAY)
        assert result.grade == "match"
        assert {c.vessel.imo for c in result.candidates if c.grade == "match"} == {"9811000", "9074729"}
    assert identify(register, name="TWIN STAR").vessel is None


def test_a_former_name_of_one_ship_does_not_hide_the_listed_ship_of_that_name(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,imo,aliases\nRED STAR,9074729,\nBLUE STAR,9811000,RED STAR [former]\n", encoding="utf-8")
    (result,) = screen(["RED STAR"], load_register(vessels_file=path), DAY)
    assert (result.grade, result.candidates[0].vessel.imo) == ("match", "9074729")
