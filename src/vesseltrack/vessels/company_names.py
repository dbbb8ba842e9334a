"""Company names: what is left without legal form and spelling habits, and the names that a cell or list holds."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from vesseltrack.vessels.names import without_escapes

SHORT_NAME = 6
"""A name with fewer letters, legal form left out, must agree in its legal form too (KOTI CORP)."""

_FORM_PHRASES = {
    "LIMITED LIABILITY COMPANY": "LLC", "JOINT STOCK COMPANY": "JSC", "SDN BHD": "SDNBHD", "JOINT VENTURE": "JV",
    "HONG KONG": "HONGKONG", "SHIP MANAGEMENT": "SHIPMANAGEMENT",
}  # fmt: skip
_WORDS = {
    "SHPG": "SHIPPING", "SHPNG": "SHIPPING", "TRDG": "TRADING", "TRD": "TRADING", "MGMT": "MANAGEMENT",
    "MGT": "MANAGEMENT", "MNGT": "MANAGEMENT", "INTL": "INTERNATIONAL", "INT": "INTERNATIONAL", "HK": "HONGKONG",
    "SHIPMGMT": "SHIPMANAGEMENT",
}  # fmt: skip
_FORMS = {
    "CO": "CO", "COMPANY": "CO", "COMP": "CO", "LTD": "LTD", "LIMITED": "LTD", "LTDA": "LTD", "CORP": "CORP",
    "CORPORATION": "CORP", "INC": "INC", "INCORPORATED": "INC", "LLC": "LLC", "LLP": "LLP", "PLC": "PLC",
    "JSC": "JSC", "PJSC": "JSC", "OJSC": "JSC", "CJSC": "JSC", "PTE": "PTE", "PVT": "PTE", "PRIVATE": "PTE",
    "PTY": "PTE", "SA": "SA", "AS": "AS", "SRL": "SRL", "SARL": "SRL", "SPA": "SPA", "BV": "BV", "NV": "NV",
    "AG": "AG", "AB": "AB", "OY": "OY", "PT": "PT", "TBK": "PT", "SDNBHD": "SDNBHD", "FZE": "FZE", "FZCO": "FZE",
    "GMBH": "GMBH", "KG": "KG", "OOO": "LLC", "OAO": "JSC", "ZAO": "JSC", "PAO": "JSC", "AO": "JSC", "ООО": "LLC",
    "ОАО": "JSC", "ЗАО": "JSC", "ПАО": "JSC", "АО": "JSC", "주": "CO", "株": "CO",
}  # fmt: skip
"""Words for a legal form, and the form they mean; taken away at both ends of a name."""
_ATTACHED_FORMS = (
    "유한책임회사", "유한회사", "주식회사", "회사", "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "公司",
    "株式会社", "有限会社", "合同会社", "会社",
)  # fmt: skip
"""Legal forms that are written without a space before or after the name."""

_COMMON_WORDS = ("EAST SEA SHIPPING", "LIBERTY SHIPPING")

_CALLED = re.compile(
    r"^(?:(?:also|formerly|now|previously)\b|[afn]\.?\s?/?k\.?\s?/?a\b\.?)(?: known as)?[\s:,]*", re.IGNORECASE
)
"""What stands before another name in brackets: ``a.k.a.``, ``formerly`` ..."""

_APOSTROPHES = str.maketrans(dict.fromkeys("'`´’‘ʼʻ′", ""))
_INITIALS = re.compile(r"\b(?:\w[./]){1,4}\w?(?=\W|$)")
_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"\s*[;|\r\n]+\s*|\s+/\s+|\s*\bc/o\b\s*|\s*\bcare of\b\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_SIGNS = ("(", "[", "（", "【", ";", "|", "\n", "\r", "/", "care of", ",")


class CompanyKey(NamedTuple):
    """What is left of a company's name when spelling habits are taken away."""

    name: str
    """Upper case, without spaces and legal form; empty where the text holds no letter and no digit."""

    forms: tuple[str, ...]
    """Its legal forms, sorted."""


