"""Files are told apart by their content: separators, quotes, JSON and NDJSON, encodings."""

from __future__ import annotations

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightings.reading import content, one, read, refusal, the_input

from vesseltrack.sightings.schema import CHOICE_FIELDS, FIELDS, NUMBER_FIELDS, PROVENANCE, TEXT_FIELDS, TIMES

VOSTOCHNY = [
    {"date": "2024-03-06", "vessel": "PAEK YANG SAN 1", "port": "Vostochny, oil bunkering berth", "ais": "off"},
    {"date": "2024-03-13", "vessel": "CHON MA SAN", "port": "Vostochny", "ais": "off"},
]


def delimited(separator: str) -> str:
    lines = [separator.join(VOSTOCHNY[0])]
    lines += [separator.join(f'"{cell}"' if separator in cell else cell for cell in row.values()) for row in VOSTOCHNY]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        delimited(","),
        delimited(";"),
        delimited("\t"),
        delimited("|"),
        delimited(",").replace("\n", "\r\n"),
        delimited(",").replace("\n", "\r"),
        delimited(",").rstrip("\n"),
        "\n\n" + delimited(",") + "\n,,,\n   \n",
        "sep=;\n" + delimited(";"),
        "\ufeff" + delimited(","),
        json.dumps(VOSTOCHNY),
        json.dumps(VOSTOCHNY, indent=2),
        json.dumps({"generated": "2024-04-01", "sightings": VOSTOCHNY, "sources": []}),
        json.dumps({"data": VOSTOCHNY, "tags": ["a", "b"]}, indent=1),
        "\n".join(map(json.dumps, VOSTOCHNY)) + "\n",
        "\n\n".join(map(json.dumps, VOSTOCHNY)),
    ],
    ids=[
        "comma",
        "semicolon",
        "tab",
        "bar",
        "CRLF",
        "CR",
        "no line break at the end",
        "blank lines",
        "Excel's sep=",
        "byte order mark",
        "JSON",
        "JSON over lines",
        "JSON in an object",
        "JSON under data",
        "NDJSON",
        "NDJSON with blank lines",
    ],
)
def test_the_same_sightings_in_every_format(text):
    found = read(text)
    assert list(found.frame["vessel"]) == ["PAEK YANG SAN 1", "CHON MA SAN"]
    assert list(found.frame["port"]) == ["Vostochny, oil bunkering berth", "Vostochny"]
    assert list(found.frame["ais_status"]) == ["off", "off"]
    assert not found.rejects
    assert the_input(found).rows == 2


def test_the_frame_has_every_declared_column_in_order():
    frame = read("date,vessel,colour\n2024-03-06,A,red\n").frame
    assert list(frame.columns) == [
        *PROVENANCE, *TIMES, *TEXT_FIELDS, *NUMBER_FIELDS, *CHOICE_FIELDS, "date", "x:colour",
    ]  # fmt: skip
    assert all(frame[name].dtype == "datetime64[us]" for name in TIMES)
    assert all(frame[name].dtype == "float64" for name in NUMBER_FIELDS)
    assert all(frame[name].dtype == "category" for name in (*TEXT_FIELDS, *CHOICE_FIELDS, "date", "file", "x:colour"))
    assert all(tuple(frame[name].cat.categories) == words for name, words in CHOICE_FIELDS.items())
    assert set(FIELDS) <= set(frame.columns)


def test_lines_are_counted_as_an_editor_counts_them():
    csv = 'date,vessel,note\n\n2024-03-06,A,"seen\ntwice\r\n"\n2024-03-07,B,""\n\n,,\n2024-03-08,"C ""1""",x\n'
    found = read(csv)
    assert list(found.frame["line"]) == [3, 6, 9]
    assert list(found.frame["vessel"]) == ["A", "B", 'C "1"']
    assert found.frame["note"][0] == "seen\ntwice", "inner line breaks are kept, outer ones stripped"
    assert the_input(found).rows == 3


def test_elements_of_json_keep_the_line_they_start_on():
    text = '[\n  {"date": "2024-03-06",\n   "vessel": "A"},\n\n  {"date": "2024-03-07", "vessel": "B"},\n{"vessel": "C"}\n]\n'
    found = read(text)
    assert list(found.frame["line"]) == [2, 5]
    assert [(reject.line, reject.column) for reject in found.rejects] == [(6, "date")]
    assert the_input(found).notes == ()


@pytest.mark.parametrize("space", ["", "\n\n"])
@pytest.mark.parametrize("around", ["[{}]", '{{"type": "x", "rows": [{}]}}'])
def test_elements_of_json_that_share_a_line_are_numbered_by_their_place(space, around):
    rows = '{"date": "2024-03-06", "vessel": "A"},' + space + '{"vessel": "C"},7,{"date": "2024-03-07", "vessel": "B"}'
    found = read(around.format(rows))
    assert list(found.frame["line"]) == [1, 4]
    assert sorted(reject.line for reject in found.rejects) == [2, 3]
    assert the_input(found).notes == ("several objects on one line: rows are numbered by their place in the array",)


