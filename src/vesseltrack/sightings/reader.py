"""Files of sightings to one frame, one list of rejects and an account of every row."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.sightings.encodings import Text, recognise
from vesseltrack.sightings.frames import Part, combine
from vesseltrack.sightings.headers import arrange, check_mapping, mapped_columns
from vesseltrack.sightings.json_lines import looks_like_json, read_json
from vesseltrack.sightings.parquet import MAGIC, read_parquet
from vesseltrack.sightings.rejects import mended_rows, refused
from vesseltrack.sightings.schema import InputFile, RejectedRow, Sightings
from vesseltrack.sightings.tables import read_table
from vesseltrack.sightings.understanding import understand
from vesseltrack.sightings.workbook import is_workbook
from vesseltrack.sightings.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vesseltrack.sightings.raw import RawTable

STDIN = "-"
"""Standard input, as a path."""


def read_sightings(
    paths: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    latest: date,
    stdin: BinaryIO | None = None,
    keep_tables: bool = False,
) -> Sightings:
    """Read sightings from CSV, TSV, JSON, NDJSON, GeoJSON, XLSX or Parquet, told apart by their content.

    Neither the order of the rows nor that of the files changes what is accepted; a row that stands twice, in one file
    or in two, is accepted once. A reject that a file of mended rejects holds is a repetition of the mended row. For
    each input, accepted, rejected and duplicate rows make up its rows.

    Args:
        paths: Files, or ``-`` for standard input (once).
        mapping: ``--map``: header to field.
        latest: A sighting that starts after this day is a reject.
        stdin: What ``-`` reads.
        keep_tables: Also give the cells of every row as they were.

    Raises:
        InputError: an input cannot be read at all, or names no ship or no date in its header.
        ConfigurationError: ``--map`` names a field that does not exist, or a header that no input has.
    """
    mapping = mapping or {}
    check_mapping(mapping)
    if list(paths).count(STDIN) > 1:
        raise ConfigurationError("standard input (-) can be read once: name it once")
    parts: list[Part] = []
    rejects: list[RejectedRow] = []
    accounts: list[InputFile] = []
    seen: dict[str, None] = {}
    fed_back: set[tuple[str, str]] = set()
    tables: dict[str, RawTable] = {}
    names = [_told(path) for path in paths]
    for given, path in zip(paths, names, strict=True):
        raw = _bytes(given, stdin)
        part, refusals, account, table = _read_input(raw, path, mapping, latest, seen, fed_back)
        if keep_tables and table is not None:
            tables[path] = table
        parts.append(part)
        rejects.extend(refusals)
        accounts.append(account)
    _check_mapped_headers(mapping, list(seen))
    frame, duplicates = combine(parts, names)
    again = Counter(reject.source for reject in rejects if (reject.source, str(reject.line)) in fed_back)
    inputs = tuple(
        replace(
            account,
            rejected=account.rejected - again[account.path],
            duplicates=number + again[account.path],
            notes=(*account.notes, *_told_again(again[account.path])),
        )
        for account, number in zip(accounts, duplicates, strict=True)
    )
    kept = tuple(reject for reject in rejects if (reject.source, str(reject.line)) not in fed_back)
    return Sightings(frame, kept, inputs, tables)


def _told_again(rows: int) -> tuple[str, ...]:
    """Say that rejects were mended and read from another input."""
    return (
        (f"{rows} unreadable {'row' if rows == 1 else 'rows'} read from a mended rejects file instead",) if rows else ()
    )


def _told(path: str) -> str:
    """The path as text: a name may hold bytes that are no UTF-8, which no report and no ledger can."""
    return path.encode("utf-8", "backslashreplace").decode()


def _bytes(path: str, stdin: BinaryIO | None) -> bytes:
    try:
        if path != STDIN:
            return Path(path).read_bytes()
        if stdin is None:
            raise InputError("-: there is no standard input to read")
        return stdin.read()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: a directory: name the files in it") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read: check its permissions") from None
    except MemoryError:
        raise InputError(f"{path}: larger than this machine's memory: split it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{path}: cannot be read: {reason}") from None


def _check_mapped_headers(mapping: Mapping[str, str], headers: list[str]) -> None:
    """A header of ``--map`` that no input has is a slip; inputs without headers prove nothing."""
    for header, target in mapping.items():
        if headers and not mapped_columns(headers, {header: target}):
            shown = ", ".join(repr(found.strip()[:40]) for found in headers[:30])
            raise ConfigurationError(f"--map {header}={target}: no input has the header {header!r}; found: {shown}")


def _read_input(
    raw: bytes,
    path: str,
    mapping: Mapping[str, str],
    latest: date,
    seen: dict[str, None],
    fed_back: set[tuple[str, str]],
) -> tuple[Part, tuple[RejectedRow, ...], InputFile, RawTable | None]:
    """One input: accepted rows, rejects, its account, duplicates not yet taken off, and its cells."""
    text, table = _cells(raw, path, mapping)
    digest = hashlib.sha256(raw).hexdigest()
    nothing = np.zeros(0, np.int64)
    if table is None or not table.headers:
        refusals = table.rejects if table else ()
        account = InputFile(path, digest, len(refusals), len(refusals), 0, text.encoding, text.notes)
        return Part(nothing, nothing, nothing, {}, {}, {}, {}), refusals, account, table
    seen.update(dict.fromkeys(table.headers))
    fed_back.update(mended_rows(table))
    try:
        layout = arrange(table.headers, mapping, path)
    except InputError:
        _check_mapped_headers(mapping, list(seen))
        raise
    part, faults, notes = understand(table, layout, latest)
    blank = _blank_rows(table, list(faults))
    faults = {row: fault for row, fault in faults.items() if row not in blank}
    if faults or blank:
        good = np.ones(len(table.lines), np.bool_)
        good[[*faults, *blank]] = False
        part = part.only(np.flatnonzero(good))
    refusals = tuple(sorted((*table.rejects, *refused(table, path, faults)), key=lambda reject: reject.line))
    rows = len(part.lines) + len(refusals)
    remarks = (*text.notes, *table.notes, *layout.notes, *notes)
    return part, refusals, InputFile(path, digest, rows, len(refusals), 0, text.encoding, remarks), table


def _cells(raw: bytes, path: str, mapping: Mapping[str, str]) -> tuple[Text, RawTable | None]:
    """The cells of an input, told apart by its first bytes."""
    if raw.startswith(MAGIC):
        return Text(b"", "utf-8"), read_parquet(raw, path, mapping)
    if is_workbook(raw):
        return Text(b"", "utf-8"), read_xlsx(raw, path, mapping)
    text = recognise(raw, path)
    return text, read_json(text.utf8, path) if looks_like_json(text.utf8) else read_table(text.utf8, path, mapping)


def _blank_rows(table: RawTable, suspects: list[int]) -> set[int]:
    """Rows of a delimited file that hold nothing but separators: blank lines by another name."""
    if table.blank_rows_count or not suspects:
        return set()
    rows = np.array(suspects, np.int64)
    for column in table.columns:
        cells = column.take(rows).to_pylist()
        rows = rows[[not cell.strip() for cell in cells]]
    return set(rows.tolist())
