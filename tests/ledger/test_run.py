"""`run`, the cron command: says what is new, once, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vesseltrack.errors import ExitCode

ROOT = Path(__file__).parents[2]
HEADER = "date,vessel,imo,flag,type,port,facility,ais_status,activity\n"
DARK = "2024-03-06,CHON MA SAN,8660313,DPRK,tanker,Vostochny,oil berth,off,loading\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "watch.sqlite3"


@pytest.fixture
def feed(tmp_path):
    """Writes a file of sightings, old enough not to be taken for one that is still written."""

    def _feed(rows, name="feed.csv", header=HEADER):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(header + rows, encoding="utf-8")
        os.utime(file, (time.time() - 60, time.time() - 60))
        return file

    return _feed


def ids(text):
    return re.findall(r"^ {4}(VT\d+-[0-9a-f]+)", text, re.MULTILINE)


def test_what_is_new_is_told_once(run, feed, path):
    """First the verdict, then each finding with its id; the second run says not a word and ends in 0."""
    first = run("run", feed(DARK), "--ledger", path)
    assert first.code == ExitCode.FINDINGS
    assert first.out.startswith("2024: cap not exceeded")
    assert len(ids(first.out)) == len(set(ids(first.out))) > 0
    for again in (run("run", feed(DARK), "--ledger", path), run("run", "--ledger", path)):
        assert (again.code, again.out, again.err) == (0, "", "")


def test_an_earlier_sighting_that_arrives_late_tells_nothing_again(run, feed, path):
    """Seen at the berth on the 6th, and, as is learnt later, on the 4th: the same call, the same findings."""
    told = ids(run("run", feed(DARK), "--ledger", path).out)
    late = run("run", feed(DARK.replace("-06", "-04"), "late.csv"), "--ledger", path)
    assert not {i.split("-")[0] for i in ids(late.out)} & {i.split("-")[0] for i in told}, late.out


def test_a_name_that_gets_its_imo_number_tells_nothing_again(run, feed, path):
    """OCEAN GLORY at Nampo without a number, and a day later with one."""
    row = "2024-03-0{},OCEAN GLORY,{},Togo,tanker,Nampo,oil terminal,off,\n"
    told = ids(run("run", feed(row.format(6, "")), "--ledger", path).out)
    assert told
    later = run("run", feed(row.format(7, "9074729"), "later.csv"), "--ledger", path)
    assert not {i.split("-")[0] for i in ids(later.out)} & {i.split("-")[0] for i in told}, later.out


def test_what_could_not_be_written_is_told_again(run, feed, path):
    """Recorded before it was told: a full device repeats a notice and loses none."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    lost = run("run", feed(DARK), "--ledger", path, "-o", "/dev/full")
    assert lost.code == ExitCode.USAGE
    assert "cannot be written" in lost.err
    assert ids(run("run", "--ledger", path).out)


def test_findings_below_the_threshold_stay_to_be_told(run, feed, path):
    """Whoever asks for critical ones only is told the others when asking for all."""
    few = ids(run("run", feed(DARK), "--ledger", path, "--fail-on", "critical").out)
    rest = ids(run("run", "--ledger", path).out)
    assert few
    assert rest
    assert not set(few) & set(rest)


def test_a_threshold_is_told_once_and_said_to_be_over(run, feed, path):
    """Forty cargoes exceed the cap: 11, once; when half of them turn out to be another's, that is said."""
    rows = [f"2024-{1 + n // 20:02d}-{1 + n % 20:02d},TANKER {n},DPRK,tanker,Nampo,30000\n" for n in range(40)]
    header = "date,vessel,flag,type,port,barrels\n"
    first = run("run", feed("".join(rows), header=header), "--ledger", path)
    assert first.code == ExitCode.CAP
    assert "VT424" in first.out
    assert run("run", "--ledger", path).code == 0
    wrong = feed(
        "".join(f"disproved,TANKER {n},2024,mistaken\n" for n in range(30)), "d.csv", "decision,name,date,because\n"
    )
    over = run("run", "--ledger", path, "--decisions", wrong)
    assert "No longer so by what is known now: 2024: the estimated volume reached 100 % of the cap" in over.out
    assert run("run", "--ledger", path, "--decisions", wrong).out == ""


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ("", (), "has no rows"),
        ("32 March 2024,YU SON,,,,Nampo,,,\n", (), "1 row could not be read"),
        ("2024-03-06,EVER GIVEN,9811000,Panama,container,Rotterdam,,on,\n", ("--max-list-age", "1"), "days old"),
    ],
)
def test_what_is_missing_or_stale_is_said_and_ends_in_3(run, feed, path, rows, options, said):
    """An empty feed, a row that cannot be read, an old list: never silence."""
    ran = run("run", feed(rows), "--ledger", path, "--fail-on", "high", *options)
    assert ran.code == ExitCode.INCOMPLETE
    assert said in ran.err


