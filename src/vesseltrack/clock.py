"""The only reader of the clock. Everything else is told what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The day it is, UTC."""
    return now().date()


def now() -> datetime:
    """The moment it is, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
