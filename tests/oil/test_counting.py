"""How calls become deliveries: each cargo once, and only cargoes."""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.errors import ConfigurationError
from vesseltrack.oil.year import OpeningBalance

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


def test_successive_days_at_one_berth_are_one_call(examine_csv):
    """Sightings no more than five days apart are one call; six days apart are two."""
    one = examine_csv(HEADER + "".join(f"2024-03-{day:02d},Yu Son,DPRK,tanker,Vostochny,,,,,,\n" for day in (1, 4, 9)))
    assert [kind for _, kind in kinds(one) if kind != "possible"] == ["load"]
    two = examine_csv(HEADER + "".join(f"2024-03-{day:02d},Yu Son,DPRK,tanker,Vostochny,,,,,,\n" for day in (1, 8)))
    assert [kind for _, kind in kinds(two)] == ["load", "load"]


def test_a_long_chain_may_hide_turn_rounds_in_high_only(examine_csv):
    """A chain of more than seven days without continuous evidence is one call in low and central, more in high."""
    case = examine_csv(
        HEADER + "".join(f"2024-03-{day:02d},Yu Son,DPRK,tanker,Vostochny,,,,,,\n" for day in (1, 5, 9, 13))
    )
    (year,) = case.years
    assert sum(d.barrels.central > 0 for d in year.deliveries) == 1
    assert sum(d.barrels.high > 0 for d in year.deliveries) > 1


def test_daily_sightings_are_continuous_evidence_of_one_call(examine_csv):
    """Ten days at the berth seen daily are one call in high, too."""
    case = examine_csv(
        HEADER + "".join(f"2024-03-{day:02d},Yu Son,DPRK,tanker,Vostochny,,,,,,\n" for day in range(1, 11))
    )
    assert kinds(case) == [("Yu Son", "load")]


def test_an_anchorage_alone_is_no_delivery(examine_csv):
    """Yu Son at anchor off Chongjin on 13 March 2024 delivered nothing."""
    case = examine_csv(HEADER + "2024-03-13,Yu Son,DPRK,tanker,Chongjin,outer anchorage,,anchored,,,\n")
    assert kinds(case) == []


def test_lying_off_the_loading_berth_and_then_silence_is_possible(examine_csv):
    """Chon Ma San, 800 m off the quay, then silent: a possible delivery, in high only."""
    case = examine_csv(
        HEADER
        + '2024-10-20,Chon Ma San,DPRK,tanker,Vostochny,"roads, 800 m off the oil loading quay",intermittent,anchored,,,\n'
        + "2024-10-25,Chon Ma San,DPRK,tanker,Sea of Japan,,on,transit,,,\n"
    )
    (delivery,) = case.years[0].deliveries
    assert delivery.kind == "possible"
    assert (delivery.barrels.low, delivery.barrels.central) == (0, 0)
    assert delivery.barrels.high > 0
    assert "probability" in delivery.why


def test_a_coastal_move_is_no_import(examine_csv):
    """From Chongjin to Nampo in three days nobody fetches oil abroad."""
    case = examine_csv(
        HEADER
        + "2024-03-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-03-03,Yu Son,DPRK,tanker,Chongjin,oil berth,,,,,\n"
        + "2024-03-06,Yu Son,DPRK,tanker,Nampo,oil terminal,,,,,\n"
    )
    assert kinds(case) == [("Yu Son", "voyage"), ("Yu Son", "coastal")]
    coastal = case.years[0].deliveries[1]
    assert (coastal.barrels.low, coastal.barrels.central) == (0, 0)


def test_a_receipt_at_sea_and_its_discharge_are_one_delivery(examine_csv):
    """Oil taken over at sea and landed at Nampo is the same oil."""
    case = examine_csv(
        HEADER
        + "2024-03-01,Yu Son,DPRK,tanker,East China Sea,,,sts receiving,,,\n"
        + "2024-03-08,Yu Son,DPRK,tanker,Nampo,sea berth,,,,,\n"
    )
    assert kinds(case) == [("Yu Son", "voyage")]


def test_a_transfer_between_two_dprk_ships_adds_nothing(examine_csv):
    """Oil that changes from one DPRK-flagged ship to another is not imported."""
    case = examine_csv(
        "date,vessel,flag,type,port,activity,counterpart\n"
        "2024-03-01,Yu Son,DPRK,tanker,Yellow Sea,sts receiving,Sam Jong 1\n"
    )
    assert kinds(case) == []


def test_leaving_in_ballast_disproves_a_loading(examine_csv):
    """A tanker that is seen high in the water after the berth did not load."""
    case = examine_csv(
        HEADER
        + "2024-03-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-03-02,Yu Son,DPRK,tanker,Sea of Japan,,,transit,ballast,,\n"
    )
    assert kinds(case) == []


