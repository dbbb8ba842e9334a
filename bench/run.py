"""Measures the program against the plainest way of doing the same, in one run, and prints a Markdown table.

    make bench                 everything; about three minutes
    python bench/run.py --quick   10,000 and 100,000 rows only

Ratios are of the best of several alternating runs, so that a busy machine harms both sides alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import write_loadings, write_sightings

PROGRAM = (sys.executable, "-m", "vesseltrack")
SETTINGS = {**os.environ, "VESSELTRACK_TODAY": "2025-01-01"}
DELIVERIES = 1_000
NOTHING_SPENT = float("inf")


@dataclass(frozen=True)
class Cost:
    """The best of several runs."""

    seconds: float = NOTHING_SPENT
    peak_bytes: int = 0

    def better(self, other: Cost) -> Cost:
        """The quicker of two, with the larger peak."""
        return Cost(min(self.seconds, other.seconds), max(self.peak_bytes, other.peak_bytes))


def once(command: Sequence[str]) -> Cost:
    """Runs a command with its output thrown away; wall time and peak resident memory of that process.

    What looks for ships must find some (exit code 10), or there was nothing to measure.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=SETTINGS) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != (10 if {"check", "screen"} & set(command) else 0):
        raise SystemExit(f"{' '.join(command)} ended in {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB on Linux
    return Cost(seconds, usage.ru_maxrss * unit)


def alternating(commands: Sequence[Sequence[str]], times: int) -> list[Cost]:
    """The best of ``times`` runs of each command, taken in turns."""
    best = [Cost() for _ in commands]
    for _ in range(times):
        best = [known.better(once(command)) for known, command in zip(best, commands, strict=True)]
    return best


def check(file: Path) -> tuple[str, ...]:
    """The command that examines a file."""
    return (*PROGRAM, "check", str(file), "--format", "json")


def report(file: Path, draws: int) -> tuple[str, ...]:
    """The command that estimates a year."""
    return (*PROGRAM, "report", str(file), "--format", "json", "--draws", str(draws), "--fail-at", "none")


def read(file: Path) -> tuple[str, ...]:
    """The plainest way of reading a file: every cell as text, nothing checked."""
    return (sys.executable, "-c", f"import pandas; pandas.read_csv({str(file)!r}, dtype=str)")


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--quick", action="store_true", help="10,000 and 100,000 rows only")
    quick = options.parse_args().quick
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000)

    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| measured | against | seconds | against it | ratio | goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{rows}.csv" for rows in sizes]
        for rows, file in zip(sizes, files, strict=True):
            write_sightings(file, rows)
        ours, plain = alternating([check(files[-1]), read(files[-1])], 3)
        row(f"`check` of {sizes[-1]:,} rows", "`pandas.read_csv(dtype=str)`", ours, plain, "6.0")

        crowd, named = Path(folder) / "crowd.csv", Path(folder) / "named.csv"
        write_sightings(crowd, sizes[-1], ships=sizes[-1])
        write_sightings(named, sizes[-1], by_name=True)
        for file, what in ((crowd, "each row another ship"), (named, "ports by names not in the gazetteer")):
            hard, plain = alternating([check(file), read(file)], 3)
            row(f"the same, {what}", "`pandas.read_csv(dtype=str)`", hard, plain, "none")

        importing = (sys.executable, "-c", "import typer, rich")
        version, screen, imports = alternating(
            [(*PROGRAM, "--version"), (*PROGRAM, "screen", "CHON MA SAN"), importing], 15
        )
        row("`--version`", "`import typer, rich`", version, imports, "2.5")
        row('`screen "CHON MA SAN"`', "`import typer, rich`", screen, imports, "3.5")

        deliveries = Path(folder) / "deliveries.csv"
        write_loadings(deliveries, DELIVERIES)
        many, one = alternating([report(deliveries, draws) for draws in (10_000, 1)], 5)

        costs = [alternating([check(file)], 3)[0] for file in files[:-1]] + [ours]

    print(
        f"\n`report` of a year with {DELIVERIES:,} deliveries: {many.seconds:.2f} s with 10,000 draws, "
        f"{one.seconds:.2f} s with one: {many.seconds - one.seconds:.2f} s more (goal: at most 1.00)."
    )
    print(f"\nPeak memory of `check` of {sizes[-1]:,} rows: {ours.peak_bytes / 1e9:.2f} GB (goal: under 2 GB).\n")
    print("| rows | seconds | microseconds per further row |")
    print("| --- | --- | --- |")
    before_rows, before = 0, 0.0
    for rows, cost in zip(sizes, costs, strict=True):
        further = "" if not before_rows else f"{(cost.seconds - before) / (rows - before_rows) * 1e6:.1f}"
        print(f"| {rows:,} | {cost.seconds:.2f} | {further} |")
        before_rows, before = rows, cost.seconds


def row(what: str, against: str, ours: Cost, theirs: Cost, goal: str) -> None:
    """A line of the table."""
    ratio = ours.seconds / theirs.seconds
    print(f"| {what} | {against} | {ours.seconds:.3f} | {theirs.seconds:.3f} | {ratio:.2f} | {goal} |", flush=True)


if __name__ == "__main__":
    main()
