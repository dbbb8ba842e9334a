"""Laws of reading: every row is accounted for, order does not matter, and fast is the same as careful."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sightings.reading import LATEST, content, read, the_input

from vesseltrack.sightings.lines import split
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.schema import Sightings
from vesseltrack.sightings.tables import read_table

DATES = st.sampled_from(
    ["2024-03-06", "2024-03", "2024-03-06T14:05Z", "2024-02-30", "03/06/2024", "", "2030-01-01", "~2024-03-06"]
)
NAMES = st.sampled_from(["CHON MA SAN", "AN SAN 1", "", "NULL", "천마산호", "=A", 'B "1"', "C\nD", " E "])
NUMBERS = st.sampled_from(["", "42.5", "91", "133", "NaN", "42,5", "x", "-0", "0"])
WORDS = st.sampled_from(["", "off", "dark", "on", "perhaps", "unknown"])
ROWS = st.tuples(DATES, NAMES, NUMBERS, NUMBERS, WORDS, st.sampled_from(["", "x", "y"]))
HEADER = ["date", "vessel", "lat", "lon", "ais_status", "colour"]


def written(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode()


def read_all(*contents: bytes) -> Sightings:
    """Several inputs, as files would be."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, raw in enumerate(contents):
            path = Path(folder) / f"{number}.csv"
            path.write_bytes(raw)
            paths.append(str(path))
        return read_sightings(paths, latest=LATEST)


@given(st.lists(st.lists(ROWS, max_size=8), min_size=1, max_size=3))
def test_accepted_rejected_and_duplicates_make_up_every_row(files):
    found = read_all(*map(written, files))
    for account, rows in zip(found.inputs, files, strict=True):
        assert account.rows == len([row for row in rows if any(cell.strip() for cell in row)])
        accepted = int((found.frame["file"] == account.path).sum())
        rejected = sum(reject.source == account.path for reject in found.rejects)
        assert rejected == account.rejected
        assert accepted + account.rejected + account.duplicates == account.rows


