"""`tracks` as people run it: results, exit codes, hostile and broken input, signals."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from cli.ais import CHON_MA_SAN, HEADER, OPEN_SEA, ORIENT_PEARL, WOL_BONG_SAN, Ship, dark_call, file_of, leg, meeting
from cli.refusing import refused

from vesseltrack.errors import ExitCode
from vesseltrack.tracks.schema import EVENTS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schema" / "tracks-1.json").read_text(encoding="utf-8"))
LEGS = [*dark_call(), *meeting(CHON_MA_SAN, ORIENT_PEARL)]


@pytest.fixture
def ais(tmp_path):
    """A file of AIS: a dark call at Vostochny, and a meeting at sea."""

    def _ais(content: bytes | None = None, name: str = "day.csv") -> Path:
        path = tmp_path / "work" / name
        path.write_bytes(file_of(*LEGS) if content is None else content)
        return path

    return _ais


@pytest.fixture
def account(run):
    """The account in JSON, valid, and the exit code."""

    def _account(*arguments: str | Path, **more) -> tuple[dict, int]:
        ran = run("tracks", "--format", "json", *arguments, **more)
        document = json.loads(ran.out)
        jsonschema.validate(document, SCHEMA)
        assert document["complete"] == (ran.code == ExitCode.CLEAN)
        rows = document["rows"]
        assert rows["read"] == rows["kept"] + sum(rows["rejected"].values())
        return document, ran.code

    return _account


# -- results --


def test_events_are_written_in_three_formats_that_say_the_same(run, ais):
    """Text is text, numbers are numbers, what is unknown is empty."""
    path = ais()
    for suffix in ("csv", "parquet", "ndjson"):
        assert run("tracks", path, "-o", f"events.{suffix}").code == ExitCode.CLEAN
    text = dict.fromkeys(("mmsi", "imo", "other_mmsi", "other_imo"), str)
    csv = pd.read_csv("events.csv", dtype=text, keep_default_na=False)
    ndjson = [json.loads(line) for line in Path("events.ndjson").read_text(encoding="utf-8").splitlines()]
    parquet = pd.read_parquet("events.parquet")
    assert list(csv) == list(parquet) == list(ndjson[0]) == list(EVENTS)
    assert str(parquet["start"].dtype) == "datetime64[us, UTC]"
    for name in ("kind", "mmsi", "imo", "name", "port", "detail"):
        assert csv[name].tolist() == parquet[name].tolist() == [row[name] for row in ndjson], name
    instants = [f"{time:%Y-%m-%dT%H:%M:%SZ}" for time in parquet["start"]]
    assert csv["start"].tolist() == instants == [row["start"] for row in ndjson]
    assert [None if pd.isna(x) else x for x in parquet["distance_km"]] == [row["distance_km"] for row in ndjson]
    assert set(parquet["kind"]) >= {"port_call", "gap", "meeting"}


def test_with_events_in_a_file_the_account_is_printed(run, ais):
    ran = run("tracks", ais(), "-o", "events.csv")
    assert ran.out.startswith("inputs ")
    assert "rows read" in ran.out
    assert ran.err == ""


def test_without_a_file_events_are_printed_in_the_format_asked_for(run, ais):
    path = ais()
    run("tracks", path, "-o", "events.csv")
    assert run("tracks", path, "--format", "csv").out == Path("events.csv").read_text(encoding="utf-8")
    assert run("tracks", path, "--format", "ndjson", "-o", "x.txt").out == ""
    assert (
        Path("x.txt").read_text(encoding="utf-8").count("\n") == Path("events.csv").read_text("utf-8").count("\n") - 1
    )


def test_the_account_says_what_was_read_and_found(account, ais):
    path = ais()
    document, code = account(path)
    rows = file_of(*LEGS).count(b"\n") - 1
    assert code == ExitCode.CLEAN
    assert document["rows"] == {"read": rows, "kept": rows, "duplicates": 0, "rejected": {}}
    assert document["ships"] == 3
    assert (document["period"]["from"], document["as_of"]) == ("2024-03-09T09:00:00Z", "2024-03-14")
    assert [(one["path"], one["layout"]) for one in document["inputs"]] == [(str(path), "MarineCadastre")]
    assert document["events"]["meeting"] == 1


def test_a_ship_with_a_number_of_the_dprk_is_told_of_though_nothing_happens_to_it(run, account, ais):
    passing = [leg(ship, "2024-03-09T09:00:00", 1, OPEN_SEA, 9) for ship in (WOL_BONG_SAN, Ship(446000000, "ANOTHER"))]
    document, code = account(ais(file_of(*passing)))
    assert (code, sum(document["events"].values())) == (ExitCode.CLEAN, 0)
    period = {"from": "2024-03-09T09:00:00Z", "to": "2024-03-09T09:50:00Z"}
    assert document["dprk_ships"] == [{"mmsi": "445124000", "imo": "", "name": "WOL BONG SAN", "period": period}]
    assert "DPRK MMSI   445124000 WOL BONG SAN\n" in run("tracks", ais(file_of(*passing))).out


def test_off_a_terminal_the_table_is_plain_and_not_cut(run, ais):
    out = run("tracks", ais()).out
    assert "\x1b" not in out
    assert "stopped_hours=" in out
    assert "…" not in out


def test_the_table_shows_the_surest_and_says_how_many_more_there_are(run, ais):
    ships = "".join(leg(Ship(273000100 + n, f"SHIP {n}"), "2024-03-09T00:00:00", 1, (42.79, 132.9)) for n in range(25))
    out = run("tracks", ais(file_of(*LEGS, ships))).out
    assert "more: write all with -o events.csv, .parquet or .ndjson." in out
    rows = out.partition("\n\nkind")[2].splitlines()[1:]
    assert rows[0].split()[0:2] == ["port", "call"]
    assert "CHON MA SAN" in rows[0]


def test_sightings_go_straight_into_check(ais):
    program = f"{sys.executable} -m vesseltrack"
    command = f"{program} tracks {ais()} --sightings - | {program} check - --format json"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ran.stderr == b""
    assert {"VT201", "VT602"} <= {found["rule"] for found in json.loads(ran.stdout)["findings"]}


@pytest.mark.parametrize(
    "more", [["--format", "json"], ["--format", "csv"], ["-o", "-", "--format", "ndjson"]], ids=" ".join
)
def test_two_results_do_not_run_into_each_other(run, ais, more):
    refused(run("tracks", ais(), "--sightings", "-", *more), "name a file")


def test_two_results_do_not_take_each_others_place(run, ais):
    refused(run("tracks", ais(), "--sightings", "x.csv", "-o", "./x.csv"), "two results")
    assert not Path("x.csv").exists()


@pytest.mark.parametrize("option", ["-o", "--sightings"])
def test_an_input_is_never_overwritten(run, ais, option):
    path = ais()
    refused(run("tracks", path, option, path), "is also an input")
    refused(run("tracks", "da*.csv", option, path), "is also an input")
    assert path.read_bytes() == file_of(*LEGS)


# -- same input, same bytes --


def outputs(run, *files: Path) -> tuple[bytes, bytes]:
    """Events and sightings."""
    ran = run("tracks", *files, "-o", "events.parquet", "--sightings", "sightings.csv", "--quiet")
    assert ran.code == ExitCode.CLEAN
    return Path("events.parquet").read_bytes(), Path("sightings.csv").read_bytes()


def test_order_of_rows_and_files_overlap_and_repetition_change_nothing(run, ais):
    lines = file_of(*LEGS).decode().splitlines(keepends=True)[1:]
    whole = ais()
    expected = outputs(run, whole)
    assert outputs(run, ais((HEADER + "".join(lines[::-1])).encode())) == expected, "rows"
    whole = ais()
    assert outputs(run, whole, whole) == expected, "the same file twice"
    first = ais((HEADER + "".join(lines[:200])).encode(), "a-day.csv")
    second = ais((HEADER + "".join(lines[150:])).encode(), "b-day.csv")
    both, turned = outputs(run, first, second), outputs(run, second, first)
    assert both == turned, "order of files"
    assert both[0] == expected[0], "overlapping files; the sightings name other files"


def test_packed_or_through_a_pipe_it_is_the_same(run, process, ais):
    path = ais()
    expected = run("tracks", path, "--format", "csv").out
    assert run("tracks", ais(gzip.compress(path.read_bytes()), "day.csv.gz"), "--format", "csv").out == expected
    assert run("tracks", "-", "--format", "csv", stdin=path.read_bytes()).out == expected
    command = f"{sys.executable} -m vesseltrack tracks <(cat {path}) --format csv"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (ran.stdout.decode(), ran.stderr) == (expected, b"")


def test_a_bare_environment_is_enough(process, ais):
    path = ais()
    full, bare = process("tracks", path), process("tracks", path, env={}, stdin=subprocess.DEVNULL)
    assert bare.returncode == ExitCode.CLEAN
    assert (bare.stdout, bare.stderr) == (full.stdout, b"")


# -- what cannot be used --


def test_no_file_is_an_error(run):
    refused(run("tracks"), "name a file, or - for standard input")


def test_a_missing_file_and_a_directory_are_errors(run, ais, tmp_path):
    refused(run("tracks", "nope.csv"), "nope.csv: no such file")
    refused(run("tracks", ais(), "nope.csv"), "nope.csv: no such file")
    refused(run("tracks", tmp_path), f"{tmp_path}: a directory")
    refused(run("tracks", "nope-*.csv"), "no file fits this pattern")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--gap-hours 0", "flag --gap-hours: '0'"),
        ("--gap-hours -1", "flag --gap-hours: '-1'"),
        ("--gap-hours nan", "flag --gap-hours: 'nan'"),
        ("--gap-hours six", "flag --gap-hours: 'six'"),
        ("--engine beam", "expected one of duckdb, spark"),
        ("--master local[2]", "--master: only Spark has one"),
        ("--memory-limit 0", "expected at least 100MB"),
        ("--memory-limit 1GB';SELECT", "expected at least 100MB"),
        ("--format xlsx", "this command writes table, json, csv, ndjson, parquet"),
        ("-o events.xlsx", "this command writes table, json, csv, ndjson, parquet"),
        ("--ports nope.geojson", "ports file nope.geojson does not exist"),
        ("-o nowhere/events.csv", "nowhere/events.csv: cannot be written"),
        ("--sightings nowhere/s.csv", "nowhere/s.csv: cannot be written"),
    ],
    ids=lambda text: text.replace(" ", ""),
)
def test_an_option_that_cannot_be_used_is_an_error(run, ais, options, said):
    refused(run("tracks", ais(), *options.split()), said)


def test_a_file_that_is_no_ais_is_an_error(run, ais):
    refused(run("tracks", ais(b"name,port\nA,B\n")), "no column for mmsi, time, lat, lon")
    refused(run("tracks", ais(b"<!doctype html><html></html>")), "a web page (HTML)")


def test_where_no_row_can_be_used_nothing_is_written(run, ais):
    """A day of AIS without events would look the same."""
    path = ais(file_of("445123000,,42,133,,,,A,,,,,,,,,\n", "12,2024-03-01T00:00:00,42,133,,,,A,,,,,,,,,\n"))
    refused(
        run("tracks", path, "-o", "e.csv", "--sightings", "s.csv"),
        "none of 2 rows could be used (1 MMSI is no ship's, 1 no time)",
    )
    assert not list(Path().glob("[es].csv"))


@pytest.mark.parametrize("content", [b"", HEADER.encode(), b"\n \n"], ids=["no bytes", "header only", "blank lines"])
def test_an_input_without_rows_is_incomplete_alone_and_beside_another(account, run, ais, content):
    empty = ais(content, "empty.csv")
    document, code = account(empty)
    assert (code, document["rows"]["read"], document["as_of"]) == (ExitCode.INCOMPLETE, 0, None)
    assert account(ais(), empty)[0]["incomplete_because"] == [f"{empty} has no rows"]
    quiet = run("tracks", empty, "--quiet")
    assert quiet.err == f"vesseltrack: incomplete: {empty} has no rows.\n"


def test_rows_that_cannot_be_used_are_counted_by_reason(account, ais):
    bad = [
        "445123000,,42,133,,,,A,,,,,,,,,\n",
        "445123000,2024-02-30T00:00:00,42,133,,,,A,,,,,,,,,\n",
        ",2024-03-01T00:00:00,42,133,,,,A,,,,,,,,,\n",
        "445123000,2024-03-01T00:00:00,142,133,,,,,,,,,,,,,\n",
        "445123000,2024-03-01T00:00:00,91,181,,,,,,,,,,,,,\n",
        "445123000,2024-03-01T00:00:00,42,133,,,,A,,,,,,,,,,,too,many\n",
    ]
    document, code = account(ais(file_of(*LEGS, *bad)))
    assert code == ExitCode.INCOMPLETE
    assert document["rows"]["rejected"] == {
        "no MMSI": 1, "no position": 1, "no time": 2, "not as many cells as headers": 1, "position outside the globe": 1,
    }  # fmt: skip
    assert document["events"]["meeting"] == 1, "the others are used"


def test_base_stations_make_nothing_incomplete(account, ais):
    document, code = account(ais(file_of(*LEGS, leg(Ship(4310001, ""), "2024-03-09T00:00:00", 1, OPEN_SEA))))
    assert code == ExitCode.CLEAN
    assert document["rows"]["rejected"] == {"MMSI is no ship's": 6}


def test_an_open_quote_is_told_and_the_lines_before_it_are_used(account, ais):
    document, code = account(ais(file_of(*LEGS) + b'445123000,2024-03-20T00:00:00,42,133,,,,"A,,,,,,,,,\n'))
    assert code == ExitCode.INCOMPLETE
    assert document["rows"]["rejected"] == {"not as many cells as headers": 1}
    assert document["events"]["meeting"] == 1


# -- hostile names --

HOSTILE = [
    "=HYPERLINK(1)",
    "+SUM(A1)",
    "\x1b]0;owned\x07",
    "\x1b[31mRED",
    "A\nB",
    "[red]X[/red]",
    "A;from=B",
    "\u202eNAS AM NOHC",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_text_that_somebody_else_wrote(run, ais, name):
    quoted = '"' + name.replace('"', '""') + '"'
    path = ais(file_of(*dark_call(CHON_MA_SAN._replace(name=quoted))))
    ran = run("tracks", path, "-o", "events.csv", "--sightings", "sightings.csv")
    assert ran.code == ExitCode.CLEAN
    assert not set("\x1b\x07\u202e") & set(ran.out), "nothing reaches the terminal"
    assert len(ran.out.splitlines()) == len(run("tracks", path, "-o", "x.ndjson").out.splitlines())
    events = pd.read_csv("events.csv", keep_default_na=False)
    assert not events.map(lambda cell: isinstance(cell, str) and cell.startswith(("=", "@", "+", "\t", "\r"))).any(
        axis=None
    )
    assert name in {json.loads(line)["name"] for line in Path("x.ndjson").read_text(encoding="utf-8").splitlines()}
    checked = run("check", "sightings.csv", "--format", "json")
    assert json.loads(checked.out)["rejects"] == []
    assert {"VT201"} <= {found["rule"] for found in json.loads(checked.out)["findings"]}, (
        "the IMO number tells who it is"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_a_files_name_may_be_anything_too(process, ais):
    folder = os.fsencode(ais().parent)
    for name in (b"we ird'[1]{a,b}*.csv", b"\x1b[31m\n.csv", b"\xff.csv"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(file_of(*LEGS))
        ran = process("tracks", os.fsdecode(name), "--sightings", "s.csv")
        assert (ran.returncode, ran.stderr) == (ExitCode.CLEAN, b""), name
        assert b"\x1b" not in ran.stdout + Path("s.csv").read_bytes()
        assert json.loads(process("check", "s.csv", "--format", "json").stdout)["rejects"] == []


# -- endings --


def test_a_reader_that_stops_early_ends_the_program_in_141(ais):
    legs = "".join(leg(Ship(273000100 + n, "S" * 20), "2024-03-09T00:00:00", 0.2, (42.79, 132.9)) for n in range(1500))
    command = f"{sys.executable} -m vesseltrack tracks {ais(file_of(legs))} --format csv | head -n 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ran.returncode == ExitCode.PIPE_CLOSED
    assert ran.stderr == b""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_whatever_ends_it_no_folder_no_process_and_no_half_result_stays(tmp_path, end):
    """It waits for standard input here, with its temporary folder made and its engine running."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = [sys.executable, "-m", "vesseltrack", "tracks", "-", "-o", "events.csv"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "TMPDIR": str(folder)}, start_new_session=True
    ) as process:
        waiting_for(lambda: any(folder.iterdir()), process)
        os.killpg(process.pid, end)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (ExitCode.INTERRUPTED, b"", b"vesseltrack: interrupted.\n")
    assert list(folder.iterdir()) == []
    assert not Path("events.csv").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_an_interrupt_in_the_middle_of_a_query_is_an_interrupt(tmp_path, ais):
    """The engine takes the signal while it works, and has an error of its own for it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    many = file_of(leg(ORIENT_PEARL, "2024-01-01T00:00:00", 24 * 300, OPEN_SEA, minutes=1))
    command = [sys.executable, "-m", "vesseltrack", "tracks", ais(many), "-o", "events.csv"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)}
    ) as process:
        waiting_for(lambda: any(folder.glob("*/inputs")), process)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    if process.returncode == ExitCode.CLEAN:
        pytest.skip("it was done before the signal came")
    assert (process.returncode, out, err) == (ExitCode.INTERRUPTED, b"", b"vesseltrack: interrupted.\n")
    assert list(folder.iterdir()) == []


def waiting_for(condition, process) -> None:
    for _ in range(600):
        if condition():
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    raise AssertionError("it did not begin")
