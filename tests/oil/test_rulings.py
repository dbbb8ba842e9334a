"""Rulings 16 to 25 on what is counted as oil, each with the real case behind it.

Sources: RUSI and Financial Times, 26 March 2024; Yomiuri Shimbun, 9 June 2024; VOA, 6 June and October 2024; Open
Source Centre and BBC, 22 November 2024; Panel of Experts.
"""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.errors import ConfigurationError
from vesseltrack.oil.capacity import FILL_LIMIT
from vesseltrack.oil.year import OpeningBalance


def csv(rows: str, more: str = "") -> str:
    """Sightings in the columns every test needs, and ``more``."""
    return "".join(line.strip() + "\n" for line in (f"date,vessel,port,facility{more}", *rows.strip().splitlines()))


@pytest.fixture
def kinds(examine_csv):
    """Vessel and kind of each delivery, in order."""
    return lambda rows, more="": [
        (d.vessel, d.kind) for year in examine_csv(csv(rows, more)).years for d in year.deliveries
    ]


@pytest.fixture
def numbers(examine_csv):
    """How many deliveries low, central and high count."""

    def of(rows: str, more: str = "") -> tuple[int, ...]:
        found = [d.barrels for year in examine_csv(csv(rows, more)).years for d in year.deliveries]
        return tuple(sum(getattr(barrels, name) > 0 for barrels in found) for name in ("low", "central", "high"))

    return of


TYPED = ",flag,type"


def test_ruling_16_a_russian_bunker_barge_at_the_berth_delivers_nothing(kinds):
    """It bunkers ships in Russia, even where the row names its product; nor does a ro-ro of the shuttle carry oil."""
    rows = """2024-03-13,BUNKEROVSHCHIK 7,Vostochny,oil berth,Russia,bunkering tanker,diesel
              2024-03-13,Lady R,Vostochny,container terminal,Russia,ro-ro,"""
    assert kinds(rows, TYPED + ",product") == []


def test_ruling_16_a_foreign_tanker_next_seen_at_a_dprk_terminal_counts(kinds):
    """An unlisted tanker under a third flag counts once it is seen at a DPRK oil facility."""
    rows = """2023-03-01,OCEAN GLORY,Vladivostok,,Togo,tanker
              2023-03-06,OCEAN GLORY,Wonsan,,Togo,tanker"""
    assert kinds(rows, TYPED) == [("OCEAN GLORY", "voyage")]


def test_ruling_16_what_a_foreign_tanker_takes_elsewhere_is_not_the_dprks(kinds):
    """One call at Nampo does not make oil for the DPRK of every cargo that the ship lifted in Vladivostok."""
    rows = """2023-01-05,OCEAN GLORY,Vladivostok,,Togo,tanker
              2023-01-12,OCEAN GLORY,Dalian,,Togo,tanker
              2023-03-05,OCEAN GLORY,Vladivostok,,Togo,tanker
              2023-03-12,OCEAN GLORY,Nampo,,Togo,tanker
              2023-09-12,OCEAN GLORY,Vladivostok,,Togo,tanker"""
    assert kinds(rows, TYPED) == [("OCEAN GLORY", "voyage")]


@pytest.mark.parametrize(
    ("evidence", "counts"), [("barrels,5000", True), ("length_m,90", True), ("product,diesel", True), ("note,x", False)]
)
def test_ruling_16_a_dprk_ship_of_unknown_type_counts_with_capacity_evidence(kinds, evidence, counts):
    """Named, DPRK-flagged and at the oil berth, but of no known type: counted if the row shows what it can carry."""
    column, value = evidence.split(",")
    found = kinds(f"2024-03-13,KUM RUNG 9,Vostochny,oil berth,DPRK,{value}", f",flag,{column}")
    assert found == ([("KUM RUNG 9", "load")] if counts else [])


COUNTED = ",type,flag,count,source"


def test_ruling_17_at_least_seven_tankers_at_nampo_in_may_2024(examine_csv):
    """Seven deliveries, wide in date, in May (VOA, 6 June 2024)."""
    case = examine_csv(csv("2024-05,unknown,Nampo,oil piers,tanker,,7,", COUNTED))
    deliveries = case.years[0].deliveries
    assert [d.kind for d in deliveries] == ["unidentified"] * 7
    assert len({d.id for d in deliveries}) == 7
    assert {d.counted_on.month for d in deliveries} == {5}
    assert all(d.barrels.low > 0 for d in deliveries)


