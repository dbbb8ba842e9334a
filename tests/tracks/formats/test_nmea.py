"""Sentences of AIS: what they say, when they were received, and what is not decoded."""

from __future__ import annotations

import gzip
import sys
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyais.encode import encode_dict
from tracks.formats.evaluating import evaluated

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.tracks.formats import decoding, nmea
from vesseltrack.tracks.formats.opening import Held

POSITION = "!AIVDM,1,1,,B,15M67FC000G?ufbE`FepT@3n00Sa,0*5C"
STATIC = (
    "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C",
    "!AIVDM,2,2,1,A,88888888880,2*25",
)
CLASS_B = "!AIVDM,1,1,,A,B5NJ;PP005l4ot5Isbl03wsUkP06,0*76"
CLASS_B_NAME = "!AIVDM,1,1,,A,H42O55i18tMET00000000000000,2*6D"
CLASS_B_REST = "!AIVDM,1,1,,A,H42O55lt0000000D3nink000?050,0*40"
BASE_STATION = "!AIVDM,1,1,,A,403OviQuMGCqWrRO9>E6fE700@GO,0*4D"
AIRCRAFT = "!AIVDM,1,1,,B,91b55wi;hbOS@OdQAC062Ch2089h,0*30"


def checksum(text):
    return f"{reduce(lambda sum_, byte: sum_ ^ byte, text.encode(), 0):02X}"


def tagged(sentence, tag):
    return f"\\{tag}*{checksum(tag)}\\{sentence}"


def at(sentence, seconds=1241544035):
    return tagged(sentence, f"s:r003669945,c:{seconds}")


def log(*lines):
    return "\n".join(lines) + "\n"


def only(recognised, *lines):
    (source,) = recognised(log(*lines)).sources
    return source, evaluated(source)


PUBLISHED = {
    "1": ([POSITION], {"mmsi": 366053209, "lat": 37.802118, "lon": -122.341618, "sog": 0.0}),
    "3": (
        ["!AIVDM,1,1,,A,35NSH95001G?wopE`beasVk@0E5:,0*6F"],
        {"mmsi": 367581220, "lat": 37.8107, "lon": -122.3343, "sog": 0.1},
    ),
    "5": (
        STATIC,
        {"mmsi": 351759000, "imo": 9134270, "name": "EVER DIADEM", "call_sign": "3FOF8", "ship_type": 70, "draught": 12.2},
    ),
    "18": ([CLASS_B], {"mmsi": 367430530, "lat": 37.785035, "lon": -122.26732, "sog": 0.0}),
    "18 of the own ship": (
        ["!AIVDO,1,1,,A,B5NJ;PP2aUl4ot5Isbl6GwsUkP06,0*35"],
        {"mmsi": 367430530, "lat": 37.785035, "lon": -122.26732, "sog": 67.8},
    ),
    "19": (
        ["!AIVDM,1,1,,B,C5N3SRgPEnJGEBT>NhWAwwo862PaLELTBJ:V00000000S0D:R220,0*0B"],
        {"mmsi": 367059850, "lat": 29.543695, "lon": -88.810394, "sog": 8.7, "name": "CAPT.J.RIMES", "ship_type": 70},
    ),
    "24, the name": ([CLASS_B_NAME], {"mmsi": 271041815, "name": "PROGUY"}),
    "24, the rest": ([CLASS_B_REST], {"mmsi": 271041815, "ship_type": 60, "call_sign": "TC6163"}),
    "24 without a call sign": (["!AIVDM,1,1,,A,H52KMeDU653hhhi0000000000000,0*1A"], {"mmsi": 338091445, "ship_type": 37}),
    "27": (
        ["!AIVDM,1,1,,B,KC5E2b@U19PFdLbMuc5=ROv62<7m,0*16"],
        {"mmsi": 206914217, "lat": 4.84, "lon": 137.023333, "sog": 57.0},
    ),
}  # fmt: skip
"""Sentences and what they say, as published: the tests of pyais, E. S. Raymond's AIVDM/AIVDO protocol decoding."""


