"""When a list that was read is not taken into force: it would make listed ships look clean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.model import PublishedList

LEAST_SHARE = 0.9
"""Of the ships in force that a new edition must hold: publishers take ships off one by one, a download may be cut."""

_DAY = re.compile(r"\d{4}-\d\d")


def refusal(new: PublishedList, before: PublishedList | None) -> str:
    """Why a list is refused, in one sentence; empty where it is taken.

    Args:
        new: the list as read, under the name it is to be kept by.
        before: the edition in force under that name; None for the first.
    """
    if not new.vessels:
        return _no_ships(new)
    if before is None:
        return ""
    if before.authority != new.authority:
        return (
            f"{new.name} in force is {before.title} ({before.authority}), and this is {new.title} ({new.authority}); "
            "keep it under another name: --as NAME."
        )
    if _DAY.match(new.version) and _DAY.match(before.version) and new.version < before.version:
        return f"it is of {new.version}, older than the edition of {before.version} in force."
    ships, kept = ships_listed(new), ships_listed(before)
    if ships < LEAST_SHARE * kept:
        gone = 100 * (kept - ships) / kept
        return f"it holds {_ships(ships)}, {gone:.0f} % fewer than the {kept:,} in force: was it cut off?"
    return ""


def ships_listed(content: PublishedList) -> int:
    """Ships with a listing that has not ended."""
    return sum(any(not listing.delisted_on for listing in vessel.listings) for vessel in content.vessels)


def _no_ships(new: PublishedList) -> str:
    if new.authority == "UN":
        return (
            "the UN's consolidated list names individuals and entities and holds no ships; those stand in the 1718 "
            "Designated Vessels List, which the Committee publishes as a document of its own and which comes with "
            "this program."
        )
    return f"it holds no ships ({new.rows:,} entries, {len(new.companies):,} companies)."


def _ships(number: int) -> str:
    return f"{number:,} ship{'' if number == 1 else 's'}"
