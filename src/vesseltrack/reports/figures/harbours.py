"""Ports as the map shows them: what was loaded and landed there in a year, and where their bubbles stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING

from vesseltrack.oil.volume import Barrels
from vesseltrack.reports.figures.placing import Disc, pushed_apart, sunflower_radius
from vesseltrack.reports.figures.stays import ends, volume
from vesseltrack.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Port
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.projection import Point, Window
    from vesseltrack.reports.figures.stays import Stay

LARGEST = 46.0
"""Radius, in units of the picture, that no port's bubble exceeds in any year of the case."""

ALTOGETHER = 26_000.0
"""Square units that the bubbles of a year cover at most, so that ports stay where they belong."""

APART = (2.3, 9.0)
"""Least and greatest distance between the marks of a port."""

HOLD = 10.0
"""Radius within which the marks of a port with few barrels stay where they can."""

MOST_CALLS = 300
"""Calls without a delivery that are drawn at one port; of more, the first, and the port says so."""

_NONE = Barrels(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Harbour:
    """A port that something happened at."""

    port: Port
    point: Point | None
    stays: tuple[Stay, ...]
    """In order of time; those of deliveries, and of the others the first so many."""

    more: int
    """Calls that are not drawn."""

    loaded: Barrels
    landed: Barrels
    deliveries: int
    scale: float
    """Radius of a bubble of one barrel."""

    @property
    def barrels(self) -> Barrels:
        """Loaded and landed together."""
        return self.loaded + self.landed

    @property
    def radius(self) -> float:
        """Of the bubble, whose area is in proportion to the central estimate."""
        return self.scale * sqrt(self.barrels.central)

    @property
    def high_radius(self) -> float:
        """Of the ring around the bubble, for the high estimate."""
        return self.scale * sqrt(self.barrels.high)

    @property
    def apart(self) -> float:
        """Distance between marks, so that they stay within the bubble where they can."""
        most = max(self.radius - 1.5, HOLD) / sunflower_radius(max(len(self.stays), 1), 1.0)
        return min(max(most, APART[0]), APART[1])

    @property
    def room(self) -> float:
        """Radius that the bubble and its marks take up."""
        return max(self.radius, sunflower_radius(len(self.stays), self.apart), 3.0)

    @property
    def text(self) -> str:
        """The port in words."""
        said = [f"{what} {volume(of)}" for what, of in (("loaded", self.loaded), ("landed", self.landed)) if of.high]
        said += [count(self.deliveries, "delivery", "deliveries")] if self.deliveries else []
        calls = sum(stay.delivery is None for stay in self.stays) + self.more
        said += [f"{count(calls, 'call')} without a delivery"] if calls else []
        said += [f"of which {self.more:,} are not drawn"] if self.more else []
        return f"{self.port.name}: {'; '.join(said)}"


def harbours(case: Case, status: CapStatus, found: Iterable[Stay]) -> tuple[Harbour, ...]:
    """Ports with a stay or a delivery in the year: most barrels first, then most stays, then by name."""
    scale = bubble_scale(case, status)
    at: defaultdict[str, list[Stay]] = defaultdict(list)
    ports: dict[str, Port] = {}
    for stay in found:
        if stay.port is not None:
            at[stay.port.id].append(stay)
            ports.setdefault(stay.port.id, stay.port)
    loaded, landed = volumes(status, case.ports)
    built = [_harbour(ports[key], at[key], loaded, landed, scale) for key in ports]
    return tuple(sorted(built, key=lambda one: (-one.barrels.central, -len(one.stays), one.port.name, one.port.id)))


def _harbour(
    port: Port, stays: Sequence[Stay], loaded: dict[str, Barrels], landed: dict[str, Barrels], scale: float
) -> Harbour:
    others = [stay for stay in stays if stay.delivery is None]
    left_out = {id(stay) for stay in others[MOST_CALLS:]}
    return Harbour(
        port=port,
        point=position(port),
        stays=tuple(stay for stay in stays if id(stay) not in left_out),
        more=len(left_out),
        loaded=loaded.get(port.id, _NONE),
        landed=landed.get(port.id, _NONE),
        deliveries=len({stay.delivery.id for stay in stays if stay.delivery is not None}),
        scale=scale,
    )


def volumes(status: CapStatus, ports: Iterable[Port]) -> tuple[dict[str, Barrels], dict[str, Barrels]]:
    """By port, what the deliveries of the year loaded there, and what they landed."""
    sums: tuple[dict[str, Barrels], dict[str, Barrels]] = {}, {}
    for delivery in status.deliveries:
        for side, port in zip(sums, ends(delivery, ports), strict=True):
            if port is not None:
                side[port.id] = side.get(port.id, _NONE) + delivery.barrels
    return sums


def bubble_scale(case: Case, status: CapStatus) -> float:
    """Radius of a bubble of one barrel: the same for all years of the case, so that they can be compared.

    The ring of a high estimate is never more than twice as wide as the widest bubble may be.
    """
    most, altogether = 1.0, 1.0
    for one in (status, *(year for year in case.years if year is not status)):
        loaded, landed = volumes(one, case.ports)
        both = [loaded.get(port, _NONE) + landed.get(port, _NONE) for port in {**loaded, **landed}]
        most = max([most, *(max(barrels.central, barrels.high / 4) for barrels in both)])
        altogether = max(altogether, sum(barrels.central for barrels in both))
    return min(LARGEST / sqrt(most), sqrt(ALTOGETHER / pi / altogether))


def position(port: Port) -> Point | None:
    """Latitude, longitude of a port: its point, else the middle of its outline or of a facility's."""
    if port.point is not None:
        return port.point
    outlines = (port.outline, *(facility.outline for facility in port.facilities))
    return next((outline.centre for outline in outlines if outline is not None), None)


def discs(shown: Sequence[Harbour], view: Window) -> list[Disc]:
    """Where the bubbles of ports stand, pushed apart where they would cover each other."""
    homes = [view.at(one.point) for one in shown if one.point is not None]
    crowd = [Disc(*home, one.room, home, one.high_radius) for one, home in zip(shown, homes, strict=True)]
    return pushed_apart(crowd, 3.0, view.width, view.height)
