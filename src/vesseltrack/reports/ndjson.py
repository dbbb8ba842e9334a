"""NDJSON: one object a line with a ``type``, and a last line ``summary`` that holds the rest of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.json import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.reports.values import Document


def render(kind: str, document: Document) -> str:
    """Findings, rejects and deliveries a line each, then the summary.

    For ``screen`` one result and for ``backtest`` one row a line, no more.
    """
    if kind in ("screen", "backtest"):
        return "".join(f"{dumps(item)}\n" for item in document["results" if kind == "screen" else "rows"])
    return "".join(f"{dumps(line)}\n" for line in _lines(document))


def _lines(document: Document) -> Iterator[Document]:
    for finding in document["findings"]:
        yield {"type": "finding", **finding}
    for reject in document["rejects"]:
        yield {"type": "reject", **reject}
    for year in document.get("years", ()):
        for delivery in year["deliveries"]:
            yield {"type": "delivery", **delivery}
    rest = {key: value for key, value in document.items() if key not in ("findings", "rejects", "deliveries")}
    if "years" in rest:
        rest["years"] = [
            {key: value for key, value in year.items() if key != "deliveries"} for year in document["years"]
        ]
    yield {"type": "summary", **rest}
