"""What drives the number, and what would turn the verdict: each claim is tried."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oil.cargoes import CAP, EXACTLY, cargo, doubtful, year

from vesseltrack.oil.assumptions import FILL, Assumptions
from vesseltrack.oil.capacity import Capacity, Stratum
from vesseltrack.oil.draws import FACTOR, FILLS, FLEET, GROUPS, SIZES, VOYAGES, WEAK
from vesseltrack.oil.sensitivity import drivers, flip
from vesseltrack.oil.spread import Spread

HEADER = "date,vessel,flag,type,port,facility,product,length_m\n"


def calls(number: int, ship: str = "Chon Ma San", product: str = "", every: int = 7) -> str:
    """So many calls at Nampo; ``{}`` in the name makes them of different ships."""
    rows = (
        f"{date(2024, 1, 1) + timedelta(days=every * n)},{ship.format(n)},DPRK,tanker,Nampo,oil pier,{product},\n"
        for n in range(number)
    )
    return HEADER + "".join(rows)


@pytest.fixture
def counted(examine_csv):
    """2024, estimated with these assumptions."""
    return lambda csv, **assumed: examine_csv(csv, assumptions=Assumptions(**assumed), years=(2024,)).years[0]


def reached(status) -> bool:
    return round(status.estimate.central) >= status.regime.limit_barrels


@settings(max_examples=40)
@given(st.integers(1, 12), st.floats(0, 1), st.booleans())
def test_shares_of_the_variance_sum_to_one(number, chance, known_fill):
    ships = [cargo(f"S{n}", Spread(5_000, 9_000, 20_000)) for n in range(number)]
    fill = EXACTLY(0.75) if known_fill else FILL
    shares = year(*ships, doubtful("X", chance), fill=fill, draws=2_000).shares
    assert sum(share for _, share in shares) == pytest.approx(1.0)
    assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)
    assert {group for group, _ in shares} <= set(GROUPS)
    assert all(share > 0 for _, share in shares)


def test_a_known_fill_drives_nothing(counted):
    """--fill 0.75: neither habit nor voyages are among the drivers, and no fill would turn the verdict."""
    status = counted(calls(27), fill=EXACTLY(0.75))
    assert {driver.assumption for driver in status.drivers} == {FACTOR, SIZES}
    assert "full" not in status.flip.assumption


def test_a_known_rate_drives_nothing(counted):
    assert FACTOR not in {driver.assumption for driver in counted(calls(5), barrels_per_tonne=8.33).drivers}
    assert FACTOR not in {driver.assumption for driver in counted(calls(5, product="diesel")).drivers}


def test_each_kind_of_doubt_has_its_name():
    """Sizes of the fleet, sizes told by deadweight, doubtful calls."""
    known = cargo("A", capacity=Capacity(
        9e3, 1e4, 2e4, "", "deadweight", Spread(9e3, 1e4, 2e4), EXACTLY(1.0), "A"))  # fmt: skip
    groups = {group for group, _ in year(known, cargo("B", Spread(9e3, 1e4, 2e4)), doubtful("C", 0.5)).shares}
    assert groups == {FILLS, VOYAGES, SIZES, FLEET, WEAK}


def test_what_an_assumption_moves_stands_at_its_ends(counted):
    """Central with fills at the 5 % point is what --fill with that figure gives; so at the other end."""
    status = counted(calls(20))
    found = {driver.assumption: driver for driver in status.drivers}
    for end, deviate in (("low", -1.6449), ("high", 1.6449)):
        fixed = counted(calls(20), fill=EXACTLY(FILL.point(deviate))).estimate.central
        assert getattr(found[FILLS], end) == pytest.approx(fixed, rel=1e-5)
    assert found[FACTOR].low < status.estimate.central < found[FACTOR].high


def test_chance_from_voyage_to_voyage_has_no_ends(counted):
    """It moves no total by itself: there is no one value that all voyages could have."""
    found = {driver.assumption: driver for driver in counted(calls(2)).drivers}
    assert (found[VOYAGES].low, found[VOYAGES].high) == (None, None)


@pytest.mark.parametrize(
    ("ship", "number"),
    [*(("Chon Ma San", number) for number in (22, 25, 27, 30, 36)), *(("Tanker {}", n) for n in (27, 33, 38, 43, 50))],
)
def test_the_fill_that_is_named_turns_the_verdict(counted, ship, number):
    """Set --fill to what the flip names, and the central estimate is on the other side of the cap; one % back, not."""
    csv = calls(number, ship)
    status = counted(csv)
    named = re.fullmatch(r"were the ships (\d+) % full rather than ([\d.]+) %", status.flip.assumption)
    assert named, status.flip
    fill, taken = int(named[1]), float(named[2])
    assert reached(counted(csv, fill=EXACTLY(fill / 100))) != reached(status)
    assert (fill < taken) == reached(status)
    back = fill + (1 if reached(status) else -1)
    assert reached(counted(csv, fill=EXACTLY(back / 100))) == reached(status)


@pytest.mark.parametrize("number", [20, 21, 22, 23, 24, 25])
def test_the_rate_that_is_named_turns_the_verdict(counted, number):
    """With the fill known, barrels per tonne may be what must move; --barrels-per-tonne with that figure turns it."""
    csv, fill = calls(number), EXACTLY(0.76)
    status = counted(csv, fill=fill)
    named = re.fullmatch(r"were a tonne ([\d.]+) barrels rather than ([\d.]+)", status.flip.assumption)
    assert named or "deadweight" in status.flip.assumption or not status.flip.assumption
    if named:
        assert reached(counted(csv, fill=fill, barrels_per_tonne=float(named[1]))) != reached(status)


def test_a_rate_is_named_somewhere(counted):
    """The test above tries something."""
    found = [counted(calls(number), fill=EXACTLY(0.76)).flip.assumption for number in (22, 23, 24)]
    assert any("a tonne" in text for text in found)


@pytest.mark.parametrize("number", [33, 34, 36, 38])
def test_the_size_that_is_named_turns_the_verdict(counted, number):
    """Give the fleet that size in --capacity-file, and the verdict turns."""
    csv, fill = calls(number, "Tanker {}"), EXACTLY(0.75)
    status = counted(csv, fill=fill)
    named = re.fullmatch(
        r"were the ships of unknown size (\d+) % (larger|smaller) than taken here", status.flip.assumption
    )
    assert named, status.flip
    taken = status.estimate.central / number / 0.75
    held = taken * (1 + int(named[1]) / 100 * (1 if named[2] == "larger" else -1))
    strata = {"nampo_fleet": Stratum("nampo_fleet", EXACTLY(held), of_ships=False)}
    assert reached(counted(csv, fill=fill, strata=strata)) != reached(status)


@pytest.mark.parametrize(("ship", "number"), [("Chon Ma San", 26), ("Tanker {}", 38)])
def test_without_the_sighting_that_is_named_the_verdict_turns(counted, ship, number):
    csv = calls(number, ship)
    status = counted(csv)
    assert reached(status)
    assert status.flip.ref is not None
    rows = csv.splitlines(keepends=True)
    del rows[status.flip.ref.line - 1]
    assert not reached(counted("".join(rows)))


def test_a_delivery_known_from_two_sightings_is_not_lost_with_one(counted):
    rows = calls(26).splitlines(keepends=True)
    twice = rows[0] + "".join(row + row.replace("oil pier", "oil terminal") for row in rows[1:])
    status = counted(twice)
    assert reached(status)
    assert (status.flip.sighting, status.flip.ref) == ("", None)


def test_a_row_of_many_ships_is_one_sighting(counted):
    """Forty tankers in one row: without that row, the verdict is another."""
    status = counted("date,type,count,port\n2024-01-01/2024-05-30,tanker,40,Nampo\n")
    assert reached(status)
    assert status.flip.sighting == "without 40 deliveries of one row, known from one sighting only"


@pytest.mark.parametrize(("chance", "turns"), [(0.5, True), (0.01, True)])
def test_a_doubtful_call_that_would_turn_the_verdict_is_named(chance, turns):
    """Whatever its chance: had it been a delivery, the cap would be reached."""
    found = [cargo("A", EXACTLY(480_000.0)), doubtful("B", chance, EXACTLY(30_000.0))]
    answer = year(*found, fill=EXACTLY(1.0))
    told = flip(found, answer, Assumptions(fill=EXACTLY(1.0)), CAP)
    assert bool(told.sighting) == turns
    assert told.sighting == "had the doubtful call of B (2024-04-10) been a delivery"
    assert told.ref == found[1].sightings[0]


def test_nothing_is_named_where_nothing_would_turn_it():
    for barrels in (20_000.0, 5_000_000.0):
        found = [cargo("A", EXACTLY(barrels)), cargo("B", EXACTLY(barrels))]
        told = flip(found, year(*found), Assumptions(), CAP)
        assert (told.assumption, told.sighting, told.ref) == ("", "", None)


def test_an_opening_balance_above_the_cap_leaves_nothing_to_turn(counted, examine_csv):
    from vesseltrack.oil.year import OpeningBalance

    rows = calls(3, every=40).replace("2024-01-01", "2024-03-01")
    status = examine_csv(
        rows, years=(2024,), opening_balance=OpeningBalance(600_000, date(2024, 1, 31), "a source")
    ).years[0]  # fmt: skip
    assert (status.flip.assumption, status.flip.sighting) == ("", "")
    assert sum(d.barrels.central for d in status.deliveries) == round(status.estimate.central) - 600_000


def test_drivers_of_doubtful_calls_alone_leave_central_where_it_is():
    found = [doubtful("A", 0.95, Spread(9_000, 10_000, 20_000))]
    told = {driver.assumption: driver for driver in drivers(found, year(*found), FILL)}
    assert (told[FILLS].low, told[FILLS].high) == (0, 0)
    assert told[WEAK].low == 0
    assert told[WEAK].high > 5_000
