"""A vessel name is text somebody else wrote: it comes out harmless in every format, and whole in JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reports import builders

from vesseltrack.config import CASE_FORMATS, FORMATS
from vesseltrack.oil.notified import Report
from vesseltrack.reports.render import render
from vesseltrack.rules.model import Severity
from vesseltrack.sightings.schema import InputFile, RejectedRow, SightingRef
from vesseltrack.text import printable, valid_unicode
from vesseltrack.vessels.model import ListUsed, ScreenResult

NASTY = [
    "\x1b[31mRED\x1b[0m\x1b]0;owned\x07",
    "\x9b2J",
    "[red]x[/red]",
    "[/]",
    ":ship:",
    '=HYPERLINK("http://x")',
    "+1",
    "@SUM(1)",
    "\t=1",
    "A|B",
    "TWO\nLINES\r\nAND\x85MORE\u2028",
    "</script><script>alert(1)</script>",
    "<!-- -->",
    "\u202eNAS AM NOHC",
    "AN\u200bSAN",
    "lone\ud800surrogate",
    "NUL\x00",
    "[x](http://x.example) http://x.example www.x.example <http://x.example>",
    "# not a heading",
    "ROW; WITH; SEMICOLONS",
    '"quoted", and comma',
    "천마산 2호",
]
KINDS = ("check", "report", "screen")


def everywhere(name: str):
    """The case and the screening with a name wherever a name from outside can stand."""
    who = builders.identity(name, None, key="NAMEX", sighted_imo=name)
    place = replace(builders.NOWHERE, text=name)
    ref = SightingRef(name, 2)
    finding = builders.finding("VT902", Severity.LOW, who, f"{name} was seen.", place=place, sightings=(ref,))
    delivery = builders.delivery(name, 9_000.0, why=name, loaded_at=name, sightings=(ref,))
    known = Report(name, 2024, 1, 1, None, 5.0, "superseded", source=name, note=name)
    reported = replace(
        builders.RUNNING.reported,
        by_state=((name, 5),),
        missing_months=((name, ("2024-02",)),),
        months=(known,),
        history=(known,),
        contradictions=(name,),
    )
    case = replace(
        builders.CASE,
        findings=(finding,),
        rejects=(RejectedRow(name, 3, name, name, name),),
        inputs=(InputFile(name, builders.SHA, 1, 0, 0, "utf-8"),),
        lists=(ListUsed(name, name, name, "", builders.SHA, 1),),
        incomplete_because=(name,),
        years=(replace(builders.STATUS, verdict=name, deliveries=(delivery,), caveats=(name,), reported=reported),),
    )
    screening = replace(
        builders.SCREENING,
        incomplete_because=(name,),
        results=(
            ScreenResult(name, 1, "none", (name,), (), checked=False),
            builders.SCREENING.results[0]._replace(query=name),
        ),
    )
    return {"check": case, "report": case, "screen": screening}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("width", [None, 40, 80])
def test_a_table_shows_a_name_and_obeys_nothing_in_it(name, kind, width) -> None:
    text = render(kind, everywhere(name)[kind], "table", width=width)
    assert text.replace("\n", "") == printable(text.replace("\n", ""))
    if width is None:
        assert printable(name) in text
    else:
        shown = re.sub(r"[\s│]", "", text)
        assert re.sub(r"\s", "", printable(name)) in shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY)
def test_colour_comes_from_the_program_only(name, kind) -> None:
    text = render(kind, everywhere(name)[kind], "table", width=100, color=True)
    assert re.fullmatch(r"[0-9;]*", "".join(re.findall(r"\x1b\[([0-9;]*)m", text))) is not None
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "\x1b" not in plain
    uncoloured = render(kind, everywhere(name)[kind], "table", width=100)
    assert [line.rstrip() for line in plain.split("\n")] == uncoloured.split("\n")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("fmt", ["json", "ndjson"])
def test_json_keeps_the_name_and_escapes_what_acts(name, kind, fmt) -> None:
    text = render(kind, everywhere(name)[kind], fmt)
    assert "</script" not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\ud800-\udfff]", text)
    documents = [json.loads(line) for line in text.splitlines()] if fmt == "ndjson" else [json.loads(text)]
    assert valid_unicode(name) in set(_strings(documents))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY)
def test_csv_runs_no_formula_and_breaks_no_row(name, kind) -> None:
    text = render(kind, everywhere(name)[kind], "csv")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert not any(re.search("[\x00-\x1f\x7f-\x9f]", cell) for row in rows for cell in row)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY)
def test_markdown_has_the_same_shape_whatever_the_name(name, kind) -> None:
    def shape(text):
        markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        tokens = markdown.parse(text)
        return [(token.type, {child.type for child in token.children or ()} - {"text_special"}) for token in tokens]

    assert shape(render(kind, everywhere(name)[kind], "markdown")) == shape(
        render(kind, everywhere("AN SAN 1")[kind], "markdown")
    )


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=30))
def test_no_name_stops_a_report(name) -> None:
    for kind, payload in everywhere(name).items():
        for fmt in FORMATS if kind == "screen" else CASE_FORMATS:
            rendered = render(kind, payload, fmt)
            assert isinstance(rendered, bytes) or rendered.encode("utf-8")
        render(kind, payload, "table", width=80, color=True).encode("utf-8")
