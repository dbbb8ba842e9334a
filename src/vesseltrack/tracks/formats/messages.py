"""The fields of AIS messages, taken from their six-bit characters for whole columns at once.

Bits are those of ITU-R M.1371-5, annex 8: position reports 1, 2, 3, 18, 19 and 27, static reports 5 and 24. The
characters are IEC 61162-1's (table 7: 0 to W, ` to w). Other messages say neither where a ship is nor who it is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Bytes = npt.NDArray[np.uint8]

SCHEMA = pa.schema(
    [
        ("mmsi", pa.int32()),
        ("time", pa.int64()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("sog", pa.float64()),
        ("draught", pa.float64()),
        ("ship_type", pa.int32()),
        ("imo", pa.int32()),
        ("name", pa.string()),
        ("call_sign", pa.string()),
    ]
)
"""Decoded messages: degrees, knots, metres, seconds since 1970."""


class Bits(NamedTuple):
    """Where a field stands in a message."""

    start: int
    width: int
    signed: bool = False
    scale: float = 1
    """Units of the message in one of `SCHEMA`."""


class Text(NamedTuple):
    """Where a text stands: six bits a letter."""

    start: int
    letters: int


MMSI = Bits(8, 30)
_POSITION_A = {"sog": Bits(50, 10, scale=10), "lon": Bits(61, 28, True, 600_000), "lat": Bits(89, 27, True, 600_000)}
_POSITION_B = {"sog": Bits(46, 10, scale=10), "lon": Bits(57, 28, True, 600_000), "lat": Bits(85, 27, True, 600_000)}
_LAYOUTS: dict[str, dict[str, Bits | Text]] = {
    "1": {**_POSITION_A},
    "2": {**_POSITION_A},
    "3": {**_POSITION_A},
    "5": {
        "imo": Bits(40, 30),
        "call_sign": Text(70, 7),
        "name": Text(112, 20),
        "ship_type": Bits(232, 8),
        "draught": Bits(294, 8, scale=10),
    },
    "18": {**_POSITION_B},
    "19": {**_POSITION_B, "name": Text(143, 20), "ship_type": Bits(263, 8)},
    "24A": {"name": Text(40, 20)},
    "24B": {"ship_type": Bits(40, 8), "call_sign": Text(90, 7)},
    "27": {"sog": Bits(79, 6), "lon": Bits(44, 18, True, 600), "lat": Bits(62, 17, True, 600)},
}
_PART_OF_24 = Bits(38, 2)
_NO_SPEED_IN_27 = 63
"""Knots; the other messages' 102.3 is taken out with that of other formats."""

_AIRCRAFT = 9
_LONGEST = 51
"""Characters up to the last bit wanted (message 5, draught)."""

_VALUES: Bytes = np.full(256, 255, np.uint8)
for _characters, _first in ((range(48, 88), 0), (range(96, 120), 40)):
    _VALUES[list(_characters)] = np.arange(_first, _first + len(_characters))


def decode(payloads: Sequence[bytes], times: Sequence[float]) -> tuple[pa.Table, Counter[str]]:
    """Rows of messages, and how many gave none, by reason.

    Args:
        payloads: The characters of each message, its parts joined.
        times: When each was received, seconds since 1970; NaN where nothing says.
    """
    size = len(payloads)
    characters = np.array(payloads, dtype=f"S{_LONGEST + 1}").view(np.uint8).reshape(size, _LONGEST + 1)
    six = _VALUES[characters]
    lengths = np.fromiter(map(len, payloads), np.int64, size)
    kinds = np.where(lengths > 0, six[:, 0], 255)
    parts = _number(six, _PART_OF_24)
    seconds = np.asarray(times, np.float64)
    rejected: Counter[str] = Counter()
    tables: list[pa.Table] = []
    rows: list[Integers] = []
    known = np.zeros(size, np.bool_)
    for name, fields in _LAYOUTS.items():
        chosen = kinds == int(name.rstrip("AB"))
        if name[-1] in "AB":
            chosen &= parts == "AB".index(name[-1])
        known |= chosen
        where = np.flatnonzero(chosen)
        if not len(where):
            continue
        needed = max(-(-(f.start + (f.width if isinstance(f, Bits) else 6 * f.letters)) // 6) for f in fields.values())
        whole = (lengths[where] >= needed) & (six[where, :needed] != 255).all(axis=1)
        timed = ~np.isnan(seconds[where])
        rejected["cannot be decoded"] += int((~whole).sum())
        rejected["no time"] += int((whole & ~timed).sum())
        where = where[whole & timed]
        tables.append(_table(six[where], seconds[where], fields))
        rows.append(where)
    rejected["MMSI is no ship's"] += int((kinds == _AIRCRAFT).sum())
    undecodable = kinds == 255
    rejected["cannot be decoded"] += int(undecodable.sum())
    rejected["no position report"] += int((~known & ~undecodable & (kinds != _AIRCRAFT)).sum())
    if not tables:
        return SCHEMA.empty_table(), +rejected
    order = np.argsort(np.concatenate(rows), kind="stable")
    return pa.concat_tables(tables).take(order), +rejected


def _table(six: Bytes, seconds: npt.NDArray[np.float64], fields: dict[str, Bits | Text]) -> pa.Table:
    size = len(six)
    columns: dict[str, Any] = {
        "mmsi": _number(six, MMSI),
        "time": np.floor(seconds).astype(np.int64),
    }
    for name, field in fields.items():
        if isinstance(field, Text):
            columns[name] = _text(six, field)
        elif field.scale == 1 and name != "sog":
            columns[name] = _number(six, field)
        else:
            numbers = _number(six, field)
            absent = (numbers == _NO_SPEED_IN_27) & (field.width == 6)
            columns[name] = pa.array(numbers / field.scale, mask=absent)
    return pa.table(
        [pa.array(columns[f.name]).cast(f.type) if f.name in columns else pa.nulls(size, f.type) for f in SCHEMA],
        schema=SCHEMA,
    )


def _number(six: Bytes, field: Bits) -> Integers:
    first, last = field.start // 6, (field.start + field.width - 1) // 6
    number = np.zeros(len(six), np.int64)
    for character in range(first, last + 1):
        number = number << 6 | (six[:, character] & 63)
    number = number >> (last + 1) * 6 - field.start - field.width & (1 << field.width) - 1
    return number - (number >> (field.width - 1) << field.width) if field.signed else number


def _text(six: Bytes, field: Text) -> pa.Array:
    """Letters up to the first ``@``, which AIS fills texts up with; without blanks at the ends."""
    first, shift = divmod(field.start, 6)
    letters = six[:, first : first + field.letters] << shift & 63
    if shift:
        letters = letters | six[:, first + 1 : first + 1 + field.letters] >> (6 - shift)
    written = np.where(letters < 32, letters + 64, letters)
    written[np.logical_or.accumulate(letters == 0, axis=1)] = 0
    texts = np.ascontiguousarray(written, np.uint8).view(f"S{field.letters}").ravel()
    stripped = np.char.strip(texts)
    return pa.array(stripped, pa.binary(), mask=stripped == b"").cast(pa.string())
