"""`--fleet FILE` on the command line: counts, marks, order and exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vesseltrack.errors import ExitCode

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
FLEET = "name,imo\nEVER GIVEN,9811000\nCHON MA SAN,8660313\n"
CLEAN = "name,imo\nEVER GIVEN,9811000\n"


@pytest.fixture(autouse=True)
def _files():
    Path("fleet.csv").write_text(FLEET)
    Path("clean.csv").write_text(CLEAN)


def valid(kind: str, document: dict) -> bool:
    schema = json.loads((SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8"))
    return not [error.message for error in Draft202012Validator(schema).iter_errors(document)]


def test_a_fleet_alone_is_screened_ship_by_ship(run):
    ran = run("screen", "--fleet", "fleet.csv", "--format", "json")
    assert ran.code == ExitCode.FINDINGS
    document = json.loads(ran.out)
    assert valid("screen", document)
    assert [(result["query"], result["grade"], result["fleet"]) for result in document["results"]] == [
        ("EVER GIVEN IMO 9811000", "none", True),
        ("CHON MA SAN IMO 8660313", "match", True),
    ]
    fleet = document["fleet"]
    assert (fleet["path"], fleet["screened"], fleet["hits"]) == ("fleet.csv", 2, 1)
    assert [(ship["name"], ship["hit"]) for ship in fleet["ships"]] == [("EVER GIVEN", False), ("CHON MA SAN", True)]


def test_results_of_the_fleet_come_first_in_the_table_and_in_order_elsewhere(run):
    names = ("WAN HENG 11", "Ever Given")
    table = run("screen", *names, "--fleet", "clean.csv")
    assert "\nfleet: 1 screened, 0 hits.\n" in table.out
    assert table.out.index("none, fleet") < table.out.index("WAN HENG 11")
    assert table.code == ExitCode.FINDINGS
    lines = run("screen", *names, "--fleet", "clean.csv", "--format", "ndjson")
    assert [(json.loads(line)["line"], json.loads(line)["fleet"]) for line in lines.out.splitlines()] == [
        (1, False),
        (2, True),
    ]
    assert lines.err == "vesseltrack: fleet: 1 screened, 0 hits.\n"
    rows = csv.DictReader(io.StringIO(run("screen", *names, "--fleet", "clean.csv", "--format", "csv").out))
    assert [row["fleet"] for row in rows] == ["false", "true"]


def test_a_listed_ship_of_the_fleet_ends_in_10_whoever_is_asked_about(run):
    for fmt in ("table", "ndjson"):
        assert run("screen", "EVER GIVEN", "--fleet", "fleet.csv", "--format", fmt).code == ExitCode.FINDINGS
        assert run("screen", "EVER GIVEN", "--fleet", "clean.csv", "--format", fmt).code == ExitCode.CLEAN
    assert run("screen", "EVER GIVEN", "--fleet", "fleet.csv", "--fail-on", "none").code == ExitCode.CLEAN


@pytest.mark.parametrize(("fleet", "code"), [("fleet.csv", ExitCode.FINDINGS), ("clean.csv", ExitCode.CLEAN)])
def test_check_screens_the_fleet_too(run, sightings, fleet, code):
    path = sightings("2024-03-08,OCEAN PEARL,9321483,Rotterdam,51.95,4.05,on,moored,x\n")
    ran = run("check", path, "--fleet", fleet, "--format", "json")
    assert ran.code == code
    assert valid("check", json.loads(ran.out))
    assert run("check", path, "--fleet", fleet, "--format", "csv").err.startswith(
        "vesseltrack: fleet: 1 screened, 0 hits" if fleet == "clean.csv" else "vesseltrack: fleet: 2 screened, 1 hit"
    )
    quiet = run("check", path, "--fleet", fleet, "--quiet")
    assert "\nfleet: " in quiet.out
    assert quiet.err == ""


def test_the_fleet_is_never_overwritten(run, sightings):
    path = sightings("2024-03-08,OCEAN PEARL,9321483,Rotterdam,51.95,4.05,on,moored,x\n")
    for command in (["screen"], ["check", path], ["report", path]):
        assert run(*command, "--fleet", "fleet.csv", "-o", "fleet.csv").code == ExitCode.USAGE
    assert Path("fleet.csv").read_text() == FLEET


def test_check_marks_findings_of_the_fleet_in_every_machine_format(run, sightings):
    path = sightings(
        "2024-03-06,WAN HENG 11,8791667,Vostochny,,,off,loading,x\n2024-03-07,CHON MA SAN,8660313,Vostochny,,,off,loading,x\n"
    )
    document = json.loads(run("check", path, "--fleet", "fleet.csv", "--format", "json").out)
    marks = [finding["fleet"] for finding in document["findings"]]
    assert marks == sorted(marks, reverse=True)
    rows = csv.DictReader(io.StringIO(run("check", path, "--fleet", "fleet.csv", "--format", "csv").out))
    assert [row["fleet"] for row in rows] == [str(mark).lower() for mark in marks]
    lines = [
        json.loads(line) for line in run("check", path, "--fleet", "fleet.csv", "--format", "ndjson").out.splitlines()
    ]
    assert [line["fleet"] for line in lines if line["type"] == "finding"] == marks
    assert lines[-1]["fleet"] == document["fleet"]
    report = json.loads(run("report", path, "--fleet", "fleet.csv", "--format", "json").out)
    assert valid("report", report)
    assert report["fleet"]["hits"] == 1


OWNED = "name,imo,owner,manager,company_imo\nEVER GIVEN,9811000,Koti Corporation,,\nNORD STAR,,,,1790183\nX ONE,,Nobody Ltd,,\nY TWO,,,Ocean Maritime Managment,\n"


@pytest.mark.parametrize("fmt", ["json", "ndjson"])
def test_a_ship_of_a_listed_company_is_a_hit_with_its_reason(run, fmt):
    Path("owned.csv").write_text(OWNED)
    ran = run("screen", "--fleet", "owned.csv", "--format", fmt)
    assert ran.code == ExitCode.FINDINGS
    results = json.loads(ran.out)["results"] if fmt == "json" else [json.loads(line) for line in ran.out.splitlines()]
    assert [result["grade"] for result in results] == ["review", "review", "none", "review"]
    reasons = [result["candidates"][0]["reasons"][0] for result in results if result["candidates"]]
    assert reasons[0] == "owner in the fleet's file: 'Koti Corporation' is 'KOTI CORP'"
    assert reasons[1].startswith("company number in the fleet's file: company number 1790183 is that of OCEAN MARITIME")
    assert reasons[2].startswith("manager in the fleet's file: 'Ocean Maritime Managment' is one slip away")
    if fmt == "json":
        assert valid("screen", json.loads(ran.out))
        assert [ship["hit"] for ship in json.loads(ran.out)["fleet"]["ships"]] == [True, True, False, False]
    else:
        assert ran.err == "vesseltrack: fleet: 4 screened, 2 hits, 1 to review.\n"


def test_check_and_a_question_about_a_ship_know_its_listed_owner_too(run, sightings):
    Path("owned.csv").write_text(OWNED)
    path = sightings("2024-03-08,OCEAN PEARL,9321483,Rotterdam,51.95,4.05,on,moored,x\n")
    ran = run("check", path, "--fleet", "owned.csv")
    assert ran.code == ExitCode.FINDINGS
    assert "fleet: 4 screened, 2 hits, 1 to review." in ran.out
    assert "owner in the fleet's file: 'Koti Corporation' is 'KOTI CORP'" in ran.out
    assert run("screen", "OCEAN PEARL", "--fleet", "owned.csv", "--format", "ndjson").code == ExitCode.FINDINGS
    asked = json.loads(run("screen", "Ever Given", "--fleet", "owned.csv", "--format", "ndjson").out)
    assert asked["grade"] == "review"
    run("screen", "Ever Given", "--fleet", "owned.csv", "--certificate", "c.txt")
    assert "Of owners, operators and managers only those" in Path("c.txt").read_text()


def test_an_owner_that_was_not_listed_yet_is_no_hit(run):
    Path("owned.csv").write_text(OWNED)
    ran = run("screen", "--fleet", "owned.csv", "--as-of", "2013-01-01", "--lists", "un", "--format", "json")
    assert [ship["hit"] for ship in json.loads(ran.out)["fleet"]["ships"]] == [False] * 4
    assert ran.code == ExitCode.CLEAN


def test_a_fleet_can_come_through_a_pipe(process):
    command = f"cat fleet.csv | {sys.executable} -m vesseltrack screen --fleet /dev/stdin --format ndjson"
    ran = subprocess.run(["sh", "-c", command], check=False, capture_output=True, timeout=60)
    assert (ran.returncode, ran.stdout.count(b"\n")) == (ExitCode.FINDINGS, 2)


@pytest.mark.parametrize("command", [["screen", "A"], ["screen"], ["check", "s.csv"], ["report", "s.csv"]])
@pytest.mark.parametrize("fleet", ["missing.csv", "bad.csv", "."])
def test_a_bad_fleet_ends_in_2_in_one_line(run, command, fleet):
    Path("bad.csv").write_text("name,imo\nA,9811001\n")
    Path("s.csv").write_text("date,vessel\n2024-03-06,A\n")
    ran = run(*command, "--fleet", fleet)
    assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.USAGE, "", 1)
    assert fleet in ran.err
