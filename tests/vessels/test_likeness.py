"""How a written name may be a known one: by script, romanisation, form, slip or number, the surest kind only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vesseltrack.vessels.cells import names_in
from vesseltrack.vessels.likeness import likenesses
from vesseltrack.vessels.loading import load_register
from vesseltrack.vessels.names import canonical, readings

REGISTER = load_register()


@pytest.mark.parametrize(
    ("name", "ship", "how"),
    [
        ("천마산호", "CHON MA SAN", "exact"),
        ("天马山号", "CHON MA SAN", "exact"),
        ("Чхонмасан", "CHON MA SAN", "exact"),
        ("Шан Юань Бао", "SHANG YUAN BAO", "exact"),
        ("新光海", "XIN GUANG HAI", "exact"),
        ("東風六號", "DONG FENG 6", "exact"),
        ("제2삼정호", "SAM JONG 2", "exact"),
        ("Cheonmasan", "CHON MA SAN", "sound"),
        ("Yeseonggang 1", "RYE SONG GANG 1", "sound"),
        ("용림호", "RYONG RIM", "sound"),
        ("하오판 6호", "HAO FAN 6", "sound"),
        ("뉴 리젠트", "NEW REGENT", "exact"),
        ("CH0N MA SAN", "CHON MA SAN", "form"),
        ("5AM J0NG 2", "SAM JONG 2", "form"),
        ("BILLIONS NO. I8", "BILLIONS NO. 18", "form"),
        ("CHONMASANHO", "CHON MA SAN", "form"),
        ("MTKOTI", "KOTI", "form"),
        ("SAMJONGII", "SAM JONG 2", "form"),
        ("BILLIONSNO.18", "BILLIONS NO. 18", "form"),
        ("JANG JA SAN CHONG NY", "SONGJIN", "form"),
        ("CHON MA SN", "CHON MA SAN", "slip"),
        ("Cheonmasn", "CHON MA SAN", "slip"),
        ("YU SIN", "YU SON", "word"),
        ("JONG BONG", "CHONG BONG", "clash"),
        ("전마산호", "CHON MA SAN", "clash"),
        ("CHON MA SAN 2", "CHON MA SAN", "number"),
    ],
)
def test_the_likeness_is_the_surest_there_is(name, ship, how):
    assert {(like.known.vessel.name, like.how) for like in likenesses(REGISTER.names, name)} == {(ship, how)}


@pytest.mark.parametrize(
    "name",
    [
        "SAM JONG I2",
        "SAM JONG 12",
        "CHON MA",
        "KOTA",
        "KOTI STAR",
        "TONG SAN 8",
        "NEW LEGEND",
        "천마봉호",
        "RYONG BONG",
    ],
)
def test_another_number_or_word_is_no_likeness(name):
    assert not likenesses(REGISTER.names, name)


def test_a_known_ship_is_never_a_slip_of_another():
    assert {like.known.vessel.name for like in likenesses(REGISTER.names, "RUNG RA 1")} == {"RUNG RA 1"}


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_has_readings_the_first_of_which_is_its_key(text):
    assert readings(text)[0] == canonical(text)
    likenesses(REGISTER.names, text)


@given(st.sampled_from([vessel.name for vessel in REGISTER.vessels]), st.integers(1, 99))
def test_a_name_with_another_number_is_never_more_than_a_review(name, number):
    key = canonical(name)
    other = f"{name.rstrip('0123456789 -')} {number}"
    borne = {
        known.key.numbers for names in REGISTER.names.by_key.values() for known in names if known.vessel.name == name
    }
    if canonical(other).numbers not in borne | {key.numbers}:
        likes = [like for like in likenesses(REGISTER.names, other) if like.known.vessel.name == name]
        assert all(like.how == "number" for like in likes)


@pytest.mark.parametrize(
    ("name", "ship"),
    [
        ("チョンマサン号", "CHON MA SAN"),
        ("アンサン1", "AN SAN 1"),
        ("천마산호", "CHON MA SAN"),
        ("삼정 이호", "SAM JONG 2"),
        ("二号三亭", "SAM JONG 2"),
        ("СНОN МА SAN", "CHON MA SAN"),
        ("CHON MA SAN@@@@JUNK", "CHON MA SAN"),
        ("KOTI M/V", "KOTI"),
        ("general cargo ship KANG GYE", "KANG GYE"),
        ("North Korean-flagged tanker KOTI", "KOTI"),
        ("CHON MA SAN 천마산", "CHON MA SAN"),
        ("SAM JONG 2nd", "SAM JONG 2"),
        ("Jeon Jqn 2", "RYONG RIM"),
    ],
)
def test_ways_of_feeds_and_papers_to_write_a_name(name, ship):
    assert {like.known.vessel.name for like in likenesses(REGISTER.names, name)} == ({ship} if ship else set())


@pytest.mark.parametrize(
    ("cell", "ships"),
    [
        ("KOTI IMO unknown", ["KOTI"]),
        ("KOTI - DPRK flag", ["KOTI"]),
        ("KOTI built 1998", ["KOTI"]),
        ("HAI X renamed KOTI", ["HAI X", "KOTI"]),
        ("HAI X now KOTI", ["HAI X", "KOTI"]),
        ("KOTI (旧 HAI X)", ["KOTI", "HAI X"]),
        ("KOTI née HAI X", ["KOTI", "HAI X"]),
        ("NOW VOYAGER", ["NOW VOYAGER"]),
        ("元宝", ["元宝"]),
    ],
)
def test_what_stands_beside_a_name_is_told_from_it(cell, ships):
    (ship,) = names_in(cell)
    assert [ship.name, *ship.also] == ships
