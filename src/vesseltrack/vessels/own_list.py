"""A user's own list of ships: a CSV with at least a name or an IMO number."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.entries import EntryError, entry

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.vessels.model import Vessel

_HEADERS = {
    "name": ("name", "vessel", "ship", "vesselname", "shipname", "nameofvessel", "nameofship", "listedname", "선명"),
    "imo": ("imo", "imonumber", "imono", "imonr", "shipimo", "vesselimo", "imoshipno", "imonumbers"),
    "aliases": ("aliases", "alias", "aka", "akas", "formernames", "formername", "former", "exnames", "exname", "fka",
                "othernames", "previousnames", "previousname", "alternativenames"),
    "listed_on": ("listedon", "listed", "datelisted", "listingdate", "dateofdesignation", "designationdate",
                  "datedesignated", "designatedon", "designated"),
    "delisted_on": ("delistedon", "delisted", "datedelisted", "delistingdate", "removedon"),
    "measures": ("measures", "measure", "sanctionsimposed"),
    "mmsi": ("mmsi", "mmsinumber", "mmsis"),
    "call_sign": ("callsign",),
    "flag": ("flag", "flagstate", "vesselflag"),
    "type": ("type", "vesseltype", "shiptype", "typeofship"),
    "deadweight_tonnes": ("deadweighttonnes", "deadweight", "dwt"),
    "gross_tonnage": ("grosstonnage", "gt"),
}  # fmt: skip
_EXACT = ("status", "authority", "list", "precision", "legal_basis", "role", "observed_load_tonnes", "observed_load_m3",
          "built", "also_listed", "common_name", "source", "notes")  # fmt: skip
_FIELD_OF = {header: field for field, headers in _HEADERS.items() for header in headers} | {
    field.replace("_", ""): field for field in _EXACT
}
_STATUSES = ("", "listed", "delisted", "unlisted")
_MOST_CELLS_ARE_KOREAN = 0.5


@dataclass(frozen=True)
class OwnList:
    """A user's list as read."""

    entries: tuple[Vessel, ...]
    listed: int
    """Rows that list a ship."""

    sha256: str


def _broken(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(f"{path}: {why}")


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise _broken(path, "is a directory; --vessels needs a CSV file with a name and an imo column")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _broken(path, "no such file; --vessels needs a CSV file with a name and an imo column") from None
    except (OSError, ValueError) as error:
        raise _broken(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _text_of(content: bytes, path: Path) -> str:
    """Decode UTF-8, UTF-16 with a mark, CP949 where the letters are Korean, else Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _broken(path, "starts like UTF-16 and is not; save it as CSV in UTF-8") from error
    if b"\0" in content or content.startswith((b"PK\x03\x04", b"%PDF")):
        raise _broken(path, "is a binary file, not CSV; save the sheet as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        korean = content.decode("cp949")
    except UnicodeDecodeError:
        return content.decode("latin-1")
    foreign = [c for c in korean if not c.isascii()]
    hangul = sum("가" <= c <= "힣" for c in foreign)
    return korean if hangul >= _MOST_CELLS_ARE_KOREAN * len(foreign) else content.decode("latin-1")


def _field(header: str) -> str | None:
    return _FIELD_OF.get("".join(c for c in header.lower() if c.isalnum()))


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return non-blank rows with their first line, 1-based; the separator is the commonest of ``,;`` and TAB."""
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    if first_line.lstrip().startswith("<"):
        raise _broken(path, "is a web page or XML, not CSV")
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _broken(path, f"line {line}: not readable as CSV ({error})") from error
    return rows


def read_own_list(path: Path, list_name: str) -> OwnList:
    """Read a user's list. Rows with status ``unlisted`` are knowledge only; without that column each row lists a ship.

    Raises `ConfigurationError`, in one line with file, line and value, when the file or a row cannot be used: a list
    that is half read would make listed ships look clean.
    """
    content = _bytes_of(path)
    rows = _rows(_text_of(content, path), path)
    if not rows:
        raise _broken(path, "is empty; --vessels needs a CSV file with a name and an imo column")
    headers = rows[0][1]
    fields = [_field(header) for header in headers]
    if "name" not in fields and "imo" not in fields:
        shown = ", ".join(repr(header[:40]) for header in headers[:6])
        raise _broken(path, f"has neither a name nor an imo column in its header ({shown})")
    if len(rows) == 1:
        raise _broken(path, "holds a header and no ship")
    entries = []
    for line, cells in rows[1:]:
        row: dict[str, str] = {}
        for field, cell in zip(fields, cells, strict=False):
            if field is not None and cell:
                row.setdefault(field, cell)
        row["status"] = row.get("status", "").lower()
        if row["status"] not in _STATUSES:
            raise _broken(path, f"line {line}: status {row['status']!r} is none of listed, delisted, unlisted")
        try:
            entries.append(entry(row, authority="custom", list_name=list_name))
        except EntryError as error:
            raise _broken(path, f"line {line}: {error}") from None
    listed = sum(1 for vessel in entries if vessel.listings)
    return OwnList(tuple(entries), listed, hashlib.sha256(content).hexdigest())
