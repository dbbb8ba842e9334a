"""What became of the sightings: counts, what could not be placed, and why an answer is not whole."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.rules.coverage import is_unresolved
from vesseltrack.rules.evidence import listings_on
from vesseltrack.rules.model import Unplaced
from vesseltrack.sightings.schema import SightingRef, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.model import Place
    from vesseltrack.sightings.schema import Aside, InputFile
    from vesseltrack.vessels.model import Identity

_OF_PLACES = ("who", "place", "file", "line", "entry", "start", "end")
"""Columns that say who was where; ``entry`` is there for sightings out of the ledger."""


def unplaced_sightings(
    frame: pd.DataFrame, identities: Sequence[Identity], places: Sequence[Place]
) -> tuple[Unplaced, ...]:
    """Sightings at ports that the gazetteer does not know, by ship of the register and port name."""
    lost = np.array([place.kind == "unplaced" for place in places], dtype=bool)
    rows = (
        frame.loc[lost[frame["place"].to_numpy()], [name for name in _OF_PLACES if name in frame]]
        if lost.any()
        else frame[:0]
    )
    ships = {int(who): identities[who] for who in rows["who"].unique() if who >= 0}
    known = {who: identity.key for who, identity in ships.items() if identity.vessel is not None}
    keys = np.array([known.get(int(who), "") for who in rows["who"]], dtype=object)
    texts = np.array([place.text for place in places], dtype=object)[rows["place"].to_numpy()]
    return tuple(
        Unplaced(
            identity=min(
                (ships[who] for who in group["who"].unique() if known.get(who) == ship), key=_given, default=None
            ),
            text=str(text),
            first=group["start"].min().to_pydatetime(),
            last=group["end"].max().to_pydatetime(),
            sightings=tuple(
                sorted(map(SightingRef, group["file"].astype(object), group["line"].tolist(), entries_of(group)))
            ),
        )
        for (ship, text), group in rows.groupby([keys, texts], sort=True)
    )


def _given(identity: Identity) -> tuple[str, str, str, tuple[str, ...]]:
    """What orders the ways in which one ship was given, so that the order of rows never matters."""
    return identity.name, identity.sighted_imo, identity.mmsi or "", identity.reasons


def summarise(
    frame: pd.DataFrame,
    inputs: Iterable[InputFile],
    identities: Sequence[Identity],
    places: Sequence[Place],
    sightings: Iterable[Seen],
    aside: Aside,
) -> dict[str, int]:
    """Counts of sightings, save ``vessels``, which counts ships by what they were found to be.

    ``unlisted``: readable identity, on no list on the day, no review. Those set ``aside`` count among them.
    """
    inputs = tuple(inputs)
    standing = Counter(_standing(seen) for seen in sightings)
    at = np.bincount(frame["place"].to_numpy(), minlength=len(places))
    keys = {code: identity.key for code, identity in enumerate(identities)}
    ships = frame["who"].map(keys).astype(object)
    for name in ("imo", "vessel", "mmsi"):
        ships = ships.where(ships.notna() & (ships != ""), frame[name].astype(object))
    number = len(frame) + aside.number
    return {
        "sightings": number,
        "vessels": len(aside.ships.union(ships[ships != ""].unique())),
        "listed": standing["listed"],
        "review": standing["review"],
        "unlisted": number - sum(count for name, count in standing.items() if name != "unlisted"),
        "unidentified": standing["unidentified"],
        "unresolved": standing["unresolved"],
        "unplaced": int(sum(at[code] for code, place in enumerate(places) if place.kind == "unplaced")),
        "at_sea": aside.at_sea + int(sum(at[code] for code, place in enumerate(places) if place.kind == "sea")),
        "rejected": sum(used.rejected for used in inputs),
        "duplicates": sum(used.duplicates for used in inputs),
    }


def _standing(seen: Seen) -> str:
    """How one sighting counts in the summary."""
    if is_unresolved(seen):
        return "unresolved"
    if seen.ship == "":
        return "unidentified"
    if listings_on(seen.identity, seen.start.date()):
        return "listed"
    if seen.identity is not None and seen.identity.grade == "review":
        return "review"
    return "unlisted"


def incomplete(inputs: Iterable[InputFile], summary: Mapping[str, int], lost: int) -> Iterator[str]:
    """Why the answer is not whole, a phrase each."""
    for used in inputs:
        if used.rows == 0:
            yield f"{used.path} has no rows"
    if summary["rejected"]:
        yield f"{_count(summary['rejected'], 'row')} could not be read"
    if summary["unresolved"]:
        yield f"{_count(summary['unresolved'], 'sighting')} could not be resolved to a ship"
    if lost:
        yield f"{_count(lost, 'sighting')} of ships of the register could not be placed"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
