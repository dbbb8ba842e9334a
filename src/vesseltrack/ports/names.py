"""Names of places in a canonical form: case, accents, apostrophes, hyphens and spaces do not count."""

from __future__ import annotations

import re
import unicodedata

_JOINS = re.compile("['’‘`´ʼʻ′]")
"""Marks inside a name that carry no sound of their own: Ch'ongjin, Vostochny’."""

_OFFLOAD = re.compile(r"\b(off|un)-(?=load)", re.IGNORECASE)
"""``off-loading berth`` is a berth for unloading, not something off a berth."""

_PORT_SUFFIX = re.compile("[항港]$")
"""Korean and Chinese write "port" without a space behind the name."""

_APART = re.compile(r"[,;/|():\[\]\n]|\s[-–—]+\s")
"""Marks that set a facility or a region apart from the port's name."""

_ARROW = re.compile(r"->|=>|→|➔|➝")

_DISTANCE = re.compile(
    r"(?<![\w.])(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>km|kms|kilomet(?:er|re)s?|m|met(?:er|re)s?|nm|nmi|nautical\s+miles?|miles?)\b",
    re.IGNORECASE,
)
_TO_KM = {"k": 1.0, "m": 0.001, "n": 1.852}
"""Kilometres by the first letter of the unit; a mile at sea is a nautical mile."""

LONGEST = 400
"""Characters of a cell that are read; a longer one is no name of a place."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name, canonical: ``Ch'ŏng-jin Port`` gives ``("chong", "jin", "port")``."""
    plain = unicodedata.normalize("NFKD", _JOINS.sub("", _OFFLOAD.sub(r"\1", text[:LONGEST]))).casefold()
    letters = (" " if not letter.isalnum() else letter for letter in plain if not unicodedata.combining(letter))
    return tuple("".join(letters).split())


def key(text: str) -> str:
    """The words of a name without the spaces: ``Kim Chaek``, ``KIMCH'AEK`` and ``kim-chaek`` are one key."""
    return "".join(tokens(text))


def keys(name: str) -> set[str]:
    """Every key under which a name is looked up; empty when it holds no letter or digit."""
    found = {key(name), key(_PORT_SUFFIX.sub("", name)), key(f"{name}항"), key(f"{name}港")}
    return found if key(name) else set()


def segments(text: str) -> tuple[str, ...]:
    """The parts of a cell that commas, slashes, brackets or spaced dashes set apart; blank ones left out."""
    return tuple(part.strip() for part in _APART.split(text[:LONGEST]) if part.strip())


def is_route(text: str) -> bool:
    """Whether an arrow leads from one place to another."""
    return _ARROW.search(text) is not None


def take_distance(text: str) -> tuple[float | None, str]:
    """The first distance in the text, in kilometres, and the text without any distance."""
    found = _DISTANCE.search(text)
    if found is None:
        return None, text
    number = float(found["number"].replace(",", "."))
    unit = found["unit"].casefold()
    return number * _TO_KM["n" if unit.startswith("mil") or unit in {"nm", "nmi"} else unit[0]], _DISTANCE.sub(
        " ", text
    )
