"""Events of Global Fishing Watch: they are what it concluded already, not positions.

JSON of its API (version 3, ``/events``: one page, a list of entries, or one event a line) and the CSV of its download
portals. Field names are those of its own code, ``gfw-api-python-client`` and the portals'
``events.report.download``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import InputError
from vesseltrack.tracks.schema import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LAYOUT = "Global Fishing Watch events"

OTHER_KIND = "event of a kind not used here"
"""Fishing and loitering: one ship at sea, alone, and heard."""

_KINDS = {"gap": "gap", "port_visit": "port_call", "port": "port_call", "encounter": "meeting"}

GAP_CONFIDENCE = {True: 3, False: 1, None: 2}
"""By ``intentionalDisabling``. Its model takes a gap for intended after 12 h without a signal, more than 50 nautical
miles from shore, where reception was good, with a precision of 0.86 (Welch and others 2022,
doi:10.1126/sciadv.abq2109): likely, not certain. Where it says no, reception may be the reason; where it says nothing,
nobody judged."""

MEETING_CONFIDENCE = 3
"""Both ships were heard within 500 m for 2 h below 2 kn and 10 km from an anchorage, the thresholds used here too; but
the positions are not at hand to be looked at again."""

_STEM = re.compile(r"\.[12]$")
"""An encounter stands twice, seen from each ship: ``….1`` and ``….2``."""

_HEADERS = {
    "type": "type", "start": "start", "end": "end", "lat": "latitude", "lon": "longitude", "id": "id",
    "mmsi": "vesselssvid", "name": "vesselname", "other_mmsi": "encountervesselssvid",
    "other_name": "encountervesselname", "distance": "encountermediandistancekilometers",
    "speed": "encountermedianspeedknots", "port": "portname",
}  # fmt: skip
_PORTAL_HEADERS = {
    "mmsi": "vesselmmsi", "other_name": "encounteredvesselname", "other_mmsi": "encounteredvesselmmsi",
    "port": "portvisitname",
}  # fmt: skip


def is_events_header(headers: Sequence[str]) -> bool:
    """Whether a CSV is one of the portals' downloads."""
    plains = {_plain(header) for header in headers}
    return {"start", "end", "latitude", "longitude"} <= plains and bool(
        plains & {"vesselssvid", "vesselid", "vesselname"}
    )


def is_events_json(start: str) -> bool:
    """Whether a JSON text is of the events API, by its beginning."""
    return bool(
        re.match(r"\s*[\[{]", start)
        and re.search(r'"(start|end)"\s*:', start)
        and re.search(r'"type"\s*:\s*"(gap|port_visit|port|encounter|fishing|loitering)"', start, re.IGNORECASE)
    ) or bool(re.match(r"\s*\{", start) and re.search(r'"entries"\s*:', start))


def csv_events(text: str, delimiter: str) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Events of a portal's CSV, and how many cannot be used, by reason."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    plains = [_plain(header) for header in next(rows, [])]
    return _events(_from_cells(dict(zip(plains, row, strict=False))) for row in rows if any(row))


def json_events(text: str, path: str) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Events of the API's JSON, and how many cannot be used, by reason.

    Raises:
        InputError: it is no JSON.
    """
    try:
        try:
            document = json.loads(text)
        except json.JSONDecodeError:
            document = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: events that are no JSON ({error}): fetch them again") from None
    entries = document.get("entries", [document]) if isinstance(document, dict) else document
    return _events(_from_object(entry) if isinstance(entry, dict) else {} for entry in _list(entries))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _part(entry: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The first of some objects in an object that is there and is one."""
    return next((entry[name] for name in names if entry.get(name) and isinstance(entry[name], dict)), {})


def _plain(header: str) -> str:
    return re.sub(r"[^a-z]", "", header.lower())


def _from_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """What one row says; a row without a type is an encounter if it names a second ship."""
    told: dict[str, Any] = {field: cells.get(header) for field, header in _HEADERS.items()}
    told |= {field: cells[header] for field, header in _PORTAL_HEADERS.items() if cells.get(header)}
    told["type"] = told["type"] or ("encounter" if told["other_mmsi"] or told["other_name"] else "")
    return told


