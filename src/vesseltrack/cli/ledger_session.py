"""What the commands that use the ledger share: which file it is, and what it gives."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vesseltrack import clock, config_values
from vesseltrack.cli.session import TODAY_VARIABLE, Session, today
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.ledger.marks import Marking
    from vesseltrack.reference import ReferenceUsed
    from vesseltrack.sightings.schema import Sightings


@dataclass(frozen=True)
class Kept:
    """What a ledger gives to an examination."""

    sightings: Sightings
    decisions: tuple[LedgerDecision, ...]
    reference: ReferenceUsed
    """The ledger with the hash of its last entry, so that a report anchors it."""


def ledger_path(session: Session) -> Path:
    """``--ledger``, else ``ledger.sqlite3`` in the user's data folder."""
    given: Path | None = session.settings["ledger"]
    if given is not None:
        return given
    from platformdirs import user_data_path

    return user_data_path("vesseltrack") / "ledger.sqlite3"


def moment() -> datetime:
    """The moment it is, UTC, naive; noon of ``VESSELTRACK_TODAY`` where that stands in for the clock."""
    if os.environ.get(TODAY_VARIABLE, "").strip():
        return datetime.combine(today(), datetime.min.time()).replace(hour=12)
    return clock.now().astimezone(UTC).replace(tzinfo=None)


def known_day(text: str | None) -> date | None:
    """``--known-at``.

    Raises:
        ConfigurationError: no day.
    """
    if text is None:
        return None
    try:
        day: date = config_values.day(text)
    except config_values.UnfitError as why:
        raise ConfigurationError(f"--known-at: {text!r}: {why}.") from None
    return day


def marking_of(session: Session) -> Marking:
    """How a ledger marks its sightings under the lists and ports of this command."""
    from vesseltrack.cases.relevant import marking
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.vessels.loading import load_register

    settings = session.settings
    return marking(
        load_register(lists=settings["lists"], vessels_file=settings["vessels"]), load_gazetteer(settings["ports"])
    )


def from_ledger(session: Session, known_at: str | None, marking: Marking) -> Kept:
    """The sightings and decisions of the ledger.

    Args:
        session: the command.
        known_at: ``--known-at``.
        marking: see `sightings_in_force`.

    Raises:
        InputError: there is none.
        LockedError, DamagedError: it cannot be used.
    """
    from vesseltrack.ledger.decisions import decisions_in_force
    from vesseltrack.ledger.queries import head_at, later_than
    from vesseltrack.ledger.sighting_frames import sightings_in_force
    from vesseltrack.ledger.store import reading
    from vesseltrack.reference import ReferenceUsed

    path, day = ledger_path(session), known_day(known_at)
    latest = min(today(), session.as_of) if session.as_of is not None else today()
    with reading(path, session.settings["lock_wait"]) as connection:
        left = later_than(connection, latest)
        kept = Kept(
            sightings_in_force(connection, str(path), known_at=day, latest=latest, marking=marking),
            decisions_in_force(connection, day),
            ReferenceUsed(str(path), head_at(connection, day)),
        )
    if left:
        session.messages.note(f"{path}: {left:,} sightings start after {latest} and are left out.")
    return kept
