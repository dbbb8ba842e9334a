"""Screening: queries against the register, held together as one answer or answered as they come."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack import __version__, reference
from vesseltrack.reports.case import Screening
from vesseltrack.vessels.screening import screen_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from typing import Self

    from vesseltrack.reports.answers import Renderer
    from vesseltrack.vessels.model import Grade, ScreenResult
    from vesseltrack.vessels.register import Register

Block = tuple[list[str], "Mapping[int, str]"]
"""Queries, and a remark on each of them that was not read whole, by its place in the block."""

Kind = tuple["Grade", bool, bool]
"""Grade, whether it was checked, and whether there was anything to check."""

REMEMBERED = 50_000
"""Queries whose answers are kept, because feeds repeat themselves."""

REMEMBERED_TEXT = 8_000_000
"""Characters of those answers."""

PORTION = 1_000_000
"""Characters of answers that are given out together at most."""

DIGITS_ONLY = "read as a name of digits only"
"""Said of a number too short for an IMO number or MMSI, so that nobody takes it for a checked one."""

_BARE_NUMBER = re.compile(r"[\s'\"]*(\d[\d\s]*)(?:\.0+)?[\s'\"]*")
_LEAST_DIGITS = 6
"""Of what is looked for as a number."""


@dataclass
class Tally:
    """How many answers of each kind were given."""

    counts: Counter[Kind] = field(default_factory=Counter)

    @classmethod
    def of(cls, results: Iterable[ScreenResult]) -> Self:
        """The tally of answers that are all there."""
        return cls(Counter(map(kind_of, results)))

    @property
    def grades(self) -> set[str]:
        """Grades that occurred."""
        return {grade for grade, _, _ in self.counts}

    def incomplete(self) -> Iterator[str]:
        """Why the answers are not whole, a phrase each."""
        unchecked = sum(number for (_, checked, _), number in self.counts.items() if not checked)
        if not any(asked for _, _, asked in self.counts):
            yield "no query was given"
        elif unchecked:
            yield f"{unchecked:,} of {self.counts.total():,} queries could not be checked"


def kind_of(result: ScreenResult) -> Kind:
    """How an answer counts."""
    return result.grade, result.checked, result.checked or bool(result.query.strip())


def screened(query: str, line: int, register: Register, as_of: date) -> ScreenResult:
    """The answer to one query as the register gives it, and what a short number was taken for."""
    result = screen_one(query, line, register, as_of)
    number = _BARE_NUMBER.fullmatch(query)
    if number is None or not result.checked or sum(c.isdecimal() for c in number[1]) >= _LEAST_DIGITS:
        return result
    return result._replace(reasons=(*result.reasons, DIGITS_ONLY))


def answer(query: str, line: int, register: Register, as_of: date, remark: str = "") -> ScreenResult:
    """Answer one query.

    NUL characters are left out of what is looked for. What was not read whole, as the remark says, is answered as far
    as it was read, and clears nobody: without a candidate it counts as not checked.
    """
    if "\0" in query:
        result = screened(query.replace("\0", ""), line, register, as_of)._replace(query=query)
        remark = remark or "NUL characters were left out"
    else:
        result = screened(query, line, register, as_of)
    if not remark or not query.strip("\0 \t\r"):
        return result
    return result._replace(reasons=(*result.reasons, remark), checked=result.checked and bool(result.candidates))


def screen_results(blocks: Iterable[Block], register: Register, as_of: date) -> tuple[ScreenResult, ...]:
    """One answer per query, in order; ``line`` counts from 1."""
    queries = ((text, remarks.get(at, "")) for texts, remarks in blocks for at, text in enumerate(texts))
    return tuple(answer(query, line, register, as_of, remark) for line, (query, remark) in enumerate(queries, start=1))


def nothing_screened(register: Register, as_of: date) -> Screening:
    """A screening without results: what is consulted."""
    return Screening(
        program_version=__version__,
        data_version=reference.DATA_VERSION,
        as_of=as_of,
        incomplete_because=(),
        lists=register.lists,
        reference=register.reference,
        results=(),
    )


class AnswerStream:
    """Answers blocks of queries, in order, in memory that does not grow with their number.

    Args:
        register: what is known.
        as_of: the day of the screening.
        renderer: how answers are written.
        involves: whether an answer is about a ship of one's own fleet.
        amend: adds to an answer what is known from elsewhere; it depends on nothing but the query.
        logged: whether each answer is wanted as an object in JSON as well.
    """

    def __init__(
        self,
        register: Register,
        as_of: date,
        renderer: Renderer,
        *,
        involves: Callable[[ScreenResult], bool] | None = None,
        amend: Callable[[ScreenResult], ScreenResult] | None = None,
        logged: bool = False,
    ) -> None:
        self.tally = Tally()
        self._line = 0
        self._register = register
        self._as_of = as_of
        self._renderer = renderer
        self._involves = involves
        self._amend = amend
        self._logger: Renderer | None = None
        if logged:
            from vesseltrack.reports.answers import JsonLines  # noqa: PLC0415 - a single name is shown as a table

            self._logger = JsonLines(as_of)
        self._known: dict[str, tuple[tuple[str, ...], tuple[str, ...], Kind]] = {}
        self._room = REMEMBERED_TEXT

    def portions(self, block: Block) -> Iterator[tuple[str, list[str]]]:
        """The answers to a block, and the objects for the log, in portions of about `PORTION` characters."""
        texts, remarks = block
        known, counts, line = self._known, self.tally.counts, self._line
        written: list[str] = []
        objects: list[str] = []
        size = 0
        logged = self._logger is not None
        for at, text in enumerate(texts):
            line += 1
            found = known.get(text)
            if found is None or (remarks and at in remarks):
                found = self._answer(text, line, remarks.get(at, "") if remarks else "")
            parts, logs, kind = found
            whole = str(line).join(parts)
            written.append(whole)
            counts[kind] += 1
            size += len(whole)
            if logged:
                objects.append(str(line).join(logs))
            if size > PORTION:
                self._line = line
                yield "".join(written), objects
                written, objects, size = [], [], 0
        self._line = line
        if written:
            yield "".join(written), objects

    def _answer(self, text: str, line: int, remark: str) -> tuple[tuple[str, ...], tuple[str, ...], Kind]:
        if remark or "\0" in text:
            result = answer(text, line, self._register, self._as_of, remark)
        else:
            result = screened(text, line, self._register, self._as_of)
        if self._amend is not None:
            result = self._amend(result)
        if self._involves is None:
            parts = self._renderer.parts(result)
        else:
            parts = self._renderer.parts(result, fleet=self._involves(result))
        logs = () if self._logger is None else self._logger.parts(result)
        found = (parts, logs, kind_of(result))
        if not remark:
            self._room -= len(text)
            if result.candidates:
                self._room -= sum(map(len, parts)) + sum(map(len, logs))
            if self._room < 0 or len(self._known) >= REMEMBERED:
                self._known.clear()
                self._room = REMEMBERED_TEXT
            self._known[text] = found
        return found
