"""A ledger of any earlier version is brought forward; one of a later version is not touched."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from vesseltrack.errors import ExitCode
from vesseltrack.ledger.schema import MIGRATIONS, VERSION, migrate, schema_of, schema_of_version, version_of

KEPT = sorted((Path(__file__).parent / "data").glob("version*.sqlite3"))
"""A ledger of each version that was released, with findings that were told and decisions that were taken."""

LATER = (*MIGRATIONS, ("CREATE TABLE cache_later (kind TEXT PRIMARY KEY) STRICT",))


def test_an_empty_file_becomes_a_ledger(run, sightings, tmp_path):
    path = tmp_path / "l.sqlite3"
    path.touch()
    assert run("check", "--ledger", path).code == ExitCode.USAGE
    assert run("ingest", sightings("2024-06-01,X,,,,,,,\n"), "--ledger", path).code == 0
    assert run("ledger", "verify", "--ledger", path).code == 0


@pytest.mark.parametrize("version", range(VERSION + 1))
def test_a_ledger_of_each_earlier_version_comes_forward(tmp_path, version):
    connection = sqlite3.connect(tmp_path / "l.sqlite3", isolation_level=None)
    connection.execute("BEGIN")
    migrate(connection, MIGRATIONS[:version])
    connection.execute("COMMIT")
    migrate(connection)
    assert (version_of(connection), schema_of(connection)) == (VERSION, schema_of_version())
    connection.close()


def test_a_further_version_keeps_every_entry(ledger, look):
    before = look("SELECT * FROM entries")
    connection = sqlite3.connect(ledger, isolation_level=None)
    migrate(connection, LATER)
    assert version_of(connection) == VERSION + 1
    connection.close()
    assert look("SELECT * FROM entries") == before


def test_a_ledger_of_a_newer_version_is_refused_and_not_touched(run, ledger, sightings):
    connection = sqlite3.connect(ledger, isolation_level=None)
    migrate(connection, LATER)
    connection.close()
    before = ledger.read_bytes()
    for command in (["ingest", sightings("2024-06-01,X,,,,,,,\n", "x.csv")], ["check"], ["ledger", "verify"]):
        ran = run(*command, "--ledger", ledger)
        assert ran.code == ExitCode.USAGE
        assert "Use a newer vesseltrack" in ran.err
    assert ledger.read_bytes() == before


def everything(path):
    """The entries as plain SQLite gives them."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT * FROM entries ORDER BY seq").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
@pytest.mark.parametrize("command", ["ingest", "run", "retract"])
def test_a_kept_ledger_of_each_version_comes_forward_with_all_it_holds(run, sightings, tmp_path, kept, command):
    """By whatever command writes first: entries to the letter, what was told stays told, decisions stay in force."""
    path = tmp_path / "l.sqlite3"
    shutil.copy(kept, path)
    before = everything(path)
    first = next(row[1] for row in before if row[2] == "sighting")
    feed = sightings("2024-06-01,EVER GIVEN,9811000,,31.25,32.3,on,transit,feed\n", "more.csv")
    arguments = {"ingest": ["ingest", feed], "run": ["run"], "retract": ["ledger", "retract", first, "--because", "x"]}
    ran = run(*arguments[command], "--ledger", path)
    assert ran.code in (0, ExitCode.FINDINGS, ExitCode.INCOMPLETE), ran.err
    assert everything(path)[: len(before)] == before
    assert run("ledger", "verify", "--ledger", path).code == 0
    connection = sqlite3.connect(path)
    assert (version_of(connection), schema_of(connection)) == (VERSION, schema_of_version())
    connection.close()


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_what_a_kept_ledger_told_and_decided_holds(run, tmp_path, kept):
    path = tmp_path / "l.sqlite3"
    shutil.copy(kept, path)
    bodies = [(row[2], json.loads(row[3])) for row in everything(path)]
    told = {name for kind, body in bodies if kind == "notice" for name in body["findings"]}
    decided = {body["about"] for kind, body in bodies if kind == "decision"}
    assert told
    assert decided
    ran = run("run", "--ledger", path)
    assert not {name for name in told | decided if name in ran.out}, "told before, or decided about"
    assert run("run", "--ledger", path).out == ""
    found = json.loads(run("check", "--ledger", path, "--format", "json").out)["findings"]
    assert {one["id"] for one in found if "decided" in one} <= decided
    after = [json.loads(row[3])["about"] for row in everything(path) if row[2] == "decision"]
    assert sorted(after) == sorted(body["about"] for kind, body in bodies if kind == "decision")


@pytest.mark.parametrize(
    ("pragma", "code"),
    [
        ("user_version = 0", ExitCode.DAMAGED),
        ("user_version = -1", ExitCode.DAMAGED),
        (f"user_version = {VERSION + 1}", ExitCode.DAMAGED),
        ("user_version = 2147483647", ExitCode.DAMAGED),
        ("application_id = 0", ExitCode.DAMAGED),
        ("application_id = 1196444487", ExitCode.DAMAGED),
    ],
)
def test_a_ledger_whose_number_is_not_its_own_is_damaged_and_not_touched(run, ledger, sightings, look, pragma, code):
    """The declarations are ours, the number in the file's header is not: nobody may migrate by it."""
    look(f"PRAGMA {pragma}")
    before = ledger.read_bytes()
    feed = sightings("2024-06-01,X,,,,,,,\n", "x.csv")
    for command in (["ingest", feed], ["run"], ["check"], ["ledger", "verify"], ["ledger", "backup", "copy"]):
        ran = run(*command, "--ledger", ledger)
        assert (ran.code, Path("copy").exists()) == (code, False), ran.err
    assert ledger.read_bytes() == before


def test_a_database_without_tables_that_is_anothers_is_left_as_it_is(run, sightings, tmp_path):
    """Somebody's SQLite file that was only just begun: its number says whose it is."""
    path = tmp_path / "other.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA application_id = 1196444487")
    connection.close()
    before = path.read_bytes()
    ran = run("ingest", sightings("2024-06-01,X,,,,,,,\n", "x.csv"), "--ledger", path)
    assert (ran.code, path.read_bytes()) == (ExitCode.USAGE, before)
    assert "not a ledger" in ran.err
