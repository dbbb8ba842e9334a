"""What a command asks of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vesseltrack.cases.fleet_reading import FleetFile
    from vesseltrack.cases.own_table import OwnTable
    from vesseltrack.cases.reported_reading import ReportedFile
    from vesseltrack.ledger.decisions import LedgerDecision
    from vesseltrack.oil.assumptions import Assumptions
    from vesseltrack.oil.year import OpeningBalance


@dataclass(frozen=True)
class CaseSettings:
    """Settings of one examination."""

    as_of: date | None = None
    """Stands for today; sightings dated after it are rejects. None: the last sighting's day."""

    years: tuple[int, ...] = ()
    """Years to set against the cap; empty: every year in which a sighting ends."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Header to field, as ``--map`` gives it."""

    select: tuple[str, ...] = ()
    """Rule codes, or their beginnings; empty: all."""

    ignore: tuple[str, ...] = ()
    opening_balance: OpeningBalance | None = None
    max_list_age_days: int | None = None
    assumptions: Assumptions | None = None
    """What the estimate assumes, sizes of ships aside; None: `oil.assumptions`."""

    sizes: OwnTable | None = None
    """Sizes of ships that the user holds for right."""

    decisions: OwnTable | None = None
    """Calls that were disproved, and deliveries that the Committee exempted."""

    recorded: tuple[LedgerDecision, ...] = ()
    """Decisions in force in the ledger that the sightings come from."""

    fleet: FleetFile | None = None
    """One's own ships; screened against the lists even where no sighting names them."""

    reported: ReportedFile | None = None
    """Volumes that States reported, beside or in place of the bundled ones."""
