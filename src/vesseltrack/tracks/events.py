"""What the detectors found, made ready for people: who it was, which port, how far from the ports of the trade.

Everything is rounded here and nowhere else: positions to a millionth of a degree, distances to a metre, speeds to a
hundredth of a knot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from vesseltrack.ports.distance import point_of
from vesseltrack.ports.geometry import great_circle_m
from vesseltrack.ports.locating import locate_rows
from vesseltrack.tracks.schema import EVENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.ports.geometry import Floats
    from vesseltrack.ports.locating import Codes, Ground
    from vesseltrack.ports.model import Place, Port

_TYPES = ((30, 30, "fishing"), (31, 32, "tug"), (52, 52, "tug"), (60, 69, "passenger"), (70, 79, "cargo"),
          (80, 89, "tanker"))  # fmt: skip
"""ITU-R M.1371-5 table 53."""

_LOADS = frozenset({"oil_loading", "oil_supply"})
_DECIMALS = {"lat": 6, "lon": 6, "end_lat": 6, "end_lon": 6, "distance_km": 3, "speed_kn": 2, "dprk_km": 1,
             "end_dprk_km": 1, "loading_km": 1, "end_loading_km": 1}  # fmt: skip
_DTYPES = {
    name: {nw.String: "str", nw.Float64: "float64", nw.Int8: "int8"}.get(column.dtype, "datetime64[us]")
    for name, column in EVENTS.items()
}
_ORDER = ["start", "mmsi", "kind", "end", "other_mmsi", "lat", "lon", "detail"]


def complete(found: pd.DataFrame, known: pd.DataFrame, ground: Ground, ports: Sequence[Port]) -> pd.DataFrame:
    """Events in the columns and order of `EVENTS`, sorted; the same whatever order they were found in.

    Args:
        found: columns of `detectors.found.FOUND`.
        known: ``mmsi, imo, name, ship_type, first, last``: what each number called itself, and when.
        ground: ports with outlines.
        ports: every port, for the distances.
    """
    events = found.sort_values(_ORDER, ignore_index=True)
    own = called_at(events["mmsi"], events["end"], known)
    other = called_at(events["other_mmsi"], events["end"], known)
    events = events.assign(
        imo=own["imo"], name=own["name"], type=own["type"], other_imo=other["imo"], other_name=other["name"]
    )
    start, end = (_located(ground, events[f"{which}lat"], events[f"{which}lon"]) for which in ("", "end_"))
    events["port"], events["facility"] = _places(events, start, end, ports)
    for group, chosen in (("dprk", _dprk(ports)), ("loading", _loading(ports))):
        for which in ("", "end_"):
            events[f"{which}{group}_km"] = _nearest_km(chosen, events[f"{which}lat"], events[f"{which}lon"])
    for name, decimals in _DECIMALS.items():
        events[name] = events[name].round(decimals)
    for name in ("start", "end"):
        events[name] = events[name].astype("datetime64[s]").astype("datetime64[us]")
    for name in ("mmsi", "other_mmsi"):
        events[name] = [f"{number:09d}" if number else "" for number in events[name]]
    return in_order(events)


def in_order(events: pd.DataFrame) -> pd.DataFrame:
    """Events in the columns and order of `EVENTS`, by time."""
    typed = pd.DataFrame(events, columns=list(EVENTS)).astype(_DTYPES)
    return typed.sort_values(_ORDER, ignore_index=True)


def called_at(mmsi: pd.Series[int], time: pd.Series[int], known: pd.DataFrame) -> pd.DataFrame:
    """Who each number was at a time: what it last called itself until then, else what it first called itself."""
    asked = pd.DataFrame({"mmsi": mmsi.to_numpy("int64"), "time": time.to_numpy("int64"), "row": np.arange(len(mmsi))})
    said = known[known["mmsi"].isin(asked["mmsi"])]
    said = said.sort_values(["first", "mmsi", "imo", "name", "ship_type"], ignore_index=True)
    said = said.assign(mmsi=said["mmsi"].astype("int64"), time=said["first"].astype("int64"))
    said = said.assign(imo=_digits(said["imo"]), name=said["name"].fillna(""), type=_types(said["ship_type"]))
    answers = []
    for column in ("imo", "name", "type"):  # each by itself: a ship may send its number and its name apart
        values = _lasting(said.loc[said[column] != "", ["mmsi", "time", "last", column]], column)
        if values.empty:
            answers.append(np.full(len(asked), "", dtype=object))
            continue
        both = pd.merge_asof(asked.sort_values("time"), values, on="time", by="mmsi", direction="backward")
        first = values.drop_duplicates("mmsi").set_index("mmsi")[column]
        both[column] = both[column].fillna(both["mmsi"].map(first)).fillna("")
        answers.append(both.sort_values("row")[column].to_numpy())
    return pd.DataFrame(dict(zip(("imo", "name", "type"), answers, strict=True)))


def _lasting(values: pd.DataFrame, column: str) -> pd.DataFrame:
    """Without what a ship said in one second only, which may be garbled, if it said something else for longer."""
    spans = values.groupby(["mmsi", column])
    brief = spans["time"].transform("min") == spans["last"].transform("max")
    longer = (~brief).groupby(values["mmsi"]).transform("any")
    return values.loc[~(brief & longer), ["mmsi", "time", column]]


def _digits(numbers: pd.Series[Any]) -> list[str]:
    return ["" if pd.isna(number) else f"{int(number):07d}" for number in numbers.tolist()]


def _types(codes: pd.Series[Any]) -> list[str]:
    words = {code: word for first, last, word in _TYPES for code in range(first, last + 1)}
    return ["" if pd.isna(code) else words.get(int(code), "other") for code in codes.tolist()]


def _located(ground: Ground, lat: pd.Series[float], lon: pd.Series[float]) -> tuple[Codes, list[Place]]:
    codes = np.zeros(len(lat), dtype=np.int32)
    there = np.flatnonzero(lat.notna().to_numpy())
    codes[there], places = locate_rows(ground, _floats(lat)[there], _floats(lon)[there])
    return codes, places


def _floats(values: pd.Series[float]) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _places(
    events: pd.DataFrame, start: tuple[Codes, list[Place]], end: tuple[Codes, list[Place]], ports: Sequence[Port]
) -> tuple[np.ndarray, np.ndarray]:
    """Names of port and facility: of a call its own, else where it started, else where it ended."""
    (codes, places), (end_codes, end_places) = start, end
    names = {port.id: port.name for port in ports}
    port = np.array([place.port.name if place.port is not None else "" for place in places], dtype=object)[codes]
    ended = np.array([place.port.name if place.port is not None else "" for place in end_places], dtype=object)
    facility = np.array([place.facility.name if place.facility is not None else "" for place in places], dtype=object)
    of_call = events["port"].map(names).fillna("").to_numpy(dtype=object)
    silence = events["kind"].isin(["gap", "open_gap"]).to_numpy()
    moved = (events["kind"] == "impossible_move").to_numpy() | (events["kind"] == "identity_change").to_numpy()
    chosen = np.where(of_call != "", of_call, np.where(moved, "", port))
    chosen = np.where(silence & (chosen == ""), ended[end_codes], chosen)
    return chosen, np.where((chosen == port) & (chosen != ""), facility[codes], "")


def _dprk(ports: Sequence[Port]) -> list[Port]:
    return [port for port in ports if port.country == "KP" and port.harbour]


def _loading(ports: Sequence[Port]) -> list[Port]:
    return [port for port in ports if _LOADS & set(port.roles)]


def _nearest_km(ports: Sequence[Port], lat: pd.Series[float], lon: pd.Series[float]) -> np.ndarray:
    """Kilometres along the great circle to the nearest of some ports; NaN where there is no position or no port."""
    nearest = np.full(len(lat), np.inf)
    for port in ports:
        point = point_of(port)
        if point is not None:
            nearest = np.fmin(nearest, great_circle_m(_floats(lat), _floats(lon), *point) / 1000)
    return np.where(np.isfinite(nearest) & lat.notna().to_numpy(), nearest, np.nan)
