"""OFAC's flat files: positions, null tokens, remarks, and the files that belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Vessel

FILES = Path(__file__).parent / "files"
SDN = FILES / "ofac_sdn.csv"
BESIDE = [FILES / "ofac_alt.csv", FILES / "ofac_add.csv", FILES / "ofac_sdn_comments.csv"]


@pytest.fixture(scope="module")
def sdn() -> PublishedList:
    return read_list(SDN, BESIDE)


def ship(published: PublishedList, entry_id: str) -> Vessel:
    [found] = [v for v in published.vessels if v.listings[0].entry_id == entry_id]
    return found


def kept(published: PublishedList) -> int:
    entries = {listing.entry_id for vessel in published.vessels for listing in vessel.listings}
    return len(entries) + len(published.companies)


def read(tmp_path: Path, *rows: str, end: str = "\r\n\x1a", encoding: str = "utf-8") -> PublishedList:
    path = tmp_path / "sdn.csv"
    path.write_bytes(("\r\n".join(rows) + end).encode(encoding))
    return read_list(path)


def row(number: int = 1, name: str = "BONU 5", kind: str = '"vessel"', remarks: str = "-0- ", **cells: str) -> str:
    shown = {"programme": '"SDGT"', "call_sign": "-0- ", "type": "-0- ", "tonnage": "-0- ", "gross": "-0- "}
    shown |= {"flag": "-0- ", "owner": "-0- "} | cells
    text = remarks if remarks == "-0- " else f'"{remarks}"'
    first = f'{number},"{name}",{kind},{shown["programme"]},-0- ,{shown["call_sign"]},{shown["type"]}'
    return f"{first},{shown['tonnage']},{shown['gross']},{shown['flag']},{shown['owner']},{text}"


def test_the_list_says_what_it_is(sdn):
    assert (sdn.name, sdn.title) == ("ofac", "OFAC Specially Designated Nationals List")
    assert (sdn.authority, sdn.format, sdn.version) == ("US", "OFAC SDN.CSV", "")


def test_every_row_is_kept_or_counted(sdn):
    assert sdn.rows == 12
    assert sdn.skipped == {"entity": 1, "aircraft": 1, "individual": 1}
    assert sdn.rows == kept(sdn) + sum(sdn.skipped.values())


def test_a_ship_with_everything(sdn):
    honesty = ship(sdn, "15056")
    assert (honesty.id, honesty.name, honesty.imo) == ("IMO9357391", "HONESTY", "9357391")
    assert honesty.mmsi == ("572450210",)
    assert (honesty.call_sign, honesty.type) == ("T2DZ4", "crude oil tanker")
    assert (honesty.deadweight_tonnes, honesty.gross_tonnage) == (317356, 163660)
    assert honesty.flag == ""  # None Identified
    assert honesty.past_flags == ("Cyprus", "Tuvalu", "Tanzania")
    assert honesty.owners == ("NATIONAL IRANIAN TANKER COMPANY",)
    assert Alias("HIRMAND", "former") in honesty.aliases


def test_a_listing_is_an_asset_freeze_without_a_date(sdn):
    [listing] = ship(sdn, "50972").listings
    assert (listing.listed_on, listing.delisted_on, listing.precision) == (None, None, "")
    assert listing.measures == (("asset_freeze", None),)
    assert listing.programmes == listing.legal_basis == ("SDGT", "IFSR")


@pytest.mark.parametrize(
    ("entry", "imo"),
    [("17104", "8606173"), ("23156", "8898831"), ("47371", "9339301"), ("50972", "9263643")],
    ids=["without IMO", "a name of digits", "Identification Number", "Vessel Registration Identification"],
)
def test_an_imo_number_is_found_however_the_remarks_call_it(sdn, entry, imo):
    assert ship(sdn, entry).imo == imo


def test_a_name_in_the_remarks_is_an_alias(sdn):
    makran = ship(sdn, "40716")
    assert makran.aliases == (Alias("MAKRAN", "variant"),)
    assert makran.notes == "weak alias 'MAKRAN'"


def test_an_alias_number_that_is_an_entry_number_names_nobody_else(sdn):
    assert ship(sdn, "47371").aliases == ()  # 30221,47371 in ALT.CSV is an alias of 30221


def test_the_dprk_flag_is_written_in_one_way(sdn):
    assert ship(sdn, "17104").flag == "DPRK"


def test_companies_are_kept_for_their_number_or_their_ships(sdn):
    chongchongang, yusong = sdn.companies
    assert (chongchongang.name, chongchongang.imo) == ("CHONGCHONGANG SHIPPING COMPANY LIMITED", "5342883")
    assert (yusong.imo, yusong.ships) == ("5146578", ("9159787", "8898831"))
    assert yusong.listing.entry_id == "23149"
    assert yusong.listing.measures == (("asset_freeze", None),)


def test_remarks_go_on_in_the_comments_file_in_the_middle_of_a_word(tmp_path):
    path, comments = tmp_path / "sdn.csv", tmp_path / "sdn_comments.csv"
    path.write_text(row(1, remarks="Vessel Registration Identification IMO 93") + "\n\x1a")
    comments.write_text('1,"13149; Linked To: BRECALIN HONG KONG CO LTD."\n\x1a')
    [tasca] = read_list(path, [comments]).vessels
    assert (tasca.imo, tasca.owners) == ("9313149", ("BRECALIN HONG KONG CO LTD",))


def test_remarks_that_go_on_in_a_file_that_is_missing_are_remarked(tmp_path):
    published = read(tmp_path, row(7, remarks="Vessel Registration Identification IMO 9313149; Linked To: BREC"))
    assert any("entry 7, BONU 5: its remarks go on in SDN_COMMENTS.CSV" in remark for remark in published.remarks)


def test_missing_aliases_are_remarked():
    assert any(remark.startswith("ALT.CSV is not beside") for remark in read_list(SDN).remarks)
    assert not any(remark.startswith("ALT.CSV") for remark in read_list(SDN, BESIDE).remarks)


@pytest.mark.parametrize("null", ["-0-", "-0- ", '"-0-"', '"-0- "', ""])
def test_nothing_is_written_in_five_ways(tmp_path, null):
    [vessel] = read(tmp_path, row(flag=null, call_sign=null, type=null, tonnage=null, owner=null)).vessels
    assert (vessel.flag, vessel.call_sign, vessel.type, vessel.deadweight_tonnes, vessel.owners) == (
        "",
        "",
        "",
        None,
        (),
    )


REMARKS = {
    "Former Vessel Flag None Identified; alt. Former Vessel Flag Panama.": {"past_flags": ("Panama",)},
    "Other Vessel Flag Malta.": {"past_flags": ("Malta",)},
    "Other Vessel Type Bulk Carrier.": {"type": "bulk carrier"},
    "Vessel Call Sign HMZF8.": {"call_sign": "HMZF8"},
    "Other Vessel Call Sign HMZF8.": {"call_sign": "HMZF8"},
    "Vessel Year of Build 1990.": {"built": 1990},
    "Vessel Year of Build unknown.": {"built": None},
    "f.k.a. 'SAM 5'.": {"aliases": (Alias("SAM 5", "former"),)},
    "n.k.a. 'SAM 6'; a.k.a. 'ABU-'ALI'.": {"aliases": (Alias("SAM 6", "listed"), Alias("ABU-'ALI", "variant"))},
    "MMSI 572469210.": {"mmsi": ("572469210",)},
    "Section 11 of Executive Order 14024.; Linked To: ONE LTD.; Linked To: TWO S.A.": {
        "owners": ("ONE LTD", "TWO S.A")
    },
    "Registration Number 9313149.": {"imo": None},
    "Identification Number 9313149.": {"imo": None},
    "Vessel Registration Identification IMO 9313149 (Panama).": {"imo": "9313149"},
}


@pytest.mark.parametrize(("remarks", "fields"), REMARKS.items(), ids=REMARKS)
def test_items_of_the_remarks(tmp_path, remarks, fields):
    [vessel] = read(tmp_path, row(remarks=remarks)).vessels
    assert {name: getattr(vessel, name) for name in fields} == fields


def test_a_number_that_is_no_imo_number_is_remarked_and_the_ship_kept(tmp_path):
    published = read(tmp_path, row(9, remarks="Vessel Registration Identification IMO 15411."))
    [vessel] = published.vessels
    assert (vessel.name, vessel.imo) == ("BONU 5", None)
    assert "entry 9, BONU 5: IMO number 'IMO 15411' has 5 digits instead of seven; read without it" in published.remarks


def test_a_companys_number_on_a_ship_is_not_the_ships(tmp_path):
    published = read(tmp_path, row(remarks="Identification Number IMO 5342883."))
    assert published.vessels[0].imo is None
    assert any("is a company's number, not a ship's" in remark for remark in published.remarks)


def test_a_ships_number_on_a_company_is_not_the_companys(tmp_path):
    published = read(tmp_path, row(), row(2, "A CO", "-0- ", "Identification Number IMO 9313149."))
    assert published.companies == ()
    assert any("has no company's check digit" in remark for remark in published.remarks)


def test_two_numbers_are_two_ships_of_one_entry(tmp_path):
    remarks = "Vessel Registration Identification IMO 9313149; alt. Vessel Registration Identification IMO 9263643."
    published = read(tmp_path, row(remarks=remarks))
    assert [vessel.imo for vessel in published.vessels] == ["9313149", "9263643"]
    assert published.rows == 1


def test_a_company_that_is_linked_by_its_alias_is_kept(tmp_path):
    path, alt = tmp_path / "sdn.csv", tmp_path / "alt.csv"
    path.write_text(
        "\n".join([row(1, remarks="Linked To: The Other Name Co."), row(2, "ONE NAME CO", "-0- "), row(3, "X", "-0- ")])
        + "\n\x1a"
    )
    alt.write_text('2,77,"aka","THE OTHER NAME CO.",-0- \n\x1a')
    published = read_list(path, [alt])
    [company] = published.companies
    assert (company.name, company.ships, company.aliases) == ("ONE NAME CO", ("BONU 5",), ("THE OTHER NAME CO.",))
    assert published.skipped == {"entity": 1}


def test_a_ship_with_neither_name_nor_number_is_counted(tmp_path):
    published = read(tmp_path, row(name="-0-"), row(2))
    assert published.skipped == {"ship without name and number": 1}
    assert published.rows == kept(published) + 1


def test_the_non_sdn_list_blocks_nobody():
    published = read_list(FILES / "ofac_cons_prim.csv")
    assert (published.name, published.title) == ("ofac-cons", "OFAC Consolidated Non-SDN List")
    assert (published.rows, published.skipped) == (3, {"individual": 2, "entity": 1})


def test_one_stray_programme_does_not_take_the_freeze_off_the_list(tmp_path):
    published = read(tmp_path, *(row(number) for number in range(1, 30)), row(30, programme='"NS-PLC"'))
    assert published.name == "ofac"
    assert {vessel.listings[0].measures for vessel in published.vessels} == {(("asset_freeze", None),)}


def test_a_ship_on_the_non_sdn_list_has_no_measure(tmp_path):
    published = read(tmp_path, row(programme='"NS-MBS"'))
    assert published.name == "ofac-cons"
    assert published.vessels[0].listings[0].measures == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_encodings(tmp_path, encoding):
    assert read(tmp_path, row(name="MÉLODIE"), encoding=encoding).vessels[0].name == "MÉLODIE"


@pytest.mark.parametrize("end", ["\r\n\x1a", "\r\n\x1a\r\n", "\x1a", "\n", ""])
def test_ends_of_a_whole_file(tmp_path, end):
    published = read(tmp_path, row(1), row(2, "SAM 5", remarks="MMSI 572469210."), end=end)
    assert (published.rows, len(published.vessels)) == (2, 2)
    assert any("no Ctrl-Z" in remark for remark in published.remarks) == ("\x1a" not in end)
    assert set(published.warnings) <= set(published.remarks)
    assert bool(published.warnings) == ("\x1a" not in end)


def test_a_file_that_is_cut_off_is_refused_at_any_place_inside_its_last_record(tmp_path):
    whole = SDN.read_bytes().rstrip(b"\r\n\x1a")
    start = whole.rindex(b"\n") + 1
    path = tmp_path / "cut.csv"
    for end in range(start + 1, len(whole), 5):
        path.write_bytes(whole[:end])
        with pytest.raises(ListError, match=r"cut\.csv: cut off at line \d+: .*; the list in force stays"):
            read_list(path)


def test_a_cut_aliases_file_is_refused(tmp_path):
    alt = tmp_path / "alt.csv"
    alt.write_bytes((FILES / "ofac_alt.csv").read_bytes()[:-20])
    with pytest.raises(ListError, match=r"alt\.csv: cut off"):
        read_list(SDN, [alt])


def test_a_bad_line_in_the_middle_is_counted_and_named(tmp_path):
    published = read(tmp_path, row(1), '2,"HALF', '3,"HALF","vessel"', row(4, "SAM 5"))
    assert published.skipped["unreadable"] >= 1
    assert published.rows == kept(published) + sum(published.skipped.values())
    assert any("not 12 cells; left out" in remark for remark in published.remarks)


def test_the_aliases_file_alone_is_refused_by_name():
    with pytest.raises(ListError, match=r"holds the aliases that belong to SDN\.CSV"):
        read_list(FILES / "ofac_alt.csv")


@pytest.mark.parametrize(
    ("name", "held"), [("ofac_add.csv", "addresses"), ("ofac_sdn_comments.csv", "rest of long remarks")]
)
def test_the_other_files_alone_are_refused_by_name(name, held):
    with pytest.raises(ListError, match=rf"holds the {held} that belongs? to SDN\.CSV .*; give that file"):
        read_list(FILES / name)


def test_a_tonnage_that_is_no_number_is_remarked(tmp_path):
    published = read(tmp_path, row(5, tonnage='"1,0,30"', gross='"10,030"'))
    assert published.vessels[0].gross_tonnage == 10030
    assert "entry 5, BONU 5: tonnage '1,0,30' is no number; read without it" in published.remarks
