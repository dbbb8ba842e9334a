"""OFAC's SDN.XML, and CONSOLIDATED.XML of the same layout. It has a publication date, and no dates of listing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.ofac import (
    NON_SDN,
    SDN,
    Party,
    alias_of,
    amount_of,
    flag_of,
    items_of,
    kind_of,
    non_sdn,
    published,
    read_items,
    under_sdn,
)
from vesseltrack.vessels.lists.records import refuse_empty
from vesseltrack.vessels.lists.xml import elements, root_of, text_of, texts_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

NAME = "OFAC SDN.XML"
FEW_MISSING = 5
"""Entries by which a file may differ from its own count; more are missing where a download was cut and mended."""


def _party(element: Element, remarks: list[str]) -> Party:
    ship = element.find("vesselInfo")
    entry = ShipEntry(
        entry_id=text_of(element, "uid"),
        name=text_of(element, "lastName"),
        call_sign=text_of(ship, "callSign"),
        type=text_of(ship, "vesselType"),
        flag=flag_of(text_of(ship, "vesselFlag")),
        owners=texts_of(ship, "vesselOwner"),
        programmes=texts_of(element, "programList/program"),
    )
    party = Party(kind_of(text_of(element, "sdnType")), entry)
    if party.kind not in {"vessel", "entity"}:
        return party
    entry.deadweight_tonnes = amount_of(text_of(ship, "tonnage"), "tonnage", entry, remarks)
    entry.gross_tonnage = amount_of(text_of(ship, "grossRegisteredTonnage"), "gross tonnage", entry, remarks)
    for aka in element.findall("akaList/aka"):
        if name := text_of(aka, "lastName"):
            entry.aliases.append(alias_of(text_of(aka, "type"), name))
    identifiers = [f"{text_of(each, 'idType')} {text_of(each, 'idNumber')}" for each in element.findall("idList/id")]
    read_items(party, [*identifiers, *items_of(text_of(element, "remarks"))])
    return party


def _version(text: str, remarks: list[str]) -> str:
    """Return ``04/30/2026``, month first, as ISO."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007 - a date without a time
    except ValueError:
        remarks.append(f"publication date {text!r} is no date like 04/30/2026; the edition is not known")
        return ""


def _differs(stated: str, found: int) -> str:
    """Why a file is not whole by its own count of records; empty where it is, or does not count itself."""
    number = stated.replace(",", "").strip()
    if not number.isdecimal() or abs(int(number) - found) <= FEW_MISSING:
        return ""
    return f"the file says that it holds {int(number):,} entries, and {found:,} were found: was it cut off?"


def _read(download: Download) -> PublishedList:
    remarks: list[str] = []
    parties: list[Party] = []
    version, stated = "", ""
    for element in elements(download, "publshInformation", "sdnEntry"):
        if element.tag == "sdnEntry":
            parties.append(_party(element, remarks))
        else:
            version = _version(text_of(element, "Publish_Date"), remarks)
            stated = text_of(element, "Record_Count")
    refuse_empty(download.path, len(parties))
    if stated and stated.replace(",", "") != str(len(parties)):
        remarks.append(f"the file says that it holds {stated} entries; {len(parties)} were found")
    consolidated = non_sdn(parties)
    if not consolidated:
        under_sdn(parties)
    name, title = NON_SDN if consolidated else SDN
    cut = _differs(stated, len(parties))
    return published(parties, name=name, title=title, format=NAME, version=version, remarks=remarks, cut=cut)


OFAC_XML = ListFormat(
    name=NAME,
    recognises=lambda head: root_of(head) == "sdnList",
    read=_read,
)
