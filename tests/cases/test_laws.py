"""Laws that hold for every input (ruling 24)."""

from __future__ import annotations

import os
import random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

HEADER = "date,vessel,imo,flag,type,port,facility,ais_status,activity,laden,product,count,counterpart"

SHIPS = (
    ("Yu Son", "", "DPRK", "tanker"), ("CHON MA SAN", "8660313", "", ""), ("Paek Yang San 1", "", "DPRK", "tanker"),
    ("KUM JIN GANG 3", "", "", ""), ("Lady R", "9161003", "Russia", "ro-ro"), ("OCEAN GLORY", "", "Togo", "tanker"),
    ("", "", "DPRK", "tanker"), ("HOPE SEA", "", "", ""), ("CHON MA SAN", "9074729", "", "tanker"),
)  # fmt: skip

PLACES = (
    ("Vostochny", "oil berth"), ("Vostochny", "container terminal"), ("Vostochny", "roads"), ("Nampo", "oil terminal"),
    ("Nampo", "sea berth"), ("Chongjin", ""), ("Chongjin", "outer anchorage"), ("Rajin", "pier 1"), ("Sok-to", ""),
    ("Sea of Japan", ""), ("Nakhodka", ""), ("Atlantis", ""),
)  # fmt: skip

rows = st.builds(
    lambda day, span, ship, place, ais, activity, laden, count, other: ",".join(
        [
            f"2024-{day // 28 + 1:02d}-{day % 28 + 1:02d}" + span,
            *ship, *place, ais, activity, laden, "", str(count) if ship[0] == "" else "", other if activity.startswith("sts") else "",
        ]
    ),
    st.integers(0, 250),
    st.sampled_from(["", "", "", "/2024-12-20"]),
    st.sampled_from(SHIPS),
    st.sampled_from(PLACES),
    st.sampled_from(["on", "off", "", "intermittent"]),
    st.sampled_from(["", "", "moored", "anchored", "loading", "discharging", "sts receiving", "sts giving", "transit"]),
    st.sampled_from(["", "", "laden", "ballast"]),
    st.integers(1, 4),
    st.sampled_from(["", "Chon Ma San", "Wol Bong San", "ORIENT PEARL", "HOPE SEA"]),
)  # fmt: skip

