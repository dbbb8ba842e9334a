"""Who listed a ship, and where that binds (ruling 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import basis_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vesseltrack.vessels.model import Listing

UN = "UN"
EVERYWHERE = (UN, "custom")
"""Authorities whose measures bind in every port: the UN's all States, a user's own list by the user's will."""

_EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
JURISDICTION = {"US": frozenset({"US"}), "UK": frozenset({"GB"}), "EU": frozenset(_EU)}
"""Countries, by ISO code, in which an authority's measures bind; elsewhere they are none of the port State's."""


def binds(listing: Listing, country: str) -> bool:
    """Whether the measures of a listing bind in a country."""
    return listing.authority in EVERYWHERE or country in JURISDICTION.get(listing.authority, ())


def cited(listings: Iterable[Listing], measures: Iterable[str] | None = None) -> tuple[str, ...]:
    """Legal basis as each listing gives it; where it gives none, its programmes."""
    known = None if measures is None else tuple(measures)
    texts: list[str] = []
    for listing in listings:
        programmes = tuple(f"{listing.authority}: {name}" for name in listing.programmes)
        texts += basis_of((listing,), known) or programmes
    return tuple(dict.fromkeys(texts))


def named(listings: Iterable[Listing]) -> str:
    """The authorities in words: ``by the UN and the US``; a user's own list by its name."""
    names = [*dict.fromkeys(x.list if x.authority == "custom" else _article(x.authority) for x in listings)]
    return f"by {' and '.join(part for part in (', '.join(names[:-1]), *names[-1:]) if part)}"


def _article(authority: str) -> str:
    return f"the {authority}" if authority in {UN, *JURISDICTION} else authority
