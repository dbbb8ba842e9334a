"""A small CSV that a user gives beside the sightings: sizes of ships, decisions, volumes reported."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError, InputError, RowsError
from vesseltrack.sightings.encodings import recognise
from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.identity import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeVar

    from vesseltrack.vessels.model import Identity
    from vesseltrack.vessels.register import Register

    Made = TypeVar("Made")

SHIP_HEADERS = {
    "name": ("name", "vessel", "ship", "vesselname", "shipname"),
    "imo": ("imo", "imonumber", "imono", "imonr"),
    "mmsi": ("mmsi", "mmsinumber"),
}
"""Columns that say which ship a row is about."""


class Unusable(Exception):  # noqa: N818 - a row's fault, told as a value
    """Why a row cannot be used, and how to mend it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    option: str
    """``--reported``"""

    shape: str
    """Its columns, for messages."""

    headers: Mapping[str, Sequence[str]]
    """Headers of each field, in small letters and digits only."""

    needs: Callable[[frozenset[str]], bool]
    """Whether these fields are enough."""

    must: frozenset[str]
    """Fields whose cells a row must not leave off at its end."""


@dataclass(frozen=True)
class OwnTable:
    """The file as read."""

    path: str
    name: str
    sha256: str
    rows: tuple[tuple[int, Mapping[str, str] | Unusable], ...]
    """Line, and the cells by field, stripped, or what is wrong with them."""


def read_own_table(path: Path, kind: Kind) -> OwnTable:
    """Read a CSV (comma, semicolon or TAB; any encoding that sightings may have) with a header.

    Raises `ConfigurationError`, in one line with what would mend it, where the file cannot be used.
    """
    wants = f"{kind.option} needs a CSV with {kind.shape}"
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise ConfigurationError(f"{path}: is a directory; {wants}") from None
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file; {wants}") from None
    except (OSError, ValueError) as why:
        raise ConfigurationError(f"{path}: cannot be read: {getattr(why, 'strerror', None) or why}") from None
    try:
        text = recognise(content, str(path)).utf8.decode(errors="replace")
    except InputError as why:
        raise ConfigurationError(str(why)) from None
    lines = list(_lines(text, path))
    if not lines:
        raise ConfigurationError(f"{path}: is empty; {wants}")
    fields = _fields(lines[0][1], path, kind)
    if len(lines) == 1:
        raise ConfigurationError(f"{path}: holds a header and no row; {wants}")
    rows = tuple((line, _named(cells, fields, kind)) for line, cells in lines[1:])
    return OwnTable(str(path), path.name, hashlib.sha256(content).hexdigest(), rows)


def _named(cells: Sequence[str], fields: Sequence[str | None], kind: Kind) -> Mapping[str, str] | Unusable:
    if any(cells[len(fields) :]):
        return Unusable("has more cells than the header: put a number or text with a separator in quotes")
    if any(field in kind.must for field in fields[len(cells) :]):
        return Unusable(f"has {len(cells)} of {len(fields)} cells: write the separators of empty cells too")
    named = {field: cell for field, cell in zip(fields, cells, strict=False) if field is not None}
    return dict.fromkeys(kind.headers, "") | named


def made_of(table: OwnTable, make: Callable[[Mapping[str, str], str], Made]) -> tuple[Made, ...]:
    """What each row of a table means; all of them or none, for half a file would look like the whole.

    Args:
        table: as read.
        make: reads a row, given its cells and where it stands; raises `Unusable`.

    Raises:
        RowsError: with what is wrong with each row that cannot be used.
    """
    made, faults = [], []
    for line, row in table.rows:
        try:
            if isinstance(row, Unusable):
                raise row
            made.append(make(row, f"{table.name} line {line}"))
        except Unusable as why:
            faults.append(f"{table.path}: line {line}: {why}")
    if faults:
        raise RowsError(table.path, faults)
    return tuple(made)


def ship_of(row: Mapping[str, str], register: Register) -> Identity:
    """The ship that a row is about.

    Raises `Unusable` where it names none, or none that can be told.
    """
    if not (row["name"] or row["imo"] or row["mmsi"]):
        raise Unusable("names no ship: give a name, an IMO number or an MMSI")
    who = identify(register, name=row["name"], imo=row["imo"], mmsi=row["mmsi"])
    shown = " ".join(repr(row[field]) for field in SHIP_HEADERS if row[field])
    if "two_ships" in who.problems:
        raise Unusable(f"{shown}: its name and numbers are those of different ships: leave out what is wrong")
    number = parse_imo(row["imo"])
    if number.state not in {"ship", "missing"}:
        raise Unusable(f"IMO number {row['imo']!r} {number.remark}")
    if not who.key:
        raise Unusable(f"{shown}: nothing in it names a ship")
    return who


def _lines(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with their first line; the separator is the commonest of ``,;`` and TAB."""
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first_line.count))
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as why:
        raise ConfigurationError(f"{path}: line {line}: not readable as CSV ({why}); save it as CSV again") from None


def _fields(header: Sequence[str], path: Path, kind: Kind) -> list[str | None]:
    """The field of each column; None for a column that means nothing here."""
    field_of = {header: field for field, headers in kind.headers.items() for header in headers}
    letters = ["".join(c for c in name.lower() if c.isalnum()) for name in header]
    fields = [field_of.get(name) for name in letters]
    for name, plain, field in zip(header, letters, fields, strict=True):
        near = difflib.get_close_matches(plain, field_of, n=1, cutoff=0.8) if field is None else []
        if near:
            raise ConfigurationError(f"{path}: column {name!r} is not known; did you mean {field_of[near[0]]}?")
        if field is not None and fields.count(field) > 1:
            raise ConfigurationError(f"{path}: two columns mean {field}; leave one of them out")
    if not kind.needs(frozenset(field for field in fields if field is not None)):
        shown = ", ".join(repr(name[:40]) for name in header[:8])
        raise ConfigurationError(f"{path}: its header ({shown}) lacks a column; {kind.option} needs {kind.shape}")
    return fields
