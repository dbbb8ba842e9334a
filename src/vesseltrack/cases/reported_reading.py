"""The file of volumes that States reported, beside or in place of the bundled ones: ``--reported FILE``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, cast

from vesseltrack.cases.own_table import Kind, Unusable, made_of, read_own_table
from vesseltrack.cases.reported_rows import period_of, reporting_state
from vesseltrack.oil.notified import (
    COMMITTEE_BARRELS_PER_TONNE,
    FIRST_YEAR_IN_BARRELS,
    Report,
    Status,
    month_end,
)
from vesseltrack.oil.regimes import load_regimes
from vesseltrack.oil.restatements import HISTORY
from vesseltrack.sightings.values import parse_number, range_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
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
KIND = Kind(
    "--reported",
    "state, month, tonnes or barrels (reported_on, source, note)",
    _HEADERS,
    lambda fields: {"state", "month"} <= fields and bool(fields & {"tonnes", "barrels"}),
    frozenset({"state", "month", "tonnes", "barrels"}),
)
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


def read_reported(path: Path, today: date) -> ReportedFile:
    """Read a CSV with a State, a month and a volume in tonnes or barrels in each row.

    A month is ``2025-03``, a cumulative row ``2025-01/2025-06``; with a column ``year``, ``03`` and ``01-06`` do. A
    blank volume is a month that was not filed, 0 one for which nothing was supplied. ``today`` bounds what can have
    been reported.

    Raises ConfigurationError where the file cannot be used, RowsError where rows of it cannot.
    """
    table = read_own_table(path, KIND)
    return ReportedFile(table.path, table.sha256, made_of(table, lambda row, where: _report(row, where, today)))


def _report(row: Mapping[str, str], where: str, today: date) -> Report:
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


def _volume(row: Mapping[str, str], field: str) -> float | None:
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
