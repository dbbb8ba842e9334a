"""What people write in the cell for a ship's name: a name, a name with its past, several ships, or none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vesseltrack.vessels.names import without_escapes
from vesseltrack.vessels.plain_names import NO_NAME

_UNNAMED_START = re.compile(r"(?:unidentified|unnamed|unspecified|un-named|미상의|неопознанн\w+)\b")
_UNKNOWN_SHIP = re.compile(
    r"unknown(?: (?:vessels?|ships?|boats?|tankers?|oil|fuel|product|chemical|cargo|bulk|carriers?|freighters?|barges?"
    r"|large|small|medium|dprk|north|korean|chinese|russian|foreign|flag(?:ged)?|no|number|name|type|\d+|[a-z])){0,6}"
)
_COUNT_OF_SHIPS = re.compile(
    r"(?:[<>=~≥≤約약]+\s*|at least |about |around |some |approx\.? |up to |more than )?"
    r"(?:\d+\s*\+?|one|two|three|four|five|six|seven|eight|nine|ten|several|multiple|a few|various)\s+"
    r"(?:(?:more|other|large|small|medium|unidentified|unnamed|unknown|dprk|north korean|russian|chinese|oil|fuel|"
    r"product|cargo)\s+)*(?:vessels|ships|tankers|boats|barges|freighters|carriers|vessel|ship|tanker)\b.*"
)

_HOW_MANY = re.compile(
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s*\+?\s+\D*(?:vessels?|ships?|tankers?)"
)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TYPE_WORDS = ("tanker", "container", "ro-ro", "cargo", "freighter", "bulk")
_DPRK_WORDS = ("dprk", "north korea")

_STRONG = re.compile(r"[;；]+")
"""Between two ships."""
_WEAK = re.compile(r"\s*[,，、|\r\n\t]+\s*|\s+[/&+\-–—]\s+|\s*(?:->|→|=)\s*|\s+and\s+", re.IGNORECASE)
"""Perhaps between two ships, perhaps part of one name."""
_ALSO = re.compile(
    r"(?:^|[\s,(\[/]+)(?:formerly(?: known as| named)?|former(?:ly)? name|previous(?:ly)?(?: known as| name)?|prev\b\.?"
    r"|also known as|renamed(?: from| to)?|(?<=[\s,(\[/])(?:alias|now(?: named| called)?|née?)\b|(?:ex|old) name"
    r"|[fan]\.?\s?/?k\.?\s?/?a\b\.?|ex(?=[\s.:\-])(?! ?$)|former\b|экс\b|бывш\w*|ранее|구\s?명칭|원래|原名|曾用名)"
    r"[\s.:\-]*",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"^\s*(?:旧名?|原|元|구|옛)\s*(?=\S{2})")
"""Before a name in brackets."""
_BRACKETS = re.compile(r"[(\[（【\"“”]([^()\[\]（）【】\"“”]*)[)\]）】\"“”]?")
_REMARK = re.compile(
    r"[\s,;(\-–/]+(?:(?:imo|mmsi|call ?sign|flag|built|blt|dwt)\b[\s.:#=]*(?:no\.?|number)?[\s.:#=]*"
    r"(?:unknown|unk|n/?a|none|nil|tbc|not \w+|[a-z]{2,14}|\d{4})?|(?:\w+[\s-]+)?flag(?:ged)?)[\s)]*$",
    re.IGNORECASE,
)
"""What stands behind a name and is no name: IMO unknown, flag: DPRK, built 1998."""
_SIGNS = (";", "(", "|", "[", "\n", "\r", "\t", '"', "->", "=", " - ", "ex", "former", "k.a", "k/a", "prev",
          "known as", "renamed", "now", "nee", "alias", "old name", "imo", "mmsi", "flag",
          "built", "blt", "call", "dwt")  # fmt: skip
"""A plain ASCII name holds none of these in lower case: the quick way past the expressions above."""
_KA = re.compile(r"(?:^|[\s,(/])[fan]\.?\s?/?k\.?\s?/?a\b")
_ONLY_NUMBER = re.compile(r"\s*(?:no\.?|#|№)?\s*(?:\d+|[ivx]{1,5})\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class NamedShip:
    """One ship as named in a cell."""

    name: str
    """The name it goes by, without remarks."""

    also: tuple[str, ...] = ()
    """Other names given with it: ``ex``, ``f.k.a.``, in brackets."""


def is_unnamed(text: str) -> bool:
    """Whether the text says that the ship's name is not known: blank, ``-``, ``unidentified tanker``, ``7 tankers``.

    ``NULL`` is a name.
    """
    if text.isalpha() and text.isupper() and text.isascii() and len(text) > 7:  # no short word to look up
        return text.lower() in NO_NAME or _UNNAMED_START.match(text.lower()) is not None
    plain = unicodedata.normalize("NFKC", text).strip().strip("()[]{}<>\"'*_. ?!@-–—").lower()
    if plain in NO_NAME:
        return True
    first = plain[0]
    if first == "u" or not plain.isascii():
        return _UNNAMED_START.match(plain) is not None or _UNKNOWN_SHIP.fullmatch(plain) is not None
    stated = text.strip().lower()
    return ("s" in plain or "tanker" in plain) and _COUNT_OF_SHIPS.fullmatch(stated) is not None


@dataclass(frozen=True)
class Described:
    """Ships that a cell describes without naming them."""

    count: int
    type: str
    """One of a few plain words, empty where the text names none."""

    flag: str
    """``DPRK`` where the text says so."""


def described(text: str) -> Described:
    """Read ``at least 7 tankers`` or ``unspecified DPRK tanker``; only for a text that `is_unnamed` accepts."""
    plain = text.casefold()
    many = _HOW_MANY.search(plain)
    number = many[1] if many is not None else "1"
    return Described(
        count=int(number) if number.isdecimal() else _NUMBER_WORDS.index(number) + 1,
        type=next((word for word in _TYPE_WORDS if word in plain), ""),
        flag="DPRK" if any(word in plain for word in _DPRK_WORDS) else "",
    )


def _one_ship(text: str) -> NamedShip:
    """Part a name from the other names given with it."""
    also: list[str] = []
    number = ""

    def bracketed(match: re.Match[str]) -> str:
        nonlocal number
        inner = match[1].strip()
        if _ONLY_NUMBER.match(inner):
            number = f" {inner}"
        else:
            also.extend(part.strip() for part in re.split(r"[,/]| and ", _ALSO.sub("/", _FORMERLY.sub("", inner))))
        return " "

    rest = _BRACKETS.sub(bracketed, text)
    head, *others = (part.strip(" \t,/-") for part in _ALSO.split(rest))
    others += also
    others = [other for other in others if other and not is_unnamed(other)]
    if others and not any(c.isalnum() for c in head):
        head, *others = others
    return NamedShip(head + number, tuple(dict.fromkeys(other for other in others if other != head)))


def names_in(text: str) -> tuple[NamedShip, ...]:
    """Pull apart a cell: ``NAME (ex OTHER)``, ``NAME f.k.a. OTHER``, and several ships separated by ``;``.

    More than one entry means that the cell names more than one ship; none, that it names no ship.
    """
    text = without_escapes(text)
    lower = text.lower()
    if lower.isascii() and not any(sign in lower for sign in _SIGNS) and not ("ka" in lower and _KA.search(lower)):
        return () if is_unnamed(text) else (NamedShip(text),)
    text = _REMARK.sub("", text) or text
    flat = _BRACKETS.sub(lambda match: _STRONG.sub(", ", match[0]), text)
    ships = (_one_ship(part) for part in _STRONG.split(flat) if not is_unnamed(part))
    return tuple(ship for ship in ships if not is_unnamed(ship.name))


def perhaps_several(text: str) -> tuple[str, ...]:
    """Split at signs that may stand between two ships or inside one name (comma, ``/``, ``&``, ``|``, a line break)."""
    parts = tuple(part.strip() for part in _WEAK.split(text) if part.strip())
    return parts if len(parts) > 1 else ()
