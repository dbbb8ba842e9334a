"""Loading the register: the bundled ships, with the lists in force, or a user's own, laid over them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.entries import EntryError, entry, merged, vessels_of
from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.known_names import known_names
from vesseltrack.vessels.lists import store
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.store import Edition, FileUsed
from vesseltrack.vessels.model import ListUsed, Vessel
from vesseltrack.vessels.names import canonical
from vesseltrack.vessels.register import Register

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vesseltrack.vessels.model import Company
    from vesseltrack.vessels.names import NameKey

UN = "un"
UN_LIST = "UN 1718 Designated Vessels List"
UN_VERSION = "EU Regulation 2017/1509 as consolidated, file of 2026-08-14"
"""The UN publishes its vessel list as a document only; the EU text transposes it (data/SOURCES.md)."""
UN_RETRIEVED = "2026-08-14"

BUNDLED: tuple[str, ...] = ()
"""For ``lists``: what comes with the program, and nothing that somebody imported."""


def bundled_vessels() -> tuple[Vessel, ...]:
    """The ships that come with the program, listed or not."""
    entries = []
    for number, row in enumerate(reference.rows("vessels.csv"), start=1):
        try:
            entries.append(entry(row, authority="UN", list_name=UN_LIST))
        except EntryError as error:
            msg = f"reference file vessels.csv, row {number}: {error}"
            raise ConfigurationError(msg) from None
    return vessels_of(entries)


def _bundled_list(bundled: Sequence[Vessel], sha256: str, confirmed: str = "") -> ListUsed:
    """The bundled list as output names it; ``confirmed``: the day on which somebody found it unchanged."""
    listed = sum(any(not listing.delisted_on for listing in vessel.listings) for vessel in bundled)
    return ListUsed(UN_LIST, "UN", UN_VERSION, UN_RETRIEVED, sha256, listed, confirmed=confirmed, id=UN)


def bundled_edition(folder: Path | None = None) -> Edition:
    """The bundled list as an edition, with the day on which somebody confirmed it."""
    listed = tuple(vessel for vessel in bundled_vessels() if vessel.listings)
    (used,) = reference.used("vessels.csv")
    content = PublishedList(UN, UN_LIST, "UN", "bundled", UN_VERSION, len(listed), listed)
    confirmed = store.confirmed_on(UN, used.sha256, folder)
    return Edition(content, UN_RETRIEVED, (FileUsed(used.name, used.sha256),), confirmed)


def edition_in_force(name: str, folder: Path | None = None) -> Edition | None:
    """What counts as that list: the imported edition, for ``un`` else the bundled one; None where there is none."""
    edition = store.in_force(name, folder) if store.valid_name(name) else None
    if name == UN and (edition is None or not edition.content.vessels):
        return bundled_edition(folder)
    return edition


def in_force(lists: Sequence[str] | None, folder: Path | None = None) -> dict[str, Edition | None]:
    """The lists to consult and the imported edition of each; None for the bundled ``un``.

    Args:
        lists: their names, in any order; None for all that are in force.
        folder: where imported lists lie; None for the user's own folder.

    Raises:
        ConfigurationError: a list that is not there, or a stored one that is damaged.
    """
    if lists is None:
        wanted = store.names(folder)
    else:
        wanted = tuple(dict.fromkeys(name.strip().lower() for name in lists))
        known = {UN, *store.names(folder)} if set(wanted) - {UN} else {UN}
        missing = [name for name in wanted if name not in known]
        if missing or not wanted:
            what = f"list {missing[0]!r} is not available" if missing else "no list was named"
            raise ConfigurationError(
                f"--lists: {what}; available: {', '.join(sorted(known, key=_un_first))}. "
                "A published list is added with `vesseltrack vessels import FILE`."
            )
    chosen = {UN, *wanted} if lists is None else set(wanted)
    return {name: store.in_force(name, folder) for name in sorted(chosen, key=_un_first)}


def _un_first(name: str) -> tuple[bool, str]:
    return name != UN, name


def _as_knowledge(vessel: Vessel) -> Vessel:
    """Take the listings away and keep their text: a user's list replaces what counts as listed."""
    texts = [f"{listing.list} {listing.listed_on or ''}".strip() for listing in vessel.listings]
    return replace(vessel, listings=(), also_listed="; ".join(text for text in (*texts, vessel.also_listed) if text))


def laid_over(base: Sequence[Vessel], entries: Sequence[Vessel]) -> tuple[Vessel, ...]:
    """Lay a list's entries over the ships known before.

    The same ship by IMO number; where one side has no number, by a name that only one entry of each side bears fully.
    """
    ships = {vessel.id: vessel for vessel in base}
    listed = vessels_of(entries)
    place = {vessel_id: vessel_id for vessel_id in ships} | _namesakes(base, listed)
    for vessel in listed:
        at = place.get(vessel.id, vessel.id)
        ships[at] = merged(ships[at], vessel) if at in ships else vessel
    return tuple(ships.values())


