"""`vesseltrack check`: findings for these sightings."""

from __future__ import annotations

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.config import CASE_FORMATS
from vesseltrack.errors import ExitCode


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="check",
        short_help="Findings for these sightings.",
        epilog=opt.exit_status(ExitCode.INCOMPLETE, ExitCode.LOCKED, ExitCode.DAMAGED, ExitCode.FINDINGS),
    )(check)


def check(
    files: opt.FilesOrLedger = None,
    format: opt.CaseFormat = None,
    output: opt.Output = None,
    vessels: opt.Vessels = None,
    ports: opt.Ports = None,
    lists: opt.Lists = None,
    fleet: opt.Fleet = None,
    counting: opt.Counting = None,
    fill: opt.Fill = None,
    barrels_per_tonne: opt.BarrelsPerTonne = None,
    capacity_file: opt.CapacityFile = None,
    decisions: opt.Decisions = None,
    draws: opt.Draws = None,
    seed: opt.Seed = None,
    reported: opt.Reported = None,
    as_of: opt.AsOf = None,
    fail_on: opt.FailOn = None,
    select: opt.Select = None,
    ignore: opt.Ignore = None,
    max_list_age: opt.MaxListAge = None,
    map: opt.Map = None,
    rejects: opt.Rejects = None,
    ledger: opt.Ledger = None,
    known_at: opt.KnownAt = None,
    lock_wait: opt.LockWait = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
    no_color: opt.NoColor = False,
) -> int:
    """Findings for these sightings, else for those in the ledger: which listed ships called where, what else is wrong.

    Ends in 10 when a finding is at or above --fail-on (medium unless set).
    """
    session = start(locals(), output=output, formats=CASE_FORMATS)  # every option under the name of its setting
    from vesseltrack.cases.outcome import check_exit
    from vesseltrack.cli.examination import Question, examine, files_used, keep_rejects, tell, tell_fleet
    from vesseltrack.reports.render import render

    question = Question(tuple(files or ()), fleet=fleet, reported=reported, known_at=known_at)
    case = examine(question, session)
    tell(case, session.messages)
    tell_fleet(case.fleet, session)
    used = files_used(question, session)
    keep_rejects(case, rejects, session.messages, output=output, inputs=used)
    session.write(render("check", case, session.format, **session.shape), inputs=used)
    return check_exit(case, session.settings["fail_on"] or "medium")
