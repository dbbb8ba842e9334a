"""What States reported to the 1718 Committee, per State and year: data/reported.csv and a user's own rows.

Cumulative rows are never added to the months they contain, a month without a report is missing and not zero, and a
restated figure replaces the earlier one, which is kept as history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.oil.contradictions import contradictions, cover
from vesseltrack.oil.notices import Standing, notices, projection, reached_on
from vesseltrack.oil.notified import COMMITTEE_BARRELS_PER_TONNE, MONTHS, MonthEnd, Report, month_end
from vesseltrack.oil.restatements import HISTORY, bundled, known_reports
from vesseltrack.oil.year import Crossing, Regime, Reported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def reported(
    year: int, regime: Regime | None, until: date, own: Sequence[Report] = (), as_of: date | None = None
) -> Reported:
    """Volumes reported for a year, for months under the regime that had ended by ``until``.

    Args:
        year: a calendar year.
        regime: the cap on refined petroleum of that year; None: there was none, and nothing was to be reported.
        until: months that ended by then can have been reported.
        own: a user's rows, beside or in place of the bundled ones.
        as_of: the day that stands for today, which decides whether the year is still running; None: no projection.
    """
    if regime is None:
        return Reported(None, (), (), (), ())
    first = regime.first.month if regime.first.year == year else 1
    last = max((month for month in range(first, MONTHS + 1) if month_end(year, month) <= until), default=first - 1)
    of_year = tuple(r for r in known_reports(own) if r.year == year and r.first >= first and r.last <= last)
    counting = tuple(report for report in of_year if report.status == "current")
    states = _states(of_year)
    by_state = {state: tuple(report for report in counting if report.state == state) for state in states}
    standings = tuple(_standing(year, first, month, by_state) for month in range(first, last + 1))
    used = standings[-1].reports if standings else ()
    sums = {s: round(sum(r.volume() for r in used if r.state == s)) for s in {report.state for report in used}}
    missing = {state: _missing(used, state, range(first, last + 1)) for state in states}
    return Reported(
        barrels=sum(sums.values()) if sums else None,
        by_state=tuple((state, sums.get(state)) for state in states),
        missing_months=tuple(
            (state, tuple(f"{year}-{month:02d}" for month in months)) for state, months in missing.items() if months
        ),
        crossings=tuple(_crossing(percent, standings, regime) for percent in regime.notices_percent),
        sources=tuple(dict.fromkeys(report.source for report in used)),
        months=used,
        history=tuple(report for report in of_year if report.status in HISTORY),
        balance=tuple(_balance(standing, regime) for standing in standings),
        notices=notices(standings, regime),
        projection=projection(standings, regime, as_of) if as_of is not None else None,
        contradictions=contradictions(counting, of_year),
    )


def _states(of_year: Sequence[Report]) -> tuple[str, ...]:
    """States whose reports the bundled data follows, and those of the year's other rows; joint figures are history."""
    followed = (*(report for report in bundled() if report.status == "current"), *of_year)
    return tuple(sorted({report.state for report in followed if "+" not in report.state}))


def _standing(year: int, first: int, month: int, by_state: dict[str, tuple[Report, ...]]) -> Standing:
    covers = {state: cover(reports, first, month) for state, reports in by_state.items()}
    lacking = (s for s, reports in covers.items() if _missing(reports, s, range(first, month + 1)))
    return Standing(year, month, tuple(r for reports in covers.values() for r in reports), tuple(lacking))


def _missing(reports: Sequence[Report], state: str, months: range) -> tuple[int, ...]:
    """Months that no report of a State covers."""
    known = {month for r in reports if r.state == state for month in range(r.first, r.last + 1)}
    return tuple(month for month in months if month not in known)


def _crossing(percent: int, standings: Sequence[Standing], regime: Regime) -> Crossing:
    day = reached_on(standings, percent, regime, COMMITTEE_BARRELS_PER_TONNE)
    return Crossing("reported", percent, day, day, day)


def _balance(standing: Standing, regime: Regime) -> MonthEnd:
    month = MonthEnd(f"{standing.year}-{standing.month:02d}", None, None, None, standing.missing)
    if not standing.reports:
        return month
    known, limit = standing.barrels(), regime.limit_barrels
    return replace(month, barrels=known, remaining=limit - known, percent_of_cap=100 * known / limit)
