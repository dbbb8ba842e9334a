"""Which sightings the rules must look at: a feed of a million rows holds few ships of the trade."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack import __version__
from vesseltrack.cases.ships import other_ships
from vesseltrack.cases.unread import unread_rows
from vesseltrack.ledger.marks import Mark, Marking
from vesseltrack.ports.placing import place_sightings
from vesseltrack.sightings.schema import SHIP_FIELDS
from vesseltrack.vessels.companies import NO_COMPANIES, company_columns, named_companies
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.identifiers import parse_mmsi
from vesseltrack.vessels.identity import identify_sightings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.ledger.marks import Marks
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.ports.model import Place
    from vesseltrack.vessels.companies import CompanyIndex, Role
    from vesseltrack.vessels.register import Register

    Mask = npt.NDArray[np.bool_]

EDITION = 1
"""Raised whenever a sighting may be marked otherwise than before, so that ledgers mark theirs again."""


def relevant_rows(frame: pd.DataFrame, places: Sequence[Place], companies: CompanyIndex = NO_COMPANIES) -> Mask:
    """Rows that concern a ship of the register, a listed company, the DPRK, the trade, or a doubtful identity or place.

    ``frame`` has the columns ``who``, ``place`` and ``other``. A ship that called in the DPRK, or flew its flag, is
    followed through all its rows, and the MMSI of a ship of the register through all ships that use it.
    """
    return (
        _concerned(frame, places, companies)
        | _same_ship(frame, _of_the_dprk(frame, places))
        | _same_station(frame, frame["who"].to_numpy() >= 0)
    )


def marking(register: Register, gazetteer: Gazetteer) -> Marking:
    """How a ledger marks its sightings, so that only those are read again that `examine` looks at."""
    made_with = (
        EDITION, __version__, *((used.id, used.sha256) for used in register.lists), *register.reference,
        sorted(register.company_authorities or ()), *gazetteer.reference,
    )  # fmt: skip
    return Marking(sha256(repr(made_with).encode()).hexdigest(), partial(_marks, register, gazetteer))


def _marks(register: Register, gazetteer: Gazetteer, frame: pd.DataFrame) -> Marks:
    """A `Mark` for each row, whatever other rows there are."""
    frame = frame.copy(deep=False)
    companies = register.company_index
    frame["who"], identities = identify_sightings(frame, register)
    frame["place"], places = place_sightings(frame, gazetteer)
    frame["other"], _ = other_ships(frame, register, offset=len(identities))
    known = frame["who"].to_numpy() >= 0
    dprk = _of_the_dprk(frame, places)
    unplaced = _places(frame, places, lambda place: place.kind == "unplaced")
    concerned = _concerned(frame, places, companies) | dprk | unplaced | unread_rows(frame, companies)
    at_sea = _places(frame, places, lambda place: place.kind == "sea")
    station = known & _categories(frame["mmsi"], lambda text: parse_mmsi(text).state == "valid", known)
    marks = np.zeros(len(frame), np.uint8)
    for mark, rows in (
        (Mark.CONCERNED, concerned), (Mark.DPRK, dprk), (Mark.STATION, station), (Mark.AT_SEA, at_sea),
    ):  # fmt: skip
        marks[rows] |= np.uint8(mark)
    return marks


def _of_the_dprk(frame: pd.DataFrame, places: Sequence[Place]) -> Mask:
    """Rows of ships in a port of the DPRK, or under its flag."""
    port = _places(frame, places, lambda place: place.port is not None and place.port.country == "KP")
    return port | _categories(frame["flag"], is_dprk)


def _concerned(frame: pd.DataFrame, places: Sequence[Place], companies: CompanyIndex) -> Mask:
    """Rows that rules look at, whatever other rows there are."""
    trade = _places(frame, places, lambda place: place.port is not None and place.port.roles != ("other",))
    dark = _categories(frame["ais_status"], lambda text: text in {"off", "intermittent", "spoofed"})
    transfer = _categories(frame["activity"], lambda text: text.startswith("sts_"))
    conflict = _places(frame, places, lambda place: place.conflict != "")
    known: Mask = frame["who"].to_numpy() >= 0
    other = frame["other"].to_numpy() >= 0
    return known | (trade & dark) | transfer | conflict | other | _naming_companies(frame, companies)


def _naming_companies(frame: pd.DataFrame, companies: CompanyIndex) -> Mask:
    """Rows that name a listed company as owner, manager, by company number or by the ship's number."""
    named = np.zeros(len(frame), dtype=bool)
    for column, role in company_columns(frame.columns) if companies.companies else ():
        cells = frame[column].cat
        codes = [code for code, text in enumerate(cells.categories) if _names_company(companies, role, text)]
        if codes:
            named |= np.isin(cells.codes.to_numpy(), codes)
    return named


def _names_company(companies: CompanyIndex, role: Role, text: str) -> bool:
    return bool(text and named_companies(companies, role, text))


def _categories(column: pd.Series[str], test: Callable[[str], bool], rows: Mask | None = None) -> Mask:
    """Apply a test once per distinct text of a category column; where ``rows`` are given, of theirs alone."""
    codes = column.cat.codes.to_numpy()
    asked = range(len(column.cat.categories)) if rows is None else np.unique(codes[rows & (codes >= 0)]).tolist()
    passed = np.zeros(len(column.cat.categories) + 1, dtype=bool)
    for code in asked:
        passed[code] = test(column.cat.categories[code])
    return passed[codes]


def _places(frame: pd.DataFrame, places: Sequence[Place], test: Callable[[Place], bool]) -> Mask:
    """Apply a test once per distinct place."""
    passed = np.array([test(place) for place in places], dtype=bool)
    return passed[frame["place"].to_numpy()] if passed.size else np.zeros(len(frame), dtype=bool)


def _same_ship(frame: pd.DataFrame, rows: Mask) -> Mask:
    """Rows that share a name, IMO number or MMSI with one of ``rows``."""
    found = rows.copy()
    for name in SHIP_FIELDS:
        column = frame[name]
        codes = column.cat.codes.to_numpy()
        wanted = np.zeros(len(column.cat.categories), dtype=bool)
        wanted[codes[rows]] = True
        if "" in column.cat.categories:
            wanted[column.cat.categories.get_loc("")] = False
        found |= wanted[codes]
    return found


def _same_station(frame: pd.DataFrame, rows: Mask) -> Mask:
    """Rows that share a valid MMSI with one of ``rows``."""
    station = _categories(frame["mmsi"], lambda text: parse_mmsi(text).state == "valid", rows)
    codes = frame["mmsi"].cat.codes.to_numpy()
    return np.isin(codes, np.unique(codes[rows & station]))
