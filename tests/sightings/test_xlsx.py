"""A workbook holds values of real types: each is read as the text that CSV or JSON would hold for it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH
from sightings.reading import LATEST, content, one, read, refusal, the_input

from vesseltrack.errors import InputError
from vesseltrack.sightings import workbook, xlsx
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.rejects import write_rejects
from vesseltrack.sightings.serials import shown_by
from vesseltrack.sightings.typed import number_text

DAY = datetime(2024, 3, 6)  # noqa: DTZ001 - a workbook knows no zones
TEN = datetime(2024, 3, 6, 10)  # noqa: DTZ001
HEADER = ["date", "vessel", "mine"]


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheets(**tables: list[list]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def table(*rows: list) -> bytes:
    """A workbook with one sheet of these rows."""
    return saved(sheets(Sheet1=list(rows)))


def cell(value: object, shown: str = "General", epoch: datetime | None = None) -> str:
    """What is read of a cell in a column that means nothing to the program."""
    book = sheets(Sheet1=[HEADER, ["2024-03-06", "A"]])
    if epoch is not None:
        book.epoch = epoch
    book.active["C2"] = value
    book.active["C2"].number_format = shown
    return one(saved(book))["x:mine"]


PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/strings.xml"/></Relationships>',
    "xl/strings.xml": "<sst><si><t>date</t></si><si><t>vessel</t></si></sst>",
}


def made(rows: str, **parts: str) -> bytes:
    """A workbook of XML written here, as other programs may write it."""
    head = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='inlineStr'><is><t>mine</t></is></c></row>"
    sheet = f"<worksheet><sheetData>{head}{rows}</sheetData></worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in ({**PARTS, "xl/worksheets/s.xml": sheet} | parts).items():
            packed.writestr(name, text)
    return out.getvalue()


def row(mine: str) -> str:
    return f"<row><c t='str'><v>2024-03-06</v></c><c t='str'><v>A</v></c>{mine}</row>"


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (9187629, "General", "9187629"),
        (9187629.0, "0.00", "9187629"),
        (9187629, "#,##0", "9187629"),
        (42.7, "General", "42.7"),
        (-0.1, "0.0", "-0.1"),
        (1e20, "General", "1e+20"),
        ("0012", "@", "0012"),
        ("NULL", "General", "NULL"),
        ("천마산호", "General", "천마산호"),
        ("'x", "General", "'x"),
        (True, "General", "true"),
        (False, "General", "false"),
        (0.8, "0%", "80%"),
        (0.125, "0.0 %", "12.5%"),
        (DAY, "yyyy-mm-dd", "2024-03-06"),
        (DAY, "[$-409]d\\-mmm\\-yy;@", "2024-03-06"),
        (DAY, "d. mmmm yyyy", "2024-03-06"),
        (date(1900, 1, 1), "dd/mm/yyyy", "1900-01-01"),
        (TEN, "yyyy-mm-dd", "2024-03-06T10:00:00"),
        (TEN.replace(minute=20, second=30), "yyyy-mm-dd hh:mm", "2024-03-06T10:20:30"),
        (TEN.replace(microsecond=250_000), "yyyy-mm-dd hh:mm:ss.000", "2024-03-06T10:00:00.25"),
        (time(10, 30), "h:mm", "10:30:00"),
        (1.5, '0.0 "days"', "1.5"),
        (1.5, "[Red]0.0", "1.5"),
        (1.5, "0.0E+00", "1.5"),
        (30.5, "[h]:mm", "30.5"),
        (0.5, "[h]:mm", "12:00:00"),
    ],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_table_would_hold(value, shown, text):
    assert cell(value, shown) == text


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    assert cell(DAY, "yyyy-mm-dd", MAC_EPOCH) == "2024-03-06"
    assert cell(date(1904, 1, 1), "yyyy-mm-dd", MAC_EPOCH) == "1904-01-01"


@pytest.mark.parametrize("serial", [0, 60, -1, 2_958_466, 1e300])
def test_a_number_that_is_no_day_of_the_calendar_is_a_reject_in_a_field_only(serial):
    book = sheets(Sheet1=[["date", "vessel"], [serial, "A"]])
    book.active["A2"].number_format = "yyyy-mm-dd"
    told = refusal(saved(book))
    assert (told.line, told.column) == (2, "date")
    assert "is shown as a date" in told.reason


@pytest.mark.parametrize(
    ("mine", "text"),
    [
        ("<c t='inlineStr'><is><r><t>CHON </t></r><r><t>MA SAN</t></r></is></c>", "CHON MA SAN"),
        ("<c t='inlineStr'><is><t>天馬</t><rPh sb='0' eb='1'><t>テンマ</t></rPh></is></c>", "天馬"),
        ("<c t='inlineStr'><is><t>A_x000A_B_x005F_x0041_</t></is></c>", "A\nB_x0041_"),
        ("<c t='inlineStr'><is><t>_xD83D__xDEA2_</t></is></c>", "\U0001f6a2"),
        ("<c t='str'><f>B2&amp;1</f><v>A1</v></c>", "A1"),
        ("<c t='str'><f>\"\"</f><v></v></c>", ""),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c t='e'><v>#N/A</v></c>", "#N/A"),
        ("<c><f>1+1</f></c>", "=1+1"),
        ("<c t='d'><v>2024-03-06</v></c>", "2024-03-06"),
        ("<c t='n' s='99'><v>7</v></c>", "7"),
        ("<c r='C2'/>", ""),
    ],
)
def test_what_other_programs_write_is_read(mine, text):
    assert one(made(row(mine)))["x:mine"] == text


@pytest.mark.parametrize(
    ("vessel", "shown", "reason"),
    [
        ("<c t='e'><v>#REF!</v></c>", "#REF!", "holds the error #REF!"),
        ("<c><f>C2</f></c>", "=C2", "a formula without a result"),
        ("<c><v>seven</v></c>", "seven", "is marked as a number and is none"),
        ("<c t='str'><v>A_x0000_</v></c>", "A\\x00", "holds a NUL character"),
        ("<c t='str'><v>A_xD800_</v></c>", "A\\ud800", "holds half of a character"),
    ],
)
def test_a_field_whose_value_is_not_there_is_a_reject(vessel, shown, reason):
    told = refusal(made(f"<row><c t='str'><v>2024-03-06</v></c>{vessel}</row>"))
    assert (told.line, told.column, told.value) == (2, "vessel", shown)
    assert told.reason.startswith(reason)
    assert dict(told.original)["date"] == "2024-03-06"


def test_names_of_elements_may_bear_a_prefix():
    raw = made("")
    packed = zipfile.ZipFile(io.BytesIO(raw))
    sheet = (
        "<x:worksheet xmlns:x='urn:x'><x:sheetData><x:row><x:c t='s'><x:v>0</x:v></x:c><x:c t='s'><x:v>1</x:v></x:c>"
        "</x:row><x:row><x:c t='str'><x:v>2024</x:v></x:c><x:c t='str'><x:v>A</x:v></x:c></x:row></x:sheetData>"
        "</x:worksheet>"
    )
    assert packed.testzip() is None
    assert one(made("", **{"xl/worksheets/s.xml": sheet}))["vessel"] == "A"


def test_the_line_is_the_row_of_the_sheet_and_empty_rows_are_none():
    raw = table(["date", "vessel"], [], ["2024-03-06", "A"], [None, "  "], ["2024-03-07", "B"])
    found = read(raw)
    assert found.frame["line"].tolist() == [3, 5]
    assert the_input(found).rows == 2


def test_titles_may_stand_above_the_header():
    found = read(table(["Sightings of March"], ["made by us"], ["Ship", "When seen"], ["A", DAY]))
    assert found.frame["line"].tolist() == [4]
    assert "row 3 names the columns; what stands above it is not read" in the_input(found).notes


def test_merged_cells_hold_their_value_in_each_of_their_rows():
    book = sheets(S=[["vessel", "date"], ["A", "2024-03-06"], [None, "2024-03-07"], ["B", "2024-03-08"]])
    book.active.merge_cells("A2:A3")
    found = read(saved(book))
    assert found.frame["vessel"].tolist() == ["A", "A", "B"]
    assert "merged cells in 'vessel': their value stands in each of their rows" in the_input(found).notes


def test_cells_beside_the_table_travel_along():
    assert one(table(["date", "vessel"], ["2024-03-06", "A", None, "look here"]))["x:column 4"] == "look here"


def test_two_columns_of_one_name_are_two_columns():
    found = one(table(["date", "vessel", "owner", "owner"], ["2024-03-06", "A", "First", "Second"]))
    assert (found["owner"], found["x:owner"]) == ("First", "Second")


def test_a_column_that_is_midnight_throughout_holds_days():
    """Data frames write every date with a time."""
    out = io.BytesIO()
    pd.DataFrame({"date": [DAY, DAY], "vessel": ["A", "B"], "mine": [DAY, TEN]}).to_excel(out, index=False)
    found = read(out.getvalue())
    assert found.frame["date"].tolist() == ["2024-03-06", "2024-03-06"]
    assert found.frame["x:mine"].tolist() == ["2024-03-06T00:00:00", "2024-03-06T10:00:00"]
    assert "'date' is midnight in every row: read as days" in the_input(found).notes


def test_the_first_sheet_that_fits_is_read_and_another_is_told():
    """A month on a sheet of its own must not look as though it had been checked."""
    rows = [["date", "vessel"], ["2024-03-06", "A"]]
    book = sheets(Cover=[["Our report"]], March=rows, April=[["x"], *rows], Kept=rows)
    book["Kept"].sheet_state = "hidden"
    found = read(saved(book))
    (told,) = found.rejects
    assert len(found.frame) == 1
    assert (told.line, told.value) == (2, "April")
    assert "names ships and dates too and is not read" in told.reason
    notes = the_input(found).notes
    assert "sheet 'March' is read" in notes
    assert "hidden sheet 'Kept' names ships and dates too and is not read" in notes


def test_a_sheet_called_sightings_goes_first():
    rows = [["date", "vessel"], ["2024-03-06", "A"]]
    found = read(saved(sheets(Ours=rows, Sightings=[rows[0], ["2024-03-06", "B"]])))
    assert found.frame["vessel"].tolist() == ["B"]


def test_an_empty_workbook_has_no_rows():
    assert the_input(read(table())).rows == 0
    assert the_input(read(table(["date", "vessel"]))).rows == 0


def test_no_sheet_that_fits_is_told_with_what_was_found():
    with pytest.raises(InputError, match="no date column among the headers found: 'ship', 'how'"):
        read(table(["ship", "how"], ["A", "x"]))
    with pytest.raises(InputError, match=r"no sheet \('A', 'B'\) names a ship and a date at its top"):
        read(saved(sheets(A=[["x"]], B=[["y"]])))


def test_columns_can_be_named_with_map():
    found = read(table(["who", "on"], ["A", DAY]), mapping={"who": "vessel", "on": "date"})
    assert found.frame["vessel"].tolist() == ["A"]


def test_rejects_are_mended_as_those_of_any_table(tmp_path):
    raw = table(["date", "vessel", "n"], ["2024-03-06", "A", 1], ["in spring", "B", 2])
    (tmp_path / "s.xlsx").write_bytes(raw)
    path = str(tmp_path / "s.xlsx")
    first = read_sightings([path], latest=LATEST)
    mended = tmp_path / "r.csv"
    mended.write_text(write_rejects(first.rejects).replace("in spring", "2024-04-01"))
    both = read_sightings([path, str(mended)], latest=LATEST)
    assert both.rejects == ()
    assert sorted(both.frame["vessel"]) == ["A", "B"]


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def binary() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.bin", b"\x83\x01\x00")
    return out.getvalue()


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><sst><si><t>&b;</t></si></sst>"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (encrypted(), "an Office document with a password: save it without one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Excel or Word document: save the sheet as CSV"),
        (binary(), "an Excel workbook: save the sheet as CSV"),
        (open_document(), "an OpenDocument spreadsheet: save the sheet as CSV"),
        (table(["date", "vessel"], ["2024", "A"])[:-200], "is cut short or damaged"),
        (made("", **{"xl/strings.xml": BOMB}), "declares a document type"),
        (made("<row r='0'/>"), "row 0 follows row 1"),
        (made("<row r='1048577'/>"), "row 1048577 follows row 1"),
        (made("<row r='99999999999999999999'/>"), "follows row 1"),
        (made("<row><c r='ZZZZ2'><v>1</v></c></row>"), "no column is called ZZZZ"),
        (made("<row><c t='s'><v>7</v></c></row>"), "list index out of range"),
        (made("<row>"), "mismatched tag"),
        (made("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>", "xl/worksheets/s.xml": ""}), None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(raw, why):
    if why is None:
        assert the_input(read(raw)).rows == 0
        return
    with pytest.raises(InputError) as error:
        read(raw)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_unpacks_to_more_than_it_may_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_BYTES", 200_000)
    raw = made(row("<c t='str'><v>" + "A" * 300_000 + "</v></c>"))
    assert len(raw) < 3_000
    with pytest.raises(InputError, match="unpacks to more than"):
        read(raw)


def test_a_text_that_stands_in_many_cells_counts_each_time(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_BYTES", 100_000)
    strings = f"<sst><si><t>date</t></si><si><t>vessel</t></si><si><t>{'A' * 5_000}</t></si></sst>"
    with pytest.raises(InputError, match="of text: split it"):
        read(made(row("<c t='s'><v>2</v></c>") * 30, **{"xl/strings.xml": strings}))


def test_a_row_longer_than_any_row_is_a_reject():
    told = refusal(made(row("<c t='str'><v>" + "A" * 140_000 + "</v></c>")))
    assert told.reason == "the row is longer than 131,072 bytes"


def test_a_cell_in_the_last_corner_costs_nothing():
    raw = made(row("<c r='XFD2'><v>7</v></c>") + "<row r='1048576'><c r='A1048576'><v>20240306</v></c></row>")
    found = read(raw)
    assert (len(found.frame), len(found.rejects)) == (1, 1)


def test_a_sheet_with_more_columns_than_any_table_is_refused():
    wide = "".join("<c><v>1</v></c>" for _ in range(1_001))
    with pytest.raises(InputError, match=r"more than 1,000 columns: not a table of sightings"):
        read(made(f"<row>{wide}</row>"))


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "@", '"d" 0', "[Yellow]0", "\\d0", "_d0", "* 0"])
def test_letters_that_are_shown_as_they_are_make_no_date(code):
    assert shown_by(code) == "number"


cells = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0)),  # noqa: DTZ001
    st.dates(date(1901, 1, 1), date(2099, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9).filter(
        lambda text: not text.startswith("=") and "_x" not in text and "\ufffe" not in text and "\uffff" not in text
    ),
)


@settings(max_examples=50)
@given(st.lists(cells, min_size=1, max_size=8))
def test_another_library_reads_the_same(values):
    """What openpyxl wrote and reads is what is read here."""
    raw = table(["date", "vessel", "mine"], *(["2024", f"S{place}", value] for place, value in enumerate(values)))
    theirs = [row[2].value for row in list(openpyxl.load_workbook(io.BytesIO(raw)).active.rows)[1:]]
    ours = read(raw, keep_tables=True).tables["-"].columns[2].to_pylist()
    instants = [value for value in theirs if isinstance(value, datetime)]
    midnight = all(value.time() == time() for value in instants)

    def text(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d") if midnight else value.isoformat()
        return number_text(float(value)) if isinstance(value, int | float) else str(value)

    shown_as_days = [isinstance(value, date) and not isinstance(value, datetime) for value in values]
    expected = [
        text(value)[:10] if as_day else text(value) for value, as_day in zip(theirs, shown_as_days, strict=True)
    ]
    assert ours == expected


def test_the_order_of_rows_changes_nothing():
    rows = [["2024-03-06", "A", 1], ["2024-03-07", "B", 2]]
    assert content(read(table(HEADER, *rows)).frame) == content(read(table(HEADER, *reversed(rows))).frame)
