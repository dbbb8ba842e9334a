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
    from collections.abc import Callable, Sequence

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


def given(source: Source) -> str:
    """The list of a SELECT over the columns of the source, in plain units and in the names of the schema."""
    names = (*POSITION_COLUMNS, *STATIC_COLUMNS)
    texts = {name: source.select.get(name) or _missing(name) for name in names}
    return ", ".join(f"{text} AS {name}" for name, text in texts.items())


def rows(columns: Sequence[str], relation: str, form: TimeForm, dialect: Dialect, *, refusing: bool = False) -> str:
    """A query for columns of the schema.

    Args:
        columns: of `schema.POSITIONS`.
        relation: a query for the list of `given`.
        form: `Source.time_form`.
        dialect: of the engine.
        refusing: whether the relation says besides, as ``refused``, which lines have more cells than headers.
    """
    written = {
        **_statics(dialect),
        "time": f"CASE WHEN {_DATED} THEN time END",
        "lat": _steps("lat", _ON_GLOBE, 1_000_000, "INTEGER"),
        "lon": _steps("lon", _ON_GLOBE, 1_000_000, "INTEGER"),
        "sog": _steps("sog", "sog >= 0 AND sog < 102.25", 10, "SMALLINT"),
        "draught": _steps("draught", "draught > 0 AND draught <= 25.55", 10, "SMALLINT"),
        "reject": f"CASE WHEN refused THEN CAST({len(REJECTS) - 1} AS TINYINT) ELSE {_REJECT} END"
        if refusing
        else _REJECT,
    }
    chosen = ", ".join(f"{written[name]} AS {name}" for name in columns)
    inner = ", ".join(
        f"{_time(form, dialect)} AS time" if name == "time" else name for name in (*POSITION_COLUMNS, *STATIC_COLUMNS)
    )
    inner += ", refused" if refusing else ""
    return f"SELECT {chosen} FROM (SELECT {inner} FROM ({relation}) AS told) AS dated"


def answers(source: Source, table: str, dialect: Dialect) -> str:
    """A query for who each number said it was: ``mmsi``, `STATIC_COLUMNS`, ``first`` and ``last`` second of the answer.

    What the file says is brought together as it stands there, and read afterwards: ten thousand answers in the place
    of ten million rows.
    """
    texts = {name: source.select.get(name) for name in ("mmsi", *STATIC_COLUMNS)}
    asked = list(dict.fromkeys(_QUOTED.findall(" ".join(text for text in texts.values() if text))))
    raw = {name: f"raw_{number}" for number, name in enumerate(asked)}
    named = ", ".join(f"{name} AS {alias}" for name, alias in raw.items())
    aliases = ", ".join(raw.values())
    as_written = f"SELECT {named}, {source.select['time']} AS time FROM {table}"
    dated = f"SELECT {aliases}, {_time(source.time_form, dialect)} AS time FROM ({as_written}) AS written"
    grouped = (
        f"SELECT {aliases}, MIN(time) AS first, MAX(time) AS last FROM ({dated}) AS dated WHERE {_DATED} "
        f"GROUP BY {aliases}"
    )
    read = ", ".join(
        f"{_QUOTED.sub(lambda found: raw[found[0]], text) if text else _missing(name)} AS {name}"
        for name, text in texts.items()
    )
    chosen = ", ".join(f"{text} AS {name}" for name, text in _statics(dialect).items())
    told = f"SELECT {read}, first, last FROM ({grouped}) AS grouped"
    return f"SELECT {chosen}, first, last FROM ({told}) AS told WHERE NOT ({_NO_SHIP})"


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
        "mmsi": _whole("mmsi", 0, 2_147_483_647, "INTEGER"),
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
_NO_SHIP = (
    "mmsi < 100000000 OR mmsi >= 990000000 OR mmsi BETWEEN 111000000 AND 111999999"
    " OR mmsi BETWEEN 970000000 AND 974999999 OR mmsi <> FLOOR(mmsi)"
)
_REJECT = (
    "CAST(CASE"
    f" WHEN mmsi BETWEEN 112000000 AND 969999999 AND mmsi = FLOOR(mmsi) AND {_DATED} AND {_ON_GLOBE} THEN 0"
    " WHEN mmsi IS NULL THEN 1"
    f" WHEN {_NO_SHIP} THEN 2"
    f" WHEN NOT COALESCE({_DATED}, FALSE) THEN 3"
    " WHEN lat IS NULL OR lon IS NULL OR lat = 91 OR lon = 181 THEN CASE WHEN"
    f" {' AND '.join(f'{name} IS NULL' for name in STATIC_COLUMNS)} THEN 4 ELSE 0 END"
    f" WHEN NOT ({_ON_GLOBE}) THEN 5"
    " ELSE 0 END AS TINYINT)"
)
