"""What the bundled data promises: counts, check digits, unique keys, geometry, dates in order, a source in every row."""

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations, pairwise
from math import cos, hypot, radians
from statistics import median

import pytest
import shapely
from shapely.geometry import Point, shape

from vesseltrack import reference
from vesseltrack.sightings.dates import When, parse_date

VESSELS = reference.rows("vessels.csv")
LISTINGS = [row for row in VESSELS if row["status"] != "unlisted"]
FEATURES = [
    (feature["properties"], shape(feature["geometry"]) if feature["geometry"] else None)
    for feature in reference.geojson("ports.geojson")["features"]
]
PORTS = {properties["id"]: (properties, outline) for properties, outline in FEATURES if properties["kind"] == "port"}
FACILITIES = {
    properties["id"]: (properties, outline) for properties, outline in FEATURES if properties["kind"] == "facility"
}
REPORTED = reference.rows("reported.csv")
PUBLISHED = reference.rows("published.csv")
TANKERS = reference.rows("tanker_sizes.csv")
EXAMPLE = reference.rows("examples/vostochny-2024.csv")
METRES_PER_DEGREE = 111_195


def the_vessel(name, listed_on=""):
    (row,) = [row for row in VESSELS if row["name"] == name and (not listed_on or row["listed_on"] == listed_on)]
    return row


def aliases(row):
    return {
        found[1].strip(): found[2] or "variant"
        for found in (re.fullmatch(r"([^\[]+?)(?: \[(\w+).*\])?", part) for part in row["aliases"].split(";") if part)
    }


def has_ship_check_digit(imo):
    return len(imo) == 7 and sum(
        int(digit) * weight for digit, weight in zip(imo, range(7, 1, -1), strict=False)
    ) % 10 == int(imo[6])


def metres(one, other):
    """Between outlines or points in degrees, on a map true at their middle."""
    middle = (one.centroid.y + other.centroid.y) / 2
    there, here = (
        shapely.transform(g, lambda xy: xy * [cos(radians(middle)) * METRES_PER_DEGREE, METRES_PER_DEGREE])
        for g in (one, other)
    )
    return there.distance(here)


# vessels.csv: listings


def test_59_ships_are_listed_and_9_were_delisted():
    assert Counter(row["status"] for row in LISTINGS) == {"listed": 59, "delisted": 9}


def test_listings_by_day_are_those_of_the_un():
    assert Counter(row["listed_on"] for row in LISTINGS) == {
        "2016-03-02": 31,  # Annex III of 2270: 31, of which 4 and 5 were taken off
        "2017-10-03": 4,
        "2017-12-28": 4,
        "2018-03-30": 26,  # and HAO FAN 6, which stands under its first listing
        "2018-10-16": 3,
    }


def test_the_27_ships_of_30_march_2018_are_13_freeze_and_ban_12_deflag_and_ban_2_freeze_only():
    day = "2018-03-30"
    measures = Counter(row["measures"] for row in LISTINGS if row["listed_on"] == day)
    measures["deflag;port_entry_ban"] += sum(f"deflag@{day}" in row["measures"] for row in LISTINGS)
    assert measures == {"asset_freeze;port_entry_ban": 13, "deflag;port_entry_ban": 12, "asset_freeze": 2}


def test_the_four_ships_of_28_december_2017_are_banned_from_ports_and_sam_jong_2_is_not_among_them():
    four = {row["name"]: row["measures"] for row in LISTINGS if row["listed_on"] == "2017-12-28"}
    assert four == dict.fromkeys(["BILLIONS NO. 18", "UL JI BONG 6", "RUNG RA 2", "RYE SONG GANG 1"], "port_entry_ban")
    assert the_vessel("SAM JONG 2")["listed_on"] == "2018-03-30"


def test_hao_fan_6_is_banned_from_2017_and_deflagged_from_2018():
    row = the_vessel("HAO FAN 6")
    assert (row["listed_on"], row["measures"]) == ("2017-10-03", "deflag@2018-03-30;port_entry_ban")


