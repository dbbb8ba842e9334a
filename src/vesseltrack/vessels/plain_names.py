"""The quick way past everything that a cell may say beside a name, for the many that are one name and nothing else."""

from __future__ import annotations

import re

from vesseltrack.vessels.names import NameKey, key_of, words

NO_NAME = frozenset(
    {
        "", "none", "n/a", "n.a.", "n.a", "#n/a", "nil", "nan", "tbn", "tba", "tbc", "tbd", "unk", "unkn",
        "no name", "noname", "nameless", "anonymous", "blank", "name unknown", "unknown name", "not known",
        "not given", "not named", "not stated", "not specified", "not identified", "not available", "not visible",
        "not reported", "undisclosed", "illegible", "various", "several", "multiple", "vessel", "ship", "tanker",
        "oil tanker", "vessels", "ships", "tankers", "mv", "m/v", "m.v.", "mt", "m/t", "m.t.",
        "이름없음", "이름 없음", "선명 미상", "선명미상", "미상", "불명", "미확인", "무명", "알 수 없음",
        "不明", "未知", "无名", "無名", "船名不明", "неизвестно", "неизвестен", "неизвестное судно", "без названия",
    }
)  # fmt: skip
"""Written where a ship has no known name, in lower case. NULL and NA are not here: ships may bear them."""

_NO_NAME_STARTS = frozenset({"NO", "N", "NAME", "NOT"})
"""First words of such texts of several words, in upper case; "NO NAME", "NOT GIVEN"."""

_SAYS_MORE = frozenset(
    {"EX", "AND", "FORMERLY", "FORMER", "PREVIOUSLY", "ALSO", "RENAMED", "KNOWN", "FKA", "AKA", "NKA", "KA", "K"}
    | {"NEE", "NOW", "ALIAS", "OLD", "PREV", "PREVIOUS", "FLAG", "BUILT", "BLT", "CALL", "SIGN", "DWT"}
    | {"IMO", "MMSI", "UNKNOWN", "UNIDENTIFIED", "UNNAMED", "UNSPECIFIED", "NAMED"}
    | {"VESSEL", "VESSELS", "SHIP", "SHIPS"}
    | {"BOAT", "BOATS", "TANKER", "TANKERS", "FREIGHTER", "FREIGHTERS", "CARRIER", "CARRIERS", "BARGE", "BARGES"}
    | {word for text in NO_NAME if text.isascii() and (word := text.upper()).isalpha() and word not in {"MV", "MT"}}
)
"""Words with which a cell says more, or less, than one name; in upper case."""
FORMS = ("CO", "LTD", "LIMITED", "COMPANY", "CORP", "CORPORATION", "INC", "LLC", "JSC", "GMBH", "SHIPPING", "SHPG",
         "TRADING", "MANAGEMENT", "MARITIME", "GROUP", "회사", "公司", "会社", "ООО", "АО")  # fmt: skip
"""What the name of a company ends with, and that of a ship hardly ever."""

_PLAIN_TEXT = re.compile(r"[A-Za-z0-9 .'\-]+|[Mm]/[TtVvSs] [A-Za-z0-9 .'\-]+")
_LONGEST_NUMBER = 6
"""Digits of the longest number that is surely no IMO number or MMSI, whole or in parts."""


def plain_key(text: str) -> NameKey | None:
    """Return the key of a text that is one name in Latin letters and nothing else; None where it may say more.

    The quick way past `names_in` and `is_unnamed` for nearly every cell of a feed.
    """
    if not _PLAIN_TEXT.fullmatch(text):
        return None
    tokens = words(text)
    if not _SAYS_MORE.isdisjoint(tokens) or (tokens and tokens[0] in _NO_NAME_STARTS):
        return None
    key = key_of(tokens)
    return key if key.letters and len(key.numbers) <= _LONGEST_NUMBER and " " not in key.numbers else None
