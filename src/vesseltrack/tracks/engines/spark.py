"""Spark, on a cluster or on the cores of this machine: for positions that one machine cannot hold.

The workers need Python with vesseltrack installed, since functions of ours run there (`SparkEngine.mapped`). What
belongs to a site (memory, credentials of a store, Kerberos) is read from ``spark-defaults.conf``, as by any program of
Spark. Nothing is downloaded: connectors for ``s3://`` must be among the jars of the installation.

Each line of a CSV is a row, also where a quote is not closed: only so can many workers read one file. A cell that holds
a line break is cut there, and what follows is a row without a position.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from vesseltrack.errors import InputError, OutputError
from vesseltrack.tracks.engines.engine import Rows
from vesseltrack.tracks.engines.heads import head_of_url, named_as_it_is
from vesseltrack.tracks.engines.reading import (
    BLANKS,
    POSITION_COLUMNS,
    STATIC_COLUMNS,
    Dialect,
    given,
    headers,
    rows,
)
from vesseltrack.tracks.engines.session import ended, started, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vesseltrack.tracks.engines.engine import Frame
    from vesseltrack.tracks.formats.source import Head, Source

_ROWS_PER_PARTITION = 2_000_000
"""Of a shuffle: 100 MB, so that a task sorts in the memory of an executor with 1 GB for each core."""

_CHARSETS = {"latin-1": "ISO-8859-1"}
_MORE = "_more"
"""Takes the first cell of a line beyond its headers."""

_WHITE = " \t"
DIALECT = Dialect(
    seconds=lambda timestamp: f"UNIX_SECONDS({timestamp})",
    # DuckDB lets a day and an hour of one digit be surrounded by blanks.
    iso=lambda text: f"TRY_CAST(REGEXP_REPLACE({text}, '^([0-9-]+)[{_WHITE}T]+([0-9:]+)$', '$1 $2') AS TIMESTAMP)",
    day_first=lambda text: f"TRY_TO_TIMESTAMP(TRIM(REGEXP_REPLACE({text}, '[{_WHITE}]+', ' ')), 'd/M/yyyy H:m:s')",
    trimmed=lambda text: f"TRIM(BOTH '{BLANKS}' FROM {text})",
)


class SparkEngine:
    """One application on a cluster."""

    name = "spark"

    def __init__(self, master: str | None, folder: Path, *, memory: str = "2g") -> None:
        """Start it.

        Args:
            master: URL of the master, as in ``spark://host:7077``, ``yarn``, ``local[2]``; None for every core of this
                machine.
            folder: an existing folder for Spark's log and, without a cluster, for what does not fit into memory.
            memory: of the driver, which without a cluster does all the work.

        Raises:
            ConfigurationError: pyspark or Java is missing, or the master does not answer.
        """
        self._names = 0
        self._spark = started(master or "local[*]", folder, memory)
        self._context = self._spark.sparkContext

    def read(self, sources: Sequence[Source]) -> Rows:
        """See `Engine`: a CSV is read once and kept whole; of Parquet what says who a ship is stays in the file."""
        narrow, wide = (*POSITION_COLUMNS, "reject"), ("mmsi", "time", *STATIC_COLUMNS, "reject")
        in_columns = [source for source in sources if source.kind == "parquet"]
        in_rows = [source for source in sources if source.kind == "csv"]
        positions, statics, number = [], [], 0
        with told():
            if in_columns:
                kept, counted = self._kept(self._union(in_columns, narrow))
                positions.append(kept)
                statics.append(self._union(in_columns, wide))
                number += counted
            if in_rows:
                kept, counted = self._kept(self._union(in_rows, (*narrow, *STATIC_COLUMNS)))
                positions.append(kept.select(*narrow))
                statics.append(kept.select(*wide))
                number += counted
        parts = max(self._context.defaultParallelism, number // _ROWS_PER_PARTITION + 1)
        self._spark.conf.set("spark.sql.shuffle.partitions", str(parts))
        return Rows(_frame(_concat(positions)), _frame(_concat(statics)))

    def keep(self, frame: Frame, name: str) -> Frame:  # noqa: ARG002
        """See `Engine`.

        Kept on the workers, in memory and then on disk, with the way it came about: what a worker takes with it when
        it is lost, another works out again. (A checkpoint on the workers would be lost for good.)
        """
        return _frame(self._kept(frame.to_native())[0])

    def known(self, table: pa.Table, name: str) -> Frame:  # noqa: ARG002
        """See `Engine`: sent whole to each worker, so that a join with it does not move the other rows."""
        from pyspark.sql.functions import broadcast

        with told():
            return _frame(broadcast(self._spark.createDataFrame(table)))

    def mapped(self, frame: Frame, function: Callable[[pa.Table], pa.Table], schema: pa.Schema, name: str) -> Frame:
        """See `Engine`: in processes of Python on the workers."""
        from pyspark.sql.pandas.types import from_arrow_schema

        def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                yield from function(pa.Table.from_batches([batch])).cast(schema).to_batches()

        with told():
            return self.keep(_frame(frame.to_native().mapInArrow(work, from_arrow_schema(schema))), name)

    def collect(self, frame: Frame) -> pa.Table:
        """See `Engine`."""
        with told():
            table = frame.to_native().toArrow()
        return table.cast(pa.schema([pa.field(field.name, field.type) for field in table.schema]))

    def write(self, frame: Frame, path: str) -> None:
        """Write rows as a folder of Parquet, from the workers.

        Args:
            frame: the rows.
            path: what only the cluster reaches (``s3://bucket/events``), or a folder that does not exist yet.

        Raises:
            OutputError: it exists, or cannot be written.
        """
        with told(path, OutputError):
            frame.to_native().write.mode("errorifexists").parquet(path)

    def headers(self, path: str) -> Head:
        """The beginning of what stands behind a URL, for `formats.recognising.recognise`.

        Raises:
            InputError: nothing is there, or it cannot be read.
        """
        with told(path):
            return head_of_url(self._spark, path)

    def progress(self) -> float | None:
        """See `Engine`."""
        tracker = self._context.statusTracker()
        stages = [stage for number in tracker.getActiveStageIds() if (stage := tracker.getStageInfo(number))]
        tasks = sum(stage.numTasks for stage in stages)
        return 100 * sum(stage.numCompletedTasks for stage in stages) / tasks if tasks else None

    def close(self) -> None:
        """End the application, and the Java process that drove it."""
        ended(self._context)

    def _union(self, sources: Sequence[Source], columns: Sequence[str]) -> Any:
        return _concat([self._rows(part, columns) for source in sources for part in _alike(source)])

    def _rows(self, source: Source, columns: Sequence[str]) -> Any:
        self._names += 1
        view = f"source_{self._names}"
        paths = [path if "://" in path else str(Path(path).absolute()) for path in source.paths]
        reader, form, refusing = self._spark.read, source.time_form, source.kind == "csv"
        if source.kind == "parquet":
            table = reader.parquet(*paths)
        else:
            if source.encoding == "utf-16":
                raise InputError(f"{paths[0]}: Spark reads no CSV in UTF-16: write it in UTF-8")
            paths = [named_as_it_is(path, source.compression) for path in paths]
            names = [*headers(source), _MORE]
            schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in names)
            charset = _CHARSETS.get(source.encoding, source.encoding)
            table = reader.schema(schema).csv(
                paths, header=True, sep=source.delimiter, quote='"', escape='"', encoding=charset
            )
        table.createOrReplaceTempView(view)
        asked = f"SELECT {given(source)}{f', {_MORE} IS NOT NULL AS refused' if refusing else ''} FROM {view}"
        if form == "timestamp" and dict(self._spark.sql(asked).dtypes)["time"] == "bigint":
            asked = asked.replace(
                source.select["time"] + " AS time", f"TIMESTAMP_MICROS({source.select['time']} DIV 1000) AS time"
            )
        return self._spark.sql(rows(columns, asked, form, DIALECT, refusing=refusing))

    def _kept(self, frame: Any) -> tuple[Any, int]:
        """The same rows, worked out now, and their number."""
        from pyspark import StorageLevel

        with told():
            kept = frame.persist(StorageLevel.MEMORY_AND_DISK)
            return kept, kept.count()


def _frame(native: Any) -> Frame:
    frame: Frame = nw.from_native(native)
    return frame


def _alike(source: Source) -> list[Source]:
    """A source as several, for Spark takes the types of the first Parquet file for those of all."""
    if source.kind == "csv":
        return [source]
    by_types: dict[str, list[str]] = {}
    for path in source.paths:
        by_types.setdefault(path if "://" in path else str(pq.read_schema(path).remove_metadata()), []).append(path)
    return [replace(source, paths=tuple(paths)) for paths in by_types.values()]


def _concat(frames: Sequence[Any]) -> Any:
    return reduce(lambda first, second: first.unionAll(second), frames)
