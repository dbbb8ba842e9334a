"""GeoJSON (RFC 7946): a collection of features, with what the document says of itself as foreign members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports import json
from vesseltrack.reports.document import NOTICE, head, summary_object
from vesseltrack.reports.gis.features import features
from vesseltrack.reports.gis.geometry import box
from vesseltrack.reports.gis.style import simplestyle
from vesseltrack.reports.values import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.reports.case import Case
    from vesseltrack.reports.gis.features import Feature
    from vesseltrack.reports.values import Document

SCHEMA = "vesseltrack.geojson/1"


def render(case: Case, *, only_findings: bool) -> str:
    """The collection, a feature a line; longitude first, no ``crs``, `bbox` where anything has a position."""
    found = list(features(case, only_findings=only_findings))
    around = box(position for feature in found for position in feature.positions)
    return json.render(
        {
            "type": "FeatureCollection",
            **about(case, SCHEMA),
            **({} if around is None else {"bbox": list(around)}),
            "features": [_feature(feature) for feature in found],
        }
    )


def about(case: Case, schema: str) -> Document:
    """What a file for maps says of itself: what was asked of what, whether all was checked, and the verdicts."""
    return {
        **head(schema, case),
        "summary": summary_object(case),
        "verdicts": [status.verdict for status in case.years],
        "notice": list(NOTICE),
    }


def _feature(feature: Feature) -> Document:
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": _geometry(feature),
        "properties": {
            "kind": feature.kind,
            "id": feature.id,
            "title": feature.title,
            "start": instant(feature.start),
            "end": instant(feature.end),
            **feature.properties,
            **simplestyle(feature),
        },
    }


def _geometry(feature: Feature) -> Document | None:
    if feature.point is not None:
        return {"type": "Point", "coordinates": list(feature.point)}
    if not feature.lines:
        return None
    lines: Sequence[Sequence[Sequence[float]]] = [[list(position) for position in line] for line in feature.lines]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}
