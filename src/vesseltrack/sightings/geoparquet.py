"""The geometry columns of GeoParquet: a point is a position; any other shape travels along as its text (WKT)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from vesseltrack.errors import InputError
from vesseltrack.sightings.raw import shortened
from vesseltrack.sightings.typed import Cells, number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_WGS_84 = {("EPSG", "4326"), ("OGC", "CRS84")}
"""GeoParquet stores longitude before latitude under either name."""

_NO_POINT = "is no point: give the position of the ship as lat and lon"
_NO_GEOMETRY = "is no geometry (WKB)"


@dataclass(frozen=True)
class Geometry:
    """What a file says of its geometry columns."""

    encodings: Mapping[str, str]
    """Column to ``WKB`` or ``point``, a pair of x and y."""

    primary: str
    """The column that says where; empty where there is none."""


def geometry(metadata: Mapping[bytes, bytes] | None, path: str) -> Geometry:
    """Read the key ``geo`` of a file's metadata (GeoParquet 1.0 and 1.1).

    Raises:
        InputError: positions that are not longitude and latitude of WGS 84.
    """
    try:
        told = json.loads((metadata or {}).get(b"geo", b"{}"))
        columns = {name: column for name, column in told["columns"].items() if column["encoding"] in ("WKB", "point")}
        primary = told.get("primary_column", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Geometry({}, "")
    if primary in columns and not _is_wgs_84(columns[primary].get("crs", "OGC:CRS84")):
        raise InputError(f"{path}: positions in another coordinate system than WGS 84: convert them to EPSG:4326 first")
    return Geometry(
        {name: column["encoding"] for name, column in columns.items()}, primary if primary in columns else ""
    )


def _is_wgs_84(crs: Any) -> bool:
    """Whether a PROJJSON names WGS 84; null says that the writer did not know, and degrees are all that is left."""
    if not isinstance(crs, dict):
        return crs in (None, "OGC:CRS84", "EPSG:4326")
    known = crs.get("id")
    named = (str(known.get("authority")), str(known.get("code"))) if isinstance(known, dict) else None
    return named in _WGS_84 or (
        named is None and str(crs.get("name", "")).startswith("WGS 84") and "base_crs" not in crs
    )


def positions(column: Any, encoding: str) -> tuple[Cells, Cells]:
    """Latitudes and longitudes of a column of points; a shape that is no point is a fault of its row."""
    import shapely  # noqa: PLC0415 - only files with geometry need it

    if encoding == "point":
        pairs = [value or {} for value in _storage(column).to_pylist()]
        return tuple(_degrees([pair.get(axis) for pair in pairs], {}) for axis in ("y", "x"))  # type: ignore[return-value]
    written = _storage(column).to_pylist()
    shapes = shapely.from_wkb(written, on_invalid="ignore")
    faults = {
        row: (shortened(_NO_GEOMETRY if shape is None else shapely.to_wkt(shape)), _NO_POINT)
        for row, (raw, shape) in enumerate(zip(written, shapes, strict=True))
        if raw is not None and (shape is None or shape.geom_type != "Point")
    }
    shapes[shapely.is_empty(shapes)] = None
    return _degrees(shapely.get_y(shapes).tolist(), faults), _degrees(shapely.get_x(shapes).tolist(), {})


def as_text(column: Any, encoding: str) -> Any:
    """A geometry column as WKT, for one that says no position."""
    import shapely  # noqa: PLC0415

    if encoding != "WKB":
        return column
    shapes = shapely.from_wkb(_storage(column).to_pylist(), on_invalid="ignore")
    return pa.array(shapely.to_wkt(shapes, rounding_precision=-1).tolist(), pa.string())


def _storage(column: Any) -> Any:
    while isinstance(column, pa.ExtensionArray):
        column = column.storage
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _degrees(numbers: list[float | None], faults: dict[int, tuple[str, str]]) -> Cells:
    texts = ["" if number is None else number_text(number) for number in numbers]
    for row, (shown, _) in faults.items():
        texts[row] = shown
    reasons = {row: reason for row, (_, reason) in faults.items()}
    return Cells(pa.array(texts, pa.string()), pc.cast(pa.array(range(len(texts))), pa.int64()), reasons)
