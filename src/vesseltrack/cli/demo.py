"""`vesseltrack demo`: the bundled Vostochny 2024 case, start to finish."""

from __future__ import annotations

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.errors import ExitCode

EXAMPLE = "examples/vostochny-2024.csv"
INTRODUCTION = """The bundled case: public sightings of 2024, of DPRK tankers at Vostochny and of the ships around them.
First what is wrong with them, as `vesseltrack check {file}` says; then the cap, as `vesseltrack report` does.

"""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="demo",
        short_help="The bundled Vostochny 2024 case.",
        epilog=opt.exit_status(*opt.ALWAYS),
    )(demo)


def demo(output: opt.Output = None, quiet: opt.Quiet = False, no_color: opt.NoColor = False) -> int:
    """The bundled Vostochny 2024 case, start to finish: findings, then the verdict. Ends in 0 when it ran."""
    from vesseltrack.cli.examination import Question, examine
    from vesseltrack.reference import path_of
    from vesseltrack.reports.render import render

    # The case is the same everywhere: nobody's settings but these.
    session = start({"quiet": quiet, "no_color": no_color}, output=output, formats=("table",), environment={}, files=())
    file = str(path_of(EXAMPLE))
    case = examine(Question((file,), years=(2024,)), session)
    text = (
        INTRODUCTION.format(file=file)
        + render("check", case, "table", **session.shape)
        + "\n"
        + render("report", case, "table", **session.shape)
    )
    session.write(text)
    return ExitCode.CLEAN
