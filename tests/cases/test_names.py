"""Ship names as they are met, labelled from knowledge of the languages and the trade; the answers are held to them.

A row with ``same`` yes is a way to write that ship's name and must find it; a row with ``same`` no must not be called
a listed ship. Where ``ambiguous`` is yes, an honest expert could not tell from the name alone: such rows are counted
apart, and only a wrong ship is forbidden.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from vesseltrack import reference
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.model import Candidate, ScreenResult, Vessel
from vesseltrack.vessels.screening import screen

DAY = date(2024, 12, 31)
COLUMNS = ["query", "ship", "imo", "kind", "same", "ambiguous", "why"]
POSITIVE = {
    "joined", "hyphen", "case", "prefix", "suffix", "number_form", "hangul", "revised", "mccune", "press", "hanzi",
    "cyrillic", "ais", "slip", "slip_romanised", "alias", "cell",
}  # fmt: skip
NEGATIVE = {
    "other_number", "number_missing", "shorter", "longer", "other_ship", "other_word", "common", "short",
}  # fmt: skip
WEAK = ("painted", "laundered", "translated")


@dataclass(frozen=True)
class Name:
    query: str
    ship: str
    imo: str
    kind: str
    same: str
    ambiguous: str
    why: str


with (Path(__file__).parent / "names.csv").open(encoding="utf-8", newline="") as file:
    reader = csv.DictReader(file)
    HEADER = reader.fieldnames
    NAMES = [Name(**row) for row in reader]


def plain(text: str) -> str:
    """A name without its spaces and marks, for finding it among the aliases that alone never make a match."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@dataclass(frozen=True)
class Answer:
    name: Name
    result: ScreenResult

    def own(self, vessel: Vessel) -> bool:
        return vessel.imo == self.name.imo if self.name.imo else vessel.name == self.name.ship

    @property
    def called_listed(self) -> list[Candidate]:
        """Those that the answer calls a match and that are on the list on that day."""
        return [c for c in self.result.candidates if c.grade == "match" and c.vessel.listings_on(DAY)]

    @property
    def review_suffices(self) -> bool:
        """Nothing better than a review can be had: on no list, or by a painted, laundered or translated name."""
        vessel = self.result.candidates[0].vessel
        weak = {plain(alias.name) for alias in vessel.aliases if alias.kind in WEAK}
        return not vessel.listings_on(DAY) or plain(self.name.query) in weak

    @property
    def verdict(self) -> str:
        first = self.result.candidates[0] if self.result.candidates else None
        if self.name.same == "no":
            listed = any(c.grade == "review" and c.vessel.listings_on(DAY) for c in self.result.candidates)
            return "false" if self.called_listed else "review" if listed else "clear"
        if first is None or first.grade == "none":
            return "missed"
        if not self.own(first.vessel):
            return "other"
        return "found" if first.grade == "match" or self.review_suffices else "review"

    def __str__(self) -> str:
        shown = [f"{c.vessel.name} {c.grade}" for c in self.result.candidates[:3]]
        return f"{self.name.kind}: {self.name.query!r} ({self.name.same}, {self.name.ship or 'no ship'}) -> {shown}"


def table(answers: Iterable[Answer]) -> str:
    """Recall and precision by kind; the ambiguous rows are not in these numbers."""
    counts = Counter((a.name.same, a.name.kind, a.verdict) for a in answers if not a.name.ambiguous)
    lines = [f"{'kind':<16}{'rows':>6}{'found':>7}{'review':>8}{'other':>7}{'missed':>8}{'recall':>9}"]
    for kind in sorted(POSITIVE):
        found, review, other, missed = (counts["yes", kind, v] for v in ("found", "review", "other", "missed"))
        rows = found + review + other + missed
        lines.append(f"{kind:<16}{rows:>6}{found:>7}{review:>8}{other:>7}{missed:>8}{found / rows:>9.3f}")
    lines.append(f"{'kind':<16}{'rows':>6}{'false':>7}{'review':>8}{'clear':>7}{'of review':>11}")
    for kind in sorted({kind for same, kind, _ in counts if same == "no"}):
        false, review, clear = (counts["no", kind, v] for v in ("false", "review", "clear"))
        rows = false + review + clear
        lines.append(f"{kind:<16}{rows:>6}{false:>7}{review:>8}{clear:>7}{review / rows:>11.3f}")
    return "\n".join(lines)


