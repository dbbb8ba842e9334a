"""The caps and the periods in which they are in force (data/regimes.toml)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from vesseltrack import reference
from vesseltrack.oil.year import Regime


@dataclass(frozen=True)
class Regimes:
    """All caps known to the program."""

    known: tuple[Regime, ...]
    """As in the file; ``last`` is the last day the rule is known to hold, ``date.max`` for open ends."""

    yearly: frozenset[str]
    """Ids of regimes that begin anew every twelve months."""

    def on(self, day: date, product: str = "refined") -> Regime | None:
        """Cap in force on a day, with the period that the day falls in; None: no cap.

        Refined: 1 October to 31 December 2017 (UNSCR 2375 (2017) para 14), then calendar years (UNSCR 2397 (2017)
        para 5). Crude: twelve months from 22 December (2397 para 4).
        """
        for regime in self.known:
            if regime.product == product and regime.first <= day <= regime.last:
                return _period(regime, day) if regime.id in self.yearly else regime
        return None

    def of_year(self, year: int) -> Regime | None:
        """Cap on refined petroleum that ends in a calendar year; None: none was in force."""
        return self.on(date(year, 12, 31))


def load_regimes() -> Regimes:
    """Read data/regimes.toml. Raises ConfigurationError where the file is missing."""
    entries = reference.toml("regimes.toml")["regime"]
    known = tuple(
        Regime(
            id=entry["id"],
            product=entry["product"],
            limit_barrels=int(entry["limit_barrels"]),
            first=entry["first"],
            last=entry.get("last", date.max),
            notices_percent=tuple(entry.get("notices_percent", ())),
            legal_basis=tuple(entry["legal_basis"]),
            limit_tonnes=entry.get("limit_tonnes"),
        )
        for entry in entries
    )
    return Regimes(known, frozenset(entry["id"] for entry in entries if entry.get("yearly")))


def _period(regime: Regime, day: date) -> Regime:
    """The twelve months of a yearly regime that contain the day."""
    first = regime.first.replace(year=day.year)
    if first > day:
        first = first.replace(year=day.year - 1)
    return replace(regime, first=first, last=first.replace(year=first.year + 1) - timedelta(days=1))
