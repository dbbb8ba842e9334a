"""The case that the program must get right: Vostochny, spring 2024, from public sightings.

Sources: RUSI and Financial Times, 26 March 2024; Yomiuri Shimbun, 9 June 2024; UN 1718 Designated Vessels List.
"""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack import reference
from vesseltrack.cases.examine import examine
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.vessels.loading import load_register

FIVE = {"Paek Yang San 1", "Wol Bong San", "Kum Jin Gang 3", "Chon Ma San", "An San 1"}
MUNITIONS = {"Lady R", "Angara", "Maria", "Maia-1", "Maia 1"}


@pytest.fixture(scope="module")
def case():
    """The bundled example, as `vesseltrack demo` reads it."""
    return examine(
        [str(reference.path_of("examples/vostochny-2024.csv"))],
        settings=CaseSettings(),
        register=load_register(),
        gazetteer=load_gazetteer(),
        today=date(2026, 11, 22),
    )


@pytest.fixture(scope="module")
def year(case):
    """2024 against the cap."""
    (only,) = case.years
    return only


def march_loadings(year):
    """Deliveries that were loaded at Vostochny's oil berth between 6 and 24 March 2024."""
    return [
        d
        for d in year.deliveries
        if d.loaded_at is not None
        and d.loaded_at.startswith("Vostochny, oil")
        and d.loaded_on is not None
        and d.loaded_on.split("/")[0] >= "2024-03-06"
        and d.loaded_on.split("/")[-1] <= "2024-03-24"
    ]


def test_every_row_is_read_and_placed(case):
    """Nothing of the real case is rejected, unresolved or unplaced."""
    assert case.complete, case.incomplete_because
    assert not case.rejects
    assert case.summary["unplaced"] == 0


def test_five_tankers_load_in_march_all_dark(case, year):
    """Between 6 and 24 March five DPRK tankers load at the oil berth, all with AIS off (RUSI/FT)."""
    assert {d.vessel for d in march_loadings(year)} == FIVE
    dark = {
        f.identity.name
        for f in case.findings
        if f.rule == "VT201" and f.identity and f.place and f.place.port and f.place.port.name == "Vostochny"
    }
    assert dark >= FIVE


@pytest.mark.parametrize(
    ("name", "listed_as", "measures"),
    [
        ("Kum Jin Gang 3", "WAN HENG 11", {"deflag", "port_entry_ban"}),
        ("An San 1", "AN SAN 1", {"asset_freeze", "port_entry_ban"}),
        ("Chon Ma San", "CHON MA SAN", {"asset_freeze", "port_entry_ban"}),
    ],
)
def test_three_of_the_five_are_listed_with_a_port_entry_ban(case, name, listed_as, measures):
    """Kum Jin Gang 3 is found as WAN HENG 11; the measures are those of each ship's own listing."""
    bans = [f for f in case.findings if f.rule == "VT111" and f.identity and f.identity.name == name]
    assert bans
    assert {listing.listed_name for f in bans for listing in f.listings} == {listed_as}
    assert all(set(f.measures) == measures for f in bans)


def test_the_port_state_must_hold_chon_ma_san_and_an_san_1(case):
    """An asset freeze obliges the port State; it fires for the two ships that have one, and not for Kum Jin Gang 3."""
    frozen = {f.identity.name for f in case.findings if f.rule == "VT112" and f.identity}
    assert {"Chon Ma San", "An San 1"} <= frozen
    assert not frozen & {"Kum Jin Gang 3", "Paek Yang San 1", "Wol Bong San"}


def test_the_other_two_are_not_listed(case):
    """Paek Yang San 1 and Wol Bong San are ships of the trade on no list."""
    for name in ("Paek Yang San 1", "Wol Bong San"):
        about = [f for f in case.findings if f.identity and f.identity.name == name]
        assert about
        assert all(not f.listings and not f.measures for f in about)


def test_full_capacity_of_the_five_is_a_quarter_of_the_cap(year):
    """RUSI/FT: about 125,000 barrels; within 15 %, and inside the program's low to high range."""
    five = march_loadings(year)
    full = sum(d.capacity.central for d in five)
    assert full == pytest.approx(125_000, rel=0.15)
    assert sum(d.barrels.low for d in five) <= 125_000 <= sum(d.barrels.high for d in five)


def test_paek_yang_san_1_loads_three_times(year):
    """6 March, 26 March and 7 April are three loadings; the Chongjin call belongs to the first."""
    own = [d for d in year.deliveries if d.vessel == "Paek Yang San 1"]
    assert [d.loaded_on for d in own] == ["2024-03-06", "2024-03-26", "2024-04-07"]
    assert [d.delivered_at is not None and d.delivered_at.startswith("Chongjin") for d in own] == [True, False, False]


def test_anchoring_off_chongjin_is_no_delivery(year):
    """Yu Son and Nam Dae Bong at anchor on 13 March delivered nothing by that."""
    assert not [d for d in year.deliveries if d.vessel == "Nam Dae Bong"]
    assert all("2024-03-13" not in (d.delivered_on or "") for d in year.deliveries if d.vessel == "Yu Son")


def test_the_munitions_shuttle_carries_no_oil(case, year):
    """Lady R at the container terminal on 13 March, Angara, Maria, Maia-1: munitions shuttle, not oil."""
    assert not [d for d in year.deliveries if d.vessel in MUNITIONS]
    shuttle = {f.identity.name for f in case.findings if f.rule == "VT501" and f.identity}
    assert {"Lady R", "Angara", "Maria"} <= shuttle
    oil_rules = [f for f in case.findings if f.rule.startswith("VT40") and f.identity and f.identity.name in MUNITIONS]
    assert not oil_rules
    assert [f for f in case.findings if f.rule == "VT502"]


def test_chon_ma_san_off_the_quay_in_october_is_a_possible_delivery(year):
    """20 to 21 October, 800 m off the quay, then silence: in high only."""
    (october,) = [d for d in year.deliveries if d.vessel == "Chon Ma San" and d.kind == "possible"]
    assert october.barrels.central == 0
    assert october.loaded_on == "2024-10-20/2024-10-21"


def test_reported_volumes_stand_beside_the_estimate(year):
    """China 280,928 barrels to November, Russia 15,279 in January and nothing since: unknown, not zero."""
    assert dict(year.reported.by_state) == {"China": 280_928, "Russia": 15_279}
    assert dict(year.reported.missing_months)["Russia"][0] == "2024-02"
    assert dict(year.reported.missing_months)["China"] == ("2024-12",)


def test_the_verdict_says_what_it_does_not_know(year):
    """Coverage, possible deliveries and unreported months are told next to the verdict."""
    told = " ".join(year.caveats)
    assert "before 2024-03-06" in told
    assert "possible" in told
    assert "unknown, not zero" in told
