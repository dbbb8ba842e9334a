"""The Case: everything a report may show. Built in `vesseltrack.cases`, defined here: reports take nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vesseltrack.oil.model import CapStatus
    from vesseltrack.reference import ReferenceUsed
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import InputFile, RejectedRow
    from vesseltrack.vessels.model import ListUsed, ScreenResult


@dataclass(frozen=True)
class Case:
    """The answer to one command, ready to be shown in any format."""

    program_version: str
    data_version: str
    as_of: date | None
    """None where no sighting was accepted and no ``--as-of`` was given."""

    incomplete_because: tuple[str, ...]
    """Empty when everything was read and checked."""

    inputs: tuple[InputFile, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    findings: tuple[Finding, ...]
    """Most severe first, then by ship, date and rule."""

    rejects: tuple[RejectedRow, ...]
    summary: Mapping[str, int]
    """sightings, vessels, listed, unlisted, unresolved, unplaced, at_sea, rejected, duplicates, findings, info, low,
    medium, high, critical."""

    years: tuple[CapStatus, ...]
    """One per year asked for, in order."""

    method: tuple[str, ...]
    """How volumes were estimated and with which assumptions, a sentence each."""

    @property
    def complete(self) -> bool:
        """Whether everything was read and checked."""
        return not self.incomplete_because


@dataclass(frozen=True)
class Screening:
    """The answer to ``screen``."""

    program_version: str
    data_version: str
    as_of: date
    incomplete_because: tuple[str, ...]
    lists: tuple[ListUsed, ...]
    reference: tuple[ReferenceUsed, ...]
    results: tuple[ScreenResult, ...]

    @property
    def complete(self) -> bool:
        """Whether every query could be checked."""
        return not self.incomplete_because
