"""Flags, numbers and names that change or contradict each other: one small case each (rulings 4, 5, 11 to 13)."""

from __future__ import annotations

import pytest

HEADER = "date,vessel,imo,mmsi,call_sign,flag,port,lat,lon\n"
DPRK_MMSI = "445123456"


def row(date, vessel="", imo="", mmsi="", call_sign="", flag="", port="", lat="", lon=""):
    cell = f'"{flag}"' if "," in flag else flag
    return ",".join([date, vessel, imo, mmsi, call_sign, cell, port, lat, lon]) + "\n"


@pytest.fixture
def found(examine_csv):
    """The findings of one rule, for rows given one by one."""

    def findings(rule, *rows):
        return [f for f in examine_csv(HEADER + "".join(rows)).findings if f.rule == rule]

    return findings


def severities(findings):
    return [f.severity.label for f in findings]


# VT308: MMSI and flag


@pytest.mark.parametrize(
    ("mmsi", "flag", "expected"),
    [
        (DPRK_MMSI, "Panama", ["medium"]),
        ("351123456", "DPRK", ["medium"]),
        ("400123456", "DPRK", ["medium"]),
        ("351123456", "Togo", ["low"]),
        ("477123456", "China", ["low"]),
        ("413123456", "Hong Kong", ["low"]),
        ("351123456", "PAN", []),
        ("374123456", "Panama", []),
        ("255123456", "Portugal", []),
        ("310123456", "United Kingdom", []),
        ("232123456", "Bermuda", []),
        ("231123456", "Denmark", []),
        ("477123456", "Hong Kong, China", []),
        ("412123456", "P.R. China", []),
        ("677123456", "Tanzania (Zanzibar)", []),
        (DPRK_MMSI, "Korea", []),
        (DPRK_MMSI, "조선", []),
        (DPRK_MMSI, "false flag Guyana", []),
        ("351123456", "unknown", []),
        ("400123456", "Togo", []),
        ("", "Togo", []),
    ],
)
def test_country_digits_contradict_the_flag(found, mmsi, flag, expected):
    assert severities(found("VT308", row("2024-03-10", "CHON MA SAN", "8660313", mmsi, flag=flag))) == expected


@pytest.mark.parametrize(
    ("mmsi", "sign", "flag", "expected"),
    [
        ("", "HMYA", "Panama", ["medium"]),
        ("", "3EAB7", "DPRK", ["medium"]),
        ("351123456", "P5AB", "", ["medium"]),
        ("351123456", "5LAB2", "", ["low"]),
        ("", "5LAB2", "Panama", ["low"]),
        (DPRK_MMSI, "HMYA", "Panama", ["medium", "medium"]),
        ("351123456", "3EAB7", "Panama", []),
        ("416123456", "BPAB", "Taiwan", []),
        ("477123456", "VRAB7", "Hong Kong", []),
        ("310123456", "ZCAB7", "Bermuda", []),
        ("351123456", "UNKNOWN", "Panama", []),
    ],
)
def test_a_call_sign_contradicts_flag_or_mmsi(found, mmsi, sign, flag, expected):
    assert severities(found("VT308", row("2024-03-10", "CHON MA SAN", "8660313", mmsi, sign, flag))) == expected


def test_a_contradiction_is_told_once_for_a_ship(found):
    rows = [row(f"2024-03-{day}", "CHON MA SAN", "8660313", DPRK_MMSI, flag=flag)
            for day, flag in ((10, "Panama"), (11, "PAN"), (12, "Togo"))]  # fmt: skip
    told = found("VT308", *rows)
    assert sorted(len(f.sightings) for f in told) == [1, 2]
    assert len({f.id for f in told}) == 2


# VT121: one flag, however written


def test_one_flag_written_three_ways_is_one_flag_to_strike(found):
    rows = [row(f"2024-03-{day}", "KUM JIN GANG 3", flag=flag, port="Sea of Japan")
            for day, flag in ((10, "Togo"), (11, "TGO"), (12, "tg"))]  # fmt: skip
    assert severities(found("VT121", *rows)) == ["high"]


# VT309: two places


def at(instant, lat, lon, **more):
    return row(instant, "CHON MA SAN", "8660313", lat=lat, lon=lon, **more)


def test_two_positions_that_no_ship_can_reach_in_the_time(found):
    told = found("VT309", at("2024-03-01T10:00Z", "38", "132"), at("2024-03-01T11:00Z", "38", "134"))
    assert severities(told) == ["medium"]
    assert "38.00, 132.00" in told[0].title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2024-03-01T10:00Z", "38", "132"), ("2024-03-01T20:00Z", "38", "134")),
        (("2024-03-01", "38", "132"), ("2024-03-01", "38", "134")),
        (("2024-03-01T10:00Z", "38", "132"), ("2024-03-01T10:00Z", "38.1", "132")),
    ],
)
def test_two_positions_that_a_ship_can_reach_are_no_finding(found, first, second):
    assert not found("VT309", at(*first), at(*second))