def test_chon_ma_san_an_san_1_and_wan_heng_11_carry_a_port_entry_ban_and_the_first_two_an_asset_freeze():
    assert {name: the_vessel(name)["measures"] for name in ("CHON MA SAN", "AN SAN 1", "WAN HENG 11")} == {
        "CHON MA SAN": "asset_freeze;port_entry_ban",
        "AN SAN 1": "asset_freeze;port_entry_ban",
        "WAN HENG 11": "deflag;port_entry_ban",
    }


def test_fan_ke_and_ever_bright_88_are_two_listings_of_one_hull():
    first, second = the_vessel("EVER BRIGHT 88"), the_vessel("FAN KE")
    assert first["imo"] == second["imo"] == "8914934"
    assert (first["listed_on"], first["delisted_on"], second["listed_on"]) == ("2016-03-02", "2016-12-17", "2018-03-30")


def test_a_believed_delisting_date_says_that_it_is_believed():
    dates = Counter((row["delisted_on"], bool(row["precision"])) for row in LISTINGS if row["status"] == "delisted")
    assert dates == {("2016-03-21", False): 4, ("2016-12-17", True): 5}


def test_measures_are_known_words_in_order_and_start_no_earlier_than_the_listing():
    for row in LISTINGS:
        names, since = zip(*(measure.partition("@")[::2] for measure in row["measures"].split(";")), strict=True)
        assert set(names) <= {"asset_freeze", "port_entry_ban", "deflag"}, row
        assert list(names) == sorted(set(names)), row
        assert all(not day or date.fromisoformat(day) >= date.fromisoformat(row["listed_on"]) for day in since), row


def test_every_measure_has_its_legal_basis():
    basis_of = {"deflag": "UNSCR 2321 (2016) para 12(a)", "port_entry_ban": "UNSCR 2371 (2017) para 6"}
    for row in LISTINGS:
        assert all(re.match(r"UNSCR \d{4} \(20\d\d\) para \d+", basis) for basis in row["legal_basis"].split(";")), row
        for measure, basis in basis_of.items():
            assert (measure in row["measures"]) == (basis in row["legal_basis"].split(";")), row


# vessels.csv: ships


def test_every_imo_number_passes_the_check_digit_of_ships():
    assert [row["name"] for row in VESSELS if row["imo"] and not has_ship_check_digit(row["imo"])] == []


def test_a_listing_is_unique_by_authority_ship_and_day():
    keys = Counter(
        (row["authority"], row["entry_id"] or row["imo"] or row["name"], row["listed_on"]) for row in LISTINGS
    )
    assert set(keys.values()) == {1}


def test_a_ship_on_no_list_has_one_row_and_no_listing():
    unlisted = [row for row in VESSELS if row["status"] == "unlisted"]
    listed = {row["imo"] for row in LISTINGS} - {""}
    assert set(Counter(row["name"] for row in unlisted).values()) == {1}
    for row in unlisted:
        assert row["imo"] not in listed, row
        assert not any(
            row[column] for column in ("authority", "list", "listed_on", "delisted_on", "measures", "legal_basis")
        ), row


def test_dates_are_in_order():
    for row in LISTINGS:
        listed = date.fromisoformat(row["listed_on"])
        assert date(2016, 3, 2) <= listed
        assert bool(row["delisted_on"]) == (row["status"] == "delisted"), row
        assert not row["delisted_on"] or date.fromisoformat(row["delisted_on"]) > listed, row


def test_every_ship_has_a_source_and_a_confidence():
    assert [row["name"] for row in VESSELS if not row["source"]] == []
    assert {row["confidence"] for row in VESSELS} == {"high", "medium", "low"}


def test_vocabulary_of_the_register():
    assert {row["status"] for row in VESSELS} == {"listed", "delisted", "unlisted"}
    assert {row["role"] for row in VESSELS} == {"trade_tanker", "supplier_tanker", "munitions_carrier", ""}
    assert {row["common_name"] for row in VESSELS} == {"yes", ""}
    assert {row["type"] for row in VESSELS} == {
        "oil tanker", "tanker", "cargo", "general cargo", "dry cargo", "bulk carrier", "ro-ro", "container ship",
        "refrigerated cargo", "fish carrier", "passenger", "",
    }  # fmt: skip
    assert {"North Korea", "KP"}.isdisjoint(row["flag"] for row in VESSELS)
    for row in VESSELS:
        assert ("tanker" in row["type"]) == row["role"].endswith("_tanker"), row


