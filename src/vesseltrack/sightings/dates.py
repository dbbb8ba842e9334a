"""When a sighting was made: one cell of text as the earliest and the latest instant it can mean, in UTC.

Nothing is guessed. A text with two readings (``03/06/2024``) is refused, and so is a number that is more likely a
spreadsheet serial or a Unix time than a date; the reason says what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vesseltrack.sightings.calendar import RefusedError, calendar_day, calendar_month, calendar_year, days_in

ABOUT_DAY = timedelta(days=3)
ABOUT_MONTH = timedelta(days=15)
ABOUT_YEAR = timedelta(days=90)
"""How far ``~``, ``about`` and ``c.`` reach to either side of a day or instant, a month, a year."""

ONE_SIDED = timedelta(days=30)
"""How far ``before`` and ``after`` reach, counted from the edge of what they name."""

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class When:
    """The earliest and the latest instant of a sighting, naive UTC; equal for an instant, 23:59:59 apart for a day."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Unreadable:
    """A text that is no date, and why, with the way to mend it."""

    reason: str


_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBER_AS_DATE = re.compile(r"\d{4}|\d{8}|(?:19|20)\d{10}(?:\d\d)?")
"""A year, a day, a minute or a second; any other bare number is something else."""


def parse_date(text: str) -> When | Unreadable:
    """Read one date cell.

    Accepts ISO 8601 instants, days, months and years, intervals of these (``a/b``, ``a..b``, ``a to b``, ``a - b``),
    ``early|mid|late`` a month (days 1-10, 11-20, 21 to its end) or a year (its thirds), ``~``/``about``/``c.`` (3 days
    to either side of a day, 15 of a month, 90 of a year), ``before``/``after`` (30 days on that side), and days as
    ``20240306``, ``2024/03/06``, ``6 March 2024``, ``March 6, 2024``, ``25/03/2024``. Without an offset it is UTC.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    tidy = " ".join(text.split())
    if not tidy:
        return Unreadable("no date: write YYYY-MM-DD")
    if _NUMBER.fullmatch(tidy) and not _NUMBER_AS_DATE.fullmatch(tidy):
        return Unreadable(_bare_number(tidy))
    try:
        when = _phrase(tidy)
    except RefusedError as refused:
        return Unreadable(str(refused))
    except OverflowError:
        return Unreadable("the date lies outside the years 1900 to 9999")
    return when or Unreadable("not a date in a form that is read here: write YYYY-MM-DD")


def is_day(text: str) -> bool:
    """Whether a text names one calendar day and nothing else, so that a time of day may follow it."""
    try:
        return calendar_day(" ".join(text.split())) is not None
    except RefusedError:
        return False


_ONE_SIDE = re.compile(r"(before|after)\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*\.\.\s*|\s+(?:to|until|till|through|-|–|—)\s+|\s*[–—]\s*|\s*/\s*|-(?=\d{4}[/.])", re.IGNORECASE
)
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)


def _phrase(text: str) -> When | None:
    one_side = _ONE_SIDE.fullmatch(text)
    if one_side:
        edge = _term(one_side[2])
        if edge is None:
            return None
        if one_side[1].lower() == "before":
            return When(edge.start - ONE_SIDED, edge.start - _SECOND)
        return When(edge.end + _SECOND, edge.end + ONE_SIDED)
    days = _DAYS_OF_MONTH.fullmatch(text)
    if days:
        return _span(_term(f"{days[1]} {days[3]} {days[4]}"), _term(f"{days[2]} {days[3]} {days[4]}"))
    # A text that is no interval may still look like a date with a fault of its own (30 February), and an interval
    # may look like a date (2024/03/06): the whole comes first, then each place where it could be cut in two.
    refusal: RefusedError | None = None
    try:
        whole = _term(text)
    except RefusedError as refused:
        whole, refusal = None, refused
    if whole:
        return whole
    for cut in _BETWEEN.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        if not left or not right:
            raise RefusedError("an interval with one end: write both ends, or before/after a day")
        if refusal and not (_opens_with_year(left) and _opens_with_year(right)):
            continue
        first, last = _term(left), _term(right)
        if first and last:
            return _span(first, last)
    if refusal:
        raise refusal
    return None


def _opens_with_year(text: str) -> bool:
    return re.match(r"\d{4}(?!\d)", text) is not None


def _span(first: When | None, last: When | None) -> When | None:
    if first is None or last is None:
        return None
    if last.end < first.start:
        raise RefusedError("the interval ends before it starts")
    return When(first.start, last.end)


_ABOUT = re.compile(r"(?:~|≈|about\s|around\s|approx\.?\s|circa\s|ca\.?\s|c\.)\s*(.+)", re.IGNORECASE)
_PART = re.compile(r"(early|mid|middle of|late)[ -]\s*(?:in\s+)?(.+)", re.IGNORECASE)


def _term(text: str) -> When | None:
    """One end of an interval, or a date that is none."""
    about = _ABOUT.fullmatch(text)
    if about:
        inner = _moment(about[1])
        if inner is None:
            return None
        length = inner.end - inner.start
        margin = ABOUT_DAY if length <= _DAY else ABOUT_MONTH if length <= 31 * _DAY else ABOUT_YEAR
        return When(inner.start - margin, inner.end + margin)
    part = _PART.fullmatch(text)
    if part:
        return _part(part[1].lower()[:3], part[2])
    return _moment(text)


def _part(which: str, text: str) -> When | None:
    month = calendar_month(text)
    if month:
        year, number = month
        first, last = {"ear": (1, 10), "mid": (11, 20), "lat": (21, days_in(year, number))}[which]
        return _days(date(year, number, first), date(year, number, last))
    if re.fullmatch(r"\d{4}", text):
        year = calendar_year(text)
        first, last = {"ear": (1, 4), "mid": (5, 8), "lat": (9, 12)}[which]
        return _days(date(year, first, 1), date(year, last, days_in(year, last)))
    return None


_ZONE = r"(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
_CLOCK = re.compile(
    rf"(.*\S)(?:T|,?\s)\s*(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,](\d+))?)?\s*([ap]m)?\s*{_ZONE}", re.IGNORECASE
)
_HOUR = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})T(\d{{2}})\s*{_ZONE}", re.IGNORECASE)
_BASIC = re.compile(rf"(\d{{8}}|\d{{4}}-\d{{2}}-\d{{2}})(?:T|\s)?(\d{{2}})(\d{{2}})(\d{{2}})?\s*{_ZONE}", re.IGNORECASE)


def _moment(text: str) -> When | None:
    """An instant, day, month or year."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        day = calendar_day(clock[1])
        return _instant(day, *clock.groups()[1:]) if day else None
    hour = _HOUR.fullmatch(text)
    if hour:
        day = calendar_day(hour[1])
        return _instant(day, hour[2], None, None, None, None, hour[3]) if day else None
    day = calendar_day(text)
    if day:
        return _days(day, day)
    basic = _BASIC.fullmatch(text)
    if basic:
        day = calendar_day(basic[1])
        return _instant(day, basic[2], basic[3], basic[4], None, None, basic[5]) if day else None
    month = calendar_month(text)
    if month:
        return _days(date(*month, 1), date(*month, days_in(*month)))
    if re.fullmatch(r"\d{4}", text):
        year = calendar_year(text)
        return _days(date(year, 1, 1), date(year, 12, 31))
    return None


