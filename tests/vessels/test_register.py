"""The register, and a user's own list laid over it."""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.identity import identify
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.screening import screen

DAY = date(2024, 6, 1)


def own(tmp_path, content, name="own.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_register(vessels_file=path)


def test_the_un_list_holds_59_ships_and_says_where_it_was_read():
    (un,) = load_register().lists
    assert (un.authority, un.vessels, un.retrieved) == ("UN", 59, "2026-08-14")
    assert len(un.sha256) == 64


def test_one_hull_listed_twice_is_one_ship_with_two_listings():
    register = load_register()
    ship = register.by_imo["8914934"]
    assert ship.name == "FAN KE"
    assert [listing.listed_name for listing in ship.listings] == ["EVER BRIGHT 88", "FAN KE"]
    assert ship.listings_on(date(2016, 6, 1))[0].listed_name == "EVER BRIGHT 88"
    assert ship.listings_on(date(2017, 6, 1)) == ()


def test_a_measure_may_start_after_the_listing():
    (listing,) = load_register().by_imo["8628597"].listings
    assert listing.measures_on(date(2017, 12, 1)) == ("port_entry_ban",)
    assert listing.measures_on(date(2018, 3, 30)) == ("deflag", "port_entry_ban")


def test_ids_are_unique_and_every_name_finds_its_ship():
    register = load_register()
    assert len({vessel.id for vessel in register.vessels}) == len(register.vessels)
    for vessel in register.vessels:
        assert vessel in [candidate.vessel for candidate in identify(register, name=vessel.name).candidates]


def test_an_own_list_replaces_what_counts_as_listed(tmp_path):
    register = own(tmp_path, "name,imo,listed_on\nOCEAN FLOWER,9074729,2020-01-01\n")
    results = screen(["OCEAN FLOWER", "CHON MA SAN", "SAM JONG 3"], register, DAY)
    assert [result.grade for result in results] == ["match", "review", "none"]
    assert "UN 1718" in " ".join(results[1].candidates[0].reasons)
    (custom,) = register.lists
    assert (custom.name, custom.authority, custom.vessels) == ("own.csv", "custom", 1)


def test_an_own_row_joins_the_bundled_ship_by_number_else_by_name(tmp_path):
    register = own(tmp_path, "name,imo\nSILVER LAKE,8660313\nPaek Yang San No. 1,\nSAM JONG 3,\n")
    silver = register.by_imo["8660313"]
    assert (silver.name, silver.deadweight_tonnes) == ("CHON MA SAN", 3565)
    assert [listing.listed_name for listing in silver.listings] == ["SILVER LAKE"]
    assert identify(register, name="SILVER LAKE").vessel is silver
    paek = identify(register, name="PAEK YANG SAN 1").vessel
    assert paek is not None
    assert [listing.listed_on for listing in paek.listings] == [None]
    assert identify(register, name="SAM JONG 3").vessel in register.vessels
    assert len(register.vessels) == len(load_register().vessels) + 1


def test_an_own_row_may_give_the_number_that_the_register_lacks(tmp_path):
    register = own(tmp_path, "name,imo\nPAEK YANG SAN 1,9074729\n")
    assert register.by_imo["9074729"].deadweight_tonnes == 2998
    assert len({vessel.id for vessel in register.vessels}) == len(register.vessels) == len(load_register().vessels)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfname,imo\nSAM JONG 3,\n",
        b"Ship Name;IMO No.\nSAM JONG 3;\n",
        b"Vessel\tIMO Number\r\nSAM JONG 3\t\r\n",
        "name,imo\nSAM JONG 3,\n".encode("utf-16"),
        "이름,name,imo\n우정호,SAM JONG 3,\n".encode("cp949"),
        "name,note\nSAM JONG 3,Curaçao\n".encode("latin-1"),
        b'\nname,aliases\n"SAM JONG 3","SEA LILY; SEA ROSE [former 2019]"\n\n',
    ],
)
def test_an_own_list_is_read_however_saved(tmp_path, content):
    (result,) = screen(["SAM JONG III"], own(tmp_path, content), DAY)
    assert result.grade == "match"
    assert result.candidates[0].vessel.listings[0].authority == "custom"


def test_aliases_of_an_own_list_have_kinds_and_dates(tmp_path):
    register = own(
        tmp_path, 'name,aliases\nSAM JONG 3,"SEA LILY;SEA ROSE [former 2019];SEA TULIP [painted 2018-01/2018-03]"\n'
    )
    assert identify(register, name="SEA LILY", day=DAY).grade == "match"
    assert identify(register, name="SEA ROSE", day=date(2019, 12, 31)).grade == "match"
    assert identify(register, name="SEA ROSE", day=DAY).grade == "review"
    assert identify(register, name="SEA TULIP", day=date(2018, 3, 31)).grade == "review"


def test_a_status_column_may_give_knowledge_only(tmp_path):
    register = own(tmp_path, "name,imo,status\nSAM JONG 3,,unlisted\nSAM JONG 4,,listed\n")
    assert [result.grade for result in screen(["SAM JONG 3", "SAM JONG 4"], register, DAY)] == ["review", "match"]
    assert register.lists[0].vessels == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"name,imo\n", "no ship"),
        (b"port,date\nVostochny,2024-03-06\n", "neither a name nor an imo column"),
        (b"PK\x03\x04\0\0", "binary"),
        (b"name\0,imo\n", "binary"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"name,imo\nSAM JONG 3,\nSAM JONG 4,8660314\n", "line 3: imo '8660314' fails its check digit"),
        (b"name,imo\nSAM JONG 4,2041999\n", "line 2: imo '2041999' is a company's number"),
        (b"name,listed_on\nSAM JONG 4,30/03/2018\n", "line 2: listed_on '30/03/2018' is not a date"),
        (b"name,listed_on\nSAM JONG 4,2018-02-30\n", "is not a date"),
        (b"name,listed_on,delisted_on\nSAM JONG 4,2018-02-03,2017-02-03\n", "before listed_on"),
        (b"name,measures\nSAM JONG 4,whale ban\n", "measures 'whale ban'"),
        (b"name,aliases\nSAM JONG 4,SEA LILY [nick]\n", "kind"),
        (b"name,imo\n,\n-,n/a\n", "no letter and no digit"),
        (b"name,mmsi\nSAM JONG 4,123\n", "mmsi '123'"),
        (b"name,status\nSAM JONG 4,wanted\n", "status 'wanted'"),
        (b"name,status\nSAM JONG 4,delisted\n", "delisted_on is empty"),
        (b"name\n" + b"A" * 200_000 + b"\n", "not readable as CSV"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_refused_in_one_line(tmp_path, content, says):
    with pytest.raises(ConfigurationError) as refused:
        own(tmp_path, content)
    assert says in str(refused.value)
    assert "own.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="no such file"):
        load_register(vessels_file=tmp_path / "none.csv")
    with pytest.raises(ConfigurationError, match="directory"):
        load_register(vessels_file=tmp_path)


def test_a_list_that_is_not_there_is_refused_by_name():
    with pytest.raises(ConfigurationError, match="'ofac' is not available; available: un"):
        load_register(lists=["un", "ofac"])
