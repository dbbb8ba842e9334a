"""The parts of an Excel workbook (.xlsx): its sheets, and the cells of one row after another as text.

Read with what Python has, because neither library that was tried would do: python-calamine 0.9 aborts the process on a
file of 5 kB with a cell far out, and shows errors and formulas without a result as blank; openpyxl 3.1 takes half as
long again, and tells such a formula from a blank cell only in a second pass. No part is unpacked whole, and a part that
declares a document type, as bombs of entities must, is refused.
"""

from __future__ import annotations

import contextlib
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from vesseltrack.errors import InputError
from vesseltrack.sightings.raw import shortened
from vesseltrack.sightings.serials import NumberFormats, Unreadable, as_written, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_BYTES = 1 << 30
"""The most that a part may unpack to (1 GiB): a full sheet of a million rows; a few kilobytes can unpack to more."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet, by ECMA-376."""

_PIECE = 1 << 16
"""Bytes given to the parser in one go (64 KiB)."""

_FIRST_PART = "xl/workbook.xml"

Row = tuple[int, dict[int, "str | Unreadable"]]
"""Number of a row, and by number of the column (from 1) the text of each cell that holds something."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells."""

    name: str
    part: str
    hidden: bool


def is_workbook(raw: bytes) -> bool:
    """Whether a file is a ZIP archive with the first part of a workbook."""
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        return _FIRST_PART in zipfile.ZipFile(BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return b"xl/workbook.xml" in raw  # cut short


class Workbook:
    """An open workbook."""

    def __init__(self, raw: bytes, path: str) -> None:
        """Find its sheets.

        Raises:
            InputError: damaged, encrypted, or no workbook.
        """
        self.path = path
        with self._refusing():
            self._archive = zipfile.ZipFile(BytesIO(raw))
        targets: dict[str, tuple[str, str]] = {}
        listed: list[tuple[str, str, bool]] = []
        epoch_1904 = False

        def relation(name: str, given: Mapping[str, str]) -> None:
            if name == "Relationship":
                kind = given.get("Type", "").rpartition("/")[2]
                targets[given.get("Id", "")] = kind, posixpath.join("/xl", given.get("Target", ""))[1:]

        def sheet(name: str, given: Mapping[str, str]) -> None:
            nonlocal epoch_1904
            if name == "workbookPr":
                epoch_1904 = given.get("date1904", "0") in ("1", "true")
            elif name == "sheet":
                number = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
                listed.append((given.get("name", ""), number, given.get("state", "visible") != "visible"))

        self._parse("xl/_rels/workbook.xml.rels", relation)
        self._parse(_FIRST_PART, sheet)
        self.sheets = tuple(
            Sheet(unescaped(name), posixpath.normpath(targets[number][1]), hidden)
            for name, number, hidden in listed
            if number in targets and targets[number][0] == "worksheet"
        )
        parts = {kind: posixpath.normpath(target) for kind, target in targets.values()}
        self._formats = NumberFormats(epoch_1904=epoch_1904)
        if "styles" in parts:
            self._parse(parts["styles"], self._formats.take)
        self._shared = parts.get("sharedStrings")
        self._strings: list[str] | None = None

    def rows(self, sheet: Sheet, merged: list[str] | None = None) -> Iterator[Row]:
        """The rows of a sheet that hold something, in order.

        Args:
            sheet: which.
            merged: takes the ranges of merged cells, such as ``B2:B4``; complete after the last row.
        """
        if self._strings is None:
            self._strings = []
            if self._shared is not None and self._shared in self._archive.namelist():
                taking = _Strings(self._strings)
                for _ in self._pieces(self._shared, taking.start, taking.end, taking.data):
                    pass
        cells = _Cells(self._strings, self._formats, [] if merged is None else merged)
        for _ in self._pieces(sheet.part, cells.start, cells.end, cells.data):
            yield from cells.done
            cells.done.clear()

    def _parse(self, part: str, start: Callable[[str, Mapping[str, str]], None]) -> None:
        for _ in self._pieces(part, start):
            pass

    def _pieces(
        self,
        part: str,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Parse a part a piece at a time; names of elements come without their namespace's prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.CharacterDataHandler = data

        def first(name: str, given: Mapping[str, str]) -> None:
            prefix = name.rpartition(":")[0]  # most writers have none
            parser.StartElementHandler = (lambda name, given: start(_local(name), given)) if prefix else start
            if end is not None:
                parser.EndElementHandler = (lambda name: end(_local(name))) if prefix else end
            start(_local(name), given)

        parser.StartElementHandler = first
        room = MAX_BYTES
        with self._refusing(), self._archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise InputError(
                        f"{self.path}: unpacks to more than {MAX_BYTES >> 30} GiB: split it by month or year"
                    )
                parser.Parse(piece)
                yield
            parser.Parse(b"", True)
            yield

    @contextlib.contextmanager
    def _refusing(self) -> Iterator[None]:
        """Whatever is wrong with the archive or its XML, in one line."""
        try:
            yield
        except RuntimeError:
            raise InputError(f"{self.path}: an encrypted Excel workbook: save it without a password") from None
        except (
            zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, IndexError, ValueError, OverflowError,
            NotImplementedError, OSError,
        ) as why:  # fmt: skip
            said = " ".join(str(why).split())
            raise InputError(
                f"{self.path}: an Excel workbook that cannot be read, or is cut short or damaged: {shortened(said)}"
            ) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _no_document_type(*_: object) -> None:
    raise ValueError("it declares a document type, which no workbook has")


class _Strings:
    """The table of texts that cells refer to by number. What is read out (furigana) is no part of them."""

    def __init__(self, found: list[str]) -> None:
        self.found = found
        self.pieces: list[str] = []
        self.takes = self.is_phonetic = False

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "t":
            self.takes = not self.is_phonetic

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(unescaped("".join(self.pieces)))
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "t":
            self.takes = False

    def data(self, text: str) -> None:
        if self.takes:
            self.pieces.append(text)


class _Cells:
    """The cells of a sheet, gathered by row."""

    def __init__(self, strings: list[str], formats: NumberFormats, merged: list[str]) -> None:
        self.strings, self.formats, self.merged = strings, formats, merged
        self.done: list[Row] = []
        self.row, self.column = 0, 0
        self.cells: dict[int, str | Unreadable] = {}
        self.kind = "n"
        self.style = 0
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.into: list[str] | None = None
        self.is_phonetic = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "c":
            self.kind = given.get("t", "n")
            self.style = int(given.get("s", 0))
            self.value, self.formula = [], None
            place = given.get("r")
            self.column = self.column + 1 if place is None else column_number(place.rstrip("0123456789"))
        elif name == "v" or (name == "t" and not self.is_phonetic):
            self.into = self.value
        elif name == "row":
            before, self.row = self.row, int(given.get("r", self.row + 1))
            if not before < self.row <= LAST_ROW:
                raise ValueError(f"row {self.row} follows row {before}")
            self.cells, self.column = {}, 0
        elif name == "f":
            self.formula = self.into = []
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "mergeCell":
            self.merged.append(given.get("ref", ""))

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self.into = None
        elif name == "c":
            text = as_written(self.kind, "".join(self.value), self.style, self.strings, self.formats)
            if self.formula is not None and text == "" and self.kind != "str":
                text = Unreadable(f"={''.join(self.formula)}", NO_RESULT)
            if text != "":
                self.cells[self.column] = text
        elif name == "row":
            if self.cells:
                self.done.append((self.row, self.cells))
        elif name == "rPh":
            self.is_phonetic = False

    def data(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)


NO_RESULT = "a formula without a result: open the workbook in a spreadsheet program and save it"


@cache
def column_number(letters: str) -> int:
    """``A`` is 1, ``AB`` is 28.

    Raises:
        ValueError: not the letters of a column of a sheet.
    """
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    if not (letters.isascii() and letters.isupper() and 0 < number <= LAST_COLUMN):
        raise ValueError(f"no column is called {shortened(letters)}")
    return number
