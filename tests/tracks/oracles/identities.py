"""Changes of identity, read message by message."""

from __future__ import annotations

from itertools import pairwise

from tracks.sent import Static

from vesseltrack.vessels.identifiers import IMO_PLACEHOLDERS, MMSI_PLACEHOLDERS, parse_imo

BASE = {"mmsi": 4, "imo": 3, "name": 3, "call_sign": 2}


def ships_number(imo: int) -> bool:
    return parse_imo(f"{imo:07d}").state == "ship"


def one_letter(a: str, b: str) -> bool:
    """Whether one letter put in, left out or changed makes one text of the other."""
    a, b = sorted((a, b), key=len)
    if len(b) - len(a) > 1:
        return False
    return any(b[:at] + b[at + 1 :] in (a, a[:at] + a[at + 1 :]) for at in range(len(b)))


def sent(said: list[Static], field: str) -> dict[int, list[tuple]]:
    """By number, the values of a field in order of time."""
    under: dict[int, set[tuple]] = {}
    for one in said:
        if f"{one.mmsi:09d}" in MMSI_PLACEHOLDERS:
            continue
        imo = one.imo if one.imo is not None and f"{one.imo:07d}" not in IMO_PLACEHOLDERS else None
        if field == "mmsi":
            if imo is not None and ships_number(imo):
                under.setdefault(imo, set()).add((one.time, one.mmsi))
            continue
        value = imo if field == "imo" else getattr(one, field)
        if value is not None:
            under.setdefault(one.mmsi, set()).add((one.time, value.upper() if isinstance(value, str) else value))
    return {number: sorted(values) for number, values in under.items()}


def identity_changes(said: list[Static]) -> list[tuple]:
    """Of each change the field, number, old, new, start, end, how often, whether the opposite happened, confidence."""
    found = []
    for field, base in BASE.items():
        for number, values in sent(said, field).items():
            changes: dict[tuple, list[tuple[int, int]]] = {}
            for (before, old), (after, new) in pairwise(values):
                if old != new:
                    changes.setdefault((old, new), []).append((before, after))
            for (old, new), times in changes.items():
                back = (new, old) in changes
                confidence = base - back
                for value in (old, new):
                    if len({time for time, other in values if other == value}) == 1:
                        confidence = 1
                    if field == "imo" and not ships_number(value):
                        confidence = 1
                if isinstance(old, str) and one_letter(old, new):
                    confidence = 1
                found.append((field, number, old, new, *times[0], len(times), back, confidence))
    return sorted(found, key=str)
