"""Two ships side by side, hardly moving, away from ports: how oil changes ships at sea.

Pairs are found by joins on whole numbers: first ships that lay in the same or in neighbouring cells within six hours,
then those of them that were heard in the same ten minutes. As crowds are left aside, a ship has few neighbours, and the
work grows with the rows and not with their square.
"""

from __future__ import annotations

from math import ceil, cos, radians
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa

from vesseltrack.ports.geometry import METRES_PER_DEGREE
from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.detectors.periods import PERIOD_SECONDS
from vesseltrack.tracks.geofence import cell_of
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, about_km, degrees, exact_km, quotient
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    import pandas as pd

    from vesseltrack.tracks.engines.engine import Engine, Frame
    from vesseltrack.tracks.thresholds import Thresholds

_TURN = 360 * MILLIONTHS
_BLOCK = 36
"""Periods in the six hours for which neighbours are looked for at once."""

_FARTHEST_LAT = 80
"""Cells stay wide enough up to here; with cells twice as wide as need be no meeting is missed up to 85 degrees."""

_ROUGHLY = 1.01
"""Of a distance: what is chosen in the engine, to be measured exactly."""

_HALF_AROUND = pa.table({"up": pa.array([0, 0, 1, 1, 1], pa.int32()), "right": pa.array([0, 1, -1, 0, 1], pa.int32())})
"""A cell and half of its neighbours; the other half find it."""


class Meetings(NamedTuple):
    """What `meetings` gives."""

    found: pd.DataFrame
    """Rows in the columns of `FOUND`."""

    crowded: int
    """Ship-periods that were left aside because many ships lay there."""


def meetings(engine: Engine, periods: Frame, still_places: Frame, known: pd.DataFrame, limits: Thresholds) -> Meetings:
    """Pairs of ships that lay together.

    The distance is that between the middles of what each ship sent in a period of ten minutes. A meeting lasts from the
    first fix of the first common period to the last fix of the last one; more than ``meeting_break_hours`` without a
    common period end it. A ship is slow if every speed it sent is below ``meeting_kn``; one that sends none, if its
    positions of the period lie within the way that this speed makes in it. More than ``crowd`` slow ships within about
    a kilometre in one period are a harbour or an anchorage, in the gazetteer or not, and no meetings.

    Args:
        engine: see `Engine`.
        periods: see `periods.periods`, kept.
        still_places: ``cell``, each once: cells wholly within ``meeting_port_km`` of a port, to be left out at once;
            the caller tests the meetings in other cells exactly.
        known: ``mmsi, ship_type``, see `identities.known_as`; tankers are the types 80 to 89.
        limits: see `Thresholds`.

    Returns:
        Meetings, each pair once, under the tanker if just one is a tanker, else under the lower MMSI. ``lat, lon``:
        the middle of both where they were closest; ``end_lat, end_lon``: in the last period. ``distance_km``: the
        least. ``speed_kn``: the mean of the least and greatest speeds sent in each period. ``confidence``: 2; one more
        if both are tankers; one more from ``meeting_sure_hours`` on, since a transfer of oil takes its time; one less
        if less than ``meeting_heard_share`` of the periods from first to last have both ships. ``detail``: ``hours``,
        ``periods`` in common, ``tankers`` (0 to 2).
    """
    slow = engine.keep(_slow(periods, still_places, limits), "slow")
    crowds = engine.keep(_crowds(slow, limits), "crowds")
    crowded = sum(engine.collect(crowds)["ships"].to_pylist())
    if crowded:
        slow = engine.keep(_with_km_cells(slow).join(crowds, on=["period", "row", "col"], how="anti"), "sparse")
    around = engine.known(_HALF_AROUND, "around")
    pairs = engine.keep(_neighbours(slow, around, limits), "neighbours")
    together = engine.keep(_together(slow, pairs, limits), "together")
    rows = engine.collect(_long_enough(together, limits)).to_pandas()
    return Meetings(_graded(_whole(_measured(rows, limits), limits), known, limits), crowded)


