"""OpenSanctions maritime.csv: one row for each IMO number, and more than sanctions."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList

FILE = Path(__file__).parent / "files" / "opensanctions_maritime.csv"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def maritime() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["OpenSanctions maritime.csv"]


def test_rows_are_entities_kept_or_skipped_with_a_reason(maritime):
    assert maritime.rows == 8
    assert maritime.skipped == {"ship without a sanction": 3, "entity": 1}
    entries = {vessel.listings[0].entry_id for vessel in maritime.vessels}
    assert maritime.rows == len(entries) + len(maritime.companies) + sum(maritime.skipped.values())


def test_an_entity_with_two_numbers_is_two_ships_of_one_entry(maritime):
    pair = [vessel for vessel in maritime.vessels if vessel.listings[0].entry_id == "test-pair"]
    assert [vessel.imo for vessel in pair] == ["9999993", "9999981"]
    assert pair[0].mmsi == ("620999999", "341999998")
    assert [alias.name for alias in pair[0].aliases] == ["EXAMPLE TWIN", "PAIR, THE"]
    assert "flags, the present one not marked: KM, IN" in pair[0].notes
    assert "topics: mare.shadow, sanction" in pair[0].notes


def test_a_sanctioned_ship_without_a_number_is_kept(maritime):
    assert maritime.vessels[-1].id == "NONUMBER"
    assert maritime.vessels[-1].flag == "DPRK"


def test_detained_suspected_and_linked_ships_are_no_listings(maritime):
    assert not any("DETAINED" in ship.name or "LINKED" in ship.name for ship in maritime.vessels)


def test_a_company_is_kept_by_its_number_where_it_is_sanctioned(maritime):
    [company] = maritime.companies
    assert (company.name, company.imo) == ("YUSONG SHIPPING CO", "5146578")


def test_an_older_file_ends_at_the_datasets(tmp_path, maritime):
    lines = [line.rpartition(',"')[0] for line in TEXT.splitlines()]
    found = read(tmp_path, "\n".join(lines) + "\n")
    assert [ship.imo for ship in found.vessels] == [ship.imo for ship in maritime.vessels]
    assert not any("column" in remark for remark in found.remarks)


def test_bom_and_line_ends_do_not_matter(tmp_path, maritime):
    assert read(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n")).vessels == maritime.vessels


def test_missing_and_new_columns_are_named(tmp_path):
    with pytest.raises(ListError, match="no column 'id'"):
        read(tmp_path, TEXT.replace('"id"', '"key"', 1))
    assert "column 'address' is new and not read" in read(tmp_path, TEXT.replace('"url"', '"address"', 1)).remarks


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match=r"cut off: the quoted cell in line 10 never ends"):
        read(tmp_path, TEXT[: TEXT.index("MPLE CO")])
