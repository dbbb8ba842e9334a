"""Port calls: a ship comes into a port, stays or passes, and leaves it by more than a margin.

| confidence | a call (Global Fishing Watch anchorages_pipeline, transforms/create_port_visits.py) |
| --- | --- |
| 4 | seen to come, seen to leave, and a stop or a silence between |
| 3 | one of coming and leaving, and a stop or a silence |
| 2 | a stop or a silence only |
| 1 | coming or leaving only: it may have sailed through |
| 0 | a position in the port, and nothing besides |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from vesseltrack.ports.locating import locate_rows
from vesseltrack.tracks.detectors.feed import HOUR
from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.geofence import INSIDE, TEST
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, TURN, about_km, degrees

if TYPE_CHECKING:
    import pyarrow as pa

    from vesseltrack.ports.model import Port
    from vesseltrack.tracks.detectors.feed import Feed
    from vesseltrack.tracks.engines.engine import Engine, Frame
    from vesseltrack.tracks.geofence import Fence
    from vesseltrack.tracks.motion import Numbers
    from vesseltrack.tracks.thresholds import Thresholds

_PACK = 1000
"""A draught in tenths of a metre is below this, so that time and draught fit into one number that is sorted by time."""


def port_calls(
    engine: Engine, steps: Frame, last_heard: Frame, fence: Fence, feed: Feed, limits: Thresholds
) -> pd.DataFrame:
    """Calls at the ports of a fence, in the columns of `FOUND`.

    A call starts and ends with the first and last position in the port. It goes on while the ship is in the margin,
    away for less than half an hour, or silent for less than a day; after a longer silence it is another call, of which
    nobody saw the beginning. ``lat``, ``lon``: where the ship lay longest, at a berth rather than at an anchorage.
    """
    visits = engine.keep(_in_and_around(engine, steps, fence, limits), "visits")
    numbered = engine.keep(_numbered(visits, limits), "calls")
    calls = _calls(engine, numbered)
    if calls.empty:
        return found("port_call", {}, 0)
    calls = calls.merge(_last_heard(engine, last_heard, numbered), on="mmsi", how="left")
    calls = calls.merge(_lay(engine, numbered, fence, limits), on=["mmsi", "port", "call"], how="left")
    calls = calls.merge(_silences(engine, numbered, feed, limits), on=["mmsi", "port", "call"], how="left")
    calls = calls.sort_values(["mmsi", "port", "start"], ignore_index=True)
    for name in ("lat", "lon"):  # of a ship that did not stop, the middle of where it was seen
        middle = (calls[f"{name}_sum"] / calls["rows"]).to_numpy()
        calls[name] = calls[name].fillna(pd.Series(degrees(_turned_back(middle))))
    return _graded(calls, fence)


def _in_and_around(engine: Engine, steps: Frame, fence: Fence, limits: Thresholds) -> Frame:
    """Positions in ports and their margins, each once, with port and state."""
    cells = engine.known(fence.cells, "cells")
    km = about_km(nw.col("lat"), nw.col("lon"), nw.col("plat"), nw.col("plon"))
    hours = (nw.col("time") - nw.col("ptime")).cast(nw.Float64) / HOUR
    crept = km <= hours * (limits.stop_kn * KM_PER_KNOT_HOUR)
    near = (
        steps.filter(~nw.col("fenced").is_null())
        .with_columns(  # what a repeated row says of the step before it is what the first one says of itself
            crept=nw.when(~nw.col("again")).then(crept), ptime=nw.when(~nw.col("again")).then(nw.col("ptime")),
        )
        .group_by("mmsi", "time", "lat", "lon", "cell")
        .agg(
            ptime=nw.col("ptime").min(), sog=nw.col("sog").min(),
            draught=nw.col("draught").max(), crept=nw.col("crept").cast(nw.Int8).max(),
        )
    )  # fmt: skip
    near = near.join(cells, on="cell", how="inner").drop("cell")
    names = ("mmsi", "time", "lat", "lon", "ptime", "sog", "draught", "crept", "port", "state")
    near = engine.keep(near.select(*names), "near")
    open_cells = near.filter(nw.col("state") == TEST)
    schema = engine.collect(open_cells.head(0)).schema
    tested = engine.mapped(open_cells, fence.tested, schema, "tested")
    visits = nw.concat([near.filter(nw.col("state") != TEST), tested.select(*names)], how="vertical")
    divided = [number for number, port in enumerate(fence.ports) if _divided(port)]
    if not divided:
        return visits
    beyond = nw.col("port").is_in(divided) & (nw.col("lon") < 0)
    return visits.with_columns(lon=nw.when(beyond).then(nw.col("lon") + TURN).otherwise(nw.col("lon")))


def _divided(port: Port) -> bool:
    """Whether a port lies on both sides of the 180th meridian; longitudes there run from 0 to 360 degrees."""
    outlines = [outline for outline in (port.outline, *(one.outline for one in port.facilities)) if outline is not None]
    return max(outline.bounds[2] for outline in outlines) - min(outline.bounds[0] for outline in outlines) > 180


def _turned_back(lon: Numbers) -> Numbers:
    return np.where(lon > TURN // 2, lon - TURN, lon)


def _numbered(visits: Frame, limits: Thresholds) -> Frame:
    """Positions with the number of the call of a ship at a port that they belong to."""
    over: dict[str, Any] = {"order_by": ("time", "lat", "lon")}
    here = visits.with_columns(before=nw.col("time").shift(1).over("mmsi", "port", **over))
    silence = nw.col("time") - nw.col("before")
    left = (nw.col("ptime") > nw.col("before")) & (silence > limits.call_absence_minutes * 60)
    lost = silence > limits.call_silence_hours * HOUR
    first = nw.col("before").is_null()
    return here.with_columns(
        new=(first | left | lost).cast(nw.Int32), lost=(~first & ~left & lost).cast(nw.Int8),
    ).with_columns(call=nw.col("new").cum_sum().over("mmsi", "port", **over))  # fmt: skip


def _calls(engine: Engine, numbered: Frame) -> pd.DataFrame:
    inside = nw.col("state") == INSIDE
    has_draught = inside & ~nw.col("draught").is_null()
    packed = nw.col("time") * _PACK + nw.col("draught").cast(nw.Int64)
    grouped = (
        numbered.with_columns(
            since=nw.when(inside).then(nw.col("time")),
            packed=nw.when(has_draught).then(packed),
            inner_sog=nw.when(inside).then(nw.col("sog")),
            inner_lat=nw.when(inside).then(nw.col("lat")),
            inner_lon=nw.when(inside).then(nw.col("lon")),
            came=(nw.col("new") == 1) & (nw.col("lost") == 0) & ~nw.col("ptime").is_null(),
        )
        .group_by("mmsi", "port", "call")
        .agg(
            start=nw.col("since").min(), end=nw.col("since").max(), seen_to=nw.col("time").max(),
            first_draught=nw.col("packed").min(), last_draught=nw.col("packed").max(),
            lost=nw.col("lost").max(), came=nw.col("came").cast(nw.Int8).max(),
            sog_sum=nw.col("inner_sog").cast(nw.Int64).sum(), sog_rows=nw.col("inner_sog").count(),
            lat_sum=nw.col("inner_lat").cast(nw.Int64).sum(), lon_sum=nw.col("inner_lon").cast(nw.Int64).sum(),
            rows=nw.col("since").count(),
        )
    )  # fmt: skip
    sums = [nw.col(name).cast(nw.Int64) for name in ("sog_sum", "lat_sum", "lon_sum")]  # engines widen them
    calls = _frame(engine.collect(grouped.with_columns(*sums)))
    calls = calls.sort_values(["mmsi", "port", "call"], ignore_index=True)
    calls["lost_again"] = calls.groupby(["mmsi", "port"])["lost"].shift(-1, fill_value=0) == 1
    return calls[calls["start"].notna()].reset_index(drop=True)


def _last_heard(engine: Engine, last_heard: Frame, numbered: Frame) -> pd.DataFrame:
    """``mmsi, heard_to``: of the ships with calls, when they were heard last."""
    ships = numbered.group_by("mmsi").agg(nw.len()).select("mmsi")
    table = last_heard.join(ships, on="mmsi", how="inner").select("mmsi", heard_to=nw.col("last"))
    return _frame(engine.collect(table))


def _lay(engine: Engine, numbered: Frame, fence: Fence, limits: Thresholds) -> pd.DataFrame:
    """Where a ship lay in each call: ``mmsi, port, call, lat, lon`` (degrees), ``stopped_hours``, ``facility``."""
    over: dict[str, Any] = {"order_by": ("time", "lat", "lon")}
    slow = nw.when(nw.col("sog").is_null()).then(nw.col("crept") == 1).otherwise(nw.col("sog") <= limits.stop_kn * 10)
    still = numbered.filter((nw.col("state") == INSIDE) & slow)
    for name in ("lat", "lon"):
        still = still.with_columns(**{f"q{name}": nw.col(name).shift(1).over("mmsi", "port", "call", **over)})
    moved = about_km(nw.col("lat"), nw.col("lon"), nw.col("qlat"), nw.col("qlon")) > limits.berth_km
    still = still.with_columns(moved=nw.when(nw.col("qlat").is_null()).then(0).otherwise(moved.cast(nw.Int32)))
    still = still.with_columns(stay=nw.col("moved").cum_sum().over("mmsi", "port", "call", **over))
    stays = still.group_by("mmsi", "port", "call", "stay").agg(
        since=nw.col("time").min(), until=nw.col("time").max(),
        south=nw.col("lat").min(), north=nw.col("lat").max(), west=nw.col("lon").min(), east=nw.col("lon").max(),
    )  # fmt: skip
    frame = _frame(engine.collect(stays))
    frame["lat"] = degrees((frame["south"] + frame["north"]).to_numpy() // 2)
    frame["lon"] = degrees(_turned_back((frame["west"] + frame["east"]).to_numpy() // 2))
    codes, places = locate_rows(fence.ground, frame["lat"].to_numpy(), frame["lon"].to_numpy())
    berthed = np.array([not place.at_roads for place in places], dtype=np.bool_)
    frame["berthed"] = berthed[codes]
    frame["stopped_hours"] = (frame["until"] - frame["since"]) / HOUR
    order = {"mmsi": True, "port": True, "call": True, "berthed": False, "stopped_hours": False, "since": True,
             "lat": True, "lon": True}  # fmt: skip
    frame = frame.sort_values(list(order), ascending=list(order.values()), ignore_index=True)
    return frame.drop_duplicates(["mmsi", "port", "call"])[["mmsi", "port", "call", "lat", "lon", "stopped_hours"]]


def _silences(engine: Engine, numbered: Frame, feed: Feed, limits: Thresholds) -> pd.DataFrame:
    """The longest silence of a ship in each call that is not the feed's: ``mmsi, port, call, silence_hours``."""
    silence = nw.col("time") - nw.col("before")
    inner = (nw.col("new") == 0) & (nw.col("ptime") == nw.col("before")) & (silence > limits.port_silence_hours * HOUR)
    frame = _frame(engine.collect(numbered.filter(inner).select("mmsi", "port", "call", "before", "time")))
    hours = (frame["time"] - frame["before"]) / HOUR
    frame["silence_hours"] = hours - feed.silent_hours(frame["before"].to_numpy(), frame["time"].to_numpy())
    frame = frame[frame["silence_hours"] > limits.port_silence_hours]
    return frame.groupby(["mmsi", "port", "call"])[["silence_hours"]].max().reset_index()


