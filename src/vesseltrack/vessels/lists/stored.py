"""A published list as JSON text and back, without loss; what is empty is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.model import Alias, Company, Listing, Vessel
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY_VESSEL: dict[str, Any] = {
    "imo": None, "mmsi": (), "flag": "", "type": "", "role": "", "aliases": (), "listings": (), "also_listed": "",
    "deadweight_tonnes": None, "gross_tonnage": None, "observed_load_tonnes": None, "observed_load_m3": None,
    "built": None, "common_name": False, "source": "", "notes": "", "call_sign": "", "past_flags": (), "owners": (),
}  # fmt: skip
_EMPTY_LISTING: dict[str, Any] = {
    "listed_on": None, "delisted_on": None, "precision": "", "measures": (), "legal_basis": (), "entry_id": "",
    "programmes": (),
}  # fmt: skip
_TEXTS = ("mmsi", "past_flags", "owners", "legal_basis", "programmes")


def to_json(content: PublishedList) -> str:
    """One line of JSON; equal lists give equal text."""
    return json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str | bytes) -> PublishedList:
    """The list that `to_json` wrote; raises ValueError, KeyError or TypeError for anything else."""
    record = json.loads(text)
    return PublishedList(
        **{
            **record,
            "vessels": tuple(map(_vessel, record.get("vessels", ()))),
            "companies": tuple(map(_company, record.get("companies", ()))),
            "skipped": record.get("skipped", {}),
            "remarks": tuple(record.get("remarks", ())),
            "warnings": tuple(record.get("warnings", ())),
        }
    )


def _plain(value: Any) -> Any:
    """Plain JSON of a value; fields of a dataclass that hold nothing are left out where reading puts them back."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Vessel):
        return {name: text for name, text in _fields(value, _EMPTY_VESSEL) if name != "id" or value.id != _id(value)}
    if isinstance(value, Listing):
        return dict(_fields(value, _EMPTY_LISTING))
    if isinstance(value, Alias):
        dated = value.first is not None or value.last is not None
        return [value.name, value.kind, *((_plain(value.first), _plain(value.last)) if dated else ())]
    if isinstance(value, PublishedList | Company):
        defaults = {field.name: field.default for field in fields(value) if field.default is not MISSING}
        return dict(_fields(value, defaults))
    return dict(value) if isinstance(value, Mapping) else value


def _fields(value: Any, empty: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name not in empty or held != empty[field.name]:
            yield field.name, _plain(held)


def _id(vessel: Vessel) -> str:
    """Id of a ship as readers make it. It is made again on reading: how names are keyed may have changed since."""
    return f"IMO{vessel.imo}" if vessel.imo else str(canonical(vessel.name))


def _vessel(record: dict[str, Any]) -> Vessel:
    for name in _TEXTS:
        if name in record:
            record[name] = tuple(record[name])
    if "aliases" in record:
        record["aliases"] = tuple(
            Alias(*alias[:2], *map(_day, alias[2:])) if len(alias) > 2 else Alias(*alias) for alias in record["aliases"]
        )
    if "listings" in record:
        record["listings"] = tuple(map(_listing, record["listings"]))
    if "id" not in record:
        imo = record.get("imo")
        record["id"] = f"IMO{imo}" if imo else str(canonical(record["name"]))
    return Vessel(**(_EMPTY_VESSEL | record))


def _listing(record: dict[str, Any]) -> Listing:
    for name in _TEXTS:
        if name in record:
            record[name] = tuple(record[name])
    for name in ("listed_on", "delisted_on"):
        if name in record:
            record[name] = date.fromisoformat(record[name])
    if "measures" in record:
        record["measures"] = tuple((measure, _day(since)) for measure, since in record["measures"])
    return Listing(**(_EMPTY_LISTING | record))


def _company(record: dict[str, Any]) -> Company:
    return Company(
        name=record["name"],
        imo=record["imo"],
        aliases=tuple(record["aliases"]),
        listing=_listing(record["listing"]),
        ships=tuple(record.get("ships", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
