"""What drives the number, and what would turn the verdict round."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.oil.draws import FACTOR, FILLS, FLEET, SIZES, VOYAGES, WEAK, Draws, size_group
from vesseltrack.oil.lever import HALF_A_BARREL, MEDIAN, quantile
from vesseltrack.oil.spread import Spread
from vesseltrack.oil.year import Driver, Flip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.lever import Lever
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.simulation import Simulated
    from vesseltrack.sightings.schema import SightingRef

FIVE_IN_A_HUNDRED = 1.6449
"""Standard normal deviate with 5 % above it."""


@dataclass(frozen=True)
class _Turn:
    """An assumption at another value, with which the verdict would be another."""

    move: float
    """How far it had to move within its range, in standard deviations."""

    text: str


def drivers(deliveries: Sequence[Delivery], simulated: Simulated, fill: Spread) -> tuple[Driver, ...]:
    """Each assumption's share of the variance, and the central estimate with it at its 5 and 95 % points."""
    central, ranges = simulated.barrels.central, _ranges(deliveries, fill)

    def ends(group: str) -> tuple[float, float] | tuple[None, None]:
        lever = simulated.levers.get(group)
        if group == VOYAGES:
            return None, None
        if lever is None:
            return central, central
        if group == WEAK:
            return central, lever.central(1.0)
        low, high = (ranges[group].point(deviate) for deviate in (-FIVE_IN_A_HUNDRED, FIVE_IN_A_HUNDRED))
        return lever.central(low), lever.central(high)

    return tuple(Driver(group, share, *ends(group)) for group, share in simulated.shares)


def flip(deliveries: Sequence[Delivery], simulated: Simulated, assumptions: Assumptions, limit: float) -> Flip:
    """The one assumption and the one sighting whose change would put the central estimate on the other side of the cap.

    Of the assumptions, the one that need move least within its range. Each change was tried on the draws.
    """
    turns = []
    for group, within in _ranges(deliveries, assumptions.fill).items():
        lever = simulated.levers.get(group)
        if lever is not None:
            found = _turn(group, lever, within, simulated.barrels.central, limit - HALF_A_BARREL, deliveries)
            turns += [found] if found is not None else []
    assumption = min(turns, key=lambda turn: turn.move).text if turns else ""
    return Flip(assumption, *_sighting(deliveries, simulated, assumptions, limit - HALF_A_BARREL))


def _ranges(deliveries: Iterable[Delivery], fill: Spread) -> dict[str, Spread]:
    """The values that each assumption may have; sizes of ships as multiples of their middle."""
    counted = [delivery for delivery in deliveries if delivery.in_central]
    found = {FILLS: fill}
    for delivery in counted:
        if not delivery.capacity.barrels_per_unit.known:
            found[FACTOR] = delivery.capacity.barrels_per_unit
    for group in (SIZES, FLEET):
        held = [
            d.capacity.cargo * Spread.exactly(d.capacity.barrels_per_unit.central)
            for d in counted
            if size_group(d) == group and not d.capacity.cargo.known
        ]
        middle = sum(one.central for one in held)
        if middle:
            found[group] = Spread(sum(one.low for one in held) / middle, 1.0, sum(one.high for one in held) / middle)
    return found


def _turn(
    group: str, lever: Lever, within: Spread, central: float, target: float, deliveries: Iterable[Delivery]
) -> _Turn | None:
    """The nearest value, in the digits that are told, with which the verdict would be another; None for none."""
    if not lever.central(within.low) < target <= lever.central(within.high):
        return None
    now, reached = lever.value(central, within), central >= target
    digits = 100 / now if group in {SIZES, FLEET} else 100  # per cent of what was taken, per cent, hundredths
    nearest = math.ceil(lever.value(target, within) * digits)
    for told in (nearest - 1, nearest - 2) if reached else (nearest, nearest + 1):
        value = told / digits
        deviate = within.deviate(value)
        if deviate is not None and (lever.central(value) >= target) != reached:
            return _Turn(abs(deviate - (within.deviate(now) or 0.0)), _words(group, told, now * digits, deliveries))
    return None


def _words(group: str, told: int, now: float, deliveries: Iterable[Delivery]) -> str:
    """``were the ships 62 % full rather than 69 %``."""
    if group == FILLS:
        taken = f"{now:.0f}" if round(now) != told else f"{now:.1f}"
        return f"were the ships {told} % full rather than {taken} %"
    if group == FACTOR:
        return f"were a tonne {told / 100:.2f} barrels rather than {now / 100:.2f}"
    change = f"{abs(told - 100)} % {'larger' if told > 100 else 'smaller'} than taken here"
    if group == FLEET:
        return f"were the ships of unknown size {change}"
    known = all(d.capacity.evidence in {"deadweight", "reported"} for d in deliveries if size_group(d) == SIZES)
    told_by = "of known deadweight" if known else "whose size is told by their tonnage or length"
    return f"were the ships {told_by} {change}"


def _sighting(
    deliveries: Sequence[Delivery], simulated: Simulated, assumptions: Assumptions, target: float
) -> tuple[str, SightingRef | None]:
    """The sighting without which, or the doubtful call with which, the verdict would be another."""
    totals = simulated.totals
    if totals is None:
        return "", None
    draws = Draws(assumptions, simulated.draws)
    if simulated.barrels.central >= target:
        lost: dict[SightingRef, list[Delivery]] = {}
        for delivery in deliveries:
            if delivery.in_central and len(delivery.sightings) == 1:
                lost.setdefault(delivery.sightings[0], []).append(delivery)
        worst = max(lost, key=lambda ref: (sum(d.barrels.central for d in lost[ref]), ref), default=None)
        if worst is None or simulated.barrels.central - sum(d.barrels.high for d in lost[worst]) >= target:
            return "", None
        for delivery in lost[worst]:
            totals = totals - draws.of(delivery).arrived
        if quantile(totals, MEDIAN) >= target:
            return "", None
        return f"without {_named(lost[worst])}, known from one sighting only", worst
    weak = [delivery for delivery in deliveries if not delivery.in_central]
    best = max(weak, key=lambda delivery: (delivery.barrels.high, delivery.id), default=None)
    if best is None or quantile(totals + draws.of(best).barrels, MEDIAN) < target:
        return "", None
    return f"had the doubtful call of {_named([best])} been a delivery", best.sightings[0]


def _named(deliveries: Iterable[Delivery]) -> str:
    first, *others = deliveries
    ship = first.vessel or "an unidentified tanker"
    return f"{ship} ({first.counted_on})" if not others else f"{1 + len(others)} deliveries of one row"
