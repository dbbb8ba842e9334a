"""Radio stations: which State's flag an MMSI and a call sign say, by the tables of the ITU."""

from __future__ import annotations

import string
from functools import cache

from vesseltrack import reference
from vesseltrack.vessels.identifiers import MISSING, parse_mmsi

MIDS = "mids.csv"
CALL_SIGNS = "call_signs.csv"
"""Reference files: maritime identification digits, and series of call signs (Radio Regulations, Appendix 42)."""

CALL_SIGN_LENGTHS = range(3, 8)
"""Characters of a ship's call sign (Radio Regulations, article 19, section III); other texts are none."""

_MID_AT = (("98", 2), ("99", 2), ("111", 3), ("00", 2), ("0", 1), ("8", 1))
"""Where the country digits stand in an MMSI of craft of a ship, aid to navigation, aircraft, coast, group, handheld."""


def mid_of(mmsi: str) -> str:
    """Return the three country digits of an MMSI; empty where it is no valid one or holds none (970, 972, 974)."""
    number = parse_mmsi(mmsi)
    if number.state != "valid":
        return ""
    digits = number.digits
    if "2" <= digits[0] <= "7":
        return digits[:3]
    return next((digits[at : at + 3] for start, at in _MID_AT if digits.startswith(start)), "")


def mid_flags(mmsi: str) -> tuple[str, ...]:
    """Return the codes (ISO 3166-1 alpha-2) that the country digits of an MMSI are allocated to.

    More than one for 306 alone (Bonaire, Curaçao, Sint Maarten); none where the digits are allocated to nobody.
    """
    return _mids().get(mid_of(mmsi), ())


def mid_flag(mmsi: str) -> str:
    """Return the first of `mid_flags`; empty where there is none. 445 is ``KP``, 351 and nine others are ``PA``."""
    return next(iter(mid_flags(mmsi)), "")


def call_sign_flags(text: str) -> tuple[str, ...]:
    """Return the codes of the States whose series a call sign is from: ``HMYA`` and ``P5AB`` are ``KP``.

    More than one where a series is shared (B: China and Taiwan); none where the text is no call sign.
    """
    sign = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    if len(sign) not in CALL_SIGN_LENGTHS or text.strip().upper() in MISSING or not any(c.isalpha() for c in sign):
        return ()
    series = _series()
    return next((series[sign[:length]] for length in (3, 2, 1) if sign[:length] in series), ())


@cache
def _mids() -> dict[str, tuple[str, ...]]:
    return {row["mid"]: tuple(row["codes"].split(";")) for row in reference.rows(MIDS)}


@cache
def _series() -> dict[str, tuple[str, ...]]:
    """Codes by the shortest beginning that tells: ``F``, ``HM``, and ``SSA`` where two States share SS."""
    found: dict[str, tuple[str, ...]] = {}
    for row in reference.rows(CALL_SIGNS):
        for beginning in beginnings(row["first"], row["last"]):
            found[beginning] = tuple(row["codes"].split(";"))
    return found


def beginnings(first: str, last: str) -> list[str]:
    """Return the beginnings that a series holds: ``HMA-HMZ``: HM; ``P5A-P9Z``: P5 to P9; ``SSA-SSM``: SSA to SSM."""
    order = string.digits + string.ascii_uppercase
    if first[1:] == "AA" and last[1:] == "ZZ":
        return [first[0]]
    at = 1 if first[2] == "A" and last[2] == "Z" else 2
    return [first[:at] + c for c in order[order.index(first[at]) : order.index(last[at]) + 1]]
