"""CSV lists with a header: cells are found by the column's name, and a file that is cut off is refused."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from vesseltrack.vessels.lists.download import ListError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from vesseltrack.vessels.lists.download import Download

Row = Mapping[str, str]
"""Cells by column, stripped; a column that the file does not have is not in it."""

HEADER_WITHIN = 5
"""Lines before the header: ``Report Date: ...``, ``Last Updated,...``, blank ones."""

LONGEST_CELL = 16 * 1024 * 1024
"""Characters; the longest real cells, statements of reasons, have some ten thousand. Beyond it a quote never closes."""

CUT_OFF = "download it again; the list in force stays"


def plain(header: str) -> str:
    """Return a column's name as it is compared: lower case, letters and digits only."""
    return "".join(c for c in header.lower() if c.isalnum())


def header_in(head: str, columns: Collection[str], delimiter: str = ",") -> bool:
    """Whether one of the first lines of a file names all these columns. Never raises."""
    wanted = {plain(column) for column in columns}
    lines = head.lstrip("\ufeff").splitlines()[:HEADER_WITHIN]
    return any(wanted <= {plain(cell) for cell in line.split(delimiter)} for line in lines)


@dataclass
class Table:
    """A CSV file that is read once, row by row, without being held in memory."""

    download: Download
    needed: tuple[str, ...]
    """Columns without which the file cannot be read; the first line that names the first of them is the header."""

    read: tuple[str, ...] = ()
    """Further columns that are read where they are."""

    ignored: Callable[[str], bool] = lambda _: False
    """Whether a column, as written, is known and not read; any other column is new and is remarked."""

    delimiter: str = ","
    remarks: list[str] = field(default_factory=list)
    before: list[list[str]] = field(default_factory=list, init=False)
    """Lines before the header, once reading has begun."""

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the first line of each row, 1-based, and its cells; blank rows are passed over.

        Raises `ListError` where a needed column is missing or the last row is cut off. A row in the middle with more
        or fewer cells than the header is read as far as it goes and remarked.
        """
        usual = csv.field_size_limit(LONGEST_CELL)  # of the whole process, so it is given back
        try:
            yield from self._rows()
        finally:
            csv.field_size_limit(usual)

    def _rows(self) -> Iterator[tuple[int, Row]]:
        with self.download.text() as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self.delimiter)
            columns: list[tuple[int, str]] = []
            width, first, found = 0, 1, 0
            try:
                for cells in reader:
                    start, first = first, reader.line_num + 1
                    quotes, lines.quotes = lines.quotes, 0
                    if not any(cell.strip() for cell in cells):
                        continue
                    if not width:
                        columns = self._columns(cells, reader.line_num)
                        width = len(cells) if columns else 0
                        continue
                    if quotes % 2 and lines.at_end():
                        raise ListError(
                            f"{self.download.path}: cut off: the quoted cell in line {start} never ends; {CUT_OFF}."
                        )
                    if len(cells) < width and lines.at_end():
                        raise ListError(
                            f"{self.download.path}: cut off: line {start}, the last, has {len(cells)} cells "
                            f"instead of {width}; {CUT_OFF}."
                        )
                    if len(cells) != width:
                        self.remarks.append(
                            f"line {start}: {len(cells)} cells instead of {width}; read as far as it goes"
                        )
                    found += 1
                    cells.extend([""] * (width - len(cells)))
                    yield start, {name: cells[place].strip() for place, name in columns}
            except csv.Error as error:
                raise ListError(
                    f"{self.download.path}: line {first}: not readable as CSV ({error}); {CUT_OFF}."
                ) from None
        if not width:
            raise self._no_header()
        if not found:
            raise ListError(f"{self.download.path}: holds a header and no entry; {CUT_OFF}.")

    def _no_header(self) -> ListError:
        return ListError(
            f"{self.download.path}: no column {self.needed[0]!r} in the first {HEADER_WITHIN} lines: "
            "not the list that it seemed to be."
        )

    def _columns(self, cells: list[str], line: int) -> list[tuple[int, str]]:
        """Return place and name of each column to read; empty where this line is not the header."""
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            places.setdefault(plain(cell.removeprefix("\ufeff")), place)
        if plain(self.needed[0]) not in places:
            if line > HEADER_WITHIN:
                raise self._no_header()
            self.before.append(cells)
            return []
        missing = [column for column in self.needed if plain(column) not in places]
        if missing:
            raise ListError(
                f"{self.download.path}: line {line}: no column {', '.join(map(repr, missing))}: the publisher's layout "
                "has changed or the file was edited; the list in force stays."
            )
        wanted = {plain(column): column for column in (*self.needed, *self.read)}
        self.remarks += [
            f"column {cell.strip()!r} is new and not read"
            for cell in cells
            if cell.strip() and plain(cell) not in wanted and not self.ignored(cell.strip())
        ]
        return [(place, wanted[name]) for name, place in places.items() if name in wanted]


class _Lines:
    """The lines of a file, with the quotes of the record that is being read, and one line seen in advance."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.quotes = 0
        self.waiting: str | None = None

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.waiting if self.waiting is not None else self.file.readline()
        self.waiting = None
        if not line:
            raise StopIteration
        self.quotes += line.count('"')
        return line

    def at_end(self) -> bool:
        """Whether nothing but white space follows."""
        while self.waiting is None or (self.waiting and not self.waiting.strip()):
            self.waiting = self.file.readline()
        return not self.waiting
