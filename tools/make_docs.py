"""Writes what the documentation takes from the code: docs/cli.md, rules, sightings, tracks. `make docs` runs it.

A test makes them again and fails on a difference.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

from vesseltrack.cli.app import app
from vesseltrack.cli.options import ALWAYS
from vesseltrack.config import SETTINGS
from vesseltrack.errors import MEANING, ExitCode
from vesseltrack.rules.catalogue import RULES
from vesseltrack.sightings.dates import parse_date
from vesseltrack.sightings.schema import CHOICE_FIELDS, FIELDS
from vesseltrack.sightings.synonyms import SYNONYMS
from vesseltrack.sightings.values import NUMBER_RULES, NumberRule
from vesseltrack.tracks import sightings
from vesseltrack.tracks.detectors import calls, feed, gaps, identities, meetings, moves, spots
from vesseltrack.tracks.schema import EVENTS
from vesseltrack.tracks.thresholds import TABLE

ROOT = Path(__file__).parents[1]
MADE = "<!-- Made by `make docs` from the code; changes here are lost. -->\n"
PRECEDENCE = """Command line > environment > `./vesseltrack.toml` > the user's `config.toml`.
`vesseltrack config show` names every value's origin and, as JSON, the files.
"""
SIGHTINGS = """# Sightings

CSV (comma, semicolon or tab between cells), TSV, JSON, NDJSON, GeoJSON, Excel (.xlsx) or Parquet, in a file or on
standard input (`-`), told apart by their content.
Needed: a date, and a vessel (name, IMO number or MMSI) or, for an unidentified ship, a type, a length or a count.
A place is a port by name (with the facility, where it is known) or a position, or both.

Headers are matched by meaning: upper and lower case, spaces and punctuation do not matter.
A header that is not recognised is told to the program with `--map "Ship Name=vessel"`.
Columns that mean nothing to the program travel along untouched.
A row that cannot be read is a reject, with line, column, value and reason; `--rejects FILE` keeps it to be mended.

The same sightings are the same in every format. What Parquet holds is read as the text that CSV would hold:

| type | read as |
| --- | --- |
| whole numbers, and floats and decimals that are whole | digits: 9187629.0 is 9187629 |
| date | a day |
| timestamp | an instant, UTC with or without a zone; days where every one in the column is midnight, which is said |
| boolean | true, false |
| null, NaN | blank; NaN is said |
| dictionary | its text |
| binary | its text as UTF-8; other bytes in a column that is no field in hexadecimal, in a field the row is a reject |
| list, struct, map | JSON |
| point of a GeoParquet file (WKB or x and y, WGS 84) | lat and lon, unless there are such columns |

The line of a row of Parquet is its place in the file, from 1. The row numbers of a data frame (`__index_level_0__`) are
left out.

### Excel

A workbook (.xlsx, .xlsm) is read without Excel and without any extra. Of its sheets the one called `Sightings` is read,
else the first whose columns name a ship and a date; titles may stand above them. Another visible sheet that would do is
a reject, so that a month on a sheet of its own does not look as though it had been checked; a hidden one is mentioned.
The line of a row is its number in the sheet.

