"""Listed companies: what a cell names, how sure that is, and what the bundled data promises."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack import reference
from vesseltrack.vessels.companies import CompanyIndex, company_candidates, company_columns, named_companies
from vesseltrack.vessels.company_names import company_key
from vesseltrack.vessels.identifiers import company_check_digit, ship_check_digit
from vesseltrack.vessels.listed_companies import bundled_companies, companies_in_force
from vesseltrack.vessels.loading import load_register

ROWS = reference.rows("companies.csv")
COMPANIES = bundled_companies()
INDEX = CompanyIndex(COMPANIES, {"8106496": "SAM MA 2"})


def found(text):
    return {(hit.company.name, hit.company.listing.authority, hit.grade) for hit in INDEX.find(text)}


# Names


@pytest.mark.parametrize(
    "text",
    [
        "KOREA SAMMA SHIPPING CO",
        "Korea Samma Shpg Co., Ltd.",
        "korea samma shipping company limited",
        "KOREA  SAM MA SHIPPING",
        "Korea-Samma Shipping Co.,Ltd",
        "KOREA SAMMA SHIPPING CO, Rakrang 3-dong, Pyongyang, DPRK",
        "Ever Glory Marine SA; KOREA SAMMA SHPG CO",
        "KOREA SAMMA SHIPPING (IMO 5145892)",
        "\x1b[31mKOREA SAMMA SHIPPING CO",
        "5145892",
        "IMO 5145892",
        "5145892.0",
    ],
)
def test_one_company_however_it_is_written(text):
    assert found(text) == {("KOREA SAMMA SHIPPING CO", "UN", "match"), ("KOREA SAMMA SHPG CO", "US", "match")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phyongchon Shipping and Marine", "PHYONGCHON SHIPPING & MARINE"),
        ("Korea Kumbyol Trdg Co", "KOREA KUMBYOL TRADING COMPANY"),
        ("Ocean Bunkering J.V. Co.", "OCEAN BUNKERING JV CO"),
        ("Ocean Bunkering Joint Venture Company", "OCEAN BUNKERING JV CO"),
        ("ООО MG Flot", "MG-FLOT"),
        ("M Leasing L.L.C.", "OOO M LEASING"),
        ("Huaxin Shipping (Hong Kong) Limited", "HUAXIN SHIPPING HONGKONG LTD"),
        ("Jui Zong Shipmanagement Co", "JUI ZONG SHIP MANAGEMENT CO LTD"),
        ("Müller Reederei GmbH", "MULLER REEDEREI"),
        ("조선해운 유한회사", "주식회사조선해운"),
        ("華信海運有限公司", "華信海運"),
        ("Ｋｏｔｉ　Ｃｏｒｐ", "KOTI"),
        ("Maersk A/S", "MAERSK"),
    ],
)
def test_names_that_are_one(one, other):
    assert company_key(one).name == company_key(other).name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OCEAN", "OCEAN BUNKERING"),
        ("KOREA SAMMA", "KOREA SAMMA SHIPPING"),
        ("KOREA SAMJONG SHIPPING", "KOREA SAMMA SHIPPING"),
        ("OCEAN SHIPPING", "OCEAN TRADING"),
        ("COMPANY", "LIMITED"),
    ],
)
def test_names_that_are_two(one, other):
    assert company_key(one).name != company_key(other).name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "unknown",
        "OCEAN",
        "OCEAN BUNKERING",
        "SHIPPING CO LTD",
        "CO., LTD.",
        "KOREA",
        "8106496",
        "5145893",
    ],
)
def test_what_names_no_listed_company(text):
    assert not INDEX.find(text)


@pytest.mark.parametrize("text", ["KOREA SAMNA SHIPPING CO", "Korea Sama Shipping", "KOREA SAMMA SHIPPNIG"])
def test_one_slip_of_the_pen_is_a_review_that_names_both(text):
    hits = INDEX.find(text)
    assert {hit.grade for hit in hits} == {"review"}
    assert repr(text) in hits[0].reasons[0]
    assert "'KOREA SAMMA SHIPPING CO'" in hits[0].reasons[0]


def test_a_short_name_must_agree_in_its_legal_form():
    assert {grade for _, _, grade in found("Koti Corporation")} == {"match"}
    assert {grade for _, _, grade in found("KOTI LTD")} == {"review"}
    assert not found("KOTA CORP"), "a slip in a short name is another company"


@pytest.mark.parametrize("text", ["OMM", "East Sea Shipping Co", "LIBERTY SHIPPING CO LTD"])
def test_an_abbreviation_or_a_name_of_plain_words_is_a_review(text):
    assert {grade for _, _, grade in found(text)} == {"review"}


def test_a_number_that_is_valid_as_a_ships_too_is_found_as_the_companys():
    (hit,) = INDEX.numbered("1790183")
    assert (hit.company.name, hit.grade) == ("OCEAN MARITIME MANAGEMENT COMPANY LIMITED", "match")


def test_in_the_place_of_a_ships_number_only_a_companys_number_counts():
    assert named_companies(INDEX, "ship number", "5145892")
    assert not named_companies(INDEX, "ship number", "KOREA SAMMA SHIPPING CO")
    assert not named_companies(INDEX, "ship number", "8106496")


def test_a_company_on_two_lists_has_one_key_and_the_un_goes_first():
    hits = INDEX.find("KOREA SAMMA SHIPPING CO")
    assert [hit.company.listing.authority for hit in hits] == ["UN", "US"]
    assert len({hit.key for hit in hits}) == 1
    assert INDEX.find("PAEKMA SHIPPING CO")[0].key != hits[0].key


def test_the_reason_says_which_ships_the_list_links_to_the_company():
    register = load_register()
    hits = company_candidates(register, "KOREA SAMMA SHIPPING CO")
    assert hits[1].reasons[-1] == "a company that the list OFAC SDN links to SAM MA 2 (IMO 8106496)"
    assert register.company_index is register.company_index
    many = company_candidates(register, "Ocean Maritime Management Company, Limited (OMM)")[0]
    assert many.linked.endswith("CHONG RIM 2 (IMO 8916293) and 19 more")


def test_a_register_without_companies_finds_none():
    register = replace(load_register(), imported_companies=None)
    assert company_candidates(register, "KOREA SAMMA SHIPPING CO") == ()


def test_an_imported_company_is_laid_over_the_bundled_one_and_drops_no_other():
    assert companies_in_force() == COMPANIES
    (bundled,) = [c for c in COMPANIES if c.listing.entry_id == "KPe.020"]
    listing = replace(bundled.listing, list="imported", listed_name="OMM")
    imported = replace(bundled, name="OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)", aliases=(), listing=listing)
    for one_of in (imported, replace(imported, imo=None), replace(imported, name="Something Else Co")):
        companies = companies_in_force([one_of])
        assert len(companies) == len(COMPANIES)
        (one,) = [c for c in companies if c.listing.list == "imported"]
        assert (one.imo, one.ships) == ("1790183", bundled.ships)
        assert "KOREA MIRAE SHIPPING CO LTD" in one.aliases
        assert bundled not in companies


@pytest.mark.parametrize("change", [{"authority": "EU"}, {"imo": "5145892"}])
def test_a_company_of_another_authority_or_with_another_number_is_another_company(change):
    (bundled,) = [c for c in COMPANIES if c.listing.entry_id == "KPe.020"]
    changes = {"imo": change["imo"]} if "imo" in change else {"listing": replace(bundled.listing, **change)}
    assert bundled in companies_in_force([replace(bundled, **changes)])


def listed_as(*names):
    return CompanyIndex(tuple(replace(COMPANIES[0], name=name, aliases=(), imo=None) for name in names), {})


@pytest.mark.parametrize(
    ("written", "text", "grade"),
    [
        ("OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)", "Ocean Maritime Management Co Ltd", "match"),
        ("OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)", "OMM", "review"),
        ("ORIENT PEARL SHIPPING (PVT) LTD", "Orient Pearl Shipping Pvt. Ltd.", "match"),
        ("ORIENT PEARL SHIPPING (a.k.a. GOLDEN PEARL MARINE)", "Golden Pearl Marine", "match"),
        ("ORIENT PEARL SHIPPING (a.k.a. GOLDEN PEARL MARINE)", "ORIENT PEARL SHIPPING CO", "match"),
        ("ORIENT PEARL SHIPPING (GOLDEN PEARL MARINE CO., LTD)", "Golden Pearl Marine", "match"),
        ("ORIENT PEARL SHIPPING (HONG KONG) LTD", "Orient Pearl Shipping (Hong Kong) Limited", "match"),
        ("ORIENT PEARL SHIPPING (HONG KONG) LTD", "Orient Pearl Shipping Co", "review"),
    ],
)
def test_a_listed_name_with_brackets_is_read_like_a_query(written, text, grade):
    assert [hit.grade for hit in listed_as(written).find(text)] == [grade]


@pytest.mark.parametrize("text", ["Hong Kong", "HK", "Dalian", "Limited"])
def test_a_place_in_brackets_is_no_companys_name(text):
    names = ("ORIENT PEARL SHIPPING (HONG KONG) LTD", "HERON KINGFISHER (HK) CO", "OCEAN STAR MARINE (DALIAN) CO LTD")
    assert not listed_as(*names).find(text)


def test_second_columns_of_owners_and_managers_are_looked_at_too():
    columns = ["vessel", "imo", "owner", "manager", "x:Operator", "x:Operator (2)", "x:IMO No", "x:colour"]
    assert company_columns(columns) == (
        ("imo", "ship number"), ("owner", "owner"), ("manager", "manager"), ("x:Operator", "manager"),
        ("x:Operator (2)", "manager"),
    )  # fmt: skip


@given(st.text())
def test_any_text_can_be_looked_for(text):
    INDEX.find(text)


# companies.csv


def test_every_row_has_a_source_an_authority_and_a_list():
    assert not [row for row in ROWS if not (row["name"] and row["source"] and row["authority"] and row["list"])]
    assert Counter(row["authority"] for row in ROWS) == {"US": 51, "UN": 23, "EU": 2}


def test_a_listing_of_a_company_is_unique():
    keys = Counter((row["authority"], row["list"], company_key(row["name"]).name) for row in ROWS)
    assert set(keys.values()) == {1}


def test_numbers_are_those_of_companies_and_of_ships():
    assert not [row["name"] for row in ROWS if row["imo"] and not company_check_digit(row["imo"])]
    ships = {ship for row in ROWS for ship in row["ships"].split(";") if ship.isdigit()}
    assert not [ship for ship in ships if not ship_check_digit(ship)]


def test_one_number_is_one_company_and_never_a_ships():
    names = {}
    for row in ROWS:
        if row["imo"]:
            names.setdefault(row["imo"], set()).add(company_key(row["name"]).name)
    assert {len(same) for same in names.values()} == {1}
    assert names.keys().isdisjoint(load_register().by_imo)


def test_a_day_that_no_source_prints_is_left_empty_and_said_to_be():
    for row in ROWS:
        assert bool(row["listed_on"]) != bool(row["precision"]), row["name"]


def test_the_un_listed_ocean_maritime_management_in_2014_and_21_companies_on_30_march_2018():
    days = Counter(row["listed_on"] for row in ROWS if row["authority"] == "UN")
    assert days == {"2014-07-28": 1, "2016-03-02": 1, "2018-03-30": 21}
    (omm,) = [c for c in COMPANIES if c.listing.entry_id == "KPe.020"]
    assert (omm.listing.listed_on, omm.imo, len(omm.ships)) == (date(2014, 7, 28), "1790183", 22)


def test_every_company_that_the_register_names_is_there():
    linked = " ".join(row["also_listed"] for row in reference.rows("vessels.csv"))
    ours = {row["name"] for row in ROWS}
    named = set(re.findall(r"\(linked to ([^),]+)|, ([A-Z][A-Z ]+ (?:LTD|LIMITED))(?=[,)])", linked))
    names = {one or other for one, other in named} - {"HUANG"}
    assert len(names) >= 30
    assert {company_key(name).name for name in names} <= {company_key(name).name for name in ours}
