"""Measures the engines of `tracks` beside each other: what docs/scale.md reckons from.

    python bench/spark.py                        5,000,000 rows; about five minutes
    python bench/spark.py --rows 1000000         fewer
    python bench/spark.py --files a.csv b.parquet

DuckDB and Spark get two cores each, Spark once in one process and once as a master and two workers on this machine.
Every part has a process of its own; starting Java is told apart. The same events must come of all.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ais_data import write_positions

ROOT = Path(__file__).parents[1]
ENGINES = ("duckdb", "local[2]", "cluster")


def measured(name: str, file: str, folder: Path) -> dict[str, Any]:
    """Seconds for each stage, with one engine."""
    import pyarrow as pa

    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.tracks.detectors.periods import periods
    from vesseltrack.tracks.detectors.steps import telling_steps
    from vesseltrack.tracks.engines.duckdb import DuckDBEngine
    from vesseltrack.tracks.engines.spark import SparkEngine
    from vesseltrack.tracks.formats.recognising import recognise
    from vesseltrack.tracks.geofence import build_fence
    from vesseltrack.tracks.thresholds import Thresholds
    from vesseltrack.tracks.tracking import track

    limits, gazetteer, inputs = Thresholds(), load_gazetteer(), folder / "inputs"
    inputs.mkdir()
    cells = build_fence(gazetteer.ground, limits.call_margin_m).cells["cell"].unique()
    table = pa.table({"cell": cells, "fenced": [True] * len(cells)})
    told: dict[str, Any] = {"engine": name, "file": Path(file).suffix[1:]}
    began = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal began
        told[stage], began = round(time.perf_counter() - began, 2), time.perf_counter()

    engine: Any = DuckDBEngine(folder, threads=2) if name == "duckdb" else SparkEngine(name, folder, memory="4g")
    lap("start")
    recognised = recognise([file], inputs)
    began = time.perf_counter()
    rows = engine.read(recognised.sources)
    lap("read")
    engine.keep(telling_steps(rows.positions, engine.known(table, "fenced"), limits), "steps")
    lap("steps")
    engine.keep(periods(rows.positions), "periods")
    lap("periods")
    if name != "duckdb":
        workers = engine._context._jsc.sc().statusStore().executorList(False)
        each = [workers.apply(number) for number in range(workers.size())]
        told["shuffled_mb"] = round(sum(one.totalShuffleWrite() for one in each) / 1e6)
        told["kept_mb"] = round(sum(one.memoryUsed() + one.diskUsed() for one in each) / 1e6)
    began = time.perf_counter()
    found = track(engine, recognised, gazetteer, limits)
    lap("all")
    told["rows"], told["events"] = found.read, found.events.to_csv(index=False)
    engine.close()
    return told


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--files", nargs="*")
    parser.add_argument("--engines", nargs="*", default=ENGINES)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.one:
            print(json.dumps(measured(asked.one[0], asked.one[1], Path(folder))))
            return
        files = asked.files or [str(path) for path in write_positions(Path(folder), asked.rows)]
        _table([_apart(engine, file, Path(folder)) for file in files for engine in asked.engines])


def _apart(engine: str, file: str, folder: Path) -> dict[str, Any]:
    """Measured in a process of its own, with a cluster around it where one is asked for."""
    sys.path.insert(0, str(ROOT / "tests" / "tracks" / "engines"))
    from cluster import Cluster, environment  # type: ignore[import-not-found]

    around = environment(folder, "4g", "-XX:+UseG1GC")
    running = Cluster(folder, around, "4096m") if engine == "cluster" else None
    try:
        ran = subprocess.run(
            [sys.executable, __file__, "--one", running.url if running else engine, file],
            env={**os.environ, **around}, check=True, capture_output=True, text=True,
        )  # fmt: skip
    finally:
        if running:
            running.close()
    return {**json.loads(ran.stdout.splitlines()[-1]), "engine": engine}


def _table(measured: list[dict[str, Any]]) -> None:
    stages = ("start", "read", "steps", "periods", "all")
    heads = ("file", "engine", *(f"{stage}, s" for stage in stages), "rows/s and core", "shuffled", "kept")
    print("|", " | ".join(heads), "|\n|", " | ".join(["---"] * len(heads)), "|")
    for one in measured:
        rate = one["rows"] / (one["read"] + one["steps"] + one["periods"]) / 2
        cells = [one["file"], one["engine"], *(one[stage] for stage in stages)]
        sizes = [f"{one[size]} MB" if size in one else "" for size in ("shuffled_mb", "kept_mb")]
        print("|", " | ".join([*map(str, cells), f"{rate:,.0f}", *sizes]), "|")
    answers = {(one["file"], one["events"]) for one in measured}
    same = len(answers) == len({file for file, _ in answers})
    print(f"\nthe same events: {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
