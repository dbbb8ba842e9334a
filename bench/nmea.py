"""Messages per second of NMEA sentences to Parquet, beside pyais alone on the same sentences; prints a Markdown table.

python bench/nmea.py [MESSAGES]

On one core processor time is taken, so that other work on the machine harms little; on several the time on the wall.

Of the messages 60 % are of types 1, 2 and 3, 20 % of type 18, 10 % of type 5 (two sentences) and 10 % of type 24, each
sentence with a tag block.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyais
import pyarrow.parquet as pq
from pyais.messages import TagBlock

from vesseltrack.tracks.formats import decoding
from vesseltrack.tracks.formats.opening import Held

DIFFERENT = 20_000
"""Messages encoded; they are repeated with other times, because encoding takes longer than decoding."""

RUNS = 3


def encoded(random_: random.Random, number: int) -> list[str]:
    """The sentences of a message."""
    kind = random_.choices((1, 2, 3, 18, 5, 24), (40, 5, 15, 20, 10, 10))[0]
    ship = random_.randrange(10_000)
    message: dict[str, Any] = {"type": kind, "mmsi": 201_000_000 + ship}
    if kind in (1, 2, 3, 18):
        message |= {"lat": random_.uniform(-80, 80), "lon": random_.uniform(-180, 180), "turn": random_.randint(-9, 9)}
        message |= {"speed": random_.uniform(0, 20), "course": random_.uniform(0, 359), "heading": 511}
    elif kind == 5:
        message |= {"imo": 9_000_000 + ship, "shipname": f"VESSEL {ship:05}", "callsign": f"C{ship:05}"}
        message |= {"ship_type": 80, "draught": 12.1, "destination": "VOSTOCHNY", "to_bow": 150, "to_stern": 30}
    else:
        message |= {"partno": number % 2, "shipname": f"VESSEL {ship:05}", "callsign": f"C{ship:05}", "ship_type": 37}
    return pyais.encode_dict(message, talker_id="AI", seq_id=number % 10)


def write(file: Path, messages: int) -> list[list[bytes]]:
    """Write a log, and return its messages without tag blocks, as pyais wants them."""
    random_ = random.Random(7)
    different = [encoded(random_, number) for number in range(DIFFERENT)]
    chosen = [different[number % DIFFERENT] for number in range(messages)]
    with file.open("w", encoding="ascii") as log:
        for number, sentences in enumerate(chosen):
            tag: dict[str, Any] = {"source_station": "r003669945", "receiver_timestamp": 1_709_251_200 + number // 100}
            block = TagBlock.create_str(**tag)
            log.writelines(f"\\{block}\\{sentence}\n" for sentence in sentences)
    return [[sentence.encode() for sentence in sentences] for sentences in chosen]


def seconds(function: Callable[[], None], clock: Callable[[], float]) -> float:
    """The least of several runs."""
    times = []
    for _ in range(RUNS):
        begun = clock()
        function()
        times.append(clock() - begun)
    return min(times)


def main() -> None:
    """Measure and print."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.nmea"
        sentences = write(file, messages)

        def ours() -> None:
            source = decoding.nmea_source(Held(file.name, file), Path(tempfile.mkdtemp(dir=folder)))
            rows = sum(pq.read_metadata(path).num_rows for path in source.paths)
            if (rows, source.rejected) != (messages, {}):
                raise SystemExit(f"{rows} rows of {messages}; rejected: {source.rejected}")

        def theirs() -> None:
            for parts in sentences:
                pyais.decode(*parts, error_if_checksum_invalid=True)

        cores = len(os.sched_getaffinity(0))
        measured = {f"NMEA to Parquet, {cores} cores": seconds(ours, time.perf_counter)}
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        measured["NMEA to Parquet, 1 core"] = seconds(ours, time.process_time)
        measured[f"`pyais.decode` {version('pyais')} alone, 1 core"] = seconds(theirs, time.process_time)
    print(f"{messages:,} messages, {sum(map(len, sentences)):,} sentences; Python {platform.python_version()}\n")
    print("| measured | messages a second |\n| --- | --- |")
    for what, took in measured.items():
        print(f"| {what} | {messages / took:,.0f} |")


if __name__ == "__main__":
    main()
