"""A date cell is an interval in UTC, and what has two readings has none."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sightings.reading import read, refusal

from vesseltrack.sightings.columns import coded, times
from vesseltrack.sightings.dates import Unreadable, When, parse_date


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-03-06", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("20240306", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("2024/03/06", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("2024.03.06", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("2024. 3. 6.", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("2024년 3월 6일", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("6 March 2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("6 Mar 2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("06-MAR-2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("6th of March 2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("March 6, 2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("Wed, 6 Mar 2024", "2024-03-06 00:00:00", "2024-03-06 23:59:59"),
        ("25/03/2024", "2024-03-25 00:00:00", "2024-03-25 23:59:59"),
        ("03/25/2024", "2024-03-25 00:00:00", "2024-03-25 23:59:59"),
        ("25.03.2024", "2024-03-25 00:00:00", "2024-03-25 23:59:59"),
        ("06/06/2024", "2024-06-06 00:00:00", "2024-06-06 23:59:59"),
        ("2024-02-29", "2024-02-29 00:00:00", "2024-02-29 23:59:59"),
        ("2024-03-06T14:05:09Z", "2024-03-06 14:05:09", "2024-03-06 14:05:09"),
        ("2024-03-06 14:05:09", "2024-03-06 14:05:09", "2024-03-06 14:05:09"),
        ("2024-03-06T14:05:09.250", "2024-03-06 14:05:09.250000", "2024-03-06 14:05:09.250000"),
        ("2024-03-06T14:05Z", "2024-03-06 14:05:00", "2024-03-06 14:05:59"),
        ("2024-03-06T14Z", "2024-03-06 14:00:00", "2024-03-06 14:59:59"),
        ("6 March 2024 14:05", "2024-03-06 14:05:00", "2024-03-06 14:05:59"),
        ("2024-03-06 2:05 PM", "2024-03-06 14:05:00", "2024-03-06 14:05:59"),
        ("2024-03-06T02:05:00+09:00", "2024-03-05 17:05:00", "2024-03-05 17:05:00"),
        ("2024-03-06T02:05:00+0900", "2024-03-05 17:05:00", "2024-03-05 17:05:00"),
        ("2024-03-06T22:05:00-05:00", "2024-03-07 03:05:00", "2024-03-07 03:05:00"),
        ("20240306T140509Z", "2024-03-06 14:05:09", "2024-03-06 14:05:09"),
        ("2024-03", "2024-03-01 00:00:00", "2024-03-31 23:59:59"),
        ("March 2024", "2024-03-01 00:00:00", "2024-03-31 23:59:59"),
        ("2024", "2024-01-01 00:00:00", "2024-12-31 23:59:59"),
        ("2024-03-06/2024-03-24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024-03-06..2024-03-24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024-03-06 to 2024-03-24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024-03-06 - 2024-03-24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024-03-06–2024-03-24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024/03/06-2024/03/24", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("2024-03-06T12:00:00Z/2024-03-07T06:30:00Z", "2024-03-06 12:00:00", "2024-03-07 06:30:00"),
        ("2024-03/2024-11", "2024-03-01 00:00:00", "2024-11-30 23:59:59"),
        ("6-24 March 2024", "2024-03-06 00:00:00", "2024-03-24 23:59:59"),
        ("early 2024-03", "2024-03-01 00:00:00", "2024-03-10 23:59:59"),
        ("mid 2024-03", "2024-03-11 00:00:00", "2024-03-20 23:59:59"),
        ("late 2024-02", "2024-02-21 00:00:00", "2024-02-29 23:59:59"),
        ("Late March 2024", "2024-03-21 00:00:00", "2024-03-31 23:59:59"),
        ("early 2024", "2024-01-01 00:00:00", "2024-04-30 23:59:59"),
        ("mid 2024", "2024-05-01 00:00:00", "2024-08-31 23:59:59"),
        ("late 2024", "2024-09-01 00:00:00", "2024-12-31 23:59:59"),
        ("early 2024-03/mid 2024-04", "2024-03-01 00:00:00", "2024-04-20 23:59:59"),
        ("~2024-03-06", "2024-03-03 00:00:00", "2024-03-09 23:59:59"),
        ("c. 2024-03-06", "2024-03-03 00:00:00", "2024-03-09 23:59:59"),
        ("about 6 March 2024", "2024-03-03 00:00:00", "2024-03-09 23:59:59"),
        ("~2024-03", "2024-02-15 00:00:00", "2024-04-15 23:59:59"),
        ("before 2024-03-31", "2024-03-01 00:00:00", "2024-03-30 23:59:59"),
        ("after 2024-03-06", "2024-03-07 00:00:00", "2024-04-05 23:59:59"),
    ],
)
def test_a_date_is_an_interval(text, start, end):
    assert parse_date(text) == When(datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no date"),
        ("03/06/2024", "could be 2024-06-03 or 2024-03-06"),
        ("03.06.2024", "could be 2024-06-03 or 2024-03-06"),
        ("3/6/24", "two digits"),
        ("2024-02-30", "no 30 February 2024"),
        ("2023-02-29", "no 29 February 2023"),
        ("2024-13-01", "no month 13"),
        ("31/13/2024", "no month 31"),
        ("2024-03-06 24:61", "no time 24:61"),
        ("2024-03-06T14:05:60Z", "no time 14:05:60"),
        ("2024-03-06T14:05+25:00", "no UTC offset"),
        ("0000-01-01", "no year 0"),
        ("1899-12-31", "before 1900"),
        ("2024-03-24/2024-03-06", "ends before it starts"),
        ("2024-03-06/..", "one end"),
        ("/2024-03-06", "one end"),
        ("45357", "spreadsheet date (2024-03-06)"),
        ("45357.58", "spreadsheet date (2024-03-06)"),
        ("1709683200", "Unix time in seconds (2024-03-06)"),
        ("1709683200000", "Unix time in milliseconds (2024-03-06)"),
        ("17", "a number"),
        ("yesterday", "not a date"),
        ("NULL", "not a date"),
        ("~9999-12-31", "outside the years"),
    ],
)
def test_what_is_no_date_says_why(text, why):
    found = parse_date(text)
    assert isinstance(found, Unreadable)
    assert why in found.reason


def test_a_sighting_in_the_future_is_a_reject():
    csv = "date,vessel\n2024-03-06,CHON MA SAN\n2024-03-07,AN SAN 1\n9999-01-01,YU SON\n"
    found = read(csv, latest=date(2024, 3, 6))
    assert list(found.frame["vessel"]) == ["CHON MA SAN"]
    assert [reject.reason for reject in found.rejects] == ["in the future: it starts after 2024-03-06"] * 2
    assert [(reject.line, reject.column, reject.value) for reject in found.rejects] == [
        (3, "date", "2024-03-07"),
        (4, "date", "9999-01-01"),
    ]


def test_an_interval_that_starts_today_and_ends_later_is_accepted():
    assert len(read("date,vessel\n2024-03,CHON MA SAN\n", latest=date(2024, 3, 6)).frame) == 1


def test_date_and_time_of_day_in_two_columns_are_one_instant():
    csv = "Date,Time (UTC),Ship\n2024-03-06,14:05,A\n6 March 2024,1405,B\n2024-03-06,,C\n2024-03,14:05,D\n2024-03-06T09:00Z,14:05,E\n"
    found = read(csv)
    assert [str(start) for start in found.frame["start"]] == [
        "2024-03-06 14:05:00",
        "2024-03-06 00:00:00",
        "2024-03-01 00:00:00",
        "2024-03-06 09:00:00",
    ]
    assert found.rejects[0].value == "6 March 2024 1405"
    assert list(found.frame["x:Time (UTC)"]) == ["14:05", "", "14:05", "14:05"], "the time travels along"


def test_a_time_of_day_that_cannot_be_read_is_a_reject():
    reject = refusal("date,time,vessel\n2024-03-06,morning,A\n")
    assert reject.value == "2024-03-06 morning"


def test_a_lone_time_column_is_the_date():
    assert str(read("time,vessel\n2024-03-06T14:05Z,A\n").frame["start"][0]) == "2024-03-06 14:05:00"


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_every_way_to_write_a_day_is_the_same_day(day):
    written = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.day} {day:%B %Y}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day}/{day}",
    ]
    assert len({parse_date(text) for text in written}) == 1


@given(DAYS, DAYS)
def test_an_interval_reaches_from_its_first_to_its_last_day(one, other):
    first, last = sorted((one, other))
    found = parse_date(f"{first}/{last}")
    assert isinstance(found, When)
    assert (found.start.date(), found.end.date()) == (first, last)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_an_offset_moves_the_instant_and_nothing_else(instant, minutes):
    local = instant + timedelta(minutes=minutes)
    sign = "-" if minutes < 0 else "+"
    text = f"{local:%Y-%m-%dT%H:%M:%S.%f}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    assert parse_date(text) == When(instant, instant)


@given(st.text("0123456789-/.:TZ +~abcdefMarch년월", max_size=24) | st.text(max_size=24))
@example("2024-03-06/2024-03-06/2024-03-06")
@example("~~2024")
@example("9999-12-31/9999-12-31")
def test_any_text_is_a_date_or_says_why_not(text):
    found = parse_date(text)
    if isinstance(found, When):
        assert found.start <= found.end
    else:
        assert found.reason
        assert "\n" not in found.reason


ISO_LIKE = st.one_of(
    st.datetimes().map(str),
    st.dates().map(str),
    st.from_regex(r"\A(19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,7})?)?Z?\Z"),
    st.from_regex(r"\A(19|20)\d\d([/-])[01]\d[/-][0-3]\d[T ][0-2]\d:[0-5]\d(:[0-5]\d)?[+-][01]\d:?[0-6]\d\Z"),
    st.from_regex(r"\A\d{4}[/-]\d\d[/-]\d\d\Z"),
    st.sampled_from(["", "2024", "early 2024-03", "2024-03-06T24:00:00", "2016-12-31T23:59:60Z", "2024-02-30"]),
)


@given(st.lists(ISO_LIKE, min_size=1))
def test_columns_and_cells_are_read_alike(texts):
    """Whole columns are parsed in bulk; the law keeps that equal to reading one cell."""
    column = times(coded(pa.chunked_array([texts], pa.string())), date(9999, 12, 31))
    for row, text in enumerate(texts):
        cell = parse_date(text)
        if isinstance(cell, When):
            assert row not in column.faults
            epoch = datetime(1970, 1, 1)  # noqa: DTZ001
            assert column.start[row] == (cell.start - epoch) // timedelta(microseconds=1)
            assert column.end[row] == (cell.end - epoch) // timedelta(microseconds=1)
        else:
            assert column.faults[row] == cell.reason
