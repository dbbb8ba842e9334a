"""The inbox of `run`: whatever lies in it, no sighting is lost or taken twice, nothing hangs, one file stops no other."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vesseltrack.cases.inbox import DONE, look_into, move
from vesseltrack.errors import ExitCode

HEADER = "date,vessel,imo,flag,type,port,facility,ais_status,activity\n"
DARK = "2024-03-06,CHON MA SAN,8660313,DPRK,tanker,Vostochny,oil berth,off,loading\n"
OTHER = "2024-05-01,EVER GIVEN,9811000,Panama,container,Rotterdam,,on,\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "watch.sqlite3"


@pytest.fixture
def box(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(box, name, rows, header=HEADER, age_seconds=60):
    """A file that came a while ago."""
    file = box / name
    file.write_text(header + rows, encoding="utf-8")
    aged(file, age_seconds)
    return file


def aged(file, seconds=60):
    os.utime(file, (time.time() - seconds, time.time() - seconds))


def lying_in(box):
    return sorted(os.fsencode(p.relative_to(box)) for p in box.rglob("*") if not p.is_dir() or p.is_symlink())


def sightings_in(run, path):
    return json.loads(run("status", "--ledger", path, "--format", "json").out)["entries"].get("sighting", 0)


@pytest.mark.parametrize("name", [b"two\nlines.csv", b"not-utf8-\xff.csv", b"\xe2\x80\xaefdp.csv", b" .csv"])
def test_a_file_of_any_name_is_taken(run, box, path, name, monkeypatch):
    """A line break, bytes that are no UTF-8, a turn of direction: no name stops a file."""
    put(box, os.fsdecode(name), DARK)
    monkeypatch.chdir(box)
    ran = run("run", "--inbox", ".", "--ledger", path)
    assert (ran.code, ran.err) == (ExitCode.FINDINGS, "")
    assert lying_in(box) == [b"done/" + name]
    log = run("ledger", "log", "--kind", "input", "--format", "json", "--ledger", path)
    assert log.code == 0
    assert run("check", "--ledger", path).code == ExitCode.FINDINGS
    assert run("ledger", "verify", "--ledger", path).code == 0


def test_a_file_named_like_standard_input_does_not_hang(process, box, path):
    put(box, "-", DARK)
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as silent, os.fdopen(writer, "wb"):
        ran = process("run", "--inbox", ".", "--ledger", path, cwd=box, stdin=silent)
    assert (ran.returncode, lying_in(box)) == (ExitCode.INCOMPLETE, [b"refused/-"])


def test_what_is_no_file_of_ones_own_stops_nothing(process, run, box, path, tmp_path):
    """A FIFO and a folder stay; links, which lead to what nobody put here, are moved aside and never read."""
    secret = put(tmp_path, "secret.csv", OTHER)
    os.mkfifo(box / "fifo.csv")
    (box / "folder.csv").mkdir()
    (box / "elsewhere").symlink_to(tmp_path)
    (box / "link.csv").symlink_to(secret)
    (box / "nowhere.csv").symlink_to(tmp_path / "nowhere")
    put(box, "z.csv", DARK)
    ran = process("run", "--inbox", box, "--ledger", path)
    assert ran.returncode == ExitCode.FINDINGS
    assert ran.stderr.count(b"a symbolic link") == 2
    assert lying_in(box) == [
        b"done/z.csv", b"elsewhere", b"fifo.csv", b"refused/link.csv", b"refused/nowhere.csv",
    ]  # fmt: skip
    assert sightings_in(run, path) == 1
    assert secret.exists()


def test_the_ledger_and_what_else_the_run_keeps_are_no_feed(run, box, path, monkeypatch):
    """A ledger moved aside would be a ledger lost: everything would be told anew."""
    for option in ("--ledger", "--metrics-file", "-o", "--decisions", "--vessels"):
        own = put(box, "own", "", header="")
        more = () if option == "--ledger" else ("--ledger", path)
        ran = run("run", "--inbox", box, option, own, *more)
        assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1), (option, ran.err)
        assert "lies in the inbox" in ran.err
        assert lying_in(box) == [b"own"]
        own.unlink()
    monkeypatch.chdir(box)
    put(box, "vesseltrack.toml", "", header="")
    assert "lies in the inbox" in run("run", "--inbox", ".", "--ledger", path).err
    (box / "vesseltrack.toml").unlink()
    assert run("run", "--inbox", ".", "--ledger", path, "-o", "-").code == 0


def test_a_file_that_cannot_be_read_stops_no_other(run, box, path):
    put(box, "a.csv", "<html></html>", header="")
    put(box, "b.csv", DARK)
    (box / "c.csv").write_bytes(os.urandom(2000))
    aged(box / "c.csv")
    ran = run("run", "--inbox", box, "--ledger", path)
    assert ran.code == ExitCode.FINDINGS
    assert lying_in(box) == [b"done/b.csv", b"refused/a.csv", b"refused/c.csv"]
    assert "a.csv" in ran.err
    assert "c.csv" in ran.err


def test_a_header_that_only_some_files_have_can_be_mapped(run, box, path):
    put(box, "a.csv", DARK)
    put(box, "b.csv", OTHER, header=HEADER.replace("vessel", "Skib"))
    assert run("run", "--inbox", box, "--ledger", path, "--map", "Skib=vessel").code == ExitCode.FINDINGS
    assert sightings_in(run, path) == 2


def test_a_file_larger_than_the_memory_is_refused_and_stops_no_other(process, run, box, path):
    """A hole of a hundred gigabytes, which costs its sender nothing."""
    put(box, "b.csv", DARK)
    with (box / "a.csv").open("wb") as hole:
        hole.truncate(100 << 30)
    aged(box / "a.csv")
    gib = 4 << 30
    ran = process(
        "run", "--inbox", box, "--ledger", path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (gib, gib)),
    )  # fmt: skip
    assert ran.returncode == ExitCode.FINDINGS, ran.stderr
    assert b"larger than this machine's memory" in ran.stderr
    assert lying_in(box) == [b"done/b.csv", b"refused/a.csv"]


def test_a_feed_of_which_no_row_could_be_read_is_not_filed_as_done(run, box, path, monkeypatch):
    """A machine that starts with its clock in 1970 takes every sighting for one of the future."""
    put(box, "a.csv", DARK)
    monkeypatch.setenv("VESSELTRACK_TODAY", "1970-01-01")
    ran = run("run", "--inbox", box, "--ledger", path)
    assert ran.code == ExitCode.INCOMPLETE
    assert "no row of it could be read" in ran.err
    assert lying_in(box) == [b"refused/a.csv"]


def test_a_file_from_the_future_is_taken(run, box, path):
    put(box, "a.csv", DARK, age_seconds=-86_400)
    assert run("run", "--inbox", box, "--ledger", path).code == ExitCode.FINDINGS
    assert lying_in(box) == [b"done/a.csv"]


def test_what_came_or_grew_after_it_was_read_stays_for_the_next_run(run, box, path):
    """Rows added, another file under the name, the file gone: only what was read is moved."""
    names = ("same.csv", "grown.csv", "replaced.csv", "gone.csv")
    for name in names:
        put(box, name, DARK)
    found = look_into(box, time.time())
    with (box / "grown.csv").open("a") as more:
        more.write(OTHER)
    put(box, "new", OTHER).replace(box / "replaced.csv")
    (box / "gone.csv").unlink()
    assert move(found.files, box / DONE) == []
    assert lying_in(box) == [b"done/same.csv", b"grown.csv", b"replaced.csv"]
    aged(box / "grown.csv")
    assert run("run", "--inbox", box, "--ledger", path).code == ExitCode.FINDINGS
    assert sightings_in(run, path) == 2


def test_files_of_one_name_are_all_kept(run, box, path):
    for day in range(1, 5):
        put(box, "feed.csv", DARK.replace("-06", f"-0{day}"))
        run("run", "--inbox", box, "--ledger", path)
    assert lying_in(box) == [b"done/feed.1.csv", b"done/feed.2.csv", b"done/feed.3.csv", b"done/feed.csv"]
    assert sightings_in(run, path) == 4


def test_a_done_that_is_a_file_is_said_and_nothing_is_doubled(run, box, path):
    put(box, "a.csv", DARK)
    put(box, "done", "", header="")
    first, again = (run("run", "--inbox", box, "--ledger", path) for _ in range(2))
    assert (first.code, again.code, again.out) == (ExitCode.FINDINGS, 0, "")
    assert "cannot be moved" in first.err
    assert "cannot be moved" in again.err
    assert sightings_in(run, path) == 1
    assert lying_in(box) == [b"a.csv", b"done"]


def test_an_inbox_that_is_missing_or_a_file_is_said(run, box, path):
    for folder in (box / "none", put(box, "a.csv", DARK)):
        ran = run("run", "--inbox", folder, "--ledger", path)
        assert (ran.code, ran.err.count("\n"), path.exists()) == (ExitCode.USAGE, 1, False)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable or read-only for root")
def test_an_unreadable_file_and_a_read_only_inbox_are_said(run, box, path):
    put(box, "a.csv", DARK)
    put(box, "b.csv", OTHER).chmod(0)
    box.chmod(0o500)
    try:
        first, again = (run("run", "--inbox", box, "--ledger", path) for _ in range(2))
    finally:
        box.chmod(0o700)
    assert (first.code, again.code) == (ExitCode.FINDINGS, ExitCode.INCOMPLETE)
    assert "may not be read" in first.err
    assert first.err.count("cannot be moved") == 2
    assert sightings_in(run, path) == 1


def test_two_runs_on_one_inbox_lose_and_double_nothing(run, box, path):
    for number in range(12):
        put(box, f"{number}.csv", DARK.replace("CHON MA SAN,8660313", f"SHIP {number},"))
    begun = [
        subprocess.Popen([sys.executable, "-m", "vesseltrack", "run", "--inbox", box, "--ledger", path],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip
    said = [one.communicate() for one in begun]
    assert {one.returncode for one in begun} <= {0, ExitCode.FINDINGS}, said
    assert [err for _, err in said] == [b""] * 3
    assert lying_in(box) == sorted(b"done/%d.csv" % number for number in range(12))
    assert sightings_in(run, path) == 12
    assert run("ledger", "verify", "--ledger", path).code == 0


def test_a_run_killed_before_it_moves_its_files_takes_them_again_and_doubles_nothing(run, box, path):
    """Held up while it says what could not be read, which is after the first transaction and before the move."""
    put(box, "a.csv", DARK + "32 March,X,,,,,,,\n" * 4_000)
    reader, writer = os.pipe()
    begun = subprocess.Popen(
        [sys.executable, "-m", "vesseltrack", "run", "--inbox", box, "--ledger", path, "--verbose"],
        stdout=subprocess.DEVNULL, stderr=writer,
    )  # fmt: skip
    os.close(writer)
    assert os.read(reader, 1), "it has begun to say"
    assert begun.poll() is None
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    os.close(reader)
    assert lying_in(box) == [b"a.csv"]
    assert sightings_in(run, path) == 1
    after = run("run", "--inbox", box, "--ledger", path)
    assert after.code == ExitCode.FINDINGS, "not told yet"
    assert "4,000 rows could not be read" in after.err
    assert (lying_in(box), sightings_in(run, path)) == ([b"done/a.csv"], 1)


def test_metrics_that_cannot_be_written_hide_no_other_failure(run, box, path):
    put(box, "a.csv", DARK)
    told = run("run", "--inbox", box, "--ledger", path, "--metrics-file", box.parent)
    assert (told.code, told.err.count("\n")) == (ExitCode.USAGE, 1)
    assert "new findings" in told.out
    assert run("run", "--ledger", path).out == "", "it was told"
    data = bytearray(path.read_bytes())
    data[data.find(b"CHON MA SAN")] ^= 1
    path.write_bytes(data)
    damaged = run("run", "--ledger", path, "--metrics-file", Path("/nowhere/at/all"))
    assert damaged.code == ExitCode.DAMAGED
    assert "/nowhere/at/all" in damaged.err
    assert "damaged" in damaged.err
