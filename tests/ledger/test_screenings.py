"""`ledger export --screenings`: proof of what was screened, and never a word more than what was recorded."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from vesseltrack.errors import ExitCode
from vesseltrack.ledger.entries import START, canonical, chained, entry_id

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/screenings-1.json").read_text(encoding="utf-8"))
FEED = """date,vessel,imo,mmsi,call_sign,port,lat,lon,activity,other_vessel
2024-03-06,CHON MA SAN,8660313,,,Vostochny,,,,
2024-03-07,EVER GIVEN,9811000,353136000,H3RC,,31.25,32.3,,
"""
OWN = "name,imo\nNIGHT HERON,9074729\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "watch.sqlite3"


@pytest.fixture
def feed(tmp_path):
    def _feed(text, name="feed.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return _feed


@pytest.fixture
def proof(run, path):
    """The lines of the proof by ship, and how the command ended."""

    def _proof(code=0):
        ran = run("ledger", "export", "--screenings", "--ledger", path, "--format", "json")
        assert ran.code == code, ran.err
        found = json.loads(ran.out)
        jsonschema.validate(found, SCHEMA)
        return found["screenings"]

    return _proof


def of(lines, vessel):
    return [line for line in lines if line["vessel"] == vessel]


def test_a_clean_ship_is_proved_with_lists_runs_and_sightings(run, path, feed, proof):
    """On these days EVER GIVEN was screened against this list by these entries of the chain, and nothing was found."""
    run("run", feed(FEED), "--ledger", path)
    run("run", "--ledger", path)
    (line,) = of(proof(), "EVER GIVEN")
    assert (line["imo"], line["mmsi"], line["call_sign"]) == ("9811000", "353136000", "H3RC")
    assert (line["sightings"], line["first_seen"], line["last_seen"]) == (
        1, "2024-03-07T00:00:00Z", "2024-03-07T23:59:59Z",
    )  # fmt: skip
    assert (line["found"], line["findings"], line["runs"]) == ("clean", [], 2)
    entries = {e["id"]: e for e in log(run, path)}
    (used,) = line["lists"]
    assert entries[used["entry"]]["body"]["sha256"] == used["sha256"]
    for end in ("first_run", "last_run"):
        held = entries[line[end]["entry"]]
        assert (held["kind"], held["body"]["lists"]) == ("run", [used["entry"]])
        assert line[end]["at"] == held["recorded_at"].replace(" ", "T") + "Z"
    assert line["first_run"] != line["last_run"]
    assert (line["program"], line["reference"][0]["name"]) == (held["body"]["program"], "vessels.csv")


def log(run, path):
    return json.loads(run("ledger", "log", "--ledger", path, "--format", "json").out)["entries"]


def test_a_ship_with_findings_has_their_ids(run, path, feed, proof):
    run("run", feed(FEED), "--ledger", path)
    (line,) = of(proof(), "CHON MA SAN")
    found = json.loads(run("check", "--ledger", path, "--format", "json").out)["findings"]
    about = {f["id"] for f in found if f["vessel"]["imo"] == "8660313"}
    assert (line["found"], set(line["findings"]) >= about > set()) == ("findings", True)


def test_without_a_run_nothing_was_screened(run, path, feed):
    """Nothing screened is not clean: one clear line, 3, and no ship in the export."""
    run("ingest", feed(FEED), "--ledger", path)
    ran = run("ledger", "export", "--screenings", "--ledger", path)
    assert ran.code == ExitCode.INCOMPLETE
    assert "no run was ever made, so nothing was screened" in ran.err
    assert len(ran.out.splitlines()) == 1


def test_what_came_after_the_last_run_was_not_screened(run, path, feed, proof):
    """A sighting that was ingested later has no line until a run, and the export says that it lacks one."""
    run("run", feed(FEED), "--ledger", path)
    run("ingest", feed("date,vessel,imo\n2024-05-01,MSC GULSUN,9839430\n", "more.csv"), "--ledger", path)
    assert of(proof(ExitCode.INCOMPLETE), "MSC GULSUN") == []
    run("run", "--ledger", path)
    (line,) = of(proof(), "MSC GULSUN")
    assert (line["runs"], line["found"]) == (1, "clean")
    assert of(proof(), "EVER GIVEN")[0]["runs"] == 2


def test_each_edition_of_the_lists_has_its_own_line(run, path, feed, proof):
    """Clean by the first list, found by the second: the second does not unmake the first, nor the first the second."""
    run("run", feed(FEED), "--ledger", path)
    listed = feed("name,imo\nEVER GIVEN,9811000\n", "own.csv")
    run("run", "--ledger", path, "--vessels", listed)
    first, second = of(proof(), "EVER GIVEN")
    assert (first["found"], second["found"]) == ("clean", "findings")
    assert first["lists"][0]["sha256"] != second["lists"][0]["sha256"]
    assert first["last_run"] != second["first_run"]


def test_lists_are_recorded_by_a_run_without_files(run, path, feed):
    """An edition that no file was ingested under is an entry all the same, and the run's entry names it."""
    run("run", feed(FEED), "--ledger", path)
    run("run", "--ledger", path, "--vessels", feed(OWN, "own.csv"))
    entries = log(run, path)
    last = [e for e in entries if e["kind"] == "run"][-1]["body"]
    own = [e["id"] for e in entries if e["kind"] == "list" and e["body"]["name"].endswith("own.csv")]
    assert (last["files"], last["lists"]) == ([], own)


