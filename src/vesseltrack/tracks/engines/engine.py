"""What detectors ask of an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import narwhals as nw
    import pyarrow as pa

    from vesseltrack.tracks.formats.source import Source

    Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Rows:
    """What the inputs hold, in the columns of `schema.POSITIONS`."""

    positions: Frame
    """``mmsi, time, lat, lon, sog, draught`` of the rows with a position; kept, so that it can be asked many times."""

    answers: Frame
    """``mmsi, ship_type, imo, name, call_sign, first, last``: who ships say they are, each answer of a ship once or a
    few times, with the first and last second in which it was sent. A row without a position may say so too."""

    said_by: Callable[[Frame], Frame]
    """``mmsi, time, ship_type, imo, name, call_sign``: the same each time it was said, by the ships of a frame with
    ``mmsi``, each once."""

    numbers: Mapping[str, int]
    """How many rows are rejected for what, by reason of `schema.REJECTS`; the empty one is for rows that are not."""


class Engine(Protocol):
    """Turns sources into frames, and frames into results. All frames of one engine can be joined."""

    name: str

    def progress(self) -> float | None:
        """How much of the running query is done, in percent, where the engine knows; asked from another thread."""

    def read(self, sources: Sequence[Source]) -> Rows:
        """The rows of all sources.

        Raises:
            InputError: a file that cannot be read.
        """

    def keep(self, frame: Frame, name: str) -> Frame:
        """The same rows, worked out now and once; ``name`` is for people."""

    def known(self, table: pa.Table, name: str) -> Frame:
        """A small table of our own as a frame."""

    def mapped(self, frame: Frame, function: Callable[[pa.Table], pa.Table], schema: pa.Schema, name: str) -> Frame:
        """What a function of Arrow tables makes of the rows, batch by batch, wherever the rows are.

        The function must not depend on how the rows are cut into batches.
        """

    def collect(self, frame: Frame) -> pa.Table:
        """The rows, here; in no order."""

    def write(self, frame: Frame, path: str) -> None:
        """Write rows as a folder of Parquet to where this machine does not reach (``s3://bucket/events``).

        Raises:
            ConfigurationError: the engine reaches no farther than this machine.
            OutputError: it exists, or cannot be written.
        """

    def close(self) -> None:
        """Let go of memory, of processes and of the folder."""
