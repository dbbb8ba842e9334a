"""The UN Security Council Consolidated List as XML: persons and entities. It holds no ships.

Shipping companies stand on it, with company numbers and ships named in remarks only. The ships that the 1718 Committee
designates stand in a document of its own (`un_1718`).
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.vessels.identifiers import company_check_digit, parse_imo
from vesseltrack.vessels.lists.model import ListFormat, PublishedList
from vesseltrack.vessels.lists.records import refuse_empty
from vesseltrack.vessels.lists.xml import elements, root, root_of, text_of
from vesseltrack.vessels.model import Company, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from vesseltrack.vessels.lists.download import Download

NAME = "UN Consolidated List XML"
TITLE = "UN Security Council Consolidated List"
NO_SHIPS = (
    "the UN Consolidated List holds no ships: the ships that the UN has listed stand in the 1718 Designated Vessels "
    "List, a document of its own; with this file alone no UN-listed ship is screened"
)

_NUMBER = re.compile(r"\bIMO\b[^0-9;.]{0,30}([0-9]{7})(?![0-9])", re.IGNORECASE)
_ROLE = re.compile(r"\b(?:owne[rd]|manage[rd]|manages|operator|operated|operates)\b", re.IGNORECASE)
_SHIP = re.compile(
    r"\b(?:of(?: the)?|tankers?|vessels?|ships?|and|,)\s+([A-Z]{2,}(?:[ -](?:[A-Z]{2,}|[0-9]{1,4}(?![0-9])))*)(?![a-z])"
)
_NO_SHIP = frozenset({"DPRK", "IMO", "UN", "UNSC", "ROK", "USA", "US", "USD", "OMM", "KPA", "LTD", "CO", "UAE", "PRC"})
_SENTENCE = re.compile(r"(?<=[a-z0-9)])[.;]\s+")


def ships_named(remarks: str) -> Iterator[str]:
    """Yield the names in capitals of ships that a company owns or manages: ``Registered owner of CHON MYONG 1``."""
    for sentence in _SENTENCE.split(remarks):
        if _ROLE.search(sentence):
            for match in _SHIP.finditer(sentence):
                name = match[1]
                if name not in _NO_SHIP and not re.search(r"\b(?:LTD|CO|CORP|COMPANY|LIMITED)\b", name):
                    yield name


def _aliases(entity: Element) -> Iterator[str]:
    for alias in entity.findall("ENTITY_ALIAS"):
        yield from (part.strip() for part in text_of(alias, "ALIAS_NAME").split(";") if part.strip())
    if original := text_of(entity, "NAME_ORIGINAL_SCRIPT"):
        yield original


def _company(entity: Element, remarks: list[str]) -> Company | None:
    """Return the company; None for an entity without a company's number and without ships."""
    name = " ".join(
        text for part in ("FIRST", "SECOND", "THIRD", "FOURTH") if (text := text_of(entity, f"{part}_NAME"))
    )
    reference = text_of(entity, "REFERENCE_NUMBER")
    comments = text_of(entity, "COMMENTS1")
    number: str | None = None
    ships: list[str] = []
    for digits in _NUMBER.findall(comments):
        if company_check_digit(digits):
            number = number or digits
        elif parse_imo(digits).state == "ship":
            ships.append(digits)
        else:
            remarks.append(f"entry {reference}, {name}: IMO number {digits!r} {parse_imo(digits).remark}; left out")
    ships += ships_named(comments)
    if number is None and not ships:
        return None
    written = text_of(entity, "LISTED_ON")[:10]
    listed_on = None
    try:
        listed_on = date.fromisoformat(written)
    except ValueError:
        remarks.append(f"entry {reference}, {name}: LISTED_ON {written!r} is no date like 2018-03-30")
    regime = text_of(entity, "UN_LIST_TYPE")
    return Company(
        name=name,
        imo=number,
        aliases=tuple(dict.fromkeys(_aliases(entity))),
        listing=Listing(
            authority="UN",
            list=TITLE,
            listed_name=name,
            listed_on=listed_on,
            delisted_on=None,
            precision="" if listed_on else "day of listing not readable",
            measures=(("asset_freeze", None),),  # every entry of the list, whatever the regime
            legal_basis=(regime,) if regime else (),
            entry_id=reference,
            programmes=(regime,) if regime else (),
        ),
        ships=tuple(dict.fromkeys(ships)),
    )


def _read(download: Download) -> PublishedList:
    remarks = [NO_SHIPS]
    skipped: Counter[str] = Counter()
    companies = []
    for element in elements(download, "INDIVIDUAL", "ENTITY"):
        company = _company(element, remarks) if element.tag == "ENTITY" else None
        if company is None:
            skipped[element.tag.lower()] += 1
        else:
            companies.append(company)
    refuse_empty(download.path, len(companies) + skipped.total())
    version = root(download).get("dateGenerated", "")[:10]
    try:
        date.fromisoformat(version)
    except ValueError:
        remarks.append(f"dateGenerated {version!r} is no date; the edition is not known")
        version = ""
    return PublishedList(
        name="un-entities",
        title=TITLE,
        authority="UN",
        format=NAME,
        version=version,
        rows=len(companies) + skipped.total(),
        vessels=(),
        companies=tuple(companies),
        skipped=dict(skipped),
        remarks=tuple(remarks),
    )


UN_CONSOLIDATED = ListFormat(
    name=NAME,
    recognises=lambda head: root_of(head) == "CONSOLIDATED_LIST",
    read=_read,
)
