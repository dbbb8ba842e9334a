"""What the sightings of a year cover, and what their rate would come to by its end."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.year import Projection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.volume import Barrels
    from vesseltrack.oil.year import Regime

PROJECTION_LEAST_DAYS = 30
"""A rate is projected only from at least this many days of coverage."""

WIDEST_COVERAGE = timedelta(days=7)
"""A sighting dated no better than this says that somebody looked, not when."""

ONE_DAY = timedelta(days=1)
"""A sighting dated no better than this is one look, on a day that is not known."""


def coverage(year: int, sightings: Iterable[Seen]) -> tuple[date | None, date | None, int]:
    """First and last day with a sighting of a tanker, and the number of days on which there was one.

    Where all are dated too widely, first and last are the ends of their dates and the number of days is 0.
    """
    days: set[date] = set()
    wide: list[date] = []
    for seen in sightings:
        if seen.end - seen.start > WIDEST_COVERAGE:
            wide += [day for day in (seen.start.date(), seen.end.date()) if day.year == year]
            continue
        looked = {seen.middle.date()} if seen.end - seen.start > ONE_DAY else {seen.start.date(), seen.end.date()}
        days |= {day for day in looked if day.year == year}
    within = days or wide
    return (min(within), max(within), len(days)) if within else (None, None, 0)


def projection(
    year: int,
    estimate: Barrels,
    start: float,
    regime: Regime | None,
    first: date | None,
    as_of: date,
) -> Projection | None:
    """Extrapolate the rate since the first sighting to the end of a running year; None for a year that is over."""
    if regime is None or first is None or as_of.year != year or as_of >= regime.last:
        return None
    days = (as_of - first).days + 1
    if days < PROJECTION_LEAST_DAYS or estimate.central <= start:
        return None

    def reached(total: float) -> date | None:
        rate = (total - start) / days
        if rate <= 0 or total >= regime.limit_barrels:
            return None  # crossed already: the crossings say when
        ahead = (regime.limit_barrels - total) / rate
        if ahead > 366:
            return None
        day = as_of + timedelta(days=math.ceil(ahead))
        return day if day <= regime.last else None

    return Projection(
        rate_per_30_days=round((estimate.central - start) / days * 30),
        low=reached(estimate.low),
        central=reached(estimate.central),
        high=reached(estimate.high),
    )
