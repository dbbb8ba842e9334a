"""Distances on positions in millionths of a degree: as expressions in an engine, and exactly on arrays."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from vesseltrack.ports.geometry import EARTH_RADIUS_M, great_circle_m
from vesseltrack.tracks.schema import MILLIONTHS

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

KM_PER_KNOT_HOUR = 1.852
KM_PER_MILLIONTH = EARTH_RADIUS_M / 1000 * pi / 180 / MILLIONTHS
_RADIANS_PER_MILLIONTH = pi / 180 / MILLIONTHS
TURN = 360 * MILLIONTHS
"""Around the globe."""


def quotient(number: nw.Expr, size: int | nw.Expr, dtype: Any = nw.Int64) -> nw.Expr:
    """How many times a size goes into a whole number, rounded down; exact below 2**52 in either.

    Integer division proper costs engines several times as much: their own rounds towards zero.
    """
    return (number / size).floor().cast(dtype)


def about_km(lat: nw.Expr, lon: nw.Expr, other_lat: nw.Expr, other_lon: nw.Expr) -> nw.Expr:
    """Kilometres between two positions as on a plane: within 0.1 % up to 100 km, and the short way around the globe.

    Good for choosing what is then measured with `exact_km`.
    """
    east = (lon - other_lon).cast(nw.Float64).abs()
    east = nw.when(east > TURN / 2).then(TURN - east).otherwise(east)
    north = (lat - other_lat).cast(nw.Float64)
    middle = (lat.cast(nw.Float64) + other_lat.cast(nw.Float64)) * (_RADIANS_PER_MILLIONTH / 2)
    east = east * middle.cos()
    return (north * north + east * east).sqrt() * KM_PER_MILLIONTH


def exact_km(lat: Numbers, lon: Numbers, other_lat: Numbers, other_lon: Numbers) -> Numbers:
    """Kilometres along the great circle between positions in degrees."""
    return great_circle_m(lat, lon, other_lat, other_lon) / 1000


def degrees(millionths: npt.NDArray[np.generic]) -> Numbers:
    """Degrees of positions in millionths; NaN stays NaN."""
    return np.asarray(millionths, dtype=np.float64) / MILLIONTHS
