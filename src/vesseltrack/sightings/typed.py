"""Columns of real types as the text that CSV or JSON would hold for the same values: the same sightings either way.

Whole numbers have no fraction (an IMO number among nulls is 9187629.0 in many a table, and 9187629 here), instants are
UTC and end in Z where the column has a zone, what is nested is JSON, and null is blank.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vesseltrack.sightings.raw import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_TEXT = "holds bytes that are not text: write the column as UTF-8"
_HOLDS_NUL = "holds a NUL character"
_MOST_WHOLE = 1e15
"""Whole numbers from here on are written with an exponent, as Python does."""


@dataclass(frozen=True)
class Cells:
    """A stretch of a column: its different texts, and for each row which one it bears."""

    texts: Any
    """pyarrow array of strings without nulls."""

    codes: Any
    """pyarrow array of integers; null where the cell is."""

    faults: Mapping[int, str]
    """Number of a text to the reason why its rows cannot be read; the text shows what was there."""

    has_nan: bool = False
    """Whether a float was NaN, which is read as blank."""

    def text_bytes(self) -> Any:
        """Bytes of text in each row (numpy)."""
        return pc.fill_null(pc.binary_length(self.texts).take(self.codes), 0).to_numpy(zero_copy_only=False)

    def faulty(self) -> dict[int, str]:
        """Row to reason, for the rows that cannot be read."""
        if not self.faults:
            return {}
        codes = pc.fill_null(self.codes, -1).to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(np.isin(codes, np.array(list(self.faults), codes.dtype))).tolist()
        return {row: self.faults[int(codes[row])] for row in rows}

    def written(self, rows: Any) -> Any:
        """The text of some rows as a pyarrow array of strings."""
        return pc.fill_null(self.texts.take(self.codes.take(rows)), "")


def cells(column: Any, *, is_field: bool) -> Cells:
    """A pyarrow array of any type as text.

    Args:
        column: the values.
        is_field: whether the column means a field. Bytes in a binary column that are no text are then a fault, and else
            travel along in hexadecimal.
    """
    while isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_nested(column.type):
        texts = ["" if value is None else _nested(value) for value in column.to_pylist()]
        return Cells(pa.array(texts, pa.string()), pa.array(range(len(column)), pa.int64()), {})
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    values, codes = encoded.dictionary, encoded.indices
    kind = values.type
    if is_text(kind) or pa.types.is_fixed_size_binary(kind):
        declared_text = pa.types.is_string(kind) or kind in (pa.large_string(), pa.string_view())
        return _checked(values, codes, opaque=not (declared_text or is_field))
    has_nan = pa.types.is_floating(kind) and pc.any(pc.is_nan(values)).as_py() is True
    return Cells(pc.fill_null(_text(values), ""), codes, {}, has_nan)


def is_text(kind: Any) -> bool:
    """Whether a type is text or bytes of any length."""
    return kind in (
        pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()
    )  # fmt: skip


def _checked(values: Any, codes: Any, *, opaque: bool) -> Cells:
    """Bytes that should be text; neither a string of Parquet nor that of Arrow promises that they are."""
    raw = pc.fill_null(values.cast(pa.binary()), b"")
    try:
        texts = raw.cast(pa.string())
        if not pc.any(pc.match_substring(raw, b"\0")).as_py():
            return Cells(texts, codes, {})
    except pa.ArrowInvalid:
        pass
    found = raw.to_pylist()
    faults = {number: fault for number, piece in enumerate(found) if (fault := _fault(piece))}
    if opaque:
        shown = [piece.hex() if number in faults else piece.decode() for number, piece in enumerate(found)]
        return Cells(pa.array(shown, pa.string()), codes, {})
    return Cells(pa.array(map(legible, found), pa.string()), codes, faults)


def _fault(raw: bytes) -> str:
    try:
        return _HOLDS_NUL if "\0" in raw.decode() else ""
    except UnicodeDecodeError:
        return _NOT_TEXT


def _text(values: Any) -> Any:
    """Different values that are no text as text."""
    kind = values.type
    if pa.types.is_floating(kind):
        numbers = values.to_numpy(zero_copy_only=False)
        if kind != pa.float64():  # the shortest text that reads back as the same float32
            numbers = np.array([float(str(number)) for number in numbers.astype(np.float32)])
        return pa.array(map(number_text, numbers.tolist()), pa.string())
    if pa.types.is_decimal(kind):
        plain = ["" if number is None else format(number, "f") for number in values.to_pylist()]
        return pc.replace_substring_regex(pa.array(plain, pa.string()), r"\.0+$", "")
    if pa.types.is_timestamp(kind):
        utc = values.cast(pa.int64()).cast(pa.timestamp(kind.unit))  # what has a zone is stored as UTC
        text = pc.replace_substring(pc.cast(utc, pa.string()), " ", "T", max_replacements=1)
        return pc.binary_join_element_wise(_shortest(text), "Z" if kind.tz else "", "")
    if pa.types.is_time(kind):
        return _shortest(pc.cast(values, pa.string()))
    if pa.types.is_date64(kind):
        return pc.cast(pc.cast(values, pa.date32()), pa.string())
    return pc.cast(values, pa.string())


def number_text(value: float) -> str:
    """A float as text; NaN, which many writers have for null, is blank."""
    if value != value:  # noqa: PLR0124 - NaN
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _MOST_WHOLE else repr(value)


def _shortest(clocks: Any) -> Any:
    """Times of day without the zeros of their unit."""
    whole = pc.replace_substring_regex(clocks, r"\.0+$", "")
    return pc.replace_substring_regex(whole, r"(\.[0-9]*[1-9])0+$", r"\1")


def _nested(value: Any) -> str:
    """A list or struct as our reader of JSON would keep it: every number as the text of its digits."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, float):
        return number_text(value)
    return legible(value) if isinstance(value, bytes) else str(value)
