"""Headers are matched by meaning; --map beats everything; what no field claims travels along."""

from __future__ import annotations

import pytest
from sightings.reading import one, read

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.sightings.headers import arrange, meaning
from vesseltrack.sightings.schema import FIELDS
from vesseltrack.sightings.synonyms import SYNONYMS, TIME_OF_DAY, UNITS


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        (
            "vessel",
            "ship; name; Ship Name; Vessel Name; VesselName; vessel_name; SHIPNAME; Name of Ship; 선박명; судно",
        ),
        ("imo", "IMO No.; IMO Number; imo_number; IMO #; IMO"),
        ("mmsi", "MMSI; MMSI No"),
        ("call_sign", "Call Sign; CallSign; callsign"),
        ("flag", "Flag; flag state; Flag State"),
        ("type", "Type; Vessel Type; VesselType; ship type"),
        ("length_m", "length; LOA; LOA (m); Length (m); length_m; Length overall"),
        ("count", "count; No. of ships; number of vessels"),
        (
            "date",
            "date; observed; observed at; timestamp; when seen; date/time (UTC); seen; BaseDateTime; base_date_time; # Timestamp; 날짜; дата",
        ),
        ("port", "port; port of call; Port Name; harbour; 항구; порт"),
        ("facility", "facility; berth; terminal; Pier"),
        ("lat", "lat; latitude; Lat (deg); LAT; Latitude (°)"),
        ("lon", "lon; longitude; long; lng; Lon (deg)"),
        ("ais_status", "AIS; AIS status; ais_status; transponder; AIS on?"),
        ("activity", "activity; status; operation; Nav status"),
        ("laden", "laden; laden/ballast"),
        ("product", "product; cargo; Cargo Type"),
        ("barrels", "barrels; bbl; volume (bbl); Volume (barrels)"),
        ("cargo_m3", "cargo_m3; volume (m3); cbm"),
        ("tonnes", "tonnes; metric tons; quantity (t); cargo (mt)"),
        ("draught", "draught; draft; Draft (m)"),
        ("counterpart", "counterpart; STS with"),
        ("confidence", "confidence; certainty"),
        ("source", "source; reference; url; citation; link"),
        ("note", "note; remarks; comments"),
        ("end_lat", "end_lat; End latitude"),
        ("other_mmsi", "other_mmsi"),
        ("owner", "owner; Registered Owner; Beneficial Owner; Group Owner; Ship Owner; 선주; судовладелец"),
        (
            "manager",
            "manager; Ship Manager; ISM Manager; Technical Manager; DOC Company; Operator; Commercial Operator",
        ),
        (
            "company_imo",
            "company_imo; Company IMO; Owner IMO; IMO Company Number; Registered Owner IMO; Company IMO No.; Manager IMO",
        ),
        ("time", "time; Time (UTC)"),
        ("", "colour; length (ft); volume; date (KST); Speed; reporter; file; line; ; x"),
    ],
)
def test_a_header_means_a_field(field, headers):
    assert {header: meaning(header) for header in headers.split("; ")} == dict.fromkeys(headers.split("; "), field)


def test_no_two_fields_claim_the_same_header():
    claims = [
        (word + unit, field)
        for field in FIELDS
        for word in [field.replace("_", ""), *SYNONYMS[field].split(", ")]
        for unit in ("", *UNITS.get(field, "").split(", "))
    ]
    claims += [(word, "time") for word in TIME_OF_DAY.split(", ")]
    meanings: dict[str, set[str]] = {}
    for key, field in claims:
        meanings.setdefault(key, set()).add(field)
    assert not {key: fields for key, fields in meanings.items() if len(fields) > 1}


def test_synonyms_are_written_as_they_are_compared():
    assert all(meaning(word) == field for field, words in SYNONYMS.items() for word in words.split(", "))


def test_the_fields_own_name_beats_a_synonym_wherever_it_stands():
    found = read("name,date,vessel,vessel type,type\nsatellite 7,2024-03-06,CHON MA SAN,gap,tanker\n")
    row = found.frame.iloc[0]
    assert (row["vessel"], row["type"]) == ("CHON MA SAN", "tanker")
    assert (row["x:name"], row["x:vessel type"]) == ("satellite 7", "gap")
    assert any("'name' means vessel too" in note for note in found.inputs[0].notes)


def test_several_owner_columns_travel_along_and_are_said_to_be_screened():
    found = read("date,vessel,Group Owner,Registered Owner\n2024-03-06,A,Parent,Daughter\n")
    row = found.frame.iloc[0]
    assert (row["owner"], row["x:Group Owner"]) == ("Daughter", "Parent")
    (note,) = found.inputs[0].notes
    assert note.endswith(
        "'Group Owner' means owner too, which is read from 'Registered Owner'; it travels along and is screened too"
    )


def test_map_beats_the_fields_own_name():
    row = one("vessel,Ship,date\nas reported,CHON MA SAN,2024-03-06\n", mapping={"Ship": "vessel"})
    assert (row["vessel"], row["x:vessel"]) == ("CHON MA SAN", "as reported")


