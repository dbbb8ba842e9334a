"""Calls by ships that nobody could name (ruling 17).

Rows of one source and one date at one place are different ships and add up. Rows of different dates within the gap may
be the same ships again: low and central take the largest number seen at once, high takes all. What may be the oil of
another delivery is left out of low.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import OTHER_SHIPS
from vesseltrack.oil.calls import CALL_GAP, WIDE
from vesseltrack.oil.deliveries import Draft, build
from vesseltrack.oil.ships import call_kind, unidentified_kind
from vesseltrack.oil.voyages import LONGEST_VOYAGE
from vesseltrack.ports.distance import sail_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from vesseltrack.oil.deliveries import Trade
    from vesseltrack.oil.model import CallKind, Delivery, PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.model import Port


@dataclass(frozen=True)
class _Ship:
    """One unidentified ship in a row, and whether low and central count it."""

    seen: Seen
    counted: bool


@dataclass(frozen=True)
class _Half:
    """A loading or a discharge, counted in low, whose other half was not seen."""

    port: Port | None
    start: datetime
    end: datetime

    def may_bring(self, landed: _Half) -> bool:
        """Whether oil that was loaded here can be what was landed there (ruling 21)."""
        sail = timedelta(hours=sail_hours(self.port, landed.port) or 0)
        return self.start + sail <= landed.end and landed.start - self.end <= LONGEST_VOYAGE


class _Halves:
    """Loadings, or discharges, in order of time; each completes one delivery at most."""

    def __init__(self, halves: Iterable[_Half]) -> None:
        self.halves = sorted(halves, key=lambda half: (half.start, half.end, half.port.id if half.port else ""))
        self.starts = [half.start for half in self.halves]
        self.longest = max((half.end - half.start for half in self.halves), default=timedelta(0))

    def take(self, half: _Half, what: CallKind) -> bool:
        """Take out the first that may be the other half of this one; whether there was one."""
        first = bisect_left(self.starts, half.start - LONGEST_VOYAGE - self.longest)
        for at in range(first, bisect_right(self.starts, half.end + LONGEST_VOYAGE)):
            load, landed = (self.halves[at], half) if what == "discharge" else (half, self.halves[at])
            if load.may_bring(landed):
                del self.halves[at], self.starts[at]
                return True
        return False


def unidentified_deliveries(
    sightings: Iterable[Seen], calls: Sequence[PortCall], named: Sequence[Delivery], trade: Trade
) -> Iterator[Delivery]:
    """Deliveries by unidentified tankers; one each for as many ships as were counted.

    A ship that may be a named one at the same place and days (``calls``), or whose oil may be that of another delivery
    of which only the other half was seen (``named``, and those found here), is left out of low.
    """
    by_spot: defaultdict[tuple[str, CallKind], list[Seen]] = defaultdict(list)
    for seen in sightings:
        if seen.ship == "":
            kind = unidentified_kind(seen, trade.products)
            what = call_kind([seen], kind)
            if kind.oil and what in {"load", "discharge", "receipt"}:
                by_spot[seen.spot, what].append(seen)
    doubtful = {delivery.calls[-1].ship for delivery in named if delivery.kind == "possible"}
    sure = [call for call in calls if call.ship not in doubtful]
    loads = [_half(delivery.calls[-1]) for delivery in named if delivery.kind in {"load", "receipt"}]
    landings = _Halves(_half(delivery.calls[-1]) for delivery in named if delivery.kind == "discharge")
    for (spot, what), group in sorted(by_spot.items()):
        if what != "discharge":
            for episode in _episodes(group):
                yield from _deliveries(spot, what, episode, sure, trade, landings, loads)
    open_loads = _Halves(loads)
    for (spot, what), group in sorted(by_spot.items()):
        if what == "discharge":
            for episode in _episodes(group):
                yield from _deliveries(spot, what, episode, sure, trade, open_loads, [])


def _half(call: PortCall) -> _Half:
    return _Half(call.port, call.start, call.end)


def _episodes(group: list[Seen]) -> Iterator[list[_Ship]]:
    """Sightings that may show the same ships: within five days of the first; each widely dated list by itself.

    A list that is dated widely adds the ships that it has beyond those counted within its dates, the narrowest first;
    so no further row takes a ship out of the count.
    """
    precise: list[list[Seen]] = []
    for seen in sorted((s for s in group if s.end - s.start <= WIDE), key=_order):
        if precise and seen.start - precise[-1][0].end <= CALL_GAP:
            precise[-1].append(seen)
        else:
            precise.append([seen])
    counted: list[tuple[datetime, datetime, int]] = []
    for chain in precise:
        ships = _ships(chain, _at_once(chain))
        counted.append((min(s.start for s in chain), max(s.end for s in chain), sum(ship.counted for ship in ships)))
        yield ships
    for wide in sorted(_lists(s for s in group if s.end - s.start > WIDE), key=_width):
        start, end = wide[0].start, wide[0].end
        already = sum(number for first, last, number in counted if first <= end and start <= last)
        ships = _ships(wide, wide, already)
        counted.append((start, end, sum(ship.counted for ship in ships)))
        yield ships


def _width(rows: list[Seen]) -> tuple[object, ...]:
    return (rows[0].end - rows[0].start, *_order(rows[0]))


def _lists(sightings: Iterable[Seen]) -> list[list[Seen]]:
    """Rows of one source and date: different ships."""
    listed: defaultdict[tuple[str, datetime, datetime], list[Seen]] = defaultdict(list)
    for seen in sightings:
        listed[seen.source, seen.start, seen.end].append(seen)
    return [sorted(rows, key=_order) for _, rows in sorted(listed.items())]


def _order(seen: Seen) -> tuple[object, ...]:
    return (seen.start, seen.end, seen.source, seen.count, seen.tie, seen.length_m or 0.0, seen.barrels or 0.0)


def _at_once(chain: list[Seen]) -> list[Seen]:
    """The rows of the one source and date that show the most ships."""
    return max(_lists(chain), key=lambda rows: (sum(s.count for s in rows), rows[0].source, rows[0].start, rows[0].end))


def _ships(chain: list[Seen], most: list[Seen], already: int = 0) -> list[_Ship]:
    """Single ships of a chain; ``already`` of them were counted from better dated rows."""
    counted = {id(seen) for seen in most}
    ships = []
    for seen in sorted(chain, key=_order):
        for _ in range(seen.count):
            counts = id(seen) in counted and already <= 0
            already -= id(seen) in counted
            ships.append(_Ship(seen, counts))
    return ships


def _deliveries(
    spot: str,
    what: CallKind,
    ships: list[_Ship],
    calls: Sequence[PortCall],
    trade: Trade,
    others: _Halves,
    own: list[_Half],
) -> Iterator[Delivery]:
    """Deliveries of one episode; takes out of ``others`` the halves that they may complete, adds to ``own``."""
    first, last = min(s.seen.start for s in ships), max(s.seen.end for s in ships)
    named = len(
        {
            call.ship
            for call in calls
            if call.kind == what and call.port is not None and call.port.id == spot
            and call.start - CALL_GAP <= last and first <= call.end + CALL_GAP
        }
    )  # fmt: skip
    for index, ship in enumerate(ships):
        seen = ship.seen
        half = _Half(seen.place.port, seen.start, seen.end)
        may_be_named = ship.counted and named > 0
        named -= may_be_named
        same_oil = ship.counted and not may_be_named and others.take(half, what)
        counts_in_low = ship.counted and not may_be_named and not same_oil
        if counts_in_low:
            own.append(half)
        if not ship.counted:
            why = "may be a ship already counted within five days; in high only"
        elif may_be_named:
            why = "unidentified; may be a named ship at the same place and days, so left out of low"
        elif same_oil:
            seen_too = "loading" if what == "discharge" else "discharge"
            why = f"unidentified; may carry the oil of a {seen_too} counted already, so left out of low"
        else:
            why = "unidentified ship"
        yield build(
            Draft(
                kind="unidentified",
                ship=f"unidentified {spot}",
                name="",
                seen=(seen,),
                load=(seen.start, seen.end) if what != "discharge" else None,
                load_place=seen.place if what != "discharge" else None,
                berthed=(seen.start, seen.end) if what == "load" else None,
                discharge=(seen.start, seen.end) if what == "discharge" else None,
                discharge_place=seen.place if what == "discharge" else None,
                why=why,
                ships=seen.count,
                in_low=counts_in_low,
                other_half=same_oil,
                in_central=ship.counted,
                probability=1.0 if ship.counted else OTHER_SHIPS,
            ),
            trade,
            number=index,
        )
