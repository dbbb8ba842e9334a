"""Formulas against published figures."""

from __future__ import annotations

import pytest

CALLS = 89
FULL_CAPACITY = 1_519_587
"""1,367,628 / 0.9: US report to the 1718 Committee, July 2018, 1 January to 30 May 2018."""


@pytest.fixture(scope="module")
def us_report(examine_csv):
    """89 calls at Nampo that together could carry 1,519,587 barrels."""
    each, rest = divmod(FULL_CAPACITY, CALLS)
    rows = [
        f"2018-{1 + n % 5:02d}-{1 + n // 5:02d},TANKER {n + 1},DPRK,tanker,Nampo,{each + (n < rest)}"
        for n in range(CALLS)
    ]
    return examine_csv("date,vessel,flag,type,port,barrels\n" + "\n".join(rows) + "\n")


@pytest.mark.parametrize(("fill", "published"), [(1 / 3, 506_529), (0.5, 759_793), (0.9, 1_367_628)])
def test_us_report_of_2018_is_recomputed(us_report, fill: float, published: int):
    """The three scenarios of the US report come out to the barrel."""
    (year,) = us_report.years
    assert len(year.deliveries) == CALLS
    scenario = next(s for s in year.scenarios if s.fill == pytest.approx(fill))
    assert scenario.barrels == pytest.approx(published, abs=1)
    assert scenario.crossed_on is not None


def test_one_row_for_all_calls_gives_the_same(examine_csv):
    """A row that counts 89 unidentified tankers and their barrels together is 89 deliveries of that total."""
    case = examine_csv(f"date,type,count,port,barrels\n2018-01-01/2018-05-30,tanker,89,Nampo,{FULL_CAPACITY}\n")
    (year,) = case.years
    assert len(year.deliveries) == CALLS
    assert year.scenarios[4].barrels == pytest.approx(1_367_628, abs=1)


def test_the_estimate_lies_within_the_published_fills(us_report):
    """Central is about three quarters of capacity; low and high lie between one third and all of it."""
    (year,) = us_report.years
    assert year.estimate.central == pytest.approx(FULL_CAPACITY * 0.75, rel=0.05)
    assert FULL_CAPACITY / 3 < year.estimate.low < FULL_CAPACITY * 0.6
    assert FULL_CAPACITY * 0.8 < year.estimate.high < FULL_CAPACITY
    assert year.probability_exceeded == 1
