"""A ledger of any earlier version is brought forward; one of a later version is not touched."""

from __future__ import annotations

import sqlite3

import pytest

from vesseltrack.errors import ExitCode
from vesseltrack.ledger.schema import MIGRATIONS, VERSION, migrate, schema_of, schema_of_version, version_of

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
