"""What a setting can be: one reader for texts from flags and the environment, and for values from TOML."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

BARRELS_PER_TONNE = (5.5, 12.5)
"""Wider than any product, bitumen 6.05 to LPG 11.65 (UN Statistics Division)."""

Reader = Callable[[Any], Any]


class UnfitError(ValueError):
    """A value that its setting cannot take; says what would be right."""


def text(value: Any) -> str:
    """Text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("expected text")
    return value.strip()


def choice(*choices: str) -> Reader:
    """One of several words, in small letters."""

    def read(value: Any) -> str:
        text = value.strip().lower() if isinstance(value, str) else None
        if text not in choices:
            raise UnfitError(f"expected one of {', '.join(choices)}")
        return text

    return read


def path(value: Any) -> Path:
    """A file."""
    return Path(text(value))


def names(value: Any) -> tuple[str, ...]:
    """A list of words, or one text with commas between them."""
    parts = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise UnfitError('expected names, as in "un" or ["un"]')
    names = tuple(word.strip() for part in parts for word in part.split(",") if word.strip())
    if not names:
        raise UnfitError("expected at least one name")
    return names


def percent(value: Any) -> float | None:
    """A share of the cap in percent, above 0; None for ``none``."""
    if isinstance(value, str):
        text = value.strip().removesuffix("%").strip()
        if text.lower() == "none":
            return None
        value = float(text) if re.fullmatch(r"[+]?\d+(\.\d+)?", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise UnfitError("expected a percentage above 0, or none")
    return float(value)


def days(value: Any) -> int | None:
    """Whole days, 0 or more; None for ``none``."""
    if isinstance(value, str):
        text = value.strip()
        if text.lower() == "none":
            return None
        value = int(text) if re.fullmatch(r"\d{1,6}", text) else None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnfitError("expected a number of days, 0 or more, or none")
    return value


def fill(value: Any) -> tuple[float, float, float]:
    """A share of capacity, or a range with its middle: ``0.6``, ``60%``, ``1/3``, ``0.6-0.9``, ``1/3-0.75-1``."""
    texts = (
        str(value).strip().split("-") if isinstance(value, str | int | float) and not isinstance(value, bool) else []
    )
    shares = [_share(text.strip()) for text in texts]
    given = [share for share in shares if share is not None]
    if len(given) != len(shares) or not 1 <= len(given) <= 3 or given != sorted(given):
        raise UnfitError("expected a share of capacity such as 0.6, 60% or 1/3, or a range such as 0.6-0.9")
    return (given[0], given[1] if len(given) == 3 else (given[0] + given[-1]) / 2, given[-1])


def _share(text: str) -> float | None:
    """A share above 0 and up to 1; None for anything else."""
    if found := re.fullmatch(r"(\d{1,9})\s*/\s*(\d{1,9})", text):
        share = int(found[1]) / int(found[2]) if int(found[2]) else 0.0
    elif found := re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)\s*(%?)", text):
        share = float(found[1]) / (100 if found[2] else 1)
    else:
        return None
    return share if 0 < share <= 1 else None


def rate(value: Any) -> float:
    """Barrels per tonne of a petroleum product: heavier than bitumen is none, nor lighter than LPG."""
    least, most = BARRELS_PER_TONNE
    text = str(value).strip()
    rate = float(text) if not isinstance(value, bool) and re.fullmatch(r"\d+(\.\d+)?", text) else 0.0
    if not least <= rate <= most:
        raise UnfitError(f"expected barrels per tonne from {least:g} to {most:g}, as in 7.46")
    return rate


def hours(value: Any) -> float:
    """Hours, above 0 and at most a year."""
    try:
        number = float(str(value).strip())
    except ValueError:
        number = 0.0
    if isinstance(value, bool) or not 0 < number <= 8784:
        raise UnfitError("expected hours above 0 and at most 8784, such as 6 or 1.5")
    return number


def memory(value: Any) -> str:
    """An amount of memory, 100 MB at least."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?) ?(MB|GB|TB|MIB|GIB|TIB)", str(value).strip().upper())
    if found is None or float(found[1]) * {"M": 1, "G": 1000, "T": 1_000_000}[found[2][0]] < 100:
        raise UnfitError("expected at least 100MB, such as 500MB or 4GB")
    return f"{found[1]}{found[2]}"


def whole(least: int, most: int) -> Reader:
    """A whole number within bounds, both included; groups of digits may be parted."""

    def read(value: Any) -> int:
        text = str(value).strip().replace(",", "").replace("_", "")
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,18}", text) or not least <= int(text) <= most:
            raise UnfitError(f"expected a whole number from {least:,} to {most:,}")
        return int(text)

    return read


def day(value: Any) -> date:
    """A day in ISO 8601."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise UnfitError("expected a day such as 2024-12-31")


def switch(value: Any) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise UnfitError("expected true or false")


def mapping(value: Any) -> dict[str, str]:
    """``Ship Name=vessel`` pairs; ``,`` never separates pairs because headers hold commas."""
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        parts = value if isinstance(value, list | tuple) else [part for part in str(value).split("\n") if part]
        pairs = [(header, field) for header, _, field in (str(part).rpartition("=") for part in parts)]
    for header, field in pairs:
        if not isinstance(field, str) or not header.strip() or not field.strip():
            raise UnfitError('expected HEADER=FIELD, as in "Ship Name=vessel"')
    return {header.strip(): field.strip() for header, field in pairs}
