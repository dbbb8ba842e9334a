"""What messages are decoded to, whatever carried them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = pa.schema(
    [
        ("mmsi", pa.int32()),
        ("time", pa.int64()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("sog", pa.float64()),
        ("draught", pa.float64()),
        ("ship_type", pa.int32()),
        ("imo", pa.int32()),
        ("name", pa.string()),
        ("call_sign", pa.string()),
    ]
)
"""Decoded messages: degrees, knots, metres, seconds since 1970."""

NO_SPEED_IN_LONG_RANGE = 63
"""Knots (ITU-R M.1371-5, message 27); the other messages' 102.3 is taken out with that of other formats."""


def table(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows with a value for each column of `SCHEMA`."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
