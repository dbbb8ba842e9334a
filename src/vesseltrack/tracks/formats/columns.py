"""Which header of a table means what, matched by name, and the SQL that gets at its values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats.source import Head, Source, TimeForm

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES: dict[str, tuple[str, ...]] = {
    "mmsi": ("mmsi", "sourcemmsi", "vesselmmsi", "shipmmsi", "usermmsi", "mmsinumber", "ssvid", "userid"),
    "time": (
        "basedatetime", "timestamp", "time", "datetime", "timestamputc", "timeutc", "utctime", "datetimeutc",
        "basedatetimeutc", "msgtime", "messagetime", "positiontime", "dtposutc", "receivedtime", "unixtime",
        "unixtimestamp", "epoch", "epochtime", "ts", "t",
    ),
    "lat": ("lat", "latitude", "latdeg", "latitudedegrees"),
    "lon": ("lon", "longitude", "long", "lng", "londeg", "longitudedegrees"),
    "sog": ("sog", "speedoverground", "speed", "sogknots", "sogkn", "speedknots", "speedkn"),
    "draught": ("draught", "draft", "maximumstaticdraught", "maxdraught", "draughtm", "draftm"),
    "ship_type": (
        "shiptype", "vesseltype", "shipandcargotype", "shiptypecode", "vesseltypecode", "aisshiptype", "typeofship",
    ),
    "imo": ("imo", "imonumber", "imono", "shipimo", "vesselimo"),
    "name": ("vesselname", "shipname", "name"),
    "call_sign": ("callsign", "radiocallsign"),
}  # fmt: skip
"""Headers without case, blanks and signs. Of several for something that is not needed the first counts."""

NEEDED = ("mmsi", "time", "lat", "lon")

_SHIP_TYPES = {
    "WIG": 20, "FISHING": 30, "TOWING": 31, "TOWING LONG/WIDE": 32, "DREDGING": 33, "DIVING": 34, "MILITARY": 35,
    "SAILING": 36, "PLEASURE": 37, "HSC": 40, "PILOT": 50, "SAR": 51, "TUG": 52, "PORT TENDER": 53,
    "ANTI-POLLUTION": 54, "LAW ENFORCEMENT": 55, "MEDICAL": 58, "NOT PARTY TO CONFLICT": 59, "PASSENGER": 60,
    "CARGO": 70, "TANKER": 80, "OTHER": 90,
}  # fmt: skip
"""The Danish Maritime Authority's words for the codes of ITU-R M.1371-5 table 53."""

_LIKE_TYPES = (("TANKER", 80), ("CARGO", 70), ("CONTAINER", 70), ("BULK", 70), ("PASSENGER", 60), ("FISHING", 30))
"""Other makers' words ("Oil/Chemical Tanker", "Cargo - Hazard A") to the first code of their class."""

_COMPACT = re.compile(r"\d{8}[_T ]?\d{6}(\.\d+)?Z?")
_ISO = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?([T ]\d\d?:\d\d.*)?")
_SLASHED = re.compile(r"(\d\d?)([-/.])(\d\d?)[-/.]\d{4}\b.*")
_NUMBER = re.compile(r"\d{9,20}(\.\d*)?")


