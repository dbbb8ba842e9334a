"""The UK Sanctions List as CSV: rows of one entry, measures in words, placeholders, and a file that was damaged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list
from vesseltrack.vessels.lists.measures import measures_in
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Vessel

FILE = Path(__file__).parent / "files" / "uk_sanctions_list.csv"
TEXT = FILE.read_bytes().decode()
DPRK = "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019"
RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"


@pytest.fixture(scope="module")
def uk() -> PublishedList:
    return read_list(FILE)


def ship(published: PublishedList, entry_id: str) -> Vessel:
    [found] = [vessel for vessel in published.vessels if vessel.listings[0].entry_id == entry_id]
    return found


def read(tmp_path: Path, text: str | bytes) -> PublishedList:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_list(path)


def test_only_its_own_format_recognises_it():
    head = Download(FILE).head()
    assert [known.name for known in FORMATS if known.recognises(head)] == ["UK Sanctions List CSV"]


def test_the_list_says_what_it_is(uk):
    assert (uk.name, uk.title, uk.authority, uk.format) == ("uk", "UK Sanctions List", "UK", "UK Sanctions List CSV")
    assert uk.version == "2026-09-11"


def test_entries_are_kept_or_skipped_with_a_reason(uk):
    assert uk.rows == 8
    assert len(uk.vessels) == 4
    assert len(uk.companies) == 2
    assert uk.skipped == {"individual": 1, "entity": 1}
    assert uk.rows == len(uk.vessels) + len(uk.companies) + sum(uk.skipped.values())


def test_rows_of_one_entry_are_one_ship_wherever_they_stand(uk):
    petrel = ship(uk, "DPR0075")
    assert (petrel.id, petrel.name, petrel.imo) == ("IMO9562233", "Petrel 8", "9562233")
    assert petrel.aliases == (Alias("Jal Vahini", "variant"),)
    assert (petrel.flag, petrel.past_flags, petrel.type, petrel.built) == ("Comoros", ("India",), "bulk carrier", 2011)
    assert petrel.owners == ("Global United Shipping India",)
    assert petrel.gross_tonnage is None
    assert petrel.deadweight_tonnes is None
    assert petrel.notes == "tonnage, kind not stated: 7078"
    [listing] = petrel.listings
    assert listing.listed_on == date(2017, 10, 3)
    assert listing.precision == ""
    assert listing.measures == (("port_entry_ban", None),)
    assert listing.programmes == (DPRK,)
    assert listing.legal_basis == (DPRK, "designated by the UN")


def test_measures_are_read_from_the_words_and_a_number_needs_no_prefix(uk):
    hao_fan = ship(uk, "DPR0076")
    assert hao_fan.imo == "8628597"
    assert hao_fan.listings[0].measures == (("deflag", None), ("port_entry_ban", None))


def test_shipping_sanctions_are_what_the_other_information_says(uk):
    [listing] = ship(uk, "RUS2176").listings
    assert listing.measures == (("port_entry_ban", None),)
    assert "imposed: Shipping sanctions" in listing.legal_basis
    assert "may have its registration on the UK Ship Register terminated" in ship(uk, "RUS2176").notes


@pytest.mark.parametrize(
    ("printed", "information", "measures", "others"),
    [
        ("Asset freeze|Travel Ban", "", ["asset_freeze"], ["Travel Ban"]),
        ("De-flag|Prohibition of port entry", "", ["deflag", "port_entry_ban"], []),
        ("De-registration", "", ["deflag"], []),
        ("Shipping sanctions: (see 'Other information')", "", [], ["Shipping sanctions: (see 'Other information')"]),
        ("Shipping sanctions: (see 'Other information')", "it may be prohibited to enter a port", [],
         ["Shipping sanctions: (see 'Other information')"]),
        ("Trust services sanctions", "prohibited to enter a port", [], ["Trust services sanctions"]),
        ("", "", [], []),
    ],
)  # fmt: skip
def test_words_are_measures_only_where_they_say_so(printed, information, measures, others):
    assert measures_in(printed, information) == (measures, others)


def test_the_primary_name_is_found_and_every_other_name_is_kept(uk):
    example = ship(uk, "TST0001")
    assert example.name == "EXAMPLE SHIP"
    assert [alias.name for alias in example.aliases] == ["Example Variation", "WEAK EXAMPLE", "예시호"]
    assert {alias.kind for alias in example.aliases} == {"variant"}
    assert "low quality a.k.a.: WEAK EXAMPLE" in example.notes


def test_numbered_values_in_a_cell_are_several(uk):
    example = ship(uk, "TST0001")
    assert example.imo == "9999993"
    assert any("'IMO 9999991' fails its check digit" in remark for remark in uk.remarks)
    assert example.owners == ("Example Shipping Co", "Example Holding")
    assert example.past_flags == ("Panama", "Belize")
    assert example.flag == "DPRK"
    assert "also believed to fly: Cyprus" in example.notes


def test_what_has_no_field_is_in_the_notes(uk):
    notes = ship(uk, "TST0001").notes
    for text in ('Seen with "EXAMPLE" on the stern, 2022', "previous owner or operator: Old Example Co",
                 "tonnage, kind not stated: 1,150", "length: 66m", "hull identification number: H-1"):  # fmt: skip
        assert text in notes
    assert "UN reference TSe.001" in ship(uk, "TST0001").listings[0].legal_basis
    assert "imposed: Trust services sanctions" in ship(uk, "TST0001").listings[0].legal_basis


def test_a_placeholder_date_is_its_first_day_and_two_regimes_have_their_own(uk):
    [listing] = ship(uk, "TST0001").listings
    assert listing.listed_on == date(2022, 1, 1)
    assert "the list prints 'dd/mm/2022'" in listing.precision
    assert "earliest of 2022-01-01" in listing.precision
    assert listing.programmes == (RUSSIA, DPRK)
    assert listing.measures == (
        ("asset_freeze", None), ("port_entry_ban", date(2023, 6, 5)), ("deflag", date(2023, 6, 5)),
    )  # fmt: skip
    assert listing.measures_on(date(2022, 12, 31)) == ("asset_freeze",)


def test_companies_are_owners_of_listed_ships_or_have_a_number(uk):
    owner, numbered = uk.companies
    assert (owner.name, owner.imo, owner.ships) == ("EXAMPLE SHIPPING CO", None, ("9999993",))
    assert (numbered.name, numbered.imo, numbered.ships) == ("NUMBERED EXAMPLE CO", "2041999", ())
    assert numbered.listing.entry_id == "TST0003"
    assert numbered.listing.measures == (("asset_freeze", None),)


def same(one: PublishedList, other: PublishedList) -> bool:
    return (one.vessels, one.companies, one.skipped) == (other.vessels, other.companies, other.skipped)


def test_bom_and_line_ends_do_not_matter(tmp_path, uk):
    assert "\r\n" in TEXT
    assert same(read(tmp_path, "\ufeff" + TEXT), uk)
    assert same(read(tmp_path, TEXT.replace("\r\n", "\n")), uk)
    assert same(read(tmp_path, TEXT.rstrip()), uk)
    assert same(read(tmp_path, TEXT + "\r\n\r\n"), uk)


def test_the_line_with_the_date_may_be_missing(tmp_path, uk):
    without = read(tmp_path, TEXT.partition("\r\n")[2])
    assert without.version == ""
    assert same(without, uk)


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(ListError, match=r"line 2: no column 'IMO number'"):
        read(tmp_path, TEXT.replace("IMO number", "Number", 1))


def test_a_new_column_is_remarked(tmp_path, uk):
    lines = [line + ",x" if "," in line else line for line in TEXT.split("\r\n")]
    found = read(tmp_path, "\r\n".join(lines).replace("(HIN),x", "(HIN),Favourite colour", 1))
    assert "column 'Favourite colour' is new and not read" in found.remarks
    assert same(found, uk)


def test_a_file_that_is_cut_off_is_refused(tmp_path):
    with pytest.raises(ListError, match=r"cut off: line 18, the last, has 5 cells instead of 58; download it again"):
        read(tmp_path, TEXT[: TEXT.index("NUMBERED EXAMPLE")])
    with pytest.raises(ListError, match=r"cut off: the quoted cell in line 8 never ends"):
        read(tmp_path, TEXT[: TEXT.index("may have its registration")])


@given(st.integers(0, len(TEXT.encode()) - 1))
def test_a_file_cut_anywhere_but_between_rows_or_in_a_last_cell_is_refused(tmp_path_factory, bytes_left):
    start = TEXT.encode()[:bytes_left]
    path = tmp_path_factory.mktemp("uk") / "list.csv"
    path.write_bytes(start)
    rest_of_row = TEXT.encode()[bytes_left:].partition(b"\r")[0]
    row = start.rpartition(b"\n")[2]
    if row.endswith(b"\r") or not row.strip(b",") or b"," not in rest_of_row:
        return
    with pytest.raises(ListError):
        read_list(path)


def test_a_row_that_is_too_short_in_the_middle_is_remarked(tmp_path):
    head, _, tail = TEXT.partition("Jal Vahini,")
    found = read(tmp_path, head + "Jal Vahini\r\n" + tail.partition("\r\n")[2])
    assert "line 7: 5 cells instead of 58; read as far as it goes" in found.remarks
    assert ship(found, "DPR0075").aliases == (Alias("Jal Vahini", "variant"),)


def test_a_header_alone_is_no_list(tmp_path):
    with pytest.raises(ListError, match="holds a header and no entry"):
        read(tmp_path, "\r\n".join(TEXT.split("\r\n")[:2]))


def test_an_entry_without_id_is_an_entry_of_its_own(tmp_path, uk):
    found = read(tmp_path, TEXT.replace("DPR0076", ""))
    assert "line 4: no unique id; taken as an entry of its own" in found.remarks
    assert found.rows == uk.rows
