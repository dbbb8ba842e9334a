"""The metrics file of `vesseltrack run`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from vesseltrack.cli.ledger_session import moment
from vesseltrack.cli.output import write
from vesseltrack.reports.openmetrics import SUCCESS, RunState, render

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.cases.run import Ran


def write_metrics(path: Path, code: int, ran: Ran | None) -> None:
    """Put the state of this run in the place of the last one's.

    Args:
        path: the file; node_exporter may read it at any time.
        code: how the run ends.
        ran: what it found; None where it failed before it knew.

    Raises:
        OutputError: it cannot be written.
    """
    now = moment()
    if ran is None:
        state = RunState(now, code, _last_success(path))
    else:
        case = ran.case
        state = RunState(
            now,
            code,
            _last_success(path) if ran.because else now,
            _severities(ran),
            case.years[-1] if case.years else None,
            ran.rejected,
            {
                used.name: (now.date() - date.fromisoformat(used.retrieved)).days
                for used in case.lists
                if re.fullmatch(r"\d{4}-\d\d-\d\d", used.retrieved or "")
            },
            None if ran.newest is None else (now.date() - ran.newest).days,
        )
    write(render(state), str(path))


def _severities(ran: Ran) -> dict[str, int]:
    return {
        label: sum(finding.severity.label == label for finding in ran.case.findings)
        for label in ("info", "low", "medium", "high", "critical")
    }


def _last_success(path: Path) -> datetime | None:
    """The moment that the file of an earlier run gives; None where there is none."""
    try:
        found = re.search(rf"^{SUCCESS} ([0-9.]+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return None
    return datetime.fromtimestamp(float(found[1]), UTC).replace(tzinfo=None) if found else None
