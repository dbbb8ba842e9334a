"""From paths to what engines read: every file is recognised by what is in it, never by its name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats import gfw
from vesseltrack.tracks.formats.columns import meanings, table_source
from vesseltrack.tracks.formats.decoding import aisstream_source, nmea_source
from vesseltrack.tracks.formats.geoparquet import with_positions
from vesseltrack.tracks.formats.opening import (
    HEAD_BYTES,
    STDIN,
    checked,
    expanded,
    head_of,
    held,
    is_url,
    opened,
    plain_copy,
    plainly_named,
    recoded,
)
from vesseltrack.tracks.formats.source import InputFile, Recognised, joined
from vesseltrack.tracks.formats.tables import READ_BY_ENGINES, csv_head, parquet_file, parquet_head, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from vesseltrack.tracks.formats.opening import Held
    from vesseltrack.tracks.formats.source import Head, Source

_PARQUET = b"PAR1"
EMPTY = "empty"
"""Layout of a file without rows: no bytes, or a header alone."""
_LOOKS_LIKE_NMEA = re.compile(rb"^[^\r\n!]{0,300}![A-Z]{2}VD[MO],[1-9],[1-9],", re.MULTILINE)
"""A line with a sentence of AIS, whatever surrounds it."""


def recognise(
    paths: Sequence[str],
    folder: Path,
    *,
    stdin: BinaryIO | None = None,
    headers: Callable[[str], Head] | None = None,
) -> Recognised:
    """Say of each input which layout it has and how an engine gets at its columns.

    Args:
        paths: Files, patterns (``*.csv.zst``), ``-`` for standard input (once), and URLs that only an engine reads.
        folder: An existing folder for copies of what has to be unpacked or decoded; it must outlast the reading.
        stdin: What ``-`` reads.
        headers: Gives the beginning of what stands behind a URL; without it URLs are refused.

    Raises:
        InputError: an input that cannot be read, or is no AIS data in a layout known here.
    """
    named = [path for given in paths for path in expanded(given)]
    if named.count(STDIN) > 1:
        raise InputError("-: standard input can be read once: name it once")
    sources: list[Source] = []
    events: list[Mapping[str, Any]] = []
    rejected: Counter[str] = Counter()
    files: list[InputFile] = []
    for path in named:
        if is_url(path):
            if headers is None:
                raise InputError(
                    f"{path}: only an engine on a cluster reads this: fetch the file, or use --engine spark"
                )
            source = table_source(headers(path), path, path)
            sources.append(source)
            files.append(InputFile(path, source.layout, None, None))
            continue
        for found in held(path, folder, stdin):
            own = folder / f"{len(list(folder.iterdir())):06}"
            own.mkdir()
            layout = _one(found, own, sources, events, rejected)
            files.append(InputFile(found.path, layout, found.file.stat().st_size, found.file))
    return Recognised(joined(sources), tuple(events), dict(sorted(rejected.items())), tuple(files))


def _one(
    source: Held, folder: Path, sources: list[Source], events: list[Mapping[str, Any]], rejected: Counter[str]
) -> str:
    """Add what a file gives; returns its layout."""
    start = head_of(source)
    if not start:
        return EMPTY
    if start.startswith(_PARQUET):
        plain = plain_copy(source, folder)
        columns = _parquet(plain, folder)
        with parquet_file(plain) as file:
            if not file.metadata.num_rows:
                return EMPTY
        sources.append(columns)
        return columns.layout
    if _LOOKS_LIKE_NMEA.search(start) and not _names_columns(start):  # a log may hold other bytes besides
        sources.append(nmea_source(source, folder))
        return sources[-1].layout
    text, encoding = text_of(start, source)
    if not text.strip():
        return EMPTY
    if text.lstrip().startswith(("{", "[")):
        if '"MessageType"' in text:
            sources.append(aisstream_source(source, folder))
        elif gfw.is_events_json(text):
            found, refused = gfw.json_events(_whole(source), source.path)
            events += found
            rejected += refused
            return gfw.LAYOUT
        else:
            raise InputError(
                f"{source.path}: JSON that is neither of aisstream.io nor events of Global Fishing Watch: "
                "write it as CSV"
            )
    else:
        if encoding not in READ_BY_ENGINES:
            source, encoding = recoded(source, folder, encoding), "utf-8"
        head = csv_head(text, source, encoding)
        if gfw.is_events_header(head.columns):
            found, refused = gfw.csv_events(_whole(source), head.delimiter)
            events += found
            rejected += refused
            return gfw.LAYOUT
        table = table_source(head, plainly_named(checked(source).file, folder), source.path)
        if len(start) < HEAD_BYTES and len(text.strip().splitlines()) == 1:
            return EMPTY
        sources.append(table)
    return sources[-1].layout


def _names_columns(start: bytes) -> bool:
    """Whether the first line is a header, so that sentences further on are a column of a table."""
    first = start.lstrip().split(b"\n", 1)[0]
    return b"mmsi" in first.lower() and b"!" not in first


def _parquet(source: Held, folder: Path) -> Source:
    positioned = with_positions(source, folder)
    head = parquet_head(positioned)
    meanings(head.columns, source.path)
    return table_source(head, plainly_named(positioned.file, folder), source.path)


def _whole(source: Held) -> str:
    with opened(source) as stream:
        return text_of(stream.read(), source)[0]