def _namesakes(base: Sequence[Vessel], listed: Sequence[Vessel]) -> dict[str, str]:
    """Entries of the list that are a ship known before by name alone: their id, and the ship's.

    Names are keyed only where they can decide something: on the side of the few ships without a number.
    """
    known, new = {vessel.id for vessel in base}, {vessel.id for vessel in listed}
    unknown = [vessel for vessel in listed if vessel.id not in known]
    numberless = [vessel for vessel in base if not vessel.imo and vessel.id not in new]
    names = {x.key for vessel in numberless for x in known_names(vessel)}
    keyed = ((vessel, canonical(vessel.name)) for vessel in unknown if numberless or not vessel.imo)
    doubtful = {vessel.id: key for vessel, key in keyed if not vessel.imo or key in names}
    bearers = _bearers(base, set(doubtful.values()))
    doubtful = {listed_id: key for listed_id, key in doubtful.items() if len(bearers.get(key, ())) == 1}
    beside = _bearers(listed, set(doubtful.values()))
    found: dict[str, str] = {}
    claims: Counter[str] = Counter()
    for vessel in unknown:
        key = doubtful.get(vessel.id)
        if key is None or beside.get(key) != (vessel,):
            continue
        (same,) = bearers[key]
        if same.id not in new and not (vessel.imo and same.imo):
            found[vessel.id] = same.id
            claims[same.id] += vessel.imo is not None
    return {listed_id: ship for listed_id, ship in found.items() if claims[ship] <= 1}


def _bearers(vessels: Sequence[Vessel], keys: set[NameKey]) -> Mapping[NameKey, tuple[Vessel, ...]]:
    """The ships that bear one of these names fully."""
    if not keys:
        return {}
    concerned = [
        vessel
        for vessel in vessels
        if any(
            canonical(name) in keys
            for name in (vessel.name, *(x.listed_name for x in vessel.listings), *(x.name for x in vessel.aliases))
        )
    ]
    names = grouped((x.key, ship) for ship in concerned for x in known_names(ship) if x.full_strength)
    return {key: tuple({ship.id: ship for ship in same}.values()) for key, same in names.items()}


def load_register(
    *, lists: Sequence[str] | None = BUNDLED, vessels_file: Path | None = None, folder: Path | None = None
) -> Register:
    """Load the bundled register with lists laid over it.

    An imported ``un`` edition that holds ships replaces the bundled listings; the bundled ships stay as knowledge.

    Args:
        lists: names of the lists to consult; None for all in force, nothing for what comes with the program.
        vessels_file: a user's list. Only that counts as listed; the bundled ships stay as knowledge without listings.
        folder: where imported lists lie; None for the user's own folder.

    Raises:
        ConfigurationError: a list that is not available or is damaged, or a file that cannot be used.
    """
    used = reference.used("vessels.csv", "companies.csv")
    if vessels_file is not None:
        if lists:
            in_force(lists, folder)  # a name that is not there is told, whatever else is given
        return _with_own_list(vessels_file, used[:1])
    bundled = bundled_vessels()
    file = used[0]
    if lists == BUNDLED:
        return Register(bundled, (_bundled_list(bundled, file.sha256),), used)
    editions = in_force(lists, folder)
    un = editions.get(UN)
    stands = UN in editions and (un is None or not un.content.vessels)
    vessels: Sequence[Vessel] = bundled if stands else [_as_knowledge(vessel) for vessel in bundled]
    consulted: list[ListUsed] = []
    if stands:
        consulted.append(_bundled_list(bundled, file.sha256, store.confirmed_on(UN, file.sha256, folder)))
    companies: list[Company] = []
    for edition in editions.values():
        if edition is not None:
            vessels = laid_over(vessels, edition.content.vessels)
            companies += edition.content.companies
            consulted.append(edition.used())
    own = (company.listing.authority for company in companies)  # a list may hold the companies of many authorities
    named = None if lists is None else frozenset((*(used.authority for used in consulted), *own))
    return Register(tuple(vessels), tuple(consulted), used, tuple(companies), named)


def _with_own_list(path: Path, used: tuple[reference.ReferenceUsed, ...]) -> Register:
    from vesseltrack.vessels.own_list import read_own_list  # noqa: PLC0415 - most runs have no list of their own

    own = read_own_list(path, path.name)
    vessels = laid_over([_as_knowledge(vessel) for vessel in bundled_vessels()], own.entries)
    custom = ListUsed(path.name, "custom", "", "", own.sha256, own.listed)
    return Register(vessels, (custom,), (*used, reference.ReferenceUsed(str(path), own.sha256)), None)
