"""Messages of aisstream.io, one JSON object a line."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vesseltrack.tracks.formats.messages import NO_SPEED_IN_LONG_RANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

_POSITIONS = (
    "PositionReport", "StandardClassBPositionReport", "ExtendedClassBPositionReport", "LongRangeAisBroadcastMessage",
)  # fmt: skip
_AIRCRAFT = "StandardSearchAndRescueAircraftReport"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?(?: UTC)?")


def decode_lines(block: bytes) -> tuple[pa.Table, Counter[str]]:
    """The rows of whole lines, and how many messages gave none, by reason."""
    return decode_objects(_object(line) for line in block.splitlines() if line.strip())


def _object(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def decode_objects(messages: Iterable[Any]) -> tuple[pa.Table, Counter[str]]:
    """The same for messages that are objects already."""
    rows: list[dict[str, Any]] = []
    rejected: Counter[str] = Counter()
    for message in messages:
        row = _row(message)
        if isinstance(row, str):
            rejected[row] += 1
        else:
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=SCHEMA), rejected


def _row(message: Any) -> dict[str, Any] | str:
    """A row, or why there is none."""
    try:
        kind, meta, body = message["MessageType"], message["MetaData"], message["Message"]
        if kind == _AIRCRAFT:
            return "MMSI is no ship's"
        row = _fields(kind, body[kind], meta)
        if row is None:
            return "no position report"
        row["mmsi"] = int(body[kind].get("UserID") or meta["MMSI"])
        row["time"] = _instant(meta.get("time_utc") or "")
        pa.scalar(row["mmsi"], pa.int32())
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, pa.ArrowException):
        return "cannot be decoded"
    return row if row["time"] is not None else "no time"


def _fields(kind: str, body: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any] | None:
    if body.get("Valid") is False:
        raise ValueError("the receiver says that it could not decode the message")
    if kind in _POSITIONS:
        speed = body.get("Sog")
        if kind == "LongRangeAisBroadcastMessage" and speed == NO_SPEED_IN_LONG_RANGE:
            speed = None
        return {
            "lat": _float(body["Latitude"]), "lon": _float(body["Longitude"]), "sog": _float(speed),
            "name": _text(body.get("Name") or meta.get("ShipName")), "ship_type": _whole(body.get("Type")),
        }  # fmt: skip
    if kind == "ShipStaticData":
        return {
            "name": _text(body.get("Name")), "call_sign": _text(body.get("CallSign")),
            "imo": _whole(body.get("ImoNumber")), "ship_type": _whole(body.get("Type")),
            "draught": _float(body.get("MaximumStaticDraught")),
        }  # fmt: skip
    if kind == "StaticDataReport":
        name, rest = ((body.get(part) or {}) for part in ("ReportA", "ReportB"))
        rest = {} if rest.get("Valid") is False else rest
        name = {} if name.get("Valid") is False else name
        return {
            "name": _text(name.get("Name")), "call_sign": _text(rest.get("CallSign")),
            "ship_type": _whole(rest.get("ShipType")),
        }  # fmt: skip
    return None


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _whole(value: Any) -> int | None:
    number = None if value is None else int(value)
    return number if number is not None and abs(number) < 1 << 31 else None


def _text(value: Any) -> str | None:
    return (str(value).strip() or None) if value is not None else None


@lru_cache(maxsize=4096)
def _second(day: str, clock: str, offset: str) -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}{offset}").timestamp())


def _instant(text: str) -> int | None:
    """Go's way to write a time (``2026-07-12 12:00:00.5 +0000 UTC``) or ISO 8601, to the second."""
    found = _TIME.fullmatch(text.strip())
    return _second(found[1], found[2], found[3] or "Z") if found else None
