"""`vesseltrack backtest`: the published estimates, recomputed."""

from __future__ import annotations

from typing import Annotated

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.config import Format
from vesseltrack.errors import ExitCode

FORMATS: tuple[Format, ...] = ("table", "json", "ndjson", "csv", "markdown")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="backtest",
        short_help="The published estimates, recomputed.",
        epilog=opt.exit_status(*opt.ALWAYS),
    )(backtest)


def backtest(
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}; else from the suffix of -o."),
    ] = None,
    output: opt.Output = None,
    no_color: opt.NoColor = False,
) -> int:
    """Published estimates of what reached the DPRK, recomputed: the figure, the program's beside it, the difference.

    Each estimate goes through the same counting as a user's sightings; one that cannot be recomputed is listed with
    why. Ends in 0 when it ran, whatever the differences are. It uses the bundled data only: no list, register or
    gazetteer of the user changes it.
    """
    session = start({"format": format, "no_color": no_color}, output=output, formats=FORMATS)
    from vesseltrack.cases.backtest import backtest as recompute
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.reports.render import render
    from vesseltrack.vessels.loading import load_register

    payload = recompute(load_register(), load_gazetteer())
    session.write(render("backtest", payload, session.format, **session.shape))
    return ExitCode.CLEAN
