"""The document of ``backtest``: every published estimate with the program's figure beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.document import NOTICE, head
from vesseltrack.reports.values import number

if TYPE_CHECKING:
    from vesseltrack.oil.backtest import Comparison
    from vesseltrack.reports.case import Backtest
    from vesseltrack.reports.values import Document

SCHEMA = "vesseltrack.backtest/1"


def backtest_document(payload: Backtest) -> Document:
    """The published estimates, recomputed: "vesseltrack.backtest/1"."""
    rows = [row_object(row) for row in (*payload.estimates, *payload.capacities)]
    return {**head(SCHEMA, payload), "rows": rows, "notice": list(NOTICE)}


def row_object(row: Comparison) -> Document:
    """One estimate; what was not published, and what could not be computed, is null."""
    published, percent = row.published, number(row.difference_percent, 2)
    return {
        "source": published.source,
        "period": published.period,
        "scenario": published.scenario,
        "published": published.barrels,
        "published_text": published.text,
        "computed": row.computed,
        "difference_percent": None if percent is None else percent + 0.0,  # no minus before a zero
        "status": row.status,
        "why": row.why,
        "low": row.low,
        "high": row.high,
        "inside": row.inside,
        "deliveries": published.deliveries,
        "url": published.url or None,
    }
