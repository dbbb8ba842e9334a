"""Rows that ships sent, written as tuples, as an engine holds them."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from typing import NamedTuple

import narwhals as nw
import pyarrow as pa

from vesseltrack.tracks.engines.engine import Engine

HOUR = 3600


class Fix(NamedTuple):
    """One position: millionths of a degree, tenths of a knot."""

    mmsi: int
    time: int
    lat: int
    lon: int
    sog: int | None = None


class Static(NamedTuple):
    """What a ship called itself."""

    mmsi: int
    time: int
    name: str | None = None
    imo: int | None = None
    call_sign: str | None = None
    ship_type: int | None = None


_FIX = {"mmsi": pa.int32(), "time": pa.int64(), "lat": pa.int32(), "lon": pa.int32(), "sog": pa.int16()}
_STATIC = {"mmsi": pa.int32(), "time": pa.int64(), "name": pa.string(), "imo": pa.int32(), "call_sign": pa.string(),
           "ship_type": pa.int16()}  # fmt: skip


def positions(engine: Engine, fixes: Iterable[Fix]) -> nw.LazyFrame:
    rows = [(*fix, None) for fix in fixes]
    return engine.known(_table(rows, {**_FIX, "draught": pa.int16()}), "positions")


def statics(engine: Engine, said: Iterable[Static]) -> nw.LazyFrame:
    return engine.known(_table(list(said), _STATIC), "statics")


def _table(rows: list[tuple], columns: dict[str, pa.DataType]) -> pa.Table:
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    return pa.table(
        {name: pa.array(list(cell), kind) for (name, kind), cell in zip(columns.items(), cells, strict=True)}
    )


def offset(lat: int, lon: int, north_m: float = 0, east_m: float = 0) -> tuple[int, int]:
    """A position some metres away, on a plane; longitudes pass 180 degrees as AIS writes them."""
    metre = 1_000_000 / 111_195.08
    moved = lon + east_m * metre / cos(radians(lat / 1e6))
    return round(lat + north_m * metre), round((moved + 180e6) % 360e6 - 180e6)
