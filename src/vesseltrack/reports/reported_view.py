"""What States reported, for people: beside the estimate and never added to it, with the gap, balance and notices."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.sections import Bullets, Column, Grid, Heading, Paragraph, Row, Section
from vesseltrack.reports.wording import day
from vesseltrack.text import NOTHING, UNKNOWN, barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.notified import MonthEnd, RateNotices, Report, ReportedProjection
    from vesseltrack.oil.year import CapStatus, Reported

FAMILIES = "Two families, set against each other and never summed: some of the notified cargo may be the same oil."


def reported_sections(status: CapStatus) -> Iterator[Section]:
    """The sum and the gap, each State, the running balance, the notices under each rate, what is not used."""
    reported = status.reported
    yield Heading("Reported by States to the 1718 Committee")
    if reported.barrels is None:
        yield Paragraph("Unknown: no report is known for this year, which is not zero.")
    else:
        share = ""
        if status.regime:
            share = f" ({percent(reported.barrels / status.regime.limit_barrels * 100)} of the cap)"
        yield Paragraph(
            f"{barrels(reported.barrels)} barrels{share}, beside a central estimate of "
            f"{barrels(status.estimate.central)}."
        )
        yield Paragraph(f"{_gap(status)} {FAMILIES}")
    yield from _states(reported)
    yield from _balance(reported.balance)
    if status.regime and status.regime.notices_percent and reported.notices:
        yield from _notices(reported)
    if reported.projection:
        yield _projection(reported.projection)
    if reported.history:
        yield Paragraph("Figures that are kept and not used:", "faint")
        yield Bullets(tuple(_history(report) for report in reported.history), "faint")


def _gap(status: CapStatus) -> str:
    """Estimated minus reported, with what neither side knows."""
    if status.gap is None:
        return "The gap is not known."
    low, central, high = (f"{volume:+,}" for volume in status.gap)
    said = f"Gap, estimated minus reported: central {central} barrels, low {low}, high {high}."
    if not (status.deliveries or status.opening_balance):
        said += " No delivery was found in these sightings, which is not evidence that there was none."
    lacking = sum(len(months) for _, months in status.reported.missing_months)
    if lacking:
        said += f" {wording.count(lacking, 'month')} of a State without a known report are unknown, not zero."
    return said


def _states(reported: Reported) -> Iterator[Section]:
    missing, volumes = dict(reported.missing_months), dict(reported.by_state)
    states = [*volumes, *(state for state in missing if state not in volumes)]
    if states:
        yield Grid(
            (Column("State"), Column("Barrels", right=True), Column("Months without a known report", wraps=True)),
            tuple(
                Row((state, barrels(volumes.get(state)), wording.months(missing.get(state, ())) or "none"))
                for state in states
            ),
        )


def _balance(months: tuple[MonthEnd, ...]) -> Iterator[Section]:
    """The running balance; months in which it did not change are left out."""
    runs = (tuple(same) for _, same in groupby(months, key=lambda month: month.barrels))
    changed = [run[0] for run in runs if run[0].barrels is not None]
    if not changed:
        return
    yield Paragraph("Running balance of what is known so far, at the end of each month that changed it:")
    yield Grid(
        (
            Column("Month"),
            Column("Barrels", right=True),
            Column("Of the cap", right=True),
            Column("Remaining", right=True),
            Column("Not all reported by", wraps=True),
        ),
        tuple(
            Row(
                (
                    month.month,
                    barrels(month.barrels),
                    NOTHING if month.percent_of_cap is None else percent(month.percent_of_cap),
                    NOTHING if month.remaining is None else f"{month.remaining:,}",
                    ", ".join(month.missing) or NOTHING,
                )
            )
            for month in changed
        ),
    )


def _notices(reported: Reported) -> Iterator[Section]:
    """One line where no rate decides anything, else a row for each rate."""
    first = reported.notices[0]
    if len({one.due for one in reported.notices}) == 1:
        due = ", ".join(f"{percent} % {f'by {day(on)}' if on else 'not reached'}" for percent, on in first.due)
        volumes = sorted({one.barrels for one in reported.notices})
        under = f"{barrels(volumes[0])} to {barrels(volumes[-1])} barrels" if len(volumes) > 1 else "all is in barrels"
        yield Paragraph(f"Notices: {due}; the same under every rate of conversion ({under}).")
        return
    yield Paragraph("Notices as they fell due, for volumes notified in tonnes, by barrels per tonne:")
    yield Grid(
        (
            Column("Rate"),
            Column("Barrels", right=True),
            Column("Of the cap", right=True),
            *(Column(f"{percent} %") for percent, _ in first.due),
        ),
        tuple(Row(_rate(one)) for one in reported.notices),
    )


def _rate(one: RateNotices) -> tuple[str, ...]:
    return (
        f"{one.rate.barrels_per_tonne:g} {one.rate.name}",
        barrels(one.barrels),
        percent(one.percent_of_cap),
        *(f"by {day(on)}" if on else "not reached" for _, on in one.due),
    )


def _projection(projection: ReportedProjection) -> Paragraph:
    floor = "" if projection.complete else " (a floor: reports are missing)"
    ahead = [reach for reach in projection.reaches if reach.extrapolated]
    reached = [f"{reach.percent} % on {day(reach.on)}" for reach in ahead if reach.on is not None]
    never = [f"{reach.percent}" for reach in ahead if reach.on is None]
    said = [f"would reach {', '.join(reached)}"] if reached else []
    said += [f"would not reach {', '.join(never)} % within the year"] if never else []
    return Paragraph(
        f"Extrapolation, not a report: at {barrels(projection.rate_per_30_days)} barrels per 30 days{floor}, the rate "
        f"of what was reported up to {day(projection.last)}, it {'; '.join(said) or 'has passed the cap already'}."
    )


def _history(report: Report) -> str:
    said = [f"{report.tonnes:,.10g} t" if report.tonnes is not None else ""]
    said += [f"{report.barrels:,.10g} barrels" if report.barrels is not None else ""]
    volume = " = ".join(part for part in said if part) or UNKNOWN
    why = f": {report.note}" if report.note else ""
    return f"{report.state} {report.period}, {volume} ({report.status.replace('_', ' ')}){why}."
