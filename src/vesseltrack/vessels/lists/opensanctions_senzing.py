"""OpenSanctions ``senzing.json``: JSON lines of records with names and identifiers, for matching engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vesseltrack.vessels.lists.cells import companies_in, flag_of, joined, ships_in
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.json_lines import first_object, objects
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.opensanctions import NOT_SANCTIONED, Result, kind_of, sanctioned, terms
from vesseltrack.vessels.model import Alias

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.lists.model import PublishedList

FORMAT = "OpenSanctions senzing.json"

_NAME_KEYS = ("NAME_ORG", "NAME_FULL", "NAME_VESSEL")


def recognises(head: str) -> bool:
    """Whether the first line is a record whose data source is OpenSanctions or one of its datasets."""
    first = first_object(head)
    return "RECORD_ID" in first and str(first.get("DATA_SOURCE", "")).upper().startswith(("OPEN", "OS_", "OS-"))


def features(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return names, identifiers, risks ... of a record, whether grouped (``NAMES``) or in one ``FEATURES``."""
    return [each for value in record.values() if isinstance(value, list) for each in value if isinstance(each, dict)]


def read(download: Download) -> PublishedList:
    """Read the list. Raises `ListError` where a line is cut off or no JSON."""
    result = Result(remarks=["this export gives no day of listing, programme or measure; entities.ftm.json does"])
    ships: dict[str, str] = {}
    owners: list[tuple[str, list[str], str | None, list[str]]] = []
    for _, _, record in objects(download):
        result.rows += 1
        found = features(record)
        kind = (str(record.get("RECORD_TYPE") or "") or next(iter(_texts(found, "RECORD_TYPE")), "")).lower()
        entry_id = str(record.get("RECORD_ID", ""))
        listed = sanctioned(_texts(found, "TOPIC"), recorded=False)
        numbers = _texts(found, "IMO_NUMBER")
        if kind == "vessel":
            names = _names(found)
            ships[entry_id] = next(iter(ships_in(numbers)), names[0] if names else "")
            if listed:
                _ship(entry_id, names, found, result)
            else:
                result.skipped[NOT_SANCTIONED] += 1
        elif kind == "organization" and listed:
            imo = next(iter(companies_in(numbers)), None)
            owners.append((entry_id, _names(found), imo, _texts(found, "REL_POINTER_KEY")))
        else:
            result.skipped[kind_of(kind)] += 1
    for entry_id, names, imo, linked in owners:
        fleet = [ships[key] for key in linked if ships.get(key)]
        if names and (imo or fleet):
            result.companies.append(terms([]).company(entry_id, names[0], imo, names[1:], fleet))
        else:
            result.skipped["entity"] += 1
    return result.published(FORMAT)


def _texts(found: list[dict[str, Any]], *keys: str) -> list[str]:
    return [
        value.strip() for each in found for key in keys if isinstance(value := each.get(key), str) and value.strip()
    ]


def _names(found: list[dict[str, Any]]) -> list[str]:
    primary = [each for each in found if each.get("NAME_TYPE") == "PRIMARY"]
    return list(dict.fromkeys(_texts([*primary, *found], *_NAME_KEYS)))


def _ship(entry_id: str, names: list[str], found: list[dict[str, Any]], result: Result) -> None:
    call_signs = _texts(found, "CALL_SIGN")
    entry = ShipEntry(
        entry_id,
        names[0] if names else "",
        imo=_texts(found, "IMO_NUMBER"),
        mmsi=_texts(found, "MMSI_NUMBER"),
        aliases=[Alias(name, "variant") for name in names[1:]],
        call_sign=call_signs[0] if call_signs else "",
    )
    countries = [flag_of(code) for code in _texts(found, "COUNTRY_OF_ASSOCIATION")]
    entry.notes = joined(
        *(f"further call sign: {text}" for text in call_signs[1:]),
        f"topics: {', '.join(_texts(found, 'TOPIC'))}",
        f"countries: {', '.join(countries)}" if countries else "",
        *(f"OFAC entry {text}" for text in _texts(found, "OFAC_ID")),
    )
    on = terms([])
    on.apply(entry)
    result.add_ship(entry, on.authority)


OPENSANCTIONS_SENZING = ListFormat(FORMAT, recognises, read)
