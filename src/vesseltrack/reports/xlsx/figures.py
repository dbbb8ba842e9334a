"""What was counted: deliveries, scenarios, rules of counting, thresholds, reported volumes, the running total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from vesseltrack.reports.wording import fill
from vesseltrack.reports.xlsx.sheet import Column, Table, interval, lines_of, when, yes
from vesseltrack.reports.year import year_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.values import Document

SCENARIOS, CUMULATIVE = "Scenarios", "Cumulative"

BARRELS = (Column("Low", "whole"), Column("Central", "whole"), Column("High", "whole"))
DAYS = (Column("Low", "day"), Column("Central", "day"), Column("High", "day"))


def deliveries(case: Case) -> Table:
    """A row for each delivery."""
    columns = (
        Column("Year", "year"), Column("Id"), Column("Vessel"), Column("IMO"), Column("Kind"),
        Column("Loaded first", "day"), Column("Loaded last", "day"), Column("Loaded at"),
        Column("Delivered first", "day"), Column("Delivered last", "day"), Column("Delivered at"),
        Column("Counted on", "day"),
        Column("Barrels low", "whole"), Column("Barrels central", "whole"), Column("Barrels high", "whole"),
        Column("Capacity low", "whole"), Column("Capacity central", "whole"), Column("Capacity high", "whole"),
        Column("Capacity basis", "long"), Column("In cap"), Column("Designated"), Column("Product"), Column("State"),
        Column("Probability", "share"), Column("Exempt", "long"), Column("Why", "long"), Column("Evidence", "long"),
    )  # fmt: skip
    rows = [
        (
            year, one["id"], one["vessel"], one["imo"], one["kind"],
            *interval(one["loaded_on"]), one["loaded_at"], *interval(one["delivered_on"]), one["delivered_at"],
            when(one["counted_on"]), *_range(one["barrels"]), *_range(one["capacity"]), one["capacity"]["basis"],
            yes(one["in_cap"]), yes(one["designated"]), one["product"], one["state"], one["probability"],
            one["exempt"], one["why"], lines_of(one["sightings"]),
        )
        for year, document in _years(case)
        for one in document["deliveries"]
    ]  # fmt: skip
    return Table("Deliveries", columns, tuple(rows))


def scenarios(case: Case) -> Iterator[Table]:
    """Everything that the number of a year is compared with."""
    yield _by_year(
        case, "Scenarios: every delivery at full capacity times one fill",
        (Column("Fill"), Column("Barrels", "whole"), Column("Of the cap", "percent"), Column("Cap reached", "day")),
        lambda year: (
            (fill(one["fill"]), one["barrels"], one["percent_of_cap"], when(one["crossed_on"]))
            for one in year["scenarios"]
        ),
    )  # fmt: skip
    yield _by_year(
        case, "Rules of counting, the one in use first",
        (Column("Rule"), Column("Deliveries", "whole"), *BARRELS, Column("Cap reached in", "share")),
        lambda year: (
            (one["rule"], one["deliveries"], *_range(one["estimate"]), one["estimate"]["probability_exceeded"])
            for one in year["counting"]["compared"]
        ),
    )  # fmt: skip
    yield _by_year(
        case, "Thresholds: estimated is analysis without legal effect, reported is when a Secretary's notice was due",
        (Column("Basis"), Column("Threshold", "percent"), *DAYS),
        lambda year: (
            (one["basis"], one["percent"], when(one["low"]), when(one["central"]), when(one["high"]))
            for one in year["crossings"]
        ),
    )  # fmt: skip
    yield _by_year(
        case, "What drives the uncertainty",
        (Column("Assumption"), Column("Share", "share"), Column("Central at its low end", "whole"),
         Column("Central at its high end", "whole")),
        lambda year: ((one["assumption"], one["share"], one["low"], one["high"]) for one in year["drivers"]),
    )  # fmt: skip
    yield _by_year(
        case, "Reported by States, as counted",
        (Column("State"), Column("From"), Column("To"), Column("Tonnes", "number"), Column("Barrels", "whole"),
         Column("Converted"), Column("Reported on", "day"), Column("Source", "long")),
        lambda year: (
            (one["state"], one["from"], one["to"], one["tonnes"], one["barrels"], one["converted"],
             when(one["reported_on"]), one["source"])
            for one in year["reported"]["months"]
        ),
    )  # fmt: skip
    yield _by_year(
        case, "Reported by month: the running balance",
        (Column("Month"), Column("Barrels so far", "whole"), Column("Left under the cap", "whole"),
         Column("Of the cap", "percent"), Column("Complete"), Column("Missing")),
        lambda year: (
            (one["month"], one["barrels"], one["remaining"], one["percent_of_cap"], yes(one["complete"]),
             "; ".join(one["missing"]))
            for one in year["reported"]["balance"]
        ),
    )  # fmt: skip


def cumulative(case: Case) -> Table:
    """The running total at the end of each day; what the charts draw."""
    columns = (
        Column("Year", "year"),
        Column("Day", "day"),
        *BARRELS,
        Column("Cap", "whole"),
        Column("Cap reached in", "share"),
    )
    return Table(CUMULATIVE, columns, tuple(row for status in case.years for row in _daily(status)))


def _daily(status: CapStatus) -> Iterator[tuple[Any, ...]]:
    """Each day from the first on which something may have been added, to the last that was observed."""
    limit = status.regime.limit_barrels if status.regime else None
    if not status.days:
        return
    end = max(filter(None, (status.days[-1].day, status.coverage_to)))
    following = [one.day for one in status.days[1:]] + [end + timedelta(days=1)]
    for one, until in zip(status.days, following, strict=True):
        volume = tuple(round(value) for value in (one.barrels.low, one.barrels.central, one.barrels.high))
        for later in range((until - one.day).days):
            yield (status.year, one.day + timedelta(days=later), *volume, limit, one.probability_exceeded)


@dataclass(frozen=True)
class Line:
    """A line of a chart."""

    column: int
    colour: str
    width: float
    dash: str


@dataclass(frozen=True)
class Curve:
    """The rows of a year that a chart draws."""

    sheet: str
    title: str
    first: int
    last: int
    day_column: int
    beside: int
    """Column at which the chart stands."""

    lines: tuple[Line, ...]


LINES = (
    Line(2, "#5B7DB1", 1.25, "dash"),
    Line(3, "#1F3A68", 2.5, "solid"),
    Line(4, "#5B7DB1", 1.25, "long_dash"),
)
CAP = Line(5, "#B00020", 2.0, "solid")


def charts(case: Case) -> list[Curve]:
    """A chart for each year with anything counted."""
    found, row = [], 1
    for status in case.years:
        rows = sum(1 for _ in _daily(status))
        if rows:
            lines = (*LINES, CAP) if status.regime else LINES
            title = f"{status.year}: barrels delivered so far, low, central and high"
            found.append(Curve(CUMULATIVE, title, row, row + rows - 1, 1, 8, lines))
        row += rows
    return found


def _by_year(
    case: Case, title: str, columns: tuple[Column, ...], rows: Callable[[Document], Iterable[tuple[Any, ...]]]
) -> Table:
    found = tuple((year, *row) for year, document in _years(case) for row in rows(document))
    return Table(SCENARIOS, (Column("Year", "year"), *columns), found, title)


def _years(case: Case) -> Iterator[tuple[int, Document]]:
    for status in case.years:
        yield status.year, year_object(status, case.as_of)


def _range(volume: Document) -> tuple[Any, Any, Any]:
    return volume["low"], volume["central"], volume["high"]
