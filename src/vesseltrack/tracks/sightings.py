"""Events as sightings for `check`, `ingest` and `run`: what AIS shows, in the words of the sighting schema.

| event | sighting |
| --- | --- |
| port call | an interval at the port, AIS on, intermittent after a silence in port; moored, anchored or transit |
| gap, open gap | an interval with AIS off, from where it started |
| meeting | a sighting of each ship, with the other one |
| impossible move | AIS spoofed, from where it started |
| identity change | what the ship calls itself now, and before |

An event of confidence 0 or 1 is no sighting, but for a port call: that a ship was in a port needs no second sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from vesseltrack.ports.locating import Ground

from vesseltrack.ports.locating import locate_rows

COLUMNS = (
    "date", "vessel", "imo", "mmsi", "type", "port", "facility", "lat", "lon", "end_lat", "end_lon", "ais_status",
    "activity", "other_vessel", "other_imo", "other_mmsi", "previous_identity", "confidence", "source", "note",
)  # fmt: skip

LEAST_CONFIDENCE = 2


def sightings_of(events: pd.DataFrame, ground: Ground, source: str) -> pd.DataFrame:
    """Sightings in `COLUMNS`, all text, in the order of the events.

    Args:
        events: columns of `schema.EVENTS`.
        ground: ports with outlines; they tell a berth from an anchorage.
        source: what the events were found in.
    """
    sure = events[(events["confidence"] >= LEAST_CONFIDENCE) | (events["kind"] == "port_call")]
    meeting = sure["kind"] == "meeting"
    swapped = sure[meeting].rename(
        columns={"mmsi": "other_mmsi", "imo": "other_imo", "name": "other_name", "other_mmsi": "mmsi",
                 "other_imo": "imo", "other_name": "name"}
    ).assign(type="")  # fmt: skip
    rows = pd.concat([sure.assign(turn=0), swapped.assign(turn=1)]).sort_index(kind="stable")
    kind = rows["kind"]
    silent = kind.isin(["gap", "open_gap"])
    values = _details(rows["detail"])
    return pd.DataFrame(
        {
            "date": [f"{_instant(a)}/{_instant(b)}" for a, b in zip(rows["start"], rows["end"], strict=True)],
            "vessel": rows["name"],
            "imo": rows["imo"],
            "mmsi": rows["mmsi"],
            "type": rows["type"],
            "port": rows["port"].where(kind == "port_call", ""),
            "facility": rows["facility"].where(kind == "port_call", ""),
            **{name: _numbers(rows[name]) for name in ("lat", "lon")},
            **{name: _numbers(rows[name].where(silent)) for name in ("end_lat", "end_lon")},
            "ais_status": np.select(
                [silent, kind == "impossible_move", values["silence_hours"] != ""],
                ["off", "spoofed", "intermittent"],
                "on",
            ),
            "activity": _activities(rows, values, ground),
            "other_vessel": rows["other_name"].where(kind == "meeting", ""),
            "other_imo": rows["other_imo"].where(kind == "meeting", ""),
            "other_mmsi": rows["other_mmsi"].where(kind == "meeting", ""),
            "previous_identity": values["from"].where(kind == "identity_change", ""),
            "confidence": [f"{value} of 4" for value in rows["confidence"]],
            "source": source,
            "note": kind.str.replace("_", " ") + (": " + rows["detail"]).where(rows["detail"] != "", ""),
        },
        columns=list(COLUMNS),
    ).reset_index(drop=True)


def _activities(rows: pd.DataFrame, values: pd.DataFrame, ground: Ground) -> np.ndarray:
    codes, places = locate_rows(ground, rows["lat"].fillna(0).to_numpy(), rows["lon"].fillna(0).to_numpy())
    at_roads = np.array([place.at_roads for place in places], dtype=np.bool_)[codes]
    call, stopped = (rows["kind"] == "port_call").to_numpy(), (values["stopped_hours"] != "").to_numpy()
    return np.select(
        [call & stopped & at_roads, call & stopped, call & (rows["confidence"] == 1).to_numpy()],
        ["anchored", "moored", "transit"],
        "unknown",
    )


def _details(detail: pd.Series[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: detail.str.extract(rf"(?:^|;){name}=([^;]*)", expand=False).fillna("")
            for name in ("silence_hours", "stopped_hours", "from")
        }
    )


def _numbers(values: pd.Series[float]) -> list[str]:
    return values.map("{:.6f}".format).where(values.notna(), "").tolist()


def _instant(value: pd.Timestamp) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")
