"""Findings, the rules that make them, and the evidence that rules see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from vesseltrack.oil.model import Delivery, PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.oil.ships import ShipKind
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Place
    from vesseltrack.sightings.schema import SightingRef
    from vesseltrack.vessels.model import Identity, Listing


class Severity(IntEnum):
    """How much a finding matters; ordered."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """Lower-case name, as in output and options."""
        return self.name.lower()


@dataclass(frozen=True)
class Finding:
    """A rule that fired: severity, evidence, legal basis, a lasting id."""

    id: str
    rule: str
    severity: Severity
    title: str
    """One sentence: who, what, where, when. Indicates, does not prove."""

    identity: Identity | None
    """None for findings about no single ship (the cap)."""

    place: Place | None
    lat: float | None
    lon: float | None
    observed_from: datetime | None
    observed_to: datetime | None
    ais_status: str
    """One AIS status, or ``unknown``."""

    measures: tuple[str, ...]
    """Measures in force on the day; empty for a ship that is not listed."""

    listings: tuple[Listing, ...]
    legal_basis: tuple[str, ...]
    sightings: tuple[SightingRef, ...]


@dataclass(frozen=True)
class Unplaced:
    """Sightings at a port that the gazetteer does not know."""

    identity: Identity | None
    """The ship of the register; None for all others together."""

    text: str
    first: datetime
    last: datetime
    sightings: tuple[SightingRef, ...]


@dataclass(frozen=True)
class Evidence:
    """Everything that rules may look at."""

    sightings: tuple[Seen, ...]
    """Sightings that concern a ship of the register, the DPRK, the trade or a problem of identity, in order of time."""

    unplaced: tuple[Unplaced, ...]
    """Sightings, of whatever ship, whose port is not in the gazetteer, by ship of the register and port name."""

    kinds: Mapping[str, ShipKind]
    """Kind of each identified ship, by ship key."""

    calls: tuple[PortCall, ...]
    deliveries: tuple[Delivery, ...]
    cap: tuple[CapStatus, ...]

    by_row: Mapping[int, Seen]
    """Sightings by row label, the receiver's side of a transfer included, as calls refer to them."""


@dataclass(frozen=True)
class Rule:
    """An entry of the catalogue."""

    code: str
    """``VT`` and three digits; the hundreds name the family."""

    title: str
    severity: str
    """The severity, or how it is chosen, in words."""

    legal_basis: tuple[str, ...]
    explanation: str
    """What fires it, what it means, what it does not mean; plain text paragraphs."""

    check: Callable[[Evidence], Iterable[Finding]]
