"""Ship names outside ASCII: brought to words and numbers, and read in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from vesseltrack.vessels.korean import spelled_out
from vesseltrack.vessels.names import APOSTROPHES, ASCII, without_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNDECOMPOSED = str.maketrans(
    {"Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Ħ": "H", "Æ": "AE", "Œ": "OE", "Þ": "TH", "°": "O", "№": "NO"}
    | dict.fromkeys(APOSTROPHES, "")
    | dict.fromkeys("\ue000\ue001", " ")
)
_KEPT = {ord("Ё"): "\ue000", ord("Й"): "\ue001"}
_GIVEN_BACK = {0xE000: "Ё", 0xE001: "Й"}
"""Letters of their own whose marks are no diacritics."""
_VOICING = "\u3099\u309a"
"""Marks that make another kana."""
_TOKEN = re.compile(r"[0-9]+|[A-Z]+|[^0-9A-Z ]+")

_SHIP_CHARACTERS = "호号號轮輪"
_NATIVE_SUFFIX = re.compile(
    f"(?<=[^\\s{_SHIP_CHARACTERS}]{{2}})[{_SHIP_CHARACTERS}]+ *$|(?<=[0-9])[ -]*[{_SHIP_CHARACTERS}] *"
)
_HAN_DIGITS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_NATIVE_PREFIX = re.compile(
    "^ *(?:북한 *|朝鲜籍? *|朝鮮籍? *)?"
    "(?:유조선|화물선|기름배|짐배|무역선|油轮|油輪|货轮|貨輪|油船|货船|貨物船|タンカー)?(?=[^ ]{2})"
)
_OTHER_SCRIPTS = (("\u0370", "\u04ff"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
"""Greek and Cyrillic, kana, Hanzi."""
_ORDINAL = re.compile("[第제](?= *[0-9])")
_NUMERALS = frozenset("〇零一二三四五六七八九十")
_HANGUL_DIGITS = {digit: n for n, digit in enumerate("영일이삼사오육칠팔구십")} | {"륙": 6}


@cache
def _han_numbers() -> re.Pattern[str]:
    """Return a number in Hanzi: after two characters of a name, after Latin letters, or before 号."""
    return re.compile(
        "(?:(?<=第)|(?<=[\u3400-\u9fff]{2})|(?<=[A-Z] )|(?<=[A-Z]))([〇零一二三四五六七八九十]+)(?= *[号號호]| *$)"
        "|([〇零一二三四五六七八九十]+)(?= *[号號호])"
    )


@cache
def _hangul_numbers() -> re.Pattern[str]:
    """Return a number in Hangul before 호: 전진 오호. It may as well be a syllable of the name."""
    return re.compile("(?<=[가-힣A-Z]{2}) *([일이삼사오육륙칠팔구십]) *호 *$")


def _spread(text: str) -> str:
    """Return text outside ASCII as upper-case letters, ASCII digits and spaces: no diacritics, no full-width forms."""
    upper = unicodedata.normalize("NFKC", text.translate(_UNDECOMPOSED)).upper().translate(_UNDECOMPOSED)
    kept = upper.translate(_KEPT)
    parted = unicodedata.normalize("NFKD", kept)
    bare = "".join(c for c in parted if c in _VOICING or unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    composed = unicodedata.normalize("NFC", bare).translate(_GIVEN_BACK)
    return "".join(
        c if c.isalpha() else str(unicodedata.digit(c)) if c.isdigit() else ASCII.get(ord(c), " ") or ""
        for c in composed
    )


def _han_number(match: re.Match[str]) -> str:
    """Read 六, 十八 or 一二 as digits."""
    tens, ten, ones = (match[1] or match[2]).partition("十")
    if not ten:
        return f" {''.join(str(_HAN_DIGITS[digit]) for digit in tens)} "
    return f" {_HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)} "


def _tokens(spread: str, *, numbers: bool = False) -> list[str]:
    """Return the words and numbers of a name without what says "ship" or "number" in its script."""
    text = _han_numbers().sub(_han_number, spread) if numbers else spread
    text = _NATIVE_SUFFIX.sub("", _ORDINAL.sub("", _NATIVE_PREFIX.sub("", text)).strip())
    return without_prefix(_TOKEN.findall(text))


def native_readings(text: str) -> Iterator[list[str]]:
    """Yield the words and numbers of a name as they are read in Latin letters, the usual reading first."""
    spread = " ".join(_spread(text).split())
    numbers = not _NUMERALS.isdisjoint(spread)
    yield from _readings(_tokens(spread, numbers=numbers))
    if numbers and _han_numbers().search(spread):  # 統一 is a word, 東風六 a number
        yield from _readings(_tokens(spread))
    if "호" in spread[2:] and _hangul_numbers().search(spread):
        yield from _readings(_tokens(_hangul_numbers().sub(lambda found: f" {_HANGUL_DIGITS[found[1]]}호", spread)))


def _readings(tokens: list[str]) -> Iterator[list[str]]:
    tokens = [spelled_out(token) for token in tokens]
    if any(first <= c <= last for token in tokens for c in token for first, last in _OTHER_SCRIPTS):
        from vesseltrack.vessels.scripts import readings_of  # noqa: PLC0415 - few names have one, and it takes long

        yield from readings_of(tokens)
    else:
        yield tokens
