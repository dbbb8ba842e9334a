"""`vesseltrack ledger decide`, `correct` and `retract`: new entries about old ones, each with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import Session, start, today
from vesseltrack.errors import ConfigurationError, ExitCode

if TYPE_CHECKING:
    from vesseltrack.ledger.entries import Recorded

Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; it is kept with the entry.")]
CODES = opt.exit_status(ExitCode.LOCKED, ExitCode.DAMAGED)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (decide, correct, retract):
        app.command(cls=PlainCommand, name=command.__name__, epilog=CODES)(command)


def decide(
    about: Annotated[
        str, typer.Argument(metavar="FINDING|DELIVERY", help="Id of a finding of check, or of a delivery of report.")
    ],
    because: Because,
    how: Annotated[
        str, typer.Option("--as", metavar="WHAT", help="accept, false-positive, exempt or disproved.")
    ] = "accept",
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day on which it holds.")] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="TEXT", help="The Committee's reference of an exemption.")
    ] = None,
    vessels: opt.Vessels = None,
    ports: opt.Ports = None,
    lists: opt.Lists = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
) -> int:
    """Decide about a finding or a delivery of the ledger.

    A finding that is accepted or a false positive is still listed, marked, and does not count for the exit code. A
    delivery that is exempt, or a call that is disproved, does not count towards the cap and is listed as such.
    """
    from vesseltrack.ledger.decisions import HOWS

    session = start(locals())
    how = how.strip().lower().replace("_", "-").replace(" ", "-")
    if how not in HOWS:
        raise ConfigurationError(f"--as: {how!r} is none of {', '.join(HOWS)}.")
    if how == "exempt" and not (reference or "").strip():
        raise ConfigurationError("--as exempt: give the Committee's reference with --reference.")
    what = _what(about.strip(), how, session)
    content: dict[str, Any] = {"about": about.strip(), "as": how, "because": _reason(because), **what}
    if until is not None:
        content["until"] = _day(until)
    if reference is not None:
        content["reference"] = reference.strip()
    from vesseltrack.cli.ledger_session import ledger_path, moment
    from vesseltrack.ledger.decisions import record_decision
    from vesseltrack.ledger.store import writing

    with writing(ledger_path(session), session.settings["lock_wait"], begin=False) as connection:
        recorded = record_decision(connection, content, moment())
    _say(session, recorded, f"{how}: {content['title']}")
    return ExitCode.CLEAN


def _what(about: str, how: str, session: Session) -> dict[str, Any]:
    """What a decision is about, in words that can be read without the program; it must be there to be decided about."""
    from vesseltrack.cli.examination import Question, examine
    from vesseltrack.ledger.decisions import SET_ASIDE

    case = examine(Question(()), session)
    for finding in case.findings:
        if finding.id == about:
            found: dict[str, Any] = {"title": finding.title, "rule": finding.rule, "severity": finding.severity.label}
            if how in SET_ASIDE:
                return found
            if finding.identity is None or finding.observed_from is None or finding.observed_to is None:
                raise ConfigurationError(f"{about}: a finding about no ship; accept it, or decide about a delivery.")
            place = finding.place.port.name if finding.place is not None and finding.place.port is not None else ""
            ship = {
                "key": finding.identity.key,
                "name": finding.identity.name,
                "port": place,
                "from": finding.observed_from.isoformat(),
                "to": finding.observed_to.isoformat(),
            }
            return {**found, "ship": ship}
    for delivery in (delivery for year in case.years for delivery in year.deliveries):
        if delivery.id == about:
            if how in SET_ASIDE:
                raise ConfigurationError(f"{about}: a delivery: decide --as exempt or --as disproved.")
            at = delivery.delivered_at or delivery.loaded_at
            return {"title": f"delivery of {delivery.vessel or 'an unidentified tanker'}, {at}, {delivery.counted_on}"}
    raise ConfigurationError(
        f"{about}: no such finding or delivery in the ledger; `vesseltrack check --format csv` and "
        "`vesseltrack report --format csv` list their ids."
    )


def correct(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of a sighting, or its beginning.")],
    because: Because,
    file: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="FILE",
            help="The sightings that take its place: CSV, JSON, NDJSON, GeoJSON, XLSX or Parquet.",
        ),
    ],
    map: opt.Map = None,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
) -> int:
    """Put other sightings in the place of a recorded one. The old one stays and is out of force."""
    from vesseltrack.cli.examination import field_mapping
    from vesseltrack.cli.ledger_session import ledger_path, marking_of, moment
    from vesseltrack.ledger.changing import correct as record
    from vesseltrack.ledger.store import writing
    from vesseltrack.sightings.reader import read_sightings

    session = start({"map": map, "ledger": ledger, "lock_wait": lock_wait})
    why = _reason(because)
    read = read_sightings([file], mapping=field_mapping(session), latest=today(), keep_tables=True)
    if read.rejects:
        first = read.rejects[0]
        raise ConfigurationError(f"{first.source}:{first.line}: {first.reason}; nothing was corrected.")
    marking = marking_of(session)
    with writing(ledger_path(session), session.settings["lock_wait"], begin=False) as connection:
        recorded = record(connection, entry, read, why, moment(), marking)
    _say(session, recorded, f"corrects {entry}")
    return ExitCode.CLEAN


def retract(
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="Id of a sighting, decision, correction or retraction.")
    ],
    because: Because,
    ledger: opt.Ledger = None,
    lock_wait: opt.LockWait = None,
) -> int:
    """Take an entry out of force. It stays; retracting a retraction puts it into force again."""
    from vesseltrack.cli.ledger_session import ledger_path, moment
    from vesseltrack.ledger.changing import retract as record
    from vesseltrack.ledger.store import writing

    session = start({"ledger": ledger, "lock_wait": lock_wait})
    why = _reason(because)
    with writing(ledger_path(session), session.settings["lock_wait"], begin=False) as connection:
        recorded = record(connection, entry, why, moment())
    _say(session, recorded, f"takes {entry} out of force")
    return ExitCode.CLEAN


def _reason(because: str) -> str:
    if not because.strip():
        raise ConfigurationError("--because: say why.")
    return because.strip()


def _day(text: str) -> str:
    from vesseltrack import config_values

    try:
        return str(config_values.day(text))
    except config_values.UnfitError as why:
        raise ConfigurationError(f"--until: {text!r}: {why}.") from None


def _say(session: Session, recorded: Recorded, what: str) -> None:
    from vesseltrack.text import printable

    known = "" if recorded.new else " (was recorded before)"
    session.write(printable(f"entry {recorded.seq}, {recorded.id}: {what}{known}") + "\n")
