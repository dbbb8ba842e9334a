"""From the bytes of a file to UTF-8 text: what cannot be sightings is named, and the encoding is recognised.

The choice depends on the whole file and on nothing else, so the same bytes are always read the same way.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from vesseltrack.errors import InputError

_SLICE = 1 << 20
"""Bytes looked at in one go."""

_BROKEN_UTF8 = ("UTF-8 with bytes that are not: their rows are rejects",)
_SAVE_AS_CSV = "save the sheet as CSV (UTF-8)"
_UNPACK = "unpack it first"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PAR1", "a Parquet file", "write the table as CSV"),
    (b"PARE", "an encrypted Parquet file", "decrypt it first"),
    (b"ARROW1", "an Arrow or Feather file", "write the table as CSV"),
    (b"%PDF", "a PDF document", "copy its table into a CSV file"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first (gunzip)"),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first (unzstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "export the table as CSV"),
    (_OLE, "an old Excel or Word document", _SAVE_AS_CSV),
    (b"\x89PNG\r\n", "a PNG image", "type what it shows into a CSV file"),
    (b"\xff\xd8\xff", "a JPEG image", "type what it shows into a CSV file"),
    (b"GIF8", "a GIF image", "type what it shows into a CSV file"),
    (b"II*\x00", "a TIFF image", "type what it shows into a CSV file"),
    (b"MM\x00*", "a TIFF image", "type what it shows into a CSV file"),
    (b"\x7fELF", "a program", "name a table of sightings"),
    (b"{\\rtf", "an RTF document", "copy its table into a CSV file"),
)


@dataclass(frozen=True)
class Text:
    """A file's content as UTF-8."""

    utf8: bytes
    """Without byte order mark. Bytes that could not be decoded stand as invalid UTF-8, so that only their rows are
    refused."""

    encoding: str
    """``utf-8``, ``utf-16-le``, ``utf-16-be``, ``cp949`` or ``windows-1252``."""

    notes: tuple[str, ...] = ()


