"""What was heard at all: whether a silence is the ship's own, or that of the feed or of a region.

A feed that delivers nothing, and a stretch of sea from which nobody is heard, say nothing about one ship.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pyarrow as pa

from vesseltrack.tracks.motion import quotient
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.tracks.engines.engine import Engine, Frame

    Integers = npt.NDArray[np.int64]

HOUR = 3600
_COLUMNS = 360
"""Regions are squares of one degree; a ship is heard in a region if it is in it or in one of the eight around it."""


@dataclass(frozen=True)
class Feed:
    """When and where anybody was heard."""

    engine: Engine
    regions: Frame
    """``region, hour``: each pair once. Regions of one degree, hours since 1970."""

    hours: Integers
    """The hours in which anybody was heard anywhere, ascending."""

    def silent_hours(self, start: Integers, end: Integers) -> Integers:
        """How many whole hours between two times, in seconds, the feed delivered nothing at all."""
        first, last = _whole_hours(start, end)
        heard = np.searchsorted(self.hours, last, "right") - np.searchsorted(self.hours, first, "left")
        return np.asarray(np.maximum(last - first + 1, 0) - np.maximum(heard, 0))

    def heard_share(self, ends: pd.DataFrame, most: int) -> npt.NDArray[np.float64]:
        """In what share of some hours others were heard around a position.

        Args:
            ends: ``lat``, ``lon`` (degrees), ``start``, ``end`` (seconds; of a silence) and ``forward``: whether the
                hours right after the start count, or those right before the end.
            most: how many hours count at most.

        Returns:
            A share for each row, 0 where there is no whole hour to listen to.
        """
        first, last = _whole_hours(ends["start"].to_numpy(), ends["end"].to_numpy())
        hours = np.clip(last - first + 1, 0, most)
        asked = pa.table(
            {
                "end_id": pa.array(np.arange(len(ends)), pa.int64()),
                "row": pa.array(np.floor(ends["lat"].to_numpy() + 90).astype(np.int64), pa.int64()),
                "column": pa.array(np.floor(ends["lon"].to_numpy() + 180).astype(np.int64), pa.int64()),
                "first": pa.array(np.where(ends["forward"], first, last - hours + 1), pa.int64()),
                "hours": pa.array(hours, pa.int64()),
            }
        )
        around = [(north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
        steps = pa.table({"step": pa.array(range(most), pa.int64())})
        squares = pa.table({"north": [north for north, _ in around], "east": [east for _, east in around]})
        asked_hours = (
            self.engine.known(asked, "ends")
            .join(self.engine.known(steps, "hours"), how="cross")
            .filter(nw.col("step") < nw.col("hours"))
            .join(self.engine.known(squares, "squares"), how="cross")
            .select(
                "end_id",
                hour=nw.col("first") + nw.col("step"),
                region=_region(
                    nw.col("row") + nw.col("north"), (nw.col("column") + nw.col("east") + _COLUMNS) % _COLUMNS
                ),
            )
        )
        heard = (
            asked_hours.join(self.regions, on=["region", "hour"], how="inner")
            .group_by("end_id", "hour")
            .agg(nw.len())
            .group_by("end_id")
            .agg(heard=nw.len())
        )
        answer = self.engine.collect(heard)
        share = np.zeros(len(ends))
        share[answer["end_id"].to_numpy()] = answer["heard"].to_numpy()
        return np.asarray(share / np.maximum(hours, 1))


def listen(engine: Engine, positions: Frame) -> Feed:
    """Who could hear when, from every position of every ship."""
    row = quotient(nw.col("lat") + 90 * MILLIONTHS, MILLIONTHS)
    column = quotient(nw.col("lon") + 180 * MILLIONTHS, MILLIONTHS)
    column = nw.when(column == _COLUMNS).then(nw.lit(0)).otherwise(column)  # the 180th meridian is one
    regions = (
        positions.select(region=_region(row, column.cast(nw.Int64)), hour=quotient(nw.col("time"), HOUR))
        .group_by("region", "hour")
        .agg(nw.len())
        .select("region", "hour")
    )
    kept = engine.keep(regions, "regions")
    hours = engine.collect(kept.select("hour").group_by("hour").agg(nw.len()))["hour"].to_numpy()
    return Feed(engine, kept, np.sort(hours))


def _region(row: nw.Expr, column: nw.Expr) -> nw.Expr:
    return row * _COLUMNS + column


def _whole_hours(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """The first and the last hour that lie wholly within."""
    return start // HOUR + 1, end // HOUR - 1
