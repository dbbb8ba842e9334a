"""Deliveries made by hand, for laws about what they add up to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.capacity import Capacity
from vesseltrack.oil.model import Days, Delivery
from vesseltrack.oil.simulation import Period, Simulated, simulate
from vesseltrack.oil.spread import Spread
from vesseltrack.sightings.schema import SightingRef

FIRST, LAST, CAP = date(2024, 1, 1), date(2024, 12, 31), 500_000.0
EXACTLY = Spread.exactly
TWENTY_THOUSAND = EXACTLY(20_000.0)


def days(day: int, width: int = 0) -> Days:
    """A day of 2024, counted from 0, or as many days more."""
    first = FIRST + timedelta(days=day)
    return Days(first + timedelta(days=width // 2), first, first + timedelta(days=width))


def cargo(name: str, barrels: Spread = TWENTY_THOUSAND, day: int = 100, width: int = 0, **changes: Any) -> Delivery:
    """A delivery beyond doubt by a ship that can carry so many barrels."""
    fields: dict[str, Any] = {
        "id": f"D{name}", "vessel": name, "imo": None, "kind": "discharge", "loaded_on": None, "loaded_at": None,
        "delivered_on": "2024-04-10", "delivered_at": "Nampo", "counted": days(day, width), "loaded": None,
        "discharged": days(day, width), "product": "unspecified", "regime": "refined", "in_low": True, "other_half": False,
        "in_central": True, "probability": 1.0, "designated": False, "state": "", "why": "", "identity": None,
        "calls": (), "rows": (), "sightings": (SightingRef("s.csv", 2),), "in_cap": True,
        "capacity": Capacity(barrels.low, barrels.central, barrels.high, "", "fleet", barrels, EXACTLY(1.0), name),
    }  # fmt: skip
    return Delivery(**{**fields, **changes})


def doubtful(name: str, probability: float, barrels: Spread = TWENTY_THOUSAND, **changes: Any) -> Delivery:
    """A call that was a delivery by a stated chance, in high only."""
    return cargo(
        name, barrels, kind="possible", in_low=False, in_central=False, probability=probability, **changes
    )  # fmt: skip


def year(*cargoes: Delivery, limit: float | None = CAP, opening: Any = None, **assumptions: Any) -> Simulated:
    """2024 as the draws have it."""
    (answer,) = simulate([Period(cargoes, FIRST, LAST, limit, opening)], Assumptions(**assumptions))
    return answer
