"""OFAC's flat files: SDN.CSV, with ALT.CSV and SDN_COMMENTS.CSV beside it, and CONS_PRIM.CSV of the same layout.

No header, twelve columns, ``-0-`` for empty, Ctrl-Z at the end. The file has no dates, neither its own nor of
listing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.entries import ShipEntry
from vesseltrack.vessels.lists.model import ListFormat
from vesseltrack.vessels.lists.ofac import (
    NON_SDN,
    SDN,
    Party,
    alias_of,
    amount_of,
    flag_of,
    items_of,
    kind_of,
    non_sdn,
    programmes_of,
    published,
    read_items,
    under_sdn,
)
from vesseltrack.vessels.lists.records import END_MARK, cut_off, first_record, records, refuse_empty

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.model import PublishedList
    from vesseltrack.vessels.model import Alias

NAME = "OFAC SDN.CSV"
COLUMNS = 12
"""ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks."""

ALT_COLUMNS = 5
"""ALT.CSV: ent_num, alt_num, alt_type, alt_name, alt_remarks. Only the first is an entry's number."""

COMMENT_COLUMNS = 2
"""SDN_COMMENTS.CSV: ent_num, remarks that go on in the middle of a word."""

NO_END = "no Ctrl-Z after the last line, with which OFAC's files end: whole lines may be missing"

KINDS = frozenset({"", "vessel", "individual", "aircraft", "entity"})
ALIAS_WORDS = frozenset({"aka", "fka", "nka"})


def _cell(text: str) -> str:
    """Return a cell without blanks; ``-0-``, quoted or not, is empty."""
    plain = text.strip()
    return "" if plain == "-0-" else plain


def _is_alternates(cells: list[str]) -> bool:
    return len(cells) == ALT_COLUMNS and cells[0].strip().isdecimal() and cells[2].strip().lower() in ALIAS_WORDS


def _recognises(head: str) -> bool:
    cells = first_record(head)
    entries = len(cells) == COLUMNS and cells[0].strip().isdecimal() and _cell(cells[2]).lower() in KINDS
    return entries or _is_alternates(cells)


def _records(download: Download, columns: int, remarks: list[str]) -> tuple[list[list[str]], int, bool]:
    """Return the records of the right width, how many are not, and whether the file's end is marked.

    Raises `ListError` where the last record is cut.
    """
    good: list[list[str]] = []
    bad: list[int] = []
    last, marked = 0, False
    for record in records(download):
        cells = record.cells
        if cells == [END_MARK]:
            marked = True
            continue
        last = record.line
        if cells is None or len(cells) != columns:
            bad.append(record.line)
        else:
            good.append([_cell(cell) for cell in cells])
    if bad and bad[-1] == last:
        raise cut_off(download.path, last, f"the last record has not {columns} cells")
    remarks += [f"{download.path.name}, line {line}: not {columns} cells; left out" for line in bad]
    return good, len(bad), marked


def _beside(download: Download, remarks: list[str]) -> tuple[dict[str, list[Alias]], dict[str, str]]:
    """Return aliases and further remarks by entry number, from the files that come with the list."""
    aliases: dict[str, list[Alias]] = {}
    comments: dict[str, str] = {}
    with_aliases = False
    for path in download.beside:
        if path == download.path:
            continue
        other = Download(path)
        cells = first_record(other.head())
        if _is_alternates(cells):
            with_aliases = True
            for number, _, kind, name, _ in _records(other, ALT_COLUMNS, remarks)[0]:
                aliases.setdefault(number, []).append(alias_of(kind, name))
        elif len(cells) == COMMENT_COLUMNS and cells[0].strip().isdecimal():
            for number, text in _records(other, COMMENT_COLUMNS, remarks)[0]:
                comments[number] = comments.get(number, "") + text
    if not with_aliases:
        remarks.append("ALT.CSV is not beside the file: aliases and former names are missing, except those in remarks")
    return aliases, comments


def _party(cells: list[str], aliases: dict[str, list[Alias]], comments: dict[str, str], remarks: list[str]) -> Party:
    number, name, kind, programme, _, call_sign, type_, tonnage, gross, flag, owner, text = cells
    entry = ShipEntry(entry_id=number, name=name, call_sign=call_sign, type=type_, flag=flag_of(flag))
    party = Party(kind_of(kind), entry)
    entry.programmes = programmes_of(programme)
    entry.aliases = list(aliases.get(number, ()))
    if party.kind == "vessel":
        entry.deadweight_tonnes = amount_of(tonnage, "tonnage", entry, remarks)
        entry.gross_tonnage = amount_of(gross, "gross tonnage", entry, remarks)
        entry.owners = [owner] if owner else []
        if text and not text.endswith(".") and number not in comments:
            remarks.append(
                f"entry {number}, {name}: its remarks go on in SDN_COMMENTS.CSV, which is not beside the file"
            )
    if party.kind in {"vessel", "entity"}:
        read_items(party, items_of(text + comments.get(number, "")))
    return party


def _read(download: Download) -> PublishedList:
    if _is_alternates(first_record(download.head())):
        raise ListError(
            f"{download.path}: holds the aliases that belong to SDN.CSV (or CONS_PRIM.CSV), not the entries; "
            "give that file and leave this one beside it."
        )
    remarks: list[str] = []
    cells, unreadable, marked = _records(download, COLUMNS, remarks)
    refuse_empty(download.path, len(cells))
    aliases, comments = _beside(download, remarks)
    parties = [_party(each, aliases, comments, remarks) for each in cells]
    consolidated = non_sdn(parties)
    if not consolidated:
        under_sdn(parties)
    name, title = NON_SDN if consolidated else SDN
    warnings = () if marked else (NO_END,)
    return published(
        parties, name=name, title=title, format=NAME, version="", remarks=remarks, unreadable=unreadable,
        warnings=warnings,
    )  # fmt: skip


OFAC_CSV = ListFormat(
    name=NAME,
    recognises=_recognises,
    read=_read,
)
