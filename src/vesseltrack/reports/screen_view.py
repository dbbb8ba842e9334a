"""``screen`` for people: one line a query, with who it may be and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.closing import closing, consulted
from vesseltrack.reports.document import candidate_objects
from vesseltrack.reports.fleet_view import fleet_sections
from vesseltrack.reports.sections import Column, Grid, Paragraph, Row, Section, Tone, Verdict
from vesseltrack.reports.wording import count, iso_span, measures, without_repeats
from vesseltrack.text import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.reports.case import Screening
    from vesseltrack.reports.values import Document
    from vesseltrack.vessels.model import ScreenResult

TONES: dict[str, Tone] = {"match": "alarm", "review": "warn", "none": ""}

ORDER = ("match", "review", "unchecked", "none")
"""Of the answers in a table."""

FEW = 10
"""Names on no list that a table shows one by one; more are counted."""

COLUMNS = (
    Column("Answer"),
    Column("Query", wraps=True),
    Column("May be", wraps=True),
    Column("IMO"),
    Column("List", wraps=True),
    Column("Measures", wraps=True),
    Column("Why", below=True),
)


def screen_sections(screening: Screening, *, verbose: bool = False) -> Iterator[Section]:
    """Everything that ``screen`` shows to people, in order: matches first, names on no list last.

    Args:
        screening: the answers.
        verbose: show each of more than `FEW` names that are on no list; else they are counted.
    """
    yield _headline(screening)
    fleet = screening.fleet
    involved = fleet.involved if fleet is not None else frozenset()
    results = sorted(screening.results, key=lambda result: (result.line not in involved, _rank(result)))
    if fleet is not None:
        yield from fleet_sections(fleet, told=len(involved) == len(results) > 0)
    found = [result for result in results if not _nothing_to_say(result)]
    nothing = len(results) - len(found)
    counted = nothing > FEW and not verbose
    shown = found if counted else results
    rows = (row for result in shown for row in _rows(result, screening.as_of, fleet=result.line in involved))
    if shown or not counted:
        yield Grid(COLUMNS, tuple(rows))
    if counted:
        yield Paragraph(
            f"none: {count(nothing, 'name')} on no list consulted and not in the register; --verbose shows each."
        )
    yield from consulted(screening)
    yield from closing(screening)


def _rank(result: ScreenResult) -> int:
    return ORDER.index(result.grade if result.checked or result.candidates else "unchecked")


def _nothing_to_say(result: ScreenResult) -> bool:
    return result.grade == "none" and result.checked and not result.candidates and not result.reasons


def _headline(screening: Screening) -> Verdict:
    if not screening.results:
        return Verdict("screen", "Nothing was screened: no name, IMO number or MMSI was given.", "warn")
    grades = [result.grade if result.checked else "unchecked" for result in screening.results]
    named = (
        ("match", "match", "matches"),
        ("review", "to review", "to review"),
        ("none", "on no list and not in the register", "on no list and not in the register"),
        ("unchecked", "not checked", "not checked"),
    )
    text = ", ".join(count(grades.count(grade), one, many) for grade, one, many in named if grade in grades)
    if screening.incomplete_because:
        text += ". INCOMPLETE: " + "; ".join(screening.incomplete_because)
    tone: Tone = "alarm" if "match" in grades else "warn" if {"review", "unchecked"} & set(grades) else "note"
    return Verdict("screen", f"{text}.", tone)


def _rows(result: ScreenResult, as_of: date, *, fleet: bool) -> Iterator[Row]:
    mark = ", fleet" if fleet else ""
    if not result.candidates:
        answer = result.grade if result.checked else "not checked"
        why = "; ".join(result.reasons) or "on none of the lists consulted, not in the register"
        tone: Tone = TONES[result.grade] if result.checked else "warn"
        yield Row((f"{answer}{mark}", result.query, NOTHING, NOTHING, NOTHING, NOTHING, why), tone)
        return
    for candidate in result.candidates:
        entries = candidate_objects(candidate, as_of)
        remarks = without_repeats(result.reasons, candidate.reasons)
        why = "; ".join((*candidate.reasons, f"score {candidate.score:.2f}", *remarks))
        yield Row(
            (
                f"{candidate.grade}{mark}",
                result.query,
                candidate.vessel.name,
                candidate.vessel.imo or "unknown",
                "; ".join(on_list(entry) for entry in entries),
                measures(dict.fromkeys(name for entry in entries for name in entry["measures"])),
                why,
            ),
            TONES[candidate.grade],
        )


def on_list(entry: Document) -> str:
    """The list of an entry, the name there where it is another, and its days."""
    since = f" since {iso_span(entry['listed_on'])}" if entry["listed_on"] else ""
    until = f", delisted {iso_span(entry['delisted_on'])}" if entry["delisted_on"] else ""
    alias = f" as {entry['listed_name']}" if entry["listed_name"] and entry["listed_name"] != entry["name"] else ""
    return f"{entry['list']}{alias}{since}{until}"
