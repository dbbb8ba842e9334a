"""``report --compare`` for people: a column a year, what changed, and a warning where the watch was uneven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.check_view import not_checked, rejected
from vesseltrack.reports.closing import closing, consulted
from vesseltrack.reports.compare import NOT_SIGHTED, Compared, compared, months_covered
from vesseltrack.reports.sections import Bullets, Column, Grid, Heading, Paragraph, Row, Section, Tone, Verdict
from vesseltrack.reports.wording import count, day, span
from vesseltrack.text import NOTHING, UNKNOWN, barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.reports.case import Case


def compare_sections(case: Case) -> Iterator[Section]:
    """The years side by side, then their verdicts and what they rest on."""
    years = compared(case)
    if not years:
        yield Verdict("report", "Nothing to compare: no sighting could be read, so no year was looked at.", "warn")
    else:
        verdict, *rest = comparison(years)
        yield verdict
        if case.incomplete_because:
            yield Paragraph("INCOMPLETE: " + "; ".join(case.incomplete_because), "warn")
        yield from rest
    if case.incomplete_because:
        yield from not_checked(case)
    yield from rejected(case)
    yield from consulted(case)
    yield from closing(case, verdicts=" ".join(one.status.verdict for one in years))


def comparison(years: tuple[Compared, ...]) -> Iterator[Section]:
    """The part that any report of several years can draw, the sentence that says it all first."""
    *first, last = (str(one.status.year) for one in years)
    shown = f"{', '.join(first)} and {last}" if first else last
    tone: Tone = "warn" if any(one.remarks for one in years) else "note"
    yield Verdict("report", f"{shown} side by side. {_sentence(years)}", tone)
    remarks = tuple(dict.fromkeys(remark for one in years for remark in one.remarks))
    if remarks:
        yield Bullets(remarks, "warn")
    yield Heading("Side by side")
    yield Grid(
        (Column(""), *(Column(str(one.status.year), right=True, wraps=True) for one in years)),
        tuple(Row((label, *cells), "strong" if label == "Central" else "") for label, cells in _rows(years)),
    )
    yield Paragraph("Estimates in barrels. A change is of the central estimate, against the column before.", "faint")
    yield Heading("Verdicts")
    yield Bullets(tuple(one.status.verdict for one in years))


def _sentence(years: tuple[Compared, ...]) -> str:
    first, last = years[-2:] if len(years) > 1 else (years[0], years[0])
    if last.change_barrels is None:
        year = next((one.status.year for one in (last, first) if not one.known), last.status.year)
        return f"{year}: {NOT_SIGHTED}."
    way = "more" if last.change_barrels >= 0 else "less"
    share = f", {_signed(last.change_percent)}" if last.change_percent is not None else ""
    return (
        f"Central estimate {barrels(abs(last.change_barrels))} barrels {way} in {last.status.year} "
        f"than in {last.against}{share}."
    )


def _rows(years: tuple[Compared, ...]) -> Iterator[tuple[str, list[str]]]:
    yield "Cap", [barrels(one.status.regime.limit_barrels) if one.status.regime else "none in force" for one in years]
    for name in ("low", "central", "high"):
        yield name.capitalize(), [_volume(one, name) for one in years]
    yield "Change", [_change(one) for one in years]
    yield "Deliveries", [UNKNOWN if one.counted is None else f"{one.counted:,}" for one in years]
    yield "Reported by States", [barrels(one.status.reported.barrels) for one in years]
    for name in ("low", "central", "high"):
        yield f"Cap reached, {name}", [_reached(one, name) for one in years]
    watched = [one.status for one in years]
    yield "Sightings", [span(s.coverage_from, s.coverage_to) if s.coverage_from else "none" for s in watched]
    yield "Days with sightings", [str(s.days_observed) if s.coverage_from else "none" for s in watched]
    yield "Months covered", [count(months_covered(s), "month") if s.coverage_from else "none" for s in watched]


def _volume(one: Compared, name: str) -> str:
    if not one.known:
        return "no sightings"
    volume = getattr(one.status.estimate, name)
    regime = one.status.regime
    return f"{barrels(volume)} ({percent(volume / regime.limit_barrels * 100)})" if regime else barrels(volume)


def _change(one: Compared) -> str:
    if one.against is None:
        return NOTHING
    if one.change_barrels is None:
        return UNKNOWN
    share = f" ({_signed(one.change_percent)})" if one.change_percent is not None else ""
    return f"{one.change_barrels:+,}{share}"


def _signed(share: float | None) -> str:
    return UNKNOWN if share is None else f"{'+' if share >= 0 else '-'}{percent(abs(share))}"


def _reached(one: Compared, name: str) -> str:
    if not one.known or one.crossed is None:
        return NOTHING if one.known else "no sightings"
    when = getattr(one.crossed, name)
    return day(when) if when else "not reached"
