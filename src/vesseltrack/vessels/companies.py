"""Companies that own or manage ships, found among the listed ones by company number and by name.

A company's name is compared without its legal form and spelling habits, and as a whole: KOREA SAMMA SHIPPING CO is
Korea Samma Shpg Co., Ltd., and OCEAN is not OCEAN BUNKERING. Whether a listing was in force is read as of the
sighting's day, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from vesseltrack.sightings.headers import meaning
from vesseltrack.sightings.schema import EXTRA_PREFIX
from vesseltrack.vessels.company_names import COMMON_NAMES, SHORT_NAME, company_key, listed_names, names_in, plain_key
from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.identifiers import IMO_DIGITS, parse_imo
from vesseltrack.vessels.spelling import SlipIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vesseltrack.vessels.company_names import CompanyKey
    from vesseltrack.vessels.model import Company, Grade
    from vesseltrack.vessels.register import Register

Role = Literal["owner", "manager", "company number", "ship number"]
ROLE_OF: dict[str, Role] = {
    "owner": "owner", "manager": "manager", "company_imo": "company number", "imo": "ship number",
}  # fmt: skip
"""What a company is to the ship, by the column of the sighting that names it."""

SHORTEST_NAME = 4
"""A name with fewer letters, such as the abbreviation OMM, is a review at most."""
SHORTEST_FOR_SLIP = 10
"""A name with fewer letters is another company's after one slip too often to mean anything."""

_BY_NUMBER, _BY_NAME, _BY_DOUBTFUL_NAME, _BY_SLIP = 1.0, 0.9, 0.6, 0.5
"""Scores order hits: company number, name, a name that proves little, one slip of the pen."""

_SEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_HAS_DIGIT = re.compile(r"[0-9]")
_REPEATED = re.compile(r" \([0-9]+\)$")
_SHIPS_SHOWN = 3


@dataclass(frozen=True)
class CompanyHit:
    """A listed company that a text may name, and why."""

    company: Company
    key: str
    """The same for all listings of one company."""

    grade: Grade
    """``match`` or ``review``."""

    score: float
    """0 to 1; orders hits."""

    reasons: tuple[str, ...]
    ships: tuple[str, ...]
    """Ships that the list links to the company, as shown: name and IMO number."""

    @property
    def linked(self) -> str:
        """What the list says, as a phrase: ``a company that the list OFAC SDN links to SAM MA 2 (IMO 8106496)``."""
        listing = self.company.listing
        if not self.ships:
            return f"a company on the list {listing.list}"
        return f"a company that the list {listing.list} links to {shown_ships(self.ships)}"


@dataclass(frozen=True)
class NamedCompany:
    """A listed company that one sighting names."""

    role: Role
    text: str
    """As written in the sighting."""

    hit: CompanyHit


class _KnownName(NamedTuple):
    company: Company
    key: CompanyKey
    written: str
    doubt: str


