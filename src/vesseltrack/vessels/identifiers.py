"""Numbers that identify a ship: the IMO number with its check digit, and the MMSI with its country digits.

An IMO number is never only valid or invalid: a company's number, a placeholder or a slip of the pen each say something
else about the sighting, and the text as written is kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Container

ImoState = Literal["ship", "company", "placeholder", "check_digit", "malformed", "missing"]
MmsiState = Literal["valid", "placeholder", "malformed", "missing"]

SHIP_WEIGHTS = (7, 6, 5, 4, 3, 2)
"""Weights of the first six digits; the last digit of the sum is the check digit (IMO resolution A.1117(30) scheme)."""

COMPANY_WEIGHTS = (8, 6, 4, 2, 9, 7)
"""Weights of a company's number; its check digit is ``(11 - sum mod 11) mod 10``. Example: 2041999."""

DPRK_MID = "445"
"""Maritime identification digits of the DPRK (ITU table of MIDs)."""

IMO_DIGITS = 7
MMSI_DIGITS = 9

IMO_PLACEHOLDERS = frozenset({"1", "1234567", "7654321", *(str(digit) * IMO_DIGITS for digit in range(10))})
MMSI_PLACEHOLDERS = frozenset(
    {"1", "123456789", "987654321", "012345678", *(str(digit) * MMSI_DIGITS for digit in range(10))}
)
"""Nine-digit numbers that transponders send when nobody has entered one."""

MISSING = frozenset(
    {"", "-", "--", "?", "NA", "N/A", "N.A.", "NAN", "NIL", "NONE", "NULL", "UNKNOWN", "NOT KNOWN", "NOT FOUND"}
    | {"DOES NOT EXIST", "NO IMO", "NO IMO NUMBER", "NOT AVAILABLE", "NOT APPLICABLE", "UNAVAILABLE", "TBC", "TBN"}
    | {"미상", "없음", "НЕТ", "无", "不明"}
)
"""What people write where they have no number, in upper case."""

_LABEL = re.compile(r"^(?:I\.?M\.?O\.?|ИМО|MMSI)?\s*(?:NUMBER|NUM|NO|NR|N)?[\s.:#=\-]*(?=[0-9]|$)")
_FRACTION = re.compile(r"[.,]0*$")
_SCIENTIFIC = re.compile(r"^([0-9])[.,]([0-9]+)E\+?0*([0-9])$")
_GROUPING = re.compile(r"[\s\-]+")
_RUN = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")


@dataclass(frozen=True)
class ImoNumber:
    """An IMO number as somebody wrote it, and what it is."""

    state: ImoState
    digits: str
    """The digits found; seven of them unless the number is malformed; empty where missing."""

    text: str
    """As written."""

    remark: str = ""
    """Why it is no ship's number, as a phrase that follows the number; empty for a ship's and for none."""


@dataclass(frozen=True)
class MmsiNumber:
    """A maritime mobile service identity as somebody wrote it, and what it is."""

    state: MmsiState
    digits: str
    text: str

    @property
    def mid(self) -> str:
        """Country digits of a ship station (its number starts with 2 to 7); empty for any other station."""
        return self.digits[:3] if self.state == "valid" and "2" <= self.digits[0] <= "7" else ""

    @property
    def dprk(self) -> bool:
        """Whether the country digits are the DPRK's."""
        return self.mid == DPRK_MID


def ship_check_digit(digits: str) -> bool:
    """Whether seven digits carry a ship's check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, SHIP_WEIGHTS, strict=False))
    return total % 10 == int(digits[6])


def company_check_digit(digits: str) -> bool:
    """Whether seven digits carry a company's check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, COMPANY_WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(digits[6])


