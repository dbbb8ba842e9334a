"""Deliveries: the oil of each voyage, with dates, capacity, doubts and the evidence that carries it."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import (
    BERTHED_IN_THE_SILENCE,
    COASTAL_WAS_IMPORT,
    SHIP_IS_THE_ONE,
    TURNED_ROUND,
    Assumptions,
)
from vesseltrack.oil.capacity import UNKNOWN_SIZE, CargoEvidence, Fleet, ShipSize, estimate_capacity
from vesseltrack.oil.model import Days, Delivery, PortCall
from vesseltrack.oil.products import UNSPECIFIED
from vesseltrack.ports.distance import sail_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vesseltrack.oil.model import DeliveryKind
    from vesseltrack.oil.products import Product, Products
    from vesseltrack.oil.regimes import Regimes
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.ships import ShipKind
    from vesseltrack.oil.voyages import Voyage
    from vesseltrack.ports.model import Place, Port
    from vesseltrack.vessels.model import Identity

TRANSIT_SPEED_KN = 10.0
"""Speed assumed from loading to the nearest DPRK oil port where the arrival was not seen. An assumption."""


@dataclass(frozen=True)
class Trade:
    """Reference data and assumptions that turn voyages into barrels."""

    products: Products
    fleet: Fleet
    regimes: Regimes
    discharge_ports: tuple[Port, ...]
    """DPRK ports with an oil facility."""

    assumptions: Assumptions


def deliveries(
    voyages: Iterable[Voyage], by_row: Mapping[int, Seen], kinds: Mapping[str, ShipKind], trade: Trade
) -> tuple[Delivery, ...]:
    """Deliveries of identified ships, the further ones that only ``high`` counts included."""
    return tuple(
        delivery
        for voyage in voyages
        for delivery in _of_voyage(voyage, by_row, trade, sure=kinds[voyage.calls[-1].ship].sure)
    )


def in_order(found: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Deliveries in the order in which they are shown and summed; independent of the order of rows."""

    def place(d: Delivery) -> tuple[object, ...]:
        return (d.counted_on, d.earliest, d.latest, d.vessel, d.loaded_at or "", d.delivered_at or "", d.why, d.id)

    return tuple(sorted(found, key=place))


def _of_voyage(voyage: Voyage, by_row: Mapping[int, Seen], trade: Trade, *, sure: bool) -> Iterator[Delivery]:
    calls, loads, discharge = voyage.calls, voyage.loads, voyage.discharge
    seen = [by_row[row] for call in calls for row in (*call.rows, *call.corroborating)]
    kind, probability, why = voyage.kind, _probability(voyage), voyage.why + _doubt(seen)
    if kind != "coastal" and not sure:
        kind, probability = "possible", probability * SHIP_IS_THE_ONE
        why = f"{voyage.why}; the ship is only a possible match, so in high only{_doubt(seen)}"
    delivery = build(
        Draft(
            kind=kind,
            ship=calls[-1].ship,
            name=calls[-1].name,
            seen=tuple(seen),
            load=_span(loads[0] if loads else None),
            load_place=loads[0].place if loads else None,
            departure=loads[-1] if loads else None,
            berthed=_span(next((call for call in reversed(loads) if call.kind != "receipt"), None)),
            discharge=_span(discharge),
            discharge_place=discharge.place if discharge is not None else None,
            why=why,
            calls=calls,
            in_low=probability == 1,
            in_central=probability == 1,
            probability=probability,
        ),
        trade,
    )
    yield delivery
    for number in range(1, max(call.extra_calls for call in calls) + 1):
        yield replace(
            delivery,
            id=f"{delivery.id}-{number}",
            kind="possible",
            in_low=False,
            in_central=False,
            probability=probability * TURNED_ROUND,
            why="a further turn-round that fits into a chain of sightings without continuous evidence; in high only",
        )


def _probability(voyage: Voyage) -> float:
    """That the voyage brought oil: stated where it is doubtful (rulings 18 and 20)."""
    if voyage.kind == "coastal":
        return COASTAL_WAS_IMPORT
    return BERTHED_IN_THE_SILENCE if voyage.kind == "possible" else 1.0


def _doubt(seen: Sequence[Seen]) -> str:
    """Says when a sighting is of the ship only perhaps."""
    doubtful = sum(1 for s in seen if s.identity is not None and s.identity.grade == "review")
    return f"; {doubtful} of {len(seen)} sightings only a possible match" if doubtful else ""