def test_ruling_17_ships_described_and_not_named_are_unidentified_ships(examine_csv):
    """What people write where a name should stand: "at least 7 tankers", "unspecified DPRK tanker"."""
    case = examine_csv(
        csv(
            """2024-05,at least 7 tankers,Nampo,oil piers
               2024-11-05,unspecified DPRK tanker,Vostochny,oil bunkering facility"""
        )
    )
    assert case.complete
    assert [d.kind for d in case.years[0].deliveries] == ["unidentified"] * 8


def test_ruling_17_an_unidentified_ship_of_known_length_at_an_oil_berth_counts(kinds):
    """Unknown with a length or a count is a sighting of an unidentified ship."""
    rows = """2024-05-01,,Nampo,oil pier,90,
              2024-05-20,,Nampo,oil pier,,4"""
    assert kinds(rows, ",length_m,count") == [("", "unidentified")] * 5


def test_ruling_17_one_that_may_be_a_named_ship_is_left_out_of_low(numbers):
    """One of two tankers at the berth may be Yu Son: that day, or within the five days that make one call of it."""
    for day in ("2024-04-01", "2024-04-04"):
        assert numbers(
            f"""2024-04-01,Yu Son,Vostochny,oil berth,,,,
                {day},,Vostochny,oil berth,tanker,DPRK,2,""",
            COUNTED,
        ) == (2, 3, 3)


def test_ruling_17_a_ship_that_is_itself_only_perhaps_there_takes_nobody_out_of_low(numbers):
    """HOPE SEA, a painted name, counts in high only; the tanker seen beside it was there all the same."""
    rows = """2024-04-01,HOPE SEA,Vostochny,oil berth,,,,
              2024-04-01,,Vostochny,oil berth,tanker,DPRK,,"""
    assert numbers(rows, COUNTED) == (1, 1, 2)


@pytest.mark.parametrize(
    "rows",
    [
        """2024-05-01,Yu Son,Vostochny,oil berth,,,,
           2024-05-03,,Chongjin,oil berth,tanker,DPRK,,""",
        """2024-05-01,,Vostochny,oil berth,tanker,DPRK,,
           2024-05-03,Yu Son,Chongjin,oil berth,,,,""",
        """2024-05-01,,Vostochny,oil berth,tanker,DPRK,,
           2024-05-03,,Chongjin,oil berth,tanker,DPRK,,""",
    ],
    ids=["a named load", "a named discharge", "neither named"],
)
def test_ruling_17_oil_that_may_be_counted_already_is_left_out_of_low(numbers, rows):
    """Loaded at Vostochny, landed at Chongjin two days later: perhaps one cargo, so low counts one."""
    assert numbers(rows, COUNTED) == (1, 2, 2)


@pytest.mark.parametrize(
    "rows",
    [
        """2024-05-01,,Chongjin,oil berth,tanker,DPRK,,
           2024-05-03,,Vostochny,oil berth,tanker,DPRK,,""",
        """2024-03-01,Yu Son,Vostochny,oil berth,,,,
           2024-05-01,,Nampo,oil terminal,tanker,DPRK,,""",
    ],
    ids=["landed before it was loaded", "sixty days apart"],
)
def test_ruling_17_oil_that_cannot_be_the_same_counts_in_low(numbers, rows):
    """Order, speed and the longest voyage say when two halves are two cargoes."""
    assert numbers(rows, COUNTED) == (2, 2, 2)


def test_ruling_17_two_counts_of_one_day_are_not_added_up(numbers):
    """Two sources saw five and three tankers at Nampo on one day: at least five, at most eight."""
    rows = """2024-05-01,,Nampo,oil pier,tanker,,5,one
              2024-05-01,,Nampo,oil pier,tanker,,3,other"""
    assert numbers(rows, COUNTED) == (5, 5, 8)


def test_ruling_17_a_list_of_the_whole_year_takes_no_tanker_of_may_out_of_the_count(examine_csv):
    """20 tankers in February and 15 in May stay 35 when somebody adds one that was seen in the year."""
    header = "date,type,port,facility,count,source\n"
    months = "2024-02,tanker,Nampo,oil terminal,20,a\n2024-05,tanker,Nampo,oil terminal,15,a\n"
    counted = [
        sum(d.in_central for d in examine_csv(header + months + year).years[0].deliveries)
        for year in ("", "2024,tanker,Nampo,oil terminal,1,b\n", "2024,tanker,Nampo,oil terminal,40,b\n")
    ]
    assert counted == [35, 35, 40]


