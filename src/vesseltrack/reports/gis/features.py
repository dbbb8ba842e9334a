"""What a map shows of a case: findings and calls as points, voyages as lines, each with what is known of it.

Nothing is left out for want of a position: such a feature has none. Text is as it came, and properties are flat, a
text, number or truth value each, because that is what map programs can filter and label by.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Literal

from vesseltrack.ports.distance import point_of
from vesseltrack.ports.model import Place
from vesseltrack.reports import wording
from vesseltrack.reports.gis.geometry import cut, great_circle, rounded
from vesseltrack.reports.values import number, whole
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vesseltrack.oil.model import CallKind, Delivery, PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.outline import Position
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.gis.geometry import Line
    from vesseltrack.rules.model import Finding
    from vesseltrack.vessels.model import Identity

Kind = Literal["finding", "call", "voyage"]
Value = str | int | float | bool | None

DARK = frozenset({"off", "spoofed"})
"""AIS statuses of a ship that does not show where it is."""

DONE: dict[CallKind, str] = {
    "load": "loading",
    "discharge": "discharge",
    "receipt": "oil taken over",
    "anchorage": "at anchor",
    "other": "seen",
}
"""What a ship did at a call, in words."""

PATH = "great circle between the places, not the track"
"""What the line of a voyage is."""


@dataclass(frozen=True)
class Feature:
    """A thing on the map."""

    kind: Kind
    id: str
    title: str
    start: datetime | None
    """UTC; None for findings that no sighting dates."""

    end: datetime | None
    point: Position | None
    lines: tuple[Line, ...]
    """Of a voyage, cut at the 180th meridian. Without point and lines it stands nowhere on the map."""

    properties: Mapping[str, Value]
    """Every key of its kind, None for what is not known."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """Every position, longitude first."""
        return (*(() if self.point is None else (self.point,)), *(one for line in self.lines for one in line))


def features(case: Case, *, only_findings: bool) -> Iterator[Feature]:
    """Findings, most severe first; then calls and voyages of the years of the case, in order of time."""
    for finding in (*case.of_fleet, *case.of_others):
        yield _finding(finding, case)
    if only_findings:
        return
    by_row = {seen.row: seen for seen in case.sightings}
    deliveries = [delivery for status in case.years for delivery in status.deliveries]
    yield from _calls(case, deliveries, by_row)
    for delivery in deliveries:
        if len(delivery.calls) > 1 and delivery.loaded_at and delivery.delivered_at:
            yield _voyage(delivery, by_row)


def _finding(finding: Finding, case: Case) -> Feature:
    sighted = None if finding.lat is None or finding.lon is None else (finding.lon, finding.lat)
    point, position = _point(sighted, finding.place)
    decision = case.decided.get(finding.id)
    return Feature(
        "finding", finding.id, finding.title, finding.observed_from, finding.observed_to, point, (),
        {
            "severity": finding.severity.label,
            "rule": finding.rule,
            **_who(finding.identity, finding.identity.name if finding.identity is not None else ""),
            "grade": finding.identity.grade if finding.identity is not None else None,
            **_where(finding.place),
            "position": position,
            "ais": finding.ais_status,
            "measures": "; ".join(finding.measures) or None,
            "legal_basis": "; ".join(finding.legal_basis) or None,
            "listed_by": "; ".join(dict.fromkeys(one.authority for one in finding.listings)) or None,
            "decided": None if decision is None else wording.decided(decision),
            "evidence": wording.evidence(finding.sightings) or None,
        },
    )  # fmt: skip


def _calls(case: Case, deliveries: Sequence[Delivery], by_row: Mapping[int, Seen]) -> Iterator[Feature]:
    """Calls in the years of the case, and those by ships that nobody could name."""
    carried: defaultdict[tuple[str, tuple[int, ...]], list[Delivery]] = defaultdict(list)
    unnamed: defaultdict[tuple[object, ...], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        for call in delivery.calls:
            carried[call.ship, call.rows].append(delivery)
        if not delivery.calls:
            unnamed[delivery.vessel, delivery.rows, delivery.sightings].append(delivery)
    years = {status.year for status in case.years}
    found = [
        _call(call, carried.get((call.ship, call.rows), []), by_row)
        for call in case.calls
        if (call.ship, call.rows) in carried or any(call.start.year <= year <= call.end.year for year in years)
    ]
    found += [_unnamed(same, by_row) for same in unnamed.values()]
    ids: defaultdict[str, int] = defaultdict(int)
    for content, ship, feature in sorted(found, key=lambda one: (one[2].start, one[2].end, one[1], one[0])):
        name = "C" + hashlib.sha256(f"{ship}|{content}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        ids[name] += 1
        yield replace(feature, id=name if ids[name] == 1 else f"{name}-{ids[name]}")


def _call(call: PortCall, carried: Sequence[Delivery], by_row: Mapping[int, Seen]) -> tuple[str, str, Feature]:
    seen = [s for row in (*call.rows, *call.corroborating) if (s := _seen(row, by_row)) is not None]
    ships = _who(call.identity, call.name)
    return _call_feature(
        call.ship, str(ships["vessel"] or wording.ship(call.identity)), call.kind, call.start, call.end, call.place,
        {**ships, "ships": 1}, call.ais, seen, carried, laden="; ".join(call.laden) or None,
    )  # fmt: skip


def _unnamed(same: Sequence[Delivery], by_row: Mapping[int, Seen]) -> tuple[str, str, Feature]:
    """What was seen of ships without a name, and the deliveries that it stands for."""
    first = same[0]
    seen = [by_row[row] for row in first.rows if row in by_row]
    many = f"{len(same)} unidentified tankers" if len(same) > 1 else "unidentified tanker"
    written = Place("unplaced", None, None, (), at_roads=False, near_loading_berth=False, text=_spot(first))
    return _call_feature(
        "", first.vessel or many, "discharge" if first.delivered_at else "load",
        min((s.start for s in seen), default=datetime.combine(first.earliest, time.min)),
        max((s.end for s in seen), default=datetime.combine(first.latest, time(23, 59, 59))),
        seen[0].place if seen else written, {**_who(first.identity, first.vessel), "ships": len(same)},
        frozenset(s.ais_status for s in seen) - {"unknown"}, seen, same,
        laden=_said(s.laden for s in seen if s.laden != "unknown"),
    )  # fmt: skip


def _spot(delivery: Delivery) -> str:
    return delivery.delivered_at or delivery.loaded_at or ""


def _call_feature(
    ship: str,
    name: str,
    role: CallKind,
    start: datetime,
    end: datetime,
    place: Place,
    ships: Mapping[str, Value],
    ais: frozenset[str],
    seen: Sequence[Seen],
    carried: Sequence[Delivery],
    laden: str | None,
) -> tuple[str, str, Feature]:
    """What identifies a call, whose it is, and the feature without its id."""
    sighted = next(((s.lon, s.lat) for s in seen if s.lat is not None and s.lon is not None), None)
    point, position = _point(sighted, place)
    dark = bool(ais & DARK) if ais else None
    spot = f"{' at' if place.port is not None else ','} {wording.berth(_place_name(place))}"
    title = f"{name}: {DONE[role]}{spot}, {wording.span(start, end)}{', AIS off or spoofed' if dark else ''}"
    cargo = dict.fromkeys([*(d.product for d in carried), *(s.product for s in seen)])
    properties = {
        "role": role,
        **ships,
        **_where(place),
        "position": position,
        "from": _said(d.loaded_at for d in carried),
        "to": _said(d.delivered_at for d in carried),
        "dark": dark,
        "ais": "; ".join(sorted(ais)) or None,
        "laden": laden,
        "cargo": "; ".join(filter(None, cargo)) or None,
        "deliveries": "; ".join(d.id for d in carried) or None,
        **_barrels(carried),
        "in_cap": all(d.in_cap for d in carried) if carried else None,
        "designated": any(d.designated for d in carried) if carried else None,
        "evidence": wording.evidence(sorted({s.ref for s in seen})) or None,
    }
    content = f"{role}|{start}|{end}|{_place_name(place)}|{seen[0].tie if not ship and seen else ''}"
    return content, ship, Feature("call", "", title, start, end, point, (), properties)


def _voyage(delivery: Delivery, by_row: Mapping[int, Seen]) -> Feature:
    stops = [_point(_sighted(call, by_row), call.place)[0] for call in delivery.calls]
    ends_known = stops[0] is not None and stops[-1] is not None
    way = [stop for stop in stops if stop is not None] if ends_known else []
    volume = delivery.barrels
    ship = wording.ship(delivery.identity) if delivery.identity is not None else delivery.vessel
    title = (
        f"{ship}: {wording.berth(delivery.loaded_at)} to {wording.berth(delivery.delivered_at)}, "
        f"{barrels(volume.central)} barrels ({barrels(volume.low)} to {barrels(volume.high)})"
    )
    dark = [bool(call.ais & DARK) for call in delivery.calls if call.ais]
    return Feature(
        "voyage", delivery.id, title, min(call.start for call in delivery.calls),
        max(call.end for call in delivery.calls), None, cut(great_circle(way)) if way else (),
        {
            "role": delivery.kind,
            **_who(delivery.identity, delivery.vessel),
            "from": delivery.loaded_at,
            "to": delivery.delivered_at,
            "counted_on": delivery.counted_on.isoformat(),
            "dark": any(dark) if dark else None,
            "cargo": delivery.product or None,
            "deliveries": delivery.id,
            **_barrels([delivery]),
            "in_cap": delivery.in_cap,
            "designated": delivery.designated,
            "probability": number(delivery.probability, 4),
            "capacity_basis": delivery.capacity.basis,
            "why": delivery.why,
            "path": PATH,
            "evidence": wording.evidence(delivery.sightings) or None,
        },
    )  # fmt: skip


def _who(identity: Identity | None, name: str) -> dict[str, Value]:
    """The ship as sighted and as the register knows it."""
    known = identity.vessel if identity is not None else None
    return {
        "vessel": name or None,
        "imo": (identity.imo or None) if identity is not None else None,
        "mmsi": (identity.mmsi or None) if identity is not None else None,
        "register_name": known.name if known is not None else None,
    }


def _where(place: Place | None) -> dict[str, Value]:
    port = place.port if place is not None else None
    facility = place.facility if place is not None else None
    return {"port": port.name if port else None, "facility": facility.name if facility else None}


def _point(sighted: Position | None, place: Place | None) -> tuple[Position | None, str | None]:
    """The position, and what it rests on: the sighting, or the facility or port that stands for it."""
    if sighted is not None:
        return rounded(sighted), "sighted"
    outline = place.facility.outline if place is not None and place.facility is not None else None
    point = outline.centre if outline is not None else point_of(place)
    return (None, None) if point is None else (rounded((point[1], point[0])), "port")


def _sighted(call: PortCall, by_row: Mapping[int, Seen]) -> Position | None:
    """Where the first sighting of a call that has a position was made."""
    seen = (_seen(row, by_row) for row in (*call.rows, *call.corroborating))
    return next(((s.lon, s.lat) for s in seen if s is not None and s.lat is not None and s.lon is not None), None)


def _seen(row: int, by_row: Mapping[int, Seen]) -> Seen | None:
    """The sighting of a row; the receiver's side of a transfer, below zero, was seen in the giver's."""
    return by_row.get(row if row >= 0 else -1 - row)


def _place_name(place: Place) -> str:
    if place.port is None:
        return place.text or "at sea"
    return f"{place.port.name}, {place.facility.name}" if place.facility is not None else place.port.name


def _said(texts: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, texts))) or None


def _barrels(carried: Sequence[Delivery]) -> dict[str, Value]:
    """What deliveries come to; nothing known where there is none."""
    volumes = [delivery.barrels for delivery in carried]
    return {
        f"barrels_{name}": whole(sum(getattr(volume, name) for volume in volumes)) if volumes else None
        for name in ("low", "central", "high")
    }
