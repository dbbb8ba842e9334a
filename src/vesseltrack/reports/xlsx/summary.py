"""The first sheet: the verdict, the figures, what they do not show, and what all of it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vesseltrack.reports.check_view import by_severity, headline
from vesseltrack.reports.closing import INDICATES, LICENCE, NOT_LAWFUL
from vesseltrack.reports.document import SUMMARY_KEYS, summary_object
from vesseltrack.reports.fleet_view import counts
from vesseltrack.reports.wording import chance
from vesseltrack.reports.xlsx.sheet import Block, when
from vesseltrack.text import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vesseltrack.oil.volume import Barrels
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.xlsx.sheet import Table

Line = tuple[Any, ...]


def blocks(case: Case, tables: Sequence[Table], *, only_findings: bool) -> Iterator[Block]:
    """Everything on the sheet, in order: what was asked stands first."""
    verdicts = tuple(("Verdict", status.verdict, str(status.year)) for status in case.years)
    found: Line = ("Findings", headline(case).text)
    first = (found, *verdicts) if only_findings or not verdicts else (*verdicts, found)
    limits = tuple(("Incomplete", reason) for reason in case.incomplete_because)
    cut = tuple(
        ("Incomplete", f"sheet {table.sheet}: {table.left_out:,} rows for which it has no room; JSON and CSV have all")
        for table in tables
        if table.left_out
    )
    yield Block("", (*first, *limits, *cut), ("What", "Says", "Year"))
    for status in case.years:
        yield Block(f"{status.year}: figures", tuple(_figures(status)), ("What", "Barrels", "Of the cap", "From"))
        rows = tuple(("Caveat", sentence) for sentence in status.caveats)
        yield Block(f"{status.year}: coverage and caveats", (*_coverage(status), *rows))
    yield Block("Findings", tuple(_findings(case)))
    if case.decisions:
        yield Block("Decisions", tuple(_decisions(case)), ("Decision", "Because", "Until", "Changed"))
    yield from _consulted(case)
    yield Block("How far this goes", tuple(_closing(case)))


def _figures(status: CapStatus) -> Iterator[Line]:
    limit = status.regime.limit_barrels if status.regime else None
    if status.regime is not None:
        yield "Cap", limit, None, "; ".join(status.regime.legal_basis)
    for name in ("low", "central", "high"):
        yield f"Estimate, {name}", *_volume(status.estimate, name, limit)
    if status.probability_exceeded is not None:
        yield "Cap reached in", f"{chance(status.probability_exceeded)} of {status.draws:,} draws"
    yield "Reported by States", status.reported.barrels, _of(status.reported.barrels, limit)
    if status.opening_balance is not None:
        opening = status.opening_balance
        yield "Opening balance, in the estimate", opening.barrels, None, f"{opening.because}, up to {opening.until}"
    if status.uncapped.high > 0:
        for name in ("low", "central", "high"):
            yield f"Outside this cap, {name}", *_volume(status.uncapped, name, None)


def _volume(volume: Barrels, name: str, limit: int | None) -> Line:
    barrels = round(getattr(volume, name))
    return barrels, _of(barrels, limit)


def _of(barrels: int | None, limit: int | None) -> str | None:
    return None if barrels is None or not limit else percent(100 * barrels / limit)


def _coverage(status: CapStatus) -> Iterator[Line]:
    yield "First sighting of a tanker", status.coverage_from or "none in this year"
    yield "Last sighting of a tanker", status.coverage_to
    yield "Days with one", status.days_observed


def _findings(case: Case) -> Iterator[Line]:
    if case.findings:
        yield "By severity", by_severity(case.findings)
    if case.fleet is not None:
        yield "Fleet", counts(case.fleet)
    known = summary_object(case)
    for key in (*SUMMARY_KEYS, *sorted(set(known) - set(SUMMARY_KEYS))):
        if key in known:
            yield key.replace("_", " "), known[key]


def _decisions(case: Case) -> Iterator[Line]:
    for decided in case.decisions:
        one = decided.decision
        because = f"{one.because} ({one.reference})" if one.reference else one.because
        changed = "; ".join(decided.changed) or ("expired" if decided.expired else "nothing")
        yield one.kind, because, one.until, changed


def _consulted(case: Case) -> Iterator[Block]:
    inputs = tuple((one.path, one.sha256, one.rows, one.rejected, one.duplicates) for one in case.inputs)
    yield Block("Read", inputs, ("File", "SHA-256", "Rows", "Rejected", "Duplicates"))
    lists = tuple(
        (
            one.name, one.sha256, one.authority, when(one.version), when(one.retrieved), when(one.confirmed),
            one.vessels, one.companies,
        )
        for one in case.lists
    )  # fmt: skip
    headers = ("List", "SHA-256", "Authority", "Version", "Retrieved", "Confirmed", "Ships", "Companies")
    yield Block(
        "Lists consulted", lists or (("None", "nothing was checked against a list of designated ships"),), headers
    )
    reference = tuple((one.name, one.sha256) for one in case.reference)
    yield Block("Reference data, and the head of the ledger where one was read", reference, ("Name", "SHA-256"))


def _closing(case: Case) -> Iterator[Line]:
    yield "Notice", INDICATES
    if case.years and not any("lawful" in status.verdict for status in case.years):
        yield "Notice", NOT_LAWFUL
    yield "As of", case.as_of or "unknown, for no sighting was accepted"
    yield "Reference data of", when(case.data_version)
    yield "vesseltrack", case.program_version
    yield "Licence", LICENCE
