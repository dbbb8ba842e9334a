"""From the columns of a file to those of the schema: one query in the SQL that DuckDB and Spark share.

AIS says "not available" by values outside the range: latitude 91, longitude 181, speed 102.3 kn, draught 0, type 0, IMO
number 0 (ITU-R M.1371-5, tables 48 and 53); these become null here and nowhere else.

What casts of text mean differs between the engines: DuckDB rounds ``31.5`` to a whole number, Spark refuses ``31.0``;
DuckDB overlooks an offset from UTC, Spark takes ``2024-03``. So numbers are cast to DOUBLE alone and made whole here,
and instants are cut into what both engines read in the same way. No backslash stands in a pattern: Spark would eat it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.tracks.schema import REJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vesseltrack.tracks.formats.source import Source, TimeForm

POSITION_COLUMNS = ("mmsi", "time", "lat", "lon", "sog", "draught")
STATIC_COLUMNS = ("ship_type", "imo", "name", "call_sign")


@dataclass(frozen=True)
class Dialect:
    """What the two engines write differently: each a function from an expression to another."""

    seconds: Callable[[str], str]
    """Whole seconds since 1970 of a timestamp not before 1970."""

    day_first: Callable[[str], str]
    """The timestamp of 31/12/2015 23:59:59; null where there is no such day."""

    iso: Callable[[str], str]
    """The timestamp of 2015-12-31T23:59:59, with T or a blank; null where there is no such day."""

    trimmed: Callable[[str], str]
    """A text without any of `BLANKS` around it."""


_QUOTED = re.compile(r'"(?:[^"]|"")+"')
_TEXT = {"time", "name", "call_sign"}
_LAST_SECOND = 253_402_300_799
"""Of the year 9999: what can be written as a date."""

BLANKS = " @\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What surrounds a name without being part of it; ``@`` fills AIS texts (ITU-R M.1371-5, table 47)."""

_ISO = (
    "^ *([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ]([01]?[0-9]|2[0-3]):[0-9]{2}(:[0-9]{2})?)?)"
    "([.][0-9]*)? ?(Z|UTC|([+-])([0-9]{2}):?([0-9]{2})?)? *$"
)


def headers(source: Source) -> tuple[str, ...]:
    """Names for the columns of a CSV: its headers, but for those that no expression asks for.

    These may be empty or stand there twice, which neither engine takes.
    """
    asked = " ".join(source.select.values())
    return tuple(
        name if '"' + name.replace('"', '""') + '"' in asked else f"_{number}"
        for number, name in enumerate(source.columns)
    )


def every_row(source: Source, table: str, dialect: Dialect, *, refused: str = "FALSE") -> str:
    """A query for `POSITION_COLUMNS`, ``reject`` and, as they are written, the texts that say who a ship is.

    Args:
        source: what the columns of the table mean.
        table: of the source, as it stands after FROM.
        dialect: of the engine.
        refused: an expression over the table: whether a line has more cells than headers.
    """
    reject = f"CASE WHEN refused THEN CAST({len(REJECTS) - 1} AS TINYINT) ELSE {_reject(source)} END"
    inner = _timed(source, table, dialect, refused)
    return f"SELECT {_positions()}, {reject} AS reject{_list(_raw(source).values())} FROM ({inner}) AS timed"


def usable_rows(source: Source, table: str, dialect: Dialect) -> str:
    """A query for `POSITION_COLUMNS` of those rows that have a position, and nothing to be rejected for."""
    return f"SELECT {_positions()} FROM ({_timed(source, table, dialect)}) AS timed WHERE {_USABLE}"


def rows_by_reject(source: Source, table: str, dialect: Dialect) -> str:
    """A query for ``reject`` and ``number``: how many rows of the table are rejected for what, see `schema.REJECTS`."""
    inner = f"SELECT {_reject(source)} AS reject FROM ({_timed(source, table, dialect)}) AS timed"
    return f"SELECT reject, COUNT(*) AS number FROM ({inner}) AS judged GROUP BY reject"