def _compact(text: str) -> str:
    """Return the number without label, quotes, grouping and a spreadsheet's fraction; other text stays as it is."""
    plain = unicodedata.normalize("NFKC", text).upper().strip(" \t\r\n'\"=`’“”")
    plain = _LABEL.sub("", plain).strip()
    if match := _SCIENTIFIC.match(plain):
        lead, fraction, exponent = match.groups()
        return (lead + fraction).ljust(int(exponent) + 1, "0") if len(fraction) <= int(exponent) else plain
    return _GROUPING.sub("", _FRACTION.sub("", plain)) if plain[:1].isdigit() else plain


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _judge(digits: str, text: str) -> ImoNumber:
    if digits in IMO_PLACEHOLDERS:
        return ImoNumber("placeholder", digits, text, "is a placeholder")
    ship = ship_check_digit(digits)
    if ship and digits[0] != "0":
        return ImoNumber("ship", digits, text)
    if company_check_digit(digits):
        return ImoNumber("company", digits, text, "is a company's number, not a ship's")
    if ship:
        return ImoNumber("malformed", digits, text, "starts with 0, which no ship's number does")
    return ImoNumber("check_digit", digits, text, "fails its check digit")


def parse_imo(text: str) -> ImoNumber:
    """Read an IMO number: ``IMO9307839``, ``IMO 8660313``, ``8660313.0``, ``866 0313``, full-width digits.

    A number that is valid as a ship's and as a company's is a ship's. Nine digits are never an IMO number.
    """
    if len(text) == IMO_DIGITS and _ascii_digits(text):
        return _judge(text, text)
    if text.strip().upper() in MISSING:
        return ImoNumber("missing", "", text)
    compact = _compact(text)
    if not _ascii_digits(compact):
        if compact in MISSING:
            return ImoNumber("missing", "", text)
        runs = sorted(set(_RUN.findall(compact)))
        if len(runs) == 1:
            return _judge(runs[0], text)
        remark = "holds more than one number" if runs else "is not a number of seven digits"
        return ImoNumber("malformed", "", text, remark)
    if compact in IMO_PLACEHOLDERS or not compact.strip("0"):
        return ImoNumber("placeholder", compact, text, "is a placeholder")
    if len(compact) == IMO_DIGITS:
        return _judge(compact, text)
    if len(compact) == MMSI_DIGITS:
        return ImoNumber("malformed", compact, text, "has nine digits and looks like an MMSI")
    return ImoNumber("malformed", compact, text, f"has {len(compact)} digits instead of seven")


def parse_mmsi(text: str) -> MmsiNumber:
    """Read an MMSI of nine digits; ``445539000.0`` and ``MMSI 445 539 000`` are accepted."""
    plain = text.strip()
    if plain.upper() in MISSING:
        return MmsiNumber("missing", "", text)
    compact = plain if len(plain) == MMSI_DIGITS and _ascii_digits(plain) else _compact(plain)
    if compact in MISSING:
        return MmsiNumber("missing", "", text)
    if compact in MMSI_PLACEHOLDERS or (_ascii_digits(compact) and not compact.strip("0")):
        return MmsiNumber("placeholder", compact, text)
    if len(compact) == MMSI_DIGITS and _ascii_digits(compact):
        return MmsiNumber("valid", compact, text)
    return MmsiNumber("malformed", compact if _ascii_digits(compact) else "", text)


def neighbours(digits: str, known: Container[str]) -> tuple[str, ...]:
    """Return the known numbers that one slip turns into ``digits``, sorted.

    A slip is one wrong digit or two neighbouring digits swapped; for six or eight digits, one left out or added
    (a published list had 947115 for 9417115).
    """
    if not _ascii_digits(digits) or abs(len(digits) - IMO_DIGITS) > 1:
        return ()
    places = range(len(digits))
    if len(digits) == IMO_DIGITS:
        variants = {digits[:i] + digit + digits[i + 1 :] for i in places for digit in "0123456789"}
        variants |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in places[:-1]}
    elif len(digits) < IMO_DIGITS:
        variants = {digits[:i] + digit + digits[i:] for i in range(len(digits) + 1) for digit in "0123456789"}
    else:
        variants = {digits[:i] + digits[i + 1 :] for i in places}
    return tuple(sorted(variant for variant in variants - {digits} if variant in known))
