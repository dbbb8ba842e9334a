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


def telling_steps(positions: Frame, fenced: Frame | None, limits: Thresholds, *, jumps: bool = True) -> Frame:
    """Steps that something follows from.

    Args:
        positions: ``mmsi, time, lat, lon, sog, draught`` with a position each.
        fenced: ``cell, fenced``: the cells with a port or its margin, each once; None where ports do not matter.
        limits: see `Thresholds`.
        jumps: whether steps faster than any ship are asked for.

    Returns:
        Columns of the positions and ``ptime, plat, plon, again``: the position before, null for the first of a ship;
        ``again``: the same row as the one before. ``cell, fenced`` and ``jump`` where they are asked for.
    """
    order = ("time", "lat", "lon")
    before = {f"p{name}": nw.col(name).shift(1).over("mmsi", order_by=order) for name in ("time", "lat", "lon")}
    if fenced is not None:
        positions = positions.with_columns(cell=cell_of(nw.col("lat"), nw.col("lon"))).join(
            fenced, on="cell", how="left"
        )
    again = nw.col("time") == nw.col("ptime")
    for name in ("lat", "lon"):
        again &= nw.col(name) == nw.col(f"p{name}")
    seconds = nw.col("time") - nw.col("ptime")
    steps = positions.with_columns(**before).with_columns(again=again)
    telling = nw.col("again") | (seconds > min(limits.gap_hours, limits.port_silence_hours) * 3600)
    if fenced is not None:
        telling |= ~nw.col("fenced").is_null()
    if jumps:
        steps = steps.with_columns(jump=_jump(seconds, limits))
        telling |= nw.col("jump")
    return steps.filter(telling)


def _jump(seconds: nw.Expr, limits: Thresholds) -> nw.Expr:
    """Whether a step is about long and fast enough to be an impossible move."""
    km = about_km(nw.col("lat"), nw.col("lon"), nw.col("plat"), nw.col("plon"))
    # First in whole numbers: no step is longer than its degrees would be on the equator.
    most = (nw.col("lat") - nw.col("plat")).abs() + (nw.col("lon") - nw.col("plon")).abs()
    least_km = limits.move_km * _ROUGHLY
    a_second_km = limits.move_kn * KM_PER_KNOT_HOUR / 3600 * _ROUGHLY
    far = (most >= int(least_km / KM_PER_MILLIONTH)) & (most >= seconds * int(a_second_km / KM_PER_MILLIONTH))
    fast = (km > least_km) & (km > seconds.cast(nw.Float64) * a_second_km)
    return nw.when(far).then(fast).otherwise(nw.lit(False))
