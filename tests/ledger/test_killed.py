"""`kill -9` and power cuts: what was recorded is there once, what was not told is told, whatever the moment."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.conftest import HEADER

from vesseltrack.errors import ExitCode

KILLS = int(os.environ.get("LEDGER_KILLS", "4"))
"""`make torture` kills more."""

DARK = "2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,feed\n"
INGESTED = HEADER + DARK + "".join(f"2024-03-{1 + n % 28:02d},SHIP {n},,Nampo,,,,,\n" for n in range(10_000))
RUN = HEADER + DARK + "".join(f"2024-03-{1 + n % 28:02d},SHIP {n},,Rotterdam,,,on,,\n" for n in range(3_000))
FEEDS = {"ingest": INGESTED, "run": RUN}


def begin(command, feed, ledger, out=subprocess.DEVNULL):
    return subprocess.Popen([sys.executable, "-m", "vesseltrack", command, feed, "--ledger", ledger], stdout=out)


def journal(ledger):
    return ledger.with_name(ledger.name + "-journal")


def until_it_writes(begun, ledger):
    """Wait for the journal, without which SQLite changes nothing."""
    while begun.poll() is None and not journal(ledger).exists():
        time.sleep(0.001)


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """Seconds that an undisturbed command takes until it first writes, and until it ends."""
    found = {}
    for command, text in FEEDS.items():
        folder = tmp_path_factory.mktemp("life")
        (folder / "feed.csv").write_text(text, encoding="utf-8")
        start = time.monotonic()
        begun = begin(command, folder / "feed.csv", folder / "l.sqlite3")
        until_it_writes(begun, folder / "l.sqlite3")
        writes = time.monotonic() - start
        begun.wait()
        found[command] = writes, time.monotonic() - start
    return found


def kill_at_random(begun, ledger, number, life):
    """One in four anywhere in the command's life, the others from its first write on."""
    chance = random.Random(number)  # noqa: S311
    writes, ends = life
    if number % 4:
        until_it_writes(begun, ledger)
        after_seconds = chance.uniform(0, (ends - writes) * 1.05)
    else:
        after_seconds = chance.uniform(0, ends)
    try:
        begun.wait(after_seconds)
    except subprocess.TimeoutExpired:
        begun.kill()
    begun.wait()


def status(run, ledger):
    return json.loads(run("status", "--ledger", ledger, "--format", "json").out)["entries"]


def ids(text):
    return re.findall(r"^ {4}(VT\d+-[0-9a-f]+)", text, re.MULTILINE)


@pytest.mark.parametrize("number", range(KILLS))
def test_an_ingest_that_is_killed_leaves_a_whole_ledger(run, ledger, sightings, life, number):
    feed = sightings(INGESTED, header=False)
    kill_at_random(begin("ingest", feed, ledger), ledger, number, life["ingest"])
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    assert status(run, ledger)["sighting"] in (3, 3 + 10_001), "all or nothing"
    assert run("ingest", feed, "--ledger", ledger).code == 0
    assert status(run, ledger)["sighting"] == 3 + 10_001
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    assert not journal(ledger).exists()


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_is_killed_loses_no_notice(run, sightings, tmp_path, life, number):
    """The ledger is whole, the next run ends well, and every finding was told at least once."""
    path, told, feed = tmp_path / "l.sqlite3", tmp_path / "told.txt", sightings(RUN, header=False)
    with told.open("wb") as out:
        kill_at_random(begin("run", feed, path, out), path, number, life["run"])
    if path.exists() and path.stat().st_size:
        assert run("ledger", "verify", "--ledger", path).code == 0
    after = run("run", feed, "--ledger", path)
    assert after.code in (ExitCode.FINDINGS, ExitCode.CLEAN)
    assert status(run, path)["sighting"] == 3_001
    whole = {f["id"] for f in json.loads(run("check", "--ledger", path, "--format", "json").out)["findings"]}
    assert set(ids(told.read_text(encoding="utf-8"))) | set(ids(after.out)) >= whole
    assert run("run", "--ledger", path).out == ""
    assert run("ledger", "verify", "--ledger", path).code == 0


