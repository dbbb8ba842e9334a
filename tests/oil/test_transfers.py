"""Oil that changes ships at sea: never the same oil twice, never a delivery lost (ruling 18)."""

from __future__ import annotations

import pytest

TRANSFER = "date,vessel,flag,type,port,facility,activity,counterpart\n"


def kinds(case) -> list[tuple[str, str]]:
    return [(d.vessel, d.kind) for year in case.years for d in year.deliveries]


def test_a_receipt_at_sea_and_its_discharge_are_one_delivery(examine_csv):
    """Oil taken over at sea and landed at Nampo is the same oil."""
    case = examine_csv(
        TRANSFER
        + "2024-03-01,Yu Son,DPRK,tanker,East China Sea,,sts receiving,\n"
        + "2024-03-08,Yu Son,DPRK,tanker,Nampo,sea berth,,\n"
    )
    assert kinds(case) == [("Yu Son", "voyage")]


def test_a_transfer_between_two_dprk_ships_adds_nothing(examine_csv):
    """Oil that changes from one DPRK-flagged ship to another is not imported."""
    case = examine_csv(
        "date,vessel,flag,type,port,activity,counterpart\n"
        "2024-03-01,Yu Son,DPRK,tanker,Yellow Sea,sts receiving,Sam Jong 1\n"
    )
    assert kinds(case) == []


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


def central(case) -> int:
    """How many deliveries the central estimate counts."""
    return sum(d.barrels.central > 0 for year in case.years for d in year.deliveries)


LOADED = "2024-03-01,Paek Yang San 1,DPRK,tanker,Vostochny,oil berth,,\n"


def given(day: str, giver: str, receiver: str) -> str:
    """A row of one DPRK tanker giving oil to another in the Sea of Japan."""
    return f"{day},{giver},DPRK,tanker,Sea of Japan,,sts giving,{receiver}\n"


def landed(day: str, ship: str) -> str:
    """A row of a DPRK tanker at Chongjin's oil berth."""
    return f"{day},{ship},DPRK,tanker,Chongjin,oil berth,,\n"


@pytest.mark.parametrize(
    "rows",
    [
        given("2024-03-03", "Paek Yang San 1", "Yu Son")
        + given("2024-03-05", "Yu Son", "An San 1")
        + landed("2024-03-07", "An San 1"),
        landed("2024-03-03", "Paek Yang San 1")
        + given("2024-03-04", "Paek Yang San 1", "Yu Son")
        + landed("2024-03-05", "Yu Son"),
        given("2024-03-03", "Paek Yang San 1", "Yu Son")
        + landed("2024-03-05", "Yu Son")
        + given("2024-03-06", "Paek Yang San 1", "Yu Son")
        + landed("2024-03-08", "Yu Son"),
        given("2024-03-03", "Paek Yang San 1", "Yu Son")
        + given("2024-03-04", "Yu Son", "Paek Yang San 1")
        + landed("2024-03-06", "Paek Yang San 1"),
    ],
    ids=["by way of a third ship", "the rest after landing", "in two parts", "there and back"],
)
def test_one_cargo_is_one_delivery_however_it_is_passed_on(examine_csv, rows):
    """What Paek Yang San 1 loaded on 1 March is counted once."""
    assert central(examine_csv(TRANSFER + LOADED + rows)) == 1


def test_what_is_given_after_time_to_fetch_more_is_another_cargo(examine_csv):
    """A week after it landed its cargo, the giver may have been abroad again."""
    rows = (
        landed("2024-03-03", "Paek Yang San 1")
        + given("2024-03-10", "Paek Yang San 1", "Yu Son")
        + landed("2024-03-12", "Yu Son")
    )
    assert central(examine_csv(TRANSFER + LOADED + rows)) == 2


def test_a_transfer_told_by_both_ships_takes_no_later_delivery_away(examine_csv):
    """The second telling of 3 March is not another transfer, whose oil Yu Son would have landed on the 20th."""
    rows = (
        given("2024-03-03", "Paek Yang San 1", "Yu Son")
        + "2024-03-03T05:00Z,Yu Son,DPRK,tanker,Sea of Japan,,sts receiving,Paek Yang San 1\n"
        + landed("2024-03-05", "Yu Son")
        + landed("2024-03-20", "Yu Son")
    )
    assert central(examine_csv(TRANSFER + LOADED + rows)) == 2


def test_each_receipt_from_a_foreign_ship_is_an_import_of_its_own(examine_csv):
    """PATRIOT fills two tankers; that its loading was seen as well takes neither of them away."""
    loading = "2018-02-01,Patriot,Russia,tanker,Vladivostok,,loading,\n"
    receipts = "".join(
        f"2018-02-{day:02d},{ship},DPRK,tanker,East China Sea,,sts receiving,Patriot\n"
        f"2018-02-{day + 5:02d},{ship},DPRK,tanker,Nampo,oil terminal,,\n"
        for day, ship in ((5, "Chon Ma San"), (6, "Wol Bong San"))
    )
    assert central(examine_csv(TRANSFER + receipts)) == 2
    assert central(examine_csv(TRANSFER + loading + receipts)) == 2
