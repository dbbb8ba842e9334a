"""When a list that was read is not taken into force: it would make listed ships look clean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.vessels.lists.model import PublishedList

LEAST_SHARE = 0.9
"""Of the ships, and of the companies, in force that a new edition must hold: publishers take them off one by one, a
download may be cut."""

_DAY = re.compile(r"\d{4}-\d\d")


def refusals(new: PublishedList, before: PublishedList | None) -> tuple[str, ...]:
    """Why a list is refused, in a sentence each, the weightiest first; nothing where it is taken.

    Args:
        new: the list as read, under the name it is to be kept by.
        before: the edition in force under that name; None for the first.
    """
    return tuple(_refusals(new, before))


def _refusals(new: PublishedList, before: PublishedList | None) -> Iterator[str]:
    if not new.vessels:
        yield _no_ships(new)
    if new.cut:
        yield new.cut
    if before is None:
        return
    if before.authority != new.authority:
        yield (
            f"{new.name} in force is {before.title} ({before.authority}), and this is {new.title} ({new.authority}); "
            "keep it under another name: --as NAME."
        )
    ships, kept = ships_listed(new), ships_listed(before)
    if _dated(new) and _dated(before) and new.version < before.version:
        yield f"it is of {new.version}, older than the edition of {before.version} in force."
    elif _loses_its_date(new, before) and ships < kept:
        yield (
            f"it does not say its date and holds {_ships(ships)}, fewer than the {kept:,} of the edition of "
            f"{before.version} in force: it may be older."
        )
    if new.vessels and ships < LEAST_SHARE * kept:
        gone = 100 * (kept - ships) / kept
        yield f"it holds {_ships(ships)}, {gone:.0f} % fewer than the {kept:,} in force: was it cut off?"
    companies, there = len(new.companies), len(before.companies)
    if companies < LEAST_SHARE * there:
        gone = 100 * (there - companies) / there
        held = f"{companies:,} compan{'y' if companies == 1 else 'ies'}"
        yield f"it holds {held}, {gone:.0f} % fewer than the {there:,} in force: was it cut off?"


def poorer(new: PublishedList, before: PublishedList | None) -> tuple[str, ...]:
    """What a list that is taken says less of than the edition that it replaces, a sentence each."""
    if before is None:
        return ()
    found = []
    if _loses_its_date(new, before):
        found.append(
            f"it does not say its date ({new.format}), and replaces the edition of {before.version} "
            f"({before.format}): nothing shows that it is the newer one."
        )
    days, known = _ships_with_a_day(new), _ships_with_a_day(before)
    if days < known / 2:
        found.append(
            f"it gives the day of listing of {days:,} ships, the edition that it replaces of {known:,}; a ship without "
            "one counts as listed at all times."
        )
    return tuple(found)


def ships_listed(content: PublishedList) -> int:
    """Ships with a listing that has not ended."""
    return sum(any(not listing.delisted_on for listing in vessel.listings) for vessel in content.vessels)


def _ships_with_a_day(content: PublishedList) -> int:
    return sum(any(listing.listed_on for listing in vessel.listings) for vessel in content.vessels)


def _dated(content: PublishedList) -> bool:
    return _DAY.match(content.version) is not None


def _loses_its_date(new: PublishedList, before: PublishedList) -> bool:
    return _dated(before) and not new.version


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
