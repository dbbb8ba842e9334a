"""One's own ships: screened whether or not anybody asks, and found again in findings and queries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.cases.owners import OwnerScreen, with_companies
from vesseltrack.cases.screening import screened
from vesseltrack.reports.case import Fleet, FleetShip
from vesseltrack.vessels.names import NameKey, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vesseltrack.cases.fleet_reading import FleetFile
    from vesseltrack.rules.model import Finding
    from vesseltrack.vessels.model import Identity, ScreenResult, Vessel
    from vesseltrack.vessels.register import Register

_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{9}|[0-9]{7})(?![0-9])")
_LABELS = re.compile(r"\b(?:imo|mmsi)\b(?:\s*(?:number|no|nr)\b)?[\s.:#=]*$", re.IGNORECASE)
_EMPTY = NameKey("", "")


def query_of(vessel: Vessel) -> str:
    """Everything known of a ship as one query: ``EVER GIVEN IMO 9811000 MMSI 353136000``."""
    parts = [vessel.name] if _named(vessel) else []
    if vessel.imo:
        parts.append(f"IMO {vessel.imo}")
    if vessel.mmsi:
        parts.append(f"MMSI {vessel.mmsi[0]}")
    return " ".join(parts)


def screen_fleet(fleet: FleetFile, register: Register, as_of: date) -> Fleet:
    """Screen each ship, name and numbers together, and its owners and managers, as of a day."""
    owners = OwnerScreen(register, as_of) if any(fleet.owners.values()) else None
    ships = []
    for line, ship in enumerate(fleet.ships, start=1):
        companies, owned = owners.find(fleet.owners.get(ship.id, ())) if owners is not None else ((), False)
        result = with_companies(screened(query_of(ship), line, register, as_of), companies)
        ships.append(FleetShip(ship, result, companies=companies, owned=owned))
    return Fleet(fleet.path, fleet.sha256, as_of, tuple(ships))


def unchecked(fleet: Fleet) -> Iterator[str]:
    """A phrase where ships could not be checked."""
    number = sum(not ship.result.checked for ship in fleet.ships)
    if number:
        yield f"{number:,} of {len(fleet.ships):,} ships of the fleet could not be checked"


class FleetIndex:
    """Finds ships of a fleet: by IMO number; where one side has none, by MMSI or canonical name.

    Ships are their places in the file, from 0.
    """

    def __init__(self, ships: Iterable[Vessel]) -> None:
        self._ships = tuple(ships)
        self._by_imo = {ship.imo: at for at, ship in enumerate(self._ships) if ship.imo}
        self._by_mmsi: defaultdict[str, set[int]] = defaultdict(set)
        self._by_name: defaultdict[NameKey, set[int]] = defaultdict(set)
        for at, ship in enumerate(self._ships):
            for mmsi in ship.mmsi:
                self._by_mmsi[mmsi].add(at)
            for name in (ship.name if _named(ship) else "", *(alias.name for alias in ship.aliases)):
                self._by_name[canonical(name)].add(at)
        self._by_name.pop(_EMPTY, None)

    def find(self, imo: str | None, mmsi: Iterable[str], name: str) -> set[int]:
        """Ships of the fleet that these may be; another valid IMO number is another ship."""
        if imo and imo in self._by_imo:
            return {self._by_imo[imo]}
        found = {at for number in mmsi for at in self._by_mmsi.get(number, ())}
        found |= self._by_name.get(canonical(name), set()) if name else set()
        return {at for at in found if not (imo and self._ships[at].imo)}

    def of_identity(self, identity: Identity | None) -> set[int]:
        """Ships of the fleet that a sighted ship is; the register's number counts only where it is a match."""
        if identity is None:
            return set()
        imo = identity.imo
        known = identity.vessel
        found = self.find(imo, (identity.mmsi,) if identity.mmsi else (), identity.name)
        if known is not None and identity.grade == "match":
            found |= self.find(known.imo, known.mmsi, known.name)
        return found

    def of_result(self, result: ScreenResult) -> set[int]:
        """Ships of the fleet that a query names, or that its candidates are."""
        rest, numbers, cut = "", [], 0
        for number in _NUMBERS.finditer(result.query):
            numbers.append(number[0])
            rest += _LABELS.sub("", result.query[cut : number.start()]) + " "
            cut = number.end()
        rest += result.query[cut:]
        imo = next((number for number in numbers if number in self._by_imo), None)
        other = next((number for number in numbers if len(number) == 7), None)
        found = self.find(imo or other, [number for number in numbers if len(number) == 9], rest)
        for candidate in result.candidates:
            vessel = candidate.vessel
            found |= self.find(vessel.imo, vessel.mmsi, "" if vessel.imo else vessel.name)
        return found


def with_owners(result: ScreenResult, fleet: Fleet, index: FleetIndex) -> ScreenResult:
    """An answer with the listed companies that own or manage the ships of the fleet that it is about."""
    for at in sorted(index.of_result(result)):
        result = with_companies(result, fleet.ships[at].companies)
    return result


def with_results(fleet: Fleet, index: FleetIndex, results: Iterable[ScreenResult]) -> Fleet:
    """The fleet with the lines of results that involve it."""
    return replace(fleet, involved=frozenset(result.line for result in results if index.of_result(result)))


def with_findings(
    fleet: Fleet,
    index: FleetIndex,
    findings: Iterable[Finding],
    others: Mapping[tuple[str, int], Iterable[Identity]],
) -> Fleet:
    """The fleet with the findings that involve it: the ship itself, or the other ship of a transfer.

    Args:
        fleet: as screened.
        index: of its ships.
        findings: all findings of a case.
        others: the other ships of a transfer, by file and line of the sighting.
    """
    by_ship: defaultdict[int, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.identity is None and not finding.rule.startswith("VT6"):  # about the cap, or many ships
            continue
        found = index.of_identity(finding.identity)
        for ref in finding.sightings:
            for other in others.get((ref.source, ref.line), ()):
                found |= index.of_identity(other)
        for at in sorted(found):
            by_ship[at].append(finding.id)
    ships = tuple(replace(ship, findings=tuple(by_ship.get(at, ()))) for at, ship in enumerate(fleet.ships))
    return replace(fleet, ships=ships, involved=frozenset(one for ids in by_ship.values() for one in ids))


def _named(vessel: Vessel) -> bool:
    """Whether the file gives the ship a name; `read_own_list` makes one of the number where it does not."""
    return vessel.name != f"IMO {vessel.imo}"
