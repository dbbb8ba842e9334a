"""The machine-readable documents keep the design's promises: keys, order, integers, dates, nothing invented."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from reports import builders

from vesseltrack.oil.volume import Barrels
from vesseltrack.reports.csv import BACKTEST_COLUMNS, DECIDED_COLUMNS, DELIVERY_COLUMNS, FINDING_COLUMNS, RESULT_COLUMNS
from vesseltrack.reports.render import render

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
HEAD = ["schema", "program", "as_of", "complete", "incomplete_because", "inputs", "lists", "reference"]
YEAR = ["cap", "verdict", "coverage", "estimate", "scenarios", "crossings", "deliveries", "reported", "projection"]
UNCAPPED = replace(builders.STATUS, year=2023, regime=None, probability_exceeded=None)
TWO_YEARS = replace(builders.CASE, years=(UNCAPPED, builders.STATUS))
CASES = {
    "check": [builders.CASE, builders.EMPTY],
    "report": [builders.CASE, builders.EMPTY, TWO_YEARS, replace(builders.CASE, years=(builders.RUNNING,))],
    "screen": [builders.SCREENING, replace(builders.SCREENING, results=())],
    "backtest": [builders.BACKTEST, replace(builders.BACKTEST, estimates=(), capacities=())],
}
EVERY_CASE = [(kind, payload) for kind, payloads in CASES.items() for payload in payloads]


def validator(kind: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def parsed(kind, payload):
    return json.loads(render(kind, payload, "json"))


@pytest.mark.parametrize(("kind", "payload"), EVERY_CASE)
def test_json_is_valid_against_its_schema(kind, payload) -> None:
    assert [error.message for error in validator(kind).iter_errors(parsed(kind, payload))] == []


@pytest.mark.parametrize(("kind", "payload"), EVERY_CASE)
def test_every_key_stands_in_the_schema(kind, payload) -> None:
    schema = json.loads((SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8"))
    known = {*schema["properties"], *schema["$defs"].get("year", {}).get("properties", ())}
    assert set(parsed(kind, payload)) <= known
    _known_keys_only(parsed(kind, payload), schema, schema)


def _known_keys_only(value, schema, root) -> None:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema and value is not None:
        schema = schema["anyOf"][0]
        _known_keys_only(value, schema, root)
    elif isinstance(value, list):
        for item in value:
            _known_keys_only(item, schema["items"], root)
    elif isinstance(value, dict) and "properties" in schema and value is not None:
        for key, inner in value.items():
            if schema is not root or key in schema["properties"]:
                assert key in schema["properties"], key
                _known_keys_only(inner, schema["properties"][key], root)


@pytest.mark.parametrize("key", ["schema", "findings", "complete", "lists"])
def test_the_schema_refuses_a_document_without_a_key_of_the_design(key) -> None:
    document = parsed("check", builders.CASE)
    del document[key]
    assert list(validator("check").iter_errors(document)) != []


def test_the_schema_refuses_one_year_whose_keys_do_not_stand_at_the_top() -> None:
    document = parsed("report", builders.CASE)
    del document["verdict"]
    assert list(validator("report").iter_errors(document)) != []


def test_keys_stand_in_the_order_of_the_design() -> None:
    check, report = parsed("check", builders.CASE), parsed("report", builders.CASE)
    assert list(check) == [*HEAD, "findings", "rejects", "summary", "decisions", "notice"]
    assert list(report)[: len(HEAD)] == HEAD
    assert [key for key in report if key in YEAR] == YEAR
    assert list(report["years"][0])[: len(YEAR)] == YEAR
    assert list(parsed("screen", builders.SCREENING)) == [*HEAD, "results", "notice"]
    backtest = parsed("backtest", builders.BACKTEST)
    assert list(backtest) == [*HEAD, "rows", "notice"]
    assert list(backtest["rows"][0]) == [
        "source", "period", "scenario", "published", "published_text", "computed", "difference_percent", "status", "why",
        "low", "high", "inside", "deliveries", "url",
    ]  # fmt: skip
    assert list(check["findings"][0]) == [
        "id", "rule", "severity", "title", "vessel", "match", "place", "observed_from", "observed_to", "ais_status",
        "measures", "listings", "legal_basis", "sightings",
    ]  # fmt: skip


def test_a_single_year_stands_at_the_top_as_well() -> None:
    report = parsed("report", builders.CASE)
    assert {key: report[key] for key in report["years"][0]} == report["years"][0]
    both = parsed("report", TWO_YEARS)
    assert [year["cap"]["year"] for year in both["years"]] == [2023, 2024]
    assert "verdict" not in both
    assert both["findings"]


def test_times_are_utc_and_days_are_days() -> None:
    seen = parsed("check", builders.CASE)["findings"][0]
    assert (seen["observed_from"], seen["observed_to"]) == ("2024-03-06T00:00:00Z", "2024-03-24T23:59:59Z")
    assert seen["listings"][0]["listed_on"] == "2018-03-30"


def test_what_is_unknown_is_null_and_never_zero() -> None:
    report = parsed("report", TWO_YEARS)
    assert report["years"][0]["cap"] == {"regime": None, "year": 2023, "limit_barrels": None, "legal_basis": []}
    assert report["years"][1]["reported"]["barrels"] is None
    assert report["years"][1]["reported"]["by_state"] == {"Russia": None, "China": None}
    assert report["years"][0]["estimate"]["probability_exceeded"] is None
    assert parsed("check", builders.EMPTY)["as_of"] is None


def test_a_finding_about_the_cap_concerns_no_ship_and_no_place() -> None:
    cap = parsed("check", builders.CASE)["findings"][3]
    assert set(cap["vessel"].values()) == {None}
    assert (cap["match"]["grade"], cap["place"]["port"], cap["observed_from"]) == ("none", None, None)


def test_a_ship_keeps_the_name_it_was_sighted_under() -> None:
    ship = parsed("check", builders.CASE)["findings"][1]["vessel"]
    assert ship == {
        "name": "Kum Jin Gang 3",
        "imo": "8791667",
        "mmsi": None,
        "register_name": "WAN HENG 11",
        "sighted_imo": None,
    }


def test_facilities_that_cannot_be_told_apart_are_candidates() -> None:
    place = parsed("check", builders.CASE)["findings"][1]["place"]
    assert place["facility"] is None
    assert place["facility_candidates"] == ["oil bunkering berth", "container terminal"]


def test_a_port_outside_the_gazetteer_and_the_open_sea_have_no_port() -> None:
    unplaced = parsed("check", builders.CASE)["findings"][4]["place"]
    assert unplaced == {"port": None, "facility": None, "facility_candidates": [], "lat": None, "lon": None}
    at_sea = replace(builders.FINDINGS[0], place=builders.AT_SEA, lat=42.1, lon=float("nan"))
    place = parsed("check", replace(builders.CASE, findings=(at_sea,)))["findings"][0]["place"]
    assert (place["port"], place["lat"], place["lon"]) == (None, 42.1, None)


def test_a_trade_ship_is_on_no_list_and_says_so() -> None:
    results = parsed("screen", builders.SCREENING)["results"]
    assert results[2]["candidates"][0]["list"] == "trade register (not designated)"
    assert results[2]["candidates"][0]["listed_on"] is None
    assert results[0]["candidates"][0]["measures"] == ["asset_freeze", "port_entry_ban"]


@pytest.mark.parametrize("kind", ["check", "report"])
def test_ndjson_holds_the_same_as_json(kind) -> None:
    document = parsed(kind, builders.CASE)
    lines = [json.loads(line) for line in render(kind, builders.CASE, "ndjson").splitlines()]
    assert [line["type"] for line in lines][-1] == "summary"
    for name in ("finding", "reject", "delivery"):
        found = [{key: line[key] for key in line if key != "type"} for line in lines if line["type"] == name]
        plural = "deliveries" if name == "delivery" else f"{name}s"
        assert found == document.get(plural, [])
    rest = {key: value for key, value in lines[-1].items() if key not in ("type", "years")}
    assert rest == {key: document[key] for key in rest}
    assert set(document) - set(rest) <= {"findings", "rejects", "deliveries", "years"}


def test_a_screened_stream_gets_one_line_for_each_query_in_order() -> None:
    lines = [json.loads(line) for line in render("screen", builders.SCREENING, "ndjson").splitlines()]
    assert [line["query"] for line in lines] == [result.query for result in builders.SCREENING.results]
    assert [line["grade"] for line in lines] == ["match", "match", "review", "none", "none"]
    assert lines[4]["checked"] is False


@pytest.mark.parametrize(
    ("kind", "columns", "rows"),
    [
        ("check", (*FINDING_COLUMNS, *DECIDED_COLUMNS), 5),
        ("report", DELIVERY_COLUMNS, 3),
        ("screen", RESULT_COLUMNS, 5),
    ],
)
def test_csv_has_its_header_and_a_row_for_each_object(kind, columns, rows) -> None:
    text = render(kind, builders.SCREENING if kind == "screen" else builders.CASE, "csv")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(read[0]) == columns
    assert len(read) == rows
    assert text.endswith("\r\n")


@pytest.mark.parametrize("kind", CASES)
def test_csv_without_rows_still_has_its_header(kind) -> None:
    assert len(render(kind, CASES[kind][1], "csv").splitlines()) == 1


def test_csv_joins_lists_with_semicolons() -> None:
    rows = list(csv.DictReader(io.StringIO(render("check", builders.CASE, "csv"), newline="")))
    assert rows[0]["measures"] == "asset_freeze;port_entry_ban"
    assert rows[0]["listings.measures"] == "asset_freeze port_entry_ban"
    assert (rows[0]["sightings.source"], rows[0]["sightings.line"]) == ("march.csv;march.csv;april.csv", "5;6;9")
    assert rows[3]["vessel.name"] == ""


def test_every_json_key_has_a_csv_column() -> None:
    def columns(value, path):
        if isinstance(value, dict):
            return [column for key, inner in value.items() for column in columns(inner, [*path, key])]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return columns(value[0], path)
        return [".".join(path)]

    assert tuple(columns(parsed("check", builders.CASE)["findings"][0], [])) == FINDING_COLUMNS
    assert tuple(columns(parsed("report", builders.CASE)["deliveries"][0], [])) == DELIVERY_COLUMNS
    assert tuple(columns(parsed("backtest", builders.BACKTEST)["rows"][0], [])) == BACKTEST_COLUMNS


def test_a_difference_that_rounds_to_zero_has_no_sign_and_one_that_is_not_known_is_null() -> None:
    rows = parsed("backtest", builders.BACKTEST)["rows"]
    assert [str(row["difference_percent"]) for row in rows] == ["0.0", "-2.97", "-13.75", "None", "None", "-1.49"]
    assert [row["inside"] for row in rows] == [None, True, False, None, None, True]
    assert "-0.0" not in render("backtest", builders.BACKTEST, "table")


VOLUME = st.floats(0, 5e6)


@given(st.lists(st.tuples(VOLUME, VOLUME, VOLUME), max_size=8))
def test_low_is_never_above_central_nor_central_above_high(volumes) -> None:
    deliveries = tuple(
        replace(builders.delivery("AN SAN 1", 1.0), barrels=Barrels(*sorted(volume))) for volume in volumes
    )
    total = builders.total(deliveries)
    status = replace(builders.STATUS, deliveries=deliveries, estimate=total)
    report = parsed("report", replace(builders.CASE, years=(status,)))
    for volume in (report["estimate"], *(delivery["barrels"] for delivery in report["deliveries"])):
        assert all(isinstance(volume[key], int) for key in ("low", "central", "high"))
        assert volume["low"] <= volume["central"] <= volume["high"]
    assert report["estimate"]["central"] == round(total.central)