def test_what_could_not_be_resolved_is_said_once(run, feed, path):
    """A listed ship at a port that nobody knows: 3 when it comes in, though findings so low are not told; then silence."""
    rows = "2024-03-06,CHON MA SAN,8660313,DPRK,tanker,Atlantis,,on,\n"
    options = ("--ledger", path, "--fail-on", "critical")
    first = run("run", feed(rows), *options)
    assert (first.code, first.out) == (ExitCode.INCOMPLETE, "")
    assert "1 sighting could not be resolved or placed" in first.err
    assert (run("run", feed(rows), *options).code, run("run", *options).err) == (0, "")


def test_an_inbox_is_taken_once(run, feed, path, tmp_path):
    """Files move to done/; one that is still written stays; one that cannot be read goes to refused/, and is said."""
    box = tmp_path / "inbox"
    box.mkdir()
    assert (run("run", "--inbox", box, "--ledger", path).code, path.exists()) == (0, True)
    feed(DARK, "inbox/a.csv")
    feed(DARK, "inbox/b.csv.part")
    (box / "new.csv").write_text(HEADER + DARK, encoding="utf-8")
    feed("<html></html>", "inbox/page.csv", header="")
    first = run("run", "--inbox", box, "--ledger", path)
    assert first.code == ExitCode.FINDINGS
    assert "page.csv" in first.err
    assert sorted(p.relative_to(box).as_posix() for p in box.rglob("*") if p.is_file()) == [
        "b.csv.part", "done/a.csv", "new.csv", "refused/page.csv",
    ]  # fmt: skip
    feed(DARK, "inbox/a.csv")
    assert (run("run", "--inbox", box, "--ledger", path).out, (box / "done/a.1.csv").exists()) == ("", True)


def test_a_ledger_that_is_not_there_is_said(run, path):
    ran = run("run", "--ledger", path)
    assert ran.code == ExitCode.USAGE
    assert "there is no ledger here" in ran.err


def test_metrics_are_written_on_success_and_on_failure(run, feed, path, tmp_path):
    """Who watches sees when it last ran, how it ended, and when it last went well."""
    metrics = tmp_path / "vesseltrack.prom"
    run("run", feed(DARK), "--ledger", path, "--metrics-file", metrics)
    good = metrics.read_text(encoding="utf-8")
    assert "vesseltrack_last_exit_code 10\n" in good
    assert 'vesseltrack_cap_barrels{estimate="central",year="2024"} ' in good
    assert 'vesseltrack_findings{severity="critical"} 1\n' in good
    assert good.endswith("# EOF\n")
    for line in good.splitlines():
        assert re.fullmatch(r'# .*|vesseltrack_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+', line), line
    run("run", tmp_path / "missing.csv", "--ledger", path, "--metrics-file", metrics)
    bad = metrics.read_text(encoding="utf-8")
    assert "vesseltrack_last_exit_code 2\n" in bad
    success = re.search(r"^vesseltrack_last_success_timestamp_seconds .*$", good, re.MULTILINE)
    assert success is not None
    assert success[0] in bad


def test_it_runs_from_crons_bare_environment(feed, path):
    """No HOME, no PATH, no locale: the same text, and nothing on standard error."""
    ran = subprocess.run(
        [sys.executable, "-m", "vesseltrack", "run", feed(DARK), "--ledger", path],
        env={"PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (ExitCode.FINDINGS, "")
    assert ids(ran.stdout)


def test_a_clock_that_goes_backwards_leaves_the_ledger_whole(run, feed, path, monkeypatch):
    """A machine that believes it is January again: what is new is told, what was told is not, and the chain holds."""
    run("run", feed(DARK), "--ledger", path)
    monkeypatch.setenv("VESSELTRACK_TODAY", "2026-01-01")
    assert run("run", feed(DARK), "--ledger", path).out == ""
    later = run("run", feed(DARK.replace("2024-03-06", "2024-06-06"), "june.csv"), "--ledger", path)
    assert ids(later.out)
    assert run("ledger", "verify", "--ledger", path).code == 0


def test_the_units_and_the_crontab_name_options_that_exist(run):
    """What contrib/ holds is what the program takes; systemd itself reads the units where it is there."""
    help_text = run("run", "--help").out
    for name in ("crontab", "vesseltrack.service"):
        text = (ROOT / "contrib" / name).read_text(encoding="utf-8")
        used = set(re.findall(r"vesseltrack run (.*)", text)[0].split()) & set(re.findall(r"--[a-z-]+", text))
        assert used
        assert all(option in help_text for option in used)
    assert "SuccessExitStatus=10 11" in (ROOT / "contrib/vesseltrack.service").read_text(encoding="utf-8")
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    units = [str(ROOT / "contrib" / name) for name in ("vesseltrack.service", "vesseltrack.timer")]
    ran = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
