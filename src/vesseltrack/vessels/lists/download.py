"""A file as somebody downloaded it: its bytes, decoded text, and the files that belong to it."""

from __future__ import annotations

import codecs
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, TextIO

from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES = 65536
"""As much of a file as is looked at to recognise its format."""


class ListError(ConfigurationError):
    """A list that cannot be read or is refused; the message names the file and what was expected."""


@dataclass(frozen=True)
class Download:
    """One published file; formats of several files (OFAC's ALT.CSV) find the others in ``beside``."""

    path: Path
    beside: tuple[Path, ...] = ()
    """Files given with it, and those of the same download that lie in its folder."""

    def head(self) -> str:
        """The first 64 KiB as text; undecodable bytes become U+FFFD."""
        with self.open() as file:
            return file.read(HEAD_BYTES).decode(self.encoding, "replace").removeprefix("\ufeff")

    def open(self) -> BinaryIO:
        """The bytes, from the beginning."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ListError(f"{self.path}: cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None

    def text(self) -> TextIO:
        """The whole file as text, line breaks as they are, for `csv` and for line by line reading."""
        return io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline="")

    @cached_property
    def encoding(self) -> str:
        """``utf-16`` by its mark, else ``utf-8-sig`` where the file is UTF-8, else ``cp1252``."""
        with self.open() as file:
            first = file.read(HEAD_BYTES)
            if first.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16"
            checker = codecs.getincrementaldecoder("utf-8")()
            while first:
                try:
                    checker.decode(first)
                except UnicodeDecodeError:
                    return "cp1252"
                first = file.read(HEAD_BYTES)
        return "utf-8-sig"

    def sha256(self) -> str:
        """Fingerprint of the file."""
        digest = hashlib.sha256()
        with self.open() as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()
