"""A case as one HTML file: verdict first, then everything that it rests on, down to the line of a file."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vesseltrack.reports import wording
from vesseltrack.reports.calendar import CALENDAR_RULES, CALENDAR_SIZES, calendar_figure
from vesseltrack.reports.chart import chart_figure
from vesseltrack.reports.check_view import counts, headline, legal_basis, not_checked, rejected
from vesseltrack.reports.closing import closing, consulted
from vesseltrack.reports.compare import compared
from vesseltrack.reports.compare_view import comparison
from vesseltrack.reports.delivery_view import basis_letter, capacity_notes
from vesseltrack.reports.estimate_view import decision_sections, estimate_sections, explained
from vesseltrack.reports.fleet_view import fleet_sections
from vesseltrack.reports.html.model import Figure, Page, Year
from vesseltrack.reports.html.tables import Evidence, LiveTable, delivery_table, finding_table
from vesseltrack.reports.map import MAP_CSS, map_figure
from vesseltrack.reports.report_view import (
    crossing_sections,
    projection_sections,
    scenario_sections,
    tone_of,
    verdict_sections,
)
from vesseltrack.reports.reported_view import reported_sections
from vesseltrack.reports.sections import Bullets, CapBar, Column, Grid, Heading, Paragraph, Row, Section, Verdict
from vesseltrack.text import UNKNOWN, barrels, percent, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case

STYLES = ("page.css", "chart.css")
PICTURES_CSS = MAP_CSS + CALENDAR_RULES + CALENDAR_SIZES


def report_page(case: Case) -> str:
    """The page of ``report``: each year with chart, map and deliveries, then findings, method and inputs."""
    evidence = Evidence(case)
    years = tuple(_year(status, case, evidence) for status in case.years)
    named = ", ".join(str(status.year) for status in case.years)
    verdicts = tuple(Verdict("report", status.verdict, tone_of(status)) for status in case.years)
    beside = tuple(_beside(case)) if len(case.years) > 1 else ()
    nothing = Verdict("report", "Nothing to report: no sighting could be read, so no year was looked at.", "warn")
    return _rendered(
        Page(
            title=f"Refined petroleum to the DPRK, {named or 'no year'}",
            kicker="Estimate against the cap of UNSCR 2397 (2017). Indicates, does not prove.",
            verdicts=verdicts or (nothing,),
            beside=beside,
            years=years,
            parts=tuple(_parts(case, evidence, method=True)),
            **_head(case, " ".join(status.verdict for status in case.years)),
        )
    )


def check_page(case: Case) -> str:
    """The page of ``check``: findings by severity with their legal basis and evidence."""
    return _rendered(
        Page(
            title="Findings on the ships sighted",
            kicker="Checked against lists of designated ships and the rules of the DPRK sanctions regime.",
            verdicts=(headline(case),),
            beside=(),
            years=(),
            parts=tuple(_parts(case, Evidence(case), method=False)),
            **_head(case, None),
        )
    )


def _beside(case: Case) -> Iterator[Section]:
    """The comparison without what the page says elsewhere: its own heading, and the verdicts."""
    for one in comparison(compared(case)):
        if isinstance(one, Heading):
            if one.text == "Verdicts":
                return
        else:
            yield Paragraph(one.text, "strong") if isinstance(one, Verdict) else one


def _head(case: Case, verdicts: str | None) -> dict[str, Any]:
    as_of = case.as_of.isoformat() if case.as_of else UNKNOWN
    made_by = f"vesseltrack {case.program_version}, reference data of {case.data_version}"
    return {
        "incomplete": "; ".join(case.incomplete_because),
        "as_of": f"Data as of {as_of}. {made_by}.",
        "program": case.program_version,
        "closing": tuple(closing(case, verdicts=verdicts)),
    }


def _year(status: CapStatus, case: Case, evidence: Evidence) -> Year:
    notes = capacity_notes(status)
    said = [one for one in verdict_sections(status, case) if not isinstance(one, Verdict | CapBar)]
    return Year(
        year=status.year,
        title=f"{status.year}: the cap and what reached the DPRK",
        figures=tuple(_figures(status)),
        chart=Figure(
            _own(chart_figure(status, case.as_of)),
            f"Running total in {status.year}, with the cap, the Secretary's notices and what States reported.",
        ),
        said=tuple(said),
        days=_days(status),
        figures_besides=(
            Figure(_own(map_figure(case, status)), f"Ports, calls and voyages of {status.year}."),
            Figure(_own(calendar_figure(case, status)), f"Where each tanker was seen in {status.year}."),
        ),
        before=(*scenario_sections(status), *estimate_sections(status)),
        deliveries=delivery_table(status, notes, evidence) if status.deliveries else None,
        basis=_basis(notes),
        after=(*reported_sections(status), *crossing_sections(status), *projection_sections(status)),
    )


def _basis(notes: list[str]) -> tuple[Section, ...]:
    return (Bullets(tuple(f"{basis_letter(at)}: {note}" for at, note in enumerate(notes)), "faint"),) if notes else ()


def _figures(status: CapStatus) -> Iterator[tuple[str, str, str]]:
    """Four figures: label, value and what it is of."""
    regime, estimate, told = status.regime, status.estimate, status.reported.barrels

    def share(volume: float) -> str:
        return f"{percent(volume / regime.limit_barrels * 100)} of the cap" if regime else "no cap in force"

    yield "Central estimate, barrels", barrels(estimate.central), share(estimate.central)
    yield (
        "Low to high, barrels",
        f"{barrels(estimate.low)} – {barrels(estimate.high)}",
        "5 % and 95 % of what is possible",
    )
    chance = status.probability_exceeded
    yield (
        "Chance that the cap was reached",
        UNKNOWN if chance is None else wording.chance(chance),
        f"{status.draws:,} draws",
    )
    missing = sum(len(months) for _, months in status.reported.missing_months)
    yield (
        "Reported by States, barrels",
        barrels(told),
        f"{share(told)}; {wording.count(missing, 'month')} of a State without a report"
        if told is not None
        else "not known",
    )


def _days(status: CapStatus) -> Grid | None:
    """The steps of the chart as a table."""
    if not status.days:
        return None
    columns = (Column("Day"), *(Column(name, right=True) for name in ("Low", "Central", "High", "Cap reached by then")))
    rows = (
        Row(
            (
                wording.day(one.day),
                *(barrels(getattr(one.barrels, name)) for name in ("low", "central", "high")),
                UNKNOWN if one.probability_exceeded is None else wording.chance(one.probability_exceeded),
            )
        )
        for one in status.days
    )
    return Grid(columns, tuple(rows))


def _parts(
    case: Case, evidence: Evidence, *, method: bool
) -> Iterator[tuple[str, str, tuple[Section | LiveTable, ...]]]:
    if case.fleet is not None:
        yield "fleet", "The fleet", _without_first_heading(fleet_sections(case.fleet))
    findings: tuple[Section | LiveTable, ...] = (Paragraph("None."),)
    if case.findings:
        findings = (finding_table(case, evidence), *legal_basis(case))
    yield "findings", f"Findings: {len(case.findings):,}", (Paragraph(counts(case)), *findings)
    decided = tuple(decision_sections(case))
    if decided:
        yield "decisions", "Decisions", _without_first_heading(decided)
    cited = evidence.table()
    if cited.rows:
        yield "sightings", "Sightings cited", (cited,)
    if case.rejects:
        yield "rejects", "Could not be read", _without_first_heading(rejected(case))
    yield "unchecked", "Not checked", _without_first_heading(not_checked(case))
    if method and case.method:
        yield "method", "Method and weakest links", (Bullets(case.method), *_weakest(case))
    yield "inputs", "Read and consulted", (*consulted(case), *_hashes(case))


def _weakest(case: Case) -> tuple[Section, ...]:
    return tuple(one for one in explained(case) if isinstance(one, Heading | Bullets))


def _hashes(case: Case) -> Iterator[Section]:
    """What identifies every file that the page rests on."""
    named = [(used.path, used.sha256) for used in case.inputs]
    named += [(used.name, used.sha256) for used in case.lists] + [(used.name, used.sha256) for used in case.reference]
    yield Heading("Fingerprints")
    rows = tuple(Row((name, digest or UNKNOWN)) for name, digest in dict.fromkeys(named))
    yield Grid((Column("File, list or ledger"), Column("sha256")), rows)


def _without_first_heading(several: Iterable[Section]) -> tuple[Section, ...]:
    found = tuple(several)
    return found[1:] if found and isinstance(found[0], Heading) else found


@cache
def _loader() -> PackageLoader:
    return PackageLoader("vesseltrack.reports.html", ".")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("vesseltrack.reports.html", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters |= {"shown": printable, "barrels": barrels}
    return made


def _rendered(page: Page) -> str:
    style = "".join(own_file(name) for name in STYLES) + (PICTURES_CSS if page.years else "")
    script = own_file("script.js")
    return (
        _environment()
        .get_template("page.html")
        .render(page=page, style=_own(style), style_hash=_hash(style), script=_own(script), script_hash=_hash(script))
    )


def _own(markup: str) -> Markup:
    """Markup of our own making, whose texts were escaped where they were put in."""
    return Markup(markup)  # noqa: S704


def own_file(name: str) -> str:
    """The text of a file that stands beside the template."""
    return _loader().get_source(_environment(), name)[0]


def _hash(text: str) -> str:
    """A source expression of a Content-Security-Policy (W3C CSP level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
