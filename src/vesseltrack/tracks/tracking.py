"""From AIS files to events: every detector, in one engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from vesseltrack.tracks.detectors.calls import port_calls
from vesseltrack.tracks.detectors.feed import listen
from vesseltrack.tracks.detectors.found import found
from vesseltrack.tracks.detectors.gaps import gaps
from vesseltrack.tracks.detectors.identities import identity_changes, known_as
from vesseltrack.tracks.detectors.meetings import meetings
from vesseltrack.tracks.detectors.moves import impossible_moves
from vesseltrack.tracks.detectors.periods import periods
from vesseltrack.tracks.detectors.spots import standing_tracks
from vesseltrack.tracks.detectors.steps import telling_steps
from vesseltrack.tracks.events import called_at, complete, in_order
from vesseltrack.tracks.geofence import build_fence, cells_wholly_within, near_any
from vesseltrack.tracks.schema import KINDS
from vesseltrack.vessels.identifiers import DPRK_MID, MMSI_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.tracks.engines.engine import Engine, Frame, Rows
    from vesseltrack.tracks.formats.source import Recognised
    from vesseltrack.tracks.geofence import Fence
    from vesseltrack.tracks.schema import Kind
    from vesseltrack.tracks.thresholds import Thresholds


CROWDED = "tens of minutes of ships in crowds, where lying together is no meeting"

UNDRAWN = "ports without an outline, where no call can be seen"


class DprkShip(NamedTuple):
    """A ship whose MMSI begins with the DPRK's digits."""

    mmsi: str
    imo: str
    """As last sent; empty where it sent none."""

    name: str
    since: pd.Timestamp
    until: pd.Timestamp


@dataclass(frozen=True)
class Tracked:
    """What came of some inputs."""

    engine: str
    read: int
    """Rows and messages; ``read == kept + sum(rejected)``."""

    kept: int
    duplicates: int
    """Of the rows kept, those that stood in the data already."""

    rejected: Mapping[str, int]
    """By reason, see `schema.REJECTS`."""

    ships: int
    dprk: tuple[DprkShip, ...]
    """Ships that send a number of the DPRK, with or without an event, by number."""

    since: pd.Timestamp | None
    until: pd.Timestamp | None
    events: pd.DataFrame
    """In the columns of `schema.EVENTS`."""

    left_aside: Mapping[str, int]
    """What was not looked at, and why."""


