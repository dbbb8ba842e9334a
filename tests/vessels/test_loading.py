"""Several lists side by side: one ship is one entry, with the listings of each authority."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.entries import one_of_each
from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.lists import store
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.store import Edition, FileUsed
from vesseltrack.vessels.loading import laid_over, load_register
from vesseltrack.vessels.model import Alias, Company, Listing, Vessel
from vesseltrack.vessels.screening import screen

DAY = date(2024, 6, 1)


def ships(*entries: tuple[str, str], authority: str = "US", **more: object) -> tuple[Vessel, ...]:
    """Ships of a list by name and IMO number."""
    return tuple(
        vessel
        for number, (name, imo) in enumerate(entries, start=1)
        for vessel in ShipEntry(
            entry_id=f"{authority}-{number}",
            name=name,
            imo=[imo] if imo else [],
            measures=[("asset_freeze", None)],
            **more,
        ).vessels(authority=authority, title=f"{authority} list", remarks=[])
    )


def keep(folder, name, vessels, authority="US", version="", retrieved="2026-11-01", sha256="a" * 64):
    content = PublishedList(name, f"{authority} list", authority, "test", version, len(vessels), vessels)
    return store.keep(Edition(content, retrieved, (FileUsed("list.csv", sha256),)), folder)


def test_without_a_word_all_lists_in_force_are_consulted(tmp_path):
    keep(tmp_path, "uk", ships(("UK SHIP", "9074729"), authority="UK"), "UK")
    keep(tmp_path, "ofac", ships(("US SHIP", "9811000")))
    register = load_register(lists=None, folder=tmp_path)
    assert [used.id for used in register.lists] == ["un", "ofac", "uk"]
    assert [used.id for used in load_register(lists=["un"], folder=tmp_path).lists] == ["un"]
    assert [used.id for used in load_register(lists=["UK", "un"], folder=tmp_path).lists] == ["un", "uk"]
    assert "9074729" not in load_register(lists=["un"], folder=tmp_path).by_imo


def test_a_list_of_many_authorities_keeps_its_companies_where_it_is_named(tmp_path):
    listing = Listing("Somebody", "OpenSanctions", "FREE SEA SHIPPING", date(2020, 1, 1), None, "", (), ())
    company = Company("FREE SEA SHIPPING", "2041999", (), listing)
    content = PublishedList(
        "opensanctions", "OpenSanctions", "OpenSanctions", "test", "", 1, ships(("A SHIP", "9811000")), (company,)
    )
    store.keep(Edition(content, "2026-11-01", (FileUsed("x", "a" * 64),)), tmp_path)
    for lists in (None, ["opensanctions"], ["un", "opensanctions"]):
        assert company in load_register(lists=lists, folder=tmp_path).companies
    assert company not in load_register(lists=["un"], folder=tmp_path).companies


def test_without_the_un_list_its_ships_are_knowledge(tmp_path):
    keep(tmp_path, "ofac", ships(("US SHIP", "9811000")))
    register = load_register(lists=["ofac"], folder=tmp_path)
    assert [used.id for used in register.lists] == ["ofac"]
    [chon_ma_san, us_ship] = screen(["CHON MA SAN", "US SHIP"], register, DAY)
    assert (chon_ma_san.grade, us_ship.grade) == ("review", "match")
    assert "UN 1718" in chon_ma_san.candidates[0].vessel.also_listed


def test_a_list_that_nobody_imported_is_refused_with_what_there_is(tmp_path):
    keep(tmp_path, "ofac", ships(("US SHIP", "9811000")))
    with pytest.raises(ConfigurationError, match=r"'uk' is not available; available: un, ofac\. .*vessels import FILE"):
        load_register(lists=["un", "uk"], folder=tmp_path)


def test_one_ship_on_two_lists_is_one_entry_with_both_listings(tmp_path):
    keep(tmp_path, "ofac", ships(("CHON MA SAN", "8660313")))
    register = load_register(lists=None, folder=tmp_path)
    assert len(register.vessels) == len(load_register().vessels)
    assert [listing.authority for listing in register.by_imo["8660313"].listings] == ["US", "UN"]


def test_an_imported_un_edition_replaces_the_bundled_listings_and_the_register_stays(tmp_path):
    keep(tmp_path, "un", ships(("CHON MA SAN", "8660313"), authority="UN"), "UN")
    register = load_register(lists=None, folder=tmp_path)
    [used] = register.lists
    assert (used.id, used.vessels, used.retrieved) == ("un", 1, "2026-11-01")
    [listing] = register.by_imo["8660313"].listings
    assert listing.entry_id == "UN-1"
    assert register.by_imo["8606173"].listings == ()
    assert len(register.vessels) == len(load_register().vessels)


def test_an_edition_without_ships_takes_no_listing_away(tmp_path):
    keep(tmp_path, "un", (), "UN")
    register = load_register(lists=None, folder=tmp_path)
    assert [used.vessels for used in register.lists] == [59, 0]
    assert register.by_imo["8660313"].listings != ()


def test_an_own_list_is_the_only_one_that_counts(tmp_path):
    keep(tmp_path / "lists", "ofac", ships(("US SHIP", "9811000")))
    own = tmp_path / "own.csv"
    own.write_text("name,imo\nMINE,9074729\n")
    register = load_register(lists=None, vessels_file=own, folder=tmp_path / "lists")
    assert [used.authority for used in register.lists] == ["custom"]
    assert "9811000" not in register.by_imo


def test_a_number_missing_on_one_side_joins_by_a_name_that_one_ship_bears():
    [known] = laid_over(ships(("OCEAN FLOWER", "9074729")), ships(("M/V Ocean Flower", ""), authority="UK"))
    assert (known.imo, {x.authority for x in known.listings}) == ("9074729", {"US", "UK"})
    [known] = laid_over(ships(("OCEAN FLOWER", "")), ships(("OCEAN FLOWER", "9074729"), authority="UK"))
    assert (known.id, {x.authority for x in known.listings}) == ("IMO9074729", {"US", "UK"})


@pytest.mark.parametrize(
    ("before", "listed", "count"),
    [
        ([("OCEAN FLOWER", "9074729")], [("OCEAN FLOWER", "9811000")], 2),
        ([("OCEAN FLOWER", "9074729"), ("OCEAN FLOWER", "9811000")], [("OCEAN FLOWER", "")], 3),
        ([("OCEAN FLOWER", "")], [("OCEAN FLOWER", "9074729"), ("OCEAN FLOWER", "9811000")], 3),
        ([("MARIA", "9074729")], [("MARIA", "")], 2),
        ([("OCEAN 1", "9074729")], [("OCEAN 2", "")], 2),
    ],
)
def test_ships_that_only_share_a_name_stay_apart(before, listed, count):
    found = laid_over(ships(*before), ships(*listed, authority="UK"))
    assert len(found) == count
    assert len({vessel.id for vessel in found}) == count


def test_two_names_of_one_ship_do_not_give_it_two_numbers():
    known = ships(("FIRST", ""), aliases=[Alias("SECOND", "former")])
    found = laid_over(known, ships(("FIRST", "9074729"), ("SECOND", "9811000"), authority="UK"))
    assert [vessel.imo for vessel in found] == [None, "9074729", "9811000"]


def test_an_mmsi_is_not_enough():
    found = laid_over(ships(("ONE", ""), mmsi=["445123000"]), ships(("TWO", ""), authority="UK", mmsi=["445123000"]))
    assert len(found) == 2


def listing(**changes: object) -> Listing:
    plain = Listing("US", "OFAC", "SHIP", date(2020, 1, 1), None, "", (("asset_freeze", None),), ("E.O. 13810",), "77")
    return replace(plain, **changes)


def test_the_same_listing_twice_is_one():
    again = listing(list="OFAC XML", legal_basis=("DPRK4",), measures=(("port_entry_ban", None),))
    [one] = one_of_each([listing(), again], "9074729")
    assert (one.list, one.legal_basis) == ("OFAC", ("E.O. 13810", "DPRK4"))
    assert one.measures_on(date(2021, 1, 1)) == ("asset_freeze", "port_entry_ban")


def test_a_publication_without_dates_adds_no_second_listing():
    for given in ([listing(), listing(listed_on=None)], [listing(listed_on=None), listing()]):
        assert [x.listed_on for x in one_of_each(given, None)] == [date(2020, 1, 1)]


@pytest.mark.parametrize("other", [{"authority": "UK"}, {"entry_id": "78"}, {"listed_on": date(2021, 1, 1)}])
def test_another_authority_entry_or_day_is_another_listing(other):
    assert len(one_of_each([listing(), listing(**other)], "9074729")) == 2


def test_without_an_entry_id_the_number_is_the_key():
    both = [listing(entry_id="", listed_name="OLD"), listing(entry_id="", listed_name="NEW")]
    assert len(one_of_each(both, "9074729")) == 1
    assert len(one_of_each(both, None)) == 2


def test_a_listing_ends_only_where_both_say_so():
    ended = listing(delisted_on=date(2022, 1, 1))
    assert one_of_each([ended, listing(list="other")], None)[0].delisted_on is None
    assert one_of_each([ended, replace(ended, list="other")], None)[0].delisted_on == date(2022, 1, 1)


def imo(number: int) -> str:
    body = f"{900000 + number:06}"
    digits = body + str(sum(int(d) * w for d, w in zip(body, (7, 6, 5, 4, 3, 2), strict=True)) % 10)
    assert parse_imo(digits).state == "ship"
    return digits


def test_ten_thousand_ships_are_merged_in_a_time_that_grows_with_their_number():
    many = [
        (f"SHIP {'ABCDEFGHIJ'[i % 10]}{'KLMNOPQRST'[i // 10 % 10]} {i}", imo(i) if i % 20 else "")
        for i in range(10_000)
    ]
    first, second = ships(*many), ships(*many, authority="UK")

    def seconds(share: int) -> float:
        begun = time.process_time()
        assert len(laid_over(first[:share], second[:share])) == share
        return time.process_time() - begun

    assert seconds(10_000) < 25 * seconds(1_000) + 0.5
