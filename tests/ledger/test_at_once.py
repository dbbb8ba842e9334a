"""Many at once on one ledger: those who write wait for each other, those who read never see half a transaction."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading

import pytest
from cli.conftest import HEADER

from vesseltrack.errors import ExitCode

DARK = "2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,feed\n"
ALLOWED = {0, ExitCode.FINDINGS, ExitCode.LOCKED}


def begin(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "vesseltrack", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_sixteen_processes_ingest_and_run_at_once_while_others_read(run, ledger, sightings, tmp_path):
    """Each feed is whole or not there in whatever anybody reads; in the end every sighting is there once."""
    size = 50
    shared = "".join(f"2024-03-{day:02d},SHARED {day},,Nampo,,,,,\n" for day in range(1, 21))
    feeds = [
        sightings(shared + "".join(f"2024-04-01,OWN {number} {n},,Nampo,,,,,\n" for n in range(size)), f"{number}.csv")
        for number in range(16)
    ]
    writers = [
        begin("ingest" if number % 2 else "run", feed, "--ledger", ledger, "--lock-wait", "300")
        for number, feed in enumerate(feeds)
    ]
    seen, looks = [], 0
    while any(one.poll() is None for one in writers) or not looks:
        looks += 1
        copy, out = tmp_path / f"copy{looks}.sqlite3", tmp_path / f"out{looks}.csv"
        readers = [
            begin("check", "--ledger", ledger, "--lock-wait", "1"),
            begin("status", "--ledger", ledger, "--lock-wait", "0"),
            begin("ledger", "verify", "--ledger", ledger, "--lock-wait", "1"),
            begin("ledger", "export", "-o", out, "--ledger", ledger),
            begin("ledger", "backup", copy, "--ledger", ledger),
        ]
        for one in readers:
            _, said = one.communicate()
            assert one.returncode in ALLOWED, said
            assert (said.count(b"\n") == 1) == (one.returncode == ExitCode.LOCKED), said
        if out.exists():
            seen.append(out.read_text(encoding="utf-8").count("OWN"))
        if copy.exists():
            assert run("ledger", "verify", "--ledger", copy).code == 0
    said = [one.communicate() for one in writers]
    assert {one.returncode for one in writers} <= {0, ExitCode.FINDINGS}, said
    assert seen == sorted(seen)
    assert {count % size for count in seen} == {0}
    held = json.loads(run("status", "--ledger", ledger, "--format", "json").out)["entries"]
    assert (held["sighting"], held["run"], held["input"]) == (3 + 20 + 16 * size, 8, 1 + 16)
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    assert run("run", "--ledger", ledger).code in (0, ExitCode.FINDINGS)
    assert run("run", "--ledger", ledger).out == ""


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_who_does_not_want_to_wait_is_told_at_once(run, ledger, sightings, lock):
    """Writers beside a writer, and readers too beside one that is just putting its pages into the file."""
    feed = sightings("2024-06-01,X,,,,,,,\n", "x.csv")
    writing = [["ingest", feed], ["run", feed], ["run"], ["ledger", "retract", "abcdef", "--because", "x"]]
    reading = [
        ["check"],
        ["report"],
        ["status"],
        ["ledger", "verify"],
        ["ledger", "export"],
        ["ledger", "backup", "copy"],
    ]
    before = ledger.read_bytes()
    held = sqlite3.connect(ledger, isolation_level=None)
    held.execute(f"BEGIN {lock}")
    try:
        for command in writing if lock == "IMMEDIATE" else writing + reading:
            ran = run(*command, "--ledger", ledger, "--lock-wait", "0")
            assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.LOCKED, "", 1), command
            assert "in use by another run" in ran.err
        for command in reading if lock == "IMMEDIATE" else ():
            assert run(*command, "--ledger", ledger, "--lock-wait", "0").code in (0, ExitCode.FINDINGS), command
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert ledger.read_bytes() == before


def test_a_reader_that_takes_its_time_makes_a_writer_wait_and_lose_nothing(run, ledger, sightings):
    """The writer holds its transaction until the reader is done, and ends in 4 where that takes too long."""
    feed = sightings("2024-06-01,X,,,,,,,\n", "x.csv")
    reader = sqlite3.connect(ledger, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    before = reader.execute("SELECT count(*) FROM entries").fetchone()
    assert run("ingest", feed, "--ledger", ledger, "--lock-wait", "0").code == ExitCode.LOCKED
    assert reader.execute("SELECT count(*) FROM entries").fetchone() == before
    ending = threading.Timer(0.5, reader.rollback)
    ending.start()
    assert run("ingest", feed, "--ledger", ledger).code == 0
    ending.join()
    reader.close()
    assert run("ledger", "verify", "--ledger", ledger).code == 0


def test_two_that_begin_the_same_ledger_begin_one(run, tmp_path, sightings):
    feed = sightings(HEADER + DARK, header=False)
    begun = [begin("ingest", feed, "--ledger", tmp_path / "new" / "l.sqlite3") for _ in range(4)]
    said = [one.communicate() for one in begun]
    assert [one.returncode for one in begun] == [0] * 4, said
    assert json.loads(run("status", "--ledger", tmp_path / "new" / "l.sqlite3", "--format", "json").out)["entries"] == {
        "input": 1, "list": 1, "sighting": 1,
    }  # fmt: skip
