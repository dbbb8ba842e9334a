"""Measures `tracks` against the engines it rests on and against the trackers that others wrote, in one run.

    python bench/ais.py                 5,000,000 rows; about ten minutes
    python bench/ais.py --rows 500000   fewer
    python bench/ais.py --grow          0.5, 5 and 50 million rows: time and memory

Each side runs in a process of its own; its clock starts after the imports. Peers that are not installed are left out,
and the table says so. Ratios are of the best of several alternating runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from ais_data import write_ports, write_positions

COLUMNS = ("MMSI", "BaseDateTime", "LAT", "LON", "SOG", "VesselName", "IMO", "CallSign", "VesselType", "Draft")
"""What the detectors read."""

GAP_SECONDS = 6 * 3600
SAMPLE_ROWS = 100_000
"""Rows given to MovingPandas, which would need minutes for all."""


GAPS = ("gap", "open_gap")


def ours(file: str, ports: str, asked: tuple[str, ...] = ()) -> Callable[[], Any]:
    """Some kinds of events, or all; from the file to finished events."""
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.tracks.engines.duckdb import DuckDBEngine
    from vesseltrack.tracks.formats.recognising import recognise
    from vesseltrack.tracks.schema import KINDS
    from vesseltrack.tracks.thresholds import Thresholds
    from vesseltrack.tracks.tracking import track

    kinds = frozenset(kind for kind in KINDS if not asked or kind in asked)

    def run() -> Any:
        gazetteer = load_gazetteer(Path(ports))
        with tempfile.TemporaryDirectory() as folder:
            engine = DuckDBEngine(Path(folder))
            inputs = Path(folder) / "inputs"
            inputs.mkdir()
            found = track(engine, recognise([file], inputs), gazetteer, Thresholds(), kinds=kinds)
            engine.close()
        return {kind: int(number) for kind, number in found.events["kind"].value_counts().items()}

    return run


def duckdb_aggregate(file: str, _: str) -> Callable[[], Any]:
    """DuckDB reads the same columns of the same file, and keeps nothing."""
    import duckdb

    greatest = ", ".join(f'max("{name}")' for name in COLUMNS)
    return lambda: duckdb.sql(f"SELECT count(*), {greatest} FROM '{file}'").fetchall()[0][0]


def polars_read(file: str, _: str) -> Callable[[], Any]:
    """Polars reads the same columns into memory."""
    import polars as pl

    return lambda: pl.read_parquet(file, columns=list(COLUMNS)).height


def pandas_shapely(file: str, ports: str) -> Callable[[], Any]:
    """Gaps and positions in ports as a good ordinary script finds them."""
    import pandas as pd
    import shapely

    columns = list(COLUMNS[:5])

    def run() -> Any:
        if file.endswith(".csv"):
            frame = pd.read_csv(file, usecols=columns, parse_dates=["BaseDateTime"], date_format="ISO8601")
        else:
            frame = pd.read_parquet(file, columns=columns)
        frame = frame.sort_values(["MMSI", "BaseDateTime"], ignore_index=True)
        silence = frame.groupby("MMSI")["BaseDateTime"].diff().dt.total_seconds()
        gaps = frame[silence > GAP_SECONDS]
        inside = 0
        for feature in json.loads(Path(ports).read_text())["features"]:
            area = shapely.geometry.shape(feature["geometry"])
            shapely.prepare(area)
            west, south, east, north = area.bounds
            near = frame[frame["LON"].between(west, east) & frame["LAT"].between(south, north)]
            at = near[shapely.contains_xy(area, near["LON"].to_numpy(), near["LAT"].to_numpy())]
            inside += int(
                (at.groupby("MMSI")["BaseDateTime"].diff().dt.total_seconds().fillna(1e9) > GAP_SECONDS).sum()
            )
        return len(gaps), inside

    return run


def pipe_gaps(file: str, _: str) -> Callable[[], Any]:
    """Global Fishing Watch's GapDetector, with the conversion from a frame to the messages it takes."""
    import pandas as pd
    from pipe_gaps.core.gap_detector import GapDetector

    def run() -> Any:
        frame = pd.read_parquet(file, columns=["MMSI", "BaseDateTime", "LAT", "LON"])
        frame.columns = pd.Index(["ssvid", "timestamp", "lat", "lon"])
        frame["timestamp"] = frame["timestamp"].astype("int64") // 10**6
        frame["receiver_type"] = "terrestrial"
        detector = GapDetector(threshold=6)
        return sum(len(detector.detect(ship.to_dict("records"))) for _, ship in frame.groupby("ssvid"))

    return run


