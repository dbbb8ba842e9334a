"""What the columns of one table say: cells to values, with the first fault of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.sightings.columns import choices, coded, first_given, numbers, times, with_time_of_day
from vesseltrack.sightings.frames import Part
from vesseltrack.sightings.headers import IDENTITY_FIELDS, UNIDENTIFIED_FIELDS
from vesseltrack.sightings.objects import PlacedTable
from vesseltrack.sightings.schema import CHOICE_FIELDS, NUMBER_FIELDS, TEXT_FIELDS
from vesseltrack.sightings.values import COORDINATE_PAIRS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    import numpy.typing as npt

    from vesseltrack.sightings.columns import Coded
    from vesseltrack.sightings.headers import Layout
    from vesseltrack.sightings.raw import RawTable


def understand(
    table: RawTable, layout: Layout, latest: date
) -> tuple[Part, dict[int, tuple[int, str, str]], list[str]]:
    """Columns to values; each row's first fault as column number, value and reason; remarks."""
    faults: dict[int, tuple[int, str, str]] = {}
    notes: list[str] = []
    if isinstance(table, PlacedTable):
        notes.append("several objects on one line: rows are numbered by their place in the array")
    guarded = table.guarded

    def column(field: str) -> Any:
        of = [layout.fields[field], *layout.fallbacks.get(field, ())]
        return first_given([table.columns[number] for number in of], guarded=guarded)

    def fault(field: str, found: Mapping[int, str], cells: Any) -> None:
        written = cells.take(np.array(list(found), np.int64)).to_pylist() if found else []
        for (row, reason), cell in zip(found.items(), written, strict=True):
            faults.setdefault(row, (layout.fields[field], cell, reason))

    dates = column("date")
    if layout.time is not None:
        dates = with_time_of_day(dates, table.columns[layout.time], guarded=guarded)
    texts = {name: coded(column(name), guarded=guarded) for name in TEXT_FIELDS if name in layout.fields}
    texts["date"] = coded(dates, guarded=guarded)
    instants = times(texts["date"], latest)
    fault("date", instants.faults, dates)
    values: dict[str, npt.NDArray[np.float64]] = {}
    for name in (name for name in NUMBER_FIELDS if name in layout.fields):
        cells = column(name)
        read = numbers(cells, name, guarded=guarded)
        values[name] = read.values
        fault(name, _swapped(name, read.faults, values, layout, table, guarded=guarded), cells)
    for pair in COORDINATE_PAIRS:
        for name, found in _lonely(pair, values, len(table.lines)).items():
            if name in layout.fields:
                fault(name, found, column(name))
    chosen: dict[str, npt.NDArray[np.int8]] = {}
    extras = {name: coded(table.columns[number], guarded=guarded) for name, number in layout.extras}
    for name in (name for name in CHOICE_FIELDS if name in layout.fields):
        choice = choices(
            coded(column(name), guarded=guarded), name, asks_whether_on=name == "ais_status" and layout.asks_whether_on
        )
        chosen[name] = choice.codes
        if choice.unread:
            header = table.headers[layout.fields[name]].strip() or name
            kept = header if header not in extras else f"{header} ({name})"
            extras[kept] = choice.unread
            notes.append(_unread_note(choice.unread, name, kept))
    for row in np.flatnonzero(_nameless(texts, table, layout, values)).tolist():
        faults.setdefault(
            row, (-1, "", "names no ship: give a name, an IMO or MMSI number, or a type, length or count")
        )
    extras = {name: text for name, text in extras.items() if not _is_filler(name, text)}
    return Part(table.lines, instants.start, instants.end, texts, values, chosen, extras), faults, notes


def _swapped(
    name: str, faults: dict[int, str], values: Mapping[str, Any], layout: Layout, table: RawTable, *, guarded: bool
) -> dict[int, str]:
    """Latitudes out of range that would be longitudes, beside longitudes that would be latitudes."""
    partner = {"lat": "lon", "end_lat": "end_lon"}.get(name)
    if not faults or not partner or partner not in layout.fields:
        return faults
    rows = np.array(list(faults), np.int64)
    other = numbers(table.columns[layout.fields[partner]].take(rows), partner, guarded=guarded).values
    own = values[name][rows]
    swapped = (np.abs(own) <= 180) & (np.abs(other) <= 90)
    return faults | {
        row: f"{faults[row]}: latitude and longitude look swapped"
        for row, is_swapped in zip(rows.tolist(), swapped.tolist(), strict=True)
        if is_swapped
    }


def _lonely(pair: tuple[str, str], values: Mapping[str, Any], rows: int) -> dict[str, dict[int, str]]:
    """Coordinates of which one half is missing; the fault lies with the missing one."""
    if not any(name in values for name in pair):
        return {}
    missing = [np.isnan(values.get(name, np.full(rows, np.nan))) for name in pair]
    found: dict[str, dict[int, str]] = {}
    for name, other, alone in (
        (pair[0], pair[1], missing[0] & ~missing[1]),
        (pair[1], pair[0], missing[1] & ~missing[0]),
    ):
        said = name if name in values else other
        found[said] = found.get(said, {}) | dict.fromkeys(
            np.flatnonzero(alone).tolist(), f"{other} without {name}: a position needs both"
        )
    return found


def _nameless(
    texts: Mapping[str, Coded], table: RawTable, layout: Layout, values: Mapping[str, Any]
) -> npt.NDArray[np.bool_]:
    """Rows that neither name a ship nor describe one."""
    blank = np.ones(len(table.lines), np.bool_)
    for name in (*IDENTITY_FIELDS, *UNIDENTIFIED_FIELDS):
        if name in values:
            blank &= np.isnan(values[name])
        elif name in layout.fields:
            blank &= texts[name].blank()
    return blank


def _unread_note(unread: Coded, field: str, header: str) -> str:
    texts = [text for text in unread.distinct.to_pylist() if text]
    rows = int((~unread.blank()).sum())
    return (
        f"{field}: {rows} row{'s' * (rows != 1)} with text that is none of its words (such as {min(texts)[:40]!r}), "
        f"read as unknown and kept in the column x:{header}"
    )


def _is_filler(name: str, text: Coded) -> bool:
    """A column without header and without content, as spreadsheets leave at the right edge."""
    return name.startswith("column ") and bool(text.blank().all())