def test_ruling_18_from_chongjin_to_nampo_in_three_days_is_coastal(kinds, numbers):
    """Nobody fetches oil abroad on the way: the part cargo landed second is listed, in high only."""
    rows = """2024-03-01,Yu Son,Vostochny,oil berth
              2024-03-03,Yu Son,Chongjin,oil berth
              2024-03-06,Yu Son,Nampo,oil terminal"""
    assert kinds(rows) == [("Yu Son", "voyage"), ("Yu Son", "coastal")]
    assert numbers(rows) == (1, 1, 2)


@pytest.mark.parametrize(
    ("between", "imports"),
    [
        ("", 1),
        ("2024-03-02,Yu Son,Sea of Japan,,transit,", 1),
        ("2024-03-03,Yu Son,Sok-to,,,", 1),
        ("2024-03-03,Yu Son,Sok-to,,sts receiving,", 2),
        ("2024-03-03,Yu Son,Sok-to,,sts receiving,Sam Jong 1", 2),
        ("2024-03-02,Yu Son,East China Sea,,sts receiving,COURAGEOUS", 2),
        ("2024-03-02,Yu Son,Vladivostok,,,", 2),
        ("2024-03-03,Yu Son,Dalian,,moored,", 2),
    ],
)
def test_ruling_18_a_load_a_foreign_port_or_a_transfer_between_makes_it_an_import(numbers, between, imports):
    """To pass, or to lie at Sok-to without a transfer, does not."""
    rows = f"""2024-03-01,Yu Son,Chongjin,oil berth,,
               {between or "2024-03-01,Yu Son,Chongjin,oil berth,moored,"}
               2024-03-04,Yu Son,Nampo,oil terminal,,"""
    assert numbers(rows, ",activity,counterpart")[1] == imports


def test_ruling_18_silence_long_enough_makes_it_an_import(numbers):
    """Six days are enough to fetch a cargo from Russia and land it at Nampo."""
    rows = """2024-03-01,Yu Son,Chongjin,oil berth
              2024-03-07,Yu Son,Nampo,oil terminal"""
    assert numbers(rows) == (2, 2, 2)


def test_ruling_19_paek_yang_san_1_turns_round_in_twelve_days(kinds):
    """6 and 26 March, 7 April 2024: three loadings; the shortest turn-round documented is twelve days."""
    rows = "\n".join(f"{day},Paek Yang San 1,Vostochny,oil berth" for day in ("2024-03-06", "2024-03-26", "2024-04-07"))
    assert kinds(rows) == [("Paek Yang San 1", "load")] * 3


@pytest.mark.parametrize(
    ("days", "calls"),
    [
        (("2024-03-01", "2024-03-06"), (1, 1, 1)),
        (("2024-03-01", "2024-03-08"), (2, 2, 2)),
        (("2024-03-01T00:00Z", "2024-03-06T00:00Z"), (1, 1, 1)),
        (("2024-03-01T00:00Z", "2024-03-06T00:01Z"), (2, 2, 2)),
        (("2024-03-01", "2024-03-04", "2024-03-07"), (1, 1, 1)),
        (("2024-03-01", "2024-03-04", "2024-03-09"), (1, 1, 3)),
        (tuple(f"2024-03-{day:02d}" for day in range(1, 11)), (1, 1, 1)),
    ],
)
def test_ruling_19_gaps_of_five_days_chain_and_long_chains_may_hide_turn_rounds(numbers, days, calls):
    """Longer than seven days: one call in low and central, all that fit in high, unless the ship was seen daily."""
    assert numbers("\n".join(f"{day},Yu Son,Vostochny,oil berth" for day in days)) == calls


@pytest.mark.parametrize("other", ["Chongjin,oil berth", "Chongjin,outer anchorage"])
def test_ruling_19_seen_elsewhere_in_between_are_two_calls(numbers, other):
    """At the berth on 1 and 5 March and off Chongjin on the 3rd: it came back."""
    rows = f"""2024-03-01,Yu Son,Vostochny,oil berth
               2024-03-03,Yu Son,{other}
               2024-03-05,Yu Son,Vostochny,oil berth"""
    assert numbers(rows) == (2, 2, 2)


