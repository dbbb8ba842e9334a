"""Ten minutes of a ship in one row: what meetings, spots and the regularity of a ship are told from.

Only least and greatest values are kept, so that rows that stand in the data twice change nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from vesseltrack.tracks.motion import quotient
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    from vesseltrack.tracks.engines.engine import Frame

PERIOD_SECONDS = 600
"""Global Fishing Watch pipe-encounters resamples to ten minutes (create_raw_pipeline.py)."""

_HALF_TURN = 180 * MILLIONTHS


def periods(positions: Frame) -> Frame:
    """Each ship in each ten minutes.

    Returns:
        ``mmsi``, ``period`` (ten minutes since 1970), ``first``, ``last`` (seconds), ``lat_min``, ``lat_max``,
        ``lon_min``, ``lon_max`` (millionths; longitudes of a ship at the antimeridian run from 0 to 360 degrees),
        ``sog_min``, ``sog_max`` (tenths of a knot, null where none was sent).
    """
    east = nw.when(nw.col("lon") < 0).then(nw.col("lon") + 2 * _HALF_TURN).otherwise(nw.col("lon"))
    grouped = (
        positions.with_columns(period=quotient(nw.col("time"), PERIOD_SECONDS), east=east)
        .group_by("mmsi", "period")
        .agg(
            first=nw.col("time").min(), last=nw.col("time").max(),
            lat_min=nw.col("lat").min(), lat_max=nw.col("lat").max(),
            lon_min=nw.col("lon").min(), lon_max=nw.col("lon").max(),
            east_min=nw.col("east").min(), east_max=nw.col("east").max(),
            sog_min=nw.col("sog").min(), sog_max=nw.col("sog").max(),
        )
    )  # fmt: skip
    torn = nw.col("lon_max") - nw.col("lon_min") > _HALF_TURN
    return grouped.with_columns(
        lon_min=nw.when(torn).then(nw.col("east_min")).otherwise(nw.col("lon_min")),
        lon_max=nw.when(torn).then(nw.col("east_max")).otherwise(nw.col("lon_max")),
    ).drop("east_min", "east_max")
