"""Oil that changes ships at sea: the receiver's side of a transfer, and one cargo carried by two ships.

Received and later landed is one delivery, counted where it is landed (ruling 18: a
ship-to-ship receipt and the port discharge after it are one).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vesseltrack.oil.ships import is_dprk_ship
from vesseltrack.oil.voyages import LONGEST_VOYAGE, Voyage, feasible, middle, time_to_fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.model import Port


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


@dataclass
class _Cargo:
    """A voyage, and who had its oil on board."""

    voyage: Voyage
    holders: set[str]
    """Ships that may have the whole of it on board now."""

    carriers: set[str]
    """All ships that had some of it on board."""


def join_voyages(
    voyages: Sequence[Voyage], passed_on: Iterable[Transfer], supply_ports: Sequence[Port]
) -> tuple[Voyage, ...]:
    """Join the giver's load to the receiver's voyage, so that oil passed on at sea is counted once, on arrival.

    ``passed_on`` in order of time; ``supply_ports`` are the places from which the giver may have fetched more.
    """
    cargoes = [_Cargo(v, {v.calls[-1].ship}, {call.ship for call in v.calls}) for v in voyages]
    for transfer in passed_on:
        source = max((c for c in cargoes if _gave(c, transfer, supply_ports)), key=_begun, default=None)
        if source is None or _told_already(source.voyage, transfer):
            continue
        target = _target(transfer, source, cargoes)
        if target is None:
            source.holders.add(transfer.receiver)
        elif source.voyage.discharge is None and transfer.giver in source.holders:
            source.voyage = _joined(source.voyage, target.voyage)
            source.holders = target.holders
            cargoes = [cargo for cargo in cargoes if cargo is not target]
        elif not _took(target.voyage, transfer):  # a receipt from a foreign ship is an import of its own
            why = "part of a cargo passed on at sea and counted already"
            target.voyage = Voyage("coastal", target.voyage.loads, target.voyage.discharge, why)
        source.carriers.add(transfer.receiver)
    return tuple(cargo.voyage for cargo in cargoes)


def _joined(source: Voyage, target: Voyage) -> Voyage:
    kind = target.kind if target.kind == "receipt" else "voyage"
    return Voyage(kind, source.loads + target.loads, target.discharge, f"{target.why}; passed on at sea")


def _begun(cargo: _Cargo) -> datetime:
    """When the cargo was complete, as far as was seen."""
    return middle((cargo.voyage.loads or cargo.voyage.calls)[-1])


def _target(transfer: Transfer, source: _Cargo, cargoes: Sequence[_Cargo]) -> _Cargo | None:
    """The voyage on which the receiver carried what it took over."""
    found = [
        c
        for c in cargoes
        if c is not source
        and (_took(c.voyage, transfer) or _landed(c.voyage, transfer))
        and _may_follow(c.voyage, source.voyage)
    ]
    return min(found, key=lambda c: (not _took(c.voyage, transfer), middle(c.voyage.calls[-1])), default=None)


def _told_already(source: Voyage, transfer: Transfer) -> bool:
    """Another sighting of a transfer by which the receiver's call came to be of this voyage."""
    return any(call.ship == transfer.receiver and call.end >= transfer.start for call in source.calls)


def _may_follow(voyage: Voyage, source: Voyage) -> bool:
    """Whether oil that the source loaded can have been landed by the voyage: never before it was loaded (ruling 21)."""
    return voyage.discharge is None or not source.loads or feasible(source.loads, voyage.discharge)


def _gave(cargo: _Cargo, transfer: Transfer, supply_ports: Sequence[Port]) -> bool:
    """A cargo of the giver that it may have passed on: loaded before the transfer, and not landed before it.

    What it gives after a landing is what it had left, as long as it cannot have fetched more.
    """
    voyage, landed = cargo.voyage, cargo.voyage.discharge
    if transfer.giver not in cargo.carriers:
        return False
    if landed is not None and transfer.start - landed.end >= time_to_fetch(landed.port, landed.port, supply_ports):
        return False
    return any(
        call.start <= transfer.end and transfer.start - call.end <= LONGEST_VOYAGE
        for call in (voyage.loads or voyage.calls)
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
