"""Flags: whether a written flag is that of the DPRK."""

from __future__ import annotations

import unicodedata

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


def _letters(text: str) -> str:
    """Upper-case letters without diacritics; everything else is left out."""
    plain = text
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "".join(c for c in plain.upper() if c.isalpha())


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
