"""What cannot be read is named in one line with its remedy; an input without rows is no error."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sqlite3
import zipfile
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sightings.reading import LATEST, read, the_input

from vesseltrack.errors import ConfigurationError, InputError, VesseltrackError
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.schema import Sightings


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("sightings.csv", "date,vessel\n")
    return out.getvalue()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table sightings (vessel)")
    raw = connection.serialize()
    connection.close()
    return raw


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (workbook(), "an Excel workbook that cannot be read, or is cut short or damaged"),
        (archive(), "a ZIP archive"),
        (database(), "an SQLite database"),
        (gzip.compress(b"date,vessel\n", mtime=0), "a gzip archive"),
        (b"PAR1" + bytes(50), "a Parquet file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a JPEG image"),
        (b"\n <!DOCTYPE html><html><body>Not found</body></html>", "a web page"),
        (b"\xef\xbb\xbf<html>", "a web page"),
        (b'<?xml version="1.0"?><kml/>', "an XML document"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', "no date column"),
        (
            b'{"type": "FeatureCollection", "schema": "vesseltrack.geojson/1", "features": []}',
            "what this program found",
        ),
        (bytes(range(256)) * 20, "binary data"),
        (bytes(1000), "binary data"),
        (b"\x00\x01\x02\x03\xfe\xfd\xfc" * 100, "binary data"),
        ("date,vessel\n".encode("utf-32"), "UTF-32"),
        (b"x" * 200_000 + b"\n", "first line is longer"),
        (b'"date,vessel\n2024,A\n', "line 1 should name the columns"),
        (b"sep=x\ndate,vessel\n", "announces no separator"),
        (b'[{"date": "2024", "vessel": "A"},', "line 1, column"),
        (b'[{"date": "2024"} {"date": "2025"}]', "',' or ']' is expected"),
        (b'{"date": "2024", "vessel": ', "not valid JSON"),
        (b'{"a": [{"date": "2024"}], "b": [{"date": "2024"}]}', "several arrays of objects ('a', 'b')"),
        (b'[{"date": "2024", "vessel": "A"}] x', "something follows the end"),
        (b"[" * 100_000, "JSON"),
        (b'{"a":' * 100_000, "JSON"),
        ('[{"date": "2024",\n"vessel": "천마산호'.encode() + b'\xff"}]', "line 2 holds bytes"),
        (b"hello world\n", "no vessel column"),
    ],
)
def test_what_is_no_table_of_sightings_is_named(raw, why):
    with pytest.raises(InputError) as error:
        read(raw)
    assert why in str(error.value)
    assert str(error.value).startswith("-: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n  \n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"date,vessel\n",
        b"date,vessel",
        b"[]",
        b'{"sightings": []}',
        b"{}",
    ],
)
def test_an_input_without_rows_is_no_error(raw):
    found = read(raw)
    assert (len(found.frame), found.rejects) == (0, ())
    assert (the_input(found).rows, the_input(found).sha256) == (0, hashlib.sha256(raw).hexdigest())
    assert "vessel" in found.frame.columns


def test_a_header_without_rows_must_still_name_a_ship():
    with pytest.raises(InputError, match="no vessel column"):
        read("date,port\n")


def test_no_inputs_at_all():
    found = read_sightings([], latest=LATEST)
    assert (len(found.frame), found.inputs) == (0, ())


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"gone\.csv: no such file"):
        read_sightings([str(tmp_path / "gone.csv")], latest=LATEST)


def test_a_directory(tmp_path):
    with pytest.raises(InputError, match="a directory: name the files in it"):
        read_sightings([str(tmp_path)], latest=LATEST)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("date,vessel\n", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read_sightings([str(path)], latest=LATEST)


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000])
def test_a_path_that_cannot_be(path):
    with pytest.raises(InputError, match="cannot be read"):
        read_sightings([path], latest=LATEST)


def test_standard_input_is_read_once():
    with pytest.raises(ConfigurationError, match="name it once"):
        read_sightings(["-", "-"], latest=LATEST, stdin=io.BytesIO(b""))


def test_standard_input_that_is_a_directory():
    class Directory(io.BytesIO):
        def read(self, *_):
            raise IsADirectoryError(21, "Is a directory")

    with pytest.raises(InputError, match="a directory"):
        read_sightings(["-"], latest=LATEST, stdin=Directory())


def test_standard_input_that_is_not_there():
    with pytest.raises(InputError, match="no standard input"):
        read_sightings(["-"], latest=LATEST)


def test_the_checksum_is_that_of_the_bytes(tmp_path):
    raw = "date,vessel\n2024-03-06,천마산호\n".encode("utf-16")
    (tmp_path / "a.csv").write_bytes(raw)
    (account,) = read_sightings([str(tmp_path / "a.csv")], latest=LATEST).inputs
    assert (account.path, account.sha256) == (str(tmp_path / "a.csv"), hashlib.sha256(raw).hexdigest())


TABLE_LIKE = st.lists(
    st.sampled_from([b"date,vessel", b"date", b"vessel", b"2024-03-06", b"A", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b'"', b'""', b" ", b"\0", b"\xff", b"\xb3\xb2", "천".encode(), b"'=", b"91", b"{", b"}", b"[", b"]", b'{"date": "2024", "vessel": "A"}', b":", b"lat,lon", b"NaN"]),
    max_size=40,
).map(b"".join)  # fmt: skip


@given(st.binary(max_size=300) | TABLE_LIKE | TABLE_LIKE.map(lambda rest: b"date,vessel,lat,lon\n" + rest))
@example(b'date,vessel\n"')
@example(b"date,vessel\n2024,\r\r\n")
@example(b'[{"date": "2024", "vessel": "\\ud800"}]')
def test_any_bytes_are_read_or_refused_in_one_line(raw):
    found = read_or_refuse(raw)
    if isinstance(found, VesseltrackError):
        assert len(str(found).splitlines()) == 1
        return
    account = the_input(found)
    assert len(found.frame) + account.rejected + account.duplicates == account.rows
    assert account.rejected == len(found.rejects)
    for reject in found.rejects:
        text = "".join((reject.value, reject.reason, *(part for pair in reject.original for part in pair)))
        assert text.encode().decode() == text
        assert reject.line >= 1


def read_or_refuse(raw: bytes) -> Sightings | VesseltrackError:
    try:
        return read(raw)
    except VesseltrackError as error:
        return error


def test_a_date_far_away_is_a_reject_and_no_crash():
    found = read("date,vessel\n0000-01-01,A\n9999-12-31,B\n-1,C\n99999-01-01,D\n", latest=date(9999, 12, 31))
    assert list(found.frame["vessel"]) == ["B"]
