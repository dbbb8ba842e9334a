"""The estimate: many draws of every delivery, added up day by day, and read off as quantiles.

Low is the 5 % quantile of what is beyond doubt, central the median of what is counted, high the 95 % quantile with
every weakly evidenced call by its probability. In each draw the second holds at least as much as the first, and the
third as the second, so low <= central <= high on every day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.oil.assumptions import LEAST_DRAWS
from vesseltrack.oil.draws import FILLS, GROUPS, VARIANT_DRAWS, WEAK, Draws
from vesseltrack.oil.lever import HALF_A_BARREL, Lever, quantile
from vesseltrack.oil.volume import Barrels
from vesseltrack.oil.year import DayEstimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.draws import Drawn
    from vesseltrack.oil.lever import Totals
    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import OpeningBalance

LOW, CENTRAL, HIGH = 0.05, 0.5, 0.95
"""Quantiles of the estimate."""

MOST_NUMBERS = 20_000_000
"""Draws times deliveries of a year: beyond 2,000 deliveries there are fewer draws, never under 1,000. The total of so
many ships hardly differs from draw to draw but by what they share."""


@dataclass(frozen=True)
class Simulated:
    """A period as the draws have it."""

    draws: int
    barrels: Barrels
    certain: float
    """Median of the deliveries that low counts: at least ``barrels.low``, at most ``barrels.central``."""

    probability_exceeded: float | None
    days: tuple[DayEstimate, ...]
    """The days on which something was added, in order."""

    shares: tuple[tuple[str, float], ...]
    """Part of each of `draws.GROUPS` in the variance of the total, largest first; they sum to 1. Empty: no variance."""

    levers: Mapping[str, Lever] = field(default_factory=dict, compare=False, repr=False)
    """What central would be with one of `draws.GROUPS` at another value."""

    totals: Totals | None = field(default=None, compare=False, repr=False)
    """What central is the median of, draw by draw, ``opening`` included."""


@dataclass(frozen=True)
class Period:
    """What is asked: how much these deliveries brought from the first day to the last."""

    deliveries: tuple[Delivery, ...]
    first: date
    last: date
    limit: float | None
    """Barrels of the cap; None: there is none."""

    opening: OpeningBalance | None = None
    daily: bool = True
    """Whether the days and the shares are asked for, or the total only."""


def simulate(periods: Sequence[Period], assumptions: Assumptions) -> tuple[Simulated, ...]:
    """Answer several questions from the same draws. Independent of the order of deliveries.

    A delivery that stands in several periods is the same oil in all of them, whatever day it counts on there.
    """
    together: dict[str, list[tuple[int, Delivery]]] = {}
    for number, period in enumerate(periods):
        for delivery in period.deliveries:
            together.setdefault(delivery.id, []).append((number, delivery))
    draws = Draws(assumptions, how_many_draws(assumptions.draws, len(together)))
    running = [_Running(period, draws.size) for period in periods]
    for _, places in sorted(together.items()):
        drawn = draws.of(places[0][1])
        for number, delivery in places:
            running[number].add(delivery, drawn, draws)
    return tuple(one.answer() for one in running)


def how_many_draws(asked: int, deliveries: int) -> int:
    """Draws for so many deliveries: as many as asked for, unless the year is very full."""
    return min(asked, max(LEAST_DRAWS, MOST_NUMBERS // max(deliveries, 1)))


class _Running:
    """Running totals of a period by day and draw, apart by how sure the deliveries are."""

    def __init__(self, period: Period, draws: int) -> None:
        self._period, self._draws = period, draws
        self._by_day: dict[str, Totals] = {}
        self._few = np.zeros(min(draws, VARIANT_DRAWS))
        self._changed: dict[str, Totals] = {}
        self._moved: dict[str, Totals] = {}
        self._by_unit: dict[str, Totals] = {}

    def add(self, delivery: Delivery, drawn: Drawn, draws: Draws) -> None:
        """Add a delivery on the day or days that it counts on here."""
        period, arrived = self._period, drawn.arrived
        sure = "low" if delivery.in_low else "central" if delivery.in_central else "high"
        totals = self._by_day.get(sure)
        if totals is None:
            rows = (period.last - period.first).days + 1 if period.daily else 1
            totals = self._by_day[sure] = np.zeros((rows, self._draws))
        if not period.daily:
            totals[0] += arrived
            return
        if delivery.earliest == delivery.latest:
            totals[(min(max(delivery.counted_on, period.first), period.last) - period.first).days] += arrived
        else:
            totals[draws.days(delivery, period.first, period.last), np.arange(self._draws)] += arrived
        few = arrived[:VARIANT_DRAWS]
        self._few += few
        for group, volume in drawn.again.items():
            self._changed.setdefault(group, np.zeros_like(self._few))
            self._changed[group] += volume - few
        for group, volume in drawn.by_unit.items():
            self._by_unit.setdefault(group, np.zeros(self._draws))
            self._by_unit[group] += volume
            if group not in {FILLS, WEAK}:
                self._moved.setdefault(group, np.zeros(self._draws))
                self._moved[group] += arrived

    def answer(self) -> Simulated:
        """Read the totals off as quantiles."""
        period, opening = self._period, self._period.opening
        rows = [row for row in range((period.last - period.first).days + 1 if period.daily else 1) if self._any(row)]
        begun = (opening.until - period.first).days if opening is not None and period.daily else 0
        if opening is not None:
            rows = sorted({*rows, begun})
        none = np.zeros(self._draws)
        start, central = 0.0, none
        sums = dict.fromkeys(("low", "central", "high"), none)
        days: list[DayEstimate] = []
        certain, last = 0.0, Barrels(0.0, 0.0, 0.0)
        probability = None if period.limit is None else 0.0
        for row in rows:
            start = float(opening.barrels) if opening is not None and row >= begun else 0.0
            sums = {sure: total + self._by_day[sure][row] if sure in self._by_day else total
                    for sure, total in sums.items()}  # fmt: skip
            central = sums["low"] + sums["central"]
            high = central + sums["high"]
            certain = start + quantile(sums["low"], CENTRAL)
            last = Barrels(
                start + quantile(sums["low"], LOW), start + quantile(central, CENTRAL), start + quantile(high, HIGH)
            )
            if period.limit is not None:
                probability = float(np.count_nonzero(high + start >= period.limit - HALF_A_BARREL)) / self._draws
            days.append(DayEstimate(period.first + timedelta(days=row), last, probability))
        totals = central + start
        moved = self._moved | {FILLS: central, WEAK: none}  # all of central is filled; it holds no doubtful call
        levers = {group: Lever(totals - moved[group], volume) for group, volume in self._by_unit.items()}
        return Simulated(
            self._draws, last, certain, probability, tuple(days) if period.daily else (), self._shares(), levers, totals
        )

    def _any(self, row: int) -> bool:
        return any(totals[row].any() for totals in self._by_day.values())

    def _shares(self) -> tuple[tuple[str, float], ...]:
        """How much of the variance each assumption makes, scaled to sum to 1.

        Half the mean square by which the total changes when the assumption alone is drawn anew: Jansen's estimator of
        the total effect (Jansen 1999; Saltelli et al. 2010, Computer Physics Communications 181, table 2).
        """
        made = {group: float(np.mean(change**2)) / 2 for group, change in self._changed.items()}
        together = sum(made.values())
        if not together or len(self._few) == 1:
            return ()
        shares = ((group, made[group] / together) for group in GROUPS if made.get(group))
        return tuple(sorted(shares, key=lambda share: -share[1]))
