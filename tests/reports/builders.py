"""A small case made by hand: what was published of March 2024 at Vostochny, cut down to what the formats need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.backtest import Comparison, Published
from vesseltrack.oil.capacity import Capacity
from vesseltrack.oil.model import Days, Delivery
from vesseltrack.oil.notified import Report
from vesseltrack.oil.reported import reported
from vesseltrack.oil.volume import Barrels
from vesseltrack.oil.year import (
    CapStatus,
    Counted,
    Crossing,
    DayEstimate,
    Driver,
    Flip,
    OpeningBalance,
    Projection,
    Regime,
    Reported,
    Scenario,
)
from vesseltrack.ports.model import Facility, Place, Port
from vesseltrack.reference import ReferenceUsed
from vesseltrack.reports.case import Backtest, Case, Screening
from vesseltrack.rules.model import Finding, Severity
from vesseltrack.sightings.schema import InputFile, RejectedRow, SightingRef
from vesseltrack.text import UNKNOWN, barrels
from vesseltrack.vessels.model import Candidate, Identity, Listing, ListUsed, ScreenResult, Vessel

SHA = "0123456789abcdef" * 4

UN_LIST = ListUsed("UN 1718 Designated Vessels List", "UN", "2018-10-16", "2026-11-22", SHA, 59)

LISTING_CHON_MA_SAN = Listing(
    authority="UN",
    list="UN 1718 Designated Vessels List",
    listed_name="CHON MA SAN",
    listed_on=date(2018, 3, 30),
    delisted_on=None,
    precision="",
    measures=(("asset_freeze", None), ("port_entry_ban", None)),
    legal_basis=("UNSCR 2321 (2016) para 12(d)", "UNSCR 2371 (2017) para 6"),
)
LISTING_WAN_HENG_11 = Listing(
    authority="UN",
    list="UN 1718 Designated Vessels List",
    listed_name="WAN HENG 11",
    listed_on=date(2018, 3, 30),
    delisted_on=None,
    precision="",
    measures=(("deflag", None), ("port_entry_ban", None)),
    legal_basis=("UNSCR 2321 (2016) para 12(a)", "UNSCR 2371 (2017) para 6"),
)


def vessel(name: str, imo: str | None, *listings: Listing, **changes: Any) -> Vessel:
    fields: dict[str, Any] = {
        "id": f"IMO{imo}" if imo else name.replace(" ", ""),
        "name": name,
        "imo": imo,
        "mmsi": (),
        "flag": "DPRK",
        "type": "oil tanker",
        "role": "trade_tanker",
        "aliases": (),
        "listings": listings,
        "also_listed": "",
        "deadweight_tonnes": None,
        "gross_tonnage": None,
        "observed_load_tonnes": None,
        "observed_load_m3": None,
        "built": None,
        "common_name": False,
        "source": "",
        "notes": "",
    }
    return Vessel(**{**fields, **changes})


CHON_MA_SAN = vessel("CHON MA SAN", "8660313", LISTING_CHON_MA_SAN, deadweight_tonnes=3565.0, built=2005)
WAN_HENG_11 = vessel("WAN HENG 11", "8791667", LISTING_WAN_HENG_11)
PAEK_YANG_SAN_1 = vessel("PAEK YANG SAN 1", None)


def identity(name: str, known: Vessel | None, **changes: Any) -> Identity:
    fields: dict[str, Any] = {
        "key": known.id if known else "",
        "name": name,
        "sighted_imo": "",
        "imo": known.imo if known else None,
        "mmsi": None,
        "grade": "match" if known else "none",
        "score": 0.9 if known else 0.0,
        "reasons": ("same name",) if known else (),
        "vessel": known,
        "candidates": (),
        "problems": (),
    }
    return Identity(**{**fields, **changes})


OIL_BERTH = Facility(
    id="vostochny-oil",
    name="oil bunkering berth",
    port="Vostochny",
    role="oil_loading",
    aliases=(),
    outline=None,
    uncertainty_m=600.0,
    operator="",
    near_loading_berth=False,
    source="RUSI/FT",
)
CONTAINER_TERMINAL = Facility(
    id="vostochny-containers",
    name="container terminal",
    port="Vostochny",
    role="container_terminal",
    aliases=(),
    outline=None,
    uncertainty_m=600.0,
    operator="",
    near_loading_berth=False,
    source="RUSI/FT",
)
VOSTOCHNY = Port(
    id="vostochny",
    name="Vostochny",
    country="RU",
    unlocodes=("RUVYP",),
    aliases=(),
    roles=("oil_loading", "munitions"),
    outline=None,
    point=None,
    uncertainty_m=0.0,
    facilities=(OIL_BERTH, CONTAINER_TERMINAL),
    source="RUSI/FT",
)
AT_OIL_BERTH = Place("port", VOSTOCHNY, OIL_BERTH, (), at_roads=False, near_loading_berth=False, text="")
AT_VOSTOCHNY = Place(
    "port", VOSTOCHNY, None, (OIL_BERTH, CONTAINER_TERMINAL), at_roads=False, near_loading_berth=False, text=""
)
AT_SEA = Place("sea", None, None, (), at_roads=False, near_loading_berth=False, text="")
NOWHERE = Place("unplaced", None, None, (), at_roads=False, near_loading_berth=False, text="Port Nowhere")


def instant(text: str) -> datetime:
    """Naive UTC, as everywhere in the program."""
    return datetime.fromisoformat(text)


def finding(rule: str, severity: Severity, who: Identity | None, title: str, **changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "id": f"{rule}-{who.key if who else 'cap'}",
        "rule": rule,
        "severity": severity,
        "title": title,
        "identity": who,
        "place": AT_OIL_BERTH,
        "lat": None,
        "lon": None,
        "observed_from": instant("2024-03-06T00:00:00"),
        "observed_to": instant("2024-03-24T23:59:59"),
        "ais_status": "off",
        "measures": (),
        "listings": (),
        "legal_basis": (),
        "sightings": (SightingRef("march.csv", 5),),
    }
    return Finding(**{**fields, **changes})


FINDINGS = (
    finding(
        "VT102",
        Severity.CRITICAL,
        identity("CHON MA SAN", CHON_MA_SAN, sighted_imo="IMO 8660313", score=1.0, reasons=("same IMO number",)),
        "CHON MA SAN, under a UN port entry ban, was at the oil bunkering berth of Vostochny (RU).",
        measures=("asset_freeze", "port_entry_ban"),
        listings=(LISTING_CHON_MA_SAN,),
        legal_basis=("UNSCR 2371 (2017) para 6",),
        sightings=(SightingRef("march.csv", 5), SightingRef("march.csv", 6), SightingRef("april.csv", 9)),
    ),
    finding(
        "VT102",
        Severity.CRITICAL,
        identity("Kum Jin Gang 3", WAN_HENG_11, reasons=("known former name",)),
        "Kum Jin Gang 3, listed as WAN HENG 11 and under a UN port entry ban, was at Vostochny (RU).",
        place=AT_VOSTOCHNY,
        observed_from=instant("2024-03-13T00:00:00"),
        observed_to=instant("2024-03-13T23:59:59"),
        measures=("deflag", "port_entry_ban"),
        listings=(LISTING_WAN_HENG_11,),
        legal_basis=("UNSCR 2371 (2017) para 6",),
        sightings=(SightingRef("march.csv", 7),),
    ),
    finding(
        "VT301",
        Severity.MEDIUM,
        identity("Paek Yang San 1", PAEK_YANG_SAN_1),
        "Paek Yang San 1, a tanker of the trade, showed no AIS at a place of the trade.",
        lat=42.75,
        lon=133.06,
        observed_to=instant("2024-03-06T23:59:59"),
        sightings=(SightingRef("march.csv", 3),),
    ),
    finding(
        "VT421",
        Severity.INFO,
        None,
        "The central estimate reached 75 % of the cap: analysis, without legal effect.",
        place=None,
        observed_from=None,
        observed_to=None,
        ais_status="unknown",
        legal_basis=("UNSCR 2397 (2017) para 5",),
        sightings=(),
    ),
    finding(
        "VT902",
        Severity.INFO,
        identity("", None),
        "A ship was seen at Port Nowhere, which is not in the gazetteer.",
        place=NOWHERE,
        ais_status="unknown",
        sightings=(SightingRef("march.csv", 11),),
    ),
)

REGIME = Regime(
    id="refined",
    product="refined",
    limit_barrels=500_000,
    first=date(2024, 1, 1),
    last=date(2024, 12, 31),
    notices_percent=(75, 90, 95),
    legal_basis=("UNSCR 2397 (2017) para 5",),
)


def delivery(name: str, full: float, **changes: Any) -> Delivery:
    fields: dict[str, Any] = {
        "id": f"D-{name.replace(' ', '')}",
        "vessel": name,
        "imo": None,
        "kind": "load",
        "loaded_on": "2024-03-06/2024-03-24",
        "loaded_at": "Vostochny, oil bunkering berth",
        "delivered_on": None,
        "delivered_at": None,
        "counted": Days(date(2024, 3, 15), date(2024, 3, 6), date(2024, 3, 24)),
        "loaded": Days(date(2024, 3, 15), date(2024, 3, 6), date(2024, 3, 24)),
        "discharged": None,
        "regime": "refined",
        "in_low": True,
        "other_half": False,
        "in_central": True,
        "probability": 1.0,
        "capacity": Capacity(full, full, full, "deadweight 3,565 t × 8.33 bbl/t", "deadweight"),
        "barrels": Barrels(full / 3, full * 0.75, full),
        "product": "",
        "in_cap": True,
        "designated": False,
        "state": "RU",
        "why": "Seen at a loading berth; the discharge was not seen.",
        "identity": None,
        "calls": (),
        "rows": (),
        "sightings": (),
    }
    return Delivery(**{**fields, **changes})


STRATUM = "stratum of the Vostochny run: deadweight 1,000–9,000 t, the ship's own is unknown"
DELIVERIES = (
    delivery(
        "Paek Yang San 1",
        25_000.4,
        kind="voyage",
        loaded_on="2024-03-06",
        delivered_on="2024-03-09/2024-03-15",
        delivered_at="Chongjin",
        counted=Days(date(2024, 3, 12), date(2024, 3, 9), date(2024, 3, 15)),
        capacity=Capacity(8_330.0, 25_000.4, 74_970.0, STRATUM, "fleet"),
        barrels=Barrels(8_330 / 3, 25_000.4 * 0.75, 74_970.0),
        why="The call at Chongjin follows this load.",
        sightings=(SightingRef("march.csv", 3), SightingRef("march.csv", 4)),
    ),
    delivery("CHON MA SAN", 29_696.45, imo="8660313", designated=True, sightings=(SightingRef("march.csv", 5),)),
    delivery(
        "",
        17_000.0,
        kind="unidentified",
        loaded_on=None,
        loaded_at=None,
        delivered_on="2024-05-01/2024-05-31",
        delivered_at="Nampo, oil pier",
        counted=Days(date(2024, 5, 16), date(2024, 5, 1), date(2024, 5, 31)),
        in_low=False,
        capacity=Capacity(
            14_000.0, 17_000.0, 21_000.0, "stratum of the Nampo fleet: 14,000–21,000 barrels a call", "fleet"
        ),
        barrels=Barrels(0.0, 12_750.0, 21_000.0),
        state="",
        why="2 calls by unidentified ships.",
        sightings=(SightingRef("april.csv", 2),),
    ),
)


def total(deliveries: tuple[Delivery, ...]) -> Barrels:
    summed = Barrels(0.0, 0.0, 0.0)
    for one in deliveries:
        summed += one.barrels
    return summed


OPENING = Barrels(170_000.0, 170_000.0, 170_000.0)
FULL = sum(one.capacity.central for one in DELIVERIES)
FILLS = (1 / 3, 0.5, 0.6, 0.75, 0.9, 1.0)

STATUS = CapStatus(
    year=2024,
    regime=REGIME,
    verdict=(
        "2024: cap not exceeded on the central estimate (223,773 barrels, 45 % of 500,000). Being under the cap makes no delivery lawful."
    ),
    coverage_from=date(2024, 3, 6),
    coverage_to=date(2024, 5, 31),
    days_observed=44,
    estimate=OPENING + total(DELIVERIES),
    probability_exceeded=0.0123,
    draws=10_000,
    assumptions=Assumptions(),
    days=(
        DayEstimate(date(2024, 2, 29), OPENING, 0.0),
        DayEstimate(date(2024, 5, 31), OPENING + total(DELIVERIES), 0.0123),
    ),
    counting=(
        Counted("voyage", 3, OPENING + total(DELIVERIES), 0.0123),
        Counted("discharge", 2, OPENING + DELIVERIES[0].barrels, 0.0),
        Counted("load", 2, OPENING + DELIVERIES[1].barrels, None),
    ),
    drivers=(
        Driver("ship sizes unknown, taken from the fleet", 0.6, 190_000.4, 260_000.6),
        Driver("fill, shared", 0.3, 200_000.0, 240_000.0),
        Driver("fill, voyage by voyage", 0.1, None, None),
    ),
    flip=Flip("were the ships 97 % full rather than 75 %", "", None),
    crude=(),
    uncapped=Barrels(0.0, 0.0, 0.0),
    scenarios=tuple(
        Scenario(fill, round(170_000 + FULL * fill), (170_000 + FULL * fill) / 5_000, None) for fill in FILLS
    ),
    crossings=(
        *(Crossing("estimated", percent, None, None, None) for percent in (75, 90, 95, 100)),
        *(Crossing("reported", percent, None, None, None) for percent in (75, 90, 95)),
    ),
    deliveries=DELIVERIES,
    reported=Reported(
        barrels=None,
        by_state=(("Russia", None), ("China", None)),
        missing_months=(
            ("Russia", tuple(f"2024-{month:02d}" for month in range(1, 13))),
            ("China", ("2024-01", "2024-03", "2024-04")),
        ),
        crossings=(),
        sources=(),
    ),
    opening_balance=OpeningBalance(170_000, date(2024, 2, 29), "ROK government, March 2024"),
    projection=Projection(18_300, None, None, date(2024, 12, 1)),
    caveats=("No sightings before 6 March.", "The capacity of 2 ships is not known; a stratum stands for it."),
)

RUNNING = replace(
    STATUS,
    reported=reported(
        2024,
        replace(REGIME, first=date(2024, 1, 1), last=date(2024, 12, 31)),
        date(2024, 5, 31),
        (Report("Russia", 2024, 2, 2, 1_410.0, None, reported_on=date(2024, 4, 2), source="own.csv line 2"),
         Report("Russia", 2024, 1, 1, None, 16_000.0, source="own.csv line 3", where="own.csv line 3")),
        date(2024, 5, 31),
    ),
)  # fmt: skip
"""The same year with reports: one month in tonnes, one restated, China silent."""

CASE = Case(
    program_version="0.1.0",
    data_version="2026-11-22",
    as_of=date(2024, 5, 31),
    incomplete_because=("1 row could not be read", "1 sighting names a port that is not in the gazetteer"),
    inputs=(
        InputFile("march.csv", SHA, 10, 1, 0, "utf-8"),
        InputFile("april.csv", SHA[::-1], 8, 0, 1, "utf-8"),
    ),
    lists=(UN_LIST,),
    reference=(ReferenceUsed("vessels.csv", SHA),),
    findings=FINDINGS,
    rejects=(RejectedRow("march.csv", 8, "date", "32 March 2024", "not a date: write it as 2024-03-31"),),
    summary={
        "sightings": 16,
        "vessels": 6,
        "listed": 3,
        "unlisted": 4,
        "unresolved": 0,
        "unplaced": 1,
        "at_sea": 1,
        "rejected": 1,
        "duplicates": 1,
        "findings": 5,
        "info": 2,
        "low": 0,
        "medium": 1,
        "high": 0,
        "critical": 2,
    },
    years=(STATUS,),
    method=("A load without a discharge counts as delivered.", "Low is a third of the smallest capacity."),
)

EMPTY = Case(
    program_version="0.1.0",
    data_version="2026-11-22",
    as_of=None,
    incomplete_because=("march.csv holds no rows",),
    inputs=(InputFile("march.csv", SHA, 0, 0, 0, "utf-8"),),
    lists=(UN_LIST,),
    reference=(),
    findings=(),
    rejects=(),
    summary=dict.fromkeys(CASE.summary, 0),
    years=(),
    method=(),
)
"""An input without rows: nothing was checked, which is not clean."""

SCREENING = Screening(
    program_version="0.1.0",
    data_version="2026-11-22",
    as_of=date(2026, 11, 22),
    incomplete_because=("1 query held nothing that can be checked",),
    lists=(UN_LIST,),
    reference=(ReferenceUsed("vessels.csv", SHA),),
    results=(
        ScreenResult(
            "chon ma san", 1, "match", (), (Candidate(CHON_MA_SAN, "match", 0.95, ("same name",)),), checked=True
        ),
        ScreenResult(
            "KUMJINGANG3",
            2,
            "match",
            (),
            (Candidate(WAN_HENG_11, "match", 0.9, ("former name KUM JIN GANG 3",)),),
            checked=True,
        ),
        ScreenResult(
            "Paek Yang San 1",
            3,
            "review",
            (),
            (Candidate(PAEK_YANG_SAN_1, "review", 0.95, ("in the trade register",)),),
            checked=True,
        ),
        ScreenResult("EVER GIVEN", 4, "none", (), (), checked=True),
        ScreenResult("???", 5, "none", ("no letter or digit in it",), (), checked=False),
    ),
)


def published(scenario: str, volume: int | None, **changes: Any) -> Published:
    fields: dict[str, Any] = {
        "id": scenario,
        "source": "Panel of Experts, final report S/2024/215",
        "first": date(2023, 1, 1),
        "last": date(2023, 9, 15),
        "scenario": scenario,
        "deliveries": 87,
        "fill": 0.6,
        "barrels": volume,
        "text": UNKNOWN if volume is None else barrels(volume),
        "last_digit": None if volume is None else 1,
        "how": "same_source",
        "from_row": "",
        "barrels_each": None,
        "note": "",
        "url": "https://example.org/panel",
    }
    return Published(**{**fields, **changes})


BACKTEST = Backtest(
    program_version="0.1.0",
    data_version="2026-11-22",
    as_of=date(2026, 11, 22),
    lists=(UN_LIST,),
    reference=(ReferenceUsed("published.csv", SHA),),
    estimates=(
        Comparison(published("60 % laden", 1_015_588), 1_015_587, None, None, "from 90 % laden of the same source"),
        Comparison(
            published("about 90 % laden", 800_000, text="nearly 800,000", how="fleet"),
            776_264,
            567_000,
            850_500,
            "45 calls by ships of unknown size",
        ),
        Comparison(published("full", 900_000, how="fleet"), 776_264, 567_000, 850_500, "the same, at another fill"),
        Comparison(
            published("one third laden", None, text="more than the cap", how="fleet"), 498_342, 364_000, 546_000, "why"
        ),
        Comparison(
            published("not stated", None, text="several times the cap", how="not_recomputable", url=""),
            None,
            None,
            None,
            "no fill was published",
        ),
    ),
    capacities=(
        Comparison(
            published("mean full capacity per call", 19_456, how="fleet"), 19_167, 14_000, 21_000, "beside one ship"
        ),
    ),
)
