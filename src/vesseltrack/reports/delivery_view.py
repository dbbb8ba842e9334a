"""The deliveries of ``report`` for people: a row each, with where from, where to, and on what evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports import wording
from vesseltrack.reports.sections import Bullets, Column, Grid, Heading, Paragraph, Row, Section
from vesseltrack.reports.wording import count, day, iso_span
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case


def delivery_sections(status: CapStatus, case: Case) -> Iterator[Section]:
    """The deliveries of a year, what they come to, and what the capacities rest on."""
    yield Heading(f"Deliveries: {count(len(status.deliveries), 'entry', 'entries')}")
    if not status.deliveries:
        yield Paragraph("None seen, which is not the same as none made.")
        return
    notes = capacity_notes(status)
    yield Grid(
        (
            Column("Counted on"),
            Column("Ship", wraps=True),
            Column("Kind", wraps=True),
            Column("Low", right=True),
            Column("Central", right=True),
            Column("High", right=True),
            Column("From → to", below=True),
            Column("Basis", below=True),
        ),
        (
            *(
                _delivery(tuple(same), notes, one_file=len(case.inputs) == 1)
                for _, same in groupby(status.deliveries, key=alike)
            ),
            *_totals(status),
        ),
    )
    yield Paragraph("In barrels: each delivery's part of the estimate. Basis of the capacity:", "faint")
    yield Bullets(tuple(f"{basis_letter(index)}: {basis}" for index, basis in enumerate(notes)), "faint")


def capacity_notes(status: CapStatus) -> list[str]:
    """What the capacities of a year's deliveries rest on, each once; `basis_letter` of its place stands for it."""
    return list(dict.fromkeys(delivery.capacity.basis for delivery in status.deliveries))


def _totals(status: CapStatus) -> Iterator[Row]:
    """What is added to the deliveries, and what they come to."""
    if status.opening_balance:
        opening = barrels(status.opening_balance.barrels)
        until = day(status.opening_balance.until)
        yield Row((until, "opening balance", "", opening, opening, opening, "", ""))
    volumes = (status.estimate.low, status.estimate.central, status.estimate.high)
    yield Row(("Estimate", "", "", *(barrels(volume) for volume in volumes), "", ""), "strong")


def alike(delivery: Delivery) -> tuple[object, ...]:
    """What unidentified ships of one sighting have in common: all but a rounded barrel; they share a row."""
    return (
        delivery.vessel,
        delivery.imo,
        delivery.kind,
        delivery.loaded_on,
        delivery.loaded_at,
        delivery.delivered_on,
        delivery.delivered_at,
        delivery.counted_on,
        (delivery.capacity.low, delivery.capacity.central, delivery.capacity.high, delivery.capacity.basis),
        delivery.in_low,
        delivery.in_central,
        delivery.in_cap,
        delivery.why,
        delivery.sightings,
    )


def _delivery(same: tuple[Delivery, ...], notes: list[str], *, one_file: bool) -> Row:
    delivery, capacity = same[0], same[0].capacity
    ship = wording.ship(delivery.identity) if delivery.vessel else "unidentified tanker"
    held = (
        f"{barrels(capacity.low)}–{barrels(capacity.high)}" if capacity.low != capacity.high else barrels(capacity.low)
    )
    basis = (
        delivery.why,
        f"capacity {held} barrels{' each' if len(same) > 1 else ''} ({basis_letter(notes.index(capacity.basis))})",
        f"IMO {delivery.imo}" if delivery.imo else "",
        "designated ship" if delivery.designated else "",
        wording.evidence(delivery.sightings, one_file=one_file),
    )
    return Row(
        (
            day(delivery.counted_on),
            f"{len(same)} × {ship}" if len(same) > 1 else ship,
            delivery.kind if delivery.in_cap else f"{delivery.kind}, not in the cap",
            barrels(sum(one.barrels.low for one in same)),
            barrels(sum(one.barrels.central for one in same)),
            barrels(sum(one.barrels.high for one in same)),
            f"{_end(delivery.loaded_at, delivery.loaded_on)} → {_end(delivery.delivered_at, delivery.delivered_on)}",
            " · ".join(part for part in basis if part),
        ),
    )


def _end(place: str | None, when: str | None) -> str:
    """An end of a voyage: ``Vostochny, oil bunkering berth (2024-03-13)``."""
    return f"{wording.berth(place)} ({iso_span(when)})" if when else wording.berth(place)


def basis_letter(index: int) -> str:
    """``a`` to ``z``, then ``aa``."""
    first = basis_letter(index // 26 - 1) if index >= 26 else ""
    return first + "abcdefghijklmnopqrstuvwxyz"[index % 26]
