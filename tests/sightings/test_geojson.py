"""A feature of GeoJSON is a row of its properties, and its point a position: longitude first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sightings.reading import content, one, read, refusal, the_input

from vesseltrack.errors import InputError

POINT = {"type": "Point", "coordinates": [133.05, 42.7]}
SIGHTED = {"ship": "CHON MA SAN", "when seen": "2024-03-06"}


def feature(properties: dict[str, Any] | None = None, geometry: Any = POINT, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties or SIGHTED, "geometry": geometry, **more}


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": features})


def test_a_point_is_a_position_with_longitude_first():
    found = one(collection(feature()))
    assert (found["lat"], found["lon"]) == (42.7, 133.05)
    assert (found["vessel"], found["date"]) == ("CHON MA SAN", "2024-03-06")


@pytest.mark.parametrize(
    "geometry", [{"type": "Point", "coordinates": [133.05, 42.7, 12.5]}, {"coordinates": [133.05, 42.7], "type": "Point"}]
)  # fmt: skip
def test_the_altitude_and_the_order_of_members_do_not_matter(geometry):
    assert one(collection(feature(geometry=geometry)))["lat"] == 42.7


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": []}])
def test_a_feature_without_a_position_is_a_row_without_one(geometry):
    found = one(collection(feature(SIGHTED | {"port": "Vostochny"}, geometry)))
    assert found["port"] == "Vostochny"
    assert found["lat"] != found["lat"]  # NaN


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "LineString", "coordinates": [[133, 42], [134, 43]]}, "its geometry is a LineString: give"),
        ({"type": "GeometryCollection", "geometries": []}, "its geometry is a GeometryCollection: give"),
        ({"type": "Point"}, "its coordinates are no longitude and latitude"),
        ({"type": "Point", "coordinates": [133.05]}, "its coordinates are no longitude and latitude"),
        ({"type": "Point", "coordinates": [133.05, None]}, "its coordinates are no longitude and latitude"),
        ({"type": "Point", "coordinates": [True, 42.7]}, "its coordinates are no longitude and latitude"),
        ({"type": "Point", "coordinates": ["east", 42.7]}, "its coordinates are no longitude and latitude"),
        ([133.05, 42.7], "its geometry is no geometry: give"),
        ({"type": "Point", "coordinates": [42.7, 133.05]}, "outside -90 to 90: latitude and longitude look swapped"),
    ],
)
def test_another_geometry_is_a_reject_that_keeps_the_properties(geometry, reason):
    told = refusal(collection(feature(geometry=geometry)))
    assert reason in told.reason
    assert dict(told.original)["ship"] == "CHON MA SAN"


@pytest.mark.parametrize("bad", [7, None, [], {"type": "Feature", "properties": [1], "geometry": None}])
def test_what_is_no_feature_is_a_reject(bad):
    found = read(collection(feature(), bad))
    assert (len(found.frame), len(found.rejects)) == (1, 1)


def test_a_feature_without_a_date_or_a_ship_is_a_reject():
    found = read(collection(feature(), feature({"ship": "A"}), feature({"when seen": "2024-03-06"})))
    assert [reject.reason.partition(":")[0] for reject in found.rejects] == ["no date", "names no ship"]


def test_latitude_and_longitude_among_the_properties_come_first():
    found = one(collection(feature(SIGHTED | {"Latitude": 42.8, "Longitude": 133.1})))
    assert (found["lat"], found["lon"]) == (42.8, 133.1)


@pytest.mark.parametrize("blank", [{"Latitude": None}, {"Latitude": "", "Longitude": None}])
def test_where_they_are_blank_the_point_says_it(blank):
    found = read(collection(feature(SIGHTED | blank), feature(SIGHTED | {"ship": "B"})))
    assert found.frame["lat"].tolist() == [42.7, 42.7]


@pytest.mark.parametrize(
    "crs",
    [None, *({"type": "name", "properties": {"name": name}} for name in (
        "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326",
    ))],
)  # fmt: skip
def test_wgs_84_has_several_names(crs):
    assert one(collection(feature(), crs=crs))["lon"] == 133.05


@pytest.mark.parametrize("crs", ["EPSG:3857", {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}])
def test_another_coordinate_system_is_refused_wherever_it_stands(crs):
    whole = {"type": "FeatureCollection", "features": [feature()], "crs": crs}
    with pytest.raises(InputError, match="another coordinate system than WGS 84"):
        read(json.dumps(whole))
    assert "another coordinate system" in refusal(collection(feature(crs=crs))).reason


def test_our_own_findings_are_no_sightings():
    """A map of findings names ships and dates, and would count each of them again."""
    with pytest.raises(InputError, match="what this program found, not sightings"):
        read(collection(feature(), schema="vesseltrack.geojson/1"))


def test_other_members_of_the_collection_are_left_alone():
    assert one(collection(feature(), name="layer", legend=[{"colour": "red"}]))["vessel"] == "CHON MA SAN"


def test_ids_are_left_out_which_is_said():
    """Many writers number the features, and the same sighting has another number in the next file."""
    found = read(collection(feature(id=1)))
    assert "x:id" not in found.frame
    assert the_input(found).notes[0] == "ids of features are left out"


def test_one_feature_and_one_feature_a_line_are_read_too():
    rows = [feature(), feature(SIGHTED | {"ship": "B"})]
    assert one(json.dumps(rows[0]))["lat"] == 42.7
    lines = read("".join(f"{json.dumps(row)}\n" for row in rows))
    assert content(lines.frame) == content(read(collection(*rows)).frame)
    assert lines.frame["line"].tolist() == [1, 2]


def test_a_collection_with_a_feature_a_line_is_a_collection():
    """The last of them ends without a comma, and is a whole object on a line."""
    rows = ",\n".join(json.dumps(feature(SIGHTED | {"ship": name})) for name in "ABC")
    for head in ('{\n"type": "FeatureCollection",\n"features": [\n', '{"type": "FeatureCollection", "features": [\n'):
        found = read(f"{head}{rows}\n]\n}}\n")
        assert (len(found.frame), found.rejects) == (3, ())


def test_a_sighting_may_have_a_type():
    assert one('[{"date": "2024-03-06", "vessel": "A", "type": "Feature"}]')["type"] == "Feature"


def test_a_collection_without_features_has_no_rows():
    assert the_input(read(collection())).rows == 0
