"""A byte that is not as it was written is found, named, and nothing writes over it."""

from __future__ import annotations

import os
import sqlite3

import pytest

from vesseltrack.errors import ExitCode


def flipped(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 0x01
    path.write_bytes(data)


def places(path, text):
    """Every place at which a text stands in the file."""
    data, found, at = path.read_bytes(), [], -1
    while (at := data.find(text, at + 1)) >= 0:
        found.append(at)
    return found


def assert_found_and_left_alone(run, ledger, sightings, said=""):
    before = ledger.read_bytes()
    ran = run("ledger", "verify", "--ledger", ledger)
    assert ran.code == ExitCode.DAMAGED, ran.out + ran.err
    assert said in ran.err
    more = sightings("2024-06-01,X,,,,,,,\n", "more.csv")
    assert run("ingest", more, "--ledger", ledger).code == ExitCode.DAMAGED
    assert run("check", "--ledger", ledger).code == ExitCode.DAMAGED
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"CHON MA SAN", "entry 3 (sighting"),
        (b"Planet, 6 March", "entry 3 (sighting"),
        (b"2024-03-06 23:59:59", "entry 3 (sighting"),
        (b"sightings.csv", "entry 2 (input"),
        (b"UN 1718 Designated", "entry 1 (list"),
        (b"CREATE TRIGGER entries_never_go", ""),
        (b"CREATE INDEX entries_by_kind", ""),
        (b"retract it with a new one", "entries_never"),
        (b"AS decision", "the declaration of decisions"),
    ],
)
def test_a_changed_letter_is_found_and_its_entry_named(run, ledger, sightings, text, said):
    assert places(ledger, text), "the text stands in the file"
    flipped(ledger, places(ledger, text)[0] + 3)
    assert_found_and_left_alone(run, ledger, sightings, said)


def test_a_change_in_any_place_of_an_id_or_a_hash_is_found(run, ledger, sightings, look):
    whole = ledger.read_bytes()
    for column in ("id", "hash"):
        (name,) = look(f"SELECT {column} FROM entries WHERE seq = 4")[0]
        for at in places(ledger, name.encode()):  # in the table, and for the id in its index
            flipped(ledger, at + 5)
            assert run("ledger", "verify", "--ledger", ledger).code == ExitCode.DAMAGED, (column, at)
            ledger.write_bytes(whole)
    assert len(places(ledger, look("SELECT id FROM entries WHERE seq = 4")[0][0].encode())) == 2


def test_every_byte_of_every_cell_matters(run, ledger, look):
    """All bytes of the pages of entries and of their index, save the room that no cell uses."""
    from pathlib import Path

    from vesseltrack.errors import VesseltrackError
    from vesseltrack.ledger.store import inspecting
    from vesseltrack.ledger.verify import verified

    size = look("PRAGMA page_size")[0][0]
    whole = ledger.read_bytes()
    pages = dict(look("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"))
    missed = []
    for name in ("entries", "sqlite_autoindex_entries_1", "cache_totals"):
        first = (pages[name] - 1) * size
        content = int.from_bytes(whole[first + 5 : first + 7], "big")
        cells = int.from_bytes(whole[first + 3 : first + 5], "big")
        used = [
            *range(first, first + 5),
            *range(first + 8, first + 8 + 2 * cells),
            *range(first + content, first + size),
        ]
        for at in used[:: 1 if name == "cache_totals" else 7]:
            data = bytearray(whole)
            data[at] ^= 0x04
            ledger.write_bytes(data)
            try:
                with inspecting(Path(ledger)) as connection:
                    if not verified(connection).faults:
                        missed.append((name, at - first))
            except VesseltrackError as why:
                assert why.exit_code == ExitCode.DAMAGED  # noqa: PT017
    ledger.write_bytes(whole)
    assert missed == []


def test_an_entry_that_was_taken_out_by_force_is_missed(run, ledger, sightings, look):
    trigger = look("SELECT sql FROM sqlite_schema WHERE name = 'entries_never_go'")[0][0]
    look("DROP TRIGGER entries_never_go")
    look("DELETE FROM entries WHERE seq = 4")
    look(trigger)
    assert_found_and_left_alone(run, ledger, sightings, "entry 4: is missing")


def test_the_last_entry_taken_out_by_force_is_missed(run, ledger, sightings, look):
    trigger = look("SELECT sql FROM sqlite_schema WHERE name = 'entries_never_go'")[0][0]
    look("DROP TRIGGER entries_never_go")
    look("DELETE FROM entries WHERE seq = 5")
    look(trigger)
    assert_found_and_left_alone(run, ledger, sightings, "cache_totals")


