"""OpenSanctions, whatever the export: what its entities have in common.

OpenSanctions collects other people's lists, and more than sanctions: ships detained by port States, ships under
suspicion. Only what it calls sanctioned (topic ``sanction``) is a listing here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.cells import day_of, flag_of, joined
from vesseltrack.vessels.lists.measures import measures_in, without_reference
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Company, Listing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from vesseltrack.vessels.lists.entries import ShipEntry
    from vesseltrack.vessels.model import Measure, Vessel

NAME = "opensanctions"
AUTHORITY = "OpenSanctions"
TITLE = "OpenSanctions"

NOT_SANCTIONED = "ship without a sanction"
"""Detained, suspected, linked to somebody sanctioned, or mentioned; not itself sanctioned."""

KINDS = {
    "person": "individual", "airplane": "aircraft", "aircraft": "aircraft", "organization": "entity",
    "company": "entity", "legalentity": "entity", "publicbody": "entity",
}  # fmt: skip
"""Reason for skipping by schema or record type; any other schema is its own reason."""


def kind_of(schema: str) -> str:
    """Return the reason under which an entity that is not kept is counted: ``individual``, ``security`` ..."""
    return KINDS.get(schema.lower(), schema.lower() or "type not stated")


def sanctioned(topics: Collection[str], *, recorded: bool) -> bool:
    """Whether an entity is sanctioned: by its topics; where it has none at all, by a record of a sanction."""
    return "sanction" in topics if topics else recorded


def flags_of(codes: list[str]) -> tuple[str, str]:
    """Return the flag and a note: of several flags the export does not say which is flown today."""
    flags = list(dict.fromkeys(flag_of(code) for code in codes if code))
    if len(flags) > 1:
        return "", f"flags, the present one not marked: {', '.join(flags)}"
    return (flags[0] if flags else ""), ""


@dataclass(frozen=True)
class Sanction:
    """One record of who sanctioned an entity, under what, from when to when."""

    authority: str = ""
    programmes: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    """The authority's own ids, and the UN's."""

    begins: str = ""
    """Day from which it is in force, else day of listing; ISO, perhaps a month or a year."""

    ends: str = ""
    provisions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass
class Terms:
    """What the records of an entity say together, as one listing."""

    authority: str = AUTHORITY
    listed_on: date | None = None
    delisted_on: date | None = None
    precision: str = ""
    measures: list[tuple[Measure, date | None]] = field(default_factory=list)
    legal_basis: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def apply(self, entry: ShipEntry) -> None:
        """Put the terms into a ship's entry."""
        entry.listed_on = self.listed_on
        entry.delisted_on = self.delisted_on
        entry.precision = joined(entry.precision, self.precision)
        entry.measures += self.measures
        entry.legal_basis += self.legal_basis
        entry.programmes += self.programmes
        entry.notes = joined(entry.notes, *(f"reason: {reason}" for reason in self.reasons))

    def company(self, entry_id: str, name: str, imo: str | None, aliases: list[str], ships: list[str]) -> Company:
        """Return a company listed on these terms."""
        listing = Listing(
            authority=self.authority,
            list=TITLE,
            listed_name=name,
            listed_on=self.listed_on,
            delisted_on=self.delisted_on,
            precision=self.precision,
            measures=tuple(dict.fromkeys(self.measures)),
            legal_basis=tuple(dict.fromkeys(self.legal_basis)),
            entry_id=entry_id,
            programmes=tuple(dict.fromkeys(self.programmes)),
        )
        others = (alias for alias in aliases if alias != name)
        return Company(name, imo, tuple(dict.fromkeys(others)), listing, tuple(dict.fromkeys(ships)))


def terms(records: Collection[Sanction], first_seen: str = "") -> Terms:
    """Return one listing from all records: in force from the earliest beginning to the latest end, if all have ended.

    Where some records name a programme, those without one (detentions, warnings) are left aside. The day on which
    OpenSanctions first saw an entity is no day of listing; without another, the listing has no day and says so.
    """
    counted = [record for record in records if record.programmes] or list(records)
    authorities = [record.authority for record in counted if record.authority]
    found = Terms(authority="; ".join(dict.fromkeys(authorities)) or AUTHORITY)
    days = [(day_of(record.begins), record) for record in counted]
    dated = sorted({day for (day, _), _ in days if day})
    found.listed_on = dated[0] if dated else None
    remarks = [remark for (_, remark), _ in days if remark]
    if len(dated) > 1:
        remarks.append(f"the earliest of {len(dated)} days: {', '.join(day.isoformat() for day in dated)}")
    if not dated:
        seen = f"; OpenSanctions first saw it on {first_seen[:10]}" if first_seen else ""
        remarks.append(f"no day of listing in the file{seen}")
    elif len(counted) > len([day for (day, _), _ in days if day]):
        remarks.append("a further record has no day")
    ends = [day for day, _ in (day_of(record.ends) for record in counted) if day]
    if counted and len(ends) == len(counted) and (found.listed_on is None or max(ends) >= found.listed_on):
        found.delisted_on = max(ends)
    for (day, _), record in days:
        measures, others = measures_in("|".join(record.provisions))
        found.measures += [(measure, day if day != found.listed_on else None) for measure in measures]
        who = f" ({record.authority})" if record.authority else ""
        found.legal_basis += [f"imposed{who}: {without_reference(text)}" for text in others]
        found.legal_basis += [f"{identifier}{who}" for identifier in record.identifiers]
        found.programmes += record.programmes
        found.reasons += record.reasons
    found.measures = [pair for pair in found.measures if pair[1] is None or (pair[0], None) not in found.measures]
    found.precision = joined(*remarks)
    return found


@dataclass
class Result:
    """What has been read so far."""

    vessels: list[Vessel] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    rows: int = 0

    def add_ship(self, entry: ShipEntry, authority: str) -> tuple[Vessel, ...]:
        """Add the ship of an entry, or the ships of several IMO numbers."""
        found = entry.vessels(authority=authority, title=TITLE, remarks=self.remarks)
        self.vessels += found
        if not found:
            self.skipped["ship without name and number"] += 1
        return found

    def published(self, format: str, version: str = "") -> PublishedList:
        """Return the list."""
        return PublishedList(
            name=NAME,
            title=TITLE,
            authority=AUTHORITY,
            format=format,
            version=version,
            rows=self.rows,
            vessels=tuple(self.vessels),
            companies=tuple(self.companies),
            skipped=dict(self.skipped),
            remarks=tuple(self.remarks),
        )
