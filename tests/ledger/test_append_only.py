"""Nothing that was recorded is changed, lost or doubled, whoever tries."""

from __future__ import annotations

import json
import sqlite3
import threading

import pytest

from vesseltrack.errors import ExitCode

AGAIN = """INSERT OR REPLACE INTO entries SELECT SEQ, id, kind, '{}', seen_from, seen_to, recorded_at, input, line, row,
replaces, hash FROM entries WHERE seq = 3"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = '{}' WHERE seq = 3",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 3",
        "DELETE FROM entries WHERE seq = 3",
        AGAIN.replace("SEQ", "seq"),
        AGAIN.replace("SEQ", "99"),
        AGAIN.replace("SEQ", "(SELECT max(seq) + 1 FROM entries)"),
    ],
)
def test_an_entry_cannot_be_changed_deleted_or_replaced(ledger, look, statement):
    before = ledger.read_bytes()
    with pytest.raises(sqlite3.IntegrityError, match=r"never|only added"):
        look(statement)
    assert ledger.read_bytes() == before


def test_the_same_rows_add_nothing_whatever_their_order_file_or_format(run, ledger, sightings, look):
    before = look("SELECT count(*), max(hash) FROM entries")

    rows = [
        {"source": "feed", "Ship": "EVER GIVEN", "imo": "9811000", "seen": "2024-05-01", "lat": 31.250, "lon": "32.30",
         "ais_status": "ON", "activity": "transit"},
        {"source": "Planet, 6 March", "Ship": " CHON MA SAN", "imo": "8660313", "seen": "2024-03-06",
         "port": "Vostochny", "ais_status": "off", "activity": "loading"},
    ]  # fmt: skip
    ran = run("ingest", sightings(json.dumps(rows), "other.json", header=False), "--ledger", ledger)
    assert (ran.code, ran.out.endswith("0 new, 2 known, 0 rejected\n")) == (0, True), ran.out + ran.err
    assert look("SELECT count(*), max(hash) FROM entries") == before


def test_a_reject_is_said_and_the_rest_is_kept(run, sightings, tmp_path):
    path = tmp_path / "l.sqlite3"
    ran = run("ingest", sightings("2024-03-06,CHON MA SAN,,Vostochny,,,,,\nsoon,YU SON,,,,,,,\n"), "--ledger", path)
    assert ran.code == ExitCode.INCOMPLETE
    assert "1 new, 0 known, 1 rejected" in ran.out
    assert "sightings.csv:3, column date" in ran.err


def test_a_ledger_that_another_run_holds_ends_in_4(run, ledger, sightings):
    held = sqlite3.connect(ledger, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        ran = run("ingest", sightings("2024-06-01,X,,,,,,,\n", "x.csv"), "--ledger", ledger, "--lock-wait", "0")
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert ran.code == ExitCode.LOCKED
    assert "in use by another run" in ran.err
    assert run("ledger", "verify", "--ledger", ledger).code == 0


def test_a_run_waits_for_another_to_end(run, ledger, sightings):
    held = sqlite3.connect(ledger, isolation_level=None, check_same_thread=False)
    held.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(0.5, held.rollback)
    letting_go.start()
    ran = run("ingest", sightings("2024-06-01,X,,,,,,,\n", "x.csv"), "--ledger", ledger)
    letting_go.join()
    held.close()
    assert ran.code == 0, ran.err
