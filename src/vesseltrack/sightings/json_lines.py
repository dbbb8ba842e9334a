"""JSON, NDJSON and GeoJSON to columns of cells: elements keep the line they start on, numbers keep their digits.

Where two elements of an array share a line, as in a file without line breaks, the place in the array (1, 2, ...) stands
for the line of every element.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import InputError
from vesseltrack.sightings import lines as physical
from vesseltrack.sightings.geojson import feature_row, is_collection
from vesseltrack.sightings.objects import Pairs, Rows
from vesseltrack.sightings.raw import MAX_ROW_BYTES, legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.sightings.raw import RawTable

_MEND = "write an array of objects, or one object a line"


_decoder = json.JSONDecoder(object_pairs_hook=Pairs, parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")


def looks_like_json(utf8: bytes) -> bool:
    """Whether a text opens as an object, or as an array that holds anything but a bare word."""
    start = utf8[:4096].lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"[", b"]", b'"'))


def read_json(utf8: bytes, path: str) -> RawTable:
    """Read an array of objects, an object that holds one, or one object a line.

    An element's line is the one it starts on; where two share one, rows are numbered by their place in the array.

    Args:
        utf8: The text; invalid sequences make their rows rejects in NDJSON.
        path: The input's name, for rejects and messages.

    Raises:
        InputError: no JSON, JSON without exactly one array of objects, or GeoJSON that is not in WGS 84; says where and
            how to mend it.
    """
    rows = Rows(path)
    if _is_one_object_a_line(utf8):
        _read_lines(utf8, rows)
    else:
        _read_document(utf8, rows)
    return rows.table()


def _is_one_object_a_line(utf8: bytes) -> bool:
    """NDJSON: one of its first lines is a whole object, and there is more than one line.

    Many a writer of GeoJSON puts each feature on a line of its own, and no comma behind the last.
    """
    if utf8.lstrip()[:1] != b"{":
        return False
    opening = [line for line in utf8[: 8 * MAX_ROW_BYTES].splitlines()[:20] if line.strip()]
    whole = [isinstance(_load(line), Pairs) for line in opening]
    collection = any(b'"FeatureCollection"' in line for line, alone in zip(opening, whole, strict=True) if not alone)
    return len(opening) > 1 and any(whole) and not collection


def _load(line: bytes) -> Any:
    """The value of one line, or the reason why there is none as a `ValueError`."""
    try:
        return _decoder.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        return ValueError("holds bytes that are not text in this file's encoding (mixed encodings?)")
    except RecursionError:
        return ValueError("is nested too deeply")
    except json.JSONDecodeError as error:
        return ValueError(f"is not JSON: {error.msg} at character {error.colno}")


def _read_lines(utf8: bytes, rows: Rows) -> None:
    lines = physical.split(utf8)
    for number in range(len(lines)):
        line = lines.content(number)
        if not line.strip():
            continue
        if len(line) > MAX_ROW_BYTES:
            rows.reject(number + 1, legible(line[:MAX_ROW_BYTES]), f"the line is longer than {MAX_ROW_BYTES:,} bytes")
            continue
        value = _load(line)
        if isinstance(value, ValueError):
            rows.reject(number + 1, legible(line), f"the line {value}")
        else:
            _add(rows, number + 1, value, legible(line))


def _add(rows: Rows, line: int, value: Any, written: str) -> None:
    """Take one element; of a feature its properties and its position."""
    if isinstance(value, Pairs) and (feature := feature_row(value)) is not None:
        rows.notes.update(dict.fromkeys(feature.notes))
        rows.add(line, feature.row, written, feature.fault)
    else:
        rows.add(line, value, written)


def _read_document(utf8: bytes, rows: Rows) -> None:
    try:
        text = utf8.decode("utf-8")
    except UnicodeDecodeError as error:
        line = utf8.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{rows.path}: line {line} holds bytes that are not text in this encoding: save it as UTF-8"
        ) from None
    start = _array_start(text, rows)
    if start is None:
        return
    line, counted = 1, 0
    lines: list[int] = []
    for place, (value, begin, end) in enumerate(_elements(text, start, rows.path), start=1):
        line, counted = line + text.count("\n", counted, begin), begin
        rows.by_place = rows.by_place or lines[-1:] == [line]
        lines.append(line)
        if end - begin > MAX_ROW_BYTES:
            rows.reject(
                place, text[begin : begin + MAX_ROW_BYTES], f"the object is longer than {MAX_ROW_BYTES:,} bytes"
            )
        else:
            _add(rows, place, value, text[begin:end])
    if not rows.by_place:
        rows.renumber(lines)


def _array_start(text: str, rows: Rows) -> int | None:
    """Where the array of objects opens; `None` where the document was a single sighting, which is then read."""
    start = _after_space(text, 0)
    if text[start] == "[":
        return start
    arrays: list[tuple[bool, str, int]] = []
    members: dict[str, Any] = {}
    for name, value, begin in _members(text, start, rows.path):
        members[name] = value
        if isinstance(value, _Array) and (value.objects or value.empty):
            arrays.append((value.empty, name, begin))
    if is_collection(members, rows.path):
        arrays = [array for array in arrays if array[1] == "features"]
    filled = [array for array in arrays if not array[0]] or arrays
    if len(filled) > 1:
        names = ", ".join(repr(name) for _, name, _ in filled[:5])
        raise InputError(f"{rows.path}: several arrays of objects ({names}): keep the one with the sightings")
    if filled:
        return filled[0][2]
    if members:
        value, end = _decode(text, start, rows.path)
        _add(rows, text.count("\n", 0, start) + 1, value, text[start:end])
    return None


@dataclass(frozen=True)
class _Array:
    """An array that is a member of the outer object, without its elements."""

    objects: bool
    empty: bool


def _members(text: str, start: int, path: str) -> Iterator[tuple[str, Any, int]]:
    """Name, value and position of the value of each member of the object that opens at `start`, to the text's end."""
    position = _after_space(text, start + 1)
    if text[position : position + 1] == "}":
        _only_space_after(text, position + 1, path)
        return
    while position >= 0:
        if text[position : position + 1] != '"':
            raise _syntax(text, position, "a name in double quotes is expected", path)
        name, position = _decode(text, position, path)
        position = _after_space(text, position)
        if text[position : position + 1] != ":":
            raise _syntax(text, position, "':' is expected", path)
        begin = _after_space(text, position + 1)
        if text[begin : begin + 1] == "[":
            objects, position = False, begin + 1
            for value, _, end in _elements(text, begin, path):
                objects, position = objects or isinstance(value, Pairs), end
            position = _after_space(text, position)
            yield name, _Array(objects, position == _after_space(text, begin + 1)), begin
            position += 1
        else:
            value, position = _decode(text, begin, path)
            yield name, value, begin
        position = _next(text, position, "}", path)


