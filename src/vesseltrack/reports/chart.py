"""The year's running total against its cap, as SVG: low to high as a band, notices, crossings, what States reported."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.reports import svg, wording
from vesseltrack.reports.chart_frame import (
    HEIGHT,
    LEFT,
    ONE_DAY,
    RIGHT,
    WIDTH,
    Plot,
    axes,
    limits,
    plot_of,
    today,
    unseen,
)
from vesseltrack.reports.svg import tag, words
from vesseltrack.text import barrels, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus, Crossing

LAST = 6.0
"""Width of the last step, so that what happened on the last day is seen."""


def chart_figure(status: CapStatus, as_of: date | None) -> str:
    """The chart of one year: an ``svg`` element, whose classes are those of html/chart.css.

    Args:
        status: the year.
        as_of: day with which what is known ends; None: the year's last.
    """
    plot = plot_of(status, as_of)
    title = f"Refined petroleum to the DPRK in {status.year}, running total in barrels"
    return tag(
        "svg",
        tag("title", words(title)),
        tag("desc", words(_described(status))),
        tag("rect", class_="paper", width=WIDTH, height=HEIGHT),
        *unseen(plot, status),
        *axes(plot),
        *_band(plot, status),
        *limits(plot, status),
        *_reported(plot, status),
        *_central(plot, status),
        *_deliveries(plot, status),
        *_crossings(plot, status),
        *today(plot),
        *_legend(status),
        xmlns=svg.NAMESPACE,
        class_="chart",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )


def _described(status: CapStatus) -> str:
    told = status.reported.barrels
    return (
        f"{status.verdict} Low {barrels(status.estimate.low)}, central {barrels(status.estimate.central)}, high "
        f"{barrels(status.estimate.high)} barrels; reported by States {barrels(told)}. The table of days has each step."
    )


def _band(plot: Plot, status: CapStatus) -> Iterator[str]:
    if not status.days:
        return
    high = [(x, plot.y(volume)) for x, volume in _stairs(plot, status, "high")]
    low = [(x, plot.y(volume)) for x, volume in _stairs(plot, status, "low")]
    title = tag("title", words("From low to high: 5 % and 95 % of what is possible"))
    yield tag("path", title, class_="band", d=svg.path([*high, *reversed(low)], closed=True))


def _central(plot: Plot, status: CapStatus) -> Iterator[str]:
    if status.days:
        points = [(x, plot.y(volume)) for x, volume in _stairs(plot, status, "central")]
        yield tag("path", class_="central", d=svg.path(points))


def _stairs(plot: Plot, status: CapStatus, name: str) -> list[tuple[float, float]]:
    """Corners of a running total that rises at the end of a day; in order of time, whatever order it came in."""
    days = sorted(status.days, key=lambda one: one.day)
    level = 0.0
    points = [(LEFT, level)]
    for one in days:
        x = plot.x(one.day)
        points += [(x, level), (x, getattr(one.barrels, name))]
        level = getattr(one.barrels, name)
    return [*points, (min(max(plot.x(plot.until), points[-1][0] + LAST), RIGHT), level)]


def _reported(plot: Plot, status: CapStatus) -> Iterator[str]:
    """What States are known to have reported by the end of each month; hollow where a State's report is missing."""
    known = [one for one in status.reported.balance if one.barrels is not None]
    points = [(plot.x(_month_end(one.month)), plot.y(one.barrels or 0)) for one in known]
    if len(points) > 1:
        corners = [corner for (_, y), (x, after) in pairwise(points) for corner in ((x, y), (x, after))]
        yield tag("path", class_="reported", d=svg.path([points[0], *corners]))
    for (x, y), one in zip(points, known, strict=True):
        lacking = f"; not all months are reported by {', '.join(one.missing)}" if one.missing else ""
        title = tag("title", words(f"Reported by States up to {one.month}: {barrels(one.barrels)} barrels{lacking}"))
        yield tag("rect", title, class_="part" if one.missing else "told", x=x - 3, y=y - 3, width=6, height=6)


