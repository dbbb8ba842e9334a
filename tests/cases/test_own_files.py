"""Files in which a user disagrees: sizes of ships (`--capacity-file`) and decisions (`--decisions`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from vesseltrack.cases.decisions import decisions_of, read_decisions
from vesseltrack.cases.sizes import own_sizes, read_sizes
from vesseltrack.errors import ConfigurationError, RowsError
from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.spread import Spread
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.vessels.loading import load_register

HEADER = "date,vessel,imo,flag,type,port,facility,count\n"
LOADED = "2024-03-06,Paek Yang San 1,,DPRK,tanker,Vostochny,oil berth,\n"
LANDED = "2024-03-09,Paek Yang San 1,,DPRK,tanker,Chongjin,oil berth,\n"
OTHER = "2024-04-01,Chon Ma San,8660313,DPRK,tanker,Nampo,oil terminal,\n"
UNKNOWN = "2024-05-10,,,DPRK,tanker,Nampo,oil pier,3\n"
ALL = HEADER + LOADED + LANDED + OTHER + UNKNOWN
REGISTER, GAZETTEER = load_register(), load_gazetteer()


@dataclass
class Files:
    """Writes the two kinds of file, and examines sightings with them."""

    folder: object
    examine_csv: object

    def write(self, text):
        path = self.folder / "own.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def sizes(self, text):
        return own_sizes(read_sizes(self.write(text)), REGISTER)

    def decisions(self, text):
        return decisions_of(read_decisions(self.write(text)), REGISTER, GAZETTEER)

    def with_sizes(self, text, csv=ALL, **settings):
        return self.examine_csv(csv, sizes=read_sizes(self.write(text)), **settings)

    def decided(self, text, csv=ALL, **settings):
        return self.examine_csv(csv, decisions=read_decisions(self.write(text)), **settings)


@pytest.fixture
def own(tmp_path, examine_csv):
    return Files(tmp_path, examine_csv)


def faults(read, text):
    with pytest.raises(RowsError) as refused:
        read(text)
    for fault in refused.value.faults:
        assert "\n" not in fault
    return list(refused.value.faults)


def capacities(case):
    return {d.vessel: d.capacity for year in case.years for d in year.deliveries}


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ship", ["Chon Ma San,,", "CHONMA SAN,,", "천마산호,,", ",8660313,", ",IMO 8660313,", "Chon Ma San,8660313,"]
)
def test_a_ship_is_named_in_any_way_that_sightings_name_it(own, ship):
    found = capacities(own.with_sizes(f"name,imo,mmsi,dwt\n{ship},4000\n"))
    assert found["Chon Ma San"].central == pytest.approx(4_000 * 8.33)
    assert "(own.csv line 2)" in found["Chon Ma San"].basis


def test_a_ship_that_the_register_does_not_know_has_a_size_too(own):
    csv = HEADER + OTHER.replace("Chon Ma San,8660313", "SOME TANKER,9074729")
    for ship in ("SOME TANKER,9074729", ",9074729"):
        found = capacities(own.with_sizes(f"name,imo,barrels\n{ship},9000\n", csv))
        assert found["SOME TANKER"].central == 9_000


def test_a_ship_known_by_mmsi_only(own):
    csv = "date,mmsi,flag,type,port,facility\n2024-04-01,445123456,DPRK,tanker,Nampo,oil pier\n"
    (delivery,) = own.with_sizes("mmsi,barrels\n445123456,9000\n", csv).years[0].deliveries
    assert delivery.capacity.central == 9_000


@pytest.mark.parametrize(
    ("columns", "cells", "central", "words"),
    [
        ("barrels", "25000", 25_000, "barrels given for the ship (own.csv line 2)"),
        ("barrels", '"25,000 bbl"', 25_000, "barrels given for the ship"),
        ("cargo_m3", "4000", 4_000 * 6.2898 * 0.98, "cargo volume 4,000 m3"),
        ("dwt", "3000 t", 3_000 * 8.33, "deadweight 3,000 t"),
        ("GT", "2000", None, "gross tonnage 2,000, about"),
        ("Length (m)", "90", None, "length 90 m, about"),
        ("barrels_low,barrels,barrels_high", "20000,25000,30000", 25_000, "barrels given for the ship"),
        ("barrels,barrels_high,source", "25000,30000,a broker", 25_000, "barrels given for the ship (a broker)"),
    ],
)
def test_each_way_to_give_a_size(own, columns, cells, central, words):
    found = capacities(own.with_sizes(f"name,{columns}\nPaek Yang San 1,{cells}\n"))["Paek Yang San 1"]
    assert words in found.basis
    assert central is None or found.central == pytest.approx(central)


def test_separators_and_encodings_of_spreadsheets(own):
    for text in ("name;dwt\nYu Son;4.000,5\n", "name\tdwt\nYu Son\t4000.5\n", "\ufeffname,dwt\r\nYu Son,4000.5\r\n"):
        (size,) = own.sizes(text).ships.values()
        assert size.deadweight_tonnes == 4_000.5
    (size,) = own.sizes("name,dwt\nYu Son,4000.5\n".encode("utf-16")).ships.values()
    assert size.deadweight_tonnes == 4_000.5


def test_a_fleet_of_ones_own_says_whose_it_is(own):
    found = own.with_sizes("fleet,barrels_low,barrels,barrels_high,source\nnampo_fleet,20000,22000,30000,my survey\n")
    (capacity,) = {d.capacity for d in found.years[0].deliveries if d.kind == "unidentified"}
    assert (capacity.low, capacity.central, capacity.high) == (20_000, 22_000, 30_000)
    assert capacity.basis == "unknown size, fleet nampo_fleet (my survey): 22,000 barrels on average"


def test_ships_and_fleets_in_one_file(own):
    sizes = own.sizes("name,fleet,barrels,dwt\nYu Son,,,3000\n,nampo_fleet,25000,\n")
    assert [size.deadweight_tonnes for size in sizes.ships.values()] == [3_000]
    assert sizes.fleets["nampo_fleet"].barrels == Spread.exactly(25_000)


def test_a_size_of_a_ship_that_delivered_nothing_is_told(own):
    """A misspelt name would change nothing without a word."""
    case = own.with_sizes("name,dwt\nChon Ma San,3000\nChang Ma Son 7,3000\n")
    assert case.unused_sizes == ("own.csv line 3",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,dwt\nYu Son,-5\n", "deadweight_tonnes '-5': must be above zero"),
        ("name,dwt\nYu Son,0\n", "must be above zero"),
        ("name,dwt\nYu Son,nan\n", "not a finite number"),
        ("name,dwt\nYu Son,1e300\n", "is outside 0 to 10000000000"),
        ("name,barrels\nYu Son,1e39\n", "is outside 0 to 10000000000"),
        ("name,length\nYu Son,900\n", "length in metres 900 is outside 0 to 500"),
        ("name,dwt\nYu Son,about 3000\n", "is not a number that is read here"),
        ("name,dwt\nYu Son,\n", "gives no size: give one of barrels, cargo_m3"),
        ("name,dwt,gt\nYu Son,3000,1500\n", "gives deadweight_tonnes and gross_tonnage: give one of"),
        ("name,dwt,barrels_low\nYu Son,3000,7\n", "without barrels: give the middle too"),
        ("name,barrels,barrels_low,barrels_high\nYu Son,5,6,7\n", "barrels 5 does not lie between 6 and 7"),
        ("name,dwt\n,3000\n", "names no ship"),
        ("name,dwt\nunknown,3000\n", "nothing in it names a ship"),
        ("name,imo,dwt\nChon Ma San,8660314,3000\n", "IMO number '8660314' fails its check digit"),
        ("imo,dwt\n123,3000\n", "IMO number '123' has 3 digits"),
        ("name,imo,dwt\nYu Son,8660313,3000\n", "its name and numbers are those of different ships"),
        ("name,dwt\nHOPE SEA,3000\n", "'HOPE SEA' may be AN SAN 1, IMO 7303803, or another ship"),
        ("name,dwt\nBLUE OCEAN,3000\n", "'BLUE OCEAN' may be PAEK YANG SAN 1, or another ship"),
        ("fleet,barrels\nbaltic,5\n", "fleet 'baltic': give barrels for one of vostochny_run"),
        ("fleet,dwt\nnampo_fleet,5\n", "fleet 'nampo_fleet': give barrels"),
        ("name,fleet,barrels\nYu Son,nampo_fleet,25000\n", "names a fleet and a ship: give a row to each"),
        ("name,dwt\nYu Son,12,000\n", "has more cells than the header"),
        ("name,dwt\nYu Son\n", "has 1 of 2 cells"),
    ],
)
def test_a_size_that_cannot_be_used_is_told_with_its_line(own, text, said):
    (fault,) = faults(own.sizes, text)
    assert fault.startswith(f"{own.folder / 'own.csv'}: line 2: ")
    assert said in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,dwt\nChon Ma San,3000\nCHONMA SAN,3500\n", "is of the same ship as own.csv line 2"),
        ("name,imo,dwt\nChon Ma San,,3000\n,8660313,3500\n", "is of the same ship as own.csv line 2"),
        ("fleet,barrels\nnampo_fleet,5\nnampo_fleet,6\n", "is of the same fleet as own.csv line 2"),
    ],
)
def test_two_sizes_of_one_ship_are_refused(own, text, said):
    assert said in faults(own.sizes, text)[0]


def test_every_bad_row_is_told_and_none_of_the_file_is_used(own):
    assert len(faults(own.sizes, "name,dwt\nYu Son,-1\nChon Ma San,3000\nKum Jin Gang 3,lots\n")) == 2


@pytest.mark.parametrize("read", ["sizes", "decisions"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n,,\n", "is empty"),
        ("name,dwt,decision,because,date\n", "holds a header and no row"),
        ("ship,reading\nA,5\n", "lacks a column"),
        ("name,vessel,dwt,decision,because,date\nA,B,5,x,y,z\n", "two columns mean name"),
        ("name,deadwieght,dwt,becuase,because,decision,date\nA,5,5,x,y,z,1\n", "is not known; did you mean"),
        (b"PK\x03\x04xl/workbook", "an Excel workbook"),
        (b"\x7fELF\x00\x00\x01", "a program"),
        ("<html><body>", "a web page"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(own, read, text, said):
    with pytest.raises(ConfigurationError) as why:
        getattr(own, read)(text)
    assert said in str(why.value)
    assert "\n" not in str(why.value)


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    for read in (read_sizes, read_decisions):
        for path in (tmp_path, tmp_path / "none.csv"):
            with pytest.raises(ConfigurationError, match="needs a CSV with"):
                read(path)


# --- decisions --------------------------------------------------------------------------------------------------------


def kinds(case):
    return [(d.vessel, d.kind) for year in case.years for d in year.deliveries]


DECISION = "decision,name,imo,date,port,because,reference,until\n"


def test_a_disproved_call_is_not_counted_and_is_told(own):
    case = own.decided(DECISION + "disproved,Chon Ma San,,2024-04-01,Nampo,another ship by its length,,\n")
    assert ("Chon Ma San", "discharge") not in kinds(case)
    assert [one.changed for one in case.decisions] == [("Chon Ma San, Nampo, 2024-04-01",)]
    assert case.decisions[0].decision.because == "another ship by its length"


def test_a_disproved_load_leaves_the_discharge_counted(own):
    """Nobody loaded at Vostochny; the arrival at Chongjin is still an arrival."""
    case = own.decided(DECISION + "disproved,Paek Yang San 1,,2024-03-06,Vostochny,a bunker barge,,\n")
    assert ("Paek Yang San 1", "discharge") in kinds(case)
    assert ("Paek Yang San 1", "voyage") not in kinds(case)


def test_a_disproved_discharge_leaves_the_load_counted(own):
    case = own.decided(DECISION + "disproved,Paek Yang San 1,,2024-03-09,,passed by,,\n")
    assert ("Paek Yang San 1", "load") in kinds(case)


def test_a_delivery_is_disproved_by_its_id(own, examine_csv):
    whole = examine_csv(ALL).years[0].deliveries
    voyage = next(d for d in whole if d.kind == "voyage")
    case = own.decided(f"delivery,decision,because\n{voyage.id},disproved,no oil\n")
    assert [d.id for d in case.years[0].deliveries] == [d.id for d in whole if d.id != voyage.id]
    assert voyage.id in case.decisions[0].changed[0]


def test_with_a_delivery_go_the_turn_rounds_in_its_chain(own, examine_csv):
    """What was disproved hid no further calls either."""
    chain = "date,vessel,flag,type,port\n" + "".join(
        f"2024-03-{day:02d},Yu Son,DPRK,tanker,Vostochny\n" for day in (1, 5, 9, 13)
    )
    first, *further = examine_csv(chain).years[0].deliveries
    assert further
    text = f"decision,delivery,because\ndisproved,{first.id.partition('-')[0]},no berth was free\n"
    assert not own.decided(text, csv=chain).years[0].deliveries


def test_what_a_decision_takes_out_changes_no_other_delivery(own, examine_csv):
    """The draws of the others stay, so the estimate falls by what was taken out alone."""
    before = examine_csv(ALL).years[0]
    after = own.decided(DECISION + "disproved,Chon Ma San,,2024-04-01,Nampo,x,,\n").years[0]
    assert after.estimate.low < before.estimate.low
    assert after.estimate == examine_csv(HEADER + LOADED + LANDED + UNKNOWN).years[0].estimate


def test_an_exempt_delivery_was_made_stays_visible_and_is_outside_the_cap(own, examine_csv):
    before = examine_csv(ALL).years[0]
    case = own.decided(DECISION + "exempt,Chon Ma San,,2024-04-01,,flood relief,S/AC.49/2024/1,\n")
    (year,) = case.years
    exempt = next(d for d in year.deliveries if d.vessel == "Chon Ma San")
    assert (exempt.exempt, exempt.in_cap) == ("flood relief (S/AC.49/2024/1)", False)
    assert exempt.barrels.central > 0
    assert year.uncapped.central == pytest.approx(exempt.barrels.central, abs=1)
    assert year.estimate.central < before.estimate.central
    assert len(year.deliveries) == len(before.deliveries)
    assert any("by date, product or exemption" in caveat for caveat in year.caveats)


def test_unidentified_ships_are_decided_about_by_port_and_date(own):
    case = own.decided("decision,port,date,because\ndisproved,Nampo,2024-05-10,fishing boats\n")
    assert "unidentified" not in {kind for _, kind in kinds(case)}
    assert len(case.decisions[0].changed) == 3
    assert ("Chon Ma San", "discharge") in kinds(case)  # a named ship is not meant


def test_a_decision_that_fits_nothing_is_told(own):
    for row in ("disproved,Chon Ma San,,2023-04-01,Nampo,other year,,", "disproved,Yu Son,,2024,,not seen,,",
                "disproved,Chon Ma San,,2024-04-01,Chongjin,other port,,"):  # fmt: skip
        (one,) = own.decided(DECISION + row + "\n").decisions
        assert (one.changed, one.expired) == ((), False)
    (one,) = own.decided("delivery,decision,because\nD000000000000,disproved,x\n").decisions
    assert one.changed == ()


@pytest.mark.parametrize(
    ("until", "as_of", "holds"), [("2024-06-30", date(2024, 6, 30), True), ("2024-06-30", date(2024, 7, 1), False),
                                  ("2024-06", date(2024, 6, 30), True), ("", date(2024, 7, 1), True)],
)  # fmt: skip
def test_a_decision_expires(own, until, as_of, holds):
    """It holds up to and including its last day."""
    case = own.decided(DECISION + f"disproved,Chon Ma San,,2024-04-01,Nampo,x,,{until}\n", as_of=as_of)
    assert (("Chon Ma San", "discharge") not in kinds(case)) == holds
    assert case.decisions[0].expired != holds


def test_what_has_expired_gives_way_to_what_holds(own):
    rows = "disproved,Chon Ma San,,2024-04-01,,x,,2024-04-30\nexempt,Chon Ma San,,2024-04-01,,y,S/1,2025-01-01\n"
    case = own.decided(DECISION + rows)
    assert [bool(one.changed) for one in case.decisions] == [False, True]


def test_a_decision_about_a_name_that_was_only_painted_on(own):
    """HOPE SEA may be An San 1: the call can be disproved by the name that was seen."""
    csv = HEADER + "2018-06-01,HOPE SEA,,,,Vostochny,oil berth,\n"
    case = own.decided(DECISION + "disproved,HOPE SEA,,2018-06-01,,another ship,,\n", csv)
    assert kinds(case) == []
    assert len(case.decisions[0].changed) == 1


@pytest.mark.parametrize("rule", ["voyage", "discharge", "load"])
def test_decisions_hold_under_every_rule(own, rule):
    case = own.decided(
        DECISION + "disproved,Paek Yang San 1,,2024-03,,x,,\n", assumptions=Assumptions(counting=rule)
    )  # fmt: skip
    assert "Paek Yang San 1" not in {vessel for vessel, _ in kinds(case)}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("maybe,Yu Son,,2024-04-01,,x,,", "decision 'maybe' is neither disproved nor exempt"),
        ("disproved,Yu Son,,2024-04-01,,,,", "has no reason: say why in the column because"),
        ("exempt,Yu Son,,2024-04-01,,x,,", "is an exemption without the Committee's reference"),
        ("disproved,Yu Son,,soon,,x,,", "date 'soon'"),
        ("disproved,Yu Son,,,,x,,", "date ''"),
        ("disproved,,,2024-04-01,,x,,", "names neither a delivery nor a ship nor a port"),
        ("disproved,Yu Son,,2024-04-01,Atlantis,x,,", "port 'Atlantis' is not in the gazetteer"),
        ("disproved,Yu Son,123,2024-04-01,,x,,", "IMO number '123' has 3 digits"),
        ("disproved,Yu Son,8660313,2024-04-01,,x,,", "its name and numbers are those of different ships"),
        ("disproved,Yu Son,,2024-04-01,,x,,whenever", "until 'whenever'"),
    ],
)
def test_a_decision_that_cannot_be_used_is_told_with_its_line(own, row, said):
    (fault,) = faults(own.decisions, DECISION + row + "\n")
    assert "own.csv: line 2: " in fault
    assert said in fault


@pytest.mark.parametrize(
    ("written", "kind"),
    [("Disproved", "disproved"), ("false positive", "disproved"), ("no-delivery", "disproved"),
     ("EXEMPT", "exempt"), ("humanitarian_exemption", "exempt")],
)  # fmt: skip
def test_what_people_write_for_a_decision(own, written, kind):
    (one,) = own.decisions(DECISION + f"{written},Yu Son,,2024-04-01,,x,S/1,\n")
    assert one.kind == kind


def test_the_end_of_a_row_may_be_left_off_where_it_may_be_blank(own):
    (one,) = own.decisions(DECISION + "disproved,Yu Son,,2024-04-01,,x\n")
    assert (one.reference, one.until) == ("", None)
