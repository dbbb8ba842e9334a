"""The recorded sightings column by column, and which of them each run screened."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.ledger.queries import replacements, taken_out
from vesseltrack.ledger.runs import AsGiven

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Hashable

    import numpy.typing as npt

    from vesseltrack.ledger.runs import RecordedRun

    Mask = npt.NDArray[np.bool_]

_SIGHTINGS = """SELECT seq, seen_from, seen_to, coalesce(body ->> '$.vessel', ''), coalesce(body ->> '$.imo', ''),
  coalesce(body ->> '$.mmsi', ''), coalesce(body ->> '$.call_sign', '')
FROM entries WHERE kind = 'sighting' ORDER BY seq"""


class RecordedSightings:
    """Every sighting that was recorded, in force or not."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        codes: dict[AsGiven, int] = {}
        rows = [
            (seq, first, last, codes.setdefault(AsGiven(*ship), len(codes)))
            for seq, first, last, *ship in connection.execute(_SIGHTINGS)
        ]
        seqs, firsts, lasts, ships = zip(*rows, strict=True) if rows else ((), (), (), ())
        self.seqs = np.array(seqs, np.int64)
        """Places in the ledger, ascending."""

        self.first = np.array(firsts, "datetime64[us]")
        self.last = np.array(lasts, "datetime64[us]")
        self.ships = np.array(ships, np.int64)
        """Place of its ship in ``given``."""

        self.given = tuple(codes)
        self._newest_day = self.first.max().astype("datetime64[D]") if rows else None
        self._replacements = replacements(connection)
        self._replaced_at = [row[4] for row in self._replacements]

    def screened_by(self, run: RecordedRun) -> Mask:
        """Those that stood before a run in the chain, were in force then, and did not start after its day."""
        mask = (self.seqs < run.seq) & self._in_force(bisect_left(self._replaced_at, run.seq))
        return mask if run.until is None else mask & (self.first.astype("datetime64[D]") <= np.datetime64(run.until))

    def state_at(self, run: RecordedRun) -> Hashable:
        """The same for runs that screened the same sightings."""
        all_days = run.until is None or self._newest_day is None or np.datetime64(run.until) >= self._newest_day
        known = int(np.searchsorted(self.seqs, run.seq))
        return known, bisect_left(self._replaced_at, run.seq), None if all_days else run.until

    def in_force(self) -> Mask:
        """Those that nothing takes out of force now."""
        return self._in_force(len(self._replacements))

    def ship_of(self, seq: int) -> int:
        """The ship of the sighting at a place in the ledger."""
        return int(self.ships[np.searchsorted(self.seqs, seq)])

    def _in_force(self, known: int) -> Mask:
        """Those that the first so many corrections and retractions leave in force."""
        out = taken_out(row[:3] for row in self._replacements[:known])
        return ~np.isin(self.seqs, list(out))
