"""How a command ends: a Case or the answers of a screening into the one exit code (precedence 5 > 11 > 10 > 3 > 0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from vesseltrack.reports.case import Case, Fleet

SEVERITIES = ("info", "low", "medium", "high", "critical")


def check_exit(case: Case, fail_on: str) -> ExitCode:
    """Exit of ``check``: 10 with a finding at or above ``fail_on`` (``none``: never; ``new``: any), 3, or 0.

    A ship of one's own fleet that is on a list, or whose owner is, ends in 10 as well, sighted or not.
    """
    if _any_finding(case, fail_on):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN if case.complete else ExitCode.INCOMPLETE


def report_exit(case: Case, fail_at: float | None, fail_on: str | None) -> ExitCode:
    """Exit of ``report``: 11 where the central estimate of a year is at or above ``fail_at`` percent of its cap.

    10 only where ``fail_on`` is given; None for ``fail_at``: never 11.
    """
    for status in case.years:
        if fail_at is not None and status.regime is not None:
            share = 100 * round(status.estimate.central) / status.regime.limit_barrels
            if share >= fail_at:
                return ExitCode.CAP
    return check_exit(case, fail_on or "none")


def screen_exit(grades: AbstractSet[str], fail_on: str, *, complete: bool, fleet: Fleet | None = None) -> ExitCode:
    """Exit of ``screen``: 10 with a match; with ``fail_on`` info or low also with a review; 3 where incomplete.

    Args:
        grades: the grades of all answers.
        fail_on: ``none``: never 10.
        complete: whether every query could be checked.
        fleet: one's own ships, whose grades count like those of the queries.
    """
    if fleet is not None:
        grades = {*grades, *("match" if ship.listed else ship.result.grade for ship in fleet.ships)}
    hit = "match" in grades or (fail_on in {"info", "low", "new"} and "review" in grades)
    if hit and fail_on != "none":
        return ExitCode.FINDINGS
    return ExitCode.CLEAN if complete else ExitCode.INCOMPLETE


def _any_finding(case: Case, fail_on: str) -> bool:
    if fail_on == "none":
        return False
    if case.fleet is not None and any(ship.listed for ship in case.fleet.ships):
        return True
    least = 0 if fail_on == "new" else SEVERITIES.index(fail_on)
    return any(finding.severity >= least for finding in case.findings if finding.id not in case.decided)
