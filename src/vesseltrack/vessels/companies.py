"""Companies that own or manage ships, found among the listed ones by company number and by name.

A company's name is compared without its legal form and spelling habits, and as a whole: KOREA SAMMA SHIPPING CO is
Korea Samma Shpg Co., Ltd., and OCEAN is not OCEAN BUNKERING. Whether a listing was in force is read as of the
sighting's day, not here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.sightings.headers import meaning
from vesseltrack.sightings.schema import EXTRA_PREFIX
from vesseltrack.vessels.entries import EntryError, parse_day, parse_measure, parts
from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.identifiers import IMO_DIGITS, company_check_digit, parse_imo
from vesseltrack.vessels.model import Company, Grade, Listing
from vesseltrack.vessels.names import without_escapes
from vesseltrack.vessels.spelling import SlipIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vesseltrack.vessels.register import Register

COMPANIES_FILE = "companies.csv"

Role = Literal["owner", "manager", "company number", "ship number"]
ROLE_OF: dict[str, Role] = {
    "owner": "owner", "manager": "manager", "company_imo": "company number", "imo": "ship number",
}  # fmt: skip
"""What a company is to the ship, by the column of the sighting that names it."""

SHORT_NAME = 6
"""A name with fewer letters, legal form left out, must agree in its legal form too (KOTI CORP)."""
SHORTEST_NAME = 4
"""A name with fewer letters, such as the abbreviation OMM, is a review at most."""
SHORTEST_FOR_SLIP = 10
"""A name with fewer letters is another company's after one slip too often to mean anything."""

_BY_NUMBER, _BY_NAME, _BY_DOUBTFUL_NAME, _BY_SLIP = 1.0, 0.9, 0.6, 0.5
"""Scores order hits: company number, name, a name that proves little, one slip of the pen."""

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
_SEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_HAS_DIGIT = re.compile(r"[0-9]")
_REPEATED = re.compile(r" \([0-9]+\)$")
_SHIPS_SHOWN = 3


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


@dataclass(frozen=True)
class CompanyHit:
    """A listed company that a text may name, and why."""

    company: Company
    key: str
    """The same for all listings of one company."""

    grade: Grade
    """``match`` or ``review``."""

    score: float
    """0 to 1; orders hits."""

    reasons: tuple[str, ...]
    ships: tuple[str, ...]
    """Ships that the list links to the company, as shown: name and IMO number."""

    @property
    def linked(self) -> str:
        """What the list says, as a phrase: ``a company that the list OFAC SDN links to SAM MA 2 (IMO 8106496)``."""
        listing = self.company.listing
        if not self.ships:
            return f"a company on the list {listing.list}"
        return f"a company that the list {listing.list} links to {shown_ships(self.ships)}"


@dataclass(frozen=True)
class NamedCompany:
    """A listed company that one sighting names."""

    role: Role
    text: str
    """As written in the sighting."""

    hit: CompanyHit


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


class _KnownName(NamedTuple):
    company: Company
    key: CompanyKey
    written: str
    doubt: str


