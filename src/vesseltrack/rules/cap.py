"""VT41x and VT42x: shares of the cap reached. Reported and estimated volumes are two families, never merged."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import finding_id
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.year import CapStatus, Crossing
    from vesseltrack.sightings.schema import SightingRef

CAP = ("UNSCR 2397 (2017) para 5",)


def _crossings(evidence: Evidence, basis: str, percent: int) -> Iterator[tuple[CapStatus, Crossing, date]]:
    for status in evidence.cap:
        for crossing in status.crossings:
            if crossing.basis == basis and crossing.percent == percent and crossing.central is not None:
                yield status, crossing, crossing.central


def _cap_finding(
    status: CapStatus, rule: str, severity: Severity, title: str, day: date, sightings: tuple[SightingRef, ...]
) -> Finding:
    regime = status.regime
    return Finding(
        id=finding_id(rule, regime.id if regime else "", str(status.year)),
        rule=rule, severity=severity, title=title, identity=None, place=None, lat=None, lon=None,
        observed_from=datetime.combine(day, time.min), observed_to=datetime.combine(day, time(23, 59, 59)),
        ais_status="unknown", measures=(), listings=(),
        legal_basis=regime.legal_basis if regime else CAP, sightings=sightings,
    )  # fmt: skip


def reported_at(percent: int, rule: str, severity: Severity, evidence: Evidence) -> Iterator[Finding]:
    """Volumes notified to the Committee reached a notice."""
    for status, _, day in _crossings(evidence, "reported", percent):
        stop = "; States must stop" if percent == 95 else ""
        title = (
            f"{status.year}: volumes reported by States reached {percent} % of the cap by {day}: "
            f"a Secretary's notice was due{stop}{_under_other_rates(status, percent, day)}"
        )
        yield _cap_finding(status, rule, severity, title, day, ())


def _under_other_rates(status: CapStatus, percent: int, day: date) -> str:
    """Under which rates of conversion volumes notified in tonnes reached the share on another day, or not."""
    rates = [(f"{one.rate.barrels_per_tonne:g}", dict(one.due).get(percent)) for one in status.reported.notices]
    never = [rate for rate, on in rates if on is None]
    other = [f"by {on} at {rate}" for rate, on in rates if on is not None and on != day]
    said = [*other, f"not at {', '.join(never)}"] if never else other
    return f" (tonnes at {rates[0][0]} barrels; {', '.join(said)})" if said else ""


def estimated_at(percent: int, rule: str, severity: Severity, evidence: Evidence) -> Iterator[Finding]:
    """Estimated volume reached a share of the cap."""
    for status, crossing, day in _crossings(evidence, "estimated", percent):
        refs = {ref for d in status.deliveries if d.in_cap and d.counted_on <= day for ref in d.sightings}
        low = f"on {crossing.low}" if crossing.low else "not"
        high = f"on {crossing.high}" if crossing.high else "not"
        title = (
            f"{status.year}: the estimated volume reached {percent} % of the cap on {day} "
            f"(low estimate: {low}; high: {high}); analysis without legal effect"
        )
        yield _cap_finding(status, rule, severity, title, day, tuple(sorted(refs)))


_NOTICE = (
    "The 1718 Committee's Secretary notifies all Member States when the volumes that States reported reach this share "
    "of 500,000 barrels. The notice follows reports, not estimates. Rows of data/reported.csv and --reported, tonnes "
    "at 8.33 barrels; the title says where another rate of data/conversion_rates.csv decides otherwise."
)
_ESTIMATE = (
    "The central estimate of this program reached this share of the cap. Analysis without legal effect: notices and "
    "the stop follow reported volumes only."
)


def _reported_rule(code: str, percent: int, severity: Severity) -> Rule:
    return Rule(
        code, f"Reported volume at {percent} % of the cap", severity.label, CAP, _NOTICE,
        partial(reported_at, percent, code, severity),
    )  # fmt: skip


def _estimated_rule(code: str, percent: int, severity: Severity) -> Rule:
    return Rule(
        code, f"Estimated volume at {percent} % of the cap", severity.label, CAP, _ESTIMATE,
        partial(estimated_at, percent, code, severity),
    )  # fmt: skip


RULES = (
    _reported_rule("VT411", 75, Severity.INFO),
    _reported_rule("VT412", 90, Severity.LOW),
    _reported_rule("VT413", 95, Severity.HIGH),
    _estimated_rule("VT421", 75, Severity.LOW),
    _estimated_rule("VT422", 90, Severity.MEDIUM),
    _estimated_rule("VT423", 95, Severity.MEDIUM),
    _estimated_rule("VT424", 100, Severity.HIGH),
)
