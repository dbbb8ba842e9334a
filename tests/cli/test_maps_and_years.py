"""Files for map programs, and `report --compare`, from the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from vesseltrack.errors import ExitCode

SEEN = (
    "2023-03-06,Paek Yang San 1,,Vostochny,42.7467,133.0834,off,loading,\n"
    "2024-03-06,Chon Ma San,,Vostochny,,,off,loading,\n"
)


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_suffix_chooses_the_format(run, sightings, tmp_path, command):
    path = sightings(SEEN)
    for name in ("a.geojson", "a.kml", "a.parquet"):
        ran = run(command, path, "-o", tmp_path / name)
        assert ran.code in (ExitCode.CLEAN, ExitCode.FINDINGS), ran.err
    assert json.loads((tmp_path / "a.geojson").read_text())["inputs"][0]["path"] == str(path)
    assert ET.parse(tmp_path / "a.kml").getroot().tag.endswith("}kml")  # noqa: S314
    kinds = set(pq.read_table(tmp_path / "a.parquet")["kind"].to_pylist())
    assert kinds == ({"finding"} if command == "check" else {"finding", "call"})


def test_geoparquet_goes_through_a_pipe_and_not_to_a_terminal(process, sightings):
    path = sightings(SEEN)
    assert pq.read_table(io.BytesIO(process("check", path, "--format", "parquet").stdout)).num_rows
    code = f"import pty, sys; pty.spawn([{sys.executable!r}, '-m', 'vesseltrack', *sys.argv[1:]])"
    ran = subprocess.run(
        [sys.executable, "-c", code, "check", path, "--format", "parquet"],
        stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert ran.stdout.decode().strip() == (
        "vesseltrack: parquet: is no text for a terminal; name a file with -o, or a pipe."
    )


@pytest.mark.parametrize("fmt", ["geojson", "kml", "parquet"])
def test_a_name_has_no_place_on_a_map(run, tmp_path, fmt):
    ran = run("screen", "CHON MA SAN", "-o", tmp_path / f"a.{fmt}")
    assert ran.code == ExitCode.USAGE
    assert ran.err.startswith(f"vesseltrack: {fmt}: this command writes table, json, ndjson, csv, markdown;")
    assert not (tmp_path / f"a.{fmt}").exists()


def test_an_input_is_not_overwritten_by_a_map(run, sightings):
    path = sightings(SEEN, "seen.geojson")
    assert run("report", path, "-o", path).code == ExitCode.USAGE
    assert path.read_text().endswith(SEEN)


@pytest.mark.parametrize("years", [("2023", "2024"), ("2024", "2023"), ("2023,2024",), ("2024", "--compare", "2023")])
def test_years_are_named_in_any_way_and_shown_in_order(run, sightings, years):
    ran = run("report", sightings(SEEN), "--format", "csv", "--compare", *years)
    assert [row["year"] for row in csv.DictReader(io.StringIO(ran.out, newline=""))] == ["2023", "2024"]


def test_years_may_stand_before_the_file(run, sightings):
    ran = run("report", "--compare", "2023", "2024", sightings(SEEN), "--format", "json")
    assert [year["year"] for year in json.loads(ran.out)["comparison"]] == [2023, 2024]
    assert ran.code == ExitCode.CLEAN


def test_a_file_named_like_a_year_is_read_by_its_path(run, sightings):
    sightings(SEEN, "2024")
    ran = run("report", "./2024", "--compare", "2023", "2024", "--format", "json")
    assert [used["path"] for used in json.loads(ran.out)["inputs"]] == ["./2024"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["2023"], "--compare: name two years or more, as in --compare 2023 2024."),
        (["2023", "2023"], "--compare: name two years or more, as in --compare 2023 2024."),
        (["next", "2024"], "--compare: 'next' is no year such as 2024 (1900 to 2100)."),
        (["2023", "2024", "--year", "2024"], "--compare: names the years and what is shown; leave --year out."),
        (["2023", "2024", "--explain"], "--compare: names the years and what is shown; leave --explain out."),
        (
            ["2023", "2024", "--format", "kml"],
            "--compare: is for table, markdown, html, json, ndjson and csv, not kml.",
        ),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(run, sightings, more, told):
    ran = run("report", sightings(SEEN), "--compare", *more)
    assert (ran.code, ran.err.strip()) == (ExitCode.USAGE, f"vesseltrack: {told}")