def test_tonnages_are_plausible_numbers_in_tonnes():
    for row in VESSELS:
        for column in ("deadweight_tonnes", "gross_tonnage", "observed_load_tonnes", "observed_load_m3"):
            assert not row[column] or 100 <= float(row[column]) <= 50_000, row
        assert not row["built"] or 1950 <= int(row["built"]) <= 2026, row
        assert all(re.fullmatch(r"[2-7]\d{8}", mmsi) for mmsi in row["mmsi"].split(";") if mmsi), row


def test_an_alias_is_written_so_that_it_can_be_read():
    kinds = set()
    for row in VESSELS:
        for part in filter(None, row["aliases"].split(";")):
            found = re.fullmatch(
                r"[^\[\];]+ \[(listed|former|variant|painted|laundered|translated)( \d{4}(/|-\d\d/\d{4}-\d\d)?)?\]",
                part,
            )
            assert found, (row["name"], part)
            kinds.add(found[1])
    assert kinds == {"former", "variant", "painted", "laundered", "translated"}


def test_a_full_strength_name_means_one_ship():
    owners = defaultdict(set)
    for row in VESSELS:
        for name in {row["name"], *(alias for alias, kind in aliases(row).items() if kind in {"former", "variant"})}:
            owners[re.sub(r"\W", "", name)].add(row["imo"] or row["name"])
    assert {name: ships for name, ships in owners.items() if len(ships) > 1} == {}


@pytest.mark.parametrize(
    ("name", "listed_as"),
    [
        ("KUM JIN GANG 3", "WAN HENG 11"),
        ("SONG WON 2", "NEW REGENT"),
        ("SIN PHYONG 9", "CHONG RIM 2"),
        ("KINGSWAY", "BILLIONS NO. 18"),
    ],
)
def test_a_later_registered_name_leads_to_the_listed_ship_at_full_strength(name, listed_as):
    assert aliases(the_vessel(listed_as))[name] == "variant"


@pytest.mark.parametrize(
    ("name", "ship", "kind"),
    [
        ("HOPE SEA", "AN SAN 1", "painted"),
        ("SONG HAE", "RYE SONG GANG 1", "painted"),
        ("HAI XIN YOU 606", "SAM MA 2", "painted"),
        ("SHUN FA", "BILLIONS NO. 18", "laundered"),
        ("HAI ZHOU 168", "SUBBLIC", "laundered"),
        ("BAEKDU MOUNTAIN 1", "PAEK YANG SAN 1", "translated"),
    ],
)
def test_a_disguise_or_translation_is_marked_as_such(name, ship, kind):
    assert aliases(the_vessel(ship))[name] == kind


def test_a_laundered_identitys_imo_number_is_not_the_ships_own():
    assert the_vessel("SUBBLIC")["imo"] == ""
    assert {"8514045", "8528864"}.isdisjoint(row["imo"] for row in VESSELS)


def test_deadweight_of_the_documented_tankers():
    assert {
        name: the_vessel(name)["deadweight_tonnes"]
        for name in ("CHON MA SAN", "PAEK YANG SAN 1", "RYE SONG GANG 1", "AN SAN 1")
    } == {
        "CHON MA SAN": "3565",
        "PAEK YANG SAN 1": "2998",
        "RYE SONG GANG 1": "3003",
        "AN SAN 1": "",
    }


def test_the_munitions_shuttle_is_known():
    carriers = {row["name"] for row in VESSELS if row["role"] == "munitions_carrier"}
    assert carriers >= {"ANGARA", "MARIA", "MAIA-1", "LADY R"}


# ports.geojson


