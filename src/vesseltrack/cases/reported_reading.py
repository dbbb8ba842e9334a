"""The file of volumes that States reported, beside or in place of the bundled ones: ``--reported FILE``."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, cast

from vesseltrack.cases.reported_rows import Unusable, period_of, reporting_state
from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.oil.notified import (
    COMMITTEE_BARRELS_PER_TONNE,
    FIRST_YEAR_IN_BARRELS,
    Report,
    Status,
    month_end,
)
from vesseltrack.oil.regimes import load_regimes
from vesseltrack.oil.restatements import HISTORY
from vesseltrack.sightings.encodings import recognise
from vesseltrack.sightings.values import parse_number, range_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_HEADERS = {
    "state": ("state", "reportingstate", "country", "reportingcountry", "memberstate", "supplier"),
    "year": ("year",),
    "month": ("month", "months", "period", "monthfrom"),
    "month_to": ("monthto",),
    "tonnes": ("tonnes", "tons", "metrictons", "metrictonnes", "mt", "t"),
    "barrels": ("barrels", "bbl", "bbls"),
    "reported_on": ("reportedon", "datereported", "reportdate", "notifiedon", "publishedon"),
    "source": ("source", "sources"),
    "note": ("note", "notes", "remark", "remarks"),
    "status": ("status",),
}
_FIELD_OF = {header: field for field, headers in _HEADERS.items() for header in headers}
_SHAPE = "state, month, tonnes or barrels (reported_on, source, note)"
_NOT_FILED = ("not filed", "not_filed", "no report", "none filed", "-", "–")

BARRELS_PER_TONNE = (5.5, 12.5)
"""Wider than any product, bitumen 6.05 to LPG 11.65 (UN Statistics Division): beyond it the columns are swapped, or one
figure is of another period."""

LEAST_BARRELS = 50
"""Below this, rounding alone can move the ratio out of the range."""


@dataclass(frozen=True)
class ReportedFile:
    """The file as read."""

    path: str
    sha256: str
    reports: tuple[Report, ...]
    faults: tuple[str, ...]
    """A line for each row that cannot be used; with any, the file must not be used: half a file is no balance."""


def read_reported(path: Path, today: date) -> ReportedFile:
    """Read a CSV with a State, a month and a volume in tonnes or barrels in each row.

    A month is ``2025-03``, a cumulative row ``2025-01/2025-06``; with a column ``year``, ``03`` and ``01-06`` do. A
    blank volume is a month that was not filed, 0 one for which nothing was supplied. ``today`` bounds what can have
    been reported. Rows that cannot be used are in ``faults``.

    Raises `ConfigurationError` where the file as a whole cannot be used.
    """
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise ConfigurationError(f"{path}: is a directory; --reported needs a CSV with {_SHAPE}") from None
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file; --reported needs a CSV with {_SHAPE}") from None
    except (OSError, ValueError) as why:
        raise ConfigurationError(f"{path}: cannot be read: {getattr(why, 'strerror', None) or why}") from None
    try:
        text = recognise(content, str(path)).utf8.decode(errors="replace")
    except InputError as why:
        raise ConfigurationError(str(why)) from None
    rows = list(_rows(text, path))
    if not rows:
        raise ConfigurationError(f"{path}: is empty; --reported needs a CSV with {_SHAPE}")
    fields = _fields(rows[0][1], path)
    if len(rows) == 1:
        raise ConfigurationError(f"{path}: holds a header and no row; --reported needs {_SHAPE}")
    reports, faults = [], []
    for line, cells in rows[1:]:
        try:
            reports.append(_report(_named(cells, fields), f"{path.name} line {line}", today))
        except Unusable as why:
            faults.append(f"{path}: line {line}: {why}")
    return ReportedFile(str(path), hashlib.sha256(content).hexdigest(), tuple(reports), tuple(faults))


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
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


def _fields(header: Sequence[str], path: Path) -> list[str | None]:
    """The field of each column; None for a column that means nothing here."""
    letters = ["".join(c for c in name.lower() if c.isalnum()) for name in header]
    fields = [_FIELD_OF.get(name) for name in letters]
    for name, plain, field in zip(header, letters, fields, strict=True):
        near = difflib.get_close_matches(plain, _FIELD_OF, n=1, cutoff=0.8) if field is None else []
        if near:
            raise ConfigurationError(f"{path}: column {name!r} is not known; did you mean {_FIELD_OF[near[0]]}?")
        if field is not None and fields.count(field) > 1:
            raise ConfigurationError(f"{path}: two columns mean {field}; leave one of them out")
    if "state" not in fields or "month" not in fields or not {"tonnes", "barrels"} & set(fields):
        shown = ", ".join(repr(name[:40]) for name in header[:8])
        raise ConfigurationError(f"{path}: its header ({shown}) lacks a column; --reported needs {_SHAPE}")
    return fields


def _named(cells: Sequence[str], fields: Sequence[str | None]) -> dict[str, str]:
    if any(cells[len(fields) :]):
        raise Unusable("has more cells than the header: put a number or text with a separator in quotes")
    needed = max(at for at, field in enumerate(fields) if field in ("state", "month", "tonnes", "barrels"))
    if len(cells) <= needed:
        raise Unusable(f"has {len(cells)} of {len(fields)} cells: write the separators of empty cells too")
    return {field: cell for field, cell in zip(fields, cells, strict=False) if field is not None}


def _report(row: dict[str, str], where: str, today: date) -> Report:
    month = f"{row['month']}/{row['month_to']}" if row.get("month_to") else row["month"]
    year, first, last = period_of(month, row.get("year", ""))
    begins, ends = date(year, first, 1), month_end(year, last)
    if load_regimes().on(begins) is None:
        raise Unusable(f"{begins:%Y-%m}: no cap on refined petroleum was in force, so nothing was reported")
    if ends > today:
        raise Unusable(f"{ends:%Y-%m} has not ended on {today}: give months that are over")
    tonnes, barrels = _volume(row, "tonnes"), _volume(row, "barrels")
    if tonnes is not None and barrels is not None:
        _refuse_other_ratio(tonnes, barrels)
    note = row.get("note", "")
    if tonnes is not None and barrels is not None and year < FIRST_YEAR_IN_BARRELS and _own_rate(tonnes, barrels):
        note = "; ".join(part for part in (note, f"{barrels:,.10g} barrels are somebody's own conversion") if part)
        barrels = None
    status = _status(row.get("status", ""), filed=tonnes is not None or barrels is not None)
    given = row.get("source", "")
    if given.isdecimal():
        raise Unusable(f"source {given!r} is a number: put a volume with a comma in quotes")
    return Report(
        state=reporting_state(row["state"]),
        year=year,
        first=first,
        last=last,
        tonnes=tonnes,
        barrels=barrels,
        status=status,
        reported_on=_reported_on(row.get("reported_on", ""), begins, today),
        source=f"{given} ({where})" if given else where,
        note=note,
        where="" if status in HISTORY else where,
    )


def _volume(row: dict[str, str], field: str) -> float | None:
    text = row.get(field, "")
    if text.lower() in _NOT_FILED:
        return None
    value = parse_number(text, field)
    fault = value if isinstance(value, str) else range_fault(value, field)
    if fault:
        raise Unusable(f"{field} {text!r}: {fault}; leave it blank where nothing was filed")
    return None if isinstance(value, str) or isnan(value) else value


def _refuse_other_ratio(tonnes: float, barrels: float) -> None:
    least, most = BARRELS_PER_TONNE
    if max(barrels, tonnes) >= LEAST_BARRELS and not least * tonnes <= barrels <= most * tonnes:
        raise Unusable(
            f"{tonnes:,g} tonnes cannot be {barrels:,g} barrels: a tonne is {least:g} to {most:g} barrels; "
            "are the columns swapped?"
        )


def _own_rate(tonnes: float, barrels: float) -> bool:
    """Whether barrels of a time when tonnes were notified are not the Committee's: by more than rounding, 1 %."""
    return abs(barrels - tonnes * COMMITTEE_BARRELS_PER_TONNE) > max(0.01 * barrels, COMMITTEE_BARRELS_PER_TONNE)


def _reported_on(text: str, begins: date, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"reported_on {text!r} is no day such as 2025-04-30") from None
    if not begins <= day <= today:
        why = "is after today" if day > today else "is before the period that it reports"
        raise Unusable(f"reported_on {text} {why}")
    return day


def _status(text: str, *, filed: bool) -> Status:
    """As in data/reported.csv, for who starts from a copy of it."""
    if text in HISTORY:
        return cast("Status", text)
    if text not in ("", "current", "not_filed"):
        raise Unusable(f"status {text!r} is none of current, not_filed, {', '.join(HISTORY)}; leave it blank")
    if filed and text == "not_filed":
        raise Unusable("status is not_filed and there is a volume: leave out one of them")
    return "current" if filed else "not_filed"
