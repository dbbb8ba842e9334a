"""What OFAC's formats share: the items of remarks and id lists, and which entries are ships or companies of ships."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.flags import is_dprk, no_flag
from vesseltrack.vessels.identifiers import company_check_digit, parse_imo
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, AliasKind, Company

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vesseltrack.vessels.lists.entries import ShipEntry
    from vesseltrack.vessels.model import Measure, Vessel

AUTHORITY = "US"
SDN = ("ofac", "OFAC Specially Designated Nationals List")
NON_SDN = ("ofac-cons", "OFAC Consolidated Non-SDN List")
BLOCKING: tuple[Measure, ...] = ("asset_freeze",)
"""Property of a Specially Designated National is blocked (31 CFR chapter V): an asset freeze."""

NON_SDN_PROGRAMMES = ("NS-", "561-", "FSE-", "CMIC-")
"""Beginnings of programmes that block nobody: NS-PLC, 561-Related, FSE-IR, CMIC-EO13959. On the SDN list none of them
stands alone."""

ALIAS_KINDS: Mapping[str, AliasKind] = {"a": "variant", "f": "former", "n": "listed"}
"""By the first letter of a.k.a., f.k.a., n.k.a. (also aka, F.K.A.)."""

_NEXT_LINK = re.compile(r"\)\s*\((?=Linked To)", re.IGNORECASE)
_QUOTED = re.compile(r"""^([afn])\.?k\.?a\.?,?\s+['"‘“](.+?)['"’”]$""", re.IGNORECASE)
_FIELD = re.compile(
    r"^(?P<label>Vessel Registration Identification|Identification Number|IMO Number|IMO|Company Number|MMSI"
    r"|Linked To|(?:Former |Other )?Vessel Flag|(?:Former |Other )?Vessel Type|(?:Former |Other )?Vessel Call Sign"
    r"|Vessel Year of Build|Vessel Owner)\b\s*:?\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(1[89]|20)[0-9]{2}$")
_AMOUNT = re.compile(r"^[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]+)?$|^[0-9]{1,9}$")


@dataclass
class Party:
    """One entry of a list, ship or not, until it is known which companies the ships are linked to."""

    kind: str
    """``vessel``, ``individual``, ``aircraft``, ``entity``, in lower case."""

    entry: ShipEntry
    """Fields, for a company too: name, aliases, programmes, dates, and the numbers that it carries."""

    linked_to: list[str] = field(default_factory=list)
    """Names after "Linked To:", companies and individuals."""


def items_of(remarks: str) -> list[str]:
    """Part remarks at ``;``, and ``(Linked To: X) (Linked To: Y)``; full stops and ``alt.`` go."""
    found = []
    for part in _NEXT_LINK.sub("); (", remarks).split(";"):
        item = part.strip().rstrip(".").rstrip()
        if item.lower().startswith("(linked to") and item.endswith(")"):
            item = item[1:-1].rstrip(".")
        if item := item.removeprefix("alt. "):
            found.append(item)
    return found


def alias_of(kind: str, name: str) -> Alias:
    """Return the alias that OFAC calls ``aka``, ``f.k.a.``, ``N.K.A.`` ..."""
    return Alias(name, ALIAS_KINDS.get(kind[:1].lower(), "variant"))


def programmes_of(text: str) -> list[str]:
    """Part ``SDGT] [IFSR`` and ``SDGT; IFSR``."""
    return [part for part in (part.strip(" []") for part in re.split(r"\]\s*\[|;", text)) if part]


def flag_of(text: str) -> str:
    """Return the flag, ``DPRK`` however it is written; empty for ``None Identified`` and the like."""
    return "DPRK" if is_dprk(text) else "" if no_flag(text) else text.strip()


def amount_of(text: str, what: str, entry: ShipEntry, remarks: list[str]) -> float | None:
    """Return a tonnage, ``10,030`` or ``10030``; what is no number becomes a remark."""
    plain = text.strip()
    if not plain:
        return None
    if not _AMOUNT.match(plain):
        remarks.append(f"entry {entry.entry_id}, {entry.name}: {what} {plain!r} is no number; read without it")
        return None
    return float(plain.replace(",", "")) or None


def is_item(text: str) -> bool:
    """Whether `read_items` would look at a text."""
    return _FIELD.match(text) is not None