def test_map_does_not_mind_case_and_spaces():
    assert one("Boot,wann\nA,2024\n", mapping={"BOOT ": "vessel", "Wann": "date"})["vessel"] == "A"


def test_a_mapped_header_may_mean_something_else_by_itself():
    row = one("vessel,date,status\nA,2024,dark\n", mapping={"status": "ais_status"})
    assert (row["ais_status"], row["activity"]) == ("off", "unknown")


def test_map_to_a_field_that_does_not_exist():
    with pytest.raises(ConfigurationError, match=r"no such field; did you mean vessel\?.*call_sign"):
        read("Boot,date\nA,2024\n", mapping={"Boot": "vesel"})


def test_map_from_a_header_that_no_input_has():
    with pytest.raises(ConfigurationError, match=r"no input has the header 'Boat'; found: 'Boot', 'date'"):
        read("Boot,date\nA,2024\n", mapping={"Boat": "vessel"})
    with pytest.raises(ConfigurationError, match=r"no input has the header 'Boat'"):
        read("vessel,date\nA,2024\n", mapping={"Boat": "note"})


def test_map_with_one_right_and_one_wrong_header():
    with pytest.raises(ConfigurationError, match=r"no input has the header 'Boat'"):
        read("Boot,date\nA,2024\n", mapping={"Boot": "vessel", "Boat": "vessel"})


def test_map_beside_an_input_without_a_header():
    assert len(read("", mapping={"Boat": "vessel"}).frame) == 0


def test_map_of_two_columns_to_one_field():
    with pytest.raises(ConfigurationError, match="vessel two columns"):
        read("a,b,date\nA,B,2024\n", mapping={"a": "vessel", "b": "vessel"})


def test_map_that_fits_one_of_two_files(tmp_path):
    (tmp_path / "one.csv").write_text("Boot,date\nA,2024\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("vessel,date\nB,2024\n", encoding="utf-8")
    from sightings.reading import LATEST

    from vesseltrack.sightings.reader import read_sightings

    paths = [str(tmp_path / "one.csv"), str(tmp_path / "two.csv")]
    for order in (paths, paths[::-1]):
        assert sorted(read_sightings(order, latest=LATEST, mapping={"Boot": "vessel"}).frame["vessel"]) == ["A", "B"]


def test_no_vessel_column_says_what_there_is_and_how_to_mend_it():
    with pytest.raises(
        InputError,
        match=r"no vessel column .*'Vesel Nmae', 'date'; closest: 'Vesel Nmae'; .*--map \"Vesel Nmae=vessel\"",
    ):
        read("Vesel Nmae,date\nA,2024\n")


def test_no_date_column_says_what_there_is_and_how_to_mend_it():
    with pytest.raises(InputError, match=r'no date column .*\'vessel\', \'port\'; name one with --map "Seen On=date"'):
        read("vessel,port\nA,Rajin\n")


def test_a_type_length_or_count_is_enough_for_unidentified_ships():
    frame = read("date,type,length,count\n2024-05,tanker,,7\n2024-05,,110 m,\n2024-06,,,\n")
    assert list(frame.frame["count"].fillna(0)) == [7, 0]
    assert "names no ship" in frame.rejects[0].reason


def test_a_row_that_names_no_ship_is_a_reject():
    found = read("date,vessel,imo,mmsi,type,note\n2024-03-06,,,,,x\n2024-03-07,,8660313,,,\n2024-03-08,,,,tanker,\n")
    assert list(found.frame["line"]) == [3, 4]
    assert (found.rejects[0].line, found.rejects[0].column) == (2, "")
    assert "names no ship" in found.rejects[0].reason


def test_headers_that_stand_twice_or_are_blank_lose_nothing():
    row = one("date,vessel,note,note,note,,,colour\n2024,A,1,2,3,4,,red\n")
    assert (row["note"], row["x:note"], row["x:note (2)"], row["x:column 6"]) == ("1", "2", "3", "4")
    assert row["x:colour"] == "red"
    assert "x:column 7" not in row.index, "a column without header and content is no column"


def test_the_columns_of_marinecadastre():
    row = one(
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass\n"
        "445123000,2023-01-11T00:00:00,42.73,133.08,0.1,12.0,511.0,CHON MA SAN,IMO8660313,HMYB,80,,76,11,4.5,,A\n"
    )
    assert (row["mmsi"], row["imo"], row["call_sign"], row["type"]) == ("445123000", "IMO8660313", "HMYB", "80")
    assert (row["lat"], row["lon"], row["length_m"], row["draught"]) == (42.73, 133.08, 76, 4.5)
    assert (row["x:SOG"], row["x:TransceiverClass"]) == ("0.1", "A")


def test_arranging_does_not_depend_on_the_order_of_columns():
    for headers in (["name", "ship", "date", "seen"], ["seen", "date", "ship", "name"]):
        fields = arrange(headers, {}, "x.csv").fields
        assert (headers[fields["vessel"]], headers[fields["date"]]) == ("ship", "date")
