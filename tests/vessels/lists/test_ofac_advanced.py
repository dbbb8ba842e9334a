"""OFAC's SDN_ADVANCED.XML: numbers that refer to tables, and the day of listing."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias

SDN = Path(__file__).parent / "files" / "ofac_sdn_advanced.xml"
WHOLE = SDN.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sdn() -> PublishedList:
    return read_list(SDN)


def changed(tmp_path: Path, *changes: tuple[str, str]) -> PublishedList:
    text = WHOLE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "sdn_advanced.xml"
    path.write_text(text, encoding="utf-8")
    return read_list(path)


def test_the_list_says_what_it_is(sdn):
    assert (sdn.name, sdn.format, sdn.version) == ("ofac", "OFAC SDN_ADVANCED.XML", "2026-09-04")
    assert (sdn.rows, len(sdn.vessels), len(sdn.companies), sdn.skipped) == (3, 1, 1, {"individual": 1})


def test_a_ship_with_everything(sdn):
    [ship] = sdn.vessels
    assert (ship.name, ship.imo, ship.mmsi) == ("MAR AZUL", "8321785", ("323456789",))
    assert (ship.flag, ship.type, ship.call_sign, ship.gross_tonnage) == ("Cuba", "tug", "CL2192", 212)
    assert ship.owners == ("Samir de Navegacion S.A.", "AEROCARIBBEAN AIRLINES")


def test_the_day_of_listing(sdn):
    [listing] = sdn.vessels[0].listings
    assert (listing.listed_on, listing.precision) == (date(1986, 12, 10), "")
    assert (listing.measures, listing.programmes) == ((("asset_freeze", None),), ("CUBA",))


def test_a_company_that_a_ship_is_related_to_is_kept(sdn):
    [company] = sdn.companies
    assert (company.name, company.ships) == ("AEROCARIBBEAN AIRLINES", ("8321785",))
    assert company.listing.listed_on == date(1986, 12, 10)


def test_a_former_relation_is_none(tmp_path):
    published = changed(tmp_path, ('Former="false"', 'Former="true"'))
    assert published.companies == ()
    assert published.skipped == {"individual": 1, "entity": 1}


def test_names_in_other_scripts_and_former_names_are_aliases(tmp_path):
    name = '<NamePartValue NamePartGroupID="2489" ScriptID="215" ScriptStatusID="1" Acronym="false">MAR AZUL</NamePartValue>'
    latin = f"<DocumentedName><DocumentedNamePart>{name}</DocumentedNamePart></DocumentedName>"
    cyrillic = latin.replace("215", "220").replace("MAR AZUL", "МАР АСУЛЬ")
    former = latin.replace("MAR AZUL", "SEA BLUE")
    start = '<Alias FixedRef="4238" AliasTypeID="1403" Primary="true" LowQuality="false">'
    published = changed(
        tmp_path,
        (start, f'<Alias AliasTypeID="1401" Primary="false" LowQuality="true">{former}</Alias>{start}{cyrillic}'),
    )
    [ship] = published.vessels
    assert ship.name == "MAR AZUL"
    assert ship.aliases == (Alias("SEA BLUE", "former"), Alias("МАР АСУЛЬ", "variant"))


def test_the_first_of_several_listings_counts(tmp_path):
    entry = '<EntryEvent ID="4238" EntryEventTypeID="1" LegalBasisID="1">'
    earlier = f"{entry}<Date><Year>1985</Year><Month>1</Month><Day>2</Day></Date></EntryEvent>"
    assert changed(tmp_path, (entry, earlier + entry)).vessels[0].listings[0].listed_on == date(1985, 1, 2)


def test_a_day_of_listing_that_is_none_is_remarked(tmp_path):
    published = changed(tmp_path, ("<Day>10</Day>", "<Day>32</Day>"))
    assert published.vessels[0].listings[0].listed_on is None
    assert "entry 4238, MAR AZUL: its day of listing is not readable" in published.remarks


def test_a_legal_basis_is_kept_with_the_programme(tmp_path):
    published = changed(tmp_path, ('<LegalBasis ID="1">Unknown', '<LegalBasis ID="1">Executive Order 13606'))
    listing = published.vessels[0].listings[0]
    assert (listing.legal_basis, listing.programmes) == (("Executive Order 13606",), ("CUBA",))


def test_a_list_that_is_not_the_sdn_list_freezes_nothing_unless_it_blocks(tmp_path):
    other = ('<List ID="1550">SDN List', '<List ID="1550">Consolidated List')
    published = changed(tmp_path, other)
    assert published.name == "ofac-cons"
    assert published.vessels[0].listings[0].measures == ()
    block = '<SanctionsMeasure ID="9" SanctionsTypeID="1705"/>'
    blocked = changed(tmp_path, other, ('<SanctionsMeasure ID="4"', f'{block}<SanctionsMeasure ID="4"'))
    assert blocked.vessels[0].listings[0].measures == (("asset_freeze", None),)


def test_a_long_file_takes_little_memory(tmp_path):
    start, end = WHOLE.index('<DistinctParty FixedRef="2674"'), WHOLE.index("</DistinctParties>")
    people = (WHOLE[start:end] * 3000, WHOLE[start:end])
    tracemalloc.start()
    try:
        published = changed(tmp_path, (people[1], people[0]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert published.skipped["individual"] == 3000
    assert peak < 20_000_000 + 4 * len(people[0])  # the text of the test itself, and some bytes an entry


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_file_that_is_cut_off_is_refused(tmp_path, share):
    path = tmp_path / "cut.xml"
    path.write_text(WHOLE[: int(len(WHOLE) * share)], encoding="utf-8")
    with pytest.raises(ListError, match=r"cut\.xml: cut off at line \d+"):
        read_list(path)
