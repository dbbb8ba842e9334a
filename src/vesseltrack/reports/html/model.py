"""What the template of the page is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from vesseltrack.reports.html.tables import LiveTable
    from vesseltrack.reports.sections import Grid, Section


@dataclass(frozen=True)
class Figure:
    """A drawing and the sentence under it."""

    drawn: Markup
    caption: str


@dataclass(frozen=True)
class Year:
    """What the page says of one year."""

    year: int
    title: str
    figures: tuple[tuple[str, str, str], ...]
    chart: Figure
    said: tuple[Section, ...]
    days: Grid | None
    figures_besides: tuple[Figure, ...]
    before: tuple[Section, ...]
    deliveries: LiveTable | None
    basis: tuple[Section, ...]
    after: tuple[Section, ...]


@dataclass(frozen=True)
class Page:
    """What the template is given."""

    title: str
    kicker: str
    verdicts: tuple[Section, ...]
    incomplete: str
    as_of: str
    program: str
    beside: tuple[Section, ...]
    """The years side by side, where there are several."""

    years: tuple[Year, ...]
    parts: tuple[tuple[str, str, tuple[Section | LiveTable, ...]], ...]
    """Anchor, heading and content of what does not belong to one year."""

    closing: tuple[Section, ...]
    contents: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        years = [(f"year-{one.year}", one.title) for one in self.years]
        beside = [("beside", "Side by side")] if self.beside else []
        object.__setattr__(
            self, "contents", (*beside, *years, *((anchor, heading) for anchor, heading, _ in self.parts))
        )
