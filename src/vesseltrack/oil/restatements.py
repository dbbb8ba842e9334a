"""Which of several figures for one State and period counts: the latest, with what it replaced kept as history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

from vesseltrack import reference
from vesseltrack.oil.notified import Report, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HISTORY = ("superseded", "conflict", "press_conversion")
"""Statuses of figures that are kept and do not count."""

JOINT = "joint figure: only figures of one State count"


@cache
def bundled() -> tuple[Report, ...]:
    """The rows of data/reported.csv."""
    return tuple(_report(row) for row in reference.rows("reported.csv"))


def _report(row: dict[str, str]) -> Report:
    year, first = (int(part) for part in row["month_from"].split("-"))
    return Report(
        state=row["state"],
        year=year,
        first=first,
        last=int(row["month_to"].split("-")[1]),
        tonnes=float(row["tonnes"]) if row["tonnes"] else None,
        barrels=float(row["barrels"]) if row["barrels"] else None,
        status=cast("Status", row["status"]),
        reported_on=date.fromisoformat(row["reported_on"]) if row["reported_on"] else None,
        source=row["source"],
        note=row["notes"],
    )


def known_reports(own: Iterable[Report]) -> tuple[Report, ...]:
    """All reports with the status that they have once a user's own are taken into account, in fixed order.

    For one State and period the later ``reported_on`` counts; where either has none, the user's row counts over the
    bundled one. Rows of the user's that contradict each other, and do not say which is later, count neither.
    """
    by_key: defaultdict[tuple[str, int, int, int], list[Report]] = defaultdict(list)
    for report in own:
        by_key[report.key].append(report)
    found = [report for report in bundled() if report.key not in by_key]
    for key, reports in by_key.items():
        found += _settled([report for report in bundled() if report.key == key], reports)
    return tuple(sorted(found, key=lambda r: (*r.key, r.reported_on or date.min, r.status, r.where, r.source)))


def _settled(old: list[Report], own: Sequence[Report]) -> list[Report]:
    """The reports of one State and period, each with its status."""
    kept = {(report.said, report.status) for report in old}
    history = [report for report in own if report.status in HISTORY and (report.said, report.status) not in kept]
    claims = [report for report in own if report.status not in HISTORY]
    if "+" in own[0].state:
        return [*old, *history, *(replace(r, status="superseded", note=_joined(r.note, JOINT)) for r in claims)]
    if not claims:
        return [*old, *history]
    newest = _newest(claims)
    if newest is None:
        lines = ", ".join(sorted({report.where for report in claims}))
        why = f"{lines} differ, and which is later is not said"
        return [*old, *history, *(replace(r, status="conflict", note=_joined(r.note, why)) for r in claims)]
    standing = next((report for report in old if report.status not in HISTORY), None)
    winner = newest if standing is None or not _outlasts(standing, newest) else standing
    others = {report.said: report for report in (*claims, *((standing,) if standing else ())) if report is not winner}
    others.pop(winner.said, None)
    replaced = [_replaced(report, winner) for report in others.values()]
    return [winner, *(report for report in old if report is not standing), *history, *replaced]


def _newest(reports: Sequence[Report]) -> Report | None:
    """The one that was reported last; None where they differ and do not say."""
    if any(report.reported_on is None for report in reports):
        last = list(reports)
    else:
        day = max(report.reported_on for report in reports if report.reported_on)
        last = [report for report in reports if report.reported_on == day]
    return min(last, key=lambda report: report.where) if len({report.said for report in last}) == 1 else None


def _outlasts(standing: Report, newest: Report) -> bool:
    """Whether the bundled figure says the same, or is known to be the later one."""
    if standing.said == newest.said:
        return True
    if standing.reported_on is None or newest.reported_on is None:
        return False
    return newest.reported_on < standing.reported_on


def _replaced(report: Report, winner: Report) -> Report:
    by = winner.where or winner.source
    day = f" of {winner.reported_on}" if winner.reported_on else ""
    return replace(report, status="superseded", note=_joined(report.note, f"replaced by the figure{day} in {by}"))


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
