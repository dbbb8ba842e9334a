"""The words that may stand around a port's name, and what each says.

A port is recognised only where every other word is one of these: "Vostochny Cosmodrome" is no port.
"""

from __future__ import annotations


def _split(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLER = _split(
    "the of at in on a an and to its port ports harbour harbours harbor harbors seaport sea commercial trade trading "
    "merchant main city town area region zone bay gulf side inner inside within no nr number "
    "about approx approximately some ca circa around c part new old hang gang ko"
)
"""Say nothing about the place. ``hang``, ``gang`` and ``ko`` are Korean, Chinese and Japanese for a port."""

ISLAND = _split("island islands")
"""May stand only beside the name of a place that is an island: Wrangel Island is not the port on Wrangel Bay."""

COMPASS = _split(
    "n s e w ne nw se sw north south east west northeast northwest southeast southwest northern southern eastern "
    "western central"
)

OFF = _split("off offshore near nearby outside vicinity approach approaches adjacent close waters")
"""Not at it, but by it."""

ANCHORED = _split("anchorage anchorages anchored anchor anchoring roads roadstead outer waiting")
"""Lying off, not berthed."""

ANCHORAGE_NOUNS = _split("anchorage anchorages anchored anchor anchoring roads roadstead")
"""Enough by themselves, whatever other words stand beside them."""

OIL = _split(
    "oil fuel petroleum petrol product products tanker tankers gasoil diesel bunker bunkers bunkering pol "
    "refinery crude"
)
CONTAINER = _split("container containers box boxes")
MUNITIONS = _split("munition munitions ammunition arms naval navy military weapons")
TRANSFER = _split("sts transfer transfers transshipment transhipment ship ships")
OTHER_CARGO = _split(
    "coal ore grain timber general cargo bulk fish fishing ferry passenger scrap dry freight railway rail"
)

LOADING = _split("loading load loaded bunker bunkers bunkering")
DISCHARGE = _split("discharge discharging unload unloading offload offloading offloaded receiving")

STRUCTURE = _split(
    "pier piers berth berths berthed quay quays wharf wharves jetty jetties dock docks docked terminal terminals "
    "facility facilities buoy buoys mooring moorings moored depot tank tanks farm complex base pipeline corner"
)
"""Something a ship lies at."""

BUOYS = _split("buoy buoys sea")
"""Say which of several oil facilities: the one off the shore."""

SEA_WORDS = _split(
    "the of in on at a and waters area region zone off coast northbound southbound eastbound westbound middle open "
    "international exclusive economic eez transit"
)
"""May stand beside the name of a sea."""

NOT_GIVEN = _split("unknown na nil none null tbc tbd unk notstated notgiven unspecified notknown")
"""A cell that says that nothing is known; keys without spaces."""

VOYAGE = _split(
    "bound heading headed toward towards destination dest eta etd next last previous departed sailed left leaving "
    "from for via until before after then"
)
"""Say that a ship was on its way to or from the port, not in it."""

ELSEWHERE = _split(
    "oblast okrug republic state county prefecture amur magadan kamchatka chukotka florida texas california canada "
    "usa australia philippines indonesia malaysia thailand vietnam india brazil mexico africa europe arctic antarctica"
)
"""Set a place apart from a port of the same name, where the words are not those of the port's own country."""

COUNTRY_WORDS: dict[str, frozenset[str]] = {
    "KP": _split(
        "kp prk dprk nk north korea korean democratic people peoples republic s hamgyong hamgyeong pyongan pyeongan "
        "hwanghae kangwon province special economic si"
    ),
    "RU": _split("ru rus russia russian federation primorsky primorskiy primorye krai kray khabarovsk far"),
    "CN": _split("cn chn china chinese prc people peoples republic province"),
    "TW": _split("tw taiwan"),
    "KR": _split("kr kor rok south korea korean republic"),
    "JP": _split("jp jpn japan japanese"),
}
"""Words for the country and its parts, by ISO 3166-1 alpha-2."""

SEAS = (
    "Sea of Japan", "Japan Sea", "East Sea", "East Sea of Korea", "Donghae", "동해", "Yellow Sea", "West Sea",
    "West Sea of Korea", "서해", "Huang Hai", "East China Sea", "South China Sea", "Philippine Sea", "Bohai",
    "Bohai Sea", "Bohai Bay", "Bohai Gulf", "Bohai Strait", "Korea Bay", "West Korea Bay", "East Korea Bay",
    "Korea Strait",
    "Korean Strait", "Tsushima Strait", "Jeju Strait", "Cheju Strait", "Taiwan Strait", "Luzon Strait",
    "Tsugaru Strait", "La Perouse Strait", "Soya Strait", "Tatar Strait", "Strait of Tartary", "Malacca Strait",
    "Strait of Malacca", "Singapore Strait", "Sea of Okhotsk", "Okhotsk Sea", "Bering Sea", "Peter the Great Bay",
    "Peter the Great Gulf", "Gulf of Tonkin", "Gulf of Thailand", "Pacific", "Pacific Ocean", "North Pacific",
    "Northwest Pacific", "Indian Ocean", "Atlantic", "Atlantic Ocean", "Arabian Sea", "Red Sea", "Black Sea",
    "Mediterranean", "Mediterranean Sea", "Baltic", "Baltic Sea", "Persian Gulf", "Gulf of Oman",
    "high seas", "high sea", "at sea", "open sea", "open ocean", "sea", "ocean", "offshore", "underway", "under way",
    "en route", "international waters",
    *(f"{owner} {water}" for owner in (
        "Chinese", "China", "Russian", "Korean", "North Korean", "DPRK", "South Korean", "ROK", "Japanese", "Taiwanese",
        "Taiwan", "Vietnamese", "Philippine", "territorial",
    ) for water in ("waters", "EEZ", "territorial waters", "coastal waters")),
)  # fmt: skip
"""Names of seas, straits and waters, and ways to say that a ship was at sea."""