@pytest.mark.parametrize("kind", PUBLISHED)
def test_messages_say_what_is_published(recognised, kind):
    sentences, says = PUBLISHED[kind]
    source, (row,) = only(recognised, *map(at, sentences))
    assert source.layout == "NMEA"
    assert source.rejected == {}
    assert row.pop("time") == 1241544035
    places = {name: pytest.approx(row.pop(name), abs=5e-5) for name in ("lat", "lon") if row[name] is not None}
    told = {name: value for name, value in row.items() if value is not None and name != "reject"}
    assert told | places == says


def test_a_text_ends_where_it_is_filled_up(recognised):
    message = {"type": 24, "partno": 0, "mmsi": 445000001, "shipname": " CHON MA @@SAN@ "}
    (sentence,) = encode_dict(message, talker_id="AI")
    _, (row,) = only(recognised, at(sentence))
    assert row["name"] == "CHON MA"


def test_without_the_extra_one_line_says_how_to_get_it(recognised, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyais", None)
    with pytest.raises(ConfigurationError) as told:
        recognised(log(at(POSITION)))
    assert str(told.value) == "NMEA: pyais is not installed: pip install 'vesseltrack[ais]'"


@pytest.mark.parametrize("talker", ["AIVDM", "AIVDO", "ABVDM", "BSVDM", "SAVDM", "ANVDM"])
def test_every_talker_is_heard(recognised, talker):
    body = POSITION[1:].split("*", maxsplit=1)[0].replace("AIVDM", talker)
    _, (row,) = only(recognised, at(f"!{body}*{checksum(body)}"))
    assert row["mmsi"] == 366053209


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ([at(POSITION)], 1241544035),
        ([tagged(POSITION, "c:1241544035123")], 1241544035),
        ([tagged(POSITION, "g:1-2-1234,s:r003669961,c:1120959341")], 1120959341),
        ([f"{POSITION},1241544035"], 1241544035),
        ([f"{POSITION},x367022,s32171,d-079,T08.48347459,r003669976,1166058609"], 1166058609),
        ([f"{POSITION},1428451198,1428451200"], 1428451198),
        (["$PGHP,1,2020,12,31,23,59,58,239,0,0,0,1,5C*5B", POSITION], 1609459198),
        (["\\si:AISW*2C\\", "$PGHP,1,2020,12,31,23,59,58,239,0,0,0,1,5C*5B", POSITION], 1609459198),
        ([f"1241544035.5 {POSITION}"], 1241544035),
        ([f"2009-05-05T17:20:35Z {POSITION}"], 1241544035),
    ],
    ids=[
        "tag block", "thousandths", "group", "after the checksum", "coast guard log", "two times", "Gatehouse",
        "Gatehouse after a tag block by itself", "before the sentence", "ISO before the sentence",
    ],
)  # fmt: skip
def test_the_time_of_reception_is_found_wherever_a_log_writes_it(recognised, lines, seconds):
    source, (row,) = only(recognised, *lines)
    assert row["time"] == seconds
    assert source.rejected == {}


def test_the_time_of_a_gatehouse_line_is_of_the_next_sentence_alone(recognised):
    gatehouse = "$PGHP,1,2020,12,31,23,59,58,239,0,0,0,1,2C*5B"
    source, (row,) = only(recognised, gatehouse, POSITION, CLASS_B)
    assert row["mmsi"] == 366053209
    assert source.rejected == {"no time": 1}


def test_a_message_in_parts_has_the_time_of_the_part_that_tells_one(recognised):
    first, second = tagged(STATIC[0], "g:1-2-1234,c:1241544035"), tagged(STATIC[1], "g:2-2-1234")
    _, (row,) = only(recognised, first, second)
    assert row["time"] == 1241544035


