"""`screen` for people: what is refused, what comes first, what is said once, and what is only counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vesseltrack.errors import ExitCode

UNLISTED = [f"NORD STAR {number}" for number in range(100, 130)]


@pytest.mark.parametrize("name", ["names.txt", "my names.txt"])
def test_the_name_of_a_file_is_refused_with_the_way_to_screen_it(run, name):
    Path(name).write_text("CHON MA SAN\n")
    ran = run("screen", "EVER GIVEN", name)
    shown = f"'{name}'" if " " in name else name
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == (f"vesseltrack: {name}: is a file; to screen the names in it: vesseltrack screen - < {shown}\n")


def test_a_folder_or_a_name_longer_than_any_path_is_a_name(run):
    Path("EVER GIVEN").mkdir()
    assert run("screen", "EVER GIVEN", "X" * 9000).code == ExitCode.CLEAN


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE"), ("utf-32", "UTF-32")],
)
@pytest.mark.parametrize("fmt", ["table", "csv", "ndjson"])
def test_names_in_utf_16_are_refused_in_one_line(run, encoding, told, fmt):
    ran = run("screen", "-", "--format", fmt, stdin="EVER GIVEN\nÉTOILE\n".encode(encoding))
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == (
        f"vesseltrack: -: is {told} text, not UTF-8; mend it with: iconv -f {told} -t UTF-8 | vesseltrack screen -\n"
    )


def test_a_stray_nul_is_no_utf_16(run):
    ran = run("screen", "-", "--format", "ndjson", stdin=b"\0A\0B\nEVER GIVEN\nCHON MA SAN\n")
    assert [json.loads(line)["grade"] for line in ran.out.splitlines()] == ["none", "none", "match"]


@pytest.mark.parametrize("fmt", ["table", "markdown"])
def test_people_see_matches_first_and_names_on_no_list_counted(run, fmt):
    names = [*UNLISTED, "", "8660314", "CHON MA SAN"]
    ran = run("screen", *names, "--format", fmt)
    answers = [ran.out.index(word) for word in ("1 match", "| match" if fmt == "markdown" else "\n  match")]
    answers += [ran.out.index("review ", answers[1]), ran.out.index("not checked ", answers[1])]
    counted = ran.out.replace("\\", "").index("none: 30 names on no list consulted and not in the register; --verbose")
    assert [*answers, counted] == sorted([*answers, counted])
    assert UNLISTED[0] not in ran.out
    assert all(name in run("screen", *names, "--format", fmt, "--verbose").out for name in UNLISTED)


def test_few_names_on_no_list_are_shown_and_many_alone_need_no_table(run):
    assert all(name in run("screen", *UNLISTED[:10]).out for name in UNLISTED[:10])
    assert "May be" not in run("screen", *UNLISTED).out


@pytest.mark.parametrize("fmt", ["json", "ndjson", "csv"])
def test_programs_get_every_answer_in_order(run, fmt):
    names = [*UNLISTED, "CHON MA SAN"]
    out = run("screen", *names, "--format", fmt).out
    places = [out.index(name) for name in names]
    assert places == sorted(places)


def test_the_table_says_a_failed_check_digit_once(run):
    assert run("screen", "8660314").out.count("fails its check digit") == 1
    assert "fails its check digit" in run("screen", "CHON MA SAN IMO 8660314").out


@pytest.mark.parametrize("fmt", ["table", "json", "ndjson", "csv"])
@pytest.mark.parametrize("number", ["123", "12345", " 12 345 ", "123.0"])
def test_a_short_number_is_said_to_be_read_as_a_name(run, number, fmt):
    ran = run("screen", number, "--format", fmt)
    assert ran.code == ExitCode.CLEAN
    assert "read as a name of digits only" in ran.out


@pytest.mark.parametrize("query", ["123456", "8660313", "445123456", "SHIP 123"])
def test_a_number_or_a_name_with_one_is_not(run, query):
    assert "digits only" not in run("screen", query, "--format", "json").out


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ("8660314", "IMO 8660314 fails its check digit: did you mean 8660313, CHON MA SAN?"),
        ("EVER GIVEN IMO 8660313", "'EVER GIVEN' is not a name known for CHON MA SAN"),
    ],
)
def test_vessels_show_says_why_it_shows_a_ship(run, query, because):
    text = run("vessels", "show", query).out
    assert text.startswith("answer ")
    assert text.index(because) < text.index("\nname ")
    answer = json.loads(run("vessels", "show", query, "--format", "json").out)["vessels"][0]["answer"]
    assert because in answer["reasons"]
    assert answer["grade"] in text.splitlines()[0]


def test_vessels_show_names_near_names(run):
    near = run("vessels", "show", "CHONG MA SHIN")
    assert near.code == ExitCode.USAGE
    assert "not in the register; did you mean CHON MA SAN, " in near.err
    assert near.err.count("\n") == 1
    assert "did you mean" not in run("vessels", "show", "zzzzqq").err