def test_all_jumps_of_one_ship_are_one_finding(found):
    told = found("VT309", *(at(f"2024-03-01T{hour}:00Z", "38", str(130 + 4 * (hour % 2))) for hour in range(10, 20)))
    assert len(told) == 1
    assert "and 8 more" in told[0].title
    assert len(told[0].sightings) == 10


# VT310: renamed

KNOWN = row("2024-03-10", "CHON MA SAN", "8660313")
RENAMED = row("2024-04-10", "PACIFIC JOY", "8660313")


def test_a_listed_ship_that_takes_a_new_name(found):
    told = found("VT310", KNOWN, RENAMED, row("2024-04-20", "Pacific Joy", "8660313"))
    assert severities(told) == ["low"]
    assert "last sighted as CHON MA SAN on 2024-03-10" in told[0].title
    assert "PACIFIC JOY from 2024-04-10" in told[0].title


def test_renamed_before_it_was_listed_is_info(found):
    rows = row("2017-03-10", "CHON MA SAN", "8660313"), row("2017-04-10", "PACIFIC JOY", "8660313")
    assert severities(found("VT310", *rows)) == ["info"]


@pytest.mark.parametrize(
    "rows",
    [
        (RENAMED,),
        (KNOWN, row("2024-04-10", "CHONMA SAN", "8660313")),
        (KNOWN, row("2024-04-10", "CHON MA SEN", "8660313")),
        (KNOWN, row("2024-04-10", "천마산", "8660313")),
        (KNOWN, RENAMED, row("2024-05-10", "CHON MA SAN", "8660313")),
        (KNOWN, row("2024-04-10", "PACIFIC JOY (ex CHON MA SAN)", "8660313")),
        (KNOWN, row("2024-04-10", "", "8660313")),
    ],
    ids=["one name only", "spelling", "slip", "script", "both in use", "known as ex", "no name"],
)
def test_no_new_name(found, rows):
    assert not found("VT310", *rows)


# VT311: re-flagged


def test_a_listed_ship_under_another_flag_than_the_register_has(found):
    rows = [row(f"2024-03-{day}", "CHON MA SAN", "8660313", flag=flag) for day, flag in ((10, "Panama"), (11, "PA"))]
    told = found("VT311", *rows)
    assert severities(told) == ["low"]
    assert "flag of Panama" in told[0].title
    assert "register has DPRK" in told[0].title


@pytest.mark.parametrize(
    ("day", "vessel", "flag"),
    [
        ("2024-03-10", "CHON MA SAN", "North Korea"),
        ("2024-03-10", "CHON MA SAN", "Korea"),
        ("2024-03-10", "CHON MA SAN", "false flag Guyana"),
        ("2017-03-10", "CHON MA SAN", "Panama"),
        ("2024-03-10", "WOL BONG SAN", "Panama"),
        ("2024-03-10", "KUM JIN GANG 3", "Togo"),
    ],
    ids=["same flag", "unknown", "false", "not yet listed", "on no list", "VT121 tells it"],
)
def test_no_reflagging(found, day, vessel, flag):
    assert not found("VT311", row(day, vessel, flag=flag))


# VT312: one number, two ships


def test_a_listed_number_on_two_ships_in_one_port(found):
    rows = [
        row(f"2024-03-{day}", name, "8660313", port="Dalian")
        for day in (10, 11)
        for name in ("CHON MA SAN", "PACIFIC JOY")
    ]
    told = found("VT312", *rows)
    assert severities(told) == ["high"]
    assert "CHON MA SAN and PACIFIC JOY were sighted with IMO 8660313" in told[0].title
    assert len(told[0].sightings) == 4


def test_an_unlisted_number_on_two_ships_in_one_port(found):
    rows = [row("2024-03-10", name, "9074729", port="Nampo") for name in ("ORIENT PEARL", "PACIFIC JOY")]
    assert severities(found("VT312", *rows)) == ["medium"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2024-03-10", "CHON MA SAN", "Dalian"), ("2024-03-11", "PACIFIC JOY", "Dalian")),
        (("2024-03-10", "CHON MA SAN", "Dalian"), ("2024-03-10", "PACIFIC JOY", "Vostochny")),
        (("2024-03-10", "CHON MA SAN", "Dalian"), ("2024-03-10", "CHON MA SEN", "Dalian")),
        (("2024-03-10", "CHON MA SAN", "Dalian"), ("2024-03-10", "천마산", "Dalian")),
        (("2024-03-10", "PACIFIC JOY", "Dalian"), ("2024-03-10", "PACIFIC JOY 1", "Dalian")),
        (("2024-03-10", "CHON MA SAN", "Dalian"), ("2024-03-10", "unidentified tanker", "Dalian")),
        (("2024-03", "CHON MA SAN", "Dalian"), ("2024-03", "PACIFIC JOY", "Dalian")),
    ],
    ids=["next day", "other port", "slip", "known names", "number left out", "no name", "day not known"],
)
def test_one_number_on_one_ship(found, one, other):
    assert not found("VT312", *(row(day, name, "8660313", port=port) for day, name, port in (one, other)))


# VT313: MMSI reused


