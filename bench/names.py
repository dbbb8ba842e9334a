"""Screens ship names beside other matchers, on the same list in one run, and prints Markdown tables.

    make bench-names                every system; about five minutes
    python bench/names.py --quick   smaller samples, and 100,000 names end to end

nomenklatura and rapidfuzz are wanted for this comparison only; one that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import csv
import gc
import importlib
import importlib.metadata
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generate import WORDS

from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.model import Vessel
from vesseltrack.vessels.register import Register
from vesseltrack.vessels.screening import screen

CASES = Path(__file__).parent.parent / "tests" / "cases" / "names.csv"
DAY = date(2024, 12, 31)
SEED = 7
SMALL, LARGE = 60, 1_500
LOGIC_THRESHOLD = 0.7
WRATIO_THRESHOLD = 90
FOUND = 10
"""The exit code of a screening that found a ship."""

Finder = Callable[[Sequence[str]], list[str]]
"""Gives for each name the id of the ship that it is taken for, or an empty text."""


@dataclass(frozen=True)
class System:
    """A matcher: what it is called, how it is made ready for a list, and how many names its speed is taken on."""

    title: str
    needs: str
    """The package that it needs; empty for this program."""

    ready: Callable[[Sequence[Vessel]], Finder]
    samples: tuple[int, int] | None
    """Names timed against the small and the large list, fewer where a name takes long; None: timed in another row."""

    @property
    def version(self) -> str:
        """Of the package that it needs; empty where that is not installed."""
        try:
            return importlib.metadata.version(self.needs or "vesseltrack")
        except importlib.metadata.PackageNotFoundError:
            return "" if self.needs else "not installed as a package"


def names_of(vessel: Vessel) -> list[str]:
    """Every name and alias of a ship: each system gets these and nothing else."""
    return [vessel.name, *(alias.name for alias in vessel.aliases)]


def ours(grades: tuple[str, ...]) -> Callable[[Sequence[Vessel]], Finder]:
    """This program; the best candidate counts where its grade is one of these."""

    def ready(ships: Sequence[Vessel]) -> Finder:
        register = Register(tuple(ships), (), ())

        def find(queries: Sequence[str]) -> list[str]:
            best = (result.candidates[0] if result.candidates else None for result in screen(queries, register, DAY))
            return [first.vessel.id if first and first.grade in grades else "" for first in best]

        return find

    return ready


def logic(algorithm: str) -> Callable[[Sequence[Vessel]], Finder]:
    """One of nomenklatura's matchers: the best-scoring ship at or above the threshold of its service."""

    def ready(ships: Sequence[Vessel]) -> Finder:
        matcher: Any = importlib.import_module("nomenklatura.matching").get_algorithm(algorithm)
        model: Any = importlib.import_module("followthemoney").model
        settings = matcher.default_config()

        def vessel(key: str, names: Sequence[str]) -> Any:
            entity = model.make_entity("Vessel")
            entity.id = key
            entity.add("name", names)
            return entity

        entries = [vessel(ship.id, names_of(ship)) for ship in ships]

        def one(query: str) -> str:
            asked = vessel("query", [query])
            scores = ((matcher.compare(asked, entry, settings).score, entry.id) for entry in entries)
            score, found = max(scores, key=lambda pair: pair[0])
            return str(found) if score >= LOGIC_THRESHOLD else ""

        return lambda queries: [one(query) for query in queries]

    return ready


def wratio(ships: Sequence[Vessel]) -> Finder:
    """The WRatio of rapidfuzz with its own preparation of text: what "fuzzy matching in Python" leads to."""
    process: Any = importlib.import_module("rapidfuzz.process")
    scorer: Any = importlib.import_module("rapidfuzz.fuzz").WRatio
    prepare: Any = importlib.import_module("rapidfuzz.utils").default_process
    ids = [ship.id for ship in ships for _ in names_of(ship)]
    names = [prepare(name) for ship in ships for name in names_of(ship)]

    def one(query: str) -> str:
        hit = process.extractOne(prepare(query), names, scorer=scorer, processor=None, score_cutoff=WRATIO_THRESHOLD)
        return ids[hit[2]] if hit else ""

    return lambda queries: [one(query) for query in queries]


SYSTEMS = (
    System("vesseltrack, match", "", ours(("match",)), (50_000, 50_000)),
    System("vesseltrack, match or review", "", ours(("match", "review")), None),
    System(f"nomenklatura logic-v2, {LOGIC_THRESHOLD}", "nomenklatura", logic("logic-v2"), (1_000, 100)),
    System(f"nomenklatura logic-v1, {LOGIC_THRESHOLD}", "nomenklatura", logic("logic-v1"), (1_000, 100)),
    System(f"rapidfuzz WRatio, {WRATIO_THRESHOLD}", "rapidfuzz", wratio, (4_000, 1_000)),
)


