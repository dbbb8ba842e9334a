"""The HTML page: whole without a script or a network, the same numbers as the JSON, the same bytes from the same case."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import builders
from reports.test_hostile import NASTY

from vesseltrack.oil.notified import MonthEnd
from vesseltrack.oil.volume import Barrels
from vesseltrack.oil.year import DayEstimate
from vesseltrack.reports.chart import chart_figure
from vesseltrack.reports.render import render
from vesseltrack.text import barrels

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Read(HTMLParser):
    """What a browser would see: elements with their attributes, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {"style": "", "script": ""}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        for implied in {"td": ["td"], "tr": ["td", "tr"]}.get(tag, []):
            if self._open[-1] == implied:
                self._open.pop()
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while tag == "tbody" and self._open[-1] in {"td", "tr"}:
            self._open.pop()
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in self.raw:
            self.raw[self._open[-1]] += data
        else:
            self.text += data

    def values(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def page_of(case=None, kind="report"):
    return render(kind, case or builders.CASE, "html")


@pytest.mark.parametrize("kind", ["check", "report"])
def test_nothing_is_asked_of_the_network_and_nothing_runs_but_our_own(kind):
    """The policy allows one style and one script, by their hashes, and nothing else."""
    page = Read(page_of(kind=kind))
    (policy,) = (a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    for what in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[what].encode()).digest()).decode()
        assert f"{what}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not [v for name in ("src", "action", "srcset", "style", "onclick") for v in page.values(name)]
    assert all(target.startswith("#") for target in page.values("href"))
    assert "url(" not in page.raw["style"]
    assert "@import" not in page.raw["style"]


@pytest.mark.parametrize("kind", ["check", "report"])
def test_every_link_leads_somewhere_and_no_name_is_used_twice(kind):
    page = Read(page_of(kind=kind))
    names = page.values("id")
    assert len(names) == len(set(names))
    assert {target[1:] for target in page.values("href")} <= set(names)


def test_it_says_what_the_json_says():
    """Verdicts, estimates, deliveries, findings, fingerprints: nothing that the JSON has is missing on paper."""
    case = builders.CASE
    page, told = Read(page_of(case)), json.loads(render("report", case, "json"))
    year = told["years"][0]
    for value in (year["verdict"], *year["caveats"], *told["method"]):
        assert value in page.text
    for value in year["estimate"]["low"], year["estimate"]["central"], year["estimate"]["high"]:
        assert barrels(value) in page.text
    assert {f"d-{one['id']}" for one in year["deliveries"]} <= {*page.values("id")} | {
        f"d-{name}" for names in page.values("data-delivery") for name in names.split()
    }
    for finding in told["findings"]:
        assert f"f-{finding['id']}" in page.values("id")
        assert finding["title"] in page.text
    for used in (*told["inputs"], *told["lists"], *told["reference"]):
        assert (used["sha256"] or "unknown") in page.text


def test_each_delivery_is_in_the_table_and_in_the_chart_under_one_name():
    case = builders.CASE
    marks = [names.split() for names in Read(page_of(case)).values("data-delivery")]
    for delivery in case.years[0].deliveries:
        assert sum(delivery.id in names for names in marks) >= (2 if delivery.in_cap else 1)


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("kind", ["check", "report"])
def test_a_hostile_name_is_text(name, kind):
    """Whatever a ship is called, the page has the elements that it has anyway."""
    plain, hostile = builders.CASE, builders.CASE
    status = hostile.years[0]
    deliveries = tuple(replace(one, vessel=name, identity=None) for one in status.deliveries)
    hostile = replace(
        hostile,
        years=(replace(status, deliveries=deliveries),),
        findings=tuple(replace(one, title=f"{name} was seen") for one in hostile.findings),
        incomplete_because=(name,),
        method=(name, *hostile.method[1:]),
    )
    plain = replace(plain, years=(replace(plain.years[0], deliveries=deliveries),), incomplete_because=("x",))
    page = Read(page_of(hostile, kind))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in Read(page_of(plain, kind)).elements]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", page.text)


def test_the_same_case_gives_the_same_bytes():
    assert page_of() == page_of()


def test_a_case_without_sightings_is_a_page_that_says_so():
    case = replace(builders.CASE, years=(), findings=(), inputs=(), method=(), rejects=())
    assert "Nothing to report" in Read(page_of(case)).text


@given(st.permutations(range(6)))
def test_the_line_never_runs_backwards(order):
    """The days of the chart are drawn in order of time, in whatever order they come."""
    status = builders.CASE.years[0]
    start = status.regime.first if status.regime else None
    assert start is not None
    days = [DayEstimate(start.replace(month=n + 1), Barrels(n * 1000.0, n * 2000.0, n * 3000.0), 0.0) for n in range(6)]
    drawn = chart_figure(replace(status, days=tuple(days[at] for at in order)), None)
    (line,) = re.findall(r'class="central" d="M([^"]*)"', drawn)[:1]
    across = [float(point.split()[0]) for point in line.split("L")]
    assert across == sorted(across)


def test_nothing_is_drawn_outside_the_frame():
    """Also where the estimate is far beyond the cap."""
    status = builders.CASE.years[0]
    far = Barrels(2e6, 3e6, 5e6)
    day = status.days[-1].day if status.days else status.regime.first
    drawn = chart_figure(replace(status, estimate=far, days=(DayEstimate(day, far, 1.0),)), None)
    width, height = (float(v) for v in re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn).groups())
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", " ".join(re.findall(r' d="([^"]*)"', drawn)))
    assert points
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in points)


def test_a_month_that_not_every_state_reported_is_told_from_one_that_was():
    """Unknown is not zero: its mark is hollow and says who is missing."""
    status = builders.CASE.years[0]
    whole = MonthEnd("2024-01", 15_000, 485_000, 3.0, ())
    partly = MonthEnd("2024-02", 15_000, 485_000, 3.0, ("Russia",))
    drawn = chart_figure(replace(status, reported=replace(status.reported, balance=(whole, partly))), None)
    assert drawn.count('class="told"') == 1
    assert "not all months are reported by Russia" in drawn
    assert ">in part<" in drawn
