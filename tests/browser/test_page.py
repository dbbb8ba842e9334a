"""The report in a browser: no request, no message, whole without a script, readable on a phone and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.conftest import AXE, EXAMPLE

from vesseltrack.cli.app import main


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """The pages of the published case, by command."""
    made = {kind: tmp_path_factory.mktemp("page") / f"{kind}.html" for kind in ("report", "check")}
    for kind, path in made.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", ["vesseltrack", kind, str(EXAMPLE), "-o", str(path), "--fail-on", "none"])
            main()
    return made


@pytest.fixture(params=["report", "check"])
def page(request, pages) -> Path:
    """Each of them."""
    return pages[request.param]


@pytest.fixture
def report(pages) -> Path:
    """The one that has deliveries and barrels."""
    return pages["report"]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("dark", [True, False])
def test_it_asks_for_nothing_and_complains_of_nothing(opened, page, dark, script):
    with opened(page, dark=dark, script=script) as seen:
        assert seen.requests == [page.as_uri()]
        assert seen.said == []


def test_without_a_script_every_row_is_there(opened, page):
    with opened(page, script=False) as plain, opened(page) as lively:
        texts = [one.page.locator("tbody").all_inner_texts() for one in (plain, lively)]
    assert texts[0] == texts[1]
    assert sum(map(len, texts[0])) > 1000


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("dark", [True, False])
def test_the_page_is_no_wider_than_the_screen(opened, page, width, dark):
    """Wide tables and figures scroll by themselves."""
    with opened(page, width=width, dark=dark) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_row_lights_what_belongs_to_it(opened, report):
    with opened(report) as seen:
        row = seen.page.locator("tr[data-delivery]").first
        name = row.get_attribute("data-delivery").split()[0]
        mark = seen.page.locator(f'.chart [data-delivery="{name}"]')
        assert "lit" not in (mark.get_attribute("class") or "")
        row.hover()
        assert "lit" in mark.get_attribute("class")
        seen.page.mouse.move(0, 0)
        assert "lit" not in mark.get_attribute("class")
        row.locator("a").first.focus()
        assert "lit" in mark.get_attribute("class")
        for figure in (".vt-map", ".vt-calendar"):
            marks = seen.page.locator(f'{figure} [data-delivery~="{name}"]')
            assert marks.count() >= 1
            assert all("lit" in (one.get_attribute("class") or "") for one in marks.all())


def test_the_filter_leaves_the_rows_that_hold_every_word(opened, page):
    with opened(page) as seen:
        seen.page.get_by_label("Filter").last.fill("chon  SAN")
        table = seen.page.locator("table.lively").last
        shown = table.locator("tbody tr:visible").all_inner_texts()
        assert shown
        assert all("chon" in text.lower() and "san" in text.lower() for text in shown)
        assert f"{len(shown)} of " in seen.page.get_by_role("status").last.inner_text()
        assert len(shown) < table.locator("tbody tr").count()


def test_a_heading_sorts_by_number_up_and_down(opened, report):
    with opened(report) as seen:
        table = seen.page.locator("table.lively").first
        button = table.get_by_role("button", name="Central")

        def column():
            return [int(re.sub(r"\D", "", text)) for text in table.locator("tbody td:nth-child(8)").all_inner_texts()]

        button.click()
        assert column() == sorted(column())
        button.press("Enter")
        assert column() == sorted(column(), reverse=True)
        assert table.locator("th[aria-sort=descending]").count() == 1


def test_it_prints_to_a4(opened, page):
    with opened(page, script=False) as seen:
        pdf = seen.page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (1400, True), (400, False)])
def test_axe_finds_no_fault(opened, page, width, dark):
    """WCAG 2.2 A and AA, and best practice."""
    if not AXE.exists():
        pytest.skip("no axe-core here: accessibility was not tried (npm install --no-save axe-core)")
    with opened(page, width=width, dark=dark) as seen:
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = seen.page.evaluate("axe.run()")
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 10
