"""What a ship can carry: bases in order, each a range, and never under a load that was observed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oil.cargoes import cargo

from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.capacity import CargoEvidence, ShipSize, estimate_capacity, load_fleet
from vesseltrack.oil.draws import Draws
from vesseltrack.oil.products import load_products
from vesseltrack.oil.spread import Spread

HEADER = "date,vessel,flag,type,port,facility,product,barrels,cargo_m3,tonnes,length_m\n"
FLEET, PRODUCTS = load_fleet(), load_products()
UNSPECIFIED, DIESEL, FUEL_OIL = (PRODUCTS.find(name) for name in ("", "diesel", "fuel oil"))
NAMPO = FLEET.strata["nampo_fleet"]


def capacity(size=None, cargo=None, product=UNSPECIFIED, stratum=NAMPO):
    return estimate_capacity(
        "SHIP", size or ShipSize(), cargo or CargoEvidence(), product, stratum, FLEET.hulls
    )  # fmt: skip


def range_of(found):
    return found.low, found.central, found.high


def drawn(found, fill=1.0):
    """Full ships of that capacity, draw by draw."""
    return Draws(Assumptions(fill=Spread.exactly(fill)), 5_000).of(cargo("A", capacity=found)).barrels


@pytest.fixture
def of_ship(examine_csv):
    """The capacity of the one delivery of a row."""

    def _of_ship(row, **settings):
        (delivery,) = examine_csv(HEADER + row + "," * (10 - row.count(",")) + "\n", **settings).years[0].deliveries
        return delivery.capacity

    return _of_ship


BASES = [
    ("reported", {"barrels": 9_000.0}, {}),
    ("reported", {"cargo_m3": 1_500.0}, {}),
    ("reported", {"tonnes": 1_200.0}, {}),
    ("deadweight", {}, {"deadweight_tonnes": 3_000.0}),
    ("tonnage", {}, {"gross_tonnage": 1_800.0}),
    ("length", {}, {"length_m": 90.0}),
]


@pytest.mark.parametrize("first", range(len(BASES)))
def test_bases_come_in_order(first):
    """Barrels, cubic metres or tonnes of the call, deadweight, gross tonnage, length; what is better known wins."""
    call, size = {}, {}
    for _, of_call, of_ship in BASES[first:]:
        call |= of_call
        size |= of_ship
    assert capacity(ShipSize(**size), CargoEvidence(**call)).evidence == BASES[first][0]


def test_barrels_go_before_cubic_metres_and_these_before_tonnes():
    words = [
        capacity(cargo=CargoEvidence(**given)).basis
        for given in (
            {"barrels": 9e3, "cargo_m3": 2e3, "tonnes": 1e3},
            {"cargo_m3": 2e3, "tonnes": 1e3},
            {"tonnes": 1e3},
        )
    ]
    assert words == [
        "barrels given with the sighting",
        "cargo volume 2,000 m3 x 6.2898 x 0.98",
        "1,000 tonnes given with the sighting x 8.33 bbl/t",
    ]


def test_nothing_known_is_the_fleet_and_says_which():
    found = capacity()
    assert (found.evidence, found.basis) == ("fleet", "unknown size, fleet nampo_fleet: 19,167 barrels on average")
    assert range_of(found) == (14_000, 19_167, 21_000)


def test_a_size_that_a_user_gives_goes_before_the_length_in_the_row_and_after_its_barrels():
    size = ShipSize(barrels=Spread(8_000, 9_000, 10_000), source="a broker")
    assert range_of(capacity(size, CargoEvidence(length_m=90.0))) == (8_000, 9_000, 10_000)
    assert "(a broker)" in capacity(size).basis
    assert range_of(capacity(size, CargoEvidence(barrels=7_000.0))) == (7_000, 7_000, 7_000)


def test_tanks_are_98_percent_full_at_most():
    assert range_of(capacity(cargo=CargoEvidence(cargo_m3=1_000.0))) == pytest.approx([6_164.004] * 3)


def test_deadweight_is_a_range_by_cargo_share_and_product():
    """Central is the published convention; low and high know that cargo is 92 to 97 % of deadweight."""
    low, central, high = range_of(capacity(ShipSize(deadweight_tonnes=3_000.0)))
    assert low == pytest.approx(3_000 * 0.92 * 6.35)
    assert central == pytest.approx(3_000 * 8.33)
    assert high == pytest.approx(3_000 * 8.33)  # 0.97 x 8.53 is less than the convention


def test_a_known_product_has_its_own_factor():
    """Diesel of known tonnes is no range; unknown products run from fuel oil to gasoline around 8.33."""
    known = capacity(cargo=CargoEvidence(tonnes=1_000.0), product=DIESEL)
    assert range_of(known) == pytest.approx((7_460, 7_460, 7_460))
    unknown = capacity(cargo=CargoEvidence(tonnes=1_000.0))
    assert range_of(unknown) == pytest.approx((6_350, 8_330, 8_530))
    assert np.ptp(drawn(known)) == 0
    assert 6_350 <= drawn(unknown).min() < 7_000
    assert 8_400 < drawn(unknown).max() <= 8_530.5


@pytest.mark.parametrize(("product", "rate"), [("diesel", 7.46), ("", 8.33), ("fuel oil", 6.35), ("gasoline", 8.35)])
def test_the_product_of_a_row_decides_the_factor(of_ship, product, rate):
    found = of_ship(f"2024-05-01,Chon Ma San,DPRK,tanker,Nampo,oil pier,{product}")
    assert found.central == pytest.approx(3_565 * rate)


def test_a_rate_that_a_user_gives_is_one_figure_and_for_unknown_products_only(of_ship):
    settings = {"assumptions": Assumptions(barrels_per_tonne=7.0)}
    own = of_ship("2024-05-01,Chon Ma San,DPRK,tanker,Nampo,oil pier,", **settings)
    assert own.central == pytest.approx(3_565 * 7.0)
    assert own.barrels_per_unit.known
    assert of_ship("2024-05-01,Chon Ma San,DPRK,tanker,Nampo,oil pier,diesel", **settings).central == 3_565 * 7.46


def test_gross_tonnage_and_length_tell_a_deadweight_with_a_range():
    """The ratios are those of small tankers whose figures were published (data/tanker_sizes.csv)."""
    by_tonnage, by_length = capacity(ShipSize(gross_tonnage=1_000.0)), capacity(ShipSize(length_m=90.0))
    for found in (by_tonnage, by_length):
        assert found.low < 0.9 * found.central < found.central < found.high
    assert "gross tonnage 1,000, about" in by_tonnage.basis
    assert "length 90 m, about" in by_length.basis
    twice = capacity(ShipSize(length_m=180.0))
    assert twice.central == pytest.approx(8 * by_length.central)  # by the cube of the length


def test_the_published_tankers_lie_within_the_range_told_by_their_length():
    """CAPELLA, 69 m and 1,340 dwt; a range that did not hold the ships it was made from would be none."""
    told = FLEET.hulls.by_length(69.0)
    assert told.low <= 1_340 <= told.high


def test_an_unidentified_ship_of_known_length_is_told_by_it(of_ship):
    assert of_ship("2024-05-01,,DPRK,tanker,Nampo,oil pier,,,,,95").evidence == "length"


@pytest.mark.parametrize(
    ("ship", "tonnes", "evidence"),
    [("Chong Rim 2", 1_500, "deadweight"), ("Yu Phyong 5", 1_721, "fleet"), ("Sam Ma 2", 1_600, "tonnage")],
)
@pytest.mark.parametrize("product", ["", "fuel oil", "diesel"])
def test_a_ship_holds_what_was_seen_on_it(of_ship, ship, tonnes, evidence, product):
    """CHONG RIM 2 took 1,500 t, YU PHYONG 5 1,721 t, SAM MA 2 almost 1,600 t: no figure and no draw is under that."""
    found = of_ship(f"2018-06-01,{ship},DPRK,tanker,Nampo,oil terminal,{product}")
    rate = {"": 6.35, "fuel oil": 6.35, "diesel": 7.46}[product]
    assert found.evidence == evidence
    assert found.low >= tonnes * rate * 0.999999
    assert drawn(found).min() >= tonnes * rate * 0.999999


def test_chong_rim_2_is_larger_than_its_deadweight_says_by_how_much_nobody_knows(of_ship):
    """1,150 dwt cannot hold 1,500 t: one is wrong, so the ship holds 1,500 to 2,000 t (1,500 / 0.75)."""
    found = of_ship("2018-06-01,Chong Rim 2,DPRK,tanker,Nampo,oil terminal,")
    assert range_of(found) == pytest.approx((1_500 * 6.35, 1_500 * 8.33, 2_000 * 8.53))
    assert found.cargo == Spread(1_500.0, 1_500.0, 2_000.0)
    assert found.basis == "deadweight 1,150 t x 8.33 bbl/t; raised to an observed load of 1,500 t"


@pytest.mark.parametrize(
    "size",
    [
        ShipSize(barrels=Spread.exactly(5_000.0)),
        ShipSize(barrels=Spread(4_000.0, 5_000.0, 20_000.0)),
        ShipSize(cargo_m3=900.0),
        ShipSize(deadweight_tonnes=1_150.0),
        ShipSize(gross_tonnage=500.0),
        ShipSize(length_m=50.0),
        ShipSize(),
    ],
)
@pytest.mark.parametrize("product", [UNSPECIFIED, DIESEL])
@pytest.mark.parametrize("load", [{"observed_load_tonnes": 1_500.0}, {"observed_load_m3": 1_700.0}])
def test_no_basis_of_a_ship_contradicts_a_load_seen_on_it(size, product, load):
    """Not even a size that a user gives."""
    rate = product.barrels_per_tonne if product is DIESEL else 6.35
    least = 1_500 * rate if "observed_load_tonnes" in load else 1_700 * 6.2898
    found = capacity(replace(size, **load), product=product, stratum=FLEET.strata["russian_run_before_2024"])
    assert found.low <= found.central <= found.high
    assert found.low >= least * 0.999999
    assert drawn(found).min() >= least * 0.999999
    assert drawn(found).max() <= found.high * 1.000001


def test_a_load_that_fits_changes_nothing():
    large = ShipSize(deadweight_tonnes=3_565.0)
    assert capacity(replace(large, observed_load_tonnes=2_000.0)) == capacity(large)


def test_volumes_of_a_call_speak_of_that_call():
    """A part load of 5,000 barrels contradicts no other load of the ship."""
    seen = ShipSize(observed_load_tonnes=1_500.0)
    assert range_of(capacity(seen, CargoEvidence(barrels=5_000.0))) == (5_000, 5_000, 5_000)


@given(
    st.floats(100, 50_000), st.sampled_from(["deadweight_tonnes", "gross_tonnage", "cargo_m3"]),
    st.none() | st.floats(100, 50_000), st.sampled_from([UNSPECIFIED, DIESEL, FUEL_OIL]),
)  # fmt: skip
def test_low_central_high_and_every_draw_between(number, field, load, product):
    found = capacity(ShipSize(**{field: number}, observed_load_tonnes=load), product=product)
    assert 0 < found.low <= found.central <= found.high
    volumes = Draws(Assumptions(fill=Spread.exactly(1.0)), 200).of(cargo("A", capacity=found)).barrels
    assert volumes.min() >= found.low * 0.999999
    assert volumes.max() <= found.high * 1.000001


def test_ships_of_unknown_size_by_where_they_loaded():
    """The Vostochny run from 2024, smaller tankers before, and the Nampo fleet, whose calls share one mean."""
    names = [
        FLEET.stratum(*who).name
        for who in (
            ("RU", date(2024, 3, 1)),
            ("RU", date(2017, 3, 1)),
            ("", date(2024, 3, 1)),
            ("CN", date(2024, 3, 1)),
        )
    ]
    assert names == ["vostochny_run", "russian_run_before_2024", "nampo_fleet", "nampo_fleet"]
    assert capacity(stratum=FLEET.strata["vostochny_run"]).shared_by == "SHIP"
    assert capacity(stratum=NAMPO).shared_by == "fleet nampo_fleet"
