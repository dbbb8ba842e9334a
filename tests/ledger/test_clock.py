"""Whatever the clock says: nothing is lost, nothing is told twice, and what is recorded does not depend on where."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from vesseltrack.errors import ExitCode

HEADER = "date,vessel,imo,flag,type,port,facility,ais_status,activity\n"
DARK = "2024-03-06,CHON MA SAN,8660313,DPRK,tanker,Vostochny,oil berth,off,loading\n"
FORTY = "".join(f"2024-{1 + n // 20:02d}-{1 + n % 20:02d},TANKER {n},DPRK,tanker,Nampo,30000\n" for n in range(40))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "watch.sqlite3"


@pytest.fixture
def on(run, path, monkeypatch):
    """Runs a command on the ledger while the clock says a day."""

    def _on(day, *arguments):
        monkeypatch.setenv("VESSELTRACK_TODAY", day)
        return run(*arguments, "--ledger", path)

    return _on


def ids(text):
    return re.findall(r"^ {4}(VT\d+-[0-9a-f]+)", text, re.MULTILINE)


def test_a_clock_ten_years_ahead_and_back_tells_nothing_twice(on, sightings, look, path):
    feed = sightings(HEADER + DARK, "feed.csv", header=False)
    told = ids(on("2026-11-22", "run", feed).out)
    assert told
    for day in ("2036-11-22", "2026-11-23", "2016-01-01", "2026-11-24"):
        ran = on(day, "run")
        assert (ran.code, ran.out) == (0, ""), day
    later = sightings(HEADER + DARK.replace("03-06", "06-06"), "later.csv", header=False)
    new = ids(on("2016-01-01", "run", later).out + on("2036-01-01", "run", later).out + on("2026-12-01", "run").out)
    assert new
    assert not set(new) & set(told)
    assert on("2026-12-02", "ledger", "verify").code == 0


def test_a_clock_that_falls_back_does_not_make_a_crossing_undone_and_new_again(on, sightings):
    """In January 2023 the sightings of 2024 are still to come: that says nothing about the cap of 2024."""
    feed = sightings("date,vessel,flag,type,port,barrels\n" + FORTY, "forty.csv", header=False)
    first = on("2026-11-22", "run", feed)
    assert first.code == ExitCode.CAP
    back = on("2023-01-01", "run")
    assert (back.code, back.out) == (0, "")
    again = on("2026-11-23", "run")
    assert (again.code, again.out) == (0, "")


def test_what_was_known_is_what_was_recorded_by_the_clock_of_then(on, sightings):
    """Entries keep their order whatever the clock said: ``--known-at`` asks for the time that was written down."""
    for number, day in enumerate(("2026-11-20", "2036-11-20", "2026-11-21")):
        feed = sightings(f"2024-03-0{number + 1},EVER GIVEN,9811000,Nampo,,,on,,\n", f"{number}.csv")
        assert on(day, "ingest", feed).code == 0
    known = {
        day: json.loads(on("2036-12-01", "check", "--known-at", day, "--format", "json").out)["summary"]["sightings"]
        for day in ("2026-11-20", "2026-11-21", "2036-11-20")
    }
    assert known == {"2026-11-20": 1, "2026-11-21": 2, "2036-11-20": 3}
    assert on("2026-11-22", "ledger", "verify").code == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin"])
def test_the_time_zone_of_the_machine_changes_no_entry(process, run, sightings, tmp_path, monkeypatch, zone):
    """The hour that Berlin has twice, and the one that it does not have, are one hour each in UTC."""
    rows = "".join(
        f"{moment},CHON MA SAN,8660313,Vostochny,,,off,loading,feed\n"
        for moment in ("2024-03-31T02:30", "2024-10-27T02:30:00Z", "2024-10-27 02:30 +01:00", "2024-06-01")
    )
    feed = sightings(rows, "feed.csv")
    entries = []
    for name in ("UTC", zone):
        monkeypatch.setenv("TZ", name)
        path, metrics = tmp_path / f"{len(entries)}.sqlite3", tmp_path / f"{len(entries)}.prom"
        ran = process("run", feed, "--ledger", path, "--metrics-file", metrics)
        log = json.loads(run("ledger", "log", "--format", "json", "--ledger", path).out)["entries"]
        entries.append((ran.returncode, [one["hash"] for one in log], metrics.read_text()))
    assert entries[0][0] == ExitCode.FINDINGS
    assert entries[0] == entries[1]
    assert run("ledger", "verify", "--ledger", tmp_path / "1.sqlite3").code == 0
    assert process("run", "--ledger", tmp_path / "0.sqlite3").stdout == b"", "told under another zone"


def test_the_clock_itself_is_read_in_utc(process, run, sightings, tmp_path, monkeypatch):
    """Fourteen hours ahead and twelve behind, the same moment is recorded."""
    monkeypatch.delenv("VESSELTRACK_TODAY")
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        monkeypatch.setenv("TZ", zone)
        path = tmp_path / f"{zone[:3]}.sqlite3"
        before = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        process("ingest", sightings("2024-03-06,CHON MA SAN,,Nampo,,,,,\n", "f.csv"), "--ledger", path)
        after = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        log = json.loads(run("ledger", "log", "--format", "json", "--ledger", path).out)["entries"]
        assert before <= min(one["recorded_at"] for one in log) <= max(one["recorded_at"] for one in log) <= after
