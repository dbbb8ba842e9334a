"""Rows that could not be read: gathered with their cells, and written so that they can be mended and fed back."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from vesseltrack.sightings.headers import REJECT_COLUMNS
from vesseltrack.sightings.raw import shortened, whole_characters
from vesseltrack.sightings.schema import RejectedRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vesseltrack.sightings.raw import RawTable

_NEEDS_QUOTES = re.compile('[",\r\n]')


def refused(table: RawTable, path: str, faults: Mapping[int, tuple[int, str, str]]) -> tuple[RejectedRow, ...]:
    """Rejects of a table's rows, in the order of their lines.

    Args:
        table: The table.
        path: The input's name.
        faults: Row number to column number (-1: the whole row), offending value and reason.
    """
    if not faults:
        return ()
    rows = np.array(sorted(faults), np.int64)
    originals = zip(
        *(_pairs(header, column.take(rows)) for header, column in zip(table.headers, table.columns, strict=True)),
        strict=True,
    )
    found = []
    for row, line, original in zip(rows.tolist(), table.lines[rows].tolist(), originals, strict=True):
        column, value, reason = faults[row]
        header = table.headers[column].strip() if column >= 0 else ""
        found.append(RejectedRow(path, line, header, shortened(value), reason, original))
    return tuple(found)


def mended_rows(table: RawTable) -> Iterator[tuple[str, str]]:
    """Source and line of the rows that a file written by ``--rejects`` holds again; nothing for other files."""
    named = [header.strip().lower() for header in table.headers]
    if REJECT_COLUMNS[0] in named and REJECT_COLUMNS[1] in named:
        source, line = (table.columns[named.index(name)].to_pylist() for name in REJECT_COLUMNS[:2])
        yield from zip(source, line, strict=True)


def _pairs(header: str, column: Any) -> list[tuple[str, str]]:
    """Header and cell of each row; rows with the same cell share one pair, since a whole feed may be rejected."""
    encoded = column.combine_chunks().dictionary_encode()
    pairs = [(header, cell) for cell in encoded.dictionary.to_pylist()]
    return [pairs[code] for code in encoded.indices.to_pylist()]


def write_rejects(rejects: Sequence[RejectedRow]) -> str:
    r"""Rejected rows as CSV: their own columns as they were, then `headers.REJECT_COLUMNS`.

    Columns of all inputs stand side by side under their own headers; cells are kept as they were, without the guard
    against formulas. The five columns are ignored when the mended file is read again. Bytes that were no text stand as
    ``\xff``, so that the result can always be written as UTF-8.
    """
    places: dict[tuple[str, int], None] = {}
    rows: list[dict[tuple[str, int], str]] = []
    for reject in rejects:
        turns: Counter[str] = Counter()
        row: dict[tuple[str, int], str] = {}
        for header, cell in reject.original:
            row[header, turns[header]] = cell
            turns[header] += 1
        places.update(dict.fromkeys(row))
        rows.append(row)
    named = [place for place in places if place[0] not in REJECT_COLUMNS]
    lines = [csv_line([*(header for header, _ in named), *REJECT_COLUMNS])]
    for reject, row in zip(rejects, rows, strict=True):
        told = (reject.source, str(reject.line), reject.column, reject.value, reject.reason)
        lines.append(csv_line([*(row.get(place, "") for place in named), *told]))
    return whole_characters("".join(lines))


def csv_line(cells: Sequence[str]) -> str:
    r"""One line of CSV; `csv.writer` would leave a lone ``\r`` without quotes, and the row would be read as two."""
    return (
        ",".join('"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell for cell in cells) + "\n"
    )
