"""The words for AIS status, activity and laden state, and what people write for them."""

from __future__ import annotations

import re
import unicodedata

_WORDS: dict[str, dict[str, str]] = {
    "ais_status": {
        "on": "on, transmitting, broadcasting, active, ais on, switched on, turned on, visible on ais, "
        "transmitting ais",
        "off": "off, dark, dark activity, went dark, gone dark, running dark, not transmitting, not broadcasting, "
        "no ais, no ais match, no ais match found, no ais signal, no signal, disabled, ais disabled, ais off, "
        "switched off, turned off, inactive, not on ais, without ais, 꺼짐, выключен, выключена, выкл",
        "intermittent": "intermittent, on then off, off then on, on and off, on/off, partial, partly, sporadic, "
        "intermittently on, gaps, with gaps, patchy",
        "spoofed": "spoofed, spoofing, falsified, falsifying, manipulated, false, fake, false identity, "
        "false position, ais spoofing, ais manipulation, tampered",
        "unknown": "unknown, not stated, not known, not given, n/a, na, none, ?, -, –, —, unclear",
    },
    "activity": {
        "loading": "loading, loaded, load, loads, lading, berthed for loading, at loading berth, loading oil, "
        "took on oil, lifting, 적재, погрузка",
        "discharging": "discharging, discharged, discharge, discharges, unloading, unloaded, unload, offloading, "
        "off-loading, offloaded, delivering, delivered, delivery, 하역, выгрузка, разгрузка",
        "bunkering": "bunkering, bunkered, bunker, bunkers, refuelling, refueling, бункеровка",
        "moored": "moored, berthed, berth, at berth, alongside, docked, dock, in port, at pier, pierside, made fast, "
        "정박, стоянка",
        "anchored": "anchored, at anchor, anchor, anchoring, at anchorage, anchorage, in anchorage, "
        "arrived at anchorage, waiting at anchorage, 묘박, на якоре",
        "transit": "transit, transiting, in transit, under way, underway, under way using engine, "
        "underway using engine, sailing, sailed, passing, passage, en route, steaming, at sea, 항해, в пути",
        "sts_receiving": "sts receiving, receiving, sts receiver, received sts, ship-to-ship receiving, "
        "receiving ship-to-ship",
        "sts_giving": "sts giving, giving, sts giver, sts supplying, sts delivering, ship-to-ship giving, "
        "giving ship-to-ship",
        "container": "container, containers, container handling, containers handling, container loading, "
        "container unloading, handling containers, loading containers, unloading containers",
        "unknown": "unknown, not stated, not known, not given, n/a, na, none, ?, -, –, —, unclear",
    },
    "laden": {
        "laden": "laden, loaded, full, fully laden, with cargo, in load, loaded condition",
        "ballast": "ballast, in ballast, empty, unladen, light, without cargo, ballasted",
        "unknown": "unknown, not stated, not known, not given, n/a, na, none, ?, -, –, —, unclear",
    },
}


def word_key(text: str) -> str:
    """Case, spaces, hyphens, underscores and final points do not matter in a word."""
    return " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip(" .").split()) or (
        text.strip()
    )


_CHOICES: dict[str, dict[str, str]] = {
    field: {word_key(word): choice for choice, words in choices.items() for word in words.split(", ")}
    for field, choices in _WORDS.items()
}
_AIS_ANSWERS = dict.fromkeys(("yes", "y", "1", "true"), "on") | dict.fromkeys(("no", "n", "0", "false"), "off")


def parse_choice(text: str, field: str, *, asks_whether_on: bool = False) -> str | None:
    """Read a cell of a choice field: one of its `schema.CHOICE_FIELDS`, or `None` where the text is none of its words.

    Args:
        text: The cell. Blank is ``unknown``.
        field: ``ais_status``, ``activity`` or ``laden``.
        asks_whether_on: Whether the header is a question such as "AIS on?", so that yes and no are answers to it.
    """
    if not text.strip():
        return "unknown"
    key = word_key(text)
    if field == "ais_status" and asks_whether_on and key in _AIS_ANSWERS:
        return _AIS_ANSWERS[key]
    return _CHOICES[field].get(key)
