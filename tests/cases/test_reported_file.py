"""`--reported FILE`: what people write for a State, a month and a volume, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from vesseltrack.cases.reported_reading import read_reported
from vesseltrack.errors import ConfigurationError, RowsError

TODAY = date(2026, 11, 22)


@pytest.fixture
def read(tmp_path):
    """Reads CSV text as a file named own.csv."""

    def _read(text, today=TODAY):
        path = tmp_path / "own.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_reported(path, today)

    return _read


def row(read, text, header="state,month,tonnes,barrels,reported_on,source"):
    (one,) = read(f"{header}\n{text}\n").reports
    return one


def fault(read, text, header="state,month,tonnes,barrels,reported_on,source"):
    with pytest.raises(RowsError) as refused:
        read(f"{header}\n{text}\n")
    (said,) = refused.value.faults
    return said


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025-03", 3, 3),
        ("2025-3", 3, 3),
        ("2025/03", 3, 3),
        ("March 2025", 3, 3),
        ("2025년 3월", 3, 3),
        ("2025-01/2025-06", 1, 6),
        ("2025-01/06", 1, 6),
        ("2025-01..2025-06", 1, 6),
        ("2025-01 to 2025-06", 1, 6),
        ("2025-01 – 2025-06", 1, 6),
        ("2025", 1, 12),
    ],
)
def test_a_month_and_a_cumulative_row(read, written, first, last):
    found = row(read, f"China,{written},,100,,")
    assert (found.year, found.first, found.last) == (2025, first, last)


@pytest.mark.parametrize(("written", "first", "last"), [("03", 3, 3), ("3", 3, 3), ("01-06", 1, 6), ("2025-03", 3, 3)])
def test_months_of_a_year_in_a_column_of_its_own(read, written, first, last):
    found = row(read, f"2025,{written},China,,100", header="year,month,reporting_state,tonnes,barrels")
    assert (found.year, found.first, found.last) == (2025, first, last)


@pytest.mark.parametrize("written", ["China", "CN", "PRC", "中国", "중국", "People's Republic of China"])
def test_one_state_has_one_name(read, written):
    assert row(read, f"{written},2025-03,,100,,").state == "China"


@pytest.mark.parametrize("written", ["China+Russia", "Russia and China", "RU & CN"])
def test_a_joint_figure_is_told_from_a_state(read, written):
    assert row(read, f"{written},2025-03,,100,,").state == "China+Russia"


def test_a_state_with_and_in_its_name_is_one(read):
    assert row(read, "Antigua and Barbuda,2025-03,,100,,").state == "Antigua and Barbuda"


def test_blank_is_not_filed_and_zero_is_zero(read):
    assert row(read, "Russia,2025-03,,,,").status == "not_filed"
    assert row(read, "Russia,2025-03,not filed,,,").status == "not_filed"
    zero = row(read, "Russia,2025-03,0,0,,")
    assert (zero.status, zero.said) == ("current", (0, 0))


def test_a_figure_says_where_it_stands(read):
    found = row(read, 'Russia,2025-03,"1,410","11,745",2025-05-01,1718 Committee')
    assert (found.said, found.reported_on) == ((1_410, 11_745), date(2025, 5, 1))
    assert (found.source, found.where) == ("1718 Committee (own.csv line 2)", "own.csv line 2")


def test_before_2021_barrels_at_a_rate_of_the_press_give_way_to_the_tonnes(read):
    """VOA: 27,676 t = 218,640 barrels, at 7.9; the Committee's own pair of July 2020 stays."""
    voa = row(read, "Russia,2019-01/2019-11,27676,218640,,")
    assert (voa.said, voa.note) == ((27_676, None), "218,640 barrels are somebody's own conversion")
    assert row(read, "China,2020-07,1498,12479,,").said == (1_498, 12_479)


def test_a_copy_of_the_bundled_file_is_read_and_changes_nothing(examine_csv):
    """Who starts from data/reported.csv has the same balance, the same history and no contradiction."""
    from vesseltrack import reference

    copy = read_reported(reference.path_of("reported.csv"), TODAY)
    assert copy.reports
    sightings = "date,vessel,lat,lon\n2019-05-01,ORIENT PEARL,50,-20\n"
    (own,) = examine_csv(sightings, reported=copy).years
    (year,) = examine_csv(sightings).years
    assert own.reported.balance == year.reported.balance
    assert own.reported.history == year.reported.history
    assert own.reported.contradictions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("China,,,100,,", "has no month"),
        (",2025-03,,100,,", "has no State"),
        ("China,2025-13,,100,,", "there is no month 13"),
        ("China,2025-01-06,,100,,", "is no month"),
        ("China,6-Jan,,100,,", "write 2025-03, or 2025-01/2025-06"),
        ("China,2024-11/2025-02,,100,,", "not within one year"),
        ("China,2025-06/2025-01,,100,,", "ends before it begins"),
        ("China,2026-11,,100,,", "has not ended on 2026-11-22"),
        ("China,2017-09,,100,,", "no cap on refined petroleum was in force"),
        ("China,2025-03,,lots,,", "barrels 'lots'"),
        ("China,2025-03,-5,,,", "cannot be negative"),
        ("China,2025-03,,inf,,", "not a finite number"),
        ("China,2025-03,11745,1410,,", "are the columns swapped?"),
        ("China,2025-03,,100,1 May,", "reported_on '1 May' is no day"),
        ("China,2025-03,,100,2025-01-05,", "is before the period"),
        ("China,2025-03,,100,2027-01-05,", "is after today"),
        ("China,2025-03,1410,11745,,x,745", "put a number or text with a separator in quotes"),
        ("China,2025-03,,11,,745", "put a volume with a comma in quotes"),
        ("China,2025-03", "has 2 of 6 cells"),
    ],
)
def test_a_row_that_cannot_be_used_is_said_with_its_line(read, text, said):
    line = fault(read, text)
    assert "own.csv: line 2: " in line
    assert said in line
    assert "\n" not in line


def test_a_year_that_contradicts_its_month_is_said(read):
    assert "is not in the year 2024" in fault(read, "2024,2025-03,China,100", header="year,month,state,barrels")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("state,month,barrels\n", "holds a header and no row"),
        ("state,month\nChina,2025-03\n", "lacks a column"),
        ("state,month,tonnes,barells\nChina,2025-03,,5\n", "column 'barells' is not known; did you mean barrels?"),
        ("state,month,barrels,bbl\nChina,2025-03,5,5\n", "two columns mean barrels"),
        (b"PK\x03\x04xl/workbook", "an Excel workbook"),
        ("<html><body>", "a web page"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(read, text, said):
    with pytest.raises(ConfigurationError, match=r"own\.csv: ") as why:
        read(text)
    assert said in str(why.value)
    assert "\n" not in str(why.value)


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ConfigurationError, match="--reported needs a CSV"):
            read_reported(path, TODAY)
