"""The log and the certificate: proof of what was screened, when, against what."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vesseltrack.errors import ExitCode

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "screening-log-1.json").read_text(encoding="utf-8")
)


def logged(path: str | Path) -> list[dict]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("fmt", ["table", "json", "ndjson", "csv", "markdown"])
def test_each_answer_is_a_line_that_says_when_and_against_what(run, fmt):
    run("screen", "CHON MA SAN", "-", "--log", "screened.log", "--format", fmt, stdin=b"EVER GIVEN\n\n")
    lines = logged("screened.log")
    assert [(line["query"], line["line"], line["grade"], line["checked"]) for line in lines] == [
        ("CHON MA SAN", 1, "match", True),
        ("EVER GIVEN", 2, "none", True),
        ("", 3, "none", False),
    ]
    first = lines[0]
    assert (first["screened_at"], first["as_of"]) == ("2026-11-22T12:00:00Z", "2026-11-22")
    assert (first["candidates"][0]["list"], len(first["candidates"][0]["reasons"])) == (
        "UN 1718 Designated Vessels List",
        1,
    )
    assert set(first["lists"][0]) >= {"name", "authority", "version", "sha256", "retrieved"}
    assert set(first["program"]) == {"version", "data_version"}
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for line in lines for error in Draft202012Validator(SCHEMA).iter_errors(line)] == []


def test_a_log_is_only_added_to_and_read_by_its_owner_only(run):
    run("screen", "CHON MA SAN", "--log", "screened.log")
    first = Path("screened.log").read_bytes()
    assert stat.S_IMODE(Path("screened.log").stat().st_mode) == 0o600
    Path("screened.log").chmod(0o640)
    run("screen", "EVER GIVEN", "--log", "screened.log")
    assert Path("screened.log").read_bytes().startswith(first)
    assert len(logged("screened.log")) == 2
    assert stat.S_IMODE(Path("screened.log").stat().st_mode) == 0o640


def test_a_line_that_was_cut_off_spoils_no_other(run):
    Path("screened.log").write_text('{"query": "cut o')
    run("screen", "EVER GIVEN", "--log", "screened.log")
    cut, whole = Path("screened.log").read_text().splitlines()
    assert cut == '{"query": "cut o'
    assert json.loads(whole)["query"] == "EVER GIVEN"


@pytest.mark.parametrize("target", ["missing/screened.log", ".", "/dev/full", "/dev/null"])
@pytest.mark.parametrize("fmt", ["ndjson", "table"])
def test_a_log_that_cannot_be_kept_ends_before_anything_is_answered(run, target, fmt):
    ran = run("screen", "CHON MA SAN", "--format", fmt, "--log", target)
    assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.USAGE, "", 1)


@pytest.mark.parametrize("before", [True, False])
def test_a_log_is_never_the_output_file_nor_an_input(run, before):
    if before:
        Path("a.ndjson").write_text("old\n")
    assert run("screen", "CHON MA SAN", "-o", "a.ndjson", "--log", "./a.ndjson").code == ExitCode.USAGE
    assert Path("a.ndjson").exists() == before
    Path("own.csv").write_text("name,imo\nEVER GIVEN,9811000\n")
    for option in ("--vessels", "--fleet"):
        ran = run("screen", "CHON MA SAN", option, "own.csv", "--log", "own.csv")
        assert ran.code == ExitCode.USAGE
        assert "own.csv" in ran.err
    assert Path("own.csv").read_text() == "name,imo\nEVER GIVEN,9811000\n"


def test_standard_output_in_a_file_is_not_the_log(process, tmp_path):
    target = tmp_path / "out.ndjson"
    with target.open("wb") as out:
        ran = process("screen", "CHON MA SAN", "--log", target, capture_output=False, stdout=out)
    assert ran.returncode == ExitCode.USAGE
    assert target.read_bytes() == b""


def test_the_time_is_the_clocks_where_nobody_sets_the_day(process, tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "VESSELTRACK_TODAY"}
    process("screen", "EVER GIVEN", "--log", tmp_path / "l", "--as-of", "2020-01-01", env=environment)
    (line,) = logged(tmp_path / "l")
    assert line["as_of"] == "2020-01-01"
    assert line["screened_at"] > "2026"
    assert len(line["screened_at"]) == len("2026-11-22T12:00:00Z")


@pytest.mark.parametrize(
    "names", [["CHON MA SAN", "8660313"], ["IMO 8660313", "CHON MA SAN"], ["CHON MA SAN IMO 8660313"]]
)
@pytest.mark.parametrize("file", ["certificate.txt", "certificate.md"])
def test_a_certificate_says_what_was_asked_and_answered(run, names, file):
    ran = run("screen", *names, "--certificate", file, "--log", "screened.log")
    assert ran.code == ExitCode.FINDINGS
    text = Path(file).read_text()
    said = " ".join(text.split())
    line = Path("screened.log").read_bytes().removesuffix(b"\n")
    for part in (
        "CHON MA SAN IMO 8660313", "2026-11-22T12:00:00Z", "On a list", "UN 1718", "2026-08-14", "SHA-256",
        "IMO 8660313 is CHON MA SAN", "Owners, operators", "Lists that are not named here",
        hashlib.sha256(line).hexdigest(),
    ):  # fmt: skip
        assert part in said.replace("\\", ""), part
    assert ("## Answer" in text) == file.endswith(".md")
    assert file.endswith(".md") or max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) < 60


def test_a_certificate_of_a_ship_on_no_list_does_not_clear_it(run):
    assert run("screen", "EVER GIVEN", "9811000", "--certificate", "c.txt").code == ExitCode.CLEAN
    text = Path("c.txt").read_text()
    assert "Not found on the lists named below" in text
    assert "Line of the log" not in text


def test_a_certificate_of_what_could_not_be_checked_says_so(run):
    assert run("screen", "1234567", "--certificate", "c.txt").code == ExitCode.INCOMPLETE
    text = Path("c.txt").read_text()
    assert "Not checked" in text
    assert "INCOMPLETE" in text


@pytest.mark.parametrize("names", [["A", "B"], ["-"], ["8660313", "9811000"], ["A", "8660313", "C"], ["A", "-"]])
def test_a_certificate_is_for_one_ship(run, names):
    ran = run("screen", *names, "--certificate", "c.txt", "--log", "l")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert not Path("c.txt").exists()
    assert not Path("l").exists()


@pytest.mark.parametrize("file", ["c.json", "c.pdf", "-", "missing/c.txt"])
def test_a_certificate_goes_to_a_file_of_text(run, file):
    ran = run("screen", "EVER GIVEN", "--certificate", file)
    assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.USAGE, "", 1)


def test_only_forms_that_a_certificate_has_are_offered(run):
    ran = run("screen", "EVER GIVEN", "--certificate", "c.pdf")
    assert ran.code == ExitCode.USAGE
    assert ran.err == "vesseltrack: c.pdf: a certificate is text or Markdown; name a .txt or .md file.\n"


def test_a_name_does_nothing_in_a_certificate(run):
    run("screen", "\x1b[31m# [x](http://x.example) |", "--certificate", "c.md")
    text = Path("c.md").read_text()
    assert "\x1b" not in text
    assert "\\[x\\](http\\:" in text
