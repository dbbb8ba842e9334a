"""Ship names in one canonical form: a letters key and a numbers key.

``M/T Chon-ma san``, ``CHONMASAN`` and ``천마산호`` are one name; SAM JONG II is SAM JONG 2 and never SAM JONG 1.
What a cell says beside a name (``ex``, ``a.k.a.``, a second ship) is read in `vesseltrack.vessels.cells`, other scripts
in `vesseltrack.vessels.native`, and how a key may be misspelled in `vesseltrack.vessels.register`.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class NameKey(NamedTuple):
    """What is left of a name when spelling habits are taken away. A tuple, because half a million are hashed a run."""

    letters: str
    """Upper case, without spaces, prefixes and ship suffixes; empty for a name of digits only."""

    numbers: str
    """The numbers in the name, in order, without leading zeros, separated by a space; empty where there is none."""

    def __str__(self) -> str:
        """Return the key as text that has itself as its key: ``KUMJINGANG 3``."""
        return f"{self.letters} {self.numbers}".strip()


_EMPTY = NameKey("", "")

APOSTROPHES = "'`´’‘ʼʻ′"
ASCII: dict[int, str | None] = {
    code: chr(code).upper() if chr(code).isalnum() else None if chr(code) in APOSTROPHES else " " for code in range(128)
}
_TOKEN = re.compile(r"[0-9]+|[^0-9 ]+")

_TYPE_WORDS = frozenset(
    {"MOTOR", "OIL", "CRUDE", "PRODUCT", "PRODUCTS", "CHEMICAL", "FUEL", "LPG", "LNG", "GAS", "GENERAL", "DRY", "BULK"}
    | {"CARGO", "CONTAINER", "FISHING", "MERCHANT", "PASSENGER", "REFRIGERATED", "SUPPLY", "NORTH", "N", "KOREAN"}
)
"""Words that say what kind of ship it is, before one that says that it is a ship."""
_SHIP_WORDS = frozenset(
    {"MV", "MT", "MS", "SS", "FV", "RV", "MTV", "MFV", "TB", "LPGC", "LNGC", "THE", "VESSEL", "VSL", "TANKER", "SHIP"}
    | {"CARRIER", "FREIGHTER", "FERRY", "TUG", "TUGBOAT", "BARGE", "BULKER", "COASTER", "FLAGGED", "DPRK", "DPRKS"}
    | {"ТАНКЕР", "СУДНО", "ТЕПЛОХОД", "ТХ", "КОРАБЛЬ", "ТАНКЕРА", "СУДНА", "СУХОГРУЗ", "НЕФТЕНАЛИВНОЙ", "ГРУЗОВОЕ"}
    | {"유조선", "화물선", "선박", "북한", "기름배", "짐배", "무역선", "朝鲜", "朝鮮", "タンカー"}
    | {"油轮", "油輪", "货轮", "貨輪", "油船", "货船", "貨物船"}
)  # fmt: skip
_SHIP_PAIRS = frozenset(
    {("M", "V"), ("M", "T"), ("M", "S"), ("S", "S"), ("F", "V"), ("R", "V"), ("T", "B"), ("LPG", "C"), ("LNG", "C"),
     ("NORTH", "KOREAN"), ("N", "KOREAN"), ("GENERAL", "CARGO"), ("VESSEL", "NAME"), ("SHIP", "NAME"), ("Т", "Х")}
)  # fmt: skip
_FLAGGED = "FLAGGED"
"""The word after a flag before a name: Panama-flagged KOTI."""
_PREFIX_STARTS = _SHIP_WORDS | _TYPE_WORDS | {first for first, _ in _SHIP_PAIRS}

GLUED_PREFIXES = ("MTV", "MV", "MT", "MS")
"""Prefixes that are found written together with the name: MTKOTI."""

NUMBER_MARKS = frozenset({"NO", "NR", "NUM", "NUMBER"})
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
         "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")  # fmt: skip
_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE", "THIRTEEN",
          "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN", "TWENTY")  # fmt: skip
NUMERALS = {word: str(n) for words in (ROMAN, _WORDS) for n, word in enumerate(words, start=1)}
"""Read as a number where they are the last word of a name, or follow ``NO.``."""

_SUFFIX = "HO"
"""Korean "ship", romanised; also a syllable of names, so it is taken away only after four letters or a number."""
SUFFIXES = ("HAO", "HO", "LUN", "TANKER", "VESSEL", "SHIP", "CARGO", "DPRK", "MV", "MT", "KP")
"""Korean and Chinese "ship" (号, 轮), and words for a ship, as they are found behind a name."""

_SUFFIX_AFTER_NUMBER = frozenset({"HO", "HAO", "ST", "ND", "RD", "TH"})
_LETTERS_BEFORE_SUFFIX = 4
_LAST_WORDS = _SUFFIX_AFTER_NUMBER | NUMERALS.keys()
_NO_LETTERS = _SHIP_WORDS | NUMBER_MARKS
"""Words that are no name even beside a number: TANKER 7, NO. 5."""

_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-9:;<=>?]*[@-~]?"  # colour, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # window title; one without an end hides nothing
    r"|\x1b[()][0AaBb]|\x1b[@-~]?"
)


def without_escapes(text: str) -> str:
    """Return text without the sequences that steer a terminal, so that a coloured name is the name."""
    if "\x1b" in text or "\x9b" in text or "\x9d" in text:
        return _ESCAPE.sub("", text)
    return text


def without_prefix(tokens: list[str]) -> list[str]:
    """Take away M/V, the general cargo ship, Panama-flagged ... as long as a name remains."""
    start = at = 0
    last = len(tokens) - 1
    while at < last:
        two = at + 1 < last
        if two and ((tokens[at], tokens[at + 1]) in _SHIP_PAIRS or tokens[at + 1] == _FLAGGED):
            start = at = at + 2
        elif tokens[at] in _SHIP_WORDS:
            start = at = at + 1
        elif tokens[at] in _TYPE_WORDS:
            at += 1
        else:
            break
    return tokens[start:]


def _without_suffix(tokens: list[str]) -> list[str]:
    """Take away the romanised ship suffix: CHON MA SAN HO, SAM JONG 2 HO, KOTI M/V."""
    if len(tokens) > 2 and (tokens[-2], tokens[-1]) in _SHIP_PAIRS:
        tokens = tokens[:-2]
    while len(tokens) > 1:
        numbered = tokens[-2].isdecimal() and tokens[-1] in _SUFFIX_AFTER_NUMBER
        if not (numbered or (tokens[-1] == _SUFFIX and sum(map(len, tokens[:-1])) >= _LETTERS_BEFORE_SUFFIX)):
            break
        tokens = tokens[:-1]
    return tokens


def _split(tokens: list[str]) -> NameKey:
    """Part letters from numbers; drop ``NO.`` before a number."""
    letters: list[str] = []
    numbers: list[str] = []
    for token in tokens:
        if token.isdecimal():
            if letters and letters[-1] in NUMBER_MARKS:
                letters.pop()
            numbers.append(token.lstrip("0") or "0")
        else:
            letters.append(token)
    joined = "".join(letters)
    return NameKey("" if joined in _NO_LETTERS else joined, " ".join(numbers))


def words(text: str) -> list[str]:
    """Return the words and numbers of an ASCII text in upper case: SAMJONG2 is a word and a number."""
    tokens = text.translate(ASCII).split()
    for token in tokens:
        if not (token.isalpha() or token.isdecimal()):
            return _TOKEN.findall(" ".join(tokens))
    return tokens


def key_of(tokens: list[str]) -> NameKey:
    """Return the key of the words and numbers of a name; the list may be changed."""
    if not tokens:
        return _EMPTY
    if len(tokens) > 1:
        if tokens[0] in _PREFIX_STARTS or tokens[1] == _FLAGGED:
            tokens = without_prefix(tokens)
        if tokens[-1] in _LAST_WORDS:
            tokens = _without_suffix(tokens)
            if tokens[-1] in NUMERALS and len(tokens) > 1:
                tokens[-1] = NUMERALS[tokens[-1]]
    joined = "".join(tokens)
    if joined.isalpha():
        return NameKey(joined, "")
    number = tokens[-1]
    letters = joined[: -len(number)]
    if letters.isalpha() and letters not in _NO_LETTERS and tokens[-2] not in NUMBER_MARKS:  # nearly all that are left
        return NameKey(letters, number.lstrip("0") or "0")
    return _split(tokens)


def _as_shown(text: str) -> str:
    """Return the name without what steers a terminal, and without what follows the padding of AIS."""
    text = without_escapes(text)
    name = text.partition("@@")[0]
    return name if any(c.isalnum() for c in name) else text


def canonical(text: str) -> NameKey:
    """Return the key of a name: equal for all ways to write one name, never for another number.

    Case, spaces, hyphens, dots, apostrophes and diacritics do not count, nor do prefixes (M/V, MT, the, motor vessel)
    and ship suffixes (HO, 호, 号, 轮) while a name remains. ``NO. 18``, ``#18``, ``018``, ``XVIII`` and ``EIGHTEEN`` at
    the end are 18. Hangul, Hanzi and Cyrillic are read in Latin letters, in the first of their `readings`. Both parts
    are empty where the text holds neither letter nor digit. What steers a terminal is no text.
    """
    text = _as_shown(text)
    if text.isascii():
        return key_of(words(text))
    from vesseltrack.vessels.native import native_readings  # noqa: PLC0415 - it stands on this module

    return key_of(next(native_readings(text)))


def readings(text: str) -> tuple[NameKey, ...]:
    """Return the keys of a name: one for Latin letters and Hangul, several for Hanzi and Cyrillic."""
    text = _as_shown(text)
    if text.isascii():
        return (key_of(words(text)),)
    from vesseltrack.vessels.native import native_readings  # noqa: PLC0415 - it stands on this module

    return tuple(dict.fromkeys(key_of(tokens) for tokens in native_readings(text)))
