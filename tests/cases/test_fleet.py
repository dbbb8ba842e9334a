"""One's own fleet: screened without being asked, first in every answer, found by number before name."""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.cases.fleet import FleetIndex, query_of, screen_fleet
from vesseltrack.cases.fleet_reading import FleetFile, read_fleet
from vesseltrack.errors import ConfigurationError
from vesseltrack.reports.render import document_of, render
from vesseltrack.vessels.identity import identify
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.screening import screen_one

DAY = date(2026, 11, 22)
FLEET = """name,imo,mmsi,call sign,flag
EVER GIVEN,9811000,353136000,H3RC,PA
CHON MA SAN,8660313,,,
NORD STAR,,,,
,9074729,,,
"""
SIGHTINGS = """date,vessel,imo,port,activity,counterpart,ais_status
2024-03-06,CHON MA SAN,8660313,"Vostochny, oil bunkering berth",loading,,off
2024-03-06,WAN HENG 11,8791667,"Vostochny, oil bunkering berth",loading,,off
2024-03-07,PAEK YANG SAN 1,,East China Sea,sts_receiving,Nord Star,off
2024-03-08,OCEAN PEARL,9321483,Rotterdam,moored,,on
"""


@pytest.fixture(scope="module")
def register():
    return load_register()


@pytest.fixture
def fleet(tmp_path) -> FleetFile:
    path = tmp_path / "fleet.csv"
    path.write_text(FLEET)
    return read_fleet(path)


def test_each_ship_is_one_query_of_everything_known(fleet):
    assert [query_of(ship) for ship in fleet.ships] == [
        "EVER GIVEN IMO 9811000 MMSI 353136000",
        "CHON MA SAN IMO 8660313",
        "NORD STAR",
        "IMO 9074729",
    ]
    assert fleet.ships[0].call_sign == "H3RC"


def test_a_ship_that_stands_twice_is_screened_once(tmp_path, register):
    path = tmp_path / "fleet.csv"
    path.write_text("name,imo\nEVER GIVEN,9811000\nEver Given,9811000\n")
    assert len(screen_fleet(read_fleet(path), register, DAY).ships) == 1


@pytest.mark.parametrize("text", [None, "", "name,imo\n", "port\nNampo\n", "name,imo\nA,9811001\n", "<html>\n"])
def test_a_fleet_that_cannot_be_used_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "fleet.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        read_fleet(path)
    assert str(path) in str(refused.value)
    assert "--vessels" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("query", "ships"),
    [
        ("ever-given", {0}),
        ("M/V EVER GIVEN", {0}),
        ("IMO 9811000", {0}),
        ("ANOTHER NAME 9811000", {0}),
        ("MMSI 353136000", {0}),
        ("EVER GIVEN IMO 9811000", {0}),
        ("EVER GIVEN IMO 9321483", set()),  # another number is another ship
        ("NORD STAR IMO 9321483", {2}),  # the file has no number to contradict
        ("nord star", {2}),
        ("CHON MA SON", {1}),  # by its candidate
        ("9074729", {3}),
        ("OCEAN PEARL", set()),
        ("", set()),
    ],
)
def test_a_query_is_about_a_ship_of_the_fleet(fleet, register, query, ships):
    assert FleetIndex(fleet.ships).of_result(screen_one(query, 1, register, DAY)) == ships


@pytest.mark.parametrize(
    ("name", "imo", "mmsi", "ships"),
    [
        ("ANYTHING", "9811000", "", {0}),
        ("Ever Given", "", "", {0}),
        ("Ever Given", "9321483", "", set()),
        ("", "", "353136000", {0}),
        ("Nord Star", "9321483", "", {2}),
        ("OCEAN PEARL", "9321483", "", set()),
    ],
)
def test_a_sighted_ship_is_found_by_number_else_by_name_or_mmsi(fleet, register, name, imo, mmsi, ships):
    assert FleetIndex(fleet.ships).of_identity(identify(register, name=name, imo=imo, mmsi=mmsi)) == ships


def test_findings_of_the_fleet_come_first_and_the_other_ship_of_a_transfer_counts(examine_csv, fleet):
    case = examine_csv(SIGHTINGS, fleet=fleet)
    ships = {ship.vessel.name: ship for ship in case.fleet.ships}
    assert ships["NORD STAR"].findings  # seen as a counterpart only
    assert not ships["NORD STAR"].listed
    assert ships["CHON MA SAN"].listed
    assert not ships["EVER GIVEN"].hit
    assert case.fleet.hits == 2
    findings = document_of("check", case)["findings"]
    marks = [finding["fleet"] for finding in findings]
    assert marks == sorted(marks, reverse=True)
    assert {True, False} == set(marks)
    assert {finding["vessel"]["name"] for finding in findings if not finding["fleet"]} >= {"WAN HENG 11"}
    assert {finding["id"] for finding in findings} == {finding.id for finding in case.findings}


def test_the_fleet_is_screened_where_nothing_was_sighted(examine_csv, fleet):
    case = examine_csv("date,vessel,imo,port\n2024-03-08,OCEAN PEARL,9321483,Rotterdam\n", fleet=fleet)
    assert (len(case.fleet.ships), case.fleet.hits) == (4, 1)
    assert case.fleet.involved == frozenset()


def test_without_a_fleet_nothing_is_marked(examine_csv):
    document = document_of("check", examine_csv(SIGHTINGS))
    assert "fleet" not in document
    assert not any("fleet" in finding for finding in document["findings"])


def test_people_read_the_fleet_first(examine_csv, fleet):
    case = examine_csv(SIGHTINGS, fleet=fleet)
    for kind in ("check", "report"):
        text = render(kind, case, "table")
        assert "\nfleet: 4 screened, 2 hits" in text
        assert text.index("\nFLEET, HIGH") < text.index("\nHIGH")
    assert "CHON MA SAN IMO 8660313: match" in render("check", case, "markdown").replace("\\", "")


def test_the_order_of_rows_does_not_matter(examine_csv, fleet):
    header, *rows = SIGHTINGS.splitlines()
    turned = examine_csv("\n".join([header, *reversed(rows)]) + "\n", fleet=fleet)
    assert turned.fleet == examine_csv(SIGHTINGS, fleet=fleet).fleet