@given(st.lists(ROWS, max_size=10), st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert content(read(written(rows)).frame) == content(read(written(shuffled)).frame)


@given(st.lists(ROWS, max_size=8), st.lists(ROWS, max_size=8))
def test_the_order_of_files_does_not_matter(one, other):
    assert content(read_all(written(one), written(other)).frame) == content(
        read_all(written(other), written(one)).frame
    )


@given(st.lists(ROWS, max_size=8), st.integers(0, 8))
def test_reading_parts_together_is_reading_the_whole(rows, cut):
    assert content(read_all(written(rows[:cut]), written(rows[cut:])).frame) == content(read(written(rows)).frame)


@given(st.lists(ROWS, max_size=8))
def test_reading_a_file_twice_is_reading_it_once(rows):
    raw = written(rows)
    found = read_all(raw, raw)
    assert content(found.frame) == content(read(raw).frame)
    assert found.inputs[1].duplicates == found.inputs[1].rows - found.inputs[1].rejected


@given(st.permutations(range(len(HEADER))), st.lists(ROWS, max_size=6))
def test_the_order_of_columns_does_not_matter(order, rows):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([HEADER[number] for number in order])
    writer.writerows([row[number] for number in order] for row in rows)
    assert content(read(out.getvalue()).frame) == content(read(written(rows)).frame)


@given(st.lists(ROWS.filter(lambda row: "=A" not in row), max_size=8), st.randoms())
def test_json_and_ndjson_say_what_csv_says(rows, random):
    """Elements may leave out what is blank and name their members in any order."""
    elements = [
        dict(random.sample(pairs := [(h, c) for h, c in zip(HEADER, row, strict=True) if c], len(pairs)))
        for row in rows
    ]
    elements = [element for element in elements if "".join(element.values()).strip()]
    whole = [dict.fromkeys(HEADER, "")]  # a blank element names every column, and is a reject
    expected = content(read(written(rows)).frame)
    assert content(read(json.dumps(whole + elements)).frame) == expected
    assert content(read("\n".join(map(json.dumps, whole + elements)) + "\n").frame) == expected


def test_a_duplicate_is_counted_once_and_mentioned():
    found = read(
        "date,vessel,lat,lon,note\n2024-03-06,A,42.5,133,\n2024-03-06, A ,42.50,133.0,\n2024-03-06,A,42.5,133,x\n"
    )
    assert list(found.frame["line"]) == [2, 4]
    assert the_input(found).duplicates == 1


def test_a_duplicate_in_another_file_is_counted_there():
    found = read_all(b"date,vessel\n2024-03-06,A\n", b"vessel;date;colour\nA;2024-03-06;\nB;2024-03-06;red\n")
    assert [account.duplicates for account in found.inputs] == [0, 1]
    assert list(found.frame["vessel"]) == ["A", "B"]
    assert list(found.frame["line"]) == [2, 3]


def test_sightings_that_differ_in_an_extra_are_two():
    assert len(read("date,vessel,image\n2024-03-06,A,1\n2024-03-06,A,2\n").frame) == 2


PIECES = st.sampled_from(["a", "b", "천", ",", '"', '""', "\n", "\r\n", "\r", " ", "'"])


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(",;\t|"))
def test_bulk_and_careful_cutting_agree(text, separator):
    """Whatever rows come out, `csv` reads the same cells from the line on which each starts."""
    text = text.replace(",", separator)
    raw = f"p{separator}q\n{text}".encode()
    table = read_table(raw, "-", {"p": "vessel", "q": "date"})
    assert table is not None
    lines = split(raw)
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    for line, row in zip(table.lines.tolist(), cells, strict=True):
        rest = [raw[lines.starts[n] : lines.stop(n)].decode() for n in range(line - 1, len(lines))]
        assert tuple(next(csv.reader(rest, delimiter=separator, strict=True))) == row


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_line_is_lost(text):
    """Each line that is not blank starts a row, is a reject, or is inside a quoted cell of the row before."""
    raw = f"vessel,date\n{text}".encode()
    table = read_table(raw, "-", {})
    assert table is not None
    lines = split(raw)
    told = set(table.lines.tolist()) | {reject.line for reject in table.rejects}
    inside: set[int] = set()
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    for line, row in zip(table.lines.tolist(), cells, strict=True):
        breaks = sum(len(split(cell.encode() + b".")) - 1 for cell in row)
        inside |= set(range(line + 1, line + breaks + 1))
    for number in range(1, len(lines)):
        blank = not lines.content(number).replace(b",", b"").replace(b'"', b"").strip()
        assert blank or number + 1 in told | inside


@given(st.text(st.sampled_from("ab\r\n"), max_size=20))
def test_lines_are_cut_as_python_cuts_them(text):
    found = split(text.encode())
    assert (
        [found.content(number).decode() for number in range(len(found))]
        == io.StringIO(text, newline=None).read().removesuffix("\n").split("\n")
        if text
        else len(found) == 0
    )


def test_many_rows_of_every_kind_keep_their_lines():
    """Over several portions of the tokeniser, with quoted, multi-line, ragged and broken rows among plain ones."""
    lines, expected, rejected = ["date,vessel,note"], [], []
    for number in range(120_000):
        line = len(lines) + 1
        if number % 5000 == 17:
            lines += [f'2024-03-06,"SHIP {number}","two', 'lines"']
            expected.append(line)
        elif number % 5000 == 18:
            lines.append(f"2024-03-06,SHIP {number}")
            rejected.append(line)
        elif number % 5000 == 19:
            lines.append(f'2024-03-06,"SHIP {number},x')
            rejected.append(line)
        elif number % 5000 == 20:
            lines.append("")
        elif number % 7 == 0:
            lines.append(f'2024-03-06,"SHIP {number}","a ""quoted"", note {"x" * 60}"')
            expected.append(line)
        else:
            lines.append(f"2024-03-06,SHIP {number},{'y' * 80}")
            expected.append(line)
    found = read("\n".join(lines) + "\n", latest=date(2024, 12, 31))
    assert list(found.frame["line"]) == expected
    assert [reject.line for reject in found.rejects] == rejected
    written_names = [lines[line - 1].split(",")[1].strip('"') for line in expected]
    assert list(found.frame["vessel"]) == written_names
