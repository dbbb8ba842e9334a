"""``report`` for people: each year's verdict, its bar against the cap, and everything the number rests on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.check_view import by_severity, highlights, not_checked, rejected
from vesseltrack.reports.closing import closing, consulted
from vesseltrack.reports.delivery_view import delivery_sections
from vesseltrack.reports.estimate_view import decision_sections, estimate_sections, likelihood
from vesseltrack.reports.fleet_view import fleet_sections
from vesseltrack.reports.reported_view import reported_sections
from vesseltrack.reports.sections import (
    Bullets,
    CapBar,
    Column,
    Gauge,
    Grid,
    Heading,
    Paragraph,
    Row,
    Section,
    Tone,
    Verdict,
)
from vesseltrack.reports.wording import count, day, span
from vesseltrack.text import NOTHING, barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.volume import Barrels
    from vesseltrack.oil.year import CapStatus, Crossing, Regime
    from vesseltrack.reports.case import Case


def report_sections(case: Case) -> Iterator[Section]:
    """Everything that ``report`` shows to people, in order."""
    for status in case.years:
        yield from verdict_sections(status, case)
    if not case.years:
        yield Verdict("report", "Nothing to report: no sighting could be read, so no year was looked at.", "warn")
    if case.fleet is not None:
        yield from fleet_sections(case.fleet)
    yield from highlights(case)
    if case.findings:
        yield Paragraph(f"Findings: {by_severity(case.findings)}. “vesseltrack check” shows each with its evidence.")
    for status in case.years:
        if len(case.years) > 1:
            yield Heading(f"{status.year}: what the figures rest on", "strong")
        yield from _basis(status, case)
    yield from decision_sections(case)
    yield from rejected(case)
    if case.incomplete_because:
        yield from not_checked(case)
    if case.method:
        yield Heading("Method")
        yield Bullets(case.method, "faint")
    yield from consulted(case)
    yield from closing(case, verdicts=" ".join(status.verdict for status in case.years))


def verdict_sections(status: CapStatus, case: Case) -> Iterator[Section]:
    """The verdict, the bar, the figures and what they do not show."""
    regime = status.regime
    yield Verdict("report", status.verdict, tone_of(status))
    if case.incomplete_because:
        yield Paragraph("INCOMPLETE: " + "; ".join(case.incomplete_because), "warn")
    if regime:
        gauges = [Gauge("estimated", status.estimate.low, status.estimate.central, status.estimate.high)]
        if status.reported.barrels is not None:
            gauges.append(Gauge("reported", *[float(status.reported.barrels)] * 3))
        yield CapBar(regime.limit_barrels, regime.notices_percent, tuple(gauges))
        yield Paragraph(
            f"Cap: {barrels(regime.limit_barrels)} barrels of {_product(regime)}, {span(regime.first, regime.last)}, "
            f"{'; '.join(regime.legal_basis)}.",
            "faint",
        )
    else:
        yield Paragraph(f"Cap: none was in force in {status.year}.", "faint")
    yield Paragraph(f"Estimate {_volume(status.estimate, regime)}.", "strong")
    yield from likelihood(status)
    if _any(status.uncapped):
        outside = "Outside this cap by date, product or exemption, not in the estimate"
        yield Paragraph(f"{outside}: {_volume(status.uncapped, None)}.")
    if status.opening_balance:
        opening = status.opening_balance
        yield Paragraph(
            f"Opening balance, in the estimate: {barrels(opening.barrels)} barrels up to {day(opening.until)}, "
            f"not from these sightings but from {opening.because}."
        )
    yield Paragraph(_coverage(status))
    if status.caveats:
        yield Bullets(status.caveats, "warn")


def _basis(status: CapStatus, case: Case) -> Iterator[Section]:
    """Scenarios, deliveries, reports by States, crossings."""
    yield from scenario_sections(status)
    yield from estimate_sections(status)
    yield from delivery_sections(status, case)
    yield from reported_sections(status)
    yield from crossing_sections(status)
    if status.projection:
        yield from projection_sections(status)


def _product(regime: Regime) -> str:
    return "crude oil" if regime.product == "crude" else f"{regime.product} petroleum"


def tone_of(status: CapStatus) -> Tone:
    """By the central estimate against the cap; never a colour that says all is well."""
    if not status.regime:
        return "faint"
    share = status.estimate.central / status.regime.limit_barrels * 100
    if share >= 100:
        return "alarm"
    return "warn" if share >= min(status.regime.notices_percent, default=100) else "note"


def _volume(volume: Barrels, regime: Regime | None) -> str:
    def share(value: float, of: str = "") -> str:
        return f" ({percent(value / regime.limit_barrels * 100)}{of})" if regime else ""

    return (
        f"{barrels(volume.central)} barrels{share(volume.central, ' of the cap')}; "
        f"low {barrels(volume.low)}{share(volume.low)}, high {barrels(volume.high)}{share(volume.high)}"
    )


def _any(volume: Barrels) -> bool:
    return volume.high > 0


def _coverage(status: CapStatus) -> str:
    if status.coverage_from is None:
        return "Coverage: no sighting falls in this year."
    days = count(status.days_observed, "day")
    return f"Coverage: {span(status.coverage_from, status.coverage_to)}, sightings on {days}."


def scenario_sections(status: CapStatus) -> Iterator[Section]:
    """Full capacity times one fill, as it is usually published."""
    if not status.scenarios:
        return
    yield Heading("Scenarios")
    yield Paragraph("The published convention: every delivery at the ship's full capacity times one fill.", "faint")
    yield Grid(
        (Column("Fill"), Column("Barrels", right=True), Column("Of the cap", right=True), Column("Cap reached")),
        tuple(
            Row(
                (
                    wording.fill(scenario.fill),
                    barrels(scenario.barrels),
                    NOTHING if scenario.percent_of_cap is None else percent(scenario.percent_of_cap),
                    _reached(scenario.crossed_on) if status.regime else NOTHING,
                )
            )
            for scenario in status.scenarios
        ),
    )


def crossing_sections(status: CapStatus) -> Iterator[Section]:
    """When shares of the cap were reached."""
    if not status.crossings:
        return
    yield Heading("Thresholds")
    yield Paragraph("Estimated: analysis without legal effect. Reported: when a Secretary's notice was due.", "faint")
    together = groupby(status.crossings, key=lambda one: (one.basis, one.low, one.central, one.high))
    yield Grid(
        (Column("Basis"), Column("Threshold"), Column("Low"), Column("Central"), Column("High")),
        tuple(_crossing(tuple(same)) for _, same in together),
    )


def _crossing(same: tuple[Crossing, ...]) -> Row:
    """Thresholds of one basis that were reached on the same days, or not at all."""
    first = same[0]
    tone: Tone = "" if first.central is None else "bad" if max(one.percent for one in same) >= 100 else "warn"
    return Row(
        (
            first.basis,
            f"{', '.join(str(one.percent) for one in same)} %",
            _reached(first.low),
            _reached(first.central),
            _reached(first.high),
        ),
        tone,
    )


def _reached(when: date | None) -> str:
    return day(when) if when else "not reached"


def projection_sections(status: CapStatus) -> Iterator[Section]:
    """What the rate so far would come to."""
    projection = status.projection
    if projection is None:
        return
    yield Heading("Extrapolation, not an estimate")
    limit = status.regime.limit_barrels if status.regime is not None else 0
    said = ", ".join(
        f"{name} {f'on {day(when)}' if when else 'reached already' if round(total) >= limit else 'not'}"
        for name, when, total in (
            ("low", projection.low, status.estimate.low),
            ("central", projection.central, status.estimate.central),
            ("high", projection.high, status.estimate.high),
        )
    )
    yield Paragraph(
        f"At the rate seen so far, {barrels(projection.rate_per_30_days)} barrels per 30 days, the cap would be "
        f"reached within the year: {said}."
    )