def _transit(place: Place | None, trade: Trade) -> timedelta:
    """Whole days from a loading place to the nearest DPRK oil port; none where the place is no port."""
    sails = [
        hours
        for port in trade.discharge_ports
        if place is not None and place.port is not None
        if (hours := sail_hours(place.port, port, TRANSIT_SPEED_KN)) is not None
    ]
    return timedelta(days=math.ceil(min(sails, default=0.0) / 24))


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
    why: str
    departure: PortCall | None = None
    """The last loading, where there were several."""

    berthed: tuple[datetime, datetime] | None = None
    """The last call at or off a loading berth; None where the oil was taken over at sea."""

    calls: tuple[PortCall, ...] = ()
    ships: int = 1
    """Ships that share the volumes given in the rows."""

    in_low: bool = True
    other_half: bool = False
    in_central: bool = True
    probability: float = 1.0


def build(draft: Draft, trade: Trade, number: int = 0) -> Delivery:
    """Say of a voyage when it counts, what the ship can carry, and how sure it was one."""
    product = _product(draft.seen, trade.products)
    identity = draft.calls[-1].identity if draft.calls else None
    state = draft.load_place.port.country if draft.load_place is not None and draft.load_place.port is not None else ""
    loaded, discharged, counted = _days(draft, trade)
    stratum = trade.fleet.stratum(state, counted.day)
    name = _delivery_id(draft, number)
    capacity = estimate_capacity(
        draft.ship if identity is not None else name,
        _size(draft.ship, identity, trade.assumptions),
        _cargo(draft.seen, draft.ships),
        product,
        trade.assumptions.strata.get(stratum.name, stratum),
        trade.fleet.hulls,
    )
    return Delivery(
        id=name,
        vessel=draft.name,
        imo=identity.imo if identity is not None else None,
        kind=draft.kind,
        loaded_on=_dates(draft.load),
        loaded_at=_place_name(draft.load_place),
        delivered_on=_dates(draft.discharge),
        delivered_at=_place_name(draft.discharge_place),
        counted=counted,
        loaded=loaded,
        discharged=discharged,
        capacity=capacity,
        product=product.name,
        regime=product.regime,
        in_low=draft.in_low,
        other_half=draft.other_half,
        in_central=draft.in_central,
        probability=draft.probability,
        designated=any(_listed(seen) for seen in draft.seen),
        state=state if state != "KP" else "",
        why=draft.why,
        identity=identity,
        calls=draft.calls,
        rows=tuple(sorted({seen.row for seen in draft.seen})),
        sightings=tuple(sorted({seen.ref for seen in draft.seen})),
    )


def _days(draft: Draft, trade: Trade) -> tuple[Days | None, Days | None, Days]:
    """When it was loaded, when landed, and when it counts: on arrival, else on loading plus transit (ruling 22)."""
    departure = _span(draft.departure) or draft.load
    place = draft.departure.place if draft.departure is not None else draft.load_place
    loaded = Days.of(*draft.berthed) if draft.berthed is not None else None
    if draft.discharge is not None:
        begun = [draft.discharge[0], *(call.start for call in draft.calls[:-1])]
        landed = Days.of(*draft.discharge).not_before(max(begun).date())  # never before it was loaded
        return loaded, landed, landed
    if departure is None:
        msg = "a delivery was neither loaded nor landed"
        raise ValueError(msg)
    return loaded, None, Days.of(*departure).later(_transit(place, trade))


def _size(ship: str, identity: Identity | None, assumptions: Assumptions) -> ShipSize:
    """What is known of a ship's size: what a user gives, else what the register holds of the ship it surely is."""
    vessel = identity.vessel if identity is not None and identity.grade == "match" else None
    size = assumptions.sizes.get(ship, UNKNOWN_SIZE)
    if vessel is None:
        return size
    if size is UNKNOWN_SIZE:
        size = ShipSize(deadweight_tonnes=vessel.deadweight_tonnes, gross_tonnage=vessel.gross_tonnage)
    return replace(size, observed_load_tonnes=vessel.observed_load_tonnes, observed_load_m3=vessel.observed_load_m3)


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
    """Largest volume given in the rows, per ship, and the length."""

    def largest(values: Iterable[float | None]) -> float | None:
        given = [value for value in values if value is not None]
        return max(given) / ships if given else None

    lengths = [s.length_m for s in seen if s.length_m is not None]
    return CargoEvidence(
        largest(s.barrels for s in seen),
        largest(s.cargo_m3 for s in seen),
        largest(s.tonnes for s in seen),
        max(lengths, default=None),
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