| cell | read as |
| --- | --- |
| number | digits: 9187629.0 is 9187629; a percentage with its sign: 80% |
| number shown as a date (counted from 1900 or 1904) | a day, or an instant where a time is shown or held |
| instants that are midnight throughout their column | days, which is said |
| number shown as a time of day | 10:30:00 |
| text | itself: leading zeros stay |
| boolean | true, false |
| formula | its last result |
| formula without a result, error (#N/A), a number shown as a date that is none | a reject in a field, else itself |
| merged cells | one cell: its value stands in each of their rows, which is said |
| empty row | no row |

A workbook with a password, an .xls, .xlsb or .ods is refused: save it as .xlsx without a password, or as CSV.

The sheet `Sightings` of our own workbooks is read again as the same sightings of ships and places, as far as a report
holds them: sightings that no rule looked at, notes, owners and columns of your own are not in it. Keep the files they
came from, or a ledger.

### GeoJSON

Each feature is a row of its properties; its point is `lat` and `lon`, longitude first as the format has it, unless the
properties hold both. The altitude is not read; a feature without a geometry is a row without a position; any other
geometry is a reject, and so is a feature without a date or a ship. A `crs` other than WGS 84 is refused. Ids of
features are left out, which is said. Findings that vesseltrack wrote as GeoJSON are refused.
"""
TRACKS = """# What AIS shows

`vesseltrack tracks FILE...` turns AIS positions into events; [ais.md](ais.md) says which files it reads. Positions are
kept in AIS's own units as whole numbers, so that neither the order of rows and files, nor a row that stands there
twice, nor the engine changes a result. An event indicates, it does not prove: AIS is switched off for safety, receivers
fail, and crews mistype.
"""
DETECTORS: tuple[tuple[str, ModuleType], ...] = (
    ("Port calls", calls),
    ("Gaps", gaps),
    ("What was heard", feed),
    ("Meetings", meetings),
    ("Impossible moves", moves),
    ("Spots and circles", spots),
    ("Identity changes", identities),
)
STRONGEST_FIRST = "Precedence 5 > 11 > 10 > 3 > 0. Treat an unknown code as failure. Every command can end in"


def documents() -> dict[str, str]:
    """Path below the root and text of every made document."""
    return {
        "docs/cli.md": command_reference(),
        "docs/rules.md": rule_reference(),
        "docs/sightings.md": sighting_reference(),
        "docs/tracks.md": track_reference(),
    }


def command_reference() -> str:
    """Every command with its arguments and options, the settings, and the exit codes."""
    everywhere = ", ".join(str(int(code)) for code in (ExitCode.CLEAN, *ALWAYS))
    parts = [
        MADE,
        "# Commands\n",
        "Results go to standard output, messages to standard error. `vesseltrack COMMAND --help` says the same.\n",
    ]
    for path, command in commands(typer.main.get_command(app)):
        parts += [f"## vesseltrack {path}\n", prose(command.help or ""), *parameters(command)]
    parts += [
        "## Settings\n",
        PRECEDENCE,
        "| key | environment | meaning |\n| --- | --- | --- |",
        *(f"| `{setting.name}` | `{setting.variable}` | {cell(setting.meaning)} |" for setting in SETTINGS),
        "\n## Exit codes\n",
        exit_codes(),
        f"\n{STRONGEST_FIRST} {everywhere}.\n",
    ]
    return "\n".join(parts)


def exit_codes() -> str:
    """The table of exit codes; the README holds the same."""
    rows = [f"| {int(code)} | {cell(meaning)} |" for code, meaning in MEANING.items()]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def rule_reference() -> str:
    """Every rule of the catalogue."""
    parts = [
        MADE,
        "# Rules\n",
        "A finding indicates, it does not prove. `vesseltrack rules CODE` prints one of these.\n",
    ]
    for rule in RULES:
        parts += [
            f"## {rule.code}: {rule.title}\n",
            f"Severity: {rule.severity}.\n".replace("..", "."),
            f"Legal basis: {'; '.join(rule.legal_basis) or 'none'}.\n".replace("..", "."),
            prose(rule.explanation),
        ]
    return "\n".join(parts)


def sighting_reference() -> str:
    """Every field of a sighting, the headers that mean it, and the forms of a date."""
    parts = [MADE, SIGHTINGS, "## Fields\n", "| field | holds | headers read as it |\n| --- | --- | --- |"]
    for field in FIELDS:
        if field in CHOICE_FIELDS:
            holds = ", ".join(CHOICE_FIELDS[field])
        elif field in NUMBER_RULES:
            holds = number_in_words(NUMBER_RULES[field])
        else:
            holds = "when it was seen" if field == "date" else "text, kept as written"
        parts.append(f"| `{field}` | {cell(holds)} | {cell(SYNONYMS.get(field, ''))} |")
    parts += ["\n## Dates\n", prose((parse_date.__doc__ or "").partition("\n\n")[2]).replace("``", "`")]
    return "\n".join(parts)


def track_reference() -> str:
    """The events that AIS shows: their columns, how each kind is found and graded, and every threshold."""
    parts = [MADE, TRACKS]
    for title, detector in DETECTORS:
        parts += [f"## {title}\n", told(detector)]
    parts += ["## Columns of events\n", "| column | holds |\n| --- | --- |"]
    parts += [f"| `{name}` | {cell(column.meaning)} |" for name, column in EVENTS.items()]
    parts += ["\n## As sightings\n", told(sightings)]
    parts += ["## Thresholds\n", "| name | value | meaning | source |\n| --- | --- | --- | --- |"]
    parts += [
        f"| `{row.name}` | {row.value:g} {cell(row.unit)} | {cell(row.meaning)} | {cell(row.source)} |" for row in TABLE
    ]
    return "\n".join(parts) + "\n"


def told(module: ModuleType) -> str:
    """What a module says of itself, its tables as they are."""
    paragraphs = inspect.cleandoc(module.__doc__ or "").replace("``", "`").split("\n\n")
    return "\n".join(f"{text}\n" if text.startswith("|") else prose(text) for text in paragraphs)


def number_in_words(rule: NumberRule) -> str:
    """What a number column accepts."""
    return f"{rule.what}, {'above ' if rule.above_low else ''}{rule.low:g} to {rule.high:.12g}"


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Commands in the order of the help, sub-commands by their whole path."""
    for name, command in group.commands.items():
        whole = f"{path} {name}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, whole)
        else:
            yield whole, command


def parameters(command: Any) -> list[str]:
    """The table of arguments and options."""
    rows = []
    for parameter in command.params:
        if parameter.name == "help":
            continue
        if parameter.param_type_name == "argument":
            shown = f"`{parameter.metavar}`" + (" …" if parameter.nargs == -1 else "")
        else:
            value = "" if parameter.is_flag else f" {parameter.metavar}"
            shown = ", ".join(f"`{name}{value}`" for name in parameter.opts)
        rows.append(f"| {shown} | {cell(parameter.help or '')} |")
    return ["| argument, option | meaning |\n| --- | --- |", *rows, ""] if rows else []


def prose(text: str) -> str:
    """Paragraphs, each on a line of its own."""
    paragraphs = inspect.cleandoc(text).strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"


def cell(text: str) -> str:
    """Text for a table cell."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    for name, text in documents().items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)