@dataclass(frozen=True)
class CompanyIndex:
    """Listed companies, and the ways to find them."""

    companies: tuple[Company, ...]
    ship_names: Mapping[str, str]
    """Names of the register's ships by IMO number."""

    @cached_property
    def by_number(self) -> Mapping[str, tuple[Company, ...]]:
        """Companies by company number, seven digits."""
        return grouped((company.imo, company) for company in self.companies if company.imo)

    @cached_property
    def _names(self) -> tuple[_KnownName, ...]:
        return tuple(
            _KnownName(company, key, written, name.doubt)
            for company in self.companies
            for written in dict.fromkeys((company.name, *company.aliases))
            for name in listed_names(written)
            if (key := company_key(name.text)).name
        )

    @cached_property
    def by_name(self) -> Mapping[str, tuple[_KnownName, ...]]:
        """Known names by their key without the legal form."""
        return grouped((known.key.name, known) for known in self._names)

    @cached_property
    def _slips(self) -> SlipIndex:
        return SlipIndex(name for name in self.by_name if len(name) >= SHORTEST_FOR_SLIP)

    @cached_property
    def keys(self) -> Mapping[Company, str]:
        """What is one company on all lists: companies that share a number or a name have one key."""
        names = {company: plain_key(company.name).name for company in self.companies}
        group: dict[str, set[str]] = {}
        for company in self.companies:
            together = {f"#{company.imo}"} if company.imo else set()
            together |= {names[company]}
            for mark in tuple(together):
                together |= group.get(mark, set())
            group |= dict.fromkeys(together, together)
        return {company: min(group[names[company]]) for company in self.companies}

    def find(self, text: str) -> tuple[CompanyHit, ...]:
        """Listed companies that a cell names: by number, by name, else by a name one slip away; the surest first."""
        if not self.companies or not text.strip():
            return ()
        hits = {} if text.isdecimal() else {hit.company: hit for hit in self._named(text)}
        hits |= {hit.company: hit for hit in self.numbered(text)}
        return tuple(sorted(hits.values(), key=_order))

    def numbered(self, text: str) -> tuple[CompanyHit, ...]:
        """Listed companies whose company number stands in the text."""
        if len(text) == IMO_DIGITS and text not in self.by_number and text.isascii() and text.isdigit():
            return ()
        if not _HAS_DIGIT.search(text):
            return ()
        digits = {*_SEVEN_DIGITS.findall(text), parse_imo(text).digits}
        return tuple(
            self._hit(company, "match", _BY_NUMBER, f"company number {number} is that of {company.name}")
            for number in sorted(digits)
            for company in self.by_number.get(number, ())
        )

    def _named(self, text: str) -> list[CompanyHit]:
        keys: dict[CompanyKey, str] = {}
        for name in names_in(text):
            keys.setdefault(company_key(name), name)
        exact = [
            self._exact(name, key, known) for key, name in keys.items() for known in self.by_name.get(key.name, ())
        ]
        if exact:
            best: dict[Company, CompanyHit] = {}
            for hit in sorted(exact, key=_order):
                best.setdefault(hit.company, hit)
            return list(best.values())
        names = {key.name: name for key, name in reversed(keys.items())}
        return [
            self._hit(known.company, "review", _BY_SLIP, f"{name!r} is one slip away from {known.written!r}")
            for letters, name in names.items()
            for near in self.slips(letters)
            for known in self.by_name[near]
        ]

    def slips(self, name: str) -> tuple[str, ...]:
        """Known names one slip of the pen away, for a key without legal form; a number must be the same."""
        if len(name) < SHORTEST_FOR_SLIP:
            return ()
        return tuple(near for near in self._slips.near(name) if _digits(near) == _digits(name))

    def _exact(self, name: str, key: CompanyKey, known: _KnownName) -> CompanyHit:
        reason = f"{name!r} is {known.written!r}"
        if known.written != known.company.name:
            reason += f", a name of {known.company.name}"
        if known.doubt:
            doubt = known.doubt
        elif key.name in COMMON_NAMES:
            doubt = "other companies bear such a name"
        elif len(key.name) < SHORTEST_NAME or (len(key.name) < SHORT_NAME and key.forms != known.key.forms):
            doubt = "the name alone is too short to tell"
        else:
            return self._hit(known.company, "match", _BY_NAME, reason)
        return self._hit(known.company, "review", _BY_DOUBTFUL_NAME, f"{reason}; {doubt}")

    def _hit(self, company: Company, grade: Grade, score: float, reason: str) -> CompanyHit:
        ships = tuple(_shown_ship(ship, self.ship_names) for ship in company.ships)
        hit = CompanyHit(company, self.keys[company], grade, score, (reason,), ships)
        return CompanyHit(company, hit.key, grade, score, (reason, hit.linked), ships)


NO_COMPANIES = CompanyIndex((), {})


def company_candidates(register: Register, text: str) -> tuple[CompanyHit, ...]:
    """Return the listed companies that a text names, the surest first; several where several lists have them.

    ``text`` is a company's name or number as anybody writes it. The last reason of a hit says which ships the list
    links to the company.
    """
    return register.company_index.find(text)


def company_columns(columns: Iterable[str]) -> tuple[tuple[str, Role], ...]:
    """Return the columns of a frame of sightings that may name a company, and what the company is to the ship.

    Where a file has two columns for one field, the second travels along; it is looked at too.
    """
    found = []
    for column in columns:
        header = column.removeprefix(EXTRA_PREFIX)
        field = column if header == column else meaning(_REPEATED.sub("", header))
        if field in ROLE_OF and not (field == "imo" and header != column):
            found.append((column, ROLE_OF[field]))
    return tuple(found)


def named_companies(index: CompanyIndex, role: Role, text: str) -> tuple[NamedCompany, ...]:
    """Return the listed companies that one cell names; in a ship's number only a company's number counts."""
    hits = index.numbered(text) if role == "ship number" else index.find(text)
    return tuple(NamedCompany(role, text, hit) for hit in hits)


def shown_ships(ships: tuple[str, ...]) -> str:
    """Return a few ships in words, and how many there are besides."""
    more = len(ships) - _SHIPS_SHOWN
    shown = ", ".join(ships[:_SHIPS_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _shown_ship(ship: str, names: Mapping[str, str]) -> str:
    if not ship.isdigit():
        return ship
    return f"{names[ship]} (IMO {ship})" if ship in names else f"IMO {ship}"


def _order(hit: CompanyHit) -> tuple[float, bool, str, str, str]:
    listing = hit.company.listing
    return (-hit.score, listing.authority != "UN", listing.authority, hit.company.name, listing.entry_id)


def _digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())
