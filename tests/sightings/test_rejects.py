"""A reject says where and why, keeps its own columns, and can be mended and fed back."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from sightings.reading import LATEST, content, read, refusal

from vesseltrack.sightings.headers import REJECT_COLUMNS
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.rejects import write_rejects
from vesseltrack.sightings.schema import RejectedRow


def test_a_reject_keeps_its_cells_as_they_were():
    reject = refusal("Seen ,Ship Name,colour\n 2024-02-30 ,'=A,red\n")
    assert (reject.source, reject.line, reject.column, reject.value) == ("-", 2, "Seen", " 2024-02-30 ")
    assert reject.original == (("Seen ", " 2024-02-30 "), ("Ship Name", "'=A"), ("colour", "red"))


def test_the_line_is_the_first_of_the_row():
    found = read('date,vessel,note\n2024-03-06,A,"x\ny\nz"\n\n2024-02-30,B,"x\ny"\n2024-02-31,C,\n')
    assert [reject.line for reject in found.rejects] == [6, 8]


def test_a_long_value_is_shown_in_part():
    assert len(refusal(f"date,vessel\n{'9' * 1000},A\n").value) == 200


def test_rejects_come_in_the_order_of_their_lines():
    found = read('date,vessel\n2024-02-30,A\n"2024,B\n2024-03-06\n,\n2024-02-31,C\n')
    assert [reject.line for reject in found.rejects] == [2, 3, 4, 6]


def test_rejects_as_csv_stand_beside_what_was_wrong(tmp_path):
    (tmp_path / "a.csv").write_text("date,vessel\n2024-02-30,A\n2024-03-06,B\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Ship;seen;note\nC;2024-13-01;x,y\n", encoding="utf-8")
    found = read_sightings([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], latest=LATEST)
    rows = list(csv.DictReader(io.StringIO(write_rejects(found.rejects))))
    assert list(rows[0]) == ["date", "vessel", "Ship", "seen", "note", *REJECT_COLUMNS]
    assert rows[0] | {"reject_reason": "", "reject_source": ""} == {
        "date": "2024-02-30", "vessel": "A", "Ship": "", "seen": "", "note": "", "reject_source": "", "reject_line": "2",
        "reject_column": "date", "reject_value": "2024-02-30", "reject_reason": "",
    }  # fmt: skip
    assert (rows[1]["Ship"], rows[1]["note"], rows[1]["reject_column"]) == ("C", "x,y", "seen")


def test_mended_rejects_of_several_inputs_are_read_whole(tmp_path):
    (tmp_path / "a.csv").write_text("date,vessel\n2024-02-30,A\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Ship;seen;note\nC;2024-13-01;x\n", encoding="utf-8")
    found = read_sightings([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], latest=LATEST)
    mended = (
        write_rejects(found.rejects).replace("2024-02-30,A", "2024-02-29,A").replace("C,2024-13-01", "C,2024-12-01")
    )
    again = read(mended)
    assert not again.rejects
    assert list(zip(again.frame["vessel"], again.frame["date"], again.frame["note"], strict=True)) == [
        ("A", "2024-02-29", ""),
        ("C", "2024-12-01", "x"),
    ]
    assert not [name for name in again.frame.columns if name.startswith("x:reject")]


def test_bytes_that_were_no_text_can_be_written():
    raw = "date,vessel\n2024-03-06,천마산호\n".encode() + b"2024-03-07,\xff\xfe\n"
    text = write_rejects(read(raw).rejects)
    assert r"\xff\xfe" in text
    text.encode()


CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_cells_survive_writing_and_reading(cells):
    """Rejects written, read by any CSV reader, are the same cells."""
    rejects = [
        RejectedRow("x.csv", line, "date", cell[0], "no date", (("date", cell[0]), ("vessel", cell[1])))
        for line, cell in enumerate(cells, 2)
    ]
    rows = list(csv.reader(io.StringIO(write_rejects(rejects), newline="")))
    assert [tuple(row[:2]) for row in rows[1:]] == cells


NAMES = st.text(st.sampled_from("ABC 가\"',;\n='-1"), min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6, unique=True))
def test_mending_the_date_is_enough(rows):
    """What is read after mending is what would have been read without the slip."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", "vessel", "note"])
    writer.writerows(["2024-02-30", *row] for row in rows)
    refused = read(out.getvalue())
    assert len(refused.rejects) == len(rows)
    mended = write_rejects(refused.rejects).replace("2024-02-30", "2024-02-29")
    assert content(read(mended).frame) == content(read(out.getvalue().replace("2024-02-30", "2024-02-29")).frame)
