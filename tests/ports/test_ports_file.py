"""A user's --ports file: used where it can be, refused in one line that says how to mend it."""

from __future__ import annotations

import json

import pytest
from ports.drawing import feature, gazetteer, square

from vesseltrack.errors import ConfigurationError, ExitCode
from vesseltrack.ports.gazetteer import load_gazetteer


def test_polygons_with_a_name_are_enough(tmp_path):
    ports = gazetteer(tmp_path / "p.geojson", feature(square(10, 20, 1), name="Alpha"))
    (alpha,) = ports.ports
    assert (alpha.name, alpha.country, alpha.roles, alpha.uncertainty_m) == ("Alpha", "", ("other",), 0)
    assert ports.find("port of alpha").port is alpha
    assert ports.locate(10.5, 20.5).port is alpha


def test_the_own_file_replaces_the_bundled_ports_and_is_named_as_reference(tmp_path):
    path = tmp_path / "p.geojson"
    ports = gazetteer(path, feature(square(10, 20, 1), name="Alpha"))
    assert ports.find("Nampo").kind == "unplaced"
    assert ports.locate(38.716667, 125.4).kind == "sea"
    assert ports.reference[0].name == str(path)
    assert len(ports.reference[0].sha256) == 64


def test_all_properties_are_read(tmp_path):
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(square(10, 20, 1), name="Alpha", country="xa", role="oil_loading", aliases=["Old Alpha"], unlocode="XA ALP",
                uncertainty_m=250, source="chart"),
        feature(square(10.5, 20.5, 0.1), name="North berth", port="Alpha", role="oil_loading", aliases="berth 5; berth 6"),
    )  # fmt: skip
    alpha = ports.ports[0]
    assert (alpha.country, alpha.roles, alpha.unlocodes, alpha.uncertainty_m) == (
        "XA",
        ("oil_loading",),
        ("XAALP",),
        250,
    )
    assert ports.find("xa-alp").port is alpha
    assert ports.find("Old Alpha", "berth 6").facility is alpha.facilities[0]
    assert ports.locate(10.55, 20.55).facility is alpha.facilities[0]


def test_a_facility_makes_its_port_known_even_if_nobody_drew_the_port(tmp_path):
    ports = gazetteer(tmp_path / "p.geojson", feature(square(10, 20, 0.1), name="Berth", port="Alpha"))
    assert ports.find("Alpha").kind == "port"
    place = ports.locate(10.05, 20.05)
    assert (place.port.name, place.facility.name) == ("Alpha", "Berth")


def test_what_is_left_out_about_a_known_port_is_taken_from_the_bundled_one(tmp_path):
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(square(42.7, 133.0, 0.1), name="Vostochny"),
        feature(square(42.74, 133.07, 0.01), name="Oil berth", port="Vostochny"),
    )
    place = ports.locate(42.745, 133.075)
    assert (place.port.country, place.facility_role) == ("RU", "oil_loading")
    assert "oil_loading" in place.port.roles
    assert ports.find("RUVYP").port is place.port


def test_a_port_of_the_same_name_elsewhere_is_another_port(tmp_path):
    ports = gazetteer(tmp_path / "p.geojson", feature(square(10, 20, 1), name="Vostochny"))
    assert (ports.ports[0].country, ports.ports[0].roles) == ("", ("other",))


def test_a_single_feature_and_a_byte_order_mark_are_fine(tmp_path):
    path = tmp_path / "p.geojson"
    path.write_text(json.dumps(feature(square(10, 20, 1), name="Alpha")), encoding="utf-8-sig")
    assert load_gazetteer(path).ports[0].name == "Alpha"


BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\x80\xff", "is not UTF-8"),
        (b"[" * 100_000, "is not usable JSON"),
        (b"<html></html>", "is not JSON"),
        (b"[]", "is not GeoJSON"),
        (b'"text"', "is not GeoJSON"),
        (b'{"type": "Topology"}', "is not GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "holds no polygons"),
        (b'{"type": "FeatureCollection", "features": [7]}', "feature 1: it is no GeoJSON feature"),
        (b'{"type": "FeatureCollection", "features": {}}', "is not GeoJSON"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "p.geojson"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as error:
        load_gazetteer(path)
    message = str(error.value)
    assert said in message
    assert str(path) in message
    assert "\n" not in message
    assert error.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (feature(square(10, 20, 1)), "feature 2: it has no name"),
        (feature(square(10, 20, 1), name=" "), "feature 2: it has no name"),
        (feature(square(10, 20, 1), name="--"), "has no letter or digit"),
        (feature(square(10, 20, 1), name=7), "name is 7"),
        (feature(square(10, 20, 1), name="First"), "another feature has the same name"),
        (feature(BOW_TIE, name="Bow tie"), 'feature 2 ("Bow tie"): the polygon is not valid (Self-intersection'),
        (feature({"type": "Point", "coordinates": [20, 10]}, name="Dot"), "has no inside"),
        (feature({"type": "Polygon", "coordinates": []}, name="Empty"), "has no ring"),
        (feature({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, name="Line"), "2 different corners"),
        (feature({"type": "Polygon", "coordinates": [[["a", 2], [3, 4], [5, 6]]]}, name="Text"), "is not two numbers"),
        (feature({"type": "Polygon", "coordinates": [[[float("nan"), 2], [3, 4], [5, 6]]]}, name="NaN"), "is not two numbers"),
        (feature({"type": "Polygon", "coordinates": [[[42.7, 133.0], [42.8, 133.0], [42.8, 133.1]]]}, name="Swap"), "look swapped"),
        (feature({"type": "Polygon", "coordinates": [[[0, 0], [500000, 0], [0, 600000]]]}, name="Metres"), "is not on Earth"),
        (feature({"type": "Polygon", "coordinates": [[[179, 0], [-179, 0], [-179, 1], [179, 1]]]}, name="Date"), "180th meridian"),
        (feature(square(10, 20, 1), name="Role", role="harbour"), 'role is "harbour"'),
        (feature(square(10, 20, 1), name="Far", uncertainty_m="far"), 'uncertainty_m is "far"'),
        (feature(square(10, 20, 1), name="Less", uncertainty_m=-1), "uncertainty_m is -1"),
        (feature(square(10, 20, 1), name="\x1b[31mRed\n", role="x"), "\\x1b[31mRed"),
    ],
)  # fmt: skip
def test_a_bad_feature_is_named_with_its_fault(tmp_path, bad, said):
    with pytest.raises(ConfigurationError) as error:
        gazetteer(tmp_path / "p.geojson", feature(square(0, 0, 1), name="First"), bad)
    message = str(error.value)
    assert said in message
    assert "\n" not in message
    assert "\x1b" not in message


def test_a_missing_file_and_a_directory_are_told_apart(tmp_path):
    with pytest.raises(ConfigurationError, match="does not exist"):
        load_gazetteer(tmp_path / "none.geojson")
    with pytest.raises(ConfigurationError, match="is a directory"):
        load_gazetteer(tmp_path)


def test_only_places_without_an_outline_are_no_polygons(tmp_path):
    with pytest.raises(ConfigurationError, match="holds no polygons"):
        gazetteer(tmp_path / "p.geojson", feature(None, name="Alpha"))


def test_an_alias_that_two_ports_share_finds_neither(tmp_path):
    ports = gazetteer(
        tmp_path / "p.geojson",
        feature(square(10, 20, 1), name="Alpha", aliases=["Gate"]),
        feature(square(30, 40, 1), name="Beta", aliases=["Gate"]),
    )
    assert ports.find("Gate").kind == "unplaced"
    assert ports.find("Beta").port.name == "Beta"
