"""`vesseltrack tracks`: what AIS positions show."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import listing, tracks_view
from vesseltrack.cli import options as opt
from vesseltrack.cli import output as out
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import Session, start
from vesseltrack.config import Format
from vesseltrack.errors import ConfigurationError, ExitCode, InputError

if TYPE_CHECKING:
    from vesseltrack.tracks.engines.engine import Engine
    from vesseltrack.tracks.writing import EventFormat

EVENT_FORMATS: dict[Format, EventFormat] = {"csv": "csv", "ndjson": "ndjson", "parquet": "parquet"}
FORMATS: tuple[Format, ...] = ("table", "json", *EVENT_FORMATS)

AisFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="AIS: CSV of MarineCadastre, the Danish Maritime Authority, Spire and others, Parquet, GeoParquet, NMEA, "
        "aisstream.io, events of Global Fishing Watch; plain, gzip, zstd or zip; - for standard input.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="tracks",
        short_help="AIS positions: port calls, gaps, meetings, impossible moves, identity changes.",
        epilog=opt.exit_status(ExitCode.INCOMPLETE),
    )(tracks)


def tracks(
    files: AisFiles = None,
    sightings: Annotated[
        str | None,
        typer.Option("--sightings", metavar="FILE", help="Write the events as sightings (CSV) for check, ingest, run."),
    ] = None,
    gap_hours: Annotated[
        str | None, typer.Option("--gap-hours", metavar="HOURS", help="A longer silence is a gap (6).")
    ] = None,
    ports: opt.Ports = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="duckdb, in this process; or spark, on a cluster.")
    ] = None,
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help="Spark's master, as in spark://host:7077.")
    ] = None,
    memory_limit: Annotated[
        str | None,
        typer.Option(
            "--memory-limit", metavar="SIZE", help="Memory for DuckDB's tables (1.2GB); the rest goes to disk."
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="table or json: an account of rows and events; csv, ndjson or parquet: the events.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the events there: .parquet, .csv or .ndjson."),
    ] = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
    no_color: opt.NoColor = False,
) -> int:
    """Turn AIS positions into port calls, gaps, meetings at sea, impossible moves and identity changes.

    Files may come in any order, overlap, and stand in the list twice. An AIS gap is an indicator, not a breach: each
    is judged against what was heard of other ships at the time. With -o events.csv the account of rows and events goes
    to standard output. Ends in 3 where a row could not be read, and in 2 where none could.
    """
    session, events_to = _start(locals(), format, output)
    if not files:
        raise InputError("name a file, or - for standard input.")
    _refuse_one_place_for_two(session, output, sightings, events_to)
    if output is not None and "://" in output and (session.settings["engine"] != "spark" or events_to != "parquet"):
        raise ConfigurationError(f"{output}: only --engine spark writes there, and Parquet: name a file.")
    import pyarrow as pa

    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.tracks.formats.opening import expanded
    from vesseltrack.tracks.formats.recognising import recognise
    from vesseltrack.tracks.thresholds import Thresholds
    from vesseltrack.tracks.tracking import track
    from vesseltrack.tracks.writing import written

    files = [path for given in files for path in expanded(given)]
    for target in (output, sightings):
        if target is not None and target not in out.STANDARD_OUTPUT:
            out.refuse_input(target, files)
    gazetteer = load_gazetteer(session.settings["ports"])
    limits = Thresholds(gap_hours=session.settings["gap_hours"])
    with contextlib.ExitStack() as stack:
        stack.enter_context(_ending_tidily())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vesseltrack-")))
        running = stack.enter_context(_engine(session, folder))
        tell = stack.enter_context(_progress(session, running))
        tell("recognising the files")
        stdin = sys.stdin.buffer if "-" in files and sys.stdin is not None else None
        inputs = folder / "inputs"
        inputs.mkdir()
        recognised = recognise(files, inputs, stdin=stdin, headers=getattr(running, "headers", None))
        digests = stack.enter_context(ThreadPoolExecutor(1)).map(lambda file: file.sha256(), recognised.files)
        tracked = track(running, recognised, gazetteer, limits, tell)
        if output is not None and "://" in output:
            _refuse_useless({"read": tracked.read, "kept": tracked.kept, "rejected": tracked.rejected})
            running.write(running.known(pa.Table.from_pandas(tracked.events, preserve_index=False), "events"), output)
            events_to = None
        account = tracks_view.account(tracked, recognised.files, list(digests), gazetteer)
    _refuse_useless(account["rows"])
    if events_to is not None:
        out.write(written(tracked.events, events_to), output, inputs=files)
    if sightings is not None:
        out.write(tracks_view.sightings(tracked, recognised.files, gazetteer), sightings, inputs=files)
    if session.format == "json":
        session.write(listing.document("tracks", account))
    elif session.format == "table" and not (sightings is not None and _printed(sightings) and _printed(session.output)):
        session.write(tracks_view.table(tracked, account, session))
    return _finished(session, account)


def _start(flags: Mapping[str, Any], format: str | None, output: str | None) -> tuple[Session, EventFormat | None]:
    """The session of the account, and the format of the events, if they are written.

    Events go to ``-o events.csv``, and the account beside it to standard output; ``--format csv`` writes events alone.
    """
    by_suffix = out.format_of(output)
    if by_suffix in EVENT_FORMATS and format in (None, "table", "json"):
        return start(flags, formats=FORMATS), EVENT_FORMATS[by_suffix]
    session = start(flags, output=output, formats=FORMATS)
    return session, EVENT_FORMATS.get(session.format)


def _refuse_one_place_for_two(
    session: Session, output: str | None, sightings: str | None, events_to: EventFormat | None
) -> None:
    """Raises `ConfigurationError` where a result would overwrite another, or run into it."""
    if sightings is None:
        return
    if _printed(sightings) and (
        (events_to and _printed(output)) or (session.format == "json" and _printed(session.output))
    ):
        raise ConfigurationError("--sightings -: standard output has another result already: name a file.")
    if output is not None and not _printed(output) and Path(output).resolve() == Path(sightings).resolve():
        raise ConfigurationError(f"{output}: -o and --sightings are two results: name two files.")


def _printed(target: str | None) -> bool:
    return target is None or target in out.STANDARD_OUTPUT


@contextlib.contextmanager
def _ending_tidily() -> Iterator[None]:
    """Being terminated is being interrupted: processes end and the temporary folder, which may be large, goes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # not all on Windows
    before = {
        end: signal.signal(end, signal.default_int_handler) for end in ends if signal.getsignal(end) != signal.SIG_IGN
    }
    try:
        yield
    finally:
        for end, handler in before.items():
            signal.signal(end, handler)


