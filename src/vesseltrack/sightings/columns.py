"""Whole columns of text to values: each different text is looked at once, however many rows bear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from vesseltrack.sightings.calendar import EARLIEST_YEAR
from vesseltrack.sightings.dates import When, is_day, parse_date
from vesseltrack.sightings.schema import CHOICE_FIELDS
from vesseltrack.sightings.values import NUMBER_RULES, parse_number, range_fault
from vesseltrack.sightings.words import parse_choice

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

_GUARD = r"^'[=+\-@\t\r]"
_PLAIN_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_DECIMAL_COMMA = r"^-?[0-9]{1,3},[0-9]+$"
_DAY = r"^(\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2})"
_ZONE = r"(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?$"
_LAST_SECOND_US = {
    _DAY + "$": 86_399_000_000,
    _DAY + r"[T ]\d{2}:\d{2}" + _ZONE: 59_000_000,
    _DAY + r"[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?" + _ZONE: 0,
}
"""Forms that pandas parses in bulk, and the distance from their first to their last second, in microseconds."""


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive means UTC throughout
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Coded:
    """A column as the different texts in it and, for each row, which one it bears."""

    codes: npt.NDArray[np.int32]
    distinct: Any
    """pyarrow array of strings without repetition."""

    def blank(self) -> npt.NDArray[np.bool_]:
        """Which rows bear no text."""
        code = pc.index(self.distinct, "").as_py()
        return np.zeros(len(self.codes), np.bool_) if code < 0 else self.codes == code

    def where(self, of_values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What is known of each text, for each row."""
        return of_values[self.codes] if len(of_values) else np.zeros(len(self.codes), of_values.dtype)


def clean(column: Any, *, guarded: bool) -> Any:
    """Cells without surrounding white space, and without the ``'`` that guards a formula in our own CSV."""
    if guarded:
        guard = pc.match_substring_regex(column, _GUARD)
        if pc.any(guard).as_py():
            column = pc.if_else(guard, pc.utf8_slice_codeunits(column, 1), column)
    return pc.utf8_trim_whitespace(column)


def coded(column: Any, *, guarded: bool = False) -> Coded:
    """A column of raw cells (pyarrow ChunkedArray of strings) as its different texts, cleaned."""
    encoded = column.dictionary_encode()  # one dictionary for all chunks
    codes = np.concatenate([np.zeros(0, np.int32), *(_numpy(chunk.indices) for chunk in encoded.chunks)])
    values = encoded.chunk(encoded.num_chunks - 1).dictionary if encoded.num_chunks else pa.array([], pa.string())
    tidy = clean(values, guarded=guarded)
    if not tidy.equals(values):
        again = tidy.dictionary_encode()
        codes, values = _numpy(again.indices)[codes], again.dictionary
    return Coded(codes, values)


def _numpy(array: Any) -> npt.NDArray[np.int32]:
    found: npt.NDArray[np.int32] = array.to_numpy(zero_copy_only=False)
    return found


def constant(text: str, rows: int) -> Coded:
    """A column that bears one text throughout."""
    return Coded(np.zeros(rows, np.int32), pa.array([text], pa.string()))


@dataclass(frozen=True)
class Read:
    """A column that was read: values by row, and the reason for each row whose cell is at fault."""

    values: npt.NDArray[Any]
    faults: dict[int, str]


def numbers(column: Any, field: str, *, guarded: bool = False) -> Read:
    """Read a number column; NaN where nothing was given. Faults: not a number, or outside the field's range."""
    try:
        values = _cast(column)
    except pa.ArrowInvalid:
        values = None
    faults: dict[int, str] = {}
    if values is None:
        texts = coded(column, guarded=guarded)
        parsed, reasons = _parse_each(texts.distinct, field)
        values = texts.where(parsed)
        faults = _by_row(texts, reasons)
    rule = NUMBER_RULES[field]
    outside = (values < rule.low) | (values > rule.high)
    if rule.above_low:
        outside |= values == rule.low
    if rule.whole:
        outside |= values != np.floor(values)
    for row in np.flatnonzero(outside & ~np.isnan(values)).tolist():
        faults[row] = range_fault(float(values[row]), field)
    return Read(values, faults)


def _cast(column: Any) -> npt.NDArray[np.float64] | None:
    """Numbers as Arrow reads them; `None` where a cell needs a closer look."""
    given = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    cast = pc.cast(given, pa.float64())
    if not pc.all(pc.is_finite(cast), min_count=0).as_py():
        return None
    values: npt.NDArray[np.float64] = cast.to_numpy(zero_copy_only=False)
    return values