several = st.lists(rows, min_size=1, max_size=25)
slow = settings(
    max_examples=int(os.environ.get("LAW_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def text(lines: list[str]) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def shown(case):
    """Everything about a case but the lines on which sightings stand."""
    return (
        sorted((f.id, f.rule, f.severity, f.title, f.measures) for f in case.findings),
        [(d.id, d.kind, d.counted_on, d.barrels, d.capacity) for y in case.years for d in y.deliveries],
        [(y.verdict, y.estimate, y.scenarios, y.crossings, y.caveats) for y in case.years],
        dict(case.summary),
    )


@slow
@given(several, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(examine_csv, lines: list[str], shuffler: random.Random):
    """The same rows in another order give the same findings, deliveries and verdicts."""
    mixed = list(lines)
    shuffler.shuffle(mixed)
    assert shown(examine_csv(text(lines))) == shown(examine_csv(text(mixed)))


contradictions = st.builds(
    lambda *cells: ",".join(cells),
    st.sampled_from(["2018-03-11", "2018-03-11", "2018-03-11T04:00Z", "2019-03-11", "2016-03-11"]),
    st.sampled_from(["HAO FAN 6", "OCEAN PEARL", "CHON MA SAN", "JH 86", "UNICA", "BLUE OCEAN", "PAEK YANG SAN 1", ""]),
    st.sampled_from(["", "8628597", "8660313", "8660314", "9074729", "8602531", "0000000", "5800001"]),
    st.sampled_from(["", "445123456", "353136000", "341985000"]),
    st.sampled_from(["", "HMYA", "3FAB1"]),
    st.sampled_from(["", "DPRK", "Panama", "St Kitts and Nevis"]),
    st.sampled_from(["Vostochny", "Nampo", "Atlantis", ""]),
    st.sampled_from([",", "42.73,133.03", "38.7,125.2", "10,20"]),
    st.sampled_from(["", "Yusong Shipping Co", "Ocean Maritime Management Company Limited"]),
)


@slow
@given(st.lists(contradictions, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_nor_does_it_where_names_numbers_and_flags_contradict_each_other(examine_csv, lines, shuffler: random.Random):
    """Rows of one ship that were given differently are told in the order of their content."""
    header = "date,vessel,imo,mmsi,call_sign,flag,port,lat,lon,owner"
    mixed = list(lines)
    shuffler.shuffle(mixed)
    one, other = (examine_csv("\n".join([header, *rows]) + "\n") for rows in (lines, mixed))
    assert shown(one) == shown(other)
    assert [(f.identity, f.listings, f.legal_basis, f.place, f.lat) for f in one.findings] == [
        (f.identity, f.listings, f.legal_basis, f.place, f.lat) for f in other.findings
    ]


@slow
@given(several)
def test_low_central_high(examine_csv, lines: list[str]):
    """low <= central <= high for capacities, deliveries and estimates; a delivery carries its sightings."""
    case = examine_csv(text(lines))
    for year in case.years:
        assert year.estimate.low <= year.estimate.central <= year.estimate.high
        for d in year.deliveries:
            assert 0 < d.capacity.low <= d.capacity.central <= d.capacity.high
            assert 0 <= d.barrels.low <= d.barrels.central <= d.barrels.high
            assert d.sightings
            assert d.earliest <= d.counted_on <= d.latest


@slow
@given(several)
def test_the_sum_of_deliveries_is_the_total(examine_csv, lines: list[str]):
    """Every barrel of an estimate belongs to a delivery of its year."""
    for year in examine_csv(text(lines)).years:
        for name in ("low", "central", "high"):
            total = sum(getattr(d.barrels, name) for d in year.deliveries if d.in_cap)
            assert total == round(getattr(year.estimate, name))


@slow
@given(several, rows)
def test_a_sighting_far_from_any_call_never_lowers_a_count(examine_csv, lines: list[str], extra: str):
    """Deliveries that low and central count do not become fewer by a sighting at a place and time of its own.

    Transfers are left out: one that links a load to a discharge shows two cargoes to be one.
    """
    assume("sts " not in extra)
    early = "2024-12-28" + extra[extra.index(",") :]
    more, fewer = (examine_csv(text(found), years=(2024, 2025)) for found in ([*lines, early], lines))
    for name in ("low", "central"):
        assert counted(more, name) >= counted(fewer, name)


def counted(case, name: str) -> int:
    return sum(getattr(d.barrels, name) > 0 for year in case.years for d in year.deliveries)


@slow
@given(several)
def test_no_call_is_part_of_two_deliveries(examine_csv, lines: list[str]):
    """Never the same oil twice, but for the further turn-rounds that a chain of sightings may hide."""
    found = [d for year in examine_csv(text(lines)).years for d in year.deliveries]
    calls = [(call.ship, call.start, call.end, call.rows) for d in found if "-" not in d.id for call in d.calls]
    assert len(calls) == len(set(calls))


@slow
@given(several)
def test_every_row_is_accounted_for(examine_csv, lines: list[str]):
    """Accepted, duplicate and rejected rows make up every row; findings have ids of their own."""
    case = examine_csv(text(lines))
    (used,) = case.inputs
    assert used.rows == case.summary["sightings"] + used.rejected + used.duplicates
    ids = [f.id for f in case.findings]
    assert len(ids) == len(set(ids))


@slow
@given(several)
def test_munitions_and_oil_never_mix(examine_csv, lines: list[str]):
    """Munitions rules never fire on tankers, oil rules never on a ro-ro."""
    case = examine_csv(text(lines))
    assert not [f for f in case.findings if f.rule == "VT501" and f.identity and f.identity.name != "Lady R"]
    assert not [d for y in case.years for d in y.deliveries if d.vessel == "Lady R"]


@slow
@given(several, st.integers(0, 25))
def test_reading_parts_together_equals_reading_the_whole(tmp_path_factory, examine_files, lines: list[str], cut: int):
    """The same rows in one file or in two, in either order of files, come to the same."""
    folder = tmp_path_factory.mktemp("parts")
    whole, first, second = (folder / name for name in ("whole.csv", "first.csv", "second.csv"))
    for path, part in ((whole, lines), (first, lines[:cut]), (second, lines[cut:])):
        path.write_text(text(part), encoding="utf-8")
    results = [shown(examine_files(*names)) for names in ((whole,), (first, second), (second, first))]
    assert results[0] == results[1] == results[2]
