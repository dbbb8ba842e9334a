"""EU FSF as CSV: no ships by type, so numbers decide, and a check digit tells ship from company."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.eu import NO_PORT_BANS, NO_SHIP_TYPE
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Vessel

FILE = Path(__file__).parent / "files" / "eu_fsf.csv"
TEXT = FILE.read_bytes().decode()


@pytest.fixture(scope="module")
def eu() -> PublishedList:
    return read_list(FILE)


def ship(published: PublishedList, entry_id: str) -> Vessel:
    [found] = [vessel for vessel in published.vessels if vessel.listings[0].entry_id == entry_id]
    return found


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["EU FSF CSV 1.1"]


def test_rows_are_entities_kept_or_skipped_with_a_reason(eu):
    assert (eu.name, eu.authority, eu.version, eu.rows) == ("eu", "EU", "2026-08-05", 7)
    assert len(eu.vessels) == 3
    assert len(eu.companies) == 1
    assert eu.skipped == {"individual": 1, "entity": 1, "type not stated": 1}
    assert eu.rows == len(eu.vessels) + len(eu.companies) + sum(eu.skipped.values())


def test_the_list_says_what_it_does_not_hold(eu):
    assert eu.remarks[:2] == (NO_SHIP_TYPE, NO_PORT_BANS)
    assert not any("is new" in remark for remark in eu.remarks)


def test_an_identification_of_type_imo_makes_a_ship(eu):
    unica = ship(eu, "EU.9442.82")
    assert (unica.name, unica.imo, unica.flag) == ("UNICA", "8514306", "")
    assert unica.aliases == (Alias("УНИКА", "variant"),)
    [listing] = unica.listings
    assert listing.listed_on == date(2017, 10, 10)
    assert listing.precision == "no day of designation in the file; day of the regulation that it names"
    assert listing.measures == (("asset_freeze", None),)
    assert (listing.legal_basis, listing.programmes) == (("2017/1509",), ("PRK",))


def test_a_ships_number_in_the_remark_makes_a_ship(eu):
    new_konk = ship(eu, "EU.9443.81")
    assert new_konk.imo == "9036387"
    assert new_konk.listings[0].listed_on == date(2017, 10, 16)
    assert new_konk.listings[0].precision == ""
    assert "entry EU.9443.81, NEW KONK: a ship by IMO 9036387 in its remark" in eu.remarks


def test_a_companys_number_makes_a_company(eu):
    [company] = eu.companies
    assert (company.name, company.imo, company.ships) == ("Numbered Example Co; Ltd", "2041999", ("9999993",))
    assert company.listing.legal_basis == ("2017/1509", "UN reference KPe.099")


def test_a_wrong_number_of_type_imo_keeps_the_name(eu):
    assert ship(eu, "EU.TEST.5").imo is None
    assert any("'9999991' fails its check digit" in remark for remark in eu.remarks)


def test_a_wrong_number_in_a_remark_is_remarked(eu):
    assert "entry 900006, NO TYPE: IMO number 1234567 in its remark is a placeholder; skipped" in eu.remarks


def test_several_ships_in_a_remark_are_a_companys(tmp_path):
    found = read(tmp_path, TEXT.replace("IMO: 9036387", "IMO: 9036387, IMO: 8514306"))
    assert found.companies[0].ships == ("9036387", "8514306")
    assert any("names 2 ships by IMO number" in remark for remark in found.remarks)


def test_line_ends_and_bom_do_not_matter(tmp_path, eu):
    assert TEXT.startswith("\ufeff")
    assert read(tmp_path, TEXT.removeprefix("\ufeff").replace("\n", "\r\n")).vessels == eu.vessels


def test_missing_and_new_columns_are_named(tmp_path):
    with pytest.raises(ListError, match="no column 'Identification_TypeCode'"):
        read(tmp_path, TEXT.replace("Identification_TypeCode", "Identification_Kind"))
    found = read(tmp_path, TEXT.replace("Citizenship_Region", "Entity_VesselType"))
    assert "column 'Entity_VesselType' is new and not read" in found.remarks


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match=r"cut off: line 11, the last, has"):
        read(tmp_path, TEXT[: TEXT.index("NO TYPE")])
    with pytest.raises(ListError, match=r"cut off: the quoted cell in line 8 never ends"):
        read(tmp_path, TEXT[: TEXT.index("; Ltd")])
