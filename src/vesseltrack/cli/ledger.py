"""`vesseltrack ledger`: what was recorded, whether it is whole, and what somebody decided."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from vesseltrack.cli import ledger_changes
from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand, PlainGroup
from vesseltrack.cli.session import Session, start
from vesseltrack.errors import ConfigurationError, DamagedError, ExitCode, OutputError

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection

    from vesseltrack.config import Format
    from vesseltrack.ledger.marks import Marking
    from vesseltrack.ledger.queries import Entry

app = typer.Typer(cls=PlainGroup, help="The evidence ledger: what was recorded, and when.")
CODES = opt.exit_status(ExitCode.LOCKED, ExitCode.DAMAGED)
LOG_COLUMNS = ("seq", "kind", "recorded_at", "seen_from", "seen_to", "id", "replaces", "body")


@app.command(cls=PlainCommand, epilog=CODES)
def verify(
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
) -> int:
    """Recompute every hash, and compare every index, declaration, count and cache. Damage is named and ends in 5."""
    from vesseltrack.cli import listing
    from vesseltrack.cli.ledger_session import ledger_path
    from vesseltrack.ledger.store import check, inspecting
    from vesseltrack.ledger.verify import Verified, verified

    session = start(locals(), output=output, formats=listing.DOCUMENT_FORMATS)
    path = ledger_path(session)
    found: Verified | None = None
    try:
        with inspecting(path, session.settings["lock_wait"]) as connection:
            with contextlib.suppress(DamagedError):
                check(connection, path)  # what is no ledger, or a newer one, is not damaged
            found = verified(connection, _marking(session))
    except DamagedError as why:
        found = found or Verified(0, "", why.faults)
    if session.format == "json":
        told = {"ledger": str(path), "whole": not found.faults, "entries_held": found.entries, "head": found.head}
        session.write(listing.document("ledger", {**told, "faults": list(found.faults)}))
    else:
        word = "whole" if not found.faults else "DAMAGED"
        session.write(f"{path}: {word}: {found.entries:,} entries, head {found.head}\n")
    for fault in found.faults:
        session.messages.must(f"{path}: {fault}.")
    return ExitCode.DAMAGED if found.faults else ExitCode.CLEAN


@app.command(cls=PlainCommand, epilog=CODES)
def log(
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only these: sighting, input, list, decision ...")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="NUMBER", min=1, help="Only the newest ones.")] = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> None:
    """The entries in the order in which they were recorded."""
    from vesseltrack.cli import listing
    from vesseltrack.ledger.queries import entries
    from vesseltrack.ledger.schema import KINDS

    if kind is not None and kind not in KINDS:
        raise ConfigurationError(f"--kind: {kind!r} is none of {', '.join(KINDS)}.")
    session = start(
        {"ledger": ledger, "lock_wait": lock_wait, "format": format}, output=output, formats=listing.LIST_FORMATS
    )
    with _reading(session) as connection:
        rows = [_log_row(entry, session) for entry in entries(connection, kind, limit)]
    if session.format == "json":
        session.write(listing.document("ledger", {"entries": rows}))
        return
    session.write(listing.render("ledger", LOG_COLUMNS, rows, session, fewer=("seq", "kind", "recorded_at", "body")))


def _log_row(entry: Entry, session: Session) -> dict[str, Any]:
    from vesseltrack.ledger.export import entry_object

    return entry_object(entry) if session.format == "json" else {name: getattr(entry, name) for name in LOG_COLUMNS}


@app.command(cls=PlainCommand, epilog=opt.exit_status(ExitCode.INCOMPLETE, ExitCode.LOCKED, ExitCode.DAMAGED))
def export(
    everything: Annotated[
        bool, typer.Option("--all", help="Every entry as it stands, instead of the sightings in force.")
    ] = False,
    screenings: Annotated[
        bool,
        typer.Option("--screenings", help="Proof of what runs screened: ships, lists, and what was found."),
    ] = False,
    safe: Annotated[
        bool, typer.Option("--safe", help="Guard cells of CSV that a spreadsheet would take for a formula.")
    ] = False,
    known_at: opt.KnownAt = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="csv, parquet, ndjson or json; else from the suffix of -o, else csv."
        ),
    ] = None,
    output: opt.Output = None,
) -> int:
    """The sightings in force, one row each; to be read again without loss. Bytes are kept unless --safe.

    With --screenings it ends in 3 where no run was ever made, or sightings are there that no run has screened.
    """
    from vesseltrack.cli import output as out
    from vesseltrack.cli.ledger_session import known_day, ledger_path

    flags = {"ledger": ledger, "lock_wait": lock_wait, "format": format}
    session = start(flags, output=output, formats=("csv", "parquet", "ndjson", "json", "table"))
    day = known_day(known_at)
    if everything and day is not None:
        raise ConfigurationError("--known-at: is for the sightings in force; --all writes every entry.")
    if screenings:
        if everything or day is not None:
            raise ConfigurationError("--screenings: is an export of its own; leave --all and --known-at out.")
        if session.format == "parquet":
            raise ConfigurationError("--screenings: is written as csv, ndjson or json; name one with --format.")
        from vesseltrack.cli.ledger_screenings import export_screenings

        return export_screenings(session, safe=safe)
    with out.writing(output, inputs=[str(ledger_path(session))]) as file, _reading(session) as connection:
        if session.format == "parquet":
            _export_parquet(connection, day, file, everything=everything)
            return ExitCode.CLEAN
        for piece in _exported(connection, day, session.format, everything=everything, safe=safe):
            file.write(piece.encode("utf-8", "backslashreplace"))
    return ExitCode.CLEAN


def _export_parquet(connection: Connection, day: date | None, file: BinaryIO, *, everything: bool) -> None:
    from vesseltrack.ledger import export as exported
    from vesseltrack.ledger.export_parquet import write_entries, write_sightings

    if everything:
        write_entries(exported.all_entries(connection), file)
    else:
        write_sightings(exported.InForce(connection, day), file)


def _exported(
    connection: Connection, day: date | None, format: Format, *, everything: bool, safe: bool
) -> Iterator[str]:
    """The text of an export, piece by piece."""
    import json

    from vesseltrack.ledger import export as exported

    entries, in_force = exported.all_entries(connection), exported.InForce(connection, day)
    if format in ("csv", "table"):
        yield from (
            exported.entries_csv(entries, safe=safe) if everything else exported.sightings_csv(in_force, safe=safe)
        )
        return
    written = (json.dumps(exported.entry_object(entry), ensure_ascii=False) for entry in entries)
    objects = written if everything else iter(in_force)
    if format == "ndjson":
        yield from (f"{one}\n" for one in objects)
        return
    yield "[\n"
    yield from (f",\n{one}" if place else one for place, one in enumerate(objects))
    yield "\n]\n"


@app.command(cls=PlainCommand, epilog=CODES)
def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; must not be there yet.")],
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
) -> None:
    """A whole copy of the ledger, even while it is written to; then verified."""
    from vesseltrack.cli.ledger_session import ledger_path
    from vesseltrack.ledger.backup import backup as copy

    session, target = start({"ledger": ledger, "lock_wait": lock_wait}), Path(file)
    if target.exists():
        raise OutputError(f"{target}: is there already; name a file that is not.")
    found = copy(ledger_path(session), target, session.settings["lock_wait"])
    session.write(f"{target}: whole: {found.entries:,} entries, head {found.head}\n")


def _marking(session: Session) -> Marking | None:
    """How sightings are marked now; None, and said, where the lists or ports cannot be used."""
    from vesseltrack.cli.ledger_session import marking_of

    try:
        return marking_of(session)
    except ConfigurationError as why:
        session.messages.must(f"{why}; the marks of the sightings were checked by their digests alone.")
        return None


@contextlib.contextmanager
def _reading(session: Session) -> Iterator[Any]:
    from vesseltrack.cli.ledger_session import ledger_path
    from vesseltrack.ledger.store import reading

    with reading(ledger_path(session), session.settings["lock_wait"]) as connection:
        yield connection


ledger_changes.register(app)