def test_a_retraction_does_not_unmake_a_screening(run, path, feed, proof):
    """What was screened was screened; a run after the retraction did not screen it any more."""
    run("run", feed(FEED), "--ledger", path)
    before = of(proof(), "EVER GIVEN")
    (name,) = [e["id"] for e in log(run, path) if e["kind"] == "sighting" and "EVER GIVEN" in str(e["body"])]
    run("ledger", "retract", name, "--because", "another ship", "--ledger", path)
    run("run", "--ledger", path)
    assert of(proof(), "EVER GIVEN") == before


def test_a_sighting_after_as_of_was_not_screened(run, path, feed, proof):
    """A run as of 6 March left out what was seen on the 7th."""
    run("run", feed(FEED), "--ledger", path)
    run("run", "--ledger", path, "--as-of", "2024-03-06")
    assert [line["runs"] for line in of(proof(), "EVER GIVEN")] == [1]
    assert [line["runs"] for line in of(proof(), "CHON MA SAN")] == [2]


def test_a_file_of_the_same_name_on_the_next_day_is_another_file(run, path, feed, proof):
    """Line 2 of yesterday's feed.csv was CHON MA SAN; that EVER ACE stands there today makes her no party to it."""
    run("run", feed(FEED), "--ledger", path)
    run("run", feed("date,vessel,imo\n2024-03-08,EVER ACE,9893890\n"), "--ledger", path)
    (line,) = of(proof(), "EVER ACE")
    assert (line["found"], line["findings"]) == ("clean", [])


def test_a_name_that_joins_a_known_finding_is_not_clean(run, path, feed, proof):
    """The finding was recorded with the first sighting; of the one that joins it a further entry is made."""
    run("run", feed("date,vessel,imo,port\n2024-03-06,CHON MA SAN,8660313,Vostochny\n"), "--ledger", path)
    joins = feed("date,vessel,mmsi,port\n2024-03-06T12:00Z,CHON-MA-SAN,,Vostochny\n", "b.csv")
    run("run", joins, "--ledger", path)
    (line,) = of(proof(), "CHON-MA-SAN")
    assert line["found"] == "findings"


def test_the_other_ship_of_a_transfer_is_not_clean(run, path, feed, proof):
    """EVER GIVEN's own sightings are blameless; CHON MA SAN's names her as the other ship."""
    row = "2024-03-09,CHON MA SAN,8660313,,,,38.0,124.0,sts_giving,EVER GIVEN\n"
    run("run", feed(FEED + row), "--ledger", path)
    assert of(proof(), "EVER GIVEN")[0]["found"] == "findings"


