"""Wires the commands together; the one entry point, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from vesseltrack import __version__
from vesseltrack.cli import (
    backtest,
    check,
    demo,
    ingest,
    ledger,
    ports,
    report,
    rules,
    run,
    screen,
    status,
    tracks,
    vessels,
)
from vesseltrack.cli import config as config_commands
from vesseltrack.cli.messages import Messages
from vesseltrack.cli.options import exit_status
from vesseltrack.cli.output import abandon_standard_output, reason, write
from vesseltrack.cli.plain import PlainGroup
from vesseltrack.errors import ExitCode, PipeClosedError, RowsError, VesseltrackError

SUMMARY = """Which ship is this, may it be here, and how much oil has reached the DPRK this year?

Reads vessel sightings, checks them against the UN 1718 Designated Vessels List and port geofences, and estimates
deliveries of refined petroleum against the yearly cap of UNSCR 2397 para 5. A finding indicates, it does not prove.
"""

app = typer.Typer(
    name="vesseltrack",
    cls=PlainGroup,
    help=SUMMARY,
    epilog=exit_status(),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (check, report, tracks, ingest, run, status, screen, rules):
    module.register(app)
app.add_typer(ledger.app, name="ledger")
app.add_typer(ports.app, name="ports")
app.add_typer(vessels.app, name="vessels")
app.add_typer(config_commands.app, name="config")
for module in (backtest, demo):
    module.register(app)


def _print_version(value: bool) -> None:
    if value:
        from vesseltrack.reference import DATA_VERSION

        write(f"vesseltrack {__version__}, reference data {DATA_VERSION}\n", None)
        raise typer.Exit


@app.callback()
def _vesseltrack(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Versions of program and data."),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code.

    Args:
        arguments: the command line without the program's name; None for the process's own.
    """
    messages = Messages()
    try:
        code = _run(arguments)
    except SystemExit as why:  # Typer: 0 after shell completion, 1 for a closed pipe while it prints help
        code = int(ExitCode.PIPE_CLOSED if why.code else ExitCode.CLEAN)
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
    except PipeClosedError:
        code = int(ExitCode.PIPE_CLOSED)
    except VesseltrackError as why:
        for fault in why.faults[: RowsError.MOST] if isinstance(why, RowsError) else ():
            messages.must(fault)
        messages.must(str(why))
        code = int(why.exit_code)
    except typer.TyperException as why:
        messages.must(_usage(why))
        code = int(ExitCode.USAGE)
    except Exception as why:  # noqa: BLE001 - the last resort: never a verdict, and never silent
        if isinstance(why.__cause__, KeyboardInterrupt):  # while a library was being loaded
            code = int(ExitCode.INTERRUPTED)
        else:
            import traceback

            traceback.print_exc()
            name = type(why).__name__
            messages.must(f"unexpected failure ({name}); this is a fault in vesseltrack, please report it.")
            code = int(ExitCode.FAILURE)
    if code == ExitCode.INTERRUPTED:
        messages.must("interrupted.")
    return _close(code, messages)


def _run(arguments: Sequence[str] | None) -> int:
    command = typer.main.get_command(app)
    given = list(sys.argv[1:] if arguments is None else arguments)
    result = command.main(args=given or ["--help"], prog_name="vesseltrack", standalone_mode=False)
    if not given:
        raise VesseltrackError("name a command.")
    return int(result or ExitCode.CLEAN)


def _usage(why: typer.TyperException) -> str:
    context = getattr(why, "ctx", None)
    path = context.command_path if context is not None else "vesseltrack"
    said = why.format_message().strip().rstrip(".")
    return f"{said}{'' if said.endswith('?') else '.'} See {path} --help."


def _close(code: int, messages: Messages) -> int:
    """Flushes standard output, so that nothing is left to fail after the exit code is known."""
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BrokenPipeError:
        code = int(ExitCode.PIPE_CLOSED)
    except OSError as why:
        messages.must(f"standard output: cannot be written: {reason(why)}.")
        code = int(ExitCode.USAGE)
    else:
        if code != ExitCode.PIPE_CLOSED:
            return code
    abandon_standard_output()
    return code
