"""What States reported to the 1718 Committee (data/reported.csv), per State and year.

Cumulative rows are never added to the months they contain, a month without a report is missing and not zero, and a
restated figure replaces the earlier one while the file keeps both.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from vesseltrack import reference
from vesseltrack.oil.model import Crossing, Regime, Reported

COMMITTEE_BARRELS_PER_TONNE = 8.33
"""Product basket of the 1718 Committee, published 17 February 2021 (data/products.csv)."""

MONTHS = 12


@dataclass(frozen=True)
class _Report:
    """A volume for consecutive months of one year."""

    state: str
    year: int
    first: int
    last: int
    barrels: float
    source: str


def reported(year: int, regime: Regime | None, as_of: date) -> Reported:
    """Volumes reported for a year, for months under the regime that had ended by ``as_of``."""
    if regime is None:
        return Reported(None, (), (), (), ())
    months = _months(year, regime, as_of)
    last_month = max(months, default=0)
    by_state: list[tuple[str, int | None]] = []
    missing: list[tuple[str, tuple[str, ...]]] = []
    sources: list[str] = []
    for state in _states():
        cover = _cover(year, state, last_month)
        known = {month for report in cover for month in range(report.first, report.last + 1)}
        by_state.append((state, round(sum(report.barrels for report in cover)) if cover else None))
        gaps = tuple(f"{year}-{month:02d}" for month in months if month not in known)
        if gaps:
            missing.append((state, gaps))
        sources.extend(report.source for report in cover)
    totals = [barrels for _, barrels in by_state if barrels is not None]
    return Reported(
        barrels=sum(totals) if totals else None,
        by_state=tuple(by_state),
        missing_months=tuple(missing),
        crossings=_crossings(year, regime, last_month),
        sources=tuple(dict.fromkeys(sources)),
    )


def _months(year: int, regime: Regime, as_of: date) -> range:
    """Months of the year under the regime that had ended by ``as_of``."""
    ended = [month for month in range(1, MONTHS + 1) if date(year, month, monthrange(year, month)[1]) <= as_of]
    return range(regime.first.month if regime.first.year == year else 1, len(ended) + 1)


@cache
def _current() -> tuple[_Report, ...]:
    """Rows that count: current figures, in barrels."""
    found = []
    for row in reference.rows("reported.csv"):
        if row["status"] != "current" or not (row["barrels"] or row["tonnes"]):
            continue
        year, first = (int(part) for part in row["month_from"].split("-"))
        barrels = float(row["barrels"]) if row["barrels"] else float(row["tonnes"]) * COMMITTEE_BARRELS_PER_TONNE
        found.append(_Report(row["state"], year, first, int(row["month_to"].split("-")[1]), barrels, row["source"]))
    return tuple(found)


def _states() -> tuple[str, ...]:
    """States that ever reported by themselves; joint figures are history only."""
    return tuple(sorted({report.state for report in _current() if "+" not in report.state}))


def _cover(year: int, state: str, last_month: int) -> tuple[_Report, ...]:
    """Reports that together cover the most months without overlap; among equals the fewest, the widest first."""
    reports = [r for r in _current() if r.year == year and r.state == state and r.last <= last_month]
    best: list[tuple[int, int, tuple[_Report, ...]]] = [(0, 0, ())]
    for month in range(1, last_month + 1):
        options = [best[month - 1]]
        for report in reports:
            if report.last == month:
                months, count, chosen = best[report.first - 1]
                options.append((months + report.last - report.first + 1, count - 1, (*chosen, report)))
        best.append(max(options, key=lambda option: option[:2]))
    return best[last_month][2]


def _crossings(year: int, regime: Regime, last_month: int) -> tuple[Crossing, ...]:
    """Last day of the month by which the volumes known to be reported reached each notice of the regime."""
    totals = [
        sum(report.barrels for state in _states() for report in _cover(year, state, month))
        for month in range(1, last_month + 1)
    ]
    crossings = []
    for percent in regime.notices_percent:
        day = next(
            (
                date(year, month, monthrange(year, month)[1])
                for month, total in enumerate(totals, start=1)
                if total >= regime.limit_barrels * percent / 100
            ),
            None,
        )
        crossings.append(Crossing("reported", percent, day, day, day))
    return tuple(crossings)