def plain(header: str) -> str:
    """A header without case, blanks, signs and the mark some editors put before a file."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


def meanings(columns: Sequence[str], path: str) -> dict[str, str]:
    """The header of each thing that is told, by the name of its column in `schema.POSITIONS`.

    Raises:
        InputError: two headers for the same thing.
    """
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        ranked = sorted((names.index(plain(header)), header) for header in columns if plain(header) in names)
        if len(ranked) > 1 and (field in NEEDED or ranked[0][0] == ranked[1][0]):
            both = ", ".join(repr(header) for _, header in ranked)
            raise InputError(f"{path}: two columns for one thing ({field}): {both}; remove or rename all but one")
        if ranked:
            found[field] = ranked[0][1]
    return found


def layout_of(columns: Sequence[str]) -> str:
    """Whose table this is, by headers that no one else has."""
    plains = {plain(header) for header in columns}
    if "base_date_time" in columns:
        return "MarineCadastre csv2"
    if "basedatetime" in plains:
        return "MarineCadastre"
    if "typeofmobile" in plains:
        return "Danish Maritime Authority"
    if {"messageid", "repeatindicator"} <= plains:
        return "exactEarth"
    return "Spire" if {"msgtype", "createdat"} <= plains else ""


def table_source(head: Head, read_from: str, path: str) -> Source:
    """Say what the columns of a table mean.

    Args:
        head: Its beginning.
        read_from: What the engine opens.
        path: Its name, for messages.

    Raises:
        InputError: no column for something that is needed, two for one thing, or times that cannot be understood.
    """
    found = meanings(head.columns, path)
    missing = [field for field in NEEDED if field not in found]
    if missing:
        shown = ", ".join(repr(header.strip()[:40]) for header in head.columns[:30])
        raise InputError(
            f"{path}: no column for {', '.join(missing)}; its headers are {shown or 'missing'}: "
            "name the columns in the first line"
        )
    layout = layout_of(head.columns)
    time, form = _time(head, found["time"], layout, path)
    select = {"mmsi": _as_number(quoted(found["mmsi"])), "time": time}
    select |= {field: _number(head, found[field]) for field in ("lat", "lon", "sog", "draught") if field in found}
    if "ship_type" in found:
        by_number = layout.startswith("MarineCadastre") or _kind(head, found["ship_type"]) == "number"
        select["ship_type"] = (_as_number if by_number else _ship_type)(quoted(found["ship_type"]))
    if "imo" in found:
        header = quoted(found["imo"])
        text = _kind(head, found["imo"]) == "text"
        select["imo"] = _as_number(f"REPLACE({header}, 'IMO', '')" if text else header)
    select |= {field: quoted(found[field]) for field in ("name", "call_sign") if field in found}
    return Source(
        layout or ("CSV" if head.kind == "csv" else "Parquet"), head.kind, (read_from,), head.columns, select, form,
        head.delimiter, head.compression, head.encoding,
    )  # fmt: skip


def quoted(header: str) -> str:
    """A header as a name in SQL."""
    return '"' + header.replace('"', '""') + '"'


def _kind(head: Head, header: str) -> str:
    return head.types.get(header, "text")


def _as_number(value: str) -> str:
    return f"TRY_CAST({value} AS DOUBLE)"


def _number(head: Head, header: str) -> str:
    value = quoted(header)
    if re.fullmatch(r"[-+]?\d+,\d+", head.sample.get(header, "").strip()):
        value = f"REPLACE({value}, ',', '.')"
    return _as_number(value)


def _ship_type(header: str) -> str:
    words = f"UPPER(TRIM({header}))"
    exact = " ".join(f"WHEN {words} = '{word}' THEN {code}" for word, code in _SHIP_TYPES.items())
    like = " ".join(f"WHEN {words} LIKE '%{word}%' THEN {code}" for word, code in _LIKE_TYPES)
    return f"COALESCE({_as_number(header)}, CASE {exact} {like} END)"


def _time(head: Head, header: str, layout: str, path: str) -> tuple[str, TimeForm]:
    """The instant of a row, and the form it is given in, judged by the first value of the file."""
    name = quoted(header)
    if _kind(head, header) == "timestamp":
        return name, "timestamp"
    value = head.sample.get(header, "").strip()
    if _NUMBER.fullmatch(value) and not (_COMPACT.fullmatch(value) and value.startswith(("19", "20"))):
        return _seconds(name, value), "epoch"
    slashed = _SLASHED.fullmatch(value)
    if slashed or (layout == "Danish Maritime Authority" and not value):
        if layout == "Danish Maritime Authority" or (slashed and int(slashed[1]) > 12):
            return _with_slashes(name, slashed[2] if slashed else "/"), "day_first"
        raise InputError(
            f"{path}: {header!r} holds {value!r}, where day and month cannot be told apart: write 2024-03-31T23:59:59"
        )
    if _COMPACT.fullmatch(value):
        gap = len(re.match(r"\d{8}[_T ]?", value)[0])  # type: ignore[index]
        cuts = (("", 1, 4), ("-", 5, 2), ("-", 7, 2), ("T", gap + 1, 2), (":", gap + 3, 2), (":", gap + 5, 2))
        return " || ".join(f"'{sign}' || SUBSTR({name}, {start}, {size})" for sign, start, size in cuts), "iso"
    if value and not _ISO.fullmatch(value):
        raise InputError(f"{path}: {header!r} holds {value!r}, which is no time: write 2024-03-31T23:59:59")
    if value.endswith(" UTC"):
        name = f"REPLACE({name}, ' UTC', '')"
    return (f"REPLACE({name}, '/', '-')" if "/" in value else name), "iso"


def _with_slashes(name: str, sign: str) -> str:
    """A date (ten characters) with one sign between its parts; the point of a fraction stays."""
    return name if sign == "/" else f"REPLACE(SUBSTR({name}, 1, 10), '{sign}', '/') || SUBSTR({name}, 11, 20)"


def _seconds(name: str, value: str) -> str:
    """Seconds, thousandths, millionths or billionths since 1970, told apart by their number of digits."""
    digits = len(value.split(".", maxsplit=1)[0])
    parts = 1 if digits <= 11 else 1000 if digits <= 14 else 1_000_000 if digits <= 17 else 1_000_000_000
    seconds = _as_number(name)
    return seconds if parts == 1 else f"{seconds} / {parts}"
