"""A disk that takes no more: every command says so and ends in 2, what was there is whole, and later nothing is lost."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from vesseltrack.errors import ExitCode
from vesseltrack.ledger.store import reading
from vesseltrack.ledger.verify import verified

DARK = "2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,feed\n"
MANY = "".join(f"2024-04-{1 + n % 28:02d},SHIP {n},,Nampo,,,,,\n" for n in range(400))
PAGE = 4096


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@dataclass
class Disk:
    """A file system of one mebibyte that only the commands started on it see under its name."""

    folder: Path
    holder: int
    many: Path
    """A feed that stands elsewhere."""

    @property
    def seen(self) -> Path:
        """Where everybody else sees it."""
        return Path(f"/proc/{self.holder}/root{self.folder}")

    @property
    def enter(self):
        return ["nsenter", "-t", str(self.holder), "-U", "-m", "--preserve-credentials"]

    def _within(self, *command):
        return subprocess.run([*self.enter, *map(str, command)], capture_output=True, check=False, timeout=120)

    def run(self, *arguments):
        ran = self._within(sys.executable, "-m", "vesseltrack", *arguments)
        ran.stderr = ran.stderr.decode()
        return ran

    def fill(self, room=0):
        """Leave so many bytes."""
        self.empty()
        left = self.room() - room
        with (self.seen / "filler").open("wb") as file:
            file.write(bytes(max(left, 0)))

    def empty(self):
        (self.seen / "filler").unlink(missing_ok=True)

    def room(self):
        return os.statvfs(self.seen).f_bavail * os.statvfs(self.seen).f_frsize

    def remount(self, how):
        assert self._within("mount", "-o", f"remount,{how}", self.folder).returncode == 0

    def held(self, name="l.sqlite3"):
        """The entries; SQLite itself finds no way to another's file system, so a copy is looked at."""
        copy = self.folder.parent / f"copy-of-{name}"
        shutil.copy(self.seen / name, copy)
        return held(copy)

    def files(self):
        return names(self.seen)


@pytest.fixture
def disk(tmp_path, sightings):
    """A small disk with a ledger on it, the feeds beside it on another."""
    folder = tmp_path / "disk"
    folder.mkdir()
    script = 'mount -t tmpfs -o size=1m none "$0" && echo mounted && exec sleep 3600'
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("a full disk was not tried: unshare and nsenter are not here")
    holder = subprocess.Popen(["unshare", "-rm", "sh", "-c", script, folder], stdout=subprocess.PIPE, text=True)
    try:
        if holder.stdout.readline() != "mounted\n":
            pytest.skip("a full disk was not tried: this system lets nobody mount a small one")
        made = Disk(folder, holder.pid, sightings(MANY, "many.csv"))
        assert made.run("ingest", sightings(DARK, "dark.csv"), "--ledger", folder / "l.sqlite3").returncode == 0
        yield made
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def held(path):
    """The entries, of a ledger that is whole."""
    with reading(path) as connection:
        assert verified(connection).faults == ()
        return connection.execute("SELECT seq, kind, hash FROM entries ORDER BY seq").fetchall()


def until_recorded(run, ledger):
    """Wait until the first transaction is there; the run then waits for somebody to read what it tells."""
    while '"run":' not in str(run("status", "--ledger", ledger, "--format", "json")):
        time.sleep(0.05)


def refused(ran, said="full"):
    assert (ran.returncode, ran.stderr.count("\n")) == (ExitCode.USAGE, 1), ran.stderr
    assert said in ran.stderr or "no space left" in ran.stderr


@pytest.mark.parametrize("command", ["ingest", "run"])
def test_a_disk_that_fills_up_at_any_moment_leaves_the_ledger_as_it_was(disk, command):
    """From no room at all, when the journal cannot be begun, to just not enough for the last page of the ledger."""
    ledger, path = disk.folder / "l.sqlite3", disk.seen / "l.sqlite3"
    before = path.read_bytes()
    failed = 0
    for pages in (0, 1, 4, 16, 40, 128):
        disk.fill(pages * PAGE)
        ran = disk.run(command, disk.many, "--ledger", ledger)
        if ran.returncode in (0, ExitCode.FINDINGS):
            break
        refused(ran)
        assert path.read_bytes() == before
        assert disk.files() == ["filler", "l.sqlite3"]
        assert disk.room() == pages * PAGE
        assert disk.run("status", "--ledger", ledger).returncode == 0, "it can still be read"
        failed += 1
        disk.empty()
    assert 3 <= failed < 6
    disk.empty()
    assert disk.run(command, disk.many, "--ledger", ledger).returncode == 0
    assert disk.run(command, disk.many, "--ledger", ledger).returncode == 0
    assert sum(kind == "sighting" for _, kind, _ in disk.held()) == 401


