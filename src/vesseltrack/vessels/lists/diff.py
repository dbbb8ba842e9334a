"""What changed between two editions of a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from vesseltrack.vessels.entries import vessels_of
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vesseltrack.vessels.model import Vessel

ChangeKind = Literal["listed", "delisted", "renamed", "imo", "measures", "flag", "dates"]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True)
class Change:
    """One difference between two editions."""

    kind: ChangeKind
    name: str
    """In the newer edition, else in the older."""

    imo: str | None
    old: str
    """What the older edition says; empty where it says nothing."""

    new: str


def changes(old: Sequence[Vessel], new: Sequence[Vessel]) -> tuple[Change, ...]:
    """Differences, listings first, by kind and name.

    A ship is the same by IMO number, else by the publisher's id of its entry, else by name.
    """
    pairs = _pairs([v for v in vessels_of(old) if v.listings], [v for v in vessels_of(new) if v.listings])
    found = [change for before, after in pairs for change in _changes(before, after)]
    return tuple(sorted(found, key=lambda x: (KINDS.index(x.kind), x.name, x.imo or "", x.old, x.new)))


def in_number(found: Iterable[Change]) -> str:
    """The changes counted: ``3 listed, 1 renamed``."""
    counts = Counter(change.kind for change in found)
    words = {"imo": "IMO number changed", "measures": "measures changed", "flag": "flag changed", "dates": "redated"}
    return ", ".join(f"{counts[kind]:,} {words.get(kind, kind)}" for kind in KINDS if counts[kind])


def _pairs(old: Iterable[Vessel], new: Iterable[Vessel]) -> Iterator[tuple[Vessel | None, Vessel | None]]:
    left, right = {vessel.id: vessel for vessel in old}, {vessel.id: vessel for vessel in new}
    for same in (lambda v: v.imo or "", _entry, lambda v: str(canonical(v.name))):
        yield from _matched(left, right, same)
    yield from ((vessel, None) for vessel in left.values())
    yield from ((None, vessel) for vessel in right.values())


def _matched(
    left: dict[str, Vessel], right: dict[str, Vessel], key: Callable[[Vessel], str]
) -> Iterator[tuple[Vessel, Vessel]]:
    """Take out the ships that share a key which no other ship on its side has."""
    sides = [Counter(map(key, side.values())) for side in (left, right)]
    there = {key(vessel): vessel for vessel in right.values()}
    for vessel in list(left.values()):
        shared = key(vessel)
        if shared and sides[0][shared] == sides[1][shared] == 1:
            del left[vessel.id]
            yield vessel, right.pop(there[shared].id)


def _entry(vessel: Vessel) -> str:
    return next((f"{x.authority} {x.entry_id}" for x in vessel.listings if x.entry_id), "")


def _changes(old: Vessel | None, new: Vessel | None) -> Iterator[Change]:
    was, now = old is not None and _listed(old), new is not None and _listed(new)
    if new is None or old is None:
        if old is not None and was:
            yield Change("delisted", old.name, old.imo, _since(old), "")
        if new is not None and now:
            yield Change("listed", new.name, new.imo, "", _since(new))
        return
    if was != now:
        yield Change("listed" if now else "delisted", new.name, new.imo, _since(old), _since(new))
    if old.name.casefold().split() != new.name.casefold().split():
        yield Change("renamed", new.name, new.imo, old.name, new.name)
    sides: tuple[tuple[ChangeKind, str, str], ...] = (
        ("imo", old.imo or "", new.imo or ""),
        ("measures", _measures(old), _measures(new)),
        ("flag", old.flag, new.flag),
        ("dates", _listed_on(old), _listed_on(new)),
    )
    for kind, before, after in sides:
        if before != after and (was or now):
            yield Change(kind, new.name, new.imo, before, after)


def _listed(vessel: Vessel) -> bool:
    return any(listing.delisted_on is None for listing in vessel.listings)


def _listed_on(vessel: Vessel) -> str:
    return "; ".join(str(listing.listed_on) for listing in vessel.listings if listing.listed_on)


def _since(vessel: Vessel) -> str:
    """From when to when, in words; an entry without dates says so."""
    days = [
        " ".join(
            part
            for part in (
                f"since {x.listed_on}" if x.listed_on else "without a date",
                f"until {x.delisted_on}" if x.delisted_on else "",
            )
            if part
        )
        for x in vessel.listings
    ]
    return "; ".join(dict.fromkeys(days))


def _measures(vessel: Vessel) -> str:
    found = {f"{name}@{since}" if since else name for x in vessel.listings for name, since in x.measures}
    return "; ".join(sorted(found))
