"""Reading sightings that stand in the test as text."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd

from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.schema import FIELDS, InputFile, RejectedRow, Sightings

LATEST = date(2025, 12, 31)


def read(content: str | bytes, **settings: Any) -> Sightings:
    """Sightings of one input given as text (UTF-8) or bytes."""
    raw = content.encode() if isinstance(content, str) else content
    return read_sightings(["-"], latest=settings.pop("latest", LATEST), stdin=BytesIO(raw), **settings)


def one(content: str | bytes, **settings: Any) -> pd.Series:
    """The only sighting of an input without rejects."""
    found = read(content, **settings)
    assert not found.rejects
    assert len(found.frame) == 1
    return found.frame.iloc[0]


def refusal(content: str | bytes, **settings: Any) -> RejectedRow:
    """The only reject of an input."""
    found = read(content, **settings)
    assert len(found.rejects) == 1
    return found.rejects[0]


def the_input(found: Sightings) -> InputFile:
    (account,) = found.inputs
    return account


def content(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Rows of a frame as a sorted multiset, without file and line; extras that a row lacks are blank."""
    extras = sorted(name for name in frame.columns if name.startswith("x:"))
    rows = [
        tuple(str(row[name]) for name in ("start", "end", *FIELDS))
        + tuple(f"{name}={row[name]}" for name in extras if row[name])
        for _, row in frame.iterrows()
    ]
    return sorted(rows)
