"""The physical lines of a text: where each starts and ends, and which of them a plain tokeniser may take by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_SLICE = 1 << 24
"""Bytes looked at in one go (16 MiB), so that masks stay small beside the file."""

_QUOTE, _RETURN, _FEED = b'"\r\n'


@dataclass(frozen=True)
class Lines:
    """A text cut at line feeds, carriage returns and pairs of them."""

    data: bytes
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    """End of the content, without the line break."""

    def __len__(self) -> int:
        return len(self.starts)

    def content(self, line: int) -> bytes:
        """Line by 0-based number, without its line break."""
        return self.data[self.starts[line] : self.ends[line]]

    def stop(self, line: int) -> int:
        """Where the next line starts."""
        return int(self.starts[line + 1]) if line + 1 < len(self.starts) else len(self.data)


def split(data: bytes) -> Lines:
    """Find the lines of a text; a line break at the very end opens no further line."""
    breaks = positions(data, _FEED)
    ends = breaks
    if b"\r" in data:
        octets = np.frombuffer(data, np.uint8)
        returns = positions(data, _RETURN)
        following = np.append(octets, np.uint8(0))[returns + 1] if len(returns) else octets[:0]
        alone = returns[following != _FEED]
        before = octets[np.maximum(breaks - 1, 0)] == _RETURN
        ends = np.where(before & (breaks > 0), breaks - 1, breaks)
        if len(alone):
            breaks, ends = np.concatenate([breaks, alone]), np.concatenate([ends, alone])
            order = np.argsort(breaks, kind="stable")
            breaks, ends = breaks[order], ends[order]
    starts = np.concatenate([np.zeros(1, np.int64), breaks + 1])
    if starts[-1] == len(data):
        return Lines(data, starts[:-1], ends)
    return Lines(data, starts, np.append(ends, len(data)))


def positions(data: bytes, octet: int) -> npt.NDArray[np.int64]:
    """Where an octet stands."""
    if data.find(octet) < 0:
        return np.zeros(0, np.int64)
    octets = np.frombuffer(data, np.uint8)
    found = [np.flatnonzero(octets[start : start + _SLICE] == octet) + start for start in range(0, len(octets), _SLICE)]
    return np.concatenate(found).astype(np.int64, copy=False)


def lines_at(lines: Lines, where: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The 0-based line of each position."""
    return np.searchsorted(lines.starts, where, side="right").astype(np.int64) - 1


def with_octet(lines: Lines, octet: int) -> npt.NDArray[np.bool_]:
    """Which lines hold an octet."""
    mask = np.zeros(len(lines), np.bool_)
    mask[lines_at(lines, positions(lines.data, octet))] = True
    return mask


def not_utf8(lines: Lines) -> npt.NDArray[np.bool_]:
    """Which lines hold bytes that are not UTF-8."""
    mask = np.zeros(len(lines), np.bool_)
    if lines.data.isascii():
        return mask
    first = 0
    while first < len(lines):
        last = int(np.searchsorted(lines.starts, lines.starts[first] + (1 << 20), side="right"))
        last = max(last, first + 1)
        if not _decodes(lines.data[lines.starts[first] : lines.stop(last - 1)]):
            mask[first:last] = [not _decodes(lines.content(line)) for line in range(first, last)]
        first = last
    return mask


def _decodes(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def irregular(lines: Lines, separator: str) -> npt.NDArray[np.bool_]:
    """Which lines cannot be cut into cells by themselves, because of their quotes.

    A line is regular where every opening quote follows a separator or the start of the line, every closing quote is
    followed by a separator or the end (or by its twin, for a quote inside the cell), and their number is even: it is
    one record, and every CSV reader cuts it the same way.
    """
    mask = np.zeros(len(lines), np.bool_)
    quotes = positions(lines.data, _QUOTE)
    if not len(quotes):
        return mask
    octets: Any = np.frombuffer(lines.data, np.uint8)
    line = lines_at(lines, quotes)
    first_of_line = np.searchsorted(line, line, side="left")
    opening = (np.arange(len(quotes)) - first_of_line) % 2 == 0
    before = octets[np.maximum(quotes - 1, 0)]
    after = octets[np.minimum(quotes + 1, len(octets) - 1)]
    fits_before = (quotes == lines.starts[line]) | (before == ord(separator)) | (before == _QUOTE)
    fits_after = (quotes + 1 == lines.ends[line]) | (after == ord(separator)) | (after == _QUOTE)
    mask[line[~np.where(opening, fits_before, fits_after)]] = True
    mask |= np.bincount(line, minlength=len(lines)) % 2 == 1
    return mask
