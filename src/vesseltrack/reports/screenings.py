"""Proof of screenings as JSON and CSV: a ship as given and an edition of the lists a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.sightings.rejects import csv_line
from vesseltrack.text import csv_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vesseltrack.ledger.runs import RecordedRun
    from vesseltrack.ledger.screenings import Screening
    from vesseltrack.reports.values import Document

LIST_KEYS = ("name", "authority", "version", "retrieved", "sha256", "vessels")
"""What is said of a list, beside the id of its entry."""

COLUMNS = (
    "vessel", "imo", "mmsi", "call_sign", "sightings", "first_seen", "last_seen", "found", "findings", "unplaced",
    "runs", "first_run.at", "first_run.entry", "last_run.at", "last_run.entry",
    "lists.name", "lists.version", "lists.retrieved", "lists.sha256", "lists.entry",
    "program.version", "program.data_version", "reference.name", "reference.sha256", "rules.select", "rules.ignore",
)  # fmt: skip


def screening_object(line: Screening, lists: Mapping[str, Document]) -> Document:
    """One line.

    Args:
        line: the ship and what was found.
        lists: content of the entries of lists, by id.
    """
    basis, ship = line.basis, line.ship
    return {
        "vessel": ship.vessel or None,
        "imo": ship.imo or None,
        "mmsi": ship.mmsi or None,
        "call_sign": ship.call_sign or None,
        "sightings": line.sightings,
        "first_seen": _instant(line.first_seen),
        "last_seen": _instant(line.last_seen),
        "found": line.found,
        "findings": list(line.findings),
        "unplaced": list(line.unplaced),
        "runs": line.runs,
        "first_run": _run(line.first_run),
        "last_run": _run(line.last_run),
        "lists": None if basis is None else [_list(lists[entry], entry) for entry in basis.lists],
        "program": None if basis is None else {"version": basis.program, "data_version": basis.data_version},
        "reference": None if basis is None else [{"name": name, "sha256": digest} for name, digest in basis.reference],
        "rules": None if basis is None else {"select": list(basis.select), "ignore": list(basis.ignore)},
    }


def screenings_csv(objects: Iterable[Document], *, safe: bool) -> Iterator[str]:
    """The header, always, and a line each; nested keys with dots, lists joined by ``;``.

    Args:
        objects: what `screening_object` makes.
        safe: guard cells that a spreadsheet would take for a formula.
    """
    yield csv_line(COLUMNS)
    for one in objects:
        cells = [_cell(one, column.split(".")) for column in COLUMNS]
        yield csv_line([csv_cell(cell) for cell in cells] if safe else cells)


def _cell(one: Document, path: Sequence[str]) -> str:
    value = one[path[0]]
    for key in path[1:]:
        if isinstance(value, list):
            value = [element[key] for element in value]
        else:
            value = None if value is None else value[key]
    if isinstance(value, list):
        return ";".join(str("" if element is None else element).replace(";", ",") for element in value)
    return "" if value is None else str(value)


def _list(content: Document, entry: str) -> Document:
    return {key: content[key] or None for key in LIST_KEYS[:-1]} | {"vessels": content["vessels"], "entry": entry}


def _run(run: RecordedRun) -> Document:
    return {"at": f"{run.recorded_at.replace(' ', 'T')}Z", "entry": run.id}


def _instant(moment: np.datetime64) -> str:
    return f"{np.datetime_as_string(moment, unit='s')}Z"