def test_oil_is_counted_for_tankers_only(examine_csv):
    """A ro-ro of the munitions shuttle and a Russian bunker barge carry no oil to the DPRK."""
    case = examine_csv(
        HEADER
        + "2024-03-13,Lady R,Russia,ro-ro,Vostochny,container terminal,,,,,\n"
        + "2024-03-13,BUNKEROVSHCHIK 7,Russia,bunkering tanker,Vostochny,oil berth,,,,,\n"
    )
    assert kinds(case) == []


def test_a_foreign_tanker_next_seen_at_a_dprk_terminal_counts(examine_csv):
    """An unlisted tanker under a third flag counts once it is seen at a DPRK oil facility."""
    case = examine_csv(
        HEADER
        + "2023-03-01,OCEAN GLORY,Togo,tanker,Vladivostok,,,,,,\n"
        + "2023-03-06,OCEAN GLORY,Togo,tanker,Wonsan,,,,,,\n"
    )
    assert kinds(case) == [("OCEAN GLORY", "voyage")]


def test_unidentified_tankers_count(examine_csv):
    """At least seven tankers at Nampo in May are seven deliveries, wide in date, in May."""
    case = examine_csv(HEADER + "2024-05,unknown,,tanker,Nampo,oil piers,,moored,,,7\n")
    deliveries = case.years[0].deliveries
    assert [d.kind for d in deliveries] == ["unidentified"] * 7
    assert len({d.id for d in deliveries}) == 7
    assert {d.counted_on.month for d in deliveries} == {5}


def test_an_unidentified_tanker_that_may_be_a_named_one_is_left_out_of_low(examine_csv):
    """One of two tankers at the berth that day may be the named one."""
    case = examine_csv(
        HEADER
        + "2024-04-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-04-01,,DPRK,tanker,Vostochny,oil berth,,,,,2\n"
    )
    unidentified = [d for d in case.years[0].deliveries if d.kind == "unidentified"]
    assert sorted(d.barrels.low > 0 for d in unidentified) == [False, True]


def test_a_month_counts_once(examine_csv):
    """A call known only as March 2024 corroborates a dated one in March; alone it counts once, in March."""
    dated = "2024-03-06,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    month = "2024-03,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    assert kinds(examine_csv(HEADER + dated + month)) == [("Yu Son", "load")]
    (alone,) = examine_csv(HEADER + month).years[0].deliveries
    assert alone.loaded_on == "2024-03-01/2024-03-31"
    assert alone.counted_on.month == 3


