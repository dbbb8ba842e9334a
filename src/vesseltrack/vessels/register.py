"""The register: every ship we know, listed or not, found by IMO number, MMSI, call sign and name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from vesseltrack.vessels.model import AliasKind, Company, ListUsed, Vessel
from vesseltrack.vessels.names import NameKey, canonical
from vesseltrack.vessels.spelling import slip_index, slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vesseltrack.reference import ReferenceUsed

_K = TypeVar("_K")
_V = TypeVar("_V")

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
    companies: tuple[Company, ...] = ()
    """Listed companies to which the lists link ships."""

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
        return grouped((mmsi, vessel) for vessel in self.vessels for mmsi in vessel.mmsi)

    @cached_property
    def by_call_sign(self) -> Mapping[str, tuple[Vessel, ...]]:
        """Vessels by call sign, letters and digits in upper case."""
        return grouped((call_sign_key(vessel.call_sign), vessel) for vessel in self.vessels if vessel.call_sign)

    @cached_property
    def by_key(self) -> Mapping[NameKey, tuple[KnownName, ...]]:
        """Known names by their canonical key, a ship's own name before its aliases."""
        return grouped((canonical(known.name), known) for vessel in self.vessels for known in known_names(vessel))

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[tuple[str, KnownName], ...]]:
        """Numbers key and full-strength name by letters key: ships that differ in the number only."""
        return grouped(
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


def grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    """Return the values of each key, in order."""
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
