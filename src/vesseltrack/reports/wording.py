"""Dates, places, ships and evidence in words, the same in every format for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vesseltrack.text import NOTHING, UNKNOWN
from vesseltrack.vessels.identifiers import parse_imo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.ports.model import Place
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import SightingRef
    from vesseltrack.vessels.model import Identity

MEASURES = {"asset_freeze": "asset freeze", "port_entry_ban": "port entry ban", "deflag": "de-flag"}


_NUMBER = re.compile(r"IMO number (['\"])(.*)\1 (.+)")
"""A remark on a number as written, which another reason may say with a hint besides."""


def without_repeats(remarks: Iterable[str], said: Sequence[str]) -> tuple[str, ...]:
    """Remarks on a query without those that the reasons of a candidate say already, perhaps with a hint."""
    return tuple(remark for remark in remarks if not any(reason.startswith(_as_hinted(remark)) for reason in said))


def _as_hinted(remark: str) -> str:
    """How a remark on a number begins where it goes on with a hint: ``IMO 8660314 fails its check digit``."""
    number = _NUMBER.fullmatch(remark)
    return remark if number is None else f"IMO {parse_imo(number[2]).digits} {number[3]}"


def decided(decision: LedgerDecision) -> str:
    """What somebody decided about a finding: ``accepted: why, until 2026-12-31``."""
    word = {"accept": "accepted", "false-positive": "false positive"}.get(decision.how, decision.how)
    reference = f", {decision.reference}" if decision.reference else ""
    until = f", until {decision.until}" if decision.until else ""
    return f"{word}: {decision.because}{reference}{until}"


def day(when: date | datetime | None) -> str:
    """A day: ``2024-03-06``."""
    return UNKNOWN if when is None else f"{when:%Y-%m-%d}"


def span(first: date | datetime | None, last: date | datetime | None) -> str:
    """Days from first to last, one where they are the same: ``2024-03-06 to 2024-03-24``."""
    if first is None or last is None:
        return day(first or last)
    start, end = day(first), day(last)
    return start if start == end else f"{start} to {end}"


def iso_span(text: str | None) -> str:
    """An ISO day or interval ``a/b`` in words; other text as it is, nothing as unknown."""
    return text.replace("/", " to ") if text else UNKNOWN


def months(written: Sequence[str]) -> str:
    """Months ``2024-01``, neighbours joined: ``2024-01 to 2024-03, 2024-05``."""
    runs: list[list[str]] = []
    for month in sorted(written):
        if runs and _month_number(month) == _month_number(runs[-1][1]) + 1:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    return ", ".join(first if first == last else f"{first} to {last}" for first, last in runs)


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


SMALLEST_CHANCE = 0.01
"""Below it, and as near to certainty, a chance is told as being so."""


def chance(probability: float) -> str:
    """A probability in percent; neither a certainty nor a precision that the draws do not give."""
    if probability < SMALLEST_CHANCE:
        return "under 1 %"
    return "over 99 %" if probability > 1 - SMALLEST_CHANCE else f"{100 * probability:.0f} %"


def fill(share: float) -> str:
    """A fill as it is usually named: ``1/3``, ``1/2``, ``60 %``, ``full``."""
    named = {0.3333: "1/3", 0.5: "1/2", 1.0: "full"}
    return named.get(round(share, 4), f"{share * 100:.0f} %")


def measures(names: Iterable[str]) -> str:
    """Measures in words, a dash for none."""
    return ", ".join(MEASURES.get(name, name) for name in names) or NOTHING


def ship(who: Identity | None) -> str:
    """A ship as sighted, and the register's name where that is another: ``KUM JIN GANG 3 = WAN HENG 11``."""
    if who is None:
        return NOTHING
    known = who.vessel.name if who.vessel else ""
    seen = who.name or (f"MMSI {who.mmsi}" if who.mmsi and not (who.imo or known) else "")
    if not seen:
        return known or (f"IMO {who.imo}" if who.imo else "unidentified ship")
    if not known or known.casefold() == seen.casefold():
        return seen
    return f"{seen} = {known}" if who.grade == "match" else f"{seen} = {known}?"


def place(finding: Finding) -> str:
    """Where a finding was seen: port and facility, roads, at sea with coordinates, or what was written."""
    where = finding.place
    if where is None or where.kind == "none":
        return _coordinates(finding) or (NOTHING if finding.identity is None else UNKNOWN)
    if where.kind == "unplaced":
        return f"“{where.text}”, not in the gazetteer" if where.text else UNKNOWN
    if where.port is None:
        return f"at sea {_coordinates(finding) or where.text}".strip()
    return f"{where.port.name}{_facility(where, where.port.name)}"


def berth(text: str | None) -> str:
    """``port, facility`` without saying the port twice: ``Vostochny, oil bunkering berth``."""
    port, comma, facility = (text or UNKNOWN).partition(", ")
    return f"{port}{comma}{facility.removeprefix(f'{port} ')}"


def _facility(where: Place, port: str) -> str:
    if where.facility:
        return f", {where.facility.name.removeprefix(f'{port} ')}"
    if where.candidates:
        return f", {' or '.join(facility.name.removeprefix(f'{port} ') for facility in where.candidates)}"
    return ", at the roads" if where.at_roads else ""


def _coordinates(finding: Finding) -> str:
    if finding.lat is None or finding.lon is None:
        return ""
    north = f"{abs(finding.lat):.2f} {'N' if finding.lat >= 0 else 'S'}"
    east = f"{abs(finding.lon):.2f} {'E' if finding.lon >= 0 else 'W'}"
    return f"{north} {east}"


def evidence(refs: Iterable[SightingRef], *, one_file: bool = False) -> str:
    """Files and lines: ``march.csv line 3; april.csv lines 2, 5–7``; lines alone where there is ``one_file`` only."""
    files: dict[str, list[int]] = {}
    for ref in refs:
        files.setdefault(ref.source, []).append(ref.line)
    said = []
    for source, numbers in files.items():
        runs: list[list[int]] = []
        for line in sorted(set(numbers)):
            if runs and runs[-1][1] == line - 1:
                runs[-1][1] = line
            else:
                runs.append([line, line])
        joined = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
        lines = f"{'line' if len(set(numbers)) == 1 else 'lines'} {joined}"
        said.append(lines if one_file else f"{source} {lines}")
    return "; ".join(said)


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 finding``, ``3 findings``, ``1,204 ships``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
