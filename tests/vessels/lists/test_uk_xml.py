"""The UK Sanctions List as XML: the same entries as in the CSV, from elements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias

FILE = Path(__file__).parent / "files" / "uk_sanctions_list.xml"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def uk() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.xml"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["UK Sanctions List XML"]


def test_entries_are_kept_or_skipped_with_a_reason(uk):
    assert (uk.name, uk.version, uk.rows) == ("uk", "2026-08-20", 5)
    assert [vessel.name for vessel in uk.vessels] == ["Petrel 8", "KOROLEV PROSPECT", "EXAMPLE SHIP"]
    assert uk.skipped == {"individual": 1}
    assert uk.rows == len(uk.vessels) + len(uk.companies) + sum(uk.skipped.values())


def test_a_ship_is_the_same_as_in_the_csv(uk):
    csv = read_list(FILE.with_suffix(".csv"))
    assert uk.vessels[0] == csv.vessels[0]
    [korolev] = [vessel for vessel in csv.vessels if vessel.imo == "9826902"]
    assert uk.vessels[1].listings == korolev.listings
    assert uk.vessels[1].owners == korolev.owners


def test_odd_fields_are_kept(uk):
    example = uk.vessels[2]
    assert (example.id, example.imo) == ("EXAMPLESHIP", None)
    assert example.aliases[-1] == Alias("예시호", "variant")
    assert example.past_flags == ("Panama", "Belize")
    for text in ("low quality a.k.a.: WEAK EXAMPLE", "previous owner or operator: Old Example Co", "length: 66m"):
        assert text in example.notes
    [listing] = example.listings
    assert listing.listed_on == date(2022, 1, 1)
    assert listing.precision == "the list prints 'dd/mm/2022'; the first possible day is taken"
    assert listing.measures == (("asset_freeze", None),)
    assert listing.legal_basis == (*listing.programmes, "imposed: Trust services sanctions", "UN reference TSe.001")


def test_an_owner_by_any_of_its_names_is_a_company(uk):
    [company] = uk.companies
    assert company.name == "HAJI KHAIRULLAH HAJI SATTAR MONEY EXCHANGE"
    assert company.aliases == ("Haji Alim Hawala", "Haji Hakim Hawala", "حاجی خيرالله و حاجی ستار صرافی")
    assert company.ships == ("EXAMPLE SHIP",)
    assert company.listing.entry_id == "AFG0001"


def test_one_number_in_the_text_stands_for_a_missing_one_and_two_do_not(tmp_path):
    without = TEXT.replace("<IMONumbers><IMONumber>IMO9826902</IMONumber></IMONumbers>", "")
    reason = "<UKStatementofReasons>KOROLEV PROSPECT (IMO 9826902) is involved.</UKStatementofReasons>"
    one = read(tmp_path, without.replace("<OtherInformation>Shipping", reason + "<OtherInformation>Shipping"))
    assert one.vessels[1].imo == "9826902"
    two = reason.replace("is involved", "met EXAMPLE (IMO 9999993)")
    found = read(tmp_path, without.replace("<OtherInformation>Shipping", two + "<OtherInformation>Shipping"))
    assert found.vessels[1].imo is None


def test_line_ends_and_a_namespace_do_not_matter(tmp_path, uk):
    assert read(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n")).vessels == uk.vessels
    assert read(tmp_path, TEXT.replace("<Designations>", '<Designations xmlns="urn:x">')).vessels == uk.vessels


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match="cut off"):
        read(tmp_path, TEXT[:-60])


def test_a_file_without_an_entry_is_refused(tmp_path):
    with pytest.raises(ListError, match="holds no Designation"):
        read(tmp_path, "<Designations><DateGenerated>20/08/2026</DateGenerated></Designations>")


def test_an_entry_that_stands_twice_is_remarked(tmp_path):
    found = read(tmp_path, TEXT.replace("<UniqueID>RUS2176", "<UniqueID>DPR0075"))
    assert any("DPR0075 stands more than once" in remark for remark in found.remarks)
    assert found.rows == 5
