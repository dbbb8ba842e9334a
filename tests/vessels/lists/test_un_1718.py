"""The UN 1718 Designated Vessels List as CSV: paragraphs decide the measures, and a ship may be listed twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.un_1718 import day_of, values_of
from vesseltrack.vessels.model import Alias, Vessel

UN = Path(__file__).parent / "files" / "un_1718.csv"
HEADER = UN.read_text(encoding="utf-8").splitlines()[0]
PARAGRAPHS = HEADER.split(",")[-5:]


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> PublishedList:
    path = tmp_path / "un.csv"
    path.write_bytes(text.encode(encoding))
    return read_list(path)


def ship(tmp_path: Path, dates: str, *paragraphs: str, name: str = "UL JI BONG 6", imo: str = "9114555") -> Vessel:
    row = f"1,{name},{imo},NA,DPRK,NA,NA,{dates},,,,{','.join(paragraphs)}\n"
    [vessel] = read(tmp_path, f"{HEADER}\n{row}").vessels
    return vessel


def test_the_list_says_what_it_is():
    un = read_list(UN)
    assert (un.name, un.title, un.authority) == ("un", "UN 1718 Designated Vessels List", "UN")
    assert (un.rows, len(un.vessels), un.skipped, un.remarks) == (4, 4, {}, ())


def test_a_ship_of_ocean_maritime_management():
    chol_ryong = read_list(UN).vessels[0]
    assert (chol_ryong.imo, chol_ryong.flag, chol_ryong.mmsi, chol_ryong.call_sign) == ("8606173", "DPRK", (), "")
    assert chol_ryong.aliases == (Alias("RYONG GUN BONG", "former"),)
    assert chol_ryong.owners == ("Ocean Maritime Management Company, Limited (KPe.020)",)
    [listing] = chol_ryong.listings
    assert listing.listed_on == date(2016, 3, 2)
    assert listing.measures == (("asset_freeze", None),)
    assert listing.legal_basis == (PARAGRAPHS[4],)


def test_a_ship_without_number_and_flag():
    ming_ning = read_list(UN).vessels[2]
    assert (ming_ning.imo, ming_ning.flag) == (None, "")
    assert ming_ning.listings[0].measures == (("deflag", None), ("port_entry_ban", None))


def test_a_ship_listed_twice_has_each_measure_from_its_day():
    [listing] = read_list(UN).vessels[3].listings
    assert listing.listed_on == date(2017, 10, 3)
    assert listing.measures == (
        ("deflag", date(2018, 3, 30)),
        ("port_entry_ban", None),
    )
    assert listing.measures_on(date(2017, 12, 1)) == ("port_entry_ban",)
    assert listing.measures_on(date(2018, 3, 30)) == ("deflag", "port_entry_ban")


@pytest.mark.parametrize(
    ("place", "measure"),
    [(0, "asset_freeze"), (1, "deflag"), (2, "port_entry_ban"), (3, "port_entry_ban"), (4, "asset_freeze")],
)
@pytest.mark.parametrize("value", ["Yes", "x", "1"])
def test_a_paragraph_decides_the_measure(tmp_path, place, measure, value):
    cells = ["NA"] * 5
    cells[place] = value
    [listing] = ship(tmp_path, "28-Dec-17", *cells).listings
    assert (listing.measures, listing.legal_basis) == (((measure, None),), (PARAGRAPHS[place],))


def test_two_days_without_numbered_paragraphs_leave_the_measures_open(tmp_path):
    [listing] = ship(tmp_path, "1: 03-Oct-17 2: 30-Mar-18", "Yes", "NA", "NA", "Yes", "NA").listings
    assert listing.listed_on == date(2017, 10, 3)
    assert listing.precision == "designated 2 times; which measure began when is not given"


def test_several_names_numbers_and_flags(tmp_path):
    vessel = ship(tmp_path, "28-Dec-17", "NA", "NA", "NA", "Yes", "NA", name="1: WON SAN 2 2: HAO FAN 6")
    assert (vessel.name, vessel.aliases) == ("WON SAN 2", (Alias("HAO FAN 6", "listed"),))
    assert read_list(UN).vessels[3].mmsi == ("341985000", "341000001")


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("1: HAO FAN 6 2: NA", ["HAO FAN 6"]),
        ("1: WON SAN 2 2: SONG WON 3", ["WON SAN 2", "SONG WON 3"]),
        ("HAO FAN 6", ["HAO FAN 6"]),
        ("7-28", ["7-28"]),
        ("NA", []),
        ("unknown", []),
        ("", []),
    ],
)
def test_several_values_in_a_cell(cell, values):
    assert values_of(cell) == values


@pytest.mark.parametrize(
    "text", ["30-Mar-18", "30-Mar-2018", "30 March 2018", "30 Mar. 2018", "2018-03-30", " 30-MAR-18 "]
)
def test_ways_to_write_a_day(text):
    assert day_of(text) == date(2018, 3, 30)


@pytest.mark.parametrize("text", ["", "30/03/2018", "31-Feb-18", "30-Foo-18", "March 2018", "30-Mar-99999"])
def test_what_is_no_day(text):
    assert day_of(text) is None


def test_an_unreadable_day_is_remarked_and_said(tmp_path):
    un = read(tmp_path, f"{HEADER}\n1,A BONG 1,8628597,,,,,30/03/2018,,,,Yes,NA,NA,NA,NA\n")
    assert un.remarks == ("line 2, A BONG 1: date of designation '30/03/2018' is no date like 30-Mar-18 or 2018-03-30",)
    assert un.vessels[0].listings[0].precision == "day of designation not given"


def test_a_plain_table(tmp_path):
    un = read(
        tmp_path,
        "name,imo,listed_on,measures\nCHON MYONG 1,8712362,2018-03-30,asset freeze; port entry ban\n"
        "UL JI BONG 6,9114555,2017-12-28,\n",
    )
    chon_myong, ul_ji_bong = un.vessels
    assert chon_myong.listings[0].measures == (("asset_freeze", None), ("port_entry_ban", None))
    assert ul_ji_bong.listings[0].measures == ()
    assert un.remarks == (
        "recognised by its columns alone: nothing in the file says that it is the UN's list",
        "line 3, UL JI BONG 6: no paragraph says what follows from the listing; kept without measures",
    )


def test_paragraphs_written_as_a_legal_basis(tmp_path):
    un = read(
        tmp_path,
        "vessel_name,imo_number,date_of_designation,legal_basis\nA,8712362,30-Mar-18,UNSCR 2321 (2016) para 12(d)\n",
    )
    [listing] = un.vessels[0].listings
    assert (listing.measures, listing.legal_basis) == ((("port_entry_ban", None),), ("UNSCR 2321 (2016) para 12(d)",))


def test_rows_of_another_authority_are_counted(tmp_path):
    un = read(tmp_path, "name,imo,listed_on,authority\nA,8712362,2018-03-30,UN\nB,9114555,2018-03-30,US\n")
    assert (un.rows, len(un.vessels), un.skipped) == (2, 1, {"listed by another authority": 1})


def test_a_ship_with_neither_name_nor_number_is_counted(tmp_path):
    un = read(tmp_path, "name,imo,listed_on\nNA,NA,2018-03-30\nB,9114555,2018-03-30\n")
    assert (un.rows, len(un.vessels), un.skipped) == (2, 1, {"ship without name and number": 1})


def test_a_bad_number_is_remarked_and_the_ship_kept(tmp_path):
    un = read(tmp_path, "name,imo,listed_on\nKOTI,947115,2018-03-30\n")
    assert un.vessels[0].imo is None
    assert any("IMO number '947115' has 6 digits instead of seven" in remark for remark in un.remarks)


def test_a_new_column_is_remarked(tmp_path):
    un = read(tmp_path, "vessel_name,imo_number,date_of_designation,colour\nA,8712362,30-Mar-18,red\n")
    assert "column 'colour' is new and not read" in un.remarks


def test_a_transcription_without_numbers_is_read_and_says_so(tmp_path):
    header = HEADER.replace("imo_number,", "")
    un = read(tmp_path, f"{header}\n1,A BONG,NA,DPRK,NA,NA,30-Mar-18,,,,Yes,NA,NA,NA,NA\n")
    assert un.vessels[0].imo is None
    assert "column 'imo' is missing" in un.remarks


def test_a_table_without_names_is_refused(tmp_path):
    with pytest.raises(ListError, match="not a list that this version reads"):
        read(tmp_path, "imo_number,date_of_designation\n8712362,30-Mar-18\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_encodings_and_line_ends(tmp_path, encoding):
    un = read(tmp_path, "name,imo,listed_on\r\nMÉLODIE,8712362,2018-03-30\r\n", encoding)
    assert un.vessels[0].name == "MÉLODIE"


@pytest.mark.parametrize("off", [10, 30, 60])
def test_a_file_that_is_cut_off_is_refused(tmp_path, off):
    path = tmp_path / "cut.csv"
    path.write_bytes(UN.read_bytes().rstrip()[:-off])
    with pytest.raises(ListError, match=r"cut\.csv: cut off"):
        read_list(path)


@pytest.mark.parametrize("noise", ["9" * 20_000, "A " * 10_000, "A-" * 10_000, "8 " * 10_000])
def test_a_long_cell_takes_no_long_time(tmp_path, noise):
    header = f"name,imo,listed_on,notes,legal_basis,{noise}"
    un = read(tmp_path, f"{header}\nA BONG 1,8712362,2018-03-30,Formerly {noise}a,{noise},{noise}\n")
    assert len(un.vessels) == 1