def test_a_trigger_that_was_dropped_is_missed(run, ledger, sightings, look):
    look("DROP TRIGGER entries_never_change")
    assert_found_and_left_alone(run, ledger, sightings, "the declaration of entries_never_change")


def test_a_wrong_cache_is_found(run, ledger, sightings, look):
    look("UPDATE cache_totals SET entries = 7 WHERE kind = 'sighting'")
    assert_found_and_left_alone(run, ledger, sightings, "cache_totals: sighting")


def test_a_cut_file_is_damaged(run, ledger, sightings):
    ledger.write_bytes(ledger.read_bytes()[:-5000])
    assert_found_and_left_alone(run, ledger, sightings)


@pytest.mark.parametrize("data", [b"no database at all " * 100, b"date,vessel\n"])
def test_a_file_that_is_no_ledger_is_left_as_it_is(run, sightings, tmp_path, data):
    path = tmp_path / "other"
    path.write_bytes(data)
    assert run("ingest", sightings("2024-06-01,X,,,,,,,\n"), "--ledger", path).code == ExitCode.DAMAGED
    assert path.read_bytes() == data


def test_the_database_of_another_program_is_left_as_it_is(run, sightings, tmp_path):
    path = tmp_path / "other.sqlite3"
    sqlite3.connect(path).executescript("CREATE TABLE notes (text)")
    before = path.read_bytes()
    ran = run("ingest", sightings("2024-06-01,X,,,,,,,\n"), "--ledger", path)
    assert (ran.code, path.read_bytes()) == (ExitCode.USAGE, before)
    assert "not a ledger" in ran.err


@pytest.mark.parametrize("command", [["check"], ["report"], ["status"], ["ledger", "log"], ["ledger", "verify"]])
def test_a_missing_ledger_is_said_and_not_made(run, tmp_path, command):
    ran = run(*command, "--ledger", tmp_path / "none.sqlite3")
    assert ran.code == ExitCode.USAGE
    assert ran.err.count("\n") == 1
    assert "vesseltrack ingest FILE" in ran.err
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_ledger_in_a_read_only_folder_is_read_and_not_written(run, ledger, sightings):
    folder = ledger.parent / "fixed"
    folder.mkdir()
    ledger.rename(folder / "l.sqlite3")
    folder.chmod(0o500)
    try:
        assert run("status", "--ledger", folder / "l.sqlite3").code == 0
        ran = run("ingest", sightings("2024-06-01,X,,,,,,,\n", "x.csv"), "--ledger", folder / "l.sqlite3")
        assert ran.code == ExitCode.USAGE
    finally:
        folder.chmod(0o700)


def test_every_sighting_that_an_answer_rests_on_is_recomputed(run, sightings, tmp_path):
    """Also where it is older than what is checked before use; a date or a name that was changed is not believed."""
    ledger = tmp_path / "l.sqlite3"
    listed = "2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,first\n"
    ordinary = "".join(f"2024-05-01,EVER GIVEN,9811000,,31.25,{n / 1000},on,transit,feed\n" for n in range(20_100))
    assert run("ingest", sightings(listed + ordinary), "--ledger", ledger).code == 0
    whole = ledger.read_bytes()
    for text in (b"2024-03-06 23:59:59", b'"vessel":"CHON MA SAN"', b'"off","loading","first"'):
        ledger.write_bytes(whole)
        flipped(ledger, places(ledger, text)[0] + 12)
        for command in ("check", "report", "run"):
            ran = run(command, "--ledger", ledger)
            assert (ran.code, ran.out) == (ExitCode.DAMAGED, "")
            assert "entry 3 (sighting" in ran.err


def test_what_was_told_and_decided_is_recomputed_before_use(run, sightings, tmp_path):
    """However old: a decision that was changed would hide a finding."""
    ledger = tmp_path / "l.sqlite3"
    listed = "2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,first\n"
    assert run("ingest", sightings(listed), "--ledger", ledger).code == 0
    assert run("run", "--ledger", ledger).code == ExitCode.FINDINGS
    ordinary = "".join(f"2024-05-01,EVER GIVEN,9811000,,31.25,{n / 1000},on,transit,feed\n" for n in range(20_100))
    assert run("ingest", sightings(ordinary, "more.csv"), "--ledger", ledger).code == 0
    assert run("run", "--ledger", ledger).code == 0
    whole = ledger.read_bytes()
    for text in (b'"finding":"VT', b'"findings":["VT', b'"sha256":"'):
        ledger.write_bytes(whole)
        flipped(ledger, places(ledger, text)[0] + len(text))
        assert run("run", "--ledger", ledger).code == ExitCode.DAMAGED, text
