"""Parquet holds values of real types: each is read as the text that CSV or JSON would hold for it."""

from __future__ import annotations

import csv
import io
import json
import struct
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sightings.reading import LATEST, content, one, read, refusal, the_input

from vesseltrack.errors import InputError
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.rejects import write_rejects

DAY = date(2024, 3, 6)
SEOUL = timezone(timedelta(hours=9))
TEN = datetime(2024, 3, 6, 10)  # noqa: DTZ001 - without a zone, as most tables have it


def parquet(columns: dict, metadata: dict | None = None, **settings) -> bytes:
    """A Parquet file of these columns, each a list or an Arrow array."""
    out = io.BytesIO()
    table = columns if isinstance(columns, pa.Table) else pa.table(columns)
    if metadata is not None:
        table = table.replace_schema_metadata(metadata)
    pq.write_table(table, out, **settings)
    return out.getvalue()


def written(column: object, **more: object) -> str:
    """What the only row holds of a column that means nothing to the program."""
    return one(parquet({"date": ["2024-03-06"], "vessel": ["A"], "mine": column, **more}))["x:mine"]


def from_frame(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (pa.array([9187629], pa.int64()), "9187629"),
        (pa.array([9187629.0], pa.float64()), "9187629"),
        (pa.array([9187629], pa.float32()), "9187629"),
        (pa.array([Decimal("9187629.00")], pa.decimal128(12, 2)), "9187629"),
        (pa.array([Decimal(0)], pa.decimal128(38, 20)), "0"),
        (pa.array([Decimal("0.00000001")], pa.decimal128(38, 8)), "0.00000001"),
        (pa.array([Decimal("12.50")], pa.decimal256(40, 2)), "12.50"),
        (pa.array([2**64 - 1], pa.uint64()), "18446744073709551615"),
        (pa.array([42.7], pa.float32()), "42.7"),
        (pa.array([0.1 + 0.2], pa.float64()), "0.30000000000000004"),
        (pa.array([1.5], pa.float16()), "1.5"),
        (pa.array([-0.0]), "0"),
        (pa.array([True]), "true"),
        (pa.array([False]), "false"),
        (pa.array([DAY], pa.date32()), "2024-03-06"),
        (pa.array([DAY], pa.date64()), "2024-03-06"),
        (pa.array([TEN], pa.timestamp("s")), "2024-03-06T10:00:00"),
        (pa.array([TEN], pa.timestamp("ms")), "2024-03-06T10:00:00"),
        (pa.array([TEN], pa.timestamp("us", "UTC")), "2024-03-06T10:00:00Z"),
        (pa.array([TEN.replace(tzinfo=SEOUL)], pa.timestamp("ns", "Asia/Seoul")), "2024-03-06T01:00:00Z"),
        (pa.array([TEN.replace(microsecond=250000)], pa.timestamp("us", "+09:00")), "2024-03-06T10:00:00.25Z"),
        (pa.array([1_709_719_200_000_000_001], pa.timestamp("ns")), "2024-03-06T10:00:00.000000001"),
        (pa.array([37_800_000], pa.time32("ms")), "10:30:00"),
        (pa.array(["0012"], pa.large_string()), "0012"),
        (pa.array(["천마산호"], pa.string_view()), "천마산호"),
        (pa.array(["NULL"]).dictionary_encode(), "NULL"),
        (pa.array([7, 7], pa.int64()).dictionary_encode()[:1], "7"),
        (pa.array(["천마산호".encode()], pa.binary()), "천마산호"),
        (pa.array([b"AB"], pa.binary(2)), "AB"),
        (pa.array([b"\x89PNG"], pa.binary()), "89504e47"),
        (pa.array([["a", "b"]]), '["a", "b"]'),
        (pa.array([[1, None]]), '["1", null]'),
        (pa.array([{"name": "천", "ok": True, "at": [1.5]}]), '{"name": "천", "ok": true, "at": ["1.5"]}'),
    ],
    ids=lambda value: str(getattr(value, "type", value)),
)  # fmt: skip
def test_a_value_is_the_text_that_a_table_would_hold(values, text):
    assert written(values) == text


@pytest.mark.parametrize("values", [pa.array([None], pa.int64()), pa.nulls(1), pa.array([None], pa.string()), pa.array([None], pa.timestamp("us")), pa.array([None], pa.list_(pa.int8())), pa.array([float("nan")])], ids=lambda value: str(value.type))  # fmt: skip
def test_null_is_blank(values):
    assert written(values) == ""


