"""OFAC's SDN_ADVANCED.XML, and CONS_ADVANCED.XML of the same layout: the one format of OFAC's that dates each listing.

About 120 MB: parties, identity documents, relationships and sanctions entries stand one after another and refer to each
other by number; what is not a ship's or a company's is let go at once. What a number means is looked up in the file's
own reference tables, never assumed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.ofac import (
    BLOCKING,
    NON_SDN,
    SDN,
    Party,
    alias_of,
    amount_of,
    is_item,
    kind_of,
    non_sdn,
    published,
    read_items,
)
from vesseltrack.vessels.lists.records import refuse_empty
from vesseltrack.vessels.lists.xml import elements, root_of, text_of
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

NAME = "OFAC SDN_ADVANCED.XML"


@dataclass
class _Reader:
    """What is known at some point of the file."""

    remarks: list[str] = field(default_factory=list)
    version: str = ""
    tables: dict[tuple[str, str], str] = field(default_factory=dict)
    """Text by table and number: ``("FeatureType", "3")`` is ``Vessel Flag``."""

    party_type: dict[str, str] = field(default_factory=dict)
    """Number of the party type by number of the sub type; a company's sub type reads ``Unknown``."""

    countries: dict[str, str] = field(default_factory=dict)
    """Country by number of a location."""

    documents: dict[str, list[str]] = field(default_factory=dict)
    """``Vessel Registration Identification IMO 9313149`` by number of the identity."""

    parties: list[Party] = field(default_factory=list)
    by_profile: dict[str, Party] = field(default_factory=dict)
    lists: Counter[str] = field(default_factory=Counter)

    def look_up(self, table: str, number: str | None) -> str:
        return self.tables.get((table, number or ""), "")

    def issue(self, element: Element) -> None:
        day = _day(element)
        if day is not None and not self.version:
            self.version = day.isoformat()

    def references(self, element: Element) -> None:
        for value in element.iter():
            number = value.get("ID")
            if number is None:
                continue
            self.tables[value.tag, number] = text_of(value) or value.get("ISO2", "")
            if value.tag == "PartySubType":
                self.party_type[number] = value.get("PartyTypeID", "")

    def location(self, element: Element) -> None:
        country = element.find("LocationCountry")
        if country is not None:
            self.countries[element.get("ID", "")] = self.look_up("Country", country.get("CountryID"))

    def document(self, element: Element) -> None:
        kind = self.look_up("IDRegDocType", element.get("IDRegDocTypeID"))
        item = f"{kind} {text_of(element, 'IDRegistrationNo')}"
        if is_item(item):
            self.documents.setdefault(element.get("IdentityID", ""), []).append(item)

    def party(self, element: Element) -> None:
        profile = element.find("Profile")
        number = profile.get("ID", "") if profile is not None else element.get("FixedRef", "")
        sub_type = profile.get("PartySubTypeID", "") if profile is not None else ""
        kind = self.look_up("PartySubType", sub_type)
        if kind in {"", "Unknown"}:
            kind = self.look_up("PartyType", self.party_type.get(sub_type)) or "party of unknown type"
        party = Party(kind_of(kind), ShipEntry(entry_id=number, name=""))
        self.parties.append(party)
        self.by_profile[number] = party
        if profile is None or party.kind not in {"vessel", "entity"}:
            return
        items: list[str] = []
        for identity in profile.findall("Identity"):
            self.names(party.entry, identity)
            items += self.documents.pop(identity.get("ID", ""), [])
        for feature in profile.findall("Feature"):
            label = self.look_up("FeatureType", feature.get("FeatureTypeID")).rstrip(":")
            value = self.value(feature)
            if label == "Vessel Tonnage":
                party.entry.deadweight_tonnes = amount_of(value, "tonnage", party.entry, self.remarks)
            elif label == "Vessel Gross Registered Tonnage":
                party.entry.gross_tonnage = amount_of(value, "gross tonnage", party.entry, self.remarks)
            else:
                items.append(f"{label} {value}")
        read_items(party, items)

    def names(self, entry: ShipEntry, identity: Element) -> None:
        """Every documented name; the primary one in Latin letters is the entry's, the others are aliases."""
        for alias in identity.findall("Alias"):
            kind = self.look_up("AliasType", alias.get("AliasTypeID"))
            own = kind == "Name" or alias.get("Primary") == "true"
            for documented in alias.findall("DocumentedName"):
                values = documented.findall("DocumentedNamePart/NamePartValue")
                name = " ".join(text for text in map(text_of, values) if text)
                scripts = {self.look_up("Script", value.get("ScriptID")) for value in values}
                if not name:
                    continue
                if own and not entry.name and scripts <= {"Latin", ""}:
                    entry.name = name
                else:
                    entry.aliases.append(Alias(name, "variant") if own else alias_of(kind, name))
        if not entry.name and entry.aliases:
            entry.name = entry.aliases.pop(0).name

    def value(self, feature: Element) -> str:
        detail = feature.find(".//VersionDetail")
        if detail is not None:
            return text_of(detail) or self.look_up("DetailReference", detail.get("DetailReferenceID"))
        place = feature.find(".//VersionLocation")
        if place is not None:
            return self.countries.get(place.get("LocationID", ""), "")
        return text_of(feature, ".//DatePeriod/Start/From/Year")

    def relationship(self, element: Element) -> None:
        """Link a ship to a company or person, whichever of the two stands first."""
        ends = [self.by_profile.get(element.get(end, "")) for end in ("From-ProfileID", "To-ProfileID")]
        if None in ends or element.get("Former") == "true":
            return
        ships = [party for party in ends if party is not None and party.kind == "vessel"]
        others = [party for party in ends if party is not None and party.kind == "entity"]
        if ships and others and others[0].entry.name:
            ships[0].linked_to.append(others[0].entry.name)

    def sanction(self, element: Element) -> None:
        """Programmes, legal basis, measure, and the day of the first listing."""
        label = self.look_up("List", element.get("ListID"))
        self.lists[label] += 1
        party = self.by_profile.get(element.get("ProfileID", ""))
        if party is None:
            return
        entry = party.entry
        kinds = set()
        for measure in element.findall("SanctionsMeasure"):
            kind = self.look_up("SanctionsType", measure.get("SanctionsTypeID"))
            kinds.add(kind)
            if kind == "Program" and (programme := text_of(measure, "Comment")):
                entry.programmes.append(programme)
        if label.startswith("SDN") or "Block" in kinds:
            entry.measures += [(measure, None) for measure in BLOCKING]
        for event in element.findall("EntryEvent"):
            basis = self.look_up("LegalBasis", event.get("LegalBasisID"))
            if basis not in {"", "Unknown"}:
                entry.legal_basis.append(basis)
            if self.look_up("EntryEventType", event.get("EntryEventTypeID")) == "Created":
                day = _day(event.find("Date"))
                if day is None:
                    self.remarks.append(f"entry {entry.entry_id}, {entry.name}: its day of listing is not readable")
                elif entry.listed_on is None or day < entry.listed_on:
                    entry.listed_on = day


