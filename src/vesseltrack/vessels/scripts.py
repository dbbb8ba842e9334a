"""Ship names in Hanzi and Cyrillic, read in Latin letters; a name may have several readings.

A Chinese report writes a Korean ship in Hanja that a Korean reads otherwise (天马山: tianmashan, CHON MA SAN), and a
Russian one writes Korean by Kontsevich's table, Chinese by Palladius's, and everything else as it sounds. Each reading
is tried; which was meant, the register tells.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.vessels.korean import spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_MOST_OPEN_SOUNDS = 4
"""Finals of one name that are tried as n and as ng: sixteen readings."""


def readings_of(tokens: list[str]) -> Iterator[list[str]]:
    """Yield the ways to read the words of a name in Latin letters, the usual one first.

    Words are upper case. Scripts that are not known here stay as they are.
    """
    if any(_HAN.search(token) for token in tokens):
        yield [_pinyin(token) for token in tokens]
        yield [_sino_korean(token) for token in tokens]
    else:
        yield [_russian(token) for token in tokens]
        yield [_palladius(token) for token in tokens]
        yield from _kontsevich(tokens)


# Hanzi


@cache
def _hanzi() -> dict[str, tuple[str, str]]:
    """Pinyin and Sino-Korean reading of each character (Unihan, fields kMandarin and kHangul)."""
    return {
        row["character"]: (row["pinyin"].upper(), spelled_out(row["hangul"])) for row in reference.rows("hanzi.csv")
    }


def _pinyin(token: str) -> str:
    """Read Hanzi in pinyin without tones; ``ü`` is V, as ships and registries write it."""
    return "".join(_hanzi()[c][0] or c if c in _hanzi() else c for c in token)


def _sino_korean(token: str) -> str:
    """Read Hanzi as Hanja: 天马山 is 천마산 is CHON MA SAN."""
    return "".join(_hanzi()[c][1] or c if c in _hanzi() else c for c in token)


# Cyrillic

_RUSSIAN = str.maketrans(
    {
        "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z", "И": "I",
        "Й": "Y", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T",
        "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "", "Ы": "Y", "Ь": "",
        "Э": "E", "Ю": "YU", "Я": "YA", "І": "I", "Ї": "YI", "Є": "YE", "Ґ": "G",
    }
)  # fmt: skip
"""Romanisation of Russian, BGN/PCGN 1947 without its marks, Ё as ships' registers write it; and Ukrainian letters."""


def _russian(token: str) -> str:
    return token.translate(_RUSSIAN)


_KONTSEVICH = (
    ("НЪ", "NG"), ("ЧХ", "CH"), ("ПХ", "PH"), ("ТХ", "TH"), ("КХ", "KH"), ("ДЖ", "J"), ("ЧЖ", "J"), ("Ч", "CH"),
    ("ЫЙ", "UI"), ("ЛЛ", "LR"), ("Ш", "S"), ("Щ", "S"), ("Ы", "U"), ("Э", "AE"), ("Ё", "YO"), ("Ю", "YU"),
    ("ЕН", "YOН"), ("РЕ", "RYE"), ("ХВЕ", "HOE"), ("Я", "YA"), ("В", "W"), ("Ж", "J"), ("Й", "I"), ("Х", "H"),
    ("Ь", ""), ("Ъ", ""),
)  # fmt: skip
"""Korean in Cyrillic after L. R. Kontsevich; Ч may be ㅈ or ㅊ, a final Н is n or ng, and Е often stands for Ё."""
_FINAL_N = re.compile(r"N(?![AEIOUYWG])")


def _kontsevich(tokens: list[str]) -> Iterator[list[str]]:
    """Read Korean in Cyrillic; each final n may stand for ng."""
    words = []
    for token in tokens:
        latin = token
        for written, meant in _KONTSEVICH:
            latin = latin.replace(written, meant)
        words.append(latin.translate(_RUSSIAN))
    places = [(i, match.start()) for i, word in enumerate(words) for match in _FINAL_N.finditer(word)]
    places = places[:_MOST_OPEN_SOUNDS]
    for chosen in product((False, True), repeat=len(places)):
        read = [list(word) for word in words]
        for (i, at), nasal in zip(places, chosen, strict=True):
            if nasal:
                read[i][at] = "NG"
        yield ["".join(word) for word in read]


_PALLADIUS_INITIALS = {
    "": "", "Б": "B", "П": "P", "М": "M", "Ф": "F", "Д": "D", "Т": "T", "Н": "N", "Л": "L", "Г": "G", "К": "K",
    "Х": "H", "ЧЖ": "ZH", "Ч": "CH", "Ш": "SH", "Ж": "R", "ЦЗ": "Z", "Ц": "C", "С": "S",
}  # fmt: skip
_BEFORE_I = {"Z": "J", "C": "Q", "S": "X"}
_PALLADIUS_FINALS = {
    "А": "A", "АЙ": "AI", "АНЬ": "AN", "АН": "ANG", "АО": "AO", "Э": "E", "ЭЙ": "EI", "ЭНЬ": "EN", "ЭН": "ENG",
    "ЭР": "ER", "И": "I", "Я": "IA", "ЯНЬ": "IAN", "ЯН": "IANG", "ЯО": "IAO", "Е": "IE", "ИНЬ": "IN", "ИН": "ING",
    "ЮН": "IONG", "Ю": "IU", "УН": "ONG", "ОУ": "OU", "У": "U", "УА": "UA", "УАЙ": "UAI", "УАНЬ": "UAN",
    "УАН": "UANG", "УЙ": "UI", "УЭЙ": "UI", "УНЬ": "UN", "О": "O", "УО": "UO", "Ы": "I", "ЮЙ": "U", "ЮАНЬ": "UAN",
    "ЮЭ": "UE", "ЮНЬ": "UN", "ВА": "WA", "ВАЙ": "WAI", "ВАНЬ": "WAN", "ВАН": "WANG", "ВЭЙ": "WEI", "ВЭНЬ": "WEN",
    "ВЭН": "WENG", "ВО": "WO",
}  # fmt: skip
_I_FINALS = frozenset("ИЯЕЮ")
_ZERO_INITIAL = {"I": "YI", "IN": "YIN", "ING": "YING", "IU": "YOU", "U": "WU"}
_PALLADIUS = re.compile(
    "(?P<initial>ЧЖ|ЦЗ|[БПМФДТНЛГКХЧШЖЦС]?)"
    f"(?P<final>{'|'.join(sorted(_PALLADIUS_FINALS, key=len, reverse=True))})"
    "(?![ЬЪ])"
)


def _syllable(match: re.Match[str]) -> str:
    initial, final = _PALLADIUS_INITIALS[match["initial"]], _PALLADIUS_FINALS[match["final"]]
    rounded = match["final"].startswith("Ю") and final.startswith("U")
    if match["final"][0] in _I_FINALS:
        initial = _BEFORE_I.get(initial, initial)
    if initial:
        return initial + final
    if rounded:
        return f"Y{final}"
    if final in _ZERO_INITIAL:
        return _ZERO_INITIAL[final]
    return f"Y{final[1:]}" if final.startswith("I") else final


def _palladius(token: str) -> str:
    """Read Chinese in Cyrillic by Palladius's table: Шан Юань Бао is SHANG YUAN BAO."""
    return _PALLADIUS.sub(_syllable, token).translate(_RUSSIAN)
