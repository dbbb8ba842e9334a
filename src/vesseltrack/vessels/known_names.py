"""The names under which ships are known, and the ways to find one by what somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from vesseltrack.vessels import loans
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.forms import CUT_START, shown_by_ais
from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.korean import readable, sound, spelled_alike
from vesseltrack.vessels.model import AliasKind
from vesseltrack.vessels.names import NameKey, canonical
from vesseltrack.vessels.spelling import SHORTEST, SHORTEST_SOUND, SlipIndex, heard_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from vesseltrack.vessels.model import Vessel

COMMON_NAMES = frozenset(canonical(name) for name in ("MARIA", "APEX", "UNICA", "BLUE OCEAN"))
"""Names that many ships bear: alone they are a review at most, also as a former name."""

NUMBER_ALIAS = "IMO "
"""How an alias begins that is a number: that of a laundered identity."""

NameKind = Literal["name"] | AliasKind
FULL_STRENGTH: frozenset[NameKind] = frozenset({"name", "listed", "former", "variant"})
"""Names that a ship bore openly; painted, laundered and translated ones alone prove nothing."""


@dataclass(frozen=True, eq=False)  # compared and hashed as the one object it is, a hundred times as quick
class KnownName:
    """A name under which a register ship is known."""

    vessel: Vessel
    name: str
    key: NameKey
    kind: NameKind
    first: date | None
    last: date | None
    full_strength: bool
    """Alone enough for a match, on a day inside its dates."""

    numberless: bool
    """The ship's own name, or its beginning, without its number."""

    @cached_property
    def ship(self) -> str:
        """The ship by its name and its IMO number where one is known."""
        return f"{self.vessel.name} (IMO {self.vessel.imo})" if self.vessel.imo else self.vessel.name

    @cached_property
    def korean(self) -> bool:
        """Whether the name is surely Korean: of a DPRK-flagged ship, a mountain or river, or not pinyin throughout."""
        landscape = self.key.letters.endswith(("SAN", "GANG", "BONG"))
        return landscape or is_dprk(self.vessel.flag) or not (self.name.isascii() and loans.chinese(self.name))

    @cached_property
    def dated(self) -> bool:
        """Whether the name counts only for a time."""
        return self.first is not None or self.last is not None

    def borne_on(self, day: date | None) -> bool:
        """Whether the ship bore the name on that day; a name without dates, or no day, always."""
        return day is None or ((self.first is None or self.first <= day) and (self.last is None or day <= self.last))


def known_names(vessel: Vessel) -> tuple[KnownName, ...]:
    """Return every name of a ship: its own, those it is listed under, its aliases."""
    own = canonical(vessel.name)
    written: list[tuple[str, NameKind, date | None, date | None]] = [(vessel.name, "name", None, None)]
    written += [(listing.listed_name, "listed", None, None) for listing in vessel.listings]
    written += [(alias.name, alias.kind, alias.first, alias.last) for alias in vessel.aliases]
    names = []
    for name, kind, first, last in written:
        key = canonical(name)
        if name.startswith(NUMBER_ALIAS) or not (key.letters or key.numbers):
            continue
        common = key in COMMON_NAMES or (vessel.common_name and key == own)
        numberless = not key.numbers and bool(own.numbers) and own.letters.startswith(key.letters)
        full = kind in FULL_STRENGTH and not common and not numberless
        names.append(KnownName(vessel, name, key, kind, first, last, full, numberless))
    return tuple(names)


def _telling(same: tuple[KnownName, ...]) -> Iterator[KnownName]:
    """Of several spellings of one key, keep for each ship the one that proves most; dated and weak ones if alone."""
    for names in grouped((known.vessel.id, known) for known in same).values():
        best = [known for known in names if known.full_strength and not known.dated]
        yield from best[:1] or names


