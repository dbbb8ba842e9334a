"""Reports that cannot all be right, told and not silently chosen between."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vesseltrack.oil.notified import Report

TOLERANCE = 0.02
"""Parts and the whole differ by up to 1.0 % where tonnes stand beside barrels restated later (Russia 2018: 29,241 t at
8.33 against 241,114 barrels), and by less where figures were rounded."""


def contradictions(reports: Sequence[Report], of_year: Sequence[Report]) -> tuple[str, ...]:
    """A sentence for each contradiction among the reports of a year.

    Args:
        reports: those that count, of any State.
        of_year: all of the year, those in conflict and not filed among them.
    """
    told = [*_wholes(reports), *_undecided(of_year), *_not_filed(of_year, reports)]
    return tuple(dict.fromkeys(told))


def cover(reports: Sequence[Report], first: int, last: int) -> tuple[Report, ...]:
    """Reports of one State and year that together cover the most months from first to last without overlap.

    Among equals the fewest, the widest first: a cumulative row is never added to the months that it contains.
    """
    best: dict[int, tuple[int, int, tuple[Report, ...]]] = {first - 1: (0, 0, ())}
    for month in range(first, last + 1):
        options = [best[month - 1]]
        for report in reports:
            if report.last == month and report.first >= first:
                months, count, chosen = best[report.first - 1]
                options.append((months + report.last - report.first + 1, count - 1, (*chosen, report)))
        best[month] = max(options, key=lambda option: option[:2])
    return best[max(last, first - 1)][2]


def _wholes(reports: Sequence[Report]) -> Iterator[str]:
    """Cumulative rows that are less than a part of them, or than the sum; or more than all their months."""
    for whole in reports:
        within = [
            part
            for part in reports
            if part.state == whole.state and part is not whole and whole.first <= part.first and part.last <= whole.last
        ]
        if not within:
            continue
        volume = whole.volume()
        largest = max(within, key=lambda part: part.volume())
        parts = cover(within, whole.first, whole.last)
        total = sum(part.volume() for part in parts)
        months = sum(part.last - part.first + 1 for part in parts)
        begins = f"Reports contradict each other: {whole.state} {whole.period} is {volume:,.0f} barrels, but "
        if _more(largest.volume(), volume):
            yield f"{begins}{largest.period} within it is {largest.volume():,.0f}."
        elif _more(total, volume):
            yield f"{begins}the reports within it add up to {total:,.0f}."
        elif months == whole.last - whole.first + 1 and _more(volume, total):
            yield f"{begins}the reports of all its months add up to {total:,.0f} only."


def _more(one: float, other: float) -> bool:
    return one > other * (1 + TOLERANCE) + 1


def _undecided(of_year: Sequence[Report]) -> Iterator[str]:
    """Rows of the user's own with one State and period and different volumes."""
    by_key: defaultdict[tuple[str, int, int, int], list[Report]] = defaultdict(list)
    for report in of_year:
        if report.status == "conflict" and report.where:
            by_key[report.key].append(report)
    for reports in by_key.values():
        one = reports[0]
        lines = ", ".join(sorted({report.where for report in reports}))
        yield (
            f"Reports contradict each other: {lines} give {one.state} {one.period} different volumes; none of them is "
            "used: say with reported_on which is later."
        )


def _not_filed(of_year: Sequence[Report], reports: Sequence[Report]) -> Iterator[str]:
    """Months that the user says were not filed, within a period for which there is a volume."""
    for blank in of_year:
        if blank.status != "not_filed" or not blank.where:
            continue
        across = [r for r in reports if r.state == blank.state and r.first <= blank.last and blank.first <= r.last]
        if across:
            widest = max(across, key=lambda report: report.last - report.first)
            yield (
                f"Reports contradict each other: {blank.where} has no volume for {blank.state} {blank.period}, "
                f"but {widest.period} is {widest.volume():,.0f} barrels."
            )
