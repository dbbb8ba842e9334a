"""Korean ship names in Latin letters: Hangul spelled out, and one sound key for all ways to romanise a name.

천마산, CHON MA SAN (DPRK), Ch'ŏnmasan (McCune-Reischauer) and Cheonmasan (Revised Romanisation) have one sound key, and
so have 룡림 and its South Korean reading 용림. A sound key holds nothing but letters and is no text to show.

Sources: Hangul syllables are composed arithmetically (The Unicode Standard, section 3.12). DPRK spelling as in the
names of the UN list; McCune-Reischauer (1939) and Revised Romanisation (ROK Ministry of Culture, 2000-8) tables.
"""

from __future__ import annotations

import re
from functools import lru_cache

FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"
_INITIALS = ("K", "KK", "N", "T", "TT", "R", "M", "P", "PP", "S", "SS", "", "J", "JJ", "CH", "KH", "TH", "PH", "H")
_VOWELS = ("A", "AE", "YA", "YAE", "O", "E", "YO", "YE", "O", "WA", "WAE", "OE", "YO",
           "U", "WO", "WE", "WI", "YU", "U", "UI", "I")  # fmt: skip
_FINALS = ("", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P",
           "T", "T", "NG", "T", "T", "K", "T", "P", "T")  # fmt: skip
_VOICED = {"K": "G", "T": "D", "P": "B"}
"""A plain initial inside a word is written as voiced: HAP JANG GANG, CHONG BONG."""


def is_hangul(text: str) -> bool:
    """Whether a text holds a Hangul syllable."""
    return any(FIRST_SYLLABLE <= character <= LAST_SYLLABLE for character in text)


def spelled_out(hangul: str) -> str:
    """Return Hangul syllables as the DPRK romanises them, syllable by syllable and without assimilation.

    Other characters stay as they are.
    """
    letters: list[str] = []
    inside = False
    for character in hangul:
        if not FIRST_SYLLABLE <= character <= LAST_SYLLABLE:
            letters.append(character)
            inside = False
            continue
        initial, rest = divmod(ord(character) - ord(FIRST_SYLLABLE), 588)
        vowel, final = divmod(rest, 28)
        start = _INITIALS[initial]
        letters += (_VOICED.get(start, start) if inside else start, _VOWELS[vowel], _FINALS[final])
        inside = True
    return "".join(letters)


_VOWEL_SPELLINGS = (
    ("YOE", "YO"), ("WE", "E"), ("EO", "O"), ("EU", "U"), ("OU", "O"), ("OO", "U"), ("EE", "I"), ("UI", "I"),
    ("AE", "E"),    ("AI", "E"), ("OE", "E"), ("OI", "E"), ("WU", "U"), ("YI", "I"),
)  # fmt: skip
"""ㅓ eo, o; ㅡ eu, u; ㅜ oo, woo; ㅣ ee, yi; ㅢ ui, ee; ㅐ ae, ai; ㅚ oe, oi: Cheon, Kyoung, Woo, Hee, Baik, Hoi."""

_CONSONANT_SPELLINGS = (
    ("TCH", "C"), ("CH", "C"), ("SH", "S"), ("KH", "K"), ("TH", "T"), ("PH", "P"),
)  # fmt: skip
"""Aspirated and plain initials are one class."""

_SPELLINGS = _VOWEL_SPELLINGS + _CONSONANT_SPELLINGS
_CLASSES = str.maketrans("GDBJL", "KTPCR")

_MEETING = (
    ("RYUR", "YUR"), ("RYOR", "YOR"),
    ("KK", "K"), ("TT", "T"), ("PP", "P"), ("CC", "C"), ("SS", "S"), ("NR", "R"), ("RN", "R"), ("RR", "R"),
    ("NN", "N"), ("MM", "M"), ("AA", "A"), ("OO", "O"), ("UU", "U"), ("II", "I"), ("YUQ", "YOQ"),
    ("KM", "QM"), ("KN", "QN"), ("KR", "QN"), ("QR", "QN"), ("PM", "M"), ("PN", "MN"), ("PR", "MN"), ("MR", "MN"),
)  # fmt: skip
"""률 and 렬, which the South reads 율 and 열; doubled letters; and how a final sounds before the next initial: Baekma
is Baengma, Chonri is Cholli. ``Q`` is ng, and n before g, which is read alike."""

_SYLLABLES = re.compile(
    "(?:(?:CH|[KTP]H|SH|KK|TT|PP|SS|JJ|[KGTDPBJSNMRLH])?"
    "(?:Y?EO|Y?AE|W?AE|OU|OO|EE|AI|EU|UI|OE|OI|W[AIOE]|WU|WOO|WEO|Y[AOUEI]|[AEIOU])(?:NG|[NMKGTLRPB])?)+"
)
_U_FOR_O = re.compile("(?<=[CS])U(?=Q)|(?<=C)U(?=N)")
_FOREIGN = re.compile("[FVXZQ]|ST|SK|SP|TR|C[AEIOUKLRT]")
_STRENGTH = re.compile("CH|KH|TH|PH|[JGDBKTP]")
_PLAIN_AND_ASPIRATED = frozenset({("J", "CH"), ("G", "KH"), ("D", "TH"), ("B", "PH")})


def readable(letters: str) -> bool:
    """Whether a letters key can be read as Korean syllables in some romanisation: CHONMASAN, not NEWREGENT."""
    return _SYLLABLES.fullmatch(letters) is not None


def surely_foreign(letters: str) -> bool:
    """Whether no romanisation of Korean can give these letters."""
    return _FOREIGN.search(letters) is not None


@lru_cache(maxsize=4096)
def spelled_alike(letters: str) -> str:
    """Return letters with one spelling for each vowel and each class of consonants, and every letter in its place.

    A slip of the pen in any romanisation is one slip here, while in the sound key it may be two.
    """
    for written, heard in _SPELLINGS:
        if written in letters:  # twice as quick as replacing what is not there
            letters = letters.replace(written, heard)
    return letters.translate(_CLASSES)


@lru_cache(maxsize=4096)
def sound(letters: str, *, initial: bool = True) -> str:
    """Return the sound key of a letters key; what is not Latin stays as it is.

    With ``initial`` the first sound is as South Koreans read it: 룡 as yong, 락 as nak, 녕 as yong.
    """
    letters = spelled_alike(letters).replace("NK", "Q")
    for written, heard in _MEETING:
        if written in letters:
            letters = letters.replace(written, heard)
    return first_sound(letters) if initial else letters


def as_in_the_press(heard: str) -> str:
    """Return a sound key with ㅓ where the press writes u for it: Jung, Sung, Chung and Chun are 정, 성, 청 and 천."""
    return _U_FOR_O.sub("O", heard)


def first_sound(heard: str) -> str:
    """Return a sound key with its first sound as South Koreans read it."""
    if heard[:1] not in ("R", "N"):
        return heard
    return heard[1:] if heard[1:2] in ("Y", "I") else "N" + heard[1:]


def clash(seen: str, known: str) -> str:
    """Return why two names of one sound key may still differ: a plain consonant against an aspirated one; else empty.

    J is never ㅊ and G never ㅋ in any romanisation, while CH may be ㅈ (McCune-Reischauer without its apostrophe).
    """
    for one, other in zip(_STRENGTH.findall(seen), _STRENGTH.findall(known), strict=False):
        if (one, other) in _PLAIN_AND_ASPIRATED or (one != "CH" and (other, one) in _PLAIN_AND_ASPIRATED):
            return f"{one} and {other}"
    return ""
