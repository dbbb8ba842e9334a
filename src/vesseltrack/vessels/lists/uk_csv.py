"""UK Sanctions List as CSV: one row for each name, address and regime of an entry, joined by ``Unique ID``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import iso_day
from vesseltrack.vessels.lists.csv_rows import Table, header_in, plain
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.uk import Designation, published

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "UK Sanctions List CSV"

_NEEDED = ("Unique ID", "Name 6", "Name type", "Designation Type", "Sanctions Imposed", "Date Designated", "IMO number")
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_LISTS = {
    "information": "Other Information",
    "reasons": "UK Statement of Reasons",
    "un_references": "UN Reference Number",
    "other_scripts": "Name non-latin script",
    "imo": "IMO number",
    "owners": "Current owner/operator (s)",
    "previous_owners": "Previous owner/operator (s)",
    "flags": "Current believed flag of ship",
    "previous_flags": "Previous flags",
    "types": "Type of ship",
    "tonnages": "Tonnage of ship",
    "lengths": "Length of ship",
    "built": "Year Built",
    "hulls": "Hull identification number (HIN)",
}
"""Column of each field of a designation that may have several values."""

_READ = (*_NAMES, "Alias strength", "Regime Name", "Designation source", *_LISTS.values())
_UNREAD = frozenset(
    plain(column)
    for column in (
        "Last Updated", "OFSI Group ID", "Title", "Non-latin script type", "Non-latin script language",
        "Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4", "Address Line 5", "Address Line 6",
        "Address Postal Code", "Address Country", "Phone number", "Website", "Email address", "D.O.B",
        "Nationality(/ies)", "National Identifier number", "National Identifier additional information",
        "Passport number", "Passport additional information", "Position", "Gender", "Town of birth",
        "Country of birth", "Type of entity", "Subsidiaries", "Parent company", "Business registration number (s)",
    )
)  # fmt: skip


def recognises(head: str) -> bool:
    """Whether a header names the columns of an entry's id, its sixth name and what is imposed."""
    return header_in(head, ("Unique ID", "Name 6", "Sanctions Imposed"))


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or a needed column is missing."""
    remarks: list[str] = []
    table = Table(download, _NEEDED, _READ, lambda column: plain(column) in _UNREAD, remarks=remarks)
    found: dict[str, Designation] = {}
    for line, row in table.rows():
        entry_id = row["Unique ID"]
        if not entry_id:
            remarks.append(f"line {line}: no unique id; taken as an entry of its own")
        designation = found.setdefault(entry_id or f"line {line}", Designation(entry_id))
        _add(designation, row)
    version = next(
        (iso_day(cells[0].partition(":")[2]) for cells in table.before if cells[0].lower().startswith("report date")),
        "",
    )
    return published(found.values(), format=FORMAT, version=version, remarks=remarks)


def _add(designation: Designation, row: Row) -> None:
    """Add what one row says; of individuals nothing but the type is kept, to hold the memory down."""
    kind = row.get("Designation Type", "")
    designation.kind = "Ship" if kind.lower() == "ship" else designation.kind or kind
    if designation.kind.lower() == "individual":
        return
    name = " ".join(part for part in (row.get(column, "") for column in _NAMES) if part)
    designation.add_name(name, row.get("Name type", ""), row.get("Alias strength", ""))
    designation.add_imposed(
        row.get("Regime Name", ""),
        row.get("Sanctions Imposed", ""),
        row.get("Date Designated", ""),
        row.get("Designation source", ""),
    )
    for attribute, column in _LISTS.items():
        text, values = row.get(column, ""), getattr(designation, attribute)
        if text and text not in values:
            values.append(text)


UK_CSV = ListFormat(FORMAT, recognises, read)
