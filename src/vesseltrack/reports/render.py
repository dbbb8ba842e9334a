"""One way from a case to text or bytes, in any format. Returns them; writing is the command's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from vesseltrack.reports.case import Backtest, Case, Screening
from vesseltrack.text import valid_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.config import Format
    from vesseltrack.reports.sections import Section
    from vesseltrack.reports.values import Document

Kind = Literal["check", "report", "explain", "compare", "screen", "backtest"]
Payload = Case | Screening | Backtest


def render(
    kind: Kind,
    payload: Payload,
    fmt: Format,
    *,
    width: int | None = None,
    color: bool = False,
    verbose: bool = False,
) -> str | bytes:
    """The answer as text that ends in a line break and can be written as UTF-8; bytes for `config.BINARY_FORMATS`.

    Args:
        kind: which command asks; ``explain`` is ``report`` in ten lines, the same document for machines;
            ``compare`` is ``report`` with its years side by side.
        payload: a `Case` for ``check`` and ``report``, a `Screening` for ``screen``, a `Backtest` for ``backtest``.
        fmt: one of `config.FORMATS`; of `config.CASE_FORMATS` for a `Case`.
        width: cells of the terminal for ``table``; None off a terminal: plain, never cut or folded.
        color: whether ``table`` may use ANSI colours; without a width there are none.
        verbose: whether people are shown each of many names that are on no list.
    """
    rendered = _render(kind, payload, fmt, width, color=color, verbose=verbose)
    return rendered if isinstance(rendered, bytes) else valid_unicode(rendered)


def _render(kind: Kind, payload: Payload, fmt: Format, width: int | None, *, color: bool, verbose: bool) -> str | bytes:
    # Each format is imported where it is used: `screen` of one name starts without the others.
    match fmt:
        case "json":
            from vesseltrack.reports import json  # noqa: PLC0415

            return json.render(document_of(kind, payload))
        case "ndjson":
            from vesseltrack.reports import ndjson  # noqa: PLC0415

            return ndjson.render(kind, document_of(kind, payload))
        case "csv":
            from vesseltrack.reports import csv  # noqa: PLC0415

            return csv.render(kind, document_of(kind, payload))
        case "markdown":
            from vesseltrack.reports import markdown  # noqa: PLC0415

            return markdown.render(sections_of(kind, payload, verbose=verbose))
        case "table":
            if width is None:
                from vesseltrack.reports import plain  # noqa: PLC0415

                return plain.render(sections_of(kind, payload, verbose=verbose))
            from vesseltrack.reports import terminal  # noqa: PLC0415

            return terminal.render(sections_of(kind, payload, verbose=verbose), width, color=color)
        case "html":
            from vesseltrack.reports.html.page import check_page, report_page  # noqa: PLC0415

            if not isinstance(payload, Case):
                raise TypeError("only a case is a page")  # the command line does not let it come to this
            return check_page(payload) if kind == "check" else report_page(payload)
        case "geojson" | "kml" | "parquet":
            return _map(kind, payload, fmt)
        case "xlsx":
            from vesseltrack.reports import xlsx  # noqa: PLC0415

            if not isinstance(payload, Case):  # the command line does not let it come to this
                raise TypeError(f"{kind}: is not written as a workbook")
            return xlsx.render(payload, only_findings=kind == "check")
        case _:
            assert_never(fmt)


def _map(kind: Kind, payload: Payload, fmt: Literal["geojson", "kml", "parquet"]) -> str | bytes:
    """Findings of ``check``, besides them calls and voyages of ``report``."""
    if not isinstance(payload, Case):  # the command line does not let it come to this
        raise TypeError(f"{kind}: nothing in it has a place on a map")
    match fmt:
        case "geojson":
            from vesseltrack.reports.gis import geojson  # noqa: PLC0415

            return geojson.render(payload, only_findings=kind == "check")
        case "kml":
            from vesseltrack.reports.gis import kml  # noqa: PLC0415

            return kml.render(payload, only_findings=kind == "check")
        case "parquet":
            from vesseltrack.reports.gis import geoparquet  # noqa: PLC0415

            return geoparquet.render(payload, only_findings=kind == "check")


def document_of(kind: Kind, payload: Payload) -> Document:
    """The machine-readable document of a case."""
    from vesseltrack.reports import document  # noqa: PLC0415

    if isinstance(payload, Backtest):
        from vesseltrack.reports.backtest_document import backtest_document  # noqa: PLC0415

        return backtest_document(payload)
    if isinstance(payload, Screening):
        return document.screen_document(payload)
    if kind == "check":
        return document.check_document(payload)
    if kind == "compare":
        from vesseltrack.reports.compare import compare_document  # noqa: PLC0415

        return compare_document(payload)
    return document.report_document(payload)


def sections_of(kind: Kind, payload: Payload, *, verbose: bool = False) -> Iterator[Section]:
    """What people are shown of a case, in order."""
    if isinstance(payload, Screening):
        from vesseltrack.reports.screen_view import screen_sections  # noqa: PLC0415

        return screen_sections(payload, verbose=verbose)
    if isinstance(payload, Backtest):
        from vesseltrack.reports.backtest_view import backtest_sections  # noqa: PLC0415

        return backtest_sections(payload)
    if kind == "check":
        from vesseltrack.reports.check_view import check_sections  # noqa: PLC0415

        return check_sections(payload)
    if kind == "explain":
        from vesseltrack.reports.estimate_view import explained  # noqa: PLC0415

        return explained(payload)
    if kind == "compare":
        from vesseltrack.reports.compare_view import compare_sections  # noqa: PLC0415

        return compare_sections(payload)
    from vesseltrack.reports.report_view import report_sections  # noqa: PLC0415

    return report_sections(payload)
