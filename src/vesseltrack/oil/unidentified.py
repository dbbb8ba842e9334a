"""Calls by ships that nobody could name (ruling 17).

Rows of one source and one date at one place are different ships and add up. Rows of different dates within the gap may
be the same ships again: low and central take the largest number seen at once, high takes all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import OTHER_SHIPS
from vesseltrack.oil.calls import CALL_GAP, WIDE
from vesseltrack.oil.deliveries import Draft, build
from vesseltrack.oil.ships import call_kind, unidentified_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from vesseltrack.oil.deliveries import Trade
    from vesseltrack.oil.model import CallKind, Delivery, PortCall
    from vesseltrack.oil.seen import Seen


@dataclass(frozen=True)
class _Ship:
    """One unidentified ship in a row, and whether low and central count it."""

    seen: Seen
    counted: bool


def unidentified_deliveries(sightings: Iterable[Seen], named: Sequence[PortCall], trade: Trade) -> Iterator[Delivery]:
    """Deliveries by unidentified tankers; one each for as many ships as were counted.

    A ship that may be a named one at the same place and days is left out of low.
    """
    by_spot: defaultdict[tuple[str, CallKind], list[Seen]] = defaultdict(list)
    for seen in sightings:
        if seen.ship == "":
            kind = unidentified_kind(seen, trade.products)
            what = call_kind([seen], kind)
            if kind.oil and what in {"load", "discharge", "receipt"}:
                by_spot[seen.spot, what].append(seen)
    for (spot, what), group in sorted(by_spot.items()):
        for episode in _episodes(group):
            yield from _deliveries(spot, what, episode, named, trade)


def _episodes(group: list[Seen]) -> Iterator[list[_Ship]]:
    """Sightings that may show the same ships: within five days of the first, and wide dates that overlap them."""
    precise: list[list[Seen]] = []
    for seen in sorted((s for s in group if s.end - s.start <= WIDE), key=_order):
        if precise and seen.start - precise[-1][0].end <= CALL_GAP:
            precise[-1].append(seen)
        else:
            precise.append([seen])
    wide: list[list[Seen]] = []
    for seen in sorted((s for s in group if s.end - s.start > WIDE), key=_order):
        if wide and seen.start <= max(s.end for s in wide[-1]):
            wide[-1].append(seen)
        else:
            wide.append([seen])
    chains = [(chain, _at_once(chain)) for chain in precise]
    for chain, most in chains:
        yield _ships(chain, most)
    for chain in wide:
        first, last = min(s.start for s in chain), max(s.end for s in chain)
        known = sum(
            sum(s.count for s in most)
            for other, most in chains
            if min(s.start for s in other) <= last and first <= max(s.end for s in other)
        )
        yield _ships(chain, _at_once(chain), already=known)


def _order(seen: Seen) -> tuple[object, ...]:
    return (seen.start, seen.end, seen.source, seen.count, seen.tie, seen.length_m or 0.0, seen.barrels or 0.0)


def _at_once(chain: list[Seen]) -> list[Seen]:
    """The rows of the one source and date that show the most ships."""
    listed: defaultdict[tuple[str, datetime, datetime], list[Seen]] = defaultdict(list)
    for seen in chain:
        listed[seen.source, seen.start, seen.end].append(seen)
    return max(listed.items(), key=lambda item: (sum(s.count for s in item[1]), item[0]))[1]


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
    spot: str, what: CallKind, ships: list[_Ship], named: Sequence[PortCall], trade: Trade
) -> Iterator[Delivery]:
    first, last = min(s.seen.start for s in ships), max(s.seen.end for s in ships)
    doubtful = len(
        {
            call.ship
            for call in named
            if call.kind == what and call.port is not None and call.port.id == spot
            and call.start <= last and first <= call.end
        }
    )  # fmt: skip
    for index, ship in enumerate(ships):
        seen = ship.seen
        may_be_named = ship.counted and doubtful > 0
        doubtful -= may_be_named
        if not ship.counted:
            why = "may be a ship already counted within five days; in high only"
        elif may_be_named:
            why = "unidentified; may be a named ship at the same place and days, so left out of low"
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
                discharge=(seen.start, seen.end) if what == "discharge" else None,
                discharge_place=seen.place if what == "discharge" else None,
                why=why,
                ships=seen.count,
                in_low=ship.counted and not may_be_named,
                in_central=ship.counted,
                probability=1.0 if ship.counted else OTHER_SHIPS,
            ),
            trade,
            number=index,
        )
