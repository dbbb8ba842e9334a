"""``check`` for people: the headline, findings by severity, what was not read and what was not checked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.closing import closing, consulted
from vesseltrack.reports.fleet_view import fleet_sections
from vesseltrack.reports.sections import Bullets, Column, Grid, Heading, Paragraph, Row, Section, Tone, Verdict
from vesseltrack.reports.wording import count
from vesseltrack.rules.model import Severity
from vesseltrack.text import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.reports.case import Case
    from vesseltrack.rules.model import Finding

TONES: dict[Severity, Tone] = {
    Severity.CRITICAL: "alarm",
    Severity.HIGH: "bad",
    Severity.MEDIUM: "warn",
    Severity.LOW: "note",
    Severity.INFO: "faint",
}

COLUMNS = (
    Column("Rule"),
    Column("Ship", wraps=True),
    Column("Place", wraps=True),
    Column("Seen", wraps=True),
    Column("AIS"),
    Column("Measures", wraps=True),
    Column("What", below=True),
    Column("Evidence", below=True),
)


def check_sections(case: Case) -> Iterator[Section]:
    """Everything that ``check`` shows to people, in order."""
    yield headline(case)
    yield Paragraph(counts(case))
    if case.fleet is not None:
        yield from fleet_sections(case.fleet)
    for whose, findings in (("FLEET, ", case.of_fleet), ("", case.of_others)):
        for severity, group in groupby(findings, key=lambda finding: finding.severity):
            found = list(group)
            yield Heading(f"{whose}{severity.label.upper()}: {count(len(found), 'finding')}", TONES[severity])
            yield Grid(COLUMNS, tuple(_row(finding, case) for finding in found))
    yield from legal_basis(case)
    yield from rejected(case)
    yield from not_checked(case)
    yield from consulted(case)
    yield from closing(case)


def highlights(case: Case) -> Iterator[Section]:
    """The findings that cannot wait, a line each, the fleet's first, by severity; the others are counted."""
    for whose, findings in (("FLEET, ", case.of_fleet), ("", case.of_others)):
        for severity, group in groupby(findings, key=lambda finding: finding.severity):
            if severity >= Severity.HIGH:
                titles = tuple(_title(finding, case) for finding in group)
                yield Heading(f"{whose}{severity.label.upper()}: {count(len(titles), 'finding')}", TONES[severity])
                yield Bullets(titles)


def headline(case: Case) -> Verdict:
    """How many findings of which severity, and whether everything was checked; an empty input is never clean."""
    tone: Tone = TONES[case.findings[0].severity] if case.findings else "note"
    if case.findings:
        text = f"{count(len(case.findings), 'finding')}: {by_severity(case.findings)}."
    elif not case.summary.get("sightings", 0):
        text = "Nothing was checked: no sighting could be read."
    elif case.complete:
        text = "No findings."
    else:
        text = "No findings in what could be checked."
    if case.complete:
        lost = case.summary.get("unplaced", 0)
        but = f" {count(lost, 'sighting')} at an unknown place: checked by ship alone." if lost else ""
        return Verdict("check", f"{text} Every sighting was read and checked.{but}", tone)
    reasons = "; ".join(reason.rstrip(".") for reason in case.incomplete_because)
    return Verdict("check", f"{text} INCOMPLETE: {reasons}.", "warn" if tone in ("note", "faint") else tone)


def by_severity(findings: Iterable[Finding]) -> str:
    """``2 critical, 1 high``, most severe first."""
    severities = [finding.severity for finding in findings]
    return ", ".join(
        f"{severities.count(severity):,} {severity.label}" for severity in reversed(Severity) if severity in severities
    )


def counts(case: Case) -> str:
    """What was looked at, in a sentence; a count that the case does not hold is left out."""
    named = (
        ("listed", "of listed ships"),
        ("review", "of ships that may be listed or are of the trade"),
        ("unlisted", "of ships on no list"),
        ("unidentified", "of unidentified ships"),
        ("unresolved", "unresolved"),
        ("unplaced", "unplaced"),
        ("at_sea", "at sea"),
        ("rejected", "rejected"),
        ("duplicates", "seen twice and counted once"),
    )
    said = ", ".join(f"{case.summary[key]:,} {words}" for key, words in named if case.summary.get(key))
    sightings, vessels = case.summary.get("sightings", 0), case.summary.get("vessels", 0)
    return f"{count(sightings, 'sighting')} of {count(vessels, 'ship')}{f': {said}' if said else ''}."


def _row(finding: Finding, case: Case) -> Row:
    one_file = len(case.inputs) == 1
    who = finding.identity
    ship = wording.ship(who)
    doubtful = who is not None and (who.grade == "review" or " = " in ship or bool(who.problems))
    known = [
        f"IMO {who.imo}" if who and who.imo else "",
        f"{who.grade}: {'; '.join(who.reasons)}" if who and doubtful else "",
        wording.evidence(finding.sightings, one_file=one_file),
    ]
    return Row(
        (
            finding.rule,
            ship,
            wording.place(finding),
            wording.span(finding.observed_from, finding.observed_to) if finding.observed_from else NOTHING,
            finding.ais_status if who else NOTHING,
            wording.measures(finding.measures),
            _title(finding, case),
            " · ".join(part for part in known if part),
        ),
        "strong" if finding.severity >= Severity.HIGH else "",
    )


def _title(finding: Finding, case: Case) -> str:
    """The finding in a sentence, with what somebody decided about it."""
    decision = case.decided.get(finding.id)
    return f"{finding.title} [{wording.decided(decision)}]" if decision else finding.title


def legal_basis(case: Case) -> Iterator[Section]:
    """Resolutions and conventions that each rule which fired rests on; JSON and CSV have them finding by finding."""
    by_rule: dict[str, dict[str, None]] = {}
    for finding in case.findings:
        by_rule.setdefault(finding.rule, {}).update(dict.fromkeys(finding.legal_basis))
    if any(by_rule.values()):
        yield Heading("Legal basis")
        yield Bullets(tuple(f"{rule}: {'; '.join(basis)}" for rule, basis in sorted(by_rule.items()) if basis), "faint")


def rejected(case: Case) -> Iterator[Section]:
    """Rows that could not be read, with where and why."""
    if not case.rejects:
        return
    yield Heading(f"Could not be read: {count(len(case.rejects), 'row')}", "warn")
    yield Grid(
        (Column("Where"), Column("Column", wraps=True), Column("Value", wraps=True), Column("Why", wraps=True)),
        tuple(
            Row((f"{row.source}:{row.line}", row.column or NOTHING, row.value or NOTHING, row.reason))
            for row in case.rejects
        ),
    )


def not_checked(case: Case) -> Iterator[Section]:
    """What the result does not cover."""
    yield Heading("Not checked", "strong")
    if case.incomplete_because:
        yield Bullets(case.incomplete_because, "warn")
    lost = [finding for finding in case.findings if finding.rule.startswith("VT9")]
    if lost:
        one_file = len(case.inputs) == 1
        yield Bullets(tuple(f"{_title(f, case)} · {wording.evidence(f.sightings, one_file=one_file)}" for f in lost))
    yield Bullets(
        (
            "Only the lists named here were consulted, each as it stood on the date of the sighting.",
            "A ship on no list is not cleared: owners are checked where a column names them, cargo and papers are not.",
        )
    )
