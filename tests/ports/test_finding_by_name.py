"""A port is found under every spelling people use, and never under a name that merely contains it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.ports.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()


def found(port_text, facility_text=""):
    place = GAZETTEER.find(port_text, facility_text)
    return place.port and place.port.id, place.facility and place.facility.id


@pytest.mark.parametrize(
    "text",
    [
        "Vostochny", "VOSTOCHNY", " vostochny ", "Vostochnyy", "Port of Vostochny", "Vostochny Port", "Wrangel Bay",
        "Vostochny sea port", "Vostochny harbour", "Vostochny, Russia", "Vostochny, Primorsky Krai", "Восточный",
        "RUVYP", "RU VYP", "ru-vyp", "Vostochny (RUVYP)",
    ],
)  # fmt: skip
def test_spellings_and_locodes_of_vostochny(text):
    assert found(text) == ("vostochny", None)


@pytest.mark.parametrize(
    "text",
    ["Nampo", "Nam Po", "Namp'o", "Namp’o", "NAMPHO", "Nam-po", "Nampo-hang", "남포", "남포항", "Nampo (DPRK)",
     "Nampo, North Korea", "KPNAM", "Nampo, West Sea"],
)  # fmt: skip
def test_spellings_of_nampo(text):
    assert found(text) == ("nampo", None)


@pytest.mark.parametrize(
    "text",
    [
        "Vostochny Cosmodrome", "Nampo Street", "Nampo, Florida", "Vostochny, Amur Oblast", "Nampo 2", "Port 27",
        "oil berth", "Russia", "Rajin -> Dunay", "Vostochny/Nakhodka", "bound for Nampo", "x" * 100_000,
        "Wrangel Island", "Nampo, off Cape Foo", "Nampo (bound for Xanadu)", "Nampo, Egersheld, Dalian", "Nampo, Japan",
        "Egersheld, Street of Nampo", "Yellow Sea -> Nampo",
    ],
)  # fmt: skip
def test_other_words_make_it_another_place_and_two_ports_are_none(text):
    place = GAZETTEER.find(text)
    assert (place.kind, place.port) == ("unplaced", None)
    assert place.text == text


@pytest.mark.parametrize(
    ("port", "facility", "expected"),
    [
        ("Vostochny, oil bunkering berth", "", "vostochny-oil-berth"),
        ("Vostochny / container terminal", "", "vostochny-container-terminal"),
        ("Vostochny (oil berth)", "", "vostochny-oil-berth"),
        ("Vostochny", "the oil loading pier", "vostochny-oil-berth"),
        ("Vostochny", "port/oil berth", "vostochny-oil-berth"),
        ("Vostochny", "Vostochny oil bunkering berth", "vostochny-oil-berth"),
        ("Nampo oil terminal", "", "nampo-oil-terminal"),
        ("", "Nampo oil terminal", "nampo-oil-terminal"),
        ("Nampo", "oil discharge buoys", "nampo-sea-berth"),
        ("Port of Nampo, sea berth", "", "nampo-sea-berth"),
        ("Chongjin", "oil offload berth", "chongjin-oil-berth"),
        ("Chongjin", "oil off-loading berth", "chongjin-oil-berth"),
        ("Rajin", "Pier/Terminal 1", "rajin-pier-1"),
        ("Dunay", "naval/munitions", "dunay-naval-pier"),
        ("Vanino, coal pier berth 17 (PPK-3)", "", "vanino-coal-pier-17"),
        ("Pervaya Rechka", "", "vladivostok-pervaya-rechka"),
    ],
)
def test_a_cell_or_two_name_port_and_facility_together(port, facility, expected):
    place = GAZETTEER.find(port, facility)
    assert place.facility is not None
    assert place.facility.id == expected
    assert not place.at_roads


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("Vladivostok, Egersheld", "vladivostok"), ("Dalian, Dayao Bay", "dalian"), ("Nampo - No. 3 wharf", "nampo"),
        ("Nakhodka / Yuzhny", "nakhodka"), ("Nampo (Foo)", "nampo"), ("Port of Nampo, blue shed 3", "nampo"),
    ],
)  # fmt: skip
def test_words_nobody_knows_that_are_set_apart_leave_the_port(text, port):
    place = GAZETTEER.find(text)
    assert (place.port.id, place.facility, place.candidates, place.at_roads) == (port, None, (), False)


@pytest.mark.parametrize("text", ["Sok Island", "Sok-to Island", "Sok-to", "Sokto"])
def test_an_island_is_found_with_and_without_the_word(text):
    assert found(text) == ("sok-to", None)


@pytest.mark.parametrize("text", ["sea berth Nampo", "at sea berth, Nampo"])
def test_a_sea_berth_is_no_sea(text):
    assert found(text) == ("nampo", "nampo-sea-berth")


def test_kozmino_is_not_vostochny():
    assert found("Kozmino oil terminal") == ("kozmino", None)
    assert found("Vostochny", "Kozmino oil terminal") == ("vostochny", None)


def test_a_facility_nobody_knows_leaves_the_port():
    place = GAZETTEER.find("Nampo", "blue shed")
    assert (place.port.id, place.facility, place.candidates, place.facility_role) == ("nampo", None, (), None)


def test_words_that_fit_several_facilities_leave_candidates_and_their_common_role():
    place = GAZETTEER.find("Rajin", "pier")
    assert place.facility is None
    assert [facility.id for facility in place.candidates] == ["rajin-pier-1", "rajin-pier-2"]
    assert place.facility_role == "munitions_pier"


@pytest.mark.parametrize(
    ("port", "facility", "anchorage"),
    [
        ("off Nampo", "", None),
        ("near Nampo", "", None),
        ("Nampo roads", "", None),
        ("south of Nampo", "", None),
        ("5 nm off Nampo", "", None),
        ("Chongjin outer anchorage", "", "chongjin-outer-anchorage"),
        ("Chongjin", "outer anchorage", "chongjin-outer-anchorage"),
        ("Nakhodka anchorage", "", "nakhodka-anchorage"),
        ("Nakhodka", "anchorage ~6 km off port", "nakhodka-anchorage"),
        ("Vostochny roads", "", "vostochny-outer-anchorage"),
    ],
)
def test_off_a_port_is_at_its_roads_never_in_it(port, facility, anchorage):
    place = GAZETTEER.find(port, facility)
    assert place.kind == "port"
    assert place.at_roads
    assert not place.near_loading_berth
    assert (place.facility.id if place.facility else None) == anchorage


@pytest.mark.parametrize(
    "text", ["roads, 800 m off the oil loading quay", "~800 m off oil loading quay", "off the oil berth"]
)
def test_off_the_loading_quay_is_near_it_and_not_at_it(text):
    place = GAZETTEER.find("Vostochny", text)
    assert place.at_roads
    assert place.near_loading_berth
    assert place.facility_role == "anchorage"


def test_farther_than_three_kilometres_is_not_near_the_berth():
    place = GAZETTEER.find("Vostochny", "4 km off the oil loading quay")
    assert place.at_roads
    assert not place.near_loading_berth


@pytest.mark.parametrize(
    ("port", "facility"),
    [
        ("Sea of Japan", ""), ("East Sea", ""), ("East China Sea", ""), ("Yellow Sea", "off Nampo"), ("Korea Strait", "S of Jeju"),
        ("Sea of Japan", "105 km SW of Vostochny"), ("105 km SW of Vostochny", ""), ("northern Sea of Japan", ""),
        ("Chinese waters", ""), ("high seas", ""), ("at sea", ""), ("Sea of Japan, off Shimane", ""), ("동해", ""),
        ("Sea of Japan off Vostochny", ""), ("East Sea, off Vostochny", ""), ("Yellow Sea near Nampo", ""),
        ("in the northern Yellow Sea near Nampo", ""), ("at sea off Vostochny", ""), ("Yellow Sea near Nampo", "pier"),
    ],
)  # fmt: skip
def test_seas_and_places_far_off_a_port_are_at_sea(port, facility):
    place = GAZETTEER.find(port, facility)
    assert (place.kind, place.port) == ("sea", None)
    assert place.text.startswith(port)


def test_a_sea_with_transfers_is_the_transfer_area():
    assert found("East China Sea STS") == ("east-china-sea-sts", None)
    assert found("East China Sea", "STS area") == ("east-china-sea-sts", None)


@pytest.mark.parametrize("text", ["", "  ", "-", "?", "n/a", "unknown", "not stated"])
def test_nothing_given_is_no_place_at_all(text):
    assert GAZETTEER.find(text, text).kind == "none"


def test_nk_is_a_country_and_not_an_empty_cell():
    assert GAZETTEER.find("NK").kind == "unplaced"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_place_and_white_space_around_it_changes_nothing(port, facility):
    place = GAZETTEER.find(port, facility)
    assert place == GAZETTEER.find(f" {port} ", f"\t{facility}\n")
    assert (place.port is not None) == (place.kind == "port")
    if place.facility is not None:
        assert place.facility in place.port.facilities


@given(
    st.sampled_from([(port, name) for port in GAZETTEER.ports for name in (port.name, *port.unlocodes, *port.aliases)])
)
def test_every_name_finds_its_own_port_in_any_case(case):
    port, name = case
    for written in (name, name.upper(), name.lower(), name.replace(" ", ""), name.replace("-", " ")):
        place = GAZETTEER.find(written)
        assert place.port is not None, written
        assert place.port.id == port.id


@given(st.sampled_from([(port, facility, name) for port in GAZETTEER.ports for facility in port.facilities
                        for name in (facility.name, *facility.aliases)]))  # fmt: skip
def test_every_facility_is_found_beside_its_port(case):
    port, facility, name = case
    place = GAZETTEER.find(port.name, name)
    assert place.port.id == port.id
    assert facility in (place.facility, *place.candidates)


def test_finding_a_name_needs_neither_numpy_nor_shapely():
    code = (
        "import sys; from vesseltrack.ports.gazetteer import load_gazetteer; load_gazetteer().find('off Nampo');"
        "sys.exit(any(heavy in sys.modules for heavy in ('numpy', 'pandas', 'shapely')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
