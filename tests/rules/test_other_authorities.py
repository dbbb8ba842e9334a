"""A listing binds where its authority's word is law: the UN's everywhere, those of the US, the UK and the EU at home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from ports.drawing import feature, gazetteer, square

from vesseltrack.cases.examine import examine
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.rules.evidence import who
from vesseltrack.rules.model import Finding
from vesseltrack.vessels.identity import identify
from vesseltrack.vessels.lists import store
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.store import Edition, FileUsed
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.model import Measure

SHIP = "9074729"
UN_SHIP = "8660313"
"""CHON MA SAN: frozen and banned from ports by the UN."""

PORTS = [
    feature(square(10, 20, 1), name="Usport", country="US"),
    feature(square(12, 20, 1), name="Ukport", country="GB"),
    feature(square(14, 20, 1), name="Euport", country="FR"),
    feature(square(16, 20, 1), name="Ruport", country="RU"),
    feature(square(18, 20, 1), name="Kpport", country="KP"),
]

Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Findings for one call of a ship that an authority lists with these measures."""
    ports = gazetteer(tmp_path / "ports.geojson", *PORTS)

    def _check(
        authority: str,
        port: str,
        *measures: Measure,
        imo: str = SHIP,
        flag: str = "",
        day: str = "2024-05-01",
        **more: object,
    ) -> list[Finding]:
        entry = ShipEntry(
            entry_id="77", name="SUNRISE", imo=[imo], listed_on=date(2020, 1, 1), programmes=["DPRK4"],
            measures=[(measure, None) for measure in measures],
        )  # fmt: skip
        for name, value in more.items():
            setattr(entry, name, value)
        ships = entry.vessels(authority=authority, title=f"{authority} list", remarks=[])
        content = PublishedList("other", f"{authority} list", authority, "test", "", 1, ships)
        store.keep(Edition(content, "2024-01-01", (FileUsed("x", "a" * 64),)), tmp_path / "lists")
        csv = f"date,vessel,imo,flag,port\n{day},SUNRISE,{imo},{flag},{port}\n"
        case = examine(
            ["-"], settings=CaseSettings(), register=load_register(lists=None, folder=tmp_path / "lists"),
            gazetteer=ports, today=date(2024, 12, 31), stdin=BytesIO(csv.encode()),
        )  # fmt: skip
        return [found for found in case.findings if found.rule.startswith("VT1")]

    return _check


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(found.rule, found.severity.label) for found in findings]


@pytest.mark.parametrize(("authority", "port"), [("US", "Usport"), ("UK", "Ukport"), ("EU", "Euport")])
def test_a_national_freeze_is_high_in_the_ports_of_that_authority(check, authority, port):
    [found] = check(authority, port, "asset_freeze")
    assert told([found]) == [("VT112", "high")]
    assert f"asset freeze by the {authority}," in found.title
    assert [listing.authority for listing in found.listings] == [authority]


@pytest.mark.parametrize(
    ("authority", "port"),
    [("US", "Ukport"), ("UK", "Euport"), ("EU", "Usport"), ("US", "Ruport"), ("Somebody", "Usport")],
)
def test_elsewhere_it_is_a_sighting_of_a_designated_ship(check, authority, port):
    [found] = check(authority, port, "asset_freeze", "port_entry_ban")
    assert told([found]) == [("VT101", "medium")]
    assert f"is designated by {'the ' if authority != 'Somebody' else ''}{authority};" in found.title


def test_a_port_ban_fires_only_where_the_list_carries_it(check):
    assert told(check("EU", "Euport", "port_entry_ban")) == [("VT111", "high")]
    assert told(check("EU", "Euport")) == [("VT101", "medium")]


@pytest.mark.parametrize("port", ["Usport", "Ruport", "Kpport", ""])
def test_a_listing_that_is_not_the_uns_cites_its_own_basis_and_no_resolution(check, port):
    for found in check("US", port, "asset_freeze", "port_entry_ban", "deflag", flag="Togo"):
        assert found.legal_basis == ("US: DPRK4",)
        assert "UN" not in {listing.authority for listing in found.listings}