class NameIndex:
    """The names of ships, each index made when it is first asked for."""

    def __init__(self, vessels: Sequence[Vessel]) -> None:
        self._vessels = vessels

    @cached_property
    def by_key(self) -> Mapping[NameKey, tuple[KnownName, ...]]:
        """Known names by their canonical key, a ship's own name before its aliases; of equal ones only the best."""
        found = grouped((known.key, known) for vessel in self._vessels for known in known_names(vessel))
        return {key: tuple(_telling(known)) for key, known in found.items()}

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[KnownName, ...]]:
        """Full-strength names by letters key: ships that differ in the number only."""
        return grouped(
            (key.letters, known)
            for key, found in self.by_key.items()
            for known in found
            if key.letters and known.full_strength
        )

    @cached_property
    def by_sound(self) -> Mapping[str, tuple[KnownName, ...]]:
        """The same by sound key, for names that can be read as Korean: they differ in how Korean is romanised."""
        return grouped(
            (sound(letters), known)
            for letters, found in self.by_letters.items()
            if readable(letters)
            for known in found
        )

    @cached_property
    def by_loan(self) -> Mapping[str, tuple[KnownName, ...]]:
        """Chinese names by the sound key that they have in Hangul."""
        return grouped(
            (heard, known)
            for found in self.by_letters.values()
            for known in found
            if known.name.isascii() and (heard := loans.chinese(known.name))
        )

    @cached_property
    def by_consonants(self) -> Mapping[str, tuple[KnownName, ...]]:
        """Names that are not Korean by the consonants that Hangul keeps of them."""
        return grouped(
            (kept, known)
            for letters, found in self.by_letters.items()
            for known in found
            if known.name.isascii()
            and not readable(letters)
            and len(kept := loans.consonants(known.name)) >= loans.LEAST_CONSONANTS
        )

    @cached_property
    def by_cut(self) -> Mapping[str, tuple[KnownName, ...]]:
        """Full-strength names too long for AIS by what a transponder shows of them."""
        return grouped(
            (shown, known)
            for found in self.by_letters.values()
            for known in found
            if (shown := shown_by_ais(known.name))
        )

    @cached_property
    def cut_starts(self) -> frozenset[str]:
        """The beginnings of `by_cut`."""
        return frozenset(shown[:CUT_START] for shown in self.by_cut)

    @cached_property
    def _letter_slips(self) -> SlipIndex:
        return SlipIndex(letters for letters in self.by_letters if len(letters) >= SHORTEST)

    @cached_property
    def _spelled(self) -> Mapping[str, tuple[str, ...]]:
        """Letters keys of names that can be read as Korean, by their letters spelled alike."""
        known = (letters for letters in self.by_letters if len(letters) >= SHORTEST and readable(letters))
        return grouped((spelled_alike(letters), letters) for letters in known)

    @cached_property
    def _spelled_slips(self) -> SlipIndex:
        return SlipIndex(spelled for spelled in self._spelled if len(spelled) >= SHORTEST_SOUND)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(known.key.numbers for found in self.by_letters.values() for known in found)

    def may_slip(self, key: NameKey) -> bool:
        """Whether `slips` may find something; quicker."""
        if key.numbers not in self._numbers:
            return False
        if self._letter_slips.may_hold(key.letters):
            return True
        spelled = spelled_alike(key.letters)
        return self._spelled_slips.may_hold(spelled) or spelled in self._spelled

    def slips(self, key: NameKey, spelled: str) -> Iterator[KnownName]:
        """Full-strength names of the same number one slip of the pen away, by letters, else in another romanisation.

        ``spelled``: the letters spelled alike.
        """
        if key.numbers not in self._numbers:
            return
        near = self._letter_slips.near(key.letters) or list(self._spelled.get(spelled, ()))
        word = readable(key.letters)
        for other in self._spelled_slips.near(spelled) if not near else ():
            if not word or heard_alike(spelled, other):
                near += self._spelled[other]
        for letters in dict.fromkeys(near):
            yield from (known for known in self.by_letters[letters] if known.key.numbers == key.numbers)
