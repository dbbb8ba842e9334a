"""OpenSanctions entities.ftm.json: entities that point at one another, in any order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Vessel

FILE = Path(__file__).parent / "files" / "opensanctions_entities.ftm.json"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def ftm() -> PublishedList:
    return read_list(FILE)


def ship(published: PublishedList, entry_id: str) -> Vessel:
    [found] = [vessel for vessel in published.vessels if vessel.listings[0].entry_id == entry_id]
    return found


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.json"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["OpenSanctions entities.ftm.json"]


def test_rows_are_ships_persons_and_companies_without_their_links(ftm):
    assert (ftm.name, ftm.version, ftm.rows) == ("opensanctions", "2026-08-05", 10)
    assert ftm.skipped == {"entity": 2, "individual": 1, "aircraft": 1, "ship without a sanction": 1}
    assert ftm.rows == len(ftm.vessels) + len(ftm.companies) + sum(ftm.skipped.values())


def test_a_ship_has_its_names_numbers_and_owner(ftm):
    found = ship(ftm, "test-17104")
    assert (found.name, found.imo, found.mmsi) == ("RYONG GUN BONG", "8606173", ("445999999",))
    assert found.aliases == (Alias("R.G.B.", "variant"), Alias("CHOL RYONG", "former"))
    assert (found.flag, found.past_flags, found.call_sign) == ("DPRK", ("PA",), "EXMPL")
    assert (found.type, found.built) == ("general cargo", 1986)
    assert (found.deadweight_tonnes, found.gross_tonnage) == (3500.0, 1865.0)
    assert found.owners == ("OCEAN MARITIME MANAGEMENT COMPANY LIMITED",)
    assert found.notes == "tonnage, kind not stated: 99; topics: sanction; datasets: us_ofac_sdn; A note."


def test_authority_programme_and_day_are_of_the_sanction(ftm):
    [listing] = ship(ftm, "test-17104").listings
    assert (listing.authority, listing.list) == ("Office of Foreign Assets Control", "OpenSanctions")
    assert (listing.programmes, listing.listed_on, listing.precision) == (("DPRK",), date(2014, 7, 30), "")
    assert listing.measures == ()
    assert listing.legal_basis == (
        "imposed (Office of Foreign Assets Control): Block",
        "entry 17104 (Office of Foreign Assets Control)",
    )


def test_several_sanctions_are_one_listing_with_a_day_for_each_measure(ftm):
    [listing] = ship(ftm, "test-petrel").listings
    assert listing.authority == "Foreign, Commonwealth & Development Office; United Nations Security Council"
    assert listing.listed_on == date(2017, 10, 3)
    assert listing.measures == (
        ("port_entry_ban", None), ("deflag", date(2018, 1, 1)), ("asset_freeze", date(2018, 1, 1)),
    )  # fmt: skip
    assert "the list prints '2018'" in listing.precision
    assert "the earliest of 2 days: 2017-10-03, 2018-01-01" in listing.precision
    assert "UN reference TSe.001 (United Nations Security Council)" in listing.legal_basis


def test_a_detention_is_no_sanction(ftm):
    assert not any("Port State" in vessel.listings[0].authority for vessel in ftm.vessels)
    assert not any(vessel.name == "EXAMPLE DETAINED" for vessel in ftm.vessels)


def test_a_sanction_that_has_ended_is_delisted(ftm):
    [listing] = ship(ftm, "test-ended").listings
    assert (listing.listed_on, listing.delisted_on) == (date(2015, 1, 1), date(2016, 2, 3))


def test_links_of_any_kind_make_owners_and_ended_ones_a_note(ftm):
    petrel = ship(ftm, "test-petrel")
    assert petrel.owners == ("Global United Shipping India",)
    assert "formerly linked to: John Doe" in petrel.notes
    assert "flags, the present one not marked: KM, IN" in petrel.notes


def test_companies_are_sanctioned_and_linked_to_ships_or_numbered(ftm):
    companies = {company.listing.entry_id: company for company in ftm.companies}
    assert set(companies) == {"test-omm", "test-5146578"}
    owner = companies["test-omm"]
    assert (owner.aliases, owner.ships) == (("OMM",), ("8606173",))
    assert owner.listing.measures == (("asset_freeze", None),)
    assert companies["test-5146578"].imo == "5146578"
    assert companies["test-5146578"].listing.authority == "OpenSanctions"
    assert "first saw it on 2021-09-26" in companies["test-5146578"].listing.precision


@given(st.permutations(TEXT.splitlines()))
def test_the_order_of_lines_does_not_matter(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("ftm") / "list.json"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    found, expected = read_list(path), read_list(FILE)
    assert (found.rows, found.skipped) == (expected.rows, expected.skipped)
    assert {ship.id for ship in found.vessels} == {ship.id for ship in expected.vessels}
    owners = {ship.id: (set(ship.owners), set(ship.listings[0].measures), ship.listings[0].listed_on)
              for ship in found.vessels}  # fmt: skip
    assert owners == {
        ship.id: (set(ship.owners), set(ship.listings[0].measures), ship.listings[0].listed_on)
        for ship in expected.vessels
    }
    assert {(company.name, company.ships) for company in found.companies} == {
        (company.name, company.ships) for company in expected.companies
    }


def test_white_space_in_the_lines_and_line_ends_do_not_matter(tmp_path, ftm):
    loose = "\r\n".join(json.dumps(json.loads(line)) for line in TEXT.splitlines()) + "\r\n\r\n"
    assert read(tmp_path, "\ufeff" + loose).vessels == ftm.vessels


def test_an_entity_that_stands_twice_counts_once(tmp_path, ftm):
    found = read(tmp_path, TEXT + TEXT.splitlines()[2] + "\n")
    assert found.rows == ftm.rows
    assert any("test-17104 stands more than once" in remark for remark in found.remarks)


def test_sanctions_nested_in_the_ship_are_read(tmp_path):
    sanction = {"id": "s", "schema": "Sanction", "properties": {"authority": ["UN"], "startDate": ["2018-03-30"]}}
    entity = {"id": "v", "caption": "CHON MYONG 1", "schema": "Vessel",
              "properties": {"name": ["CHON MYONG 1"], "imoNumber": ["IMO8712362"], "sanctions": [sanction]}}  # fmt: skip
    [found] = read(tmp_path, json.dumps(entity)).vessels
    assert (found.listings[0].authority, found.listings[0].listed_on) == ("UN", date(2018, 3, 30))


def test_a_cut_line_is_refused_with_its_number(tmp_path):
    with pytest.raises(ListError, match=r"cut off in line 21; download it again; the list in force stays"):
        read(tmp_path, TEXT[:-30])
    with pytest.raises(ListError, match=r"no JSON in line 3"):
        read(tmp_path, TEXT.replace('"R.G.B."', '"R.G.B.'))
    with pytest.raises(ListError, match=r"line 22 is no JSON object"):
        read(tmp_path, TEXT + "[]\n")


def test_values_of_an_unexpected_shape_do_no_harm(tmp_path):
    entity = {"id": 7, "caption": None, "schema": "Vessel", "datasets": None,
              "properties": {"name": "ONE", "imoNumber": [None, 5, "IMO8712362"], "topics": ["sanction"]}}  # fmt: skip
    [found] = read(tmp_path, json.dumps(entity)).vessels
    assert (found.name, found.imo) == ("IMO 8712362", "8712362")
