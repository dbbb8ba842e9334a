"""How calls become deliveries of a year; what each ruling says of counting is held in `test_rulings.py`."""

from __future__ import annotations

from datetime import date

HEADER = "date,vessel,flag,type,port,facility,ais_status,activity,laden,product,count\n"


def kinds(case) -> list[tuple[str, str]]:
    return [(d.vessel, d.kind) for year in case.years for d in year.deliveries]


def test_a_loading_and_its_discharge_are_one_delivery(examine_csv):
    """Vostochny visit and Chongjin arrival of one voyage are counted once, on arrival."""
    case = examine_csv(
        HEADER
        + "2024-03-06,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,off,,,,\n"
        + "2024-03-09,Paek Yang San 1,DPRK,tanker,Chongjin,oil berth,off,,,,\n"
    )
    (delivery,) = case.years[0].deliveries
    assert delivery.kind == "voyage"
    assert (delivery.loaded_on, delivery.delivered_on) == ("2024-03-06", "2024-03-09")
    assert str(delivery.counted_on) == "2024-03-09"


def test_years_without_a_cap_are_said_not_capped(examine_csv):
    """Before October 2017 there was no cap; barrels are shown uncapped."""
    case = examine_csv(HEADER + "2016-05-01,Ma Du San,DPRK,tanker,Vladivostok,,,,,,\n")
    (year,) = case.years
    assert year.regime is None
    assert year.uncapped.central > 0
    assert "no cap" in year.verdict


def test_only_the_last_quarter_of_2017_is_capped(examine_csv):
    """500,000 barrels for 1 October to 31 December 2017 under 2375; earlier barrels stand beside it."""
    case = examine_csv(
        HEADER
        + "2017-05-01,Ma Du San,DPRK,tanker,Vladivostok,,,,,,\n"
        + "2017-11-01,Ma Du San,DPRK,tanker,Vladivostok,,,,,,\n"
    )
    (year,) = case.years
    assert [d.in_cap for d in year.deliveries] == [False, True]
    assert round(year.estimate.central) == year.deliveries[1].barrels.central


def test_crude_is_kept_apart(examine_csv):
    """Crude has a cap of its own and never counts towards refined petroleum."""
    case = examine_csv(HEADER + "2024-05-01,Nam San 8,DPRK,tanker,Nampo,oil terminal,,,,crude oil,\n")
    (year,) = case.years
    assert year.estimate.high == 0
    assert year.uncapped.high > 0


def test_a_possible_match_counts_in_high_only(examine_csv):
    """HOPE SEA, a name once painted on An San 1, at the oil berth: perhaps."""
    case = examine_csv(HEADER + "2018-06-01,HOPE SEA,,,Vostochny,oil berth,,,,,\n")
    (delivery,) = case.years[0].deliveries
    assert delivery.kind == "possible"
    assert delivery.barrels.central == 0


def test_a_namesake_of_another_type_or_flag_carries_no_oil(examine_csv):
    """A Greek bulk carrier named BLUE OCEAN is not Paek Yang San 1."""
    case = examine_csv(HEADER + "2024-03-03,BLUE OCEAN,Greece,bulk carrier,Vladivostok,,,,,,\n")
    assert kinds(case) == []


def test_what_counts_after_as_of_does_not_count_yet(examine_csv):
    """As of 20 March a cargo loaded that day is known; a call known for March to November may lie ahead."""
    csv = (
        HEADER
        + "2024-03-06,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-03-20,Wol Bong San,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-03-07/2024-11-05,Sam Ma 2,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    )
    (year,) = examine_csv(csv, as_of=date(2024, 3, 20), years=(2024,)).years
    assert [d.vessel for d in year.deliveries] == ["Paek Yang San 1", "Wol Bong San"]
    assert any("1 delivery dated past 2024-03-20" in caveat for caveat in year.caveats)
    assert len(examine_csv(csv).years[0].deliveries) == 3


def test_by_one_end_of_voyages_no_cargo_is_the_other_half_of_another(examine_csv):
    """A tanker unnamed at Nampo may carry what Yu Son loaded: left out of low by voyage, counted by discharge."""
    rows = (
        HEADER
        + "2024-04-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-04-10,,DPRK,tanker,Nampo,oil pier,,,,,1\n"
    )
    (year,) = examine_csv(rows).years
    assert [d.in_low for d in year.deliveries] == [True, False]
    by_rule = {one.rule: one.estimate for one in year.counting}
    assert by_rule["discharge"].low > 0
    assert by_rule["load"].low == year.estimate.low


def test_an_approximate_date_is_one_look(examine_csv):
    """Days observed are days on which somebody looked: a day, one of a few days, one about a day."""
    rows = "".join(
        f"{date},Yu Son,DPRK,tanker,Nampo,oil pier,,,,,\n"
        for date in ("2024-03-01", "2024-04-02/2024-04-06", "~2024-11-10")
    )
    assert examine_csv(HEADER + rows).years[0].days_observed == 3


def test_a_report_of_one_year_holds_the_findings_of_that_year(examine_csv):
    """What was found in 2018 is no news of 2024."""
    rows = HEADER + "".join(
        f"{day},Chon Ma San,DPRK,tanker,Vostochny,oil berth,off,,,,\n" for day in ("2018-06-21", "2024-06-21")
    )
    both, one = examine_csv(rows), examine_csv(rows, years=(2024,))
    assert {f.observed_from.year for f in both.findings if f.observed_from} == {2018, 2024}
    assert {f.observed_from.year for f in one.findings if f.observed_from} == {2024}
    assert one.summary["findings"] == len(one.findings)
