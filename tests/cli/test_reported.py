"""`report` and `check` with volumes that States reported: JSON, table, messages and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vesseltrack.errors import ExitCode

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/report-1.json").read_text(encoding="utf-8"))
LOADED = "2019-05-01,Yu Son,8691702,Vostochny,,,off,loading,seen\n"


@pytest.fixture
def own(tmp_path):
    def _own(text):
        path = tmp_path / "work" / "own.csv"
        path.write_text("state,month,tonnes,barrels,reported_on\n" + text)
        return path

    return _own


@pytest.fixture
def year(run, sightings):
    """The one year of `report --format json`, validated."""

    def _year(text, *options):
        document = json.loads(run("report", sightings(text), "--format", "json", *options).out)
        assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]
        return document

    return _year


def test_the_gap_is_estimated_minus_reported(year):
    found = year(LOADED)
    estimate, told = found["estimate"], found["reported"]
    assert told["barrels"] == 466_706
    assert told["gap"] == {key: estimate[key] - 466_706 for key in ("low", "central", "high")}


def test_the_gap_is_null_where_nothing_is_known_to_be_reported(year):
    assert year(LOADED.replace("2019", "2026"))["reported"]["gap"] is None


def test_history_notices_and_balance_stand_in_the_json(year):
    told = year(LOADED)["reported"]
    assert [(one["from"], one["barrels"], one["status"]) for one in told["history"] if one["barrels"] is not None] == [
        ("2019-01", 232_941, "conflict")
    ]
    assert [one["barrels_per_tonne"] for one in told["notices"]] == [8.33, 7.46, 7.5, 7.9, 8.44]
    assert told["notices"][0]["due"][:2] == [
        {"percent": 75, "on": "2019-12-31"},
        {"percent": 90, "on": "2019-12-31"},
    ]
    assert told["notices"][1]["due"][1] == {"percent": 90, "on": None}
    assert told["balance"][-1] == {
        "month": "2019-12", "barrels": 466_706, "remaining": 33_294, "percent_of_cap": 93.34, "complete": True,
        "missing": [],
    }  # fmt: skip


def test_own_rows_count_and_their_file_is_named(year, own):
    path = own("Russia,2024-02,,7000,\nChina,2024-12,3000,,2025-02-01\n")
    found = year(LOADED.replace("2019", "2024"), "--reported", path)
    told = found["reported"]
    assert told["by_state"] == {"China": 280_928 + 24_990, "Russia": 22_279}
    assert told["missing_months"] == [{"state": "Russia", "months": [f"2024-{m:02d}" for m in range(3, 13)]}]
    assert told["months"][-1]["source"] == "own.csv line 2"
    assert found["reference"][-1]["name"] == str(path)


def test_a_running_year_is_projected(year, own):
    path = own("China,2026-01/2026-06,,300000,\nRussia,2026-01/2026-06,,0,\n")
    text = LOADED.replace("2019", "2026")
    told = year(text, "--reported", path, "--as-of", "2026-07-15")["reported"]["projection"]
    assert (told["rate_per_30_days"], told["to"], told["complete"]) == (49_724, "2026-06-30", True)
    assert told["reaches"][0] == {"percent": 75, "on": "2026-08-15", "extrapolated": True}
    assert told["reaches"][3] == {"percent": 100, "on": "2026-10-29", "extrapolated": True}


def test_the_table_says_gap_notices_and_history(run, sightings):
    table = run("report", sightings(LOADED)).out
    assert "Gap, estimated minus reported: central -" in table
    assert "some of the notified cargo may be the same oil" in table
    assert "7.46 diesel" in table
    assert "2019-12  466,706      93.3 %     33,294" in table
    assert "Russia 2019-01 to 2019-12, 30,180 t (superseded): as of 21 February 2020; revised upwards later." in table


def test_a_contradiction_is_a_caveat(year, own):
    path = own("China,2025-01/2025-06,,20000,\nChina,2025-03,,60000,\n")
    found = year(LOADED.replace("2019", "2025"), "--reported", path)
    assert found["reported"]["contradictions"] == [text for text in found["caveats"] if "contradict" in text]
    assert len(found["reported"]["contradictions"]) == 1


def test_check_counts_own_rows_and_a_notice_is_a_finding(run, sightings, own):
    text = LOADED.replace("2019", "2024")
    path = own("Russia,2024-02/2024-11,,180000,\n")
    before = json.loads(run("check", sightings(text), "--format", "json").out)["findings"]
    after = json.loads(run("check", sightings(text), "--reported", path, "--format", "json").out)["findings"]
    codes = [{one["rule"] for one in found if one["rule"].startswith("VT41")} for found in (before, after)]
    assert codes == [set(), {"VT411", "VT412", "VT413"}]


def test_each_row_that_cannot_be_used_is_one_line_and_the_file_is_refused(run, sightings, own):
    path = own("China,2025-13,,5,\nRussia,2025-03,,many,\nRussia,2025-04,,5,\n")
    ran = run("report", sightings(LOADED), "--reported", path, "--quiet")
    assert ran.code == ExitCode.USAGE
    assert ran.out == ""
    first, second, last = ran.err.splitlines()
    assert f"{path}: line 2: month '2025-13'" in first
    assert f"{path}: line 3: barrels 'many'" in second
    assert "2 rows cannot be used, so none was; mend the rows, or leave them out." in last


def test_rows_of_years_that_nobody_asked_about_are_said(run, sightings, own):
    ran = run("report", sightings(LOADED), "--reported", own("China,2025-03,,5000,\n"))
    assert "rows of 2025: not used, for this is about 2019." in ran.err


def test_a_missing_file_ends_in_2(run, sightings):
    ran = run("check", sightings(LOADED), "--reported", "none.csv")
    assert ran.code == ExitCode.USAGE
    assert "none.csv: no such file; --reported needs a CSV" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_result_never_overwrites_the_reported_file(run, sightings, own):
    path = own("China,2025-03,,5000,\n")
    before = path.read_bytes()
    assert run("report", sightings(LOADED), "--reported", path, "-o", path).code == ExitCode.USAGE
    assert path.read_bytes() == before
