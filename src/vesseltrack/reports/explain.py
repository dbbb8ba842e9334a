"""How a year's number came about, for somebody who counts no tankers: seven sentences and the three weakest links."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import FILL
from vesseltrack.oil.draws import FACTOR, FILLS, FLEET, SIZES, WEAK
from vesseltrack.reports.wording import count, day, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.capacity import Basis
    from vesseltrack.oil.spread import Spread
    from vesseltrack.oil.year import CapStatus, Driver

WEAKEST = 3
"""Links that are told."""

_RULES = {
    "voyage": "Each cargo counts once, by whatever evidence, on the day it arrived or should have arrived",
    "discharge": "Only calls at DPRK oil ports count, on the day of arrival",
    "load": "Only calls at loading berths count, on the day of loading",
}
_EVIDENCE: tuple[tuple[Basis, str], ...] = (
    ("reported", "a volume that was reported"),
    ("deadweight", "its published deadweight"),
    ("tonnage", "its gross tonnage"),
    ("length", "its length"),
    ("fleet", "what is known of the fleet it sails with"),
)


def explanation(status: CapStatus) -> tuple[str, ...]:
    """How the number came about, a sentence a line; the verdict alone where nothing was counted."""
    counted = [d for d in status.deliveries if d.in_cap and d.in_central]
    if status.regime is None or not counted:
        return (status.verdict,)
    return tuple(_lines(status))


def _lines(status: CapStatus) -> Iterator[str]:
    regime, estimate = status.regime, status.estimate
    counted = [d for d in status.deliveries if d.in_cap and d.in_central]
    limit = regime.limit_barrels if regime is not None else 0
    yield (
        f"By these sightings about {_about(estimate.central)} barrels of refined petroleum reached the DPRK in "
        f"{status.year}, {100 * estimate.central / limit:.0f} % of the yearly cap of {limit:,}; "
        f"very likely between {_about(estimate.low)} and {_about(estimate.high)}."
    )
    named = {d.vessel for d in counted if d.vessel}
    unnamed = sum(not d.vessel for d in counted)
    others = f" and {count(unnamed, 'call')} by ships that nobody could name" if unnamed else ""
    opening = status.opening_balance
    before = f", besides {opening.barrels:,} barrels taken over from {opening.because}" if opening is not None else ""
    yield (
        f"That is {count(len(counted) - unnamed, 'cargo', 'cargoes')} of {count(len(named), 'ship')}{others}, seen on "
        f"{count(status.days_observed, 'day')} ({span(status.coverage_from, status.coverage_to)}){before}; "
        "what nobody saw is not in it."
    )
    rule, *alternatives = status.counting
    beside = " and ".join(f"{_about(one.estimate.central)} by {one.rule}s alone" for one in alternatives)
    yield f"{_RULES[rule.rule]}; other ways of counting give {beside}."
    by_evidence = Counter(d.capacity.evidence for d in counted)
    sizes = [f"{words} ({by_evidence[name]})" for name, words in _EVIDENCE if by_evidence[name]]
    yield f"What a ship can hold is told by {', '.join(sizes)}; tonnes become barrels at the UN Committee's rates."
    yield f"How full the ships were nobody saw: {_fill(status.assumptions.fill)}."
    chance = f"{100 * (status.probability_exceeded or 0):.0f}"
    yield (
        f"Sizes, fills, rates and dates were drawn {status.draws:,} times within their ranges: in 5 draws of 100 the "
        f"total is below the low figure, in 5 above the high one, and in {chance} of 100 the cap is reached."
        + ("" if estimate.central >= limit else " Being under the cap makes no delivery lawful.")
    )
    yield f"{_reported(status)} {_flip(status)}"


def weakest_links(status: CapStatus, as_of: date | None) -> tuple[str, ...]:
    """What the number depends on most, the largest first, by the barrels at stake."""
    found = sorted(_links(status, as_of), key=lambda link: (-link[0], link[1]))
    return tuple(text for barrels, text in found[:WEAKEST] if barrels >= 1)


def _links(status: CapStatus, as_of: date | None) -> Iterator[tuple[float, str]]:
    counted = [d for d in status.deliveries if d.in_cap and d.in_central]
    words = {
        FILLS: "How full the ships were is an assumption",
        FACTOR: "The product, and so the barrels in a tonne, is not known",
        SIZES: "The sizes of ships told by deadweight, tonnage or length are not exact",
        FLEET: f"The size of the ship is unknown in {sum(d.capacity.evidence == 'fleet' for d in counted)} of "
        f"{len(counted)} deliveries and is taken from its fleet",
        WEAK: f"{count(sum(d.in_cap and not d.in_central for d in status.deliveries), 'doubtful call')} may have been "
        "deliveries or not",
    }
    for one in status.drivers:
        if one.low is not None and one.high is not None:
            yield one.high - one.low, f"{words[one.assumption]}: the total would be {_between(one)}."
    alone = [d for d in counted if len(d.sightings) == 1]
    if alone:
        barrels = sum(d.barrels.central for d in alone)
        rest = f"{len(alone)} of {len(counted)} deliveries rest on one sighting each"
        yield barrels / 2, f"{rest}, together {_about(barrels)} barrels."
    unseen = _unseen(status, as_of)
    if unseen is not None:
        yield unseen


def _between(one: Driver) -> str:
    return f"{_about(one.low or 0)} at one end of what is plausible and {_about(one.high or 0)} at the other"


def _unseen(status: CapStatus, as_of: date | None) -> tuple[float, str] | None:
    """What the days outside the coverage would hold at the rate within it."""
    first, last, regime = status.coverage_from, status.coverage_to, status.regime
    if first is None or last is None or regime is None:
        return None
    begin = regime.first if status.opening_balance is None else status.opening_balance.until + timedelta(days=1)
    end = min(regime.last, max(as_of or last, last))
    outside = max(0, (first - begin).days) + max(0, (end - last).days)
    opening = status.opening_balance.barrels if status.opening_balance is not None else 0
    barrels = (status.estimate.central - opening) / ((last - first).days + 1) * outside
    return barrels, (
        f"Nobody looked on {count(outside, 'day')} of the year, before {day(first)} or after {day(last)}: at the rate "
        f"seen between, they would add about {_about(barrels)} barrels."
    )


def _fill(fill: Spread) -> str:
    if fill == FILL:
        return (
            "published estimates take them from one third full to entirely full, and so does this one, with the middle "
            "at three quarters"
        )
    if fill.known:
        return f"they were taken to be {100 * fill.central:.0f} % full, as the user asked"
    return f"they were taken to be {100 * fill.low:.0f} to {100 * fill.high:.0f} % full, as the user asked"


def _reported(status: CapStatus) -> str:
    if status.reported.barrels is None:
        return "What States reported to the UN for the year is not known."
    return (
        f"States reported {status.reported.barrels:,} barrels to the UN, a figure of another kind that is never added."
    )


def _flip(status: CapStatus) -> str:
    flip = status.flip
    reached = status.regime is not None and status.estimate.central >= status.regime.limit_barrels
    other = "the cap would not be reached" if reached else "the cap would be reached"
    ways = [text for text in (flip.assumption, flip.sighting) if text] if flip is not None else []
    if not ways:
        return f"No single assumption or sighting, changed within what is plausible, would say that {other}."
    ways[0] = ways[0][0].upper() + ways[0][1:]
    return f"{', or '.join(ways)}, {other}."


def _about(barrels: float) -> str:
    """Three figures at most: more would be a precision that nobody has."""
    whole = round(barrels)
    digits = len(str(abs(whole))) - 3
    return f"{round(whole, -digits) if digits > 0 else whole:,}"
