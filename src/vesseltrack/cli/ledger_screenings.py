"""`vesseltrack ledger export --screenings`: proof of what the recorded runs screened and found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.cli.session import Session
    from vesseltrack.ledger.screenings import Screenings
    from vesseltrack.reports.values import Document


def export_screenings(session: Session, *, safe: bool) -> ExitCode:
    """Writes the proof; 3 where nothing was screened, or something not yet: that is not clean."""
    from vesseltrack.cli import listing
    from vesseltrack.cli.ledger_session import ledger_path
    from vesseltrack.ledger.queries import entries, head_at
    from vesseltrack.ledger.screenings import screenings
    from vesseltrack.ledger.store import reading
    from vesseltrack.reports.json import dumps
    from vesseltrack.reports.screenings import screening_object, screenings_csv

    path = ledger_path(session)
    with reading(path, session.settings["lock_wait"]) as connection:
        found = screenings(connection)
        lists = {entry.id: entry.content for entry in entries(connection, "list")}
        head = head_at(connection, None)
    because = list(_not_screened(found))
    objects: Iterator[Document] = (screening_object(line, lists) for line in found.lines)
    if session.format == "json":
        content = {"ledger": str(path), "head": head, "complete": not because, "incomplete_because": because}
        text = listing.document("screenings", {**content, "screenings": list(objects)})
    elif session.format == "ndjson":
        text = "".join(f"{dumps(one)}\n" for one in objects)
    else:
        text = "".join(screenings_csv(objects, safe=safe))
    session.write(text, inputs=[str(path)])
    for reason in because:
        session.messages.must(f"{path}: {reason}.")
    return ExitCode.INCOMPLETE if because else ExitCode.CLEAN


def _not_screened(found: Screenings) -> Iterator[str]:
    if not found.runs:
        yield "no run was ever made, so nothing was screened; `vesseltrack run` screens what the ledger holds"
    elif not found.lines:
        yield "no run screened a sighting"
    elif found.unscreened:
        noun = "sighting has" if found.unscreened == 1 else "sightings have"
        yield f"{found.unscreened:,} {noun} been screened by no run; `vesseltrack run` screens what the ledger holds"