def _parse_each(texts: Any, field: str) -> tuple[npt.NDArray[np.float64], dict[int, str]]:
    """Plain numbers in bulk, what else there is one by one."""
    if not NUMBER_RULES[field].grouped:
        decimal_comma = pc.match_substring_regex(texts, _DECIMAL_COMMA)
        texts = pc.if_else(decimal_comma, pc.replace_substring(texts, ",", "."), texts)
    plain = pc.match_substring_regex(texts, _PLAIN_NUMBER)
    cast = pc.cast(pc.if_else(plain, texts, pa.scalar(None, pa.string())), pa.float64())
    values: npt.NDArray[np.float64] = cast.to_numpy(zero_copy_only=False).copy()
    reasons: dict[int, str] = {}
    left = np.flatnonzero(~np.isfinite(values))
    for number, text in zip(left.tolist(), texts.take(pa.array(left)).to_pylist(), strict=True):
        found = parse_number(text, field)
        if isinstance(found, str):
            reasons[number] = found
            values[number] = np.nan
        else:
            values[number] = found
    return values, reasons


@dataclass(frozen=True)
class Choice:
    """A choice column: category codes by row, and the texts that are none of its words."""

    codes: npt.NDArray[np.int8]
    unread: Coded | None
    """The text where it was not understood, blank elsewhere; `None` where all was."""


def choices(texts: Coded, field: str, *, asks_whether_on: bool = False) -> Choice:
    """Read a choice column; text that is none of its words reads as ``unknown`` and is kept."""
    names = CHOICE_FIELDS[field]
    found = [parse_choice(text, field, asks_whether_on=asks_whether_on) for text in texts.distinct.to_pylist()]
    codes = np.array([names.index(choice or "unknown") for choice in found], np.int8)
    unread = None
    if None in found:
        kept = pc.if_else(pa.array([choice is None for choice in found]), texts.distinct, "")
        again = kept.dictionary_encode()
        unread = Coded(_numpy(again.indices)[texts.codes], again.dictionary)
    return Choice(texts.where(codes), unread)


@dataclass(frozen=True)
class Times:
    """A date column: earliest and latest instant by row in microseconds since 1970 (UTC), and the faults."""

    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    faults: dict[int, str]


def times(texts: Coded, latest: date) -> Times:
    """Read a date column; a sighting that starts after the day `latest` is a fault."""
    count = len(texts.distinct)
    start, end = np.zeros(count, np.int64), np.zeros(count, np.int64)
    todo = np.ones(count, np.bool_)
    for form, length in _LAST_SECOND_US.items():
        fits = np.flatnonzero(pc.match_substring_regex(texts.distinct, form).to_numpy(zero_copy_only=False))
        if not len(fits):
            continue
        chosen = pd.Index(texts.distinct.take(pa.array(fits)).to_pandas())
        parsed = pd.to_datetime(chosen, format="ISO8601", utc=True, errors="coerce").tz_localize(None).as_unit("us")
        good = np.asarray(parsed.notna() & (parsed.year >= EARLIEST_YEAR))
        start[fits[good]] = parsed[good].to_numpy().astype("datetime64[us]").astype(np.int64)
        end[fits[good]] = start[fits[good]] + length
        todo[fits[good]] = False
    reasons: dict[int, str] = {}
    left = np.flatnonzero(todo)
    for number, text in zip(left.tolist(), texts.distinct.take(pa.array(left)).to_pylist(), strict=True):
        when = parse_date(text)
        if isinstance(when, When):
            start[number] = (when.start - _EPOCH) // _MICROSECOND
            end[number] = (when.end - _EPOCH) // _MICROSECOND
        else:
            reasons[number] = when.reason
    after = np.datetime64(latest, "us").astype(np.int64) + 86_400_000_000
    for number in np.flatnonzero(start >= after).tolist():
        reasons.setdefault(number, f"in the future: it starts after {latest}")
    return Times(texts.where(start), texts.where(end), _by_row(texts, reasons))


def _by_row(texts: Coded, reasons: dict[int, str]) -> dict[int, str]:
    """The reasons of texts as the reasons of the rows that bear them."""
    if not reasons:
        return {}
    rows = np.flatnonzero(np.isin(texts.codes, np.array(list(reasons), np.int32)))
    return {row: reasons[code] for row, code in zip(rows.tolist(), texts.codes[rows].tolist(), strict=True)}


def with_time_of_day(dates: Any, clocks: Any, *, guarded: bool) -> Any:
    """Date cells completed by the cells of a time column, where the date is a plain day and a time was given."""
    days = coded(dates, guarded=guarded)
    plain = np.array([":" not in text and is_day(text) for text in days.distinct.to_pylist()], np.bool_)
    clocks = pc.if_else(pa.array(days.where(plain)), clean(clocks, guarded=guarded).combine_chunks(), "")
    dates = days.distinct.take(pa.array(days.codes))
    joined = pc.binary_join_element_wise(dates, clocks, " ")
    return pa.chunked_array([pc.if_else(pc.equal(clocks, ""), dates, joined)])


def first_given(columns: list[Any], *, guarded: bool) -> Any:
    """The first of several columns, filled from the next where it is blank."""
    first, *others = columns
    for other in others:
        first = pc.if_else(pc.equal(clean(first, guarded=guarded), ""), other, first)
    return first
