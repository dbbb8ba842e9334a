"""Loading the register: the bundled ships, with a user's own list laid over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.entries import EntryError, entry, merged, vessels_of
from vesseltrack.vessels.model import ListUsed, Vessel
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.own_list import read_own_list
from vesseltrack.vessels.register import Register, grouped, known_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UN_LIST = "UN 1718 Designated Vessels List"
UN_VERSION = "EU Regulation 2017/1509 as consolidated, file of 2026-08-14"
"""The UN publishes its vessel list as a document only; the EU text transposes it (data/SOURCES.md)."""
UN_RETRIEVED = "2026-08-14"

AVAILABLE_LISTS = ("un",)


def _bundled() -> tuple[Vessel, ...]:
    entries = []
    for number, row in enumerate(reference.rows("vessels.csv"), start=1):
        try:
            entries.append(entry(row, authority="UN", list_name=UN_LIST))
        except EntryError as error:
            msg = f"reference file vessels.csv, row {number}: {error}"
            raise ConfigurationError(msg) from None
    return vessels_of(entries)


def _as_knowledge(vessel: Vessel) -> Vessel:
    """Take the listings away and keep their text: a user's list replaces what counts as listed."""
    texts = [f"{listing.list} {listing.listed_on or ''}".strip() for listing in vessel.listings]
    return replace(vessel, listings=(), also_listed="; ".join(text for text in (*texts, vessel.also_listed) if text))


def _merge_own(own: Sequence[Vessel], bundled: Sequence[Vessel]) -> tuple[Vessel, ...]:
    """Lay a user's entries over the bundled ones: the same ship by IMO number, else by a name only it bears."""
    ships = {vessel.id: vessel for vessel in bundled}
    by_key = grouped(
        (canonical(known.name), vessel) for vessel in bundled for known in known_names(vessel) if known.full_strength
    )
    for vessel in vessels_of(own):
        namesakes = tuple({found.id: found for found in by_key.get(canonical(vessel.name), ())}.values())
        same = ships.get(vessel.id)
        if same is None and len(namesakes) == 1 and not (vessel.imo and namesakes[0].imo):
            same = ships.get(namesakes[0].id)
        if same is None:
            ships[vessel.id] = vessel
        else:
            joined = merged(same, vessel)
            ships = {joined.id if key == same.id else key: joined if key == same.id else v for key, v in ships.items()}
    return tuple(ships.values())


def load_register(*, lists: Sequence[str] = ("un",), vessels_file: Path | None = None) -> Register:
    """Load the bundled register, or lay a user's list over it.

    With ``vessels_file`` only that list counts as listed; the bundled ships stay as knowledge without listings.
    Raises `ConfigurationError` for a list that is not available and for a file that cannot be used.
    """
    wanted = [name.strip().lower() for name in lists]
    missing = [name for name in wanted if name not in AVAILABLE_LISTS]
    if missing or not wanted:
        what = f"list {missing[0]!r} is not available" if missing else "no list was named"
        msg = f"--lists: {what}; available: {', '.join(AVAILABLE_LISTS)}"
        raise ConfigurationError(msg)
    bundled = _bundled()
    used = reference.used("vessels.csv")
    if vessels_file is None:
        listed = sum(1 for vessel in bundled if any(not listing.delisted_on for listing in vessel.listings))
        un = ListUsed(UN_LIST, "UN", UN_VERSION, UN_RETRIEVED, used[0].sha256, listed)
        return Register(bundled, (un,), used)
    own = read_own_list(vessels_file, vessels_file.name)
    vessels = _merge_own(own.entries, [_as_knowledge(vessel) for vessel in bundled])
    custom = ListUsed(vessels_file.name, "custom", "", "", own.sha256, own.listed)
    return Register(vessels, (custom,), (*used, reference.ReferenceUsed(str(vessels_file), own.sha256)))