def test_every_outline_is_valid_and_every_place_has_a_source():
    for properties, outline in FEATURES:
        assert properties["source"] and properties["outline"], properties["id"]  # noqa: PT018
        assert (properties["uncertainty_m"] is None) == (outline is None), properties["id"]
        if outline is None:
            assert "none" in properties["outline"], properties["id"]
        else:
            assert outline.geom_type in {"Polygon", "MultiPolygon"}
            assert shapely.is_valid(outline), (properties["id"], shapely.is_valid_reason(outline))
            west, south, east, north = outline.bounds
            assert 20 < south < north < 50, properties["id"]
            assert 115 < west < east < 145, properties["id"]


def test_ids_are_unique_and_facilities_name_their_port():
    assert len(PORTS) + len(FACILITIES) == len(FEATURES)
    assert {properties["port"] for properties, _ in FACILITIES.values()} <= set(PORTS)


def test_vocabulary_of_the_gazetteer():
    assert {role for properties, _ in PORTS.values() for role in properties["roles"]} <= {
        "oil_loading", "oil_supply", "oil_discharge", "munitions", "transfer_area", "other",
    }  # fmt: skip
    assert {properties["role"] for properties, _ in FACILITIES.values()} <= {
        "oil_loading", "oil_discharge", "container_terminal", "munitions_pier", "anchorage", "transfer_area", "other",
    }  # fmt: skip
    assert {properties["country"] for properties, _ in PORTS.values()} == {"RU", "KP", "CN", "TW", ""}


def test_ports_never_overlap():
    drawn = [(identity, outline) for identity, (_, outline) in PORTS.items() if outline is not None]
    assert [(a, b) for (a, one), (b, other) in combinations(drawn, 2) if one.intersects(other)] == []


def test_a_port_point_lies_in_its_outline():
    for properties, outline in PORTS.values():
        if properties["point"]:
            latitude, longitude = properties["point"]
            assert outline.contains(Point(longitude, latitude)), properties["id"]


def test_a_facility_lies_in_its_port_and_overlaps_no_other():
    for properties, outline in FACILITIES.values():
        assert outline is None or PORTS[properties["port"]][1].covers(outline), properties["id"]
    for (one, first), (other, second) in combinations(FACILITIES.values(), 2):
        if one["port"] == other["port"] and first is not None and second is not None:
            assert not first.intersects(second), (one["id"], other["id"])


def test_vostochnys_oil_berth_and_container_terminal_lie_less_than_a_kilometre_apart_and_cannot_be_told_apart():
    berth, terminal = FACILITIES["vostochny-oil-berth"], FACILITIES["vostochny-container-terminal"]
    assert metres(berth[1].centroid, terminal[1].centroid) < 1000
    assert min(berth[0]["uncertainty_m"], terminal[0]["uncertainty_m"]) > metres(berth[1], terminal[1])
    assert terminal[0]["operator"] == "Eastern Stevedoring Company"
    assert terminal[0]["operator_listings"] == ["US 2024-02-23"]


def test_no_berth_claims_to_be_located_better_than_the_sources_allow():
    for properties, outline in FACILITIES.values():
        if outline is not None and properties["role"] != "anchorage":
            assert properties["uncertainty_m"] >= 2000, properties["id"]


def test_kozmino_is_seven_kilometres_from_vostochny():
    one, other = (PORTS[identity][0]["point"] for identity in ("vostochny", "kozmino"))
    north = (one[0] - other[0]) * METRES_PER_DEGREE
    east = (one[1] - other[1]) * METRES_PER_DEGREE * cos(radians(one[0]))
    assert hypot(north, east) == pytest.approx(7000, abs=300)


def test_the_roads_off_the_oil_berth_are_within_three_kilometres_of_it_and_the_outer_anchorage_is_not():
    berth = FACILITIES["vostochny-oil-berth"][1]
    near, outer = FACILITIES["vostochny-roads"], FACILITIES["vostochny-outer-anchorage"]
    assert near[0]["near_loading_berth"]
    assert metres(near[1], berth) < 3000
    assert not outer[0]["near_loading_berth"]
    assert [identity for identity, (properties, _) in FACILITIES.items() if properties["near_loading_berth"]] == [
        "vostochny-roads"
    ]


