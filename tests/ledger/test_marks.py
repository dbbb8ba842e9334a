"""A ledger reads again only the sightings that a rule looks at, and answers as if it had read them all."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from vesseltrack.cases.examine import examine
from vesseltrack.cases.relevant import EDITION, marking
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.errors import ExitCode
from vesseltrack.ledger.changing import retract
from vesseltrack.ledger.ingesting import ingest
from vesseltrack.ledger.remarking import faulty_marks, mark_again
from vesseltrack.ledger.sighting_frames import sightings_in_force
from vesseltrack.ledger.store import reading, writing
from vesseltrack.ledger.verify import verified
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.reports.render import render
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.vessels.loading import load_register

EXAMPLE = Path(__file__).parents[2] / "examples" / "vostochny-2024.csv"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 20, 12)  # noqa: DTZ001 - naive means UTC throughout
HEADER = "date,vessel,imo,mmsi,flag,port,lat,lon,ais_status,activity,counterpart,owner"

register, gazetteer = cache(load_register), cache(load_gazetteer)

sighting = st.builds(
    lambda *cells: ",".join(cells),
    st.sampled_from(["2018-03-11", "2024-03-11T04:00Z", "2024-07", "2024-06-01/2024-09-12", "2026-01-02"]),
    st.sampled_from(["CHON MA SAN", "PACIFIC PEARL", "GOLDEN STAR", "GOLDEN STAR", "OCEAN ATLAS", "TANKER 7", "x"]),
    st.sampled_from(["", "", "8660313", "9811000", "9999999", "n/a"]),
    st.sampled_from(["", "", "353136000", "445123456", "3531", "636017000"]),
    st.sampled_from(["", "Panama", "Panama", "DPRK", "Atlantis"]),
    st.sampled_from(["", "", "Rotterdam", "Vostochny", "Nampo", "Atlantis", "Busan"]),
    st.sampled_from([",", ",", "42.73,133.03", "38.7,125.2", "10,-20", "42.74,133.07"]),
    st.sampled_from(["on", "on", "off", ""]),
    st.sampled_from(["transit", "moored", "loading", "sts receiving", ""]),
    st.sampled_from(["", "", "", "CHON MA SAN"]),
    st.sampled_from(["", "", "", "Ocean Maritime Management Company Limited"]),
)


def read(lines: list[str], path: str = "-"):
    """Sightings as a file of these lines gives them."""
    text = "\n".join([HEADER, *lines]) + "\n"
    return read_sightings([path], latest=TODAY, stdin=BytesIO(text.encode()), keep_tables=True)


def said_of(connection, *, known_at: date | None = None, marked: bool):
    """What check and report say of a ledger, and how many sightings were read for it."""
    how = marking(register(), gazetteer()) if marked else None
    found = sightings_in_force(connection, "ledger", known_at=known_at, latest=TODAY, marking=how)
    number = len(found.frame)
    case = examine((), settings=CaseSettings(), register=register(), gazetteer=gazetteer(), today=TODAY, read=found)
    return [render(command, case, "json", width=None, color=False) for command in ("check", "report")], number


@settings(max_examples=int(os.environ.get("LAW_EXAMPLES", "30")), deadline=None)
@given(st.lists(st.lists(sighting, min_size=1, max_size=12), min_size=1, max_size=3), st.randoms())
def test_the_answer_is_that_of_all_sightings(files: list[list[str]], chance: random.Random):
    """Whatever the sightings, also after a retraction, and as of an earlier day."""
    how = marking(register(), gazetteer())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.sqlite3"
        for day, lines in enumerate(files):
            with writing(path) as connection:
                ingest(connection, read(lines), (), NOW + timedelta(days=day), how)
        with writing(path) as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM entries WHERE kind = 'sighting'")]
            retract(connection, chance.choice(ids), "seen twice", NOW + timedelta(days=9))
        with reading(path) as connection:
            assert verified(connection, how).faults == ()
            for known_at in (None, NOW.date()):
                marked, fewer = said_of(connection, known_at=known_at, marked=True)
                whole, all_of_them = said_of(connection, known_at=known_at, marked=False)
                assert (marked == whole) is True  # the texts are too long to be compared letter by letter
                assert fewer <= all_of_them


def test_ordinary_ships_are_counted_and_not_read(tmp_path):
    """Otherwise each run would cost what the whole ledger costs."""
    ordinary = [
        f"2024-05-{day:02d},EVER GIVEN,9811000,353136000,Panama,,31.2,{day},on,transit,," for day in range(1, 29)
    ]
    with writing(tmp_path / "l.sqlite3") as connection:
        how = marking(register(), gazetteer())
        ingest(connection, read([*ordinary, "2024-06-01,CHON MA SAN,8660313,,,Nampo,,,off,,,"]), (), NOW, how)
        (checked, _), number = said_of(connection, marked=True)
    assert number == 1
    told = json.loads(checked)
    assert {name: told["summary"][name] for name in ("sightings", "vessels", "at_sea", "unlisted")} == {
        "sightings": 29,
        "vessels": 2,
        "at_sea": 28,
        "unlisted": 28,
    }
    assert told["findings"]


def test_a_ship_that_calls_in_the_dprk_later_is_followed_through_what_was_not_read_before(tmp_path):
    """Its earlier sightings were nobody's concern when they were recorded."""
    path = tmp_path / "l.sqlite3"
    how = marking(register(), gazetteer())
    before = ["2024-05-01,GOLDEN STAR,,636017000,Liberia,,10,20,on,transit,,", "2024-05-02,OCEAN ATLAS,,,,,11,21,on,,,"]
    with writing(path) as connection:
        ingest(connection, read(before), (), NOW, how)
        assert said_of(connection, marked=True)[1] == 0
        ingest(connection, read(["2024-06-01,GOLDEN STAR,,,,Nampo,,,on,moored,,"]), (), NOW, how)
        said, number = said_of(connection, marked=True)
        assert number == 2
        assert (said == said_of(connection, marked=False)[0]) is True


