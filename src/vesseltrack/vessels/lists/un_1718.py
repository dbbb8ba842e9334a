"""The UN 1718 Designated Vessels List as CSV. The UN publishes it as PDF only; tables are transcriptions of that.

Two layouts: the transcription with one column per paragraph of a resolution, and a plain one with name, number and
date. A paragraph decides the measure, so a table without paragraphs says that a ship is listed and not what follows.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.csv_rows import HEADER_WITHIN, Table, plain
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat, PublishedList
from vesseltrack.vessels.lists.records import cells_of
from vesseltrack.vessels.model import Alias, Measure

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.csv_rows import Row
    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.model import Vessel

NAME = "UN 1718 vessels CSV"
TITLE = "UN 1718 Designated Vessels List"

NAMES = ("vessel_name", "ship_name", "name")
NUMBERS = ("imo_number", "imo", "imo_no")
DATES = ("date_of_designation", "listed_on", "designation_date", "date_designated")
SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": NAMES,
    "imo": NUMBERS,
    "date": DATES,
    "mmsi": ("mmsi", "mmsi_number"),
    "flag": ("flag",),
    "call_sign": ("call_sign", "callsign"),
    "type": ("type", "vessel_type"),
    "owner": ("designated_owner", "owner"),
    "information": ("other_information", "notes"),
    "measures": ("measures", "paragraphs", "legal_basis"),
    "delisted_on": ("delisted_on",),
    "aliases": ("aliases",),
    "authority": ("authority", "list"),
}
NOT_READ = frozenset({"", "imageurl", "status", "entryid", "source"})

PARAGRAPHS: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (re.compile(r"^(?=.*\b8\s*\(?d)(?=.*1718)", re.IGNORECASE), "asset_freeze"),
    (re.compile(r"^(?=.*\b12\s*\(?a)(?=.*2321)", re.IGNORECASE), "deflag"),
    (re.compile(r"^(?=.*\b12\s*\(?d)(?=.*2321)", re.IGNORECASE), "port_entry_ban"),
    (re.compile(r"^(?=.*\b6\b)(?=.*237[15])", re.IGNORECASE), "port_entry_ban"),
    (re.compile(r"ocean maritime|\bOMM\b|KPe\.020", re.IGNORECASE), "asset_freeze"),
)
"""UNSCR 1718 (2006) para 8(d) and 2270 (2016) para 12: assets frozen; 2321 (2016) para 12(a): flag withdrawn, 12(d):
ports closed; 2371 (2017) and 2375 (2017) para 6: ports closed; economic resources of Ocean Maritime Management:
frozen."""

MEASURE_WORDS: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (re.compile(r"freez", re.IGNORECASE), "asset_freeze"),
    (re.compile(r"de-?\s?flag|de-?regist", re.IGNORECASE), "deflag"),
    (re.compile(r"port", re.IGNORECASE), "port_entry_ban"),
)
EMPTY = frozenset({"", "na", "n/a", "n.a.", "none", "no", "-", "unknown"})

_MARK = re.compile(r"(?<!\S)([1-9]):\s*")
_PLACES = re.compile(r"(?<![\w(.])([1-9])(?=\s*(?::|,|$|and\b|&))")
_DAY = re.compile(r"^([0-9]{1,2})[-\s./]([A-Za-z]{3,9})\.?[-\s./,]+([0-9]{4}|[0-9]{2})$")
_WORD = r"[A-Z0-9][A-Z0-9'-]*"
_FORMER = re.compile(rf"(?:[Ff]ormerly(?: known as)?|[Ff]\.?k\.?a\.?)[\s:]+({_WORD}(?: {_WORD})*)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def values_of(cell: str) -> list[str]:
    """Part ``1: HAO FAN 6 2: NA`` at numbers that count from one; values that say nothing go."""
    marks = [mark for place, mark in enumerate(_MARK.finditer(cell), 1) if int(mark[1]) == place]
    if not marks or marks[0].start() > 0:
        values = [cell]
    else:
        ends = [mark.start() for mark in marks[1:]] + [len(cell)]
        values = [cell[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return [value for value in (value.strip(" ;,") for value in values) if value.lower() not in EMPTY]


def day_of(text: str) -> date | None:
    """Read ``03-Oct-17`` (the years are 2000 to 2099: the Committee was founded in 2006), ``3 October 2017``, ISO."""
    written = text.strip()
    try:
        if match := _DAY.match(written):
            month = _MONTHS.index(match[2][:3].lower()) + 1
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, month, int(match[1]))
        return date.fromisoformat(written)
    except ValueError:
        return None


def _measure(text: str) -> Measure | None:
    return next((measure for pattern, measure in PARAGRAPHS if pattern.search(" ".join(text[:500].split()))), None)


def _header(head: str) -> list[str]:
    """Return the cells of the first of the first lines that could be this list's header; empty where there is none."""
    for line in head.removeprefix("\ufeff").splitlines()[:HEADER_WITHIN]:
        cells = cells_of(line)
        words = {plain(cell) for cell in cells}
        named, numbered, dated = ({plain(name) for name in names} & words for names in (NAMES, NUMBERS, DATES))
        if named and ((numbered and dated) or any(map(_measure, cells))):
            return cells
    return []


def _paragraphs(head: str) -> list[str]:
    """Return the columns that are paragraphs of resolutions."""
    return [cell for cell in _header(head) if _measure(cell)]


