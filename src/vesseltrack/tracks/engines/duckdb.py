"""DuckDB in this process: out of core, on every core."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import narwhals as nw
import pyarrow as pa

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.tracks.engines import reading
from vesseltrack.tracks.engines.engine import Rows
from vesseltrack.tracks.engines.reading import BLANKS, POSITION_COLUMNS, Dialect, headers
from vesseltrack.tracks.schema import REJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from vesseltrack.tracks.engines.engine import Frame
    from vesseltrack.tracks.formats.source import Source

_BATCH = 250_000
"""Rows of a table given to a function of ours."""

_TRIM = (
    f"CASE WHEN STRLEN({{0}}) <> LENGTH({{0}}) THEN TRIM(BOTH '{BLANKS}' FROM {{0}})"
    " WHEN {0} LIKE '% ' OR {0} LIKE ' %' OR {0} LIKE '%@%' THEN TRIM(BOTH ' @' FROM {0}) ELSE {0} END"
)
"""Trimming twenty kinds of blanks takes ten times as long as all else about a name, and few need it."""

_MOST_REFUSED = 1_000_000
_STRICT = "null_padding=true, ignore_errors=false"
"""Lines that end early are filled up; anything else that is wrong with a line ends the reading."""

_LENIENT = f"null_padding=false, ignore_errors=true, store_rejects=true, rejects_limit={_MOST_REFUSED}"
"""Not with ``null_padding``: together with line breaks in cells it would need a single thread, which drops lines after
an open quote without a word."""

DIALECT = Dialect(
    seconds=lambda timestamp: f"epoch_us({timestamp}) // 1000000",
    iso=lambda text: f"TRY_CAST({text} AS TIMESTAMP)",
    day_first=lambda text: f"TRY_STRPTIME({text}, '%d/%m/%Y %H:%M:%S')",
    trimmed=_TRIM.format,
)


class DuckDBEngine:
    """One connection to an in-memory database that spills to a folder."""

    name = "duckdb"

    def __init__(self, folder: Path, *, memory_limit: str = "1.2GB", threads: int | None = None) -> None:
        """Open it.

        Args:
            folder: an existing folder for what does not fit into memory.
            memory_limit: as DuckDB takes it, ``4GB``; for buffers and tables, not for every allocation.
            threads: cores to use; None for all.
        """
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
        self.connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        self.connection.execute(f"SET memory_limit = {_text(memory_limit)}")
        self.connection.execute(f"SET temp_directory = {_text(str(folder))}")
        if threads is not None:
            self.connection.execute(f"SET threads = {threads}")
        self._names = 0

    def read(self, sources: Sequence[Source]) -> Rows:
        """See `Engine`: a CSV is read once and kept whole; of Parquet what says who a ship is stays in the file.

        A CSV with a line that cannot be cut into columns, or with line breaks in cells, is read once more, by the way
        that counts such lines and goes on.
        """
        before = self._names
        try:
            return self._read(sources, strict=True)
        except duckdb.Error as why:
            if "CSV Error" not in str(why):
                raise InputError(f"{str(why).splitlines()[0]}; is the file whole?") from None
        try:
            again = [
                f"{kind}_{number}" for kind in ("rows", "positions") for number in range(before + 1, self._names + 1)
            ]
            for table in ("reject_errors", "reject_scans", *again):
                self.connection.execute(f"DROP TABLE IF EXISTS {table}")
            found = self._read(sources, strict=False)
            count = "SELECT COUNT(*) FROM (SELECT DISTINCT scan_id, file_id, line FROM reject_errors)"
            refused = int(self.connection.sql(count).fetchall()[0][0])
        except duckdb.Error as why:
            raise InputError(f"{str(why).splitlines()[0]}; is the file whole?") from None
        if refused >= _MOST_REFUSED:
            raise InputError(
                f"{_MOST_REFUSED:,} lines and more have not as many cells as headers: is the header whole?"
            )
        return replace(found, numbers={**found.numbers, REJECTS[-1]: refused} if refused else found.numbers)

    def _read(self, sources: Sequence[Source], *, strict: bool) -> Rows:
        numbers: Counter[str] = Counter()
        positions, texts = [], []
        for source in sources:
            table = _table(source, strict=strict)
            if source.kind == "csv":
                kept = self._keep(self.connection.sql(reading.every_row(source, table, DIALECT)), "rows").alias
                columns = ", ".join(POSITION_COLUMNS)
                usable = f"SELECT {columns} FROM {kept} WHERE reject = 0 AND lat IS NOT NULL"
                positions.append(self.connection.sql(usable))
                texts.append((source, reading.written_of_kept(source, kept)))
                found = f"SELECT reject, COUNT(*) FROM {kept} GROUP BY reject"
            else:
                kept = self._keep(self.connection.sql(reading.usable_rows(source, table, DIALECT)), "positions").alias
                positions.append(self.connection.table(kept))
                texts.append((source, reading.written(source, table, DIALECT)))
                count = f"SELECT (SELECT COUNT(*) FROM {table}), (SELECT COUNT(*) FROM {kept})"
                rows, good = self.connection.sql(count).fetchall()[0]
                found = f"SELECT 0, {rows}" if rows == good else reading.rows_by_reject(source, table, DIALECT)
            numbers.update({REJECTS[reject]: number for reject, number in self.connection.sql(found).fetchall()})

        def said_by(ships: Frame) -> Frame:
            asked = f"mmsi IN ({ships.select('mmsi').to_native().sql_query()})"
            of_ships = ((source, f"SELECT * FROM ({text}) AS written WHERE {asked}") for source, text in texts)
            return self._union(reading.said, of_ships)

        return Rows(_concat(positions), self._union(reading.answers, texts), said_by, numbers)

    def keep(self, frame: Frame, name: str) -> Frame:
        """See `Engine`."""
        return nw.from_native(self._keep(frame.to_native(), name))

    def known(self, table: pa.Table, name: str) -> Frame:
        """See `Engine`."""
        return nw.from_native(self._keep(self.connection.from_arrow(table), name))

    def mapped(self, frame: Frame, function: Callable[[pa.Table], pa.Table], schema: pa.Schema, name: str) -> Frame:
        """See `Engine`."""
        with _working():
            reader = frame.to_native().to_arrow_reader(_BATCH)
            done = [function(pa.Table.from_batches([batch])) for batch in reader]
        return self.known(pa.concat_tables([schema.empty_table(), *done]), name)

    def collect(self, frame: Frame) -> pa.Table:
        """See `Engine`."""
        with _working():
            return frame.to_native().to_arrow_table()

    def write(self, frame: Frame, path: str) -> None:  # noqa: ARG002
        """See `Engine`."""
        raise ConfigurationError(f"{path}: only --engine spark writes there: name a file.")

    def progress(self) -> float | None:
        """See `Engine`."""
        share = float(self.connection.query_progress())
        return share if 0 <= share <= 100 else None

    def close(self) -> None:
        """Let go of memory and of the folder."""
        self.connection.close()

    def _union(self, query: Callable[..., str], texts: Iterable[tuple[Source, str]]) -> Frame:
        return _concat([self.connection.sql(query(source, text, DIALECT)) for source, text in texts])

    def _keep(self, relation: duckdb.DuckDBPyRelation, name: str) -> duckdb.DuckDBPyRelation:
        self._names += 1
        table = f"{name}_{self._names}"
        with _working():
            relation.create(table)
        return self.connection.table(table)


@contextmanager
def _working() -> Iterator[None]:
    """What may happen while a query runs, as the program knows it.

    Raises:
        ConfigurationError: neither memory nor the folder has room.
        KeyboardInterrupt: DuckDB takes the signal and raises an error of its own.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as why:
        raise ConfigurationError(
            f"no room left ({str(why).splitlines()[0]}): raise --memory-limit, or set TMPDIR to a larger disk"
        ) from None
    except (RuntimeError, OSError, duckdb.InterruptException) as why:
        if "interrupt" in str(why).lower():
            raise KeyboardInterrupt from None
        raise


def _table(source: Source, *, strict: bool = True) -> str:
    paths = "[" + ", ".join(_text(path) for path in source.paths) + "]"
    if source.kind == "parquet":
        return f"read_parquet({paths})"
    types = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in headers(source))
    lines = _STRICT if strict else _LENIENT
    return (
        f"read_csv({paths}, auto_detect=false, header=true, delim={_text(source.delimiter)}, "
        f"quote='\"', escape='\"', columns={{{types}}}, nullstr='', {lines}, "
        f"compression='{source.compression or 'none'}', encoding='{source.encoding}')"
    )


def _concat(relations: list[duckdb.DuckDBPyRelation]) -> Frame:
    frames = [nw.from_native(relation) for relation in relations]
    return frames[0] if len(frames) == 1 else nw.concat(frames, how="vertical")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
