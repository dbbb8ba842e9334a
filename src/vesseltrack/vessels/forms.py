"""What becomes of a name on its way: written together, misread by eye or scanner, cut off by a transponder.

Each form is tried only where the name as written is nobody's, and counts only where it is exactly a known name.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from vesseltrack.vessels.names import GLUED_PREFIXES, NUMBER_MARKS, NUMERALS, SUFFIXES, NameKey, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

AIS_NAME_CHARACTERS = 20
"""Length of the name field of AIS message 5 (ITU-R M.1371-5, table 47): a longer name is cut there."""

SHORTEST_CUT = 17
"""Characters that a cut name still has: blanks at the end of the field are not sent."""

CUT_START = 6
"""Letters at the beginning of a cut name that are looked at first."""

_LEAST_LETTERS = 4
"""Letters that must be left when something is taken from a name."""
_LONGEST_NUMERAL = max(map(len, NUMERALS))
_TO_LETTERS = str.maketrans("0158436", "OISBAEG")
_TO_DIGITS = str.maketrans("OILSBZG", "0115826")
_WORD = re.compile("[A-Z0-9]+")
_DIGIT = re.compile("[0-9]")
_NUMBER_AT_END = re.compile("[0-9]+$")
_LONE = frozenset("LSZBG")
"""A letter by itself at the end of a name that may be a digit misread: JON JIN S."""
_MOST_WORDS = 6
_LANDSCAPE = (("RIVER", "GANG"), ("MOUNTAIN", "SAN"), ("PEAK", "BONG"))

_ALL_ENDINGS = (*SUFFIXES, *NUMBER_MARKS, *NUMERALS, *(english for english, _ in _LANDSCAPE))
ENDINGS = tuple(e for e in _ALL_ENDINGS if not any(e != other and e.endswith(other) for other in _ALL_ENDINGS))
"""What a name ends with where one of these forms may apply."""


def written_twice(letters: str) -> bool:
    """Whether a name stands there twice, perhaps in two scripts."""
    half = len(letters) // 2
    return half >= _LEAST_LETTERS and letters[0] == letters[half] and letters[:half] == letters[half:]


def glued(key: NameKey) -> Iterator[tuple[NameKey, str]]:
    """Yield the keys of a name that prefix, suffix or number were written together with, and what was parted."""
    letters, numbers = key
    for suffix in SUFFIXES:
        if letters.endswith(suffix) and len(letters) - len(suffix) >= _LEAST_LETTERS:
            yield NameKey(letters[: -len(suffix)], numbers), f"the suffix {suffix} for a ship taken away"
    for prefix in GLUED_PREFIXES:
        if letters.startswith(prefix) and len(letters) - len(prefix) >= _LEAST_LETTERS:
            yield NameKey(letters[len(prefix) :], numbers), f"the prefix {prefix} taken away"
    if written_twice(letters):
        count = len(numbers.split()) // 2
        yield NameKey(letters[: len(letters) // 2], " ".join(numbers.split()[:count])), "written twice"
    if numbers:
        for mark in NUMBER_MARKS:
            if letters.endswith(mark):
                yield NameKey(letters[: -len(mark)], numbers), f"{mark} before the number taken away"
        return
    for length in range(min(_LONGEST_NUMERAL, len(letters) - _LEAST_LETTERS), 0, -1):
        word = letters[-length:]
        if word in NUMERALS:
            rest = letters[:-length]
            yield NameKey(rest.removesuffix("NO"), NUMERALS[word]), f"{word} at the end read as {NUMERALS[word]}"
            if rest.endswith("NO"):
                yield NameKey(rest, NUMERALS[word]), f"{word} at the end read as {NUMERALS[word]}"


def untranslated(key: NameKey) -> NameKey:
    """Return a key with the Korean word for river, mountain or peak: a newspaper's RYESONG RIVER 1; else itself."""
    for english, korean in _LANDSCAPE:
        if key.letters.endswith(english):
            return NameKey(key.letters.removesuffix(english) + korean, key.numbers)
    return key


def may_be_misread(text: str) -> bool:
    """Whether digits stand among the letters of an ASCII text, so that one may stand for the other."""
    name = text.rstrip("0123456789")
    return (
        (name != text and name[-1:].isalpha())
        or _DIGIT.search(name) is not None
        or (name[-2:-1] == " " and name[-1:].upper() in _LONE)
    )


def misread(text: str) -> Iterator[tuple[NameKey, str]]:
    """Yield the keys of an ASCII name in which 0, 1, 5, 8 ... stand for O, I, S, B ..., or the reverse in a number."""
    words = _WORD.findall(text.upper())
    if len(words) > _MOST_WORDS:
        return
    for chosen in product(*(_readings(word, last=i == len(words) - 1) for i, word in enumerate(words))):
        if list(chosen) != words:
            yield canonical(" ".join(chosen)), f"read as {' '.join(chosen)!r}"


def _readings(word: str, *, last: bool) -> tuple[str, ...]:
    """Return a word as written, and with its digits as letters or its letters as digits."""
    if word.isdecimal():
        return (word, word.translate(_TO_LETTERS)) if not last and len(word) == 1 else (word,)
    if not any(c.isdecimal() for c in word):
        return (word, word.translate(_TO_DIGITS)) if last and word in _LONE else (word,)
    found = [word]
    end = _NUMBER_AT_END.search(word)
    if end is not None and end.start() > 0:
        found.append(f"{word[: end.start()].translate(_TO_LETTERS)} {end[0]}")
    as_letters, as_digits = word.translate(_TO_LETTERS), word.translate(_TO_DIGITS)
    found += [as_letters] if as_letters.isalpha() else []
    found += [as_digits] if as_digits.isdecimal() else []
    return tuple(dict.fromkeys(found))


def cut_off(text: str) -> str:
    """Return letters and digits of a name that may be cut off; empty for one that is too short for it."""
    shown = text.rstrip("@ ")
    return _letters_and_digits(shown) if SHORTEST_CUT <= len(shown) <= AIS_NAME_CHARACTERS else ""


def shown_by_ais(name: str) -> str:
    """Return letters and digits of what a transponder shows of a name longer than its field; empty for others."""
    return _letters_and_digits(name[:AIS_NAME_CHARACTERS]) if len(name) > AIS_NAME_CHARACTERS else ""


def _letters_and_digits(text: str) -> str:
    return "".join(_WORD.findall(text.upper()))
