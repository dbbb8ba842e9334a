"""Foreign ship names in Hangul: Chinese ones by the loan-word rules, others by their consonants.

The Korean press writes HAO FAN 하오판 and NEW REGENT 뉴 리젠트. Chinese names are turned into Hangul spelling syllable
by syllable (National Institute of Korean Language, table for Chinese); of other names the consonants are compared:
Hangul adds vowels between them, has no F, V or Z, and leaves out R at the end of a syllable.
"""

from __future__ import annotations

import re
from functools import cache

from vesseltrack.vessels.korean import sound
from vesseltrack.vessels.names import NUMBER_MARKS

LEAST_CONSONANTS = 3
"""Consonants below which they say nothing."""

MANY_CONSONANTS = 5
"""Consonants that tell a name without a number apart from others; fewer are a review."""

_INITIALS = {
    "ZH": "J", "CH": "CH", "SH": "S", "B": "B", "P": "PH", "M": "M", "F": "PH", "D": "D", "T": "TH", "N": "N",
    "L": "R", "G": "G", "K": "KH", "H": "H", "J": "J", "Q": "CH", "X": "S", "R": "R", "Z": "J", "C": "CH", "S": "S",
    "": "",
}  # fmt: skip
_FINALS = {
    "A": "A", "AI": "AI", "AN": "AN", "ANG": "ANG", "AO": "AO", "E": "O", "EI": "EI", "EN": "ON", "ENG": "ONG",
    "ER": "OL", "I": "I", "IA": "YA", "IAN": "EN", "IANG": "YANG", "IAO": "YAO", "IE": "IE", "IN": "IN", "ING": "ING",
    "IONG": "YUNG", "IU": "YU", "O": "O", "ONG": "UNG", "OU": "OU", "U": "U", "UA": "WA", "UAI": "WAI", "UAN": "WAN",
    "UANG": "WANG", "UI": "UI", "UN": "UN", "UO": "WO", "UE": "WE", "V": "WI",
    "YA": "YA", "YAN": "YEN", "YANG": "YANG", "YAO": "YAO", "YE": "YE", "YI": "I", "YIN": "IN", "YING": "ING",
    "YONG": "YUNG", "YOU": "YU", "YU": "WI", "YUAN": "WIAN", "YUE": "WE", "YUN": "WIN",
    "WA": "WA", "WAI": "WAI", "WAN": "WAN", "WANG": "WANG", "WEI": "WEI", "WEN": "WON", "WENG": "WONG", "WO": "WO",
    "WU": "U",
}  # fmt: skip
_OPEN_FINALS = "A|AI|AN|ANG|AO|E|EI|EN|ENG|ONG|OU|U|UA|UAI|UAN|UANG|UI|UN|UO"
_ALLOWED = (
    ("[BPMF]", "A|AI|AN|ANG|AO|EI|EN|ENG|I|IAN|IAO|IE|IN|ING|O|OU|U"),
    ("[DTNL]", "A|AI|AN|ANG|AO|E|EI|EN|ENG|I|IA|IAN|IANG|IAO|IE|IN|ING|IU|ONG|OU|U|UAN|UE|UI|UN|UO|V"),
    ("[GKH]", _OPEN_FINALS),
    ("[JQX]", "I|IA|IAN|IANG|IAO|IE|IN|ING|IONG|IU|U|UAN|UE|UN"),
    ("ZH|CH|SH|[RZCS]", f"{_OPEN_FINALS}|I"),
    ("", "A|AI|AN|ANG|AO|E|EN|ER|O|OU|" + "|".join(final for final in _FINALS if final[0] in "YW")),
)
"""Which finals follow which initials in pinyin; the many that never do tell a Korean name (JANG, BONG, SIN, DO)."""
_PARTS = re.compile(f"({'|'.join(sorted(filter(None, _INITIALS), key=len, reverse=True))}|)(.+)")


@cache
def _syllables() -> re.Pattern[str]:
    """Return a syllable of pinyin."""
    return re.compile(
        "|".join(
            f"(?:{initial})(?:{'|'.join(sorted(finals.split('|'), key=len, reverse=True))})"
            for initial, finals in _ALLOWED
        )
    )


_WORD = re.compile("[A-Z]+")


def chinese(name: str) -> str:
    """Return the sound key of a pinyin name as Hangul writes it; empty for a name that is not pinyin throughout.

    The name is read word by word, since pinyin without its spaces is not unique.
    """
    letters: list[str] = []
    for word in _WORD.findall(name.upper()):
        at = 0
        while at < len(word):
            syllable = _syllables().match(word, at)
            if syllable is None or (at and syllable[0][0] in "AEO"):  # inside a word an apostrophe would part them
                return ""
            parts = _PARTS.fullmatch(syllable[0])
            letters.append("" if parts is None else _INITIALS[parts[1]] + _FINALS[parts[2]])
            at = syllable.end()
    return heard_in_hangul("".join(letters))


def heard_in_hangul(letters: str) -> str:
    """Return the sound key under which `chinese` finds a name spelled out from Hangul: 슌 is 순."""
    heard = sound(letters, initial=False)
    return heard.replace("SY", "S").replace("CY", "C")


_ENGLISH = (
    ("DGE", "J"), ("GHT", "T"), ("GH", ""), ("GE", "JE"), ("GI", "JI"), ("CE", "SE"), ("CI", "SI"), ("CK", "K"),
    ("TIO", "SO"), ("SIO", "SO"), ("TH", "S"), ("PH", "P"), ("SH", "S"), ("QU", "K"), ("X", "KS"), ("TCH", "CH"),
)  # fmt: skip
_HANGUL = (("KH", "K"), ("TH", "T"), ("PH", "P"), ("CH", "J"), ("TJ", "J"))
_SAME = str.maketrans("VFBDGLZC", "PPPTKRJK")
_SILENT = re.compile("[AEIOUYWH]")
_R_AT_END = re.compile("R(?![AEIOUY])")
_SILENT_E = re.compile(r"(?<=[A-Z]{2}[^AEIOU])E$")
_REPEATED = re.compile(r"(.)\1+")


def consonants(name: str) -> str:
    """Return the consonants of an English or other name as Hangul would keep them."""
    return _skeleton("".join(_word_in_hangul(word) for word in _WORD.findall(name.upper())))


def _word_in_hangul(word: str) -> str:
    if word in NUMBER_MARKS:
        return ""
    word = _REPEATED.sub(r"\1", word)
    for written, heard in _ENGLISH:
        word = word.replace(written, heard)
    word = _SILENT_E.sub("", word).replace("CH", "J").replace("NG", "QK").replace("NK", "QK")
    return _R_AT_END.sub("", word.removesuffix("K") if word.endswith("QK") else word)


def consonants_of_hangul(letters: str) -> str:
    """Return the consonants of a name spelled out from Hangul."""
    for written, heard in _HANGUL:
        letters = letters.replace(written, heard)
    return _skeleton(letters.replace("NG", "Q").replace("LR", "R"))


def _skeleton(letters: str) -> str:
    return _SILENT.sub("", letters.translate(_SAME))
