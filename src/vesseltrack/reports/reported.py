"""What States reported, as the documents write it: the sum, its parts and history, the gap, notices and the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.values import day, number

if TYPE_CHECKING:
    from vesseltrack.oil.notified import MonthEnd, RateNotices, Report, ReportedProjection
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.values import Document


def reported_object(status: CapStatus) -> Document:
    """The reported volumes of a year. ``gap``: estimated minus reported, below zero where less was estimated."""
    reported, gap = status.reported, status.gap
    return {
        "barrels": reported.barrels,
        "by_state": dict(reported.by_state),
        "missing_months": [{"state": state, "months": list(months)} for state, months in reported.missing_months],
        "sources": list(reported.sources),
        "gap": None if gap is None else dict(zip(("low", "central", "high"), gap, strict=True)),
        "months": [_used(report) for report in reported.months],
        "history": [_history(report) for report in reported.history],
        "contradictions": list(reported.contradictions),
        "balance": [_balance(month) for month in reported.balance],
        "notices": [_notices(notices) for notices in reported.notices],
        "projection": _projection(reported.projection),
    }


def _used(report: Report) -> Document:
    """A report that counts: ``barrels`` as counted, ``converted`` says how they were found."""
    return {
        **_period(report),
        "barrels": round(report.volume()),
        "converted": report.converted,
        **_told(report),
        "note": report.note or None,
    }


def _history(report: Report) -> Document:
    """A figure that does not count: the volumes as they were said."""
    return {
        **_period(report),
        "barrels": number(report.barrels),
        "status": report.status,
        "why": report.note or None,
        **_told(report),
    }


def _period(report: Report) -> Document:
    return {
        "state": report.state,
        "from": f"{report.year}-{report.first:02d}",
        "to": f"{report.year}-{report.last:02d}",
        "tonnes": number(report.tonnes),
    }


def _told(report: Report) -> Document:
    return {"reported_on": day(report.reported_on), "source": report.source}


def _balance(month: MonthEnd) -> Document:
    return {
        "month": month.month,
        "barrels": month.barrels,
        "remaining": month.remaining,
        "percent_of_cap": number(month.percent_of_cap, 2),
        "complete": not month.missing,
        "missing": list(month.missing),
    }


def _notices(notices: RateNotices) -> Document:
    return {
        "barrels_per_tonne": notices.rate.barrels_per_tonne,
        "name": notices.rate.name,
        "source": notices.rate.source,
        "barrels": notices.barrels,
        "percent_of_cap": number(notices.percent_of_cap, 2),
        "due": [{"percent": percent, "on": day(on)} for percent, on in notices.due],
    }


def _projection(projection: ReportedProjection | None) -> Document | None:
    if projection is None:
        return None
    return {
        "rate_per_30_days": projection.rate_per_30_days,
        "from": day(projection.first),
        "to": day(projection.last),
        "complete": projection.complete,
        "reaches": [
            {"percent": reach.percent, "on": day(reach.on), "extrapolated": reach.extrapolated}
            for reach in projection.reaches
        ],
    }
