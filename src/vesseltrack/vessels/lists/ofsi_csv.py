"""OFSI ConList.csv, discontinued on 28 January 2026: a ship's number and flag stand in ``Other Information``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import day_of, iso_day
from vesseltrack.vessels.lists.csv_rows import Table, header_in, plain
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.uk import Designation, published

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "OFSI ConList.csv"
TITLE = "OFSI Consolidated List of Asset Freeze Targets"

_NEEDED = ("Group ID", "Name 6", "Group Type", "Other Information")
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_READ = (
    *_NAMES, "Name Non-Latin Script", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated",
)  # fmt: skip
_UNREAD = frozenset(
    plain(column)
    for column in (
        "Title", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth",
        "Nationality", "Passport Number", "Passport Details", "National Identification Number",
        "National Identification Details", "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5",
        "Address 6", "Post/Zip Code", "Country", "Last Updated",
    )
)  # fmt: skip
_LABEL = re.compile(r"\(([A-Z][^()]{1,60})\)\s*:")
"""``(IMO number):7408873 (Flag of ship):North Korea``."""

_REFERENCE = re.compile(r"[A-Z]{3}\d{3,5}\b")
"""The entry's id on the UK Sanctions List: ``DPR0104``."""

_FIELDS = {
    "uksanctionslistref": "refs", "imonumber": "imo", "currentowners": "owners", "currentowneroperators": "owners",
    "previousowners": "previous_owners", "previousowneroperators": "previous_owners", "flagofship": "flags",
    "currentbelievedflagofship": "flags", "previousflags": "previous_flags", "typeofship": "types",
    "tonnageofship": "tonnages", "lengthofship": "lengths", "yearbuilt": "built", "yearofbuild": "built",
    "ukstatementofreasons": "reasons", "hullidentificationnumber": "hulls", "hullidentificationnumberhin": "hulls",
    "unref": "un_references", "unreference": "un_references",
}  # fmt: skip


def recognises(head: str) -> bool:
    """Whether a header names the group's id, its type and its regime."""
    return header_in(head, ("Group ID", "Group Type", "Name 6", "Other Information"))


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where it is cut off or a needed column is missing."""
    remarks = [
        "this list was discontinued on 28 January 2026 and holds only asset freezes; use the UK Sanctions List instead",
        "the file names no measure: each entry counts as an asset freeze, which is what the list is for",
    ]
    table = Table(download, _NEEDED, _READ, lambda column: plain(column) in _UNREAD, remarks=remarks)
    found: dict[str, Designation] = {}
    for line, row in table.rows():
        group = row.get("Group ID", "")
        if not group:
            remarks.append(f"line {line}: no group id; taken as an entry of its own")
        _add(found.setdefault(group or f"line {line}", Designation(group)), row)
    version = next(
        (iso_day(cells[1]) for cells in table.before if len(cells) > 1 and plain(cells[0]) == "lastupdated"), ""
    )
    return published(
        found.values(), format=FORMAT, version=version, remarks=remarks, title=TITLE, fixed=("asset_freeze",)
    )


def _add(designation: Designation, row: Row) -> None:
    kind = row.get("Group Type", "")
    designation.kind = "Ship" if kind.lower() == "ship" else designation.kind or kind
    if designation.kind.lower() == "individual":
        return
    name = " ".join(part for part in (row.get(column, "") for column in _NAMES) if part)
    designation.add_name(name, row.get("Alias Type", ""), row.get("Alias Quality", ""))
    other = row.get("Name Non-Latin Script", "")
    if other and other not in designation.other_scripts:
        designation.other_scripts.append(other)
    days = [row.get(column, "") for column in ("Listed On", "UK Sanctions List Date Designated")]
    dated = [(day, text) for text, day in ((text, day_of(text)[0]) for text in days) if day]
    designation.add_imposed(row.get("Regime", ""), "", min(dated)[1] if dated else days[0] or days[1])
    if len(set(dated)) > 1:
        _keep(designation.information, f"UK Sanctions List date designated: {days[1]}")
    before, *spans = _LABEL.split(row.get("Other Information", ""))
    _keep(designation.information, before.strip())
    for label, text in zip(spans[::2], spans[1::2], strict=True):
        field = _FIELDS.get(plain(label))
        value = text.strip(" .;,")
        if field == "refs":
            reference = _REFERENCE.match(value)
            designation.entry_id = reference[0] if reference else designation.entry_id
            _keep(designation.information, value[reference.end() :].strip(" .;,") if reference else value)
        elif field:
            _keep(getattr(designation, field), value)
        else:
            _keep(designation.information, f"{label}: {value}")


def _keep(values: list[str], text: str) -> None:
    if text and text not in values:
        values.append(text)


OFSI_CSV = ListFormat(FORMAT, recognises, read)
