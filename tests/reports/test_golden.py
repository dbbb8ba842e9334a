"""Each format of each command, as a golden file: the same case gives the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports import builders

from vesseltrack.config import FORMATS
from vesseltrack.reports.render import render

SUFFIX = {"table": "txt", "json": "json", "ndjson": "ndjson", "csv": "csv", "markdown": "md"}
PAYLOADS = {
    "check": builders.CASE,
    "report": builders.CASE,
    "screen": builders.SCREENING,
    "backtest": builders.BACKTEST,
}


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("kind", PAYLOADS)
def test_off_a_terminal(golden, kind, fmt) -> None:
    golden(f"{kind}.{SUFFIX[fmt]}", render(kind, PAYLOADS[kind], fmt))


@pytest.mark.parametrize("fmt", ["table", "json", "markdown"])
def test_a_year_with_reports_by_states(golden, fmt) -> None:
    golden(f"reported.{SUFFIX[fmt]}", render("report", replace(builders.CASE, years=(builders.RUNNING,)), fmt))


@pytest.mark.parametrize("fmt", ["geojson", "kml"])
@pytest.mark.parametrize("kind", ["check", "report"])
def test_for_a_map(golden, kind, fmt) -> None:
    golden(f"{kind}.{fmt}", render(kind, PAYLOADS[kind], fmt))


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("kind", PAYLOADS)
def test_on_a_terminal(golden, kind, width) -> None:
    golden(f"{kind}-{width}-columns.txt", render(kind, PAYLOADS[kind], "table", width=width))


@pytest.mark.parametrize("kind", PAYLOADS)
def test_in_colour(golden, kind) -> None:
    golden(f"{kind}-colour.txt", render(kind, PAYLOADS[kind], "table", width=100, color=True))
