"""OpenSanctions senzing.json: records for matching engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias

FILE = Path(__file__).parent / "files" / "opensanctions_senzing.json"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def senzing() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.json"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["OpenSanctions senzing.json"]


def test_records_of_another_source_are_not_taken_for_it(tmp_path):
    with pytest.raises(ListError, match="not a list that this version reads"):
        read(tmp_path, TEXT.replace("OPEN_SANCTIONS", "CUSTOMERS"))


def test_records_are_kept_or_skipped_with_a_reason(senzing):
    assert senzing.rows == 7
    assert senzing.skipped == {"ship without a sanction": 1, "individual": 1, "entity": 1}
    assert senzing.rows == len(senzing.vessels) + len(senzing.companies) + sum(senzing.skipped.values())


def test_a_ship_has_its_names_and_numbers(senzing):
    ship = senzing.vessels[0]
    assert (ship.name, ship.imo, ship.mmsi, ship.call_sign) == ("RYONG GUN BONG", "8606173", ("445999999",), "EXMPL")
    assert ship.aliases == (Alias("CHOL RYONG", "variant"),)
    assert ship.notes == "topics: sanction; countries: DPRK; OFAC entry 17104"
    assert ship.listings[0].entry_id == "test-17104"


def test_features_in_one_list_are_read_too(senzing):
    assert (senzing.vessels[1].name, senzing.vessels[1].imo) == ("PETREL 8", "9562233")


def test_companies_point_at_their_ships(senzing):
    owner, numbered = senzing.companies
    assert (owner.name, owner.aliases, owner.ships) == (
        "OCEAN MARITIME MANAGEMENT COMPANY LIMITED", ("OMM",), ("8606173",),
    )  # fmt: skip
    assert numbered.imo == "5146578"


def test_bom_and_line_ends_do_not_matter(tmp_path, senzing):
    assert read(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n")).vessels == senzing.vessels


def test_a_cut_line_is_refused_with_its_number(tmp_path):
    with pytest.raises(ListError, match=r"cut off in line 7"):
        read(tmp_path, TEXT[:-20])
