"""VT2xx: AIS switched off. An indicator, not a breach: SOLAS V/19 lets a master switch off for safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import call_finding, listed_sightings, raised, where
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import PortCall

SOLAS = ("SOLAS chapter V regulation 19",)

TRADE_ROLES = frozenset({"oil_loading", "oil_supply", "oil_discharge", "munitions", "transfer_area"})
"""Roles of the ports at which the trade loads, discharges or transfers."""


def place_of_trade(call: PortCall) -> bool:
    """A loading, discharge or transfer place, or a transfer at sea."""
    return call.kind == "receipt" or (call.port is not None and bool(TRADE_ROLES & set(call.port.roles)))


def _severity(evidence: Evidence, call: PortCall, of_trade: Severity) -> Severity:
    """Info outside the trade; for a ship of the trade as given, one higher when designated (ruling 7)."""
    if listed_sightings(evidence, call):
        return raised(of_trade)
    return of_trade if _of_trade(evidence, call) else Severity.INFO


def _of_trade(evidence: Evidence, call: PortCall) -> bool:
    kind = evidence.kinds.get(call.ship)
    return kind is not None and kind.trade


def _at_places_of_trade(evidence: Evidence) -> Iterator[PortCall]:
    return (call for call in evidence.calls if place_of_trade(call))


def off_at_place_of_trade(evidence: Evidence) -> Iterator[Finding]:
    """AIS off at a loading, discharge or transfer place."""
    for call in _at_places_of_trade(evidence):
        if "off" in call.ais:
            severity = _severity(evidence, call, Severity.MEDIUM)
            yield call_finding(evidence, "VT201", severity, call, f"had its AIS off at {where(call)}", SOLAS)


def on_and_off(evidence: Evidence) -> Iterator[Finding]:
    """AIS on and off around a call."""
    for call in _at_places_of_trade(evidence):
        if "intermittent" in call.ais or {"on", "off"} <= call.ais:
            severity = _severity(evidence, call, Severity.LOW)
            yield call_finding(evidence, "VT202", severity, call, f"had its AIS on and off at {where(call)}", SOLAS)


def spoofed(evidence: Evidence) -> Iterator[Finding]:
    """AIS positions or identity falsified."""
    for call in evidence.calls:
        if "spoofed" in call.ais and (place_of_trade(call) or _of_trade(evidence, call)):
            severity = _severity(evidence, call, Severity.MEDIUM)
            yield call_finding(evidence, "VT203", severity, call, f"sent falsified AIS, {where(call)},", SOLAS)


def off_elsewhere(evidence: Evidence) -> Iterator[Finding]:
    """AIS off or on and off of a ship of the trade away from the trade's places."""
    for call in evidence.calls:
        if not place_of_trade(call) and _of_trade(evidence, call) and {"off", "intermittent"} & call.ais:
            severity = _severity(evidence, call, Severity.INFO)
            words = f"had its AIS off or interrupted, {where(call)},"
            yield call_finding(evidence, "VT204", severity, call, words, SOLAS)


_NO_BREACH = (
    "AIS off is an indicator, not a breach: SOLAS V/19 binds ships of 300 gross tonnage and more and lets a master "
    "switch off for safety. In imagery 'off' means that no AIS signal was matched. An unknown status never fires."
)

RULES = (
    Rule(
        "VT201", "AIS off at a place of the trade",
        "medium for a ship of the trade, high when designated, info for others", SOLAS, _NO_BREACH,
        off_at_place_of_trade,
    ),
    Rule(
        "VT202", "AIS on and off around a call",
        "low for a ship of the trade, medium when designated, info for others", SOLAS, _NO_BREACH, on_and_off,
    ),
    Rule(
        "VT203", "AIS falsified",
        "medium for a ship of the trade, high when designated, info for others", SOLAS,
        "Positions or identity sent by AIS contradict what was seen.", spoofed,
    ),
    Rule(
        "VT204", "AIS off away from the trade's places", "info; low when designated", SOLAS, _NO_BREACH, off_elsewhere,
    ),
)  # fmt: skip