@pytest.mark.parametrize(
    ("port", "codes"),
    [
        ("vostochny", ["RUVYP"]), ("kozmino", ["RUKZM"]), ("nakhodka", ["RUNJK"]), ("vladivostok", ["RUVVO"]),
        ("vanino", ["RUVNN"]), ("zarubino", ["RUZAR"]), ("posyet", ["RUPSE"]), ("chongjin", ["KPCHO"]),
        ("nampo", ["KPNAM"]), ("songnim", ["KPSGN"]), ("haeju", ["KPHAE"]), ("wonsan", ["KPWON"]),
        ("hungnam", ["KPHGM"]), ("rajin", ["KPRJN", "KPNJN"]), ("kim-chaek", ["KPSON"]), ("tanchon", ["KPTCH"]),
        ("dalian", ["CNDLC"]), ("longkou", ["CNLKU"]), ("ningbo-zhoushan", ["CNNGB", "CNZOS"]), ("ningde", ["CNNDE"]),
        ("lianyungang", ["CNLYG"]), ("slavyanka", []), ("dunay", []), ("sonbong", []),
    ],
)  # fmt: skip
def test_unlocodes(port, codes):
    assert PORTS[port][0]["unlocodes"] == codes


def test_places_without_known_coordinates_have_none():
    assert {identity for identity, (_, outline) in PORTS.items() if outline is None} == {
        "cho-do", "taehwa-do", "east-china-sea-sts", "off-taiwan-sts",
    }  # fmt: skip
    assert PORTS["sok-to"][0]["uncertainty_m"] >= 10_000


def test_a_port_name_alias_or_code_means_one_port():
    owners = defaultdict(set)
    for identity, (properties, _) in PORTS.items():
        for name in (properties["name"], *properties["aliases"], *properties["unlocodes"]):
            owners[re.sub(r"\W", "", name).casefold()].add(identity)
    assert {name: ports for name, ports in owners.items() if len(ports) > 1} == {}


def test_a_facility_name_means_one_facility_of_its_port():
    owners = defaultdict(set)
    for identity, (properties, _) in FACILITIES.items():
        for name in (properties["name"], *properties["aliases"]):
            owners[properties["port"], re.sub(r"\W", "", name).casefold()].add(identity)
    assert {name: facilities for name, facilities in owners.items() if len(facilities) > 1} == {}


def test_vostochny_cosmodrome_is_not_among_the_names():
    assert not any("cosmodrome" in name.casefold() for properties, _ in FEATURES for name in properties["aliases"])


# regimes, products, fleet


def test_the_caps_are_those_of_2375_and_2397():
    regimes = {regime["id"]: regime for regime in reference.toml("regimes.toml")["regime"]}
    assert {(r["id"], r["limit_barrels"], r["first"].isoformat(), r["yearly"]) for r in regimes.values()} == {
        ("refined-2017", 500_000, "2017-10-01", False),
        ("refined", 500_000, "2018-01-01", True),
        ("crude", 4_000_000, "2017-12-22", True),
    }
    assert regimes["refined-2017"]["last"] == date(2017, 12, 31)
    assert regimes["refined"]["notices_percent"] == [75, 90, 95], "there is no notice at 100 percent"
    assert regimes["crude"]["limit_tonnes"] == 525_000
    assert all(regime["legal_basis"] and regime["source"] for regime in regimes.values())


def test_products_are_unique_and_weigh_something_between_bitumen_and_gas():
    products = reference.rows("products.csv")
    names = Counter(
        name.strip().casefold()
        for row in products
        for name in {row["product"], *row["names"].split(";")}
        if name.strip()
    )
    lower = Counter(row["product"].casefold() for row in products)
    assert set(lower.values()) == {1}
    assert [name for name, times in names.items() if times > 1 and name not in lower] == []
    for row in products:
        assert 6 < float(row["barrels_per_tonne"]) < 12, row
        assert row["regime"] in {"refined", "crude", ""}
        assert row["source"]