def _day(element: Element | None) -> date | None:
    """Return ``Year/Month/Day``; None where it is no date."""
    try:
        return date(*(int(text_of(element, part)) for part in ("Year", "Month", "Day")))
    except (ValueError, OverflowError):
        return None


def _read(download: Download) -> PublishedList:
    reader = _Reader()
    steps = {
        "DateOfIssue": reader.issue,
        "ReferenceValueSets": reader.references,
        "Location": reader.location,
        "IDRegDocument": reader.document,
        "DistinctParty": reader.party,
        "ProfileRelationship": reader.relationship,
        "SanctionsEntry": reader.sanction,
    }
    for element in elements(download, *steps):
        steps[element.tag](element)
    refuse_empty(download.path, len(reader.parties))
    for party in reader.parties:
        party.entry.legal_basis = party.entry.legal_basis or list(party.entry.programmes)
        if party.kind == "vessel" and party.entry.listed_on is None:
            reader.remarks.append(f"entry {party.entry.entry_id}, {party.entry.name}: no day of listing")
    usual = reader.lists.most_common(1)
    consolidated = not usual[0][0].startswith("SDN") if usual else non_sdn(reader.parties)
    name, title = NON_SDN if consolidated else SDN
    return published(
        reader.parties, name=name, title=title, format=NAME, version=reader.version, remarks=reader.remarks
    )


OFAC_ADVANCED = ListFormat(
    name=NAME,
    recognises=lambda head: root_of(head) == "Sanctions",
    read=_read,
)
