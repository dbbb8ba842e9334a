"""Published estimates of what reached the DPRK (data/published.csv), and the program's figures beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "published.csv"

How = Literal["same_source", "flat", "fleet", "named_ships", "example", "not_recomputable"]
"""How a figure is recomputed: from another figure of the same source; as calls of a flat volume; as calls by ships of
unknown size; as loads by the ships that were named; from the bundled example; or not at all."""

Status = Literal["exact", "modelled", "not_recomputable"]

FIXED: tuple[How, ...] = ("same_source", "flat")
"""Ways that leave nothing to estimate: these figures must come out to the last published digit."""

AT_NAMPO: tuple[How, ...] = ("same_source", "fleet")
"""Ways of the rows whose volume, number of calls and fill give a mean capacity per call of the Nampo fleet."""

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Published:
    """A published estimate. None: not published."""

    id: str
    source: str
    first: date
    last: date
    scenario: str
    deliveries: int | None
    fill: float | None
    """Share of capacity; of a source that names none, the share at which it is recomputed."""

    barrels: int | None
    text: str
    """What was printed, in the source's words."""

    last_digit: int | None
    """Barrels of one unit of the last digit printed: 1,000 for a figure in thousands."""

    how: How
    from_row: str
    """Row that this one is recomputed from: its sibling, or the opening balance of a running total."""

    barrels_each: int | None
    """Flat volume per ship."""

    note: str
    """Why not recomputable, or what else must be known to read the comparison."""

    url: str

    @property
    def period(self) -> str:
        """ISO interval."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def calls(self) -> int:
        """Number of deliveries; ConfigurationError where the file gives none."""
        return self._given(self.deliveries, "deliveries")

    @property
    def share(self) -> float:
        """The fill; ConfigurationError where the file gives none."""
        return self._given(self.fill, "fill")

    @property
    def volume(self) -> int:
        """Barrels published; ConfigurationError where the file gives none."""
        return self._given(self.barrels, "published_barrels")

    @property
    def full_capacity(self) -> float:
        """Barrels that all calls together could carry, as the published volume and fill imply."""
        return self.volume / self.share

    @property
    def flat(self) -> int:
        """Barrels per ship; ConfigurationError where the file gives none."""
        return self._given(self.barrels_each, "barrels_each")

    def _given(self, value: _Value | None, column: str) -> _Value:
        if value is None:
            msg = f"reference file {FILE}, row {self.id}: {column} is empty: install vesseltrack again"
            raise ConfigurationError(msg)
        return value


@dataclass(frozen=True)
class Comparison:
    """A published figure with the program's beside it."""

    published: Published
    computed: int | None
    """Barrels; None: not recomputable."""

    low: int | None
    high: int | None
    """Range of the program's figure, in barrels; None where nothing is estimated."""

    why: str
    """How the figure was made, or why it could not be."""

    @property
    def status(self) -> Status:
        """``exact``: nothing was estimated, and it is within one unit of the last published digit."""
        if self.computed is None:
            return "not_recomputable"
        return "exact" if self.published.how in FIXED and self._agrees(self.computed) else "modelled"

    @property
    def difference(self) -> int | None:
        """Computed less published, in barrels; None where one of them is not known."""
        if self.computed is None or self.published.barrels is None:
            return None
        return self.computed - self.published.barrels

    @property
    def difference_percent(self) -> float | None:
        """The difference in percent of the published figure."""
        return None if self.difference is None else 100 * self.difference / self.published.volume

    @property
    def inside(self) -> bool | None:
        """Whether the published figure lies in the range; None where there is no figure or no range."""
        if self.published.barrels is None or self.low is None or self.high is None:
            return None
        return self.low <= self.published.barrels <= self.high

    def _agrees(self, computed: int) -> bool:
        known, unit = self.published.barrels, self.published.last_digit
        return known is not None and unit is not None and abs(computed - known) <= unit


def load_published() -> tuple[Published, ...]:
    """Read data/published.csv. Raises ConfigurationError where it is missing or a row cannot be used."""
    return tuple(_published(row) for row in reference.rows(FILE))


def _published(row: dict[str, str]) -> Published:
    def whole(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    hows: dict[str, How] = {how: how for how in get_args(How)}
    try:
        return Published(
            id=row["id"],
            source=row["source"],
            first=date.fromisoformat(row["period_from"]),
            last=date.fromisoformat(row["period_to"]),
            scenario=row["scenario"],
            deliveries=whole("deliveries"),
            fill=float(Fraction(row["fill"])) if row["fill"] else None,
            barrels=whole("published_barrels"),
            text=row["published_text"],
            last_digit=whole("last_digit_barrels"),
            how=hows[row["how"]],
            from_row=row["from_row"],
            barrels_each=whole("barrels_each"),
            note=row["note"],
            url=row["url"],
        )
    except (KeyError, ValueError) as error:
        msg = f"reference file {FILE} is damaged ({error}): install vesseltrack again"
        raise ConfigurationError(msg) from error


def capacities_per_call(rows: Iterable[Published]) -> tuple[Published, ...]:
    """Mean full capacity per call at Nampo that a source implies: barrels / deliveries / fill.

    One for each source and period, from the figure with the largest fill.
    """
    largest: dict[tuple[str, date, date], Published] = {}
    for row in rows:
        if row.how in AT_NAMPO and row.barrels is not None and row.deliveries is not None and row.fill is not None:
            key = (row.source, row.first, row.last)
            largest[key] = max(row, largest.get(key, row), key=lambda one: one.share)
    return tuple(
        replace(
            row,
            id=f"{row.id}-per-call",
            scenario="mean full capacity per call",
            barrels=round(row.full_capacity / row.calls),
            text=f"{row.text}; {row.calls} deliveries; {row.scenario}",
            last_digit=None,
            how="fleet",
            from_row=row.id,
            note="",
        )
        for row in largest.values()
    )
