"""Tables are recognised by the names of their columns, never by position or suffix."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from tracks.formats.evaluating import evaluated

from vesseltrack.errors import InputError
from vesseltrack.tracks.formats.recognising import recognise
from vesseltrack.tracks.formats.source import Head

CLASSIC = """\
MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass
636021061,2023-01-11T00:00:00,26.09241,-80.04806,8.8,272.7,270.0,MSC NAISHA III,IMO9307839,5LCB4,70.0,8.0,208.0,30.0,8.0,70.0,A
338000001,2023-01-11T00:00:02,29.7,-95.0,0.1,360.0,511.0,,,,,,,,,,B
"""
CSV2 = """\
mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,width,draft,cargo,transceiver
636021061,2023-01-11 00:00:00,-80.04806,26.09241,8.8,272.7,270,MSC NAISHA III,IMO9307839,5LCB4,70,8,208,30,8.0,70,A
"""
DANISH = """\
# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D
01/09/2025 00:00:00,Base Station,2190064,56.716570,11.519047,Unknown value,,,,,Unknown,Unknown,,Undefined,,,,GPS,,Unknown,,AIS,,,,
31/12/2025 23:59:59,Class A,219024000,57.717413,10.586715,Engaged in fishing,0.0,0.0,4.8,309,9000259,OWNM,FRIGG,Tanker,,,,Undefined,5.4,Unknown,,AIS,,,,
"""
EXACT_EARTH = """\
MMSI,Message_ID,Repeat_indicator,Time,Millisecond,Region,Vessel_Name,Call_sign,IMO,Ship_Type,Draught,SOG,Longitude,Latitude,COG,Heading
210001000,1,0,20211101_000010,0,66,,,,,,11.2,131.5,42.1,90,91
210001000,5,0,20211101_000130,0,66,CHON MA SAN,HMYA,8660313,82,6.5,,,,,
"""
SPIRE = """\
created_at,timestamp,mmsi,msg_type,latitude,longitude,speed,course,heading,imo,name,call_sign,draught,ship_type,collection_type
2024-03-01T00:10:00Z,2024-03-01T00:00:00Z,445000001,1,39.1,125.2,0.2,10,11,,,,,,satellite
2024-03-01T00:10:00Z,2024-03-01T00:03:00Z,445000001,5,,,,,,8660313,CHON MA SAN,HMYA,6.5,Oil/Chemical Tanker,satellite
"""


def test_marinecadastre_classic(rows):
    first, second = rows(CLASSIC)
    assert first == {
        "mmsi": 636021061, "time": "2023-01-11T00:00:00", "lat": 26.09241, "lon": -80.04806, "sog": 8.8,
        "draught": 8.0, "ship_type": 70, "imo": 9307839, "name": "MSC NAISHA III", "call_sign": "5LCB4",
    }  # fmt: skip
    assert (second["imo"], second["name"], second["ship_type"]) == (None, None, None)


def test_marinecadastre_csv2_has_longitude_first(rows):
    (row,) = rows(CSV2)
    assert (row["lat"], row["lon"], row["time"]) == (26.09241, -80.04806, "2023-01-11 00:00:00")


def test_every_row_of_a_real_file_has_its_number_time_and_place(sample, tmp_path):
    (source,) = recognise([str(sample)], tmp_path).sources
    found = evaluated(source)
    written = list(csv.DictReader(sample.read_text().splitlines()))
    assert source.layout == "MarineCadastre"
    assert [(row["mmsi"], row["lat"], row["lon"]) for row in found] == [
        (int(row["MMSI"]), float(row["LAT"]), float(row["LON"])) for row in written
    ]


def test_the_danish_maritime_authority_writes_the_day_first_and_ship_types_as_words(recognised):
    (source,) = recognised(DANISH).sources
    station, ship = evaluated(source)
    assert (source.layout, source.time_form) == ("Danish Maritime Authority", "day_first")
    assert (station["imo"], station["ship_type"]) == (None, None)
    assert ship == {
        "mmsi": 219024000, "time": "31/12/2025 23:59:59", "lat": 57.717413, "lon": 10.586715, "sog": 0.0,
        "draught": 5.4, "ship_type": 80, "imo": 9000259, "name": "FRIGG", "call_sign": "OWNM",
    }  # fmt: skip


def test_exactearth_mixes_positions_with_rows_that_only_say_who_a_ship_is(recognised):
    (source,) = recognised(EXACT_EARTH).sources
    position, static = evaluated(source)
    assert source.layout == "exactEarth"
    assert position["time"] == "2021-11-01T00:00:10"
    assert (position["lat"], position["lon"], position["name"]) == (42.1, 131.5, None)
    assert (static["lat"], static["imo"], static["ship_type"], static["draught"]) == (None, 8660313, 82, 6.5)


def test_spire_rows_and_ship_types_in_other_makers_words(recognised):
    (source,) = recognised(SPIRE).sources
    position, static = evaluated(source)
    assert source.layout == "Spire"
    assert (position["sog"], position["time"]) == (0.2, "2024-03-01T00:00:00Z")
    assert (static["ship_type"], static["name"]) == (80, "CHON MA SAN")


@pytest.mark.parametrize(
    ("header", "value", "form", "given"),
    [
        ("timestamp", "1709251200", "epoch", 1709251200.0),
        ("t", "1709251200500", "epoch", 1709251200.5),
        ("Date Time", "2024/03/01 00:00:00", "iso", "2024-03-01 00:00:00"),
        ("timestamp", "2024-03-01 00:00:00 UTC", "iso", "2024-03-01 00:00:00"),
        ("time", "20240301000000", "iso", "2024-03-01T00:00:00"),
        ("time", "31.12.2023 10:00:00", "day_first", "31/12/2023 10:00:00"),
    ],
)
def test_times_are_understood_by_their_form(recognised, header, value, form, given):
    (source,) = recognised(f"lon;{header};lat;MMSI\n125,2;{value};39,1;445000001\n").sources
    (row,) = evaluated(source)
    assert (source.time_form, row["time"], row["lat"], row["lon"]) == (form, given, 39.1, 125.2)


def test_the_order_of_columns_does_not_matter(rows):
    table = list(csv.reader(io.StringIO(CLASSIC)))
    turned = "\n".join(",".join(reversed(row)) for row in table)
    assert rows(turned) == rows(CLASSIC)


def test_files_with_the_same_columns_are_one_source(recognised):
    found = recognised(CLASSIC, CSV2, CLASSIC)
    assert [(source.layout, len(source.paths)) for source in found.sources] == [
        ("MarineCadastre", 2),
        ("MarineCadastre csv2", 1),
    ]
    assert [file.layout for file in found.files] == ["MarineCadastre", "MarineCadastre csv2", "MarineCadastre"]


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "packed",
    [
        CLASSIC.encode(),
        b"\xef\xbb\xbf" + CLASSIC.encode(),
        CLASSIC.replace("\n", "\r\n").encode(),
        gzip.compress(CLASSIC.encode(), mtime=0),
        zstandard.ZstdCompressor().compress(CLASSIC.encode()),
        zipped(day1=CLASSIC),
        zipped(day1=gzip.compress(CLASSIC.encode(), mtime=0)),
    ],
    ids=["plain", "byte order mark", "CRLF", "gzip", "zstd", "zip", "gzip in zip"],
)
def test_however_a_file_is_packed_its_rows_are_the_same(rows, packed):
    assert [row["mmsi"] for row in rows(packed)] == [636021061, 338000001]


def test_each_member_of_an_archive_is_a_file(recognised):
    found = recognised(zipped(a=CLASSIC, b__c=CSV2))
    assert [file.path.split("!")[1] for file in found.files] == ["a", "b/c"]
    assert all(len(file.sha256()) == 64 for file in found.files)


@pytest.mark.parametrize("compress", [lambda raw: gzip.compress(raw, mtime=0), zstandard.ZstdCompressor().compress])
def test_compressed_data_that_are_cut_off_are_refused_because_engines_take_them_for_whole(recognised, compress, sample):
    whole = compress(sample.read_bytes())
    with pytest.raises(InputError, match="cut off or damaged"):
        recognised(whole[: len(whole) // 2])


PARQUET = pa.table(
    {
        "mmsi": pa.array([445000001, 445000001], pa.int64()),
        "timestamp": pa.array([1709251200, 1709254800], pa.timestamp("s")),
        "lat": [39.1, 39.2],
        "lon": [125.2, 125.3],
        "imo": ["IMO8660313", None],
    }
)


def parquet(table):
    written = io.BytesIO()
    pq.write_table(table, written)
    return written.getvalue()


def test_parquet(recognised):
    (source,) = recognised(parquet(PARQUET)).sources
    first, second = evaluated(source)
    assert (source.kind, source.time_form) == ("parquet", "timestamp")
    assert (first["mmsi"], first["lat"], first["imo"]) == (445000001, 39.1, 8660313)
    assert second["imo"] is None


def point(lon, lat):
    return struct.pack("<BIdd", 1, 1, lon, lat)


def big_endian_point(lon, lat):
    return struct.pack(">BIdd", 0, 1, lon, lat)


GEO = {
    "version": "1.0.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
}


@pytest.mark.parametrize(
    "shapes",
    [
        [point(125.2, 39.1), point(125.3, 39.2)],
        [point(125.2, 39.1), big_endian_point(125.3, 39.2)],
    ],
    ids=["points", "points of both byte orders"],
)
def test_geoparquet_gives_positions_as_points(rows, shapes):
    table = PARQUET.drop_columns(["lat", "lon"]).append_column("geometry", pa.array(shapes, pa.binary()))
    found = rows(parquet(table.replace_schema_metadata({"geo": json.dumps(GEO)})))
    assert [(row["lat"], row["lon"]) for row in found] == [(39.1, 125.2), (39.2, 125.3)]


def test_what_is_no_point_has_no_position(rows):
    shapes = [struct.pack("<BII", 1, 2, 0), None]
    table = PARQUET.drop_columns(["lat", "lon"]).append_column("geometry", pa.array(shapes, pa.binary()))
    assert [(row["lat"], row["lon"]) for row in rows(parquet(table))] == [(None, None), (None, None)]


def test_geoparquet_with_columns_of_its_own_keeps_them(recognised):
    table = PARQUET.append_column("geometry", pa.array([point(0, 0)] * 2, pa.binary()))
    (source,) = recognised(parquet(table)).sources
    assert [row["lat"] for row in evaluated(source)] == [39.1, 39.2]


def test_an_empty_file_is_accounted_for_and_gives_nothing(recognised):
    found = recognised(b"", b" \n", CLASSIC.splitlines()[0], parquet(PARQUET.slice(0, 0)))
    assert [file.layout for file in found.files] == ["empty"] * 4
    assert found.sources == ()


def test_a_header_alone_is_refused_where_no_file_with_it_could_be_read(recognised):
    with pytest.raises(InputError, match="no column for mmsi, time, lat, lon"):
        recognised(b"name,imo,port\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,imo,port\nCHON MA SAN,8660313,Vostochny\n", "no column for mmsi, time, lat, lon; its headers are 'name'"),
        ("MMSI,mmsi,time,lat,lon\n", "two columns for one thing .mmsi.: 'MMSI', 'mmsi'"),
        ("mmsi,time,timestamp,lat,lon\n", "two columns for one thing .time.: 'timestamp', 'time'"),
        ("mmsi,time,lat,lon\n1,03/04/2024,1,1\n", "day and month cannot be told apart"),
        ("mmsi,time,lat,lon\n1,noon,1,1\n", "'noon', which is no time"),
        ("<!doctype html><html>", "a web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"PAR1" + bytes(100), "Parquet file that is cut off"),
        ('{"hello": 1}', "JSON that is neither"),
        (zipped(xl__workbook="x"), "an office document"),
        (zipped(inner=zipped(a=CLASSIC)), "an archive in an archive"),
        (zipped(a=CLASSIC)[:-30], "cut off or damaged"),
        (zipped(**{"..__..__etc__passwd": CLASSIC}), "outside of itself"),
        (zipped(bomb=bytes(100 << 20)), "grows to more than"),
    ],
    ids=[
        "sightings", "same header twice", "two times", "ambiguous date", "no date", "HTML", "PNG", "Parquet", "JSON",
        "workbook", "nested archive", "archive cut off", "path out of the archive", "bomb",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line_that_says_why(recognised, content, said):
    with pytest.raises(InputError, match=said) as refused:
        recognised(content)
    assert "\n" not in str(refused.value)
    assert "input0" in str(refused.value)


def test_missing_files_and_directories_are_refused(tmp_path):
    for path, said in (
        (tmp_path / "none.csv", "no such file"),
        (tmp_path, "a directory"),
        (tmp_path / "*.x", "no file"),
    ):
        with pytest.raises(InputError, match=said):
            recognise([str(path)], tmp_path)


def test_patterns_are_expanded_in_the_order_of_names(tmp_path):
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text(CLASSIC)
    folder = tmp_path / "copies"
    folder.mkdir()
    (source,) = recognise([str(tmp_path / "*.csv")], folder).sources
    assert source.paths == (str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))


def test_a_name_with_signs_of_patterns_is_the_name_of_that_file(tmp_path):
    file = tmp_path / "day[1],{2}*.csv"
    file.write_text(CLASSIC)
    folder = tmp_path / "copies"
    folder.mkdir()
    found = recognise([str(file)], folder)
    assert len(evaluated(found.sources[0])) == 2
    assert found.files[0].path == str(file)


def test_standard_input_is_copied_first(tmp_path):
    (source,) = recognise(["-"], tmp_path, stdin=io.BytesIO(CLASSIC.encode())).sources
    assert len(evaluated(source)) == 2
    with pytest.raises(InputError, match="read once"):
        recognise(["-", "-"], tmp_path, stdin=io.BytesIO(b""))


def test_what_only_an_engine_reaches_is_left_to_it(tmp_path):
    def headers(path):
        return Head("csv", ("mmsi", "base_date_time", "longitude", "latitude"))

    (source,) = recognise(["s3://ais/2024/*.csv.zst"], tmp_path, headers=headers).sources
    assert (source.layout, source.paths) == ("MarineCadastre csv2", ("s3://ais/2024/*.csv.zst",))
    with pytest.raises(InputError, match="only an engine"):
        recognise(["s3://ais/2024/*.csv.zst"], tmp_path)