def test_ruling_19_a_month_counts_once(kinds, examine_csv):
    """A call known only as March 2024 corroborates a dated one in March; alone it counts once, in March."""
    dated, month = (f"{day},Yu Son,Vostochny,oil berth\n" for day in ("2024-03-06", "2024-03"))
    assert kinds(dated + month) == [("Yu Son", "load")]
    (alone,) = examine_csv(csv(month)).years[0].deliveries
    assert alone.loaded_on == "2024-03-01/2024-03-31"
    assert alone.counted_on.month == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [("2024-03", "2024-04"), ("early 2024-03", "late 2024-03"), ("2024-03", "2024-04-02")],
)
def test_ruling_19_reports_of_different_times_are_two_calls(numbers, first, second):
    """Loaded in March, loaded in April: neither report says that they were one stay."""
    rows = f"""{first},Yu Son,Vostochny,oil berth
               {second},Yu Son,Vostochny,oil berth"""
    assert numbers(rows) == (2, 2, 2)


def test_ruling_19_a_wide_sighting_never_joins_two_calls(kinds):
    """A report about March to November does not make one call of two."""
    rows = "\n".join(f"{day},Yu Son,Vostochny,oil berth" for day in ("2024-04-01", "2024-06-01", "2024-03/2024-11"))
    assert kinds(rows) == [("Yu Son", "load")] * 2


@pytest.mark.parametrize(
    "told_again",
    [
        ",CHONMASAN,Vostochny,oil berth,8660313,,tanker,other",
        ",,Vostochny,oil berth,8660313,,tanker,other",
        ",,Vostochny,oil berth,,445123000,tanker,other",
    ],
    ids=["another spelling and the IMO number", "the IMO number alone", "the MMSI alone"],
)
def test_ruling_19_one_call_told_by_two_sources_is_one(numbers, told_again):
    """Chon Ma San at the berth on 14 March 2024, however the second source names her."""
    rows = f"2024-03-14,Chon Ma San,Vostochny,oil berth,,445123000,tanker,one\n2024-03-14{told_again}"
    assert numbers(rows, ",imo,mmsi,type,source") == (1, 1, 1)


def test_ruling_20_yu_son_off_chongjin_13_march_2024(kinds):
    """At anchor off Chongjin with other tankers: no delivery (RUSI/FT)."""
    assert kinds("2024-03-13,Yu Son,Chongjin,outer anchorage,anchored", ",activity") == []


ROADS = '"roads, 800 m off the oil loading quay"'
STATE = ",ais_status,activity,laden"


def test_ruling_20_chon_ma_san_800_m_off_the_quay(examine_csv):
    """20 to 25 October 2024: at anchor, silent, then homeward: possible, in high only, with its probability stated."""
    case = examine_csv(
        csv(
            f"""2024-10-20,Chon Ma San,Vostochny,{ROADS},intermittent,anchored,
                2024-10-25,Chon Ma San,Sea of Japan,,on,transit,""",
            STATE,
        )
    )
    (delivery,) = case.years[0].deliveries
    assert delivery.kind == "possible"
    assert (delivery.barrels.low, delivery.barrels.central) == (0, 0)
    assert delivery.barrels.high > 0
    assert "probability" in delivery.why


@pytest.mark.parametrize(
    ("then", "found"),
    [
        ("2024-10-21,Chon Ma San,Chongjin,outer anchorage,,anchored,", ["possible"]),
        ("2024-10-22,Chon Ma San,Chongjin,oil berth,,,", ["voyage"]),
        ("2024-10-22,Chon Ma San,Vostochny,oil berth,,,", ["load"]),
        ("2024-10-22,Chon Ma San,Sea of Japan,,on,transit,ballast", []),
        (f"2024-10-21,Chon Ma San,Vostochny,{ROADS},,anchored,ballast", []),
    ],
    ids=["homeward", "discharging", "at the berth", "in ballast on departure", "in ballast at last"],
)
def test_ruling_20_what_follows_the_roads_decides(kinds, then, found):
    """Off the quay, a tanker may have loaded in the silence; seen in ballast afterwards, it did not."""
    rows = f"2024-10-20,Chon Ma San,Vostochny,{ROADS},intermittent,anchored,\n{then}"
    assert [kind for _, kind in kinds(rows, STATE)] == found


def test_ruling_20_waiting_in_ballast_disproves_nothing(kinds):
    """A tanker that waits to load lies high in the water."""
    rows = f"2024-10-20,Chon Ma San,Vostochny,{ROADS},intermittent,anchored,ballast"
    assert kinds(rows, STATE) == [("Chon Ma San", "possible")]