def read_items(party: Party, items: Iterable[str]) -> None:
    """Put the items of remarks or of an id list where they belong; items that say nothing of a ship are passed over."""
    entry = party.entry
    notes = [entry.notes] if entry.notes else []
    for item in items:
        if quoted := _QUOTED.match(item):
            entry.aliases.append(alias_of(quoted[1], quoted[2]))
            notes.append(f"weak alias {quoted[2]!r}")
            continue
        match = _FIELD.match(item)
        if match is None:
            continue
        label, value = match["label"].lower(), match["value"].strip()
        if label == "vessel registration identification" or label.startswith("imo"):
            entry.imo.append(value)
        elif label == "identification number":
            if value.upper().startswith("IMO"):
                entry.imo.append(value)
        elif label == "company number":
            if party.kind != "vessel" and re.fullmatch(r"(?:IMO\s*)?[0-9]{7}", value, re.IGNORECASE):
                entry.imo.append(value)
        elif label == "mmsi":
            entry.mmsi.append(value)
        elif label == "linked to":
            party.linked_to.append(value)
        elif label == "vessel owner":
            entry.owners.append(value)
        elif label == "vessel year of build":
            if _YEAR.match(value):
                entry.built = int(value)
        elif label.endswith("flag"):
            _flag(entry, label, flag_of(value))
        elif label.endswith("type"):
            if value and not entry.type:
                entry.type = value
            elif value:
                notes.append(f"{label}: {value}")
        elif value and not entry.call_sign:
            entry.call_sign = value
        elif value:
            notes.append(f"{label}: {value}")
    entry.notes = "; ".join(dict.fromkeys(notes))


def _flag(entry: ShipEntry, label: str, flag: str) -> None:
    if not flag:
        return
    if label == "vessel flag" and not entry.flag:
        entry.flag = flag
    else:
        entry.past_flags.append(flag)


def _key(name: str) -> str:
    """A company's name as links compare it: ``Yusong Shipping Co.`` is ``YUSONG SHIPPING CO``."""
    return " ".join(name.upper().split()).rstrip(". ")


def company_number(texts: Iterable[str], who: str, remarks: list[str]) -> str | None:
    """Return the first number with a company's check digit; any other becomes a remark."""
    found = None
    for text in texts:
        number = parse_imo(text)
        if len(number.digits) == 7 and number.state != "placeholder" and company_check_digit(number.digits):
            found = found or number.digits
        elif number.state != "missing":
            remarks.append(f"{who}: IMO number {text!r} has no company's check digit; read without it")
    return found


def non_sdn(parties: Iterable[Party]) -> bool:
    """Whether the file is the non-SDN consolidated list: entries stand under programmes alone that block nobody.

    One entry in twenty is asked for: a stray one on the SDN list must not take the freeze off all the others.
    """
    alone = [
        bool(party.entry.programmes) and all(one.startswith(NON_SDN_PROGRAMMES) for one in party.entry.programmes)
        for party in parties
    ]
    return sum(alone) > len(alone) / 20


def published(
    parties: list[Party],
    *,
    name: str,
    title: str,
    format: str,
    version: str,
    remarks: list[str],
    unreadable: int = 0,
    cut: str = "",
    warnings: tuple[str, ...] = (),
) -> PublishedList:
    """Return the list: ships, the companies that ships are linked to or that carry a company's number, and the rest."""
    skipped = Counter({"unreadable": unreadable} if unreadable else {})
    vessels: list[Vessel] = []
    ships: dict[str, list[str]] = {}
    for party in parties:
        if party.kind != "vessel":
            continue
        party.entry.owners += party.linked_to
        found = party.entry.vessels(authority=AUTHORITY, title=title, remarks=remarks)
        if not found:
            skipped["ship without name and number"] += 1
        vessels += found
        for owner in party.linked_to:
            ships.setdefault(_key(owner), []).extend(ship.imo or ship.name for ship in found)
    companies = []
    for party in parties:
        if party.kind == "vessel":
            continue
        entry = party.entry
        if party.kind != "entity":
            skipped[party.kind] += 1
            continue
        names = [entry.name, *(alias.name for alias in entry.aliases)]
        linked = [ship for each in names for ship in ships.get(_key(each), ())]
        number = company_number(entry.imo, f"entry {entry.entry_id}, {entry.name}", remarks)
        if not linked and number is None:
            skipped["entity"] += 1
            continue
        companies.append(
            Company(
                name=entry.name,
                imo=number,
                aliases=tuple(dict.fromkeys(alias.name for alias in entry.aliases)),
                listing=entry.listing(AUTHORITY, title),
                ships=tuple(dict.fromkeys(linked)),
            )
        )
    return PublishedList(
        name=name,
        title=title,
        authority=AUTHORITY,
        format=format,
        version=version,
        rows=len(parties) + unreadable,
        vessels=tuple(vessels),
        companies=tuple(companies),
        skipped=dict(skipped),
        remarks=(*remarks, *warnings),
        cut=cut,
        warnings=warnings,
    )


def kind_of(text: str) -> str:
    """Return the kind of an entry in lower case; OFAC's flat file leaves that of an entity empty."""
    return text.strip().lower() or "entity"


def under_sdn(parties: Iterable[Party]) -> None:
    """Give each entry the measure that the SDN list stands for, on the basis of its programmes."""
    for party in parties:
        party.entry.measures = [(measure, None) for measure in BLOCKING]
        party.entry.legal_basis = list(party.entry.programmes)
