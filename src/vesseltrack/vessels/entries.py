"""Rows of a register file become register entries: one vessel per IMO number, with all its listings and names."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from vesseltrack.vessels.identifiers import parse_imo, parse_mmsi
from vesseltrack.vessels.model import Alias, AliasKind, Listing, Measure, Vessel
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)
MEASURES: tuple[Measure, ...] = get_args(Measure)

_ALIAS = re.compile(
    r"^(?P<name>.*?)\s*(?:\[(?P<kind>[a-z]+)(?:\s+(?P<first>[0-9-]*)(?P<open>/(?P<last>[0-9-]*))?)?\])?$"
)
_DAY = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_MEASURE_WORDS: dict[str, Measure] = {
    "assetfreeze": "asset_freeze", "freeze": "asset_freeze", "freezing": "asset_freeze",
    "portentryban": "port_entry_ban", "portban": "port_entry_ban", "prohibitionofportentry": "port_entry_ban",
    "prohibitionfromenteringports": "port_entry_ban",
    "deflag": "deflag", "deflagging": "deflag", "deregister": "deflag", "deregistration": "deflag",
}  # fmt: skip


class EntryError(ValueError):
    """A cell of a register row that cannot be used; the message names column and value."""


def parts(cell: str) -> tuple[str, ...]:
    """Split a cell at ``;``."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def parse_day(text: str, column: str, *, last: bool = False) -> date | None:
    """Read ``2018-03-30``; ``2018-03`` and ``2018`` are the first (or last) day of the period; blank is None."""
    if not text.strip():
        return None
    match = _DAY.match(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or (12 if last else 1)), match[3]
        return date(year, month, int(day) if day else calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        msg = f"{column} {text!r} is not a date like 2018-03-30"
        raise EntryError(msg) from None


def parse_alias(text: str) -> Alias:
    """Read ``NAME [kind]``, ``NAME [kind 2018]`` or ``NAME [kind 2018-01/2018-12]``; without brackets a variant."""
    match = _ALIAS.match(text)
    if match is None or match["kind"] is None:
        return Alias(text, "variant")
    kind = next((known for known in ALIAS_KINDS if known == match["kind"]), None)
    if kind is None:
        msg = f"aliases {text!r}: the kind is none of {', '.join(ALIAS_KINDS)}"
        raise EntryError(msg)
    first = match["first"] or ""
    last = (match["last"] or "") if match["open"] else first
    return Alias(match["name"], kind, parse_day(first, "aliases"), parse_day(last, "aliases", last=True))


def parse_measure(text: str) -> tuple[Measure, date | None]:
    """Read ``port_entry_ban`` or ``deflag@2018-03-30``."""
    word, _, since = text.partition("@")
    measure = _MEASURE_WORDS.get("".join(c for c in word.lower() if c.isalpha()))
    if measure is None:
        msg = f"measures {word!r} is none of {', '.join(MEASURES)}"
        raise EntryError(msg)
    return measure, parse_day(since, "measures")


def _amount(row: Mapping[str, str], column: str) -> float | None:
    text = row.get(column, "")
    try:
        value = float(text) if text else None
    except ValueError:
        value = -1.0
    if value is not None and not 0 < value < 1e6:  # no ship measures a million tonnes
        msg = f"{column} {text!r} is not a positive number"
        raise EntryError(msg)
    return value


def _imo(text: str) -> str | None:
    number = parse_imo(text)
    if number.state == "missing":
        return None
    if number.state != "ship":
        msg = f"imo {text!r} {number.remark}: correct it, or leave the cell empty where the number is not known"
        raise EntryError(msg)
    return number.digits


def _listing(row: Mapping[str, str], name: str, authority: str, list_name: str) -> Listing:
    listed_on = parse_day(row.get("listed_on", ""), "listed_on")
    delisted_on = parse_day(row.get("delisted_on", ""), "delisted_on")
    if row.get("status") == "delisted" and delisted_on is None:
        msg = "status is delisted, but delisted_on is empty: without a day the ship would count as listed"
        raise EntryError(msg)
    if listed_on and delisted_on and delisted_on < listed_on:
        msg = f"delisted_on {row['delisted_on']!r} is before listed_on {row['listed_on']!r}"
        raise EntryError(msg)
    return Listing(
        authority=row.get("authority", "") or authority,
        list=row.get("list", "") or list_name,
        listed_name=name,
        listed_on=listed_on,
        delisted_on=delisted_on,
        precision=row.get("precision", ""),
        measures=tuple(dict.fromkeys(parse_measure(measure) for measure in parts(row.get("measures", "")))),
        legal_basis=parts(row.get("legal_basis", "")),
    )


def entry(row: Mapping[str, str], *, authority: str = "UN", list_name: str = "") -> Vessel:
    """Turn one row into a vessel with at most one listing; ``status`` ``unlisted`` makes none.

    Raises `EntryError` for a number that is no ship's, a bad date, an unknown measure or kind of name, and for a row
    with neither name nor number.
    """
    imo = _imo(row.get("imo", ""))
    name = row.get("name", "") or (f"IMO {imo}" if imo else "")
    key = canonical(name)
    if not (key.letters or key.numbers):
        msg = f"name {name!r} holds no letter and no digit, and there is no IMO number"
        raise EntryError(msg)
    stations = tuple(parse_mmsi(text) for text in parts(row.get("mmsi", "")))
    wrong = [station.text for station in stations if station.state not in {"valid", "missing"}]
    if wrong:
        msg = f"mmsi {wrong[0]!r} is not a number of nine digits"
        raise EntryError(msg)
    built = _amount(row, "built")
    listed = row.get("status", "listed") != "unlisted"
    return Vessel(
        id=f"IMO{imo}" if imo else str(key),
        name=name,
        imo=imo,
        mmsi=tuple(station.digits for station in stations if station.state == "valid"),
        flag=row.get("flag", ""),
        type=row.get("type", "").lower(),
        role=row.get("role", ""),
        aliases=tuple(parse_alias(alias) for alias in parts(row.get("aliases", ""))),
        listings=(_listing(row, name, authority, list_name),) if listed else (),
        also_listed=row.get("also_listed", ""),
        deadweight_tonnes=_amount(row, "deadweight_tonnes"),
        gross_tonnage=_amount(row, "gross_tonnage"),
        observed_load_tonnes=_amount(row, "observed_load_tonnes"),
        observed_load_m3=_amount(row, "observed_load_m3"),
        built=int(built) if built else None,
        common_name=row.get("common_name", "").lower() == "yes",
        source=row.get("source", ""),
        notes=row.get("notes", ""),
        call_sign=row.get("call_sign", ""),
    )


def _joined(*texts: str) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def listing_key(listing: Listing, imo: str | None) -> tuple[str, str, date | None]:
    """Key of a listing: authority, entry id (else IMO number, else canonical name) and date.

    A user's own lists have no authority of their own, so the list's name stands for it.
    """
    authority = f"custom {listing.list}" if listing.authority == "custom" else listing.authority
    return authority, listing.entry_id or imo or str(canonical(listing.listed_name)), listing.listed_on


def one_of_each(listings: Iterable[Listing], imo: str | None) -> tuple[Listing, ...]:
    """Join listings of one ship that are the same, in order of date.

    The same authority and entry id is one listing also where one publication prints the date and the other does not.
    """
    given = list(dict.fromkeys(listings))
    if len(given) > 1:
        found: dict[tuple[str, str, date | None], Listing] = {}
        for listing in sorted(given, key=lambda x: x.listed_on is None):
            key = listing_key(listing, imo)
            if listing.listed_on is None and listing.entry_id and key not in found:
                dated = [known for known in found if known[:2] == key[:2] and known[2] is not None]
                key = dated[0] if len(dated) == 1 else key
            found[key] = _one_listing(found[key], listing) if key in found else listing
        given = list(found.values())
    return tuple(sorted(given, key=lambda listing: (listing.listed_on or date.min, listing.listed_name)))


def _one_listing(first: Listing, second: Listing) -> Listing:
    """What the first says stands; measures and basis of both count. Delisted only where both say so."""
    ended = (first.delisted_on, second.delisted_on)
    return replace(
        first,
        delisted_on=None if None in ended else max(day for day in ended if day is not None),
        measures=tuple(dict.fromkeys((*first.measures, *second.measures))),
        legal_basis=tuple(dict.fromkeys((*first.legal_basis, *second.legal_basis))),
        programmes=tuple(dict.fromkeys((*first.programmes, *second.programmes))),
    )


def merged(first: Vessel, second: Vessel) -> Vessel:
    """Join two entries for one ship. What the first knows stands; the second fills gaps and adds names and listings."""
    aliases = list(first.aliases)
    if second.name.casefold() != first.name.casefold() and not second.name.startswith("IMO "):
        aliases.append(Alias(second.name, "listed" if second.listings else "variant"))
    aliases += second.aliases
    imo = first.imo or second.imo
    return replace(
        first,
        imo=imo,
        id=first.id if first.imo or not second.imo else second.id,
        mmsi=tuple(dict.fromkeys((*first.mmsi, *second.mmsi))),
        flag=first.flag or second.flag,
        type=first.type or second.type,
        role=first.role or second.role,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias.name != first.name)),
        listings=one_of_each((*first.listings, *second.listings), imo),
        also_listed=_joined(first.also_listed, second.also_listed),
        deadweight_tonnes=first.deadweight_tonnes or second.deadweight_tonnes,
        gross_tonnage=first.gross_tonnage or second.gross_tonnage,
        observed_load_tonnes=max(first.observed_load_tonnes or 0, second.observed_load_tonnes or 0) or None,
        observed_load_m3=max(first.observed_load_m3 or 0, second.observed_load_m3 or 0) or None,
        built=first.built or second.built,
        common_name=first.common_name or second.common_name,
        source=_joined(first.source, second.source),
        notes=_joined(first.notes, second.notes),
        call_sign=first.call_sign or second.call_sign,
        past_flags=tuple(dict.fromkeys((*first.past_flags, *second.past_flags))),
        owners=tuple(dict.fromkeys((*first.owners, *second.owners))),
    )


def _precedence(vessel: Vessel) -> tuple[bool, bool, date]:
    """A ship's name is that of its listing in force, else of its last one, else of the row without a listing."""
    listing = vessel.listings[0] if vessel.listings else None
    if listing is None:
        return (False, False, date.min)
    return (True, listing.delisted_on is None, listing.listed_on or date.min)


def vessels_of(entries: Iterable[Vessel]) -> tuple[Vessel, ...]:
    """Join the entries that share an id, in order of first appearance; the current listing's name goes first."""
    by_id: dict[str, list[Vessel]] = {}
    for vessel in entries:
        by_id.setdefault(vessel.id, []).append(vessel)
    ships = []
    for same in by_id.values():
        first, *others = sorted(same, key=_precedence, reverse=True)
        for other in others:
            first = merged(first, other)
        ships.append(first)
    return tuple(ships)
