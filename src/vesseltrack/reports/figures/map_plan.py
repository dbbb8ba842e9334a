"""What the map of a year shows, where each thing stands, and what it cannot show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.reports.figures import coastline
from vesseltrack.reports.figures.harbours import discs, harbours
from vesseltrack.reports.figures.legend import WIDTH
from vesseltrack.reports.figures.map_words import missing_note, not_drawn
from vesseltrack.reports.figures.projection import window
from vesseltrack.reports.figures.routes import routes
from vesseltrack.reports.figures.stays import stays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Port
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.harbours import Harbour
    from vesseltrack.reports.figures.placing import Disc
    from vesseltrack.reports.figures.projection import Point, Window
    from vesseltrack.reports.figures.routes import Route
    from vesseltrack.reports.figures.stays import Stay

HEIGHTS = (520.0, 780.0)
"""Least and greatest height in units. From the very south to the very north of the coastline does not fit in."""

SMALLEST = 0.75
"""Scale, beside that of a map of the deliveries alone, under which a call without a delivery is left outside."""

MOST_AT_SEA = 500
"""Calls at sea that are drawn; of more, the first."""


@dataclass(frozen=True)
class Plan:
    """A map before it is drawn."""

    view: Window
    harbours: tuple[Harbour, ...]
    discs: tuple[Disc, ...]
    """Where the bubble of each harbour stands."""

    routes: tuple[Route, ...]
    """Those between ports that are on the map."""

    at_sea: tuple[Stay, ...]
    others: tuple[Port, ...]
    """Ports at which nothing happened, for orientation."""

    missing: tuple[str, ...]
    """What is not on the map, and why."""

    note: str
    """The same in a line."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.harbours and not self.at_sea

    @property
    def marks(self) -> int:
        """How many there are to draw."""
        return sum(len(one.stays) for one in self.harbours) + len(self.at_sea)


def plan(case: Case, status: CapStatus) -> Plan:
    """The map of a year; places outside the area of the coastline are missing rather than drawn wrongly."""
    found = stays(case, status)
    everywhere, sea = harbours(case, status, found), [stay for stay in found if stay.port is None]
    view = _view(everywhere, sea)
    shown = tuple(one for one in everywhere if one.point is not None and view.holds(one.point))
    at_sea = [stay for stay in sea if stay.point is not None and view.holds(stay.point)]
    ports = {one.port.id for one in shown}
    drawn = {id(stay) for stay in at_sea[:MOST_AT_SEA]}
    elsewhere = [one for one in everywhere if one.port.id not in ports]
    unplaced = [stay for stay in sea if id(stay) not in drawn]
    return Plan(
        view=view,
        harbours=shown,
        discs=tuple(discs(shown, view)),
        routes=tuple(one for one in routes(case, status) if {one.start.id, one.end.id} <= ports),
        at_sea=tuple(at_sea[:MOST_AT_SEA]),
        others=tuple(port for port in case.ports if port.id not in ports),
        missing=tuple(not_drawn(elsewhere, unplaced)),
        note=missing_note(elsewhere, unplaced),
    )


def _view(everywhere: Iterable[Harbour], sea: Iterable[Stay]) -> Window:
    """All that happened, or, where that would make the map of the deliveries much smaller, these alone."""
    oil: list[Point] = []
    rest: list[Point] = []
    for harbour in everywhere:
        if harbour.point is not None:
            (oil if harbour.deliveries else rest).append(harbour.point)
    for stay in sea:
        if stay.point is not None:
            (rest if stay.delivery is None else oil).append(stay.point)
    close, wide = (window(points, coastline.area(), WIDTH, HEIGHTS) for points in (oil, oil + rest))
    return wide if not oil or wide.scale >= SMALLEST * close.scale else close
