"""The file of decisions: ``--decisions``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from vesseltrack.cases.own_table import SHIP_HEADERS, Kind, Unusable, made_of, read_own_table, ship_of
from vesseltrack.oil.decisions import Decision, DecisionKind
from vesseltrack.sightings.dates import Unreadable, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from vesseltrack.cases.own_table import OwnTable
    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.vessels.register import Register

_HEADERS = SHIP_HEADERS | {
    "decision": ("decision", "decided", "kind", "verdict"),
    "delivery": ("delivery", "deliveryid", "id"),
    "date": ("date", "dates", "period", "day"),
    "port": ("port", "place"),
    "because": ("because", "reason", "why"),
    "reference": ("reference", "committeereference", "ref"),
    "until": ("until", "validuntil", "expires"),
}
KIND = Kind(
    "--decisions",
    "decision (disproved or exempt), because, and a delivery's id or a ship (name, imo, mmsi), date and port "
    "(reference, until)",
    _HEADERS,
    lambda fields: {"decision", "because"} <= fields and bool(fields & {"delivery", "date"}),
    frozenset({"decision", "because"}),
)
_MEANINGS = {
    "disproved": "disproved", "disprove": "disproved", "false positive": "disproved", "no delivery": "disproved",
    "exempt": "exempt", "exemption": "exempt", "exempted": "exempt", "humanitarian exemption": "exempt",
}  # fmt: skip


def read_decisions(path: Path) -> OwnTable:
    """Read the file. Raises ConfigurationError where it cannot be used."""
    return read_own_table(path, KIND)


def decisions_of(table: OwnTable, register: Register, gazetteer: Gazetteer) -> tuple[Decision, ...]:
    """The decisions, in the order of the file. Raises ConfigurationError where a row cannot be used."""

    def decision(row: Mapping[str, str], where: str) -> Decision:
        kind = _MEANINGS.get(row["decision"].lower().replace("_", " ").replace("-", " "))
        if kind is None:
            raise Unusable(f"decision {row['decision']!r} is neither disproved nor exempt")
        if not row["because"]:
            raise Unusable("has no reason: say why in the column because")
        if kind == "exempt" and not row["reference"]:
            raise Unusable("is an exemption without the Committee's reference: give it in the column reference")
        made = Decision(
            cast("DecisionKind", kind), row["because"], row["reference"], where, until=_until(row["until"])
        )  # fmt: skip
        return _about(made, row, register, gazetteer)

    return made_of(table, decision)


def recorded_decisions(recorded: Iterable[LedgerDecision]) -> tuple[Decision, ...]:
    """Those decisions of the ledger that change what is counted: calls disproved, deliveries exempt."""
    made = []
    for one in recorded:
        if one.how in ("disproved", "exempt"):
            where = f"ledger {one.entry[:12]}"
            decision = Decision(one.how, one.because, one.reference, where, until=one.until)
            made.append(replace(decision, delivery=one.about) if one.ship is None else _of_ship(decision, one.ship))
    return tuple(made)


def _of_ship(decision: Decision, ship: Mapping[str, str]) -> Decision:
    """The decision about the calls of the ship of a finding, at its place and in its time."""
    return replace(
        decision,
        ship=ship["key"] or None,
        name=ship["name"],
        port=ship["port"],
        start=datetime.fromisoformat(ship["from"]),
        end=datetime.fromisoformat(ship["to"]),
    )


def _about(decision: Decision, row: Mapping[str, str], register: Register, gazetteer: Gazetteer) -> Decision:
    """The decision with what it is about."""
    if row["delivery"]:
        return replace(decision, delivery=row["delivery"])
    when = parse_date(row["date"])
    if isinstance(when, Unreadable):
        raise Unusable(f"date {row['date']!r}: {when.reason}")
    port = ""
    if row["port"]:
        place = gazetteer.find(row["port"]).port
        if place is None:
            raise Unusable(f"port {row['port']!r} is not in the gazetteer; see vesseltrack ports list")
        port = place.name
    named = row["name"] or row["imo"] or row["mmsi"]
    if not named and not port:
        raise Unusable("names neither a delivery nor a ship nor a port")
    who = ship_of(row, register) if named else None
    return replace(
        decision,
        ship=who.key if who is not None else None,
        name=named,
        port=port,
        start=when.start,
        end=when.end,
    )


def _until(text: str) -> date | None:
    if not text:
        return None
    when = parse_date(text)
    if isinstance(when, Unreadable):
        raise Unusable(f"until {text!r}: {when.reason}")
    return when.end.date()
