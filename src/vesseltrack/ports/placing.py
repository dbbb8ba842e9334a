"""Every sighting gets its place, from its coordinates and the names written beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from vesseltrack.ports.agreement import bring_together
from vesseltrack.ports.locating import distinct, locate_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.ports.geometry import Booleans, Floats
    from vesseltrack.ports.locating import Codes, Integers
    from vesseltrack.ports.model import Place


def place_sightings(frame: pd.DataFrame, gazetteer: Gazetteer) -> tuple[npt.NDArray[np.int32], tuple[Place, ...]]:
    """The place of every sighting.

    Args:
        frame: columns ``port`` and ``facility`` (text as category, ``""`` where nothing was given), ``lat`` and
            ``lon`` (decimal degrees WGS 84, NaN where not given). A pair outside the ranges of latitude and longitude
            counts as not given.
        gazetteer: the ports to place them in.

    Returns:
        A code for each row, and the places the codes stand for, each place once.
    """
    port_codes, port_texts = _texts(frame["port"])
    facility_codes, facility_texts = _texts(frame["facility"])
    pairs, first = distinct([port_codes, facility_codes], len(frame))
    found = [gazetteer.find(port_texts[port_codes[row]], facility_texts[facility_codes[row]]) for row in first]
    named, numbers = _once(found)
    codes, places = place_rows(
        gazetteer,
        named,
        np.asarray(numbers[pairs], dtype=np.int32),
        frame["lat"].to_numpy(dtype=np.float64),
        frame["lon"].to_numpy(dtype=np.float64),
    )
    return codes, tuple(places)


def place(gazetteer: Gazetteer, port_text: str, facility_text: str, lat: float, lon: float) -> Place:
    """The place of one sighting; NaN where a coordinate is not given. The rules of `place_sightings`."""
    named = [gazetteer.find(port_text, facility_text)]
    codes, places = place_rows(
        gazetteer, named, np.zeros(1, dtype=np.int32), np.array([float(lat)]), np.array([float(lon)])
    )
    return places[int(codes[0])]


def place_rows(
    gazetteer: Gazetteer, named: Sequence[Place], names: Codes, lat: Floats, lon: Floats
) -> tuple[Codes, list[Place]]:
    """Bring together what names and what coordinates say.

    Args:
        gazetteer: the ports.
        named: distinct places that were named.
        names: for each row, the number of its named place.
        lat: degrees north, NaN where not given.
        lon: degrees east, NaN where not given.
    """
    codes: Integers = names.astype(np.int64)
    places = list(named)
    with np.errstate(invalid="ignore"):
        given = np.flatnonzero((np.abs(lat) <= 90) & (np.abs(lon) <= 180))
    if not len(given):
        return _renumber(codes, places)
    lat, lon, names = lat[given], lon[given], names[given]
    located, at = locate_rows(gazetteer.ground, lat, lon)
    merged = located.astype(np.int64) + len(places)
    places.extend(at)
    for number, rows in _rows_by(names, np.array([item.port is not None for item in named])):
        spotted, outcomes = bring_together(named[number], lat[rows], lon[rows], located[rows], at)
        merged[rows] = spotted + len(places)
        places.extend(outcomes)
    for number, rows in _rows_by(np.where(located == 0, names, -1), np.array([bool(item.text) for item in named])):
        # A name that is in no gazetteer, at sea: what was written is kept.
        if named[number].port is None:
            merged[rows] = len(places)
            places.append(replace(at[0], text=named[number].text))
    codes[given] = merged
    return _renumber(codes, places)


def _texts(column: pd.Series) -> tuple[Integers, list[str]]:
    """A code for each row and the texts they stand for; a missing text is ``""``."""
    category = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category")
    texts = [str(text) for text in category.cat.categories]
    codes = category.cat.codes.to_numpy().astype(np.int64)
    return np.where(codes < 0, len(texts), codes), [*texts, ""]


def _once(places: Sequence[Place]) -> tuple[list[Place], Integers]:
    """Equal places as one: the places, and for each given place its number."""
    numbers: dict[tuple[object, ...], int] = {}
    kept: list[Place] = []
    found = np.zeros(len(places), dtype=np.int64)
    for row, item in enumerate(places):
        found[row] = numbers.setdefault(_identity(item), len(kept))
        if found[row] == len(kept):
            kept.append(item)
    return kept, found


def _identity(item: Place) -> tuple[object, ...]:
    """What tells two places of one gazetteer apart; comparing whole ports would be slow."""
    port = item.port.id if item.port else None
    facility = item.facility.id if item.facility else None
    candidates = tuple(candidate.id for candidate in item.candidates)
    return item.kind, port, facility, candidates, item.at_roads, item.near_loading_berth, item.text, item.conflict


def _rows_by(numbers: npt.NDArray[np.int32], wanted: Booleans) -> list[tuple[int, Integers]]:
    """The rows of each wanted number that occurs, in one sort; negative numbers are left out."""
    rows = np.flatnonzero((numbers >= 0) & wanted[numbers])
    chosen = numbers[rows]
    order = np.argsort(chosen, kind="stable")
    found, starts = np.unique(chosen[order], return_index=True)
    return list(zip(found.tolist(), np.split(rows[order], starts[1:]), strict=True)) if len(found) else []


def _renumber(codes: Integers, places: Sequence[Place]) -> tuple[Codes, list[Place]]:
    """Codes into distinct places, in order of first appearance."""
    compact, first = distinct([codes], len(codes))
    kept, numbers = _once([places[int(codes[row])] for row in first])
    return numbers[compact].astype(np.int32) if len(codes) else np.zeros(0, dtype=np.int32), kept
