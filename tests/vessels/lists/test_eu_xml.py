"""EU FSF as XML: the same rules as for the CSV, from attributes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.eu import NO_PORT_BANS
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.model import PublishedList

FILE = Path(__file__).parent / "files" / "eu_fsf.xml"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def eu() -> PublishedList:
    return read_list(FILE)


def read(tmp_path: Path, text: str) -> PublishedList:
    path = tmp_path / "list.xml"
    path.write_bytes(text.encode())
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["EU FSF XML 1.1"]


def test_entities_are_kept_or_skipped_with_a_reason(eu):
    assert (eu.name, eu.version, eu.rows) == ("eu", "2026-08-05", 5)
    assert eu.skipped == {"individual": 1, "entity": 1}
    assert NO_PORT_BANS in eu.remarks
    assert eu.rows == len(eu.vessels) + len(eu.companies) + sum(eu.skipped.values())


def test_ships_are_known_by_their_number(eu):
    assert [(ship.name, ship.imo) for ship in eu.vessels] == [("UNICA", "8514306"), ("NEW KONK", "9036387")]
    [listing] = eu.vessels[0].listings
    assert (listing.entry_id, listing.programmes, listing.legal_basis) == ("EU.9442.82", ("PRK",), ("2017/1509",))
    assert (listing.listed_on, listing.precision) == (None, "no day of designation in the file")


def test_a_companys_number_makes_a_company(eu):
    [company] = eu.companies
    assert (company.name, company.imo, company.aliases) == ("Numbered Example Co", "2041999", ("Weak Example",))
    assert company.ships == ("9999993",)
    assert company.listing.listed_on == date(2017, 10, 16)


@pytest.mark.parametrize("code", ["V", "vessel"])
def test_a_vessel_by_type_is_one_should_the_eu_ever_have_it(tmp_path, code):
    found = read(tmp_path, TEXT.replace('code="enterprise" classificationCode="E"/>\n    <nameAlias wholeName="Plain',
                                        f'code="{code}"/>\n    <nameAlias wholeName="Plain'))  # fmt: skip
    assert found.vessels[-1].name == "Plain Example Co"


def test_line_ends_do_not_matter(tmp_path, eu):
    assert read(tmp_path, TEXT.replace("\n", "\r\n")).vessels == eu.vessels


def test_a_cut_file_is_refused(tmp_path):
    with pytest.raises(ListError, match="cut off"):
        read(tmp_path, TEXT[:-30])


def test_a_file_without_an_entry_is_refused(tmp_path):
    with pytest.raises(ListError, match="holds no sanctionEntity"):
        read(tmp_path, '<export xmlns="http://eu.europa.ec/fpi/fsd/export"></export>')