def written(source: Source, table: str, dialect: Dialect) -> str:
    """A query for ``mmsi, time`` and, as they are written, the texts that say who a ship is; of a ship, dated."""
    inner = _timed(source, table, dialect)
    columns = f"{_MMSI} AS mmsi, time{_list(_raw(source).values())}"
    return f"SELECT {columns} FROM ({inner}) AS timed WHERE {_DATED} AND NOT ({_NO_SHIP})"


def written_of_kept(source: Source, table: str) -> str:
    """The same from a table of `every_row`: also of rows rejected for their position alone, see `schema.REJECTS`."""
    return f"SELECT mmsi, time{_list(_raw(source).values())} FROM {table} WHERE reject IN (0, 4, 5)"


def answers(source: Source, relation: str, dialect: Dialect) -> str:
    """A query for who each number said it was: ``mmsi``, `STATIC_COLUMNS`, ``first`` and ``last`` second of the answer.

    What was written is brought together as it stands there, and read afterwards: ten thousand answers in the place of
    ten million rows.

    Args:
        source: what the texts mean.
        relation: a query as from `written`.
        dialect: of the engine.
    """
    columns = f"mmsi{_list(_raw(source).values())}"
    grouped = f"SELECT {columns}, MIN(time) AS first, MAX(time) AS last FROM ({relation}) AS written GROUP BY {columns}"
    return _said(source, grouped, "mmsi, first, last", dialect)


def said(source: Source, relation: str, dialect: Dialect) -> str:
    """A query for ``mmsi, time`` and `STATIC_COLUMNS`: what was said, each time; arguments as of `answers`."""
    return _said(source, relation, "mmsi, time", dialect)


def _said(source: Source, relation: str, kept: str, dialect: Dialect) -> str:
    told = f"SELECT {kept}, {', '.join(f'{text} AS {name}' for name, text in _texts(source).items())}"
    meant = f"SELECT {kept}, {', '.join(f'{text} AS {name}' for name, text in _statics(dialect).items())}"
    return f"{meant} FROM ({told} FROM ({relation}) AS raw) AS told"


def _timed(source: Source, table: str, dialect: Dialect, refused: str = "FALSE") -> str:
    """A query for the numbers of positions in plain units, time in seconds, ``refused``, and the texts as written."""
    raw = _raw(source)
    numbers = [f"{source.select.get(name) or _missing(name)} AS {name}" for name in POSITION_COLUMNS]
    texts = [f"{header} AS {name}" for header, name in raw.items()]
    given = f"SELECT {', '.join([*numbers, *texts])}, {refused} AS refused FROM {table}"
    others = ", ".join(name for name in POSITION_COLUMNS if name != "time")
    return (
        f"SELECT {others}, {_time(source.time_form, dialect)} AS time, refused{_list(raw.values())}"
        f" FROM ({given}) AS given"
    )


def _raw(source: Source) -> dict[str, str]:
    """The headers, in double quotes, that say who a ship is; each with the name for what is written under it."""
    asked = _QUOTED.findall(" ".join(source.select.get(name, "") for name in STATIC_COLUMNS))
    return {header: f"raw_{number}" for number, header in enumerate(dict.fromkeys(asked))}


def _texts(source: Source) -> dict[str, str]:
    """Expressions for `STATIC_COLUMNS`, as given, over what is written."""
    raw = _raw(source)
    texts = {name: source.select.get(name) or _missing(name) for name in STATIC_COLUMNS}
    return {name: _QUOTED.sub(lambda found: raw[found[0]], text) for name, text in texts.items()}


def _reject(source: Source) -> str:
    silent = " AND ".join(f"({text}) IS NULL" for text in _texts(source).values())
    return (
        f"CAST(CASE WHEN {_USABLE} THEN 0"
        " WHEN mmsi IS NULL THEN 1"
        f" WHEN {_NO_SHIP} THEN 2"
        f" WHEN NOT COALESCE({_DATED}, FALSE) THEN 3"
        f" WHEN lat IS NULL OR lon IS NULL OR lat = 91 OR lon = 181 THEN CASE WHEN {silent} THEN 4 ELSE 0 END"
        f" WHEN NOT ({_ON_GLOBE}) THEN 5"
        " ELSE 0 END AS TINYINT)"
    )