def test_the_committees_basket_is_8_33_and_crude_is_apart():
    products = {row["product"]: row for row in reference.rows("products.csv")}
    assert float(products["unspecified"]["barrels_per_tonne"]) == 8.33
    assert [name for name, row in products.items() if row["regime"] == "crude"] == ["crude"]
    assert products["lubricants"]["regime"] == products["bitumen"]["regime"] == "refined"


def test_fleet_capacities_follow_from_their_arithmetic():
    fleet = {row["stratum"]: row for row in reference.rows("fleet.csv")}
    expected = {
        "vostochny_run": (1000 * 0.92 * 6.35, 1_000_000 / 43, 9000 * 0.97 * 8.53),
        "russian_run_before_2024": (500 * 6.35, 1250 * 8.33, 3000 * 0.97 * 8.53),
        "nampo_fleet": (14_000, median([14_373, 17_074, 20_590, 19_750, 18_877, 19_456]), 21_000),
    }
    assert set(fleet) == set(expected)
    for stratum, row in fleet.items():
        found = [int(row[column]) for column in ("low_barrels", "central_barrels", "high_barrels")]
        assert found == pytest.approx(expected[stratum], abs=0.51)
        assert found == sorted(found)
        assert row["basis"] and row["source"]  # noqa: PT018


def test_a_fleet_says_whether_its_range_is_of_ships_or_of_their_mean():
    """The published figures for Nampo are means per call; the others are of single ships."""
    assert {row["stratum"]: row["range_of"] for row in reference.rows("fleet.csv")} == {
        "vostochny_run": "ships",
        "russian_run_before_2024": "ships",
        "nampo_fleet": "mean",
    }


# tanker_sizes.csv


def ratios(rows):
    """Deadweight by gross tonnage and by cubic metre of length, of the rows that have them."""
    return (
        {r["name"]: float(r["deadweight_tonnes"]) / float(r["gross_tonnage"]) for r in rows if r["gross_tonnage"]},
        {r["name"]: float(r["deadweight_tonnes"]) / float(r["length_m"]) ** 3 for r in rows if r["length_m"]},
    )


def test_35_small_tankers_each_with_a_source_a_deadweight_and_a_length_or_gross_tonnage():
    assert len(TANKERS) == len({row["name"] for row in TANKERS}) == 35
    for row in TANKERS:
        assert row["source"], row
        assert 500 <= float(row["deadweight_tonnes"]) <= 16_500, row
        assert row["length_m"] or row["gross_tonnage"], row
        assert not row["length_m"] or 50 <= float(row["length_m"]) <= 130, row
        assert not row["imo"] or has_ship_check_digit(row["imo"]), row


def test_the_ratios_of_small_tankers():
    by_tonnage, by_length = (sorted(found.values()) for found in ratios(TANKERS))
    assert (len(by_tonnage), len(by_length)) == (10, 32)
    assert (by_tonnage[0], median(by_tonnage), by_tonnage[-1]) == pytest.approx((1.237, 1.572, 2.841), abs=0.001)
    assert (by_length[0], median(by_length), by_length[-1]) == pytest.approx((0.00311, 0.00471, 0.00733), abs=0.00001)


def test_gross_register_tons_are_no_gross_tonnage():
    """Tons of before 18 July 1982, when the tonnage convention of 1969 came into force, measure something else."""
    old = [row for row in TANKERS if row["built"] and int(row["built"]) < 1982]
    assert len(old) == 9
    assert all(not row["gross_tonnage"] and "gross register tons" in row["notes"] for row in old)


def test_the_registers_ships_have_the_same_figures_there():
    both = [row for row in TANKERS if "data/vessels.csv" in row["notes"]]
    assert {row["name"] for row in both} == {"OCEAN SKY", "COURAGEOUS", "LIGHTHOUSE WINMORE"}
    for row in both:
        ship = the_vessel(row["name"])
        assert row["deadweight_tonnes"] == ship["deadweight_tonnes"]
        assert row["gross_tonnage"] == ship["gross_tonnage"]


