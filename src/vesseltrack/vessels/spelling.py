"""One slip of the pen: one letter wrong, left out, added, or two neighbours swapped (optimal string alignment 1).

Names that share a string after one letter is left out are compared, nothing else: a look-up costs as many dictionary
accesses as the name has letters, whatever the length of the list, and needs no library to be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHORTEST = 6
"""Letters below which one slip makes another name too often to mean anything (KOTI, KOTA)."""


def _shortened(letters: str) -> set[str]:
    return {letters[:i] + letters[i + 1 :] for i in range(len(letters))} | {letters}


def slip_index(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Index letters keys by what is left of each when one letter is left out; short ones are not indexed."""
    index: dict[str, list[str]] = {}
    for letters in dict.fromkeys(names):
        if len(letters) >= SHORTEST:
            for short in _shortened(letters):
                index.setdefault(short, []).append(letters)
    return {short: tuple(found) for short, found in index.items()}


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


def slips(letters: str, index: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the indexed letters keys one slip away, sorted."""
    if len(letters) < SHORTEST:
        return ()
    near = {known for short in _shortened(letters) for known in index.get(short, ())}
    return tuple(sorted(known for known in near if one_slip(letters, known)))
