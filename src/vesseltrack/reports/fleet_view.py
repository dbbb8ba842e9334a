"""One's own fleet for people: how many were screened, how many hits, and which ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.document import candidate_objects
from vesseltrack.reports.sections import Bullets, Section, Tone, Verdict
from vesseltrack.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.reports.case import Fleet, FleetShip


def fleet_sections(fleet: Fleet, *, told: bool = False) -> Iterator[Section]:
    """The counts, and each ship that is on a list, may be, or is part of a finding.

    Args:
        fleet: the ships.
        told: whether the ships stand below anyway, one by one.
    """
    listed = any(ship.listed for ship in fleet.ships)
    doubtful = any(_noteworthy(ship) for ship in fleet.ships)
    tone: Tone = "alarm" if listed else "warn" if doubtful else "note"
    yield Verdict("fleet", f"{counts(fleet)}.", tone)
    lines = tuple(_ship(ship, fleet) for ship in fleet.ships if _noteworthy(ship))
    if lines and not told:
        yield Bullets(lines)


def counts(fleet: Fleet) -> str:
    """``40 screened, 1 hit, 2 to review``."""
    review = sum(ship.result.grade == "review" and not ship.owned for ship in fleet.ships)
    unchecked = sum(not ship.result.checked for ship in fleet.ships)
    return (
        f"{len(fleet.ships):,} screened, {count(fleet.hits, 'hit')}"
        + (f", {review:,} to review" if review else "")
        + (f", {unchecked:,} not checked" if unchecked else "")
    )


def _noteworthy(ship: FleetShip) -> bool:
    return ship.hit or ship.result.grade != "none" or not ship.result.checked


def _ship(ship: FleetShip, fleet: Fleet) -> str:
    said = [f"{ship.result.query}: {ship.result.grade if ship.result.checked else 'not checked'}"]
    for candidate in ship.result.candidates:
        lists = dict.fromkeys(entry["list"] for entry in candidate_objects(candidate, fleet.as_of))
        said.append(f"{candidate.grade} {candidate.vessel.name}, {', '.join(lists)}: {', '.join(candidate.reasons)}")
    if ship.findings:
        said.append(f"part of {count(len(ship.findings), 'finding')}")
    return "; ".join(said)