def test_the_ships_of_the_trade_lie_inside_the_range_of_the_others():
    """OCEAN SKY by its length, COURAGEOUS by its tonnage: what other tankers measure holds for these two."""
    by_tonnage, by_length = ratios([row for row in TANKERS if "data/vessels.csv" not in row["notes"]])
    of_tonnage, of_length = ratios(TANKERS)
    assert min(by_tonnage.values()) < of_tonnage["COURAGEOUS"] < max(by_tonnage.values())
    assert min(by_length.values()) < of_length["OCEAN SKY"] < max(by_length.values())


# reported.csv


def test_every_report_has_a_known_status_a_period_within_one_year_and_a_source():
    for row in REPORTED:
        assert row["status"] in {"current", "superseded", "conflict", "press_conversion", "not_filed"}
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["month_from"]), row
        assert row["month_from"] <= row["month_to"], row
        assert row["month_from"][:4] == row["month_to"][:4], row
        assert row["state"] in {"China", "Russia", "China+Russia"}
        assert row["source"] and row["confidence"] in {"high", "medium", "low"}  # noqa: PT018
        assert row["status"] in {"current", "not_filed"} or row["notes"], row


def test_not_filed_is_unknown_and_everything_else_has_a_figure():
    for row in REPORTED:
        assert (row["status"] == "not_filed") == (not row["tonnes"] and not row["barrels"]), row


def test_current_barrels_are_the_committees_where_tonnes_are_given_too():
    for row in REPORTED:
        if row["status"] == "current" and row["tonnes"] and row["barrels"]:
            rounding = 8.33 / 2 + 0.5  # tonnes and barrels were printed as whole numbers
            assert float(row["barrels"]) == pytest.approx(float(row["tonnes"]) * 8.33, abs=rounding), row


def test_one_figure_is_current_for_a_state_and_period_and_joint_figures_never_are():
    current = Counter(
        (row["state"], row["month_from"], row["month_to"]) for row in REPORTED if row["status"] == "current"
    )
    assert set(current.values()) == {1}
    assert not any(state == "China+Russia" for state, *_ in current)


def test_no_month_is_both_current_and_known_not_to_have_been_filed():
    unfiled = [row for row in REPORTED if row["status"] == "not_filed"]
    for row in REPORTED:
        if row["status"] == "current":
            assert not any(
                gap["state"] == row["state"]
                and gap["month_from"] <= row["month_to"]
                and row["month_from"] <= gap["month_to"]
                for gap in unfiled
            ), row


def test_a_longer_current_period_holds_no_less_than_the_months_inside_it():
    def barrels(row):
        return float(row["barrels"] or float(row["tonnes"]) * 8.33)

    current = [row for row in REPORTED if row["status"] == "current"]
    for outer in current:
        months = [
            row
            for row in current
            if row["state"] == outer["state"]
            and row["month_from"] == row["month_to"]
            and outer["month_from"] <= row["month_from"] <= outer["month_to"]
            and row is not outer
        ]
        assert sum(map(barrels, months)) <= barrels(outer) * 1.001 + 10, outer


@pytest.mark.parametrize(
    ("state", "year", "barrels"),
    [("Russia", 2018, 241_114), ("Russia", 2019, 277_365), ("China", 2023, 256_861), ("Russia", 2023, 105_845)],
)
def test_the_restated_years_are_current(state, year, barrels):
    (row,) = [
        row
        for row in REPORTED
        if (row["state"], row["month_from"], row["month_to"], row["status"])
        == (state, f"{year}-01", f"{year}-12", "current")
    ]
    assert int(row["barrels"]) == barrels


def test_russia_filed_nothing_after_january_2024():
    assert not any(
        row["state"] == "Russia" and row["month_to"] > "2024-01" and row["status"] != "not_filed" for row in REPORTED
    )


# published.csv


