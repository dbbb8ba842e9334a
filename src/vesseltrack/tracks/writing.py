"""Events as Parquet, CSV and NDJSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Literal

import pandas as pd

from vesseltrack.text import csv_cell, valid_unicode
from vesseltrack.tracks.schema import EVENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

EventFormat = Literal["parquet", "csv", "ndjson"]
EVENT_FORMATS: tuple[EventFormat, ...] = ("parquet", "csv", "ndjson")


def written(events: pd.DataFrame, format: EventFormat) -> bytes:
    """Events in a format. Times are RFC 3339, UTC; what is unknown is empty in CSV and null elsewhere."""
    if format == "parquet":
        target = io.BytesIO()
        typed = events.assign(start=events["start"].dt.tz_localize("UTC"), end=events["end"].dt.tz_localize("UTC"))
        typed.to_parquet(target, index=False)
        return target.getvalue()
    told = events.assign(start=_instants(events["start"]), end=_instants(events["end"]))
    if format == "csv":
        return table_csv(told, [name for name in EVENTS if pd.api.types.is_string_dtype(told[name])])
    lines = (
        json.dumps({name: None if pd.isna(value) else value for name, value in row.items()}, ensure_ascii=False)
        for row in told.to_dict("records")
    )
    return valid_unicode("".join(f"{line}\n" for line in lines)).encode()


def table_csv(table: pd.DataFrame, text: Sequence[str]) -> bytes:
    """A table as CSV; text that a spreadsheet would take for a formula gets ``'`` in front."""
    guarded = table.assign(**{name: table[name].map(csv_cell) for name in text})
    return valid_unicode(guarded.to_csv(index=False, lineterminator="\n")).encode()


def _instants(times: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    return times.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
