"""The tables of the page: deliveries, findings, and the sightings that both rest on, each row with an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.delivery_view import alike, basis_letter
from vesseltrack.text import NOTHING, barrels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.sightings.schema import SightingRef


@dataclass(frozen=True)
class Link:
    """A way to another row."""

    to: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A text with the links after it."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class LiveRow:
    """A row that can be pointed at."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    delivery: str = ""
    """Ids of the deliveries that it stands for, a blank between them."""

    css: str = ""


@dataclass(frozen=True)
class LiveTable:
    """A table that a script may sort and filter."""

    caption: str
    css: str
    """Class; page.css says by it how wide the columns are, and which are numbers."""

    columns: tuple[str, ...]
    rows: tuple[LiveRow, ...]
    foot: tuple[tuple[str, ...], ...] = ()


class Evidence:
    """The sightings that the page cites, in the order in which they are first cited."""

    def __init__(self, case: Case) -> None:
        self._seen = {(seen.ref.source, seen.ref.line): seen for seen in case.sightings}
        self._numbers: dict[tuple[str, int], int] = {}
        self._one_file = len(case.inputs) == 1

    def links(self, refs: Iterable[SightingRef]) -> tuple[Link, ...]:
        """A way to each of the sightings."""
        found = []
        for source, line in dict.fromkeys((ref.source, ref.line) for ref in refs):
            number = self._numbers.setdefault((source, line), len(self._numbers) + 1)
            found.append(Link(f"s{number}", str(line) if self._one_file else f"{source}:{line}"))
        return tuple(found)

    def table(self) -> LiveTable:
        """All sightings that were cited."""
        rows = []
        for (source, line), number in self._numbers.items():
            seen = self._seen.get((source, line))
            said = ("", "", "", "", "", "") if seen is None else _said(seen)
            rows.append(LiveRow((Cell(f"{source}:{line}"), *map(Cell, said)), anchor=f"s{number}"))
        columns = ("File:line", "Seen (UTC)", "Ship", "Place", "AIS", "Activity", "Source")
        caption = "Sightings that a delivery or a finding rests on, by file and line"
        return LiveTable(caption, "sightings", columns, tuple(rows))


def delivery_table(status: CapStatus, notes: list[str], evidence: Evidence) -> LiveTable:
    """The deliveries of a year; unidentified ships of one sighting share a row.

    Args:
        status: the year.
        notes: what the capacities rest on, each once; a letter stands for it.
        evidence: where the sightings are cited.
    """
    total = status.estimate
    opening = status.opening_balance
    foot = [("Estimate", *[""] * 5, *map(barrels, (total.low, total.central, total.high)), "")]
    if opening is not None:
        foot.insert(0, (f"Opening balance up to {opening.until}", *[""] * 5, *[barrels(opening.barrels)] * 3, ""))
    return LiveTable(
        f"{wording.count(len(status.deliveries), 'delivery', 'deliveries')} in {status.year}; barrels are each one's "
        "part of the estimate",
        "deliveries",
        ("Counted on", "Ship", "Kind", "Loaded", "Discharged", "Capacity", "Low", "Central", "High", "Sightings"),
        tuple(_delivery(tuple(same), notes, evidence) for _, same in groupby(status.deliveries, key=alike)),
        tuple(foot),
    )


def _delivery(same: tuple[Delivery, ...], notes: list[str], evidence: Evidence) -> LiveRow:
    first, capacity = same[0], same[0].capacity
    ship = wording.ship(first.identity) if first.vessel else "unidentified tanker"
    known = [f"{len(same)} × {ship}" if len(same) > 1 else ship]
    known += [f"IMO {first.imo}"] if first.imo else []
    known += ["designated"] if first.designated else []
    held = barrels(capacity.low)
    held += f"–{barrels(capacity.high)}" if capacity.low != capacity.high else ""
    parts = [sum(getattr(one.barrels, name) for one in same) for name in ("low", "central", "high")]
    kind = first.kind if first.in_cap else f"{first.kind}, not in the cap"
    return LiveRow(
        (
            Cell(wording.day(first.counted_on)),
            Cell(", ".join(known)),
            Cell(f"{kind}: {first.why}"),
            Cell(_end(first.loaded_at, first.loaded_on)),
            Cell(_end(first.delivered_at, first.delivered_on)),
            Cell(f"{held} ({basis_letter(notes.index(capacity.basis))})"),
            *(Cell(barrels(part)) for part in parts),
            Cell("", evidence.links(ref for one in same for ref in one.sightings)),
        ),
        anchor=f"d-{first.id}",
        delivery=" ".join(one.id for one in same),
    )


def finding_table(case: Case, evidence: Evidence) -> LiveTable:
    """All findings, the most severe first."""
    rows = []
    for finding in (*case.of_fleet, *case.of_others):
        who, decision = finding.identity, case.decided.get(finding.id)
        number = f", IMO {who.imo}" if who and who.imo else ""
        decided = f" [{wording.decided(decision)}]" if decision else ""
        seen = wording.span(finding.observed_from, finding.observed_to) if finding.observed_from else NOTHING
        rows.append(
            LiveRow(
                (
                    Cell(finding.severity.label),
                    Cell(finding.rule),
                    Cell(f"{wording.ship(who)}{number}" if who else NOTHING),
                    Cell(wording.place(finding)),
                    Cell(seen),
                    Cell(finding.ais_status if who else NOTHING),
                    Cell(f"{finding.title}{decided}"),
                    Cell("", evidence.links(finding.sightings)),
                ),
                anchor=f"f-{finding.id}",
                css=_CSS.get(finding.severity.label, ""),
            )
        )
    columns = ("Severity", "Rule", "Ship", "Place", "Seen", "AIS", "What", "Sightings")
    return LiveTable("Findings, the most severe first", "findings", columns, tuple(rows))


_CSS = {"critical": "alarm", "high": "bad", "medium": "warn"}


def _said(seen: Seen) -> tuple[str, str, str, str, str, str]:
    ship = wording.ship(seen.identity) if seen.identity is not None and seen.ship else seen.name or "unidentified"
    place = seen.place
    where = place.text or NOTHING
    if place.port is not None:
        at = f", {place.facility.name}" if place.facility is not None else ""
        where = wording.berth(f"{place.port.name}{at}")
    elif seen.lat is not None and seen.lon is not None:
        where = f"{seen.lat:.3f}, {seen.lon:.3f}"
    activity = NOTHING if seen.activity == "unknown" else seen.activity
    return wording.span(seen.start, seen.end), ship, where, seen.ais_status, activity, seen.source or NOTHING


def _end(place: str | None, when: str | None) -> str:
    return f"{wording.berth(place)}, {wording.iso_span(when)}" if when else wording.berth(place)
