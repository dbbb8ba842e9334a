"""The Case: everything a report may show. Built in `vesseltrack.cases`, defined here: reports take nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.oil.backtest import Comparison
    from vesseltrack.oil.decisions import Decided
    from vesseltrack.oil.model import PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Port
    from vesseltrack.reference import ReferenceUsed
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import InputFile, RejectedRow
    from vesseltrack.vessels.model import Candidate, ListUsed, ScreenResult, Vessel


@dataclass(frozen=True)
class FleetShip:
    """A ship that one insures, owns, supplies or registers, and what is known of it."""

    vessel: Vessel
    """As the user's file has it; its listings mean nothing."""

    result: ScreenResult
    """The answer of the lists; ``line`` counts ships of the file."""

    findings: tuple[str, ...] = ()
    """Ids of findings that involve the ship."""

    companies: tuple[Candidate, ...] = ()
    """Listed companies that the user's file names, or may name, as its owner or manager; candidates of the answer."""

    owned: bool = False
    """One of them surely is the company named."""

    @property
    def listed(self) -> bool:
        """On a list on the day, or owned or managed by a company that is."""
        return self.result.grade == "match" or self.owned

    @property
    def hit(self) -> bool:
        """On a list, of a listed company, or part of a finding."""
        return self.listed or bool(self.findings)


@dataclass(frozen=True)
class Fleet:
    """One's own ships, each screened whether or not it was sighted or asked about."""

    path: str
    sha256: str
    as_of: date
    """The day whose listings count for the fleet itself."""

    ships: tuple[FleetShip, ...]
    involved: frozenset[str | int] = frozenset()
    """Ids of findings, or lines of results, that a ship of the fleet is part of."""

    @property
    def hits(self) -> int:
        """Ships on a list, of a listed company, or part of a finding."""
        return sum(ship.hit for ship in self.ships)


@dataclass(frozen=True)
class Case:
    """The answer to one command, ready to be shown in any format."""

    program_version: str
    data_version: str
    as_of: date | None
    """None where no sighting was accepted and no ``--as-of`` was given."""

    incomplete_because: tuple[str, ...]
    """Empty when everything was read and checked."""

    inputs: tuple[InputFile, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    findings: tuple[Finding, ...]
    """Most severe first, then by ship, date and rule."""

    rejects: tuple[RejectedRow, ...]
    summary: Mapping[str, int]
    """sightings, vessels, listed, unlisted, unresolved, unplaced, at_sea, rejected, duplicates, findings, info, low,
    medium, high, critical."""

    years: tuple[CapStatus, ...]
    """One per year asked for, in order."""

    method: tuple[str, ...]
    """How volumes were estimated and with which assumptions, a sentence each."""

    fleet: Fleet | None = None
    """None where nobody named a fleet."""

    decisions: tuple[Decided, ...] = ()
    """What somebody decided about calls and deliveries, and what that changed."""

    unused_sizes: tuple[str, ...] = ()
    """File and line of sizes that a user gave for ships that delivered nothing."""

    decided: Mapping[str, LedgerDecision] = field(default_factory=dict)
    """By id, findings that somebody accepted or found to be false, and that do not count for the exit code."""

    sightings: tuple[Seen, ...] = ()
    """Those that rules looked at, in order of time; ships that are nobody's concern are only counted."""

    calls: tuple[PortCall, ...] = ()
    """Port calls of the ships in ``sightings``, by ship and time."""

    ports: tuple[Port, ...] = ()
    """Ports and facilities in which sightings were placed."""

    @property
    def complete(self) -> bool:
        """Whether everything was read and checked."""
        return not self.incomplete_because

    @property
    def of_fleet(self) -> tuple[Finding, ...]:
        """Findings that a ship of the fleet is part of, in the order of ``findings``."""
        return tuple(finding for finding in self.findings if self.fleet and finding.id in self.fleet.involved)

    @property
    def of_others(self) -> tuple[Finding, ...]:
        """All other findings."""
        return tuple(finding for finding in self.findings if not (self.fleet and finding.id in self.fleet.involved))


@dataclass(frozen=True)
class Screening:
    """The answer to ``screen``."""

    program_version: str
    data_version: str
    as_of: date
    incomplete_because: tuple[str, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    results: tuple[ScreenResult, ...]
    fleet: Fleet | None = None
    """None where nobody named a fleet."""

    @property
    def complete(self) -> bool:
        """Whether every query could be checked."""
        return not self.incomplete_because


@dataclass(frozen=True)
class Backtest:
    """The answer to ``backtest``."""

    program_version: str
    data_version: str
    as_of: date
    """The day of the bundled data, which is all that the figures rest on."""

    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    estimates: tuple[Comparison, ...]
    """Every published estimate, in order of the file."""

    capacities: tuple[Comparison, ...]
    """The mean capacities per call that they imply, beside the fleet's."""

    incomplete_because: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything was read; a row that cannot be recomputed says so itself."""
        return not self.incomplete_because
