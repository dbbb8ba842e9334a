"""From downloaded files to an edition: which file is the list, what lies beside it, and whose list it is."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.lists import formats, store
from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.store import Edition, FileUsed
from vesseltrack.vessels.lists.un_1718 import UN_1718
from vesseltrack.vessels.own_list import read_own_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UN = "un"
OWN_FORMAT = "CSV of ships"
_PART = re.compile(r".*?(alt|add|comments)\.csv", re.IGNORECASE)
"""Further files of one OFAC download; they are no lists by themselves."""
_PARTS = ("alt.csv", "add.csv", "comments.csv", "sdn_comments.csv")
_MAIN = re.compile(r"(?P<before>.*?)(sdn|prim)\.csv", re.IGNORECASE)
_OFAC_COLUMNS = 12
"""Of SDN.CSV and CONS_PRIM.CSV; the files beside them also begin with an entry's number and have fewer."""

_SHIP_COLUMNS = frozenset({"name", "imo", "vessel", "ship", "vesselname", "shipname", "imonumber"})


def downloads(paths: Sequence[Path]) -> tuple[tuple[Path, tuple[Path, ...]], ...]:
    """Part the files given into lists and what belongs beside OFAC's; every other file is a list, or fails as one."""
    columns = {path: _numbered_columns(path) for path in paths}
    mains = [path for path, number in columns.items() if number == _OFAC_COLUMNS]
    parts = [path for path, number in columns.items() if mains and path not in mains and (number or _named_part(path))]
    return tuple(
        (path, (*(parts if path in mains else ()), *_lying_beside(path, paths))) for path in paths if path not in parts
    )


def _named_part(path: Path) -> bool:
    return _PART.fullmatch(path.name) is not None


def _numbered_columns(path: Path) -> int:
    """Cells of the first line of a CSV that begins with an entry's number, as OFAC's do; 0 for other files."""
    try:
        first = next(csv.reader([Download(path).head().partition("\n")[0]]), [""])
    except (ListError, csv.Error):
        return 0
    return len(first) if first and first[0].strip().isdecimal() else 0


def _recognised(path: Path) -> bool:
    try:
        head = Download(path).head()
    except ListError:
        return False
    return any(known.recognises(head) for known in formats.FORMATS)


def _lying_beside(main: Path, given: Sequence[Path]) -> tuple[Path, ...]:
    """Files of the same download in the list's folder; a folder that cannot be listed holds none."""
    match = _MAIN.fullmatch(main.name)
    if match is None:
        return ()
    wanted = {match["before"].lower() + part for part in _PARTS}
    try:
        found = sorted(path for path in main.parent.iterdir() if path.name.lower() in wanted and path.is_file())
    except OSError:
        return ()
    return tuple(path for path in found if path not in given)


def read(main: Path, beside: Sequence[Path], *, retrieved: str, kept_as: str = "") -> Edition:
    """Read a list as an edition that nobody has kept yet.

    Args:
        main: the list.
        beside: files of the same download.
        retrieved: ISO date of the download.
        kept_as: name to keep it by; empty for the list's own. With a name, a user's CSV of ships is a list too.

    Raises:
        ListError: it cannot be read as a list.
        ConfigurationError: a user's CSV that cannot be used.
    """
    if kept_as and not store.valid_name(kept_as):
        raise ConfigurationError(
            f"--as: {kept_as!r} cannot be used: a name is a small letter, then small letters, digits, - or _."
        )
    formats.refuse_other_things(Download(main))
    own = is_own(main)
    if own and not kept_as:
        raise ListError(
            f"{main}: is a CSV of ships, and nothing in it says whose list it is: name it with --as NAME (--as un for "
            "the UN's vessel list), or give the file to --vessels."
        )
    content = own_list(main, kept_as) if own and kept_as != UN else formats.read_list(main, beside)
    content = replace(content, name=kept_as or content.name)
    used = tuple(FileUsed(path.name, Download(path).sha256()) for path in (main, *beside))
    return Edition(content, retrieved, used)


def own_list(path: Path, name: str) -> PublishedList:
    """A user's CSV of ships as a list; ships that its status calls unlisted are left out."""
    entries = read_own_list(path, name).entries
    vessels = tuple(vessel for vessel in entries if vessel.listings)
    skipped = {"unlisted": len(entries) - len(vessels)} if len(entries) > len(vessels) else {}
    return PublishedList(name, name, "custom", OWN_FORMAT, "", len(entries), vessels, skipped=skipped)


def is_own(path: Path) -> bool:
    """Whether a file is a CSV of ships by its header, and no published format, or one by its columns alone."""
    try:
        head = Download(path).head()
    except ListError:
        return False
    words = {"".join(c for c in cell.lower() if c.isalnum()) for cell in re.split(r"[,;\t]", head.partition("\n")[0])}
    if not words & _SHIP_COLUMNS or any(re.search(r"1718|2321|2371|2375", word) for word in words):
        return False
    return all(known is UN_1718 for known in formats.FORMATS if known.recognises(head))
