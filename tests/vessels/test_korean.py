"""One sound key for every way to romanise a Korean name, and Hangul spelled out as the UN list spells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.vessels.korean import clash, readable, sound, spelled_out

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("천마산", "CHONMASAN"),
        ("룡림", "RYONGRIM"),
        ("례성강", "RYESONGGANG"),
        ("백마", "PAEKMA"),
        ("희천", "HUICHON"),
        ("신평", "SINPHYONG"),
        ("합장강", "HAPJANGGANG"),
        ("을지봉", "ULJIBONG"),
        ("금진강", "KUMJINGANG"),
    ],
)
def test_hangul_is_spelled_as_the_list_spells_it(hangul, latin):
    assert spelled_out(hangul) == latin


@pytest.mark.parametrize(
    ("listed", "others"),
    [
        ("CHONMASAN", ["CHEONMASAN", "CHŎNMASAN".replace("Ŏ", "O")]),
        ("RYONGRIM", ["YONGNIM", "YONGRIM", "RYONGNIM"]),
        ("RYESONGGANG", ["YESEONGGANG", "RYESONGKANG"]),
        ("PAEKMA", ["BAEKMA", "BAENGMA", "PAIKMA", "PAENGMA"]),
        ("HUICHON", ["HEECHON", "HUICHEON"]),
        ("RUNGRA", ["NEUNGNA", "NEUNGRA"]),
        ("ULJIBONG", ["EULJIBONG", "ULCHIBONG"]),
        ("JISONG", ["CHISONG", "JISEONG"]),
        ("RAKWON", ["NAKWON", "NAGWON"]),
        ("POTHONGGANG", ["BOTONGGANG"]),
        ("CHOLRYONG", ["CHEOLLYONG", "CHEOLRYONG"]),
        ("SAMRYONG", ["SAMNYONG"]),
        ("KYONGSONG", ["GYEONGSEONG", "KYOUNGSONG"]),
    ],
)
def test_all_romanisations_of_a_name_sound_alike(listed, others):
    assert {sound(other) for other in others} == {sound(listed)}


@given(HANGUL)
def test_hangul_of_any_kind_can_be_read_back_as_korean(hangul):
    latin = spelled_out(hangul)
    assert latin.isascii()
    assert readable(latin)


@given(st.text("ABCDEGHIJKLMNOPRSTUWY", max_size=14))
def test_a_sound_key_depends_on_the_letters_alone(letters):
    assert sound(letters) == sound(letters)
    assert clash(letters, letters) == ""


@pytest.mark.parametrize("name", ["NEWREGENT", "BILLIONS", "FANKE", "HAOFAN", "SOUTHHILL"])
def test_names_of_other_languages_are_not_read_as_korean(name):
    assert not readable(name)


def test_a_plain_consonant_is_never_an_aspirated_one():
    assert clash("JONGBONG", "CHONGBONG")
    assert not clash("CHISONG", "JISONG"), "McCune-Reischauer writes ㅈ as ch"
    assert not clash("TONGHUNG", "DONGHEUNG")
