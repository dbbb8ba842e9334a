"""Flags by meaning: which State's flag a written flag is, and whether two written flags are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from vesseltrack import reference

FLAGS = "flags.csv"
"""The reference file of names, read when the first flag other than the DPRK's is asked for."""

DPRK = "KP"

_NAMES = (
    "DPRK", "D.P.R.K.", "KP", "PRK", "DPR Korea", "Korea DPR", "Korea, D.P.R.K.", "DPRK Korea", "RPDC",
    "North Korea", "North Korean", "Korea North", "N. Korea", "Nordkorea", "Corée du Nord", "Corea del Norte",
    "Corea del Nord",
    "Democratic People's Republic of Korea", "The Democratic People's Republic of Korea",
    "People's Democratic Republic of Korea", "Dem. People's Republic of Korea", "Dem. People's Rep. of Korea",
    "Dem. People's Rep. Korea", "Democratic People's Rep. of Korea",
    "Korea, Dem. People's Rep.", "Korea, Dem. People's Rep. of", "Korea, Dem. People's Republic",
    "Korea, Dem. People's Republic of", "Korea, Democratic People's Rep.", "Korea, Democratic People's Republic",
    "Korea, Democratic People's Republic of", "Korea, the Democratic People's Republic of",
    "북한", "조선", "북조선", "조선민주주의인민공화국", "朝鲜", "朝鮮", "北朝鲜", "北朝鮮", "北韩", "北韓",
    "朝鲜民主主义人民共和国", "朝鮮民主主義人民共和国", "КНДР", "Северная Корея",
    "Корейская Народно-Демократическая Республика",
)  # fmt: skip
"""Ways to write the flag. "Korea" alone is none of them: it is most often the Republic of Korea."""

_NO_FLAG = re.compile(
    r"unknown|stateless|false|fake|fictitious|fraudulent|none|no flag|unflagged|n/a|unidentified|undetermined"
    r"|not (known|available|found|applicable)|unavailable|^\s*(nil|null|tbc|нет)\s*$"
    r"|неизвест|미상|없음|不明|未知|无国籍|^\W*$",
    re.IGNORECASE,
)
"""Texts that name no flag: a ship without one flies none, nor does a ship fly the flag it falsely claims."""

_EMOJI = {0x1F1E6 + i: letter for i, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
"""Two regional indicators make the picture of a flag: the letters of its ISO code."""

_BRACKETS = str.maketrans({"（": "(", "）": ")", "[": "(", "]": ")"})
_SHORT = {"ST": "SAINT", "IS": "ISLANDS", "REP": "REPUBLIC", "FED": "FEDERATED", "DEM": "DEMOCRATIC"}
_FILLERS = frozenset({"THE", "OF", "AND", "FLAG", "FLAGGED"})


class Flag(NamedTuple):
    """A State or territory with a flag of its own."""

    code: str
    """ISO 3166-1 alpha-2."""

    name: str
    parent: str
    """Code of the State that an overseas territory belongs to; empty for a State, and for Hong Kong and Macao."""


def _plain(text: str) -> str:
    """Return text in upper case without diacritics; the picture of a flag as its two letters."""
    if text.isascii():
        return text.upper()
    decomposed = unicodedata.normalize("NFKD", text.translate(_EMOJI))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).upper()


def _letters(text: str) -> str:
    """Upper-case letters without diacritics; everything else is left out."""
    return "".join(c for c in _plain(text) if c.isalpha())


def _key(text: str) -> str:
    """Letters with St, Is, Rep spelled out and without the, of, and, flag: equal for two ways to write one name."""
    words = "".join(c if c.isalpha() or c in "'’`." else " " for c in _plain(text))
    tokens = re.sub(r"['’`]", "", re.sub(r"(?<=\b\w)\.(?=\s?\w\b)", "", words)).replace(".", " ").split()
    if len(tokens) > 1:
        tokens = [_SHORT.get(token, token) for token in tokens if token not in _FILLERS]
    return "".join(tokens)


_DPRK = frozenset(_letters(name) for name in _NAMES)


def is_dprk(text: str) -> bool:
    """Whether a written flag is the DPRK's: DPRK, KP, PRK, ``Korea (North)``, 북한, КНДР ...

    ``Korea`` alone, KR, ROK and South Korea are not. A remark in brackets after the flag is not read:
    ``DPRK (Belize before)`` is, ``Belize (DPRK before)`` is not.
    """
    if not text:
        return False
    if _letters(text) in _DPRK:
        return True
    head = text.replace("（", "(").replace("[", "(").partition("(")[0]
    return head != text and _letters(head) in _DPRK


@cache
def _flags() -> dict[str, Flag]:
    return {row["code"]: Flag(row["code"], row["name"], row["parent"]) for row in reference.rows(FLAGS)}


@cache
def _codes() -> dict[str, str]:
    """Code by the key of every written form."""
    found: dict[str, str] = {}
    for row in reference.rows(FLAGS):
        if row["code"] != DPRK:
            for form in (row["code"], row["alpha3"], row["name"], *row["forms"].split(";")):
                found.setdefault(_key(form), row["code"])
    found.pop("", None)
    return found


@lru_cache(maxsize=4096)
def _known(text: str) -> str:
    """Code of a text without a remark in brackets."""
    return DPRK if _letters(text) in _DPRK else _codes().get(_key(text), "")


def no_flag(text: str) -> bool:
    """Whether a text names no flag: empty, unknown, none, stateless, or a false flag (``false flag Guyana``)."""
    return _NO_FLAG.search(text.translate(_EMOJI)) is not None


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a written flag: code, name in use, Korean, Chinese or Russian name.

    Empty where the flag is not known, where none is meant, and for ``Korea`` alone, which is either. A remark in
    brackets is read where it names a territory of the State before it (``China (Hong Kong)``, ``UK (Bermuda)``).
    """
    if is_dprk(text):
        return DPRK
    if no_flag(text):
        return ""
    if found := _known(text):
        return found
    head, bracket, remark = text.translate(_BRACKETS).partition("(")
    if not bracket:
        return ""
    state, territory = _known(head), _known(remark.partition(")")[0])
    return territory if state and parent(territory) == state else state


def name(flag: str) -> str:
    """Return the English name of a flag by its code (``PA``: Panama); the code itself where it is not known."""
    known = _flags().get(flag)
    return known.name if known is not None else flag


def parent(flag: str) -> str:
    """Return the code of the State that an overseas territory belongs to (``BM``: ``GB``); empty for all others."""
    known = _flags().get(flag)
    return known.parent if known is not None else ""


def same(one: str, other: str) -> bool | None:
    """Whether two written flags are one; None where that cannot be said.

    Two texts that are not known are one where their letters are. Hong Kong is not China, and Bermuda not the United
    Kingdom: each is a register of its own.
    """
    if no_flag(one) or no_flag(other):
        return None
    first, second = code(one), code(other)
    if first and second:
        return first == second
    return True if not first and not second and _letters(one) == _letters(other) else None


def compatible(one: str, other: str) -> bool:
    """Whether two codes can be those of one ship: the same, or an overseas territory and the State it belongs to."""
    return one == other or parent(one) == other or parent(other) == one