def test_an_imo_number_among_nulls_keeps_its_digits():
    """A data frame makes float64 of whole numbers as soon as one of them is missing."""
    frame = pd.DataFrame({"date": ["2024-03-06"] * 2, "vessel": ["A", "B"], "imo": [9187629, None], "mmsi": [445, 446]})
    assert frame["imo"].dtype == "float64"
    found = read(from_frame(frame)).frame
    assert (list(found["imo"]), list(found["mmsi"])) == (["9187629", ""], ["445", "446"])


def test_nan_is_blank_and_said():
    found = read(parquet({"date": ["2024-03-06"], "vessel": ["A"], "lat": [float("nan")], "lon": [float("nan")]}))
    assert not found.rejects
    assert "NaN in 'lat', 'lon' is read as blank" in the_input(found).notes


def test_the_same_sightings_are_the_same_from_csv_json_and_parquet():
    rows = [
        {"date": "2024-03-06", "vessel": "CHON MA SAN", "imo": 8660313, "lat": 42.7, "lon": 133.0, "ais": True, "mine": 5},
        {"date": "2024-03-07", "vessel": "YU SON", "imo": None, "lat": None, "lon": None, "ais": None, "mine": None},
    ]  # fmt: skip
    as_csv = (
        "date,vessel,imo,lat,lon,ais,mine\n2024-03-06,CHON MA SAN,8660313,42.7,133,true,5\n2024-03-07,YU SON,,,,,\n"
    )
    frame = pd.DataFrame(rows).assign(date=pd.to_datetime([row["date"] for row in rows]))
    found = {"json": read(json.dumps(rows)), "arrow": read(parquet(pa.Table.from_pylist(rows))), "frame": read(from_frame(frame))}  # fmt: skip
    for name, each in found.items():
        assert content(each.frame) == content(read(as_csv).frame), name


def test_instants_that_are_all_midnight_are_days_and_that_is_said():
    """Data frames have no days; a sighting of a day must not become one of an instant."""
    for zone in (None, "UTC"):
        days = pd.DataFrame(
            {"date": pd.to_datetime(["2024-03-06", "2024-03-07"]).tz_localize(zone), "vessel": ["A", "B"]}
        )
        found = read(from_frame(days))
        assert list(found.frame["date"]) == ["2024-03-06", "2024-03-07"]
        assert found.frame["end"][0] == pd.Timestamp("2024-03-06 23:59:59")
        assert "'date' is midnight in every row: read as days" in the_input(found).notes


def test_midnight_among_other_times_is_an_instant():
    found = read(parquet({"date": pa.array([TEN, datetime(2024, 3, 7)]), "vessel": ["A", "B"]})).frame  # noqa: DTZ001
    assert list(found["start"]) == list(found["end"]) == [pd.Timestamp(TEN), pd.Timestamp("2024-03-07")]


def test_nine_in_the_morning_in_seoul_is_no_day():
    at = [datetime(2024, 3, 6, 9, tzinfo=SEOUL)]
    assert one(parquet({"date": pa.array(at, pa.timestamp("us", "Asia/Seoul")), "vessel": ["A"]}))[
        "end"
    ] == pd.Timestamp(DAY)


def test_a_day_and_a_time_of_day_belong_together():
    row = one(parquet({"date": [DAY], "time": pa.array([37_800], pa.time32("s")), "vessel": ["A"]}))
    assert row["start"] == row["end"] - pd.Timedelta(0) == pd.Timestamp("2024-03-06 10:30")


def test_old_instants_of_spark_do_not_wrap_around():
    """INT96 read as nanoseconds puts the year 9999 into 1816."""
    raw = parquet({"date": pa.array([datetime(9999, 12, 31)], pa.timestamp("us")), "vessel": ["A"]}, use_deprecated_int96_timestamps=True)  # noqa: DTZ001  # fmt: skip
    assert "in the future" in refusal(raw).reason


@pytest.mark.parametrize("days", [-(10**6), 10**9])
def test_a_day_that_no_calendar_has_is_a_reject(days):
    assert refusal(parquet({"date": pa.array([days], pa.date32()), "vessel": ["A"]})).column == "date"


