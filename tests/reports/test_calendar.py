"""The ships' calendars: a row for each tanker, each of its calls on its days, and what was dated widely as wide."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import builders, drawn

from vesseltrack.reports import svg
from vesseltrack.reports.calendar import CALENDAR_CSS, MOST_ROWS, calendar_document, calendar_figure
from vesseltrack.reports.figures.calendar_plan import codes, rows
from vesseltrack.reports.figures.palette import LIGHT
from vesseltrack.reports.figures.stays import Stay, stays

DAY = builders.instant("2024-03-06")
HEADER = "date,vessel,flag,type,port,facility,activity,ais_status"
SHIPS = "\n".join(
    [
        HEADER,
        "2024-03-06,</script><img onerror=x>,DPRK,tanker,Vostochny,oil berth,loading,off",
        "2024-03-09,</script><img onerror=x>,DPRK,tanker,Chongjin,oil offload berth,discharging,off",
        "2024-04-01/2024-05-20,SAM JONG 1,DPRK,tanker,Vostochny,oil berth,loading,on",
        "2024-06-09,SAM JONG 2,DPRK,tanker,Chongjin,outer anchorage,anchored,unknown",
        "2024-06-09,LADY R,Russia,ro-ro,Vostochny,container terminal,container,off",
        "2023-12-28,SAM JONG 3,DPRK,tanker,Vostochny,oil berth,loading,off",
        "2024-01-04,SAM JONG 3,DPRK,tanker,Nampo,oil terminal,discharging,off",
    ]
)


@pytest.fixture(scope="module")
def vostochny(examine_files):
    return examine_files("examples/vostochny-2024.csv", years=(2024,))


@pytest.fixture(scope="module")
def ships(examine_csv):
    return examine_csv(SHIPS, years=(2024,))


def drawing(case):
    return drawn.parsed(calendar_figure(case, case.years[0]))


def labels(case):
    return [one.get("aria-label") for one in drawing(case).iter() if one.get("tabindex") == "0"]


@pytest.mark.parametrize("of", ["vostochny", "ships"])
def test_every_delivery_of_a_ship_that_is_drawn_is_drawn(of, request):
    case = request.getfixturevalue(of)
    assert drawn.deliveries(drawing(case)) == {delivery.id for delivery in case.years[0].deliveries}


def test_tankers_stand_in_order_of_their_barrels_and_other_ships_are_left_out(ships):
    status = ships.years[0]
    found = rows(ships, status)
    assert [row.barrels.central for row in found] == sorted((row.barrels.central for row in found), reverse=True)
    assert {row.name for row in found} == {"</script><img onerror=x>", "SAM JONG 1", "SAM JONG 2", "SAM JONG 3"}
    assert sum(row.barrels.central for row in found) == sum(one.barrels.central for one in status.deliveries)


def test_each_call_says_ship_port_days_and_ais(ships):
    told = {title.text for title in drawn.named(drawing(ships), "title")}
    assert any(
        text.startswith("SAM JONG 1, loading at Vostochny, oil bunkering berth, 2024-04-01 to 2024-05-20, AIS on;")
        for text in told
    )
    assert "SAM JONG 2, at Chongjin, outer anchorage, 2024-06-09, AIS not known" in told


def test_a_widely_dated_call_is_a_thin_line_and_one_of_a_day_is_none(ships):
    spans = {
        group[0].text.partition(",")[0]
        for group in drawn.picture(drawing(ships)).iter()
        for line in group
        if line.get("class", "").startswith("span")
    }
    assert spans == {"SAM JONG 1"}


def test_a_ship_with_its_ais_off_is_told_by_shape(ships):
    diamonds = [one for one in drawing(ships).iter() if one.get("class") == "off" and one.get("data-delivery")]
    assert len(diamonds) == 4  # both ends of two voyages


def test_a_loading_of_the_year_before_stands_at_the_edge_with_its_true_day(ships):
    (row,) = [text for text in labels(ships) if text.startswith("SAM JONG 3")]
    assert "loading at Vostochny, oil bunkering berth, 2023-12-28" in row


@pytest.mark.parametrize("of", ["vostochny", "ships"])
def test_nothing_lies_outside_the_picture(of, request):
    root = drawing(request.getfixturevalue(of))
    width, height = drawn.size(root)
    for x, y in drawn.spots(drawn.picture(root)):
        assert 0 <= x <= width
        assert 0 <= y <= height


def test_of_many_ships_the_greatest_are_drawn_and_the_rest_are_said(examine_csv):
    lines = [f"2024-03-{1 + n % 28:02},SHIP {n},DPRK,tanker,Vostochny,oil berth,loading,off" for n in range(75)]
    case = examine_csv("\n".join([HEADER, *lines]))
    text = calendar_figure(case, case.years[0])
    assert text.count('tabindex="0"') == MOST_ROWS
    assert "15 more ships not drawn, with 15 deliveries and " in text


def test_a_thousand_deliveries_stay_small(examine_csv):
    lines = [
        f"2024-{1 + n % 12:02}-{1 + n // 12 % 28:02},SHIP {n % 50},DPRK,tanker,Vostochny,oil berth,loading,off"
        for n in range(1000)
    ]
    case = examine_csv("\n".join([HEADER, *lines]))
    assert len(calendar_figure(case, case.years[0])) < 500_000


@pytest.mark.parametrize("make", [calendar_figure, calendar_document])
def test_a_ships_name_is_text_and_the_picture_needs_nothing_but_itself(ships, make):
    text = make(ships, ships.years[0])
    assert drawn.named(drawn.parsed(text), "img") == []
    assert "&lt;/script&gt;&lt;img onerror=x&gt;" in text
    assert "style=" not in text
    assert "<script" not in text
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {svg.NAMESPACE}
    assert text == make(ships, ships.years[0])


@pytest.mark.parametrize("make", [calendar_figure, calendar_document])
def test_a_year_without_tankers_is_a_sentence(make):
    empty = replace(builders.STATUS, deliveries=())
    assert "no call of a tanker is known" in make(builders.CASE, empty)


def test_a_case_without_ports_still_has_its_ships():
    root = drawn.parsed(calendar_figure(replace(builders.CASE, ports=()), builders.STATUS))
    assert drawn.deliveries(root) == {delivery.id for delivery in builders.DELIVERIES}


def test_ports_have_codes_of_their_own(vostochny):
    found = codes(stays(vostochny, vostochny.years[0]))
    assert found["vostochny"] == "V"
    assert len(set(found.values())) == len(found)


@given(st.lists(st.text(max_size=6), min_size=1, max_size=40))
def test_codes_differ_whatever_ports_are_called(names):
    ports = [replace(builders.VOSTOCHNY, id=f"p{number}", name=name) for number, name in enumerate(names)]
    found = codes([Stay("s", "S", "load", port, port.name, None, DAY, DAY, (DAY, DAY), "off", None) for port in ports])
    assert len(set(found.values())) == len(names)


def test_every_variable_has_a_colour():
    assert set(re.findall(r"var\(--([a-z]+)\)", CALENDAR_CSS)) <= LIGHT.keys()
