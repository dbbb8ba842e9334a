"""A year against its cap: totals, scenarios, crossings, coverage, verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from vesseltrack.oil.deliveries import in_order, whole_barrels
from vesseltrack.oil.model import (
    Barrels,
    CapStatus,
    Crossing,
    Delivery,
    OpeningBalance,
    Projection,
    Regime,
    Scenario,
)
from vesseltrack.oil.reported import reported
from vesseltrack.oil.verdict import caveats, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vesseltrack.oil.regimes import Regimes
    from vesseltrack.oil.seen import Seen

FILLS = (1 / 3, 0.5, 0.6, 0.75, 0.9, 1.0)
"""One third, one half, 90 %: US report of July 2018. 60 and 90 %: Panel of Experts 2022 and 2023. 75 %: RUSI 2021.
Full: RUSI 2024."""

ESTIMATED_PERCENTS = (75, 90, 95, 100)
"""Shares of the cap for which the day of crossing is estimated (ruling 1)."""

PROJECTION_LEAST_DAYS = 30
"""A rate is projected only from at least this many days of coverage."""

WIDEST_COVERAGE = timedelta(days=7)
"""A sighting dated no better than this says that somebody looked, not when."""


def cap_status(
    year: int,
    deliveries: Sequence[Delivery],
    oil_sightings: Iterable[Seen],
    regimes: Regimes,
    as_of: date,
    reports_until: date,
    opening: OpeningBalance | None = None,
) -> CapStatus:
    """Estimate of one year from all deliveries of a case; those counted in other years are left out.

    The estimate is the opening balance plus the sum over deliveries in the cap: low = capacity.low x 1/3, central =
    capacity.central x 0.75, high = capacity.high x 1.
    """
    regime = regimes.of_year(year)
    of_year = tuple(d for d in deliveries if d.counted_on.year == year)
    capped = [d for d in of_year if d.in_cap]
    start = float(opening.barrels) if opening is not None else 0.0
    estimate = sum((d.barrels for d in capped), Barrels(start, start, start))
    first, last, observed = _coverage(year, oil_sightings)
    told = reported(year, regime, reports_until)
    scenarios = tuple(_scenario(fill, capped, regime, start, opening) for fill in FILLS)
    crossings = tuple(_crossing(percent, capped, regime, opening) for percent in ESTIMATED_PERCENTS) if regime else ()
    projection = _projection(year, estimate, start, regime, first, as_of)
    status = CapStatus(
        year=year,
        regime=regime,
        verdict="",
        coverage_from=first,
        coverage_to=last,
        days_observed=observed,
        estimate=estimate,
        uncapped=sum((d.barrels for d in of_year if not d.in_cap), Barrels(0.0, 0.0, 0.0)),
        scenarios=scenarios,
        crossings=crossings + told.crossings,
        deliveries=in_order((*whole_barrels(capped), *whole_barrels([d for d in of_year if not d.in_cap]))),
        reported=told,
        opening_balance=opening,
        projection=projection,
        caveats=(),
    )
    return replace(status, verdict=verdict(status), caveats=caveats(status))


def _cumulative(
    deliveries: Iterable[Delivery],
    day: Callable[[Delivery], date],
    barrels: Callable[[Delivery], float],
    opening: OpeningBalance | None,
) -> list[tuple[date, float]]:
    """Running total in order of time; never falls."""
    steps = sorted((day(d), barrels(d)) for d in deliveries if barrels(d) > 0)
    if opening is not None:
        steps.insert(0, (opening.until, float(opening.barrels)))
        steps.sort(key=lambda step: step[0])
    totals = accumulate(amount for _, amount in steps)
    return [(when, total) for (when, _), total in zip(steps, totals, strict=True)]


def _crossed_on(running: Iterable[tuple[date, float]], barrels: float) -> date | None:
    return next((when for when, total in running if round(total) >= barrels), None)


def _crossing(percent: int, capped: Sequence[Delivery], regime: Regime, opening: OpeningBalance | None) -> Crossing:
    """Days on which a share of the cap was reached: low by the latest, high by the earliest possible arrivals."""
    limit = regime.limit_barrels * percent / 100
    low = _cumulative(capped, lambda d: min(d.latest, regime.last), lambda d: d.barrels.low, opening)
    central = _cumulative(capped, lambda d: d.counted_on, lambda d: d.barrels.central, opening)
    high = _cumulative(capped, lambda d: max(d.earliest, regime.first), lambda d: d.barrels.high, opening)
    return Crossing(
        "estimated", percent, _crossed_on(low, limit), _crossed_on(central, limit), _crossed_on(high, limit)
    )


def _scenario(
    fill: float, capped: Sequence[Delivery], regime: Regime | None, start: float, opening: OpeningBalance | None
) -> Scenario:
    """Published convention: capacity x fill for every delivery that central counts, summed before rounding."""
    counted = [d for d in capped if d.barrels.central > 0]
    total = start + sum(d.capacity.central for d in counted) * fill
    if regime is None:
        return Scenario(fill, round(total), None, None)
    running = _cumulative(counted, lambda d: d.counted_on, lambda d: d.capacity.central * fill, opening)
    return Scenario(fill, round(total), 100 * total / regime.limit_barrels, _crossed_on(running, regime.limit_barrels))


def _coverage(year: int, sightings: Iterable[Seen]) -> tuple[date | None, date | None, int]:
    """First and last day with a sighting of a tanker, and the number of days on which there was one.

    Where all are dated too widely, first and last are the ends of their dates and the number of days is 0.
    """
    days: set[date] = set()
    wide: list[date] = []
    for seen in sightings:
        if seen.end - seen.start > WIDEST_COVERAGE:
            wide += [day for day in (seen.start.date(), seen.end.date()) if day.year == year]
            continue
        day = max(seen.start.date(), date(year, 1, 1))
        while day <= min(seen.end.date(), date(year, 12, 31)):
            days.add(day)
            day += timedelta(days=1)
    within = days or wide
    return (min(within), max(within), len(days)) if within else (None, None, 0)


def _projection(
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
        day = as_of + timedelta(days=round(ahead))
        return day if day <= regime.last else None

    return Projection(
        rate_per_30_days=round((estimate.central - start) / days * 30),
        low=reached(estimate.low),
        central=reached(estimate.central),
        high=reached(estimate.high),
    )
