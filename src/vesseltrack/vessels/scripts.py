"""Ship names in Hanzi, Cyrillic, Greek and kana, read in Latin letters; a name may have several readings.

A Chinese report writes a Korean ship in Hanja that a Korean reads otherwise (天马山: tianmashan, CHON MA SAN), and a
Russian one writes Korean by Kontsevich's table, Chinese by Palladius's, and everything else as it sounds. Each reading
is tried; which was meant, the register tells.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
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
    if any(_KANA.search(token) for token in tokens):
        tokens = [token.translate(_NEW_FORMS) for token in tokens]
        yield from _with_open_finals([_kana(_sino_korean(token)[0]) for token in tokens])
    elif any(_HAN.search(token) for token in tokens):
        tokens = [token.translate(_NEW_FORMS) for token in tokens]
        yield [_pinyin(token) for token in tokens]
        for read in islice(product(*(_sino_korean(token) for token in tokens)), _MOST_READINGS):
            yield list(read)
    else:
        yield [_russian(token) for token in tokens]
        yield [_palladius(token) for token in tokens]
        yield from _with_open_finals([_kontsevich(token) for token in tokens])
        if tokens[0].startswith("Е"):
            yield [_russian(token if i else "Й" + token) for i, token in enumerate(tokens)]
        yield [token.translate(_LOOKS_LIKE) for token in tokens]


def _with_open_finals(words: list[str]) -> Iterator[list[str]]:
    """Yield Korean words whose script does not tell n from ng at the end of a syllable, in both ways."""
    places = [(i, match.start()) for i, word in enumerate(words) for match in _FINAL_N.finditer(word)]
    places = places[:_MOST_OPEN_SOUNDS]
    for chosen in product((False, True), repeat=len(places)):
        read = [list(word) for word in words]
        for (i, at), nasal in zip(places, chosen, strict=True):
            if nasal:
                read[i][at] = "NG"
        yield ["".join(word).replace("Ñ", "N") for word in read]


_FINAL_N = re.compile(r"N(?![AEIOUYWG])|Ñ")
"""Ñ stands for the kana ン, which is always a final."""
_LOOKS_LIKE = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that look like Latin ones, by which a name is hidden from a plain comparison."""


# Hanzi


@cache
def _hanzi() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Pinyin and Sino-Korean readings of each character (Unihan, fields kMandarin and kHangul)."""
    return {row["character"]: (row["pinyin"].upper(), tuple(row["hangul"])) for row in reference.rows("hanzi.csv")}


def _pinyin(token: str) -> str:
    """Read Hanzi in pinyin without tones; ``ü`` is V, as ships and registries write it."""
    return "".join(_hanzi()[c][0] or c if c in _hanzi() else c for c in token)


def _sino_korean(token: str) -> list[str]:
    """Read Hanzi as Hanja, in every way that the characters are read: 天马山 is 천마산 is CHON MA SAN."""
    options = [_hanzi()[c][1] or (c,) if c in _hanzi() else (c,) for c in token]
    return [spelled_out("".join(read)) for read in islice(product(*options), _MOST_READINGS)]


_MOST_READINGS = 24
"""Readings of one name that are tried; most characters have one."""
_NEW_FORMS = str.maketrans("満楽沢浜恵栄桜関広鉄辺黒渓両竜", "滿樂澤濱惠榮櫻關廣鐵邊黑溪兩龍")
"""Characters as Japan writes them, and the forms that have a Korean reading."""

# Kana

_KANA = re.compile("[\u3040-\u30ff]")
_HIRAGANA = str.maketrans({code: code + 0x60 for code in range(0x3041, 0x3097)})
_ROWS = {
    "": "アイウエオ", "K": "カキクケコ", "G": "ガギグゲゴ", "S": "サシスセソ", "J": "ザジズゼゾ",
    "T": "タチツテト", "D": "ダヂヅデド", "N": "ナニヌネノ", "H": "ハヒフヘホ", "B": "バビブベボ",
    "P": "パピプペポ", "M": "マミムメモ", "R": "ラリルレロ",
}  # fmt: skip
_KANA_SYLLABLES = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "AIUEO", strict=True)
} | {
    "チ": "CHI", "ツ": "TSU", "ヂ": "JI", "ヅ": "JU", "フ": "FU", "ヤ": "YA", "ユ": "YU", "ヨ": "YO", "ワ": "WA",
    "ヲ": "O", "ヴ": "V", "ン": "Ñ", "ッ": "", "ー": "",
}  # fmt: skip
_KANA_PAIRS = {
    "ファ": "HWA", "フォ": "HWO", "フィ": "HWI", "フェ": "HWE", "ウォ": "WO", "ウィ": "WI", "ウェ": "WE", "クァ": "KWA",
    "クォ": "KWO", "グァ": "GWA", "グォ": "GWO", "ティ": "TI", "ディ": "DI", "トゥ": "TU", "ドゥ": "DU", "チェ": "CHE",
    "ジェ": "JE", "シェ": "SHE",
}  # fmt: skip
_SMALL = {"ャ": "YA", "ュ": "YU", "ョ": "YO"}
_SOFT = ("CH", "J", "S")
_CLOSED = re.compile("(?<=[AEIOU])(K|M|P|R)U(?=[BCDGHJKMNPRSTYZ]|$)")
"""ク, ム, プ and ル before another consonant stand for a final: サムジョン is SAM JONG, ペクマ PAEK MA."""


def _kana(token: str) -> str:
    """Read kana as they write Korean: チョンマサン is CHON MA SAN; a final ン is n or ng."""
    token = token.translate(_HIRAGANA)
    for pair, letters in _KANA_PAIRS.items():
        token = token.replace(pair, letters)
    read = ""
    for character in token:
        small = _SMALL.get(character)
        if small is None:
            read += _KANA_SYLLABLES.get(character, character)
        else:
            stem = read[:-1]
            read = stem + (small[1:] if stem.endswith(_SOFT) else small)
    return _CLOSED.sub(r"\1", read)


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


def _kontsevich(token: str) -> str:
    """Read Korean in Cyrillic."""
    for written, meant in _KONTSEVICH:
        token = token.replace(written, meant)
    return token.translate(_RUSSIAN)


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
