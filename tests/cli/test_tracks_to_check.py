"""From AIS to findings: `tracks --sightings` writes what `check`, `report`, `ingest` and `run` read."""

from __future__ import annotations

import json

import pytest
from cli.ais import APPROACH, CHON_MA_SAN, OPEN_SEA, ORIENT_PEARL, TUG, WOL_BONG_SAN, dark_call, file_of, leg, meeting


@pytest.fixture
def found(run, tmp_path):
    """Rule, severity and title of every finding that follows from AIS; every sighting must be read."""

    def _found(*legs: str) -> dict[str, tuple[str, str]]:
        ais, sightings = tmp_path / "ais.csv", tmp_path / "sightings.csv"
        ais.write_bytes(file_of(*legs))
        assert run("tracks", ais, "--sightings", sightings).code == 0
        checked = json.loads(run("check", sightings, "--format", "json").out)
        assert checked["rejects"] == []
        assert checked["complete"], checked["incomplete_because"]
        return {item["rule"]: (item["severity"], item["title"]) for item in checked["findings"]}

    return _found


def test_a_designated_tanker_that_goes_dark_at_the_berth_is_found(found):
    rules = found(*dark_call())
    assert rules["VT201"] == ("high", "CHON MA SAN had its AIS off at Vostochny between 2024-03-09 and 2024-03-10")
    assert rules["VT202"][0] == "medium", "on and off around the call"
    assert rules["VT111"][0] == "high", "a port that its ban closes to it"
    assert rules["VT112"][0] == "critical", "an asset that the port State must freeze"
    assert rules["VT403"][0] == "high", "a delivery by a designated ship"
    assert "VT203" not in rules


def test_a_tanker_of_the_trade_that_goes_dark_at_the_berth_is_found(found):
    rules = found(*dark_call(WOL_BONG_SAN))
    assert rules["VT201"][0] == "medium"
    assert not {"VT101", "VT111", "VT112"} & set(rules), "on no list"


def test_a_ship_outside_the_trade_that_goes_dark_is_an_indicator_and_no_more(found):
    assert {severity for severity, _ in found(*dark_call(ORIENT_PEARL)).values()} == {"info"}


def test_a_silent_feed_makes_no_ship_dark(found):
    """The same without anybody who was heard meanwhile."""
    rules = found(*(one for one in dark_call() if str(TUG.mmsi) not in one))
    assert "VT112" in rules, "it was in port"
    assert not {"VT201", "VT202", "VT204"} & set(rules)


def test_a_meeting_with_a_designated_ship_is_found(found):
    rules = found(*meeting(CHON_MA_SAN, ORIENT_PEARL))
    assert rules["VT602"][0] == "critical"
    assert rules["VT602"][1].startswith("Meeting at sea with a ship designated by the UN: ")
    assert "VT601" not in rules


def test_a_meeting_with_a_dprk_flagged_ship_is_found(found):
    """By the first digits of its MMSI, whatever it calls itself."""
    rules = found(*meeting(ORIENT_PEARL, TUG._replace(mmsi=445999001, name="")))
    assert rules["VT601"][0] == "high"
    assert "VT602" not in rules


def test_a_meeting_of_two_other_ships_is_no_finding(found):
    assert not {"VT601", "VT602", "VT603"} & set(found(*meeting(ORIENT_PEARL, TUG)))


def test_an_impossible_move_is_falsified_ais(found):
    there_and_gone = [
        leg(CHON_MA_SAN, "2024-03-09T00:00:00", 2, APPROACH, 9),
        leg(CHON_MA_SAN, "2024-03-09T02:00:00", 2, OPEN_SEA, -9),
    ]
    severity, title = found(*there_and_gone)["VT203"]
    assert severity == "high"
    assert "sent falsified AIS" in title


def test_a_ledger_takes_the_sightings_once(run, tmp_path):
    """A day of AIS twice, in another order, is the same sightings."""
    legs = [*dark_call(), *meeting(CHON_MA_SAN, ORIENT_PEARL)]
    (tmp_path / "ais.csv").write_bytes(file_of(*legs))
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "ais.csv").write_bytes(file_of(*reversed(legs)))
    for folder in (tmp_path, tmp_path / "again"):
        run("tracks", folder / "ais.csv", "--sightings", folder / "sightings.csv")
    assert (tmp_path / "sightings.csv").read_bytes() == (tmp_path / "again" / "sightings.csv").read_bytes()
    ledger = tmp_path / "ledger.sqlite3"
    added = [
        json.loads(run("ingest", folder / "sightings.csv", "--ledger", ledger, "--format", "json").out)
        for folder in (tmp_path, tmp_path / "again")
    ]
    assert added[0]["new"] > 0
    assert (added[1]["new"], added[1]["known"]) == (0, added[0]["new"])
    assert json.loads(run("check", "--ledger", ledger, "--format", "json").out)["findings"]