def test_ruling_20_leaving_in_ballast_disproves_a_loading(kinds):
    """A tanker that is seen high in the water after the berth did not load."""
    rows = """2024-03-01,Yu Son,Vostochny,oil berth,,,
              2024-03-02,Yu Son,Sea of Japan,,,transit,ballast"""
    assert kinds(rows, STATE) == []


@pytest.mark.parametrize(
    ("loaded", "landed", "cargoes"),
    [
        ("2024-03-06T08:00Z,Yu Son,Vostochny,oil berth", "2024-03-06T20:00Z,Yu Son,Chongjin,oil berth", 1),
        ("2024-03-06T08:00Z,Yu Son,Vostochny,oil berth", "2024-03-06T17:00Z,Yu Son,Chongjin,oil berth", 2),
        ("2024-03-06,Yu Son,Vostochny,oil berth", "2024-03-06,Yu Son,Chongjin,oil berth", 1),
        ("2024-03-06T08:00Z,Yu Son,Vostochny,oil berth", "2024-03-07T08:00Z,Yu Son,Nampo,oil terminal", 2),
        ("2024-03-06,Yu Son,Vostochny,oil berth", "2024-03-08,Yu Son,Nampo,oil terminal", 1),
        ("2024-03,Yu Son,Vostochny,oil berth", "2024-03-01T00:00Z,Yu Son,Chongjin,oil berth", 2),
        ("2024-04-01,Yu Son,Vostochny,oil berth", "2024-05-08,Yu Son,Nampo,oil terminal", 1),
    ],
)
def test_ruling_21_a_leg_is_plausible_up_to_15_kn_and_a_day_is_any_instant_of_it(numbers, loaded, landed, cargoes):
    """Chongjin is eleven hours from Vostochny and Nampo 65; what could not be sailed is two cargoes, never none."""
    assert numbers(f"{loaded}\n{landed}") == (cargoes,) * 3


def test_ruling_21_a_call_is_left_after_its_last_sighting(numbers):
    """At Vostochny between 1 and 7 March and on the 9th, at Chongjin on the 4th: what it landed it had from before."""
    rows = """2024-03-01/2024-03-07,Yu Son,Vostochny,oil berth
              2024-03-04,Yu Son,Chongjin,oil berth
              2024-03-09,Yu Son,Vostochny,oil berth"""
    assert numbers(rows) == (2, 2, 2)


def test_ruling_21_nothing_is_landed_before_it_was_loaded(numbers):
    """At Nampo on 1 January, at Vostochny on the 2nd; a receipt some time in the year does not make one cargo of it."""
    rows = """2024-01-01,Yu Son,Nampo,oil terminal,
              2024-01-01/2024-12-20,Yu Son,Nampo,,sts receiving
              2024-01-02,Yu Son,Vostochny,oil berth,"""
    assert numbers(rows, ",activity")[1] >= 2


@pytest.mark.parametrize(("second", "cargoes"), [("2024-04-03", 1), ("2024-03/2024-11", 2)])
def test_ruling_19_loadings_at_two_ports_are_one_cargo_only_where_their_dates_say_so(numbers, second, cargoes):
    """Topped up at Nakhodka two days later: one cargo; loaded there some time between March and November: another."""
    rows = f"""2024-04-01,Yu Son,Vostochny,oil berth,loading
               {second},Yu Son,Nakhodka,,loading"""
    assert numbers(rows, ",activity") == (cargoes,) * 3


def test_ruling_21_two_loads_before_one_discharge_are_two_cargoes(kinds):
    """The later one was landed; the earlier is not lost."""
    rows = """2024-03-01,Yu Son,Vostochny,oil berth
              2024-03-10,Yu Son,Vostochny,oil berth
              2024-03-12,Yu Son,Chongjin,oil berth"""
    assert kinds(rows) == [("Yu Son", "load"), ("Yu Son", "voyage")]


def test_ruling_22_a_load_on_the_last_day_of_a_year_is_told_in_the_next(examine_csv):
    """Loaded on 31 December, it arrives in January: both years get a verdict."""
    case = examine_csv(csv("2023-12-31,Chon Ma San,Vostochny,oil berth"))
    assert [(y.year, len(y.deliveries)) for y in case.years] == [(2023, 0), (2024, 1)]


def test_ruling_22_a_discharge_counts_in_the_year_of_arrival(examine_csv):
    """Loaded on 30 December 2023, landed on 2 January 2024: once, in 2024."""
    case = examine_csv(csv("2023-12-30,Chon Ma San,Vostochny,oil berth\n2024-01-02,Chon Ma San,Chongjin,oil berth"))
    assert [(y.year, [d.kind for d in y.deliveries]) for y in case.years] == [(2023, []), (2024, ["voyage"])]


