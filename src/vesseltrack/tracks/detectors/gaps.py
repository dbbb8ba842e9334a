"""AIS gaps: silences of a ship above a threshold, each judged against what was heard of others meanwhile.

| confidence | a gap |
| --- | --- |
| 0 | the feed was silent (``feed_silent``), or nobody was heard around its start (``region_silent``): no data |
| 1 | others were heard there in less than half of the hours that followed |
| 2 | others were heard there in half of them or more |
| 3 | and either so they were where it ended, or the ship had been heard regularly before |
| 4 | both; a gap that has not ended has 3 at most |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from vesseltrack.tracks.detectors.feed import HOUR
from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.detectors.periods import PERIOD_SECONDS, periods
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, degrees, exact_km

if TYPE_CHECKING:
    from vesseltrack.tracks.detectors.feed import Feed
    from vesseltrack.tracks.engines.engine import Engine, Frame
    from vesseltrack.tracks.thresholds import Thresholds


def gaps(
    engine: Engine, steps: Frame, positions: Frame, last_heard: Frame, feed: Feed, limits: Thresholds
) -> pd.DataFrame:
    """Every silence of a ship longer than the threshold, in the columns of `FOUND`.

    A gap that had not ended when the data did is an ``open_gap``, from the last position to the last time that any
    ship was heard. Time in which the whole feed delivered nothing is no ship's silence: what is left of the gap
    without these hours must be longer than the threshold, or the feed was silent.
    """
    closed = _closed(engine, steps, limits)
    still_open = _open(engine, positions, last_heard, limits)
    silent = pd.concat([closed, still_open], ignore_index=True)
    hours = (silent["end"] - silent["start"]).to_numpy() / HOUR
    alive = hours - feed.silent_hours(silent["start"].to_numpy(), silent["end"].to_numpy())
    at_start = feed.heard_share(silent[["lat", "lon", "start", "end"]].assign(forward=True), limits.heard_hours)
    ended = silent["end_lat"].notna().to_numpy()
    at_end = np.zeros(len(silent))
    ends = silent.loc[ended, ["end_lat", "end_lon", "start", "end"]].set_axis(["lat", "lon", "start", "end"], axis=1)
    at_end[ended] = feed.heard_share(ends.assign(forward=False), limits.heard_hours)
    regular = _regular(engine, positions, silent, limits)

    own = at_start >= limits.heard_share
    confidence = 1 + own * (1 + np.where(ended, at_end >= limits.heard_share, False) + regular).astype(np.int64)
    no_feed, no_region = alive <= limits.gap_hours, at_start == 0
    confidence = np.where(no_feed | no_region, 0, confidence)
    heard = [f"heard_near_start={a:.2f}" + (f";heard_near_end={b:.2f}" if c else "")
             for a, b, c in zip(at_start, at_end, ended, strict=True)]  # fmt: skip
    detail = np.select([no_feed, no_region], ["feed_silent", "region_silent"], np.array(heard, dtype=object))
    km = exact_km(*(silent[name].to_numpy() for name in ("lat", "lon", "end_lat", "end_lon")))
    columns = {
        **{str(name): silent[name].to_numpy() for name in silent},
        "confidence": confidence,
        "distance_km": km,
        "speed_kn": km / KM_PER_KNOT_HOUR / hours,
        "detail": detail,
    }
    result = found("gap", columns, len(silent))
    return result.assign(kind=np.where(ended, "gap", "open_gap"))


def _closed(engine: Engine, steps: Frame, limits: Thresholds) -> pd.DataFrame:
    """Gaps that ended: ``mmsi, start, end, lat, lon, end_lat, end_lon``."""
    long = steps.filter(nw.col("time") - nw.col("ptime") > limits.gap_hours * HOUR)
    table = engine.collect(long.select("mmsi", "ptime", "plat", "plon", "time", "lat", "lon"))
    return _sorted(
        table, {"ptime": "start", "plat": "lat", "plon": "lon", "time": "end", "lat": "end_lat", "lon": "end_lon"}
    )


def _open(engine: Engine, positions: Frame, last_heard: Frame, limits: Thresholds) -> pd.DataFrame:
    """Ships that were not heard any more, from their last position to the end of the data."""
    ends = engine.collect(last_heard.select(end=nw.col("last").max()))["end"].to_pylist()
    end = ends[0] if ends[0] is not None else 0
    quiet = engine.keep(last_heard.filter(nw.col("last") < end - limits.gap_hours * HOUR), "quiet")
    last = positions.join(quiet, on="mmsi", how="inner").filter(nw.col("time") == nw.col("last"))
    table = engine.collect(last.select("mmsi", "time", "lat", "lon"))
    frame = _sorted(table, {"time": "start"}).drop_duplicates("mmsi", keep="last", ignore_index=True)
    return frame.assign(end=np.int64(end), end_lat=np.nan, end_lon=np.nan)


def _sorted(table: pa.Table, names: dict[str, str]) -> pd.DataFrame:
    """Sorted, renamed, and in degrees."""
    frame = pd.DataFrame({names.get(name, name): table[name].to_numpy() for name in table.column_names})
    frame = frame.sort_values(frame.columns.tolist(), ignore_index=True)
    for name in frame.columns.intersection(["lat", "lon", "end_lat", "end_lon"]):
        frame[name] = degrees(frame[name].to_numpy())
    return frame


def _regular(engine: Engine, positions: Frame, silent: pd.DataFrame, limits: Thresholds) -> np.ndarray:
    """Whether a ship was heard in enough periods of the 12 h before its silence."""
    asked = pa.table(
        {
            "mmsi": pa.array(silent["mmsi"], pa.int32()),
            "period": pa.array(silent["start"] // PERIOD_SECONDS, pa.int64()),
            "silence": pa.array(np.arange(len(silent)), pa.int64()),
        }
    )
    known = engine.known(asked, "silences")
    ships = known.group_by("mmsi").agg(nw.len()).select("mmsi")
    earlier = nw.col("period").shift(limits.regular_fixes - 1).over("mmsi", order_by="period")
    heard = periods(positions.join(ships, on="mmsi", how="inner")).with_columns(earlier=earlier)
    enough = heard.filter(nw.col("period") - nw.col("earlier") <= limits.heard_hours * HOUR // PERIOD_SECONDS)
    answer = engine.collect(known.join(enough, on=["mmsi", "period"], how="inner").select("silence"))
    regular = np.zeros(len(silent), dtype=np.bool_)
    regular[answer["silence"].to_numpy()] = True
    return regular
