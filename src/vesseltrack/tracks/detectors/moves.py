"""Moves that no ship makes: false positions, and two ships that send one MMSI.

A jump is a step from one position to the next faster than ``move_kn`` and at least ``move_km`` long; what is not is
called reachable. A jump *returns* if the position after it can be reached from the position before the jump that came
before, within a day.

| detail | event | confidence |
| --- | --- | --- |
| ``two_ships;jumps=N`` | jumps that all return, at least ``two_ships_returns`` times within a day: all in one | 4 |
| ``jump`` | one jump that did not return: a long false track begins or ends, or the time is wrong | 3 |
| ``false_position`` | a jump out and the one back, in one: one wrong message, or several | 1 |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, degrees, exact_km

if TYPE_CHECKING:
    import numpy.typing as npt

    from vesseltrack.tracks.engines.engine import Engine, Frame
    from vesseltrack.tracks.thresholds import Thresholds

    Booleans = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

_DAY = 86_400


def impossible_moves(engine: Engine, steps: Frame, limits: Thresholds) -> pd.DataFrame:
    """Moves faster than any ship, in the columns of `FOUND`; see the table above.

    ``start, lat, lon``: the position before the (first) jump; ``end, end_lat, end_lon``: the one after the (last) jump.
    ``distance_km`` and ``speed_kn``: the greatest of the event's jumps; two positions in the same second count as one
    second apart.

    Args:
        engine: see `Engine`.
        steps: see `steps.telling_steps`, kept.
        limits: see `Thresholds`.
    """
    columns = ("mmsi", "time", "lat", "lon", "ptime", "plat", "plon")
    table = engine.collect(steps.filter(nw.col("jump")).select(*columns))
    jumps = pd.DataFrame({name: table[name].to_numpy().astype(np.int64) for name in columns})
    jumps = jumps.sort_values(list(columns), ignore_index=True)
    for name in ("lat", "lon", "plat", "plon"):
        jumps[name] = degrees(jumps[name].to_numpy())
    seconds = (jumps["time"] - jumps["ptime"]).to_numpy()
    jumps["km"] = exact_km(*(jumps[name].to_numpy() for name in ("plat", "plon", "lat", "lon")))
    jumps["kn"] = jumps["km"] * 3600 / KM_PER_KNOT_HOUR / np.maximum(seconds, 1)
    jumps = jumps[~_reachable(jumps["km"].to_numpy(), seconds, limits)].reset_index(drop=True)

    jumps["returns"] = _returns(jumps, limits)
    jumps["chain"] = (~jumps["returns"]).cumsum()
    two_ships = _two_ships(jumps, limits)
    # Outside of two tracks jumps pair off: out and back, out and back.
    place = jumps.groupby("chain").cumcount()
    begins = np.where(two_ships, place == 0, place % 2 == 0)
    grouped = jumps.assign(two_ships=two_ships).groupby(np.cumsum(begins))
    events = grouped.agg(
        mmsi=("mmsi", "first"), start=("ptime", "first"), end=("time", "last"), lat=("plat", "first"),
        lon=("plon", "first"), end_lat=("lat", "last"), end_lon=("lon", "last"), distance_km=("km", "max"),
        speed_kn=("kn", "max"), jumps=("km", "size"), two_ships=("two_ships", "first"),
    ).reset_index(drop=True)  # fmt: skip
    single = events["jumps"] == 1
    named = "two_ships;jumps=" + events["jumps"].astype(str)
    detail = np.select([events["two_ships"], single], [named.astype(object), "jump"], "false_position")
    confidence = np.select([events["two_ships"], single], [4, 3], 1)
    kept = {name: events[name].to_numpy() for name in events.columns.difference(["jumps", "two_ships"])}
    return found("impossible_move", {**kept, "detail": detail, "confidence": confidence}, len(events))


def _reachable(km: Numbers, seconds: Integers, limits: Thresholds) -> Booleans:
    """Whether a ship can make a way in a time."""
    hours = np.maximum(seconds, 1) / 3600
    return np.asarray((km < limits.move_km) | (km <= limits.move_kn * KM_PER_KNOT_HOUR * hours), dtype=np.bool_)


def _returns(jumps: pd.DataFrame, limits: Thresholds) -> Booleans:
    """Whether each jump leads back to where the ship was before the jump before it."""
    before = jumps.groupby("mmsi")[["ptime", "plat", "plon"]].shift(1)
    lat, lon = jumps["lat"].to_numpy(), jumps["lon"].to_numpy()
    km = exact_km(before["plat"].to_numpy(), before["plon"].to_numpy(), lat, lon)
    seconds = jumps["time"].to_numpy() - before["ptime"].to_numpy()
    # Nothing holds of NaN, before the first jump of a ship.
    return np.asarray(_reachable(km, seconds, limits) & (seconds <= _DAY), dtype=np.bool_)


def _two_ships(jumps: pd.DataFrame, limits: Thresholds) -> Booleans:
    """Whether a jump belongs to a chain with enough returns within a day."""
    returning = jumps[jumps["returns"]]
    earlier = returning.groupby("chain")["time"].shift(int(limits.two_ships_returns) - 1)
    often = returning.loc[returning["time"] - earlier <= _DAY, "chain"].unique()
    return np.asarray(jumps["chain"].isin(often), dtype=np.bool_)