@pytest.mark.parametrize(
    ("row", "options", "found"),
    [
        ("2024-03-06,PAEK YANG SAN 1,,,,,31.25,32.3,,", (), "review"),
        ("2024-03-06,EVER GIVEN,9811000,,,,31.25,32.3,,", ("--select", "VT4"), "in part"),
        ("2024-03-06,EVER GIVEN,9811000,,,,31.25,32.3,,", ("--ignore", "VT1"), "in part"),
        ("2024-03-06,EVER GIVEN,9811000,,,Nowhere-on-Sea,,,,", (), "clean"),
    ],
)
def test_nothing_found_is_called_clean_only_where_it_is(run, path, feed, proof, row, options, found):
    """A ship of the register is never clean, nor one that only some rules were applied to."""
    run("run", feed(FEED.splitlines()[0] + f"\n{row}\n"), "--ledger", path, *options)
    (line,) = proof()
    assert (line["found"], line["findings"]) == (found, [])
    assert bool(line["unplaced"]) == ("Nowhere" in row)


def test_a_ship_without_name_and_number_was_not_screened(run, path, feed, proof):
    run("run", feed("date,type,port\n2024-03-06,tanker,Rotterdam\n"), "--ledger", path)
    (line,) = proof()
    assert (line["vessel"], line["found"]) == (None, "unidentified")


def test_a_run_of_the_first_ledgers_proves_no_edition(run, path, feed, proof):
    """Its entry does not say which lists it rested on: neither does the proof, and nothing is called clean."""
    run("ingest", feed(FEED), "--ledger", path)
    connection = sqlite3.connect(path, isolation_level=None)
    seq, before = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone() or (0, START)
    body = canonical({"at": "2026-11-22 12:00:00", "after": before, "files": [], "rejected": 0, "findings": 0,
                      "new": [], "incomplete": []})  # fmt: skip
    row = (seq + 1, entry_id("run", body), "run", body, None, None, "2026-11-22 12:00:00", None, None, None, None)
    connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * 12)})", (*row, chained(before, *row)))
    connection.execute("INSERT INTO cache_totals VALUES ('run', 1, NULL, '2026-11-22 12:00:00')")
    connection.close()
    assert run("ledger", "verify", "--ledger", path).code == 0
    (line,) = of(proof(), "EVER GIVEN")
    assert (line["found"], line["lists"], line["program"], line["runs"]) == ("not recorded", None, None, 1)
    run("run", "--ledger", path)
    assert {line["found"] for line in of(proof(), "EVER GIVEN")} == {"not recorded", "clean"}


def test_csv_and_ndjson_hold_what_json_holds(run, path, feed, proof):
    """And bytes are kept unless somebody asks for cells that a spreadsheet may open."""
    rows = FEED + "2024-03-08,=1+1,9893890,,,,31.25,32.3,,\n"
    run("run", feed(rows), "--ledger", path)
    export = ("ledger", "export", "--screenings", "--ledger", path)
    lines = proof()
    assert [json.loads(line) for line in run(*export, "--format", "ndjson").out.splitlines()] == lines
    table = list(csv.DictReader(io.StringIO(run(*export).out)))
    assert [(row["vessel"], row["found"], row["last_run.entry"], row["lists.sha256"]) for row in table] == [
        (line["vessel"], line["found"], line["last_run"]["entry"], line["lists"][0]["sha256"]) for line in lines
    ]
    assert "\n=1+1," in run(*export).out
    assert "\n'=1+1," in run(*export, "--safe").out


def test_it_is_an_export_of_its_own(run, path, feed):
    run("run", feed(FEED), "--ledger", path)
    for other in (("--all",), ("--known-at", "2026-01-01"), ("--format", "parquet"), ("-o", path)):
        assert run("ledger", "export", "--screenings", *other, "--ledger", path).code == ExitCode.USAGE
