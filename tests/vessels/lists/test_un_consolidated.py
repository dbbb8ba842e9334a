"""The UN Consolidated List: no ships, and it says so; shipping companies with their numbers and ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.un_consolidated import ships_named

UN = Path(__file__).parent / "files" / "un_consolidated.xml"


@pytest.fixture(scope="module")
def un() -> PublishedList:
    return read_list(UN)


def test_the_list_says_that_it_holds_no_ships(un):
    assert (un.name, un.authority, un.version) == ("un-entities", "UN", "2026-02-27")
    assert un.vessels == ()
    assert "holds no ships" in un.remarks[0]
    assert "1718 Designated Vessels List, a document of its own" in un.remarks[0]


def test_every_entry_is_kept_or_counted(un):
    assert (un.rows, un.skipped) == (5, {"individual": 1, "entity": 1})
    assert un.rows == len(un.companies) + sum(un.skipped.values())


def test_a_companys_number_aliases_and_ship(un):
    omm = un.companies[0]
    assert (omm.imo, omm.ships) == ("1790183", ("CHONG CHON GANG",))
    assert omm.aliases == ("OMM", "Ocean Maritime")
    assert omm.listing.entry_id == "KPe.020"  # published with a space after it
    assert omm.listing.listed_on == date(2014, 7, 28)
    assert omm.listing.measures == (("asset_freeze", None),)


def test_a_company_is_kept_for_its_ships_alone(un):
    shen_zhong = un.companies[2]
    assert (shen_zhong.imo, shen_zhong.ships) == (None, ("HAO FAN 2", "HAO FAN 6"))


def test_a_number_that_is_nobodys_is_remarked(un):
    assert any("KPe.077" in remark and "'9999991' fails its check digit" in remark for remark in un.remarks)


@pytest.mark.parametrize(
    ("remarks", "ships"),
    [
        ("Registered owner of CHON MYONG 1, a DPRK-flagged vessel.", ["CHON MYONG 1"]),
        ("Registered owner of DPRK tankers SAM JONG 1 and SAM JONG 2.", ["SAM JONG 1", "SAM JONG 2"]),
        ("Owner of the DPRK tanker PAEK MA, which was seen.", ["PAEK MA"]),
        ("Ship and commercial manager of the ASIA BRIDGE 1. It is a company of the DPRK.", ["ASIA BRIDGE 1"]),
        ("Ship manager of the Panama-flagged vessel HUA FU.", ["HUA FU"]),
        ("A trading company of the DPRK and OMM.", []),
        ("It is owned by KOREA MINING CO and managed by OMM.", []),
        ("", []),
    ],
)
def test_ships_that_remarks_name(remarks, ships):
    assert list(ships_named(remarks)) == ships


def test_a_date_that_is_none_is_remarked_and_said(tmp_path):
    path = tmp_path / "un.xml"
    path.write_text(UN.read_text(encoding="utf-8").replace("2014-07-28", "July 2014"), encoding="utf-8")
    un = read_list(path)
    assert (un.companies[0].listing.listed_on, un.companies[0].listing.precision) == (
        None,
        "day of listing not readable",
    )
    assert any("LISTED_ON 'July 2014'" in remark for remark in un.remarks)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_refused(tmp_path, share):
    whole = UN.read_bytes().rstrip()
    path = tmp_path / "cut.xml"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ListError, match=r"cut\.xml: cut off at line \d+"):
        read_list(path)
