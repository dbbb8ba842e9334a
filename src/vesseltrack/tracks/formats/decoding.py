"""Messages decoded into Parquet, in blocks of lines spread over the cores."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.tracks.formats import aisstream
from vesseltrack.tracks.formats.messages import SCHEMA
from vesseltrack.tracks.formats.opening import Held, opened
from vesseltrack.tracks.formats.source import Source
from vesseltrack.tracks.formats.workers import cores, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vesseltrack.tracks.formats.nmea import Joined

BLOCK_BYTES = 1 << 21
"""Text of one piece of work: some 25,000 sentences, a third of a second."""

_LONGEST_LINE_BYTES = 1 << 24
_SMALL_BYTES = 1 << 22
"""Less than this is decoded here: starting other processes takes longer."""


def nmea_source(source: Held, folder: Path) -> Source:
    """Decode sentences of AIS; see `nmea`.

    Raises:
        ConfigurationError: pyais is not installed.
        InputError: compressed data that are cut off, or no line ends.
    """
    if importlib.util.find_spec("pyais") is None:
        raise ConfigurationError("NMEA: pyais is not installed: pip install 'vesseltrack[ais]'")
    from vesseltrack.tracks.formats.nmea import Parts  # noqa: PLC0415 - wants pyais, which is an extra

    parts = Parts()

    def work() -> Iterator[tuple[bytes, list[Joined], int, str]]:
        for number, block in enumerate(blocks(source, nmea_end)):
            yield block, *parts.take(block), _target(folder, number)
        parts.finish()

    paths, rejected = _gathered(nmea_to_parquet, work(), source)
    return _source("NMEA", paths, rejected + parts.rejected, folder)


def aisstream_source(source: Held, folder: Path) -> Source:
    """Decode messages of aisstream.io, one a line or in one list.

    Raises:
        InputError: compressed data that are cut off, no line ends, or a list that is no JSON.
    """
    with opened(source) as stream:
        listed = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    if listed:
        with opened(source) as stream:
            try:
                messages = json.loads(stream.read())
            except (ValueError, RecursionError) as error:
                raise InputError(f"{source.path}: a list of messages that is no JSON ({error})") from None
        table, rejected = aisstream.decode_objects(messages)
        target = _target(folder, 0)
        pq.write_table(table, target)
        return _source("aisstream.io", [target], rejected, folder)
    work = ((block, _target(folder, number)) for number, block in enumerate(blocks(source, last_line_end)))
    paths, rejected = _gathered(aisstream_to_parquet, work, source)
    return _source("aisstream.io", paths, rejected, folder)


def nmea_to_parquet(block: bytes, joined: list[Joined], part_sentences: int, target: str) -> tuple[str, Counter[str]]:
    """Decode a block into a file; runs in another process."""
    from vesseltrack.tracks.formats.nmea import decode_block  # noqa: PLC0415 - wants pyais, which is an extra

    return _written(*decode_block(block, joined, part_sentences), target)


def aisstream_to_parquet(block: bytes, target: str) -> tuple[str, Counter[str]]:
    """Decode a block into a file; runs in another process."""
    return _written(*aisstream.decode_lines(block), target)


def _written(table: Any, rejected: Counter[str], target: str) -> tuple[str, Counter[str]]:
    if not len(table):
        return "", rejected
    pq.write_table(table, target, compression="lz4")
    return target, rejected


def _target(folder: Path, number: int) -> str:
    return str(folder / f"{folder.name}-{number:06}.parquet")


def _gathered(function: Callable[..., Any], work: Iterator[Any], source: Held) -> tuple[list[str], Counter[str]]:
    many = source.file.stat().st_size > _SMALL_BYTES
    paths: list[str] = []
    rejected: Counter[str] = Counter()
    for path, refused in spread(function, work, cores() if many else 1):
        if path:
            paths.append(path)
        rejected += refused
    return paths, rejected


def _source(layout: str, paths: list[str], rejected: Counter[str], folder: Path) -> Source:
    if not paths:
        paths = [_target(folder, 0)]
        pq.write_table(SCHEMA.empty_table(), paths[0])
    columns = tuple(SCHEMA.names)
    select = {name: f'"{name}"' for name in columns}
    return Source(layout, "parquet", tuple(paths), columns, select, "epoch", rejected=dict(sorted(rejected.items())))


def blocks(source: Held, end_of: Callable[[bytes], int]) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time.

    Args:
        source: The file.
        end_of: Up to where a piece of it can be taken by itself.

    Raises:
        InputError: a line without end, or compressed data that are cut off.
    """
    rest = b""
    with opened(source) as stream:
        while read := stream.read(BLOCK_BYTES):
            piece = rest + read
            end = end_of(piece)
            if end:
                yield piece[:end]
            rest = piece[end:]
            if len(rest) > _LONGEST_LINE_BYTES:
                raise InputError(
                    f"{source.path}: a line longer than {_LONGEST_LINE_BYTES:,} bytes: is this a log of AIS?"
                )
    if rest:
        yield rest


def last_line_end(piece: bytes) -> int:
    """After the last line end; 0 where there is none."""
    return piece.rfind(b"\n") + 1


def nmea_end(piece: bytes) -> int:
    """After the last line that can be understood without the next one: not a Gatehouse line."""
    end = last_line_end(piece)
    while end:
        start = piece.rfind(b"\n", 0, end - 1) + 1
        line = piece[start:end]
        if line.strip() and not line.startswith(b"$PGHP"):
            break
        end = start
    return end