def moving_pandas(file: str, _: str) -> Callable[[], Any]:
    """MovingPandas' ObservationGapSplitter on a part of the rows, all of each ship."""
    import geopandas
    import movingpandas
    import pandas as pd

    def run() -> Any:
        frame = pd.read_parquet(file, columns=["MMSI", "BaseDateTime", "LAT", "LON"])
        ships = frame["MMSI"].unique()
        part = frame[frame["MMSI"].isin(ships[: max(1, len(ships) * SAMPLE_ROWS // len(frame))])]
        began = time.perf_counter()
        points = geopandas.GeoDataFrame(
            part, geometry=geopandas.points_from_xy(part["LON"], part["LAT"]), crs=4326
        ).set_index("BaseDateTime")
        tracks = movingpandas.TrajectoryCollection(points, "MMSI")
        pieces = movingpandas.ObservationGapSplitter(tracks).split(gap=timedelta(seconds=GAP_SECONDS))
        spent = time.perf_counter() - began
        return {"pieces": len(pieces.trajectories), "as_if_all": spent * len(frame) / len(part)}

    return run


SIDES: dict[str, Callable[[str, str], Callable[[], Any]]] = {
    "all detectors": ours,
    "gaps and port calls": lambda file, ports: ours(file, ports, (*GAPS, "port_call")),
    "gaps": lambda file, ports: ours(file, ports, GAPS),
    "DuckDB aggregate": duckdb_aggregate,
    "polars read": polars_read,
    "pandas and shapely": pandas_shapely,
    "pipe-gaps": pipe_gaps,
    "MovingPandas": moving_pandas,
}


def side(name: str, file: str, ports: str) -> dict[str, Any]:
    """One run of one side in a process of its own: seconds, peak bytes, answer; ``missing`` where it is not there."""
    command = [sys.executable, __file__, "--side", name, "--file", file, "--ports", ports]
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as faults:
        with subprocess.Popen(command, stdout=told, stderr=faults) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        faults.seek(0)
        out, fault = told.read(), faults.read()
    if process.returncode:
        lines = fault.decode().strip().splitlines()
        return {"missing": lines[-1] if lines else f"ended in {process.returncode}"}
    unit = 1 if sys.platform == "darwin" else 1024
    return {**json.loads(out), "peak": usage.ru_maxrss * unit}


def run_side(name: str, file: str, ports: str) -> None:
    """What `side` starts."""
    run = SIDES[name](file, ports)
    began = time.perf_counter()
    answer = run()
    print(json.dumps({"seconds": time.perf_counter() - began, "answer": answer}))


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The quickest run, with the largest peak."""
    done = [run for run in runs if "missing" not in run]
    if not done:
        return runs[0]
    return {**min(done, key=lambda run: float(run["seconds"])), "peak": max(run["peak"] for run in done)}


def alternating(sides: list[tuple[str, str, str]], times: int) -> list[dict[str, Any]]:
    """The best of some runs of each side, taken in turns."""
    runs: list[list[dict[str, Any]]] = [[] for _ in sides]
    for _ in range(times):
        for taken, one in zip(runs, sides, strict=True):
            taken.append(side(*one))
    return [best(taken) for taken in runs]


def row(what: str, mine: dict[str, Any], against: str, theirs: dict[str, Any], goal: str) -> None:
    """A line of the table; the ratio is ours over theirs."""
    if "missing" in theirs or "missing" in mine:
        print(
            f"| {what} | | {against} | not measured: {theirs.get('missing', mine.get('missing'))} | | {goal} |",
            flush=True,
        )
        return
    answer = theirs["answer"]
    seconds = answer["as_if_all"] if isinstance(answer, dict) and "as_if_all" in answer else theirs["seconds"]
    ratio = mine["seconds"] / seconds
    told = f"{ratio:.2f}" if ratio >= 0.5 else f"1/{1 / ratio:.1f}"
    print(f"| {what} | {mine['seconds']:.2f} | {against} | {seconds:.2f} | {told} | {goal} |", flush=True)


def compare(folder: Path, rows: int, times: int) -> None:
    """The table of ratios."""
    csv, parquet = (str(path) for path in write_positions(folder, rows))
    few, many = (str(write_ports(folder, number)) for number in (20, 200))
    print(f"{rows:,} rows, 10,000 vessels\n")
    print("| measured | s | against | s | ratio | goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    mine, theirs = alternating([("all detectors", csv, few), ("DuckDB aggregate", csv, few)], times)
    row("CSV → all detectors", mine, "DuckDB aggregating the same columns", theirs, "2.5")
    peaks = {"CSV": mine["peak"]}
    mine, theirs = alternating([("all detectors", parquet, few), ("polars read", parquet, few)], times)
    row("Parquet → all detectors", mine, "polars reading the same columns", theirs, "5")
    peaks["Parquet"], events = mine["peak"], mine["answer"]
    for kind, file, goal in (("CSV", csv, "1/1.3"), ("Parquet", parquet, "1/3")):
        two, theirs = alternating([("gaps and port calls", file, few), ("pandas and shapely", file, few)], times)
        row(f"{kind} → gaps and port calls", two, "pandas and shapely", theirs, goal)
    gaps, theirs = alternating([("gaps", parquet, few), ("pipe-gaps", parquet, few)], times)
    row("Parquet → gaps", gaps, "pipe-gaps", theirs, "1/10")
    row("Parquet → gaps", gaps, "MovingPandas", side("MovingPandas", parquet, few), "1/100")
    more, less = alternating([("all detectors", parquet, many), ("all detectors", parquet, few)], times)
    row("Parquet, 200 polygons", more, "20 polygons", less, "1.3")
    told = ", ".join(f"{kind} {peak / 1e9:.2f} GB" for kind, peak in peaks.items())
    print(f"\nPeak memory: {told} (goal: 1.5 GB at 5,000,000 rows). Events from Parquet: {events}.")


def grow(folder: Path, sizes: tuple[int, ...]) -> None:
    """Time and memory against the number of rows."""
    few = str(write_ports(folder, 20))
    print("| rows | format | s | µs a row | peak GB |\n| --- | --- | --- | --- | --- |")
    for rows in sizes:
        for file in write_positions(folder, rows):
            one = best([side("all detectors", str(file), few) for _ in range(1 if rows > 5_000_000 else 2)])
            if "missing" in one:
                raise SystemExit(one["missing"])
            each = one["seconds"] / rows * 1e6
            print(
                f"| {rows:,} | {file.suffix[1:]} | {one['seconds']:.1f} | {each:.2f} | {one['peak'] / 1e9:.2f} |",
                flush=True,
            )
            file.unlink()


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--rows", type=int, default=5_000_000)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--grow", action="store_true")
    options.add_argument("--side", choices=SIDES)
    options.add_argument("--file", default="")
    options.add_argument("--ports", default="")
    given = options.parse_args()
    if given.side:
        run_side(given.side, given.file, given.ports)
        return
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        if given.grow:
            grow(Path(folder), (given.rows // 10, given.rows, given.rows * 10))
        else:
            compare(Path(folder), given.rows, given.times)


if __name__ == "__main__":
    main()