def test_a_run_killed_between_its_transactions_tells_again(run, ledger, tmp_path):
    """Held up by a FIFO that nobody reads, which is after the first transaction and before the text is written."""
    fifo = tmp_path / "told"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "vesseltrack", "run", "--ledger", ledger, "-o", fifo]
    begun = subprocess.Popen(command)
    while "run" not in status(run, ledger):
        time.sleep(0.05)
    assert begun.poll() is None
    begun.kill()
    begun.wait()
    assert "notice" not in status(run, ledger)
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    again = run("run", "--ledger", ledger)
    assert again.code == ExitCode.FINDINGS
    assert status(run, ledger)["notice"] == 1
    assert run("run", "--ledger", ledger).out == ""


@pytest.mark.parametrize("command", ["ingest", "run"])
def test_a_command_killed_while_its_journal_stands_is_rolled_back(run, ledger, sightings, command):
    feed = sightings(INGESTED, header=False)
    before = status(run, ledger)
    begun = begin(command, feed, ledger)
    until_it_writes(begun, ledger)
    begun.kill()
    begun.wait()
    assert journal(ledger).exists()
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    assert status(run, ledger) == before
    assert run("ingest", feed, "--ledger", ledger).code == 0
    assert not journal(ledger).exists()


@pytest.fixture
def half_written(ledger):
    """Copies the ledger and its journal in the middle of a transaction that has written to the ledger already."""

    def _half_written(folder, *, with_journal):
        folder.mkdir()
        connection = sqlite3.connect(ledger, isolation_level=None)
        connection.execute("PRAGMA cache_size = 4")  # so that pages go to the disk long before the commit
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO entries SELECT max(seq) + 1, printf('%064x', ?), 'run', '{}', NULL, NULL, '2026-11-22 12:00:00',"
            " NULL, NULL, NULL, NULL, printf('%064x', ?) FROM entries",
            [(number * 7919 % 5003, number) for number in range(1, 5_000)],
        )
        assert journal(ledger).stat().st_size > 512
        copy = folder / ledger.name
        shutil.copy(ledger, copy)
        if with_journal:
            shutil.copy(journal(ledger), journal(copy))
        connection.execute("ROLLBACK")
        connection.close()
        assert copy.read_bytes() != ledger.read_bytes()
        return copy

    return _half_written


def test_what_a_power_cut_leaves_is_rolled_back(run, ledger, half_written, tmp_path):
    """The ledger half written, the journal beside it: whoever opens it first puts it back, reading or writing."""
    for number, command in enumerate((["ledger", "verify"], ["check"], ["ledger", "log"], ["run"])):
        copy = half_written(tmp_path / str(number), with_journal=True)
        assert run(*command, "--ledger", copy).code in (0, ExitCode.FINDINGS)
        assert not journal(copy).exists()
        if command != ["run"]:
            assert copy.read_bytes() == ledger.read_bytes()
    assert run("ledger", "verify", "--ledger", copy).code == 0


def test_a_journal_that_somebody_deleted_is_missed(run, half_written, sightings, tmp_path):
    """Half a transaction without the way back, as also a copy by `cp` in the middle of a write: damage, left alone."""
    copy = half_written(tmp_path / "cut", with_journal=False)
    before = copy.read_bytes()
    feed = sightings("2024-06-01,X,,,,,,,\n", "x.csv")
    for command in (["ledger", "verify"], ["check"], ["ingest", feed], ["run"], ["ledger", "backup", "copy"]):
        ran = run(*command, "--ledger", copy)
        assert (ran.code, Path("copy").exists()) == (ExitCode.DAMAGED, False), ran.err
    assert copy.read_bytes() == before
