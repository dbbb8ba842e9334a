"""Asked for one kind of event, `track` finds what it finds among all."""

from __future__ import annotations

import pandas as pd
import pytest
from tracks.at_sea import at_sea

from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.tracks.engines.duckdb import DuckDBEngine
from vesseltrack.tracks.formats.recognising import recognise
from vesseltrack.tracks.schema import KINDS
from vesseltrack.tracks.thresholds import Thresholds
from vesseltrack.tracks.tracking import track


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Events of some kinds, from the same files."""
    folder = tmp_path_factory.mktemp("files")
    paths = at_sea(folder)
    again = folder / "renamed.csv"  # ships that meet, and one that changes its name
    lines = [f"27300010{ship},2024-03-02T{minute // 60:02d}:{minute % 60:02d}:00,39,135,0.3,6.0,80,,{name},"
             for minute in range(600, 900, 5)
             for ship, name in ((8, "BEFORE" if minute < 700 else "AFTERWARDS"), (9, "OTHER"))]  # fmt: skip
    again.write_text("\n".join([(folder / "0.csv").read_text().splitlines()[0], *lines]) + "\n")
    count = iter(range(1000))

    def _found(*kinds: str) -> pd.DataFrame:
        copies = folder / f"copies-{next(count)}"
        copies.mkdir()
        engine = DuckDBEngine(copies)
        inputs = recognise([*paths, str(again)], copies)
        tracked = track(engine, inputs, load_gazetteer(), Thresholds(), kinds=frozenset(kinds))
        engine.close()
        return tracked.events

    return _found


@pytest.fixture(scope="module")
def everything(found):
    return found(*KINDS)


def test_something_of_each_kind_happens(everything):
    assert set(everything["kind"]) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_alone_is_what_it_is_among_all(found, everything, kind):
    alone = everything[everything["kind"] == kind].reset_index(drop=True)
    pd.testing.assert_frame_equal(found(kind), alone, check_exact=True)
