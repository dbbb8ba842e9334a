"""A table as it was written: text cells in columns, each row with its line, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from vesseltrack.sightings.schema import RejectedRow

MAX_ROW_BYTES = 131_072
"""The longest row that is read (128 KiB); a longer one is damage, and holding it would let one line fill the memory."""

SHOWN_CHARACTERS = 200
"""How much of an offending value a reject shows."""


@dataclass(frozen=True)
class RawTable:
    """The rows of one input whose cells could be told apart."""

    headers: tuple[str, ...]
    columns: tuple[Any, ...]
    """One pyarrow ChunkedArray of strings for each header; never null."""

    lines: npt.NDArray[np.int64]
    """First physical line of each row, 1-based, ascending."""

    rejects: tuple[RejectedRow, ...] = ()
    """Rows whose cells could not be told apart."""

    guarded: bool = False
    """Whether a leading ``'`` before ``= + - @`` TAB CR is the guard of our own CSV writer."""

    blank_rows_count: bool = False
    """Whether a row of blank cells is a row (an empty JSON object is; a line of commas is not)."""

    notes: tuple[str, ...] = ()
    """One-line remarks on how the cells were read."""


def text_columns(chunks: Sequence[Sequence[Any]], count: int) -> tuple[Any, ...]:
    """Chunks of columns as one pyarrow ChunkedArray of strings each; `count` columns even where there is no chunk."""
    return tuple(pa.chunked_array([chunk[number] for chunk in chunks], pa.string()) for number in range(count))


def legible(raw: bytes) -> str:
    r"""Bytes that may not be UTF-8 as text that is: what cannot be decoded is shown as ``\xff``, as are surrogates."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "surrogateescape")
    return whole_characters(text)


def whole_characters(text: str) -> str:
    """Text without lone surrogates; each is shown as the byte or code it stands for."""
    if text.isascii():
        return text
    return "".join(_shown(letter) if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def _shown(surrogate: str) -> str:
    code = ord(surrogate)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def shortened(text: str) -> str:
    """An offending value as a reject shows it."""
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
