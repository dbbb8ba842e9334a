"""The register: every ship we know, listed or not, found by IMO number, MMSI, call sign and name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.entries import EntryError, entry, merged, vessels_of
from vesseltrack.vessels.model import AliasKind, ListUsed, Vessel
from vesseltrack.vessels.names import NameKey, canonical
from vesseltrack.vessels.own_list import read_own_list
from vesseltrack.vessels.spelling import slip_index, slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from vesseltrack.reference import ReferenceUsed

_K = TypeVar("_K")
_V = TypeVar("_V")

UN_LIST = "UN 1718 Designated Vessels List"
UN_VERSION = "EU Regulation 2017/1509 as consolidated, file of 2026-08-14"
"""The UN publishes its vessel list as a document only; the EU text transposes it (data/SOURCES.md)."""
UN_RETRIEVED = "2026-08-14"

AVAILABLE_LISTS = ("un",)

COMMON_NAMES = frozenset(canonical(name) for name in ("MARIA", "APEX", "UNICA", "BLUE OCEAN"))
"""Names that many ships bear: alone they are a review at most, also as a former name."""

NameKind = Literal["name"] | AliasKind
FULL_STRENGTH: frozenset[NameKind] = frozenset({"name", "listed", "former", "variant"})
"""Names that a ship bore openly; painted, laundered and translated ones alone prove nothing."""


@dataclass(frozen=True)
class KnownName:
    """A name under which a register ship is known."""

    vessel: Vessel
    name: str
    kind: NameKind
    first: date | None
    last: date | None
    full_strength: bool
    """Alone enough for a match, on a day inside its dates."""

    numberless: bool
    """The ship's own name without its number."""

    @property
    def dated(self) -> bool:
        """Whether the name counts only for a time."""
        return self.first is not None or self.last is not None

    def borne_on(self, day: date | None) -> bool:
        """Whether the ship bore the name on that day; a name without dates, or no day, always."""
        return day is None or ((self.first is None or self.first <= day) and (self.last is None or day <= self.last))


@dataclass(frozen=True)
class Register:
    """All ships known, the lists they stand on, and the ways to find them."""

    vessels: tuple[Vessel, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Vessel]:
        """Vessels by their id."""
        return {vessel.id: vessel for vessel in self.vessels}

    @cached_property
    def by_imo(self) -> Mapping[str, Vessel]:
        """Vessels by IMO number, seven digits."""
        return {vessel.imo: vessel for vessel in self.vessels if vessel.imo}

    @cached_property
    def by_mmsi(self) -> Mapping[str, tuple[Vessel, ...]]:
        """Vessels by MMSI, nine digits."""
        return _grouped((mmsi, vessel) for vessel in self.vessels for mmsi in vessel.mmsi)

    @cached_property
    def by_call_sign(self) -> Mapping[str, tuple[Vessel, ...]]:
        """Vessels by call sign, letters and digits in upper case."""
        return _grouped((call_sign_key(vessel.call_sign), vessel) for vessel in self.vessels if vessel.call_sign)

    @cached_property
    def by_key(self) -> Mapping[NameKey, tuple[KnownName, ...]]:
        """Known names by their canonical key, a ship's own name before its aliases."""
        return _grouped((canonical(known.name), known) for vessel in self.vessels for known in known_names(vessel))

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[tuple[str, KnownName], ...]]:
        """Numbers key and full-strength name by letters key: ships that differ in the number only."""
        return _grouped(
            (key.letters, (key.numbers, known))
            for key, found in self.by_key.items()
            for known in found
            if key.letters and known.full_strength
        )

    @cached_property
    def _slip_index(self) -> Mapping[str, tuple[str, ...]]:
        return slip_index(self.by_letters)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(numbers for found in self.by_letters.values() for numbers, _ in found)

    def slips(self, key: NameKey) -> tuple[str, ...]:
        """Letters keys of full-strength names one slip of the pen away; none where no ship bears the number."""
        return slips(key.letters, self._slip_index) if key.numbers in self._numbers else ()


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def call_sign_key(text: str) -> str:
    """Return a call sign as letters and digits in upper case."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())


def known_names(vessel: Vessel) -> tuple[KnownName, ...]:
    """Return every name of a ship: its own, those it is listed under, its aliases."""
    own = canonical(vessel.name)
    written: list[tuple[str, NameKind, date | None, date | None]] = [(vessel.name, "name", None, None)]
    written += [(listing.listed_name, "listed", None, None) for listing in vessel.listings]
    written += [(alias.name, alias.kind, alias.first, alias.last) for alias in vessel.aliases]
    names = []
    for name, kind, first, last in written:
        key = canonical(name)
        if name.startswith("IMO ") or not (key.letters or key.numbers):
            continue
        common = key in COMMON_NAMES or (vessel.common_name and key == own)
        numberless = key.letters == own.letters and not key.numbers and bool(own.numbers)
        full = kind in FULL_STRENGTH and not common and not numberless
        names.append(KnownName(vessel, name, kind, first, last, full, numberless))
    return tuple(names)


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
    by_key = _grouped(
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
