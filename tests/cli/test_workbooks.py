"""`check` and `report` as workbooks, and workbooks as their input."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "vostochny-2024.csv"


@pytest.mark.parametrize(("command", "code"), [("report", 0), ("check", 10)])
def test_the_suffix_chooses_the_workbook(run, command, code):
    ran = run(command, EXAMPLE, "-o", "out.xlsx")
    assert (ran.code, ran.out) == (code, "")
    assert openpyxl.load_workbook("out.xlsx").sheetnames[0] == "Summary"
    before = Path("out.xlsx").read_bytes()
    assert run(command, EXAMPLE, "-o", "out.xlsx").code == code
    assert Path("out.xlsx").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["out.xlsx"]


def test_a_pipe_gets_the_same_bytes_as_a_file(process, run):
    piped = process("report", EXAMPLE, "--format", "xlsx")
    run("report", EXAMPLE, "-o", "out.xlsx")
    assert piped.stdout == Path("out.xlsx").read_bytes()


def test_a_terminal_gets_no_workbook():
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "vesseltrack", "report", str(EXAMPLE), "--format", "xlsx"]
    ran = subprocess.run(command, check=False, stdout=follower, stderr=subprocess.PIPE, timeout=60)
    os.close(follower)
    os.close(leader)
    assert ran.returncode == 2
    assert ran.stderr == b"vesseltrack: xlsx: is no text for a terminal; name a file with -o, or a pipe.\n"


def test_without_the_extra_one_line_says_how_to_get_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ran = run("report", EXAMPLE, "-o", "out.xlsx")
    assert ran.code == 2
    assert ran.err == "vesseltrack: xlsx: XlsxWriter is not installed: pip install 'vesseltrack[excel]'\n"
    assert not Path("out.xlsx").exists()


@pytest.mark.parametrize("arguments", [["screen", "CHON MA SAN"], ["backtest"], ["report", EXAMPLE, "--explain"]])
def test_other_answers_are_no_workbooks(run, arguments):
    ran = run(*arguments, "-o", "out.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "xlsx" in ran.err
    assert not Path("out.xlsx").exists()


def test_the_old_file_stays_where_the_new_one_would_be_an_input(run):
    Path("in.xlsx").write_bytes(b"")
    book = openpyxl.Workbook()
    book.active.append(["date", "vessel"])
    book.save("in.xlsx")
    before = Path("in.xlsx").read_bytes()
    ran = run("report", "in.xlsx", "-o", "in.xlsx")
    assert ran.code == 2
    assert Path("in.xlsx").read_bytes() == before


def answers(run, path: Path | str) -> tuple:
    report = json.loads(run("report", path, "--format", "json").out)
    found = json.loads(run("check", path, "--format", "json").out)
    year = report["years"][0]
    return (
        year["estimate"],
        [(one["vessel"], one["kind"], one["counted_on"], one["barrels"]) for one in year["deliveries"]],
        sorted((one["rule"], one["severity"], one["title"]) for one in found["findings"]),
    )


def test_our_own_workbook_read_again_gives_the_same_answers(run):
    run("report", EXAMPLE, "-o", "out.xlsx")
    assert answers(run, "out.xlsx") == answers(run, EXAMPLE)


def test_another_sheet_with_sightings_is_never_taken_for_checked(run):
    book = openpyxl.Workbook()
    for name in ("March", "April"):
        sheet = book.create_sheet(name)
        sheet.append(["date", "vessel", "port"])
        sheet.append(["2024-03-06", "EVER GIVEN", "Busan"])
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    ran = run("check", "-", stdin=out.getvalue())
    assert ran.code == 3
    assert "sheet 'April' names ships and dates too and is not read" in ran.err
