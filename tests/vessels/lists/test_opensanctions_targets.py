"""OpenSanctions targets.simple.csv: a CSV in each cell, identifiers without labels, no topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.opensanctions_targets import values
from vesseltrack.vessels.model import Alias

FILE = Path(__file__).parent / "files" / "opensanctions_targets.simple.csv"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def targets() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["OpenSanctions targets.simple.csv"]


def test_entries_are_kept_or_skipped_with_a_reason(targets):
    assert (targets.name, targets.authority, targets.version) == ("opensanctions", "OpenSanctions", "2026-08-05")
    assert targets.rows == 7
    assert targets.skipped == {"ship without a sanction": 1, "entity": 1, "individual": 1, "aircraft": 1}
    assert targets.rows == len(targets.vessels) + len(targets.companies) + sum(targets.skipped.values())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ('""', []),
        ("ONE;TWO", ["ONE", "TWO"]),
        ('ONE;"TWO; ""THREE"""', ["ONE", 'TWO; "THREE"']),
        ('"a reason\non two lines";x', ["a reason\non two lines", "x"]),
    ],
)
def test_a_cell_is_a_csv_of_its_own(cell, expected):
    assert values(cell) == expected


def test_identifiers_are_told_apart_by_what_they_are(targets):
    ship = targets.vessels[0]
    assert (ship.name, ship.imo, ship.mmsi) == ("RYONG GUN BONG", "8606173", ("445999999",))
    assert ship.aliases == (Alias("CHOL RYONG", "variant"), Alias('ONE; "TWO"', "variant"))
    assert "identifier, kind not stated: EXMPL" in ship.notes
    assert "countries: DPRK" in ship.notes
    assert "datasets: US OFAC Specially Designated Nationals (SDN) List" in ship.notes
    assert ship.flag == ""


def test_the_day_it_was_first_seen_is_no_day_of_listing(targets):
    [listing] = targets.vessels[0].listings
    assert (listing.entry_id, listing.authority, listing.programmes) == ("test-17104", "OpenSanctions", ("US-DPRK",))
    assert (listing.legal_basis, listing.measures, listing.listed_on) == (("DPRK",), (), None)
    assert listing.precision == "no day of listing in the file; OpenSanctions first saw it on 2023-01-01"


def test_a_sanction_without_any_text_is_one(targets):
    assert targets.vessels[1].name == "PETREL 8"
    assert targets.vessels[1].listings[0].legal_basis == ()


def test_a_company_is_kept_by_its_imo_number(targets):
    [company] = targets.companies
    assert (company.name, company.imo) == ("YUSONG SHIPPING CO", "5146578")


def test_an_older_export_has_no_programmes(tmp_path):
    found = read(tmp_path, TEXT.replace('"program_ids"', '"phones"', 1))
    assert len(found.vessels) == 2


def test_bom_and_line_ends_do_not_matter(tmp_path, targets):
    assert read(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n")).vessels == targets.vessels


def test_missing_and_new_columns_are_named(tmp_path):
    with pytest.raises(ListError, match="no column 'aliases'"):
        read(tmp_path, TEXT.replace('"aliases"', '"also"', 1))
    assert "column 'topics' is new and not read" in read(tmp_path, TEXT.replace('"phones"', '"topics"', 1)).remarks


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match=r"cut off: the quoted cell in line 9 never ends"):
        read(tmp_path, TEXT[: TEXT.index("hn Doe")])
    with pytest.raises(ListError, match=r"cut off: line 10, the last, has 3 cells instead of 16"):
        read(tmp_path, TEXT[: TEXT.index('"EX-AMPLE"') + len('"EX-AMPLE"')])
