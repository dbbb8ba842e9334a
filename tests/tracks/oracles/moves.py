"""Impossible moves, followed from fix to fix."""

from __future__ import annotations

from itertools import pairwise

from tracks.oracles.globe import km
from tracks.sent import Fix

from vesseltrack.tracks.thresholds import Thresholds


def reachable(before: Fix, after: Fix, limits: Thresholds) -> bool:
    way, seconds = km(before.lat, before.lon, after.lat, after.lon), max(after.time - before.time, 1)
    return way < limits.move_km or way <= limits.move_kn * 1.852 * seconds / 3600


def chains(track: list[Fix], limits: Thresholds) -> list[list[tuple[Fix, Fix]]]:
    """Jumps that follow each other, each but the first back to where the ship was before the last."""
    found: list[list[tuple[Fix, Fix]]] = []
    for before, after in pairwise(track):
        if reachable(before, after, limits):
            continue
        origin = found[-1][-1][0] if found else None
        if origin and after.time - origin.time <= 86400 and reachable(origin, after, limits):
            found[-1].append((before, after))
        else:
            found.append([(before, after)])
    return found


def two_ships(chain: list[tuple[Fix, Fix]], limits: Thresholds) -> bool:
    returns = [after.time for _, after in chain[1:]]
    return any(sum(start <= time <= start + 86400 for time in returns) >= limits.two_ships_returns for start in returns)


def impossible_moves(fixes: list[Fix], limits: Thresholds) -> list[tuple]:
    """Of each event the MMSI, start, end, positions, confidence, detail, the greatest kilometres."""
    events = []
    for mmsi in {fix.mmsi for fix in fixes}:
        track = sorted({fix._replace(sog=None) for fix in fixes if fix.mmsi == mmsi})
        for chain in chains(track, limits):
            if two_ships(chain, limits):
                groups = [(4, f"two_ships;jumps={len(chain)}", chain)]
            else:
                pairs = [chain[at : at + 2] for at in range(0, len(chain), 2)]
                groups = [(3, "jump", pair) if len(pair) == 1 else (1, "false_position", pair) for pair in pairs]
            for confidence, detail, jumps in groups:
                start, end = jumps[0][0], jumps[-1][1]
                greatest = max(km(a.lat, a.lon, b.lat, b.lon) for a, b in jumps)
                at = (start.lat / 1e6, start.lon / 1e6, end.lat / 1e6, end.lon / 1e6)
                events.append((mmsi, start.time, end.time, *at, confidence, detail, greatest))
    return sorted(events)