def test_28_published_estimates_each_with_a_period_and_a_way_or_a_reason():
    assert len(PUBLISHED) == len({row["id"] for row in PUBLISHED}) == 28
    for row in PUBLISHED:
        assert date.fromisoformat(row["period_from"]) < date.fromisoformat(row["period_to"]), row
        assert row["source"] and row["published_text"], row  # noqa: PT018
        assert row["url"].startswith("http") or row["source"] in {"RUSI/FT (26 March 2024)", "Press statement"}, row
        assert row["how"] != "not_recomputable" or row["note"], row
        assert bool(row["published_barrels"]) == bool(row["last_digit_barrels"]), row


def test_an_estimate_is_recomputed_from_another_figure_of_the_same_source_and_period():
    by_id = {row["id"]: row for row in PUBLISHED}
    for row in PUBLISHED:
        if row["how"] == "same_source":
            sibling = by_id[row["from_row"]]
            assert sibling is not row
            assert all(sibling[key] == row[key] for key in ("source", "period_from", "period_to", "deliveries")), row
            assert sibling["fill"] != row["fill"], row


# examples/vostochny-2024.csv

SEAS = {"Sea of Japan", "East China Sea", "Yellow Sea", "Korea Strait"}


def test_every_place_of_the_example_is_in_the_gazetteer_or_a_sea():
    names = {name for properties, _ in PORTS.values() for name in (properties["name"], *properties["aliases"])}
    assert {row["port"] for row in EXAMPLE} <= names | SEAS


def test_every_facility_the_report_names_is_found():
    wanted = {
        ("vostochny", "oil bunkering facility"),
        ("vostochny", "oil berth"),
        ("vostochny", "container terminal"),
        ("chongjin", "outer anchorage"),
        ("chongjin", "oil offload berth"),
    }
    named = {
        (properties["port"], name)
        for properties, _ in FACILITIES.values()
        for name in (properties["name"], *properties["aliases"])
    }
    assert wanted <= named
    assert wanted <= {(row["port"].casefold(), row["facility"]) for row in EXAMPLE}


def test_every_row_of_the_example_has_a_date_in_2024_and_a_source():
    for row in EXAMPLE:
        when = parse_date(row["date"])
        assert isinstance(when, When), row
        assert when.start.year <= 2024 <= when.end.year, row
        assert row["source"], row


def test_a_row_names_one_ship_or_counts_unidentified_ones():
    for row in EXAMPLE:
        assert not re.search(r"[;()]", row["vessel"]), row
        assert bool(row["vessel"]) != bool(row["count"]), row


def test_imo_numbers_of_the_example_are_ships_of_the_register():
    assert {row["imo"] for row in EXAMPLE} - {""} <= {row["imo"] for row in VESSELS}


def test_words_of_the_example_are_those_of_the_schema():
    assert {row["ais_status"] for row in EXAMPLE} == {"off", "on", "intermittent", ""}
    assert {row["activity"] for row in EXAMPLE} <= {"moored", "loading", "anchored", "transit", "container", ""}


def test_five_dprk_tankers_lie_at_the_oil_berth_between_6_and_24_march_with_ais_off():
    at_berth = {
        row["vessel"]
        for row in EXAMPLE
        if row["port"] == "Vostochny"
        and row["facility"] == "oil bunkering facility"
        and row["ais_status"] == "off"
        and row["date"] in {"2024-03-06", "2024-03-13", "2024-03-06/2024-03-24"}
    }
    assert at_berth == {"Paek Yang San 1", "Wol Bong San", "Kum Jin Gang 3", "Chon Ma San", "An San 1"}


def test_paek_yang_san_1_came_three_times_and_the_tankers_off_chongjin_were_at_anchor():
    visits = [row["date"] for row in EXAMPLE if row["vessel"] == "Paek Yang San 1" and row["port"] == "Vostochny"]
    assert visits == ["2024-03-06", "2024-03-26", "2024-04-07"]
    anchored = {row["vessel"] for row in EXAMPLE if row["port"] == "Chongjin" and row["activity"] == "anchored"}
    assert anchored == {"Yu Son", "Nam Dae Bong"}


def test_the_example_is_in_order_of_time():
    starts = [parse_date(row["date"]).start for row in EXAMPLE if row["date"][0].isdigit()]
    assert all(earlier <= later for earlier, later in pairwise(starts))
