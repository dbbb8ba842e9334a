"""The estimate as the documents write it: probability, days, rules of counting, what drives it, crude, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.values import barrels_object, day, number

if TYPE_CHECKING:
    from vesseltrack.oil.decisions import Decided
    from vesseltrack.oil.year import CapStatus, Crossing, CrudeStatus, Flip
    from vesseltrack.reports.values import Document


def estimate_object(status: CapStatus) -> Document:
    """Low, central, high and the probability that the cap was reached."""
    return {**barrels_object(status.estimate), "probability_exceeded": number(status.probability_exceeded, 4)}


def simulation_objects(status: CapStatus) -> Document:
    """The keys of a year that tell how the estimate came about."""
    return {
        "simulation": _simulation(status),
        "daily": [
            {
                "date": day(one.day),
                **barrels_object(one.barrels),
                "probability_exceeded": number(one.probability_exceeded, 4),
            }
            for one in status.days
        ],
        "counting": {
            "rule": status.counting[0].rule if status.counting else None,
            "compared": [
                {
                    "rule": one.rule,
                    "deliveries": one.deliveries,
                    "estimate": {
                        **barrels_object(one.estimate),
                        "probability_exceeded": number(one.probability_exceeded, 4),
                    },
                }
                for one in status.counting
            ],
        },
        "drivers": [
            {
                "assumption": one.assumption,
                "share": number(one.share, 4),
                "low": None if one.low is None else round(one.low),
                "high": None if one.high is None else round(one.high),
            }
            for one in status.drivers
        ],
        "flip": _flip(status.flip),
        "crude": [_crude(one) for one in status.crude],
    }


def crossing_object(crossing: Crossing) -> Document:
    """The days on which a share of the cap was reached."""
    return {
        "basis": crossing.basis,
        "percent": crossing.percent,
        "low": day(crossing.low),
        "central": day(crossing.central),
        "high": day(crossing.high),
    }


def decision_object(decided: Decided) -> Document:
    """A decision, and the calls or deliveries that it took out."""
    decision = decided.decision
    return {
        "decision": decision.kind,
        "because": decision.because,
        "reference": decision.reference or None,
        "until": day(decision.until),
        "expired": decided.expired,
        "where": decision.where,
        "changed": list(decided.changed),
    }


def _simulation(status: CapStatus) -> Document:
    """What the draws were made of."""
    fill, rate = status.assumptions.fill, status.assumptions.barrels_per_tonne
    return {
        "draws": status.draws,
        "seed": status.assumptions.seed,
        "fill": {"low": number(fill.low, 4), "central": number(fill.central, 4), "high": number(fill.high, 4)},
        "barrels_per_tonne": rate,
    }


def _flip(flip: Flip | None) -> Document | None:
    if flip is None:
        return None
    ref = flip.ref
    return {
        "assumption": flip.assumption or None,
        "sighting": {"text": flip.sighting, "source": ref.source, "line": ref.line} if ref is not None else None,
    }


def _crude(one: CrudeStatus) -> Document:
    return {
        "cap": {
            "regime": one.regime.id,
            "from": day(one.regime.first),
            "to": day(one.regime.last),
            "limit_barrels": one.regime.limit_barrels,
            "limit_tonnes": one.regime.limit_tonnes,
            "legal_basis": list(one.regime.legal_basis),
        },
        "deliveries": one.deliveries,
        "estimate": {**barrels_object(one.estimate), "probability_exceeded": number(one.probability_exceeded, 4)},
        "tonnes": barrels_object(one.tonnes),
    }
