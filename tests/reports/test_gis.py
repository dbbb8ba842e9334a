"""GeoJSON, KML and GeoParquet: nothing is lost, every position says what it rests on, and map programs read them."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from fastkml.validator import validate
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from reports import builders
from reports.test_hostile import NASTY, everywhere

from vesseltrack.ports.distance import great_circle_km
from vesseltrack.reports.gis.geometry import STEP_KM, box, cut, great_circle
from vesseltrack.reports.render import render
from vesseltrack.text import printable, valid_unicode

RFC = Path(__file__).parent / "schemas" / "rfc7946.json"
OURS = Path(__file__).parents[2] / "docs" / "schema" / "geojson-1.json"
KML = "{http://www.opengis.net/kml/2.2}"

SEEN = """date,vessel,type,count,port,facility,lat,lon,ais_status,activity
2024-03-06,Paek Yang San 1,,,Vostochny,oil bunkering berth,42.7467,133.0834,off,loading
2024-03-12,Paek Yang San 1,,,Chongjin,oil offload berth,,,off,discharging
2024-03-20,Chon Ma San,,,Vostochny,,,,off,loading
2024-04-02,Chon Ma San,,,,,,,off,
2024-04-09,Yu Son,,,,,38.2,132.5,on,transit
2024-05,,oil tanker,3,Nampo,oil terminal,,,,discharging
"""
"""A voyage whose loading has a position, a loading without a facility, one row without a place, one at sea, three
tankers without a name."""

ACROSS = """date,vessel,lat,lon,port,facility,activity,counterpart,ais_status
2024-03-01,Yu Son,30.0,-175.5,,,sts_receiving,OCEAN GIVER,off
2024-03-25,Yu Son,,,Chongjin,oil offload berth,discharging,,off
"""
"""Oil taken over east of the 180th meridian and landed west of it."""


@pytest.fixture(scope="module")
def case(examine_csv):
    return examine_csv(SEEN)


@pytest.fixture(scope="module")
def across(examine_csv):
    return examine_csv(ACROSS)


def collection(case, kind="report"):
    return json.loads(render(kind, case, "geojson"))


def of_kind(document, kind):
    return [feature for feature in document["features"] if feature["properties"]["kind"] == kind]


def read_by_gdal(tmp_path, text, name, **options):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return pyogrio.read_dataframe(tmp_path / name, **options)


@pytest.mark.parametrize("kind", ["check", "report"])
@pytest.mark.parametrize("schema", [RFC, OURS], ids=["rfc7946", "ours"])
@pytest.mark.parametrize("which", ["case", "across", "by hand", "empty"])
def test_geojson_is_valid_against_the_rfc_and_our_own_schema(kind, schema, which, request) -> None:
    found = {"by hand": builders.CASE, "empty": builders.EMPTY}.get(which) or request.getfixturevalue(which)
    checked = json.loads(schema.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(checked)
    errors = Draft202012Validator(checked).iter_errors(collection(found, kind))
    assert [error.message for error in errors] == []


def test_the_schema_refuses_latitude_first() -> None:
    swapped = {"type": "Point", "coordinates": [42.7467, 133.0834]}
    document = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": swapped, "properties": {}}],
    }
    assert not Draft202012Validator(json.loads(RFC.read_text(encoding="utf-8"))).is_valid(document)


def test_every_finding_is_there_with_a_position_or_without(case) -> None:
    """Nothing lost: what has neither coordinates nor a port is a feature without geometry."""
    shown = of_kind(collection(case), "finding")
    assert [feature["id"] for feature in shown] == [finding.id for finding in case.findings]
    positions = {(f["properties"]["position"], f["geometry"] is None) for f in shown}
    assert positions == {("sighted", False), ("port", False), (None, True)}


def test_check_is_about_findings_and_report_about_calls_and_voyages_too(case) -> None:
    def kinds(document):
        return Counter(feature["properties"]["kind"] for feature in document["features"])

    assert set(kinds(collection(case, "check"))) == {"finding"}
    assert kinds(collection(case)) == {"finding": len(case.findings), "call": 6, "voyage": 1}


def test_a_call_stands_where_it_was_sighted_else_at_its_facility_or_port(case) -> None:
    calls = {(c["properties"]["vessel"], c["properties"]["role"]): c for c in of_kind(collection(case), "call")}
    sighted, berth = calls["Paek Yang San 1", "load"], calls["Paek Yang San 1", "discharge"]
    assert sighted["geometry"]["coordinates"] == [133.0834, 42.7467]
    assert sighted["properties"]["position"] == "sighted"
    chongjin = next(port for port in case.ports if port.name == "Chongjin")
    offload = next(facility for facility in chongjin.facilities if facility.name == "oil offload berth")
    assert berth["geometry"]["coordinates"] == [round(degrees, 6) for degrees in reversed(offload.outline.centre)]
    assert berth["properties"]["position"] == "port"
    nowhere = calls["Chon Ma San", "other"]
    assert (nowhere["geometry"], nowhere["properties"]["position"]) == (None, None)


def test_a_call_carries_what_its_delivery_came_to(case) -> None:
    delivery = next(d for status in case.years for d in status.deliveries if d.kind == "voyage")
    for call in of_kind(collection(case), "call"):
        said = call["properties"]
        if said["vessel"] == "Paek Yang San 1":
            assert said["deliveries"] == delivery.id
            assert (said["barrels_low"], said["barrels_central"], said["barrels_high"]) == (
                round(delivery.barrels.low), round(delivery.barrels.central), round(delivery.barrels.high),
            )  # fmt: skip
            assert said["from"].startswith("Vostochny")
            assert said["to"].startswith("Chongjin")
            assert said["dark"] is True
        if said["vessel"] == "Yu Son":
            assert said["dark"] is False
            assert said["deliveries"] is said["barrels_central"] is None


def test_ships_without_a_name_are_one_call_with_all_their_deliveries(case) -> None:
    (call,) = (c["properties"] for c in of_kind(collection(case), "call") if c["properties"]["vessel"] is None)
    ids = [d.id for status in case.years for d in status.deliveries if d.kind == "unidentified"]
    assert len(ids) == call["ships"] == 3
    assert call["deliveries"] == "; ".join(ids)


def test_every_delivery_stands_in_some_call(case) -> None:
    told = {one for c in of_kind(collection(case), "call") for one in (c["properties"]["deliveries"] or "").split("; ")}
    assert {d.id for status in case.years for d in status.deliveries} <= told


def test_the_line_of_a_voyage_runs_from_call_to_call_in_small_pieces(case) -> None:
    (voyage,) = of_kind(collection(case), "voyage")
    line = voyage["geometry"]["coordinates"]
    assert line[0] == [133.0834, 42.7467]
    assert line[-1] == next(
        c["geometry"]["coordinates"] for c in of_kind(collection(case), "call") if c["properties"]["port"] == "Chongjin"
    )
    assert len(line) > 3
    assert all(great_circle_km(a[::-1], b[::-1]) <= STEP_KM for a, b in pairwise(line))
    assert voyage["properties"]["start"] == "2024-03-06T00:00:00Z"
    assert voyage["properties"]["end"] == "2024-03-12T23:59:59Z"


def test_a_voyage_across_the_180th_meridian_is_cut_there(across) -> None:
    """RFC 7946 section 3.1.9; and the box says west before east across it (section 5.2)."""
    document = collection(across)
    (voyage,) = of_kind(document, "voyage")
    east, west = voyage["geometry"]["coordinates"]
    assert voyage["geometry"]["type"] == "MultiLineString"
    assert east[0] == [-175.5, 30.0]
    assert (east[-1][0], west[0][0]) == (-180.0, 180.0)
    assert east[-1][1] == west[0][1]
    assert all(abs(b[0] - a[0]) <= 180 for part in (east, west) for a, b in pairwise(part))
    assert document["bbox"][0] > document["bbox"][2]


def test_years_asked_for_bound_the_calls(examine_csv) -> None:
    both = SEEN + "2023-03-06,Yu Son,,,Vostochny,oil bunkering berth,,,off,loading\n"
    ends = [call["properties"]["end"][:4] for call in of_kind(collection(examine_csv(both, years=(2023,))), "call")]
    assert ends == ["2023"]


def test_severity_is_a_colour_a_size_and_a_word(case) -> None:
    looks = {}
    for feature in of_kind(collection(case), "finding"):
        said = feature["properties"]
        looks.setdefault(said["severity"], set()).add((said["marker-color"], said["marker-size"]))
    assert all(len(look) == 1 for look in looks.values())
    assert len({next(iter(look))[0] for look in looks.values()}) == len(looks) > 1


def test_the_order_of_rows_changes_nothing_but_the_lines_they_stand_on(examine_csv, case) -> None:
    header, *rows = SEEN.splitlines()
    turned = examine_csv("\n".join([header, *reversed(rows)]) + "\n")

    def plain(document):
        return [
            {**feature, "properties": {**feature["properties"], "evidence": None}} for feature in document["features"]
        ]

    assert plain(collection(turned)) == plain(collection(case))


@pytest.mark.parametrize("fmt", ["geojson", "kml", "parquet"])
def test_the_same_case_gives_the_same_bytes(case, fmt) -> None:
    assert render("report", case, fmt) == render("report", case, fmt)


def test_gdal_reads_times_as_times_and_every_feature(case, tmp_path) -> None:
    """What QGIS reads by: its temporal controller takes columns of times."""
    frame = read_by_gdal(tmp_path, render("report", case, "geojson"), "report.geojson")
    assert len(frame) == len(collection(case)["features"])
    assert str(frame["start"].dtype).startswith("datetime64")
    assert str(frame["barrels_central"].dtype).startswith(("int", "float"))
    assert frame.crs == "EPSG:4326"


@pytest.mark.parametrize("kind", ["check", "report"])
@pytest.mark.parametrize("which", ["case", "across", "by hand", "empty"])
def test_kml_is_valid_against_the_schema_of_the_ogc(kind, which, request, tmp_path) -> None:
    found = {"by hand": builders.CASE, "empty": builders.EMPTY}.get(which) or request.getfixturevalue(which)
    path = tmp_path / "report.kml"
    path.write_text(render(kind, found, "kml"), encoding="utf-8")
    assert validate(file_to_validate=path)


def test_the_schema_of_the_ogc_refuses_a_placemark_out_of_order(tmp_path) -> None:
    path = tmp_path / "wrong.kml"
    path.write_text(render("report", builders.CASE, "kml").replace("<begin>", "<when>").replace("</begin>", "</when>"))
    with pytest.raises(AssertionError):
        validate(file_to_validate=path)


def test_kml_has_a_folder_for_each_severity_for_calls_and_for_voyages(case) -> None:
    root = ET.fromstring(render("report", case, "kml"))  # noqa: S314
    folders = [[name.text for name in one.findall(f"{KML}name")] for one in root.iter(f"{KML}Folder")]
    assert [name for (name,) in folders if name not in {"Critical", "High", "Medium", "Low", "Info"}] == [
        "Findings", "Calls", "Voyages",
    ]  # fmt: skip
    assert len(root.findall(f".//{KML}Placemark")) == len(collection(case)["features"])
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {url.text for url in root.iter(f"{KML}styleUrl")} <= styles


def test_kml_holds_the_positions_and_times_of_the_geojson(case, tmp_path) -> None:
    (tmp_path / "report.kml").write_text(render("report", case, "kml"), encoding="utf-8")
    calls = pyogrio.read_dataframe(tmp_path / "report.kml", layer="Calls")
    told = of_kind(collection(case), "call")
    assert [row.Name for row in calls.itertuples()] == [c["properties"]["title"] for c in told]
    for shape, call in zip(calls.geometry, told, strict=True):
        expected = call["geometry"] and call["geometry"]["coordinates"]
        assert (None if shape is None else [shape.x, shape.y]) == expected
    assert calls["begin"][0].to_pydatetime().replace(tzinfo=UTC) == datetime(2024, 3, 6, tzinfo=UTC)


def test_nothing_in_kml_is_fetched_from_anywhere(case) -> None:
    text = render("report", case, "kml")
    assert set(re.findall(r"https?://[^\s\"<]+", text)) == {"http://www.opengis.net/kml/2.2"}
    assert "<href>" not in text


@pytest.mark.parametrize("kind", ["check", "report"])
@pytest.mark.parametrize("name", [*NASTY, "]]>", "$[description]", "<![CDATA[x]]>", "&amp;", "\ufffe"])
def test_no_name_breaks_kml_or_is_read_as_html(name, kind) -> None:
    """Google Earth reads a description as HTML: a name is text there, too."""
    root = ET.fromstring(render(kind, everywhere(name)[kind], "kml"))  # noqa: S314
    plain = ET.fromstring(render(kind, everywhere("AN SAN 1")[kind], "kml"))  # noqa: S314
    assert [element.tag for element in root.iter()] == [element.tag for element in plain.iter()]
    read = [element.text or "" for element in root.iter(f"{KML}description")]
    assert not any("<" in text or ">" in text or "$[" in text for text in read)
    assert any(printable(name) in unescape(text) for text in read)
    assert any(printable(name) in (element.text or "") for element in root.iter(f"{KML}name"))


@pytest.mark.parametrize("kind", ["check", "report"])
@pytest.mark.parametrize("name", [*NASTY, "]]>"])
def test_geojson_and_geoparquet_keep_the_name(name, kind) -> None:
    text = render(kind, everywhere(name)[kind], "geojson")
    assert "</script" not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\ud800-\udfff]", text)
    assert valid_unicode(name) in {feature["properties"]["vessel"] for feature in json.loads(text)["features"]}
    table = pq.read_table(io.BytesIO(render(kind, everywhere(name)[kind], "parquet")))
    assert valid_unicode(name) in table["vessel"].to_pylist()


@pytest.mark.parametrize("which", ["case", "across", "empty"])
def test_geoparquet_holds_what_the_geojson_holds(which, request) -> None:
    found = builders.EMPTY if which == "empty" else request.getfixturevalue(which)
    table = pq.read_table(io.BytesIO(render("report", found, "parquet")))
    document = collection(found)
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [feature["id"] for feature in document["features"]]
    for row, feature in zip(rows, document["features"], strict=True):
        shape = None if row["geometry"] is None else shapely.from_wkb(row["geometry"])
        expected = None if feature["geometry"] is None else shapely.geometry.shape(feature["geometry"])
        assert (shape is None) == (expected is None)
        assert shape is None or shape.equals_exact(expected, 0)
        for key, value in feature["properties"].items():
            if key in {"start", "end"} and value is not None:
                assert row[key].replace(microsecond=0) == datetime.fromisoformat(value)
            elif key == "counted_on":
                assert row[key].isoformat() == value
            elif not key.startswith(("marker-", "stroke")):
                assert row[key] == value, key


def test_geoparquet_says_what_it_is(across) -> None:
    metadata = pq.read_metadata(io.BytesIO(render("report", across, "parquet"))).metadata
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["MultiLineString", "Point"]
    assert column["bbox"] == collection(across)["bbox"]
    assert "crs" not in column, "which means OGC:CRS84"
    said = json.loads(metadata[b"vesseltrack"])
    assert said["inputs"] == collection(across)["inputs"]
    assert said["complete"] is collection(across)["complete"]


def test_geopandas_opens_geoparquet(case) -> None:
    frame = geopandas.read_parquet(io.BytesIO(render("report", case, "parquet")))
    assert frame.crs == "OGC:CRS84"
    assert str(frame["start"].dtype) == "datetime64[us, UTC]"
    assert frame[frame["kind"] == "voyage"].geometry.geom_type.tolist() == ["LineString"]


DEGREES = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(st.lists(DEGREES, min_size=2, max_size=4))
def test_no_part_of_a_line_crosses_the_180th_meridian(stops) -> None:
    parts = cut(great_circle(stops))
    for part in parts:
        assert len(part) >= 2
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in part)
        assert all(abs(b[0] - a[0]) <= 180 for a, b in pairwise(part))
    for before, after in pairwise(parts):
        assert before[-1] == (-after[0][0], after[0][1])
        assert abs(after[0][0]) == 180


@given(st.lists(DEGREES, min_size=1))
def test_the_box_holds_every_position(positions) -> None:
    west, south, east, north = box(positions) or (0, 0, 0, 0)
    for lon, lat in positions:
        assert south <= lat <= north
        assert west <= lon <= east if west <= east else lon >= west or lon <= east


def test_a_great_circle_goes_north_of_the_straight_line() -> None:
    """From Vostochny to Vancouver by the Aleutians: the shortest way on the globe."""
    line = great_circle([(133.08, 42.75), (-123.1, 49.3)])
    assert max(lat for _, lat in line) > 55
    assert sum(great_circle_km(a[::-1], b[::-1]) for a, b in pairwise(line)) == pytest.approx(
        great_circle_km((42.75, 133.08), (49.3, -123.1)), rel=1e-9
    )
