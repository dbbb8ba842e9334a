"""VT2xx: AIS switched off. An indicator, not a breach: SOLAS V/19 lets a master switch off for safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import finding, listings_on, measures_on, raised, sightings_of, when, where, who
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
    """Info outside the trade; for a ship of the trade as given, one higher when designated (SEMANTICS 7)."""
    if listings_on(call.identity, call.start.date()):
        return raised(of_trade)
    kind = evidence.kinds.get(call.ship)
    return of_trade if kind is not None and kind.trade else Severity.INFO


def _findings(evidence: Evidence, rule: str, statuses: set[str], words: str, of_trade: Severity) -> Iterator[Finding]:
    for call in evidence.calls:
        if not (place_of_trade(call) and statuses & call.ais):
            continue
        seen = sightings_of(evidence, call)
        day = call.start.date()
        listings = listings_on(call.identity, day)
        title = f"{who(call.identity)} {words} at {where(call)} {when(seen)}"
        yield finding(
            rule, _severity(evidence, call, of_trade), title, seen, SOLAS,
            measures=measures_on(listings, day), listings=listings, identity=call.identity,
        )  # fmt: skip


def off_at_place_of_trade(evidence: Evidence) -> Iterator[Finding]:
    """AIS off at a loading, discharge or transfer place."""
    yield from _findings(evidence, "VT201", {"off"}, "had its AIS off", Severity.MEDIUM)


def on_and_off(evidence: Evidence) -> Iterator[Finding]:
    """AIS on and off around a call."""
    for found in _findings(evidence, "VT202", {"intermittent"}, "had its AIS on and off", Severity.LOW):
        yield found
    for call in evidence.calls:
        if place_of_trade(call) and {"on", "off"} <= call.ais and "intermittent" not in call.ais:
            seen = sightings_of(evidence, call)
            day = call.start.date()
            listings = listings_on(call.identity, day)
            title = f"{who(call.identity)} had its AIS on and off at {where(call)} {when(seen)}"
            yield finding(
                "VT202", _severity(evidence, call, Severity.LOW), title, seen, SOLAS,
                measures=measures_on(listings, day), listings=listings, identity=call.identity,
            )  # fmt: skip


def spoofed(evidence: Evidence) -> Iterator[Finding]:
    """AIS positions or identity falsified."""
    for call in evidence.calls:
        kind = evidence.kinds.get(call.ship)
        if "spoofed" in call.ais and (place_of_trade(call) or (kind is not None and kind.trade)):
            seen = sightings_of(evidence, call)
            day = call.start.date()
            listings = listings_on(call.identity, day)
            title = f"{who(call.identity)} sent falsified AIS, {where(call)}, {when(seen)}"
            yield finding(
                "VT203", _severity(evidence, call, Severity.MEDIUM), title, seen, SOLAS,
                measures=measures_on(listings, day), listings=listings, identity=call.identity,
            )  # fmt: skip


def off_elsewhere(evidence: Evidence) -> Iterator[Finding]:
    """AIS off or on and off of a ship of the trade away from the trade's places."""
    for call in evidence.calls:
        kind = evidence.kinds.get(call.ship)
        if place_of_trade(call) or kind is None or not kind.trade or not {"off", "intermittent"} & call.ais:
            continue
        seen = sightings_of(evidence, call)
        day = call.start.date()
        listings = listings_on(call.identity, day)
        title = f"{who(call.identity)} had its AIS off or interrupted, {where(call)}, {when(seen)}"
        yield finding(
            "VT204", _severity(evidence, call, Severity.INFO), title, seen, SOLAS,
            measures=measures_on(listings, day), listings=listings, identity=call.identity,
        )  # fmt: skip


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
