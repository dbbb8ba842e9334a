"""`vesseltrack screen`: a name, IMO number or MMSI."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start, today
from vesseltrack.errors import ExitCode, InputError


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="screen",
        short_help="Is this ship listed, or of the trade?",
        epilog=opt.exit_status(ExitCode.INCOMPLETE, ExitCode.FINDINGS),
    )(screen)


def screen(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Names, IMO numbers or MMSIs; - reads one per line of standard input."),
    ] = None,
    format: opt.Format = None,
    output: opt.Output = None,
    vessels: opt.Vessels = None,
    lists: opt.Lists = None,
    as_of: opt.AsOf = None,
    fail_on: opt.FailOn = None,
    max_list_age: opt.MaxListAge = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
    no_color: opt.NoColor = False,
) -> int:
    """Whether a ship is on a list or belongs to the trade: one answer per query, in order.

    Ends in 10 for a match; with --fail-on low for a review too.
    """
    session = start(locals(), output=output)  # every option under the name of its setting
    from vesseltrack.cases.outcome import screen_exit
    from vesseltrack.cases.screening import screen_case
    from vesseltrack.reports.render import render
    from vesseltrack.vessels.loading import load_register

    if not names:
        raise InputError("name a ship, an IMO number or an MMSI, or - for standard input.")
    settings = session.settings
    register_ = load_register(lists=settings["lists"], vessels_file=settings["vessels"])
    screening = screen_case(
        queries(names), register_, as_of=session.as_of or today(), max_list_age_days=settings["max_list_age"]
    )
    if screening.incomplete_because:
        session.messages.must(f"incomplete: {'; '.join(screening.incomplete_because)}.")
    session.write(render("screen", screening, session.format, **session.shape))
    return screen_exit(screening, settings["fail_on"] or "medium")


def queries(names: list[str]) -> Iterator[str]:
    """The queries in order, ``-`` replaced by the lines of standard input."""
    if names.count("-") > 1:
        raise InputError("-: standard input can be read only once; name it once.")
    for name in names:
        if name != "-":
            yield name
            continue
        if sys.stdin is None:
            raise InputError("-: standard input is closed.")
        data = sys.stdin.buffer.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as why:
            line = data[: why.start].count(b"\n") + 1
            raise InputError(f"-:{line}: not UTF-8 text; convert it, as in iconv -f LATIN1 -t UTF-8.") from None
        lines = text.split("\n")
        yield from (line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines))