@dataclass(frozen=True)
class CompanyIndex:
    """Listed companies, and the ways to find them."""

    companies: tuple[Company, ...]
    ship_names: Mapping[str, str]
    """Names of the register's ships by IMO number."""

    @cached_property
    def by_number(self) -> Mapping[str, tuple[Company, ...]]:
        """Companies by company number, seven digits."""
        return grouped((company.imo, company) for company in self.companies if company.imo)

    @cached_property
    def _names(self) -> tuple[_KnownName, ...]:
        return tuple(
            _KnownName(company, key, written, name.doubt)
            for company in self.companies
            for written in dict.fromkeys((company.name, *company.aliases))
            for name in listed_names(written)
            if (key := company_key(name.text)).name
        )

    @cached_property
    def by_name(self) -> Mapping[str, tuple[_KnownName, ...]]:
        """Known names by their key without the legal form."""
        return grouped((known.key.name, known) for known in self._names)

    @cached_property
    def _slips(self) -> SlipIndex:
        return SlipIndex(name for name in self.by_name if len(name) >= SHORTEST_FOR_SLIP)

    @cached_property
    def keys(self) -> Mapping[Company, str]:
        """What is one company on all lists: companies that share a number or a name have one key."""
        names = {company: _plain_key(company.name).name for company in self.companies}
        group: dict[str, set[str]] = {}
        for company in self.companies:
            together = {f"#{company.imo}"} if company.imo else set()
            together |= {names[company]}
            for mark in tuple(together):
                together |= group.get(mark, set())
            group |= dict.fromkeys(together, together)
        return {company: min(group[names[company]]) for company in self.companies}

    def find(self, text: str) -> tuple[CompanyHit, ...]:
        """Listed companies that a cell names: by number, by name, else by a name one slip away; the surest first."""
        if not self.companies or not text.strip():
            return ()
        hits = {} if text.isdecimal() else {hit.company: hit for hit in self._named(text)}
        hits |= {hit.company: hit for hit in self.numbered(text)}
        return tuple(sorted(hits.values(), key=_order))

    def numbered(self, text: str) -> tuple[CompanyHit, ...]:
        """Listed companies whose company number stands in the text."""
        if len(text) == IMO_DIGITS and text not in self.by_number and text.isascii() and text.isdigit():
            return ()
        if not _HAS_DIGIT.search(text):
            return ()
        digits = {*_SEVEN_DIGITS.findall(text), parse_imo(text).digits}
        return tuple(
            self._hit(company, "match", _BY_NUMBER, f"company number {number} is that of {company.name}")
            for number in sorted(digits)
            for company in self.by_number.get(number, ())
        )

    def _named(self, text: str) -> list[CompanyHit]:
        keys: dict[CompanyKey, str] = {}
        for name in names_in(text):
            keys.setdefault(company_key(name), name)
        exact = [
            self._exact(name, key, known) for key, name in keys.items() for known in self.by_name.get(key.name, ())
        ]
        if exact:
            best: dict[Company, CompanyHit] = {}
            for hit in sorted(exact, key=_order):
                best.setdefault(hit.company, hit)
            return list(best.values())
        names = {key.name: name for key, name in reversed(keys.items())}
        return [
            self._hit(known.company, "review", _BY_SLIP, f"{name!r} is one slip away from {known.written!r}")
            for letters, name in names.items()
            for near in self.slips(letters)
            for known in self.by_name[near]
        ]

    def slips(self, name: str) -> tuple[str, ...]:
        """Known names one slip of the pen away, for a key without legal form; a number must be the same."""
        if len(name) < SHORTEST_FOR_SLIP:
            return ()
        return tuple(near for near in self._slips.near(name) if _digits(near) == _digits(name))

    def _exact(self, name: str, key: CompanyKey, known: _KnownName) -> CompanyHit:
        reason = f"{name!r} is {known.written!r}"
        if known.written != known.company.name:
            reason += f", a name of {known.company.name}"
        if known.doubt:
            doubt = known.doubt
        elif key.name in COMMON_NAMES:
            doubt = "other companies bear such a name"
        elif len(key.name) < SHORTEST_NAME or (len(key.name) < SHORT_NAME and key.forms != known.key.forms):
            doubt = "the name alone is too short to tell"
        else:
            return self._hit(known.company, "match", _BY_NAME, reason)
        return self._hit(known.company, "review", _BY_DOUBTFUL_NAME, f"{reason}; {doubt}")

    def _hit(self, company: Company, grade: Grade, score: float, reason: str) -> CompanyHit:
        ships = tuple(_shown_ship(ship, self.ship_names) for ship in company.ships)
        hit = CompanyHit(company, self.keys[company], grade, score, (reason,), ships)
        return CompanyHit(company, hit.key, grade, score, (reason, hit.linked), ships)


NO_COMPANIES = CompanyIndex((), {})


def company_index(register: Register) -> CompanyIndex:
    """Return the index of a register's listed companies; it is made once and kept with the register."""
    kept = vars(register)  # where the register's own cached look-ups are
    if "_company_index" not in kept:
        names = {vessel.imo: vessel.name for vessel in register.vessels if vessel.imo}
        kept["_company_index"] = CompanyIndex(register.companies, names)
    index: CompanyIndex = kept["_company_index"]
    return index


def company_candidates(register: Register, text: str) -> tuple[CompanyHit, ...]:
    """Return the listed companies that a text names, the surest first; several where several lists have them.

    ``text`` is a company's name or number as anybody writes it. The last reason of a hit says which ships the list
    links to the company.
    """
    return company_index(register).find(text)


def company_columns(columns: Iterable[str]) -> tuple[tuple[str, Role], ...]:
    """Return the columns of a frame of sightings that may name a company, and what the company is to the ship.

    Where a file has two columns for one field, the second travels along; it is looked at too.
    """
    found = []
    for column in columns:
        header = column.removeprefix(EXTRA_PREFIX)
        field = column if header == column else meaning(_REPEATED.sub("", header))
        if field in ROLE_OF and not (field == "imo" and header != column):
            found.append((column, ROLE_OF[field]))
    return tuple(found)


