"""EU FSF as CSV 1.1: one row for each combination of name, address, birth date and number of an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import iso_day
from vesseltrack.vessels.lists.csv_rows import Table, header_in
from vesseltrack.vessels.lists.eu import IMO_TYPE, Entity, keep, published
from vesseltrack.vessels.lists.model import ListFormat

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "EU FSF CSV 1.1"

_NEEDED = (
    "Entity_LogicalId",
    "Entity_SubjectType_ClassificationCode",
    "Entity_Remark",
    "NameAlias_WholeName",
    "Identification_Number",
    "Identification_TypeCode",
)
_READ = (
    "fileGenerationDate",
    "Entity_EU_ReferenceNumber",
    "Entity_UnitedNationId",
    "Entity_DesignationDate",
    "Entity_DesignationDetails",
    "Entity_Regulation_PublicationDate",
    "Entity_Regulation_EntryIntoForceDate",
    "Entity_Regulation_NumberTitle",
    "Entity_Regulation_Programme",
    "NameAlias_NameLanguage",
    "Identification_LatinNumber",
)
_REGULATION = {
    f"Regulation_{part}"
    for part in (
        "Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme",
        "PublicationUrl",
    )
} | {"LogicalId", "RegulationLanguage", "Remark"}  # fmt: skip
_PLACE = {"City", "ZipCode", "Region", "Place", "CountryIso2Code", "CountryDescription"}
_UNREAD = {
    "Entity": _REGULATION | {"SubjectType"},
    "NameAlias": _REGULATION | {"LastName", "FirstName", "MiddleName", "Gender", "Title", "Function", "Strong"},
    "Address": _REGULATION | _PLACE | {"Street", "PoBox", "AsAtListingTime", "ContactInfo"},
    "BirthDate": _REGULATION
    | _PLACE
    | {"BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa", "CalendarType"},
    "Identification": _REGULATION
    | _PLACE
    | {
        "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost", "RevokedByIssuer", "IssuedBy", "IssuedDate",
        "ValidFrom", "ValidTo", "NameOnDocument", "TypeDescription",
    },
    "Citizenship": _REGULATION | _PLACE,
}  # fmt: skip
"""Columns that are known and say nothing of a ship, by what stands before the first underscore."""


def _unread(column: str) -> bool:
    group, _, rest = column.partition("_")
    return rest in _UNREAD.get(group, ())


def recognises(head: str) -> bool:
    """Whether a header, separated by semicolons, names the entity's id and its names."""
    return header_in(head, ("Entity_LogicalId", "NameAlias_WholeName"), ";")


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or a needed column is missing."""
    remarks: list[str] = []
    table = Table(download, _NEEDED, _READ, _unread, delimiter=";", remarks=remarks)
    found: dict[str, Entity] = {}
    version = ""
    for line, row in table.rows():
        version = version or iso_day(row.get("fileGenerationDate", ""))
        logical_id = row["Entity_LogicalId"]
        if not logical_id:
            remarks.append(f"line {line}: no logical id; taken as an entity of its own")
        _add(found.setdefault(logical_id or f"line {line}", Entity(logical_id)), row)
    return published(found.values(), format=FORMAT, version=version, remarks=remarks)


def _add(entity: Entity, row: Row) -> None:
    """Add what one row says; of persons nothing but the type is kept, to hold the memory down."""
    entity.kind = entity.kind or row.get("Entity_SubjectType_ClassificationCode", "")
    if entity.type == "person":
        return
    entity.reference = entity.reference or row.get("Entity_EU_ReferenceNumber", "")
    entity.un_id = entity.un_id or row.get("Entity_UnitedNationId", "")
    entity.designated = entity.designated or row.get("Entity_DesignationDate", "")
    keep(entity.remarks, row.get("Entity_Remark", ""))
    keep(entity.remarks, row.get("Entity_DesignationDetails", ""))
    keep(entity.programmes, row.get("Entity_Regulation_Programme", ""))
    keep(entity.regulations, row.get("Entity_Regulation_NumberTitle", ""))
    keep(entity.regulation_days, row.get("Entity_Regulation_PublicationDate", ""))
    keep(entity.regulation_days, row.get("Entity_Regulation_EntryIntoForceDate", ""))
    entity.add_name(row.get("NameAlias_WholeName", ""), row.get("NameAlias_NameLanguage", ""))
    if row.get("Identification_TypeCode", "").lower() == IMO_TYPE:
        keep(entity.imo, row.get("Identification_LatinNumber", "") or row.get("Identification_Number", ""))


EU_CSV = ListFormat(FORMAT, recognises, read)