def test_a_wide_sighting_never_joins_two_calls(examine_csv):
    """A report about March to November does not make one call of two."""
    case = examine_csv(
        HEADER
        + "2024-04-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-06-01,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2024-03/2024-11,Yu Son,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    )
    assert kinds(case) == [("Yu Son", "load")] * 2


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


def test_an_observed_load_is_never_contradicted(examine_csv):
    """CHONG RIM 2: 1,150 dwt in one source, 1,500 t received in another; the load is a lower bound."""
    case = examine_csv(HEADER + "2018-03-01,Chong Rim 2,DPRK,tanker,Nampo,oil terminal,,,,,\n")
    (delivery,) = case.years[0].deliveries
    assert delivery.capacity.low >= 1500 * 6.35
    assert delivery.capacity.low <= delivery.capacity.central <= delivery.capacity.high
    assert "observed load" in delivery.capacity.basis


def test_unknown_capacity_says_its_fleet(examine_csv):
    """A ship of unknown size is taken from its fleet: the Vostochny run apart from Nampo's."""
    case = examine_csv(
        HEADER
        + "2024-05-01,Wol Bong San,DPRK,tanker,Vostochny,oil berth,,,,,\n"
        + "2023-05-01,A Sa Bong,DPRK,tanker,Nampo,oil pier,,,,,\n"
    )
    bases = {d.vessel: d.capacity.basis for year in case.years for d in year.deliveries}
    assert "vostochny_run" in bases["Wol Bong San"]
    assert "nampo_fleet" in bases["A Sa Bong"]


def test_an_opening_balance_is_a_line_of_its_own_and_must_not_overlap(examine_csv):
    """170,000 barrels before the first sighting are added; the same oil twice is refused."""
    csv = HEADER + "2024-03-06,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    case = examine_csv(csv, opening_balance=OpeningBalance(170_000, date(2024, 2, 29), "RUSI"))
    (year,) = case.years
    assert round(year.estimate.central) == 170_000 + year.deliveries[0].barrels.central
    assert any("170,000" in caveat for caveat in year.caveats)
    with pytest.raises(ConfigurationError, match="twice"):
        examine_csv(csv, opening_balance=OpeningBalance(170_000, date(2024, 3, 10), "RUSI"))


def test_ships_described_and_not_named_are_unidentified_ships(examine_csv):
    """What people write where a name should stand: "at least 7 tankers", "unspecified DPRK tanker"."""
    case = examine_csv(
        "date,vessel,port,facility\n"
        "2024-05,at least 7 tankers,Nampo,oil piers\n"
        "2024-11-05,unspecified DPRK tanker,Vostochny,oil bunkering facility\n"
    )
    assert case.complete
    assert [d.kind for d in case.years[0].deliveries] == ["unidentified"] * 8


TRANSFER = "date,vessel,flag,type,port,facility,activity,counterpart\n"


def test_oil_passed_on_between_dprk_ships_is_one_delivery(examine_csv):
    """Received from a foreign tanker, handed to another DPRK ship at sea, landed at Nampo: one cargo."""
    case = examine_csv(
        TRANSFER
        + "2018-03-05,Chon Ma San,DPRK,tanker,East China Sea,,sts receiving,Courageous\n"
        + "2018-03-07,Paek Yang San 1,DPRK,tanker,Sok-to,,sts receiving,Chon Ma San\n"
        + "2018-03-08,Paek Yang San 1,DPRK,tanker,Nampo,oil terminal,,\n"
    )
    counted = [d for d in case.years[0].deliveries if d.barrels.central > 0]
    assert [(d.vessel, d.kind) for d in counted] == [("Paek Yang San 1", "voyage")]
    assert [ref.line for ref in counted[0].sightings] == [2, 4]


def test_a_suppliers_load_and_the_receipt_from_it_are_one_delivery(examine_csv):
    """PATRIOT loads, Chon Ma San receives from it and lands the oil: counted at the discharge."""
    case = examine_csv(
        TRANSFER
        + "2018-02-01,Patriot,Russia,tanker,Vladivostok,,loading,\n"
        + "2018-02-05,Chon Ma San,DPRK,tanker,East China Sea,,sts receiving,Patriot\n"
        + "2018-02-10,Chon Ma San,DPRK,tanker,Nampo,oil terminal,,\n"
    )
    (delivery,) = case.years[0].deliveries
    assert (delivery.vessel, delivery.kind, delivery.state) == ("Chon Ma San", "voyage", "RU")


def test_a_cargo_passed_to_two_ships_or_landed_by_the_giver_too_is_one(examine_csv):
    """However many ships land parts of it, one loading is one cargo."""
    load = "2024-03-01,Un Hung,DPRK,tanker,Vostochny,oil berth,loading,\n"
    given = "2024-03-03,Un Hung,DPRK,tanker,Sok-to,,sts giving,An San 1\n"
    landed = "".join(
        f"2024-03-06,{ship},DPRK,tanker,Nampo,oil terminal,discharging,\n" for ship in ("Un Hung", "An San 1")
    )
    case = examine_csv(TRANSFER + load + given + landed)
    assert sum(d.barrels.central > 0 for d in case.years[0].deliveries) == 1
    two = "2024-03-03,Un Hung,DPRK,tanker,Sok-to,,sts giving,Yu Son\n" + landed.replace("Un Hung", "Yu Son")
    case = examine_csv(TRANSFER + load + given + two)
    assert sum(d.barrels.central > 0 for d in case.years[0].deliveries) == 1


def test_a_givers_row_alone_is_a_receipt(examine_csv):
    """The DPRK ship's side of a transfer counts although only the giver was written down."""
    case = examine_csv(TRANSFER + "2018-02-05,Orient Pearl,Togo,tanker,East China Sea,,sts giving,Chon Ma San\n")
    assert kinds(case) == [("Chon Ma San", "receipt")]


def test_a_load_on_the_last_day_of_a_year_is_told_in_the_next(examine_csv):
    """Loaded on 31 December, it arrives in January: both years get a verdict."""
    case = examine_csv(HEADER + "2023-12-31,Chon Ma San,DPRK,tanker,Vostochny,oil berth,,,,,\n")
    assert [(y.year, len(y.deliveries)) for y in case.years] == [(2023, 0), (2024, 1)]


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


def test_an_unidentified_ship_of_known_length_at_an_oil_berth_counts(examine_csv):
    """Unknown with a length or a count is a sighting of an unidentified ship."""
    rows = "date,length_m,count,port,facility\n2024-05-01,90,,Nampo,oil pier\n2024-05-20,,4,Nampo,oil pier\n"
    assert [d.kind for d in examine_csv(rows).years[0].deliveries] == ["unidentified"] * 5


def test_whole_barrels_add_up(examine_csv):
    """The deliveries' whole barrels sum to the rounded total."""
    rows = "".join(f"2024-03-{day:02d},TANKER {day},DPRK,tanker,Nampo,oil pier,,,,,\n" for day in range(1, 29))
    (year,) = examine_csv(HEADER + rows).years
    assert sum(d.barrels.low for d in year.deliveries) == round(year.estimate.low)
    assert all(d.barrels.low == int(d.barrels.low) for d in year.deliveries)


def test_an_opening_balance_of_another_year_is_refused(examine_csv):
    """It would be dropped without a word."""
    csv = HEADER + "2024-03-06,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,,,,,\n"
    with pytest.raises(ConfigurationError, match="2023-12-31"):
        examine_csv(csv, opening_balance=OpeningBalance(170_000, date(2023, 12, 31), "RUSI"))


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
