"""Remarks on values that no rule could use: company numbers, MMSIs and flags that could not be read."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.vessels.companies import company_columns
from vesseltrack.vessels.flags import code, no_flag
from vesseltrack.vessels.identifiers import MISSING, company_check_digit, parse_imo, parse_mmsi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.sightings.schema import InputFile
    from vesseltrack.vessels.companies import CompanyIndex

_SEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_SHOWN = 40
"""Characters of a value."""


def with_unread(inputs: Iterable[InputFile], frame: pd.DataFrame, companies: CompanyIndex) -> tuple[InputFile, ...]:
    """The inputs, each with a remark on every kind of value that its accepted rows hold and that could not be read.

    Each different text is looked at once. What somebody writes for "unknown", and placeholders, are no such values.
    """
    told: defaultdict[str, list[str]] = defaultdict(list)
    for column, noun, readable in _kinds(frame, companies):
        for path, note in _notes(frame, column, noun, readable):
            told[path].append(note)
    return tuple(replace(used, notes=(*used.notes, *told.pop(used.path, ()))) for used in inputs)


def unread_rows(frame: pd.DataFrame, companies: CompanyIndex) -> npt.NDArray[np.bool_]:
    """Rows with such a value."""
    found = np.zeros(len(frame), np.bool_)
    for column, _, readable in _kinds(frame, companies):
        found |= np.isin(frame[column].cat.codes.to_numpy(), _unread(frame[column].cat.categories, readable))
    return found


def _kinds(frame: pd.DataFrame, companies: CompanyIndex) -> list[tuple[str, str, Callable[[str], bool]]]:
    """Columns, what they hold, and whether a text of theirs can be read."""
    kinds: list[tuple[str, str, Callable[[str], bool]]] = [
        (column, "company number", lambda text: _is_company(text, companies))
        for column, role in company_columns(frame.columns)
        if role == "company number"
    ]
    return [*kinds, ("mmsi", "MMSI", _is_mmsi), ("flag", "flag", _is_flag)]


def _unread(texts: Iterable[str], readable: Callable[[str], bool]) -> list[int]:
    return [at for at, text in enumerate(texts) if text and not readable(text)]


def _notes(frame: pd.DataFrame, column: str, noun: str, readable: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Path and remark, for each input with values of a column that could not be read."""
    texts = frame[column].cat.categories
    unread = _unread(texts, readable)
    if not unread:
        return
    codes = frame[column].cat.codes.to_numpy()
    rows = np.flatnonzero(np.isin(codes, unread))
    files = frame["file"].cat.codes.to_numpy()[rows]
    lines = frame["line"].to_numpy()
    for file in np.unique(files):
        own = rows[files == file]
        first = own[np.argmin(lines[own])]
        number = len(own)
        where = f"{'first ' if number > 1 else ''}line {lines[first]}: {texts[codes[first]][:_SHOWN]!r}"
        yield (
            frame["file"].cat.categories[file],
            f"{number:,} {noun}{'s' if number > 1 else ''} could not be read, {where}",
        )


def _is_company(text: str, companies: CompanyIndex) -> bool:
    """Whether a company's number stands there, nothing is meant to, or a listed company is named in its place."""
    number = parse_imo(text)
    if number.state in {"missing", "placeholder", "company"}:
        return True
    found = (*_SEVEN_DIGITS.findall(text), *([number.digits] if len(number.digits) == 7 else ()))
    return any(map(company_check_digit, found)) or bool(companies.find(text))


def _is_mmsi(text: str) -> bool:
    return (len(text) == 9 and text.isascii() and text.isdigit()) or parse_mmsi(text).state != "malformed"


def _is_flag(text: str) -> bool:
    return bool(code(text)) or no_flag(text) or text.strip().upper() in MISSING
