"""Owners, managers and company numbers in the file of one's own fleet, against the companies of the lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.vessels.companies import company_candidates
from vesseltrack.vessels.queries import company_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vesseltrack.vessels.companies import Role
    from vesseltrack.vessels.model import Candidate, ScreenResult
    from vesseltrack.vessels.register import Register

Named = tuple["Role", str]
"""What a company is to the ship, and the cell that names it."""


class OwnerScreen:
    """Finds the listed companies that rows of a fleet name, each different cell once.

    Args:
        register: whose companies count.
        as_of: the day on which a listing must be in force.
    """

    def __init__(self, register: Register, as_of: date) -> None:
        self._register = register
        self._as_of = as_of
        self._known: dict[Named, tuple[tuple[Candidate, bool], ...]] = {}

    def find(self, named: Iterable[Named]) -> tuple[tuple[Candidate, ...], bool]:
        """Listed companies, with the column that names them among the reasons, and whether one of them is a match."""
        found: dict[str, Candidate] = {}
        sure = False
        for cell in named:
            if cell not in self._known:
                self._known[cell] = tuple(self._look_up(*cell))
            for candidate, match in self._known[cell]:
                found.setdefault(candidate.vessel.id, candidate)
                sure |= match
        return tuple(found.values()), sure

    def _look_up(self, role: Role, text: str) -> Iterator[tuple[Candidate, bool]]:
        answer = company_answer(text, 1, self._register, self._as_of)
        if answer is None:
            return
        hits = (hit for hit in company_candidates(self._register, text) if hit.company.listing.in_force(self._as_of))
        for hit, candidate in zip(hits, answer.candidates, strict=True):
            first, *others = candidate.reasons
            told = (f"{role} in the fleet's file: {first}", *others)
            yield replace(candidate, reasons=told), hit.grade == "match"


def with_companies(result: ScreenResult, companies: Iterable[Candidate]) -> ScreenResult:
    """The answer on a ship with the listed companies that own or manage it; what was ``none`` is to review."""
    known = {candidate.vessel.id for candidate in result.candidates}
    added = [company for company in companies if company.vessel.id not in known]
    if not added:
        return result
    ships = [candidate for candidate in result.candidates if candidate.grade != "none"]
    others = [candidate for candidate in result.candidates if candidate.grade == "none"]
    grade = "review" if result.grade == "none" else result.grade
    return result._replace(grade=grade, candidates=(*ships, *added, *others))
