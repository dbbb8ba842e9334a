"""Which sightings the rules must look at: a feed of a million rows holds few ships of the trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.vessels.companies import NO_COMPANIES, company_columns, named_companies
from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.identifiers import parse_mmsi

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.ports.model import Place
    from vesseltrack.vessels.companies import CompanyIndex, Role

    Mask = npt.NDArray[np.bool_]

SHIP_COLUMNS = ("vessel", "imo", "mmsi")
"""A ship's other sightings are those that share one of these."""


def relevant_rows(frame: pd.DataFrame, places: Sequence[Place], companies: CompanyIndex = NO_COMPANIES) -> Mask:
    """Rows that concern a ship of the register, a listed company, the DPRK, the trade, or a doubtful identity or place.

    ``frame`` has the columns ``who`` and ``place``. A ship that called in the DPRK, or flew its flag, is followed
    through all its rows, and the MMSI of a ship of the register through all ships that use it.
    """
    dprk_port = _places(frame, places, lambda place: place.port is not None and place.port.country == "KP")
    dprk_flag = _categories(frame["flag"], is_dprk)
    ship = _same_ship(frame, dprk_port | dprk_flag)
    trade = _places(frame, places, lambda place: place.port is not None and place.port.roles != ("other",))
    dark = _categories(frame["ais_status"], lambda text: text in {"off", "intermittent", "spoofed"})
    transfer = _categories(frame["activity"], lambda text: text.startswith("sts_"))
    conflict = _places(frame, places, lambda place: place.conflict != "")
    known: Mask = frame["who"].to_numpy() >= 0
    other = frame["other"].to_numpy() >= 0
    named = _naming_companies(frame, companies)
    return known | ship | (trade & dark) | transfer | conflict | other | named | _same_station(frame, known)


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


def _categories(column: pd.Series[str], test: Callable[[str], bool]) -> Mask:
    """Apply a test once per distinct text of a category column."""
    passed = np.array([test(text) for text in column.cat.categories], dtype=bool)
    return passed[column.cat.codes.to_numpy()] if passed.size else np.zeros(len(column), dtype=bool)


def _places(frame: pd.DataFrame, places: Sequence[Place], test: Callable[[Place], bool]) -> Mask:
    """Apply a test once per distinct place."""
    passed = np.array([test(place) for place in places], dtype=bool)
    return passed[frame["place"].to_numpy()] if passed.size else np.zeros(len(frame), dtype=bool)


def _same_ship(frame: pd.DataFrame, rows: Mask) -> Mask:
    """Rows that share a name, IMO number or MMSI with one of ``rows``."""
    found = rows.copy()
    for name in SHIP_COLUMNS:
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
    cells = frame["mmsi"].cat
    codes = cells.codes.to_numpy()
    known = (code for code in np.unique(codes[rows]) if code >= 0)
    shared = [code for code in known if parse_mmsi(cells.categories[code]).state == "valid"]
    found: Mask = np.isin(codes, shared)
    return found
