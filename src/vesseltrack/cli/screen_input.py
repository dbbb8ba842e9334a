"""Queries of `screen`: names from the command line, and the lines of standard input as they come."""

from __future__ import annotations

import codecs
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from vesseltrack.errors import InputError

LONGEST = 10_000
"""Characters of a line that are read; no ship has a longer name."""

TAKEN = 65_536
"""Bytes asked for at once; what a pipe holds. Less is taken where less is there, so that nobody waits for an answer."""

_MARKS = (  # UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LOOKED_AT = 4096
"""Bytes of the beginning that are looked at for NULs."""

_LONGEST_BYTES = 4 * LONGEST + 4
TOO_LONG = f"longer than {LONGEST:,} characters, only the beginning was read"
SCREEN = "vesseltrack screen -"
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
    """Raises `InputError` where standard input is asked for twice or is closed, or where a name is that of a file.

    A file that is named where a ship should be would look clean: no ship is called ``names.txt``.
    """
    for name in names:
        if name != "-" and os.path.isfile(name):  # noqa: PTH113 - a name may be longer than any path
            raise InputError(f"{name}: is a file; to screen the names in it: {SCREEN} < {shlex.quote(name)}")
    if names.count("-") > 1:
        raise InputError("-: standard input can be read only once; name it once.")
    if "-" in names and sys.stdin is None:
        raise InputError("-: standard input is closed.")


def lines(file: BinaryIO) -> Iterator[Block]:
    """Every line of a stream, blank ones and garbage too, in bounded memory.

    A line ends at a line feed; a carriage return before it and a byte order mark at the very beginning are no part of
    it. What is no UTF-8 is replaced, what is longer than `LONGEST` is cut, each with a remark.

    Raises `InputError` where the beginning shows that no line of it is UTF-8.
    """
    read = getattr(file, "read1", file.read)
    begun, cut, first = b"", False, True
    while data := _taken(read):
        if first and not begun and (encoding := _other_unicode(data)):
            raise InputError(f"-: is {encoding} text, not UTF-8; mend it with: iconv -f {encoding} -t UTF-8 | {SCREEN}")
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


def _other_unicode(data: bytes) -> str:
    """UTF-16 or UTF-32 by byte order mark and NULs, UTF-16 also by a NUL in most pairs of bytes, always on one side."""
    if b"\0" not in data[:_LOOKED_AT]:
        return ""
    marked = (name for mark, name in _MARKS if data.startswith(mark))
    if name := next(marked, ""):
        return name
    pairs = min(len(data), _LOOKED_AT) // 2
    sides = {name: data[start : 2 * pairs : 2].count(0) for start, name in ((0, "UTF-16BE"), (1, "UTF-16LE"))}
    name = max(sides, key=lambda side: sides[side])
    return name if pairs > 1 and min(sides.values()) == 0 and 2 * sides[name] > pairs else ""


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
