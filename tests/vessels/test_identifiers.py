"""IMO numbers, MMSIs and flags as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.identifiers import (
    COMPANY_WEIGHTS,
    company_check_digit,
    neighbours,
    parse_imo,
    parse_mmsi,
    ship_check_digit,
)


@pytest.mark.parametrize(
    "text",
    ["8660313", "IMO8660313", "IMO 8660313", "imo: 8660313", "IMO No. 8660313", "IMO number 8660313", "8660313.0",
     "8660313,00", "866 0313", "866-0313", "８６６０３１３", " 8660313 ", "'8660313", '="8660313"', "8.660313E+06",
     "CHON MA SAN 8660313", "Flag 12, IMO 8660313"],
)  # fmt: skip
def test_a_ships_number_is_read_however_written(text):
    number = parse_imo(text)
    assert (number.state, number.digits, number.text) == ("ship", "8660313", text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2041999", "company"), ("6459297", "company"), ("IMO 6459297", "company"),
        ("6459298", "check_digit"), ("8660314", "check_digit"),
        ("0", "placeholder"), ("1", "placeholder"), ("0000000", "placeholder"), ("1111111", "placeholder"),
        ("1234567", "placeholder"), ("7654321", "placeholder"), ("9999999", "placeholder"), ("0.0", "placeholder"),
        ("", "missing"), ("-", "missing"), ("n/a", "missing"), ("none", "missing"), ("unknown", "missing"),
        ("Does not exist", "missing"), ("IMO", "missing"), ("nan", "missing"),
        ("445539000", "malformed"), ("866031", "malformed"), ("86603131", "malformed"), ("IMO 15411", "malformed"),
        ("abc", "malformed"), ("8660313 / 7408873", "malformed"), ("0000012", "malformed"), ("8660313x1", "ship"),
        ("٨٦٦٠٣١٣", "malformed"),
    ],
)  # fmt: skip
def test_every_other_number_says_what_it_is(text, state):
    number = parse_imo(text)
    assert number.state == state
    assert number.text == text
    assert bool(number.remark) == (state not in {"ship", "missing"})


def test_nine_digits_look_like_an_mmsi():
    assert "MMSI" in parse_imo("445539000").remark


def test_a_number_valid_in_both_schemes_is_a_ships():
    both = [f"{n}" for n in range(9000000, 9002000) if ship_check_digit(str(n)) and company_check_digit(str(n))]
    assert both
    assert {parse_imo(number).state for number in both} == {"ship"}


@given(st.integers(100000, 999999))
def test_each_stem_has_one_check_digit_in_each_scheme(stem):
    for check in (ship_check_digit, company_check_digit):
        assert sum(check(f"{stem}{digit}") for digit in range(10)) == 1
    assert len(COMPANY_WEIGHTS) == 6


@given(st.integers(0, 6), st.integers(0, 9))
def test_one_wrong_digit_has_the_right_number_as_neighbour(place, digit):
    wrong = "8660313"[:place] + str(digit) + "8660313"[place + 1 :]
    assert neighbours(wrong, {"8660313", "7408873"}) == (("8660313",) if wrong != "8660313" else ())


def test_swapped_and_lost_digits_have_the_right_number_as_neighbour():
    assert neighbours("8660331", {"8660313"}) == ("8660313",)
    assert neighbours("947115", {"9417115"}) == ("9417115",)
    assert neighbours("94171155", {"9417115"}) == ("9417115",)
    assert neighbours("8661323", {"8660313"}) == ()
    assert neighbours("", {"8660313"}) == ()


@given(st.text())
def test_no_text_breaks_a_parser(text):
    assert parse_imo(text).text == parse_mmsi(text).text == text
    assert is_dprk(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "state", "mid"),
    [
        ("445539000", "valid", "445"), ("445539000.0", "valid", "445"), ("MMSI 445 539 000", "valid", "445"),
        ("273123456", "valid", "273"), ("992451234", "valid", ""),
        ("0", "placeholder", ""), ("111111111", "placeholder", ""), ("123456789", "placeholder", ""),
        ("12345", "malformed", ""), ("8660313", "malformed", ""), ("abc", "malformed", ""),
        ("", "missing", ""), ("n/a", "missing", ""),
    ],
)  # fmt: skip
def test_an_mmsi_and_its_country_digits(text, state, mid):
    number = parse_mmsi(text)
    assert (number.state, number.mid) == (state, mid)
    assert number.dprk == (mid == "445")


@pytest.mark.parametrize(
    "flag",
    ["DPRK", "D.P.R.K.", "dprk", "KP", "PRK", "North Korea", "Korea North", "Korea (North)", "Korea, North",
     "Democratic People's Republic of Korea", "Democratic People’s Republic of Korea", "Korea, Dem. People's Rep.",
     "Korea (Democratic People's Republic of)", "북한", "조선", "КНДР", "Corée du Nord", "DPRK (Belize before)"],
)  # fmt: skip
def test_the_dprk_flag_is_recognised(flag):
    assert is_dprk(flag)


@pytest.mark.parametrize(
    "flag", ["", "Korea", "South Korea", "KR", "KOR", "ROK", "Republic of Korea", "Korea (South)", "Korea, Republic of",
             "Belize (DPRK before)", "한국", "NA", "Panama", "KPX"],
)  # fmt: skip
def test_no_other_flag_is_the_dprk(flag):
    assert not is_dprk(flag)
