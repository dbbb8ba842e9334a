"""Three rules of counting, and the day a cargo counts on by each (ruling 22).

``voyage`` counts each cargo once by whatever evidence, on arrival, else on loading plus transit. ``discharge`` is the
Panel of Experts' (calls at DPRK oil facilities, by arrival). ``load`` is the Open Source Centre's (visits to the
loading berth, by loading).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.oil.assumptions import CountingRule
    from vesseltrack.oil.model import Delivery


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
