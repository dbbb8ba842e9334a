"""Names on the map: of the ports that are shown, of others for orientation, and how far a distance is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures.harbours import position
from vesseltrack.reports.figures.legend import NARROW, WIDE
from vesseltrack.reports.figures.lettering import shortened, width
from vesseltrack.reports.figures.lines import way
from vesseltrack.reports.figures.placing import Box, Disc, Wanted, labels, overlap
from vesseltrack.reports.wording import count
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.ports.model import Port
    from vesseltrack.reports.figures.harbours import Harbour
    from vesseltrack.reports.figures.map_plan import Plan
    from vesseltrack.reports.figures.projection import Window

LONGEST = 190.0
"""Units; a longer name is cut, and stands whole in the words of its port."""

NAMED = 60
"""Ports that must have a label, with a line to it where it is crowded; others have one where there is room."""

LINE = 1.22
"""Height of a line, in sizes of its letters."""

BOLD = 1.1
"""Width of a bold text beside a plain one."""

DISTANCES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def label_groups(planned: Plan, clear: Iterable[tuple[float, float]], only: str = "") -> str:
    """All names and the scale bar, in a size for wide pages and one for narrow ones, or ``only`` in one of them.

    No name stands on a spot that is to be ``clear``.
    """
    view = planned.view
    quiet = [
        (port, Disc(*view.at(point), 2.0, view.at(point)))
        for port in planned.others
        if (point := position(port)) is not None and port.harbour and view.holds(point)
    ]
    free = [(port, dot) for port, dot in quiet if not any(_inside(dot, disc) for disc in planned.discs)]
    taken = [disc.box for disc in planned.discs] + [(x - 3, y - 3, x + 3, y + 3) for x, y in clear]
    return "".join(
        svg.tag("g", _group(planned, free, taken, size), class_=f"vt-{name}", aria_hidden="true")
        for name, size in (("wide", WIDE), ("narrow", NARROW))
        if only in {"", name}
    )


def _inside(dot: Disc, disc: Disc) -> bool:
    return (dot.x - disc.x) ** 2 + (dot.y - disc.y) ** 2 < (disc.radius + 4) ** 2


def _group(planned: Plan, quiet: Sequence[tuple[Port, Disc]], taken: Sequence[Box], size: float) -> str:
    bar, bar_box = _scale_bar(planned.view, taken, size)
    texts = [_lines(harbour, size) for harbour in planned.harbours]
    wanted = [
        _wanted(disc, lines, size, must=number < NAMED)
        for number, (disc, lines) in enumerate(zip(planned.discs, texts, strict=True))
    ]
    others = quiet if size == WIDE else ()
    names = [(shortened(port.name, LONGEST, size),) for port, _ in others]
    wanted += [_wanted(dot, lines, size, must=False) for (_, dot), lines in zip(others, names, strict=True)]
    places = labels(wanted, [*taken, bar_box], planned.view.width, planned.view.height)
    drawn = [bar]
    for number, (one, lines, box) in enumerate(zip(wanted, [*texts, *names], places, strict=True)):
        if box is not None:
            drawn.append(_label(one, lines, box, size, quiet=number >= len(texts)))
    return "".join(drawn)


def _lines(harbour: Harbour, size: float) -> tuple[str, ...]:
    """Name and range; on narrow pages the name alone, as the words of the port say the rest."""
    name = shortened(harbour.port.name, LONGEST, size)
    if size == NARROW:
        return (name,)
    volume = harbour.barrels
    if volume.high:
        return name, f"{barrels(volume.central)} bbl", f"({barrels(volume.low)}–{barrels(volume.high)})"
    return name, count(len(harbour.stays) + harbour.more, "call")


def _wanted(disc: Disc, lines: Sequence[str], size: float, *, must: bool) -> Wanted:
    return Wanted(disc, max(width(line, size) for line in lines) * BOLD, len(lines) * size * LINE, must)


def _label(one: Wanted, lines: Sequence[str], box: Box, size: float, *, quiet: bool) -> str:
    """The lines of a label, flush with the side that its disc is on."""
    left, top, right, bottom = box
    disc = one.disc
    if left >= disc.x:
        x, anchor = left, None
    elif right <= disc.x:
        x, anchor = right, "end"
    else:
        x, anchor = (left + right) / 2, "middle"
    drawn = []
    near = min(max(disc.x, left), right), min(max(disc.y, top), bottom)
    away = ((near[0] - disc.x) ** 2 + (near[1] - disc.y) ** 2) ** 0.5
    if away > disc.radius + 9:
        share = disc.radius / away
        edge = disc.x + (near[0] - disc.x) * share, disc.y + (near[1] - disc.y) * share
        drawn.append(svg.tag("path", class_="leader none", d=way((edge, near))))
    if quiet:
        drawn.append(svg.tag("rect", class_="dot", x=disc.x - 1.5, y=disc.y - 1.5, width=3.0, height=3.0))
    for number, line in enumerate(lines):
        class_ = "halo quiet" if quiet or number else "halo strong"
        y = top + size * (0.98 + LINE * number)
        drawn.append(svg.tag("text", svg.words(line), class_=class_, x=x, y=y, text_anchor=anchor))
    return "".join(drawn)


def _scale_bar(view: Window, taken: Sequence[Box], size: float) -> tuple[str, Box]:
    """A bar of a round distance, in a corner that no port lies in, true half-way up the map."""
    fitting = [km for km in DISTANCES_KM if km * view.units_per_km <= 0.16 * view.width]
    km = fitting[-1] if fitting else DISTANCES_KM[0]
    length, text = km * view.units_per_km, f"{km:,} km"
    wide, high = length + 8 + width(text, size), size * 1.6
    corners = [
        (x, y, x + wide, y + high)
        for y in (view.height - high - 8, 8.0)
        for x in (12.0, view.width - wide - 12)
    ]  # fmt: skip
    box = next((one for one in corners if not any(overlap(one, other) for other in taken)), corners[0])
    x, y = box[0], (box[1] + box[3]) / 2
    ends = way(((x, y - 4), (x, y), (x + length, y), (x + length, y - 4)))
    bar = svg.tag("path", class_="bar none", d=ends)
    return bar + svg.tag("text", text, class_="halo", x=x + length + 7, y=y + size * 0.35), box
