"""Rows of the calendars: months across, each stay a bar or a thin line with the mark of its AIS, voyages between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.figures.calendar_plan import first_day, lanes, voyages
from vesseltrack.reports.figures.legend import WIDE, WIDTH
from vesseltrack.reports.figures.lettering import shortened, title, width
from vesseltrack.reports.figures.marks import mark
from vesseltrack.reports.figures.placing import Box, overlap
from vesseltrack.reports.figures.stays import volume
from vesseltrack.reports.wording import berth
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vesseltrack.oil.model import Delivery
    from vesseltrack.reports.figures.calendar_plan import Placed, Row
    from vesseltrack.reports.figures.stays import Stay

NAMES = 196.0
"""Units for names; the rest is the year."""

RIGHT = 12.0
"""Units free behind the year."""

HEAD = 26.0
"""Height of the months' names."""

LANE = 9.5
"""Height of a lane of a row."""

BAR = 6.0
"""Height of a bar."""

MARK = 3.3
"""Radius of a mark."""

CODE, CODE_NARROW = 10.5, 17.0
"""Size of the ports' codes on wide and on narrow pages."""

NAME_NARROW = 18.0
"""Size of ships' names on narrow pages."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

MOST_CODES = 150
"""Stays of a row beyond which none has a code beside it: there would be no room."""


@dataclass(frozen=True)
class Axis:
    """A year from left to right."""

    year: int
    codes: Mapping[str, str]
    """Short code of each port, by its id."""

    def x(self, when: datetime) -> float:
        """Where an instant lies; before the year at its beginning, after it at its end."""
        first = first_day(self.year)
        share = (when - first) / (first_day(self.year + 1) - first)
        return NAMES + min(max(share, 0.0), 1.0) * (WIDTH - RIGHT - NAMES)

    def across(self, stay: Stay) -> tuple[float, float, float]:
        """First instant, middle and last instant of a stay."""
        first, last = self.x(stay.first), self.x(stay.last)
        return first, (first + last) / 2, last

    def code(self, stay: Stay) -> str:
        """The port's code, ``sea`` where there is no port."""
        return self.codes[stay.port.id] if stay.port is not None else "sea"

    def reach(self, stay: Stay) -> tuple[float, float]:
        """From the first unit that a stay takes up to the last, its code included."""
        first, middle, last = self.across(stay)
        return min(first, middle - MARK), max(last, middle + MARK) + 3 + width(self.code(stay), CODE)


def months(axis: Axis, bottom: float, sizes: Sequence[str]) -> str:
    """A line at the beginning of each month, and the months' names, or their first letters where it is narrow."""
    starts = [axis.x(datetime(axis.year, month, 1)) for month in range(1, 13)]  # noqa: DTZ001 - naive UTC
    ends = [*starts, WIDTH - RIGHT]
    lines = "".join(f"M{svg.number(x)} {svg.number(HEAD - 4)}V{svg.number(bottom)}" for x in ends)
    drawn = svg.tag("path", class_="month none", d=lines)
    for size in sizes:
        names = [
            svg.tag("text", name[: None if size == "wide" else 1], class_="quiet", x=(start + end) / 2, y=HEAD - 9)
            for name, (start, end) in zip(MONTHS, pairwise(ends), strict=True)
        ]
        drawn += svg.tag("g", *names, class_=f"vt-{size}", text_anchor="middle", aria_hidden="true")
    return drawn


def row(of: Row, axis: Axis, top: float, sizes: Sequence[str], *, full: bool) -> tuple[str, float]:
    """A row that begins at a height, and where it ends; ``full`` where each mark can say all that is known of it."""
    placed = lanes(of, axis.reach)
    line = top + max([1, *(one.lane for one in placed)]) * LANE + 8
    bottom = line + max([1, *(-one.lane for one in placed)]) * LANE + 8
    rule = svg.tag("path", class_="rule none", d=f"M0 {svg.number(bottom)}H{svg.number(WIDTH - RIGHT)}")
    base = svg.tag("path", class_="line none", d=f"M{svg.number(NAMES)} {svg.number(line)}H{svg.number(WIDTH - RIGHT)}")
    ways = [_voyage(of.name, *one, axis, line, full=full) for one in voyages(of)]
    stays = [_stay(one.stay, line - one.lane * LANE, axis, full=full) for one in placed]
    words = ""
    for size in sizes:
        codes = svg.tag("g", *(_codes(placed, line, axis, size) if full or size == "wide" else ()), class_="code")
        name = _name(of, (top + bottom) / 2, size)
        words += svg.tag("g", name, codes, class_=f"vt-{size}", aria_hidden="true")
    inside = (title(of.text), base, *ways, *stays, words)
    return rule + svg.tag("g", *inside, tabindex="0", role="img", aria_label=of.text), bottom


