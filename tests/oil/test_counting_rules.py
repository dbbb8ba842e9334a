"""Three rules of counting on the same sightings: which deliveries, on which day, in which year, under which cap."""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.oil.assumptions import COUNTING_RULES, Assumptions
from vesseltrack.oil.year import OpeningBalance

HEADER = "date,vessel,flag,type,port,facility,activity,product,counterpart,barrels\n"
LOADED = "2024-03-06,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,,,,\n"
LANDED = "2024-03-09,Paek Yang San 1,DPRK,tanker,Chongjin,oil berth,,,,\n"
LOADED_ONLY = "2024-04-01,Chon Ma San,DPRK,tanker,Vostochny,oil berth,,,,\n"
LANDED_ONLY = "2024-05-01,Yu Phyong 5,DPRK,tanker,Nampo,oil terminal,,,,\n"
AT_SEA = "2024-06-01,Sam Ma 2,DPRK,tanker,East China Sea,,sts receiving,,ORIENT PEARL,\n"
ALL = HEADER + LOADED + LANDED + LOADED_ONLY + LANDED_ONLY + AT_SEA


@pytest.fixture
def by(examine_csv):
    """The years of a CSV by a rule."""
    return lambda rule, csv, **settings: examine_csv(csv, assumptions=Assumptions(counting=rule), **settings).years


def counted(years):
    return [(d.vessel, str(d.counted_on)) for year in years for d in year.deliveries]


def test_each_cargo_once_by_whatever_evidence(by):
    """voyage: on arrival, else on loading (or taking over at sea) plus transit."""
    assert counted(by("voyage", ALL)) == [
        ("Paek Yang San 1", "2024-03-09"),
        ("Chon Ma San", "2024-04-02"),
        ("Yu Phyong 5", "2024-05-01"),
        ("Sam Ma 2", "2024-06-01"),
    ]


def test_the_panel_counts_calls_at_dprk_oil_ports(by):
    """discharge: on arrival; what was only loaded is not counted."""
    assert counted(by("discharge", ALL)) == [("Paek Yang San 1", "2024-03-09"), ("Yu Phyong 5", "2024-05-01")]


def test_the_open_source_centre_counts_visits_to_the_loading_berth(by):
    """load: on loading; a transfer at sea is no visit to a berth."""
    assert counted(by("load", ALL)) == [("Paek Yang San 1", "2024-03-06"), ("Chon Ma San", "2024-04-01")]


def test_oil_taken_over_at_sea_and_landed_is_a_discharge_and_no_load(by):
    csv = HEADER + AT_SEA + "2024-06-05,Sam Ma 2,DPRK,tanker,Nampo,oil terminal,,,,\n"
    assert counted(by("voyage", csv)) == counted(by("discharge", csv)) == [("Sam Ma 2", "2024-06-05")]
    assert counted(by("load", csv)) == []


def test_a_cargo_topped_up_at_sea_was_loaded_at_the_berth(by):
    csv = HEADER + LOADED_ONLY + "2024-04-04,Chon Ma San,DPRK,tanker,Sok-to,,sts receiving,,ORIENT PEARL,\n"
    assert counted(by("load", csv)) == [("Chon Ma San", "2024-04-01")]
    assert counted(by("voyage", csv)) == [("Chon Ma San", "2024-04-05")]  # a day from Sok-to to the nearest oil port


def test_an_unidentified_tanker_counts_by_where_it_was_seen(by):
    """One at the loading berth, one at Nampo, one receiving at sea."""
    csv = HEADER + "".join(
        f"2024-{month}-01,,DPRK,tanker,{place},,,\n"
        for month, place in (("03", "Vostochny,oil berth,"), ("05", "Nampo,oil pier,"), ("07", "Sok-to,,sts receiving"))
    )
    assert [date for _, date in counted(by("voyage", csv))] == ["2024-03-02", "2024-05-01", "2024-07-02"]
    assert [date for _, date in counted(by("discharge", csv))] == ["2024-05-01"]
    assert [date for _, date in counted(by("load", csv))] == ["2024-03-01"]


def test_the_comparison_says_what_each_rule_alone_would_say(by):
    """Whatever rule is in use, the three stand side by side, the one in use first, and agree with reports by each."""
    alone = {rule: by(rule, ALL, years=(2024,))[0] for rule in COUNTING_RULES}
    for rule, status in alone.items():
        assert status.counting[0].rule == rule
        assert {one.rule for one in status.counting} == set(COUNTING_RULES)
        for one in status.counting:
            assert one.deliveries == len(alone[one.rule].deliveries)
            assert one.estimate == alone[one.rule].estimate
            assert one.probability_exceeded == alone[one.rule].probability_exceeded


def test_every_rule_takes_the_opening_balance(by):
    opening = OpeningBalance(170_000, date(2024, 2, 29), "RUSI")
    for rule in COUNTING_RULES:
        (status,) = by(rule, ALL, opening_balance=opening, years=(2024,))
        for one in status.counting:
            (without,) = by(one.rule, ALL, years=(2024,))
            assert one.estimate.low == pytest.approx(170_000 + without.estimate.low)
            assert one.estimate.central == pytest.approx(170_000 + without.estimate.central)


def test_loaded_in_december_and_landed_in_january(by):
    """By load it is the old year's, by voyage and discharge the new one's; each year is told."""
    csv = HEADER + "".join(
        f"{day},Paek Yang San 1,DPRK,tanker,{place},oil berth,,,,\n"
        for day, place in (("2023-12-29", "Vostochny"), ("2024-01-02", "Chongjin"))
    )
    for rule, told in (("voyage", [0, 1]), ("discharge", [0, 1]), ("load", [1, 0])):
        years = by(rule, csv)
        assert [year.year for year in years] == [2023, 2024]
        assert [len(year.deliveries) for year in years] == told
        assert [year.estimate.central > 0 for year in years] == [bool(number) for number in told]