def _positions() -> str:
    columns = {
        "mmsi": _MMSI,
        "time": f"CASE WHEN {_DATED} THEN time END",
        "lat": _steps("lat", _ON_GLOBE, 1_000_000, "INTEGER"),
        "lon": _steps("lon", _ON_GLOBE, 1_000_000, "INTEGER"),
        "sog": _steps("sog", "sog >= 0 AND sog < 102.25", 10, "SMALLINT"),
        "draught": _steps("draught", "draught > 0 AND draught <= 25.55", 10, "SMALLINT"),
    }
    return ", ".join(f"{text} AS {name}" for name, text in columns.items())


def _list(names: Iterable[str]) -> str:
    return "".join(f", {name}" for name in names)


def _time(form: TimeForm, dialect: Dialect) -> str:
    """An expression over ``time`` for whole seconds since 1970, UTC; null for what is no instant.

    Args:
        form: `Source.time_form`.
        dialect: of the engine.
    """
    if form == "epoch":
        number = "TRY_CAST(time AS DOUBLE)"
        return f"CASE WHEN {number} >= 0 AND {number} < {_LAST_SECOND + 1} THEN CAST(FLOOR({number}) AS BIGINT) END"
    if form == "timestamp":
        return (
            f"CASE WHEN time >= TIMESTAMP '1970-01-01 00:00:00' THEN {dialect.seconds('CAST(time AS TIMESTAMP)')} END"
        )
    if form == "day_first":
        shaped, clock = "time LIKE '__/__/____ __:__:__'", dialect.day_first("time")
    else:
        shaped, clock = "time LIKE '____-__-_____:__:__'", dialect.iso("time")
    quick = f"CASE WHEN time LIKE '%24:00:00' THEN NULL WHEN {shaped} THEN {dialect.seconds(clock)}"
    if form == "day_first":
        return f"{quick} END"
    head = dialect.seconds(f"TRY_CAST({_part(1)} AS TIMESTAMP)")
    hours, minutes = (f"COALESCE(TRY_CAST({_part(7)} || {_part(n)} AS INTEGER), 0)" for n in (8, 9))
    return f"{quick} ELSE {head} - {hours} * 3600 - {minutes} * 60 END"


def _missing(name: str) -> str:
    return f"CAST(NULL AS {'STRING' if name in _TEXT else 'DOUBLE'})"


def _statics(dialect: Dialect) -> dict[str, str]:
    return {
        "ship_type": _whole("ship_type", 1, 255, "SMALLINT"),
        "imo": _whole("imo", 1_000_000, 9_999_999, "INTEGER"),
        "name": f"NULLIF({dialect.trimmed('name')}, '')",
        "call_sign": f"NULLIF({dialect.trimmed('call_sign')}, '')",
    }


def _part(group: int) -> str:
    return f"REGEXP_EXTRACT(time, '{_ISO}', {group})"


def _whole(name: str, least: int, most: int, type_: str) -> str:
    return f"CAST(CASE WHEN {name} BETWEEN {least} AND {most} AND {name} = FLOOR({name}) THEN {name} END AS {type_})"


def _steps(name: str, valid: str, steps: int, type_: str) -> str:
    return f"CAST(CASE WHEN {valid} THEN FLOOR({name} * {steps} + 0.5) END AS {type_})"


_DATED = f"time BETWEEN 0 AND {_LAST_SECOND}"
_ON_GLOBE = "lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180"
_MMSI = _whole("mmsi", 0, 2_147_483_647, "INTEGER")
_NO_SHIP = (
    "mmsi < 100000000 OR mmsi >= 990000000 OR mmsi BETWEEN 111000000 AND 111999999"
    " OR mmsi BETWEEN 970000000 AND 974999999 OR mmsi <> FLOOR(mmsi)"
)
_USABLE = f"{_DATED} AND {_ON_GLOBE} AND NOT ({_NO_SHIP})"
