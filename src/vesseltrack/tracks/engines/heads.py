"""The beginning of what only a cluster reaches (``s3://``, ``hdfs://``): enough to say what its columns mean."""

from __future__ import annotations

import codecs
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats.opening import HEAD_BYTES, Held, compression_of
from vesseltrack.tracks.formats.source import Head
from vesseltrack.tracks.formats.tables import csv_head, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARQUET = b"PAR1"
_SAMPLED_ROWS = 256
_BLOCK_BYTES = 4096


def head_of_url(spark: Any, path: str) -> Head:
    """The head of the files that a URL stands for, which must all be of one kind.

    Args:
        spark: the session.
        path: a file, a folder, or a pattern of Hadoop.

    Raises:
        InputError: there is no file, it is neither CSV nor Parquet, or it is compressed so that Spark cannot read it.
    """
    files = _files(spark, path)
    file, start = next(files, ("", b""))
    if not file:
        raise InputError(f"{path}: no such file, and no file fits it")
    if start.startswith(_PARQUET):
        return _parquet(spark.read.parquet(path))
    held = Held(path, Path(file), compression_of(start))
    text, encoding = text_of(_plain(file, start), held)
    for other, beginning in files:
        if _header(_plain(other, beginning)) != _header(_plain(file, start)):
            raise InputError(f"{path}: {other} has not the same header as {file}: name them one by one")
    return csv_head(text, held, encoding)


def named_as_it_is(file: str, compression: str) -> str:
    """The file, if its name says how it is compressed: Spark goes by the name alone.

    Raises:
        InputError: the name says something else.
    """
    suffix = {"gzip": ".gz", "zstd": ".zst"}.get(compression, "")
    if not file.endswith(suffix):
        raise InputError(f"{file}: {compression} data, which Spark knows by the name alone: let it end in {suffix}")
    return file


def _plain(file: str, start: bytes) -> bytes:
    """The beginning without its compression."""
    kind = compression_of(start)
    if not kind:
        return start
    named_as_it_is(file, kind)
    read = b""
    with pa.CompressedInputStream(pa.BufferReader(start), kind) as stream, contextlib.suppress(OSError):
        while block := stream.read(_BLOCK_BYTES):  # ends in an error where the beginning ends
            read += block
    return read


def _header(start: bytes) -> bytes:
    return start.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].rstrip()


def _files(spark: Any, path: str) -> Iterator[tuple[str, bytes]]:
    """Files that are not empty, each with its first bytes; Spark passes over names that begin with . or _."""
    where = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = where.getFileSystem(spark._jsc.sc().hadoopConfiguration())
    open_ = list(system.globStatus(where) or ())
    while open_:
        status = open_.pop(0)
        name = status.getPath().getName()
        if status.isDirectory():
            open_ += [
                one for one in system.listStatus(status.getPath()) if not one.getPath().getName().startswith((".", "_"))
            ]
        elif status.getLen():
            stream = system.open(status.getPath())
            yield name, bytes(stream.readNBytes(HEAD_BYTES))
            stream.close()


def _parquet(table: Any) -> Head:
    kinds = {name: _kind(kind) for name, kind in table.dtypes}
    known = {name: kind for name, kind in kinds.items() if kind}
    sample: dict[str, str] = {}
    for row in table.select(*(f"`{name}`" for name in known)).limit(_SAMPLED_ROWS).collect():
        for name, value in row.asDict().items():
            if known[name] != "timestamp" and value not in (None, ""):
                sample.setdefault(name, str(value))
    return Head("parquet", tuple(kinds), sample, known)


def _kind(kind: str) -> Any:
    if kind == "string":
        return "text"
    if kind.startswith("timestamp"):
        return "timestamp"
    return (
        "number"
        if kind in {"tinyint", "smallint", "int", "bigint", "float", "double"} or kind.startswith("decimal")
        else None
    )