@pytest.mark.parametrize(
    ("lines", "rejected"),
    [
        ([POSITION], {"no time": 1}),
        ([at(POSITION.replace("15M67", "15M66"))], {"bad checksum": 1}),
        ([at(POSITION).replace("c:1241544035", "c:1241544036")], {"bad checksum": 1}),
        ([at(STATIC[0])], {"part of a message is missing": 1}),
        ([at(STATIC[1])], {"part of a message is missing": 1}),
        ([at(STATIC[0].replace("55?M", "55?N")), at(STATIC[1])], {"bad checksum": 1, "part of a message is missing": 1}),
        ([at(BASE_STATION)], {"no position report": 1}),
        ([at(AIRCRAFT)], {"MMSI is no ship's": 1}),
        (["!AIVDM,1,1,,B,15M67FC,0*" + checksum("AIVDM,1,1,,B,15M67FC,0") + ",1241544035"], {"cannot be decoded": 1}),
        (["!AIVDM,1,1,,B,,0*" + checksum("AIVDM,1,1,,B,,0") + ",1241544035"], {"cannot be decoded": 1}),
        (["this is no sentence"], {"cannot be decoded": 1}),
        (["!AIVDM,1,1,,B,15M67FC000G?ufbE`Fe"], {"cannot be decoded": 1}),
        (["", "# a remark", "$GPGGA,1*2A", "\\s:x*00\\$ARVSI,r003669945,,233947.31,1,-107,0*24"], {}),
    ],
    ids=[
        "no time", "checksum", "checksum of the tag block", "first part", "second part", "bad part", "base station",
        "aircraft", "short", "empty", "text", "cut off", "what else stands in logs",
    ],
)  # fmt: skip
def test_what_gives_no_row_is_counted_by_reason(recognised, lines, rejected):
    source, found = only(recognised, at(CLASS_B), *lines)
    assert [row["mmsi"] for row in found] == [367430530]
    assert source.rejected == rejected
    assert source.read == sum(rejected.values())


def test_no_speed_in_a_long_range_report_is_no_63_knots(recognised):
    (sentence,) = encode_dict({"type": 27, "mmsi": 445000001, "lat": 39.1, "lon": 125.2, "speed": 63}, talker_id="AI")
    _, (row,) = only(recognised, at(sentence))
    assert row["sog"] is None
    assert (row["lat"], row["lon"]) == pytest.approx((39.1, 125.2), abs=1 / 600)


def test_packed_logs_are_read_and_those_cut_off_refused(recognised):
    packed = gzip.compress(log(*[at(POSITION, 1241544035 + second) for second in range(500)]).encode(), mtime=0)
    (source,) = recognised(packed).sources
    assert len(evaluated(source)) == 500
    with pytest.raises(InputError, match="cut off"):
        recognised(packed[:-20])


texts = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -./'", max_size=20).map(str.strip)
voyages = st.fixed_dictionaries(
    {
        "type": st.just(5), "mmsi": st.integers(201_000_000, 775_999_999), "imo": st.integers(0, 9_999_999),
        "shipname": texts, "callsign": texts.map(lambda text: text[:7].strip()), "ship_type": st.integers(0, 99),
        "draught": st.integers(0, 255).map(lambda number: number / 10),
    }
)  # fmt: skip


def decoded(*lines):
    """The rows of lines, and the rejects."""
    block = log(*lines).encode()
    parts = nmea.Parts()
    table, rejected = nmea.decode_block(block, *parts.take(block))
    parts.finish()
    return table.to_pylist(), rejected + parts.rejected


ARMOUR = "".join(map(chr, nmea._ARMOUR))


@given(st.sampled_from("1235BCHK") | st.sampled_from(ARMOUR), st.text(ARMOUR, max_size=80), st.integers(0, 5))
def test_whatever_a_payload_says_it_gives_a_row_or_a_reason(first, rest, fill):
    body = f"AIVDM,1,1,,A,{first}{rest},{fill}"
    rows, rejected = decoded(at(f"!{body}*{checksum(body)}"))
    assert len(rows) + sum(rejected.values()) == 1


def test_no_position_is_read_from_a_message_that_ends_within_it():
    payload = POSITION.split(",")[5]
    for length in range(1, len(payload)):
        body = f"AIVDM,1,1,,B,{payload[:length]},0"
        rows, rejected = decoded(at(f"!{body}*{checksum(body)}"))
        assert [row["lat"] for row in rows] == [37.802118] * (length >= 20), "latitude ends at bit 116 of six a letter"
        assert len(rows) + rejected["cannot be decoded"] == 1


