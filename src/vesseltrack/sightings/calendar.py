"""Days, months and years as people write them.

A text of another form is `None`; one that is impossible, or could be two days, is refused.
"""

from __future__ import annotations

import re
from datetime import date

EARLIEST_YEAR = 1900
"""Sightings of ships under sanctions are younger; an earlier year is a slip of the pen."""

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}


class RefusedError(Exception):
    """A text that looks like a date and is none; `dates.parse_date` turns it into a value."""


_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.\s?(\d{1,2})\.\s?(\d{1,2})\.?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_KOREAN = re.compile(r"(\d{4})년\s*(\d{1,2})월(?:\s*(\d{1,2})일)?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY_FIRST_NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?([a-z]{{3,9}})\.?,?[ -](\d{{4}})", re.IGNORECASE
)
_MONTH_FIRST_NAMED = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})", re.IGNORECASE
)


def calendar_day(text: str) -> date | None:
    """A calendar day, `None` where the text is of no such form."""
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        year, month, day = (part for part in found.groups() if part is not None)
        return _calendar(year, int(month), int(day))
    found = _KOREAN.fullmatch(text)
    if found and found[3]:
        return _calendar(found[1], int(found[2]), int(found[3]))
    found = _DAY_FIRST_NAMED.fullmatch(text)
    if found and found[2].lower() in _MONTHS:
        return _calendar(found[3], _MONTHS[found[2].lower()], int(found[1]))
    found = _MONTH_FIRST_NAMED.fullmatch(text)
    if found and found[1].lower() in _MONTHS:
        return _calendar(found[3], _MONTHS[found[1].lower()], int(found[2]))
    found = _DAY_MONTH_YEAR.fullmatch(text)
    if found:
        return _two_readings(int(found[1]), int(found[3]), found[4])
    if _SHORT_YEAR.fullmatch(text):
        raise RefusedError("a year of two digits: write YYYY-MM-DD")
    return None


def _two_readings(first: int, second: int, year: str) -> date:
    """``25/03/2024`` can only be 25 March; ``03/06/2024`` can be two days, and nobody knows which."""
    if first <= 12 and second <= 12 and first != second:
        day_first, month_first = _calendar(year, second, first), _calendar(year, first, second)
        raise RefusedError(f"could be {day_first} or {month_first}: write YYYY-MM-DD")
    return _calendar(year, second, first) if second <= 12 else _calendar(year, first, second)


_NUMBERED_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?,?[ -](\d{4})", re.IGNORECASE)


def calendar_month(text: str) -> tuple[int, int] | None:
    """Year and month, `None` where the text is of no such form."""
    found = _NUMBERED_MONTH.fullmatch(text) or _KOREAN.fullmatch(text)
    if found and (found.re is _NUMBERED_MONTH or not found[3]):
        return calendar_year(found[1]), _month_number(int(found[2]))
    found = _NAMED_MONTH.fullmatch(text)
    if found and found[1].lower() in _MONTHS:
        return calendar_year(found[2]), _MONTHS[found[1].lower()]
    return None


def calendar_year(text: str) -> int:
    """The year of four digits, refused before `EARLIEST_YEAR`."""
    year = int(text)
    if year == 0:
        raise RefusedError("there is no year 0")
    if year < EARLIEST_YEAR:
        raise RefusedError(f"the year {year} is before {EARLIEST_YEAR}")
    return year


def _month_number(month: int) -> int:
    if not 1 <= month <= 12:
        raise RefusedError(f"there is no month {month}")
    return month


def _calendar(year_text: str, month: int, day: int) -> date:
    year = calendar_year(year_text)
    _month_number(month)
    if not 1 <= day <= days_in(year, month):
        raise RefusedError(f"there is no {day} {_MONTH_NAMES[month - 1].capitalize()} {year}")
    return date(year, month, day)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days