@contextlib.contextmanager
def _engine(session: Session, folder: Path) -> Iterator[Engine]:
    """The engine that was asked for."""
    if session.settings["engine"] == "spark":
        from vesseltrack.tracks.engines.spark import SparkEngine

        running: Engine = SparkEngine(session.settings["master"], folder)
    elif session.settings["master"] is not None:
        raise ConfigurationError("--master: only Spark has one: add --engine spark.")
    else:
        from vesseltrack.tracks.engines.duckdb import DuckDBEngine

        spill = folder / "spill"
        spill.mkdir()
        running = DuckDBEngine(spill, memory_limit=session.settings["memory_limit"])
    with contextlib.closing(running):
        yield running


@contextlib.contextmanager
def _progress(session: Session, running: Engine) -> Iterator[Callable[[str], None]]:
    """Says on a terminal what is being worked out, and how far a long query has come."""
    if session.messages.quiet or not out.on_terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console

    done, said = threading.Event(), [""]
    with Console(stderr=True, no_color=session.settings["no_color"]).status("") as status:

        def watch() -> None:
            while not done.wait(0.5):
                share = running.progress()
                status.update(f"{said[0]}{'' if share is None else f', {share:.0f} %'}")

        def tell(stage: str) -> None:
            said[0] = stage
            status.update(stage)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield tell
        finally:
            done.set()
            watcher.join()


def _refuse_useless(rows: Mapping[str, Any]) -> None:
    """Raises `InputError` where there were rows and none is left, before a result is written that looks like none."""
    if rows["read"] and not rows["kept"]:
        why = ", ".join(f"{number:,} {reason}" for reason, number in rows["rejected"].items())
        raise InputError(f"none of {rows['read']:,} rows could be used ({why}): is this AIS of ships?")


def _finished(session: Session, account: Mapping[str, Any]) -> ExitCode:
    """Says what is incomplete."""
    reasons = account["incomplete_because"]
    if reasons:
        session.messages.must(f"incomplete: {'; '.join(reasons)}.")
        return ExitCode.INCOMPLETE
    return ExitCode.CLEAN