@pytest.mark.parametrize(
    ("value", "text"),
    [("8660313.0", "8660313.0"), ("1e3", "1e3"), ("12345678901234567890", "12345678901234567890"), ('"0012"', "0012")],
)
def test_numbers_in_json_keep_their_digits(value, text):
    assert one(f'[{{"date": "2024-03-06", "imo": {value}}}]')["imo"] == text


def test_values_in_json_that_are_no_text():
    row = one(
        '[{"date": "2024", "vessel": "A", "flag": null, "note": true, "tags": ["x", {"y": 1.50}], "lat": 42.5, "lon": 133}]'
    )
    assert (row["flag"], row["note"], row["lat"], row["lon"]) == ("", "true", 42.5, 133)
    assert row["x:tags"] == '["x", {"y": "1.50"}]'


def test_a_name_that_stands_twice_in_an_object_is_not_lost():
    row = one('{"date": "2024", "vessel": "A", "note": "first", "note": "second"}')
    assert (row["note"], row["x:note (2)"]) == ("first", "second")


def test_one_broken_line_of_ndjson_is_one_reject():
    text = '{"date": "2024", "vessel": "A"}\n{"date": "2024", "vessel"\n[1]\n{"date": "2025", "vessel": "B"}\n'
    found = read(text)
    assert list(found.frame["vessel"]) == ["A", "B"]
    assert [reject.line for reject in found.rejects] == [2, 3]
    assert "is not JSON" in found.rejects[0].reason
    assert "is not an object" in found.rejects[1].reason


def test_a_broken_first_line_of_ndjson_is_one_reject():
    found = read('{"date": "2024", "vess\n{"date": "2024", "vessel": "A"}\n')
    assert list(found.frame["vessel"]) == ["A"]
    assert [reject.line for reject in found.rejects] == [1]


def test_names_that_look_like_nothing_are_names():
    csv = "date,vessel,imo,flag,note\n2024-03-06,NULL,0012345,NA,nan\n2024-03-07,None,007,N/A,null\n2024-03-08,nan,,,\n"
    frame = read(csv).frame
    assert list(frame["vessel"]) == ["NULL", "None", "nan"]
    assert list(frame["imo"]) == ["0012345", "007", ""]
    assert list(frame["flag"]) == ["NA", "N/A", ""]
    assert list(frame["note"]) == ["nan", "null", ""]


def test_the_guard_of_our_own_csv_is_taken_off_and_nothing_else():
    csv = "date,vessel,note,lat,lon\n2024-03-06,'=HYPERLINK(1),'-x,'-42.5,'+133\n2024-03-07,'A','',1,1\n2024-03-08,''=B,'@c,1,1\n"
    frame = read(csv).frame
    assert list(frame["vessel"]) == ["=HYPERLINK(1)", "'A'", "''=B"]
    assert list(frame["note"]) == ["-x", "''", "@c"]
    assert list(frame["lat"]) == [-42.5, 1, 1]


def test_surrounding_white_space_is_no_part_of_a_cell():
    row = one("date , vessel\t,imo\n 2024-03-06 ,\u00a0CHON MA SAN  , 8660313\n")
    assert (row["vessel"], row["imo"], row["date"]) == ("CHON MA SAN", "8660313", "2024-03-06")


KOREAN = "date,vessel,port\n2024-03-06,천마산호,청진항\n2024-03-07,유선호,남포\n"
WESTERN = "date,vessel,note\n2024-03-06,PAÑUELO,à quai\n2024-03-07,CÔTE D'AZUR,déchargé\n2024-03-08,MÜNSTER,süß\n"


@pytest.mark.parametrize(
    "text", [KOREAN, WESTERN, "date;vessel\n2024-03-06;Чон Ма Сан\n"], ids=["Korean", "Western", "Russian"]
)
@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (str.encode, "utf-8"),
        (lambda text: codecs.BOM_UTF8 + text.encode(), "utf-8"),
        (lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "utf-16-be"),
        (lambda text: text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: text.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE with mark", "UTF-16 BE with mark", "UTF-16 LE", "UTF-16 BE"],
)
def test_unicode_in_every_dress(text, encode, name):
    found = read(encode(text))
    assert the_input(found).encoding == name
    assert content(found.frame) == content(read(text).frame)


def test_korean_from_a_korean_spreadsheet():
    found = read(KOREAN.encode("cp949"))
    assert the_input(found).encoding == "cp949"
    assert any("CP949" in note for note in the_input(found).notes)
    assert list(found.frame["vessel"]) == ["천마산호", "유선호"]
    assert list(found.frame["port"]) == ["청진항", "남포"]


@pytest.mark.parametrize("name", ["PAÑUELO", "CÔTE", "NAÇÃO", "Müßig", "ÉTÉ", "ŠKODA", "ØRESUND", "naïve — “déjà vu”"])
def test_one_western_name_is_enough(name):
    found = read(f"date,vessel\n2024-03-06,{name}\n".encode("cp1252"))
    assert the_input(found).encoding == "windows-1252"
    assert list(found.frame["vessel"]) == [name]


