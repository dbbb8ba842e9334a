"""Port calls by following each ship from fix to fix, port by port."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from tracks.oracles.globe import km

from vesseltrack.ports.gazetteer import Gazetteer
from vesseltrack.ports.geometry import point_within_m
from vesseltrack.ports.model import Port
from vesseltrack.tracks.thresholds import Thresholds

HOUR = 3600


class Report(NamedTuple):
    """What a ship sent: millionths of a degree, tenths of a knot, tenths of a metre."""

    mmsi: int
    time: int
    lat: int
    lon: int
    sog: int | None = None
    draught: int | None = None


@dataclass
class Call:
    """A call while it is followed."""

    came: bool
    nobody_saw_it_begin: bool
    reports: list[tuple[Report, bool]] = field(default_factory=list)
    """With whether it was inside the port, not only in the margin."""

    silences: list[tuple[int, int]] = field(default_factory=list)
    still: list[Report] = field(default_factory=list)


def port_calls(reports, gazetteer: Gazetteer, limits: Thresholds) -> list[tuple]:
    """``port, mmsi, start, end, confidence, detail, lat, lon, speed_kn``, sorted; positions in millionths."""
    ships = defaultdict(list)
    for report in _each_once(reports):
        ships[report.mmsi].append(report)
    hours = {report.time // HOUR for report in reports}
    found = []
    for ship, track in ships.items():
        for port in gazetteer.ports:
            calls = _followed(track, port, gazetteer, limits)
            for number, call in enumerate(calls):
                inside = [report for report, within in call.reports if within]
                if inside:
                    lost = number + 1 < len(calls) and calls[number + 1].nobody_saw_it_begin
                    gone = track[-1].time > call.reports[-1][0].time and not lost
                    found.append((port.id, ship, inside[0].time, inside[-1].time,
                                  *_graded(call, inside, gone, hours, gazetteer, limits)))  # fmt: skip
    return sorted(found)


def _each_once(reports) -> list[Report]:
    """Rows that repeat a position at a time are one report: with the least speed and the greatest draught of them."""
    same = defaultdict(list)
    for report in reports:
        same[report[:4]].append(report)
    return [
        Report(*key, min((r.sog for r in rows if r.sog is not None), default=None),
               max((r.draught for r in rows if r.draught is not None), default=None))
        for key, rows in sorted(same.items())
    ]  # fmt: skip


def _followed(track: list[Report], port: Port, gazetteer: Gazetteer, limits: Thresholds) -> list[Call]:
    calls: list[Call] = []
    before = None
    last_here = None
    been_away = False
    for report in track:
        place = gazetteer.locate(report.lat / 1e6, report.lon / 1e6)
        inside = place.port is not None and place.port.id == port.id
        near = place.port is None and _within(port, report, limits.call_margin_m)
        if inside or near:
            silence = 0 if last_here is None else report.time - last_here.time
            left = been_away and silence > limits.call_absence_minutes * 60
            lost = silence > limits.call_silence_hours * HOUR
            if last_here is None:
                calls.append(Call(came=before is not None, nobody_saw_it_begin=False))
            elif left:
                calls.append(Call(came=True, nobody_saw_it_begin=False))
            elif lost:
                calls.append(Call(came=False, nobody_saw_it_begin=True))
            elif not been_away and silence > limits.port_silence_hours * HOUR:
                calls[-1].silences.append((last_here.time, report.time))
            calls[-1].reports.append((report, inside))
            if inside and _still(report, before, limits):
                calls[-1].still.append(report)
            last_here, been_away = report, False
        elif last_here is not None and report.time > last_here.time:
            been_away = True
        before = report
    return calls


def _within(port: Port, report: Report, metres: float) -> bool:
    point = (report.lat / 1e6, report.lon / 1e6)
    return (port.outline is not None and point_within_m(port.outline, metres, point)) or any(
        point_within_m(one.outline, one.uncertainty_m + metres, point) for one in port.facilities if one.outline
    )


def _still(report: Report, before: Report | None, limits: Thresholds) -> bool:
    """By the speed it sent; where it sent none, by how far it had come since the report before."""
    if report.sog is not None:
        return report.sog <= limits.stop_kn * 10
    if before is None:
        return False
    hours = (report.time - before.time) / HOUR
    return km(before.lat, before.lon, report.lat, report.lon) <= hours * limits.stop_kn * 1.852


def _graded(call: Call, inside, gone: bool, hours, gazetteer, limits) -> tuple:
    lay = _lay(call, gazetteer, limits)
    silences = [
        length
        for start, end in call.silences
        if (length := _without_the_feeds(start, end, hours)) > limits.port_silence_hours
    ]
    draughts = [report for report in inside if report.draught is not None]
    detail = []
    if lay is not None:
        detail.append(f"stopped_hours={lay[2]:.1f}")
    if silences:
        detail.append(f"silence_hours={max(silences):.1f}")
    if draughts:
        first = min(draughts, key=lambda r: (r.time, r.draught)).draught
        last = max(draughts, key=lambda r: (r.time, r.draught)).draught
        if first != last:
            detail.append(f"draught={first / 10:.1f}>{last / 10:.1f}")
    detail += [] if call.came else ["arrival_not_seen"]
    detail += [] if gone else ["departure_not_seen"]
    seen_to_stay = lay is not None or silences
    confidence = 2 + call.came + gone if seen_to_stay else int(call.came or gone)
    speeds = [report.sog for report in inside if report.sog is not None]
    lat, lon = lay[:2] if lay else (_mean(report.lat for report in inside), _mean(report.lon for report in inside))
    return confidence, ";".join(detail), lat, lon, _mean(speeds) / 10 if speeds else None


def _lay(call: Call, gazetteer: Gazetteer, limits: Thresholds) -> tuple[int, int, float] | None:
    """The longest stop at one place, one at a berth before any at an anchorage: its middle, and its hours."""
    stays: list[list[Report]] = []
    for report in call.still:
        last = stays[-1][-1] if stays else None
        if last is not None and km(last.lat, last.lon, report.lat, report.lon) <= limits.berth_km:
            stays[-1].append(report)
        else:
            stays.append([report])
    ranked = []
    for stay in stays:
        lat = (min(r.lat for r in stay) + max(r.lat for r in stay)) // 2
        lon = (min(r.lon for r in stay) + max(r.lon for r in stay)) // 2
        at_roads = gazetteer.locate(lat / 1e6, lon / 1e6).at_roads
        hours = (stay[-1].time - stay[0].time) / HOUR
        ranked.append((at_roads, -hours, stay[0].time, lat, lon))
    if not ranked:
        return None
    _, hours, _, lat, lon = min(ranked)
    return lat, lon, -hours


def _without_the_feeds(start: int, end: int, hours: set[int]) -> float:
    """Hours of a silence but for whole hours in which nobody was heard anywhere."""
    whole = range(start // HOUR + 1, end // HOUR)
    return (end - start) / HOUR - sum(hour not in hours for hour in whole)


def _mean(values) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
