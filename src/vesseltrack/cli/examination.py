"""What `check`, `report` and `demo` share: settings into a Case, and the messages that go with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vesseltrack.cli import output as out
from vesseltrack.cli.codes import rule_codes
from vesseltrack.cli.messages import Messages
from vesseltrack.cli.session import Session, today
from vesseltrack.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from vesseltrack.cases.reported_reading import ReportedFile
    from vesseltrack.cases.settings import CaseSettings
    from vesseltrack.config import Settings
    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.year import OpeningBalance
    from vesseltrack.reports.case import Case, Fleet
    from vesseltrack.sightings.schema import RejectedRow

FIRST_REJECTS = 5
"""Rejects told on standard error; the result and --rejects hold every one."""


@dataclass(frozen=True)
class Question:
    """What a command wants to know beside its settings."""

    files: tuple[str, ...]
    years: tuple[int, ...] = ()
    opening_balance: OpeningBalance | None = None
    fleet: str | None = None
    """CSV of one's own ships."""

    reported: str | None = None
    """CSV of volumes that States reported."""

    known_at: str | None = None
    """Day of which what the ledger had recorded counts."""


def examine(question: Question, session: Session) -> Case:
    """Reads, checks and counts.

    Raises:
        ConfigurationError: a setting, list or reference file that cannot be used.
        InputError: an input that cannot be read at all.
    """
    if question.files.count("-") > 1:
        raise InputError("-: standard input can be read only once; name it once.")
    from vesseltrack.cases.examine import examine as examine_case
    from vesseltrack.cases.relevant import marking
    from vesseltrack.cli.ledger_session import from_ledger
    from vesseltrack.ports.gazetteer import load_gazetteer
    from vesseltrack.vessels.loading import load_register

    settings = session.settings
    if question.files and question.known_at is not None:
        raise ConfigurationError("--known-at: is for the ledger; leave the files out.")
    register = load_register(lists=settings["lists"], vessels_file=settings["vessels"])
    gazetteer = load_gazetteer(settings["ports"])
    kept = None if question.files else from_ledger(session, question.known_at, marking(register, gazetteer))
    case_settings = settings_of(question, session, () if kept is None else kept.decisions)
    stdin = sys.stdin.buffer if "-" in question.files and sys.stdin is not None else None
    case = examine_case(
        question.files,
        settings=case_settings,
        register=register,
        gazetteer=gazetteer,
        today=today(),
        stdin=stdin,
        read=None if kept is None else kept.sightings,
        ledger=None if kept is None else kept.reference,
    )
    if case_settings.reported is not None:
        tell_unused(case_settings.reported, case, session)
    return case


def settings_of(question: Question, session: Session, recorded: tuple[LedgerDecision, ...]) -> CaseSettings:
    """What a command asks of a case.

    Raises:
        ConfigurationError: a setting or a file that cannot be used.
    """
    from vesseltrack.cases.decisions import read_decisions
    from vesseltrack.cases.fleet_reading import read_fleet
    from vesseltrack.cases.reported_reading import read_reported
    from vesseltrack.cases.settings import CaseSettings
    from vesseltrack.cases.sizes import read_sizes

    settings = session.settings
    return CaseSettings(
        as_of=session.as_of,
        years=question.years,
        mapping=field_mapping(session),
        select=rule_codes(settings["select"], settings.origin("select")),
        ignore=rule_codes(settings["ignore"], settings.origin("ignore")),
        opening_balance=question.opening_balance,
        max_list_age_days=settings["max_list_age"],
        fleet=None if question.fleet is None else read_fleet(Path(question.fleet)),
        assumptions=assumptions(session.settings),
        sizes=None if settings["capacity_file"] is None else read_sizes(settings["capacity_file"]),
        decisions=None if settings["decisions"] is None else read_decisions(settings["decisions"]),
        reported=None if question.reported is None else read_reported(Path(question.reported), today()),
        recorded=recorded,
    )


def files_used(question: Question, session: Session) -> tuple[str, ...]:
    """Every file that a result is made from, and so must not overwrite."""
    named = (question.fleet, question.reported)
    set_ = (session.settings[name] for name in ("vessels", "ports", "capacity_file", "decisions"))
    return (*question.files, *(str(file) for file in (*named, *set_) if file is not None))


