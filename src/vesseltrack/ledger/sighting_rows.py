"""Sightings on their way into the ledger: a frame as canonical JSON, whole columns at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from vesseltrack.ledger.entries import Rows
from vesseltrack.sightings.schema import CHOICE_FIELDS, EXTRA_PREFIX, NUMBER_FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from vesseltrack.sightings.raw import RawTable

BATCH_ROWS = 50_000
"""Rows that are text at one time."""

_NEEDS_ESCAPE = np.isin(np.arange(256), [*range(0x20), *b'"\\'])
"""Bytes of UTF-8 that stand for something else within quotation marks."""


class Written:
    """A frame's columns as pieces of JSON: each different value is written once, however many rows bear it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        names = [*TEXT_FIELDS, "date", *(name for name in frame.columns if name.startswith(EXTRA_PREFIX))]
        pieces = {name: _text_pieces(name, frame[name]) for name in names}
        pieces |= {name: _choice_pieces(name, frame[name]) for name in CHOICE_FIELDS}
        pieces |= {name: _number_pieces(name, frame[name].to_numpy()) for name in NUMBER_FIELDS}
        self._columns = [piece for _, piece in sorted(pieces.items()) if piece is not None]

    def bodies(self, rows: slice) -> list[str]:
        """Canonical JSON of some rows: keys sorted; what is blank or unknown is left out."""
        parts = [pieces.take(pa.array(codes[rows])) for codes, pieces in self._columns]
        joined = pc.binary_join_element_wise(*parts, ",", null_handling="skip")
        bodies: list[str] = pc.binary_join_element_wise("{", joined, "}", "").to_pylist()
        return bodies


def written_times(instants: npt.NDArray[Any]) -> list[str]:
    """Instants (datetime64) as text."""
    exact = instants.astype("datetime64[us]")
    whole = exact.astype("datetime64[s]")
    texts: list[str] = pc.cast(pa.array(whole), pa.string()).to_pylist()
    for at in np.flatnonzero(whole != exact).tolist():
        texts[at] = str(exact[at]).replace("T", " ")
    return texts


def batches(count: int) -> Iterator[slice]:
    """Slices of a frame, each small enough to be text at one time."""
    return (slice(first, first + BATCH_ROWS) for first in range(0, count, BATCH_ROWS))


def cells(table: RawTable, lines: npt.NDArray[np.int64]) -> list[str]:
    """The cells of some rows as they were in the file: a JSON array each, in the order of the headers."""
    at = pa.array(np.searchsorted(table.lines, lines))
    pieces: list[Any] = []
    for column in table.columns:
        pieces += ['","' if pieces else '["', _escaped(column.take(at).combine_chunks())]
    found: list[str] = pc.binary_join_element_wise(*pieces, '"]', "").to_pylist() if pieces else ["[]"] * len(lines)
    return found


def rows_of(frame: pd.DataFrame, table: RawTable, bodies: list[str]) -> Rows:
    """What the ledger records of the rows of a batch, all of one file."""
    lines = frame["line"].to_numpy()
    first, last = (written_times(frame[name].to_numpy()) for name in ("start", "end"))
    return Rows(bodies, first, last, lines.tolist(), cells(table, lines))


def _escaped(texts: Any) -> Any:
    """Texts as they stand in JSON between the quotation marks; those that need it escaped one by one."""
    _, offsets, data = texts.buffers()
    if data is not None:
        held = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        letters = np.frombuffer(data, np.uint8)[held[0] : held[-1]]
        if _NEEDS_ESCAPE[letters].any():
            return pa.array([json.dumps(text, ensure_ascii=False)[1:-1] for text in texts.to_pylist()], pa.string())
    return texts


def _pieces(name: str, values: Any) -> Any:
    """``"name":value`` for each value; null where there is none."""
    return pc.binary_join_element_wise(f"{json.dumps(name, ensure_ascii=False)}:", values, "")


def _text_pieces(name: str, column: pd.Series) -> tuple[npt.NDArray[Any], Any] | None:
    texts = pa.array(column.cat.categories, pa.string())
    if not len(texts) or (len(texts) == 1 and texts[0].as_py() == ""):
        return None
    blank = pc.equal(texts, "")
    quoted = pc.binary_join_element_wise('"', _escaped(texts), '"', "")
    return column.cat.codes.to_numpy(), _pieces(name, pc.if_else(blank, None, quoted))


def _choice_pieces(name: str, column: pd.Series) -> tuple[npt.NDArray[Any], Any]:
    words = [None if word == "unknown" else f'"{word}"' for word in CHOICE_FIELDS[name]]
    return column.cat.codes.to_numpy(), _pieces(name, pa.array(words, pa.string()))


def _number_pieces(name: str, values: npt.NDArray[np.float64]) -> tuple[npt.NDArray[Any], Any] | None:
    """Numbers as Python writes them (the shortest text that reads back as the same number), minus zero as zero."""
    codes, different = pd.factorize(values + 0.0, use_na_sentinel=False)
    if not len(different) or np.isnan(different).all():
        return None
    texts = [None if number != number else repr(number) for number in different.tolist()]  # noqa: PLR0124 - NaN
    return codes, _pieces(name, pa.array(texts, pa.string()))