def _from_object(entry: Mapping[str, Any]) -> dict[str, Any]:
    position, vessel = _part(entry, "position"), _part(entry, "vessel")
    gap, encounter = _part(entry, "gap"), _part(entry, "encounter")
    visit = _part(entry, "port_visit", "portVisit")
    off, on = _part(gap, "offPosition") or position, _part(gap, "onPosition")
    other = _part(encounter, "vessel")
    anchorage = _part(visit, "intermediateAnchorage", "startAnchorage", "endAnchorage")
    return {
        "type": entry.get("type"), "start": entry.get("start"), "end": entry.get("end"), "id": entry.get("id"),
        "lat": off.get("lat"), "lon": off.get("lon"), "end_lat": on.get("lat"), "end_lon": on.get("lon"),
        "mmsi": vessel.get("ssvid"), "name": vessel.get("name"),
        "other_mmsi": other.get("ssvid"), "other_name": other.get("name"),
        "port": anchorage.get("name") or anchorage.get("id"), "confidence": visit.get("confidence"),
        "distance": gap.get("distanceKm") or encounter.get("medianDistanceKilometers"),
        "speed": gap.get("impliedSpeedKnots") or encounter.get("medianSpeedKnots"),
        "intended": gap.get("intentionalDisabling"),
    }  # fmt: skip


def _events(told: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Rows in the order of time; what stands twice, or is seen from both ships, once."""
    rejected: Counter[str] = Counter()
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for each in told:
        event = _event(each)
        if isinstance(event, str):
            rejected[event] += 1
        else:
            ships = frozenset((event["mmsi"] or event["name"], event["other_mmsi"] or event["other_name"]))
            key = (event["kind"], event["start"], event["end"], ships)
            if key not in found or _order(event) < _order(found[key]):
                found[key] = event
    return sorted(found.values(), key=_order), rejected


def _order(event: Mapping[str, Any]) -> tuple[Any, ...]:
    return event["start"], event["mmsi"], event["name"], event["other_mmsi"], event["detail"]


def _event(told: Mapping[str, Any]) -> dict[str, Any] | str:
    """A row of `schema.EVENTS`, or why there is none."""
    kind = _KINDS.get(str(told.get("type") or "").strip().lower())
    if kind is None:
        return OTHER_KIND
    mmsi, name = _text(told.get("mmsi")), _text(told.get("name"))
    start, end = _time(told.get("start")), _time(told.get("end"))
    lat, lon = _number(told.get("lat")), _number(told.get("lon"))
    if not mmsi and not name:
        return "no MMSI"
    if start is None:
        return "no time"
    if lat is None or lon is None:
        return "no position"
    if abs(lat) > 90 or abs(lon) > 180:
        return "position outside the globe"
    event = dict.fromkeys(EVENTS) | {
        "kind": "open_gap" if kind == "gap" and end is None else kind,
        "mmsi": mmsi, "imo": "", "name": name, "start": start, "end": end or start, "lat": lat, "lon": lon,
        "end_lat": _number(told.get("end_lat")), "end_lon": _number(told.get("end_lon")),
        "port": _text(told.get("port")) if kind == "port_call" else "", "facility": "",
        "confidence": _confidence(kind, told), "distance_km": _number(told.get("distance")),
        "speed_kn": _number(told.get("speed")), "other_mmsi": _text(told.get("other_mmsi")), "other_imo": "",
        "other_name": _text(told.get("other_name")),
        "detail": f"source=Global Fishing Watch;id={_STEM.sub('', _text(told.get('id')))}",
    }  # fmt: skip
    if kind != "gap":
        event |= {"end_lat": lat, "end_lon": lon}
    return event


def _confidence(kind: str, told: Mapping[str, Any]) -> int | None:
    """Of a port visit as told, 1 to 4; none where the download leaves it out."""
    if kind == "port_call":
        confidence = _number(told.get("confidence"))
        return int(confidence) if confidence is not None and 1 <= confidence <= 4 else None
    return MEETING_CONFIDENCE if kind == "meeting" else _intended(told.get("intended"))


def _intended(judged: Any) -> int:
    return GAP_CONFIDENCE[judged if isinstance(judged, bool) else None]


def _text(value: Any) -> str:
    return "" if value is None else re.sub(r"[;\r\n]+", " ", str(value)).strip()


def _number(value: Any) -> float | None:
    """Numbers stand as text in places."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None


def _time(value: Any) -> datetime | None:
    """ISO 8601, or thousandths of a second since 1970; UTC without saying so, as the events' columns have it."""
    try:
        if isinstance(value, int | float) or str(value).isdigit():
            moment = datetime.fromtimestamp(int(value) / 1000, UTC)
        else:
            moment = datetime.fromisoformat(str(value).strip().removesuffix(" UTC"))
    except (ValueError, OverflowError, OSError):
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
