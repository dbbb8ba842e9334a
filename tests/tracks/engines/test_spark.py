"""Spark reads what DuckDB reads and finds what DuckDB finds, also when a worker is lost."""

from __future__ import annotations

import contextlib
import csv
import gzip
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tracks.at_sea import DAY, HEADER, at_sea
from tracks.engines.conftest import tuples

from vesseltrack.errors import ConfigurationError, ExitCode, InputError, OutputError
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.tracks.detectors.periods import periods
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.engines.spark import SparkEngine
from vesseltrack.tracks.formats.recognising import recognise
from vesseltrack.tracks.schema import REJECTS
from vesseltrack.tracks.thresholds import Thresholds
from vesseltrack.tracks.tracking import track
from vesseltrack.tracks.writing import written

VOSTOCHNY = 2654 * 7201 + 6261
"""Cell of 42.735 N, 133.07 E."""

NASTY = (
    # line, then mmsi, time, lat, lon, sog, draught, reject, then ship_type, imo, name, call_sign
    ("273123450,2024-03-01T00:00:00,42.5,133.1,10.4,6.7,80,IMO9000001,VOSTOK,UABC",
     (273123450, DAY, 42_500_000, 133_100_000, 104, 67, 0), (80, 9000001, "VOSTOK", "UABC")),
    ("273123450.0,2024-03-01 00:00:01,-42.5,-133.1,10.25,6.75,80.0,9000001,VOSTOK,",
     (273123450, DAY + 1, -42_500_000, -133_100_000, 103, 68, 0), (80, 9000001, "VOSTOK", None)),
    ("273123451,2024-03-01T00:00:02.999,0.0000005,-0.0000006,0,0,0,0,,",
     (273123451, DAY + 2, 1, -1, 0, None, 0), (None, None, None, None)),
    ("273123452,2024-03-01T00:00:03Z,90,180,102.2,25.5,255,9999999, A  B@@ ,@@",
     (273123452, DAY + 3, 90_000_000, 180_000_000, 1022, 255, 0), (255, 9999999, "A  B", None)),
    ("273123453,2024-03-01T02:00:04+02:00,-90,-180,102.3,25.6,256,10000000,\u00a0NBSP\u3000,'',",
     (273123453, DAY + 4, -90_000_000, -180_000_000, None, None, 0), (None, None, "NBSP", "''")),
    ('273123454,2024-02-29 18:30:05 -0530,1,1,-0.1,-1,1.5,IMO12,"SAID ""NO"", WENT","q""q"',
     (273123454, DAY + 5, 1_000_000, 1_000_000, None, None, 0), (None, None, 'SAID "NO", WENT', 'q"q')),
    ('273123455,2024-03-01T00:00,1e0,+1, 7.0 ,nan,x,IMO 9000001,ΚΑΛΗ 船,""',
     (273123455, DAY, 1_000_000, 1_000_000, 70, None, 0), (None, 9000001, "ΚΑΛΗ 船", None)),
    ("273123456,2024-3-1 0:00:06,1,1,,,,,NULL,NA",
     (273123456, DAY + 6, 1_000_000, 1_000_000, None, None, 0), (None, None, "NULL", "NA")),
    ("273123457,2024-03-01,1,1", (273123457, DAY, 1_000_000, 1_000_000, None, None, 0), (None,) * 4),
    # no MMSI
    (",2024-03-01T00:00:00,1,1,,,,,,", (None, DAY, 1_000_000, 1_000_000, None, None, 1), (None,) * 4),
    ("27312x,2024-03-01T00:00:00,1,1,,,,,,", (None, DAY, 1_000_000, 1_000_000, None, None, 1), (None,) * 4),
    # no ship's
    ("99999999999999,2024-03-01T00:00:00,1,1,,,,,,", (None, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    ("273123450.5,2024-03-01T00:00:00,1,1,,,,,,", (None, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    ("2731234,2024-03-01T00:00:00,1,1,,,,,,", (2731234, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    ("111273001,2024-03-01T00:00:00,1,1,,,,,,", (111273001, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    ("970123456,2024-03-01T00:00:00,1,1,,,,,,", (970123456, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    ("-273123450,2024-03-01T00:00:00,1,1,,,,,,", (None, DAY, 1_000_000, 1_000_000, None, None, 2), (None,) * 4),
    # no time
    *(
        (f"273123450,{time},1,1,,,,,,", (273123450, None, 1_000_000, 1_000_000, None, None, 3), (None,) * 4)
        for time in (
            "", "soon", "2024-02-30T00:00:00", "2024-03-01T24:00:00", "2024-03-01T25:00:00", "2024-03", "2024",
            "1969-12-31T23:59:59", "1969-12-31T23:59:59.9", "2024-03-01 00:00:00 Europe/Paris", "12:00:00", "now",
            "2024/03/01 00:00:00", "epoch", "infinity", "1709251200", "12024-03-01T00:00:00",
        )
    ),
    # no position
    ("273123458,2024-03-01T00:00:00,91,181,,,,,,", (273123458, DAY, None, None, None, None, 4), (None,) * 4),
    ("273123458,2024-03-01T00:00:00,,1,,,,,,", (273123458, DAY, None, None, None, None, 4), (None,) * 4),
    ("273123458,2024-03-01T00:00:00,91,181,,,,,SAYS WHO,", (273123458, DAY, None, None, None, None, 0), (None, None, "SAYS WHO", None)),
    # outside the globe
    ("273123459,2024-03-01T00:00:00,90.01,1,,,,,,", (273123459, DAY, None, None, None, None, 5), (None,) * 4),
    ("273123459,2024-03-01T00:00:00,1,-180.5,,,,,,", (273123459, DAY, None, None, None, None, 5), (None,) * 4),
    ("273123459,2024-03-01T00:00:00,inf,1,,,,,,", (273123459, DAY, None, None, None, None, 5), (None,) * 4),
    ("273123459,2024-03-01T00:00:00,nan,1,,,,,,", (273123459, DAY, None, None, None, None, 5), (None,) * 4),
)  # fmt: skip


def in_order(rows) -> list[tuple]:
    return sorted(rows, key=lambda row: [(value is not None, value) for value in row])


GOOD = in_order(position[:-1] for _, position, _ in NASTY if position[-1] == 0 and position[2] is not None)
SAID = in_order((*position[:2], *static) for _, position, static in NASTY if position[-1] in (0, 4, 5))
NUMBERS = dict(Counter(REJECTS[position[-1]] for _, position, _ in NASTY))


def test_a_table_of_traps_is_read_as_it_is_meant(engine, read, tmp_path):
    text = "\n".join([HEADER, *(line for line, *_ in NASTY)]) + "\n"
    (tmp_path / "plain.csv").write_text(text)
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "windows.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read(engine, tmp_path / "plain.csv") == (GOOD, SAID, NUMBERS)
    answers = engine.read(recognise([str(tmp_path / "plain.csv")], tmp_path).sources).answers
    answers = answers.select("mmsi", "first", "last", "ship_type", "imo", "name", "call_sign")
    times = [(mmsi, time, time, *who) for mmsi, time, *who in SAID]
    assert tuples(engine, answers) == in_order(dict.fromkeys(times))
    positions, said, numbers = read(engine, tmp_path / "packed.csv.gz", tmp_path / "windows.csv")
    assert (positions[::2], positions[1::2], said[::2], said[1::2]) == (GOOD, GOOD, SAID, SAID)
    assert numbers == {reason: 2 * number for reason, number in NUMBERS.items()}


@pytest.mark.parametrize("line", [line for line, position, _ in NASTY if position[-1]], ids=str)
def test_each_trap_is_rejected_for_its_own_reason(duckdb, read, tmp_path, line):
    (reason,) = (REJECTS[position[-1]] for text, position, _ in NASTY if text == line)
    (tmp_path / "two.csv").write_text(f"{HEADER}\n{NASTY[0][0]}\n{line}\n")
    assert read(duckdb, tmp_path / "two.csv")[::2] == ([NASTY[0][1][:-1]], {"": 1, reason: 1})


def test_an_instant_is_the_same_in_whatever_form(engine, read, tmp_path):
    forms = (
        ("# Timestamp", "01/03/2024 00:00:00", "31/02/2024 23:59:59"),
        ("time", "1709251200", "x"),
        ("time", "1709251200999", ""),
        ("time", "20240301T000000", "20240230T000000"),
        ("time", "2024-03-01 03:00:00.5 +0300", "2024-03-01 03:00:00 +3"),
    )
    for number, (header, good, bad) in enumerate(forms):
        kind = ",Type of mobile" if header == "# Timestamp" else ""
        lines = f"{header},mmsi,latitude,longitude{kind}\n{good},27312345{number},1,2\n{bad},27312345{number},1,2\n"
        (tmp_path / f"{number}.csv").write_text(lines)
    positions, _, numbers = read(engine, *(tmp_path / f"{number}.csv" for number in range(len(forms))))
    assert [row[:2] for row in positions] == [(mmsi, DAY) for mmsi in range(273123450, 273123455)]
    assert numbers == {"": len(forms), "no time": len(forms)}


def test_parquet_is_read_by_its_types(engine, read, tmp_path):
    units = ("ms", "us", "ns")  # pandas 2 writes billionths of a second
    for unit in units:
        table = pa.table(
            {
                "mmsi": pa.array([273123450, 273123451, None], pa.uint32()),
                "timestamp": pa.array([DAY * 1000 + 999, None, -1], pa.timestamp("ms")).cast(pa.timestamp(unit)),
                "lat": pa.array([42.5, 91, 1], pa.float32()),
                "lon": [133.1, 181, 1],
                "name": pa.array(["A", None, " "]).dictionary_encode(),
                "unread": [b"x", b"y", b"z"],
            }
        )
        pq.write_table(table, tmp_path / f"{unit}.parquet", version="2.6")
    positions, said, numbers = read(engine, *(tmp_path / f"{unit}.parquet" for unit in units))
    assert positions == [(273123450, DAY, 42_500_000, 133_100_000, None, None)] * 3
    assert said == [(273123450, DAY, None, None, "A", None)] * 3
    assert numbers == {"": 3, "no MMSI": 3, "no time": 3}


def test_a_file_says_the_same_as_csv_and_as_parquet(duckdb, read, tmp_path):
    text = "\n".join([HEADER, *(line for line, *_ in NASTY)]) + "\n"
    (tmp_path / "traps.csv").write_text(text)
    names = HEADER.split(",")
    cells = [[*line, *[""] * len(names)][: len(names)] for line in csv.reader(line for line, *_ in NASTY)]
    columns = [[cell or None for cell in column] for column in zip(*cells, strict=True)]
    table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
    pq.write_table(table, tmp_path / "traps.parquet")
    assert read(duckdb, tmp_path / "traps.parquet") == read(duckdb, tmp_path / "traps.csv")


def followed(engine, usable) -> tuple[list[tuple], list[tuple]]:
    """Telling steps, with the cell that Vostochny's ships lie in fenced, and periods."""
    fenced = engine.known(pa.table({"cell": pa.array([VOSTOCHNY], pa.int32()), "fenced": [True]}), "fenced")
    steps = telling_steps(usable, fenced, Thresholds())
    steps = steps.select(sorted(steps.collect_schema().names()))
    return tuples(engine, steps), tuples(engine, periods(usable))


def test_steps_and_periods_are_the_same_in_both_engines(duckdb, spark, tmp_path):
    sources = recognise(at_sea(tmp_path), tmp_path).sources
    here, there = (followed(engine, engine.read(sources).positions) for engine in (duckdb, spark))
    assert here == there
    assert [len(rows) > least for rows, least in zip(here, (100, 1000), strict=True)] == [True, True]


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vesseltrack", "tracks", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_what_ships_did_is_the_same_in_both_engines(duckdb, spark, tmp_path):
    paths, found = at_sea(tmp_path), []
    for engine in (duckdb, spark):
        copies = tmp_path / engine.name
        copies.mkdir()
        found.append(track(engine, recognise(paths, copies), load_gazetteer(), Thresholds()))
    here, there = found
    pd.testing.assert_frame_equal(here.events, there.events, check_exact=True)
    assert written(here.events, "csv") == written(there.events, "csv")
    assert replace(here, engine="", events=None) == replace(there, engine="", events=None)
    assert {"gap", "open_gap", "port_call", "impossible_move"} <= set(here.events["kind"])
    assert here.rejected == {"no MMSI": 1, "not as many cells as headers": 1}


def test_starting_spark_and_ending_it_puts_not_a_word_of_its_own_on_the_screen(cluster, tmp_path):
    asked = (tmp_path / "none.csv", "--engine")
    here, there = command(*asked, "duckdb"), command(*asked, "spark", "--master", cluster.url)
    assert (here.returncode, here.stdout, here.stderr) == (there.returncode, there.stdout, there.stderr)
    assert there.stderr == f"vesseltrack: {tmp_path}/none.csv: no such file\n"


def test_files_that_only_spark_reaches_are_recognised_by_their_beginning(spark, read, tmp_path):
    at_sea(tmp_path)
    here = read(spark, *tmp_path.glob("*.csv"))
    for number in range(4):
        path = tmp_path / f"{number}.csv"
        (tmp_path / f"{number}.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    packed = recognise([f"file://{tmp_path}/*.csv.gz"], tmp_path, headers=spark.headers).sources
    assert tuples(spark, spark.read(packed).positions) == here[0]
    (tmp_path / "0.csv.gz").rename(tmp_path / "0.packed")
    with pytest.raises(InputError, match=r"let it end in \.gz"):
        spark.headers(f"file://{tmp_path}/0.packed")
    spark.write(spark.known(pa.table({"mmsi": [273123450], "time": ["2024-03-01"], "lat": [1.0], "lon": [2.0]}), "rows"),
                f"file://{tmp_path}/written")  # fmt: skip
    written = recognise([f"file://{tmp_path}/written"], tmp_path / "copies", headers=spark.headers).sources
    assert tuples(spark, spark.read(written).positions) == [(273123450, DAY, 1_000_000, 2_000_000, None, None)]
    with pytest.raises(OutputError, match="already exists"):
        spark.write(spark.known(pa.table({"x": [1]}), "rows"), f"file://{tmp_path}/written")
    with pytest.raises(InputError, match=r"/none/\*\.csv: no such file"):
        spark.headers("file:///none/*.csv")


def test_files_behind_one_pattern_have_the_same_columns(spark, tmp_path):
    (tmp_path / "1.csv").write_text("mmsi,time,lat,lon\n273123450,2024-03-01,1,2\n")
    (tmp_path / "2.csv").write_text("mmsi,time,lon,lat\n273123450,2024-03-01,2,1\n")
    with pytest.raises(InputError, match=r"2\.csv has not the same header as 1\.csv"):
        spark.headers(f"file://{tmp_path}/*.csv")


def test_a_worker_without_the_program_is_told_of(spark):
    def newer(table: pa.Table) -> pa.Table:
        import vesseltrack_of_tomorrow  # noqa: F401

        return table

    rows = pa.table({"x": [1]})
    with pytest.raises(InputError, match="install vesseltrack where the workers run"):
        spark.mapped(spark.known(rows, "rows"), newer, rows.schema, "newer")


def test_what_is_missing_is_said_in_one_line(spark, tmp_path, monkeypatch):
    (tmp_path / "ais.csv").write_text("mmsi,time,lat,lon\n273123450,2024-03-01,1,2\n")
    asked = (tmp_path / "ais.csv", "--engine", "spark")
    without_java = command(*asked, JAVA_HOME=str(tmp_path))
    assert without_java.returncode == ExitCode.USAGE
    assert re.fullmatch(r"vesseltrack: --engine spark needs Java 17 .*\n", without_java.stderr), without_java.stderr
    no_master = command(*asked, "--master", "nonsense")
    assert no_master.returncode == ExitCode.USAGE
    assert re.fullmatch(r"vesseltrack: --master nonsense: Master must .*\n", no_master.stderr)
    nobody = command(*asked, "--master", "spark://127.0.0.1:1")
    assert nobody.returncode == ExitCode.USAGE
    assert nobody.stderr == "vesseltrack: --master spark://127.0.0.1:1: nobody answers there (connection refused)\n"


def test_without_pyspark_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(ConfigurationError, match=r'pip install "vesseltrack\[spark\]"'):
        SparkEngine(None, tmp_path)


def test_a_worker_lost_in_the_middle_of_a_run_changes_nothing(cluster, duckdb, spark, tmp_path):
    """A function waits, wherever it runs first, until that worker, its executor and all that it kept are gone."""
    gate = tmp_path / "gate"
    gate.mkdir()
    killed: list[str] = []

    def cut_power() -> None:
        until = monotonic() + 60
        while not (reached := list(gate.glob("reached-*"))) and monotonic() < until:
            sleep(0.05)
        _, name, process = reached[0].name.split("-")
        cluster.kill(name)
        # Python on the worker has a group of processes of its own, and may have seen already that nobody listens.
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(process), signal.SIGKILL)
        killed.append(name)
        (gate / "open").touch()

    sources = recognise(at_sea(tmp_path), tmp_path).sources
    positions = spark.read(sources).positions
    schema = spark.collect(positions.head(0)).schema
    power = threading.Thread(target=cut_power)
    power.start()
    there = followed(spark, spark.mapped(positions, held_up(gate, lambda table: table), schema, "held up"))
    power.join()
    assert not (gate / f"passed-{killed[0]}").exists(), "the worker had done its part when it died"
    assert [one.name for one in gate.glob("passed-*")] == [f"passed-{name}" for name in cluster.workers]
    assert there == followed(duckdb, duckdb.read(sources).positions)


def held_up(gate: Path, function: Callable[[pa.Table], pa.Table]) -> Callable[[pa.Table], pa.Table]:
    """A function that says on which worker it runs, and goes on once the gate is open."""

    def waiting(table: pa.Table) -> pa.Table:
        worker = Path.cwd().parents[1].name  # <worker>/<application>/<executor>
        (gate / f"reached-{worker}-{os.getpid()}").touch()
        while not (gate / "open").exists():
            sleep(0.05)
        result = function(table)
        (gate / f"passed-{worker}").touch()
        return result

    return waiting
