"""Oil that changes ships at sea: the receiver's side of a transfer, and one cargo carried by two ships.

Received and later landed is one delivery, counted where it is landed (ruling 18: a
ship-to-ship receipt and the port discharge after it are one).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vesseltrack.oil.ships import is_dprk_ship
from vesseltrack.oil.voyages import LONGEST_VOYAGE, Voyage, feasible, middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from vesseltrack.oil.seen import Seen


@dataclass(frozen=True, order=True)
class Transfer:
    """Oil given by one identified ship to another."""

    start: datetime
    end: datetime
    giver: str
    receiver: str


def received(sightings: Iterable[Seen]) -> Iterator[Seen]:
    """What a giver's row says of a DPRK-flagged receiver: that it took the oil over.

    Row labels are below zero, so that both sides of one row can be told apart.
    """
    for seen in sightings:
        other = seen.other
        if seen.activity == "sts_giving" and other is not None and other.key != seen.ship and is_dprk_ship(other):
            yield replace(
                seen, row=-1 - seen.row, ship=other.key, identity=other, other=seen.identity, name=other.name,
                flag="", type="", ais_status="unknown", activity="sts_receiving", laden="unknown",
            )  # fmt: skip


def transfers(sightings: Iterable[Seen]) -> tuple[Transfer, ...]:
    """Transfers between identified ships, in order of time."""
    found = set()
    for seen in sightings:
        if seen.other is None or not seen.other.key or not seen.ship:
            continue
        if seen.activity == "sts_giving":
            found.add(Transfer(seen.start, seen.end, seen.ship, seen.other.key))
        elif seen.activity == "sts_receiving":
            found.add(Transfer(seen.start, seen.end, seen.other.key, seen.ship))
    return tuple(sorted(found))


def join_voyages(voyages: Sequence[Voyage], passed_on: Iterable[Transfer]) -> tuple[Voyage, ...]:
    """Join the giver's load to the receiver's voyage, so that oil passed on at sea is counted once, on arrival."""
    open_voyages = list(voyages)
    for transfer in passed_on:
        source = max((v for v in open_voyages if _gave(v, transfer)), key=lambda v: middle(v.loads[-1]), default=None)
        if source is None:
            continue
        others = [v for v in open_voyages if v is not source and _may_follow(v, source)]
        target = next((v for v in others if _took(v, transfer)), None) or min(
            (v for v in others if _landed(v, transfer)), key=lambda v: middle(v.calls[-1]), default=None
        )
        if target is None:
            continue
        if source.discharge is None and source.calls[-1].ship == transfer.giver:
            kind = target.kind if target.kind == "receipt" else "voyage"
            joined = Voyage(kind, source.loads + target.loads, target.discharge, f"{target.why}; passed on at sea")
            open_voyages = [joined if v is target else v for v in open_voyages if v is not source]
        else:
            part = Voyage(
                "coastal", target.loads, target.discharge, "part of a cargo passed on at sea and counted already"
            )
            open_voyages = [part if v is target else v for v in open_voyages]
    return tuple(open_voyages)


def _may_follow(voyage: Voyage, source: Voyage) -> bool:
    """Whether oil that the source loaded can have been landed by the voyage: never before it was loaded (ruling 21)."""
    return voyage.discharge is None or feasible(source.loads, voyage.discharge)


def _gave(voyage: Voyage, transfer: Transfer) -> bool:
    """A cargo of the giver that it may have passed on: loaded before the transfer and not landed before it."""
    landed = voyage.discharge is not None and voyage.discharge.end < transfer.start
    return not landed and any(
        load.ship == transfer.giver and load.start <= transfer.end and transfer.start - load.end <= LONGEST_VOYAGE
        for load in voyage.loads
    )


def _took(voyage: Voyage, transfer: Transfer) -> bool:
    """The receiver's own voyage that begins with this transfer."""
    return any(
        call.ship == transfer.receiver
        and call.kind == "receipt"
        and call.start <= transfer.end
        and transfer.start <= call.end
        for call in voyage.loads
    )


def _landed(voyage: Voyage, transfer: Transfer) -> bool:
    """A discharge by the receiver after a transfer that adds nothing by itself: both ships are the DPRK's."""
    call = voyage.discharge
    return (
        voyage.kind in {"discharge", "coastal"}
        and call is not None
        and call.ship == transfer.receiver
        and transfer.start <= call.end
        and call.start - transfer.end <= LONGEST_VOYAGE
    )
