"""The account of a case: from sightings to calls, voyages, deliveries and years against the cap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.calls import port_calls
from vesseltrack.oil.cap import cap_status
from vesseltrack.oil.capacity import load_fleet
from vesseltrack.oil.counting import counted_by
from vesseltrack.oil.decisions import Decisions
from vesseltrack.oil.deliveries import Trade, deliveries, in_order
from vesseltrack.oil.products import load_products
from vesseltrack.oil.regimes import load_regimes
from vesseltrack.oil.ships import ShipKind, oil_ships, ship_kinds, unidentified_kind
from vesseltrack.oil.transfers import join_voyages, received, transfers
from vesseltrack.oil.unidentified import unidentified_deliveries
from vesseltrack.oil.voyages import bound_for_the_dprk, voyages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vesseltrack.oil.decisions import Decided, Decision
    from vesseltrack.oil.model import Delivery, PortCall
    from vesseltrack.oil.notified import Report
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.year import CapStatus, OpeningBalance
    from vesseltrack.ports.model import Port

REFERENCE = (
    "regimes.toml", "products.csv", "reported.csv", "conversion_rates.csv", "fleet.csv", "tanker_sizes.csv",
)  # fmt: skip
"""Reference files that the account reads."""

ASSUMED = Assumptions()


@dataclass(frozen=True)
class Account:
    """Calls of all ships seen, deliveries, and each year asked for against its cap."""

    by_row: Mapping[int, Seen]
    """Sightings by row label; the receiver's side of a giver's row has a label below zero."""

    kinds: Mapping[str, ShipKind]
    calls: tuple[PortCall, ...]
    deliveries: tuple[Delivery, ...]
    years: tuple[CapStatus, ...]
    decisions: tuple[Decided, ...] = ()


def account(
    sightings: Sequence[Seen],
    ports: Sequence[Port],
    years: Sequence[int],
    as_of: date,
    reports_until: date,
    years_asked: bool = False,
    until: date | None = None,
    opening: OpeningBalance | None = None,
    assumptions: Assumptions = ASSUMED,
    decisions: Sequence[Decision] = (),
    reports: Sequence[Report] = (),
) -> Account:
    """Count the oil of all sightings. Independent of their order.

    ``years`` are those of the sightings; a delivery that counts in another year adds it, unless ``years_asked``.
    ``until``: deliveries that need not have been made by that day are left out, and said.
    ``reports``: a user's own rows of volumes that States reported.
    ``reports_until``: months that ended by then can have been reported; ``as_of``: whether a year is still running.

    Raises ConfigurationError where the opening balance overlaps the oil sightings (ruling 25).
    """
    products, rate = load_products(), assumptions.barrels_per_tonne
    trade = Trade(
        products if rate is None else products.with_basket(rate),
        load_fleet(),
        load_regimes(),
        tuple(port for port in ports if port.country == "KP" and "oil_discharge" in port.roles),
        assumptions,
    )
    supply = tuple(port for port in ports if {"oil_loading", "oil_supply"} & set(port.roles))
    both_sides = (*sightings, *received(sightings))
    by_row = {seen.row: seen for seen in both_sides}
    kinds = ship_kinds(both_sides, trade.products)
    decided = Decisions(decisions, as_of)
    calls = decided.calls(port_calls(both_sides, kinds, (*supply, *trade.discharge_ports)))
    joined = join_voyages(voyages(calls, oil_ships(kinds), supply), transfers(sightings), supply)
    named = deliveries(bound_for_the_dprk(joined, kinds), by_row, kinds, trade)
    found = in_order(decided.deliveries((*named, *unidentified_deliveries(sightings, calls, named, trade))))
    late = [delivery for delivery in found if _seen_by(delivery) > (until or date.max)]
    found = tuple(delivery for delivery in found if _seen_by(delivery) <= (until or date.max))
    of_oil = [s for s in sightings if (kinds[s.ship] if s.ship else unidentified_kind(s, trade.products)).oil]
    if not years_asked:
        counted = counted_by(found, assumptions.counting)
        years = sorted({*years, *(delivery.counted_on.year for delivery in counted)})
    if opening is not None:
        _refuse_too_early(opening, trade)
        _refuse_overlap(opening, of_oil)
        if opening.until.year not in years:
            shown = ", ".join(map(str, years)) or "no year"
            msg = f"--opening-balance: it ends on {opening.until}, but the report is about {shown}: give that year's"
            raise ConfigurationError(msg)
    return Account(
        by_row,
        kinds,
        calls,
        found,
        tuple(
            _with_late(
                cap_status(
                    year,
                    found,
                    of_oil,
                    trade,
                    as_of=as_of,
                    reports_until=reports_until,
                    opening=opening if opening and opening.until.year == year else None,
                    reports=reports,
                ),
                late,
                until,
            )
            for year in years
        ),
        decided.told(),
    )


def _seen_by(delivery: Delivery) -> date:
    """Day by which a loading or a discharge had surely been seen."""
    return min(date.fromisoformat(t.split("/")[-1]) for t in (delivery.loaded_on, delivery.delivered_on) if t)


def _with_late(status: CapStatus, late: Sequence[Delivery], until: date | None) -> CapStatus:
    """Say how many deliveries had not surely been made by the day that stands for today."""
    number = sum(1 for delivery in late if delivery.counted_on.year == status.year)
    if not number:
        return status
    told = f"{number} {'delivery' if number == 1 else 'deliveries'} dated past {until} do not count yet."
    return replace(status, caveats=(*status.caveats, told))


def _refuse_too_early(opening: OpeningBalance, trade: Trade) -> None:
    """What reached the DPRK before a cap began does not count towards it."""
    regime = trade.regimes.of_year(opening.until.year)
    if regime is not None and opening.until < regime.first:
        msg = f"--opening-balance: it ends on {opening.until}, before the cap of that year began on {regime.first}"
        raise ConfigurationError(msg)


def _refuse_overlap(opening: OpeningBalance, of_oil: Sequence[Seen]) -> None:
    """The same oil must not be in the opening balance and in the sightings."""
    first_day = date(opening.until.year, 1, 1)
    early = [s for s in of_oil if first_day <= s.end.date() and s.start.date() <= opening.until]
    if early:
        seen = min(early, key=lambda s: (s.start, s.ref))
        msg = (
            f"--opening-balance: its period ends on {opening.until}, but tankers were sighted in it "
            f"({len(early)} sightings, first {seen.ref.source} line {seen.ref.line}): the same oil would count twice; "
            "end the balance before the first sighting"
        )
        raise ConfigurationError(msg)
