"""The beginning of what only a cluster reaches (``s3://``, ``hdfs://``): enough to say what its columns mean."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats.opening import HEAD_BYTES, Held, compression_of
from vesseltrack.tracks.formats.source import Head
from vesseltrack.tracks.formats.tables import csv_head, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARQUET = b"PAR1"
_SAMPLED_ROWS = 256


def head_of_url(spark: Any, path: str) -> Head:
    """The head of the files that a URL stands for, which must all be of one kind.

    Args:
        spark: the session.
        path: a file, a folder, or a pattern of Hadoop.

    Raises:
        InputError: there is no file, it is neither CSV nor Parquet, or it is compressed so that Spark cannot read it.
    """
    first = next(_files(spark, path), None)
    if first is None:
        raise InputError(f"{path}: no such file, and no file fits it")
    file, start = first
    if start.startswith(_PARQUET):
        return _parquet(spark.read.parquet(path))
    held = Held(path, Path(file), compression_of(start))
    if held.compression == "zstd":
        raise InputError(f"{path}: Spark reads no CSV compressed by zstd: unpack it, or write it as Parquet")
    if held.compression:
        if not file.endswith(".gz"):
            raise InputError(f"{path}: Spark knows gzip by the name alone: let it end in .gz")
        start = zlib.decompressobj(wbits=31).decompress(start)
    text, encoding = text_of(start, held)
    return csv_head(text, held, encoding)


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
