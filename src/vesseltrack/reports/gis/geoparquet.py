"""GeoParquet 1.1.0: findings, calls and voyages in one table, told apart by ``kind``.

Times are timestamps in UTC, geometry is WKB, longitude first, of OGC:CRS84 (which is what no ``crs`` means). What the
other formats say of the document is JSON under the key ``vesseltrack`` of the file's metadata.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from vesseltrack.reports.gis.features import features
from vesseltrack.reports.gis.geojson import about
from vesseltrack.reports.gis.geometry import box
from vesseltrack.reports.json import dumps
from vesseltrack.text import valid_unicode

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from vesseltrack.reports.case import Case
    from vesseltrack.reports.gis.features import Feature

SCHEMA = "vesseltrack.geoparquet/1"

_TEXTS = (
    "severity", "rule", "role", "vessel", "imo", "mmsi", "register_name", "grade", "port", "facility", "position",
    "from", "to",
)  # fmt: skip
_LONG_TEXTS = (
    "ais", "laden", "cargo", "deliveries", "measures", "legal_basis", "listed_by", "decided", "capacity_basis", "why",
    "path", "evidence",
)  # fmt: skip
COLUMNS = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        ("start", pa.timestamp("us", tz="UTC")),
        ("end", pa.timestamp("us", tz="UTC")),
        *((name, pa.string()) for name in _TEXTS),
        ("counted_on", pa.date32()),
        ("ships", pa.int64()),
        ("dark", pa.bool_()),
        ("barrels_low", pa.int64()),
        ("barrels_central", pa.int64()),
        ("barrels_high", pa.int64()),
        ("in_cap", pa.bool_()),
        ("designated", pa.bool_()),
        ("probability", pa.float64()),
        *((name, pa.string()) for name in _LONG_TEXTS),
        ("geometry", pa.binary()),
    ]
)
"""The same for ``check`` and ``report``; null for what is not known or not of that kind."""


def render(case: Case, *, only_findings: bool) -> bytes:
    """The file; the same case gives the same bytes with the same version of pyarrow."""
    found = list(features(case, only_findings=only_findings))
    shapes = [_shape(feature) for feature in found]
    rows = [_row(feature, shape) for feature, shape in zip(found, shapes, strict=True)]
    around = box(position for feature in found for position in feature.positions)
    types = sorted({shape.geom_type for shape in shapes if shape is not None})
    geometry: dict[str, Any] = {"encoding": "WKB", "geometry_types": types}
    if around is not None:
        geometry["bbox"] = list(around)
    metadata = {
        "geo": dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}),
        "vesseltrack": dumps(about(case, SCHEMA)),
    }
    table = pa.table({name: [row.get(name) for row in rows] for name in COLUMNS.names}, schema=COLUMNS)
    file = BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd", write_page_checksum=True)
    return file.getvalue()


def _row(feature: Feature, shape: BaseGeometry | None) -> dict[str, Any]:
    said = {"kind": feature.kind, "id": feature.id, "title": feature.title, **feature.properties}
    row: dict[str, Any] = {
        key: valid_unicode(value) if isinstance(value, str) else value for key, value in said.items()
    }
    return {
        **row,
        "start": feature.start,
        "end": feature.end,
        "counted_on": None if "counted_on" not in row else date.fromisoformat(row["counted_on"]),
        "geometry": None if shape is None else shapely.to_wkb(shape, byte_order=1),
    }


def _shape(feature: Feature) -> BaseGeometry | None:
    if feature.point is not None:
        return shapely.Point(feature.point)
    if not feature.lines:
        return None
    return shapely.LineString(feature.lines[0]) if len(feature.lines) == 1 else shapely.MultiLineString(feature.lines)