def _slow(periods: Frame, still_places: Frame, limits: Thresholds) -> Frame:
    """Periods of slow ships away from ports, with their middle: ``north`` of the South Pole, ``east`` of Greenwich."""
    way = limits.meeting_kn * KM_PER_KNOT_HOUR * PERIOD_SECONDS / 3600
    extent = about_km(nw.col("lat_min"), nw.col("lon_min"), nw.col("lat_max"), nw.col("lon_max"))
    north = quotient(nw.col("lat_min") + nw.col("lat_max") + _TURN // 2, 2)
    east = quotient(nw.col("lon_min") + nw.col("lon_max") + 2 * _TURN, 2)
    lon = nw.when(nw.col("east") < _TURN // 2).then(nw.col("east")).otherwise(nw.col("east") - _TURN)
    return (
        periods.filter((nw.col("sog_max") < limits.meeting_kn * 10) | (nw.col("sog_max").is_null() & (extent <= way)))
        .select("mmsi", "period", "first", "last", "sog_min", "sog_max", north=north.cast(nw.Int32), east=east)
        .with_columns(east=(nw.col("east") % _TURN).cast(nw.Int32))
        .with_columns(cell=cell_of(nw.col("north") - _TURN // 4, lon))
        .join(still_places, on="cell", how="anti")
        .drop("cell")
    )


def _with_km_cells(slow: Frame) -> Frame:
    """Cells of 1/100 degree of latitude and about as many kilometres of longitude, ``row, col``.

    The width follows 4 (8100 - d^2) / (32400 + d^2), which is the cosine of d degrees to 0.2 % (Bhaskara I), so that no
    engine's cosine has a say.
    """
    size = MILLIONTHS // 100
    from_equator = (quotient(nw.col("north"), MILLIONTHS) - 90).abs()
    degree = nw.when(from_equator < _FARTHEST_LAT).then(from_equator).otherwise(nw.lit(_FARTHEST_LAT))
    square = nw.col("degree") * nw.col("degree")
    return (
        slow.with_columns(degree=degree.cast(nw.Int32))
        .with_columns(width=quotient(size // 4 * (square + 32400), 8100 - square))
        .with_columns(row=quotient(nw.col("north"), size), col=quotient(nw.col("east"), nw.col("width")))
        .drop("degree", "width")
    )


def _crowds(slow: Frame, limits: Thresholds) -> Frame:
    """Where and when too many ships lay: ``row, col, period, ships``."""
    counted = _with_km_cells(slow).group_by("row", "col", "period").agg(ships=nw.len())
    return counted.filter(nw.col("ships") > limits.crowd)


def _neighbours(slow: Frame, around: Frame, limits: Thresholds) -> Frame:
    """Ships that may have been near enough to each other within six hours: ``mmsi, other, block``, lower MMSI first."""
    stays = _stays(slow, limits)
    columns = _columns(limits)
    beside = stays.join(around, how="cross").select(
        "block",
        row=nw.col("row") + nw.col("up"),
        col=(nw.col("col") + nw.col("right") + columns) % columns,
        **{f"other_{name}": nw.col(name) for name in ("mmsi", "lat", "lon", "reach")},
    )
    km = about_km(nw.col("lat"), nw.col("lon"), nw.col("other_lat"), nw.col("other_lon"))
    near = km <= (nw.col("reach") + nw.col("other_reach") + limits.meeting_km) * _ROUGHLY
    both = stays.join(beside, on=["block", "row", "col"], how="inner")
    pair = {"mmsi": nw.min_horizontal("mmsi", "other_mmsi"), "other": nw.max_horizontal("mmsi", "other_mmsi")}
    return both.filter((nw.col("mmsi") != nw.col("other_mmsi")) & near).select("block", **pair).unique()


def _stays(slow: Frame, limits: Thresholds) -> Frame:
    """The cells each ship was slow in, by six hours; the middle of its positions there, and how far they reach, in km.

    A cell is twice as high as ships that meet are apart, so that a ship at anchor seldom has more than one.
    """
    height = _height(limits)
    col = quotient(nw.col("east").cast(nw.Int64) * _columns(limits), _TURN)
    cells = slow.select(
        "mmsi",
        "north",
        "east",
        block=quotient(nw.col("period"), _BLOCK),
        row=quotient(nw.col("north"), height),
        col=col,
    )
    boxes = cells.group_by("mmsi", "block", "row", "col").agg(
        low=nw.col("north").min(), high=nw.col("north").max(), west=nw.col("east").min(), east=nw.col("east").max()
    )
    lat, other_lat = nw.col("low") - _TURN // 4, nw.col("high") - _TURN // 4
    return boxes.select(
        "mmsi", "block", "row", "col",
        lat=(lat.cast(nw.Float64) + other_lat) / 2,
        lon=(nw.col("west").cast(nw.Float64) + nw.col("east")) / 2,
        reach=about_km(lat, nw.col("west"), other_lat, nw.col("east")) / 2,
    )  # fmt: skip


def _height(limits: Thresholds) -> int:
    return ceil(2 * limits.meeting_km * 1000 / METRES_PER_DEGREE * MILLIONTHS)


def _columns(limits: Thresholds) -> int:
    return int(_TURN * cos(radians(_FARTHEST_LAT)) / _height(limits))


def _together(slow: Frame, pairs: Frame, limits: Thresholds) -> Frame:
    """The periods in which two ships were about near enough."""
    theirs = slow.rename({name: f"other_{name}" for name in slow.collect_schema().names() if name != "period"})
    both = (
        slow.with_columns(block=quotient(nw.col("period"), _BLOCK))
        .join(pairs, on=["mmsi", "block"], how="inner")
        .join(theirs, left_on=["other", "period"], right_on=["other_mmsi", "period"], how="inner")
    )
    km = about_km(
        nw.col("north") - _TURN // 4, nw.col("east"), nw.col("other_north") - _TURN // 4, nw.col("other_east")
    )
    names = ("sog_min", "sog_max", "north", "east")
    return both.filter(km <= limits.meeting_km * _ROUGHLY).select(
        "mmsi", "other", "period", *names, *(f"other_{name}" for name in names),
        first=nw.min_horizontal("first", "other_first"), last=nw.max_horizontal("last", "other_last"),
    )  # fmt: skip


def _long_enough(together: Frame, limits: Thresholds) -> Frame:
    """The periods that belong to what lasts long enough."""
    pair = ("mmsi", "other")
    before = nw.col("last").shift(1).over(*pair, order_by="period")
    broken = nw.col("first") - nw.col("before") > limits.meeting_break_hours * 3600
    told = (
        together.with_columns(before=before)
        .with_columns(begins=nw.when(broken).then(nw.lit(1)).otherwise(nw.lit(0)))
        .with_columns(meeting=nw.col("begins").cum_sum().over(*pair, order_by="period"))
        .drop("before", "begins")
    )
    whole = told.group_by(*pair, "meeting").agg(since=nw.col("first").min(), until=nw.col("last").max())
    long = whole.filter(nw.col("until") - nw.col("since") >= limits.meeting_hours * 3600)
    return told.join(long.select(*pair, "meeting"), on=[*pair, "meeting"], how="semi").drop("meeting")


def _measured(rows: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Periods in which two ships were near enough, by exact distance, and the middle between them, in order."""
    rows = rows.sort_values(["mmsi", "other", "period"], ignore_index=True)
    at = {name: rows[name].to_numpy(np.int64) for name in ("north", "east", "other_north", "other_east")}
    lat, lon = degrees(at["north"]) - 90, degrees(at["east"])
    rows["km"] = exact_km(lat, lon, degrees(at["other_north"]) - 90, degrees(at["other_east"]))
    rows["lat"] = degrees(at["north"] + at["other_north"]) / 2 - 90
    apart = (at["other_east"] - at["east"] + _TURN // 2) % _TURN - _TURN // 2
    rows["lon"] = (degrees(2 * at["east"] + apart) / 2 + 180) % 360 - 180
    speeds = rows[["sog_min", "sog_max", "other_sog_min", "other_sog_max"]]
    rows["sent"], rows["tenths"] = speeds.notna().sum(axis=1), speeds.fillna(0).sum(axis=1)
    near = rows["km"] <= limits.meeting_km
    return rows.loc[near].reset_index(drop=True)


def _whole(rows: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """The periods of a meeting become one row."""
    before = rows.groupby(["mmsi", "other"])["last"].shift(1)
    begins = ~(rows["first"] - before <= limits.meeting_break_hours * 3600)
    grouped = rows.groupby(begins.cumsum().to_numpy())
    met = grouped.agg(
        mmsi=("mmsi", "first"), other_mmsi=("other", "first"), start=("first", "min"), end=("last", "max"),
        since=("period", "first"), until=("period", "last"), periods=("period", "size"), distance_km=("km", "min"),
        end_lat=("lat", "last"), end_lon=("lon", "last"), sent=("sent", "sum"), tenths=("tenths", "sum"),
    )  # fmt: skip
    closest = rows.loc[grouped["km"].idxmin()]
    met = met.assign(lat=closest["lat"].to_numpy(), lon=closest["lon"].to_numpy(), seconds=met["end"] - met["start"])
    long = met["seconds"] >= limits.meeting_hours * 3600
    return met.loc[long].reset_index(drop=True)


def _graded(met: pd.DataFrame, known: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """With the tanker first, and a confidence; in the columns of `FOUND`."""
    types = known["ship_type"].between(80, 89).fillna(False).to_numpy(np.bool_)
    tankers = known.loc[types, "mmsi"].to_numpy()
    mmsi, other = met["mmsi"].to_numpy(), met["other_mmsi"].to_numpy()
    first, second = np.isin(mmsi, tankers), np.isin(other, tankers)
    swapped = ~first & second
    many = first.astype(int) + second
    thin = met["periods"] < limits.meeting_heard_share * (met["until"] - met["since"] + 1)
    sure = met["seconds"] >= limits.meeting_sure_hours * 3600
    kept = ("start", "end", "lat", "lon", "end_lat", "end_lon", "distance_km")
    columns = {
        **{name: met[name].to_numpy() for name in kept},
        "mmsi": np.where(swapped, other, mmsi),
        "other_mmsi": np.where(swapped, mmsi, other),
        "confidence": 2 + (many == 2) + sure.to_numpy(int) - thin.to_numpy(int),
        "speed_kn": (met["tenths"] / met["sent"].where(met["sent"] > 0) / 10).to_numpy(),
        "detail": [
            f"hours={seconds / 3600:.1f};periods={periods};tankers={tankers}"
            for seconds, periods, tankers in zip(met["seconds"], met["periods"], many, strict=True)
        ],
    }
    return found("meeting", columns, len(met))
