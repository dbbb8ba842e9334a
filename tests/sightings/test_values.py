"""Numbers with their units, ranges and separators; words for AIS status, activity and laden state."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightings.reading import one, read, refusal

from vesseltrack.sightings.columns import numbers
from vesseltrack.sightings.schema import CHOICE_FIELDS, NUMBER_FIELDS
from vesseltrack.sightings.values import parse_number, range_fault
from vesseltrack.sightings.words import parse_choice


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("barrels", "12,000", 12000),
        ("barrels", "12,000.5", 12000.5),
        ("barrels", "1,234,567", 1234567),
        ("barrels", "12 000", 12000),
        ("barrels", "12\u202f000", 12000),
        ("barrels", "12'000", 12000),
        ("barrels", "1.234,5", 1234.5),
        ("barrels", "1.234.567", 1234567),
        ("barrels", "12,5", 12.5),
        ("barrels", "0,500", 0.5),
        ("barrels", "25000 bbl", 25000),
        ("tonnes", "2,000 t", 2000),
        ("tonnes", "3 tonnes", 3),
        ("cargo_m3", "3500 m³", 3500),
        ("length_m", "110 m", 110),
        ("length_m", "110m", 110),
        ("length_m", "110,5", 110.5),
        ("length_m", "+110", 110),
        ("count", "7 tankers", 7),
        ("draught", "6.2 metres", 6.2),
        ("lat", "42.73", 42.73),
        ("lat", "42,733", 42.733),
        ("lat", "42.73 N", 42.73),
        ("lat", "42.73°S", -42.73),
        ("lat", "42.73 S", -42.73),
        ("lat", "42.73s", -42.73),
        ("lat", "42°43.8'N", 42.73),
        ("lat", "42°43.8'S", -42.73),
        ("lat", "42°43'48\"N", 42.73),
        ("lat", "42 43 48 N", 42.73),
        ("lat", "N42 43.8", 42.73),
        ("lon", "133°05'E", 133 + 5 / 60),
        ("lon", "070 30 W", -70.5),
        ("lon", "−133.5", -133.5),
    ],
)
def test_a_number_is_read_as_people_write_it(field, text, value):
    assert parse_number(text, field) == pytest.approx(value)


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("lat", "NaN", "not a finite number"),
        ("lat", "inf", "not a finite number"),
        ("barrels", "1e999", "not a finite number"),
        ("barrels", "9" * 400, "not a finite number"),
        ("lat", "42.73 E", "N or S is meant"),
        ("lat", "-42.73 S", "a sign and a letter"),
        ("lat", "42 43", "not a number"),
        ("lat", "42°75'N", "no such minutes"),
        ("lat", "42.73, 133.08", "not a number"),
        ("length_m", "~110", "not a number"),
        ("length_m", "360 ft", "not a number"),
        ("length_m", "1_1", "not a number"),
        ("barrels", "1,23,456", "not a number"),
        ("count", "seven", "not a number"),
    ],
)
def test_what_is_no_number_says_why(field, text, why):
    found = parse_number(text, field)
    assert isinstance(found, str)
    assert why in found


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("lat", "91", "latitude 91 is outside -90 to 90"),
        ("lon", "-180.5", "longitude -180.5 is outside -180 to 180"),
        ("length_m", "0", "length in metres 0 is outside 0 to 500"),
        ("length_m", "501", "length in metres 501 is outside 0 to 500"),
        ("count", "0", "number of ships 0 is outside 1 to 1000"),
        ("count", "2.5", "not a whole number"),
        ("barrels", "-1", "cannot be negative"),
        ("tonnes", "-0.5 t", "cannot be negative"),
        ("cargo_m3", "-3", "cannot be negative"),
        ("draught", "inf", "not a finite number"),
    ],
)
def test_a_number_out_of_range_is_a_reject(column, value, why):
    other = {"lat": ",lon\n2024-03-06,A,91,12\n", "lon": ",lat\n2024-03-06,A,-180.5,12\n"}.get(
        column, f"\n2024-03-06,A,{value}\n"
    )
    reject = refusal(f"date,vessel,{column}{other}")
    assert (reject.line, reject.column, reject.value) == (2, column, value)
    assert why in reject.reason


def test_swapped_coordinates_are_named_as_such():
    found = read(
        "date,vessel,lat,lon\n2024-03-06,A,133.08,42.73\n2024-03-06,B,42.73,133.08\n2024-03-06,C,133.08,142.73\n"
    )
    assert list(found.frame["vessel"]) == ["B"]
    assert [("swapped" in reject.reason, reject.column) for reject in found.rejects] == [(True, "lat"), (False, "lat")]


@pytest.mark.parametrize(
    ("row", "column"), [("42.73,", "lon"), (",133.08", "lat")], ids=["without longitude", "without latitude"]
)
def test_half_a_position_is_a_reject(row, column):
    reject = refusal(f"date,vessel,lat,lon\n2024-03-06,A,{row}\n")
    assert reject.column == column
    assert "a position needs both" in reject.reason


def test_half_a_position_is_a_reject_where_the_other_column_is_missing():
    assert "a position needs both" in refusal("date,vessel,lat\n2024-03-06,A,42.73\n").reason


def test_an_end_position_needs_both_halves_too():
    assert refusal("date,vessel,end_lat,end_lon\n2024-03-06,A,42.73,\n").column == "end_lon"


def test_what_was_not_given_is_not_zero():
    sighting = one("date,vessel,length,barrels,lat,lon\n2024-03-06,A,unknown,,n/a,-\n")
    assert all(math.isnan(sighting[name]) for name in NUMBER_FIELDS)


CELLS = st.one_of(
    st.floats().map(str),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.from_regex(r"\A[+-]?\d{1,4}([.,' ]\d{1,3}){0,3}( ?(m|t|bbl|N|°))?\Z"),
    st.sampled_from(
        ["", " ", "-", "n/a", "NaN", "inf", "-inf", "1_000", "0x1A", ".5", "5.", "+5", "--5", "1e3", "'-5"]
    ),
    st.text(max_size=6),
)


@given(st.sampled_from(NUMBER_FIELDS), st.lists(CELLS, min_size=1))
def test_columns_and_cells_are_read_alike(field, cells):
    """Whole columns are parsed in bulk; the law keeps that equal to reading one cell."""
    column = numbers(pa.chunked_array([cells], pa.string()), field)
    for row, cell in enumerate(cells):
        found = parse_number(cell, field)
        why = found if isinstance(found, str) else range_fault(found, field)
        assert column.faults.get(row, "") == why
        if not why:
            assert column.values[row] == found or (math.isnan(found) and math.isnan(column.values[row]))


@pytest.mark.parametrize(
    ("field", "texts", "choice"),
    [
        ("ais_status", "on, ON, transmitting, Broadcasting", "on"),
        (
            "ais_status",
            "off, dark, Dark activity, not transmitting, no AIS match, disabled, switched-off, AIS off",
            "off",
        ),
        ("ais_status", "intermittent, on then off, partial, sporadic", "intermittent"),
        ("ais_status", "spoofed, falsified, manipulated, false", "spoofed"),
        ("ais_status", "unknown, not stated, n/a, ?", "unknown"),
        ("activity", "loading, Loaded, berthed for loading, погрузка", "loading"),
        ("activity", "discharging, unloading, offloading, discharged, 하역", "discharging"),
        ("activity", "bunkering", "bunkering"),
        ("activity", "moored, berthed, alongside, docked", "moored"),
        ("activity", "anchored, at anchor", "anchored"),
        ("activity", "transit, under way, underway, sailing, passing, Under_way", "transit"),
        ("activity", "STS receiving, sts_receiving", "sts_receiving"),
        ("activity", "STS giving, sts-giving", "sts_giving"),
        ("activity", "container, containers, container handling", "container"),
        ("laden", "laden, loaded, full", "laden"),
        ("laden", "ballast, in ballast, empty", "ballast"),
    ],
)
def test_words_people_use_are_mapped(field, texts, choice):
    assert {parse_choice(text, field) for text in texts.split(", ")} == {choice}


@pytest.mark.parametrize("field", CHOICE_FIELDS)
def test_a_choice_is_its_own_word(field):
    assert [parse_choice(choice, field) for choice in CHOICE_FIELDS[field]] == list(CHOICE_FIELDS[field])


def test_text_that_is_none_of_the_words_is_kept_and_counted():
    found = read("date,vessel,activity\n2024-03-06,A,loading\n2024-03-07,B,300 containers seen\n2024-03-08,C,\n")
    assert list(found.frame["activity"]) == ["loading", "unknown", "unknown"]
    assert list(found.frame["x:activity"]) == ["", "300 containers seen", ""]
    assert any("activity: 1 row" in note and "300 containers seen" in note for note in found.inputs[0].notes)


@pytest.mark.parametrize(
    ("header", "answers"),
    [("AIS on?", ["on", "off", "on", "off"]), ("AIS", ["unknown"] * 4), ("ais_status", ["unknown"] * 4)],
)
def test_yes_and_no_answer_only_a_header_that_asks(header, answers):
    found = read(f"date,vessel,{header}\n2024-03-06,A,yes\n2024-03-07,B,no\n2024-03-08,C,1\n2024-03-09,D,0\n")
    assert list(found.frame["ais_status"]) == answers


@pytest.mark.parametrize("field", CHOICE_FIELDS)
@given(text=st.text())
def test_any_text_is_a_choice_or_none(field, text):
    assert parse_choice(text, field) in (*CHOICE_FIELDS[field], None)