@dataclass
class Tally:
    """What a system made of the labelled names."""

    right: int = 0
    missed: int = 0
    wrong_ship: int = 0
    flagged: int = 0
    cleared: int = 0

    @property
    def recall(self) -> float:
        """Of the ways to write a listed ship's name, those found."""
        return self.right / (self.right + self.missed + self.wrong_ship)

    @property
    def precision(self) -> float:
        """Of what was called a listed ship, that which is it."""
        called = self.right + self.wrong_ship + self.flagged
        return self.right / called if called else 1.0


def labelled(ships: Sequence[Vessel]) -> list[tuple[dict[str, str], str]]:
    """The unambiguous rows with the id of the listed ship that each is, empty where it is none of them."""
    by_imo = {ship.imo: ship.id for ship in ships if ship.imo}
    by_name = {ship.name: ship.id for ship in ships}
    rows = []
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = by_imo.get(row["imo"], "") or by_name.get(row["ship"], "")
            if row["ambiguous"] or (row["same"] == "yes" and not own):
                continue
            rows.append((row, own if row["same"] == "yes" else ""))
    return rows


def judge(system: System, ships: Sequence[Vessel], rows: Sequence[tuple[dict[str, str], str]]) -> dict[str, Tally]:
    """Tallies by kind of row, and of all under an empty key."""
    found = system.ready(ships)([row["query"] for row, _ in rows])
    tallies: dict[str, Tally] = defaultdict(Tally)
    for (row, own), answer in zip(rows, found, strict=True):
        for tally in (tallies[""], tallies[row["kind"]]):
            if own:
                tally.right += answer == own
                tally.missed += not answer
                tally.wrong_ship += answer not in {"", own}
            else:
                tally.flagged += bool(answer)
                tally.cleared += not answer
    return tallies


def accuracy(systems: Sequence[System], ships: Sequence[Vessel]) -> None:
    """Prints recall and precision of all systems on the labelled names."""
    rows = labelled(ships)
    verdicts = Counter(bool(own) for _, own in rows)
    print(
        f"\n{verdicts[True]:,} ways to write the name of a listed ship and {verdicts[False]:,} names that are none,"
        f" from `tests/cases/names.csv` without its ambiguous rows; {len(ships)} ships with"
        f" {sum(len(names_of(ship)) for ship in ships)} names and aliases, the same for each system.\n"
    )
    tallies = {system.title: judge(system, ships, rows) for system in systems}
    print("| system | recall | precision | negatives flagged | wrong ship |")
    print("| --- | --- | --- | --- | --- |")
    for title, by_kind in tallies.items():
        t = by_kind[""]
        share = t.flagged / (t.flagged + t.cleared)
        print(f"| {title} | {t.recall:.3f} | {t.precision:.3f} | {t.flagged} ({share:.1%}) | {t.wrong_ship} |")
    positive = sorted({row["kind"] for row, own in rows if own})
    negative = sorted({row["kind"] for row, own in rows if not own})
    for kinds, what in ((positive, "recall"), (negative, "flagged")):
        print(f"\n| {what} by kind | rows | {' | '.join(tallies)} |")
        print(f"| --- | --- |{' --- |' * len(tallies)}")
        for kind in kinds:
            cells = [by_kind[kind] for by_kind in tallies.values()]
            count = sum(1 for row, own in rows if row["kind"] == kind and bool(own) == (what == "recall"))
            values = [f"{t.recall:.3f}" if what == "recall" else str(t.flagged) for t in cells]
            print(f"| {kind} | {count} | {' | '.join(values)} |")


def recombined(ships: Sequence[Vessel], wanted: int) -> list[str]:
    """That many distinct names: the real ones first, then their words and numbers put together anew.

    The new ones serve speed only: they are nobody's ships.
    """
    names = list(dict.fromkeys([*(ship.name for ship in ships), *(name for ship in ships for name in names_of(ship))]))
    latin = [name for name in names if name.isascii()]
    words = sorted({word for name in latin for word in name.split() if word.isalpha()})
    numbers = sorted({word for name in latin for word in name.split() if word.isdigit()})
    chance = random.Random(SEED)
    known = dict.fromkeys(latin[:wanted])
    while len(known) < wanted:
        name = " ".join(chance.sample(words, chance.choice((2, 3))))
        known[f"{name} {chance.choice(numbers)}" if chance.random() < 0.5 else name] = None
    return list(known)


ROMAN = {"1": "I", "2": "II", "3": "III", "5": "V", "6": "VI", "7": "VII", "8": "VIII", "9": "IX", "11": "XI"}
REVISED = {
    "CHON": "CHEON", "CHONG": "CHEONG", "JONG": "JEONG", "KUM": "GEUM", "PAEK": "BAEK", "SONG": "SEONG",
    "PHYONG": "PYEONG", "RYONG": "RYEONG", "TONG": "DONG", "HUNG": "HEUNG", "PHO": "PO", "UN": "EUN",
}  # fmt: skip


def _number(name: str, write: Callable[[str], str]) -> str:
    return re.sub(r"(?:NO\. *)?\b([0-9]+)$", lambda found: write(found[1]), name)


def _swapped(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name) - 1)
    return f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"


