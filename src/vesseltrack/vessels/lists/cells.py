"""What a cell of a published list says: a day, several values, a flag, a number, an IMO number in a sentence."""

from __future__ import annotations

import re
from datetime import date

from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.identifiers import parse_imo

_NUMBERED = re.compile(r"(?:^|(?<=[\s.,;]))\(\d{1,2}\)\s*")
_DAY_FIRST = re.compile(r"^(\d{1,2}|[Dd]{2})[/.\-](\d{1,2}|[Mm]{2})[/.\-](\d{4})(?:\s+\d{1,2}:\d{2}.*)?$")
_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$")
_DAY_MONTH = re.compile(r"^(\d{1,2})[ \-]([A-Za-z]{3})[a-z]*[ \-](\d{4})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IMO_IN_TEXT = re.compile(
    r"\bIMO[\s:]*(?:(?:ship\s+|company\s+)?(?:number|num\.|no\.?))?[\s:)#]*([0-9]{7})(?![0-9])", re.IGNORECASE
)
_AMOUNT = re.compile(r"^(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?:\s*(?:tonn?e?s?|tons?|gt|grt|dwt|mt))?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def day_of(text: str) -> tuple[date | None, str]:
    """Read ``03/10/2017``, ``2017-10-03``, ``24-Jun-2026``; and say what is uncertain about it, where something is.

    Of ``dd/10/2017`` or ``2017`` the first possible day is taken, so that no sighting after a listing counts as before
    it. Text that is no date gives None and the text.
    """
    plain = text.strip()
    if not plain:
        return None, ""
    if match := _DAY_FIRST.match(plain):
        day, month, year = match.groups()
    elif match := _ISO.match(plain):
        year, month, day = match.groups()
    elif (match := _DAY_MONTH.match(plain)) and match[2].lower() in _MONTHS:
        day, month, year = match[1], str(_MONTHS.index(match[2].lower()) + 1), match[3]
    else:
        return None, f"the list prints {plain!r}, which is no date"
    exact = bool(day and month and day.isdigit() and month.isdigit())
    try:
        found = date(
            int(year), int(month) if month and month.isdigit() else 1, int(day) if day and day.isdigit() else 1
        )
    except ValueError:
        return None, f"the list prints {plain!r}, which is no date"
    return found, "" if exact else f"the list prints {plain!r}; the first possible day is taken"


def iso_day(text: str) -> str:
    """Return a day in ISO form, empty where the text is none: the edition of a list."""
    found, _ = day_of(text)
    return found.isoformat() if found else ""


def several(cell: str) -> list[str]:
    """Split ``(1) Russia (2) Cyprus``; a cell without numbers in brackets is one value."""
    return [part for part in (piece.strip(" ;,") for piece in _NUMBERED.split(cell)) if part]


def flag_of(text: str) -> str:
    """Return a flag as the register writes it: ``DPRK`` in all its spellings, a two-letter code in capitals."""
    plain = text.strip()
    if is_dprk(plain):
        return "DPRK"
    return plain.upper() if len(plain) == 2 else plain


def amount(text: str) -> float | None:
    """Read ``10,030`` or ``10030.0``; None for blank, zero and anything else."""
    match = _AMOUNT.match(text.strip())
    value = float("".join(c for c in match[1] if c.isdigit())) if match else 0.0
    return value or None


def year_of(text: str) -> int | None:
    """Read the year of build; None where the text holds none or more than one."""
    found = set(_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None


def imo_numbers_in(text: str) -> list[str]:
    """Return each seven-digit number that a sentence calls an IMO number, ship's or company's, in order."""
    return list(dict.fromkeys(_IMO_IN_TEXT.findall(text)))


def ships_in(numbers: list[str]) -> list[str]:
    """Return those of the numbers, as written, that are ships'; seven digits each."""
    found = (parse_imo(number) for number in numbers)
    return list(dict.fromkeys(number.digits for number in found if number.state == "ship"))


def companies_in(numbers: list[str]) -> list[str]:
    """Return those of the numbers, as written, that are companies'; seven digits each."""
    found = (parse_imo(number) for number in numbers)
    return list(dict.fromkeys(number.digits for number in found if number.state == "company"))


def joined(*texts: str) -> str:
    """Join what is not blank with semicolons, each once."""
    return "; ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))
