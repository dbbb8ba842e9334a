"""What the ledger gives is what the files gave: the same frame, ids, findings and barrels."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from vesseltrack.ledger.export import sightings_csv, sightings_in_force_json
from vesseltrack.ledger.export_parquet import write_sightings
from vesseltrack.ledger.ingesting import ingest
from vesseltrack.ledger.sighting_frames import sightings_in_force
from vesseltrack.ledger.store import reading, writing
from vesseltrack.ledger.verify import verified
from vesseltrack.sightings.reader import read_sightings

EXAMPLE = Path(__file__).parents[2] / "examples" / "vostochny-2024.csv"
LATEST = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - naive means UTC throughout

text = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    [
        "NULL",
        "NA",
        "007",
        "=1+1",
        "'=1",
        "a,b",
        'say "so"',
        "tanker\u2028",
        "\x1e",
        "on",
        "\\",
        "백두산",
        "{}",
        "1e5",
        "\x00",
    ]
)
row = st.fixed_dictionaries(
    {
        "vessel": text.map(lambda name: f"S{name}"),
        "date": st.sampled_from(["2024-03", "2024-03-06T10:00:00.25Z", "~2024-05"]),
    },
    optional={
        "lat": st.just(42.7),
        "lon": st.floats(-180, 180),
        "count": st.integers(1, 9),
        "draught": st.sampled_from([0.1, 7, 1e-7]),
        "activity": text | st.sampled_from(["loading", "unknown"]),
        "imo": text,
        "Note of mine": text,
        "x:odd": text,
        "": text,
    },
).filter(lambda one: ("lat" in one) == ("lon" in one))


def read(data: bytes):
    return read_sightings(["-"], latest=LATEST, stdin=BytesIO(data), keep_tables=True)


def as_parquet(bodies):
    out = BytesIO()
    write_sightings(bodies, out)
    return out.getvalue()


def ids(connection):
    return sorted(row[0] for row in connection.execute("SELECT id FROM entries WHERE kind = 'sighting'"))


@settings(max_examples=int(os.environ.get("LAW_EXAMPLES", "60")))
@given(st.lists(row, min_size=1, max_size=6))
def test_the_frame_comes_back_as_it_was_and_an_export_is_the_same_sightings(rows):
    given_rows = read(json.dumps(rows, ensure_ascii=True).encode())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.sqlite3"
        with writing(path) as connection:
            ingest(connection, given_rows, [], NOW)
        with reading(path) as connection:
            back = sightings_in_force(connection, "ledger").frame
            there, bodies = ids(connection), list(sightings_in_force_json(connection))
            assert verified(connection).faults == ()
        if not given_rows.frame.empty:
            pd.testing.assert_frame_equal(given_rows.frame, back.drop(columns="entry"), check_categorical=False)
        exports = {
            "csv": "".join(sightings_csv(bodies, safe=False)),
            "safe": "".join(sightings_csv(bodies, safe=True)),
            "ndjson": "".join(f"{body}\n" for body in bodies),
            "parquet": as_parquet(bodies),
        }
        for name, exported in exports.items() if bodies else ():
            again = Path(folder) / f"{name}.sqlite3"
            with writing(again) as connection:
                ingest(connection, read(exported if name == "parquet" else exported.encode()), [], NOW)
                assert ids(connection) == there, name


plain = text.filter(lambda cell: "\0" not in cell)
table = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.sampled_from(["2024-03-06", "2024-03-06T10:00:00Z", "~2024-05"]),
            "vessel": plain.map(lambda name: f"S{name}"),
            "imo": st.none() | st.integers(1_000_000, 9_999_999),
            "lat": st.none() | st.floats(-90, 90),
            "ais": st.none() | st.booleans(),
            "mine": plain,
            "count": st.none() | st.integers(1, 9),
        }
    ).map(lambda one: {**one, "lon": None if one["lat"] is None else 133.5}),
    min_size=1,
    max_size=6,
)


@settings(max_examples=int(os.environ.get("LAW_EXAMPLES", "60")))
@given(table)
def test_the_same_content_is_the_same_entries_from_json_and_from_parquet(rows):
    """Whole numbers among nulls are floats in a data frame, and digits in JSON."""
    frame = pd.DataFrame(rows)
    frames = [frame, frame.astype({"vessel": "category", "imo": "float64", "count": "Int8"}), frame.convert_dtypes()]
    contents = [json.dumps(rows).encode()]
    for one in frames:
        out = BytesIO()
        one.to_parquet(out)
        contents.append(out.getvalue())
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "l.sqlite3") as connection:
        first = ingest(connection, read(contents[0]), [], NOW)
        for content in contents[1:]:
            again = ingest(connection, read(content), [], NOW)
            assert (again.new, again.known, again.rejected) == (0, first.new, first.rejected)


def as_workbook(rows):
    """Numbers as numbers, days as days, as somebody who types them has it."""
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for one in rows:
        book.active.append([date.fromisoformat(v) if name == "date" else v for name, v in one.items()])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_geojson(rows):
    features = [
        {
            "type": "Feature",
            "geometry": None if one["lat"] is None else {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
            "properties": {name: value for name, value in one.items() if name not in ("lat", "lon")},
        }
        for one in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_the_same_content_is_the_same_entries_from_csv_from_a_workbook_and_from_geojson(tmp_path):
    rows = [
        {"date": "2024-03-06", "vessel": "CHON MA SAN", "imo": 8660313, "mmsi": None, "lat": 42.7, "lon": 133.05,
         "AIS on": True, "count": None, "mine": "0012"},
        {"date": "2024-03-13", "vessel": "백두산", "imo": None, "mmsi": 445123000, "lat": None, "lon": None,
         "AIS on": False, "count": 2, "mine": "a, b"},
    ]  # fmt: skip
    table = pd.DataFrame(rows).convert_dtypes().to_csv(index=False).encode()
    with writing(tmp_path / "l.sqlite3") as connection:
        assert ingest(connection, read(table), [], NOW).new == 2
        for content in (as_workbook(rows), as_geojson(rows), json.dumps(rows).encode()):
            again = ingest(connection, read(content), [], NOW)
            assert (again.new, again.known, again.rejected) == (0, 2, 0)


def findings(run, *arguments):
    document = json.loads(run("check", *arguments, "--format", "json").out)
    report = json.loads(run("report", *arguments, "--format", "json").out)
    return document["findings"], report["years"], document["summary"], document["as_of"]


def test_the_case_is_the_same_from_the_file_and_from_the_ledger(run, tmp_path):
    path = tmp_path / "l.sqlite3"
    assert run("ingest", EXAMPLE, "--ledger", path).code == 0
    assert findings(run, "--ledger", path) == findings(run, EXAMPLE)


def test_an_export_gives_the_same_findings(run, tmp_path):
    path, again = tmp_path / "l.sqlite3", tmp_path / "again.sqlite3"
    run("ingest", EXAMPLE, "--ledger", path)
    for name in ("out.csv", "out.ndjson", "out.json", "out.parquet"):
        assert run("ledger", "export", "-o", name, "--ledger", path).code == 0
        ran = run("ingest", name, "--ledger", again)
        assert ran.code == 0, ran.err
    assert "0 new, 52 known" in ran.out
    old, new = findings(run, "--ledger", path), findings(run, "--ledger", again)
    assert [one["id"] for one in old[0]] == [one["id"] for one in new[0]]
    assert [year["estimate"] for year in old[1]] == [year["estimate"] for year in new[1]]


def test_a_row_stands_as_it_was_beside_its_file_line_and_sha256(ledger, look):
    line, row, headers, digest = look(
        "SELECT e.line, e.row, i.headers, i.sha256 FROM entries AS e JOIN inputs AS i ON i.seq = e.input"
        " WHERE e.kind = 'sighting' ORDER BY e.seq LIMIT 1"
    )[0]
    cells = dict(zip(json.loads(headers), json.loads(row), strict=True))
    assert (line, cells["vessel"], cells["source"], len(digest)) == (2, "CHON MA SAN", "Planet, 6 March", 64)


def test_anybody_can_read_the_views(ledger, look):
    rows = look("SELECT vessel, port, ais_status, file, line FROM sightings_in_force ORDER BY seq")
    assert [(vessel, port, status, line) for vessel, port, status, _, line in rows] == [
        ("CHON MA SAN", "Vostochny", "off", 2),
        ("YU SON", "Chongjin", "off", 3),
        ("EVER GIVEN", None, "on", 4),
    ]
    for view in ("findings", "decisions", "inputs", "runs", "lists", "replaced"):
        look(f"SELECT * FROM {view}")