def _voyage(name: str, delivery: Delivery, load: Stay, landing: Stay, axis: Axis, line: float, *, full: bool) -> str:
    """A line from the middle of the loading to the middle of the discharge."""
    text = f"{name}: {berth(load.place)} to {berth(landing.place)}, {volume(delivery.barrels)}"
    said = (title(text),) if full else ()
    way = f"M{svg.number(axis.across(load)[1])} {svg.number(line)}H{svg.number(axis.across(landing)[1])}"
    return svg.tag("path", *said, class_="voyage none", data_delivery=delivery.id, d=way)


def _stay(stay: Stay, y: float, axis: Axis, *, full: bool) -> str:
    """A bar over the days that are certain, a thin line over those that are possible, and the mark of its AIS.

    A bar that its mark would hide is not drawn.
    """
    first, middle, last = axis.across(stay)
    dark = " dark" if stay.ais == "off" else ""
    text = stay.text if full else stay.in_short
    drawn = ""
    if stay.certain != (stay.first, stay.last):
        ends = f"M{svg.number(first)} {svg.number(y - 3)}v6m0-3H{svg.number(last)}m0-3v6"
        drawn += svg.tag("path", class_=f"span none{dark}", d=ends)
    if stay.certain is not None:
        start, end = (axis.x(when) for when in stay.certain)
    if stay.certain is not None and end - start > MARK:
        drawn += svg.tag(
            "rect", class_=f"stay{dark}", x=start, y=y - BAR / 2, width=max(end - start, 1.0), height=BAR
        )  # fmt: skip
    return mark(stay, middle, y, MARK, text, around=drawn)


def _name(of: Row, middle: float, size: str) -> str:
    """The ship, and on wide pages what it brought."""
    if size == "narrow":
        name = shortened(of.name, NAMES - 6, NAME_NARROW)
        return svg.tag("text", svg.words(name), class_="name", x=2.0, y=middle + NAME_NARROW * 0.35)
    name = svg.words(shortened(of.name, NAMES - 8, WIDE * 1.1))
    low, high = barrels(of.barrels.low), barrels(of.barrels.high)
    said = f"{barrels(of.barrels.central)} bbl ({low}–{high})" if of.deliveries else "no delivery"
    return svg.tag("text", name, class_="strong", x=2.0, y=middle - 2) + svg.tag(
        "text", said, class_="quiet", x=2.0, y=middle + 12
    )


def _codes(placed: Sequence[Placed], line: float, axis: Axis, size: str) -> Iterator[str]:
    """Codes of the ports beside their stays, where there is room."""
    letters = CODE if size == "wide" else CODE_NARROW
    if len(placed) > MOST_CODES:
        return
    taken = [_box(one, line, axis) for one in placed]
    for one in placed:
        code = axis.code(one.stay)
        _, middle, last = axis.across(one.stay)
        x, y = max(last, middle + MARK) + 3, line - one.lane * LANE + letters * 0.35
        box = (x, y - letters * 0.7, x + width(code, letters), y)
        if box[2] <= WIDTH and not any(overlap(box, other) for other in taken):
            taken.append(box)
            yield svg.tag("text", svg.words(code), x=x, y=y)


def _box(one: Placed, line: float, axis: Axis) -> Box:
    first, middle, last = axis.across(one.stay)
    y = line - one.lane * LANE
    return min(first, middle - MARK), y - MARK, max(last, middle + MARK), y + MARK
