"""What the map says in words: its title, what stands on it, what is not drawn and why, and its legend."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures import coastline
from vesseltrack.reports.figures.legend import Key
from vesseltrack.reports.figures.lines import way
from vesseltrack.reports.figures.marks import SHAPES, shape
from vesseltrack.reports.wording import count
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.reports.figures.harbours import Harbour
    from vesseltrack.reports.figures.routes import Route
    from vesseltrack.reports.figures.stays import Stay

NAMED = 8
"""Ports named under the map."""

MOST = 40
"""Places named one by one in the text alternative; of more, how many there are."""


def title(year: int) -> str:
    """The map in a line."""
    return f"Map of {year}: ports with the barrels loaded and landed there, calls, and voyages"


def description(shown: Sequence[Harbour], lines: Sequence[Route], missing: Sequence[str]) -> str:
    """All that the map shows, in words, and all that it does not."""
    said = [_listed("Ports", [one.text for one in shown]), _listed("Voyages", [one.text for one in lines])]
    said += [_listed("Not drawn", missing)]
    return " ".join(part for part in said if part)


def _listed(what: str, items: Sequence[str]) -> str:
    more = f"; and {len(items) - MOST:,} more" if len(items) > MOST else ""
    return f"{what}: {'; '.join(items[:MOST])}{more}." if items else ""


def not_drawn(elsewhere: Iterable[Harbour], unplaced: Iterable[Stay]) -> list[str]:
    """Places that are not on the map, and what is known to have happened there."""
    said = []
    for harbour in elsewhere:
        why = "its position is not known" if harbour.point is None else "it lies outside the map"
        said.append(f"{harbour.text} ({why})")
    at_sea = Counter(stay.place for stay in unplaced)
    return said + [
        f"{place}: {count(number, 'call')} without a position on the map" for place, number in at_sea.items()
    ]


def missing_note(elsewhere: Sequence[Harbour], unplaced: Sequence[Stay]) -> str:
    """The same in a line: ports by name, calls at sea by their number."""
    names = [one.port.name for one in elsewhere[:NAMED]]
    names += [f"{len(elsewhere) - NAMED:,} more ports"] if len(elsewhere) > NAMED else []
    names += [f"{count(len(unplaced), 'call')} at sea"] if unplaced else []
    return f"Not on the map, being outside it or without a position: {', '.join(names)}." if names else ""


def keys(shown: Sequence[Harbour], lines: Sequence[Route], at_sea: Sequence[Stay]) -> list[Key]:
    """Samples for what is on the map, and no others."""
    found = []
    most = max((one for one in shown), key=lambda one: one.barrels.central, default=None)
    if most is not None and most.radius:
        small, large = (round_volume(most.barrels.central * share) for share in (0.06, 0.4))
        found.append(_bubble(small, most.scale, barrels(small)))
        found.append(_bubble(large, most.scale, f"{barrels(large)} barrels, loaded or landed"))
    if any(one.barrels.high for one in shown):
        ring = svg.tag("circle", class_="high none", cx=0.0, cy=0.0, r=9.0)
        found.append(Key(ring, 18, 18, "high estimate"))
    if lines:
        found.append(_route(max(lines, key=lambda one: one.width)))
    stays = [*(stay for one in shown for stay in one.stays), *at_sea]
    seen = {stay.ais if stay.ais in {"off", "doubtful"} else "on" for stay in stays}
    found += [Key(shape(ais, 0, 0, 4.2), 12, 12, words) for ais, words in SHAPES if ais in seen]
    if any(stay.delivery is None for stay in stays):
        sample = shape("off", -5, 0, 3.3, bare=True) + shape("on", 5, 0, 3.3, bare=True)
        found.append(Key(sample, 20, 12, "call without a delivery"))
    return found


def _bubble(volume: float, scale: float, words: str) -> Key:
    radius = scale * sqrt(volume)
    return Key(svg.tag("circle", class_="bubble", cx=0.0, cy=0.0, r=radius), 2 * radius, 2 * radius, words)


def _route(widest: Route) -> Key:
    reach = 2.5 + widest.width / 2
    line = svg.tag("path", class_="route none", d="M-18 0h27", stroke_width=widest.width)
    head = svg.tag("path", class_="head", d=way(((8, -reach), (19, 0), (8, reach)), closed=True))
    words = f"{barrels(widest.barrels.central)} barrels from port to port: an arc, not a track"
    return Key(line + head, 38, 2 * reach, words)


def round_volume(volume: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 … below a volume."""
    power = 1.0
    while volume >= 10 * power:
        power *= 10
    return max((step * power for step in (1, 2, 5) if step * power <= volume), default=power)


def notes(missing: str) -> list[str]:
    """Sentences under the map."""
    outlines = "Dashed outlines of ports are those that sightings were placed by."
    return [part for part in (missing, f"{outlines} {coastline.CREDIT} {coastline.BORDERS}") if part]
