"""Values as the documents write them: numbers without NaN, days and instants as text, null for what is not known."""

from __future__ import annotations

from datetime import UTC
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from vesseltrack.oil.volume import Barrels

Document = dict[str, Any]


def barrels_object(volume: Barrels) -> Document:
    """Low, central and high, each rounded to whole barrels by itself."""
    return {"low": whole(volume.low), "central": whole(volume.central), "high": whole(volume.high)}


def whole(volume: float) -> int | None:
    """Whole barrels."""
    return round(volume) if isfinite(volume) else None


def number(value: float | None, digits: int | None = None) -> float | None:
    """A number, rounded where digits are given; NaN and infinity are not known."""
    if value is None or not isfinite(value):
        return None
    return float(value) if digits is None else round(float(value), digits)


def score(value: float) -> float | None:
    """A score from 0 to 1, to four digits."""
    return number(value, 4)


def day(when: date | None) -> str | None:
    """ISO 8601: ``2024-03-06``."""
    return None if when is None else when.isoformat()


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC: ``2024-03-06T00:00:00Z``; naive times are UTC."""
    if moment is None:
        return None
    utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return f"{utc.isoformat(timespec='seconds')}Z"
