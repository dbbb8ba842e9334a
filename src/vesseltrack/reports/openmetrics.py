"""The state of a run as OpenMetrics text, for the textfile collector of node_exporter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from vesseltrack.rules.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from vesseltrack.oil.year import CapStatus

SUCCESS = "vesseltrack_last_success_timestamp_seconds"
"""The metric from which a failed run takes over when one last succeeded."""


@dataclass(frozen=True)
class RunState:
    """What a run has to show to those who watch it."""

    now: datetime
    """UTC, naive."""

    exit_code: int
    last_success: datetime | None
    """The last run that read and checked everything, this one included; None for none."""

    findings: dict[str, int] = field(default_factory=dict)
    """Findings in force by severity; empty where the run failed before it knew."""

    year: CapStatus | None = None
    """The newest year; None where the run failed before it knew, or there is none."""

    rejected: int = 0
    list_days: dict[str, int] = field(default_factory=dict)
    """Days since each list was retrieved."""

    feed_days: int | None = None
    """Days since the newest sighting."""


def render(state: RunState) -> str:
    """The text, families in fixed order, ended as OpenMetrics demands."""
    return "".join(f"{line}\n" for line in (*_lines(state), "# EOF"))


def _lines(state: RunState) -> Iterator[str]:
    yield from _gauge("last_run_timestamp_seconds", "When the last run ended.", [("", _seconds(state.now))])
    if state.last_success is not None:
        success = _seconds(state.last_success)
        yield from _gauge("last_success_timestamp_seconds", "When a run last checked everything.", [("", success)])
    yield from _gauge("last_exit_code", "Exit code of the last run.", [("", state.exit_code)])
    yield from _gauge("rows_rejected", "Rows of the last run that could not be read.", [("", state.rejected)])
    if state.findings:
        counts = [(f'{{severity="{one.label}"}}', state.findings.get(one.label, 0)) for one in Severity]
        yield from _gauge("findings", "Findings in force.", counts)
    if state.year is not None:
        estimate, label = state.year.estimate, f'year="{state.year.year}"'
        volumes = [
            (f'{{estimate="{name}",{label}}}', round(getattr(estimate, name))) for name in ("low", "central", "high")
        ]
        yield from _gauge("cap_barrels", "Estimated barrels of the newest year.", volumes)
        if state.year.regime is not None:
            limit = state.year.regime.limit_barrels
            yield from _gauge("cap_limit_barrels", "Cap of that year.", [(f"{{{label}}}", limit)])
    if state.list_days:
        ages = [(f'{{list="{_escaped(name)}"}}', days * 86_400) for name, days in sorted(state.list_days.items())]
        yield from _gauge("designation_list_age_seconds", "Age of each list in force.", ages)
    if state.feed_days is not None:
        yield from _gauge("feed_age_seconds", "Age of the newest sighting.", [("", state.feed_days * 86_400)])


def _seconds(moment: datetime) -> float:
    """Seconds since 1970 of a moment in naive UTC."""
    return moment.replace(tzinfo=UTC).timestamp()


def _gauge(name: str, text: str, values: Sequence[tuple[str, float]]) -> Iterator[str]:
    yield f"# TYPE vesseltrack_{name} gauge"
    yield f"# HELP vesseltrack_{name} {text}"
    for label, value in values:
        yield f"vesseltrack_{name}{label} {value:.10g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