@st.composite
def interleavings(draw):
    """Messages in parts, one after the other, and the same lines shuffled; no two share a sequence number."""
    told = draw(st.lists(voyages, min_size=1, max_size=5))
    groups = [encode_dict(each, talker_id="AI", seq_id=number) for number, each in enumerate(told)]
    lines = [at(sentence, 1241544035 + number) for number, group in enumerate(groups) for sentence in group]
    others = [at(POSITION), "$GPGGA,1*2A", ""] * draw(st.integers(0, 3))
    return lines + others, draw(st.permutations(lines + others))


def by_ship(rows):
    return sorted(rows, key=str)


@given(interleavings())
def test_any_order_of_parts_and_other_lines_gives_the_same_rows(both):
    one, other = both
    assert by_ship(decoded(*one)[0]) == by_ship(decoded(*other)[0])
    assert decoded(*one)[1] == decoded(*other)[1]


@given(interleavings(), st.integers(1, 400))
def test_wherever_a_file_is_cut_into_blocks_its_rows_are_the_same(tmp_path_factory, both, size):
    lines = [
        "$PGHP,1,2020,12,31,23,59,58,239,0,0,0,1,2C*5B",
        CLASS_B,
        *both[1],
        AIRCRAFT,
        "$PGHP,1,2020,12,31,23,59,58,239,0,0,0,1,2C*5B",
        POSITION,
    ]
    file = tmp_path_factory.mktemp("log") / "log"
    file.write_text(log(*lines))
    parts, found, rejected = nmea.Parts(), [], {}
    for block in cut(file.read_bytes(), size):
        table, refused = nmea.decode_block(block, *parts.take(block))
        found += table.to_pylist()
        rejected = refused + rejected if rejected else refused
    parts.finish()
    whole, refused = decoded(*lines)
    assert by_ship(found) == by_ship(whole)
    assert rejected + parts.rejected == refused


def cut(data, size):
    """As `decoding.blocks` does, with blocks of any size."""
    rest = b""
    for start in range(0, len(data), size):
        piece = rest + data[start : start + size]
        end = decoding.nmea_end(piece)
        if end:
            yield piece[:end]
        rest = piece[end:]
    if rest:
        yield rest


@given(
    st.integers(1, len(POSITION) - 4), st.characters(min_codepoint=48, max_codepoint=119, exclude_characters="*,!\\")
)
def test_a_sentence_with_a_changed_character_is_never_decoded(place, character):
    changed = POSITION[:place] + character + POSITION[place + 1 :]
    rows, rejected = decoded(at(changed))
    assert changed == POSITION or not rows
    assert len(rows) + sum(rejected.values()) == 1


def test_a_part_far_away_is_of_another_message(recognised):
    between = [at(POSITION)] * (nmea.WINDOW_BYTES // len(at(POSITION)) + 1)
    source, found = only(recognised, at(STATIC[0]), *between, at(STATIC[1]))
    assert len(found) == len(between)
    assert source.rejected == {"part of a message is missing": 2}


def test_large_logs_are_decoded_by_other_processes_with_the_same_result(tmp_path, monkeypatch):
    lines = [at(sentence, 1241544035 + number) for number in range(300) for sentence in (POSITION, *STATIC, AIRCRAFT)]
    file = tmp_path / "log"
    file.write_text(log(*lines))
    results = []
    for small, folder in ((1 << 30, "here"), (0, "there")):
        monkeypatch.setattr(decoding, "_SMALL_BYTES", small)
        monkeypatch.setattr(decoding, "BLOCK_BYTES", 5000)
        (tmp_path / folder).mkdir()
        source = decoding.nmea_source(Held("log", file), tmp_path / folder)
        results.append((evaluated(source), source.rejected))
    assert results[0] == results[1]
    assert len(results[0][0]) == 600
