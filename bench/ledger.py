"""Speed and memory of the ledger: a million sightings ingested and checked beside a bare ``executemany`` of the rows.

python bench/ledger.py [ROWS]
"""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import COLUMNS, write_sightings

PROGRAM = (sys.executable, "-m", "vesseltrack")


def bare(file: Path, ledger: Path) -> float:
    """Seconds to write the rows of a file as text into a table without keys or checks, with one commit to the disk."""
    begun = time.perf_counter()
    connection = sqlite3.connect(ledger, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE rows ({', '.join(COLUMNS)})")
    connection.execute("BEGIN IMMEDIATE")
    with file.open(newline="", encoding="utf-8") as text:
        rows = csv.reader(text)
        next(rows)
        connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - begun


def ours(*arguments: str | Path) -> tuple[float, int]:
    """Seconds and peak bytes of a command."""
    begun = time.perf_counter()
    command = subprocess.Popen([*PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    if command.returncode not in (0, 3, 10, 11):
        raise SystemExit(f"{arguments[0]} ended in {command.returncode}")
    return time.perf_counter() - begun, used.ru_maxrss * 1024


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        file, ledger, more = Path(folder) / "rows.csv", Path(folder) / "l.sqlite3", Path(folder) / "more.csv"
        write_sightings(file, rows)
        write_sightings(more, 100, seed=2)
        plain = bare(file, Path(folder) / "bare.sqlite3")
        print(f"{rows:,} rows; bare `executemany` of the rows from the file: {plain:.1f} s\n")
        print("| measured | seconds | ratio | peak memory |\n| --- | --- | --- | --- |")
        for what, *arguments in (
            ("`ingest` into a new ledger", "ingest", file),
            ("`ingest` of the same again", "ingest", file),
            ("`check` of the ledger", "check", "--format", "json"),
            ("`run` of it", "run"),
            ("`run` with 100 rows more", "run", more),
            ("`run` of 100 rows into a new ledger", "run", more, "--ledger", Path(folder) / "few.sqlite3"),
            ("`ledger verify`", "ledger", "verify"),
        ):
            seconds, peak = ours(*arguments, *(() if "--ledger" in arguments else ("--ledger", ledger)))
            print(f"| {what} | {seconds:.1f} | {seconds / plain:.1f} | {peak / 1e9:.2f} GB |", flush=True)


if __name__ == "__main__":
    main()
