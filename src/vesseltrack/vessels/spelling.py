"""One slip of the pen: one letter wrong, left out, added, or two neighbours swapped (optimal string alignment 1).

Names that share a string after one letter is left out are compared, nothing else: a look-up costs as many dictionary
accesses as the name has letters, whatever the length of the list, and needs no library to be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 5
"""Letters below which one slip makes another name too often to mean anything (KOTI, KOTA)."""

SHORTEST_SOUND = 6
"""The same for sound keys, which have fewer letters and tell less apart."""


def _shortened(letters: str) -> set[str]:
    found = {letters[:i] + letters[i + 1 :] for i in range(len(letters))}
    found.add(letters)
    return found


class SlipIndex:
    """Words by what is left of each when one letter is left out."""

    def __init__(self, known: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        self._starts: dict[int, set[str]] = {}
        self._ends: dict[int, set[str]] = {}
        for letters in dict.fromkeys(known):
            length = len(letters)
            self._starts.setdefault(length, set()).add(letters[: length // 2])
            self._ends.setdefault(length, set()).add(letters[length // 2 + 1 :])
            for short in _shortened(letters):
                self._words.setdefault(short, []).append(letters)

    def may_hold(self, letters: str) -> bool:
        """Whether `near` may find something: a slip leaves the first or the second half of a word as it was."""
        for length in range(len(letters) - 1, len(letters) + 2):
            starts = self._starts.get(length)
            if starts and (
                letters[: length // 2] in starts or letters[1 + length // 2 - length :] in self._ends[length]
            ):
                return True
        return False

    def near(self, letters: str) -> list[str]:
        """Return the words one slip away, or equal, sorted."""
        if not self.may_hold(letters):
            return []
        shared = self._words.keys() & _shortened(letters)
        found = {known for short in shared for known in self._words[short]}
        return sorted(known for known in found if known == letters or one_slip(letters, known))


def one_slip(left: str, right: str) -> bool:
    """Whether one slip turns one text into the other; false for equal texts."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[:2][::-1])


_MISHEARD = frozenset("OU")
_OPEN = frozenset("AEIOU")


def substituted(left: str, right: str) -> tuple[str, str] | None:
    """Return the one letter in which two texts of one length differ, as (left, right); None for any other slip."""
    if len(left) != len(right):
        return None
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return apart[0] if len(apart) == 1 else None


def of_one_kind(letters: tuple[str, str]) -> bool:
    """Whether both letters are vowels, or both consonants: one in place of the other gives another word."""
    return (letters[0] in _OPEN) == (letters[1] in _OPEN)


def heard_alike(left: str, right: str) -> bool:
    """Whether one slip between two sound keys leaves the syllables: O for U (Kyung), swapped, or lost inside a word.

    Another consonant, a Y more (yong, ong) and another end are other syllables.
    """
    if len(left) == len(right):
        letters = substituted(left, right)
        return letters is None or set(letters) <= _MISHEARD
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    at = next((i for i, letter in enumerate(shorter) if longer[i] != letter), len(shorter))
    return at < len(shorter) and longer[at] != "Y"
