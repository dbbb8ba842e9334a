"""A year against its cap: the simulated estimate, scenarios, crossings, and the same by other rules of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from vesseltrack.oil.allocation import with_barrels
from vesseltrack.oil.assumptions import COUNTING_RULES
from vesseltrack.oil.counting import counted_by
from vesseltrack.oil.coverage import coverage, projection
from vesseltrack.oil.deliveries import in_order
from vesseltrack.oil.reported import reported
from vesseltrack.oil.sensitivity import drivers, flip
from vesseltrack.oil.simulation import Period, simulate
from vesseltrack.oil.verdict import caveats, verdict
from vesseltrack.oil.volume import Barrels
from vesseltrack.oil.year import CapStatus, Counted, Crossing, CrudeStatus, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vesseltrack.oil.deliveries import Trade
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.notified import Report
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.year import DayEstimate, OpeningBalance, Regime

FILLS = (1 / 3, 0.5, 0.6, 0.75, 0.9, 1.0)
"""One third, one half, 90 %: US report of July 2018. 60 and 90 %: Panel of Experts 2022 and 2023. 75 %: RUSI 2021.
Full: RUSI 2024."""

ESTIMATED_PERCENTS = (75, 90, 95, 100)
"""Shares of the cap for which the day of crossing is estimated (ruling 1)."""


def cap_status(
    year: int,
    found: Sequence[Delivery],
    oil_sightings: Iterable[Seen],
    trade: Trade,
    *,
    as_of: date,
    reports_until: date,
    opening: OpeningBalance | None = None,
    reports: Sequence[Report] = (),
) -> CapStatus:
    """Estimate of one year from all deliveries of a case; those counted in other years are left out.

    The estimate is the opening balance plus what the deliveries in the cap come to in the simulation: its 5, 50 and
    95 % quantiles.
    """
    assumptions, regime = trade.assumptions, trade.regimes.of_year(year)
    by_rule = {rule: _of_year(year, counted_by(found, rule), trade) for rule in COUNTING_RULES}
    of_year = by_rule[assumptions.counting]
    capped = [d for d in of_year if d.in_cap]
    rules = sorted(COUNTING_RULES, key=lambda rule: (rule != assumptions.counting, COUNTING_RULES.index(rule)))
    first, last = (regime.first, regime.last) if regime is not None else (date(year, 1, 1), date(year, 12, 31))
    limit = None if regime is None else float(regime.limit_barrels)
    main, *others, outside = simulate(
        [
            Period(tuple(d for d in by_rule[rule] if d.in_cap), first, last, limit, opening, daily=number == 0)
            for number, rule in enumerate(rules)
        ]
        + [Period(tuple(d for d in of_year if not d.in_cap), first, last, None, daily=False)],
        assumptions,
    )
    start = float(opening.barrels) if opening is not None else 0.0
    capped = list(with_barrels(capped, main, assumptions.fill, start))
    uncapped = with_barrels([d for d in of_year if not d.in_cap], outside, assumptions.fill)
    seen_from, seen_to, observed = coverage(year, oil_sightings)
    told = reported(year, regime, reports_until, reports, as_of)
    fills = sorted({*FILLS, assumptions.fill.central})
    status = CapStatus(
        year=year,
        regime=regime,
        verdict="",
        coverage_from=seen_from,
        coverage_to=seen_to,
        days_observed=observed,
        estimate=main.barrels,
        probability_exceeded=main.probability_exceeded,
        draws=main.draws,
        assumptions=assumptions,
        days=main.days,
        counting=tuple(
            Counted(rule, sum(d.in_cap for d in by_rule[rule]), one.barrels, one.probability_exceeded)
            for rule, one in zip(rules, (main, *others), strict=True)
        ),
        drivers=drivers(capped, main, assumptions.fill),
        flip=flip(capped, main, assumptions, limit) if limit is not None and capped else None,
        crude=tuple(_crude(year, found, trade)),
        uncapped=outside.barrels,
        scenarios=tuple(_scenario(fill, capped, regime, opening) for fill in fills),
        crossings=tuple(_crossings(main.days, regime)) + told.crossings,
        deliveries=in_order((*capped, *uncapped)),
        reported=told,
        opening_balance=opening,
        projection=projection(year, main.barrels, start, regime, seen_from, as_of),
        caveats=(),
    )
    return replace(status, verdict=verdict(status), caveats=caveats(status))


def _of_year(year: int, found: Iterable[Delivery], trade: Trade) -> tuple[Delivery, ...]:
    """The deliveries of a year, and whether each counts towards the cap on refined products in force on its day."""
    return tuple(
        replace(d, in_cap=d.regime == "refined" and not d.exempt and trade.regimes.on(d.counted_on) is not None)
        for d in found
        if d.counted_on.year == year
    )


def _crude(year: int, found: Sequence[Delivery], trade: Trade) -> Iterator[CrudeStatus]:
    """Crude by its own twelve months, where any was seen: those that end in the year, or hold a delivery of it."""
    periods: dict[Regime, list[Delivery]] = {}
    for delivery in counted_by(found, trade.assumptions.counting):
        regime = trade.regimes.on(delivery.counted_on, "crude") if delivery.regime == "crude" else None
        if regime is not None and not delivery.exempt:
            periods.setdefault(regime, []).append(delivery)
    for regime, deliveries in sorted(periods.items(), key=lambda item: item[0].first):
        if regime.last.year != year and not any(d.counted_on.year == year for d in deliveries):
            continue
        limit = float(regime.limit_barrels)
        period = Period(tuple(deliveries), regime.first, regime.last, limit, daily=False)
        (simulated,) = simulate([period], trade.assumptions)
        factor = trade.products.by_name["crude"].barrels_per_tonne
        barrels = simulated.barrels
        tonnes = Barrels(barrels.low / factor, barrels.central / factor, barrels.high / factor)
        yield CrudeStatus(regime, len(deliveries), barrels, tonnes, simulated.probability_exceeded)


def _crossings(days: Sequence[DayEstimate], regime: Regime | None) -> Iterator[Crossing]:
    """Days on which a share of the cap was reached: by 95, 50 and 5 in a hundred draws."""
    for percent in ESTIMATED_PERCENTS if regime is not None else ():
        limit = regime.limit_barrels * percent / 100 if regime is not None else 0.0
        low, central, high = (
            next((day.day for day in days if round(getattr(day.barrels, name)) >= limit), None)
            for name in ("low", "central", "high")
        )
        yield Crossing("estimated", percent, low, central, high)


def _scenario(
    fill: float, capped: Sequence[Delivery], regime: Regime | None, opening: OpeningBalance | None
) -> Scenario:
    """Published convention: capacity x fill for every delivery that central counts, summed before rounding."""
    counted = sorted((d.counted_on, d.capacity.central) for d in capped if d.in_central)
    start = float(opening.barrels) if opening is not None else 0.0
    total = start + sum(capacity for _, capacity in counted) * fill
    if regime is None:
        return Scenario(fill, round(total), None, None)
    steps = [(day, capacity * fill) for day, capacity in counted]
    if opening is not None:
        steps = sorted([(opening.until, start), *steps], key=lambda step: step[0])
    running = zip((day for day, _ in steps), accumulate(amount for _, amount in steps), strict=True)
    crossed = next((day for day, barrels in running if round(barrels) >= regime.limit_barrels), None)
    return Scenario(fill, round(total), 100 * total / regime.limit_barrels, crossed)
