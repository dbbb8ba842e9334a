"""Deliveries: the oil of each voyage, in barrels, with dates and the evidence that carries it."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.capacity import CargoEvidence, Fleet, estimate_capacity, stratum
from vesseltrack.oil.model import Barrels, Delivery, PortCall
from vesseltrack.oil.products import UNSPECIFIED
from vesseltrack.oil.voyages import Voyage, middle
from vesseltrack.ports.distance import sail_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vesseltrack.oil.model import DeliveryKind
    from vesseltrack.oil.products import Product, Products
    from vesseltrack.oil.regimes import Regimes
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.ships import ShipKind
    from vesseltrack.ports.model import Place, Port

LOW_FILL = 1 / 3
"""US report to the 1718 Committee, July 2018: even one third laden."""

CENTRAL_FILL = 0.75
"""RUSI Project Sandstone, December 2021: lower of its two fills; between the Panel's 0.60 and 0.90."""

HIGH_FILL = 1.0
"""RUSI and Financial Times, March 2024: full capacity."""

TRANSIT_SPEED_KN = 10.0
"""Speed assumed from loading to the nearest DPRK oil port where the arrival was not seen. An assumption."""

WEIGHTS: dict[DeliveryKind, tuple[int, int, int]] = {
    "voyage": (1, 1, 1),
    "load": (1, 1, 1),
    "discharge": (1, 1, 1),
    "receipt": (1, 1, 1),
    "unidentified": (1, 1, 1),
    "possible": (0, 0, 1),
    "coastal": (0, 0, 1),
}
"""Whether a kind counts in low, central and high (rulings 17, 18, 20)."""


@dataclass(frozen=True)
class Trade:
    """Reference data that turns voyages into barrels."""

    products: Products
    fleet: Fleet
    regimes: Regimes
    discharge_ports: tuple[Port, ...]
    """DPRK ports with an oil facility."""


def deliveries(
    voyages: Iterable[Voyage], by_row: Mapping[int, Seen], kinds: Mapping[str, ShipKind], trade: Trade
) -> tuple[Delivery, ...]:
    """Deliveries of identified ships, the further ones that only ``high`` counts included."""
    found: list[Delivery] = []
    for voyage in voyages:
        carrier = voyage.calls[-1].ship
        if voyage.kind != "coastal" and not kinds[carrier].sure:
            why = f"{voyage.why}; the ship is only a possible match, so in high only"
            voyage = replace(voyage, kind="possible", why=why)  # noqa: PLW2901 - the same voyage, less sure
        found += _of_voyage(voyage, by_row, trade)
    return tuple(found)


