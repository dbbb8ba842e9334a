"""The simulation: laws of the draws, and figures that can be had in another way."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oil.cargoes import CAP, EXACTLY, FIRST, cargo, doubtful, year

from vesseltrack.oil.allocation import with_barrels
from vesseltrack.oil.assumptions import FILL, FILL_SHARED, Assumptions
from vesseltrack.oil.capacity import Capacity
from vesseltrack.oil.draws import Draws
from vesseltrack.oil.simulation import how_many_draws
from vesseltrack.oil.spread import Spread
from vesseltrack.oil.year import OpeningBalance

DRAWS = 400
NORMAL_95 = 1.6449

spreads = st.lists(st.floats(1_000, 80_000), min_size=3, max_size=3).map(lambda three: Spread(*sorted(three)))


@st.composite
def fleets(draw, least: int = 1):
    """Deliveries of every degree of certainty, some by one ship, some known by wide dates only."""
    found = []
    for number in range(draw(st.integers(least, 12))):
        ship = draw(st.sampled_from(["A", "B", "C", f"S{number}"]))
        one = cargo(
            ship, draw(spreads), draw(st.integers(0, 340)), draw(st.sampled_from([0, 0, 3, 40])), id=f"D{number}"
        )
        sure = draw(st.sampled_from(["low", "low", "central", "high"]))
        changes = {"in_low": sure == "low", "in_central": sure != "high"}
        found.append(replace(one, probability=0.3 if sure == "high" else 1.0, **changes))
    return found


laws = settings(max_examples=60)


def volumes(answer):
    return answer.barrels.low, answer.barrels.central, answer.barrels.high


@laws
@given(fleets(least=2))
def test_a_delivery_more_never_lowers_anything(found):
    """At one seed every draw of the others stays as it was."""
    fewer, more = year(*found[1:], draws=DRAWS), year(*found, draws=DRAWS)
    assert all(a <= b for a, b in zip(volumes(fewer), volumes(more), strict=True))
    assert fewer.certain <= more.certain
    assert fewer.probability_exceeded <= more.probability_exceeded


@laws
@given(fleets(), st.randoms(use_true_random=False))
def test_the_order_of_deliveries_does_not_matter(found, shuffler: random.Random):
    mixed = list(found)
    shuffler.shuffle(mixed)
    assert year(*mixed, draws=DRAWS) == year(*found, draws=DRAWS)


@laws
@given(fleets(), st.integers(0, 250_000))
def test_each_day_low_central_high_and_never_less_than_the_day_before(found, brought: int):
    """Running quantiles never fall, end at the estimate, and start at the opening balance."""
    answer = year(*found, draws=DRAWS, opening=OpeningBalance(brought, FIRST, "a source"))
    assert answer.days[0].day == FIRST
    assert answer.days[0].barrels.low >= brought
    for one in answer.days:
        assert one.barrels.low <= one.barrels.central <= one.barrels.high
    for before, after in zip(answer.days, answer.days[1:], strict=False):
        assert before.day < after.day
        assert before.barrels.low <= after.barrels.low
        assert before.barrels.central <= after.barrels.central
        assert before.barrels.high <= after.barrels.high
        assert before.probability_exceeded <= after.probability_exceeded
    assert answer.days[-1].barrels == answer.barrels
    assert answer.days[-1].probability_exceeded == answer.probability_exceeded


@laws
@given(fleets(), st.integers(0, 250_000))
def test_whole_barrels_of_deliveries_are_the_estimate_without_the_opening_balance(found, brought: int):
    """Each delivery low <= central <= high; a doubtful one has nothing in low and central; nothing is lost."""
    answer = year(*found, draws=DRAWS, opening=OpeningBalance(brought, FIRST, "a source"))
    parts = with_barrels(found, answer, FILL, float(brought))
    for name in ("low", "central", "high"):
        assert sum(getattr(one.barrels, name) for one in parts) == round(getattr(answer.barrels, name)) - brought
    for one in parts:
        assert 0 <= one.barrels.low <= one.barrels.central <= one.barrels.high
        assert one.barrels.low == 0 or one.in_low
        assert one.barrels.central == 0 or one.in_central


@laws
@given(fleets())
def test_no_total_is_outside_what_ships_and_fills_allow(found):
    answer = year(*found, draws=DRAWS)
    sure = [one.capacity.cargo for one in found if one.in_low]
    assert answer.barrels.low >= FILL.low * sum(held.low for held in sure) * (1 - 1e-6)
    assert answer.barrels.high <= FILL.high * sum(one.capacity.cargo.high for one in found) * (1 + 1e-6)


def test_the_same_seed_gives_the_same_and_another_gives_others():
    ships = [cargo("A", Spread(9_000, 20_000, 30_000)), doubtful("B", 0.5)]
    assert year(*ships) == year(*ships)
    assert year(*ships).barrels != year(*ships, seed=1).barrels


def test_fewer_draws_are_the_first_of_more():
    """A delivery has its own stream, whose beginning does not depend on its length."""
    few, many = (Draws(Assumptions(), size).of(cargo("A", Spread(1, 2, 3))).barrels for size in (10, 100))
    assert list(few) == list(many[:10])


@pytest.mark.parametrize(("ships", "chance"), [(80, 1.0), (10, 0.0), (0, 0.0)])
def test_the_probability_is_one_or_zero_in_clear_cases(ships, chance):
    """80 ships of 20,000 barrels one third full hold 533,333 barrels; 10 entirely full hold 200,000."""
    assert year(*(cargo(f"S{n}") for n in range(ships))).probability_exceeded == chance


def test_without_a_cap_there_is_no_probability():
    assert year(cargo("A"), limit=None).probability_exceeded is None


def test_an_opening_balance_at_the_cap_has_reached_it():
    answer = year(opening=OpeningBalance(500_000, date(2024, 2, 29), "a source"))
    assert answer.probability_exceeded == 1.0
    assert volumes(answer) == (500_000, 500_000, 500_000)


@pytest.mark.parametrize("ships", [25, 31, 43, 47, 61, 67, 89, 97])
def test_the_cap_is_reached_by_the_whole_barrel(ships):
    """However the parts were rounded, ships that together bring 500,000 barrels have reached the cap."""
    answer = year(*(cargo(f"S{n}", EXACTLY(CAP / ships / 0.9)) for n in range(ships)), fill=EXACTLY(0.9), draws=2)
    assert round(answer.barrels.central) == CAP
    assert answer.probability_exceeded == 1.0


def test_the_chance_of_a_doubtful_call_is_its_probability():
    """Its oil alone reaches the cap, so the cap is reached as often as it was a delivery."""
    answer = year(doubtful("A", 0.3, EXACTLY(600_000.0)), fill=EXACTLY(1.0))
    assert answer.probability_exceeded == pytest.approx(0.3, abs=0.02)
    assert volumes(answer) == (0, 0, 600_000)


def test_one_delivery_has_the_quantiles_of_its_capacity():
    """With the fill known, 5, 50 and 95 % lie where the split normal has them: 0.82 of the way to the bounds."""
    held = Spread(10_000, 20_000, 50_000)
    answer = year(cargo("A", held), fill=EXACTLY(0.5), draws=100_000)
    expected = [0.5 * held.point(z) for z in (-NORMAL_95, 0.0, NORMAL_95)]
    assert expected[0] == pytest.approx(0.5 * (20_000 - 0.82245 * 10_000), rel=1e-4)
    assert list(volumes(answer)) == pytest.approx(expected, rel=0.01)


def test_one_delivery_has_the_quantiles_of_the_fill():
    answer = year(cargo("A", EXACTLY(10_000.0)), draws=100_000)
    assert list(volumes(answer)) == pytest.approx([1e4 * FILL.point(z) for z in (-NORMAL_95, 0, NORMAL_95)], rel=0.01)


def test_two_voyages_of_one_ship_are_of_one_size():
    """Its size is unknown, but it is one: twice the oil has twice the spread, not the root of two.

    For two ships a little less than the root, for nothing lies beyond the bounds.
    """
    held = Spread(10_000, 20_000, 30_000)
    same = year(cargo("A", held, id="D1"), cargo("A", held, id="D2"), fill=EXACTLY(1.0), draws=100_000)
    others = year(cargo("A", held, id="D1"), cargo("B", held, id="D2"), fill=EXACTLY(1.0), draws=100_000)
    widths = [answer.barrels.high - answer.barrels.low for answer in (same, others)]
    assert widths[0] == pytest.approx(2 * 1.645 * 10_000, rel=0.03)
    assert widths[1] == pytest.approx(math.sqrt(2) * 1.645 * 10_000, rel=0.05)


def test_barrels_per_tonne_are_one_figure_for_all_cargoes_of_a_draw():
    """A hundred ships of known size do not average out what nobody knows of the product."""
    rate = Spread(6.35, 8.33, 8.53)

    def ships(number):
        held = Capacity(6_350, 8_330, 8_530, "", "deadweight", EXACTLY(1_000.0), rate, "")
        return [cargo(f"S{n}", capacity=held) for n in range(number)]

    one, many = (year(*ships(number), fill=EXACTLY(1.0)).barrels for number in (1, 100))
    assert many.low == pytest.approx(100 * one.low, rel=1e-6)
    assert many.high == pytest.approx(100 * one.high, rel=1e-6)


def test_what_a_hundred_ships_share_in_fill_does_not_average_out():
    """Noise of single voyages falls with their number; the habit of the trade, half the variance, stays."""

    def relative(number):
        ships = [cargo(f"S{n}") for n in range(number)]
        total = year(*ships).totals
        return float(np.std(total) / np.mean(total))

    alone, crowd = relative(1), relative(100)
    assert crowd == pytest.approx(alone * math.sqrt(FILL_SHARED), rel=0.1)
    assert crowd > 0.5 * alone


def test_a_call_known_by_a_month_only_counts_on_any_of_its_days():
    """Each day from first to last is equally likely; none lies outside."""
    found = Draws(Assumptions(), 40_000).days(cargo("A", day=31, width=28), FIRST, date(2024, 12, 31))
    numbers, often = np.unique(found, return_counts=True)
    assert list(numbers) == list(range(31, 60))
    assert often / 40_000 == pytest.approx(1 / 29, rel=0.15)


def test_days_outside_the_period_count_at_its_end():
    found = Draws(Assumptions(), 1_000).days(cargo("A", day=350, width=40), FIRST, FIRST + timedelta(days=365))
    assert set(found) == set(range(350, 366))


def test_a_very_full_year_has_fewer_draws_and_never_less_than_a_thousand():
    assert how_many_draws(10_000, 2_000) == 10_000
    assert how_many_draws(10_000, 4_000) == 5_000
    assert how_many_draws(10_000, 1_000_000) == 1_000
    assert how_many_draws(10, 1_000_000) == 10


def test_one_draw_is_an_answer():
    """All quantiles of one draw are that draw; it has no variance to share out."""
    answer = year(cargo("A", Spread(1_000, 2_000, 3_000)), draws=1)
    assert len(set(volumes(answer))) == 1
    assert answer.shares == ()


def test_nothing_delivered_is_nothing():
    answer = year()
    assert (volumes(answer), answer.days, answer.shares) == ((0, 0, 0), (), ())
