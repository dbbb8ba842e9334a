"""The options that commands share, each declared once, and the exit status printed at the end of every help text."""

from __future__ import annotations

from typing import Annotated

import typer

from vesseltrack.errors import MEANING, ExitCode

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE", help="CSV, TSV, JSON, NDJSON, GeoJSON, XLSX, Parquet of sightings; - for standard input."
    ),
]
FilesOrLedger = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, JSON, NDJSON, GeoJSON, XLSX, Parquet of sightings; - for standard input; none for the ledger.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help="table, json, ndjson, csv or markdown; else from the suffix of -o."
    ),
]
CaseFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, json, ndjson, csv, markdown, html, xlsx, geojson, kml or parquet (GeoParquet); else from the "
        "suffix of -o.",
    ),
]
ListFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="table, json or csv; else from the suffix of -o."),
]
DocumentFormat = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="table or json; else from the suffix of -o.")
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write the result there; - for standard output."),
]
Vessels = Annotated[
    str | None,
    typer.Option("--vessels", metavar="FILE", help="CSV of ships (name, imo ...) that replaces what counts as listed."),
]
Ports = Annotated[
    str | None,
    typer.Option("--ports", metavar="FILE", help="GeoJSON of polygons with a name, in place of the bundled ports."),
]
Lists = Annotated[
    str | None,
    typer.Option(
        "--lists", metavar="NAMES", help="Only these lists, as in un,ofac; else un and every list that was imported."
    ),
]
Fleet = Annotated[
    str | None,
    typer.Option(
        "--fleet",
        metavar="FILE",
        help="CSV of one's own ships (name, imo, mmsi, owner, manager, company_imo ...): screened as well, what "
        "involves them comes first. One that is on a list, or whose owner or manager is, ends check and screen in 10, "
        "sighted or not.",
    ),
]
Reported = Annotated[
    str | None,
    typer.Option(
        "--reported",
        metavar="FILE",
        help="CSV of volumes that States reported (state, month, tonnes or barrels, reported_on, source): added to the "
        "bundled ones; for one State and period the later counts. A blank volume is a month not filed.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day that stands for today; it never changes which listing applies to a sighting.",
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="End in 10 from this severity: none, new, low, medium, high, critical. Without a ledger all are new.",
    ),
]
FailAt = Annotated[
    str | None,
    typer.Option("--fail-at", metavar="PERCENT", help="End in 11 from this share of the cap; none for never."),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="CODES", help="Only these rules: codes or prefixes, as in VT4.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules: codes or prefixes, as in VT9.")
]
MaxListAge = Annotated[
    str | None,
    typer.Option("--max-list-age", metavar="DAYS", help="A list older than this makes the result incomplete."),
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADER=FIELD", help='Read a column as a field: --map "Ship Name=vessel".'),
]
Counting = Annotated[
    str | None,
    typer.Option(
        "--counting",
        metavar="RULE",
        help="voyage: each cargo once by whatever evidence; discharge: calls at DPRK oil ports; load: calls at loading "
        "berths. The report sets all three side by side.",
    ),
]
Fill = Annotated[
    str | None,
    typer.Option(
        "--fill",
        metavar="SHARE",
        help="Share of capacity carried: 0.6, 60%, 1/3, a range such as 0.6-0.9, or one with its median: 1/3-0.75-1.",
    ),
]
BarrelsPerTonne = Annotated[
    str | None,
    typer.Option("--barrels-per-tonne", metavar="RATE", help="For cargoes of unknown product, in place of 8.33."),
]
CapacityFile = Annotated[
    str | None,
    typer.Option(
        "--capacity-file",
        metavar="FILE",
        help="CSV of ship sizes (name or imo, and barrels, cargo_m3, deadweight_tonnes, gross_tonnage or length_m) "
        "that replace the register's.",
    ),
]
Decisions = Annotated[
    str | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="CSV of calls disproved and deliveries exempted by the Committee (decision, name or delivery, date, port, "
        "because, reference, until).",
    ),
]
Ledger = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar="FILE", help="The evidence ledger; else ledger.sqlite3 in the user's data folder."
    ),
]
LockWait = Annotated[
    str | None,
    typer.Option("--lock-wait", metavar="SECONDS", help="How long to wait for a ledger that another run holds (60)."),
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="DATE", help="The ledger as of what had been recorded at the end of that day."),
]
Draws = Annotated[str | None, typer.Option("--draws", metavar="NUMBER", help="Draws of the simulation (10,000).")]
Seed = Annotated[
    str | None, typer.Option("--seed", metavar="NUMBER", help="Seed of the simulation: the same gives the same bytes.")
]
Rejects = Annotated[
    str | None,
    typer.Option("--rejects", metavar="FILE", help="Keep rows that could not be read, to be mended and fed back."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result, and what must not be missed.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every remark on the inputs.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour; NO_COLOR and TERM=dumb say the same.")]

ALWAYS = (ExitCode.FAILURE, ExitCode.USAGE, ExitCode.INTERRUPTED, ExitCode.PIPE_CLOSED)


def exit_status(*codes: ExitCode) -> str:
    """The table of exit codes for the end of a help text.

    Args:
        codes: the codes a command can end in beside 0 and those of every command; none for the whole table.
    """
    shown = sorted({ExitCode.CLEAN, *ALWAYS, *codes}) if codes else list(MEANING)
    lines = [f"{code:>5}  {MEANING[code]}" for code in shown]
    return "\b\nExit status (treat an unknown code as failure):\n" + "\n".join(lines)
