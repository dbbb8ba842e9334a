"""The back-test for people: what comes out exactly, what is modelled, and what cannot be recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.closing import closing
from vesseltrack.reports.sections import Column, Grid, Heading, Paragraph, Row, Section, Verdict
from vesseltrack.reports.wording import iso_span
from vesseltrack.text import NOTHING, barrels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vesseltrack.oil.backtest import Comparison, Status
    from vesseltrack.reports.case import Backtest

EXACT = (
    "Nothing is estimated: the figure follows from another figure of the same source, or from a flat volume per ship, "
    "and must agree within one unit of its last digit. That tests the counting, not the source."
)
MODELLED = (
    "The capacities are the program's own. Where a source gives number and fill but no ship, the range is that of the "
    "fleet's capacity at that fill; where ships are named, it is the low to high of the estimate, which leaves the "
    "fill open. Many capacities rest on these publications themselves, as each row says: agreement shows that the "
    "data is consistent, not that it is right."
)
PER_CALL = (
    "Barrels / deliveries / fill, beside a ship of the Nampo fleet. The fleet's figures were drawn from these means: "
    "the range holds them by construction, the difference shows how far they scatter."
)
PARTS: tuple[tuple[Status, str, str], ...] = (
    ("exact", "Exact", EXACT),
    ("modelled", "Modelled", MODELLED),
    ("not_recomputable", "Not recomputable", "Each row says why."),
)
"""Status, its heading, and what it means."""

_SOURCE = (
    Column("Source", wraps=True),
    Column("Period", wraps=True),
    Column("Scenario", wraps=True),
    Column("Published", right=True),
)
_FIGURE = (Column("Computed", right=True), Column("Difference", right=True), Column("%", right=True))
_RANGE = (Column("Range", below=True),)
_WHY = (Column("Why", below=True),)


def backtest_sections(payload: Backtest) -> Iterator[Section]:
    """The counts, the estimates by status, then the capacities that they imply."""
    by_status = {status: [row for row in payload.estimates if row.status == status] for status, *_ in PARTS}
    judged = [row.inside for row in by_status["modelled"] if row.inside is not None]
    yield Verdict(
        "backtest",
        f"{len(payload.estimates)} published estimates: {len(by_status['exact'])} recomputed exactly, "
        f"{len(by_status['modelled'])} modelled ({sum(judged)} of {len(judged)} published figures inside the range), "
        f"{len(by_status['not_recomputable'])} not recomputable.",
    )
    for status, heading, meaning in PARTS:
        yield from _part(heading, meaning, by_status[status], status)
    yield from _part("Capacity per call", PER_CALL, payload.capacities, "modelled")
    yield Paragraph("In barrels.", "faint")
    yield from closing(payload)


def _part(heading: str, meaning: str, rows: Sequence[Comparison], status: Status) -> Iterator[Section]:
    yield Heading(f"{heading}: {len(rows)}")
    yield Paragraph(meaning)
    figures = () if status == "not_recomputable" else _FIGURE
    ranges = _RANGE if status == "modelled" else ()
    lines = (
        (*_source(row), *(_figure(row) if figures else ()), *(_range(row) if ranges else ()), _why(row)) for row in rows
    )
    if rows:
        yield Grid((*_SOURCE, *figures, *ranges, *_WHY), tuple(Row(cells) for cells in lines))


def _source(row: Comparison) -> tuple[str, ...]:
    published = row.published
    volume = NOTHING if published.barrels is None else barrels(published.barrels)
    return published.source, iso_span(published.period), published.scenario, volume


def _figure(row: Comparison) -> tuple[str, ...]:
    if row.difference is None or row.difference_percent is None:
        return barrels(row.computed), NOTHING, NOTHING
    percent = round(row.difference_percent, 1) or 0.0
    return barrels(row.computed), _signed(row.difference, "d"), _signed(percent, ".1f")


def _signed(value: float, digits: str) -> str:
    """A difference with its sign; none before zero."""
    return f"{value:+,{digits}}" if value else f"{value:{digits}}"


def _range(row: Comparison) -> tuple[str]:
    verdict = {True: ": the published figure is inside", False: ": the published figure is outside", None: ""}
    return (f"Range {barrels(row.low)} to {barrels(row.high)}{verdict[row.inside]}.",)


def _why(row: Comparison) -> str:
    told = "" if row.published.text == barrels(row.published.barrels) else f"Published: {row.published.text}. "
    return f"{told}{row.why[:1].upper()}{row.why[1:]}."
