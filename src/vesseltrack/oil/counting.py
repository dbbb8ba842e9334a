"""Three rules of counting, and the day a cargo counts on by each (ruling 22).

``voyage`` counts each cargo once by whatever evidence, on arrival, else on loading plus transit. ``discharge`` is the
Panel of Experts' (calls at DPRK oil facilities, by arrival). ``load`` is the Open Source Centre's (visits to the
loading berth, by loading).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, timedelta

    from vesseltrack.oil.assumptions import CountingRule
    from vesseltrack.oil.model import Delivery


@dataclass(frozen=True)
class Days:
    """When something happened: the day it counts for, and the first and last day on which it may have happened."""

    day: date
    earliest: date
    latest: date

    @classmethod
    def of(cls, start: datetime, end: datetime) -> Days:
        """The days of an interval; it counts for its middle."""
        return cls((start + (end - start) / 2).date(), start.date(), end.date())

    def later(self, by: timedelta) -> Days:
        """The same, some days later."""
        return Days(self.day + by, self.earliest + by, self.latest + by)

    def not_before(self, first: date) -> Days:
        """The same, where it cannot have been before a day."""
        return Days(max(self.day, first), max(self.earliest, first), max(self.latest, first))


def counted_by(deliveries: Iterable[Delivery], rule: CountingRule) -> tuple[Delivery, ...]:
    """The deliveries that a rule counts, each on the day that the rule gives it.

    A rule that looks at one end of voyages counts no cargo by its other half.
    """
    if rule == "voyage":
        return tuple(deliveries)
    found = []
    for delivery in deliveries:
        days = delivery.discharged if rule == "discharge" else delivery.loaded
        if days is not None:
            found.append(replace(delivery, counted=days, in_low=delivery.in_low or delivery.other_half))
    return tuple(found)
