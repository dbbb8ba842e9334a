"""CSV (RFC 4180): findings, deliveries or candidates, one a row; nested keys with dots, lists joined by ``;``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from vesseltrack.text import csv_cell, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.reports.values import Document

FINDING_COLUMNS = (
    "id", "rule", "severity", "title",
    "vessel.name", "vessel.imo", "vessel.mmsi", "vessel.register_name", "vessel.sighted_imo",
    "match.grade", "match.score", "match.reasons",
    "place.port", "place.facility", "place.facility_candidates", "place.lat", "place.lon",
    "observed_from", "observed_to", "ais_status", "measures",
    "listings.authority", "listings.list", "listings.listed_name", "listings.listed_on", "listings.delisted_on",
    "listings.measures", "legal_basis", "sightings.source", "sightings.line",
)  # fmt: skip

DECIDED_COLUMNS = ("decided.as", "decided.because", "decided.reference", "decided.until")
"""What somebody decided about a finding; empty where nobody did."""

DELIVERY_COLUMNS = (
    "id", "vessel", "imo", "kind", "loaded_on", "loaded_at", "delivered_on", "delivered_at", "counted_on",
    "capacity.low", "capacity.central", "capacity.high", "capacity.basis",
    "barrels.low", "barrels.central", "barrels.high", "sightings.source", "sightings.line",
    "in_cap", "designated", "product", "state", "why", "probability", "exempt",
)  # fmt: skip

RESULT_COLUMNS = (
    "query", "line", "grade",
    "candidate.name", "candidate.imo", "candidate.list", "candidate.listed_name", "candidate.listed_on",
    "candidate.delisted_on", "candidate.measures", "candidate.grade", "candidate.score", "candidate.reasons",
    "checked", "reasons",
)  # fmt: skip

COMPARISON_COLUMNS = (
    "year", "verdict", "limit_barrels", "estimate.low", "estimate.central", "estimate.high", "percent_of_cap",
    "deliveries", "reported_barrels", "crossed.low", "crossed.central", "crossed.high",
    "coverage.from", "coverage.to", "coverage.days_observed", "coverage.months",
    "change.against", "change.barrels", "change.percent", "remarks",
)  # fmt: skip

BACKTEST_COLUMNS = (
    "source", "period", "scenario", "published", "published_text", "computed", "difference_percent", "status", "why",
    "low", "high", "inside", "deliveries", "url",
)  # fmt: skip


def render(kind: str, document: Document) -> str:
    """The header, always, and a row for each finding (check), delivery (report), year (compare), candidate or estimate.

    A query without a candidate has a row of its own; with a fleet a column says whether a row is about a ship of it.
    Items inside a list never hold the ``;`` that joins them.
    """
    fleet = ("fleet",) if "fleet" in document else ()
    if kind == "check":
        findings = ({"decided": None, **finding} for finding in document["findings"])
        return _write((*FINDING_COLUMNS, *fleet, *DECIDED_COLUMNS), findings)
    if kind == "report":
        return _write(DELIVERY_COLUMNS, (delivery for year in document["years"] for delivery in year["deliveries"]))
    if kind == "compare":
        return _write(COMPARISON_COLUMNS, document["comparison"])
    if kind == "backtest":
        return _write(BACKTEST_COLUMNS, document["rows"])
    return _write((*RESULT_COLUMNS, *fleet), _candidates(document["results"]))


def row_of(item: Document, columns: tuple[str, ...]) -> str:
    """The cells of two columns or more with commas between them; of one empty cell alone the writer makes ``""``."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow([_cell(item, column.split(".")) for column in columns])
    return text.getvalue().removesuffix("\r\n")


def text_cell(text: str) -> str:
    """A cell of text as the writer makes it."""
    shown = csv_cell(printable(text))
    if "," in shown or '"' in shown:
        return '"' + shown.replace('"', '""') + '"'
    return shown


def _candidates(results: Iterable[Document]) -> Iterator[Document]:
    for result in results:
        for candidate in result["candidates"] or [None]:
            yield {**result, "candidate": candidate}


def _write(columns: tuple[str, ...], objects: Iterable[Document]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    paths = [column.split(".") for column in columns]
    writer.writerows([_cell(item, path) for path in paths] for item in objects)
    return text.getvalue()


def _cell(item: Document, path: list[str]) -> str:
    value: Any = item
    for key in path:
        if isinstance(value, list):
            value = [element[key] for element in value]
        else:
            value = None if value is None else value[key]
    if isinstance(value, list):
        return csv_cell(";".join(_plain(element).replace(";", ",") for element in value))
    return csv_cell(_plain(value)) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(_plain(element) for element in value)
    return printable(str(value))
