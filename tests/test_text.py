"""Text that somebody else wrote comes out harmless in every channel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from vesseltrack.text import barrels, csv_cell, markdown_cell, percent, printable, valid_unicode

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
"""Any code points at all, lone surrogates included."""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("CHON MA SAN", "CHON MA SAN"),
        ("천마산", "천마산"),
        ("Ørsted–2", "Ørsted–2"),
        ("\x1b[31mRED\x1b[0m", "\\x1b[31mRED\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("TWO\nLINES\r\t", "TWO\\nLINES\\r\\t"),
        ("A\u2028B\u2029C\x85D", "A\\u2028B\\u2029C\\x85D"),
        ("\u202eNAS AM NOHC", "\\u202eNAS AM NOHC"),
        ("AN\u200bSAN\ufeff", "AN\\u200bSAN\\ufeff"),
        ("AN\u3164SAN", "AN\\u3164SAN"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_would_act_or_hide_is_shown(written: str, shown: str) -> None:
    assert printable(written) == shown


@given(ANY_TEXT)
def test_printable_text_is_one_line_of_printable_characters(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    shown.encode("utf-8")
    assert cell_len(shown) >= 0


@given(ANY_TEXT)
def test_valid_unicode_can_always_be_written_and_changes_nothing_else(text: str) -> None:
    valid = valid_unicode(text)
    valid.encode("utf-8")
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert valid == text


def test_a_surrogate_pair_is_one_character() -> None:
    assert valid_unicode("\ud83d\udea2 \ud83d") == "\U0001f6a2 \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_cell_starts_a_formula(start: str) -> None:
    assert csv_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("name", ["AN SAN 1", "", "'AN SAN", "A=B", " =1"])
def test_other_text_cells_stay_as_they_are(name: str) -> None:
    assert csv_cell(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "[a](http://x)",
        "<script>alert(1)</script>",
        "<http://x.example>",
        "http://x.example",
        "www.x.example",
        "a@x.example",
        "&lt;b&gt;",
        "`code` *em* _em_ ~~del~~",
        "![img](x)",
        "a|b",
        "# head",
        "- item",
        "1. item",
        "+ item",
        "=====",
        "---",
        "\\|",
        "two\nlines",
        ":ship:",
        "$x$",
        "    code",
        " - item",
        "   # head",
        " ",
        "{{template}} {% tag %}",
        "[[page]] [^1]",
        "end\\",
        "&lt;b&gt; &#124;",
        "===",
    ],
)
def test_markdown_shows_a_name_as_plain_text(name: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    escaped = markdown_cell(name)
    alone = [(token.type, [child.type for child in token.children or ()]) for token in markdown.parse(escaped)]
    assert [kind for kind, _ in alone] == ["paragraph_open", "inline", "paragraph_close"]
    assert set(alone[1][1]) == {"text"}
    table = markdown.parse(f"| a | b |\n| --- | --- |\n| {escaped} | c |\n")
    cells = [token for token in table if token.type == "inline"]
    assert len(cells) == 4
    assert "".join(child.content for child in cells[2].children or ()) == printable(name)


@given(ANY_TEXT)
def test_any_name_stays_one_cell_of_plain_text(name: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = markdown.parse(f"| a | b |\n| --- | --- |\n| x{markdown_cell(name)} | c |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert {child.type for child in cells[2].children or ()} <= {"text"}


def test_numbers_as_people_read_them() -> None:
    assert barrels(1234567) == "1,234,567"
    assert barrels(759793.5) == "759,794"
    assert barrels(0) == "0"
    assert percent(25.26) == "25.3 %"


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf")])
def test_an_unknown_number_is_never_zero(nothing: float | None) -> None:
    assert barrels(nothing) == "unknown"
    assert percent(nothing) == "unknown"
