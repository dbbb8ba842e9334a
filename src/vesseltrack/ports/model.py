"""Ports, the facilities inside them, and the place of a sighting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vesseltrack.ports.outline import Outline

FacilityRole = Literal[
    "oil_loading", "oil_discharge", "container_terminal", "munitions_pier", "anchorage", "transfer_area", "other"
]
PortRole = Literal["oil_loading", "oil_discharge", "oil_supply", "munitions", "transfer_area", "other"]


@dataclass(frozen=True)
class Facility:
    """A named part of a port: berth, terminal, buoy, anchorage."""

    id: str
    name: str
    port: str
    """Name of the port it lies in."""

    role: FacilityRole
    aliases: tuple[str, ...]
    outline: Outline | None = field(compare=False)
    """None: known by name only."""

    uncertainty_m: float
    """How far the outline can be off, in metres; 0 for a user's own polygon that does not say."""

    operator: str
    near_loading_berth: bool
    """An anchorage within 3 km of an oil loading berth."""

    source: str
    operator_listings: tuple[tuple[str, str], ...] = ()
    """Authority and ISO date of each listing of the operator."""


@dataclass(frozen=True)
class Port:
    """A port or transfer area, with the facilities inside it."""

    id: str
    name: str
    country: str
    """ISO 3166-1 alpha-2; empty on the high seas."""

    unlocodes: tuple[str, ...]
    aliases: tuple[str, ...]
    roles: tuple[PortRole, ...]
    outline: Outline | None = field(compare=False)
    """None: a place known by name only, or by its facilities."""

    point: tuple[float, float] | None
    """Reference point, lat, lon."""

    uncertainty_m: float
    facilities: tuple[Facility, ...]
    source: str

    @property
    def harbour(self) -> bool:
        """A port that ships enter, as against a mere transfer area."""
        return set(self.roles) != {"transfer_area"}


PlaceKind = Literal["port", "sea", "unplaced", "none"]


@dataclass(frozen=True)
class Place:
    """Where a sighting was made."""

    kind: PlaceKind
    """``port``: in a port, facility or transfer area; ``sea``: coordinates or text outside every one; ``unplaced``: a
    port name that is not in the gazetteer and no coordinates; ``none``: no place was given."""

    port: Port | None
    facility: Facility | None
    candidates: tuple[Facility, ...]
    """Facilities that the evidence cannot tell apart."""

    at_roads: bool
    """At an anchorage or off the port, not berthed."""

    near_loading_berth: bool
    """Within 3 km of an oil loading berth without being at it."""

    text: str
    """What was written, for places that were not found."""

    conflict: str = ""
    """Why coordinates and port name contradict each other; empty when they agree."""

    @property
    def facility_role(self) -> FacilityRole | None:
        """The role of the facility, or the one role that all candidates share; None where that is open."""
        if self.facility is not None:
            return self.facility.role
        roles = {candidate.role for candidate in self.candidates}
        return roles.pop() if len(roles) == 1 else None
