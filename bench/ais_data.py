"""Positions for the benchmark: ten thousand ships of one day in the columns of MarineCadastre, and ports around some.

Four in ten lie still, the others sail straight on; one in 33 is silent for nine hours; a hundredth of the rows lies in
the ports. The same for the same number of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

SHIPS = 10_000
DAY_SECONDS = 86_400
_CHUNK = 50
"""Positions of each ship that are made at once."""


def _ships(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    number = np.arange(SHIPS)
    return {
        "mmsi": 200_000_000 + number * 37_003 % 575_000_000,
        "lat": rng.uniform(-55, 65, SHIPS),
        "lon": rng.uniform(-175, 175, SHIPS),
        "course": rng.uniform(0, 2 * np.pi, SHIPS),
        "speed": np.where(rng.random(SHIPS) < 0.4, 0, rng.uniform(4, 16, SHIPS)),
        "name": np.where(rng.random(SHIPS) < 0.05, "", np.char.add("VESSEL ", number.astype(str))),
        "imo": np.where(rng.random(SHIPS) < 0.3, "", np.char.add("IMO", (9_000_000 + number).astype(str))),
        "call_sign": np.char.add("C", number.astype(str)),
        "type": rng.choice([30, 31, 52, 60, 70, 70, 70, 80, 80, 89], SHIPS),
        "draught": np.round(rng.uniform(2, 15, SHIPS), 1),
    }


def _tables(rows: int, seed: int) -> Iterator[pa.Table]:
    ships, rng = _ships(seed), np.random.default_rng(seed + 1)
    each = rows // SHIPS
    step = DAY_SECONDS / max(each, 1) if rows <= 10_000_000 else 17.0
    begin = np.datetime64("2024-03-01T00:00:00", "s")
    for first in range(0, each, _CHUNK):
        turn = np.arange(first, min(first + _CHUNK, each))
        time = (turn[:, None] * step + rng.uniform(0, step * 0.9, (len(turn), SHIPS))).ravel()
        ship = np.tile(np.arange(SHIPS), len(turn))
        in_order = np.argsort(time, kind="stable")
        time, ship = time[in_order], ship[in_order]
        quiet = (ship % 33 == 0) & (time % DAY_SECONDS > 30_000) & (time % DAY_SECONDS < 30_000 + 9 * 3600)
        time, ship = time[~quiet], ship[~quiet]
        speed, course, count = ships["speed"][ship], ships["course"][ship], len(ship)
        way = speed * np.minimum(time, 3 * DAY_SECONDS) / 3600 / 60
        lat = ships["lat"][ship] + way * np.cos(course) + rng.normal(0, 2e-4, count)
        lon = (
            ships["lon"][ship]
            + way * np.sin(course) / np.cos(np.radians(ships["lat"][ship]))
            + rng.normal(0, 2e-4, count)
        )
        sog = np.clip(speed + rng.normal(0, 0.2, count), 0, None).round(1)
        yield pa.table(
            {
                "MMSI": ships["mmsi"][ship],
                "BaseDateTime": begin + time.astype("timedelta64[s]"),
                "LAT": np.clip(lat, -80, 80).round(5),
                "LON": ((lon + 180) % 360 - 180).round(5),
                "SOG": np.where(rng.random(count) < 0.003, 102.3, sog),
                "COG": np.degrees(course).round(1),
                "Heading": np.where(rng.random(count) < 0.5, 511.0, 200.0),
                "VesselName": ships["name"][ship],
                "IMO": ships["imo"][ship],
                "CallSign": ships["call_sign"][ship],
                "VesselType": ships["type"][ship],
                "Status": np.zeros(count, dtype=np.int64),
                "Length": np.full(count, 120),
                "Width": np.full(count, 20),
                "Draft": ships["draught"][ship],
                "Cargo": ships["type"][ship],
                "TransceiverClass": np.full(count, "A"),
            }
        )


def write_positions(folder: Path, rows: int, seed: int = 1) -> tuple[Path, Path]:
    """A CSV and a Parquet file of about ``rows`` positions in order of time; above 10,000,000 more than one day."""
    csv, parquet = folder / f"ais-{rows}.csv", folder / f"ais-{rows}.parquet"
    writers: list[pa.csv.CSVWriter | pa.parquet.ParquetWriter] = []
    for table in _tables(rows, seed):
        text = pa.compute.strftime(table["BaseDateTime"], "%Y-%m-%dT%H:%M:%S")
        written = table.set_column(1, "BaseDateTime", text)
        if not writers:
            plain = pa.csv.WriteOptions(quoting_style="none", quoting_header="none")
            writers = [
                pa.csv.CSVWriter(csv, written.schema, write_options=plain),
                pa.parquet.ParquetWriter(parquet, table.schema),
            ]
        writers[0].write(written)
        writers[1].write(table)
    for writer in writers:
        writer.close()
    return csv, parquet


def write_ports(folder: Path, number: int, seed: int = 1) -> Path:
    """GeoJSON of ports of about 0.1 degree, each around a ship that lies still; the more, the smaller."""
    ships = _ships(seed)
    still = np.flatnonzero(ships["speed"] == 0)[:: max(1, SHIPS // 3 // number)][:number]
    features = []
    for count, ship in enumerate(still):
        lat, lon = ships["lat"][ship], ships["lon"][ship]
        angles = np.linspace(0, 2 * np.pi, 40)
        size = 0.06 + 0.02 * np.cos(5 * angles)
        ring = np.stack([lon + size * np.cos(angles) / np.cos(np.radians(lat)), lat + size * np.sin(angles)], axis=1)
        ring[-1] = ring[0]
        shape = {"type": "Polygon", "coordinates": [ring.round(5).tolist()]}
        features.append({"type": "Feature", "properties": {"name": f"Port {count}"}, "geometry": shape})
    path = folder / f"ports-{number}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path
