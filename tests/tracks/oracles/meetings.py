"""Meetings, found by comparing every ship with every other in every ten minutes."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from tracks.oracles.globe import km, unwrapped
from tracks.sent import Fix

from vesseltrack.tracks.thresholds import Thresholds


def km_cell(lat: int, lon: int) -> tuple[int, int]:
    row = (lat + 90_000_000) // 10_000
    degree = min(abs((lat + 90_000_000) // 1_000_000 - 90), 80)
    width = 2500 * (32400 + degree**2) // (8100 - degree**2)
    return row, lon % 360_000_000 // width


def slow_periods(fixes: list[Fix], limits: Thresholds) -> dict:
    by_period = defaultdict(list)
    for fix in fixes:
        by_period[fix.mmsi, fix.time // 600].append(fix)
    slow = {}
    for (mmsi, period), sent in by_period.items():
        lats, lons = [fix.lat for fix in sent], unwrapped([fix.lon for fix in sent])
        speeds = [fix.sog for fix in sent if fix.sog is not None]
        extent = km(min(lats), min(lons), max(lats), max(lons))
        way = limits.meeting_kn * 1.852 / 6
        if (max(speeds) < limits.meeting_kn * 10) if speeds else (extent <= way):
            lat, lon = (min(lats) + max(lats)) // 2, (min(lons) + max(lons)) // 2
            times = [fix.time for fix in sent]
            slow[mmsi, period] = (lat, lon, min(times), max(times), [min(speeds), max(speeds)] if speeds else [])
    return slow


def meetings(fixes: list[Fix], limits: Thresholds) -> tuple[list[tuple], int]:
    """Of each meeting the MMSI, start, end, least kilometres, common periods, mean speed; and the ships in crowds."""
    slow = slow_periods(fixes, limits)
    lying = Counter((period, km_cell(lat, lon)) for (_, period), (lat, lon, *_) in slow.items())
    crowds = {where for where, ships in lying.items() if ships > limits.crowd}
    free = {key: at for key, at in slow.items() if (key[1], km_cell(at[0], at[1])) not in crowds}
    found = []
    for one, other in combinations(sorted({mmsi for mmsi, _ in free}), 2):
        current: list = []
        meeting = [current]
        for period in sorted(period for mmsi, period in free if mmsi == one):
            if (other, period) not in free:
                continue
            a, b = free[one, period], free[other, period]
            apart = km(a[0], a[1], b[0], b[1])
            if apart > limits.meeting_km:
                continue
            first, last = min(a[2], b[2]), max(a[3], b[3])
            if current and first - current[-1][1] > limits.meeting_break_hours * 3600:
                current = []
                meeting.append(current)
            current.append((first, last, apart, a[4] + b[4]))
        for common in meeting:
            if common and common[-1][1] - common[0][0] >= limits.meeting_hours * 3600:
                speeds = [speed for *_, sent in common for speed in sent]
                mean = sum(speeds) / len(speeds) / 10 if speeds else None
                least = min(apart for _, _, apart, _ in common)
                found.append((one, other, common[0][0], common[-1][1], least, len(common), mean))
    return sorted(found), sum(lying[where] for where in crowds)
