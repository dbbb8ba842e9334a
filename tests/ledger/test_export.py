"""An export is whole or not at all, holds little in memory, and keeps nobody waiting for the ledger."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Self

import pandas as pd
import pyarrow.parquet as pq
import pytest

from vesseltrack.ledger import export_parquet
from vesseltrack.ledger.export_parquet import write_sightings
from vesseltrack.ledger.queries import Entry

FORMATS = ("csv", "ndjson", "json", "parquet")


def exported(process, ledger, *arguments):
    ran = process("ledger", "export", "--ledger", ledger, *arguments)
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("all", [(), ("--all",)], ids=["in force", "all"])
def test_a_file_and_a_pipe_hold_the_same_bytes(process, run, ledger, format, all):
    assert run("ledger", "export", *all, "--ledger", ledger, "-o", f"out.{format}").code == 0
    assert Path(f"out.{format}").read_bytes() == exported(process, ledger, *all, "--format", format)
    assert exported(process, ledger, *all, "--format", format, "-o", "-") == Path(f"out.{format}").read_bytes()


def test_the_columns_of_parquet_have_types_and_nulls(process, ledger):
    found = pq.read_table(io.BytesIO(exported(process, ledger, "--format", "parquet")))
    assert {name: str(found.schema.field(name).type) for name in ("vessel", "imo", "lat", "date")} == {
        "vessel": "string", "imo": "string", "lat": "double", "date": "string",
    }  # fmt: skip
    assert found["lat"].to_pylist() == [None, None, 31.25]
    assert found["source"].to_pylist() == ["Planet, 6 March", '=HYPERLINK("x")', "feed"]


def test_every_entry_as_parquet_is_the_entry_as_it_stands(process, ledger, look):
    found = pd.read_parquet(io.BytesIO(exported(process, ledger, "--all", "--format", "parquet")))
    columns = list(Entry.__annotations__)
    assert list(found.columns) == columns
    rows = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    named = ", ".join(f'"{column}"' for column in columns)
    assert [tuple(row) for row in rows] == look(f"SELECT {named} FROM entries ORDER BY seq")


@pytest.mark.parametrize("command", ["ingest", "check", "report", "run"])
def test_an_export_as_parquet_is_read_by_every_command(run, ledger, command):
    """From a file and from standard input."""
    run("ledger", "export", "--ledger", ledger, "-o", "out.parquet")
    options = ("--ledger", "other.sqlite3") if command in ("ingest", "run") else ("--format", "json")
    expected = run(command, "out.parquet", *options)
    assert expected.code in (0, 3, 10), expected.err
    piped = run(command, "-", *options, stdin=Path("out.parquet").read_bytes())
    assert piped.code == (0 if command == "run" else expected.code), "run tells nothing twice"
    if command in ("check", "report"):
        document, again = json.loads(expected.out), json.loads(piped.out)
        assert (document["inputs"][0]["rows"], document["rejects"]) == (3, [])
        assert (
            again["summary"] == document["summary"] if command == "check" else again["estimate"] == document["estimate"]
        )
    assert "0 new" in run("ingest", "out.parquet", "--ledger", ledger).out


def test_an_export_replaces_a_file_whole_or_not_at_all(run, ledger, monkeypatch):
    Path("out.parquet").write_text("old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)  # the disk, not our code
    ran = run("ledger", "export", "--ledger", ledger, "-o", "out.parquet")
    assert (ran.code, ran.err) == (2, "vesseltrack: out.parquet: cannot be written: no space left on device.\n")
    assert Path("out.parquet").read_text() == "old"
    assert [path.name for path in Path().iterdir() if "out" in path.name] == ["out.parquet"]


def test_the_ledger_itself_is_not_overwritten(run, ledger):
    before = ledger.read_bytes()
    ran = run("ledger", "export", "--ledger", ledger, "--format", "parquet", "-o", ledger)
    assert ran.code == 2
    assert "is also an input" in ran.err
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("arguments", [["screen", "AN SAN 1"], ["ledger", "log"]], ids=" ".join)
def test_what_has_neither_rows_by_the_million_nor_a_map_is_not_written_as_parquet(run, arguments):
    for options in (["--format", "parquet"], ["-o", "out.parquet"]):
        ran = run(*arguments, *options)
        assert ran.code == 2
        assert ran.err.startswith("vesseltrack: parquet: this command writes ")
        assert not Path("out.parquet").exists()


def test_a_format_of_the_settings_that_a_command_has_not_is_left_aside(run, ledger, monkeypatch):
    monkeypatch.setenv("VESSELTRACK_FORMAT", "parquet")
    assert run("ledger", "verify", "--ledger", ledger).code == 0


def test_a_terminal_gets_no_parquet(ledger):
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "vesseltrack", "ledger", "export", "--format", "parquet", "--ledger", str(ledger)]
    ran = subprocess.run(command, stdout=end, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(end)
    os.close(terminal)
    assert ran.returncode == 2
    assert ran.stderr == b"vesseltrack: parquet: is no text for a terminal; name a file with -o, or a pipe.\n"


def test_a_slow_reader_of_an_export_holds_nobody_up(run, ledger, sightings):
    """The ledger is let go of before the first byte is written."""
    many = "".join(f"2024-03-06,SHIP {n},,Nampo,,,off,,{'x' * 200}\n" for n in range(2_000))
    assert run("ingest", sightings(many, "many.csv"), "--ledger", ledger).code == 0
    command = [sys.executable, "-m", "vesseltrack", "ledger", "export", "--ledger", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as export:
        assert export.stdout is not None
        first = export.stdout.read(1)
        added = run(
            "ingest", sightings("2024-03-07,A,,Nampo,,,off,,\n", "a.csv"), "--ledger", ledger, "--lock-wait", "0"
        )
        assert added.code == 0, added.err
        text = (first + export.stdout.read()).decode()
    assert text.count("\n") == 2_004
    assert export.returncode == 0


def test_a_reader_that_goes_away_ends_the_export_in_141(run, ledger, sightings):
    run(
        "ingest",
        sightings("".join(f"2024-03-06,S {n},,,,,,,{'x' * 200}\n" for n in range(2_000)), "m.csv"),
        "--ledger",
        ledger,
    )
    command = [sys.executable, "-m", "vesseltrack", "ledger", "export", "--ledger", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        export.stdout.read(1)
        export.stdout.close()
        assert export.wait(60) == 141


def test_a_million_sightings_are_a_group_at_a_time():
    """Neither the sightings nor what is made of them are ever held together."""
    held, most = 0, 0

    class Body(str):
        __slots__ = ()

        def __new__(cls, text: str) -> Self:
            nonlocal held, most
            held += 1
            most = max(most, held)
            return super().__new__(cls, text)

        def __del__(self) -> None:
            nonlocal held
            held -= 1

    class Many:
        def __iter__(self):
            return (Body(f'{{"date":"2024-03-06","vessel":"SHIP {n}"}}') for n in range(rows))

    rows = 3 * export_parquet.GROUP_ROWS + 1
    out = io.BytesIO()
    write_sightings(Many(), out)
    found = pq.ParquetFile(io.BytesIO(out.getvalue())).metadata
    assert (found.num_rows, found.num_row_groups) == (rows, 4)
    assert most <= 2 * export_parquet.GROUP_ROWS
