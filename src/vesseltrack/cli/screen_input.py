"""Queries of `screen`: names from the command line, and the lines of standard input as they come."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from vesseltrack.errors import InputError

LONGEST = 10_000
"""Characters of a line that are read; no ship has a longer name."""

TAKEN = 65_536
"""Bytes asked for at once; what a pipe holds. Less is taken where less is there, so that nobody waits for an answer."""

_LONGEST_BYTES = 4 * LONGEST + 4
TOO_LONG = f"longer than {LONGEST:,} characters, only the beginning was read"
NOT_UTF_8 = "not UTF-8 text, what could not be read stands as U+FFFD"

Block = tuple[list[str], dict[int, str]]
"""Queries, and a remark on each that was not read whole, by its place."""


def blocks(names: Sequence[str]) -> Iterator[Block]:
    """The queries in order, ``-`` replaced by the lines of standard input; what is there is given at once."""
    for name in names:
        if name != "-":
            yield [name], {}
        else:
            yield from lines(sys.stdin.buffer)


def refuse_unreadable(names: Sequence[str]) -> None:
    """Raises `InputError` where standard input is asked for twice, or is closed."""
    if names.count("-") > 1:
        raise InputError("-: standard input can be read only once; name it once.")
    if "-" in names and sys.stdin is None:
        raise InputError("-: standard input is closed.")


def lines(file: BinaryIO) -> Iterator[Block]:
    """Every line of a stream, blank ones and garbage too, in bounded memory.

    A line ends at a line feed; a carriage return before it and a byte order mark at the very beginning are no part of
    it. What is no UTF-8 is replaced, what is longer than `LONGEST` is cut, each with a remark.
    """
    read = getattr(file, "read1", file.read)
    begun, cut, first = b"", False, True
    while data := _taken(read):
        whole, end, tail = data.rpartition(b"\n")
        if end:
            if cut:  # the rest of a line that is too long
                _, end, whole = whole.partition(b"\n")
            yield _decoded(begun + end + whole if cut else begun + whole, first=first)
            begun, cut, first = b"", False, False
        if not cut:
            begun += tail
            cut = len(begun) > _LONGEST_BYTES
            begun = begun[:_LONGEST_BYTES]
    if begun and not (first and begun == codecs.BOM_UTF8):
        yield _decoded(begun, first=first)


def _taken(read: Callable[[int], bytes]) -> bytes:
    try:
        return read(TAKEN)
    except OSError as why:
        raise InputError(f"-: cannot be read: {(why.strerror or 'unknown reason').lower()}.") from None


def _decoded(data: bytes, *, first: bool) -> Block:
    """Lines of text, without the last line feed."""
    remarks: dict[int, str] = {}
    try:
        texts = data.decode().split("\n")
    except UnicodeDecodeError:
        texts = []
        for at, line in enumerate(data.split(b"\n")):
            texts.append(line.decode(errors="replace"))
            if "\ufffd" in texts[-1] and not _is_utf_8(line):
                remarks[at] = NOT_UTF_8
    if first:
        texts[0] = texts[0].removeprefix("\ufeff")
    if b"\r" in data:
        texts = [text.removesuffix("\r") for text in texts]
    if len(data) > LONGEST and max(map(len, texts)) > LONGEST:
        remarks |= {at: TOO_LONG for at, text in enumerate(texts) if len(text) > LONGEST}
        texts = [text[:LONGEST] for text in texts]
    return texts, remarks


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
