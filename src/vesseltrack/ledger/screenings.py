"""Proof of screenings: which ships the recorded runs checked, against which lists, and what they found of each.

It rests on what was recorded and on nothing else: a run screened the sightings that stood before it in the chain, were
in force then and did not start after its day, and it found what its entry says. Nothing is checked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from vesseltrack.ledger.about import About
from vesseltrack.ledger.runs import recorded_runs
from vesseltrack.ledger.screened import RecordedSightings
from vesseltrack.vessels.cells import names_in
from vesseltrack.vessels.identifiers import parse_imo, parse_mmsi

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from vesseltrack.ledger.runs import AsGiven, Basis, RecordedRun
    from vesseltrack.ledger.screened import Mask

Found = Literal["clean", "findings", "review", "in part", "unidentified", "not recorded"]
_FIRST, _LAST = np.datetime64("0001-01-01", "us"), np.datetime64("9999-12-31", "us")


@dataclass(frozen=True)
class Screening:
    """A ship as it was given, and what the runs of one basis found of it."""

    ship: AsGiven
    sightings: int
    """Those that at least one of these runs screened."""

    first_seen: np.datetime64
    last_seen: np.datetime64
    basis: Basis | None
    """None: the runs did not record it."""

    first_run: RecordedRun
    last_run: RecordedRun
    runs: int
    found: Found
    """``clean``: every rule was applied and none fired.

    ``review``: none fired, but a run took the ship for one of the register or the DPRK's: that is never clean.
    ``in part``: none fired, but rules were left out. ``unidentified``: no name and no number that could be screened.
    ``not recorded``: nothing is known of what the runs rested on, or they rested on no list.
    """

    findings: tuple[str, ...]
    """Ids of the findings about it."""

    unplaced: tuple[str, ...]
    """Ids of findings that its port is not known: it was checked, the place was not."""


@dataclass(frozen=True)
class Screenings:
    """What a ledger proves."""

    lines: tuple[Screening, ...]
    """By basis, in the order of its first run; then by ship."""

    runs: int
    unscreened: int
    """Sightings in force that no run has screened."""


def screenings(connection: sqlite3.Connection) -> Screenings:
    """What the recorded runs screened and found."""
    seen, runs = RecordedSightings(connection), recorded_runs(connection)
    about = About(connection, seen)
    by_basis: defaultdict[Basis | None, list[RecordedRun]] = defaultdict(list)
    for run in runs:
        by_basis[run.basis].append(run)
    ever: Mask = np.zeros(len(seen.seqs), np.bool_)
    lines = tuple(line for own in by_basis.values() for line in _of_basis(own, seen, about, ever))
    return Screenings(lines, len(runs), int((seen.in_force() & ~ever).sum()))


def _of_basis(runs: Sequence[RecordedRun], seen: RecordedSightings, about: About, ever: Mask) -> Iterator[Screening]:
    """A line for each ship that these runs screened; ``ever`` takes in what they screened."""
    ships = len(seen.given)
    mask, screened = np.zeros(len(seen.seqs), np.bool_), np.zeros(len(seen.seqs), np.bool_)
    present = np.zeros(ships, np.bool_)
    number, first, last = (np.zeros(ships, np.int64) for _ in range(3))
    found: defaultdict[int, set[str]] = defaultdict(set)
    known: frozenset[AsGiven] = frozenset()
    before: tuple[object, object] = (None, None)
    for at, run in enumerate(runs):
        state = (seen.state_at(run), about.state_at(run))
        if state[0] != before[0]:
            mask = seen.screened_by(run)
            screened |= mask
            present = np.bincount(seen.ships[mask], minlength=ships) > 0
        if state != before:
            for ship, ids in about.found_by(run).items():
                if present[ship]:
                    found[ship] |= ids
        before = state
        known |= run.register
        first[present & (number == 0)] = at
        last[present] = at
        number[present] += 1
    ever |= screened
    count = np.bincount(seen.ships[screened], minlength=ships)
    earliest, latest = np.full(ships, _LAST), np.full(ships, _FIRST)
    np.minimum.at(earliest, seen.ships[screened], seen.first[screened])
    np.maximum.at(latest, seen.ships[screened], seen.last[screened])
    for ship in sorted(np.flatnonzero(number).tolist(), key=seen.given.__getitem__):
        ids = found.get(ship, set())
        findings = ids - about.places
        yield Screening(
            ship=seen.given[ship],
            sightings=int(count[ship]),
            first_seen=earliest[ship],
            last_seen=latest[ship],
            basis=runs[0].basis,
            first_run=runs[first[ship]],
            last_run=runs[last[ship]],
            runs=int(number[ship]),
            found="findings" if findings else _nothing(runs[0].basis, seen.given[ship], known),
            findings=tuple(sorted(findings)),
            unplaced=tuple(sorted(ids - findings)),
        )


def _nothing(basis: Basis | None, ship: AsGiven, known: AbstractSet[AsGiven]) -> Found:
    """What it means that nothing was found; ``known``: ships of the register."""
    if basis is None or not basis.lists:
        return "not recorded"
    if not names_in(ship.vessel) and parse_imo(ship.imo).state != "ship" and parse_mmsi(ship.mmsi).state != "valid":
        return "unidentified"
    if ship in known:
        return "review"
    return "clean" if basis.whole else "in part"