def test_a_new_ledger_on_a_full_disk_can_be_begun_later(disk):
    disk.fill()
    refused(disk.run("ingest", disk.many, "--ledger", disk.folder / "new.sqlite3"))
    disk.empty()
    assert disk.run("ingest", disk.many, "--ledger", disk.folder / "new.sqlite3").returncode == 0
    assert disk.held("new.sqlite3")


def test_a_disk_that_is_full_for_the_second_transaction_repeats_the_notice(disk, tmp_path):
    """It fills up while the text is read from a FIFO, which is between the two transactions exactly."""
    ledger, fifo = disk.folder / "l.sqlite3", tmp_path / "told"
    os.mkfifo(fifo)
    begun = subprocess.Popen(
        [*disk.enter, sys.executable, "-m", "vesseltrack", "run", "--ledger", ledger, "-o", fifo],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until_recorded(disk.run, ledger)
    disk.fill()
    with fifo.open(encoding="utf-8") as told:
        text = told.read()
    said = begun.communicate()[1]
    assert (begun.returncode, said.count("\n")) == (ExitCode.USAGE, 1), said
    assert "new findings" in text
    entries = disk.held()
    disk.empty()
    again = disk.run("run", "--ledger", ledger)
    assert again.returncode == ExitCode.FINDINGS
    assert "new findings" in again.stdout.decode()
    assert disk.held()[: len(entries)] == entries
    assert disk.run("run", "--ledger", ledger).stdout == b""


@pytest.mark.parametrize(
    "command",
    [
        ["run", "-o", "OUT"],
        ["run", "--metrics-file", "OUT"],
        ["check", "-o", "OUT", "--format", "json"],
        ["report", "-o", "OUT", "--format", "json"],
        ["ledger", "export", "--all", "-o", "OUT", "--format", "json"],
    ],
)
def test_a_file_that_does_not_fit_stays_as_it_was(disk, tmp_path, command):
    """The ledger stands on another disk; the old result is whole, and no half of a new one takes up the room."""
    ledger, out = tmp_path / "l.sqlite3", disk.folder / "result"
    shutil.copy(disk.seen / "l.sqlite3", ledger)
    (disk.seen / "result").write_bytes(b"of yesterday")
    command = [out if word == "OUT" else word for word in command]
    disk.fill()
    refused(disk.run(*command, "--ledger", ledger), "cannot be written")
    assert (disk.seen / "result").read_bytes() == b"of yesterday"
    assert disk.files() == ["filler", "l.sqlite3", "result"]
    disk.empty()
    ran = disk.run(*command, "--ledger", ledger)
    assert ran.returncode in (0, ExitCode.FINDINGS), ran.stderr
    assert (disk.seen / "result").read_bytes() != b"of yesterday"
    assert held(ledger)


def test_a_backup_that_does_not_fit_leaves_nothing(disk):
    ledger, copy = disk.folder / "l.sqlite3", disk.folder / "copy.sqlite3"
    for pages in (0, 1, 5):
        disk.fill(pages * PAGE)
        refused(disk.run("ledger", "backup", copy, "--ledger", ledger))
        assert disk.files() == ["filler", "l.sqlite3"]
    disk.empty()
    assert disk.run("ledger", "backup", copy, "--ledger", ledger).returncode == 0
    assert disk.held("copy.sqlite3") == disk.held()
    assert (disk.seen / "copy.sqlite3").stat().st_mode & 0o077 == 0, "for its owner alone, as the ledger is"


def test_a_decision_that_does_not_fit_is_taken_later(disk, run, tmp_path):
    shutil.copy(disk.seen / "l.sqlite3", tmp_path / "copy.sqlite3")
    finding = run("check", "--ledger", tmp_path / "copy.sqlite3", "--format", "csv").out.splitlines()[1].split(",")[0]
    decide = ("ledger", "decide", finding, "--because", "looked into", "--ledger", disk.folder / "l.sqlite3")
    before = disk.held()
    disk.fill()
    refused(disk.run(*decide))
    assert disk.held() == before
    disk.empty()
    assert disk.run(*decide).returncode == 0
    assert disk.held()[:-1] == before


def test_a_read_only_disk_is_read_and_not_written(disk):
    ledger = disk.folder / "l.sqlite3"
    before = (disk.seen / "l.sqlite3").read_bytes()
    disk.remount("ro")
    assert disk.run("check", "--ledger", ledger).returncode == ExitCode.FINDINGS
    for command in (["ingest", disk.many], ["run"], ["ledger", "backup", disk.folder / "copy"]):
        refused(disk.run(*command, "--ledger", ledger), "cannot be written")
    refused(disk.run("check", "-o", disk.folder / "out.json", "--ledger", ledger), "read-only")
    assert (disk.files(), (disk.seen / "l.sqlite3").read_bytes()) == (["l.sqlite3"], before)
    disk.remount("rw")
    assert disk.run("ingest", disk.many, "--ledger", ledger).returncode == 0


@pytest.mark.parametrize("command", [["ingest", "more.csv"], ["run", "more.csv"], ["ledger", "backup", "copy.sqlite3"]])
def test_a_limit_on_the_size_of_files_is_said_and_leaves_the_ledger_whole(process, ledger, sightings, command):
    """`ulimit -f`, which sends a signal besides: no dump, no half of a copy, and without it the command works."""
    sightings(MANY, "more.csv")
    before, entries = ledger.read_bytes(), held(ledger)
    for size in (0, 4 * PAGE, len(before) - PAGE):
        limit = lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))  # noqa: E731
        ran = process(*command, "--ledger", ledger, preexec_fn=limit)
        assert (ran.returncode, ran.stderr.count(b"\n")) == (ExitCode.USAGE, 1), ran.stderr
        assert b"cannot be written" in ran.stderr
        assert held(ledger) == entries, "if need be out of the journal, which had no leave to be written back either"
        assert ledger.read_bytes() == before
        assert names(ledger.parent) == ["home", "ledger.sqlite3", "work"]
        assert names(Path()) == ["more.csv", "sightings.csv"]
    assert process(*command, "--ledger", ledger).returncode in (0, ExitCode.FINDINGS)
    assert held(ledger)[: len(entries)] == entries


