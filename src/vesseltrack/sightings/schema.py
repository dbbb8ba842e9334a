"""The sighting schema: every column of the frame that travels from the file to the report, declared once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from vesseltrack.sightings.raw import RawTable

SHIP_FIELDS = ("vessel", "imo", "mmsi")
"""What says which ship: its other sightings are those that share one of these."""

TEXT_FIELDS = (
    "vessel", "imo", "mmsi", "call_sign", "flag", "type", "port", "facility", "product",
    "counterpart", "confidence", "source", "note", "other_vessel", "other_imo", "other_mmsi", "previous_identity",
    "owner", "manager", "company_imo",
)  # fmt: skip
"""Kept as written (stripped of surrounding white space); ``""`` where nothing was given. Category dtype."""

NUMBER_FIELDS = (
    "length_m", "count", "lat", "lon", "barrels", "cargo_m3", "tonnes", "draught", "end_lat", "end_lon",
)  # fmt: skip
"""float64; NaN where nothing was given. Units: metres, ships, decimal degrees WGS 84, barrels, cubic metres, tonnes."""

AIS_STATUSES = ("on", "off", "intermittent", "spoofed", "unknown")
ACTIVITIES = (
    "loading", "discharging", "bunkering", "moored", "anchored", "transit",
    "sts_receiving", "sts_giving", "container", "unknown",
)  # fmt: skip
LADEN_STATES = ("laden", "ballast", "unknown")

CHOICE_FIELDS: dict[str, tuple[str, ...]] = {
    "ais_status": AIS_STATUSES,
    "activity": ACTIVITIES,
    "laden": LADEN_STATES,
}
"""Category dtype with exactly these categories; blank and unrecognised text read as ``unknown``."""

FIELDS = (*TEXT_FIELDS, *NUMBER_FIELDS, *CHOICE_FIELDS, "date")
"""Every field a header can mean, and every target of ``--map``."""

PROVENANCE = ("file", "line")
"""``file``: the input's path as given, ``-`` for standard input (category). ``line``: the first physical line of the
row, 1-based, header included (int64)."""

TIMES = ("start", "end")
"""datetime64[us], naive UTC: the earliest and the latest instant of the sighting. A day is 00:00:00 to 23:59:59."""

EXTRA_PREFIX = "x:"
"""A column that no field claims travels along as ``x:<its header>`` (category of str). A header that begins so in a
file, as in those that `ledger export` writes, is no field either, and is called by what follows."""


ADDED_PREFIX = "vt:"
"""What the sheets of our own workbooks say of a sighting besides its fields; such a column is not read again."""


class SightingRef(NamedTuple):
    """Where a sighting stands. A tuple, because a feed has a million of them."""

    source: str
    """The input's path as given; ``-`` for standard input."""

    line: int
    """First physical line of the row, 1-based."""

    entry: int = 0
    """Its place in the ledger, for a file of tomorrow may bear the name of today's; 0 for a row of a file."""


def entries_of(frame: pd.DataFrame) -> list[int]:
    """For each row its place in the ledger; 0 where it comes from a file."""
    return frame["entry"].tolist() if "entry" in frame else [0] * len(frame)


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be read, and why."""

    source: str
    """The input's path as given; ``-`` for standard input."""

    line: int
    """First physical line of the row, 1-based."""

    column: str
    """Header of the offending column as written in the file; empty where the whole row is at fault."""

    value: str
    """The offending value, shortened to 200 characters for display."""

    reason: str
    """What is wrong and how to mend it, in one sentence."""

    original: tuple[tuple[str, str], ...] = ()
    """(header, cell) pairs of the row as they were, for ``--rejects``."""


@dataclass(frozen=True)
class InputFile:
    """One input that was read, and what became of its rows: ``rows == accepted + rejected + duplicates``."""

    path: str
    sha256: str
    rows: int
    """Data rows found, header and blank lines not counted."""

    rejected: int
    duplicates: int
    encoding: str
    notes: tuple[str, ...] = ()
    """One-line remarks for stderr: encoding recognised, two columns that mean one field, text read as unknown."""


@dataclass(frozen=True)
class Aside:
    """Sightings of a ledger that no rule looks at: counted, and not read."""

    number: int = 0
    at_sea: int = 0
    ships: frozenset[str] = frozenset()
    """IMO number, else name, else MMSI, as given."""

    last_day: date | None = None
    years: frozenset[int] = frozenset()
    """In which one of them ends."""


@dataclass(frozen=True)
class Sightings:
    """Accepted sightings of all inputs, without duplicates, and everything that was not accepted."""

    frame: pd.DataFrame
    """PROVENANCE + TIMES + TEXT_FIELDS + NUMBER_FIELDS + CHOICE_FIELDS + ``date`` (the text as written) + extras;
    all declared columns always present; RangeIndex. Out of the ledger also ``entry``, see `entries_of`."""

    rejects: tuple[RejectedRow, ...]
    inputs: tuple[InputFile, ...]
    tables: Mapping[str, RawTable] = field(default_factory=dict)
    """By path, the cells of every row as they were; empty unless somebody asked for them."""

    aside: Aside = field(default_factory=Aside)
    """What a ledger holds besides."""