def _left_out(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + name[at + 1 :]


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda name, _: name.replace(" ", ""),
    lambda name, _: name.replace(" ", "-"),
    lambda name, chance: f"{chance.choice(('M/T', 'MV', 'M.V.', 'MT', 'M/V'))} {name}",
    lambda name, _: _number(name, lambda digits: ROMAN.get(digits, digits)),
    lambda name, _: _number(name, lambda digits: f"NO. {digits}"),
    _swapped,
    _left_out,
    lambda name, _: " ".join(REVISED.get(word, word) for word in name.split()),
    lambda name, _: name.lower(),
)


def queries(names: Sequence[str], count: int, *, one_in: int = 2, seed: int = SEED) -> Iterator[str]:
    """Names to screen: one in so many a changed name of the list, the others on no list and mostly distinct."""
    chance = random.Random(seed)
    for number in range(count):
        if number % one_in == 0:
            yield chance.choice(MUTATIONS)(chance.choice(names), chance)
        else:
            yield f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.randrange(100_000)}"


def _ship(like: Vessel, name: str) -> Vessel:
    """A listed ship of that name alone."""
    listing = replace(like.listings[0], listed_name=name)
    return replace(like, id=f"NAME{name}", name=name, imo=None, mmsi=(), aliases=(), listings=(listing,))


def speed(systems: Sequence[System], ships: Sequence[Vessel], share: int) -> None:
    """Prints names screened in a second against a small and a large list."""
    print(
        f"\nSpeed: against the first {SMALL} of the real names and against {LARGE:,}, of which those beyond the real"
        " ones are recombinations of their words and numbers; each name a ship of its own. Half of the names screened"
        " are changed list names (joined, hyphens, prefix, roman number, NO., two letters swapped, a letter left out,"
        f" Revised Romanization, lower case; seed {SEED}), half are on no list; the best of three passes, each over"
        " other names. The two grades of vesseltrack are one pass.\n"
    )
    print(f"| system | names | names/s against {SMALL} | names | names/s against {LARGE:,} |")
    print("| --- | --- | --- | --- | --- |")
    lists = []
    for size in (SMALL, LARGE):
        names = recombined(ships, size)
        lists.append((names, [_ship(ships[0], name) for name in names]))
    for system in systems:
        if not system.samples:
            continue
        cells = []
        for (names, made), whole in zip(lists, system.samples, strict=True):
            count = max(20, whole // share)
            find = system.ready(made)
            find(list(queries(names, 20, seed=0)))  # what is made on first use is no part of a name's cost
            gc.collect()
            gc.freeze()  # nor is looking through what the others have loaded
            best = 0.0
            for turn in range(3):
                asked = list(queries(names, count, seed=SEED + turn))
                began = time.perf_counter()
                find(asked)
                best = max(best, count / (time.perf_counter() - began))
            cells += [f"{count:,}", f"{best:,.0f}"]
        print(f"| {system.title} | {' | '.join(cells)} |", flush=True)


def end_to_end(ships: Sequence[Vessel], count: int) -> None:
    """Prints what the program itself takes for a file of names, from start to end."""
    command = (sys.executable, "-m", "vesseltrack", "screen", "-", "--format", "ndjson")
    settings = {**os.environ, "VESSELTRACK_TODAY": DAY.isoformat()}
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB on Linux
    names = [name for ship in ships for name in names_of(ship) if name.isascii()]
    print(f"\n| `vesseltrack screen - --format ndjson`, {count:,} names | seconds | names/s | peak memory |")
    print("| --- | --- | --- | --- |")
    for one_in, what in ((2, "half of them changed list names"), (100, "one in a hundred a changed list name")):
        with tempfile.TemporaryFile() as asked:
            for name in queries(names, count, one_in=one_in):
                asked.write(f"{name}\n".encode())
            asked.seek(0)
            began = time.perf_counter()
            with subprocess.Popen(
                command, stdin=asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings
            ) as process:
                _, status, usage = os.wait4(process.pid, 0)
                seconds = time.perf_counter() - began
                process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != FOUND:
            raise SystemExit(f"{' '.join(command)} ended in {process.returncode}")
        peak = usage.ru_maxrss * unit / 1e6
        print(f"| {what} | {seconds:.1f} | {count / seconds:,.0f} | {peak:,.0f} MB |", flush=True)


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--quick", action="store_true", help="smaller samples, and 100,000 names end to end")
    quick = options.parse_args().quick

    ships = [ship for ship in load_register().vessels if ship.listings_on(DAY)]
    present = [system for system in SYSTEMS if system.version]
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    for package, version in sorted({(system.needs, system.version) for system in SYSTEMS if system.needs}):
        print(f"{package} {version}" if version else f"**{package} is not installed: left out.**")
    end_to_end(ships, 100_000 if quick else 1_000_000)  # first: a child's peak memory counts what its parent holds
    accuracy(present, ships)
    speed(present, ships, 10 if quick else 1)


if __name__ == "__main__":
    main()
