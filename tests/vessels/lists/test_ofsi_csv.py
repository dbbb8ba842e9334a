"""OFSI ConList.csv: what is known of a ship stands in one text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias

FILE = Path(__file__).parent / "files" / "ofsi_conlist.csv"
TEXT = FILE.read_bytes().decode()


@pytest.fixture(scope="module")
def ofsi() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["OFSI ConList.csv"]


def test_entries_are_kept_or_skipped_with_a_reason(ofsi):
    assert (ofsi.name, ofsi.version, ofsi.rows) == ("uk", "2026-06-03", 4)
    assert len(ofsi.vessels) == 2
    assert ofsi.skipped == {"individual": 1, "entity": 1}
    assert any("discontinued on 28 January 2026" in remark for remark in ofsi.remarks)


def test_labelled_spans_are_fields(ofsi):
    sam_jong = ofsi.vessels[0]
    assert (sam_jong.name, sam_jong.imo, sam_jong.flag, sam_jong.type) == (
        "SAM JONG 2",
        "7408873",
        "DPRK",
        "oil tanker",
    )
    assert sam_jong.owners == ("Korea Samjong Shipping",)
    assert sam_jong.aliases == (Alias("SAMJONG NO. 2", "variant"), Alias("삼정 2호", "variant"))
    assert sam_jong.notes == "Listed as asset of Korea Samjong Shipping; low quality a.k.a.: SAMJONG NO. 2"
    [listing] = sam_jong.listings
    assert (listing.entry_id, listing.listed_on) == ("13651", None)
    assert listing.precision == "no day of designation in the file"
    assert listing.measures == (("asset_freeze", None),)


def test_a_number_in_plain_words_is_found_and_the_earlier_day_counts(ofsi):
    petrel = ofsi.vessels[1]
    assert petrel.imo == "9562233"
    [listing] = petrel.listings
    assert (listing.entry_id, listing.listed_on) == ("DPR0075", date(2017, 10, 3))
    assert "Ship listed. IMO number: 9562233. Flag: Comoros" in petrel.notes
    assert "UK Sanctions List date designated: 31/12/2020" in petrel.notes


def test_bom_and_line_ends_do_not_matter(tmp_path, ofsi):
    assert read(tmp_path, "\ufeff" + TEXT.replace("\r\n", "\n")).vessels == ofsi.vessels


def test_missing_and_new_columns_are_named(tmp_path):
    with pytest.raises(ListError, match="no column 'Other Information'"):
        read_list_as_ofsi(tmp_path, TEXT.replace("Other Information", "Else"))
    found = read(tmp_path, TEXT.replace("Post/Zip Code", "Zip"))
    assert "column 'Zip' is new and not read" in found.remarks


def read_list_as_ofsi(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    [known] = [known for known in FORMATS if known.name == "OFSI ConList.csv"]
    return known.read(Download(path))


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match=r"cut off: line 7, the last"):
        read(tmp_path, TEXT[:-40])
