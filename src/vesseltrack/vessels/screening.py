"""Screening: a name, IMO number or MMSI against the lists and the register, as of a day; one answer per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.vessels.grading import BORNE, candidate, order
from vesseltrack.vessels.likeness import likenesses
from vesseltrack.vessels.model import ScreenResult
from vesseltrack.vessels.plain_names import FORMS, plain_key
from vesseltrack.vessels.standing import as_of_lists

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vesseltrack.vessels.names import NameKey
    from vesseltrack.vessels.register import Register


def _by_plain_name(query: str, line: int, key: NameKey, register: Register, as_of: date) -> ScreenResult:
    """Answer a query that is one name and nothing else, as `identify` would."""
    likes = likenesses(register.names, query, key)
    if not likes:
        if key.letters.endswith(FORMS):
            from vesseltrack.vessels.queries import company_answer  # noqa: PLC0415 - few names are companies

            return company_answer(query, line, register, as_of) or ScreenResult(
                query, line, "none", (), (), checked=True
            )
        return ScreenResult(query, line, "none", (), (), checked=True)
    if len(likes) == 1:
        best = as_of_lists(candidate(query, likes[0], as_of), register, as_of)
        return ScreenResult(query, line, best.grade, (), (best,), checked=True)
    from vesseltrack.vessels.evidence import Verdict, all_listed, choose  # noqa: PLC0415 - few names are several ships

    borne = [like for like in likes if like.how in BORNE] or likes
    verdict = Verdict(candidates=[candidate(query, like, as_of) for like in borne])
    listed = all_listed(order(verdict.candidates), as_of)
    choose(verdict)
    candidates = order(as_of_lists(found, register, as_of) for found in verdict.candidates)
    grade = candidates[0].grade if verdict.vessel else "review"
    if listed:
        grade, candidates = "match", order((*listed, *candidates))
    return ScreenResult(query, line, grade, tuple(verdict.reasons), candidates, checked=True)


def screen_one(query: str, line: int, register: Register, as_of: date) -> ScreenResult:
    """Answer one query; a blank line too, with ``checked`` False and the reason."""
    key = plain_key(query)
    if key is not None:
        return _by_plain_name(query, line, key, register, as_of)
    from vesseltrack.vessels.queries import answer  # noqa: PLC0415 - takes as long to load as the rest of `screen`

    return answer(query, line, register, as_of)


def screen(queries: Iterable[str], register: Register, as_of: date) -> tuple[ScreenResult, ...]:
    """Answer each query in order; ``line`` counts from 1.

    A ship on a list on that day keeps the grade of its identity; a ship that is known but not listed, a delisted one
    and an MMSI of the DPRK are a ``review``; ``none`` means on no list and not in the register.
    """
    return tuple(screen_one(query, line, register, as_of) for line, query in enumerate(queries, start=1))
