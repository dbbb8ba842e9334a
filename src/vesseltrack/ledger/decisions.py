"""What somebody decided about findings and deliveries, as the ledger keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from vesseltrack.ledger.entries import Recorder, canonical, entry_id
from vesseltrack.ledger.queries import end_of, entry_named, replaced_before

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from vesseltrack.ledger.entries import Recorded

How = Literal["accept", "false-positive", "exempt", "disproved"]
HOWS: tuple[How, ...] = get_args(How)
SET_ASIDE: tuple[How, ...] = ("accept", "false-positive")
"""A finding so decided is still listed, with a mark, and does not count for the exit code."""


@dataclass(frozen=True)
class LedgerDecision:
    """A decision in force."""

    entry: str
    """Id of its entry."""

    about: str
    """Id of a finding or of a delivery."""

    how: How
    because: str
    reference: str
    """The Committee's reference of an exemption; empty where there is none."""

    until: date | None
    """Last day on which it holds; None for ever."""

    recorded_at: str
    ship: dict[str, Any] | None
    """Key, name, port, from and to of the ship that a finding is about; None for a delivery and for the cap."""

    def holds(self, day: date) -> bool:
        """Whether it has not expired."""
        return self.until is None or day <= self.until


def decisions_in_force(connection: sqlite3.Connection, known_at: date | None = None) -> tuple[LedgerDecision, ...]:
    """The last decision about each finding or delivery, in order.

    Args:
        connection: the ledger.
        known_at: as of what had been recorded at the end of that day; None for everything.
    """
    out = replaced_before(connection, known_at)
    rows = connection.execute(
        "SELECT seq, id, body, recorded_at FROM entries "
        "WHERE kind <> 'sighting' AND kind = 'decision' AND recorded_at < ? ORDER BY seq",
        (end_of(known_at),),
    )
    last: dict[str, LedgerDecision] = {}
    for seq, name, text, recorded_at in rows:
        if seq in out:
            continue
        body = json.loads(text)
        last.pop(body["about"], None)
        last[body["about"]] = LedgerDecision(
            entry=name,
            about=body["about"],
            how=body["as"],
            because=body["because"],
            reference=body.get("reference", ""),
            until=date.fromisoformat(body["until"]) if body.get("until") else None,
            recorded_at=recorded_at,
            ship=body.get("ship"),
        )
    return tuple(last.values())


def record_decision(connection: sqlite3.Connection, content: Mapping[str, Any], now: datetime) -> Recorded:
    """Record a decision; the one that is in force already adds nothing.

    One that was made before, and was retracted or followed by another since, says what it comes after: without that the
    same words would be the old entry, and change nothing.
    """
    recorder = Recorder(connection, now)
    if not recorder.known([entry_id("decision", canonical(content))]):
        return recorder.add("decision", content)
    for one in decisions_in_force(connection):
        held = entry_named(connection, one.entry).content
        if {key: value for key, value in held.items() if key != "after"} == content:
            return recorder.add("decision", held)
    (last,) = connection.execute("SELECT id FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return recorder.add("decision", {**content, "after": last})
