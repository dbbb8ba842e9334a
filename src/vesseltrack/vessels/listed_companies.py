"""Which companies are listed: those that come with the program, and those of imported lists laid over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.company_names import COMMON_NAMES, SHORT_NAME, company_key, plain_key
from vesseltrack.vessels.entries import EntryError, parse_day, parse_measure, parts
from vesseltrack.vessels.grouping import grouped
from vesseltrack.vessels.identifiers import IMO_DIGITS, company_check_digit
from vesseltrack.vessels.model import Company, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPANIES_FILE = "companies.csv"


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
    keys = dict.fromkeys(plain_key(name).name for name in names)
    said = [name for name in keys if len(name) >= SHORT_NAME and name not in COMMON_NAMES]
    return tuple((company.listing.authority, mark) for mark in (*said, *([company.imo] if company.imo else [])))


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
