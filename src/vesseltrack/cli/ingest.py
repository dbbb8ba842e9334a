"""`vesseltrack ingest`: sightings into the ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start, today
from vesseltrack.errors import ExitCode, InputError

if TYPE_CHECKING:
    from vesseltrack.cli.messages import Messages
    from vesseltrack.ledger.ingesting import Ingested
    from vesseltrack.sightings.schema import Sightings
    from vesseltrack.vessels.register import Register


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="ingest",
        short_help="Add sightings to the ledger.",
        epilog=opt.exit_status(ExitCode.INCOMPLETE, ExitCode.LOCKED, ExitCode.DAMAGED),
    )(ingest)


def ingest(
    files: opt.Files = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    vessels: opt.Vessels = None,
    lists: opt.Lists = None,
    as_of: opt.AsOf = None,
    map: opt.Map = None,
    rejects: opt.Rejects = None,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> int:
    """Add sightings to the ledger, in one transaction, and the lists in force with version and sha256.

    The same rows in another order, file or format add nothing. Ends in 3 where a row could not be read.
    """
    from vesseltrack.cli import listing

    session = start(locals(), output=output, formats=listing.DOCUMENT_FORMATS)
    if not files:
        raise InputError("name a file, or - for standard input.")
    from vesseltrack.cases.relevant import marking
    from vesseltrack.cli.examination import field_mapping
    from vesseltrack.cli.ledger_session import ledger_path, moment
    from vesseltrack.ledger.ingesting import ingest as record
    from vesseltrack.ledger.store import writing
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.sightings.reader import read_sightings
    from vesseltrack.vessels.loading import load_register

    latest = min(today(), session.as_of) if session.as_of is not None else today()
    stdin = sys.stdin.buffer if "-" in files and sys.stdin is not None else None
    read = read_sightings(files, mapping=field_mapping(session), latest=latest, stdin=stdin, keep_tables=True)
    register = load_register(lists=session.settings["lists"], vessels_file=session.settings["vessels"])
    mark = marking(register, load_gazetteer(session.settings["ports"]))
    path = ledger_path(session)
    with writing(path, session.settings["lock_wait"]) as connection:
        done = record(connection, read, list_bodies(register), moment(), mark)
    _tell(read, session.messages)
    if rejects is not None:
        from vesseltrack.cli import output as out
        from vesseltrack.sightings.rejects import write_rejects

        out.write(write_rejects(read.rejects), rejects, inputs=files)
    content = {"ledger": str(path), **_counts(done), "inputs": [_file(one) for one in done.files]}
    session.write(listing.document("ingest", content) if session.format == "json" else _text(done, str(path)))
    empty = [file.path for file in read.inputs if file.rows == 0]
    if empty or read.rejects:
        why = [f"{name} has no rows" for name in empty]
        if read.rejects:
            why.append(f"{done.rejected:,} {'row' if done.rejected == 1 else 'rows'} could not be read")
        session.messages.must(f"incomplete: {'; '.join(why)}.")
        return ExitCode.INCOMPLETE
    return ExitCode.CLEAN


def list_bodies(register: Register) -> list[dict[str, Any]]:
    """What the ledger records of each list in force."""
    return [
        {
            "name": used.name,
            "id": used.id,
            "authority": used.authority,
            "version": used.version,
            "retrieved": used.retrieved,
            "sha256": used.sha256,
            "vessels": used.vessels,
            "companies": used.companies,
        }
        for used in register.lists
    ]


def _counts(done: Ingested) -> dict[str, int]:
    return {"new": done.new, "known": done.known, "rejected": done.rejected, "lists": done.lists}


def _file(one: Any) -> dict[str, Any]:
    account = one.file
    return {
        "path": account.path,
        "sha256": account.sha256,
        "rows": account.rows,
        "rejected": account.rejected,
        "duplicates": account.duplicates,
        "new": one.new,
        "known": one.known,
    }


def _text(done: Ingested, path: str) -> str:
    from vesseltrack.text import printable

    noun = "edition of a list" if done.lists == 1 else "editions of lists"
    lists = f"; {done.lists} {noun} recorded" if done.lists else ""
    return printable(f"{path}: {done.new:,} new, {done.known:,} known, {done.rejected:,} rejected{lists}") + "\n"


def _tell(read: Sightings, messages: Messages) -> None:
    """Remarks on the inputs, and the first rejects."""
    from vesseltrack.cli.examination import tell_rejects

    for file in read.inputs:
        for note in file.notes:
            messages.note(f"{file.path}: {note}")
    tell_rejects(read.rejects, messages)
