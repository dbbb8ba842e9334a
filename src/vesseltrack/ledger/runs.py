"""The runs that were recorded: when, over which sightings, against which lists, and what they found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_RUNS = "SELECT seq, id, recorded_at, body FROM entries WHERE kind <> 'sighting' AND kind = 'run' ORDER BY seq"


class AsGiven(NamedTuple):
    """A ship as a sighting gives it, not as anybody resolved it."""

    vessel: str
    imo: str
    mmsi: str
    call_sign: str


@dataclass(frozen=True)
class Basis:
    """What runs rested on; those of one basis are one edition of a proof."""

    lists: tuple[str, ...]
    """Ids of the entries of the lists that were in force."""

    program: str
    data_version: str
    reference: tuple[tuple[str, str], ...]
    """Name and sha256 of each file of reference."""

    select: tuple[str, ...]
    """Rules that were asked for, by code or its beginning; empty: all."""

    ignore: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every rule was applied."""
        return not self.select and not self.ignore


@dataclass(frozen=True)
class RecordedRun:
    """A run, as its entry says."""

    seq: int
    id: str
    recorded_at: str
    until: date | None
    """Sightings that start after that day were left out; None where the entry does not say."""

    basis: Basis | None
    """None for the first ledgers, whose runs did not record what they rested on."""

    found: frozenset[str] | None
    """Ids of everything that it found, told or not; None where the entry does not say."""

    register: frozenset[AsGiven] = frozenset()
    """Ships that it took, or may have taken, for one of the register or the DPRK's."""


def recorded_runs(connection: sqlite3.Connection) -> tuple[RecordedRun, ...]:
    """Every run, in order."""
    runs: dict[str, RecordedRun] = {}
    for seq, name, recorded_at, text in connection.execute(_RUNS):
        body = json.loads(text)
        if "lists" not in body:
            runs[name] = RecordedRun(seq, name, recorded_at, None, None, None)
            continue
        same = runs[body["found_as"]] if "found_as" in body else None
        runs[name] = RecordedRun(
            seq,
            name,
            recorded_at,
            until=date.fromisoformat(body["until"]),
            basis=_basis(body),
            found=same.found if same is not None else frozenset(body["found"]),
            register=same.register if same is not None else frozenset(AsGiven(*ship) for ship in body["register"]),
        )
    return tuple(runs.values())


def as_found(connection: sqlite3.Connection, found: Iterable[str], register: Iterable[AsGiven]) -> dict[str, Any]:
    """What a run says that it found: findings and ships of the register, or the run that says the same.

    So an hour without news costs a line.
    """
    said = {"found": sorted(found), "register": sorted(map(list, register))}
    last = connection.execute(f"{_RUNS} DESC LIMIT 1").fetchone()
    if last is None:
        return said
    name, body = last[1], json.loads(last[3])
    if "found_as" in body:
        name = body["found_as"]
        (text,) = connection.execute("SELECT body FROM entries WHERE id = ?", (name,)).fetchone()
        body = json.loads(text)
    return {"found_as": name} if {key: body.get(key) for key in said} == said else said


def _basis(body: dict[str, Any]) -> Basis:
    return Basis(
        lists=tuple(body["lists"]),
        program=body["program"]["version"],
        data_version=body["program"]["data_version"],
        reference=tuple((used["name"], used["sha256"]) for used in body["reference"]),
        select=tuple(body["rules"]["select"]),
        ignore=tuple(body["rules"]["ignore"]),
    )