def test_other_lists_make_other_marks(run, ledger, tmp_path, look):
    """A ship that a new list names is found among the sightings that nobody looked at before."""
    own = tmp_path / "own.csv"
    own.write_text("name,imo\nEVER GIVEN,9811000\n")
    assert "EVER GIVEN" not in run("check", "--ledger", ledger).out
    made_with = look("SELECT made_with FROM cache_marks")
    assert "EVER GIVEN" in run("check", "--ledger", ledger, "--vessels", own, "--fail-on", "none").out
    assert look("SELECT made_with FROM cache_marks") == made_with
    ran = run("run", "--ledger", ledger, "--vessels", own)
    assert "EVER GIVEN" in ran.out
    assert look("SELECT made_with FROM cache_marks") != made_with
    assert run("ledger", "verify", "--ledger", ledger).code == ExitCode.CLEAN


def test_marks_that_were_tampered_with_are_found_and_not_used(run, ledger):
    """A mark that says "nobody's concern" would hide a ship."""
    connection = sqlite3.connect(ledger)
    marks = bytearray(connection.execute("SELECT marks FROM cache_marks").fetchone()[0])
    at = marks.rindex(b"\x01")
    marks[at] = 0
    connection.execute("UPDATE cache_marks SET marks = ?", (bytes(marks),))
    connection.commit()
    connection.close()
    for command in (["ledger", "verify"], ["check"], ["report"], ["run"]):
        ran = run(*command, "--ledger", ledger)
        assert ran.code == ExitCode.DAMAGED, command
        assert "cache_marks" in ran.err


def test_marks_that_do_not_follow_from_the_sightings_are_found(tmp_path):
    """Also where their digest was made to fit."""
    with writing(tmp_path / "l.sqlite3") as connection:
        how = marking(register(), gazetteer())
        ingest(connection, read(["2024-06-01,CHON MA SAN,8660313,,,Nampo,,,off,,,"]), (), NOW)
        mark_again(connection, type(how)(how.made_with, lambda frame: how.of(frame) * 0))
        assert any("are not what the sightings" in fault for fault in faulty_marks(connection, how))


def test_a_ledger_without_marks_is_read_whole_and_marked_by_the_next_run(run, ledger, look):
    connection = sqlite3.connect(ledger)
    connection.execute("DELETE FROM cache_marks")
    connection.commit()
    connection.close()
    assert run("check", "--ledger", ledger).code == ExitCode.FINDINGS
    assert run("run", "--ledger", ledger).code in (ExitCode.FINDINGS, ExitCode.CAP)
    assert look("SELECT sum(number) FROM cache_marks") == [(3,)]


def test_the_edition_is_raised_when_marks_change():
    """The marks of many kinds of rows, as one number: where it changes, EDITION must, or ledgers keep old marks."""
    chance = random.Random(1)  # noqa: S311 - the same rows each time
    known = [vessel.name for vessel in register().vessels][:40]
    lines = [
        ",".join(
            (
                f"2024-0{chance.randint(1, 9)}-11", chance.choice([*known, "PACIFIC PEARL", "GOLDEN STAR 7", "x"]),
                chance.choice(["", "8660313", "9811000"]), chance.choice(["", "445123456", "353136000", "12"]),
                chance.choice(["", "DPRK", "Panama", "Atlantis"]), chance.choice(["", "Nampo", "Vostochny", "Atlantis"]),
                chance.choice([",", "42.73,133.03", "10,-20"]), chance.choice(["on", "off"]),
                chance.choice(["", "sts giving"]), chance.choice(["", "HOPE SEA"]), "",
            )
        )
        for _ in range(500)
    ]  # fmt: skip
    marks = marking(register(), gazetteer()).of(read(lines).frame)
    assert (EDITION, sha256(marks.tobytes()).hexdigest()[:16]) == (1, "e8a74219dc55a94b")


def test_a_ledger_is_verified_also_where_the_lists_cannot_be_loaded(run, ledger, tmp_path, monkeypatch):
    """Whether the evidence is whole does not hang on a list; what could not be compared is said."""
    broken = tmp_path / "own.csv"
    broken.write_bytes(b"\x00\x01 no list")
    monkeypatch.setenv("VESSELTRACK_VESSELS", str(broken))
    ran = run("ledger", "verify", "--ledger", ledger)
    assert ran.code == ExitCode.CLEAN, ran.err
    assert "own.csv" in ran.err
    assert "digests alone" in ran.err