def test_a_printed_basis_goes_before_the_programmes(check):
    [found] = check("US", "Usport", "asset_freeze", legal_basis=["Executive Order 13810"])
    assert found.legal_basis == ("Executive Order 13810",)


def test_before_its_listing_the_finding_names_who_listed_it_since(check):
    [found] = check("UK", "Ukport", "asset_freeze", day="2019-05-01")
    assert told([found]) == [("VT103", "info")]
    assert "was listed since by the UK, on 2020-01-01" in found.title


def test_in_a_dprk_port_it_is_one_line(check):
    [found] = check("US", "Kpport", "asset_freeze")
    assert told([found]) == [("VT102", "info")]
    assert "by the US" in found.title


def test_with_the_uns_listing_beside_it_the_resolutions_are_cited_for_that(check):
    found = check("US", "Ruport", "asset_freeze", imo=UN_SHIP)
    assert {("VT111", "high"), ("VT112", "critical")} <= set(told(found))
    freeze = next(x for x in found if x.rule == "VT112")
    assert "asset freeze by the UN," in freeze.title
    assert {listing.authority for listing in freeze.listings} == {"UN", "US"}
    assert any("1718 (2006)" in text for text in freeze.legal_basis)
    assert "US: DPRK4" not in freeze.legal_basis


def test_where_both_bind_both_are_named(check):
    freeze = next(x for x in check("US", "Usport", "asset_freeze", imo=UN_SHIP) if x.rule == "VT112")
    assert "by the UN and the US" in freeze.title or "by the US and the UN" in freeze.title
    assert freeze.severity.label == "critical"


@pytest.mark.parametrize(("authority", "flag", "fires"), [("UK", "United Kingdom", True), ("UK", "Togo", False)])
def test_de_flagging_binds_the_authoritys_own_register(check, authority, flag, fires):
    rules = {found.rule for found in check(authority, "Ruport", "deflag", flag=flag)}
    assert ("VT121" in rules) is fires


def test_a_tanker_listed_for_another_countrys_oil_adds_none_to_the_cap(tmp_path):
    entry = ShipEntry(
        entry_id="1",
        name="GULF SHIP",
        imo=[SHIP],
        type="crude oil tanker",
        programmes=["IRAN"],
        listed_on=date(2020, 1, 1),
    )
    rows = [
        f'2024-03-13,GULF SHIP,{SHIP},Iran,"Vostochny, oil bunkering berth",loading,',
        f"2024-04-13,GULF SHIP,{SHIP},Iran,East China Sea,sts_giving,OCEAN STAR",
    ]
    csv = "date,vessel,imo,flag,port,activity,counterpart\n" + "\n".join(rows) + "\n"
    ships = entry.vessels(authority="US", title="US list", remarks=[])
    content = PublishedList("ofac", "US list", "US", "test", "", 1, ships)
    store.keep(Edition(content, "2024-01-01", (FileUsed("x", "a" * 64),)), tmp_path)
    case = examine(
        ["-"], settings=CaseSettings(), register=load_register(lists=None, folder=tmp_path),
        gazetteer=load_gazetteer(), today=date(2024, 12, 31), stdin=BytesIO(csv.encode()),
    )  # fmt: skip
    assert [round(year.estimate.high) for year in case.years] == [0]
    assert {found.rule for found in case.findings} == {"VT101", "VT602"}
    [transfer] = [found for found in case.findings if found.rule == "VT602"]
    assert (transfer.severity.label, transfer.legal_basis) == ("medium", ("US: IRAN",))


def test_a_ship_sighted_under_its_register_name_is_told_by_no_other_name_of_a_list():
    ship = load_register().by_imo[UN_SHIP]
    renamed = replace(ship, listings=(replace(ship.listings[0], listed_name="SUNRISE"),))
    known = replace(identify(load_register(), name="CHON MA SAN", imo=UN_SHIP), vessel=renamed)
    assert who(known) == "CHON MA SAN"
    assert who(replace(known, name="OCEAN PEARL")) == "OCEAN PEARL (register: SUNRISE)"
