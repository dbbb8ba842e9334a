"""From AIS positions to events: one pass for each thing that is asked, in any engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd
import pyarrow as pa

from vesseltrack.tracks.detectors.calls import port_calls
from vesseltrack.tracks.detectors.feed import listen
from vesseltrack.tracks.detectors.gaps import gaps
from vesseltrack.tracks.detectors.periods import periods
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.geofence import build_fence
from vesseltrack.tracks.schema import REJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vesseltrack.ports.locating import Ground
    from vesseltrack.tracks.engines.engine import Engine
    from vesseltrack.tracks.formats.source import Source
    from vesseltrack.tracks.thresholds import Thresholds


@dataclass(frozen=True)
class Tracked:
    """What came of some inputs."""

    read: int
    kept: int
    rejected: Mapping[str, int]
    events: pd.DataFrame


def track(
    engine: Engine, sources: Sequence[Source], ground: Ground, limits: Thresholds, tell: Callable[[str], None]
) -> Tracked:
    """Everything that positions show."""
    tell("reading")
    rows = engine.read(sources)
    counted = engine.collect(rows.positions.group_by("reject").agg(rows=nw.len())).to_pylist()
    by_reason = {REJECTS[row["reject"]]: row["rows"] for row in counted}
    kept = by_reason.pop("", 0)
    positions = rows.positions.filter((nw.col("reject") == 0) & ~nw.col("lat").is_null()).drop("reject")
    fence = build_fence(ground, limits.call_margin_m)
    tell("steps")
    fenced = engine.known(pa.table({"cell": fence.cells["cell"].unique(), "fenced": pa.array([True] * len(fence.cells["cell"].unique()))}), "fenced")
    steps = engine.keep(telling_steps(positions, fenced, limits), "steps")
    tell("periods")
    tens = engine.keep(periods(positions), "periods")
    tell("feed")
    feed = listen(engine, positions)
    tell("gaps")
    silent = gaps(engine, steps, positions, tens, feed, limits)
    tell("port calls")
    calls = port_calls(engine, steps, tens, fence, feed, limits)
    tell("done")
    return Tracked(sum(by_reason.values()) + kept, kept, by_reason, pd.concat([silent, calls], ignore_index=True))
