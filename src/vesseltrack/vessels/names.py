"""Ship names in one canonical form: a letters key and a numbers key.

``M/T Chon-ma san``, ``CHONMASAN`` and ``CHON MA SAN HO`` are one name; SAM JONG II is SAM JONG 2 and never SAM JONG 1.
What a cell says beside a name (``ex``, ``a.k.a.``, a second ship) is read in `vesseltrack.vessels.cells`.
"""

from __future__ import annotations

import re
import unicodedata
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

_APOSTROPHES = "'`´’‘ʼʻ′"
_ASCII: dict[int, str | None] = {
    code: chr(code).upper() if chr(code).isalnum() else None if chr(code) in _APOSTROPHES else " "
    for code in range(128)
}
_UNDECOMPOSED = str.maketrans(
    {"Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Ħ": "H", "Æ": "AE", "Œ": "OE", "Þ": "TH", "°": "O", "№": "NO"}
    | dict.fromkeys(_APOSTROPHES, "")
)
_TOKEN = re.compile(r"[0-9]+|[^0-9 ]+")

_PREFIX_WORDS = frozenset(
    {"MV", "MT", "MS", "SS", "FV", "MTV", "LPGC", "LNGC", "THE", "VESSEL", "TANKER", "SHIP"}
)  # fmt: skip
_PREFIX_PAIRS = frozenset(
    {
        ("M", "V"), ("M", "T"), ("M", "S"), ("S", "S"), ("F", "V"), ("LPG", "C"), ("LNG", "C"), ("M", "TANKER"),
        ("MOTOR", "VESSEL"), ("MOTOR", "TANKER"), ("MOTOR", "SHIP"), ("OIL", "TANKER"), ("LPG", "TANKER"),
    }
)  # fmt: skip
_PREFIX_STARTS = _PREFIX_WORDS | {first for first, _ in _PREFIX_PAIRS}

_NUMBER_MARKS = frozenset({"NO", "NR", "NUM", "NUMBER"})
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
          "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")  # fmt: skip
_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE", "THIRTEEN",
          "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN", "TWENTY")  # fmt: skip
_NUMERALS = {word: str(n) for words in (_ROMAN, _WORDS) for n, word in enumerate(words, start=1)}
"""Read as a number only where they are the last word of a name."""

_SUFFIX = "HO"
"""Korean "ship", romanised; also a syllable of names, so it is taken away only after four letters or a number."""
_SUFFIX_AFTER_NUMBER = frozenset({"HO", "HAO", "호", "号", "號", "轮", "輪"})
_SUFFIX_CHARACTERS = ("호", "号", "號", "轮", "輪")
_LETTERS_BEFORE_SUFFIX = 4
_CHARACTERS_BEFORE_SUFFIX = 2


_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-9:;<=>?]*[@-~]?"  # colour, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # window title; one without an end hides nothing
    r"|\x1b[()][0AB]|\x1b[@-_]?"
)


def without_escapes(text: str) -> str:
    """Return text without the sequences that steer a terminal, so that a coloured name is the name."""
    if "\x1b" in text or "\x9b" in text or "\x9d" in text:
        return _ESCAPE.sub("", text)
    return text


def _spread(text: str) -> str:
    """Return text outside ASCII as upper-case letters, ASCII digits and spaces: no diacritics, no full-width forms."""
    upper = unicodedata.normalize("NFKC", text.translate(_UNDECOMPOSED)).upper().translate(_UNDECOMPOSED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", upper) if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    composed = unicodedata.normalize("NFC", bare)
    return "".join(
        c if c.isalpha() else str(unicodedata.digit(c)) if c.isdecimal() else _ASCII.get(ord(c), " ") or ""
        for c in composed
    )


def _without_prefix(tokens: list[str]) -> list[str]:
    """Take away M/V, the tanker ... as long as a name remains."""
    start, count = 0, len(tokens)
    while count - start > 1:
        if tokens[start] in _PREFIX_WORDS:
            start += 1
        elif count - start > 2 and (tokens[start], tokens[start + 1]) in _PREFIX_PAIRS:
            start += 2
        else:
            break
    return tokens[start:]


def _without_suffix(tokens: list[str]) -> list[str]:
    """Take away the ship suffix: CHON MA SAN HO, 신평 5호, 金星号."""
    while len(tokens) > 1:
        numbered = tokens[-2].isdecimal() and tokens[-1] in _SUFFIX_AFTER_NUMBER
        if not (numbered or (tokens[-1] == _SUFFIX and sum(map(len, tokens[:-1])) >= _LETTERS_BEFORE_SUFFIX)):
            break
        tokens = tokens[:-1]
    if tokens[-1].endswith(_SUFFIX_CHARACTERS):
        letters = "".join(token for token in tokens if not token.isdecimal())
        while len(letters) > _CHARACTERS_BEFORE_SUFFIX and letters.endswith(_SUFFIX_CHARACTERS):
            letters = letters[:-1]
        tokens = [letters, *(token for token in tokens if token.isdecimal())]
    return tokens


def _split(tokens: list[str]) -> NameKey:
    """Part letters from numbers; drop ``NO.`` before a number."""
    letters: list[str] = []
    numbers: list[str] = []
    for token in tokens:
        if token.isdecimal():
            if letters and letters[-1] in _NUMBER_MARKS:
                letters.pop()
            numbers.append(token.lstrip("0") or "0")
        else:
            letters.append(token)
    joined = "".join(letters)
    if joined in _PREFIX_WORDS or joined in _NUMBER_MARKS:
        joined = ""
    return NameKey(joined, " ".join(numbers))


def canonical(text: str) -> NameKey:
    """Return the key of a name: equal for all ways to write one name, never for another number.

    Case, spaces, hyphens, dots, apostrophes and diacritics do not count, nor do prefixes (M/V, MT, the, motor vessel)
    and ship suffixes (HO, 호, 号, 轮) while a name remains. ``NO. 18``, ``#18``, ``018``, ``XVIII`` and ``EIGHTEEN`` at
    the end are 18. Both parts are empty where the text holds neither letter nor digit. What steers a terminal is
    no text.
    """
    text = without_escapes(text)
    tokens: list[str] = _TOKEN.findall(text.translate(_ASCII) if text.isascii() else _spread(text))
    if not tokens:
        return _EMPTY
    if len(tokens) > 1 and tokens[0] in _PREFIX_STARTS:
        tokens = _without_prefix(tokens)
    last = tokens[-1]
    if last == _SUFFIX or last in _SUFFIX_AFTER_NUMBER or last.endswith(_SUFFIX_CHARACTERS):
        tokens = _without_suffix(tokens)
        last = tokens[-1]
    if last in _NUMERALS and len(tokens) > 1:
        tokens[-1] = _NUMERALS[last]
    joined = "".join(tokens)
    if joined.isalpha():
        return NameKey(joined, "")
    return _split(tokens)