def _instant(
    day: date,
    hour: str,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    half: str | None,
    zone: str | None,
) -> When:
    """The instant, as long as its last given unit: an hour or a minute lasts to its last second."""
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise RefusedError(f"there is no {hours} o'clock {half.lower()}")
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    minutes, seconds = int(minute or 0), int(second or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise RefusedError(f"there is no time {hour}:{minute or '00'}{':' + second if second else ''}")
    start = datetime(day.year, day.month, day.day, hours, minutes, seconds, int(f"{fraction or ''}000000"[:6]))  # noqa: DTZ001 - naive means UTC throughout
    start -= _offset(zone)
    if minute is None:
        return When(start, start + timedelta(minutes=59, seconds=59))
    return When(start, start if second else start + timedelta(seconds=59))


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        raise RefusedError(f"there is no UTC offset {zone}")
    distance = timedelta(hours=hours, minutes=minutes)
    return -distance if zone[0] == "-" else distance


def _days(first: date, last: date) -> When:
    return When(
        datetime(first.year, first.month, first.day),  # noqa: DTZ001 - naive means UTC throughout
        datetime(last.year, last.month, last.day, 23, 59, 59),  # noqa: DTZ001
    )


def _bare_number(text: str) -> str:
    """Why a number is no date; names what it may have been before it was exported."""
    value = float(text.replace(",", "."))
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001
    if 20_000 <= value < 80_000:
        meant = date(1899, 12, 30) + timedelta(days=int(value))
        return f"a number that looks like a spreadsheet date ({meant}): format the column as YYYY-MM-DD"
    for scale, unit in ((1, "seconds"), (1_000, "milliseconds")):
        if 500_000_000 <= value / scale < 5_000_000_000:
            meant = (epoch + timedelta(seconds=value / scale)).date()
            return f"a number that looks like Unix time in {unit} ({meant}): write it as YYYY-MM-DDTHH:MM:SSZ"
    return "a number, not a date: write YYYY-MM-DD"
