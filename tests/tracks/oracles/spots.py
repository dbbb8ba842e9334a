"""Hours on one spot or in a circle, hour by hour."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import cos, radians

from tracks.oracles.globe import km, unwrapped
from tracks.sent import Fix

from vesseltrack.tracks.thresholds import Thresholds


def ring(fixes: list[Fix], middle: tuple[float, float], limits: Thresholds) -> float | None:
    """Its radius in kilometres."""
    places = {(fix.lat, fix.lon) for fix in fixes}
    away = [km(*middle, lat, lon) for lat, lon in places]
    eighths = set()
    for lat, lon in places:
        north = lat - middle[0]
        east = ((lon - middle[1] + 180e6) % 360e6 - 180e6) * cos(radians(middle[0] / 1e6))
        eighths.add((north >= 0, east >= 0, abs(north) > abs(east)))
    radius = sum(away) / len(away)
    spread = (sum((one - radius) ** 2 for one in away) / len(away)) ** 0.5
    round_enough = spread < limits.circle_spread * radius and radius <= limits.circle_km
    return radius if round_enough and len(eighths) == 8 and len(places) >= limits.circle_fixes else None


def hour_of(fixes: list[Fix], limits: Thresholds) -> tuple | None:
    """What an hour of one ship is: its kind, its middle in degrees, its radius."""
    slowest = {}
    for fix in fixes:
        if fix.sog is not None:
            slowest[fix.time // 600] = min(fix.sog, slowest.get(fix.time // 600, fix.sog))
    if len(slowest) < limits.spot_periods or min(slowest.values()) < limits.spot_kn * 10:
        return None
    lats, lons = [fix.lat for fix in fixes], unwrapped([fix.lon for fix in fixes])
    extent = km(min(lats), min(lons), max(lats), max(lons))
    way = sum(slowest.values()) / 10 * 1.852 / 6
    if way < limits.spot_way * extent:
        return None
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    radius = None if extent <= limits.spot_km else ring(fixes, middle, limits)
    if extent > limits.spot_km and radius is None:
        return None
    return ("one_spot" if radius is None else "circle", middle, radius)


def standing_tracks(fixes: list[Fix], limits: Thresholds) -> list[tuple]:
    """Of each event the MMSI, start, end, kind, greatest radius, most ships on the spot."""
    by_hour = defaultdict(list)
    for fix in fixes:
        by_hour[fix.mmsi, fix.time // 3600].append(fix)
    hours = {key: told for key, sent in by_hour.items() if (told := hour_of(sent, limits))}

    def ships(hour: int, middle: tuple[float, float]) -> int:
        return sum(h == hour and km(*middle, *told[1]) <= limits.spot_km for (_, h), told in hours.items())

    events = []
    for mmsi, kind in sorted({(mmsi, told[0]) for (mmsi, _), told in hours.items()}):
        own = sorted(hour for (ship, hour), told in hours.items() if ship == mmsi and told[0] == kind)
        begins = [own[0], *(after for before, after in pairwise(own) if after != before + 1)]
        for begin in begins:
            row = [hour for hour in own if hour >= begin and all(h in own for h in range(begin, hour))]
            times = [fix.time for hour in row for fix in by_hour[mmsi, hour]]
            told = [hours[mmsi, hour] for hour in row]
            radius = max(one[2] for one in told) if kind == "circle" else None
            most = max(ships(hour, hours[mmsi, hour][1]) for hour in row)
            events.append((mmsi, min(times), max(times), kind, radius, most))
    return sorted(events)
