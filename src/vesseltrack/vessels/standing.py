"""Where a ship stands on the lists on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.vessels.model import Candidate

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.vessels.model import Listing, Measure, Vessel
    from vesseltrack.vessels.register import Register

TRADE_REGISTER = "trade register (not designated)"
"""Shown as the list of a ship that is known and on no list: it is a review, never "none" (rulings 10 to 12)."""


@dataclass(frozen=True)
class ListEntry:
    """What stands beside a candidate: the list it is on, or why it is known without being listed."""

    list: str
    listed_name: str | None
    listed_on: date | None
    delisted_on: date | None
    measures: tuple[Measure, ...]
    """In force on the day of the screening."""


def listing_shown(vessel: Vessel, as_of: date) -> Listing | None:
    """Return the listing to show for a ship: in force on that day, else the last one before, else the next one."""
    past = [listing for listing in vessel.listings if listing.listed_on is None or listing.listed_on <= as_of]
    in_force = [listing for listing in past if listing.in_force(as_of)]
    chosen = in_force or past or list(vessel.listings[:1])
    return chosen[-1] if chosen else None


def list_entry(candidate: Candidate, as_of: date) -> ListEntry:
    """Return list, listed name, dates and measures of a candidate as of a day."""
    listing = listing_shown(candidate.vessel, as_of)
    if listing is None:
        return ListEntry(TRADE_REGISTER, None, None, None, ())
    measures = {measure for entry in candidate.vessel.listings_on(as_of) for measure in entry.measures_on(as_of)}
    return ListEntry(listing.list, listing.listed_name, listing.listed_on, listing.delisted_on, tuple(sorted(measures)))


def as_of_lists(found: Candidate, register: Register, as_of: date) -> Candidate:
    """Lower the grade of a ship that is on no list on that day, and say why."""
    if found.grade == "none":
        return found
    known = register.standings.get((found.vessel.id, as_of))
    why = register.standings[found.vessel.id, as_of] = _unlisted(found.vessel, as_of) if known is None else known
    return Candidate(found.vessel, "review", found.score, (*found.reasons, why)) if why else found


def _unlisted(vessel: Vessel, as_of: date) -> str:
    """Say why a ship counts as unlisted on a day; empty for a listed one."""
    if vessel.listings_on(as_of):
        return ""
    listing = listing_shown(vessel, as_of)
    if listing is None:
        why = "in the trade register, on none of the lists consulted"
        return f"{why}; elsewhere: {vessel.also_listed}" if vessel.also_listed else why
    if listing.listed_on and listing.listed_on > as_of:
        return f"listed since {listing.listed_on}, not yet on {as_of}"
    why = f"was listed as {listing.listed_name} from {listing.listed_on or 'an unknown day'}, delisted "
    return why + f"{listing.delisted_on}" + (f" ({listing.precision})" if listing.precision else "")
