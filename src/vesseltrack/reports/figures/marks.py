"""Marks of stays: their shape says whether the ship sent AIS, whatever the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures.lettering import title
from vesseltrack.reports.figures.lines import way

if TYPE_CHECKING:
    from vesseltrack.reports.figures.stays import Ais, Stay

SHAPES: tuple[tuple[Ais, str], ...] = (
    ("off", "AIS off"),
    ("doubtful", "AIS on and off, or falsified"),
    ("on", "AIS on, or not known"),
)
"""Filled diamond, hollow diamond, hollow circle; the words stand in the legend."""

MARK_RULES = """
.vt-figure .off{fill:var(--ink);stroke:var(--paper)}
.vt-figure .doubtful,.vt-figure .seen{fill:var(--paper);stroke:var(--ink)}
.vt-figure .off,.vt-figure .doubtful,.vt-figure .seen{stroke-width:.9;vector-effect:none}
.vt-figure .bare.off{fill:var(--fence)}
.vt-figure .bare.doubtful,.vt-figure .bare.seen{stroke:var(--fence)}
.vt-figure .fine .off{stroke-width:.2}
.vt-figure .fine .doubtful,.vt-figure .fine .seen{stroke-width:.5}
"""

BARE = 0.78
"""Size of the mark of a call without a delivery, beside one with a delivery."""


def shape(ais: Ais, x: float, y: float, size: float, *inside: str, bare: bool = False, **said: str | None) -> str:
    """The mark of a stay around a point: a diamond where the AIS was off or doubtful, else a circle."""
    kind = ais if ais in {"off", "doubtful"} else "seen"
    class_ = f"{kind} bare" if bare else kind
    if kind == "seen":
        return svg.tag("circle", *inside, class_=class_, cx=x, cy=y, r=size, **said)
    reach = size * 1.2
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return svg.tag("path", *inside, class_=class_, d=way(corners, closed=True), **said)


CROWD = 400
"""Marks from which on each says less in words, so that a full year can still be mailed."""


def mark(stay: Stay, x: float, y: float, size: float, text: str, around: str = "") -> str:
    """The mark of a stay, with words; of a delivery's, with the delivery's id.

    What is drawn ``around`` a mark shares its words and its id.
    """
    bare = stay.delivery is None
    delivery = None if stay.delivery is None else stay.delivery.id
    said = title(text)
    radius = size * BARE if bare else size
    if around:
        return svg.tag("g", said, around, shape(stay.ais, x, y, radius, bare=bare), data_delivery=delivery)
    return shape(stay.ais, x, y, radius, said, bare=bare, data_delivery=delivery)
