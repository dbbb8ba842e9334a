"""What every report for people ends with: what was consulted, as of when, and what it does not prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.sections import Bullets, Heading, Paragraph, Section
from vesseltrack.reports.wording import count, iso_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.reports.case import Backtest, Case, Screening

INDICATES = "Indicates, does not prove: a finding or an estimate is a reason to look closer, not evidence of a breach."
NOT_LAWFUL = "Being under the cap makes no delivery lawful (UNSCR 2397 (2017) para 5)."
LICENCE = (
    "Reference data: compiled from public sources, offered under the MIT licence of the program; where each fact comes "
    "from and under which terms its source stands is in data/SOURCES.md."
)


def consulted(payload: Case | Screening) -> Iterator[Section]:
    """Files read and lists consulted, with their dates."""
    inputs = getattr(payload, "inputs", ())
    if inputs:
        yield Heading("Read", "strong")
        yield Bullets(
            tuple(
                f"{used.path}: {count(used.rows, 'row')}, {used.rejected:,} rejected, "
                f"{count(used.duplicates, 'duplicate')}"
                for used in inputs
            )
        )
    yield Heading("Lists consulted", "strong")
    if not payload.lists:
        yield Paragraph("None: nothing was checked against a list of designated ships.", "bad")
        return
    yield Bullets(
        tuple(
            ", ".join(
                part
                for part in (
                    f"{used.name} ({used.authority}): {count(used.vessels, 'ship')}"
                    + (f" and {count(used.companies, 'company', 'companies')}" if used.companies else ""),
                    f"version {used.version}" if used.version else "version unknown",
                    f"retrieved {iso_span(used.retrieved)}" if used.retrieved else "date of retrieval unknown",
                    f"confirmed {iso_span(used.confirmed)}" if used.confirmed else "",
                )
                if part
            )
            for used in payload.lists
        )
    )


def closing(payload: Case | Screening | Backtest, *, verdicts: str | None = None) -> Iterator[Section]:
    """The last lines.

    Args:
        payload: what was asked.
        verdicts: the verdicts of a report, so that nothing is said twice; None where the cap was not the question.
    """
    yield Heading("How far this goes")
    yield Paragraph(INDICATES, "strong")
    if verdicts is not None and "lawful" not in verdicts:
        yield Paragraph(NOT_LAWFUL)
    as_of = iso_span(payload.as_of.isoformat()) if payload.as_of else "unknown, for no sighting was accepted"
    yield Paragraph(
        f"As of {as_of}. Reference data of {iso_span(payload.data_version)}; vesseltrack {payload.program_version}.",
        "faint",
    )
    yield Paragraph(LICENCE, "faint")
