"""EU FSF as XML 1.1: one ``sanctionEntity`` for each entry, with attributes for most of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import iso_day
from vesseltrack.vessels.lists.csv_rows import CUT_OFF
from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.eu import IMO_TYPE, Entity, keep, published
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.xml import elements, root, root_of, texts_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "EU FSF XML 1.1"


def recognises(head: str) -> bool:
    """Whether the root is ``export`` and holds entities of the EU's list."""
    return root_of(head) == "export" and ("fsd/export" in head or "sanctionEntity" in head)


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or no well-formed XML."""
    entities = [_entity(element) for element in elements(download, "sanctionEntity")]
    if not entities:
        raise ListError(f"{download.path}: holds no sanctionEntity; {CUT_OFF}.")
    version = iso_day(root(download).get("generationDate", ""))
    return published(entities, format=FORMAT, version=version, remarks=[])


def _entity(element: Element) -> Entity:
    """Return an entry; of persons nothing but the type is kept, to hold the memory down."""
    subject = element.find("subjectType")
    kind = _attribute(subject, "code") if subject is not None else ""
    entity = Entity(_attribute(element, "logicalId"), kind=kind)
    if entity.type == "person":
        return entity
    entity.reference = _attribute(element, "euReferenceNumber")
    entity.un_id = _attribute(element, "unitedNationId")
    entity.designated = _attribute(element, "designationDate")
    for remark in (*texts_of(element, "remark"), _attribute(element, "designationDetails")):
        keep(entity.remarks, remark)
    for regulation in element.findall("regulation"):
        keep(entity.programmes, _attribute(regulation, "programme"))
        keep(entity.regulations, _attribute(regulation, "numberTitle"))
        keep(entity.regulation_days, _attribute(regulation, "publicationDate"))
        keep(entity.regulation_days, _attribute(regulation, "entryIntoForceDate"))
    for name in element.findall("nameAlias"):
        entity.add_name(_attribute(name, "wholeName"), _attribute(name, "nameLanguage"))
    for identification in element.findall("identification"):
        if _attribute(identification, "identificationTypeCode").lower() == IMO_TYPE:
            keep(entity.imo, _attribute(identification, "latinNumber") or _attribute(identification, "number"))
    return entity


def _attribute(element: Element, name: str) -> str:
    return " ".join(element.get(name, "").split())


EU_XML = ListFormat(FORMAT, recognises, read)
