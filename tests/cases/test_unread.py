"""Values that no rule could use are told, a line for each kind and input."""

from __future__ import annotations

import pytest

from vesseltrack.reports.render import document_of

HEADER = "date,vessel,mmsi,flag,owner,company_imo,owner imo\n"


def notes(case) -> list[list[str]]:
    """Of each input, the remarks on values."""
    inputs = document_of("check", case)["inputs"]
    return [[note for note in used["notes"] if "could not be read" in note] for used in inputs]


def test_each_kind_is_counted_with_its_first_example(examine_csv):
    case = examine_csv(
        HEADER
        + "2024-03-01,A ONE,353136000,PA,,1790183,\n"
        + "2024-03-02,B TWO,12345,Panma,,17901,\n"
        + "2024-03-03,C TRI,54321,Panma,,1790184,abc\n"
    )
    assert notes(case) == [
        [
            "2 company numbers could not be read, first line 3: '17901'",
            "1 company number could not be read, line 4: 'abc'",
            "2 MMSIs could not be read, first line 3: '12345'",
            "2 flags could not be read, first line 3: 'Panma'",
        ]
    ]
    assert (case.rejects, case.complete) == ((), True)


@pytest.mark.parametrize(
    "cells", ["0,unknown,,,", ",,,n/a,", "000000000,none,,Koti Corp,", ",Panama,,IMO 1790183,", ",,,,"]
)
def test_what_is_read_or_means_nothing_is_not_told(examine_csv, cells):
    assert notes(examine_csv(f"{HEADER}2024-03-01,A ONE,{cells}\n")) == [[]]


def test_each_input_has_its_own(examine_files, tmp_path):
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    for path, flag in zip(paths, ("PA", "Panma"), strict=True):
        path.write_text(f"date,vessel,flag\n2024-03-01,A ONE,{flag}\n")
    assert notes(examine_files(*paths)) == [[], ["1 flag could not be read, line 2: 'Panma'"]]
