"""Findings, the rules that make them, and the evidence that rules see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    import pandas as pd

    from vesseltrack.oil.model import CapStatus, Delivery, PortCall
    from vesseltrack.ports.model import Place
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
class SightingRef:
    """Where a sighting stands."""

    source: str
    line: int


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
class Evidence:
    """Everything that rules may look at."""

    sightings: pd.DataFrame
    """Sightings that concern a ship of the register, the DPRK, the trade or a problem; the frame of
    ``sightings.schema`` plus ``who`` (index into ``identities``, -1: checked and unlisted) and ``place`` (index into
    ``places``)."""

    identities: tuple[Identity, ...]
    places: tuple[Place, ...]
    calls: tuple[PortCall, ...]
    deliveries: tuple[Delivery, ...]
    cap: tuple[CapStatus, ...]
    as_of: date


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
