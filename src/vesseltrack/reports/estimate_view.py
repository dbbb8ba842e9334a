"""The estimate for people: how likely the cap was reached, other rules of counting, what drives it, crude."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.explain import explanation, weakest_links
from vesseltrack.reports.sections import Bullets, Column, Grid, Heading, Paragraph, Row, Section, Verdict
from vesseltrack.reports.wording import chance, count, span
from vesseltrack.text import NOTHING, barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.volume import Barrels
    from vesseltrack.oil.year import CapStatus, Counted
    from vesseltrack.reports.case import Case


def explained(case: Case) -> Iterator[Section]:
    """``report --explain``: ten lines a year, and nothing else but what was not read."""
    for status in case.years:
        links = weakest_links(status, case.as_of)
        lines = (*explanation(status), *(f"Weak link {number}: {text}" for number, text in enumerate(links, 1)))
        yield Heading(f"How the number for {status.year} came about")
        yield Bullets(lines)
    if not case.years:
        yield Verdict("report", "Nothing to explain: no sighting could be read, so no year was looked at.", "warn")
    if case.incomplete_because:
        yield Paragraph("INCOMPLETE: " + "; ".join(case.incomplete_because), "warn")


def likelihood(status: CapStatus) -> Iterator[Section]:
    """The probability that the cap was reached, in a sentence."""
    if status.probability_exceeded is None or not status.days:
        return
    yield Paragraph(
        f"Probability that the cap was reached: {chance(status.probability_exceeded)} "
        f"({status.draws:,} draws, seed {status.assumptions.seed}; doubtful calls by their chance)."
    )


def estimate_sections(status: CapStatus) -> Iterator[Section]:
    """The rules of counting side by side, what drives the number, and crude."""
    if status.deliveries and len(status.counting) > 1:
        yield Heading("Counted in three ways")
        yield Grid(
            (
                Column("Rule"),
                Column("Deliveries", right=True),
                Column("Low", right=True),
                Column("Central", right=True),
                Column("High", right=True),
                Column("Cap reached", right=True),
            ),
            tuple(
                Row(
                    (
                        f"{one.rule}, in use" if number == 0 else one.rule,
                        str(one.deliveries),
                        *_three(one.estimate),
                        _reached(one),
                    ),
                    "strong" if number == 0 else "",
                )
                for number, one in enumerate(status.counting)
            ),
        )
    if status.drivers:
        yield Heading("What drives the number")
        yield Grid(
            (
                Column("Assumption", wraps=True),
                Column("Of the variance", right=True),
                Column("Central if all low", right=True),
                Column("Central if all high", right=True),
            ),
            tuple(
                Row((one.assumption, percent(100 * one.share), _end(one.low), _end(one.high))) for one in status.drivers
            ),
        )
        flip = status.flip
        if flip is not None:
            ways = tuple(text for text in (flip.assumption, flip.sighting) if text)
            yield Paragraph(
                "The verdict would turn round " + ", or ".join(ways) + "."
                if ways
                else "No single assumption or sighting, changed within its range, would turn the verdict round."
            )
    for one in status.crude:
        regime = one.regime
        yield Heading("Crude oil, kept apart")
        tonnes = f" or {regime.limit_tonnes:,} tonnes" if regime.limit_tonnes else ""
        yield Paragraph(
            f"{span(regime.first, regime.last)}: {count(one.deliveries, 'delivery', 'deliveries')}, central "
            f"{barrels(one.estimate.central)} barrels ({barrels(one.tonnes.central)} tonnes), low "
            f"{barrels(one.estimate.low)}, high {barrels(one.estimate.high)}; the cap is {regime.limit_barrels:,} "
            f"barrels{tonnes} ({'; '.join(regime.legal_basis)})."
        )


def decision_sections(case: Case) -> Iterator[Section]:
    """What somebody decided, and what that took out."""
    if not case.decisions:
        return
    yield Heading("Decisions")
    lines = []
    for one in case.decisions:
        decision = one.decision
        what = "; ".join(one.changed) or ("expired" if one.expired else "fits nothing")
        reference = f" ({decision.reference})" if decision.reference else ""
        lines.append(f"{decision.kind}: {what}, because {decision.because}{reference} [{decision.where}]")
    yield Bullets(tuple(lines))


def _reached(one: Counted) -> str:
    return NOTHING if one.probability_exceeded is None or not one.deliveries else chance(one.probability_exceeded)


def _end(volume: float | None) -> str:
    return NOTHING if volume is None else barrels(volume)


def _three(volume: Barrels) -> tuple[str, str, str]:
    return barrels(volume.low), barrels(volume.central), barrels(volume.high)
