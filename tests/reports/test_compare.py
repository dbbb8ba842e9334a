"""`report --compare`: years side by side, with a warning where what changed may be the looking."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from reports import builders
from reports.test_document import validator
from reports.test_hostile import NASTY

from vesseltrack.oil.volume import Barrels
from vesseltrack.reports.compare import compared
from vesseltrack.reports.render import render

LOOKED = """date,vessel,port,facility,activity
2023-03-06,Paek Yang San 1,Vostochny,oil bunkering berth,loading
2024-03-06,Paek Yang San 1,Vostochny,oil bunkering berth,loading
2024-04-06,Chon Ma San,Vostochny,oil bunkering berth,loading
2024-07-06,Yu Son,Vostochny,oil bunkering berth,loading
"""
"""One day in 2023, three over five months in 2024."""

BEFORE = replace(builders.STATUS, year=2023, estimate=Barrels(80_000.0, 100_000.0, 120_000.0), opening_balance=None)
AFTER = replace(builders.STATUS, estimate=Barrels(100_000.0, 125_000.0, 150_000.0), opening_balance=None)
ALIKE = replace(builders.CASE, years=(BEFORE, AFTER))


@pytest.fixture(scope="module")
def uneven(examine_csv):
    return examine_csv(LOOKED, years=(2022, 2023, 2024))


def rows_of(case):
    """Cells of the table as people see it, by label."""
    text = render("compare", case, "markdown").partition("## Side by side\n\n")[2].partition("\n\n")[0]
    _, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {label: cells for label, *cells in rows}


def comparison(case):
    return json.loads(render("compare", case, "json"))["comparison"]


def test_a_change_is_of_the_central_estimate_in_barrels_and_percent() -> None:
    assert [one["change"] for one in comparison(ALIKE)] == [
        {"against": None, "barrels": None, "percent": None},
        {"against": 2023, "barrels": 25_000, "percent": 25.0},
    ]
    assert rows_of(ALIKE)["Change"] == ["–", "+25,000 (+25.0 %)"]
    assert rows_of(ALIKE)["Central"] == ["100,000 (20.0 %)", "125,000 (25.0 %)"]


def test_years_watched_alike_bear_no_warning() -> None:
    assert [one.remarks for one in compared(ALIKE)] == [(), ()]


def test_years_not_watched_alike_are_said_with_days_and_months(uneven) -> None:
    (remark,) = compared(uneven)[2].remarks
    assert "not watched alike" in remark
    assert "sightings on 1 day over 1 month (2023-03-06) in 2023" in remark
    assert "sightings on 3 days over 5 months (2024-03-06 to 2024-07-06) in 2024" in remark
    for fmt in ("table", "markdown", "json", "csv"):
        assert "not watched alike" in render("compare", uneven, fmt)


def test_a_year_without_sightings_is_said_and_is_not_zero(uneven) -> None:
    nothing, first, _ = comparison(uneven)
    assert nothing["estimate"] is nothing["deliveries"] is nothing["percent_of_cap"] is None
    assert "nothing is known, which is not zero" in nothing["remarks"][0]
    assert first["change"] == {"against": 2022, "barrels": None, "percent": None}
    shown = rows_of(uneven)
    assert [shown[name][0] for name in ("Low", "Central", "High")] == ["no sightings"] * 3
    assert (shown["Deliveries"][0], shown["Sightings"][0], shown["Change"][1]) == ("unknown", "none", "unknown")
    assert shown["Reported by States"][0] != "unknown", "what States reported needs no sighting"


def test_an_opening_balance_is_known_without_a_sighting_and_said() -> None:
    opened = replace(AFTER, opening_balance=builders.STATUS.opening_balance)
    (_, after) = compared(replace(ALIKE, years=(BEFORE, opened)))
    assert after.known
    assert after.remarks == ("2024 holds an opening balance of 170,000 barrels, not from sightings.",)


def test_a_share_of_nothing_is_no_percentage() -> None:
    nothing = replace(BEFORE, estimate=Barrels(0.0, 0.0, 10.0))
    (_, after) = comparison(replace(ALIKE, years=(nothing, AFTER)))
    assert after["change"] == {"against": 2023, "barrels": 125_000, "percent": None}


def test_different_caps_are_said() -> None:
    uncapped = replace(BEFORE, regime=None, crossings=())
    (_, after) = compared(replace(ALIKE, years=(uncapped, AFTER)))
    assert after.remarks == ("2023 and 2024 were not under the same cap.",)


def test_the_document_is_that_of_report_with_one_key_more(uneven) -> None:
    document = json.loads(render("compare", uneven, "json"))
    assert [error.message for error in validator("report").iter_errors(document)] == []
    schema = validator("report").schema["properties"]["comparison"]["items"]  # type: ignore[index]
    assert set(document["comparison"][0]) == set(schema["properties"])
    Draft202012Validator.check_schema(schema)
    del document["comparison"]
    assert document == json.loads(render("report", uneven, "json"))


def test_csv_has_a_row_a_year(uneven) -> None:
    rows = list(csv.DictReader(io.StringIO(render("compare", uneven, "csv"), newline="")))
    assert [row["year"] for row in rows] == ["2022", "2023", "2024"]
    assert [row["estimate.central"] == "" for row in rows] == [True, False, False]
    assert rows[2]["change.against"] == "2023"


@pytest.mark.parametrize("fmt", ["table", "markdown", "csv"])
def test_golden(golden, fmt) -> None:
    golden(f"compare.{ {'table': 'txt', 'markdown': 'md', 'csv': 'csv'}[fmt] }", render("compare", ALIKE, fmt))


@pytest.mark.parametrize("name", NASTY)
def test_a_verdict_with_any_text_in_it_is_shown_and_not_obeyed(name) -> None:
    case = replace(ALIKE, years=(replace(BEFORE, verdict=name), AFTER), incomplete_because=(name,))
    assert "\x1b" not in render("compare", case, "table", width=100)
    rows = list(csv.reader(io.StringIO(render("compare", case, "csv"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith(("=", "@", "\t", "\r")) for row in rows for cell in row)


def test_nothing_to_compare_is_said() -> None:
    assert "Nothing to compare" in render("compare", builders.EMPTY, "table")