def company_key(text: str) -> CompanyKey:
    """Return the key of a company's name; case, punctuation, ``&`` and ``and``, spaces and legal form do not count."""
    plain = unicodedata.normalize("NFKC", without_escapes(text)).upper().translate(_APOSTROPHES)
    if not plain.isascii():
        bare = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(c for c in bare if unicodedata.category(c) != "Mn"))
    plain = _INITIALS.sub(lambda found: re.sub(r"[./]", "", found[0]), plain)
    joined = f" {' '.join(_TOKEN.findall(plain))} "
    for phrase, word in _FORM_PHRASES.items():
        if phrase in joined:
            joined = joined.replace(f" {phrase} ", f" {word} ")
    tokens = [_WORDS.get(token, token) for token in joined.split() if token != "AND"]  # noqa: S105 - a word
    forms = set()
    while len(tokens) > 1 and (tokens[-1] in _FORMS or tokens[0] in _FORMS):
        forms.add(_FORMS[tokens.pop(-1 if tokens[-1] in _FORMS else 0)])
    name = "".join(tokens)
    if not name.isascii():
        for form in _ATTACHED_FORMS:
            if name != form and (name.startswith(form) or name.endswith(form)):
                name = name.removeprefix(form).removesuffix(form)
                forms.add("CO")
    return CompanyKey(name, tuple(sorted(forms)))


COMMON_NAMES = frozenset(company_key(words).name for words in _COMMON_WORDS)
"""Names of words so plain that other companies bear them: alone they are a review at most."""


class ListedName(NamedTuple):
    """A name that a list gives a company, as it can be compared."""

    text: str
    doubt: str = ""
    """Why it alone proves little; empty where it is a name in full."""


def listed_names(written: str) -> tuple[ListedName, ...]:
    """Read a name of a list as a query is read: ``OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)`` is two names.

    In brackets a name follows ``a.k.a.`` and the like, has a legal form, or is the rest's initials; anything else,
    such as a place, sets one company apart from another, and the name without it proves little.
    """
    inner = [text.strip() for text in _BRACKETS.findall(written)]
    if not inner:
        return (ListedName(written),)
    outer = " ".join(_BRACKETS.sub(" ", written).split())
    others = [_CALLED.sub("", text).strip() for text in inner if _is_name(text, outer)]
    whole = all(_is_name(text, outer) or text.upper().strip(" .") in _FORMS for text in inner)
    doubt = "" if whole else "what stands in brackets is left out"
    names = (ListedName(written), ListedName(outer, doubt), *map(ListedName, others))
    return tuple(name for name in names if company_key(name.text).name)


def _is_name(inner: str, outer: str) -> bool:
    """Whether what stands in brackets behind a company's name is a name of it."""
    if _CALLED.match(inner):
        return True
    key = company_key(inner)
    if key.forms and key.name not in _FORMS:
        return True
    initials = "".join(word[0] for word in _TOKEN.findall(outer.upper()))
    return len(key.name) > 1 and inner.upper() == key.name and initials.startswith(key.name)


def plain_key(name: str) -> CompanyKey:
    """Return the key of a name without the further name that stands in brackets behind it."""
    names = [one for one in listed_names(name) if not one.doubt]
    return company_key(names[1 if len(names) > 1 else 0].text) if names else company_key(name)


def names_in(text: str) -> tuple[str, ...]:
    """Pull apart a cell: several companies, a name in brackets, an address after a comma; the whole text first."""
    lower = text.casefold()
    if not any(sign in lower for sign in _SIGNS):
        return (text,)
    if not any(sign in lower for sign in _SIGNS[:-1]):
        head, _, tail = text.partition(",")
        return (text,) if tail.upper().strip(" .") in _FORMS else (text, head)
    names = [text]
    for part in _BETWEEN.split(text):
        names += [part, *_BRACKETS.findall(part), _BRACKETS.sub(" ", part)]
    names += [name.partition(",")[0] for name in tuple(names)]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
