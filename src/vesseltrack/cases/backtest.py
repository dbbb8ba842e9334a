"""The published estimates, recomputed: each goes through the account as sightings, as a user's own would."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from itertools import cycle
from math import isclose
from typing import TYPE_CHECKING, Protocol

from vesseltrack import __version__, reference
from vesseltrack.cases.examine import examine
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.oil.account import REFERENCE
from vesseltrack.oil.backtest import FILE, Comparison, capacities_per_call, load_published
from vesseltrack.oil.year import OpeningBalance
from vesseltrack.reports.case import Backtest
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vesseltrack.oil.backtest import How, Published
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.vessels.register import Register

EXAMPLE = "examples/vostochny-2024.csv"
LOADED = ("voyage", "load")
"""Deliveries of ships that were seen loading."""


class Count(Protocol):
    """Counts sightings, written as CSV, and sets the year against its cap."""

    def __call__(self, sightings: Iterable[str], year: int, opening: OpeningBalance | None = None) -> CapStatus:
        """Lines of a CSV file into a year."""


def backtest(register: Register, gazetteer: Gazetteer) -> Backtest:
    """Recompute every published estimate from the bundled data; no clock and no setting has a part in it."""
    as_of = date.fromisoformat(reference.DATA_VERSION)

    def count(sightings: Iterable[str], year: int, opening: OpeningBalance | None = None) -> CapStatus:
        case = examine(
            ["-"],
            settings=CaseSettings(years=(year,), opening_balance=opening),
            register=register,
            gazetteer=gazetteer,
            today=as_of,
            stdin=BytesIO("\n".join(sightings).encode()),
        )
        return case.years[0]

    published = load_published()
    known = {row.id: row for row in published}
    used = (FILE, EXAMPLE, *REFERENCE)
    return Backtest(
        program_version=__version__,
        data_version=reference.DATA_VERSION,
        as_of=as_of,
        lists=register.lists,
        reference=tuple(dict.fromkeys((*register.reference, *gazetteer.reference, *reference.used(*used)))),
        estimates=tuple(WAYS[row.how](row, known, count) for row in published),
        capacities=tuple(_one_call(row, known, count) for row in capacities_per_call(published)),
    )


def calls(row: Published, each: float | None = None, number: int | None = None) -> tuple[str, ...]:
    """Sightings of tankers at Nampo in the period of a row; without ``each`` barrels, of unknown size."""
    number = row.calls if number is None else number
    volume = "" if each is None else f"{each * number:.3f}"
    return ("date,type,count,port,barrels", f"{row.period},tanker,{number},Nampo,{volume}")


def at_fill(status: CapStatus, fill: float) -> int:
    """Barrels of the scenario with that fill."""
    return next(scenario.barrels for scenario in status.scenarios if isclose(scenario.fill, fill, abs_tol=1e-4))


def _same_source(row: Published, known: Mapping[str, Published], count: Count) -> Comparison:
    base = known[row.from_row]
    computed = at_fill(count(calls(row, base.full_capacity / row.calls), row.first.year), row.share)
    why = (
        f"from the same source, {base.scenario}: {barrels(base.barrels)} barrels make a full capacity of "
        f"{barrels(base.full_capacity)} over {row.calls} calls, which were counted at this fill"
    )
    return Comparison(row, computed, None, None, _noted(why, row))


def _flat(row: Published, _: Mapping[str, Published], count: Count) -> Comparison:
    computed = at_fill(count(calls(row, row.flat), row.first.year), row.share)
    return Comparison(row, computed, None, None, _noted(f"{row.calls} calls of {barrels(row.flat)} barrels each", row))


def _fleet(row: Published, _: Mapping[str, Published], count: Count) -> Comparison:
    status = count(calls(row), row.first.year)
    capacities = [delivery.capacity for delivery in status.deliveries]
    low, high = (round(row.share * sum(part)) for part in zip(*((c.low, c.high) for c in capacities), strict=True))
    why = (
        f"{row.calls} calls at Nampo by ships of {capacities[0].basis}, {barrels(capacities[0].central)} barrels each "
        f"({barrels(capacities[0].low)} to {barrels(capacities[0].high)}), at this fill"
    )
    return Comparison(row, at_fill(status, row.share), low, high, _noted(why, row))


def _one_call(row: Published, known: Mapping[str, Published], count: Count) -> Comparison:
    base = known[row.from_row]
    (delivery,) = count(calls(row, number=1), row.first.year).deliveries
    capacity = delivery.capacity
    why = (
        f"{barrels(base.barrels)} barrels / {base.calls} deliveries / {base.share:g}, beside one ship of "
        f"{capacity.basis}; the fleet's figures were drawn from these means"
    )
    return Comparison(row, round(capacity.central), round(capacity.low), round(capacity.high), why)


def _named_ships(row: Published, _: Mapping[str, Published], count: Count) -> Comparison:
    ships = [sighting for sighting in reference.rows(EXAMPLE) if sighting["date"] == row.period]
    days = [row.first + (row.last - row.first) * n / (row.calls - 1) for n in range(row.calls)]
    loads = (
        f"{day},{ship['vessel']},{ship['imo']},{ship['type']},{ship['port']},{ship['facility']},loading"
        for day, ship in zip(days, cycle(ships), strict=False)
    )
    status = count(("date,vessel,imo,type,port,facility,activity", *loads), row.first.year)
    named = ", ".join(ship["vessel"] for ship in ships)
    turn = (row.last - row.first) / timedelta(days=1) / (row.calls - 1) * len(ships)
    why = f"{row.calls} loads by the ships that were named ({named}), in turn, {turn:.0f} days between loads of a ship"
    return _estimated(row, status, why)


def _example(row: Published, known: Mapping[str, Published], count: Count) -> Comparison:
    lines = reference.read_bytes(EXAMPLE).decode().splitlines()
    loads = [
        delivery
        for delivery in count(lines, row.first.year).deliveries
        if delivery.kind in LOADED and delivery.loaded_on is not None and _within(delivery.loaded_on, row)
    ]
    wanted = sorted({ref.line for delivery in loads for ref in delivery.sightings})
    base = known.get(row.from_row)
    opening = OpeningBalance(base.volume, base.last, base.source) if base is not None else None
    status = count((lines[0], *(lines[line - 1] for line in wanted)), row.first.year, opening)
    times = Counter(delivery.vessel for delivery in loads)
    ships = ", ".join(name if number == 1 else f"{name} {number} times" for name, number in times.items())
    before = f"an opening balance of {barrels(opening.barrels)} and " if opening is not None else ""
    why = f"{before}{len(loads)} loads of the bundled example at full capacity ({ships})"
    return _estimated(row, status, why)


def _within(dates: str, row: Published) -> bool:
    days = [date.fromisoformat(day) for day in dates.split("/")]
    return row.first <= min(days) and max(days) <= row.last


def _estimated(row: Published, status: CapStatus, why: str) -> Comparison:
    """The scenario of the row beside the whole range of the estimate, whose fills are not known."""
    estimate = status.estimate
    return Comparison(row, at_fill(status, row.share), round(estimate.low), round(estimate.high), _noted(why, row))


def _not_recomputable(row: Published, _: Mapping[str, Published], __: Count) -> Comparison:
    return Comparison(row, None, None, None, row.note)


def _noted(why: str, row: Published) -> str:
    return f"{why}; {row.note}" if row.note else why


WAYS: dict[How, Callable[[Published, Mapping[str, Published], Count], Comparison]] = {
    "same_source": _same_source,
    "flat": _flat,
    "fleet": _fleet,
    "named_ships": _named_ships,
    "example": _example,
    "not_recomputable": _not_recomputable,
}