def track(
    engine: Engine,
    inputs: Recognised,
    gazetteer: Gazetteer,
    limits: Thresholds,
    tell: Callable[[str], None] = lambda _: None,
    kinds: frozenset[Kind] = frozenset(KINDS),
) -> Tracked:
    """Everything that AIS shows.

    Args:
        engine: where it is worked out.
        inputs: see `formats.recognising.recognise`.
        gazetteer: ports, for port calls and distances.
        limits: thresholds.
        tell: is given the name of each stage as it begins.
        kinds: what is looked for; what is not asked for costs nothing.

    Raises:
        InputError: a file that cannot be read.
    """
    rejected = Counter(inputs.events_rejected)
    for source in inputs.sources:
        rejected.update(source.rejected)
    read = sum(rejected.values()) + len(inputs.events)
    if not inputs.sources:
        events = in_order(pd.DataFrame(inputs.events))
        return Tracked(engine.name, read, len(inputs.events), 0, dict(rejected), 0, (), None, None, events, {})
    tell("reading positions")
    rows = engine.read(inputs.sources)
    rejected.update(rows.numbers)
    read += sum(rows.numbers.values())
    kept = rejected.pop("", 0) + len(inputs.events)
    positions = rows.positions

    tell("following each ship")
    fence = build_fence(gazetteer.ground, limits.call_margin_m) if "port_call" in kinds else None
    fenced = None if fence is None else _fenced(engine, fence)
    steps = engine.keep(telling_steps(positions, fenced, limits, jumps="impossible_move" in kinds), "steps")
    last_heard = engine.keep(_last_heard(positions), "ships")
    feed = listen(engine, positions)
    results = [found("gap", {}, 0)]
    if kinds & {"gap", "open_gap"}:
        tell("gaps")
        results.append(gaps(engine, steps, positions, last_heard, feed, limits))
    if fence is not None:
        tell("port calls")
        results.append(port_calls(engine, steps, last_heard, fence, feed, limits))
    crowded, known = 0, pd.DataFrame()
    if kinds & {"meeting", "identity_change"}:
        tell("who ships say they are")
        known = known_as(engine, rows.answers)
    if kinds & {"meeting", "impossible_move"}:
        tell("meetings and impossible moves")
        tens = engine.keep(periods(positions), "periods")
    if "meeting" in kinds:
        harbours = [port for port in gazetteer.ground.ports if port.harbour]
        near = engine.known(cells_wholly_within(harbours, limits.meeting_port_km * 1000), "harbours")
        met, crowded = meetings(engine, tens, near, known, limits)
        at = (met[name].to_numpy("float64") for name in ("lat", "lon"))
        results.append(met[~near_any(harbours, limits.meeting_port_km * 1000, *at)])
    if "impossible_move" in kinds:
        results.append(impossible_moves(engine, steps, limits))
        results.append(standing_tracks(engine, tens, positions, limits))
    if "identity_change" in kinds:
        tell("identities")
        results.append(identity_changes(engine, rows.said_by, known))
    seen = pd.concat(results, ignore_index=True)
    seen = seen[seen["kind"].isin(kinds)]
    dprk = _heard_of_dprk(engine, last_heard)
    if known.empty:
        asked = np.union1d(seen[["mmsi", "other_mmsi"]].to_numpy(), dprk["mmsi"].to_numpy())
        known = known_as(engine, _answers_of(engine, rows, asked))
    events = complete(seen, known, gazetteer.ground, gazetteer.ports)
    if inputs.events:
        events = in_order(pd.concat([events, pd.DataFrame(inputs.events)], ignore_index=True))
    total = engine.collect(
        last_heard.select(since=nw.col("first").min(), until=nw.col("last").max(), ships=nw.len())
    ).to_pylist()[0]
    again = engine.collect(steps.filter(nw.col("again")).select(rows=nw.len())).to_pylist()[0]["rows"]
    return Tracked(
        engine=engine.name, read=read, kept=kept, duplicates=again, rejected=dict(sorted(rejected.items())),
        ships=total["ships"], dprk=_dprk_ships(dprk, known),
        since=_time(total["since"]), until=_time(total["until"]), events=events,
        left_aside={CROWDED: crowded, UNDRAWN: len(gazetteer.ports) - len(gazetteer.ground.ports)},
    )  # fmt: skip


def _heard_of_dprk(engine: Engine, last_heard: Frame) -> pd.DataFrame:
    """``mmsi, first, last`` of ships with a number of the DPRK."""
    size = 10 ** (MMSI_DIGITS - len(DPRK_MID))
    theirs = nw.col("mmsi").is_between(int(DPRK_MID) * size, (int(DPRK_MID) + 1) * size - 1)
    heard: pd.DataFrame = engine.collect(last_heard.filter(theirs).select("mmsi", "first", "last")).to_pandas()
    return heard.sort_values("mmsi", ignore_index=True)


def _dprk_ships(heard: pd.DataFrame, known: pd.DataFrame) -> tuple[DprkShip, ...]:
    called = called_at(heard["mmsi"], heard["last"], known)
    columns = (heard["mmsi"], called["imo"], called["name"], heard["first"], heard["last"])
    return tuple(
        DprkShip(f"{mmsi:0{MMSI_DIGITS}d}", imo, name, pd.Timestamp(since, unit="s"), pd.Timestamp(until, unit="s"))
        for mmsi, imo, name, since, until in zip(*columns, strict=True)
    )


def _fenced(engine: Engine, fence: Fence) -> Frame:
    cells = fence.cells["cell"].unique()
    return engine.known(pa.table({"cell": cells, "fenced": [True] * len(cells)}), "fenced")


def _answers_of(engine: Engine, rows: Rows, ships: npt.NDArray[np.int64]) -> Frame:
    """`Rows.answers` of some ships alone, each number once."""
    said = rows.said_by(engine.known(pa.table({"mmsi": ships.astype(np.int32)}), "asked"))
    return said.group_by("mmsi", "ship_type", "imo", "name", "call_sign").agg(
        first=nw.col("time").min(), last=nw.col("time").max()
    )


def _last_heard(positions: Frame) -> Frame:
    """``mmsi, first, last``: when each ship was heard first and last."""
    return positions.group_by("mmsi").agg(first=nw.col("time").min(), last=nw.col("time").max())


def _time(seconds: int | None) -> pd.Timestamp | None:
    return None if seconds is None else pd.Timestamp(seconds, unit="s")
