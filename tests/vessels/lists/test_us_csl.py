"""The US Consolidated Screening List: two orders of ids, many sources, of which one blocks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Vessel

FILES = Path(__file__).parent / "files"
HEADER = (FILES / "us_csl.csv").read_text(encoding="utf-8").splitlines()[0]
SDN = "Specially Designated Nationals (SDN) - Treasury Department"


def read(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> PublishedList:
    path = tmp_path / "consolidated.csv"
    path.write_bytes("".join(f"{line}\r\n" for line in (header, *rows)).encode(encoding))
    return read_list(path)


def row(header: str = HEADER, **cells: str) -> str:
    cells = {"source": SDN, "entity_number": "1", "type": "Vessel", "name": "TASCA"} | cells
    return ",".join(f'"{cells.get(column, "")}"' for column in header.split(","))


def the_ship(tmp_path: Path, **cells: str) -> Vessel:
    [vessel] = read(tmp_path, row(**cells)).vessels
    return vessel


def test_the_list_says_what_it_is():
    published = read_list(FILES / "us_csl.csv")
    assert (published.name, published.authority) == ("us-csl", "US")
    assert published.title == "US Consolidated Screening List"
    assert published.version == ""
    assert published.remarks == ()


@pytest.mark.parametrize("name", ["us_csl.csv", "us_csl_2019.csv"])
def test_every_row_is_kept_or_counted(name):
    published = read_list(FILES / name)
    assert published.rows == len(published.vessels) + len(published.companies) + sum(published.skipped.values())


def test_ships_as_published_now():
    ryong_gun_bong, tasca = read_list(FILES / "us_csl.csv").vessels
    assert (ryong_gun_bong.imo, ryong_gun_bong.flag, ryong_gun_bong.type) == ("8606173", "DPRK", "general cargo")
    assert (tasca.imo, tasca.mmsi, tasca.call_sign) == ("9313149", ("352002494",), "3E2647")
    assert tasca.owners == ("BRECALIN HONG KONG CO LTD",)
    [listing] = tasca.listings
    assert (listing.entry_id, listing.measures) == ("52327", (("asset_freeze", None),))
    assert listing.programmes == ("IRAN-EO13846",)
    assert tasca.notes == SDN


def test_ships_as_published_until_2025():
    seven_28, adrian_darya = read_list(FILES / "us_csl_2019.csv").vessels
    assert (seven_28.name, seven_28.imo, seven_28.owners) == ("7-28", "8898831", ("YUSONG SHIPPING CO",))
    assert (adrian_darya.imo, adrian_darya.past_flags) == ("9116412", ("Panama",))
    assert adrian_darya.aliases == (Alias("GRACE 1", "variant"),)


@pytest.mark.parametrize(
    "ids",
    [
        "IMO 9313149, Vessel Registration Identification; 352002494, MMSI",
        "Vessel Registration Identification, IMO 9313149; MMSI, 352002494",
        "PA, IMO 9313149, Vessel Registration Identification; PA, 352002494, MMSI",
        "Vessel Registration Identification, 9313149, PA; MMSI, 352002494, PA",
    ],
)
def test_ids_in_either_order(tmp_path, ids):
    ship = the_ship(tmp_path, ids=ids)
    assert (ship.imo, ship.mmsi) == ("9313149", ("352002494",))


def test_tonnages(tmp_path):
    ship = the_ship(tmp_path, gross_tonnage="317,356", gross_registered_tonnage="163,660")
    assert (ship.deadweight_tonnes, ship.gross_tonnage) == (317356, 163660)


def test_dates_where_a_source_has_them(tmp_path):
    [listing] = the_ship(tmp_path, start_date="2018-02-23", end_date="2020-01-31").listings
    assert (listing.listed_on, listing.delisted_on) == (date(2018, 2, 23), date(2020, 1, 31))


def test_a_date_that_is_none_is_remarked(tmp_path):
    published = read(tmp_path, row(start_date="2/23/2018"))
    assert "entry 1, TASCA: start_date '2/23/2018' is no date like 2018-03-30" in published.remarks


def test_only_the_sdn_list_blocks(tmp_path):
    assert (
        the_ship(tmp_path, source="Unverified List (UVL) - Bureau of Industry and Security").listings[0].measures == ()
    )


def test_a_company_that_a_ship_is_linked_to_is_kept(tmp_path):
    company = row(entity_number="2", type="Entity", name="YUSONG SHIPPING CO", ids="Company Number, IMO 5146578")
    published = read(tmp_path, row(remarks="(Linked To: YUSONG SHIPPING CO)"), company, row(type="Entity", name="X"))
    assert [(c.name, c.imo, c.ships) for c in published.companies] == [("YUSONG SHIPPING CO", "5146578", ("TASCA",))]
    assert published.skipped == {"entity": 1}


def test_a_new_column_is_remarked_and_does_no_harm(tmp_path):
    header = f"{HEADER},risk_score"
    published = read(tmp_path, row(header, ids="MMSI, 352002494", risk_score="7"), header=header)
    assert published.remarks == ("column 'risk_score' is new and not read",)
    assert published.vessels[0].mmsi == ("352002494",)


def test_columns_in_another_order(tmp_path):
    header = ",".join(reversed(HEADER.split(",")))
    assert read(tmp_path, row(header, vessel_flag="KP"), header=header).vessels[0].flag == "DPRK"


@pytest.mark.parametrize("column", ["type", "ids", "alt_names", "vessel_flag", "programs"])
def test_a_needed_column_that_is_missing_is_named(tmp_path, column):
    header = ",".join(name for name in HEADER.split(",") if name != column)
    with pytest.raises(ListError, match=f"'{column}'"):
        read(tmp_path, row(header), header=header)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_encodings(tmp_path, encoding):
    assert read(tmp_path, row(name="MÉLODIE"), encoding=encoding).vessels[0].name == "MÉLODIE"


@pytest.mark.parametrize("off", [2, 10, 40, 100, 200])
def test_a_file_that_is_cut_off_is_refused(tmp_path, off):
    path = tmp_path / "cut.csv"
    path.write_bytes((FILES / "us_csl.csv").read_bytes().rstrip()[:-off])
    with pytest.raises(ListError, match=r"cut\.csv: cut off"):
        read_list(path)
