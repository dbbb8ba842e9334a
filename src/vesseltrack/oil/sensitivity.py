"""What drives the number, and what would turn the verdict round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.oil.draws import FACTOR, FILLS, FLEET, GROUPS, SIZES, VOYAGES, WEAK, size_group
from vesseltrack.oil.spread import BOUND
from vesseltrack.oil.year import Driver, Flip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.simulation import Simulated
    from vesseltrack.oil.spread import Spread
    from vesseltrack.sightings.schema import SightingRef

FIVE_IN_A_HUNDRED = 1.6449
"""Standard normal deviate with 5 % above it."""

STEPS = 60
"""Halvings of the range in which a turning point is sought."""


class CentralEstimate:
    """The central estimate as a function of where each assumption stands in its range."""

    def __init__(self, deliveries: Sequence[Delivery], fill: Spread, central: float, opening: float) -> None:
        self.deliveries = [delivery for delivery in deliveries if delivery.in_central]
        self.weak = [delivery for delivery in deliveries if not delivery.in_central]
        self.fill, self.opening = fill, opening
        middle = self._sum({})
        self._scale = (central - opening) / middle if middle else 0.0

    def central(self, group: str, deviate: float) -> float:
        """Central estimate with one assumption at a deviate of its range and the others in the middle of theirs."""
        return self.opening + self._scale * self._sum({group: deviate})

    def added_if_all_happened(self) -> float:
        """Barrels that the weakly evidenced calls would add."""
        return self._scale * sum(self._of(delivery, {}) for delivery in self.weak)

    def of(self, delivery: Delivery) -> float:
        """What one delivery brings at the middle of everything."""
        return self._scale * self._of(delivery, {})

    def capacity(self, group: str, deviate: float) -> float:
        """Full capacity of the ships whose size an assumption of that group tells."""
        return sum(
            delivery.capacity.cargo.point(deviate)
            for delivery in self.deliveries
            if size_group(delivery) == group
        )  # fmt: skip

    def _sum(self, at: Mapping[str, float]) -> float:
        return sum(self._of(delivery, at) for delivery in self.deliveries)

    def _of(self, delivery: Delivery, at: Mapping[str, float]) -> float:
        capacity = delivery.capacity
        cargo = capacity.cargo.point(at.get(size_group(delivery), 0.0))
        barrels = cargo * capacity.barrels_per_unit.point(at.get(FACTOR, 0.0))
        return max(barrels, capacity.low) * self.fill.point(at.get(FILLS, 0.0))


def drivers(account: CentralEstimate, simulated: Simulated) -> tuple[Driver, ...]:
    """Each assumption's share of the variance, and the central estimate with it at its 5 and 95 % points."""
    central = account.central("", 0.0)

    def ends(group: str) -> tuple[float, float] | tuple[None, None]:
        if group == VOYAGES:
            return None, None
        if group == WEAK:
            return central, central + account.added_if_all_happened()
        return account.central(group, -FIVE_IN_A_HUNDRED), account.central(group, FIVE_IN_A_HUNDRED)

    return tuple(Driver(group, share, *ends(group)) for group, share in simulated.shares)


def flip(account: CentralEstimate, limit: float, central: float) -> Flip:
    """The one assumption and the one sighting whose change would put the central estimate on the other side of the cap.

    Of the assumptions, the one that need move least within its range.
    """
    found = []
    for group in GROUPS:
        if group in {VOYAGES, WEAK}:
            continue
        deviate = _turning_point(lambda z, group=group: account.central(group, z) - limit)  # type: ignore[misc]
        if deviate is not None:
            found.append((abs(deviate), group, deviate))
    assumption = _assumption(account, *min(found)[1:]) if found else ""
    return Flip(assumption, *_sighting(account, limit, central))


def _turning_point(margin: Callable[[float], float]) -> float | None:
    """The deviate at which a rising margin is zero; None where it has one sign in the whole range."""
    low, high = -BOUND, BOUND
    if not margin(low) < 0 <= margin(high):
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if margin(middle) < 0 else (low, middle)
    return high


def _assumption(account: CentralEstimate, group: str, deviate: float) -> str:
    if group == FILLS:
        fill = account.fill
        return f"were the ships {100 * fill.point(deviate):.0f} % full rather than {100 * fill.central:.0f} %"
    if group == FACTOR:
        factor = next(d.capacity.barrels_per_unit for d in account.deliveries if not d.capacity.barrels_per_unit.known)
        return f"were a tonne {factor.point(deviate):.2f} barrels rather than {factor.central:g}"
    change = 100 * (account.capacity(group, deviate) / account.capacity(group, 0.0) - 1)
    ships = "ships of unknown size" if group == FLEET else "ships whose size is told by their tonnage or length"
    if group == SIZES and all(d.capacity.evidence in {"deadweight", "reported"} for d in account.deliveries):
        ships = "ships of known deadweight"
    return f"were the {ships} {abs(change):.0f} % {'larger' if change > 0 else 'smaller'} than taken here"


def _sighting(account: CentralEstimate, limit: float, central: float) -> tuple[str, SightingRef | None]:
    """The sighting without which, or the doubtful call with which, the verdict would be another."""
    if central >= limit:
        lost: dict[SightingRef, list[Delivery]] = {}
        for delivery in account.deliveries:
            if len(delivery.sightings) == 1:
                lost.setdefault(delivery.sightings[0], []).append(delivery)
        worst = max(lost, key=lambda ref: (sum(d.barrels.central for d in lost[ref]), ref), default=None)
        if worst is None or central - sum(d.barrels.central for d in lost[worst]) >= limit:
            return "", None
        return f"without {_named(lost[worst])}, known from one sighting only", worst
    best = max(account.weak, key=lambda delivery: (account.of(delivery), delivery.id), default=None)
    if best is None or central + account.of(best) < limit:
        return "", None
    return f"had the doubtful call of {_named([best])} been a delivery", best.sightings[0]


def _named(deliveries: Iterable[Delivery]) -> str:
    first, *others = deliveries
    ship = first.vessel or "an unidentified tanker"
    return f"{ship} ({first.counted_on})" if not others else f"{1 + len(others)} deliveries of one row"
