"""OFAC's SDN.XML: the same ships as in the flat file, with a publication date."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias

SDN = Path(__file__).parent / "files" / "ofac_sdn.xml"
HEAD = "<publshInformation><Publish_Date>04/30/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>"


@pytest.fixture(scope="module")
def sdn() -> PublishedList:
    return read_list(SDN)


def read(tmp_path: Path, *entries: str, head: str = HEAD, namespace: str = "") -> PublishedList:
    path = tmp_path / "sdn.xml"
    path.write_text(f"<sdnList{namespace}>{head}{''.join(entries)}</sdnList>", encoding="utf-8")
    return read_list(path)


def vessel(inside: str, programme: str = "DPRK4") -> str:
    return (
        "<sdnEntry><uid>5</uid><lastName>BONU 5</lastName><sdnType>Vessel</sdnType>"
        f"<programList><program>{programme}</program></programList>{inside}</sdnEntry>"
    )


def test_the_list_says_what_it_is(sdn):
    assert (sdn.name, sdn.format, sdn.version) == ("ofac", "OFAC SDN.XML", "2026-04-30")
    assert sdn.remarks == ()


def test_every_entry_is_kept_or_counted(sdn):
    assert sdn.rows == 6 == len(sdn.vessels) + sum(sdn.skipped.values())
    assert sdn.skipped == {"entity": 1}


def test_a_ship_with_everything(sdn):
    artavil = next(v for v in sdn.vessels if v.name == "ARTAVIL")
    assert (artavil.imo, artavil.mmsi, artavil.flag) == ("9187629", ("572469210",), "Iran")
    assert artavil.past_flags == ("Malta", "Tuvalu")  # and None Identified, which is no flag
    assert (artavil.call_sign, artavil.type) == ("T2EU4", "crude/oil products tanker")
    assert (artavil.deadweight_tonnes, artavil.gross_tonnage) == (99144, 56068)
    assert artavil.owners == ("NATIONAL IRANIAN TANKER COMPANY",)
    assert {alias.kind for alias in artavil.aliases} == {"former"}
    [listing] = artavil.listings
    assert (listing.entry_id, listing.listed_on, listing.measures) == ("15036", None, (("asset_freeze", None),))
    assert listing.legal_basis == ("IRAN",)


def test_a_number_without_imo_before_it(sdn):
    assert next(v for v in sdn.vessels if v.name == "RYONG GUN BONG").imo == "8606173"


def test_a_ship_without_any_number_is_known_by_its_name(sdn):
    mar_azul = sdn.vessels[0]
    assert (mar_azul.id, mar_azul.imo, mar_azul.owners) == ("MARAZUL", None, ("Samir de Navegacion S.A.",))


def test_former_names(sdn):
    assert sdn.vessels[1].aliases == (Alias("ANA I", "former"), Alias("SAND SWAN", "former"))


def test_an_id_that_speaks_of_registration_is_no_imo_number(tmp_path):
    ids = "<idList><id><idType>Registration Number</idType><idNumber>9313149</idNumber></id></idList>"
    assert read(tmp_path, vessel(ids)).vessels[0].imo is None


def test_several_links_in_round_brackets(tmp_path):
    links = "<remarks>(Linked To: IRGC (GUARD) CO); (Linked To: TWO LTD.) (Linked To: THREE)</remarks>"
    assert read(tmp_path, vessel(links)).vessels[0].owners == ("IRGC (GUARD) CO", "TWO LTD", "THREE")


def test_a_company_that_a_ship_is_linked_to_is_kept(tmp_path):
    company = "<sdnEntry><uid>6</uid><lastName>YUSONG SHIPPING CO</lastName><sdnType>Entity</sdnType></sdnEntry>"
    published = read(tmp_path, vessel("<remarks>(Linked To: YUSONG SHIPPING CO.)</remarks>"), company)
    assert [(c.name, c.ships) for c in published.companies] == [("YUSONG SHIPPING CO", ("BONU 5",))]
    assert published.rows == 2


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://tempuri.org/sdnList.xsd"', ' xmlns="urn:new"'])
def test_any_namespace(tmp_path, namespace):
    assert len(read(tmp_path, vessel(""), namespace=namespace).vessels) == 1


def test_fewer_entries_than_the_file_says_are_remarked(tmp_path):
    published = read(tmp_path, vessel(""), head=HEAD.replace(">1<", ">18,899<"))
    assert "the file says that it holds 18,899 entries; 1 were found" in published.remarks


def test_a_publication_date_that_is_none_is_remarked(tmp_path):
    published = read(tmp_path, vessel(""), head=HEAD.replace("04/30/2026", "30/04/2026"))
    assert published.version == ""
    assert "publication date '30/04/2026' is no date like 04/30/2026; the edition is not known" in published.remarks


def test_the_non_sdn_list_has_the_same_layout(tmp_path):
    published = read(tmp_path, vessel("", programme="NS-PLC"))
    assert published.name == "ofac-cons"
    assert published.vessels[0].listings[0].measures == ()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path, share):
    whole = SDN.read_bytes().rstrip()
    path = tmp_path / "cut.xml"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ListError, match=r"cut\.xml: cut off at line \d+"):
        read_list(path)


def test_an_xml_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<sdnList><sdnEntry><lastName>&b;</lastName></sdnEntry></sdnList>"
    )
    with pytest.raises(ListError, match="declares an entity"):
        read_list(path)


@pytest.mark.parametrize(
    ("stated", "cut"),
    [
        ("1", ""),
        ("6", ""),
        ("7", "says that it holds 7 entries, and 1 were found"),
        ("18,899", "18,899 entries"),
        ("", ""),
        ("many", ""),
    ],
)
def test_a_file_that_counts_itself_as_longer_is_cut(tmp_path, stated, cut):
    published = read(tmp_path, vessel(""), head=HEAD.replace(">1<", f">{stated}<"))
    assert cut in published.cut
    assert bool(published.cut) == bool(cut)


def test_the_enhanced_file_is_refused_by_name(tmp_path):
    path = tmp_path / "SDN_ENHANCED.XML"
    path.write_text('<?xml version="1.0"?><sanctionsData xmlns="https://example.org/x"><entities/></sanctionsData>')
    with pytest.raises(ListError, match=r"SDN_ENHANCED\.XML, which this version does not read; give SDN_ADVANCED\.XML"):
        read_list(path)
