"""The verdict in words, and the caveats that are printed beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.oil.model import Delivery
    from vesseltrack.oil.year import CapStatus, Crossing

NOT_LAWFUL = (
    "Being under the cap makes no delivery lawful: UNSCR 2397 (2017) para 5 allows only supplies notified every 30 "
    "days, to no designated or evading party, for livelihood purposes."
)
"""ruling 2: each verdict below the cap ends with this."""


def verdict(status: CapStatus) -> str:
    """One or two sentences: reached or not on which estimate and when. Analysis without legal effect."""
    year, regime = status.year, status.regime
    total = f"{round(status.estimate.central):,} barrels"
    if regime is None:
        shown = f"{round(status.uncapped.central + status.estimate.central):,} barrels"
        return f"{year}: no cap on refined petroleum was in force; the central estimate of {shown} is shown uncapped."
    if not status.deliveries and status.opening_balance is None:
        return (
            f"{year}: no delivery was found in these sightings, which is not evidence that there was none. {NOT_LAWFUL}"
        )
    share = f"{100 * status.estimate.central / regime.limit_barrels:.0f} % of {regime.limit_barrels:,}"
    full = next(c for c in status.crossings if c.basis == "estimated" and c.percent == 100)
    if full.central is not None:
        return f"{year}: cap exceeded on the central estimate on {full.central} ({total}, {share}){_others(full)}."
    return f"{year}: cap not exceeded on the central estimate ({total}, {share}){_others(full)}. {NOT_LAWFUL}"


def _others(full: Crossing) -> str:
    """What the low and high estimates say."""

    def when(day: date | None, estimate: str) -> str:
        return f"on the {estimate} estimate on {day}" if day is not None else f"not on the {estimate} estimate"

    if full.low is None and full.high is None:
        return "; nor on the low or the high estimate"
    return f"; {when(full.low, 'low')}, {when(full.high, 'high')}"


def caveats(status: CapStatus) -> tuple[str, ...]:
    """What the figures do not show, a sentence each."""
    return tuple(_caveats(status))


def _caveats(status: CapStatus) -> Iterator[str]:
    yield from _coverage(status)
    by_kind: dict[str, list[Delivery]] = {}
    for delivery in status.deliveries:
        by_kind.setdefault(delivery.kind, []).append(delivery)
    if "unidentified" in by_kind:
        found = by_kind["unidentified"]
        doubtful = sum(1 for d in found if not d.in_low)
        note = f"; {doubtful} may be by a ship counted elsewhere and left out of low" if doubtful else ""
        yield f"{_count(found, 'call')} by unidentified ships{note}."
    if "possible" in by_kind:
        yield f"{_count(by_kind['possible'], 'possible delivery', 'possible deliveries')}, in the high estimate only."
    if "coastal" in by_kind:
        yield f"{_count(by_kind['coastal'], 'coastal move')} between DPRK ports: no import, in the high estimate only."
    counted = [d for d in status.deliveries if d.in_cap and d.in_central]
    bare = [d for d in counted if d.why.startswith("call at a DPRK oil port, berth not given")]
    if bare:
        yield f"{_count(bare, 'delivery rests', 'deliveries rest')} on the name of a DPRK port alone, berth not given."
    unknown = sum(1 for d in counted if d.capacity.evidence == "fleet")
    if unknown:
        yield (
            f"Of {len(counted)} deliveries counted, {unknown} {'is by a ship' if unknown == 1 else 'are by ships'} of "
            "unknown size, taken from the fleet."
        )
    if any(d for d in status.deliveries if not d.in_cap):
        yield (
            f"{round(status.uncapped.central):,} barrels (central) lie outside the refined petroleum cap "
            "by date, product or exemption and are not in the estimate."
        )
    if status.opening_balance is not None:
        opening = status.opening_balance
        yield (
            f"{opening.barrels:,} barrels up to {opening.until} are an opening balance, not sightings: "
            f"{opening.because}."
        )
    for state, months in status.reported.missing_months:
        yield f"No report by {state} is known for {_periods(months)}: unknown, not zero."
    yield from status.reported.contradictions


def _count(found: list[Delivery], one: str, many: str = "") -> str:
    return f"{len(found)} {one if len(found) == 1 else many or one + 's'}"


def _periods(months: tuple[str, ...]) -> str:
    """Months of one year in order, runs of them shortened: ``2024-02, 2024-04 to 2024-06``."""
    runs: list[list[str]] = []
    for month in months:
        if runs and int(month[5:]) == int(runs[-1][-1][5:]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _coverage(status: CapStatus) -> Iterator[str]:
    year, first, last = status.year, status.coverage_from, status.coverage_to
    if first is None or last is None:
        yield f"No dated sighting of a tanker of the trade in {year}."
        return
    if (first.month, first.day) != (1, 1):
        yield f"No sightings of tankers of the trade in {year} before {first}."
    if (last.month, last.day) != (12, 31):
        yield f"No sightings of tankers of the trade in {year} after {last}."
    if status.days_observed:
        days = "day" if status.days_observed == 1 else "days"
        yield f"Tankers were sighted on {status.days_observed} {days}; what nobody saw is not counted."
    else:
        yield "Tankers were sighted on no exact day, only in periods; what nobody saw is not counted."
