"""`vesseltrack run`: the cron command."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.output import STANDARD_OUTPUT
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start, today
from vesseltrack.errors import ConfigurationError, ExitCode, InputError, OutputError, VesseltrackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.cases.inbox import Stamp
    from vesseltrack.cases.run import Ran
    from vesseltrack.cli.session import Session
    from vesseltrack.sightings.schema import Sightings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    codes = (ExitCode.INCOMPLETE, ExitCode.LOCKED, ExitCode.DAMAGED, ExitCode.FINDINGS, ExitCode.CAP)
    app.command(
        cls=PlainCommand, name="run", short_help="The cron command: what is new.", epilog=opt.exit_status(*codes)
    )(run)


def run(
    files: opt.FilesOrLedger = None,
    inbox: Annotated[
        str | None,
        typer.Option("--inbox", metavar="DIR", help="Take the files of this folder, once; they move to done/ in it."),
    ] = None,
    metrics_file: Annotated[
        str | None,
        typer.Option("--metrics-file", metavar="FILE", help="Write OpenMetrics for node_exporter, on failure too."),
    ] = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
    output: opt.Output = None,
    vessels: opt.Vessels = None,
    ports: opt.Ports = None,
    lists: opt.Lists = None,
    reported: opt.Reported = None,
    counting: opt.Counting = None,
    fill: opt.Fill = None,
    barrels_per_tonne: opt.BarrelsPerTonne = None,
    capacity_file: opt.CapacityFile = None,
    decisions: opt.Decisions = None,
    as_of: opt.AsOf = None,
    fail_on: opt.FailOn = None,
    fail_at: opt.FailAt = None,
    select: opt.Select = None,
    ignore: opt.Ignore = None,
    max_list_age: opt.MaxListAge = None,
    map: opt.Map = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> int:
    """What is new: adds sightings to the ledger, checks all it holds, and tells each finding once.

    Without a file and an inbox the ledger is checked again. Nothing new and everything fresh: not a word, and 0.
    """
    session = start(locals(), output=output, formats=("table",))
    if files and inbox is not None:
        raise ConfigurationError("--inbox: names the files to take; leave the others out.")
    own = [Path(name) for name in (output, metrics_file, reported) if name not in (None, *STANDARD_OUTPUT)]
    ran: Ran | None = None
    code = int(ExitCode.FAILURE)
    try:
        ran, refused = _run(tuple(files or ()), inbox, own, reported, session)
        code = int(ran.exit_code(session.settings["fail_at"]))
        if refused and code == ExitCode.CLEAN:
            code = int(ExitCode.INCOMPLETE)
    except VesseltrackError as why:
        code = int(why.exit_code)
        raise
    finally:
        if metrics_file is not None:
            from vesseltrack.cli.run_metrics import write_metrics

            try:
                write_metrics(Path(metrics_file), code, ran)
            except OutputError as why:  # what made the run itself fail, if anything did, is said as well
                session.messages.must(str(why))
                code = int(why.exit_code)
    return code


def _run(
    files: tuple[str, ...], inbox: str | None, own: Sequence[Path], reported: str | None, session: Session
) -> tuple[Ran, bool]:
    """Both transactions with the telling between them; whether a file of the inbox was refused."""
    from vesseltrack.cases.inbox import DONE, REFUSED, look_into, move
    from vesseltrack.cases.outcome import SEVERITIES
    from vesseltrack.cases.run import take_in, told
    from vesseltrack.cli.examination import Question, settings_of
    from vesseltrack.cli.ingest import list_bodies
    from vesseltrack.cli.ledger_session import ledger_path, moment
    from vesseltrack.cli.run_files import read_inbox, read_named, settings_files
    from vesseltrack.ledger.store import writing
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.reports.run_view import summary
    from vesseltrack.vessels.loading import load_register

    settings, messages, path = session.settings, session.messages, ledger_path(session)
    taken: dict[Path, Stamp] = {}
    refused: dict[Path, Stamp] = {}
    if inbox is not None:
        found = look_into(Path(inbox), time.time(), (path, *own, *settings_files(session)))
        for left in found.left:
            messages.detail(f"{left}: was written to just now; left for the next run.")
        read, taken, refused = read_inbox(found, session)
        files = tuple(map(str, taken))
    elif not files and not path.exists():
        raise InputError(f"{path}: there is no ledger here; name a file, or begin one with `vesseltrack ingest FILE`.")
    else:
        stdin = sys.stdin.buffer if "-" in files and sys.stdin is not None else None
        read = read_named(files, session, stdin) if files else None
    register = load_register(lists=settings["lists"], vessels_file=settings["vessels"])
    gazetteer = load_gazetteer(settings["ports"])
    fail_on = settings["fail_on"] or "new"
    least = {"new": 0, "none": len(SEVERITIES)}.get(fail_on, SEVERITIES.index(fail_on) if fail_on in SEVERITIES else 0)
    with writing(path, settings["lock_wait"]) as connection:
        ran = take_in(
            connection,
            read,
            path=str(path),
            register=register,
            lists=list_bodies(register),
            gazetteer=gazetteer,
            settings=lambda recorded: settings_of(Question((), reported=reported), session, recorded),
            least=least,
            today=today(),
            now=moment(),
        )
    _tell(read, ran, session)
    if inbox is not None:
        for fault in (*move(taken, Path(inbox) / DONE), *move(refused, Path(inbox) / REFUSED)):
            messages.must(f"{fault}.")
    text = summary(ran.new, ran.over.values(), ran.case.years, str(path), ran.head)
    if text:
        session.write(text, inputs=files)
        with writing(path, settings["lock_wait"], begin=False) as connection:
            told(connection, ran, moment())
    return ran, bool(refused)


def _tell(read: Sightings | None, ran: Ran, session: Session) -> None:
    """Says on standard error what could not be read and what is not fresh."""
    from vesseltrack.cli.examination import tell_rejects

    if read is not None:
        tell_rejects(read.rejects, session.messages, keeps="")
    if ran.because:
        session.messages.must(f"incomplete: {'; '.join(ran.because)}.")
