"""Marks of all sightings made again: when the lists or the ports changed, and to verify those that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from vesseltrack.ledger.marks import add_marks, all_marked, faulty, read_marks, stored_marks, table_of
from vesseltrack.ledger.sighting_frames import every_sighting, sightings_at
from vesseltrack.ledger.sighting_rows import batches

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from vesseltrack.ledger.marks import Marking


def mark_again(connection: sqlite3.Connection, marking: Marking) -> None:
    """See that every sighting bears a mark made with what is in force; costs what all sightings cost, or nothing."""
    if all_marked(connection, marking.made_with):
        return
    connection.execute("DELETE FROM cache_marks")
    for first, input, frame in every_sighting(connection):
        add_marks(connection, first, input, table_of(frame, marking.of(frame)), marking.made_with)


def faulty_marks(connection: sqlite3.Connection, marking: Marking | None) -> Iterator[str]:
    """What is wrong with the marks; those that were made with something else are not used, and not made again here.

    Args:
        connection: the ledger.
        marking: how sightings are marked now; None: only what can be told without.
    """
    for first, number, input, made_with, content, digest in stored_marks(connection):
        named = f"cache_marks: the marks of entries {first:,} to {first + number - 1:,}"
        if faulty(first, input, made_with, content, digest):
            yield f"{named} are not as they were written"
            continue
        found = read_marks(content)
        held = connection.execute(
            "SELECT count(*) FROM entries WHERE seq BETWEEN ? AND ? AND kind = 'sighting' AND input = ?",
            (first, first + number - 1, input),
        ).fetchone()[0]
        if not found.num_rows == number == held:
            yield f"{named} are {found.num_rows:,}, of {held:,} sightings"
        elif marking is not None and made_with == marking.made_with:
            for rows in batches(number):
                frame = sightings_at(connection, np.arange(first + rows.start, first + min(rows.stop, number)))
                right = table_of(frame, marking.of(frame))
                if not _plain(found[rows]).equals(_plain(right)):
                    yield f"{named} are not what the sightings, lists and ports say"
                    break


def _plain(table: pa.Table) -> pa.Table:
    """Texts as texts, in one piece: how they are coded says nothing."""
    return pa.table(
        {
            name: (column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column).combine_chunks()
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
    )
