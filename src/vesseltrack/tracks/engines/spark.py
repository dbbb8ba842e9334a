"""Spark, on a cluster or on the cores of this machine: for positions that one machine cannot hold.

The workers need Python with vesseltrack installed, since functions of ours run there (`SparkEngine.mapped`). What
belongs to a site (memory, credentials of a store, Kerberos) is read from ``spark-defaults.conf``, as by any program of
Spark. Nothing is downloaded: connectors for ``s3://`` must be among the jars of the installation.

Each line of a CSV is a row, also where a quote is not closed: only so can many workers read one file. A cell that holds
a line break is cut there, and what follows is a row without a position.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from vesseltrack.errors import InputError, OutputError
from vesseltrack.tracks.engines import reading
from vesseltrack.tracks.engines.engine import Rows
from vesseltrack.tracks.engines.heads import head_of_url, named_as_it_is
from vesseltrack.tracks.engines.reading import BLANKS, POSITION_COLUMNS, Dialect, headers
from vesseltrack.tracks.engines.session import ended, started, told
from vesseltrack.tracks.schema import REJECTS

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
        from pyspark import StorageLevel

        parts = [part for source in sources for part in _alike(source)]
        numbers: Counter[str] = Counter()
        positions, texts = [], []
        with told():
            for part in parts:
                source, table = self._table(part)
                if source.kind == "csv":
                    query = reading.every_row(source, table, DIALECT, refused=f"{_MORE} IS NOT NULL")
                    every = self._spark.sql(query).persist(StorageLevel.MEMORY_AND_DISK)
                    kept = self._view(every)
                    positions.append(every.filter("reject = 0 AND lat IS NOT NULL").select(*POSITION_COLUMNS))
                    texts.append((source, reading.written_of_kept(source, kept)))
                    found = f"SELECT reject, COUNT(*) AS number FROM {kept} GROUP BY reject"
                else:
                    usable, good = self._kept(self._spark.sql(reading.usable_rows(source, table, DIALECT)))
                    positions.append(usable)
                    texts.append((source, reading.written(source, table, DIALECT)))
                    (number,) = self._spark.sql(f"SELECT COUNT(*) FROM {table}").collect()[0]
                    whole = f"SELECT 0 AS reject, {number} AS number"
                    found = whole if number == good else reading.rows_by_reject(source, table, DIALECT)
                numbers.update({REJECTS[row["reject"]]: row["number"] for row in self._spark.sql(found).collect()})
        shuffled = max(self._context.defaultParallelism, sum(numbers.values()) // _ROWS_PER_PARTITION + 1)
        self._spark.conf.set("spark.sql.shuffle.partitions", str(shuffled))

        def said_by(ships: Frame) -> Frame:
            view = self._view(ships.to_native())
            asked = f"LEFT SEMI JOIN {view} ON written.mmsi = {view}.mmsi"
            of_ships = ((source, f"SELECT written.* FROM ({text}) AS written {asked}") for source, text in texts)
            return self._union(reading.said, of_ships)

        return Rows(_frame(_concat(positions)), self._union(reading.answers, texts), said_by, numbers)

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

    def _union(self, query: Callable[..., str], texts: Iterable[tuple[Source, str]]) -> Frame:
        with told():
            return _frame(_concat([self._spark.sql(query(source, text, DIALECT)) for source, text in texts]))

    def _view(self, frame: Any) -> str:
        """The name by which a query can ask for a frame."""
        self._names += 1
        frame.createOrReplaceTempView(f"view_{self._names}")
        return f"view_{self._names}"

    def _table(self, source: Source) -> tuple[Source, str]:
        """A source as Spark takes it, and the name of its table."""
        paths = [path if "://" in path else str(Path(path).absolute()) for path in source.paths]
        if source.kind == "parquet":
            table = self._view(self._spark.read.parquet(*paths))
            time = source.select["time"]
            if (
                source.time_form == "timestamp"
                and self._spark.sql(f"SELECT {time} FROM {table}").dtypes[0][1] == "bigint"
            ):
                source = replace(source, select={**source.select, "time": f"TIMESTAMP_MICROS({time} DIV 1000)"})
            return source, table
        if source.encoding == "utf-16":
            raise InputError(f"{paths[0]}: Spark reads no CSV in UTF-16: write it in UTF-8")
        paths = [named_as_it_is(path, source.compression) for path in paths]
        names = [*headers(source), _MORE]
        schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in names)
        charset = _CHARSETS.get(source.encoding, source.encoding)
        reader = self._spark.read.schema(schema)
        lines = reader.csv(paths, header=True, sep=source.delimiter, quote='"', escape='"', encoding=charset)
        return source, self._view(lines)

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
