"""Flags by meaning, and the tables of the ITU: whose flag an MMSI and a call sign say."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pytest

from vesseltrack import reference
from vesseltrack.vessels import flags, stations

FLAGS = reference.rows("flags.csv")
MIDS = reference.rows("mids.csv")
CALL_SIGNS = reference.rows("call_signs.csv")
CODES = {row["code"] for row in FLAGS}

WRITTEN = {
    "PA": ["PA", "pa", "PAN", "Panama", "PANAMA ", "Republic of Panama", "Panama [PA]", "flag of Panama", "🇵🇦", "파나마", "巴拿马", "Панама"],
    "KN": ["St Kitts and Nevis", "Saint Kitts & Nevis", "St. Kitts & Nevis", "ST.KITTS NEVIS", "KNA"],
    "VN": ["Viet Nam", "Vietnam", "越南", "베트남", "Вьетнам"],
    "HK": ["Hong Kong", "HONGKONG", "China (Hong Kong)", "Hong Kong, China", "Hong Kong SAR", "香港", "홍콩", "Гонконг"],
    "RU": ["Russian Federation", "Russia", "Россия", "РФ", "러시아", "俄罗斯"],
    "TZ": ["Tanzania (Zanzibar)", "Tanzania, United Republic of", "Zanzibar"],
    "KR": ["Korea, Republic of", "Republic of Korea", "South Korea", "Korea (South)", "R.O.K.", "대한민국", "韩国", "Южная Корея"],
    "KP": ["DPRK", "KP", "Korea (North)", "🇰🇵", "DPRK (Belize before)"],
    "CN": ["P.R. China", "China", "People's Republic of China", "中国", "КНР"],
    "TW": ["Taiwan, Province of China", "Chinese Taipei", "Republic of China", "台湾"],
    "MH": ["Marshall Is.", "Republic of the Marshall Islands"],
    "CI": ["Côte d'Ivoire", "COTE D’IVOIRE", "Ivory Coast"],
    "CD": ["DR Congo", "Congo (Kinshasa)"],
    "NO": ["Norway (NIS)"],
    "PT": ["Portugal (MAR)", "Madeira"],
    "BM": ["Bermuda", "UK (Bermuda)"],
    "NA": ["NA", "Namibia"],
    "IS": ["IS"],
    "ST": ["ST", "São Tomé & Príncipe"],
    "GM": ["The Gambia", "Gambia, The"],
    "SL": ["Sierra Leone", "시에라리온"],
    "BZ": ["Belize (DPRK before)"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in WRITTEN.items() for text in texts])
def test_a_flag_is_known_however_it_is_written(code: str, text: str):
    assert flags.code(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "-", "Korea", "KOREA", "false flag Guyana", "Guyana (false)", "Tanzania (fictitious)", "unknown", "none",
     "stateless", "not available", "Atlantis", "Panama/Liberia", "미상", "ex Panama"],
)  # fmt: skip
def test_what_names_no_one_flag_has_no_code(text: str):
    assert flags.code(text) == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Panama", "PAN", True),
        ("North Korea", "조선", True),
        ("China", "Hong Kong", False),
        ("United Kingdom", "Bermuda", False),
        ("Korea", "DPRK", None),
        ("Korea", "KOREA", True),
        ("Atlantis", "Panama", None),
        ("unknown", "unknown", None),
        ("false flag Guyana", "Guyana", None),
        ("", "Togo", None),
    ],
)
def test_two_flags_are_compared_by_meaning(one, other, expected):
    assert flags.same(one, other) is expected
    assert flags.same(other, one) is expected


def test_a_territory_and_its_state_are_compatible_and_hong_kong_is_a_flag_of_its_own():
    assert flags.compatible("BM", "GB")
    assert flags.compatible("DK", "FO")
    assert not flags.compatible("HK", "CN")
    assert not flags.compatible("BM", "KY")


def test_no_form_of_a_flag_is_written_for_two_flags():
    found = defaultdict(set)
    for row in FLAGS:
        for form in (row["code"], row["alpha3"], row["name"], *row["forms"].split(";")):
            if form:
                found[flags._key(form)].add(row["code"])
                assert row["code"] == "KP" or flags.code(form) == row["code"], form
    assert {key: codes for key, codes in found.items() if len(codes) > 1} == {}


def test_every_parent_is_a_state():
    states = {row["code"] for row in FLAGS if not row["parent"]}
    assert {row["parent"] for row in FLAGS if row["parent"]} <= states


def test_country_digits_are_three_digits_from_201_to_775_each_once():
    digits = [row["mid"] for row in MIDS]
    assert digits == sorted(set(digits))
    assert all(len(mid) == 3 and 201 <= int(mid) <= 775 for mid in digits)
    assert {code for row in MIDS for code in row["codes"].split(";")} <= CODES
    assert sum(row["codes"] == "PA" for row in MIDS) == 12


@pytest.mark.parametrize(
    ("mmsi", "code"),
    [("445123456", "KP"), ("351123456", "PA"), ("374123456", "PA"), ("477995000", "HK"), ("412000001", "CN"),
     ("255805000", "PT"), ("310000001", "BM"), ("231000001", "FO"), ("273123456", "RU"), ("002733700", "RU"),
     ("982731234", "RU"), ("111273001", "RU"), ("970123456", ""), ("200123456", ""), ("123456789", ""), ("", "")],
)  # fmt: skip
def test_the_flag_of_an_mmsi_is_in_its_country_digits(mmsi: str, code: str):
    assert stations.mid_flag(mmsi) == code


def test_country_digits_of_three_territories_name_all_of_them():
    assert stations.mid_flags("306123456") == ("BQ", "CW", "SX")


@pytest.mark.parametrize(
    ("sign", "codes"),
    [("HMYA", ("KP",)), ("P5AB", ("KP",)), ("P9XY", ("KP",)), ("HLAA", ("KR",)), ("3E2345", ("PA",)), ("hp-1234", ("PA",)),
     ("5LAB2", ("LR",)), ("VRXY7", ("HK",)), ("BPAB", ("CN", "TW")), ("UBGH5", ("RU",)), ("SSAB", ("EG",)), ("SSTA", ("SD",)),
     ("3DAB", ("SZ",)), ("3DNX", ("FJ",)), ("UNKNOWN", ()), ("NONE", ()), ("", ()), ("0", ()), ("12345", ()), ("QQAA", ())],
)  # fmt: skip
def test_a_call_sign_is_of_the_state_that_has_the_series(sign: str, codes: tuple[str, ...]):
    assert stations.call_sign_flags(sign) == codes


def test_no_beginning_of_a_call_sign_is_in_two_series():
    found = [start for row in CALL_SIGNS for start in stations.beginnings(row["first"], row["last"])]
    assert len(found) == len(set(found))
    assert not [long for long in found if any(long != short and long.startswith(short) for short in set(found))]
    assert {code for row in CALL_SIGNS for code in row["codes"].split(";")} <= CODES


def test_a_name_is_screened_without_reading_the_tables():
    code = (
        "from vesseltrack.cli.app import main\nmain(['screen', 'CHON MA SAN'])\n"
        "from vesseltrack.vessels import flags, stations\nimport sys\n"
        "print(sum(f.cache_info().currsize for f in (flags._codes, stations._mids, stations._series)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "0"
