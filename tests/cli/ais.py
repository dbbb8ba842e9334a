"""AIS files as users have them, written out of legs that ships sailed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

HEADER = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,"
    "TransceiverClass\n"
)
"""Of MarineCadastre."""

Place = tuple[float, float]

BERTH: Place = (42.747, 133.083)
"""Vostochny, at the oil bunkering berth or the container terminal: the outlines do not tell."""

APPROACH: Place = (42.65, 133.083)
"""11 km south of it; ships come from the south and go there."""

OPEN_SEA: Place = (30.0, 124.0)


class Ship(NamedTuple):
    mmsi: int
    name: str
    imo: str = ""
    type: int = 80


CHON_MA_SAN = Ship(445123000, "CHON MA SAN", "IMO8660313")
"""Designated by the UN on 30 March 2018; the MMSI is made up, with the digits of the DPRK."""

WOL_BONG_SAN = Ship(445124000, "WOL BONG SAN")
"""A tanker of the trade, on no list; the MMSI as above."""

ORIENT_PEARL, TUG = Ship(671000001, "ORIENT PEARL"), Ship(273000001, "TUG", type=52)
"""Made up."""


def leg(
    ship: Ship, start: str, hours: float, at: Place, speed: float = 0, *, draught: str = "", minutes: int = 10
) -> str:
    """Positions from a place on, the first at the start, none at the end; north at a speed in knots, south below 0."""
    first = datetime.fromisoformat(start)
    return "".join(
        f"{ship.mmsi},{(first + timedelta(minutes=after)).isoformat()},{at[0] + speed * after / 3600:.5f},{at[1]},"
        f"{abs(speed)},,,{ship.name},{ship.imo},,{ship.type},,,,{draught},,A\n"
        for after in range(0, round(hours * 60), minutes)
    )


def file_of(*legs: str) -> bytes:
    return (HEADER + "".join(legs)).encode()


def dark_call(ship: Ship = CHON_MA_SAN) -> Iterable[str]:
    """A tanker comes to Vostochny, falls silent at the berth for 20 hours while a tug is heard there, and leaves."""
    yield leg(ship, "2024-03-09T09:00:00", 2, (APPROACH[0] - 0.3, APPROACH[1]), 9, draught="4.5")
    yield leg(ship, "2024-03-09T12:00:00", 3, BERTH, 0, draught="4.5")
    yield leg(ship, "2024-03-10T11:00:00", 1, BERTH, 0, draught="6.5")
    yield leg(ship, "2024-03-10T13:00:00", 2, APPROACH, -9, draught="6.5")
    yield leg(TUG, "2024-03-09T09:00:00", 30, (42.76, 133.05), 0, minutes=30)


def meeting(ship: Ship, other: Ship, at: Place = OPEN_SEA) -> Iterable[str]:
    """Two ships lie 150 m apart for five hours."""
    yield leg(ship, "2024-03-14T00:00:00", 5, at)
    yield leg(other, "2024-03-14T00:00:00", 5, (at[0] + 0.001, at[1] + 0.001))
