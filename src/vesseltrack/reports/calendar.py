"""The ships' calendars of a year: where each tanker was seen, a row a ship, with its AIS and its voyages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures.calendar_plan import codes, left_out, rows
from vesseltrack.reports.figures.calendar_rows import BAR, CODE, CODE_NARROW, HEAD, NAME_NARROW, Axis, months, row
from vesseltrack.reports.figures.document import document
from vesseltrack.reports.figures.legend import FIGURE_RULES, LIT_RULES, SIZES_RULES, WIDE, WIDTH, Key, both, legend
from vesseltrack.reports.figures.lettering import title
from vesseltrack.reports.figures.marks import CROWD, MARK_RULES, SHAPES, shape
from vesseltrack.reports.figures.palette import PALETTE_CSS
from vesseltrack.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.calendar_plan import Row

MOST_ROWS = 60
"""Ships that are drawn; of more, the note says what they brought."""

TOLD = 20
"""Ships that the description of the whole names; the others are described in their rows."""

CALENDAR_RULES = f"""
.vt-figure .month{{stroke:var(--grid);stroke-width:1}}
.vt-figure .rule{{stroke:var(--grid);stroke-width:.7}}
.vt-figure .line{{stroke:var(--coast);stroke-width:1}}
.vt-figure .stay{{fill:var(--accent);fill-opacity:.45;stroke:var(--accent);stroke-width:.8}}
.vt-figure .span{{stroke:var(--accent);stroke-width:1.3}}
.vt-figure .dark.stay{{stroke:var(--ink);stroke-dasharray:2 1.5}}
.vt-figure .dark.span{{stroke:var(--ink);stroke-dasharray:3 2}}
.vt-figure .voyage{{stroke:var(--bad);stroke-width:2.5}}
.vt-figure .code text{{font-size:{CODE}px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}}
.vt-figure .vt-narrow .code text{{font-size:{CODE_NARROW}px}}
.vt-figure .vt-narrow .name{{font-size:{NAME_NARROW}px}}
"""

CALENDAR_SIZES = f"""
@media (max-width:640px){{
.vt-figure .vt-narrow .code text{{font-size:{CODE_NARROW}px}}
.vt-figure .vt-narrow text.name{{font-size:{NAME_NARROW}px}}
}}
"""

CALENDAR_CSS = PALETTE_CSS + FIGURE_RULES + MARK_RULES + CALENDAR_RULES + SIZES_RULES + CALENDAR_SIZES + LIT_RULES
"""For a page that holds the calendars; all of it is under ``.vt-figure``, and goes well with ``MAP_CSS``."""


def calendar_figure(case: Case, status: CapStatus) -> str:
    """The calendars of a year for a page: one ``div`` with the rows and their legend; `CALENDAR_CSS` goes with it.

    What belongs to a delivery has ``data-delivery``; rows can be reached by keyboard.
    """
    found = rows(case, status)
    if not found:
        return svg.tag("div", _sentence(status.year), class_="vt-figure vt-calendar")
    drawn, _ = _calendar(found, status.year, ("wide", "narrow"))
    return svg.tag("div", drawn, both(*_key(found)), class_="vt-figure vt-calendar")


def calendar_document(case: Case, status: CapStatus) -> str:
    """The same as an SVG file of its own, in light colours, for any viewer."""
    rules = FIGURE_RULES + MARK_RULES + CALENDAR_RULES
    found = rows(case, status)
    if not found:
        return document(_sentence(status.year), 40.0, rules)
    drawn, top = _calendar(found, status.year, ("wide",))
    under, height = legend(*_key(found), WIDE)
    below = svg.tag("g", under, transform=f"translate(0 {svg.number(top + 6)})")
    return document(drawn + below, top + 6 + height, rules)


def _calendar(found: Sequence[Row], year: int, sizes: Sequence[str]) -> tuple[str, float]:
    """The rows under their months, and how high they are."""
    shown = found[:MOST_ROWS]
    axis = Axis(year, codes(stay for one in shown for stay in one.stays))
    full = sum(len(one.stays) for one in shown) <= CROWD
    top, drawn = HEAD, []
    for one in shown:
        text, top = row(one, axis, top, sizes, full=full)
        drawn.append(text)
    headline = f"Calendars of {year}: where each tanker was seen, and whether it sent AIS"
    said = " ".join(f"{one.text}." for one in shown[:TOLD]) + _rest(found)
    parts = (title(headline), svg.tag("desc", svg.words(said)), months(axis, top, sizes), *drawn)
    box = f"0 0 {svg.number(WIDTH)} {svg.number(top)}"
    size = {"width": WIDTH, "height": top} if len(sizes) == 1 else {}
    return svg.tag("svg", *parts, viewBox=box, role="group", aria_label=headline, **size), top


def _rest(found: Sequence[Row]) -> str:
    """Ships that the description does not name."""
    more = len(found) - TOLD
    return f" {count(more, 'more ship')}, each described in its row." if more > 0 else ""


def _key(found: Sequence[Row]) -> tuple[list[Key], list[str]]:
    """Samples, and what the codes mean."""
    shown = [stay for one in found[:MOST_ROWS] for stay in one.stays]
    axis = svg.tag("path", class_="line none", d="M-12 0h24")

    def bar(y: float) -> str:
        return axis + svg.tag("rect", class_="stay", x=-6.0, y=y - BAR / 2, width=12.0, height=BAR)

    keys = [
        Key(bar(-5), 24, 16, "loading, above the line"),
        Key(bar(5), 24, 16, "discharging, below it"),
        Key(bar(0), 24, 16, "other call, on it"),
        Key(svg.tag("path", class_="span none", d="M-12-3v6m0-3H12m0-3v6"), 24, 10, "some day between"),
        Key(svg.tag("path", class_="voyage none", d="M-12 0h24"), 24, 10, "voyage"),
        *(Key(shape(ais, 0, 0, 4.2), 12, 12, words) for ais, words in SHAPES),
    ]
    ports = {stay.port.id: stay.port.name for stay in shown if stay.port is not None}
    named = [f"{code} {ports[port]}" for port, code in codes(shown).items()]
    named += ["sea: at sea"] if any(stay.port is None for stay in shown) else []
    notes = [f"Ports: {', '.join(named)}."] if named else []
    rest = found[MOST_ROWS:]
    return keys, [*([left_out(rest)] if rest else []), *notes]


def _sentence(year: int) -> str:
    """In the place of the calendars, where there is nobody to draw."""
    text = svg.tag("text", f"{year}: no call of a tanker is known, so no calendar is drawn.", x=0.0, y=26.0)
    return svg.tag("svg", title(f"Calendars of {year}"), text, viewBox=f"0 0 {svg.number(WIDTH)} 40", role="group")