def test_headers_are_matched_by_meaning_and_by_map():
    raw = parquet({"Ship Name": ["A"], "observed_at": [TEN], "Boot": ["B"]})
    assert one(raw)["vessel"] == "A"
    assert one(raw, mapping={"Boot": "vessel"})["vessel"] == "B"


def test_the_row_numbers_of_a_data_frame_are_no_content():
    frame = pd.DataFrame({"date": ["2024-03-06"] * 4, "vessel": ["A", "B", "C", "D"]})
    kept = frame[frame["vessel"] != "C"]
    assert "__index_level_0__" in pq.read_schema(io.BytesIO(from_frame(kept))).names
    assert content(read(from_frame(kept)).frame) == content(
        read("date,vessel\n2024-03-06,A\n2024-03-06,B\n2024-03-06,D\n").frame
    )


def test_an_index_with_a_name_is_a_column():
    frame = pd.DataFrame({"date": ["2024-03-06"], "vessel": ["A"]}).set_index("vessel")
    assert one(from_frame(frame))["vessel"] == "A"


def test_the_line_of_a_row_is_its_place_in_the_file():
    names = ["A", None, "C\0", "D"]
    found = read(parquet({"date": ["2024-03-06"] * 4, "vessel": names}, row_group_size=1))
    assert list(found.frame["line"]) == [1, 4]
    assert [(reject.line, reject.column) for reject in found.rejects] == [(2, ""), (3, "vessel")]
    assert the_input(found).rows == 4


def test_text_that_is_no_text_is_a_reject_of_its_row():
    for kind in (pa.string(), pa.binary()):
        names = pa.array(["천마산호".encode("cp949"), b"YU SON"], pa.binary())
        names = pa.Array.from_buffers(pa.string(), 2, names.buffers()) if kind == pa.string() else names
        found = read(parquet({"date": ["2024-03-06"] * 2, "vessel": names}))
        assert list(found.frame["vessel"]) == ["YU SON"]
        assert (found.rejects[0].column, found.rejects[0].line) == ("vessel", 1)
        assert "not text" in found.rejects[0].reason
        assert r"\xb8" in write_rejects(found.rejects)


def test_a_row_too_long_is_a_reject_and_the_others_are_read():
    found = read(parquet({"date": ["2024-03-06"] * 2, "vessel": ["A", "B"], "note": ["x" * 200_000, "y"]}))
    assert list(found.frame["vessel"]) == ["B"]
    assert "longer than" in found.rejects[0].reason


def test_rejects_keep_their_columns_and_can_be_mended(tmp_path):
    path, mended = tmp_path / "s.parquet", tmp_path / "rejects.csv"
    columns = {
        "Seen": ["2024-02-30", "2024-03-06"],
        "Ship Name": ["A", "B"],
        "imo": [8660313.0, None],
        "mine": [[1], [2]],
    }
    path.write_bytes(parquet(columns))
    text = write_rejects(read_sightings([str(path)], latest=LATEST).rejects)
    (kept,) = csv.DictReader(io.StringIO(text))
    assert {name: kept[name] for name in columns} == {"Seen": "2024-02-30", "Ship Name": "A", "imo": "8660313", "mine": '["1"]'}  # fmt: skip
    mended.write_text(text.replace("2024-02-30,A", "2024-02-29,A"))
    both = read_sightings([str(path), str(mended)], latest=LATEST)
    assert not both.rejects
    assert content(both.frame) == content(read(parquet(columns | {"Seen": ["2024-02-29", "2024-03-06"]})).frame)


@pytest.mark.parametrize("frame", [{"date": pa.array([], pa.string()), "vessel": pa.array([], pa.string())}, {}], ids=["header only", "nothing"])  # fmt: skip
def test_a_file_without_rows_is_an_input_without_rows(frame):
    found = read(parquet(frame))
    assert (len(found.frame), found.rejects, the_input(found).rows) == (0, (), 0)


