"""Ship names in one canonical form: a letters key and a numbers key.

``M/T Chon-ma san``, ``CHONMASAN`` and ``천마산호`` are one name; SAM JONG II is SAM JONG 2 and never SAM JONG 1.
What a cell says beside a name (``ex``, ``a.k.a.``, a second ship) is read in `vesseltrack.vessels.cells`, other scripts
in `vesseltrack.vessels.scripts`, and how a key may be misspelled in `vesseltrack.vessels.register`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from vesseltrack.vessels.korean import spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    | dict.fromkeys("\ue000\ue001", " ")
)
_KEPT = {ord("Ё"): "\ue000", ord("Й"): "\ue001"}
_GIVEN_BACK = {0xE000: "Ё", 0xE001: "Й"}
"""Letters of their own whose marks are no diacritics."""
_TOKEN = re.compile(r"[0-9]+|[^0-9 ]+")
_NATIVE_TOKEN = re.compile(r"[0-9]+|[A-Z]+|[^0-9A-Z ]+")

_PREFIX_WORDS = frozenset(
    {"MV", "MT", "MS", "SS", "FV", "MTV", "LPGC", "LNGC", "THE", "VESSEL", "TANKER", "SHIP", "DPRK"}
    | {"ТАНКЕР", "СУДНО", "ТЕПЛОХОД", "ТХ", "КОРАБЛЬ", "ТАНКЕРА", "СУДНА"}
    | {"유조선", "화물선", "선박", "북한", "油轮", "油輪", "货轮", "貨輪", "油船", "货船", "朝鲜", "朝鮮"}
)  # fmt: skip
_PREFIX_PAIRS = frozenset(
    {
        ("M", "V"), ("M", "T"), ("M", "S"), ("S", "S"), ("F", "V"), ("LPG", "C"), ("LNG", "C"), ("M", "TANKER"),
        ("MOTOR", "VESSEL"), ("MOTOR", "TANKER"), ("MOTOR", "SHIP"), ("OIL", "TANKER"), ("LPG", "TANKER"),
        ("DPRK", "FLAGGED"), ("NORTH", "KOREAN"), ("N", "KOREAN"), ("CARGO", "VESSEL"), ("CARGO", "SHIP"), ("Т", "Х"),
        ("PRODUCT", "TANKER"), ("CHEMICAL", "TANKER"), ("FUEL", "TANKER"), ("BULK", "CARRIER"), ("FISHING", "VESSEL"),
    }
)  # fmt: skip
_PREFIX_STARTS = _PREFIX_WORDS | {first for first, _ in _PREFIX_PAIRS}
_FLAGGED = "FLAGGED"
"""The word after a flag before a name: Panama-flagged KOTI."""

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
SUFFIXES = ("HAO", "HO", "LUN")
"""Korean and Chinese "ship" (号, 轮) as they are found written together with a name."""

_SUFFIX_AFTER_NUMBER = frozenset({"HO", "HAO"})
_LETTERS_BEFORE_SUFFIX = 4
_LAST_WORDS = _SUFFIX_AFTER_NUMBER | NUMERALS.keys()
_NO_LETTERS = _PREFIX_WORDS | NUMBER_MARKS
"""Words that are no name even beside a number: TANKER 7, NO. 5."""

_SHIP_CHARACTERS = "호号號轮輪"
_NATIVE_SUFFIX = re.compile(
    f"(?<=[^\\s{_SHIP_CHARACTERS}]{{2}})[{_SHIP_CHARACTERS}]+ *$|(?<=[0-9])[ -]*[{_SHIP_CHARACTERS}] *"
)
_HAN_DIGITS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_HAN_NUMBER = re.compile(
    "(?:(?<=第)|(?<=[\u3400-\u9fff]{2})|(?<=[A-Z] )|(?<=[A-Z]))([〇零一二三四五六七八九十]+)(?= *[号號호]| *$)"
    "|([〇零一二三四五六七八九十]+)(?= *[号號호])"
)
"""A number in Hanzi: after two characters of a name, after Latin letters, or before 号."""
_NATIVE_PREFIX = re.compile("^ *(?:북한 *)?(?:유조선|화물선|油轮|油輪|货轮|貨輪|油船|货船)(?=[^ ]{2})")
_OTHER_SCRIPTS = re.compile("[\u3400-\u9fff\uf900-\ufaff\u0400-\u04ff]")
"""Hanzi and Cyrillic."""
_ORDINAL = re.compile("[第제](?= *[0-9])")


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


def _spread(text: str) -> str:
    """Return text outside ASCII as upper-case letters, ASCII digits and spaces: no diacritics, no full-width forms."""
    upper = unicodedata.normalize("NFKC", text.translate(_UNDECOMPOSED)).upper().translate(_UNDECOMPOSED)
    kept = upper.translate(_KEPT)
    bare = "".join(c for c in unicodedata.normalize("NFKD", kept) if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    composed = unicodedata.normalize("NFC", bare).translate(_GIVEN_BACK)
    return "".join(
        c if c.isalpha() else str(unicodedata.digit(c)) if c.isdecimal() else _ASCII.get(ord(c), " ") or ""
        for c in composed
    )


def _without_prefix(tokens: list[str]) -> list[str]:
    """Take away M/V, the tanker ... as long as a name remains."""
    start, count = 0, len(tokens)
    while count - start > 1:
        two = count - start > 2
        if two and ((tokens[start], tokens[start + 1]) in _PREFIX_PAIRS or tokens[start + 1] == _FLAGGED):
            start += 2
        elif tokens[start] in _PREFIX_WORDS:
            start += 1
        else:
            break
    return tokens[start:]


def _without_suffix(tokens: list[str]) -> list[str]:
    """Take away the romanised ship suffix: CHON MA SAN HO, SAM JONG 2 HO."""
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
    tokens = text.translate(_ASCII).split()
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
            tokens = _without_prefix(tokens)
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


def _han_number(match: re.Match[str]) -> str:
    """Read 六, 十八 or 一二 as digits."""
    tens, ten, ones = (match[1] or match[2]).partition("十")
    if not ten:
        return f" {''.join(str(_HAN_DIGITS[digit]) for digit in tens)} "
    return f" {_HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)} "


def _native_tokens(text: str) -> list[str]:
    """Return the words and numbers of a name outside ASCII, without what says "ship" or "number" in its script."""
    spread = _HAN_NUMBER.sub(_han_number, _spread(text))
    spread = _NATIVE_SUFFIX.sub("", _ORDINAL.sub("", _NATIVE_PREFIX.sub("", spread)).strip())
    return _without_prefix(_NATIVE_TOKEN.findall(spread))


def _native_readings(text: str) -> Iterable[list[str]]:
    """Return the words of a name outside ASCII as they are read in Latin letters, the usual reading first."""
    tokens = [spelled_out(token) for token in _native_tokens(text)]
    if not any(_OTHER_SCRIPTS.search(token) for token in tokens):
        return (tokens,)
    from vesseltrack.vessels.scripts import readings_of  # noqa: PLC0415 - most names have none, and it takes long

    return readings_of(tokens)


def canonical(text: str) -> NameKey:
    """Return the key of a name: equal for all ways to write one name, never for another number.

    Case, spaces, hyphens, dots, apostrophes and diacritics do not count, nor do prefixes (M/V, MT, the, motor vessel)
    and ship suffixes (HO, 호, 号, 轮) while a name remains. ``NO. 18``, ``#18``, ``018``, ``XVIII`` and ``EIGHTEEN`` at
    the end are 18. Hangul, Hanzi and Cyrillic are read in Latin letters, in the first of their `readings`. Both parts
    are empty where the text holds neither letter nor digit. What steers a terminal is no text.
    """
    text = without_escapes(text)
    if text.isascii():
        return key_of(words(text))
    return key_of(next(iter(_native_readings(text))))


def readings(text: str) -> tuple[NameKey, ...]:
    """Return the keys of a name: one for Latin letters and Hangul, several for Hanzi and Cyrillic."""
    text = without_escapes(text)
    if text.isascii():
        return (key_of(words(text)),)
    return tuple(dict.fromkeys(key_of(tokens) for tokens in _native_readings(text)))