def recognise(raw: bytes, path: str) -> Text:
    """Decode a file.

    Args:
        raw: All of its bytes.
        path: Its name, for messages.

    Raises:
        InputError: the file is no text, or a kind of text that holds no table of sightings; the message says what it is
            and how to mend it.
    """
    _refuse_other_kinds(raw, path)
    if raw.startswith(codecs.BOM_UTF8):
        text = Text(raw[3:], "utf-8", () if _is_utf8(raw[3:]) else _BROKEN_UTF8)
    elif raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise InputError(f"{path}: UTF-32 text: save it as UTF-8")
    elif raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _utf16(raw[2:], "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
    else:
        without_mark = _utf16_without_mark(raw)
        if not without_mark and _looks_binary(raw):
            raise InputError(f"{path}: binary data, not text: give CSV, TSV, JSON, NDJSON, GeoJSON, XLSX or Parquet")
        text = _utf16(raw, without_mark) if without_mark else _utf8_or_legacy(raw)
    start = text.utf8[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<!--")):
        raise InputError(f"{path}: a web page (HTML), not a table: download the data itself, or save the table as CSV")
    if start.startswith((b"<?xml", b"<kml", b"<gpx")):
        raise InputError(f"{path}: an XML document: write the table as CSV")
    return text


def _refuse_other_kinds(raw: bytes, path: str) -> None:
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"xl/" in raw[:4096] or b"xl/workbook" in raw[-65536:]:
            raise InputError(f"{path}: an Excel workbook: {_SAVE_AS_CSV}")
        if b"opendocument.spreadsheet" in raw[:256]:
            raise InputError(f"{path}: an OpenDocument spreadsheet: {_SAVE_AS_CSV}")
        if b"word/" in raw[:4096]:
            raise InputError(f"{path}: a Word document: copy its table into a CSV file")
        raise InputError(f"{path}: a ZIP archive: {_UNPACK}")
    if raw.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in raw:
        raise InputError(f"{path}: an Office document with a password: save it without one")
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        raise InputError(f"{path}: a WebP image: type what it shows into a CSV file")
    for magic, kind, remedy in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"{path}: {kind}: {remedy}")


def _looks_binary(raw: bytes) -> bool:
    """Stray NULs are a fault of their rows; a file full of control characters is no text at all."""
    sample = raw[: 1 << 16]
    if not sample:
        return False
    counts = Counter(sample)
    controls = sum(number for byte, number in counts.items() if byte < 32 and byte not in b"\t\n\r\f\v\x1b")
    high = sum(number for byte, number in counts.items() if byte >= 0x80)
    share = controls / len(sample)
    return share > 0.3 or (share > 0.02 and high / len(sample) > 0.2 and not _is_utf8(sample[:-4]))


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 betrays itself by NULs at every other byte, since separators, digits and line ends are ASCII."""
    sample = raw[: 1 << 14]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return ""
    pairs = len(sample) // 2
    first, second = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if second > 0.3 and first < 0.02:
        return "utf-16-le"
    if first > 0.3 and second < 0.02:
        return "utf-16-be"
    return ""


def _utf16(raw: bytes, encoding: str) -> Text:
    whole = raw[: len(raw) // 2 * 2]
    utf8 = whole.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
    return Text(utf8 + (b"\xff" if len(raw) % 2 else b""), encoding, (f"read as {encoding.upper()}",))


def _is_utf8(raw: bytes) -> bool:
    if raw.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(raw), _SLICE):
            decoder.decode(raw[start : start + _SLICE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_legacy(raw: bytes) -> Text:
    if _is_utf8(raw):
        return Text(raw, "utf-8")
    encoding = _legacy_encoding(raw)
    if encoding == "utf-8":
        return Text(raw, encoding, _BROKEN_UTF8)
    decoded = raw.decode("cp949" if encoding == "cp949" else "cp1252", "surrogateescape")
    name = "CP949 (Korean)" if encoding == "cp949" else "Windows-1252 (Latin-1)"
    return Text(
        decoded.encode("utf-8", "surrogatepass"),
        encoding,
        (f"not UTF-8: read as {name}; save it as UTF-8 if names look wrong",),
    )


_HIGH_RUN = re.compile(rb"([A-Za-z]?)([\x80-\xff]+)(?=([A-Za-z]?))")


def _legacy_encoding(raw: bytes) -> str:
    """``utf-8`` (damaged), ``cp949`` or ``windows-1252``, by what most runs of high bytes can be.

    A Hangul syllable is two bytes in CP949 and three in UTF-8; in Western names accents stand alone among letters. A
    run that UTF-8 and CP949 both explain (``C3 A9``) speaks for UTF-8 unless others speak for CP949 only.
    """
    utf8_only = korean_only = both = neither = 0
    for (left, run, right), number in Counter(_HIGH_RUN.findall(raw)).items():
        as_korean = _is_hangul(run) and not (len(run) == 2 and (left or right))
        as_utf8 = _is_utf8(run) or (not as_korean and _is_mostly_utf8(run))
        if as_utf8 and as_korean:
            both += number
        elif as_utf8:
            utf8_only += number
        elif as_korean:
            korean_only += number
        else:
            neither += number
    if utf8_only + both >= max(neither, 1) and utf8_only >= korean_only:
        return "utf-8"
    return "cp949" if korean_only + both > neither else "windows-1252"


_LONG_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _is_mostly_utf8(run: bytes) -> bool:
    """A run of letters with a broken byte among them."""
    return sum(map(len, _LONG_SEQUENCE.findall(run))) * 4 >= len(run) * 3


def _is_hangul(run: bytes) -> bool:
    if len(run) % 2:
        return False
    try:
        decoded = run.decode("cp949")
    except UnicodeDecodeError:
        return False
    return sum("가" <= letter <= "힣" for letter in decoded) * 2 > len(decoded)
