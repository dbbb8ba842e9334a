"""`vesseltrack status`: what the ledger holds, how fresh."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.errors import ExitCode


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="status",
        short_help="What the ledger holds, how fresh.",
        epilog=opt.exit_status(ExitCode.LOCKED, ExitCode.DAMAGED),
    )(status)


def status(
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
) -> None:
    """What the ledger holds, how fresh it is, and the hash of its last entry.

    A copy of that hash, kept elsewhere, proves later that nothing before it was changed.
    """
    from vesseltrack.cli import listing
    from vesseltrack.cli.ledger_session import ledger_path
    from vesseltrack.ledger.queries import standing
    from vesseltrack.ledger.schema import VERSION
    from vesseltrack.ledger.store import reading

    session = start(locals(), output=output, formats=listing.DOCUMENT_FORMATS)
    path = ledger_path(session)
    with reading(path, session.settings["lock_wait"]) as connection:
        found = standing(connection, VERSION)
    if session.format == "json":
        session.write(listing.document("status", {"ledger": str(path), **asdict(found)}))
        return
    held = tuple(f"{number:,} {kind}" for kind, number in found.entries.items())
    pairs: list[tuple[str, Any]] = [
        ("ledger", str(path)),
        ("schema", f"version {found.version}"),
        ("entries", held),
        ("sightings in force", f"{found.in_force:,}"),
        ("newest sighting", found.newest_sighting),
        ("last ingest", found.last_ingest),
        ("last entry", found.last_entry),
        ("head hash", found.head),
    ]
    session.write(listing.fields(pairs, session.shape["width"]))
