"""The formats that can be read, and how a file is recognised: by what it holds, never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.eu_csv import EU_CSV
from vesseltrack.vessels.lists.eu_xml import EU_XML
from vesseltrack.vessels.lists.ofac_advanced import OFAC_ADVANCED
from vesseltrack.vessels.lists.ofac_csv import COMMENT_COLUMNS, OFAC_CSV
from vesseltrack.vessels.lists.ofac_xml import OFAC_XML
from vesseltrack.vessels.lists.ofsi_csv import OFSI_CSV
from vesseltrack.vessels.lists.opensanctions_ftm import OPENSANCTIONS_FTM
from vesseltrack.vessels.lists.opensanctions_maritime import OPENSANCTIONS_MARITIME
from vesseltrack.vessels.lists.opensanctions_senzing import OPENSANCTIONS_SENZING
from vesseltrack.vessels.lists.opensanctions_targets import OPENSANCTIONS_TARGETS
from vesseltrack.vessels.lists.records import first_record
from vesseltrack.vessels.lists.uk_csv import UK_CSV
from vesseltrack.vessels.lists.uk_xml import UK_XML
from vesseltrack.vessels.lists.un_1718 import UN_1718
from vesseltrack.vessels.lists.un_consolidated import UN_CONSOLIDATED
from vesseltrack.vessels.lists.us_csl import US_CSL
from vesseltrack.vessels.lists.xml import root_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vesseltrack.vessels.lists.model import ListFormat, PublishedList

ADDRESS_COLUMNS = 6
"""ADD.CSV: ent_num, add_num, address, city, country, add_remarks."""

FORMATS: tuple[ListFormat, ...] = (
    OFAC_CSV,
    OFAC_XML,
    OFAC_ADVANCED,
    US_CSL,
    UN_CONSOLIDATED,
    UN_1718,
    UK_CSV,
    UK_XML,
    OFSI_CSV,
    EU_CSV,
    EU_XML,
    OPENSANCTIONS_FTM,
    OPENSANCTIONS_TARGETS,
    OPENSANCTIONS_MARITIME,
    OPENSANCTIONS_SENZING,
)
"""In the order in which they are tried: the more particular first."""


def read_list(path: Path, beside: Sequence[Path] = ()) -> PublishedList:
    """Read a published list.

    Raises `ListError`, in one line with the file and what was expected, for a file that is missing, empty, a web page,
    compressed, binary, cut off, or of no known format.
    """
    download = Download(path, tuple(beside))
    refuse_other_things(download)
    head = download.head()
    for known in FORMATS:
        if known.recognises(head):
            return known.read(download)
    if part := _other_file(head):
        raise ListError(f"{path}: {part}")
    expected = ", ".join(known.name for known in FORMATS)
    raise ListError(f"{path}: not a list that this version reads; expected one of {expected}.")


def _other_file(head: str) -> str:
    """Which of OFAC's other files this is, and which to give; empty where it is none of them."""
    if root_of(head) == "sanctionsData":
        return "is OFAC's SDN_ENHANCED.XML, which this version does not read; give SDN_ADVANCED.XML of the same page."
    cells = first_record(head)
    if not cells or not cells[0].strip().isdecimal():
        return ""
    main = "not the entries; give that file and leave this one beside it."
    if len(cells) == ADDRESS_COLUMNS and cells[1].strip().isdecimal():
        return f"holds the addresses that belong to SDN.CSV (or CONS_PRIM.CSV), {main}"
    if len(cells) == COMMENT_COLUMNS:
        return f"holds the rest of long remarks that belongs to SDN.CSV (or CONS_PRIM.CSV), {main}"
    return ""


def refuse_other_things(download: Download) -> None:
    """Raise `ListError` that names what the file is where it is plainly no list."""
    path = download.path
    if path.is_dir():
        raise ListError(f"{path}: is a directory; name the downloaded file.")
    with download.open() as file:
        first = file.read(4096)
    if not first.strip():
        raise ListError(f"{path}: is empty (0 bytes of content): the download failed; the list in force stays.")
    if first.startswith(b"PK\x03\x04"):
        raise ListError(f"{path}: is a zip archive or an Excel file; unpack it and give the CSV or XML inside.")
    if first.startswith(b"\x1f\x8b"):
        raise ListError(f"{path}: is compressed with gzip; unpack it first: gunzip -k {path.name}")
    if first.startswith(b"%PDF"):
        raise ListError(f"{path}: is a PDF; lists are read as CSV, XML or JSON lines.")
    if b"\0" in first and not first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ListError(f"{path}: is a binary file; lists are read as CSV, XML or JSON lines.")
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start[:1024]:
        raise ListError(f"{path}: is a web page, not a list: the download gave an error page or needs a login.")
