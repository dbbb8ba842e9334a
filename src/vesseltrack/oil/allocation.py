"""Which part of an estimate is whose: quantiles of a sum are no sums of quantiles, yet every barrel has its delivery.

Each total is shared out between what the ships can have carried at least, at the middle and at most: all ships stand at
the same point between these. The parts are whole barrels, ``low <= central <= high`` for each, and add up to the total.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from vesseltrack.oil.volume import Barrels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.simulation import Simulated
    from vesseltrack.oil.spread import Spread


def with_barrels(
    found: Sequence[Delivery], simulated: Simulated, fill: Spread, opening: float = 0.0
) -> tuple[Delivery, ...]:
    """The deliveries, in the order given, with their parts of a total.

    Args:
        found: the deliveries that were drawn.
        simulated: their total, ``opening`` included.
        fill: share of capacity carried.
        opening: barrels of the total that no delivery brought.
    """
    total = simulated.barrels
    bounds = [_bounds(delivery, fill) for delivery in found]
    sure = [delivery.in_low for delivery in found]
    low = _between(total.low - opening, bounds, sure)
    central = _between(simulated.certain - opening, bounds, sure)
    likely = [b.central if d.in_central and not d.in_low else 0.0 for d, b in zip(found, bounds, strict=True)]
    more = _parts(total.central - simulated.certain, likely, bounds)
    central = [one + other for one, other in zip(central, more, strict=True)]
    room = [max(bound.high - part, 0.0) for bound, part in zip(bounds, central, strict=True)]
    above = _parts(total.high - total.central, room, bounds)
    steps = (
        (low, round(total.low - opening)),
        ([c - part for c, part in zip(central, low, strict=True)], round(total.central) - round(total.low)),
        (above, round(total.high) - round(total.central)),
    )
    lows, centrals, highs = (_whole(parts, target) for parts, target in steps)
    return tuple(
        replace(delivery, barrels=Barrels(one, one + two, one + two + three))
        for delivery, one, two, three in zip(found, lows, centrals, highs, strict=True)
    )


def _bounds(delivery: Delivery, fill: Spread) -> Barrels:
    """Least, middle and most that the delivery can have brought."""
    capacity = delivery.capacity
    carried = capacity.cargo * capacity.barrels_per_unit
    return Barrels(
        max(carried.low, capacity.low) * fill.low,
        max(carried.central, capacity.low) * fill.central,
        max(carried.high, capacity.low) * fill.high,
    )


def _between(total: float, bounds: Sequence[Barrels], counted: Sequence[bool]) -> list[float]:
    """A total shared out among those counted, all at the same point between their bounds; nothing for the others."""
    chosen = [bound if yes else Barrels(0.0, 0.0, 0.0) for bound, yes in zip(bounds, counted, strict=True)]
    middle = sum(bound.central for bound in chosen)
    if total <= middle:
        slack = [bound.central - bound.low for bound in chosen]
        return [b.central - part for b, part in zip(chosen, _parts(middle - total, slack, chosen), strict=True)]
    slack = [bound.high - bound.central for bound in chosen]
    return [b.central + part for b, part in zip(chosen, _parts(total - middle, slack, chosen), strict=True)]


def _parts(total: float, weights: Sequence[float], otherwise: Sequence[Barrels]) -> list[float]:
    """A total in proportion to weights; where all are zero, to the middles."""
    together = sum(weights)
    if not together:
        weights = [bound.central for bound in otherwise]
        together = sum(weights) or 1.0
    return [total * weight / together for weight in weights]


def _whole(parts: Sequence[float], target: int) -> list[int]:
    """Whole barrels, none below zero, that add up to a whole total: each takes what the running total gains."""
    running = list(accumulate(max(part, 0.0) for part in parts))
    if not running or not running[-1]:
        return [0] * len(parts)
    scaled = [round(total / running[-1] * target) for total in running]
    return [after - before for before, after in zip([0, *scaled], scaled, strict=False)]
