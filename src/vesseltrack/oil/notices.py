"""The notices of a year under each rate of conversion, and the projection of the reported volumes.

The Secretary's notices follow the volumes that States notified (UNSCR 2397 (2017) para 5), in barrels. Up to 2020 they
were notified in tonnes, without product or rate, so that the rate decides which notices were due and when; since then
in barrels, or in tonnes for which the Committee publishes the barrels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from vesseltrack import reference
from vesseltrack.oil.notified import (
    COMMITTEE_BARRELS_PER_TONNE,
    ConversionRate,
    RateNotices,
    Reach,
    Report,
    ReportedProjection,
    month_end,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.oil.year import Regime


@dataclass(frozen=True)
class Standing:
    """What is known to be reported by the end of a month."""

    year: int
    month: int
    reports: tuple[Report, ...]
    """Of all States, none overlapping another of its State."""

    missing: tuple[str, ...]
    """States with a month so far that no report covers."""

    @property
    def day(self) -> date:
        """The last day of the month."""
        return month_end(self.year, self.month)

    def barrels(self, barrels_per_tonne: float = COMMITTEE_BARRELS_PER_TONNE) -> int:
        """All volumes under a rate, summed before rounding."""
        return round(sum(report.volume(barrels_per_tonne) for report in self.reports))


@cache
def conversion_rates() -> tuple[ConversionRate, ...]:
    """Read data/conversion_rates.csv; the Committee's own rate stands first."""
    rows = reference.rows("conversion_rates.csv")
    return tuple(ConversionRate(float(row["barrels_per_tonne"]), row["name"], row["source"]) for row in rows)


def reached_on(standings: Sequence[Standing], percent: int, regime: Regime, rate: float) -> date | None:
    """Last day of the month by which the known volumes had reached a share of the cap under a rate.

    Where only a cumulative row tells, the share may have been reached earlier, never later.
    """
    target = regime.limit_barrels * percent / 100
    return next((standing.day for standing in standings if standing.barrels(rate) >= target), None)


def notices(standings: Sequence[Standing], regime: Regime) -> tuple[RateNotices, ...]:
    """When each notice of the regime fell due under each rate; empty where nothing is known to be reported.

    What a rate changes: volumes for months before 2021, which were notified in tonnes even where the Committee restated
    them in barrels since, and later ones of which tonnes alone are known. Barrels notified as barrels are the same
    under every rate (`Report.volume`). Notices are judged by the figures known today, restated ones included: which
    figure the Secretary had on a day is not known.
    """
    if not standings or not standings[-1].reports:
        return ()
    return tuple(
        RateNotices(
            rate,
            standings[-1].barrels(rate.barrels_per_tonne),
            100 * standings[-1].barrels(rate.barrels_per_tonne) / regime.limit_barrels,
            tuple(
                (percent, reached_on(standings, percent, regime, rate.barrels_per_tonne))
                for percent in regime.notices_percent
            ),
        )
        for rate in conversion_rates()
    )


def projection(standings: Sequence[Standing], regime: Regime, as_of: date) -> ReportedProjection | None:
    """Days on which reported volumes would reach the notices and the cap; None for a year that is over or unknown.

    The rate is all that is known to be reported divided by the days from the beginning of the regime's year to the end
    of the last month that a report covers. A month that nobody reported adds nothing: the rate is a floor.
    """
    if as_of.year != regime.last.year or not regime.first <= as_of < regime.last:
        return None
    if not standings or not standings[-1].reports:
        return None
    last = max(report.ends for report in standings[-1].reports)
    if last >= regime.last:
        return None
    so_far = next(standing for standing in standings if standing.day == last)
    known = so_far.barrels()
    per_day = known / ((last - regime.first).days + 1)

    def reach(percent: int) -> Reach:
        done = reached_on(standings, percent, regime, COMMITTEE_BARRELS_PER_TONNE)
        if done is not None:
            return Reach(percent, done, extrapolated=False)
        if per_day == 0:
            return Reach(percent, None, extrapolated=True)
        days = ceil((regime.limit_barrels * percent / 100 - known) / per_day)
        within = days <= (regime.last - last).days
        return Reach(percent, last + timedelta(days=days) if within else None, extrapolated=True)

    return ReportedProjection(
        rate_per_30_days=round(per_day * 30),
        first=regime.first,
        last=last,
        complete=not so_far.missing,
        reaches=tuple(reach(percent) for percent in (*regime.notices_percent, 100)),
    )