def test_a_ledger_gone_between_the_two_transactions_is_not_begun_anew(run, ledger, tmp_path):
    """A notice in a new ledger would speak of findings that it does not hold."""
    fifo = tmp_path / "told"
    os.mkfifo(fifo)
    begun = subprocess.Popen(
        [sys.executable, "-m", "vesseltrack", "run", "--ledger", ledger, "-o", fifo], stderr=subprocess.PIPE, text=True
    )
    until_recorded(run, ledger)
    ledger.rename(tmp_path / "elsewhere.sqlite3")
    with fifo.open(encoding="utf-8") as told:
        assert "new findings" in told.read()
    said = begun.communicate()[1]
    assert (begun.returncode, ledger.exists()) == (ExitCode.USAGE, False), said
    assert "there is no ledger here" in said
    assert run("run", "--ledger", tmp_path / "elsewhere.sqlite3").code == ExitCode.FINDINGS


def test_a_ledger_in_a_folder_that_vanished_is_said_by_all_that_read_it(run, ledger, tmp_path):
    shutil.move(ledger, tmp_path / "kept")
    path = tmp_path / "gone" / "l.sqlite3"
    retract = ["ledger", "retract", "abcdef", "--because", "x"]
    for command in (["check"], ["run"], ["status"], ["ledger", "backup", "copy"], ["ledger", "verify"], retract):
        ran = run(*command, "--ledger", path)
        assert (ran.code, ran.err.count("\n"), path.parent.exists()) == (ExitCode.USAGE, 1, False), command


def test_a_ledger_and_a_result_behind_links_stay_behind_them(run, ledger, sightings, tmp_path):
    """The journal stands beside the file that the link leads to, the result takes the place of the old one there."""
    (tmp_path / "link.sqlite3").symlink_to(ledger)
    feed = sightings("2024-06-01,X,,,,,,,\n", "x.csv")
    assert run("ingest", feed, "--ledger", tmp_path / "link.sqlite3").code == 0
    (tmp_path / "real.json").write_text("of yesterday")
    (tmp_path / "link.json").symlink_to("real.json")
    assert run("check", "--ledger", tmp_path / "link.sqlite3", "-o", tmp_path / "link.json").code == ExitCode.FINDINGS
    assert (tmp_path / "link.sqlite3").is_symlink()
    assert (tmp_path / "link.json").is_symlink()
    assert "findings" in (tmp_path / "real.json").read_text()
    assert len(held(ledger)) == 7


def test_a_backup_never_stands_half_under_its_name(process, ledger, tmp_path):
    """Whoever finds the file finds the whole of it: it has another name until it is verified."""
    with contextlib.closing(sqlite3.connect(ledger, isolation_level=None)) as held_up:
        held_up.execute("BEGIN EXCLUSIVE")
        ran = process("ledger", "backup", tmp_path / "copy.sqlite3", "--ledger", ledger, "--lock-wait", "0")
    assert ran.returncode == ExitCode.LOCKED
    assert not list(tmp_path.glob("*copy*"))