def recall(answers: Iterable[Answer]) -> float:
    verdicts = [a.verdict for a in answers if a.name.same == "yes" and not a.name.ambiguous]
    return verdicts.count("found") / len(verdicts)


def precision(answers: Iterable[Answer]) -> float:
    """Of the rows called a listed ship or found in the register, those that are it."""
    counts = Counter(a.verdict for a in answers if not a.name.ambiguous)
    wrong = sum(1 for a in answers if not a.name.ambiguous and a.name.same == "yes" and not all_own(a))
    return counts["found"] / (counts["found"] + counts["false"] + wrong)


def all_own(answer: Answer) -> bool:
    """Nothing but the row's own ship is called a listed ship."""
    return all(answer.own(candidate.vessel) for candidate in answer.called_listed)


def shown(answers: list[Answer], why: Callable[[Answer], bool]) -> str:
    return "\n".join(str(answer) for answer in answers if why(answer))


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    """Every row screened against the bundled register; the table stands in the output of ``pytest -s``."""
    results = screen([name.query for name in NAMES], load_register(), DAY)
    answers = [Answer(name, result) for name, result in zip(NAMES, results, strict=True)]
    negatives = [a for a in answers if a.name.same == "no" and not a.name.ambiguous]
    review = sum(1 for a in negatives if a.verdict == "review")
    sys.stdout.write(
        f"\n{table(answers)}\nrecall {recall(answers):.3f}, precision {precision(answers):.4f}\n"
        f"negatives that are a review of a listed ship: {review} of {len(negatives)} ({review / len(negatives):.1%})\n"
    )
    return answers


def test_the_table_has_its_columns_and_at_least_five_hundred_rows():
    assert HEADER == COLUMNS
    assert len(NAMES) >= 500


def test_at_least_220_rows_are_not_that_ship():
    assert sum(1 for name in NAMES if name.same == "no") >= 220


def test_every_row_is_labelled_with_known_words():
    wrong = [
        name
        for name in NAMES
        if name.same not in {"yes", "no"}
        or name.ambiguous not in {"yes", ""}
        or name.kind not in (POSITIVE if name.same == "yes" else NEGATIVE)
        or not (name.query and name.why)
    ]
    assert not wrong


def test_every_ship_is_in_the_register_under_that_name_and_number():
    known = {(row["name"], row["imo"]) for row in reference.rows("vessels.csv")} | {("", "")}
    assert {(name.ship, name.imo) for name in NAMES} <= known


def test_only_a_negative_row_may_name_no_ship():
    assert not [name for name in NAMES if name.same == "yes" and not name.ship]


def test_no_query_stands_twice_beside_one_ship():
    assert not [pair for pair, times in Counter((name.query, name.ship) for name in NAMES).items() if times > 1]


def test_every_listed_ship_is_written_in_at_least_three_ways():
    listed = {row["name"] for row in reference.rows("vessels.csv") if row["status"] == "listed"}
    kinds = {(name.ship, name.kind) for name in NAMES if name.same == "yes"}
    ways = Counter(ship for ship, _ in kinds)
    assert not [ship for ship in listed if ways[ship] < 3]


def test_a_ship_is_found_however_its_name_is_written(answers: list[Answer]):
    missed = shown(answers, lambda a: a.verdict in {"review", "other", "missed"} and not a.name.ambiguous)
    assert recall(answers) >= 0.97, missed


def test_what_is_called_a_listed_ship_is_one(answers: list[Answer]):
    false = shown(answers, lambda a: a.verdict == "false" and not a.name.ambiguous)
    assert precision(answers) >= 0.99, false


def test_korean_and_chinese_script_is_read(answers: list[Answer]):
    scripts = [answer for answer in answers if answer.name.kind in {"hangul", "hanzi"}]
    missed = shown(scripts, lambda a: a.verdict in {"review", "other", "missed"} and not a.name.ambiguous)
    assert recall(scripts) >= 0.9, missed


def test_another_number_is_never_a_match(answers: list[Answer]):
    assert not shown(answers, lambda a: a.name.kind == "other_number" and a.result.grade == "match")


def test_no_name_matches_a_wrong_ship(answers: list[Answer]):
    assert not shown(answers, lambda a: not all_own(a))