def in_order(found: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Deliveries in the order in which they are shown and summed; independent of the order of rows."""
    return tuple(sorted(found, key=lambda d: (d.counted_on, d.earliest, d.vessel, d.id)))


def whole_barrels(found: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """The same deliveries in whole barrels whose sum is the rounded total: each takes what the running total gains."""
    totals, rounded = Barrels(0.0, 0.0, 0.0), []
    for delivery in found:
        before, totals = totals, totals + delivery.barrels
        gained = (round(after) - round(was) for after, was in zip(_three(totals), _three(before), strict=True))
        rounded.append(replace(delivery, barrels=Barrels(*gained)))
    return tuple(rounded)


def _three(barrels: Barrels) -> tuple[float, float, float]:
    return barrels.low, barrels.central, barrels.high


def _of_voyage(voyage: Voyage, by_row: Mapping[int, Seen], trade: Trade) -> Iterator[Delivery]:
    calls = voyage.calls
    load = voyage.loads[0] if voyage.loads else None
    seen = [by_row[row] for call in calls for row in (*call.rows, *call.corroborating)]
    arrival, earliest, latest = _arrival(voyage, trade)
    delivery = build(
        Draft(
            kind=voyage.kind,
            ship=calls[-1].ship,
            name=calls[-1].name,
            seen=tuple(seen),
            load=_span(load),
            load_place=load.place if load is not None else None,
            discharge=_span(voyage.discharge),
            discharge_place=voyage.discharge.place if voyage.discharge is not None else None,
            counted_on=arrival,
            earliest=earliest,
            latest=latest,
            why=voyage.why + _doubt(seen),
            calls=calls,
        ),
        trade,
    )
    yield delivery
    extra = max(call.extra_calls for call in calls)
    for number in range(1, extra + 1):
        yield replace(
            delivery,
            id=f"{delivery.id}-{number}",
            kind="possible",
            barrels=Barrels(0.0, 0.0, delivery.capacity.high),
            why="a further turn-round that fits into a chain of sightings without continuous evidence; in high only",
        )


def _doubt(seen: Sequence[Seen]) -> str:
    """Says when a sighting is of the ship only perhaps."""
    doubtful = sum(1 for s in seen if s.identity is not None and s.identity.grade == "review")
    return f"; {doubtful} of {len(seen)} sightings only a possible match" if doubtful else ""


def _arrival(voyage: Voyage, trade: Trade) -> tuple[date, date, date]:
    """Day counted, earliest and latest: arrival, else loading plus transit (ruling 22)."""
    if voyage.discharge is not None:
        call = voyage.discharge
        earliest = max([call.start, *(load.start for load in voyage.loads)])
        return max(middle(call), earliest).date(), earliest.date(), call.end.date()
    load = voyage.loads[-1]
    sails = [
        hours
        for port in trade.discharge_ports
        if load.port is not None and (hours := sail_hours(load.port, port, TRANSIT_SPEED_KN)) is not None
    ]
    transit = timedelta(days=math.ceil(min(sails, default=0.0) / 24))
    return (middle(load) + transit).date(), (load.start + transit).date(), (load.end + transit).date()


@dataclass(frozen=True)
class Draft:
    """A delivery before its barrels are known."""

    kind: DeliveryKind
    ship: str
    name: str
    seen: tuple[Seen, ...]
    load: tuple[datetime, datetime] | None
    load_place: Place | None
    discharge: tuple[datetime, datetime] | None
    discharge_place: Place | None
    counted_on: date
    earliest: date
    latest: date
    why: str
    calls: tuple[PortCall, ...] = ()
    ships: int = 1
    """Ships that share the volumes given in the rows."""


def build(draft: Draft, trade: Trade, weights: tuple[int, int, int] | None = None, number: int = 0) -> Delivery:
    """Put barrels on a voyage: capacity x fill x whether it counts."""
    product = _product(draft.seen, trade.products)
    identity = draft.calls[-1].identity if draft.calls else None
    vessel = identity.vessel if identity is not None and identity.grade == "match" else None
    state = draft.load_place.port.country if draft.load_place is not None and draft.load_place.port is not None else ""
    capacity = estimate_capacity(
        vessel, _cargo(draft.seen, draft.ships), product, trade.fleet, stratum(state, draft.counted_on)
    )
    low, central, high = weights or WEIGHTS[draft.kind]
    regime = trade.regimes.on(draft.counted_on, product.regime) if product.regime else None
    return Delivery(
        id=_delivery_id(draft, number),
        vessel=draft.name,
        imo=identity.imo if identity is not None else None,
        kind=draft.kind,
        loaded_on=_dates(draft.load),
        loaded_at=_place_name(draft.load_place),
        delivered_on=_dates(draft.discharge),
        delivered_at=_place_name(draft.discharge_place),
        counted_on=draft.counted_on,
        earliest=draft.earliest,
        latest=draft.latest,
        capacity=capacity,
        barrels=Barrels(
            low * capacity.low * LOW_FILL, central * capacity.central * CENTRAL_FILL, high * capacity.high * HIGH_FILL
        ),
        product=product.name,
        in_cap=regime is not None and regime.product == "refined",
        designated=any(_listed(seen) for seen in draft.seen),
        state=state if state != "KP" else "",
        why=draft.why,
        identity=identity,
        calls=draft.calls,
        rows=tuple(sorted({seen.row for seen in draft.seen})),
        sightings=tuple(sorted({seen.ref for seen in draft.seen})),
    )


def _listed(seen: Seen) -> bool:
    """Surely of a ship that was on the UN's list, or on a user's own, on the day."""
    who = seen.identity
    return (
        who is not None
        and who.grade == "match"
        and who.vessel is not None
        and any(listing.binds_all_states for listing in who.vessel.listings_on(seen.start.date()))
    )


def _product(seen: Iterable[Seen], products: Products) -> Product:
    """The one product that the rows name; the unspecified basket where they name none or several."""
    named = {product.name: product for s in seen if s.product and (product := products.find(s.product)) is not None}
    return next(iter(named.values())) if len(named) == 1 else products.by_name[UNSPECIFIED]


def _cargo(seen: Sequence[Seen], ships: int) -> CargoEvidence:
    """Largest volume given in the rows, per ship."""

    def largest(values: Iterable[float | None]) -> float | None:
        given = [value for value in values if value is not None]
        return max(given) / ships if given else None

    return CargoEvidence(
        largest(s.barrels for s in seen), largest(s.cargo_m3 for s in seen), largest(s.tonnes for s in seen)
    )


def _delivery_id(draft: Draft, number: int) -> str:
    text = "|".join(
        [
            draft.kind, draft.ship, str(draft.load), str(draft.discharge),
            _place_name(draft.load_place) or "", _place_name(draft.discharge_place) or "", str(number),
        ]
    )  # fmt: skip
    return "D" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _span(call: PortCall | None) -> tuple[datetime, datetime] | None:
    return None if call is None else (call.start, call.end)


def _dates(span: tuple[datetime, datetime] | None) -> str | None:
    if span is None:
        return None
    first, last = (moment.date().isoformat() for moment in span)
    return first if first == last else f"{first}/{last}"


def _place_name(place: Place | None) -> str | None:
    """``port, facility``; None where no place is known."""
    if place is None:
        return None
    if place.port is None:
        return place.text or "at sea"
    return f"{place.port.name}, {place.facility.name}" if place.facility is not None else place.port.name