def stationed(day, imo, mmsi, name):
    return row(day, name, imo, mmsi, flag="DPRK")


def test_an_mmsi_that_passes_from_one_ship_to_another(found):
    told = found("VT313", stationed("2024-03-10", "9074729", "620123456", "ORIENT PEARL"),
                 stationed("2024-05-10", "9307839", "620123456", "PACIFIC JOY"))  # fmt: skip
    assert severities(told) == ["info"]
    assert "IMO 9074729 (ORIENT PEARL) on 2024-03-10; IMO 9307839 (PACIFIC JOY) on 2024-05-10" in told[0].title


@pytest.mark.parametrize(
    ("mmsi", "imo", "last", "expected"),
    [
        (DPRK_MMSI, "9074729", "2024-05-10", ["medium"]),
        ("620123456", "8660313", "2024-03-10", ["medium"]),
        ("620123456", "8660313", "2024-05-10", ["info"]),
        ("620123456", "9307839", "2024-05-10", []),
    ],
    ids=["DPRK", "listed at once", "listed over time", "one ship"],
)
def test_how_much_a_reused_mmsi_matters(found, mmsi, imo, last, expected):
    rows = stationed("2024-03-10", imo, mmsi, ""), stationed(last, "9307839", mmsi, "")
    assert severities(found("VT313", *rows)) == expected


def test_the_order_of_rows_changes_nothing(examine_csv):
    rows = [KNOWN, RENAMED, row("2024-04-10", "CHON MA SAN", "8660313", DPRK_MMSI, flag="Togo", port="Dalian"),
            row("2024-04-10", "OCEAN STAR", "8660313", DPRK_MMSI, flag="PA", port="Dalian"),
            stationed("2024-05-10", "9307839", DPRK_MMSI, "LUCKY WAY")]  # fmt: skip
    one, other = (
        {(f.rule, f.id, f.severity, f.title) for f in examine_csv(HEADER + "".join(order)).findings}
        for order in (rows, rows[::-1])
    )
    assert one == other


def test_a_station_of_a_hundred_hulls_is_one_short_title_that_names_the_listed_one(found):
    numbers = [f"9{i:05}" for i in range(0, 9000, 90)]
    hulls = [n + str(sum(int(d) * w for d, w in zip(n, (7, 6, 5, 4, 3, 2), strict=True)) % 10) for n in numbers]
    rows = [
        row(f"2019-01-{day % 28 + 1:02}T{day % 24:02}:00Z", f"S {day}", imo, "353000001")
        for day, imo in enumerate(hulls)
    ]
    [one] = found("VT313", *rows, row("2020-01-01", "HAO FAN 6", "8628597", "353000001"))
    assert len(one.title) < 400
    assert "IMO 8628597 (HAO FAN 6)" in one.title
    assert " and " in one.title
    assert " others" in one.title


@pytest.mark.parametrize(("day", "severity"), [("2019-03-01", "medium"), ("2020-03-01", "info")])
def test_a_listed_ships_mmsi_on_a_ship_that_nobody_knows(found, day, severity):
    [one] = found(
        "VT313",
        row("2019-03-01", "HAO FAN 6", "8628597", "353000001", flag="Panama", port="Vladivostok"),
        row(day, "EVER GIVEN", "9811000", "353000001", flag="Panama", lat="10", lon="20"),
    )
    assert one.severity.label == severity
    assert "IMO 9811000 (EVER GIVEN)" in one.title


def test_a_placeholder_that_two_ships_send_is_no_mmsi_in_common(found):
    rows = (row("2019-03-01", name, imo, "000000000") for name, imo in (("HAO FAN 6", "8628597"), ("X", "9811000")))
    assert not found("VT313", *rows)


# what is not known for sure carries no ban (rulings 11 and 12)


def test_a_ban_rests_on_the_sightings_of_the_ship_and_not_on_those_that_may_be_of_it(found):
    sure = row("2019-03-02", "MIN NING DE YOU 078", port="Dalian")
    doubtful = row("2019-03-01", "MIN NING DE YOU 078", "9074729", port="Dalian")
    [ban] = found("VT111", sure, doubtful)
    assert "entered Dalian, on 2019-03-02" in ban.title
    assert [ref.line for ref in ban.sightings] == [2]
    assert not found("VT111", doubtful)


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("VT105", [row("2018-06-01", "HOPE SEA", port="Vladivostok")]),
        ("VT305", [row("2019-06-01", "HAO FAN 6", "9074729", flag="DPRK")]),
        ("VT306", [row("2019-06-01", "SAM MA 2", "8628597")]),
        ("VT312", [row("2019-06-01", name, "8628597", port="Vladivostok") for name in ("HAO FAN 6", "SAM MA 2")]),
        ("VT313", [row("2019-06-01", "", imo, "353000001", flag="DPRK") for imo in ("8628597", "9074729")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_be_a_listed_ship_names_its_listing_and_cites_no_measure_of_it(found, rule, rows):
    [one] = found(rule, *rows)
    assert one.listings
    assert not one.measures
    assert not any("UNSCR" in basis for basis in one.legal_basis)
