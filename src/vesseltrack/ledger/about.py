"""Which ships, as they were given, the recorded findings are about, and what each run found about them."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from vesseltrack.ledger.runs import RecordedRun
    from vesseltrack.ledger.screened import RecordedSightings

    _Lines = Mapping[tuple[str, int], list[int]]

PLACE_NOT_FOUND = "VT902"
"""Of a port that the gazetteer does not know, and of no ship: the ships there, which it names, were checked."""

_FINDINGS = "SELECT seq, body FROM entries WHERE kind <> 'sighting' AND kind = 'finding' ORDER BY seq"
_OTHERS = """SELECT coalesce(body ->> '$.counterpart', ''), coalesce(body ->> '$.other_vessel', ''),
  coalesce(body ->> '$.other_imo', ''), coalesce(body ->> '$.other_mmsi', '') FROM entries WHERE seq = ?"""
_LINES = """SELECT i.body ->> '$.path', s.line, s.seq FROM entries AS s JOIN entries AS i ON i.seq = s.input
WHERE s.kind = 'sighting'"""


class About:
    """Ships by finding, each since the entry from which on it was known.

    A finding is about the ships of the sightings that it names, about those that bear its IMO number, and about those
    that one of its sightings names as the other ship, letter for letter: rather one too many than a ship called clean.
    """

    def __init__(self, connection: sqlite3.Connection, seen: RecordedSightings) -> None:
        self._seen = seen
        self._bearing: defaultdict[str, list[int]] = defaultdict(list)
        for ship, given in enumerate(seen.given):
            for text in {given.vessel, given.imo, given.mmsi} - {""}:
                self._bearing[text].append(ship)
        self._since: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._recorded_at: list[int] = []
        places = set()
        on_line: _Lines | None = None
        for seq, text in connection.execute(_FINDINGS).fetchall():
            body = json.loads(text)
            if on_line is None and not all(one.get("entry") for one in body["sightings"]):
                on_line = _by_line(connection)
            self._add(connection, seq, body, on_line or {})
            if body["rule"] == PLACE_NOT_FOUND and not body["ship"]:
                places.add(body["finding"])
        self.places = frozenset(places)
        """Findings about a place and no ship."""

    def state_at(self, run: RecordedRun) -> tuple[object, int]:
        """The same for runs that found the same."""
        return run.found, bisect_left(self._recorded_at, run.seq)

    def found_by(self, run: RecordedRun) -> Mapping[int, set[str]]:
        """By ship, what a run found; of a run that does not say, whatever was recorded before it."""
        by_ship: defaultdict[int, set[str]] = defaultdict(set)
        for name in self._since.keys() if run.found is None else run.found & self._since.keys():
            for ship, since in self._since[name].items():
                if since < run.seq:
                    by_ship[ship].add(name)
        return by_ship

    def _add(self, connection: sqlite3.Connection, seq: int, body: dict[str, Any], on_line: _Lines) -> None:
        """One record of a finding."""
        named = [
            at
            for one in body["sightings"]
            for at in ([one["entry"]] if one.get("entry") else on_line.get((one["source"], one["line"]), ()))
        ]
        texts = {body["imo"]}
        if body["ship"]:
            texts.update(text for at in named for text in connection.execute(_OTHERS, (at,)).fetchone())
        bearers = (ship for text in texts & self._bearing.keys() for ship in self._bearing[text])
        self._recorded_at.append(seq)
        for ship in {*map(self._seen.ship_of, named), *bearers}:
            self._since[body["finding"]].setdefault(ship, seq)


def _by_line(connection: sqlite3.Connection) -> _Lines:
    """Sightings by file name and line, of every file of that name: the first ledgers' findings do not say which."""
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for path, line, seq in connection.execute(_LINES):
        found[path, line].append(seq)
    return found