def named_companies(index: CompanyIndex, role: Role, text: str) -> tuple[NamedCompany, ...]:
    """Return the listed companies that one cell names; in a ship's number only a company's number counts."""
    hits = index.numbered(text) if role == "ship number" else index.find(text)
    return tuple(NamedCompany(role, text, hit) for hit in hits)


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


def shown_ships(ships: tuple[str, ...]) -> str:
    """Return a few ships in words, and how many there are besides."""
    more = len(ships) - _SHIPS_SHOWN
    shown = ", ".join(ships[:_SHIPS_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _shown_ship(ship: str, names: Mapping[str, str]) -> str:
    if not ship.isdigit():
        return ship
    return f"{names[ship]} (IMO {ship})" if ship in names else f"IMO {ship}"


def _order(hit: CompanyHit) -> tuple[float, bool, str, str, str]:
    listing = hit.company.listing
    return (-hit.score, listing.authority != "UN", listing.authority, hit.company.name, listing.entry_id)


def _digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())


def bundled_companies() -> tuple[Company, ...]:
    """Return the listed companies of the bundled reference data.

    Raises `ConfigurationError` for a row that cannot be used.
    """
    found = []
    for number, row in enumerate(reference.rows(COMPANIES_FILE), start=1):
        try:
            found.append(_company(row))
        except EntryError as error:
            msg = f"reference file {COMPANIES_FILE}, row {number}: {error}"
            raise ConfigurationError(msg) from None
    return tuple(found)


def companies_in_force(imported: Iterable[Company] = ()) -> tuple[Company, ...]:
    """Return the companies of imported lists, laid over those that come with the program.

    One that both have is the imported one, with the names and, where it lacks them, the number and the ships of the
    other. A bundled one that no imported list has stays: readers keep only companies with ships or a number, so that
    one which is not there need not have been delisted.

    Raises `ConfigurationError` for a row of the bundled reference data that cannot be used.
    """
    given = list(imported)
    bundled = bundled_companies()
    places = _places(given, {company.listing.authority for company in bundled})
    alone = []
    for company in bundled:
        same = [
            at
            for at in dict.fromkeys(at for mark in _marks(company, (company.name,)) for at in places.get(mark, ()))
            if not (company.imo and given[at].imo and company.imo != given[at].imo)
        ]
        for at in same:
            given[at] = _filled(given[at], company)
        if not same:
            alone.append(company)
    return (*given, *alone)


def _places(companies: Iterable[Company], authorities: set[str]) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Where in the companies of these authorities a number or a name stands."""
    return grouped(
        (mark, at)
        for at, company in enumerate(companies)
        if company.listing.authority in authorities
        for mark in _marks(company, (company.name, *company.aliases))
    )


def _marks(company: Company, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What a company is the same by, with its authority: its number, and names that are no one else's."""
    keys = dict.fromkeys(_plain_key(name).name for name in names)
    said = [name for name in keys if len(name) >= SHORT_NAME and name not in COMMON_NAMES]
    return tuple((company.listing.authority, mark) for mark in (*said, *([company.imo] if company.imo else [])))


def _plain_key(name: str) -> CompanyKey:
    """The key of a name without the further name that stands in brackets behind it."""
    names = [one for one in listed_names(name) if not one.doubt]
    return company_key(names[1 if len(names) > 1 else 0].text) if names else company_key(name)


def _filled(company: Company, known: Company) -> Company:
    """An imported company with what the bundled entry knows besides; the listing is the imported one's."""
    names = {company_key(name).name for name in (company.name, *company.aliases)}
    more = tuple(name for name in (known.name, *known.aliases) if company_key(name).name not in names)
    aliases = (*company.aliases, *more)
    return replace(company, imo=company.imo or known.imo, aliases=aliases, ships=company.ships or known.ships)


def _company(row: Mapping[str, str]) -> Company:
    if row["imo"] and not (len(row["imo"]) == IMO_DIGITS and company_check_digit(row["imo"])):
        msg = f"imo {row['imo']!r} is not a company's number"
        raise EntryError(msg)
    listing = Listing(
        authority=row["authority"],
        list=row["list"],
        listed_name=row["name"],
        listed_on=parse_day(row["listed_on"], "listed_on"),
        delisted_on=None,
        precision=row["precision"],
        measures=tuple(parse_measure(measure) for measure in parts(row["measures"])),
        legal_basis=parts(row["legal_basis"]),
        entry_id=row["entry_id"],
        programmes=parts(row["programmes"]),
    )
    return Company(row["name"], row["imo"] or None, parts(row["aliases"]), listing, parts(row["ships"]))
