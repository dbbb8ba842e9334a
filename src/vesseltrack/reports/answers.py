"""Answers to single queries, rendered one by one for a stream: the same bytes as the whole document would give.

An answer is cut at its line number, so that the rest can be kept for a query that comes again. A candidate is rendered
once for each ship, grade and score; only its reasons differ from query to query.
"""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Protocol, TypeVar

from vesseltrack.reports.csv import RESULT_COLUMNS, row_of, text_cell
from vesseltrack.reports.document import candidate_objects, result_object
from vesseltrack.reports.json import dumps, harmless
from vesseltrack.vessels.model import ScreenResult

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vesseltrack.reports.values import Document
    from vesseltrack.vessels.model import Candidate

_K = TypeVar("_K")
_V = TypeVar("_V")

Frame = tuple[str, bool, tuple[str, ...], bool]
"""Grade, whether checked, reasons, whether of the fleet: what is the same in many answers."""

KEPT = 4096
"""Rendered parts of each kind that are kept; then all are forgotten and it begins anew."""


class Renderer(Protocol):
    """One way to write answers."""

    header: str
    """Stands before the first answer."""

    def parts(self, result: ScreenResult, *, fleet: bool = False) -> tuple[str, ...]:
        """The answer, cut wherever the line number stands: ``str(line).join(parts)`` is the whole."""
        ...


def quoted(text: str) -> str:
    """JSON of a text, as `json.dumps` of the reports writes it."""
    if text.isascii() and text.isprintable() and "<" not in text:
        return encode_basestring(text)
    return harmless(encode_basestring(text))


def keep(known: dict[_K, _V], key: _K, value: _V) -> _V:
    """Puts a value into a bounded dict and returns it."""
    if len(known) >= KEPT:
        known.clear()
    known[key] = value
    return value


class JsonLines:
    """NDJSON: an object a line.

    Args:
        as_of: the day of the screening.
        marks_fleet: whether each answer says if it is about a ship of one's own fleet.
    """

    header = ""

    def __init__(self, as_of: date, *, marks_fleet: bool = False) -> None:
        self._as_of = as_of
        self._marks_fleet = marks_fleet
        self._frames: dict[Frame, tuple[str, str, str, str]] = {}
        self._candidates: dict[tuple[str, str, float], tuple[tuple[str, str], ...]] = {}

    def parts(self, result: ScreenResult, *, fleet: bool = False) -> tuple[str, ...]:
        """The line up to its number, and from there on."""
        key = (result.grade, result.checked, result.reasons, fleet)
        head, middle, tail, whole = self._frames.get(key) or self._frame(result, key)
        query = quoted(result.query)
        if not result.candidates:
            return f'{head}{query}, "line": ', whole
        if len(result.candidates) == 1:
            candidates = self._candidate(result.candidates[0])
        else:
            candidates = ", ".join([self._candidate(candidate) for candidate in result.candidates])
        return f'{head}{query}, "line": ', f"{middle}{candidates}{tail}"

    def _frame(self, result: ScreenResult, key: Frame) -> tuple[str, str, str, str]:
        """What stands before the query, between line and candidates, and behind them; the last two without any."""
        empty = ScreenResult("", 0, result.grade, result.reasons, (), result.checked)
        content: Document = result_object(empty, self._as_of)
        if self._marks_fleet:
            content["fleet"] = key[-1]
        head, rest = dumps(content).split('"query": "", "line": 0', 1)
        middle, tail = rest.split('"candidates": []', 1)
        head, middle, tail = f'{head}"query": ', f'{middle}"candidates": [', f"]{tail}\n"
        return keep(self._frames, key, (head, middle, tail, f"{middle}{tail}"))

    def _candidate(self, candidate: Candidate) -> str:
        key = (candidate.vessel.id, candidate.grade, candidate.score)
        entries = self._candidates.get(key)
        if entries is None:
            texts = [dumps({**entry, "reasons": []}) for entry in candidate_objects(candidate, self._as_of)]
            cut = [text.rpartition('"reasons": []') for text in texts]
            entries = keep(self._candidates, key, tuple((f'{head}"reasons": [', f"]{tail}") for head, _, tail in cut))
        reasons = ", ".join(map(quoted, candidate.reasons))
        if len(entries) == 1:
            return f"{entries[0][0]}{reasons}{entries[0][1]}"
        return ", ".join([f"{head}{reasons}{tail}" for head, tail in entries])


class CsvRows:
    """CSV: a row for each candidate, or for a query without one.

    Args:
        as_of: the day of the screening.
        marks_fleet: whether each answer says if it is about a ship of one's own fleet.
    """

    def __init__(self, as_of: date, *, marks_fleet: bool = False) -> None:
        columns = (*RESULT_COLUMNS, "fleet") if marks_fleet else RESULT_COLUMNS
        self.header = ",".join(columns) + "\r\n"
        self._as_of = as_of
        line, why = columns.index("line"), columns.index("candidate.reasons")
        self._before, self._after = columns[line + 1 : why], columns[why + 1 :]
        self._starts: dict[tuple[str, str, float, str], tuple[str, ...]] = {}
        self._ends: dict[Frame, tuple[str, str]] = {}

    def parts(self, result: ScreenResult, *, fleet: bool = False) -> tuple[str, ...]:
        """The rows, cut at each line number."""
        left = f"{text_cell(result.query)},"
        frame = (result.grade, result.checked, result.reasons, fleet)
        none, end = self._ends.get(frame) or self._end(frame)
        if not result.candidates:
            return left, none
        rows = [f"{row}{end}" for candidate in result.candidates for row in self._rows(candidate, result.grade)]
        return (left, *(f"{row}{left}" for row in rows[:-1]), rows[-1])

    def _rows(self, candidate: Candidate, grade: str) -> Iterator[str]:
        """What stands behind the line number, for each entry of a candidate, up to its reasons."""
        key = (candidate.vessel.id, candidate.grade, candidate.score, grade)
        starts = self._starts.get(key)
        if starts is None:
            entries = candidate_objects(candidate, self._as_of)
            rows = (row_of({"grade": grade, "candidate": entry}, self._before) for entry in entries)
            starts = keep(self._starts, key, tuple(f",{row}," for row in rows))
        reasons = text_cell(";".join([reason.replace(";", ",") for reason in candidate.reasons]))
        return (f"{start}{reasons}" for start in starts)

    def _end(self, frame: Frame) -> tuple[str, str]:
        """All that stands behind the line number where there is no candidate, and the end of a row where there is."""
        grade, checked, reasons, fleet = frame
        item: Document = {
            "grade": grade,
            "candidate": None,
            "checked": checked,
            "reasons": list(reasons),
            "fleet": fleet,
        }
        end = f",{row_of(item, self._after)}\r\n"
        return keep(self._ends, frame, (f",{row_of(item, self._before)},{end}", end))
