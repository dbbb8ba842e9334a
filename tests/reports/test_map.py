"""The map of a year: every delivery is drawn where it belongs, as large as it was, and nothing that is not known."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import builders, drawn

from vesseltrack import reference
from vesseltrack.reports import svg
from vesseltrack.reports.figures import coastline
from vesseltrack.reports.figures.harbours import harbours
from vesseltrack.reports.figures.map_labels import LINE
from vesseltrack.reports.figures.palette import DARK, LIGHT
from vesseltrack.reports.figures.placing import Disc, Wanted, labels, pushed_apart, sunflower
from vesseltrack.reports.figures.projection import TRADE, latitude_of, mercator, window
from vesseltrack.reports.figures.stays import stays
from vesseltrack.reports.map import MAP_CSS, map_document, map_figure

NASTY = "</script><img onerror=x>\x1b[31m\x00\u202e\ud800"
VOYAGES = "\n".join(
    [
        "date,vessel,flag,type,port,facility,activity,ais_status,lat,lon",
        f"2024-03-06,{NASTY.replace(chr(0), '').replace(chr(0xD800), '')},DPRK,tanker,Vostochny,oil berth,loading,off,,",
        f"2024-03-09,{NASTY.replace(chr(0), '').replace(chr(0xD800), '')},DPRK,tanker,Chongjin,oil offload berth,discharging,off,,",
        "2024-04-01,SAM JONG 1,DPRK,tanker,Dalian,,loading,on,,",
        "2024-04-06,SAM JONG 1,DPRK,tanker,Nampo,oil terminal,discharging,intermittent,,",
        "2024-05-01,SAM JONG 1,DPRK,tanker,,,transit,off,39.5,131.5",
        "2024-06-01,SAM JONG 1,DPRK,tanker,,,transit,off,-33.0,-71.6",
        "2024-06-09,SAM JONG 1,DPRK,tanker,Cho-do,,anchored,off,,",
    ]
)


@pytest.fixture(scope="module")
def vostochny(examine_files):
    return examine_files("examples/vostochny-2024.csv", years=(2024,))


@pytest.fixture(scope="module")
def voyages(examine_csv):
    return examine_csv(VOYAGES)


def drawing(case):
    return drawn.parsed(map_figure(case, case.years[0]))


@pytest.mark.parametrize("of", ["vostochny", "voyages"])
def test_every_delivery_with_a_known_port_is_drawn(of, request):
    case = request.getfixturevalue(of)
    assert drawn.deliveries(drawing(case)) == {delivery.id for delivery in case.years[0].deliveries}


def test_a_voyage_is_an_arc_from_port_to_port(voyages):
    routes = [one.get("aria-label") for one in drawing(voyages).iter() if "voyage," in one.get("aria-label", "")]
    assert [text.partition(":")[0] for text in sorted(routes)] == ["Dalian to Nampo", "Vostochny to Chongjin"]


def test_the_area_of_a_bubble_is_in_proportion_to_the_barrels(vostochny):
    status = vostochny.years[0]
    volume = {one.port.id: one.barrels.central for one in harbours(vostochny, status, stays(vostochny, status))}
    areas = {
        port.get("data-port"): float(circle.get("r")) ** 2 / volume[port.get("data-port")]
        for port in drawing(vostochny).iter()
        for circle in port
        if port.get("data-port") and circle.get("class") == "bubble"
    }
    assert areas.keys() == {port for port, barrels in volume.items() if barrels}
    assert max(areas.values()) == pytest.approx(min(areas.values()), rel=0.02)  # radii are rounded to tenths


def test_what_the_ports_loaded_and_landed_is_what_the_deliveries_come_to(vostochny):
    status = vostochny.years[0]
    ports = harbours(vostochny, status, stays(vostochny, status))
    once = sum(delivery.barrels.central for delivery in status.deliveries)
    both_ends = sum(d.barrels.central for d in status.deliveries if d.loaded_at and d.delivered_at)
    assert sum(one.barrels.central for one in ports) == once + both_ends


@pytest.mark.parametrize("of", ["vostochny", "voyages"])
def test_nothing_lies_outside_the_picture(of, request):
    root = drawing(request.getfixturevalue(of))
    width, height = drawn.size(root)
    edge = coastline.EDGE + 0.1
    for x, y in drawn.spots(drawn.picture(root)):
        assert -edge <= x <= width + edge
        assert -edge <= y <= height + edge


def test_what_has_no_position_or_lies_elsewhere_is_said_and_not_drawn(voyages):
    (desc,) = drawn.named(drawing(voyages), "desc")
    assert "Cho-do: 1 call without a delivery (its position is not known)" in desc.text
    assert "sea: 1 call without a position on the map" in desc.text  # off Chile
    assert "Not on the map, being outside it or without a position: Cho-do, 1 call at sea." in map_figure(
        voyages, voyages.years[0]
    )
    assert all("Cho-do" not in (one.get("data-port") or "") for one in drawing(voyages).iter())


def test_a_call_with_the_ais_off_has_another_shape(voyages):
    marks = {
        one[0].text.partition(",")[0] + "," + one[0].text.partition(", ")[2].partition(" at")[0]: one
        for one in drawing(voyages).iter()
        if len(one) and one[0].tag.endswith("title") and " AIS " in f" {one[0].text} " and one.get("class")
    }
    kinds = {key: (one.tag.rpartition("}")[2], one.get("class")) for key, one in marks.items()}
    assert kinds["SAM JONG 1,loading"] == ("circle", "seen")
    assert kinds["SAM JONG 1,discharging"] == ("path", "doubtful")
    assert ("path", "off") in kinds.values()


@pytest.mark.parametrize("make", [map_figure, map_document])
def test_a_ships_name_is_text_whatever_it_says(voyages, make):
    status = voyages.years[0]
    named = replace(status, deliveries=tuple(replace(d, vessel=NASTY, calls=()) for d in status.deliveries))
    for year in (status, named):
        text = make(voyages, year)
        assert drawn.named(drawn.parsed(text), "img") == []
        assert not re.search(r"</script|[\x00-\x08\x0b-\x1f\u202e\ud800]", text)
        assert "&lt;/script&gt;&lt;img onerror=x&gt;" in text


@pytest.mark.parametrize("make", [map_figure, map_document])
def test_the_picture_needs_nothing_but_itself(voyages, make):
    text = make(voyages, voyages.years[0])
    assert "style=" not in text
    assert "<script" not in text
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {svg.NAMESPACE}


def test_a_file_of_its_own_uses_no_variable_and_has_one_size_of_names(voyages):
    text = map_document(voyages, voyages.years[0])
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns=')
    assert "var(" not in text
    assert "vt-narrow" not in text


def test_the_same_case_gives_the_same_bytes(voyages):
    assert map_figure(voyages, voyages.years[0]) == map_figure(voyages, voyages.years[0])


def test_two_years_can_stand_on_one_page_as_no_element_has_an_id(voyages):
    assert [one.get("id") for one in drawing(voyages).iter() if one.get("id")] == []


def test_an_arc_belongs_to_all_deliveries_of_its_route(voyages):
    arcs = {
        one.get("aria-label").partition(":")[0]: one
        for one in drawing(voyages).iter()
        if "to " in one.get("aria-label", "")
    }
    (delivery,) = [d.id for d in voyages.years[0].deliveries if d.loaded_at == "Dalian"]
    assert arcs["Dalian to Nampo"].get("data-delivery") == delivery


@pytest.mark.parametrize("make", [map_figure, map_document])
def test_a_year_without_calls_or_a_case_without_ports_is_a_sentence(make):
    empty = replace(builders.STATUS, deliveries=())
    assert "2024: no call and no delivery is known, so no map is drawn." in make(builders.CASE, empty)
    nowhere = replace(builders.CASE, ports=())
    assert "so no map is drawn" in make(nowhere, builders.STATUS)


def test_a_year_of_a_thousand_deliveries_can_be_mailed(examine_csv):
    rows = [
        f"2024-{1 + n % 12:02}-{1 + n % 28:02},TANKER {n},DPRK,tanker,Vostochny,oil berth,loading" for n in range(1000)
    ]
    case = examine_csv("\n".join(["date,vessel,flag,type,port,facility,activity", *rows]))
    figure = map_figure(case, case.years[0])
    assert len(drawn.deliveries(drawn.parsed(figure))) == 1000
    assert len(figure) < 400_000


def test_the_example_with_its_coast_is_small(vostochny):
    assert len(map_figure(vostochny, vostochny.years[0])) < 150_000


def test_a_map_of_the_whole_area_is_small_too():
    west, south, east, north = coastline.area()
    view = window([(south, west), (north, east)], coastline.area(), 800.0, (520.0, 780.0))
    assert len(coastline.land(view)) < 100_000


@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=8),
)
def test_the_window_shows_the_trades_waters_and_stays_on_the_known_coast(points):
    view = window(points, coastline.area(), 800.0, (520.0, 780.0))
    west, south, east, north = coastline.area()
    assert west - 1e-6 <= view.west
    assert view.west + view.width / view.scale <= east + 1e-6
    assert south - 1e-6 <= latitude_of(view.north - view.height / view.scale)
    assert latitude_of(view.north) <= north + 1e-6
    if all(30 <= lat <= 50 for lat, lon in points if west <= lon <= east and south <= lat <= north):
        assert all(view.holds(corner) for corner in TRADE)


def test_mercator_and_back():
    for latitude in (-60.0, 0.0, 38.7, 55.0):
        assert latitude_of(mercator(latitude)) == pytest.approx(latitude)
    assert mercator(45.0) == pytest.approx(math.degrees(math.log(math.tan(math.pi / 4 + math.pi / 8))))


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(0, 700), st.floats(3, 40)), min_size=2, max_size=10))
def test_bubbles_are_pushed_apart_and_stay_in_the_picture(found):
    discs = pushed_apart([Disc(x, y, radius, (x, y)) for x, y, radius in found], 3.0, 800.0, 700.0)
    for disc in discs:
        assert disc.radius <= disc.x <= 800 - disc.radius
        assert disc.radius <= disc.y <= 700 - disc.radius


def test_bubbles_at_one_place_do_not_cover_each_other():
    discs = pushed_apart([Disc(400, 300, 20, (400, 300)) for _ in range(6)], 3.0, 800.0, 700.0)
    for number, one in enumerate(discs):
        for other in discs[number + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= 42


def test_marks_of_a_port_keep_their_distance():
    places = list(sunflower(300, 10.0))
    nearest = min(math.dist(one, other) for number, one in enumerate(places) for other in places[number + 1 :])
    assert nearest > 7.5


@given(st.lists(st.tuples(st.floats(20, 780), st.floats(20, 680), st.floats(20, 190)), max_size=25))
def test_no_label_lies_on_another(found):
    wanted = [Wanted(Disc(x, y, 5, (x, y)), wide, 12 * LINE, must=True) for x, y, wide in found]
    boxes = [box for box in labels(wanted, (), 800.0, 700.0) if box is not None]
    assert drawn.covered(boxes) == []
    assert all(min(box) >= 0 and box[2] <= 800 and box[3] <= 700 for box in boxes)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_can_be_told_from_what_they_stand_on(colours):
    for ground in ("paper", "water", "land"):
        for text in ("ink", "muted"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for mark in ("accent", "bad", "warn", "fence"):
            assert contrast(colours[mark], colours[ground]) >= 3, (mark, ground)


def test_every_variable_has_a_light_and_a_dark_colour():
    assert LIGHT.keys() == DARK.keys()
    assert set(re.findall(r"var\(--([a-z]+)\)", MAP_CSS)) <= LIGHT.keys()


def test_the_coastline_says_where_it_is_from():
    data = reference.path_of("coastline.json").read_bytes()
    assert b"public domain" in data
    assert b"9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8" in data
    assert len(data) < 130_000


@pytest.mark.parametrize(
    ("place", "sea"),
    [((39.03, 125.75), False), ((37.55, 126.99), False), ((39.5, 130.0), True), ((35.0, 123.0), True)],
    ids=["Pyongyang", "Seoul", "east of Wonsan", "west of Mokpo"],
)
def test_land_is_where_land_is(place, sea):
    view = window([], coastline.area(), 800.0, (520.0, 780.0))
    assert coastline.at_sea(view, view.at(place)) is sea
