"""Wrong usage is one line that says what to do, and exit code 2; help ends with the exit codes."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pytest

from vesseltrack.errors import MEANING, ExitCode

COMMANDS = [
    ["check"], ["report"], ["screen"], ["rules"], ["demo"], ["backtest"],
    ["ports", "list"], ["ports", "locate"], ["vessels", "list"], ["vessels", "show"], ["config", "show"],
]  # fmt: skip


def test_help_prints_the_whole_table_of_exit_codes(run):
    ran = run("--help")
    assert ran.code == ExitCode.CLEAN
    for code, meaning in MEANING.items():
        assert f"{code:>5}  {meaning}\n" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_each_command_ends_with_its_exit_status(run, command):
    ran = run(*command, "--help")
    assert ran.code == ExitCode.CLEAN
    status = ran.out.partition("Exit status")[2]
    assert f"{ExitCode.CLEAN:>5}  {MEANING[ExitCode.CLEAN]}\n" in status
    assert status.rstrip().endswith(MEANING[ExitCode.PIPE_CLOSED])


def test_version_names_program_and_data(run):
    ran = run("--version")
    assert ran.code == ExitCode.CLEAN
    assert re.fullmatch(r"vesseltrack \d+\.\d+\.\d+, reference data \d{4}-\d\d-\d\d\n", ran.out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a command"),
        (["chek"], "No such command 'chek'. Did you mean 'check'?"),
        (["ports"], "Missing command"),
        (["check"], "name a file, or begin one with `vesseltrack ingest FILE`"),
        (["report"], "name a file, or begin one with `vesseltrack ingest FILE`"),
        (["check", "--frmat", "json", "x.csv"], "--frmat"),
        (["check", "--format", "pdf", "x.csv"], "pdf"),
        (["check", "-o", "r.docx", "x.csv"], "this version writes no .docx"),
        (["check", "--fail-on", "severe", "x.csv"], "expected one of none, new, low, medium, high, critical"),
        (["check", "--as-of", "31.12.2024", "x.csv"], "expected a day such as 2024-12-31"),
        (["check", "--max-list-age", "old", "x.csv"], "expected a number of days"),
        (["check", "--map", "Ship Name", "x.csv"], "expected HEADER=FIELD"),
        (["check", "--map", "Ship Name=vesel", "x.csv"], "no such field; did you mean vessel?"),
        (["check", "--select", "VT999x", "x.csv"], "no such rule"),
        (["check", "--ignore", "XY", "x.csv"], "no such rule"),
        (["check", "-", "-"], "only once"),
        (["report", "--fail-at", "a lot", "x.csv"], "expected a percentage above 0, or none"),
        (["report", "--fail-at", "0", "x.csv"], "expected a percentage above 0, or none"),
        (["report", "--year", "24", "x.csv"], "'24' is no year"),
        *(
            (["report", "--year", year, "x.csv"], f"{year!r} is no year")
            for year in ("9999", "0", "-5", "10000", "1899")
        ),
        (["ports", "locate", "Vostochni"], "not in the gazetteer; did you mean Vostochny?"),
        (["ports", "locate", "Xyzzy"], "`vesseltrack ports list` names the ports"),
        (["report", "--year", "last", "x.csv"], "--year: 'last' is no year"),
        (["report", "--opening-balance", "lots", "--because", "b", "x.csv"], "expected BARRELS@DATE"),
        (["report", "--opening-balance", "1@2024-02-30", "--because", "b", "x.csv"], "expected BARRELS@DATE"),
        (["report", "--opening-balance", "170000@2024-02-29", "x.csv"], "--because"),
        (["report", "--because", "b", "x.csv"], "belongs to --opening-balance"),
        (["screen"], "name a ship"),
        (["screen", "-", "-"], "only once"),
        (["rules", "VT0"], "no such rule"),
        (["rules", "--format", "ndjson"], "this command writes table, json, csv"),
        (["backtest", "--format", "html"], "html"),
        (["vessels", "list", "--status", "sunk"], "expected one of listed, delisted, unlisted"),
        (["vessels", "show", "NO SUCH SHIP ANYWHERE"], "not in the register"),
        (["ports", "locate"], "Missing argument"),
        (["ports", "locate", "42.7"], "expected a latitude and a longitude"),
        (["ports", "locate", "133.0", "42.7"], "They look swapped"),
        (["ports", "locate", "42", "999"], "longitude from -180 to 180"),
        (["ports", "locate", "--frmat", "json"], "no such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_usage_is_one_line_and_ends_in_2(run, arguments, says):
    ran = run(*arguments)
    assert ran.code == ExitCode.USAGE
    assert says in ran.err
    assert ran.err.startswith("vesseltrack: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_a_message_cannot_drive_the_terminal(run):
    ran = run("check", "--fail-on", "\x1b[31mred\n")
    assert ran.code == ExitCode.USAGE
    assert "\x1b" not in ran.err
    assert ran.err.count("\n") == 1


def test_help_into_a_closed_pipe_ends_in_141():
    command = f"{sys.executable} -m vesseltrack --help | true; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ran.returncode in (ExitCode.PIPE_CLOSED, ExitCode.CLEAN)  # clean where `true` was slower than we
    assert ran.stderr == b""


def test_an_interrupt_ends_in_130_without_a_traceback():
    command = [sys.executable, "-m", "vesseltrack", "screen", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)  # it reads its standard input by now
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert out == b""
    assert b"Traceback" not in err
    assert b"interrupted" in err


def test_an_unexpected_failure_is_never_a_verdict(run, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the unforeseen")

    monkeypatch.setattr("vesseltrack.config.resolve", broken)
    ran = run("rules")
    assert ran.code == ExitCode.FAILURE
    assert "the unforeseen" in ran.err
    assert ran.err.splitlines()[-1].startswith("vesseltrack: unexpected failure (RuntimeError)")