WHOLE = parquet({"date": ["2024-03-06"] * 50, "vessel": [f"A{n}" for n in range(50)], "lat": [1.5] * 50, "lon": [2.5] * 50}, write_page_checksum=True)  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PAR1", "cut short"),
        (WHOLE[:-1], "cut short"),
        (WHOLE[: len(WHOLE) // 2], "cut short"),
        (b"PAR1" + bytes(50) + b"PAR1", "cannot be read"),
        (WHOLE[:-8] + struct.pack("<i", 1 << 30) + b"PAR1", "cannot be read"),
        (WHOLE[:60] + b"\xff" + WHOLE[61:], "cannot be read"),
        (parquet({f"c{n}": [1] for n in range(1_001)}), "more than 1,000 columns"),
        (parquet({"vessel": ["A"], "port": ["B"]}), "no date column"),
        (b"PARE" + bytes(50) + b"PARE", "an encrypted Parquet file: decrypt it first"),
    ],
    ids=["magic only", "last byte gone", "half", "zeros", "footer length", "a byte of a page", "columns", "no date", "encrypted"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(raw, why):
    with pytest.raises(InputError) as error:
        read(raw)
    assert why in str(error.value)
    assert str(error.value).startswith("-: ")
    assert "\n" not in str(error.value)


def test_a_small_file_that_unpacks_to_a_large_one_is_refused():
    """Three hundred million empty cells are half a megabyte on disk."""
    out = io.BytesIO()
    empty = pa.table([pa.nulls(1_000_000)] * 100, names=[f"c{number}" for number in range(100)])
    with pq.ParquetWriter(out, empty.schema) as writer:
        for _ in range(3):
            writer.write_table(empty)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(InputError, match="unpacks to more than 4 GiB"):
        read(out.getvalue())


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), min_size=1, max_size=6), st.integers(0, len(WHOLE)))  # fmt: skip
def test_any_damage_is_told_in_one_line_or_every_row_is_accounted_for(flips, end):
    raw = bytearray(WHOLE)
    for at, mask in flips:
        raw[at] ^= mask
    try:
        found = read(b"PAR1" + bytes(raw[4:end]))
    except InputError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 - either outcome is right
        return
    account = the_input(found)
    assert len(found.frame) + account.rejected + account.duplicates == account.rows


def points(shapes: list, encoding: str = "WKB", **column: object) -> bytes:
    """A GeoParquet file of sightings whose places are these shapes."""
    told = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": encoding, "geometry_types": [], **column}}}  # fmt: skip
    rows = len(shapes)
    return parquet(
        {"date": ["2024-03-06"] * rows, "vessel": [f"A{n}" for n in range(rows)], "geometry": shapes},
        {"geo": json.dumps(told)},
    )


def wkb(*shapes: object) -> list:
    return [None if shape is None else shapely.to_wkb(shape) for shape in shapes]


def test_the_points_of_geoparquet_are_positions():
    for raw in (
        points(wkb(shapely.Point(133.05, 42.75), None, shapely.Point())),
        points([{"x": 133.05, "y": 42.75}, None, None], "point"),
        points(wkb(shapely.Point(133.05, 42.75), None, None), crs={"id": {"authority": "EPSG", "code": 4326}}),
        points(wkb(shapely.Point(133.05, 42.75), None, None), crs=None),
    ):
        found = read(raw)
        assert not found.rejects
        assert (found.frame["lat"][0], found.frame["lon"][0]) == (42.75, 133.05)
        assert found.frame[["lat", "lon"]][1:].isna().all(axis=None)
        assert "lat and lon are read from the points in 'geometry'" in the_input(found).notes


def test_a_shape_that_is_no_point_is_a_reject():
    found = read(points([*wkb(shapely.box(0, 0, 1, 1), shapely.Point(1, 2)), b"\x01\x02"]))
    assert list(found.frame["line"]) == [2]
    assert [reject.column for reject in found.rejects] == ["lat", "lat"]
    assert found.rejects[0].value.startswith("POLYGON")


def test_positions_on_another_grid_are_refused():
    with pytest.raises(InputError, match="EPSG:4326"):
        read(points(wkb(shapely.Point(5e6, 1e7)), crs={"name": "Web", "id": {"authority": "EPSG", "code": 3857}}))


def test_beside_lat_and_lon_a_geometry_travels_along_as_text():
    told = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    columns = {
        "date": ["2024-03-06"],
        "vessel": ["A"],
        "lat": [1.0],
        "lon": [2.0],
        "geometry": wkb(shapely.Point(7, 8)),
    }
    row = one(parquet(columns, {"geo": json.dumps(told)}))
    assert (row["lat"], row["lon"], row["x:geometry"]) == (1, 2, "POINT (7 8)")
