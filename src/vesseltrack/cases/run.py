"""The cron run: ingest, examine, record what was found; then, once it has been told, that it was.

Two transactions, so that a crash between them repeats a notice and never loses one, and so that nobody waits for a
ledger while a slow reader drains the output.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vesseltrack.cases.examine import examine
from vesseltrack.cases.lists import stale_lists
from vesseltrack.cases.relevant import marking
from vesseltrack.errors import ExitCode
from vesseltrack.ledger.decisions import decisions_in_force
from vesseltrack.ledger.entries import Recorder, timestamp
from vesseltrack.ledger.findings import known_findings, notified, record_findings, with_lasting_ids
from vesseltrack.ledger.ingesting import ingest
from vesseltrack.ledger.queries import head_at, later_than
from vesseltrack.ledger.remarking import mark_again
from vesseltrack.ledger.runs import AsGiven, as_found
from vesseltrack.ledger.sighting_frames import sightings_in_force
from vesseltrack.reference import ReferenceUsed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from vesseltrack.cases.settings import CaseSettings
    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.reports.case import Case
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import Sightings
    from vesseltrack.vessels.register import Register

CROSSINGS = {"VT421": 75, "VT422": 90, "VT423": 95, "VT424": 100}
"""Rules of the estimate's thresholds, and their percent of the cap."""


@dataclass(frozen=True)
class Ran:
    """What a run found, before anybody was told."""

    case: Case
    new: tuple[Finding, ...]
    """Findings that nobody was told of, most severe first."""

    over: Mapping[str, str]
    """Thresholds that were told and that the estimate no longer reaches: id and title."""

    because: tuple[str, ...]
    """Why the run is incomplete; empty where everything was read and is fresh."""

    rejected: int
    newest: date | None
    """Day of the newest sighting; None where the ledger holds none."""

    entry: str
    """Id of the entry of this run."""

    head: str
    """Hash of the last entry."""

    def exit_code(self, fail_at: float | None) -> ExitCode:
        """11 where a threshold at or above ``fail_at`` percent is told, 10 where anything is, 3 where incomplete."""
        reached = [CROSSINGS[finding.rule] for finding in self.new if finding.rule in CROSSINGS]
        if fail_at is not None and any(percent >= fail_at for percent in reached):
            return ExitCode.CAP
        if self.new:
            return ExitCode.FINDINGS
        return ExitCode.INCOMPLETE if self.because else ExitCode.CLEAN


def take_in(
    connection: sqlite3.Connection,
    read: Sightings | None,
    *,
    path: str,
    register: Register,
    lists: Sequence[Mapping[str, Any]],
    gazetteer: Gazetteer,
    settings: Callable[[tuple[LedgerDecision, ...]], CaseSettings],
    least: int,
    today: date,
    now: datetime,
) -> Ran:
    """The first transaction: what was read goes into the ledger, and what follows from all of it.

    Args:
        connection: the ledger, a transaction open.
        read: new sightings; None where nothing new is given.
        path: the ledger's name.
        register: ships and lists.
        lists: what is recorded of each list in force.
        gazetteer: ports.
        settings: the settings of a case, given the decisions in force.
        least: severity from which findings are told.
        today: the day it is.
        now: the moment it is, UTC, naive.
    """
    recorded = settings(decisions_in_force(connection))
    latest = min(today, recorded.as_of) if recorded.as_of is not None else today
    mark = marking(register, gazetteer)
    rejected = ingest(connection, read, (), now, mark).rejected if read is not None else 0
    mark_again(connection, mark)
    held = sightings_in_force(connection, path, latest=latest, marking=mark)
    case = examine(
        (),
        settings=replace(recorded, as_of=recorded.as_of or today),
        register=register,
        gazetteer=gazetteer,
        today=today,
        read=held,
        ledger=ReferenceUsed(path, head_at(connection, None)),
    )
    known = known_findings(connection)
    found = with_lasting_ids(case.findings, known)
    recorder = Recorder(connection, now)
    editions = [recorder.add("list", edition).id for edition in lists]
    record_findings(recorder, found, known)
    told = notified(connection)
    new = tuple(f for f in found if f.id not in told and f.severity >= least and f.id not in case.decided)
    ids = {finding.id for finding in found}
    gone = () if later_than(connection, latest) else known  # where sightings are left out, nothing is known to be over
    over = {one.id: one.title for one in gone if one.rule in CROSSINGS and one.id in told and one.id not in ids}
    because = (
        *_read_in_part(read),
        *_unresolved(found, {one.id for one in known}),
        *stale_lists(register.lists, recorded.as_of or today, recorded.max_list_age_days),
    )
    entry = recorder.add(
        "run",
        {
            "at": timestamp(now),
            "after": head_at(connection, None),
            "files": [file.path for file in read.inputs] if read is not None else [],
            "rejected": rejected,
            "findings": len(found),
            "new": [finding.id for finding in new],
            "incomplete": list(because),
            **rested_on(case, recorded, path),
            "lists": editions,
            "until": latest.isoformat(),
            **as_found(connection, [finding.id for finding in found], ships_of_the_register(held)),
        },
    )
    newest = connection.execute("SELECT newest_seen FROM cache_totals WHERE kind = 'sighting'").fetchone()
    return Ran(
        case=replace(case, findings=found),
        new=new,
        over=over,
        because=because,
        rejected=rejected,
        newest=date.fromisoformat(newest[0][:10]) if newest is not None else None,
        entry=entry.id,
        head=head_at(connection, None),
    )


def told(connection: sqlite3.Connection, ran: Ran, now: datetime) -> None:
    """The second transaction: what was written and flushed has been told."""
    if ran.new or ran.over:
        content = {"run": ran.entry, "findings": sorted(f.id for f in ran.new), "over": sorted(ran.over)}
        Recorder(connection, now).add("notice", content)


def rested_on(case: Case, settings: CaseSettings, path: str) -> dict[str, Any]:
    """What a run rested on beside the lists: program, data, files of reference, rules, and how many sightings.

    Args:
        case: what came out.
        settings: what was asked.
        path: the ledger's name; what it held is named by the hash that the run's entry comes after.
    """
    return {
        "program": {"version": case.program_version, "data_version": case.data_version},
        "reference": [{"name": used.name, "sha256": used.sha256} for used in case.reference if used.name != path],
        "rules": {"select": list(settings.select), "ignore": list(settings.ignore)},
        "sightings": case.summary["sightings"],
    }


def ships_of_the_register(examined: Sightings) -> list[AsGiven]:
    """Ships, as given, that are or may be of the register or the DPRK's: those are never called clean."""
    frame = examined.frame
    known = frame.loc[frame["who"].to_numpy() >= 0, list(AsGiven._fields)].drop_duplicates()
    return [AsGiven(*ship) for ship in known.itertuples(index=False, name=None)]


def _unresolved(found: Sequence[Finding], known: AbstractSet[str]) -> list[str]:
    """What this run is the first to find that could not be resolved or placed (VT9xx)."""
    fresh = [finding for finding in found if finding.rule.startswith("VT9") and finding.id not in known]
    number = len({ref for finding in fresh for ref in finding.sightings})
    return (
        [f"{number:,} {'sighting' if number == 1 else 'sightings'} could not be resolved or placed"] if number else []
    )


def _read_in_part(read: Sightings | None) -> list[str]:
    """What of the new sightings could not be read."""
    if read is None:
        return []
    because = [f"{file.path} has no rows" for file in read.inputs if not file.rows]
    rejected = sum(file.rejected for file in read.inputs)
    if rejected:
        because.append(f"{rejected:,} {'row' if rejected == 1 else 'rows'} could not be read")
    return because
