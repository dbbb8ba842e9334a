"""The certificate: on one page, that a ship was screened, against what, with which answer, and what is left open."""

from __future__ import annotations

import textwrap
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from vesseltrack.reports import markdown, plain
from vesseltrack.reports.document import candidate_objects
from vesseltrack.reports.screen_view import on_list
from vesseltrack.reports.sections import Bullets, Heading, Paragraph, Section, Tone, Verdict
from vesseltrack.reports.values import instant
from vesseltrack.reports.wording import iso_span, measures
from vesseltrack.text import UNKNOWN, valid_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vesseltrack.reports.case import Screening
    from vesseltrack.vessels.model import ListUsed, ScreenResult

Form = Literal["plain", "markdown"]

WIDTH = 78
"""Characters in a line of plain text."""

ANSWERS = {
    "match": "On a list: this is, as far as name and numbers tell, the ship named below.",
    "review": "To be decided by a person: the ship may be one of those named below.",
    "none": "Not found on the lists named below, nor in the register of ships of the trade.",
}
NOT_CHECKED = "Not checked: the question held nothing that could be looked for, or was not read whole."

OWNERS = (
    "Owners, operators, managers, charterers, crew and cargo were not screened; a ship may be blocked through them."
)
OTHER_OWNERS = (
    "Of owners, operators and managers only those named in the fleet's file were screened, charterers, crew and cargo "
    "not; a ship may be blocked through them."
)
LEFT_OPEN = (
    "Lists that are not named here were not consulted.",
    "Whether the ship bears its name and number rightly was not examined; who asked wrote them.",
    "The lists may have changed since they were retrieved; the answer holds for the day it is given for.",
)


def form_of(file: str) -> Form:
    """Markdown where the suffix says so, else plain text."""
    return "markdown" if PurePath(file).suffix.lower() in {".md", ".markdown"} else "plain"


def render(screening: Screening, moment: datetime, form: Form, log_line: str = "") -> str:
    """The certificate as text that ends in a line break.

    Args:
        screening: the answer to exactly one query.
        moment: when it was given.
        form: plain text of lines of `WIDTH`, or Markdown.
        log_line: SHA-256 of the line of the log that holds the answer; empty without a log.
    """
    sections = certificate_sections(screening, moment, log_line)
    if form == "markdown":
        return valid_unicode(markdown.render(sections))
    lines = valid_unicode(plain.render(sections)).splitlines()
    return "".join(f"{folded}\n" for line in lines for folded in _folded(line))


def certificate_sections(screening: Screening, moment: datetime, log_line: str = "") -> Iterator[Section]:
    """Everything that the certificate says, in order."""
    (result,) = screening.results
    answer = ANSWERS[result.grade] if result.checked else NOT_CHECKED
    tone: Tone = "alarm" if result.grade == "match" else "note" if screening.complete else "warn"
    incomplete = f" INCOMPLETE: {'; '.join(screening.incomplete_because)}." if screening.incomplete_because else ""
    yield Verdict("Certificate of screening", answer + incomplete, tone)
    yield Heading("Asked")
    yield Bullets(
        (
            f"Ship: {result.query}",
            f"Screened at: {instant(moment)}",
            f"Lists as of: {screening.as_of.isoformat()}",
            f"Screened by: vesseltrack {screening.program_version}, reference data of {screening.data_version}",
            *((f"Line of the log: SHA-256 {log_line}",) if log_line else ()),
        )
    )
    yield Heading("Answer")
    yield Bullets(tuple(_answers(result, screening)))
    yield Heading("Lists consulted")
    if screening.lists:
        yield Bullets(tuple(map(_consulted, screening.lists)))
    else:
        yield Paragraph("None: nothing was checked against a list of designated ships.", "bad")
    yield Heading("What this does not say")
    owners = screening.fleet is not None and any(ship.companies for ship in screening.fleet.ships)
    yield Bullets((OTHER_OWNERS if owners else OWNERS, *LEFT_OPEN))


def _answers(result: ScreenResult, screening: Screening) -> Iterator[str]:
    yield f"Answer: {result.grade if result.checked else 'not checked'}{_because(result.reasons)}"
    for candidate in result.candidates:
        vessel, entries = candidate.vessel, candidate_objects(candidate, screening.as_of)
        in_force = measures(dict.fromkeys(name for entry in entries for name in entry["measures"]))
        yield (
            f"{candidate.grade}: {vessel.name}, IMO {vessel.imo or UNKNOWN}; {'; '.join(map(on_list, entries))}; "
            f"measures: {in_force}; score {candidate.score:.2f}{_because(candidate.reasons)}"
        )


def _because(reasons: tuple[str, ...]) -> str:
    return f", because: {'; '.join(reasons)}" if reasons else ""


def _consulted(used: ListUsed) -> str:
    confirmed = f", found unchanged: {used.confirmed}" if used.confirmed else ""
    return (
        f"{used.name} ({used.authority}): {used.vessels:,} ships; published: {used.version or UNKNOWN}; "
        f"retrieved: {iso_span(used.retrieved)}{confirmed}; SHA-256 {used.sha256 or UNKNOWN}"
    )


def _folded(line: str) -> list[str]:
    """A line of plain text in lines of `WIDTH`, what goes on set in under its text."""
    start = len(line) - len(line.lstrip(" -"))
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=" " * start, break_long_words=False, break_on_hyphens=False
    ) or [""]
