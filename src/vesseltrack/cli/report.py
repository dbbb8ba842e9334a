"""`vesseltrack report`: the cap."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.config import CASE_FORMATS
from vesseltrack.errors import ConfigurationError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.oil.year import OpeningBalance
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.render import Kind

EXPLAIN_FORMATS = ("table", "markdown", "json")
COMPARE_FORMATS = ("table", "markdown", "html", "json", "ndjson", "csv")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    epilog = opt.exit_status(ExitCode.INCOMPLETE, ExitCode.LOCKED, ExitCode.DAMAGED, ExitCode.FINDINGS, ExitCode.CAP)
    app.command(
        cls=PlainCommand, name="report", short_help="The cap: deliveries, barrels, crossings, verdict.", epilog=epilog
    )(report)


def report(
    files: opt.FilesOrLedger = None,
    year: Annotated[
        list[str] | None,
        typer.Option("--year", metavar="YEAR", help="Again for more years; without it, every year touched."),
    ] = None,
    opening_balance: Annotated[
        str | None,
        typer.Option(
            "--opening-balance",
            metavar="BARRELS@DATE",
            help="Barrels up to and including a day that the sightings do not show: 170000@2024-02-29.",
        ),
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar="SOURCE", help="Where the opening balance comes from.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="How the number came about, in ten lines a year, with the three weakest links."),
    ] = False,
    chart: Annotated[
        str | None,
        typer.Option(
            "--chart", metavar="FILE", help="Also write each year's chart, and beside it its map: SVG or PNG."
        ),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            "--compare",
            metavar="YEAR YEAR ...",
            help="Two years or more side by side: --compare 2023 2024. A file named like a year is ./2024 then.",
        ),
    ] = None,
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
    fail_at: opt.FailAt = None,
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
    """The cap: deliveries, barrels, crossings and a verdict per year, low, central and high.

    Ends in 11 when the central estimate is at or above --fail-at percent of the cap (100 unless set); in 10 only if
    --fail-on is given on the command line.
    """
    session = start(locals(), output=output, formats=CASE_FORMATS)  # every option under the name of its setting
    if explain and session.format not in EXPLAIN_FORMATS:
        raise ConfigurationError(f"--explain: is for {_listed(EXPLAIN_FORMATS)}, not {session.format}.")
    if compare and session.format not in COMPARE_FORMATS:
        raise ConfigurationError(f"--compare: is for {_listed(COMPARE_FORMATS)}, not {session.format}.")
    if chart is not None:
        check_picture(chart)
    balance = read_opening_balance(opening_balance, because)
    files, years = read_compared(compare, files, year, explain=explain) if compare else (files, read_years(year))
    from vesseltrack.cases.outcome import report_exit
    from vesseltrack.cli.examination import Question, examine, files_used, keep_rejects, tell, tell_fleet
    from vesseltrack.reports.render import render

    question = Question(tuple(files or ()), years, balance, fleet, reported, known_at)
    case = examine(question, session)
    tell(case, session.messages)
    tell_fleet(case.fleet, session)
    used = files_used(question, session)
    keep_rejects(case, rejects, session.messages, output=output, inputs=used)
    if chart is not None:
        write_pictures(case, chart, used)
    kind: Kind = "explain" if explain else "compare" if compare else "report"
    session.write(render(kind, case, session.format, **session.shape), inputs=used)
    return report_exit(case, session.settings["fail_at"], session.settings["fail_on"] if fail_on else None)


def check_picture(chart: str) -> None:
    """Raises `ConfigurationError` where ``--chart`` names no picture, or one that cannot be made here."""
    import importlib.util

    suffix = Path(chart).suffix.lower()
    if suffix not in {".svg", ".png"}:
        raise ConfigurationError(f"--chart: {chart}: writes .svg and .png files; name one of these.")
    if suffix == ".png" and importlib.util.find_spec("resvg_py") is None:
        raise ConfigurationError("--chart: resvg-py is not installed: pip install 'vesseltrack[png]', or name .svg")


def write_pictures(case: Case, chart: str, inputs: Iterable[str]) -> None:
    """Writes chart and map of each year: ``cap.svg`` and ``cap-map.svg``, ``cap-2024.svg`` where there are more.

    Raises:
        OutputError: one cannot be written.
    """
    from vesseltrack.cli.output import write
    from vesseltrack.reports.pictures import pictures

    place = Path(chart)
    for added, drawn in pictures(case):
        result: str | bytes = drawn
        if place.suffix.lower() == ".png":
            import resvg_py

            result = bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=2))
        write(result, str(place.with_name(f"{place.stem}{added}{place.suffix}")), inputs=inputs)


def _listed(formats: tuple[str, ...]) -> str:
    return f"{', '.join(formats[:-1])} and {formats[-1]}"


def read_compared(
    compare: list[str], files: list[str] | None, year: list[str] | None, *, explain: bool
) -> tuple[list[str], tuple[int, ...]]:
    """The files, and the years of ``--compare``: its value, and every argument of four digits beside it.

    Raises:
        ConfigurationError: not two years, or with an option that asks for something else.
    """
    for option, given in (("--year", year), ("--explain", explain)):
        if given:
            raise ConfigurationError(f"--compare: names the years and what is shown; leave {option} out.")
    beside = [file for file in files or () if re.fullmatch(r"[0-9]{4}", file)]
    years = read_years([one for value in compare for one in value.split(",")] + beside, "--compare")
    if len(years) < 2:
        raise ConfigurationError("--compare: name two years or more, as in --compare 2023 2024.")
    return [file for file in files or () if file not in beside], years


def read_years(given: list[str] | None, option: str = "--year") -> tuple[int, ...]:
    """Years as an option names them, each once, in order.

    Raises:
        ConfigurationError: no year of four digits from 1900 to 2100.
    """
    for year in given or ():
        if not re.fullmatch(r"[0-9]{4}", year.strip()) or not 1900 <= int(year) <= 2100:
            raise ConfigurationError(f"{option}: {year!r} is no year such as 2024 (1900 to 2100).")
    return tuple(sorted({int(year) for year in given or ()}))


def read_opening_balance(text: str | None, because: str | None) -> OpeningBalance | None:
    """``--opening-balance BARRELS@DATE`` with its source.

    Raises:
        ConfigurationError: not of that form, or without ``--because``.
    """
    from vesseltrack.oil.year import OpeningBalance

    if text is None:
        if because is not None:
            raise ConfigurationError("--because: belongs to --opening-balance, which is not given.")
        return None
    found = re.fullmatch(r"\s*(\d{1,10})\s*@\s*(\d{4}-\d\d-\d\d)\s*", text.replace(",", ""))
    try:
        until = date.fromisoformat(found.group(2)) if found else None
    except ValueError:
        until = None
    if found is None or until is None:
        raise ConfigurationError(f"--opening-balance: {text!r}: expected BARRELS@DATE, as in 170000@2024-02-29.")
    if because is None or not because.strip():
        raise ConfigurationError("--opening-balance: say where the number comes from with --because SOURCE.")
    return OpeningBalance(int(found.group(1)), until, because.strip())
