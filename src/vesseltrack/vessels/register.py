"""The register: every ship we know, listed or not, found by IMO number, MMSI, call sign and name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.identifiers import parse_imo
from vesseltrack.vessels.known_names import NUMBER_ALIAS, NameIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vesseltrack.reference import ReferenceUsed
    from vesseltrack.vessels.companies import CompanyIndex
    from vesseltrack.vessels.model import Alias, Company, ListUsed, Vessel


@dataclass(frozen=True)
class Register:
    """All ships known, the lists they stand on, and the ways to find them."""

    vessels: tuple[Vessel, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    imported_companies: tuple[Company, ...] | None = ()
    """Companies of the imported lists; None where no company counts as listed (a user's own list of ships)."""

    company_authorities: frozenset[str] | None = None
    """Whose companies count; None for all."""

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """Listed companies to which the lists link ships: imported ones, laid over the bundled ones."""
        if self.imported_companies is None:
            return ()
        from vesseltrack.vessels.listed_companies import companies_in_force  # noqa: PLC0415 - a ship's name needs none

        found = companies_in_force(self.imported_companies)
        wanted = self.company_authorities
        return found if wanted is None else tuple(c for c in found if c.listing.authority in wanted)

    @cached_property
    def company_index(self) -> CompanyIndex:
        """Listed companies by company number and by every name."""
        from vesseltrack.vessels.companies import CompanyIndex  # noqa: PLC0415 - a ship's name needs none

        return CompanyIndex(self.companies, {vessel.imo: vessel.name for vessel in self.vessels if vessel.imo})

    @cached_property
    def standings(self) -> dict[tuple[str, date], str]:
        """What was found of a ship's listings on a day; a place to keep it, since each ship is asked for many times."""
        return {}

    @cached_property
    def by_id(self) -> Mapping[str, Vessel]:
        """Vessels by their id."""
        return {vessel.id: vessel for vessel in self.vessels}

    @cached_property
    def by_imo(self) -> Mapping[str, Vessel]:
        """Vessels by IMO number, seven digits."""
        return {vessel.imo: vessel for vessel in self.vessels if vessel.imo}

    @cached_property
    def by_laundered_imo(self) -> Mapping[str, tuple[tuple[Vessel, Alias], ...]]:
        """Vessels by the IMO numbers of identities that they obtained by fraud: aliases such as ``IMO 8514045``."""
        return grouped(
            (number.digits, (vessel, alias))
            for vessel in self.vessels
            for alias in vessel.aliases
            if alias.name.startswith(NUMBER_ALIAS) and (number := parse_imo(alias.name)).state == "ship"
        )

    @cached_property
    def by_mmsi(self) -> Mapping[str, tuple[Vessel, ...]]:
        """Vessels by MMSI, nine digits."""
        return grouped((mmsi, vessel) for vessel in self.vessels for mmsi in vessel.mmsi)

    @cached_property
    def by_call_sign(self) -> Mapping[str, tuple[Vessel, ...]]:
        """Vessels by call sign, letters and digits in upper case."""
        return grouped((call_sign_key(vessel.call_sign), vessel) for vessel in self.vessels if vessel.call_sign)

    @cached_property
    def names(self) -> NameIndex:
        """Vessels by every name they are known under."""
        return NameIndex(self.vessels)


def call_sign_key(text: str) -> str:
    """Return a call sign as letters and digits in upper case."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())
