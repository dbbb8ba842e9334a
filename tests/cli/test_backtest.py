"""`vesseltrack backtest`: formats, exit code, and that nobody's settings change it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vesseltrack.errors import ExitCode

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "backtest-1.json"


@pytest.fixture
def document(run):
    ran = run("backtest", "--format", "json")
    assert (ran.code, ran.err) == (ExitCode.CLEAN, "")
    return json.loads(ran.out)


def test_the_document_is_valid_and_names_what_it_rests_on(document):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(document)] == []
    assert document["schema"] == "vesseltrack.backtest/1"
    assert {"published.csv", "fleet.csv", "vessels.csv"} <= {used["name"] for used in document["reference"]}


def test_every_format_has_every_row(run, document):
    rows = document["rows"]
    assert len(rows) == 28 + 6
    read = list(csv.DictReader(io.StringIO(run("backtest", "--format", "csv").out, newline="")))
    assert [row["why"] for row in read] == [row["why"] for row in rows]
    assert [row["computed"] for row in read] == [
        "" if row["computed"] is None else str(row["computed"]) for row in rows
    ]
    lines = run("backtest", "--format", "ndjson").out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    markdown = run("backtest", "--format", "markdown").out
    assert sum(line.startswith("| ") for line in markdown.splitlines()) == len(rows) + 4 * 2  # heads of four tables


def test_off_a_terminal_the_table_is_plain_and_never_cut(run, document):
    ran = run("backtest")
    assert ran.code == ExitCode.CLEAN
    assert "\x1b" not in ran.out
    for row in document["rows"]:
        assert row["why"][1:] in ran.out  # the first letter is a capital there
        assert row["source"] in ran.out


def test_a_file_is_written_in_the_format_of_its_suffix(run, tmp_path):
    ran = run("backtest", "-o", tmp_path / "estimates.md")
    assert (ran.code, ran.out) == (ExitCode.CLEAN, "")
    assert (tmp_path / "estimates.md").read_text(encoding="utf-8").startswith("# backtest\n")


def test_no_setting_of_the_user_changes_a_figure(run, tmp_path, monkeypatch):
    plain = run("backtest")
    (tmp_path / "work" / "own.csv").write_text("name,imo\nEVER GIVEN,9811000\n")
    monkeypatch.setenv("VESSELTRACK_VESSELS", "own.csv")
    monkeypatch.setenv("VESSELTRACK_AS_OF", "2018-01-01")
    monkeypatch.setenv("VESSELTRACK_FAIL_AT", "1")
    monkeypatch.setenv("VESSELTRACK_TODAY", "2030-01-01")
    ran = run("backtest")
    assert (ran.code, ran.out) == (ExitCode.CLEAN, plain.out)
