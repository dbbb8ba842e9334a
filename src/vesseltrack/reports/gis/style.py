"""Colours and sizes on a map. None of them says anything that a property does not say in words as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.rules.model import Severity

if TYPE_CHECKING:
    from vesseltrack.reports.gis.features import Feature


@dataclass(frozen=True)
class Look:
    """How features of one sort are drawn."""

    name: str
    colour: str
    """``#rrggbb``, told apart by their lightness too."""

    size: str = "medium"
    """Of a marker: ``small``, ``medium``, ``large`` (simplestyle-spec 1.1.0)."""

    width: int = 0
    """Of a line, in pixels; 0 for points."""


LOOKS = {
    look.name: look
    for look in (
        Look(Severity.CRITICAL.label, "#7f0000", "large"),
        Look(Severity.HIGH.label, "#d7301f", "large"),
        Look(Severity.MEDIUM.label, "#ef8a2b"),
        Look(Severity.LOW.label, "#e8c547", "small"),
        Look(Severity.INFO.label, "#8c96a0", "small"),
        Look("call-with-oil-dark", "#1b1b3a", "large"),
        Look("call-with-oil", "#2b6cb0", "medium"),
        Look("call-dark", "#1b1b3a", "small"),
        Look("call", "#2b6cb0", "small"),
        Look("voyage", "#2b6cb0", width=3),
        Look("voyage-designated", "#d7301f", width=3),
        Look("voyage-high-only", "#8c96a0", width=1),
    )
}


def look_of(feature: Feature) -> Look:
    """Findings by severity; calls by oil and darkness; voyages by what counts them and who carried the oil."""
    said = feature.properties
    if feature.kind == "finding":
        return LOOKS[str(said["severity"])]
    if feature.kind == "voyage":
        certain = "-designated" if said["designated"] else ""
        return LOOKS[f"voyage{certain if said['barrels_central'] else '-high-only'}"]
    return LOOKS[f"call{'-with-oil' if said['deliveries'] else ''}{'-dark' if said['dark'] else ''}"]


def simplestyle(feature: Feature) -> dict[str, str | int]:
    """Properties that GitHub, geojson.io and others draw by."""
    look = look_of(feature)
    if feature.kind == "voyage":
        return {"stroke": look.colour, "stroke-width": look.width, "stroke-opacity": 1}
    return {"marker-color": look.colour, "marker-size": look.size}
