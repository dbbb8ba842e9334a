"""Corrections and retractions: new entries that name an old one and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.ledger.entries import Recorder
from vesseltrack.ledger.ingesting import ingest
from vesseltrack.ledger.queries import entry_named, replaced_before

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from vesseltrack.ledger.entries import Recorded
    from vesseltrack.ledger.marks import Marking
    from vesseltrack.ledger.queries import Entry
    from vesseltrack.sightings.schema import Sightings

REPLACEABLE = ("sighting", "decision", "correction", "retraction")
"""Kinds that can be taken out of force; findings, runs and inputs are what was, and stay."""


def retract(connection: sqlite3.Connection, given: str, because: str, now: datetime) -> Recorded:
    """Take an entry out of force; taking back a correction or retraction puts what it took out into force again.

    Raises:
        ConfigurationError: no such entry, or one that cannot be taken out of force.
    """
    old = _replaceable(connection, given)
    return Recorder(connection, now).add("retraction", _content(connection, old, because), replaces=old.id)


def correct(
    connection: sqlite3.Connection, given: str, read: Sightings, because: str, now: datetime, marking: Marking
) -> Recorded:
    """Put the sightings of a file in the place of one that is recorded.

    Raises:
        ConfigurationError: no such sighting, or the file holds none, or the same.
    """
    old = _replaceable(connection, given)
    if old.kind != "sighting":
        raise ConfigurationError(f"{given}: a {old.kind}, not a sighting; retract it and record another.")
    if read.frame.empty:
        raise ConfigurationError(f"{read.inputs[0].path}: holds no sighting that could be read; nothing was corrected.")
    from vesseltrack.ledger.entries import entry_id  # noqa: PLC0415
    from vesseltrack.ledger.sighting_rows import Written  # noqa: PLC0415

    names = [entry_id("sighting", body) for body in Written(read.frame).bodies(slice(0, len(read.frame)))]
    if old.id in names:
        raise ConfigurationError(f"{given}: the file holds the same sighting; nothing was corrected.")
    ingest(connection, read, (), now, marking)
    return Recorder(connection, now).add(
        "correction", {**_content(connection, old, because), "by": names}, replaces=old.id
    )


def _content(connection: sqlite3.Connection, old: Entry, because: str) -> dict[str, object]:
    """Reason and target; after a retraction that was taken back, also that one, or the new entry would be the old."""
    before = [row[0] for row in connection.execute("SELECT id FROM entries WHERE replaces = ? ORDER BY seq", (old.id,))]
    return {"because": because, "replaces": old.id} | ({"after": before[-1]} if before else {})


def _replaceable(connection: sqlite3.Connection, given: str) -> Entry:
    old = entry_named(connection, given)
    if old.kind not in REPLACEABLE:
        raise ConfigurationError(f"{given}: a {old.kind}: it is what was, and stays; retract sightings and decisions.")
    if old.seq in replaced_before(connection):
        raise ConfigurationError(f"{given}: is out of force already; `vesseltrack ledger log` shows by what.")
    if old.replaces is not None and entry_named(connection, old.replaces).replaces is not None:
        raise ConfigurationError(f"{given}: takes back a retraction; retract the sighting or decision itself instead.")
    return old
