"""Voyages as arcs from the port of loading to the port of discharge: one arc for each pair of ports."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from typing import TYPE_CHECKING

from vesseltrack.oil.volume import Barrels
from vesseltrack.reports.figures.harbours import bubble_scale
from vesseltrack.reports.figures.stays import ends, volume
from vesseltrack.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Port
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.placing import Disc

WIDTH_OF_AREA = 14 / 46**2
"""Width of an arc by the square of the radius of a bubble for as many barrels: 14 units where the radius is 46."""

THINNEST = 1.4
"""Width under which an arc could not be seen."""

BULGES = (0.16, -0.16, 0.32, -0.32)
"""How far an arc swings out, as a share of its length; to the right of its way first."""

Spot = tuple[float, float]


@dataclass(frozen=True)
class Route:
    """The deliveries of a year from one port to another."""

    start: Port
    end: Port
    deliveries: tuple[Delivery, ...]
    width: float
    """In proportion to the barrels, never thinner than can be seen."""

    barrels: Barrels

    @property
    def text(self) -> str:
        """The route in words."""
        voyages = count(len(self.deliveries), "voyage")
        return f"{self.start.name} to {self.end.name}: {voyages}, {volume(self.barrels)}"


@dataclass(frozen=True)
class Arc:
    """A quadratic curve, and the head of its arrow."""

    start: Spot
    control: Spot
    end: Spot
    head: tuple[Spot, Spot, Spot]

    def at(self, share: float) -> Spot:
        """The place after so much of the way."""
        return _on(self.start, self.control, self.end, share)


def routes(case: Case, status: CapStatus) -> tuple[Route, ...]:
    """Routes of the year, the most travelled first, so that thin arcs are drawn over wide ones."""
    scale = bubble_scale(case, status) ** 2 * WIDTH_OF_AREA
    found = []
    for start, end, deliveries in _pairs(status, case.ports):
        total = _total(deliveries)
        found.append(Route(start, end, deliveries, max(total.central * scale, THINNEST), total))
    return tuple(sorted(found, key=lambda one: (-one.width, one.start.id, one.end.id)))


def _pairs(status: CapStatus, ports: Iterable[Port]) -> list[tuple[Port, Port, tuple[Delivery, ...]]]:
    """Deliveries by the two ports between which they went."""
    by_pair: dict[tuple[str, str], tuple[Port, Port, list[Delivery]]] = {}
    for delivery in status.deliveries:
        start, end = ends(delivery, ports)
        if start is not None and end is not None and start.id != end.id:
            by_pair.setdefault((start.id, end.id), (start, end, []))[2].append(delivery)
    return [(start, end, tuple(found)) for start, end, found in by_pair.values()]


def _total(deliveries: Iterable[Delivery]) -> Barrels:
    total = Barrels(0.0, 0.0, 0.0)
    for delivery in deliveries:
        total += delivery.barrels
    return total


def arc(start: Disc, end: Disc, width: float, fits: Callable[[Spot], bool], at_sea: Callable[[Spot], bool]) -> Arc:
    """An arc from the edge of one disc to the edge of another, over water rather than land where it can.

    It is no track: nobody saw where the ship went.
    """
    one, other = (start.x, start.y), (end.x, end.y)
    across, down = other[0] - one[0], other[1] - one[1]

    def control(bulge: float) -> Spot:
        return (one[0] + other[0]) / 2 - down * bulge * 2, (one[1] + other[1]) / 2 + across * bulge * 2

    def dry(bulge: float) -> int:
        return sum(not at_sea(_on(one, control(bulge), other, step / 12)) for step in range(2, 11))

    inside = [bulge for bulge in BULGES if fits(control(bulge))] or [0.0]
    middle = control(min(inside, key=dry))
    first = next((s / 60 for s in range(30) if _away(_on(one, middle, other, s / 60), start) > 1), 0.5)
    last = next((1 - s / 60 for s in range(30) if _away(_on(one, middle, other, 1 - s / 60), end) > 2), 0.5)
    return _cut(one, middle, other, (first, last), 5 + 1.1 * width)


def _away(spot: Spot, disc: Disc) -> float:
    return hypot(spot[0] - disc.x, spot[1] - disc.y) - disc.radius


def _on(one: Spot, control: Spot, other: Spot, share: float) -> Spot:
    rest = 1 - share
    x, y = (
        rest * rest * a + 2 * rest * share * b + share * share * c for a, b, c in zip(one, control, other, strict=True)
    )
    return x, y


def _cut(one: Spot, control: Spot, other: Spot, shares: tuple[float, float], head: float) -> Arc:
    """The stretch of a curve between two shares of it, with an arrowhead at its end."""
    first, last = shares
    start, end = _on(one, control, other, first), _on(one, control, other, last)
    between = tuple(
        (1 - first) * (1 - last) * a + (first * (1 - last) + last * (1 - first)) * b + first * last * c
        for a, b, c in zip(one, control, other, strict=True)
    )
    angle = atan2(end[1] - between[1], end[0] - between[0])
    base = end[0] - head * cos(angle), end[1] - head * sin(angle)
    side = head * 0.5
    wings = (
        (base[0] - side * sin(angle), base[1] + side * cos(angle)),
        (base[0] + side * sin(angle), base[1] - side * cos(angle)),
    )
    return Arc(start, (between[0], between[1]), base, (wings[0], end, wings[1]))
