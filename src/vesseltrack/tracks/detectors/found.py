"""What every detector hands on: few rows, measured exactly, not yet joined with names and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from vesseltrack.tracks.schema import Kind

FOUND: dict[str, str] = {
    "kind": "str",
    "mmsi": "int64",
    "start": "int64",
    "end": "int64",
    "lat": "float64",
    "lon": "float64",
    "end_lat": "float64",
    "end_lon": "float64",
    "confidence": "int8",
    "distance_km": "float64",
    "speed_kn": "float64",
    "other_mmsi": "int64",
    "detail": "str",
    "port": "str",
}
"""``start``, ``end``: seconds since 1970, UTC. ``lat`` to ``end_lon``: degrees, NaN where there is none.
``distance_km`` and ``speed_kn`` unrounded, NaN where not measured. ``other_mmsi``: 0 for none. ``port``: id of the port
that a port call was made in; empty for every other kind."""

_MISSING: dict[str, Any] = {"float64": np.nan, "int64": 0, "int8": 0, "str": ""}


def found(kind: Kind, columns: dict[str, Any], rows: int) -> pd.DataFrame:
    """The rows of one kind, in the columns of `FOUND`; what is not given is missing."""
    given = {name: columns.get(name, _MISSING[dtype]) for name, dtype in FOUND.items()}
    given["kind"] = kind
    return pd.DataFrame(given, index=range(rows), columns=list(FOUND)).astype(FOUND)
