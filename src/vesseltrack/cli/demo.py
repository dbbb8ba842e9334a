"""`vesseltrack demo`: the bundled Vostochny 2024 case, start to finish."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.errors import ExitCode

if TYPE_CHECKING:
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.sections import Section

EXAMPLE = "examples/vostochny-2024.csv"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="demo",
        short_help="The bundled Vostochny 2024 case.",
        epilog=opt.exit_status(*opt.ALWAYS),
    )(demo)


def demo(output: opt.Output = None, quiet: opt.Quiet = False, no_color: opt.NoColor = False) -> int:
    """The bundled Vostochny 2024 case, start to finish: the cap with its verdict first, then what it rests on.

    Ends in 0 when it ran. No setting of the environment or of a file changes it.
    """
    from vesseltrack.cli.examination import Question, examine
    from vesseltrack.reference import path_of
    from vesseltrack.reports import plain, terminal
    from vesseltrack.text import valid_unicode

    session = start({"quiet": quiet, "no_color": no_color}, output=output, formats=("table",), environment={}, files=())
    file = shortest(path_of(EXAMPLE))
    sections = walk(examine(Question((file,), years=(2024,)), session), file)
    width, color = session.shape["width"], session.shape["color"]
    text = plain.render(sections) if width is None else terminal.render(sections, width, color=color)
    session.write(valid_unicode(text))
    return ExitCode.CLEAN


def shortest(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def walk(case: Case, file: str) -> Iterator[Section]:
    """The case as a newcomer is led through it."""
    from vesseltrack.reports.check_view import counts
    from vesseltrack.reports.report_view import report_sections
    from vesseltrack.reports.sections import Bullets, Heading, Paragraph

    yield Paragraph("Public sightings of 2024: DPRK tankers at Vostochny, and the ships around them.", "strong")
    yield from report_sections(case)
    yield Heading("Verdict")
    for status in case.years:
        yield Paragraph(status.verdict, "strong")
    yield Paragraph(counts(case))
    import shutil

    program = "vesseltrack" if shutil.which("vesseltrack") else shortest(Path(sys.argv[0]))
    yield Heading("Next")
    yield Bullets(
        (
            f"{program} check {file}   every finding with its evidence",
            f"{program} report {file} --year 2024 -o report.md",
            f"{program} report YOUR.csv   the same for your own sightings",
            f'{program} screen "CHON MA SAN"   one name',
        )
    )
