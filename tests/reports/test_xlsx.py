"""A workbook that Excel, LibreOffice and a filing cabinet can be trusted with, read back by another library."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import openpyxl
import pytest
from reports import builders
from reports.test_hostile import NASTY, everywhere
from sightings.reading import read

from vesseltrack.oil.seen import Seen
from vesseltrack.reports.render import render
from vesseltrack.reports.xlsx import book as writer
from vesseltrack.reports.xlsx import sheet
from vesseltrack.reports.xlsx.evidence import date_text
from vesseltrack.sightings.dates import When, parse_date
from vesseltrack.sightings.schema import SightingRef

SHEETS = ["Summary", "Deliveries", "Findings", "Scenarios", "Sightings", "Not read", "Method", "Cumulative"]


def seen(name: str, start: str, end: str, **changes) -> Seen:
    who = builders.identity(name, builders.CHON_MA_SAN, sighted_imo="8660313")
    fields = {
        "row": 0, "ship": who.key, "identity": who, "other": None, "place": builders.AT_OIL_BERTH,
        "ref": SightingRef("march.csv", 5), "start": builders.instant(start), "end": builders.instant(end),
        "name": name, "flag": "DPRK", "type": "oil tanker", "ais_status": "off", "activity": "loading",
        "laden": "unknown", "product": "", "source": "Planet", "count": 1, "count_given": False, "length_m": None,
        "barrels": None, "cargo_m3": None, "tonnes": None, "lat": 42.75, "lon": 133.06,
    }  # fmt: skip
    return Seen(**{**fields, **changes})


SEEN = (
    seen("CHON MA SAN", "2024-03-06T00:00:00", "2024-03-06T23:59:59"),
    seen("CHON MA SAN", "2024-03-07T10:00:00", "2024-03-07T10:00:00", ref=SightingRef("march.csv", 6)),
    seen("=cmd|'/c calc'!A1", "2024-03-10T00:00:00", "2024-03-24T23:59:59", ref=SightingRef("march.csv", 7)),
)
CASE = replace(builders.CASE, sightings=SEEN)


def opened(case=CASE, kind="report") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(kind, case, "xlsx")))


def records(ws) -> list[dict]:
    """The rows of a sheet under its headers."""
    head, *rows = ([one.value for one in row] for row in ws.iter_rows())
    return [dict(zip(head, row, strict=True)) for row in rows]


def below(ws, title: str) -> list[dict]:
    """The rows of the native table under a title."""
    row = next(one.row for (one, *_) in ws.iter_rows() if one.value == title)
    ref = next(table.ref for table in ws.tables.values() if table.ref.startswith(f"A{row + 1}:"))
    head, *rows = ([one.value for one in line] for line in ws[ref])
    return [dict(zip(head, line, strict=True)) for line in rows]


def test_the_sheets_are_those_that_people_look_for():
    assert opened().sheetnames == SHEETS
    assert "Not read" not in opened(replace(CASE, rejects=())).sheetnames


def test_the_verdict_stands_first():
    rows = [[one.value for one in row] for row in opened()["Summary"].iter_rows(max_col=3)]
    assert rows[1] == ["Verdict", builders.STATUS.verdict, "2024"]
    assert opened(kind="check")["Summary"]["A2"].value == "Findings"


def test_the_summary_says_what_the_result_rests_on():
    rows = {(one[0].value, one[1].value): [c.value for c in one] for one in opened()["Summary"].iter_rows()}
    said = {key for key, _ in rows}
    assert {"Incomplete", "Caveat", "Notice", "Licence", "Estimate, low", "First sighting of a tanker"} <= said
    assert ("march.csv", builders.SHA) in rows
    assert ("vessels.csv", builders.SHA) in rows
    listed = rows["UN 1718 Designated Vessels List", builders.SHA]
    assert listed[2:5] == ["UN", datetime(2018, 10, 16), datetime(2026, 11, 22)]  # noqa: DTZ001


def test_days_are_days_and_barrels_are_numbers():
    voyage, load, unidentified = records(opened()["Deliveries"])
    assert (voyage["Year"], voyage["Barrels central"]) == (2024, 18_750)
    assert voyage["Counted on"] == datetime(2024, 3, 12)  # noqa: DTZ001
    assert (load["Loaded first"], load["Loaded last"]) == (datetime(2024, 3, 6), datetime(2024, 3, 24))  # noqa: DTZ001
    assert (load["IMO"], unidentified["IMO"], unidentified["Loaded first"]) == ("8660313", None, None)
    assert (load["Probability"], load["Designated"]) == (1, "yes")
    assert load["Evidence"] == "march.csv:5"
    ws = opened()["Deliveries"]
    shown = {one.value: ws.cell(2, one.column).number_format for one in ws[1]}
    assert (shown["Counted on"], shown["Barrels low"], shown["Year"]) == ("yyyy-mm-dd", "#,##0", "0")


def test_findings_carry_severity_and_legal_basis_as_text():
    first = records(opened()["Findings"])[0]
    assert (first["Severity"], first["Rule"], first["IMO"]) == ("critical", "VT102", "8660313")
    assert first["From"] == datetime(2024, 3, 6)  # noqa: DTZ001
    assert first["Legal basis"] == "UNSCR 2371 (2017) para 6"
    assert first["Evidence"] == "march.csv:5; march.csv:6; april.csv:9"


def test_headers_stay_and_filter():
    for ws in opened():
        assert ws.freeze_panes == "A2", ws.title
        assert ws.auto_filter.ref or ws.tables or ws.title == "Summary", ws.title
    assert opened()["Deliveries"].auto_filter.ref == "A1:AA4"
    assert len(opened()["Scenarios"].tables) == 6


def test_scenarios_thresholds_and_reports_have_a_table_each():
    ws = opened(replace(CASE, years=(builders.RUNNING,)))["Scenarios"]
    scenarios = below(ws, "Scenarios: every delivery at full capacity times one fill")
    assert [one["Fill"] for one in scenarios][:2] == ["1/3", "1/2"]
    assert all(isinstance(one["Barrels"], int) for one in scenarios)
    assert below(ws, "Reported by month: the running balance")[0]["Month"].startswith(str(builders.RUNNING.year))


def test_several_years_stand_in_one_sheet_each_row_with_its_year():
    case = replace(CASE, years=(replace(builders.STATUS, year=2023), builders.STATUS))
    found = opened(case)
    assert [row["Year"] for row in records(found["Deliveries"])] == [2023] * 3 + [2024] * 3
    assert {row["Year"] for row in records(found["Cumulative"])} == {2023, 2024}
    assert len(found["Cumulative"]._charts) == 2
    verdicts = [row[2].value for row in found["Summary"].iter_rows() if row[0].value == "Verdict"]
    assert verdicts == ["2023", "2024"]


def test_the_chart_draws_low_central_high_and_the_cap():
    ws = opened()["Cumulative"]
    (chart,) = ws._charts
    days = records(ws)
    drawn = [series.val.numRef.f for series in chart.series]
    assert drawn == [f"Cumulative!${letter}$2:${letter}${len(days) + 1}" for letter in "CDEF"]
    assert all(one["Low"] <= one["Central"] <= one["High"] and one["Cap"] == 500_000 for one in days)
    steps = [one["Day"] for one in days]
    assert steps == sorted(set(steps))
    assert [(b - a).days for a, b in pairwise(steps)] == [1] * (len(steps) - 1)


def test_a_case_without_anything_is_a_workbook_too():
    found = opened(builders.EMPTY)
    assert found["Summary"]["B2"].value.startswith("Nothing was checked")
    assert found["Cumulative"]._charts == []


@pytest.mark.parametrize("kind", ["check", "report"])
def test_the_same_case_is_the_same_bytes(kind):
    one, two = render(kind, CASE, "xlsx"), render(kind, CASE, "xlsx")
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


@pytest.mark.parametrize(
    "name", [*NASTY, "=cmd|'/c calc'!A1", "-2+3", "https://example.org", "007", "_x0041_", "\ufffe"]
)
def test_a_name_is_text_whatever_it_begins_with(name):
    """No cell is a formula or a link, and no part of the file is XML that cannot be read."""
    case = replace(everywhere(name)["report"], sightings=(seen(name, "2024-03-06T00:00:00", "2024-03-06T23:59:59"),))
    raw = render("report", case, "xlsx")
    for ws in openpyxl.load_workbook(io.BytesIO(raw)):
        assert {one.data_type for row in ws.iter_rows() for one in row} <= {"n", "s", "d"}, ws.title
        assert not ws._hyperlinks
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = {part: packed.read(part).decode() for part in packed.namelist()}
    assert not any("<f>" in text and "worksheets" in part for part, text in parts.items())
    assert not any(re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text) for text in parts.values())


def test_what_excel_has_no_room_for_is_cut_with_a_mark():
    case = replace(CASE, incomplete_because=("A" * 40_000, "\U0001f6a2" * 20_000))
    one, two = (row[1].value for row in opened(case)["Summary"].iter_rows() if row[0].value == "Incomplete")
    assert len(one) == sheet.MAX_TEXT
    assert one.endswith(sheet.CUT)
    assert two.endswith(sheet.CUT)
    assert len(two.encode("utf-16-le")) // 2 <= sheet.MAX_TEXT


def test_rows_that_a_sheet_has_no_room_for_are_told(monkeypatch):
    for module in (sheet, writer):
        monkeypatch.setattr(module, "LAST_ROW", 4)
    found = opened(replace(CASE, years=(), rejects=(), sightings=SEEN * 2))
    rows = [row[0].value for row in found["Sightings"].iter_rows()]
    assert len(rows) == 4
    assert rows[-1] == "4 more rows: a sheet has no room for them; JSON and CSV have all"
    told = [row[1].value for row in found["Summary"].iter_rows() if row[0].value == "Incomplete"]
    assert "sheet Sightings: 4 rows for which it has no room; JSON and CSV have all" in told


@pytest.mark.parametrize(
    "written", ["2024-03-06", "2024-03", "2024-03-06T10:00:00Z", "2024-03-06/2024-03-24", "~2024-05-02"]
)
def test_a_date_is_written_as_our_reader_has_it(written):
    when = parse_date(written)
    assert isinstance(when, When)
    assert parse_date(date_text(when.start, when.end)) == when


def test_the_sheet_of_sightings_is_read_again_as_the_same_sightings():
    found = read(render("report", CASE, "xlsx"))
    assert found.rejects == ()
    assert found.frame["line"].tolist() == [2, 3, 4]
    assert not [name for name in found.frame if name.startswith("x:")]
    for one, row in zip(SEEN, found.frame.to_dict("records"), strict=True):
        assert (row["start"], row["end"], row["vessel"]) == (one.start, one.end, one.name)
        assert (row["imo"], row["port"], row["facility"]) == ("8660313", "Vostochny", "oil bunkering berth")
        assert (row["lat"], row["ais_status"], row["activity"], row["laden"]) == (42.75, "off", "loading", "unknown")


def test_days_before_excel_begins_are_text():
    case = replace(CASE, sightings=(seen("A", "1899-03-06T00:00:00", "1899-03-06T23:59:59"),))
    assert records(opened(case)["Sightings"])[0]["vt:first"] == "1899-03-06T00:00:00"
    assert sheet.when("1899-03-06") == date(1899, 3, 6)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_libreoffice_opens_it_and_shows_the_same(tmp_path):
    (tmp_path / "cap.xlsx").write_bytes(render("report", CASE, "xlsx"))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    filter_of_every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [*command, "--convert-to", filter_of_every_sheet, "--outdir", tmp_path, tmp_path / "cap.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert sorted(path.stem for path in tmp_path.glob("*.csv")) == sorted(f"cap-{name}" for name in SHEETS)
    shown = (tmp_path / "cap-Deliveries.csv").read_text(encoding="utf-8")
    assert "2024-03-06,2024-03-24" in shown
    assert '"18,750"' in shown or ",18750," in shown  # by the locale
    assert "=cmd|'/c calc'!A1" in (tmp_path / "cap-Sightings.csv").read_text(encoding="utf-8")
