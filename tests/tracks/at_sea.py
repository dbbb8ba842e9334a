"""Files of three days at sea, in which something of most kinds happens."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

HEADER = "MMSI,BaseDateTime,LAT,LON,SOG,Draft,VesselType,IMO,VesselName,CallSign"
DAY = 1_709_251_200
"""2024-03-01."""


def at_sea(folder: Path) -> list[str]:
    """Three days of twelve ships in four files that overlap: calls, silences, a jump, and one that falls silent."""
    lines: list[list[str]] = [[], [], [], []]
    for ship in range(12):
        mmsi, lat, lon = 273_000_001 + ship, 40.0 + ship / 10, 134.0
        for step in range(3 * 24 * 6):
            minute = step * 10 + ship % 7
            if ship == 3 and 600 < minute < 1200:  # silent for ten hours
                continue
            if ship == 4 and minute > 2400:  # not heard again
                continue
            north, east = lat + 0.01 * (step % 60), lon + 0.02 * step / (1 + ship)
            if ship in (5, 6) and 900 < minute < 1500:  # in Vostochny
                north, east = 42.735 + ship / 10_000, 133.07
            if ship == 7 and minute % 500 < 10:  # somewhere else for one position
                north += 5
            when = pd.Timestamp(DAY + 60 * minute, unit="s").strftime("%Y-%m-%dT%H:%M:%S")
            line = f"{mmsi},{when},{north:.5f},{east:.5f},{0.1 if ship in (5, 6) else 9.5},6.{ship % 10},80,IMO{9000001 + ship},SHIP {ship},"
            for file in {step % 4, (step * ship) % 4}:
                lines[file].append(line)
    lines[0].append("27312x,2024-03-01T00:00:00,1,1,,,,,,")
    lines[0].append("273000001,2024-03-01T00:00:00,1,1,,,,,,,one cell too many")
    paths = [folder / f"{number}.csv" for number in range(4)]
    for path, rows in zip(paths, lines, strict=True):
        path.write_text("\n".join([HEADER, *rows]) + "\n")
    return [str(path) for path in paths]