def test_loaded_on_the_last_day_of_the_year_arrives_in_the_next(by):
    csv = HEADER + "2023-12-31,Chon Ma San,DPRK,tanker,Vostochny,oil berth,,,,\n"
    assert counted(by("voyage", csv)) == [("Chon Ma San", "2024-01-01")]
    assert counted(by("load", csv)) == [("Chon Ma San", "2023-12-31")]
    assert counted(by("discharge", csv)) == []


def test_the_cap_of_late_2017_is_that_of_resolution_2375(by):
    """500,000 barrels from 1 October to 31 December 2017; the day of loading or arrival decides."""
    rows = (("2017-09-29", "Vostochny,oil berth"), ("2017-10-02", "Chongjin,oil berth"))
    csv = HEADER + "".join(f"{day},Paek Yang San 1,DPRK,tanker,{place},,,,\n" for day, place in rows)
    (landed,), (loaded,) = by("voyage", csv), by("load", csv)
    assert (landed.regime.id, landed.regime.limit_barrels) == ("refined-2017", 500_000)
    assert landed.regime.legal_basis == ("UNSCR 2375 (2017) para 14",)
    assert [d.in_cap for d in landed.deliveries] == [True]
    assert [d.in_cap for d in loaded.deliveries] == [False]
    assert landed.estimate.central == pytest.approx(loaded.uncapped.central)
    assert loaded.estimate.high == 0


@pytest.mark.parametrize(
    ("day", "regime", "in_cap"),
    [
        ("2017-09-30", "refined-2017", False),
        ("2017-10-01", "refined-2017", True),
        ("2017-12-31", "refined-2017", True),
        ("2018-01-01", "refined", True),
        ("2024-02-29", "refined", True),
        ("2016-06-01", None, False),
    ],
)
def test_the_regime_in_force_on_the_day(by, day, regime, in_cap):
    (status,) = by("voyage", HEADER + f"{day},Yu Phyong 5,DPRK,tanker,Nampo,oil terminal,,,,\n")
    assert (status.regime.id if status.regime else None) == regime
    assert [d.in_cap for d in status.deliveries] == [in_cap]
    shown = status.estimate if in_cap else status.uncapped
    assert shown.central == pytest.approx(sum(d.barrels.central for d in status.deliveries), abs=1)


def test_an_opening_balance_from_before_a_cap_began_is_refused(by):
    """Oil of September 2017 does not count towards the cap of October to December."""
    from vesseltrack.errors import ConfigurationError

    csv = HEADER + LANDED_ONLY.replace("2024-05", "2017-11")
    with pytest.raises(ConfigurationError, match="before the cap of that year began on 2017-10-01"):
        by("voyage", csv, opening_balance=OpeningBalance(1_000, date(2017, 9, 30), "a source"))
    (status,) = by("voyage", csv, opening_balance=OpeningBalance(1_000, date(2017, 10, 1), "a source"))
    assert status.days[0].day == date(2017, 10, 1)


def test_a_year_without_a_cap_tells_its_opening_balance(by):
    csv = HEADER + LANDED_ONLY.replace("2024-05", "2016-05")
    (status,) = by("voyage", csv, opening_balance=OpeningBalance(100_000, date(2016, 3, 31), "a source"))
    assert f"{round(100_000 + status.uncapped.central):,} barrels is shown uncapped" in status.verdict


CRUDE = "{day},Nam San 8,DPRK,tanker,Nampo,oil terminal,,crude oil,,{barrels}\n"


def test_crude_counts_by_twelve_months_from_22_december(by):
    """14 and 22 December 2023 fall in two periods; both are kept apart from refined products."""
    csv = HEADER + CRUDE.format(day="2023-12-14", barrels="") + CRUDE.format(day="2023-12-22", barrels="")
    (status,) = by("voyage", csv, years=(2023,))
    periods = [(str(one.regime.first), str(one.regime.last), one.deliveries) for one in status.crude]
    assert periods == [("2022-12-22", "2023-12-21", 1), ("2023-12-22", "2024-12-21", 1)]
    assert [one.regime.limit_barrels for one in status.crude] == [4_000_000] * 2
    assert [one.regime.limit_tonnes for one in status.crude] == [525_000] * 2
    assert status.estimate.high == 0
    assert status.uncapped.central > 0


def test_crude_of_a_period_is_told_with_the_year_it_ends_in(by):
    csv = HEADER + CRUDE.format(day="2023-12-30", barrels="") + LANDED_ONLY
    (status,) = by("voyage", csv, years=(2024,))
    assert [(str(one.regime.last), one.deliveries) for one in status.crude] == [("2024-12-21", 1)]


def test_crude_in_tonnes_and_its_probability(by):
    """7.33 barrels a tonne; two ships of 6,000,000 barrels bring 4,000,000 even when one third full."""
    rows = "".join(CRUDE.format(day=f"2024-0{month}-01", barrels=6_000_000) for month in (2, 5))
    (one,) = by("voyage", HEADER + rows)[0].crude
    assert one.tonnes.central == pytest.approx(one.estimate.central / 7.33)
    assert one.probability_exceeded == 1.0


def test_refined_cargoes_are_no_crude(by):
    assert by("voyage", HEADER + LANDED_ONLY)[0].crude == ()
