"""UK Sanctions List as XML: one ``Designation`` for each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import iso_day
from vesseltrack.vessels.lists.csv_rows import CUT_OFF
from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.uk import Designation, published
from vesseltrack.vessels.lists.xml import elements, root_of, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "UK Sanctions List XML"

_NAME_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6", "Name")
_LISTS = {
    "information": "OtherInformation",
    "reasons": "UKStatementofReasons",
    "un_references": "UNReferenceNumber",
    "other_scripts": "NameNonLatinScript",
    "imo": "IMONumber",
    "owners": "CurrentOwnerOperator",
    "previous_owners": "PreviousOwnerOperator",
    "flags": "CurrentBelievedFlagOfShip",
    "previous_flags": "PreviousFlag",
    "types": "TypeOfShip",
    "tonnages": "TonnageOfShip",
    "lengths": "LengthOfShip",
    "built": "YearBuilt",
    "hulls": "HullIdentificationNumber",
}
"""Element of each field, wherever it stands within the designation."""


def recognises(head: str) -> bool:
    """Whether the root is ``Designations``."""
    return root_of(head) == "Designations"


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or no well-formed XML."""
    remarks: list[str] = []
    versions: list[str] = []
    entries: list[Designation] = []
    seen: set[str] = set()
    for designation in _designations(download, versions):
        where = f"designation {len(entries) + 1}, {designation.name or designation.kind.lower()}"
        if not designation.entry_id:
            remarks.append(f"{where}: no unique id")
        elif designation.entry_id in seen:
            remarks.append(f"{where}: {designation.entry_id} stands more than once; each is an entry of its own")
        seen.add(designation.entry_id)
        entries.append(designation)
    if not entries:
        raise ListError(f"{download.path}: holds no Designation; {CUT_OFF}.")
    return published(entries, format=FORMAT, version=iso_day(versions[0]) if versions else "", remarks=remarks)


def _designations(download: Download, versions: list[str]) -> Iterator[Designation]:
    for element in elements(download, "Designation", "DateGenerated"):
        if element.tag == "DateGenerated":
            versions.append(text_of(element))
        else:
            yield _designation(element)


def _designation(element: Element) -> Designation:
    """Return an entry; of individuals nothing but the type is kept, to hold the memory down."""
    designation = Designation(text_of(element, "UniqueID"), text_of(element, "IndividualEntityShip"))
    if designation.kind.lower() == "individual":
        return designation
    for name in element.findall("Names/Name"):
        parts = (text_of(name, part) for part in _NAME_PARTS)
        designation.add_name(
            " ".join(part for part in parts if part), text_of(name, "NameType"), text_of(name, "AliasStrength")
        )
    day = text_of(element, "DateDesignated")
    source = text_of(element, "DesignationSource")
    imposed = "|".join(texts_of(element, ".//SanctionsImposed"))
    for regime in texts_of(element, "RegimeName") or [""]:
        designation.add_imposed(regime, imposed, day, source)
    for attribute, tag in _LISTS.items():
        setattr(designation, attribute, list(dict.fromkeys(texts_of(element, f".//{tag}"))))
    return designation


UK_XML = ListFormat(FORMAT, recognises, read)