def _month_end(month: str) -> date:
    year, number = int(month[:4]), int(month[5:7])
    return date(year + number // 12, number % 12 + 1, 1) - ONE_DAY


def _deliveries(plot: Plot, status: CapStatus) -> Iterator[str]:
    """A point for each delivery on the central line; hollow where it counts in the high estimate only."""
    reached = sorted((one.day, one.barrels.central) for one in status.days)
    at = 0
    level = 0.0
    for delivery in sorted(status.deliveries, key=lambda one: (one.counted_on, one.id)):
        if not delivery.in_cap:
            continue
        while at < len(reached) and reached[at][0] <= delivery.counted_on:
            level, at = reached[at][1], at + 1
        yield tag(
            "circle", tag("title", words(described(delivery))), class_="made" if delivery.in_central else "doubt",
            cx=plot.x(delivery.counted_on), cy=plot.y(level), r=4, data_delivery=delivery.id,
        )  # fmt: skip


def described(delivery: Delivery) -> str:
    """A delivery in a line: day, ship, kind, barrels."""
    ship = wording.ship(delivery.identity) if delivery.vessel else "unidentified tanker"
    part = delivery.barrels
    return (
        f"{delivery.counted_on}: {ship}, {delivery.kind}, {barrels(part.central)} barrels "
        f"({barrels(part.low)} to {barrels(part.high)})"
    )


def _crossings(plot: Plot, status: CapStatus) -> Iterator[str]:
    for crossing in status.crossings:
        if crossing.basis != "estimated" or status.regime is None:
            continue
        y = plot.y(status.regime.limit_barrels * crossing.percent / 100)
        for name, day in (("high", crossing.high), ("low", crossing.low), ("central", crossing.central)):
            if day is not None:
                x = plot.x(day)
                title = tag("title", words(f"{percent(crossing.percent)} of the cap reached on {day}, {name} estimate"))
                yield tag("path", title, class_="cross", d=_mark(name, x, y))
        yield from _dated(plot, crossing, y)


def _dated(plot: Plot, crossing: Crossing, y: float) -> Iterator[str]:
    """The day on which the central estimate reached the cap, in words."""
    if crossing.percent == 100 and crossing.central is not None:
        x = plot.x(crossing.central)
        side = -10 if x > (LEFT + RIGHT) / 2 else 10
        anchor = "end" if side < 0 else "start"
        yield tag(
            "text", words(f"reached on {crossing.central}"), class_="capped", x=x + side, y=y - 9, text_anchor=anchor
        )


def _mark(name: str, x: float, y: float) -> str:
    """Central a diamond, low a triangle that points down, high one that points up."""
    corners = {
        "central": [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)],
        "low": [(x - 6, y - 5), (x + 6, y - 5), (x, y + 6)],
        "high": [(x - 6, y + 5), (x + 6, y + 5), (x, y - 6)],
    }
    return svg.path(corners[name], closed=True)


def _legend(status: CapStatus) -> Iterator[str]:
    y = HEIGHT - 12.0
    entries = [
        (tag("path", class_="central", d=svg.path([(0, y - 4), (22, y - 4)])), "central estimate"),
        (tag("rect", class_="band", x=0, y=y - 10, width=22, height=12), "low to high"),
        (tag("circle", class_="made", cx=11, cy=y - 4, r=4), "a delivery"),
        (tag("circle", class_="doubt", cx=11, cy=y - 4, r=4), "a possible one"),
    ]
    if any(one.barrels is not None for one in status.reported.balance):
        entries.append((tag("path", class_="reported", d=svg.path([(0, y - 4), (22, y - 4)])), "reported by States"))
    if any(one.barrels is not None and one.missing for one in status.reported.balance):
        entries.append((tag("rect", class_="part", x=8, y=y - 7, width=6, height=6), "in part"))
    entries.append(
        (tag("rect", fill=f"url(#unseen-{status.year})", x=0, y=y - 10, width=22, height=12), "nobody looked")
    )
    x = 16.0
    for mark, text in entries:
        yield tag("g", mark, tag("text", words(text), x=28, y=y), transform=f"translate({svg.number(x)} 0)")
        x += 38 + 6.6 * len(text)