def _graded(calls: pd.DataFrame, fence: Fence) -> pd.DataFrame:
    came = calls["came"].to_numpy() == 1
    gone = (calls["heard_to"] > calls["seen_to"]).to_numpy() & ~calls["lost_again"].to_numpy(dtype=np.bool_)
    stopped = calls["stopped_hours"].notna().to_numpy()
    silent = calls["silence_hours"].notna().to_numpy()
    evidence = stopped | silent
    confidence = np.where(evidence, 2 + came + gone, np.where(came | gone, 1, 0))
    first, last = (calls[f"{which}_draught"].to_numpy(dtype=np.float64) % _PACK / 10 for which in ("first", "last"))
    parts = [
        np.where(stopped, [f"stopped_hours={hours:.1f}" for hours in calls["stopped_hours"]], ""),
        np.where(silent, [f"silence_hours={hours:.1f}" for hours in calls["silence_hours"]], ""),
        np.where(first != last, [f"draught={a:.1f}>{b:.1f}" for a, b in zip(first, last, strict=True)], ""),
        np.where(came, "", "arrival_not_seen"),
        np.where(gone, "", "departure_not_seen"),
    ]
    parts[2] = np.where(np.isnan(first), "", parts[2])
    detail = [";".join(part for part in row if part) for row in zip(*parts, strict=True)]
    rows = calls["sog_rows"].to_numpy()
    return found(
        "port_call",
        {
            **{name: calls[name].to_numpy() for name in ("mmsi", "start", "end", "lat", "lon")},
            "port": np.array([port.id for port in fence.ports], dtype=object)[calls["port"].to_numpy()],
            "confidence": confidence,
            "speed_kn": np.where(rows > 0, calls["sog_sum"].to_numpy() / np.maximum(rows, 1) / 10, np.nan),
            "detail": detail,
        },
        len(calls),
    )


def _frame(table: pa.Table) -> pd.DataFrame:
    return pd.DataFrame({name: table[name].to_numpy() for name in table.column_names})
