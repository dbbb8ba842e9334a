"""Positions that stand in a geometry column (GeoParquet, WKB or native points), written out as lat and lon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vesseltrack.errors import InputError
from vesseltrack.sightings.geoparquet import geometry
from vesseltrack.tracks.formats.columns import meanings
from vesseltrack.tracks.formats.opening import Held
from vesseltrack.tracks.formats.tables import parquet_file

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
"""A two-dimensional point in little-endian WKB (OGC 06-103r4, 8.2.3): 21 bytes."""

_BATCH_ROWS = 1 << 17


def with_positions(source: Held, folder: Path) -> Held:
    """A copy with columns ``lat`` and ``lon`` where a Parquet file has a geometry and no such columns.

    Args:
        source: The Parquet file.
        folder: Where the copy goes.

    Raises:
        InputError: another coordinate system than WGS 84, or a geometry that cannot be read.
    """
    with parquet_file(source) as file:
        found = meanings(file.schema_arrow.names, source.path)
        if "lat" in found and "lon" in found:
            return source
        told = geometry(file.schema_arrow.metadata, source.path)
        column = told.primary or ("geometry" if "geometry" in file.schema_arrow.names else "")
        if not column:
            return source
        encoding = told.encodings.get(column, "WKB")
        kept = list(found.values())
        target = folder / f"{len(list(folder.iterdir())):06}"
        schema = pa.schema(
            [file.schema_arrow.field(name) for name in kept] + [("lat", pa.float64()), ("lon", pa.float64())]
        )
        with pq.ParquetWriter(target, schema) as writer:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=[*kept, column]):
                lon, lat = _points(batch.column(column), encoding, source.path)
                arrays = [batch.column(name) for name in kept] + [_degrees(lat), _degrees(lon)]
                writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return Held(source.path, target)


def _degrees(numbers: npt.NDArray[np.float64]) -> Any:
    return pa.array(numbers, mask=np.isnan(numbers))


def _points(column: Any, encoding: str, path: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitudes and latitudes; what is no point has none."""
    while isinstance(column, pa.ExtensionArray):
        column = column.storage
    if encoding == "point":
        return tuple(column.field(axis).to_numpy(zero_copy_only=False).astype(np.float64) for axis in ("x", "y"))
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        raise InputError(
            f"{path}: a geometry column of {column.type}: write it as WKB (GeoParquet 1.0), or as lat and lon"
        )
    column = column.cast(pa.large_binary())
    offsets = np.frombuffer(column.buffers()[1], np.int64, len(column) + 1, column.offset * 8)
    if column.null_count == 0 and len(column) and (np.diff(offsets) == _POINT.itemsize).all():
        points = np.frombuffer(column.buffers()[2], _POINT, len(column), int(offsets[0]))
        if (points["order"] == 1).all() and (points["type"] == 1).all():
            return points["x"].copy(), points["y"].copy()
    import shapely  # noqa: PLC0415 - only what is not a plain point needs it

    shapes = shapely.from_wkb(column.to_pylist(), on_invalid="ignore")
    return shapely.get_x(shapes), shapely.get_y(shapes)
