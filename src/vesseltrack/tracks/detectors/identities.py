"""Ships that change what they call themselves: name, call sign, IMO number under one MMSI; MMSI under one IMO number.

A ship keeps its IMO number for life; name, call sign and MMSI change with owner and flag, in port and on paper. A
change at sea, and back again, is how a ship hides. But radio garbles text, and crews enter numbers by hand.

| field | confidence |
| --- | --- |
| ``mmsi`` (under one IMO number) | 4 |
| ``imo`` | 3 |
| ``name`` | 3 |
| ``call_sign`` | 2 |

One less if the opposite change happened too (``back=1``): two transmitters, or a slip that was mended. Only 1 if either
value was sent in one second only, if two names or call signs differ by one character, or if either IMO number has no
ship's check digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
from rapidfuzz.distance import Levenshtein

from vesseltrack.tracks.detectors.found import found
from vesseltrack.vessels.identifiers import IMO_DIGITS, IMO_PLACEHOLDERS, MMSI_DIGITS, MMSI_PLACEHOLDERS, parse_imo

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from vesseltrack.tracks.engines.engine import Engine, Frame

    Booleans = npt.NDArray[np.bool_]

_CALLED = ("imo", "name", "call_sign", "ship_type")
_TEXTS = ("name", "call_sign")
_UNDER = {"name": ("mmsi", "name"), "call_sign": ("mmsi", "call_sign"), "imo": ("mmsi", "imo"), "mmsi": ("imo", "mmsi")}
"""What changes, and under which number."""

_DIGITS = {"imo": IMO_DIGITS, "mmsi": MMSI_DIGITS}
_PLACEHOLDERS = {
    "imo": [int(digits) for digits in IMO_PLACEHOLDERS],
    "mmsi": [int(digits) for digits in MMSI_PLACEHOLDERS],
}
_CONFIDENCE = {"mmsi": 4, "imo": 3, "name": 3, "call_sign": 2}


def known_as(engine: Engine, answers: Frame) -> pd.DataFrame:
    """What each MMSI called itself.

    Args:
        engine: see `Engine`.
        answers: see `Rows.answers`.

    Returns:
        ``mmsi, imo, name, call_sign, ship_type, first, last``, sorted: a row for each different answer, with the first
        and last second it was sent in; numbers are nullable integers, missing texts None.
    """
    silent = nw.all_horizontal(*(nw.col(name).is_null() for name in _CALLED), ignore_nulls=False)
    once = (
        answers.filter(~silent).group_by("mmsi", *_CALLED).agg(first=nw.col("first").min(), last=nw.col("last").max())
    )
    table = engine.collect(once.select("mmsi", *_CALLED, "first", "last"))
    text = {name: table[name].to_numpy(zero_copy_only=False) for name in ("name", "call_sign")}
    whole = {name: pd.array(table[name].to_pylist(), dtype="Int64") for name in ("imo", "ship_type")}
    plain = {name: table[name].to_numpy().astype(np.int64) for name in ("mmsi", "first", "last")}
    known = pd.DataFrame({name: {**text, **whole, **plain}[name] for name in table.column_names})
    return known.sort_values(["mmsi", "first", "last", *_CALLED], ignore_index=True)


def identity_changes(engine: Engine, said_by: Callable[[Frame], Frame], known: pd.DataFrame) -> pd.DataFrame:
    """Changes of name, call sign and IMO number under one MMSI, and of the MMSI under one IMO number.

    Texts that differ in case alone are one. The MMSI and IMO numbers that transponders send when nobody has entered one
    name no ship; nor does an IMO number without a ship's check digit, when it is asked for its MMSI. Where values
    alternate, each change from one value to another is one event, of the first time, with ``times=`` if it happened
    more often: A, B, A, B are A to B (twice) and B to A.

    Args:
        engine: see `Engine`.
        said_by: see `Rows.said_by`.
        known: see `known_as`.

    Returns:
        Columns of `FOUND`. ``start``: when the old value was last sent before the new one; ``end``: when the new one
        was first sent. ``mmsi``: the new one, ``other_mmsi`` the old one of a change of MMSI, else 0. No positions.
        ``detail``: ``field, from, to``, then ``imo`` of a change of MMSI and ``flag=613>445`` if its first three
        digits, which are the flag's (ITU-R M.585), changed; ``times``, ``back``. A ``;`` in a name is written ``,``.
    """
    ships = known[~known["mmsi"].isin(_PLACEHOLDERS["mmsi"])]
    ships = ships.assign(imo=ships["imo"].mask(ships["imo"].isin(_PLACEHOLDERS["imo"])))
    asked = {field: _changing(ships, *under) for field, under in _UNDER.items()}
    asked["mmsi"] = asked["mmsi"][_ships_number(asked["mmsi"]["number"])]
    suspects = pa.array(sorted({mmsi for pairs in asked.values() for mmsi in pairs["mmsi"]}), pa.int32())
    if not len(suspects):
        return found("identity_change", {}, 0)
    suspects = engine.known(pa.table({"mmsi": suspects}), "suspects")
    said = engine.keep(said_by(suspects), "said")
    told = [_told(field, _changes(engine, said, asked[field], *under)) for field, under in _UNDER.items()]
    return pd.concat(told, ignore_index=True)


def _changing(ships: pd.DataFrame, number: str, field: str) -> pd.DataFrame:
    """Numbers with more than one value: ``mmsi, number, raw, value, first, last``, the value in capitals."""
    pairs = ships.loc[ships[number].notna() & ships[field].notna(), ["mmsi", number, field, "first", "last"]]
    pairs = pairs.set_axis(["mmsi", "number", "raw", "first", "last"], axis=1)
    pairs["value"] = pairs["raw"].str.upper() if field in _TEXTS else pairs["raw"]
    return pairs.loc[pairs.groupby("number")["value"].transform("nunique") > 1]


def _changes(engine: Engine, said: Frame, asked: pd.DataFrame, number: str, field: str) -> pd.DataFrame:
    """Each change from one value to another: ``number, before, value, start, end, times, back, once``."""
    raw, kind = (field, pa.string()) if field in _TEXTS else (field, pa.int32())
    pairs = asked[["number", "raw", "value"]].drop_duplicates()
    values = pa.table(
        {number: pa.array(pairs["number"], pa.int32()), raw: pa.array(pairs["raw"], kind),
         "value": pa.array(pairs["value"], kind)}
    )  # fmt: skip
    order = {"order_by": ("time", "value")}
    changed = (
        said.join(engine.known(values, f"{field}_values"), on=[number, raw], how="inner")
        .select("time", "value", number=number)
        .with_columns(
            before=nw.col("value").shift(1).over("number", **order),
            since=nw.col("time").shift(1).over("number", **order),
        )
        .filter(nw.col("value") != nw.col("before"))
        .group_by("number", "before", "value")
        .agg(times=nw.len(), start=nw.col("since").min(), end=nw.col("time").min())
    )
    columns = ["number", "end", "before", "value", "start", "times"]
    table = engine.collect(changed.select(*columns))
    changes: pd.DataFrame = table.to_pandas().sort_values(columns, ignore_index=True)
    turned = changes[["number", "before", "value"]].set_axis(["number", "value", "before"], axis=1)
    changes = changes.merge(turned.assign(back=True), on=["number", "before", "value"], how="left")
    spans = asked.groupby(["number", "value"], as_index=False).agg(first=("first", "min"), last=("last", "max"))
    spans = spans[spans["first"] == spans["last"]].astype({"number": "int64"})
    single = pd.MultiIndex.from_frame(spans[["number", "value"]])
    once = [pd.MultiIndex.from_frame(changes[["number", name]]).isin(single) for name in ("before", "value")]
    return changes.assign(back=changes["back"].notna(), once=once[0] | once[1])


def _told(field: str, changes: pd.DataFrame) -> pd.DataFrame:
    old, new = changes["before"], changes["value"]
    confidence = np.where(changes["back"], _CONFIDENCE[field] - 1, _CONFIDENCE[field])
    doubtful = changes["once"].to_numpy()
    if field in _TEXTS:
        near = [Levenshtein.distance(one, other) <= 1 for one, other in zip(old, new, strict=True)]
        doubtful = doubtful | np.array(near, dtype=np.bool_)
    elif field == "imo":
        doubtful = doubtful | ~(_ships_number(old) & _ships_number(new))
    columns = {
        "mmsi": (new if field == "mmsi" else changes["number"]).to_numpy(),
        "other_mmsi": old.to_numpy() if field == "mmsi" else 0,
        "start": changes["start"].to_numpy(),
        "end": changes["end"].to_numpy(),
        "confidence": np.where(doubtful, 1, confidence),
        "detail": [_detail(field, *row) for row in changes[["number", "before", "value", "times", "back"]].to_numpy()],
    }
    return found("identity_change", columns, len(changes))


def _detail(field: str, number: int, old: str | int, new: str | int, times: int, back: bool) -> str:
    before, after = (text.replace(";", ",") if isinstance(text, str) else f"{text:0{_DIGITS[field]}d}"
                     for text in (old, new))  # fmt: skip
    parts = [f"field={field}", f"from={before}", f"to={after}"]
    if field == "mmsi":
        parts.append(f"imo={number:07d}")
        if before[:3] != after[:3]:
            parts.append(f"flag={before[:3]}>{after[:3]}")
    parts += [f"times={times}"] * (times > 1) + ["back=1"] * back
    return ";".join(parts)


def _ships_number(imo: pd.Series[int]) -> Booleans:
    """Whether each is a ship's IMO number by its check digit."""
    valid = {number for number in imo.unique() if parse_imo(f"{number:07d}").state == "ship"}
    return imo.isin(valid).to_numpy(np.bool_)
