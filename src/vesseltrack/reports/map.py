"""The map of a year: ports with their barrels, calls, and voyages as arcs, as SVG drawn here.

Natural Earth's coast at 1:10m is a picture and never used for geofencing; no border and no name of a sea is drawn.
Voyages are arcs from port to port, not tracks.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures import coastline, map_words
from vesseltrack.reports.figures.document import document
from vesseltrack.reports.figures.legend import FIGURE_RULES, LIT_RULES, SIZES_RULES, WIDE, WIDTH, both, legend
from vesseltrack.reports.figures.lettering import title
from vesseltrack.reports.figures.lines import way
from vesseltrack.reports.figures.map_labels import label_groups
from vesseltrack.reports.figures.map_plan import plan
from vesseltrack.reports.figures.marks import CROWD, MARK_RULES, mark
from vesseltrack.reports.figures.palette import PALETTE_CSS
from vesseltrack.reports.figures.placing import sunflower
from vesseltrack.reports.figures.routes import arc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.harbours import Harbour
    from vesseltrack.reports.figures.map_plan import Plan
    from vesseltrack.reports.figures.placing import Disc
    from vesseltrack.reports.figures.routes import Arc

SIZE = 0.34
"""Radius of a mark, as a share of the distance between marks."""

AT_SEA = 3.0
"""Radius of a mark at sea."""

CLEAR = 24
"""Routes that names keep clear of; with more, the map would have no room for names."""

MAP_RULES = """
.vt-figure .water{fill:var(--water)}
.vt-figure .land{fill:var(--land);stroke:var(--coast);stroke-width:.8}
.vt-figure .fence{fill:none;stroke:var(--fence);stroke-width:.7;stroke-dasharray:2 2}
.vt-figure .bubble{fill:var(--accent);fill-opacity:.3;stroke:var(--accent);stroke-width:1.3}
.vt-figure .high{stroke:var(--accent);stroke-width:1;stroke-dasharray:3 3}
.vt-figure .route{stroke:var(--bad);vector-effect:none}
.vt-figure .head{fill:var(--bad)}
.vt-figure .leader{stroke:var(--muted);stroke-width:1}
.vt-figure .dot{fill:var(--muted)}
.vt-figure .bar{stroke:var(--ink);stroke-width:1.4}
"""

MAP_CSS = PALETTE_CSS + FIGURE_RULES + MARK_RULES + MAP_RULES + SIZES_RULES + LIT_RULES
"""For a page that holds the map; all of it is under ``.vt-figure``. What is given the class ``lit`` stands out."""


def map_figure(case: Case, status: CapStatus) -> str:
    """The map of a year for a page: one ``div`` with the map and, under it, its legend; `MAP_CSS` goes with it.

    Marks of deliveries have ``data-delivery``, arcs that of all their deliveries with spaces between, ports
    ``data-port``; ports and arcs can be reached by keyboard. No element has an id, so that several years can stand on
    one page.
    """
    planned = plan(case, status)
    if planned.empty:
        return svg.tag("div", _sentence(planned, status.year), class_="vt-figure vt-map")
    key = both(map_words.keys(planned.harbours, planned.routes, planned.at_sea), map_words.notes(planned.note))
    return svg.tag("div", _map(planned, status.year, ""), key, class_="vt-figure vt-map")


def map_document(case: Case, status: CapStatus) -> str:
    """The same as an SVG file of its own, in light colours, for any viewer."""
    planned = plan(case, status)
    rules = FIGURE_RULES + MARK_RULES + MAP_RULES
    if planned.empty:
        return document(_sentence(planned, status.year), 40.0, rules)
    under, height = legend(
        map_words.keys(planned.harbours, planned.routes, planned.at_sea), map_words.notes(planned.note), WIDE
    )
    top = planned.view.height + 6
    below = svg.tag("g", under, transform=f"translate(0 {svg.number(top)})")
    return document(_map(planned, status.year, "wide") + below, top + height, rules)


def _map(planned: Plan, year: int, only: str) -> str:
    """The map itself; ``only`` one of the sizes of its names, or both for a page to choose from."""
    view = planned.view
    arcs = _arcs(planned)
    parts = (
        title(map_words.title(year)),
        svg.tag("desc", svg.words(map_words.description(planned.harbours, planned.routes, planned.missing))),
        svg.tag("rect", class_="water", x=0.0, y=0.0, width=view.width, height=view.height),
        svg.tag("path", class_="land", d=coastline.land(view)),
        svg.tag("path", class_="fence", d="".join(_fences(planned))),
        *_lines(planned, arcs),
        *(_home(disc) for disc in planned.discs if disc.moved),
        *_ports(planned),
        *(mark(stay, *view.at(stay.point), AT_SEA, stay.text) for stay in planned.at_sea if stay.point is not None),
        label_groups(planned, [curve.at(step / 20) for curve in arcs[:CLEAR] for step in range(21)], only),
    )  # fmt: skip
    box = f"0 0 {svg.number(view.width)} {svg.number(view.height)}"
    size = {"width": view.width, "height": view.height} if only else {}
    return svg.tag("svg", *parts, viewBox=box, role="group", aria_label=map_words.title(year), **size)


def _fences(planned: Plan) -> Iterator[str]:
    """Outlines of ports and facilities, those by which sightings were placed."""
    for port in (*(one.port for one in planned.harbours), *planned.others):
        for outline in (port.outline, *(facility.outline for facility in port.facilities)):
            if outline is not None:
                yield coastline.fence(outline, planned.view)


def _arcs(planned: Plan) -> list[Arc]:
    """The curve of each route."""
    at = {one.port.id: disc for one, disc in zip(planned.harbours, planned.discs, strict=True)}
    view = planned.view

    def fits(spot: tuple[float, float]) -> bool:
        return 0 <= spot[0] <= view.width and 0 <= spot[1] <= view.height

    def at_sea(spot: tuple[float, float]) -> bool:
        return coastline.at_sea(view, spot)

    return [arc(at[one.start.id], at[one.end.id], one.width, fits, at_sea) for one in planned.routes]


def _lines(planned: Plan, arcs: Sequence[Arc]) -> Iterator[str]:
    """Arcs of the routes; all deliveries of a route share its arc."""
    for route, curve in zip(planned.routes, arcs, strict=True):
        (x, y), (cx, cy), (ex, ey) = curve.start, curve.control, curve.end
        bent = f"M{svg.number(x)} {svg.number(y)}Q{svg.number(cx)} {svg.number(cy)} {svg.number(ex)} {svg.number(ey)}"
        line = svg.tag("path", class_="route none", d=bent, stroke_width=route.width)
        head = svg.tag("path", class_="head", d=way(curve.head, closed=True))
        yield svg.tag(
            "g", title(route.text), line, head,
            data_delivery=" ".join(one.id for one in route.deliveries), tabindex="0", role="img", aria_label=route.text,
        )  # fmt: skip


def _home(disc: Disc) -> str:
    """Where a port really lies, and a line to where its bubble found room."""
    (x, y), far = disc.home, sqrt((disc.x - disc.home[0]) ** 2 + (disc.y - disc.home[1]) ** 2)
    spot = svg.tag("rect", class_="dot", x=x - 1.5, y=y - 1.5, width=3.0, height=3.0)
    if far <= disc.radius:
        return spot
    share = 1 - disc.radius / far
    edge = x + (disc.x - x) * share, y + (disc.y - y) * share
    return svg.tag("path", class_="leader none", d=way((disc.home, edge))) + spot


def _ports(planned: Plan) -> Iterator[str]:
    """Bubbles and marks of all ports."""
    for harbour, disc in zip(planned.harbours, planned.discs, strict=True):
        yield _port(harbour, disc, brief=planned.marks > CROWD)


def _port(harbour: Harbour, disc: Disc, *, brief: bool) -> str:
    """Bubble and marks of a port."""
    bubble = ""
    if harbour.barrels.high:
        bubble = svg.tag("circle", class_="high none", cx=disc.x, cy=disc.y, r=harbour.high_radius)
    if harbour.radius:
        bubble += svg.tag("circle", class_="bubble", cx=disc.x, cy=disc.y, r=harbour.radius)
    places = sunflower(len(harbour.stays), harbour.apart)
    marks = [
        mark(stay, disc.x + x, disc.y + y, SIZE * harbour.apart, stay.brief if brief else stay.text)
        for stay, (x, y) in zip(harbour.stays, places, strict=True)
    ]
    inside = svg.tag("g", *marks, class_="fine") if harbour.apart < 4 else "".join(marks)
    return svg.tag(
        "g", title(harbour.text), bubble, inside,
        data_port=harbour.port.id, tabindex="0", role="img", aria_label=harbour.text,
    )  # fmt: skip


def _sentence(planned: Plan, year: int) -> str:
    """In the place of a map, where there is nothing to draw."""
    why = "no position is known of any call or delivery" if planned.missing else "no call and no delivery is known"
    text = svg.tag("text", svg.words(f"{year}: {why}, so no map is drawn."), x=0.0, y=26.0)
    said = map_words.description((), (), planned.missing)
    desc = svg.tag("desc", svg.words(said)) if said else ""
    box = f"0 0 {svg.number(WIDTH)} 40"
    return svg.tag("svg", title(map_words.title(year)), desc, text, viewBox=box, role="group")
