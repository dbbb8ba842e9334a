"""How a year's number came about, for somebody who counts no tankers: seven sentences and the three weakest links."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import FILL
from vesseltrack.oil.coverage import PROJECTION_LEAST_DAYS, WIDEST_COVERAGE
from vesseltrack.oil.draws import FACTOR, FILLS, FLEET, SIZES, WEAK
from vesseltrack.reports.wording import chance, count, day, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.capacity import Basis
    from vesseltrack.oil.spread import Spread
    from vesseltrack.oil.year import CapStatus, Driver

WEAKEST = 3
"""Links that are told."""

_RULES = {
    "voyage": "Each delivery counts once, whether its loading, its landing or both were seen",
    "discharge": "Only landings in the DPRK count, as the UN Panel of Experts counted",
    "load": "Only loadings count, as the Open Source Centre counted",
}
_EVIDENCE: tuple[tuple[Basis, str], ...] = (
    ("reported", "a reported volume ({} of them)"),
    ("deadweight", "the weight that the ship can carry, its deadweight ({})"),
    ("tonnage", "its gross tonnage ({})"),
    ("length", "its length ({})"),
    ("fleet", "or, where nothing is known of the ship, what ships on its route can hold ({})"),
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
    under = round(estimate.central) < limit
    yield (
        f"By these sightings about {_about(estimate.central)} barrels of refined petroleum reached the DPRK in "
        f"{status.year}: {100 * estimate.central / limit:.0f} % of the yearly cap of {limit:,}. In 95 of 100 plausible "
        f"combinations it is under {_about(estimate.high)}; what is beyond doubt alone is over "
        f"{_about(estimate.low)} in as many."
    )
    reached = chance(status.probability_exceeded or 0.0)
    yield (
        f"The cap was reached in {reached} of {status.draws:,} plausible combinations "
        "of ship sizes, fills, barrels in a tonne and doubtful calls that were tried."
        + (" Being under the cap makes no delivery lawful: the UN must be told of each." if under else "")
    )
    named, unnamed = {d.vessel for d in counted if d.vessel}, sum(not d.vessel for d in counted)
    parts = [f"{len(counted) - unnamed} by {count(len(named), 'ship')} with a name"] if named else []
    parts += [f"{unnamed} by ships that nobody could name"] if unnamed else []
    opening = status.opening_balance
    before = (
        f"; {opening.barrels:,} barrels up to {opening.until} come from elsewhere ({opening.because})"
        if opening is not None
        else ""
    )
    yield (
        f"Counted: {count(len(counted), 'delivery', 'deliveries')}, {' and '.join(parts)}{before}. {_looked(status)}; "
        "what nobody saw is not in the number."
    )
    rule, *alternatives = status.counting
    beside = " and ".join(f"by {one.rule} alone {_about(one.estimate.central)}" for one in alternatives)
    yield f"{_RULES[rule.rule]}; counted otherwise, which leaves out or adds some, it would be {beside} barrels."
    by_evidence = Counter(d.capacity.evidence for d in counted)
    sizes = [words.format(by_evidence[name]) for name, words in _EVIDENCE if by_evidence[name]]
    yield f"How much the ships can hold is told, delivery by delivery, by {', '.join(sizes)}."
    rate = status.assumptions.barrels_per_tonne
    tonne = "8.33 barrels, the UN Committee's own figure" if rate is None else f"{rate:g} barrels, as the user asked"
    yield (
        f"How full the ships were nobody saw: {_fill(status.assumptions.fill)}. Where the product is not known, a "
        f"tonne is {tonne}."
    )
    yield f"{_reported(status)} {_flip(status)}"


def weakest_links(status: CapStatus, as_of: date | None) -> tuple[str, ...]:
    """What the number depends on most, the largest first, by the barrels at stake."""
    found = sorted(_links(status, as_of), key=lambda link: (-link[0], link[1]))
    return tuple(text for barrels, text in found[:WEAKEST] if barrels >= 1)


def _links(status: CapStatus, as_of: date | None) -> Iterator[tuple[float, str]]:
    counted = [d for d in status.deliveries if d.in_cap and d.in_central]
    words = {
        FILLS: "How full the ships were is an assumption: were all of them rather empty, or all rather full, which is "
        "unlikely",
        FACTOR: "The product is not known: were all of it heavy fuel oil, or all gasoline, which is unlikely",
        SIZES: "What ships of known deadweight, tonnage or length hold is not exact: were all smaller, or all larger, "
        "which is unlikely",
        FLEET: f"The size of the ship is unknown in {sum(d.capacity.evidence == 'fleet' for d in counted)} of "
        f"{len(counted)} deliveries: were all of them small for their route, or all large, which is "
        "unlikely",
        WEAK: f"{count(sum(d.in_cap and not d.in_central for d in status.deliveries), 'doubtful call')} may have been "
        "deliveries or not",
    }
    for one in status.drivers:
        if one.low is not None and one.high is not None:
            yield one.high - one.low, f"{words[one.assumption]}, the total would be {_between(one)}."
    alone = [d for d in counted if len(d.sightings) == 1]
    if alone:
        barrels = sum(d.barrels.central for d in alone)
        rest = f"{len(alone)} of {len(counted)} deliveries rest on one sighting each"
        yield barrels / 2, f"{rest}: were half of them mistaken, about {_about(barrels / 2)} barrels would fall away."
    unseen = _unseen(status, as_of)
    if unseen is not None:
        yield unseen


def _between(one: Driver) -> str:
    return f"about {_about(one.low or 0)} or {_about(one.high or 0)} barrels"


def _unseen(status: CapStatus, as_of: date | None) -> tuple[float, str] | None:
    """What the days outside the coverage would hold at the rate within it."""
    first, last, regime = status.coverage_from, status.coverage_to, status.regime
    if first is None or last is None or regime is None:
        return None
    begin = regime.first if status.opening_balance is None else status.opening_balance.until + timedelta(days=1)
    end = min(regime.last, max(as_of or last, last))
    outside = max(0, (first - begin).days) + max(0, (end - last).days)
    between = [
        d for d in status.deliveries
        if d.in_cap and d.in_central and first <= d.earliest and d.latest - d.earliest <= WIDEST_COVERAGE
    ]  # fmt: skip
    barrels = sum(d.barrels.central for d in between) / ((last - first).days + 1) * outside
    days = f"Nobody looked on {count(outside, 'day')} of the year, before {day(first)} or after {day(last)}"
    if (last - first).days + 1 < PROJECTION_LEAST_DAYS:
        return barrels, f"{days}: the days between are too few to tell what these would add."
    return barrels, f"{days}: at the rate of what was dated between, they would add about {_about(barrels)} barrels."


def _looked(status: CapStatus) -> str:
    """On how many days somebody looked, as far as that is known."""
    when = span(status.coverage_from, status.coverage_to)
    if not status.days_observed:
        return f"It is not known on which days somebody looked ({when})"
    return f"Somebody looked on {count(status.days_observed, 'day')} ({when})"


def _fill(fill: Spread) -> str:
    if fill == FILL:
        return "published studies say from one third full to entirely full, and the middle value here is three quarters"
    if fill.known:
        return f"they were taken to be {100 * fill.central:.0f} % full, as the user asked"
    return f"they were taken to be {100 * fill.low:.0f} to {100 * fill.high:.0f} % full, as the user asked"


def _reported(status: CapStatus) -> str:
    if status.reported.barrels is None:
        return "What States reported to the UN for the year is not known."
    return (
        f"States reported {status.reported.barrels:,} barrels to the UN; some of it may be the same oil, so the two "
        "are set side by side and never added."
    )


def _flip(status: CapStatus) -> str:
    flip = status.flip
    reached = status.regime is not None and round(status.estimate.central) >= status.regime.limit_barrels
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
