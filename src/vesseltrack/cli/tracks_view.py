"""What `vesseltrack tracks` says of its inputs and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from vesseltrack.cli import listing
from vesseltrack.text import printable

if TYPE_CHECKING:
    import pandas as pd

    from vesseltrack.cli.session import Session
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.tracks.formats.source import InputFile
    from vesseltrack.tracks.tracking import Tracked

SHOWN = 20
"""Events in the table; all of them go to ``-o``."""

_COLUMNS = ("kind", "start", "end", "name", "mmsi", "place", "confidence", "detail")
_ORDINARY = ("MMSI is no ship's", "no position report")
"""Every feed has base stations and messages of other kinds: leaving them out makes nothing incomplete."""


def account(
    tracked: Tracked, files: Sequence[InputFile], digests: Sequence[str], gazetteer: Gazetteer
) -> dict[str, Any]:
    """The JSON document, but for its head."""
    from vesseltrack.tracks.schema import KINDS

    faulty = {reason: number for reason, number in tracked.rejected.items() if reason not in _ORDINARY}
    because = [f"{file.path} has no rows" for file in files if file.layout == "empty"]
    if faulty:
        told = ", ".join(f"{number:,} {reason}" for reason, number in faulty.items())
        number = sum(faulty.values())
        because.append(f"{number:,} row{'' if number == 1 else 's'} could not be used ({told})")
    if not tracked.read and not because and tracked.events.empty:
        because.append("the input has no rows")
    kinds = Counter(tracked.events["kind"].tolist())
    alone = len(files) == 1  # files of one layout are read together: what each of several gave is not known
    counts = (
        {"rows": tracked.read, "rejected": sum(tracked.rejected.values())}
        if alone
        else dict.fromkeys(("rows", "rejected"))
    )
    return {
        "as_of": None if tracked.until is None else tracked.until.date().isoformat(),
        "complete": not because,
        "incomplete_because": because,
        "inputs": [
            {"path": file.path, "layout": file.layout, "sha256": digest or None, **counts}
            for file, digest in zip(files, digests, strict=True)
        ],
        "lists": [],
        "reference": [{"name": used.name, "sha256": used.sha256} for used in gazetteer.reference],
        "engine": tracked.engine,
        "period": {"from": _instant(tracked.since), "to": _instant(tracked.until)},
        "rows": {
            "read": tracked.read,
            "kept": tracked.kept,
            "duplicates": tracked.duplicates,
            "rejected": dict(tracked.rejected),
        },
        "ships": tracked.ships,
        "dprk_ships": [
            {
                "mmsi": ship.mmsi,
                "imo": ship.imo,
                "name": ship.name,
                "period": {"from": _instant(ship.since), "to": _instant(ship.until)},
            }
            for ship in tracked.dprk
        ],
        "events": {kind: kinds.get(kind, 0) for kind in KINDS},
        "left_aside": dict(tracked.left_aside),
    }


def table(tracked: Tracked, content: dict[str, Any], session: Session) -> str:
    """The account in lines, and the events that say most."""
    rows = content["rows"]
    rejected = tuple(f"{number:,} {reason}" for reason, number in rows["rejected"].items())
    events = tracked.events
    grades = events.groupby(["kind", "confidence"]).size()
    told = [
        f"{number:,} {kind.replace('_', ' ')}{'' if number == 1 else 's'}"
        f" (confidence {', '.join(f'{grade}: {count:,}' for grade, count in grades[kind].items())})"
        for kind, number in content["events"].items()
        if number
    ]
    lines = listing.fields(
        [
            ("inputs", [f"{file['path']} ({file['layout']})" for file in content["inputs"]]),
            ("period", f"{content['period']['from']} to {content['period']['to']}" if tracked.since else None),
            ("rows read", f"{rows['read']:,}"),
            ("kept", f"{rows['kept']:,} of {content['ships']:,} ships, {rows['duplicates']:,} of them twice"),
            ("rejected", rejected),
            *(
                [("DPRK MMSI", _some(f"{ship.mmsi} {ship.name}".strip() for ship in tracked.dprk))]
                if tracked.dprk
                else []
            ),
            ("left aside", [f"{number:,} {what}" for what, number in content["left_aside"].items() if number]),
            ("events", told or "none"),
        ],
        session.shape["width"],
    )
    if events.empty:
        return lines
    chosen = _telling(events).head(SHOWN)
    more = len(events) - len(chosen)
    rest = f"\n{more:,} more: write all with -o events.csv, .parquet or .ndjson.\n" if more > 0 else ""
    shown = listing.render("events", _COLUMNS, [_row(one) for one in _records(chosen)], session)
    return f"{lines}\n{shown}{rest}"


def _some(lines: Iterable[str]) -> list[str]:
    """The first of many lines, and how many more there are."""
    told = list(lines)
    return told if len(told) <= SHOWN else [*told[:SHOWN], f"and {len(told) - SHOWN:,} more: see --format json"]


def sightings(tracked: Tracked, files: Sequence[InputFile], gazetteer: Gazetteer) -> bytes:
    """The events as a CSV of sightings."""
    from vesseltrack.tracks.sightings import sightings_of
    from vesseltrack.tracks.writing import table_csv

    names = sorted({printable(PurePath(file.path).name) for file in files})
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    rows = sightings_of(tracked.events, gazetteer.ground, f"AIS: {', '.join(names[:3])}{more}")
    return table_csv(rows, rows.columns.tolist())


def _telling(events: pd.DataFrame) -> pd.DataFrame:
    """The surest first, and of these the ones nearest to a port of the DPRK or where the trade loads."""
    near = events[["dprk_km", "end_dprk_km", "loading_km", "end_loading_km"]].min(axis=1)
    return events.assign(near=near).sort_values(
        ["confidence", "near", "start", "mmsi"], ascending=[False, True, True, True], kind="stable"
    )


def _records(events: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in one.items()} for one in events.to_dict("records")]


def _row(event: dict[str, Any]) -> dict[str, Any]:
    place = ", ".join(part for part in (event["port"], event["facility"]) if part)
    if not place and event["lat"] == event["lat"]:  # a number
        place = f"{event['lat']:.3f} {event['lon']:.3f}"
    other = event["other_name"] or event["other_mmsi"]
    return {
        **event,
        "kind": event["kind"].replace("_", " "),
        "start": f"{event['start']:%Y-%m-%d %H:%M}",
        "end": f"{event['end']:%Y-%m-%d %H:%M}",
        "place": place,
        "detail": "; ".join(
            part for part in (f"with {other}" if other else "", event["detail"].replace(";", "; ")) if part
        ),
    }


def _instant(time: pd.Timestamp | None) -> str | None:
    return None if time is None else f"{time:%Y-%m-%dT%H:%M:%SZ}"
