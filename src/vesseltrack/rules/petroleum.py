"""VT40x: tankers of the trade at oil facilities, and what they delivered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import (
    ADOPTED,
    basis_of,
    call_finding,
    finding,
    listings_on,
    measures_on,
    sightings_of,
    when,
    where,
    who,
)
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import CallKind

REFINED = ("UNSCR 2397 (2017) para 5",)
"""From 1 January 2018; until then 2375 para 14."""

SERVICES = ("UNSCR 2321 (2016) para 22", "UNSCR 2397 (2017) paras 11-12")
"""No insurance of DPRK-owned ships; no insurance, classification or registration of ships involved in evasion."""

CAPPED_BY_2397 = date(2018, 1, 1)

REPORTING_STATES = {"RU": "Russia", "CN": "China"}
"""States whose reports to the 1718 Committee are in data/reported.csv, by country code."""


def _refined(day: date) -> tuple[str, ...]:
    """Paragraph on refined petroleum in force on a day; empty before there was one."""
    if day >= CAPPED_BY_2397:
        return REFINED
    return ("UNSCR 2375 (2017) para 14",) if day >= ADOPTED["2375 (2017)"] else ()


def _calls(evidence: Evidence, kind: CallKind, rule: str, severity: Severity, words: str) -> Iterator[Finding]:
    for call in evidence.calls:
        known = evidence.kinds.get(call.ship)
        if call.kind == kind and known is not None and known.oil:
            basis = (*_refined(call.start.date()), *SERVICES, *basis_of(listings_on(call.identity, call.end.date())))
            yield call_finding(evidence, rule, severity, call, f"{words} {where(call)},", basis)


def at_loading_facility(evidence: Evidence) -> Iterator[Finding]:
    """Trade tanker at a loading facility."""
    yield from _calls(evidence, "load", "VT401", Severity.MEDIUM, "at a loading place,")


def at_dprk_facility(evidence: Evidence) -> Iterator[Finding]:
    """Trade tanker at a DPRK oil facility."""
    yield from _calls(evidence, "discharge", "VT402", Severity.LOW, "where the DPRK lands oil,")


def delivery_by_designated(evidence: Evidence) -> Iterator[Finding]:
    """Delivery carried by a designated ship: a breach at barrel 1."""
    for delivery in evidence.deliveries:
        if not delivery.designated or delivery.kind == "coastal" or delivery.identity is None:
            continue
        seen = [seen for call in delivery.calls for seen in sightings_of(evidence, call)]
        day = max(s.start for s in seen if listings_on(s.identity, s.start.date())).date()
        listings = listings_on(delivery.identity, day)
        possible = delivery.kind == "possible"
        title = (
            f"{'Possible delivery' if possible else 'Delivery'} by the designated ship {who(delivery.identity)}, "
            f"{when(seen)}: {round(delivery.capacity.central):,} barrels at full capacity "
            f"({round(delivery.capacity.low):,} to {round(delivery.capacity.high):,}), "
            f"{round(delivery.barrels.central):,} in the central estimate"
        )
        severity = Severity.MEDIUM if possible else Severity.HIGH
        yield finding(
            "VT403", severity, title, seen, (*_refined(day), *SERVICES, *basis_of(listings)),
            measures=measures_on(listings, day), listings=listings, identity=delivery.identity,
            subject=f"{delivery.identity.key} {delivery.id}",
        )  # fmt: skip


def unreported_month(evidence: Evidence) -> Iterator[Finding]:
    """Delivery loaded in a State that filed no report for the month."""
    missing = {
        (state, month)
        for status in evidence.cap
        for state, months in status.reported.missing_months
        for month in months
    }
    for delivery in evidence.deliveries:
        state, day = REPORTING_STATES.get(delivery.state), delivery.counted_on
        if (state, f"{day:%Y-%m}") in missing and delivery.kind not in {"coastal", "possible"}:
            seen = [seen for call in delivery.calls for seen in sightings_of(evidence, call)]
            seen = seen or [evidence.by_row[row] for row in delivery.rows]
            ship = delivery.vessel or "An unidentified tanker"
            title = f"{ship} loaded in {state}; no report by {state} is known for {day:%Y-%m}"
            yield finding(
                "VT404", Severity.INFO, title, seen, _refined(day), identity=delivery.identity, subject=delivery.id
            )


RULES = (
    Rule(
        "VT401", "Trade tanker at a loading facility", "medium", REFINED,
        "A tanker that is DPRK-flagged, has an MMSI of the DPRK, is in the register, or is seen at a DPRK oil "
        "facility, called at a place where oil for the DPRK is loaded.",
        at_loading_facility,
    ),
    Rule(
        "VT402", "Trade tanker at a DPRK oil facility", "low", REFINED,
        "The same kind of tanker berthed at a DPRK oil facility. An anchorage alone is no delivery.", at_dprk_facility,
    ),
    Rule(
        "VT403", "Delivery by a designated ship", "high; medium for a possible delivery", REFINED,
        "Supplies may involve no designated party. A delivery carried by a designated ship is a finding from the first "
        "barrel, under the cap or over it.",
        delivery_by_designated,
    ),
    Rule(
        "VT404", "Delivery in a month without a report", "info", REFINED,
        "Supplies must be notified every 30 days. For the month of this delivery no report of the supplier State is "
        "known to data/reported.csv or --reported; it may exist.",
        unreported_month,
    ),
)  # fmt: skip