def _columns(head: str) -> dict[str, str]:
    """Return the columns as the file writes them, by what they hold; empty where it is not this list."""
    found: dict[str, str] = {}
    for meaning, words in SYNONYMS.items():
        for cell in _header(head):
            if plain(cell) in {plain(word) for word in words}:
                found.setdefault(meaning, cell)
    return found


def _measures(row: Row, paragraphs: list[str], column: str, days: list[date]) -> dict[Measure, tuple[date | None, str]]:
    """Return each measure with the day from which it is in force, where that is not the first, and its basis."""
    found: dict[Measure, tuple[date | None, str]] = {}
    for heading in paragraphs:
        cell = row.get(heading, "")
        measure = _measure(heading)
        if measure is None or not (values_of(cell)):
            continue
        since = [days[place - 1] for place in _places(cell) if place <= len(days)]
        day = min(since) if since and min(since) > min(days) else None
        earlier = found.get(measure)
        if earlier is None or (earlier[0] is not None and (day is None or day < earlier[0])):
            found[measure] = (day, heading)
    for text in (part.strip() for part in row.get(column, "").split(";")):
        word = _measure(text) or next((measure for pattern, measure in MEASURE_WORDS if pattern.search(text)), None)
        if word is not None:
            found.setdefault(word, (None, text))
    return found


def _places(cell: str) -> list[int]:
    """Return which of several designations a paragraph belongs to: ``2``, ``1, 2``, ``1: NA 2: Yes``."""
    marks = list(_MARK.finditer(cell))
    if not marks:
        return [int(place) for place in _PLACES.findall(cell)]
    ends = [mark.start() for mark in marks[1:]] + [len(cell)]
    return [
        int(mark[1])
        for mark, end in zip(marks, ends, strict=True)
        if cell[mark.end() : end].strip(" ;,").lower() not in EMPTY or mark.end() >= end
    ]


def _entry(row: Row, line: int, columns: dict[str, str], paragraphs: list[str], remarks: list[str]) -> ShipEntry:
    cell = {meaning: row.get(column, "") for meaning, column in columns.items()}

    def values(meaning: str) -> list[str]:
        return values_of(cell.get(meaning, ""))

    names = values("name")
    flags, types, signs, information = values("flag"), values("type"), values("call_sign"), values("information")
    entry = ShipEntry(
        entry_id="",
        name=names[0] if names else "",
        imo=values("imo"),
        mmsi=values("mmsi"),
        call_sign=signs[0] if signs else "",
        flag=flags[0] if flags else "",
        past_flags=flags[1:],
        type=types[0] if types else "",
        owners=values("owner"),
        notes=" ".join(information),
        aliases=[Alias(name, "listed") for name in names[1:]],
    )
    where = f"line {line}, {entry.name}"
    entry.aliases += [Alias(name.strip(), "former") for text in information for name in _FORMER.findall(text)]
    entry.aliases += [Alias(name.strip(), "variant") for name in cell.get("aliases", "").split(";") if name.strip()]
    days = []
    for text in values("date"):
        day = day_of(text)
        if day is None:
            remarks.append(f"{where}: date of designation {text!r} is no date like 30-Mar-18 or 2018-03-30")
        else:
            days.append(day)
    entry.listed_on = min(days, default=None)
    if delisted := cell.get("delisted_on", ""):
        entry.delisted_on = day_of(delisted)
        if entry.delisted_on is None:
            remarks.append(f"{where}: delisted_on {delisted!r} is no date; read as still listed")
    found = _measures(row, paragraphs, columns.get("measures", ""), days)
    entry.measures = [(measure, since) for measure, (since, _) in found.items()]
    entry.legal_basis = [heading for heading in paragraphs if values_of(row.get(heading, ""))]
    entry.legal_basis += [text for _, text in found.values() if text not in paragraphs]
    if not days:
        entry.precision = "day of designation not given"
    elif len(set(days)) > 1 and not any(since for _, since in entry.measures):
        entry.precision = f"designated {len(days)} times; which measure began when is not given"
    if not found:
        remarks.append(f"{where}: no paragraph says what follows from the listing; kept without measures")
    return entry


def _read(download: Download) -> PublishedList:
    head = download.head()
    columns, paragraphs = _columns(head), _paragraphs(head)
    table = Table(
        download,
        (columns["name"], *(columns[meaning] for meaning in ("imo", "date") if meaning in columns)),
        (*columns.values(), *paragraphs),
        ignored=lambda column: plain(column) in NOT_READ,
    )
    remarks = [f"column {meaning!r} is missing" for meaning in ("imo", "date") if meaning not in columns]
    if not paragraphs:
        remarks.append("recognised by its columns alone: nothing in the file says that it is the UN's list")
    skipped: Counter[str] = Counter()
    vessels: list[Vessel] = []
    rows = 0
    for line, row in table.rows():
        rows += 1
        authority = row.get(columns.get("authority", ""), "")
        if authority and not authority.upper().startswith("UN"):
            skipped["listed by another authority"] += 1
            continue
        ships = _entry(row, line, columns, paragraphs, remarks).vessels(authority="UN", title=TITLE, remarks=remarks)
        if not ships:
            skipped["ship without name and number"] += 1
        vessels += ships
    return PublishedList(
        name="un",
        title=TITLE,
        authority="UN",
        format=NAME,
        version="",
        rows=rows,
        vessels=tuple(vessels),
        skipped=dict(skipped),
        remarks=(*table.remarks, *remarks),
    )


UN_1718 = ListFormat(
    name=NAME,
    recognises=lambda head: bool(_columns(head)),
    read=_read,
)
