"""AIS gaps by listening to every hour of every silence, ship by ship."""

from __future__ import annotations

from itertools import pairwise
from math import floor

from tracks.oracles.globe import km

from vesseltrack.tracks.thresholds import Thresholds

HOUR, TEN_MINUTES = 3600, 600


def gaps(fixes, limits: Thresholds) -> list[tuple]:
    """``kind, mmsi, start, end, lat, lon, end_lat, end_lon, confidence, detail, km``; positions in millionths."""
    fixes = sorted({(fix.mmsi, fix.time, fix.lat, fix.lon) for fix in fixes})
    end_of_data = max((time for _, time, _, _ in fixes), default=0)
    found = []
    for ship in sorted({mmsi for mmsi, *_ in fixes}):
        own = [fix[1:] for fix in fixes if fix[0] == ship]
        for (start, lat, lon), (end, end_lat, end_lon) in pairwise(own):
            if end - start > limits.gap_hours * HOUR:
                found.append(("gap", ship, start, end, lat, lon, end_lat, end_lon))
        start, lat, lon = own[-1]
        if end_of_data - start > limits.gap_hours * HOUR:
            found.append(("open_gap", ship, start, end_of_data, lat, lon, None, None))
    return [(*gap, *_judged(gap, fixes, limits)) for gap in found]


def _judged(gap, fixes, limits) -> tuple[int, str, float | None]:
    _, ship, start, end, lat, lon, end_lat, end_lon = gap
    whole_hours = [
        hour
        for hour in range(start // HOUR, end // HOUR + 1)
        if start < hour * HOUR and (hour + 1) * HOUR <= end // HOUR * HOUR
    ]
    feed_silent = [hour for hour in whole_hours if not any(time // HOUR == hour for _, time, _, _ in fixes)]
    at_start = _share(whole_hours[: limits.heard_hours], lat, lon, fixes)
    at_end = None if end_lat is None else _share(whole_hours[-limits.heard_hours :], end_lat, end_lon, fixes)
    periods = {time // TEN_MINUTES for mmsi, time, _, _ in fixes if mmsi == ship}
    last = start // TEN_MINUTES
    before = [period for period in periods if last - limits.heard_hours * 6 <= period <= last]
    regular = len(before) >= limits.regular_fixes
    way = None if end_lat is None else km(lat, lon, end_lat, end_lon)
    if (end - start) - len(feed_silent) * HOUR <= limits.gap_hours * HOUR:
        return 0, "feed_silent", way
    if at_start == 0:
        return 0, "region_silent", way
    told = f"heard_near_start={at_start:.2f}" + (f";heard_near_end={at_end:.2f}" if at_end is not None else "")
    confidence = 1
    if at_start >= limits.heard_share:
        confidence = 2
        if at_end is not None and at_end >= limits.heard_share:
            confidence += 1
        if regular:
            confidence += 1
    return confidence, told, way


def _share(hours, lat, lon, fixes) -> float:
    """In how many of these hours anybody was in the square of a degree, or in one of the eight around it."""
    heard = [
        hour
        for hour in hours
        if any(
            time // HOUR == hour and _next_to(lat, lon, other_lat, other_lon) for _, time, other_lat, other_lon in fixes
        )
    ]
    return len(heard) / len(hours) if hours else 0.0


def _next_to(lat, lon, other_lat, other_lon) -> bool:
    north = abs(floor(lat / 1e6) - floor(other_lat / 1e6))
    east = abs(floor(lon / 1e6) % 360 - floor(other_lon / 1e6) % 360)
    return north <= 1 and min(east, 360 - east) <= 1
