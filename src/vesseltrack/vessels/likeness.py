"""Which register ships a written name may mean, and how it is like their names.

Tried in this order, until something is found: the name itself; another romanisation, the name written together with
prefix, suffix or number, misread digits, a name cut off by AIS; a number on one side only; one slip of the pen. A name
that is exactly a known ship's is that ship's, however near it lies to another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from vesseltrack.vessels import loans
from vesseltrack.vessels.forms import (
    CUT_START,
    ENDINGS,
    SHORTEST_CUT,
    cut_off,
    glued,
    may_be_misread,
    misread,
    untranslated,
    written_twice,
)
from vesseltrack.vessels.korean import (
    as_in_the_press,
    clash,
    first_sound,
    is_hangul,
    readable,
    sound,
    spelled_alike,
    surely_foreign,
)
from vesseltrack.vessels.names import GLUED_PREFIXES, NameKey, readings
from vesseltrack.vessels.spelling import SHORTEST, of_one_kind, substituted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.vessels.known_names import KnownName, NameIndex

_NUMBER_UNSURE = re.compile(r"(?:^|[^A-Za-z])[OILS]+[0-9]", re.IGNORECASE)
"""``SAM JONG I2``: whether the number is 2 or 12 cannot be told, so nothing is forgiven."""

LONGEST_SHORT = 6
"""Letters up to which a name is short: one letter more or less makes another word (YU SON, YU SIN)."""
_DOUBLED = re.compile(r"(.)\1")

How = Literal["exact", "sound", "form", "slip", "word", "clash", "number"]


class Likeness(NamedTuple):
    """One known name that a written name may be."""

    known: KnownName
    how: How
    """``exact``: the same canonical key. ``sound``: another romanisation. ``form``: written together, misread or cut
    off. ``slip``: one slip of the pen. ``word``: one slip that gives another short name. ``clash``: another
    romanisation, but a plain consonant against an aspirated one, or a word that may be Chinese. ``number``: a number
    on one side only."""

    why: str
    """What was done to the written name; empty where nothing was."""


def likenesses(index: NameIndex, name: str, key: NameKey | None = None) -> tuple[Likeness, ...]:
    """Return the known names that a written name may be; those of the surest kind only.

    Args:
        index: the names known.
        name: one ship's name as written.
        key: its key, where it is known already and the name is ASCII.
    """
    if key is not None:
        if exact := index.by_key.get(key):
            return tuple(Likeness(known, "exact", "") for known in exact)
        if _like_nothing(index, name, key):
            return ()
        keys: tuple[NameKey, ...] = (key,)
    else:
        keys = readings(name)
        borne = [
            Likeness(known, "exact", f"read as {read}" if i else "")
            for i, read in enumerate(keys)
            for known in index.by_key.get(read, ())
        ]
        if borne:
            return tuple(borne)
    found: list[Likeness] = []
    for read in keys:
        found += _sounding(index, name, read)
    found += _other_form(index, name, keys)
    if not found:
        for read in keys:
            found += _number_on_one_side(index, read)
    if not found and name.isascii():
        found += _slipped(index, name, keys[0])
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _like_nothing(index: NameIndex, name: str, key: NameKey) -> bool:
    """Whether a name in Latin letters, which is nobody's, is surely like nobody's either: true of most of the world."""
    letters = key.letters
    if (
        letters in index.by_letters
        or letters.endswith(ENDINGS)
        or letters.startswith(GLUED_PREFIXES)
        or letters[: len(letters) // 2] == letters[len(letters) // 2 :]
        or (not name.isalpha() and may_be_misread(name))
        or (len(name) >= SHORTEST_CUT and letters[:CUT_START] in index.cut_starts)
    ):
        return False
    if index.may_slip(key):
        return False
    if surely_foreign(letters):
        return True
    heard = sound(letters, initial=False)
    if first_sound(heard) in index.by_sound:
        return False
    return "U" not in heard or first_sound(as_in_the_press(heard)) not in index.by_sound


def _sounding(index: NameIndex, name: str, read: NameKey) -> Iterator[Likeness]:
    """Names that sound alike in some romanisation, or that Hangul writes so."""
    if surely_foreign(read.letters):
        return
    spoken = sound(read.letters, initial=False)
    yield from _romanised(index, name, read, first_sound(spoken))
    if "U" in spoken and (press := as_in_the_press(spoken)) != spoken:
        yield from _romanised(index, name, read, first_sound(press))
    if is_hangul(name):
        yield from _loan_word(index, read)


def _romanised(index: NameIndex, name: str, read: NameKey, spoken: str) -> Iterator[Likeness]:
    """Names that sound alike; short ones only where another script was read, for Latin letters say more there."""
    known_sounds = index.by_sound.get(spoken, ())
    if not known_sounds or not readable(read.letters):
        return
    foreign = not name.isascii()
    for known in known_sounds:
        near = known.key
        if near.numbers != read.numbers or not (foreign or len(near.letters) >= SHORTEST):
            continue
        differs = "" if foreign and not is_hangul(name) else clash(read.letters, near.letters)
        if differs:
            yield Likeness(known, "clash", f"{differs} are different sounds")
        elif not foreign and not known.korean:
            yield Likeness(known, "clash", "the name may be Chinese, in which they are different sounds")
        else:
            yield Likeness(known, "sound", f"read as {read}" if foreign else "")


def _loan_word(index: NameIndex, read: NameKey) -> Iterator[Likeness]:
    """Chinese and other foreign names as Hangul writes them; few consonants alone prove little."""
    for known in index.by_loan.get(loans.heard_in_hangul(read.letters), ()):
        if known.key.numbers == read.numbers:
            yield Likeness(known, "sound", "as Hangul writes Chinese")
    kept = loans.consonants_of_hangul(read.letters)
    for known in index.by_consonants.get(kept, ()):
        if known.key.numbers == read.numbers:
            many = len(kept) >= loans.MANY_CONSONANTS or (read.numbers and len(kept) >= loans.LEAST_CONSONANTS)
            yield Likeness(known, "sound" if many else "word", f"the consonants {kept}, as Hangul writes foreign names")


def _number_on_one_side(index: NameIndex, read: NameKey) -> Iterator[Likeness]:
    sounding = () if surely_foreign(read.letters) else index.by_sound.get(sound(read.letters), ())
    alike = (*index.by_letters.get(read.letters, ()), *sounding)
    for known in alike:
        near = known.key
        if bool(near.numbers) != bool(read.numbers) and (near.letters == read.letters or len(near.letters) >= SHORTEST):
            yield Likeness(known, "number", "")


def _slipped(index: NameIndex, name: str, read: NameKey) -> Iterator[Likeness]:
    """One slip of the pen; where a short name becomes another that can be read, it is as likely another ship."""
    for known in index.slips(read, spelled_alike(read.letters)):
        if _NUMBER_UNSURE.search(name):
            return
        letters = known.key.letters
        short = len(letters) <= LONGEST_SHORT and not _no_word(read.letters, letters)
        yield Likeness(known, "word" if short else "slip", "")


def _no_word(seen: str, known: str) -> bool:
    """Whether a slip gives what nobody would name a ship: no syllables, a letter doubled, or two swapped."""
    if len(seen) == len(known):
        letters = substituted(seen, known)
        return letters is None or not of_one_kind(letters)
    doubled = len(seen) > len(known) and _DOUBLED.search(seen) is not None and not _DOUBLED.search(known)
    return doubled or not readable(seen)


def _other_form(index: NameIndex, name: str, keys: tuple[NameKey, ...]) -> Iterator[Likeness]:
    """Names written together, misread, or cut off; the marks of each are looked for first, since few names bear one."""
    forms: list[tuple[NameKey, str]] = []
    for read in keys:
        letters = read.letters
        if letters.endswith(ENDINGS) or letters.startswith(GLUED_PREFIXES) or written_twice(letters):
            forms += glued(read)
            for known in index.by_key.get(untranslated(read), ()):
                yield Likeness(known, "word", "river, mountain or peak translated")
    ascii_name = name.isascii()
    if ascii_name and may_be_misread(name):
        forms += misread(name)
    for form, why in forms:
        for known in index.by_key.get(form, ()):
            yield Likeness(known, "form", why)
        if readable(form.letters):
            for known in index.by_sound.get(sound(form.letters), ()):
                near = known.key
                if near.numbers == form.numbers and near != form and len(near.letters) >= SHORTEST:
                    yield Likeness(known, "form", why)
    if ascii_name and len(name) >= SHORTEST_CUT:
        for known in index.by_cut.get(cut_off(name), ()):
            yield Likeness(known, "form", "cut off after 20 characters, as AIS does")
