"""Numbers in cells, with their units and ranges."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite, nan

NOT_GIVEN = frozenset({"-", "–", "—", "?", "n/a", "unknown", "not known", "not stated", "not given"})
"""Words in a number column that say nothing was given; read as blank. ``nan`` is not among them: it is a fault."""


@dataclass(frozen=True)
class NumberRule:
    """What a number field accepts."""

    low: float
    high: float
    """Both included."""

    what: str
    """The field in words, for the reason of a reject."""

    units: tuple[str, ...] = ()
    """Units that may follow the number; all of them mean the field's own unit."""

    above_low: bool = False
    """Whether `low` itself is outside."""

    whole: bool = False
    """Whether only integers fit."""

    grouped: bool = False
    """Whether a comma before three digits groups thousands (``12,000``); else it is a decimal comma."""


MOST_CARGO = 1e10
"""Barrels, cubic metres or tonnes of one row: it may speak of a thousand ships, and none holds ten million."""

_BARRELS = ("bbl", "bbls", "barrel", "barrels")
_TONNES = ("t", "mt", "tonne", "tonnes", "metric tons", "metric tonnes")
_CUBIC = ("m3", "cbm", "cubic metres", "cubic meters", "cu m")
_METRES = ("m", "metre", "metres", "meter", "meters")

NUMBER_RULES: dict[str, NumberRule] = {
    "length_m": NumberRule(0, 500, "length in metres", _METRES, above_low=True),
    "count": NumberRule(1, 1000, "number of ships", ("ship", "ships", "vessels", "tankers"), whole=True, grouped=True),
    "lat": NumberRule(-90, 90, "latitude"),
    "lon": NumberRule(-180, 180, "longitude"),
    "barrels": NumberRule(0, MOST_CARGO, "barrels", _BARRELS, grouped=True),
    "cargo_m3": NumberRule(0, MOST_CARGO, "cargo in cubic metres", _CUBIC, grouped=True),
    "tonnes": NumberRule(0, MOST_CARGO, "tonnes", _TONNES, grouped=True),
    "draught": NumberRule(0, 40, "draught in metres", _METRES),
    "end_lat": NumberRule(-90, 90, "latitude of the end"),
    "end_lon": NumberRule(-180, 180, "longitude of the end"),
}
"""500 m is longer than any ship afloat (458 m was the longest), 40 m deeper than any draught (30 m)."""

COORDINATE_PAIRS = (("lat", "lon"), ("end_lat", "end_lon"))

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_OTHER_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([ '’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


def parse_number(text: str, field: str) -> float | str:
    """Read a number cell: the value in the field's unit (NaN where nothing was given), or why it is none.

    Ranges are judged by `range_fault`, so that one rule serves single cells and whole columns.
    """
    tidy = " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())
    if not tidy or tidy.lower() in NOT_GIVEN:
        return nan
    rule = NUMBER_RULES[field]
    if field in ("lat", "lon", "end_lat", "end_lon"):
        return _coordinate(tidy, "NS" if field.endswith("lat") else "EW", rule)
    for unit in sorted(rule.units, key=len, reverse=True):
        if tidy.lower().endswith(unit) and tidy[: -len(unit)].rstrip()[-1:].isdigit():
            tidy = tidy[: -len(unit)].rstrip()
            break
    if _PLAIN.fullmatch(tidy):
        return _finite(float(tidy), rule)
    comma_groups = rule.grouped and _COMMA_GROUPS.fullmatch(tidy)
    if comma_groups or _POINT_GROUPS.fullmatch(tidy):
        return _finite(float(tidy.replace(",", "") if comma_groups else tidy.replace(".", "").replace(",", ".")), rule)
    if _OTHER_GROUPS.fullmatch(tidy):
        return _finite(float(re.sub(r"[ '’]", "", tidy).replace(",", ".")), rule)
    if _DECIMAL_COMMA.fullmatch(tidy):
        return _finite(float(tidy.replace(",", ".")), rule)
    return _no_number(tidy, rule)


def _finite(value: float, rule: NumberRule) -> float | str:
    return value if isfinite(value) else f"{rule.what} is not a finite number"


def _no_number(text: str, rule: NumberRule) -> str:
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return f"{rule.what} is not a finite number: leave it blank where it is not known"
    unit = f", if need be with {rule.units[0]}" if rule.units else ""
    return f"{rule.what} is not a number that is read here: write digits with a decimal point{unit}"


_DEGREES = re.compile(
    r"""(?P<before>[NSEW])?\s*
    (?P<sign>[+-])?(?P<degrees>\d{1,3}(?:[.,]\d+)?)
    (?:\s*(?:°|º|deg(?:rees)?|d|[\s:-])\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)
       (?:\s*(?:'|′|’|m|min|[\s:-])\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?))?)?
    \s*(?:°|º|deg(?:rees)?|d|'|′|’|"|″|”|''|′′|m|min|sec)?\s*
    (?P<after>[NSEW])?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def _coordinate(text: str, letters: str, rule: NumberRule) -> float | str:
    """Decimal degrees, or degrees, minutes and seconds, with a sign or a letter for the hemisphere."""
    if _PLAIN.fullmatch(text):
        return _finite(float(text), rule)
    found = _DEGREES.fullmatch(text)
    if not found or (found["before"] and found["after"]):
        return _no_number(text, rule)
    hemisphere = (found["before"] or found["after"] or "").upper()
    if hemisphere and hemisphere not in letters:
        return f"{rule.what} ends in {hemisphere}: {letters[0]} or {letters[1]} is meant here"
    if hemisphere and found["sign"]:
        return f"{rule.what} has a sign and a letter: write one of them"
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if found["minutes"] and not (hemisphere or re.search("[°ºd]", text, re.IGNORECASE)):
        return _no_number(text, rule)
    if found["minutes"] and (minutes >= 60 or seconds >= 60 or not degrees.is_integer()):
        return f"{rule.what} has no such minutes or seconds"
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found["sign"] == "-" or hemisphere in ("S", "W") else value


def range_fault(value: float, field: str) -> str:
    """Why a number does not fit its field; empty where it does. NaN (nothing given) fits."""
    rule = NUMBER_RULES[field]
    if value != value:  # noqa: PLR0124 - NaN
        return ""
    if value < rule.low or value > rule.high or (rule.above_low and value == rule.low):
        if rule.high == MOST_CARGO and value < 0:
            return f"{rule.what} cannot be negative"
        return f"{rule.what} {value:g} is outside {rule.low:g} to {rule.high:.12g}"
    if rule.whole and value != int(value):
        return f"{rule.what} is not a whole number"
    return ""