def tell_unused(file: ReportedFile, case: Case, session: Session) -> None:
    """Says which rows of ``--reported`` are of no year or month that was looked at."""
    years = {status.year for status in case.years}
    unused = {str(report.year) for report in file.reports if report.year not in years}
    unused |= {r.period for r in file.reports if r.year in years and r.ends > (session.as_of or r.ends)}
    if unused:
        looked = ", ".join(map(str, sorted(years))) or "no year"
        until = f" up to {session.as_of}" if session.as_of else ""
        session.messages.note(
            f"{file.path}: rows of {', '.join(sorted(unused))}: not used, for this is about {looked}{until}."
        )


def assumptions(settings: Settings) -> Assumptions:
    """What the estimate assumes, as set."""
    from vesseltrack.oil.assumptions import FILL, Assumptions
    from vesseltrack.oil.spread import Spread

    return Assumptions(
        counting=settings["counting"],
        fill=FILL if settings["fill"] is None else Spread(*settings["fill"]),
        barrels_per_tonne=settings["barrels_per_tonne"],
        draws=settings["draws"],
        seed=settings["seed"],
    )


def field_mapping(session: Session) -> dict[str, str]:
    """``--map``, every target checked against the fields that exist."""
    import difflib

    from vesseltrack.sightings.schema import FIELDS

    mapping: dict[str, str] = session.settings["map"]
    for header, field in mapping.items():
        if field not in FIELDS:
            near = difflib.get_close_matches(field, FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(FIELDS)}."
            raise ConfigurationError(f"{session.settings.origin('map')}: {header}={field}: no such field; {hint}")
    return mapping


def keep_rejects(
    case: Case, target: str | None, messages: Messages, *, output: str | None, inputs: Sequence[str]
) -> None:
    """Writes ``--rejects``, and says so."""
    from vesseltrack.sightings.rejects import write_rejects

    if target is None:
        return
    if target == output or (target in out.STANDARD_OUTPUT and output is None):
        raise ConfigurationError(f"{target}: --rejects and the result cannot go to one place; name another file.")
    out.write(write_rejects(case.rejects), target, inputs=inputs)
    rows = "row" if len(case.rejects) == 1 else "rows"
    messages.note(f"{len(case.rejects)} {rows} kept in {target}: mend the cells and give both files.")


def tell(case: Case, messages: Messages) -> None:
    """Says on standard error what was not read or checked, and what was read with remarks."""
    for file in case.inputs:
        for note in file.notes:
            messages.note(f"{file.path}: {note}")
        if file.duplicates:
            rows = "row is a duplicate" if file.duplicates == 1 else "rows are duplicates"
            messages.note(f"{file.path}: {file.duplicates:,} {rows}, counted once.")
    tell_rejects(case.rejects, messages)
    for one in case.decisions:
        if one.expired:
            messages.note(f"{one.decision.where}: has expired on {one.decision.until} and changes nothing.")
        elif not one.changed:
            messages.note(f"{one.decision.where}: fits no call and no delivery, and changes nothing.")
    for where in case.unused_sizes:
        messages.note(f"{where}: no delivery is by that ship, so its size changes nothing.")
    if case.incomplete_because:
        messages.must(f"incomplete: {'; '.join(case.incomplete_because)}.")


def tell_rejects(
    rejects: Sequence[RejectedRow], messages: Messages, keeps: str = ", --rejects FILE keeps them"
) -> None:
    """Says which rows could not be read, the first ones unless all are asked for.

    Args:
        rejects: the rows.
        messages: where to say it.
        keeps: what the command offers to keep them, if anything.
    """
    told = len(rejects) if messages.verbose else FIRST_REJECTS
    for reject in rejects[:told]:
        column = f", column {reject.column}" if reject.column else ""
        messages.note(f"{reject.source}:{reject.line}{column}: {reject.reason}")
    if len(rejects) > told:
        messages.note(f"and {len(rejects) - told} more that could not be read; --verbose tells all{keeps}.")


def tell_fleet(fleet: Fleet | None, session: Session) -> None:
    """Says the counts of a fleet where the format has no place for them."""
    if fleet is not None and session.format in {"csv", "ndjson"}:
        from vesseltrack.reports.fleet_view import counts

        session.messages.note(f"fleet: {counts(fleet)}.")
