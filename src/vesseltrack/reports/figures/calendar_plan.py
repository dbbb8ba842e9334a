"""Who has a row in the calendars of a year, in which order, and where in it each stay is drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from itertools import count as numbers
from typing import TYPE_CHECKING

from vesseltrack.oil.products import load_products
from vesseltrack.oil.ships import oil_ships, ship_kinds
from vesseltrack.oil.volume import Barrels
from vesseltrack.reports.figures.stays import UNIDENTIFIED, stays, volume
from vesseltrack.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.figures.stays import Stay

MOST_LANES = 12
"""Stays drawn one over the other on a side of a row; of more, some share a lane."""

TOLD = 8
"""Stays that the words of a row name one by one."""


@dataclass(frozen=True)
class Row:
    """A ship's year."""

    name: str
    stays: tuple[Stay, ...]
    deliveries: int
    """Those that it landed, or loaded where no landing was seen."""

    barrels: Barrels

    @property
    def text(self) -> str:
        """The row in words."""
        oil = f"{count(self.deliveries, 'delivery', 'deliveries')}, {volume(self.barrels)}" if self.deliveries else ""
        told = [stay.where for stay in self.stays[:TOLD]]
        told += [f"{len(self.stays) - TOLD:,} more"] if len(self.stays) > TOLD else []
        return f"{self.name}: {'; '.join(part for part in (oil, *told) if part)}"


def rows(case: Case, status: CapStatus) -> list[Row]:
    """Tankers that brought oil, most barrels first, then other oil ships with calls in the year, by name."""
    by_ship: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in stays(case, status):
        by_ship[stay.ship].append(stay)
    oil = {ship for ship, found in by_ship.items() if any(_of_oil(stay) for stay in found)}
    others = by_ship.keys() - oil
    kinds = ship_kinds([seen for seen in case.sightings if seen.ship in others], load_products()) if others else {}
    found = [_row(ship, by_ship[ship]) for ship in sorted(oil | oil_ships(kinds))]
    return sorted(found, key=lambda row: (-row.barrels.central, -row.deliveries, row.name, row.stays[0].first))


def _of_oil(stay: Stay) -> bool:
    return stay.delivery is not None or stay.what != "other"


def _row(ship: str, found: Sequence[Stay]) -> Row:
    """The row of a ship; a cargo that it passed on to another counts there."""
    own = {stay.delivery.id: stay.delivery for stay in found if stay.delivery is not None and _carrier(stay) == ship}
    total = Barrels(0.0, 0.0, 0.0)
    for delivery in own.values():
        total += delivery.barrels
    name = found[0].name if ship else UNIDENTIFIED
    return Row(name, tuple(found), len(own), total)


def _carrier(stay: Stay) -> str:
    """The ship that had the cargo last."""
    delivery = stay.delivery
    return delivery.calls[-1].ship if delivery is not None and delivery.calls else stay.ship


@dataclass(frozen=True)
class Placed:
    """A stay, and the lane that it is drawn in: 0 on the line of its row, above it from 1, below it from -1."""

    stay: Stay
    lane: int


def lanes(row: Row, reach: Callable[[Stay], tuple[float, float]]) -> list[Placed]:
    """Loadings above the line, discharges below it, and all else on it, such that stays cover each other little."""
    ends: dict[int, list[float]] = {1: [], -1: []}
    placed = []
    for stay in row.stays:
        side = {"load": 1, "discharge": -1, "other": 0}[stay.what]
        if side == 0:
            placed.append(Placed(stay, 0))
            continue
        start, end = reach(stay)
        taken = ends[side]
        lane = next((number for number, last in enumerate(taken) if last <= start), len(taken))
        lane = min(lane, MOST_LANES - 1)
        taken[lane : lane + 1] = [max([end, *taken[lane : lane + 1]])]
        placed.append(Placed(stay, side * (lane + 1)))
    return placed


def codes(found: Iterable[Stay]) -> dict[str, str]:
    """A short code for each port, by its id: the first letters of its name that no port seen more often has."""
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for stay in found:
        if stay.port is not None:
            seen[stay.port.id].append(stay.port.name)
    taken: set[str] = set()
    given: dict[str, str] = {}
    for port, names in sorted(seen.items(), key=lambda item: (-len(item[1]), item[1][0], item[0])):
        letters = "".join(one for one in names[0] if one.isalnum()).capitalize()
        tries = (letters[:length] for length in (1, 2, 3) if letters)
        code = next(one for one in chain(tries, (f"{letters[:1]}{n}" for n in numbers(2))) if one not in taken)
        taken.add(code)
        given[port] = code
    return given


def voyages(row: Row) -> list[tuple[Delivery, Stay, Stay]]:
    """Deliveries of which the ship's row has both ends."""
    loads: dict[str, Stay] = {}
    landings: dict[str, Stay] = {}
    for stay in row.stays:
        if stay.delivery is not None and stay.what != "other":
            (loads if stay.what == "load" else landings).setdefault(stay.delivery.id, stay)
    both = [(stay.delivery, stay, landings[name]) for name, stay in loads.items() if name in landings]
    return [(delivery, load, landing) for delivery, load, landing in both if delivery is not None]


def first_day(year: int) -> datetime:
    """Midnight on 1 January, UTC as everywhere."""
    return datetime(year, 1, 1)  # noqa: DTZ001


def left_out(rest: Sequence[Row]) -> str:
    """What stands on rows that are not drawn."""
    total = Barrels(0.0, 0.0, 0.0)
    for row in rest:
        total += row.barrels
    deliveries = count(sum(row.deliveries for row in rest), "delivery", "deliveries")
    return f"{count(len(rest), 'more ship')} not drawn, with {deliveries} and {volume(total)}."
