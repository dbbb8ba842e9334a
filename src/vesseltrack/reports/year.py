"""A year against its cap as the documents write it: estimate, scenarios, crossings, deliveries, reported volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.estimate import crossing_object, estimate_object, simulation_objects
from vesseltrack.reports.explain import explanation, weakest_links
from vesseltrack.reports.reported import reported_object
from vesseltrack.reports.values import barrels_object, day, number

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.values import Document


def year_object(status: CapStatus, as_of: date | None) -> Document:
    """A year against its cap."""
    regime = status.regime
    opening, projection = status.opening_balance, status.projection
    return {
        "cap": {
            "regime": regime.id if regime else None,
            "year": status.year,
            "limit_barrels": regime.limit_barrels if regime else None,
            "legal_basis": list(regime.legal_basis) if regime else [],
        },
        "verdict": status.verdict,
        "coverage": {
            "from": day(status.coverage_from),
            "to": day(status.coverage_to),
            "days_observed": status.days_observed,
        },
        "estimate": estimate_object(status),
        "scenarios": [
            {
                "fill": round(scenario.fill, 4),
                "barrels": scenario.barrels,
                "percent_of_cap": number(scenario.percent_of_cap, 2),
                "crossed_on": day(scenario.crossed_on),
            }
            for scenario in status.scenarios
        ],
        "crossings": [crossing_object(crossing) for crossing in status.crossings],
        "deliveries": [delivery_object(delivery) for delivery in status.deliveries],
        "reported": reported_object(status),
        "projection": None
        if projection is None
        else {
            "rate_per_30_days": projection.rate_per_30_days,
            "low": day(projection.low),
            "central": day(projection.central),
            "high": day(projection.high),
        },
        "uncapped": barrels_object(status.uncapped),
        "opening_balance": None
        if opening is None
        else {"barrels": opening.barrels, "until": day(opening.until), "because": opening.because},
        "caveats": list(status.caveats),
        **simulation_objects(status),
        "explanation": list(explanation(status)),
        "weakest_links": list(weakest_links(status, as_of)),
    }


def delivery_object(delivery: Delivery) -> Document:
    """One delivery, with the sightings it rests on."""
    return {
        "id": delivery.id,
        "vessel": delivery.vessel or None,
        "imo": delivery.imo or None,
        "kind": delivery.kind,
        "loaded_on": delivery.loaded_on,
        "loaded_at": delivery.loaded_at,
        "delivered_on": delivery.delivered_on,
        "delivered_at": delivery.delivered_at,
        "counted_on": day(delivery.counted_on),
        "capacity": {**barrels_object(delivery.capacity), "basis": delivery.capacity.basis},
        "barrels": barrels_object(delivery.barrels),
        "sightings": [{"source": ref.source, "line": ref.line} for ref in delivery.sightings],
        "in_cap": delivery.in_cap,
        "designated": delivery.designated,
        "product": delivery.product or None,
        "state": delivery.state or None,
        "why": delivery.why,
        "probability": number(delivery.probability, 4),
        "exempt": delivery.exempt or None,
    }
