"""``report`` for people: each year's verdict, its bar against the cap, and everything the number rests on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.check_view import by_severity, not_checked, rejected
from vesseltrack.reports.closing import closing, consulted
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
from vesseltrack.reports.wording import count, day, iso_span, span
from vesseltrack.text import NOTHING, barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.model import Barrels, CapStatus, Crossing, Delivery, Regime, Reported
    from vesseltrack.reports.case import Case


def report_sections(case: Case) -> Iterator[Section]:
    """Everything that ``report`` shows to people, in order."""
    for status in case.years:
        yield from _year(status, case)
    if not case.years:
        yield Verdict("report", "Nothing to report: no sighting could be read, so no year was looked at.", "warn")
    if case.findings:
        yield Heading("Findings")
        yield Paragraph(f"{by_severity(case.findings)}. “vesseltrack check” shows each with its evidence.")
    yield from rejected(case)
    if case.incomplete_because:
        yield from not_checked(case)
    if case.method:
        yield Heading("Method")
        yield Bullets(case.method, "faint")
    yield from consulted(case)
    yield from closing(case, verdicts=" ".join(status.verdict for status in case.years))


def _year(status: CapStatus, case: Case) -> Iterator[Section]:
    regime = status.regime
    yield Verdict("report", status.verdict, _tone(status))
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
    if _any(status.uncapped):
        yield Paragraph(f"Outside any cap, not in the estimate: {_volume(status.uncapped, None)}.")
    if status.opening_balance:
        opening = status.opening_balance
        yield Paragraph(
            f"Opening balance, in the estimate: {barrels(opening.barrels)} barrels up to {day(opening.until)}, "
            f"not from these sightings but from {opening.because}."
        )
    yield Paragraph(_coverage(status))
    if status.caveats:
        yield Bullets(status.caveats, "warn")
    yield from _scenarios(status)
    yield from _deliveries(status, case)
    yield from _reported(status.reported, status)
    yield from _crossings(status)
    if status.projection:
        yield from _projection(status)


def _product(regime: Regime) -> str:
    return "crude oil" if regime.product == "crude" else f"{regime.product} petroleum"


def _tone(status: CapStatus) -> Tone:
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


def _scenarios(status: CapStatus) -> Iterator[Section]:
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


def _deliveries(status: CapStatus, case: Case) -> Iterator[Section]:
    yield Heading(f"Deliveries: {count(len(status.deliveries), 'entry', 'entries')}")
    if not status.deliveries:
        yield Paragraph("None seen, which is not the same as none made.")
        return
    notes = list(dict.fromkeys(delivery.capacity.basis for delivery in status.deliveries))
    yield Grid(
        (
            Column("Counted on"),
            Column("Ship", wraps=True),
            Column("Kind", wraps=True),
            Column("Low", right=True),
            Column("Central", right=True),
            Column("High", right=True),
            Column("From → to", below=True),
            Column("Basis", below=True),
        ),
        (
            *(
                _delivery(tuple(same), notes, one_file=len(case.inputs) == 1)
                for _, same in groupby(status.deliveries, key=_all_but_id)
            ),
            *_totals(status),
        ),
    )
    yield Paragraph("In barrels. Basis of the capacity:", "faint")
    yield Bullets(tuple(f"{_letter(index)}: {basis}" for index, basis in enumerate(notes)), "faint")


def _totals(status: CapStatus) -> Iterator[Row]:
    """What is added to the deliveries, and what they come to."""
    if status.opening_balance:
        opening = barrels(status.opening_balance.barrels)
        until = day(status.opening_balance.until)
        yield Row((until, "opening balance", "", opening, opening, opening, "", ""))
    volumes = (status.estimate.low, status.estimate.central, status.estimate.high)
    yield Row(("Estimate", "", "", *(barrels(volume) for volume in volumes), "", ""), "strong")


def _all_but_id(delivery: Delivery) -> tuple[object, ...]:
    """Deliveries of unidentified ships from one sighting differ in nothing else and share a row."""
    return (
        delivery.vessel,
        delivery.imo,
        delivery.kind,
        delivery.loaded_on,
        delivery.loaded_at,
        delivery.delivered_on,
        delivery.delivered_at,
        delivery.counted_on,
        delivery.capacity,
        delivery.barrels,
        delivery.in_cap,
        delivery.why,
        delivery.sightings,
    )


def _delivery(same: tuple[Delivery, ...], notes: list[str], *, one_file: bool) -> Row:
    delivery, capacity = same[0], same[0].capacity
    ship = delivery.vessel or "unidentified tanker"
    held = (
        f"{barrels(capacity.low)}–{barrels(capacity.high)}" if capacity.low != capacity.high else barrels(capacity.low)
    )
    basis = (
        delivery.why,
        f"capacity {held} barrels{' each' if len(same) > 1 else ''} ({_letter(notes.index(capacity.basis))})",
        f"IMO {delivery.imo}" if delivery.imo else "",
        "designated ship" if delivery.designated else "",
        wording.evidence(delivery.sightings, one_file=one_file),
    )
    return Row(
        (
            day(delivery.counted_on),
            f"{len(same)} × {ship}" if len(same) > 1 else ship,
            delivery.kind if delivery.in_cap else f"{delivery.kind}, not in the cap",
            barrels(sum(one.barrels.low for one in same)),
            barrels(sum(one.barrels.central for one in same)),
            barrels(sum(one.barrels.high for one in same)),
            f"{_end(delivery.loaded_at, delivery.loaded_on)} → {_end(delivery.delivered_at, delivery.delivered_on)}",
            " · ".join(part for part in basis if part),
        ),
    )


def _end(place: str | None, when: str | None) -> str:
    """An end of a voyage: ``Vostochny, oil bunkering berth (2024-03-13)``."""
    return f"{wording.berth(place)} ({iso_span(when)})" if when else wording.berth(place)


def _letter(index: int) -> str:
    """``a`` to ``z``, then ``aa``."""
    first = _letter(index // 26 - 1) if index >= 26 else ""
    return first + "abcdefghijklmnopqrstuvwxyz"[index % 26]


def _reported(reported: Reported, status: CapStatus) -> Iterator[Section]:
    yield Heading("Reported by States to the 1718 Committee")
    if reported.barrels is None:
        yield Paragraph("Unknown: no report is known for this year, which is not zero.")
    else:
        share = ""
        if status.regime:
            share = f" ({percent(reported.barrels / status.regime.limit_barrels * 100)} of the cap)"
        yield Paragraph(
            f"{barrels(reported.barrels)} barrels{share}, beside a central estimate of "
            f"{barrels(status.estimate.central)}. The two are kept apart and never summed."
        )
    missing = dict(reported.missing_months)
    states = [*dict(reported.by_state), *(state for state in missing if state not in dict(reported.by_state))]
    if states:
        yield Grid(
            (Column("State"), Column("Barrels", right=True), Column("Months without a known report", wraps=True)),
            tuple(
                Row(
                    (
                        state,
                        barrels(dict(reported.by_state).get(state)),
                        wording.months(missing.get(state, ())) or "none",
                    )
                )
                for state in states
            ),
        )


def _crossings(status: CapStatus) -> Iterator[Section]:
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


def _projection(status: CapStatus) -> Iterator[Section]:
    projection = status.projection
    if projection is None:
        return
    yield Heading("Extrapolation, not an estimate")
    days = {"low": projection.low, "central": projection.central, "high": projection.high}
    said = ", ".join(f"{name} {f'on {day(when)}' if when else 'not'}" for name, when in days.items())
    yield Paragraph(
        f"At the rate seen so far, {barrels(projection.rate_per_30_days)} barrels per 30 days, the cap would be "
        f"reached within the year: {said}."
    )
