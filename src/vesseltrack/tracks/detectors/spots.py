"""Ships that send speed and stay where they are: positions put on one spot or on a circle.

Both were seen off ports and oil terminals where satellite navigation was spoofed, with many ships on one spot. Real
ships come near the pattern when they wait in turns, trawl or tow to and fro; so the speed sent must carry the ship
several times across everything it covered in the hour, and a circle must be a ring with positions in each eighth. A
track to and fro passes its own middle, three sides of a square leave two eighths empty, and all four are not round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from vesseltrack.ports.geometry import METRES_PER_DEGREE
from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.detectors.periods import PERIOD_SECONDS
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, about_km, degrees, exact_km, quotient
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    import numpy.typing as npt

    from vesseltrack.tracks.engines.engine import Engine, Frame
    from vesseltrack.tracks.thresholds import Thresholds

_HOUR = 3600
_PERIODS = _HOUR // PERIOD_SECONDS
_TURN = 360 * MILLIONTHS
_KM_PER_WAY = KM_PER_KNOT_HOUR / 10 / _PERIODS
"""Of tenths of a knot for ten minutes."""

_ROUGHLY = 0.99
"""Of an extent: what is chosen in the engine, to be measured exactly."""


def standing_tracks(engine: Engine, periods: Frame, positions: Frame, limits: Thresholds) -> pd.DataFrame:
    """Hours that a ship spent on one spot or in a circle while it sent at least ``spot_kn``, in the columns of `FOUND`.

    An hour is looked at if ``spot_periods`` of its periods of ten minutes have a speed, if none of the speeds is below
    ``spot_kn``, and if the least speeds of the periods carry the ship ``spot_way`` times as far as the diagonal of the
    box of its positions. It is ``one_spot`` where that diagonal is at most ``spot_km``, and ``circle`` where at least
    ``circle_fixes`` different positions lie in all eight eighths around the middle of the box, at a mean distance of at
    most ``circle_km``, with a standard deviation of less than ``circle_spread`` of it. Consecutive hours of one kind
    are one event; the events are impossible moves.

    Args:
        engine: see `Engine`.
        periods: see `periods.periods`, kept.
        positions: ``mmsi, time, lat, lon`` with a position each.
        limits: see `Thresholds`.

    Returns:
        ``lat, lon`` and ``end_lat, end_lon``: the middle in the first and in the last hour, ``distance_km``: from one
        to the other. ``speed_kn``: the mean of the least and greatest speeds sent. ``detail``: ``one_spot`` or
        ``circle;radius_km=`` (the greatest), and ``ships=`` if several had their middle within ``spot_km`` in one hour.
        ``confidence``: a spot 3, a circle 2; one more if several ships share it or from ``spot_sure_hours`` on.
    """
    hours = _suspicious(engine, periods, limits)
    spot = hours["extent"].to_numpy() <= limits.spot_km
    rings = _rings(engine, positions, hours[~spot], limits)
    hours["kind"] = np.where(spot, "one_spot", np.where(hours.index.isin(rings.index), "circle", ""))
    hours["radius"] = rings.reindex(hours.index)
    hours = hours[hours["kind"] != ""].sort_values(["mmsi", "kind", "hour"], ignore_index=True)
    hours["ships"] = _ships_there(hours, limits.spot_km)
    return _events(hours, limits)


def _suspicious(engine: Engine, periods: Frame, limits: Thresholds) -> pd.DataFrame:
    """Hours in which the speed sent carries a ship several times across all it covered, in degrees and kilometres."""
    east = {f"east_{which}": _east(nw.col(f"lon_{which}")) for which in ("min", "max")}
    hours = (
        periods.with_columns(hour=quotient(nw.col("period"), _PERIODS), **east)
        .group_by("mmsi", "hour")
        .agg(
            sent=nw.col("sog_min").count(), slowest=nw.col("sog_min").min(), way=nw.col("sog_min").sum(),
            fastest=nw.col("sog_max").sum(), first=nw.col("first").min(), last=nw.col("last").max(),
            lat_min=nw.col("lat_min").min(), lat_max=nw.col("lat_max").max(),
            lon_min=nw.col("lon_min").min(), lon_max=nw.col("lon_max").max(),
            east_min=nw.col("east_min").min(), east_max=nw.col("east_max").max(),
        )
        .filter((nw.col("sent") >= limits.spot_periods) & (nw.col("slowest") >= limits.spot_kn * 10))
        .with_columns(way=nw.col("way").cast(nw.Int64), fastest=nw.col("fastest").cast(nw.Int64))
    )  # fmt: skip
    torn = nw.col("lon_max") - nw.col("lon_min") > _TURN // 2
    box = {name: nw.when(torn).then(nw.col(f"east_{name}")).otherwise(nw.col(f"lon_{name}")) for name in ("min", "max")}
    hours = hours.with_columns(lon_min=box["min"], lon_max=box["max"]).drop("slowest", "east_min", "east_max")
    about = about_km(nw.col("lat_min"), nw.col("lon_min"), nw.col("lat_max"), nw.col("lon_max"))
    table = engine.collect(hours.filter(about * limits.spot_way * _ROUGHLY <= nw.col("way") * _KM_PER_WAY))
    found_hours: pd.DataFrame = table.to_pandas().sort_values(["mmsi", "hour"], ignore_index=True)
    low_lat, high_lat, low_lon, high_lon = (
        found_hours[name].to_numpy(np.int64) for name in ("lat_min", "lat_max", "lon_min", "lon_max")
    )
    found_hours["lat"] = degrees(low_lat + high_lat) / 2
    found_hours["lon"] = (degrees(low_lon + high_lon) / 2 + 180) % 360 - 180
    found_hours["extent"] = exact_km(degrees(low_lat), degrees(low_lon), degrees(high_lat), degrees(high_lon))
    carried = found_hours["way"] * _KM_PER_WAY >= found_hours["extent"] * limits.spot_way
    return found_hours.loc[carried].reset_index(drop=True)


def _east(lon: nw.Expr) -> nw.Expr:
    return nw.when(lon < 0).then(lon + _TURN).otherwise(lon)


def _rings(engine: Engine, positions: Frame, hours: pd.DataFrame, limits: Thresholds) -> pd.Series[float]:
    """Radius in kilometres of those hours whose positions make a ring; the index is that of the hours."""
    asked = pa.table({"mmsi": pa.array(hours["mmsi"], pa.int32()), "hour": pa.array(hours["hour"], pa.int64())})
    there = positions.select("mmsi", "lat", "lon", hour=quotient(nw.col("time"), _HOUR)).join(
        engine.known(asked, "hours"), on=["mmsi", "hour"], how="semi"
    )
    places = engine.collect(there.unique()).to_pandas()
    places = places.merge(hours.reset_index(), on=["mmsi", "hour"], suffixes=("", "_middle"))
    places = places.sort_values(["index", "lat", "lon"], ignore_index=True)
    lat, lon = degrees(places["lat"].to_numpy()), degrees(places["lon"].to_numpy())
    middle_lat, middle_lon = places["lat_middle"].to_numpy(), places["lon_middle"].to_numpy()
    places["km"] = exact_km(lat, lon, middle_lat, middle_lon)
    north, east = lat - middle_lat, ((lon - middle_lon + 180) % 360 - 180) * np.cos(np.radians(middle_lat))
    places["eighth"] = 4 * (north >= 0) + 2 * (east >= 0) + (abs(north) > abs(east))
    by_hour = places.groupby("index")
    radius: pd.Series[float] = by_hour["km"].mean()
    spread = by_hour["km"].std(ddof=0)
    around = (by_hour.size() >= limits.circle_fixes) & (by_hour["eighth"].nunique() == 8)
    rings: pd.Series[float] = radius[around & (radius <= limits.circle_km) & (spread < limits.circle_spread * radius)]
    return rings


def _ships_there(hours: pd.DataFrame, km: float) -> npt.NDArray[np.int64]:
    """How many ships had their middle within some kilometres in the same hour, itself included."""
    ours = hours[["hour", "mmsi", "lat", "lon"]].assign(
        row=np.floor(hours["lat"] * METRES_PER_DEGREE / (km * 1000)).astype(np.int64), number=np.arange(len(hours))
    )
    theirs = pd.concat([ours.assign(row=ours["row"] + step) for step in (-1, 0, 1)])
    both = ours.merge(theirs, on=["hour", "row"], suffixes=("", "_there"))
    apart = exact_km(*(both[name].to_numpy() for name in ("lat", "lon", "lat_there", "lon_there")))
    near = both[apart <= km]
    return np.asarray(near.groupby("number")["mmsi_there"].nunique(), dtype=np.int64)


def _events(hours: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Consecutive hours of one ship and kind become one row."""
    before = hours.groupby(["mmsi", "kind"])["hour"].shift(1)
    events = (
        hours.groupby((hours["hour"] != before + 1).cumsum().to_numpy())
        .agg(
            mmsi=("mmsi", "first"), kind=("kind", "first"), start=("first", "min"), end=("last", "max"),
            lat=("lat", "first"), lon=("lon", "first"), end_lat=("lat", "last"), end_lon=("lon", "last"),
            hours=("hour", "size"), way=("way", "sum"), fastest=("fastest", "sum"), sent=("sent", "sum"),
            radius=("radius", "max"), ships=("ships", "max"),
        )
        .reset_index(drop=True)
    )  # fmt: skip
    circle, several = (events["kind"] == "circle").to_numpy(), (events["ships"] > 1).to_numpy()
    sure = several | (events["hours"] >= limits.spot_sure_hours).to_numpy()
    at = [events[name].to_numpy() for name in ("lat", "lon", "end_lat", "end_lon")]
    kept = ("mmsi", "start", "end", "lat", "lon", "end_lat", "end_lon")
    columns = {
        **{name: events[name].to_numpy() for name in kept},
        "distance_km": exact_km(*at),
        "speed_kn": ((events["way"] + events["fastest"]) / (2 * events["sent"]) / 10).to_numpy(),
        "confidence": np.where(circle, 2, 3) + sure,
        "detail": [
            kind + (f";radius_km={radius:.1f}" if kind == "circle" else "") + (f";ships={ships}" if ships > 1 else "")
            for kind, radius, ships in zip(events["kind"], events["radius"], events["ships"], strict=True)
        ],
    }
    return found("impossible_move", columns, len(events))
