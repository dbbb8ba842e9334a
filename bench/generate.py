"""Sightings for the benchmarks: ordinary ships anywhere, and one in a hundred of the trade, at a port."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from vesseltrack import reference

COLUMNS = ("date", "vessel", "imo", "mmsi", "flag", "port", "lat", "lon", "ais_status", "activity", "source")
FLAGS = ("Panama", "Liberia", "Marshall Islands", "Hong Kong", "Singapore", "Malta", "China", "Greece")
WORDS = (
    "OCEAN", "STAR", "PACIFIC", "GOLDEN", "EASTERN", "BRAVE", "NORTHERN", "HARMONY", "GLORY", "PEARL", "ATLAS",
    "FORTUNE", "SPIRIT", "VICTORY", "HORIZON", "DRAGON", "PIONEER", "LEGEND", "CORAL", "AURORA",
)  # fmt: skip
TRADE_PORTS = (
    ("Vostochny", 42.7400, 133.0700, "loading"),
    ("Nampo", 38.7000, 125.3900, "discharging"),
    ("Chongjin", 41.7700, 129.8200, "discharging"),
    ("Rajin", 42.2300, 130.2800, "moored"),
)
OTHER_PORTS = ("Rotterdam", "Santos", "Houston", "Fujairah", "Durban", "Genoa", "Felixstowe", "Callao", "Lagos")
ORDINARY_SHIPS = 20_000


def ship_number(six: int) -> str:
    """A ship's IMO number with its check digit (IMO resolution A.1117(30))."""
    digits = f"{six:06d}"
    return digits + str(sum(int(digit) * (7 - at) for at, digit in enumerate(digits)) % 10)


def write_sightings(
    path: Path, rows: int, *, ships: int = ORDINARY_SHIPS, by_name: bool = False, seed: int = 1
) -> None:
    """Writes a CSV of ``rows`` sightings of 2024; the same for the same seed.

    A hundredth are listed ships and ships of the trade, by name or IMO number, at a port of the trade by name or
    coordinates; of these half have AIS off. The rest are ``ships`` ordinary ones, AIS on, with coordinates
    anywhere or, ``by_name``, at ports that the gazetteer does not hold.
    """
    chance = random.Random(seed)
    known = [row for row in reference.rows("vessels.csv") if row["status"] != "delisted"]
    ordinary = [
        (
            f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
            ship_number(100_000 + number % 900_000),
            200_000_000 + number,
        )
        for number in range(ships)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in range(rows):
            when = (
                f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
                f"T{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}:00Z"
            )
            if row % 100 == 50:
                ship = chance.choice(known)
                port, lat, lon, activity = chance.choice(TRADE_PORTS)
                port_given = chance.random() < 0.5
                place = (port, "", "") if port_given else ("", f"{lat:.4f}", f"{lon:.4f}")
                ais = chance.choice(("off", "on"))
                writer.writerow((when, ship["name"], ship["imo"], "", "", *place, ais, activity, "generated"))
            else:
                name, imo, mmsi = ordinary[chance.randrange(ships)]
                lat, lon = chance.uniform(-60, 60), chance.uniform(-180, 180)
                place = (chance.choice(OTHER_PORTS), "", "") if by_name else ("", f"{lat:.4f}", f"{lon:.4f}")
                flag = FLAGS[mmsi % len(FLAGS)]
                writer.writerow((when, name, imo, mmsi, flag, *place, "on", "transit", "generated"))


def write_loadings(path: Path, deliveries: int) -> None:
    """Writes a CSV of loadings in 2024, each by another DPRK tanker of unknown size, half of them dated to ten days."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("date", "vessel", "flag", "type", "port", "facility", "activity"))
        for number in range(deliveries):
            first = date(2024, 1, 1) + timedelta(days=number * 350 // deliveries)
            when = f"{first}/{first + timedelta(days=9)}" if number % 2 else str(first)
            writer.writerow((when, f"TANKER {number + 1}", "DPRK", "tanker", "Vostochny", "oil berth", "loading"))
