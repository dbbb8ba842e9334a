"""From the columns of a file to those of the schema: one projection in the SQL that DuckDB and Spark share.

AIS says "not available" by values outside the range: latitude 91, longitude 181, speed 102.3 kn, draught 0, type 0, IMO
number 0 (ITU-R M.1371-5, tables 48 and 53); these become null here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vesseltrack.tracks.formats.source import Source

POSITION_COLUMNS = ("mmsi", "time", "lat", "lon", "sog", "draught")
STATIC_COLUMNS = ("ship_type", "imo", "name", "call_sign")

_NUMBERS = {"lat", "lon", "sog", "draught"}
_WHOLE = {"mmsi", "imo", "ship_type"}


@dataclass(frozen=True)
class Dialect:
    """What the two engines write differently."""

    time: Mapping[str, Callable[[str], str]]
    """By form of time, from an expression to whole seconds since 1970, UTC, or null."""


def projection(source: Source, dialect: Dialect) -> dict[str, str]:
    """An expression for each column of the schema, over the columns of the source."""
    plain = {name: source.select.get(name) for name in (*POSITION_COLUMNS, *STATIC_COLUMNS)}
    missing = {name: f"CAST(NULL AS {_type(name)})" for name in plain}
    given = {name: f"({text})" if text else missing[name] for name, text in plain.items()}
    time = dialect.time[source.time_form](given["time"])
    mmsi, lat, lon = given["mmsi"], given["lat"], given["lon"]
    sog, draught, imo = given["sog"], given["draught"], given["imo"]
    columns = {
        "mmsi": f"CAST({mmsi} AS INTEGER)",
        "time": f"CAST({time} AS BIGINT)",
        "lat": f"CAST(CASE WHEN {_on_globe(lat, lon)} THEN FLOOR({lat} * 1000000 + 0.5) END AS INTEGER)",
        "lon": f"CAST(CASE WHEN {_on_globe(lat, lon)} THEN FLOOR({lon} * 1000000 + 0.5) END AS INTEGER)",
        "sog": f"CAST(CASE WHEN {sog} >= 0 AND {sog} < 102.25 THEN FLOOR({sog} * 10 + 0.5) END AS SMALLINT)",
        "draught": f"CAST(CASE WHEN {draught} > 0 AND {draught} <= 25.55 THEN FLOOR({draught} * 10 + 0.5) END"
        " AS SMALLINT)",
        "ship_type": f"CAST(CASE WHEN {given['ship_type']} BETWEEN 1 AND 255 THEN {given['ship_type']} END AS SMALLINT)",
        "imo": f"CAST(CASE WHEN {imo} BETWEEN 1000000 AND 9999999 THEN {imo} END AS INTEGER)",
        "name": f"NULLIF({given['name']}, '')",
        "call_sign": f"NULLIF({given['call_sign']}, '')",
    }
    says_who = " AND ".join(f"{plain[name]} IS NULL" for name in STATIC_COLUMNS if plain[name]) or "TRUE"
    columns["reject"] = (
        "CAST(CASE"
        f" WHEN {mmsi} BETWEEN 112000000 AND 969999999 AND {time} IS NOT NULL AND {_on_globe(lat, lon)} THEN 0"
        f" WHEN {mmsi} IS NULL THEN 1"
        f" WHEN {mmsi} < 100000000 OR {mmsi} BETWEEN 111000000 AND 111999999 OR {mmsi} BETWEEN 970000000 AND 974999999"
        f" OR {mmsi} >= 990000000 THEN 2"
        f" WHEN {time} IS NULL THEN 3"
        f" WHEN ({lat} IS NULL OR {lon} IS NULL OR {lat} = 91 OR {lon} = 181)"
        f" THEN CASE WHEN {says_who} THEN 4 ELSE 0 END"
        f" WHEN NOT {_on_globe(lat, lon)} THEN 5"
        " ELSE 0 END AS TINYINT)"
    )
    return columns


def _on_globe(lat: str, lon: str) -> str:
    return f"({lat} BETWEEN -90 AND 90 AND {lon} BETWEEN -180 AND 180)"


def _type(name: str) -> str:
    return "DOUBLE" if name in _NUMBERS else "INTEGER" if name in _WHOLE else "VARCHAR(100)"
