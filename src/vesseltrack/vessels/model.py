"""What is known of a ship: register entry, listings with their measures, aliases, and the identity of a sighting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

Measure = Literal["asset_freeze", "port_entry_ban", "deflag"]
AliasKind = Literal["listed", "former", "variant", "painted", "laundered", "translated"]
Grade = Literal["match", "review", "none"]


@dataclass(frozen=True)
class Alias:
    """Another name of a ship. Painted, laundered and translated names alone never make more than a review."""

    name: str
    kind: AliasKind
    first: date | None = None
    last: date | None = None


_DPRK_PROGRAMMES = ("DPRK", "NORTH KOREA", "PRK", "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA")
"""In OFAC's, the EU's and the UK's names of programmes and regulations."""


@dataclass(frozen=True)
class Listing:
    """A ship on a list from a date to a date. Key: authority + entry id (else IMO, else canonical name) + date."""

    authority: str
    """Who listed it: ``UN``, ``US`` ...; ``custom`` for a user's own list."""

    list: str
    """Name of the list as printed in output."""

    listed_name: str
    listed_on: date | None
    """None: listed at all times (a user's list without dates)."""

    delisted_on: date | None
    precision: str
    """Empty when the dates are printed in the source; otherwise what is uncertain about them."""

    measures: tuple[tuple[Measure, date | None], ...]
    """Measure and the day from which it is in force, where that differs from ``listed_on``."""

    legal_basis: tuple[str, ...]
    entry_id: str = ""
    """The publisher's own id of the entry: OFAC's ``uid``, the UK's ``DPR0075`` ...; empty where there is none."""

    programmes: tuple[str, ...] = ()
    """Programmes or regimes as the publisher writes them: ``DPRK4`` ..."""

    @property
    def binds_all_states(self) -> bool:
        """Whether it is the UN's, or on a user's own list, which is taken at the user's word."""
        return self.authority in {"UN", "custom"}

    @property
    def concerns_dprk(self) -> bool:
        """Whether it is the UN's, a user's own, or another authority's under a programme on the DPRK."""
        programmes = " ".join((*self.programmes, *self.legal_basis)).upper()
        return self.binds_all_states or any(word in programmes for word in _DPRK_PROGRAMMES)

    def in_force(self, day: date) -> bool:
        """On the list on that day: ``listed_on <= day < delisted_on``."""
        return (self.listed_on is None or self.listed_on <= day) and (
            self.delisted_on is None or day < self.delisted_on
        )

    def measures_on(self, day: date) -> tuple[Measure, ...]:
        """Measures in force on that day, sorted; empty when the listing is not in force."""
        if not self.in_force(day):
            return ()
        return tuple(sorted(name for name, since in self.measures if since is None or since <= day))


@dataclass(frozen=True)
class Vessel:
    """A register entry. Identity is the IMO number where there is one, never the name alone."""

    id: str
    """``IMO8660313``, or the canonical name where no IMO number is known. Unique in a register."""

    name: str
    imo: str | None
    mmsi: tuple[str, ...]
    flag: str
    """As last reported; ``DPRK`` for DPRK-flagged ships, empty where unknown."""

    type: str
    """``tanker``, ``general cargo``, ``ro-ro`` ...; empty where unknown."""

    role: str
    """``trade_tanker``, ``supplier_tanker``, ``munitions_carrier``, or empty."""

    aliases: tuple[Alias, ...]
    listings: tuple[Listing, ...]
    also_listed: str
    """Listings by authorities whose lists are not loaded, as text."""

    deadweight_tonnes: float | None
    gross_tonnage: float | None
    observed_load_tonnes: float | None
    """Largest single load seen; a lower bound on capacity."""

    observed_load_m3: float | None
    built: int | None
    common_name: bool
    """The name is borne by many ships: a name-only hit is a review at most (ruling 11)."""

    source: str
    notes: str
    call_sign: str = ""
    past_flags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    """Companies that a list names as owner, operator or "linked to"."""

    def listings_on(self, day: date) -> tuple[Listing, ...]:
        """Listings in force on that day."""
        return tuple(listing for listing in self.listings if listing.in_force(day))

    @property
    def of_the_trade(self) -> bool:
        """Whether it is known for the trade with the DPRK, and not only from lists on other countries."""
        known = bool(self.role or self.also_listed) or not self.listings
        return known or any(listing.concerns_dprk for listing in self.listings)

    @property
    def tanker(self) -> bool:
        """Whether the ship is known to be a tanker."""
        return "tanker" in self.type


@dataclass(frozen=True)
class Company:
    """A listed company, owner or manager; kept because lists link ships to it."""

    name: str
    imo: str | None
    """Company number, seven digits with a company's check digit; None where not known."""

    aliases: tuple[str, ...]
    listing: Listing
    ships: tuple[str, ...] = ()
    """Ships that the list links to it: IMO numbers where known, else names."""


@dataclass(frozen=True)
class Candidate:
    """One register entry that a query or sighting may be, and why."""

    vessel: Vessel
    grade: Grade
    score: float
    """0 to 1; orders candidates within a grade: identifier evidence, exact key, spelling."""

    reasons: tuple[str, ...]


Problem = Literal[
    "",
    "imo_company",
    "imo_check_digit",
    "imo_placeholder",
    "imo_malformed",
    "namesake",
    "two_ships",
    "unnamed",
    "other_name",
]


@dataclass(frozen=True)
class Identity:
    """Who a sighting's ship is, from its name, IMO number and MMSI together."""

    key: str
    """Groups sightings of one ship: register id, else ``IMO…``, else ``NAME…`` (canonical), else ``MMSI…``, else ''."""

    name: str
    """As sighted."""

    sighted_imo: str
    """As written."""

    imo: str | None
    """Resolved ship number: the register's, else a sighted valid one."""

    mmsi: str | None
    """Sighted nine-digit MMSI."""

    grade: Grade
    score: float
    reasons: tuple[str, ...]
    vessel: Vessel | None
    """The register entry for grade match and review; for a namesake, None."""

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]
    dprk: bool = False
    """Seen under the DPRK flag or with an MMSI of the DPRK (country digits 445); says nothing of the register."""


class ScreenResult(NamedTuple):
    """The answer for one screened name, IMO number or MMSI. A tuple, because a feed has a million of them."""

    query: str
    line: int
    grade: Grade
    reasons: tuple[str, ...]
    """Why nothing could be checked, or remarks on the query; empty for a plain answer."""

    candidates: tuple[Candidate, ...]
    checked: bool
    """False: the query held nothing that can be checked."""


@dataclass(frozen=True)
class ListUsed:
    """A list that was consulted."""

    name: str
    authority: str
    version: str
    retrieved: str
    """ISO date; empty where not known."""

    sha256: str
    vessels: int
    confirmed: str = ""
    """ISO date of the last look that found the list unchanged; empty where nobody recorded one."""

    companies: int = 0
    id: str = ""
    """Word for ``--lists``: ``un``, ``ofac`` ...; empty for a user's own file."""