@pytest.mark.parametrize("name", ["천마산호", "백양산 1호", "남포", "MV 천마산호", "금진강3(완형11)"])
def test_one_korean_name_is_enough(name):
    found = read(f"date,vessel\n2024-03-06,{name}\n".encode("cp949"))
    assert the_input(found).encoding == "cp949"
    assert list(found.frame["vessel"]) == [name]


HANGUL = st.text(
    st.sampled_from([chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr", "ignore")) == 2]),
    min_size=2,
    max_size=6,
)


@given(st.lists(HANGUL, min_size=3, max_size=20))
def test_korean_names_are_read_as_korean_whatever_they_are(names):
    raw = ("date,vessel\n" + "".join(f"2024-03-06,{name}\n" for name in names)).encode("cp949")
    found = read(raw)
    if the_input(found).encoding == "cp949":
        assert set(found.frame["vessel"]) == set(names)
    else:  # the few that are valid in another encoding altogether
        assert the_input(found).encoding == "utf-8"


def test_lines_in_another_encoding_are_rejects_of_their_own():
    raw = (
        KOREAN.encode() + "2024-03-08,PAÑUELO,Vostochny\n".encode("cp1252") + "2024-03-09,백양산,나진\n".encode("cp949")
    )
    found = read(raw + b"2024-03-10,AN SAN 1,Rajin\n")
    assert list(found.frame["vessel"]) == ["천마산호", "유선호", "AN SAN 1"]
    assert [reject.line for reject in found.rejects] == [4, 5]
    assert all("mixed encodings" in reject.reason for reject in found.rejects)
    assert found.rejects[0].original[1] == ("vessel", r"PA\xd1UELO")


def test_a_mapped_header_in_another_encoding():
    assert one("날짜;선박명\n2024-03-06;천마산호\n".encode("cp949"))["vessel"] == "천마산호"


def test_a_carriage_return_inside_quotes_is_kept():
    assert one('date,vessel,note\n2024-03-06,A,"x\ry"\n')["note"] == "x\ry"


def test_quotes_inside_an_unquoted_cell_are_quotes():
    assert one('date,vessel,note\n2024-03-06,A,12" pipe and "hose"\n')["note"] == '12" pipe and "hose"'


@pytest.mark.parametrize(
    "rows",
    [
        '2024-03-06,"A,Rajin\n2024-03-07,B,Nampo\n2024-03-08,C,Rajin\n',
        '2024-03-06,"A,Rajin\n2024-03-07,"B",Nampo\n2024-03-08,C,Rajin\n',
        '2024-03-06,"A,Rajin\n2024-03-07,B,Nampo\n2024-03-08,C,"Rajin"\n',
        '2024-03-06,"A",Rajin"\n2024-03-07,B,Nampo\n2024-03-08,C,Rajin\n',
    ],
    ids=["to the end of the file", "to the next quote", "to a later quote", "closed and opened"][:4],
)
def test_a_quote_that_is_not_closed_costs_its_own_line_only(rows):
    found = read("date,vessel,port\n" + rows)
    if found.rejects:
        assert [reject.line for reject in found.rejects] == [2]
        assert list(found.frame["vessel"]) == ["B", "C"]
    else:
        assert list(found.frame["port"]) == ['Rajin"', "Nampo", "Rajin"]


def test_ragged_rows_are_rejects_and_blank_ones_are_none():
    found = read("date,vessel,port\n2024-03-06,A\n2024-03-07,B,Rajin,x\n2024-03-08,C,Nampo\n,\n,,,,\n")
    assert list(found.frame["vessel"]) == ["C"]
    assert [reject.reason for reject in found.rejects] == [
        "the row has 2 cells, the header 3",
        "the row has 4 cells, the header 3",
    ]
    assert found.rejects[1].original == (("date", "2024-03-07"), ("vessel", "B"), ("port", "Rajin"), ("", "x"))
    assert the_input(found).rows == 3


def test_a_nul_is_a_reject_of_its_row():
    found = read(b'date,vessel\n2024-03-06,A\0B\n2024-03-07,C\n2024-03-08,"D\0"\n')
    assert list(found.frame["vessel"]) == ["C"]
    assert ["NUL" in reject.reason for reject in found.rejects] == [True, True]


def test_a_row_that_is_too_long_is_a_reject_and_is_not_kept():
    reject = refusal(b"date,vessel\n2024-03-06," + b"A" * 10_000_000 + b"\n")
    assert "longer than 131,072 bytes" in reject.reason
    assert len(reject.value) == 200
    assert sum(len(cell) for _, cell in reject.original) < 140_000


def test_a_quoted_cell_that_is_too_long_does_not_eat_the_rows_behind_it():
    raw = b'date,vessel,note\n2024-03-06,A,"' + b"x y\n" * 100_000 + b'"\n2024-03-07,B,\n'
    found = read(raw)
    assert list(found.frame["vessel"]) == ["B"]
    assert the_input(found).rows == len(found.rejects) + 1


def test_a_byte_order_mark_is_no_part_of_the_first_header():
    assert one("\ufeffvessel,date\nA,2024\n")["vessel"] == "A"
