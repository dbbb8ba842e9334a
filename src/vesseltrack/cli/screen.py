"""`vesseltrack screen`: a name, IMO number or MMSI."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli import output as out
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.errors import ConfigurationError, ExitCode, InputError

if TYPE_CHECKING:
    from vesseltrack.cli.screen_log import ScreeningLog

CERTIFICATES = frozenset({".txt", ".md", ".markdown", ""})
"""Suffixes of a certificate."""


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
    fleet: opt.Fleet = None,
    log: Annotated[
        str | None,
        typer.Option(
            "--log", metavar="FILE", help="Add a line of JSON for each answer: what was asked, when, of what."
        ),
    ] = None,
    certificate: Annotated[
        str | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="A page of text (.txt) or Markdown (.md) on the answer for one ship: NAME, IMO number, or both. A "
            "file of that name is replaced, as with -o.",
        ),
    ] = None,
    as_of: opt.AsOf = None,
    fail_on: opt.FailOn = None,
    max_list_age: opt.MaxListAge = None,
    quiet: opt.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Each name that is on no list too, however many there are.")
    ] = False,
    no_color: opt.NoColor = False,
) -> int:
    """Whether a ship is on a list or belongs to the trade: one answer per query.

    Ends in 10 for a match; with --fail-on low for a review too. Tables put matches first and only count many names
    that are on no list; other formats have every answer, in order. As ndjson and csv, answers to - are written as its
    lines come. A line that is not UTF-8 or longer than 10,000 characters is answered as far as it can be read.
    """
    session = start(locals(), output=output)  # every option under the name of its setting
    from vesseltrack.cli.screen_input import refuse_unreadable
    from vesseltrack.cli.screen_task import Task
    from vesseltrack.vessels.loading import load_register

    queries = list(names or ())
    if not queries and fleet is None:
        raise InputError("name a ship, an IMO number or an MMSI, or - for standard input.")
    refuse_unreadable(queries)
    if certificate is not None:
        queries = [one_ship(queries, certificate)]
    inputs = [str(name) for name in (session.settings["vessels"], fleet) if name is not None]
    for target in (output, certificate):
        if target is not None:
            out.refuse_input(target, inputs)
    if certificate is not None and certificate == output:
        raise ConfigurationError(f"{certificate}: --certificate and the result cannot go to one place; name another.")
    ships = None
    if fleet is not None:
        from vesseltrack.cases.fleet import query_of
        from vesseltrack.cases.fleet_reading import read_fleet

        ships = read_fleet(Path(fleet))
        queries = queries or [query_of(ship) for ship in ships.ships]
    register_ = load_register(lists=session.settings["lists"], vessels_file=session.settings["vessels"])
    with opened_log(log, [name for name in (output, certificate, *inputs) if name is not None]) as kept:
        task = Task(session, register_, queries, ships, kept, certificate)
        streams = session.format in {"ndjson", "csv"} and certificate is None
        return task.streamed() if streams else task.held()


@contextlib.contextmanager
def opened_log(path: str | None, not_these: Sequence[str]) -> Iterator[ScreeningLog | None]:
    """The log, open, or None where none is asked for."""
    if path is None:
        yield None
        return
    from vesseltrack.cli.screen_log import ScreeningLog

    with ScreeningLog(path, not_these) as log:
        yield log


def one_ship(queries: Sequence[str], certificate: str) -> str:
    """The one query of a certificate; a name and an IMO number, in either order, are one.

    Raises:
        ConfigurationError: it is not one ship, or the file is of no kind that a certificate can be.
    """
    if Path(certificate).suffix.lower() not in CERTIFICATES or certificate in out.STANDARD_OUTPUT:
        raise ConfigurationError(f"{certificate}: a certificate is text or Markdown; name a .txt or .md file.")
    if len(queries) == 2 and "-" not in queries:
        from vesseltrack.vessels.identifiers import parse_imo

        numbers = [query for query in queries if parse_imo(query).state in {"ship", "check_digit", "company"}]
        if len(numbers) == 1:
            name = next(query for query in queries if query not in numbers)
            return f"{name} IMO {parse_imo(numbers[0]).digits}"
    if len(queries) != 1 or "-" in queries:
        raise ConfigurationError("--certificate: is for one ship; name it once, with its IMO number where it is known.")
    return queries[0]
