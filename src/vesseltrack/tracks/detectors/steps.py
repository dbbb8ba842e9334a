"""From one position of a ship to its next: the one pass over all rows in order of time.

Only the few steps that say something are kept: long silences, jumps, and whatever happens in and around ports. A row
that stands in the data twice follows itself without time and way, so that it changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from vesseltrack.tracks.geofence import cell_of
from vesseltrack.tracks.motion import KM_PER_KNOT_HOUR, KM_PER_MILLIONTH, about_km

if TYPE_CHECKING:
    from vesseltrack.tracks.engines.engine import Frame
    from vesseltrack.tracks.thresholds import Thresholds

_ROUGHLY = 0.9
"""Of a threshold: what is chosen in the engine, to be measured exactly."""


def telling_steps(positions: Frame, fenced: Frame, limits: Thresholds) -> Frame:
    """Steps that something follows from.

    Args:
        positions: ``mmsi, time, lat, lon, sog, draught`` with a position each.
        fenced: ``cell, fenced``: the cells with a port or its margin, each once.
        limits: see `Thresholds`.

    Returns:
        Columns of the positions and ``cell, fenced, ptime, plat, plon, again``: the position before, null for the
        first of a ship; ``again``: the same row as the one before.
    """
    order = ("time", "lat", "lon")
    before = {f"p{name}": nw.col(name).shift(1).over("mmsi", order_by=order) for name in ("time", "lat", "lon")}
    steps = (
        positions.with_columns(cell=cell_of(nw.col("lat"), nw.col("lon")))
        .join(fenced, on="cell", how="left")
        .with_columns(**before)
    )
    seconds = nw.col("time") - nw.col("ptime")
    km = about_km(nw.col("lat"), nw.col("lon"), nw.col("plat"), nw.col("plon"))
    # First in whole numbers: no step is longer than its degrees would be on the equator.
    most = (nw.col("lat") - nw.col("plat")).abs() + (nw.col("lon") - nw.col("plon")).abs()
    least_km = limits.move_km * _ROUGHLY
    a_second_km = limits.move_kn * KM_PER_KNOT_HOUR / 3600 * _ROUGHLY
    far = (most >= int(least_km / KM_PER_MILLIONTH)) & (most >= seconds * int(a_second_km / KM_PER_MILLIONTH))
    fast = (km > least_km) & (km > seconds.cast(nw.Float64) * a_second_km)
    jump = nw.when(far).then(fast).otherwise(nw.lit(False))
    silence = seconds > min(limits.gap_hours, limits.port_silence_hours) * 3600
    again = (seconds == 0) & (nw.col("lat") == nw.col("plat")) & (nw.col("lon") == nw.col("plon"))
    return steps.with_columns(again=again, jump=jump).filter(
        ~nw.col("fenced").is_null() | nw.col("again") | silence | nw.col("jump")
    )
