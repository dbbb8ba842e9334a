"""The frame of the chart: where days and barrels stand, the cap and its notices, and the days nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vesseltrack.reports.svg import tag, words
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.year import CapStatus

WIDTH, HEIGHT = 920, 430
LEFT, RIGHT, TOP, BOTTOM = 76.0, 820.0, 24.0, 380.0
"""Edges of the plot in the figure's own units."""

TICKS = 6
"""Most lines across."""

ONE_DAY = timedelta(days=1)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Plot:
    """Where days and barrels stand."""

    first: date
    last: date
    until: date
    """Day with which the lines end."""

    top: float
    """Barrels at the upper edge."""

    def x(self, day: date) -> float:
        """The end of a day."""
        share = ((day - self.first).days + 1) / ((self.last - self.first).days + 1)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    def y(self, volume: float) -> float:
        """A number of barrels."""
        return BOTTOM - (BOTTOM - TOP) * volume / self.top


def plot_of(status: CapStatus, as_of: date | None) -> Plot:
    """The frame that a year needs, up to the day with which what is known ends."""
    regime = status.regime
    first, last = (regime.first, regime.last) if regime else (date(status.year, 1, 1), date(status.year, 12, 31))
    highest = max(
        [
            status.estimate.high,
            float(status.reported.barrels or 0),
            float(regime.limit_barrels if regime else 0),
            1000.0,
        ]
    )
    return Plot(first, last, min(max(as_of or last, first), last), highest * 1.08)


def axes(plot: Plot) -> Iterator[str]:
    """Barrels across, months along."""
    step = _step(plot.top)
    for count in range(int(plot.top / step) + 1):
        y = plot.y(count * step)
        yield tag("line", class_="axis" if count == 0 else "grid", x1=LEFT, x2=RIGHT, y1=y, y2=y)
        yield tag("text", barrels(count * step), class_="faint", x=LEFT - 8, y=y + 4, text_anchor="end")
    for month in range(1, 13):
        start = date(plot.first.year, month, 1)
        if plot.first <= start <= plot.last:
            x = plot.x(start - ONE_DAY)
            yield tag("line", class_="axis", x1=x, x2=x, y1=BOTTOM, y2=BOTTOM + 5)
            yield tag("text", MONTHS[month - 1], class_="faint", x=x + 6, y=BOTTOM + 18)


def _step(top: float) -> float:
    step = 1.0
    while top / step > TICKS:
        step *= 2.5 if str(step)[0] == "2" else 2
    return step


def limits(plot: Plot, status: CapStatus) -> Iterator[str]:
    """The cap and the shares of it at which a notice is due."""
    regime = status.regime
    if regime is None:
        return
    for share in (*regime.notices_percent, 100):
        y = plot.y(regime.limit_barrels * share / 100)
        yield tag("line", class_="limit" if share == 100 else "notice", x1=LEFT, x2=RIGHT, y1=y, y2=y)
        label = f"cap {barrels(regime.limit_barrels)}" if share == 100 else f"{share} %"
        yield tag("text", words(label), class_="capped", x=RIGHT + 6, y=y + 4)


def unseen(plot: Plot, status: CapStatus) -> Iterator[str]:
    """Days before the first sighting and after the last: nobody looked."""
    yield tag(
        "defs",
        tag(
            "pattern",
            tag("path", class_="hatch", d="M0 8L8 0"),
            id=f"unseen-{status.year}",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
        ),
    )
    first, last = status.coverage_from, status.coverage_to
    spans = (
        [(plot.first, plot.last)]
        if first is None or last is None
        else [(plot.first, first - ONE_DAY), (last + ONE_DAY, plot.last)]
    )
    for start, end in spans:
        left, right = plot.x(start - ONE_DAY), plot.x(end)
        if right - left > 1:
            title = tag("title", words(f"No sighting of a tanker of the trade from {start} to {end}"))
            yield tag(
                "rect",
                title,
                fill=f"url(#unseen-{status.year})",
                x=left,
                y=TOP,
                width=right - left,
                height=BOTTOM - TOP,
            )


def today(plot: Plot) -> Iterator[str]:
    """The day with which what is known ends, where the year goes on."""
    if plot.until < plot.last:
        x = plot.x(plot.until)
        yield tag("line", class_="today", x1=x, x2=x, y1=TOP, y2=BOTTOM)
        yield tag("text", words(f"as of {plot.until}"), class_="faint", x=x, y=TOP - 8, text_anchor="middle")