def test_ruling_23_an_observed_load_is_never_contradicted(examine_csv):
    """CHONG RIM 2: 1,150 dwt in one source, 1,500 t received in another; the load is a lower bound."""
    (delivery,) = examine_csv(csv("2018-03-01,Chong Rim 2,Nampo,oil terminal")).years[0].deliveries
    assert delivery.capacity.low >= 1500 * 6.35
    assert delivery.capacity.low <= delivery.capacity.central <= delivery.capacity.high
    assert "observed load" in delivery.capacity.basis


def test_ruling_23_low_and_high_know_cargo_share_and_product(examine_csv):
    """Chon Ma San, 3,565 dwt: 92 to 97 % of it is cargo, at 6.35 to 8.53 barrels a tonne; central is the convention."""
    (delivery,) = examine_csv(csv("2024-03-14,Chon Ma San,Vostochny,oil berth")).years[0].deliveries
    assert delivery.capacity.low == pytest.approx(3565 * 0.92 * 6.35)
    assert delivery.capacity.central == pytest.approx(3565 * 8.33)
    assert delivery.capacity.high == pytest.approx(max(3565 * 0.97 * 8.53, delivery.capacity.central))


def test_ruling_23_tanks_are_filled_to_98_percent_at_most(examine_csv):
    """1,000 cubic metres of tanks hold 980 of cargo."""
    rows = csv("2024-03-14,Chon Ma San,Vostochny,oil berth,1000", ",cargo_m3")
    (delivery,) = examine_csv(rows).years[0].deliveries
    assert delivery.capacity.high == pytest.approx(1000 * 6.2898 * FILL_LIMIT)


def test_ruling_23_unknown_capacity_says_its_fleet(examine_csv):
    """A ship of unknown size is taken from its fleet: the Vostochny run apart from Nampo's."""
    rows = """2024-05-01,Wol Bong San,Vostochny,oil berth,DPRK,tanker
              2023-05-01,A Sa Bong,Nampo,oil pier,DPRK,tanker"""
    case = examine_csv(csv(rows, TYPED))
    bases = {d.vessel: d.capacity.basis for year in case.years for d in year.deliveries}
    assert "vostochny_run" in bases["Wol Bong San"]
    assert "nampo_fleet" in bases["A Sa Bong"]


def test_ruling_24_whole_barrels_add_up(examine_csv):
    """The deliveries' whole barrels sum to the rounded total (the other laws: tests/cases/test_laws.py)."""
    rows = "\n".join(f"2024-03-{day:02d},TANKER {day},Nampo,oil pier,DPRK,tanker" for day in range(1, 29))
    (year,) = examine_csv(csv(rows, TYPED)).years
    assert sum(d.barrels.low for d in year.deliveries) == round(year.estimate.low)
    assert all(d.barrels.low == int(d.barrels.low) for d in year.deliveries)


FIRST = csv("2024-03-06,Paek Yang San 1,Vostochny,oil berth")


def test_ruling_25_coverage_is_told_beside_the_verdict(examine_csv):
    """The first sighting is of 6 March: nothing is known of the weeks before."""
    (year,) = examine_csv(FIRST).years
    assert any(caveat.startswith("No sightings") and "before 2024-03-06" in caveat for caveat in year.caveats)


def test_ruling_25_an_opening_balance_is_a_line_of_its_own_and_must_not_overlap(examine_csv):
    """170,000 barrels before the first sighting are added (RUSI); the same oil twice is refused."""
    case = examine_csv(FIRST, opening_balance=OpeningBalance(170_000, date(2024, 2, 29), "RUSI"))
    (year,) = case.years
    assert round(year.estimate.central) == 170_000 + year.deliveries[0].barrels.central
    assert any("170,000" in caveat for caveat in year.caveats)
    with pytest.raises(ConfigurationError, match="twice"):
        examine_csv(FIRST, opening_balance=OpeningBalance(170_000, date(2024, 3, 10), "RUSI"))


def test_ruling_25_an_opening_balance_of_another_year_is_refused(examine_csv):
    """It would be dropped without a word."""
    with pytest.raises(ConfigurationError, match="2023-12-31"):
        examine_csv(FIRST, opening_balance=OpeningBalance(170_000, date(2023, 12, 31), "RUSI"))
