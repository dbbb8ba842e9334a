"""Tables for people: verdict first, nothing cut, nothing that was not checked looks clean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports import builders
from rich.cells import cell_len

from vesseltrack.oil.volume import Barrels
from vesseltrack.oil.year import Crossing, Reported
from vesseltrack.reports import wording
from vesseltrack.reports.bar import cells, labels, scale_of
from vesseltrack.reports.columns import fit, wrap
from vesseltrack.reports.render import render
from vesseltrack.reports.sections import CapBar, Gauge

LONG = "A VERY LONG NAME " * 20


def test_the_verdict_is_the_first_line() -> None:
    assert builders.STATUS.verdict in render("report", builders.CASE, "table").splitlines()[0]
    assert "5 findings: 2 critical, 1 medium, 2 info" in render("check", builders.CASE, "table").splitlines()[0]


@pytest.mark.parametrize("kind", ["check", "report"])
@pytest.mark.parametrize("width", [None, 80, 100])
def test_incomplete_is_said_next_to_the_verdict(kind, width) -> None:
    beginning = render(kind, builders.CASE, "table", width=width).splitlines()[:8]
    assert "INCOMPLETE: 1 row could not be read" in " ".join(line.strip("│ ") for line in beginning)


def test_an_input_without_rows_never_looks_clean() -> None:
    assert "Nothing was checked" in render("check", builders.EMPTY, "table").splitlines()[0]
    assert "Nothing to report" in render("report", builders.EMPTY, "table").splitlines()[0]


def test_a_complete_check_without_findings_says_both() -> None:
    clean = replace(builders.CASE, findings=(), incomplete_because=(), rejects=())
    assert "No findings. Every sighting was read and checked." in render("check", clean, "table").splitlines()[0]
    partial = replace(builders.CASE, findings=())
    assert "No findings in what could be checked. INCOMPLETE" in render("check", partial, "table").splitlines()[0]


def test_a_check_against_no_list_says_so() -> None:
    assert "nothing was checked against a list" in render("check", replace(builders.CASE, lists=()), "table")


def test_off_a_terminal_nothing_is_cut_or_folded() -> None:
    named = replace(builders.FINDINGS[0], title=LONG)
    assert LONG.strip() in render("check", replace(builders.CASE, findings=(named,)), "table")


@pytest.mark.parametrize("kind", ["check", "report", "screen"])
@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_on_a_terminal_no_line_is_wider_than_it_and_nothing_is_lost(kind, width) -> None:
    payload = builders.SCREENING if kind == "screen" else builders.CASE
    text = render(kind, payload, "table", width=width)
    if width >= 80:
        assert max(map(cell_len, text.splitlines())) <= width
    words = {word for line in render(kind, payload, "table").splitlines() for word in line.split() if word.isalpha()}
    assert [word for word in words if word not in text and len(word) <= 8] == []


def test_columns_stay_aligned_with_wide_characters() -> None:
    wide = replace(builders.FINDINGS[0], identity=builders.identity("천마산", builders.CHON_MA_SAN))
    case = replace(builders.CASE, findings=(wide, builders.FINDINGS[1]))
    for width in (None, 100, 120):
        lines = [line for line in render("check", case, "table", width=width).splitlines() if "off  " in line]
        assert len({cell_len(line[: line.index("off  ")]) for line in lines}) == 1


def test_the_closing_is_not_said_twice() -> None:
    text = render("report", builders.CASE, "table")
    assert text.count("lawful") == 1
    silent = replace(builders.STATUS, verdict="2024: cap exceeded.")
    assert render("report", replace(builders.CASE, years=(silent,)), "table").count("lawful") == 1
    assert "Indicates, does not prove" in text


def test_volumes_reported_by_states_stand_beside_the_estimate() -> None:
    reported = Reported(91_000, (("Russia", 91_000),), (), (), ())
    text = render("report", replace(builders.CASE, years=(replace(builders.STATUS, reported=reported),)), "table")
    assert "91,000 barrels (18.2 % of the cap), beside a central estimate of 223,773" in text
    assert any(line.startswith("  reported ") and "+" in line for line in text.splitlines())


def test_an_unidentified_ship_is_called_so() -> None:
    assert "unidentified tanker" in render("report", builders.CASE, "table")
    assert "unidentified ship" in render("check", builders.CASE, "table")


def test_a_year_without_a_cap_has_no_bar_and_no_share() -> None:
    status = replace(builders.STATUS, regime=None, crossings=(), estimate=Barrels(0.0, 0.0, 0.0))
    text = render("report", replace(builders.CASE, years=(status,)), "table")
    assert "Cap: none was in force in 2024." in text
    assert " of the cap)" not in text.split("Reported by States")[0]


def test_deliveries_that_differ_in_nothing_share_a_row() -> None:
    alike = tuple(replace(builders.DELIVERIES[2], id=f"D-{number}") for number in range(7))
    status = replace(builders.STATUS, deliveries=(builders.DELIVERIES[0], *alike))
    text = render("report", replace(builders.CASE, years=(status,)), "table")
    assert text.count("unidentified tanker") == 1
    row = next(line for line in text.splitlines() if "7 × unidentified tanker" in line)
    assert row.split()[-3:] == ["0", "89,250", "147,000"]


def test_the_legal_basis_of_each_rule_that_fired_is_shown() -> None:
    assert "  - VT102: UNSCR 2371 (2017) para 6" in render("check", builders.CASE, "table").splitlines()


def test_the_day_of_a_crossing_is_shown() -> None:
    from datetime import date

    reached = (Crossing("estimated", 75, None, date(2024, 9, 1), date(2024, 7, 1)),)
    text = render("report", replace(builders.CASE, years=(replace(builders.STATUS, crossings=reached),)), "table")
    assert "75 %       not reached  2024-09-01  2024-07-01" in text


@pytest.mark.parametrize("high", [0.0, 1.0, 400_000.0, 500_000.0, 2_000_000.0])
def test_the_bar_holds_the_cap_and_every_volume(high) -> None:
    gauge = Gauge("estimated", high / 4, high / 2, high)
    bar = CapBar(500_000, (75, 90, 95), (gauge,))
    scale = scale_of(bar, 60)
    line = cells(gauge, scale)
    assert len(line) == 60
    assert line.count("cap") == 1
    assert (line[0] == "empty") == (high == 0.0)
    assert "100 %" in labels(scale)
    order = [cell for cell in line if cell in ("low", "central", "high")]
    assert order == sorted(order, key=("low", "central", "high").index)


@pytest.mark.parametrize("text", ["", "short", "two words here", "x" * 30, "천마산 천마산 천마산", "a  b   c" * 4])
@pytest.mark.parametrize("width", [2, 8, 10])
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_len, lines)) <= width


def test_columns_unfold_where_there_is_room() -> None:
    rows = [("An San 1", "Vostochny, oil bunkering berth", "off"), ("Yu Son", "Chongjin", "unknown")]
    wraps = [True, True, False]
    assert fit(rows, wraps, 100) == [8, 30, 7]
    assert fit(rows, wraps, 40) == [8, 21, 7]
    assert fit(rows, wraps, 30) == [6, 13, 7]
    assert fit(rows, wraps, 5) == [3, 8, 7]


def test_days_months_and_lines_are_said_shortly() -> None:
    from vesseltrack.sightings.schema import SightingRef

    assert (
        wording.span(builders.instant("2024-03-06T01:00:00"), builders.instant("2024-03-06T02:00:00")) == "2024-03-06"
    )
    assert wording.months(["2024-03", "2023-12", "2024-01", "2024-05"]) == "2023-12 to 2024-01, 2024-03, 2024-05"
    refs = [SightingRef("a.csv", line) for line in (2, 3, 4, 9)] + [SightingRef("-", 7)]
    assert wording.evidence(refs) == "a.csv lines 2–4, 9; - line 7"
