"""What people write for a State and for a month or the months of a cumulative row."""

from __future__ import annotations

import re
import unicodedata

from vesseltrack.cases.own_table import Unusable
from vesseltrack.sightings.calendar import RefusedError, calendar_month, calendar_year
from vesseltrack.vessels import flags

_HOW = "write 2025-03, or 2025-01/2025-06 for a cumulative row"
_MONTHS_OF_YEAR = re.compile(r"(\d{1,2})(?:\s*(?:-|/|\.\.|to)\s*(\d{1,2}))?")
_SHORT = re.compile(r"(\d{4}-\d{1,2})\s*/\s*(\d{1,2})")
_BETWEEN = re.compile(r"\s*(?:/|\.\.)\s*|\s+(?:to|-)\s+|-(?=\d{4}-)")
_JOINT = re.compile(r"\s*(?:\+|&|/|,|;|\band\b)\s*")


def reporting_state(text: str) -> str:
    """A State by its English name, so that one State has one balance: ``PRC``, ``中国`` and ``CN`` are China.

    A joint figure is ``China+Russia``. A name that is not known stays as it is written.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    if not any(c.isalpha() for c in written):
        raise Unusable("has no State: name the State that reported")
    if found := flags.code(written):
        return flags.name(found)
    parts = [part for part in _JOINT.split(written) if part]
    if len(parts) > 1 and all(flags.code(part) for part in parts):
        return "+".join(sorted({flags.name(flags.code(part)) for part in parts}))
    return written


def period_of(text: str, year: str) -> tuple[int, int, int]:
    """Year, first and last month of ``2025-03``, ``2025-01/2025-06``, ``2025``; with a year besides, ``03``, ``01-06``.

    Raises `Unusable` where it is none, or not within one year: the cap counts anew from 1 January.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").split())
    if not written:
        raise Unusable(f"has no month: {_HOW}")
    try:
        found = _in_year(written, year) if year else None
        first, last = found or _in_full(written)
    except RefusedError as why:
        raise Unusable(f"month {text!r}: {why}: {_HOW}") from None
    if year and str(first[0]) != year.strip():
        raise Unusable(f"month {text!r} is not in the year {year}: leave the column year out, or correct it")
    if first[0] != last[0]:
        raise Unusable(f"month {text!r} is not within one year: the cap counts anew from 1 January; split the row")
    if last < first:
        raise Unusable(f"month {text!r} ends before it begins: {_HOW}")
    return first[0], first[1], last[1]


def _in_year(text: str, year: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if not re.fullmatch(r"\d{4}", year.strip(), re.ASCII):
        raise Unusable(f"year {year!r} is no year such as 2025")
    found = _MONTHS_OF_YEAR.fullmatch(text)
    if found is None:
        return None
    return _month(f"{year.strip()}-{found[1]}"), _month(f"{year.strip()}-{found[2] or found[1]}")


def _in_full(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return (calendar_year(text), 1), (calendar_year(text), 12)
    if single := calendar_month(text):
        return single, single
    if short := _SHORT.fullmatch(text):
        return _month(short[1]), _month(f"{short[1][:4]}-{short[2]}")
    ends = _BETWEEN.split(text)
    if len(ends) != 2:
        raise RefusedError("is no month and no period of months")
    return _month(ends[0]), _month(ends[1])


def _month(text: str) -> tuple[int, int]:
    month = calendar_month(text)
    if month is None:
        raise RefusedError(f"{text} is no month")
    return month