def _elements(text: str, start: int, path: str) -> Iterator[tuple[Any, int, int]]:
    """Value, begin and end of each element of the array that opens at `start`."""
    position = _after_space(text, start + 1)
    inner = start != _after_space(text, 0)
    if text[position : position + 1] == "]":
        if not inner:
            _only_space_after(text, position + 1, path)
        return
    while position >= 0:
        value, end = _decode(text, position, path)
        yield value, position, end
        position = _next(text, end, "]", path, last=not inner)


def _next(text: str, position: int, closing: str, path: str, *, last: bool = True) -> int:
    """Where the next member or element starts, -1 after the last; `last`: nothing may follow the closing bracket."""
    position = _after_space(text, position)
    if text[position : position + 1] == ",":
        return _after_space(text, position + 1)
    if text[position : position + 1] != closing:
        raise _syntax(text, position, f"',' or '{closing}' is expected", path)
    if last:
        _only_space_after(text, position + 1, path)
    return -1


def _only_space_after(text: str, position: int, path: str) -> None:
    position = _after_space(text, position)
    if position < len(text):
        raise _syntax(text, position, "something follows the end", path)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _decode(text: str, position: int, path: str) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise _syntax(text, error.pos, error.msg, path) from None
    except RecursionError:
        raise InputError(f"{path}: JSON that is nested too deeply: {_MEND}") from None


def _syntax(text: str, position: int, what: str, path: str) -> InputError:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    cut = " (is the file cut off?)" if position >= len(text.rstrip()) else ""
    return InputError(f"{path}: not valid JSON at line {line}, column {column}: {what}{cut}; {_MEND}")
