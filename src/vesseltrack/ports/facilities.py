"""Which facility of a port a text means: by its own names first, by its purpose otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from vesseltrack.ports import words
from vesseltrack.ports.names import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.ports.model import Facility, FacilityRole, Port

NEAR_BERTH_KM = 3.0
"""An anchorage nearer than this to an oil loading berth can be a place of loading from a barge."""

ROADS_KM = 10.0
"""How far "off" a port still means its roads; farther is at sea."""

NOT_BERTHED: frozenset[FacilityRole] = frozenset({"anchorage", "transfer_area"})

_PURPOSES: tuple[tuple[frozenset[str], tuple[FacilityRole, ...]], ...] = (
    (words.OIL, ("oil_loading", "oil_discharge")),
    (words.CONTAINER, ("container_terminal",)),
    (words.MUNITIONS, ("munitions_pier",)),
    (words.TRANSFER, ("transfer_area",)),
    (words.OTHER_CARGO, ()),
)


@dataclass(frozen=True)
class Spot:
    """Where in a port a text puts a ship."""

    facility: Facility | None = None
    candidates: tuple[Facility, ...] = ()
    at_roads: bool = False
    near_loading_berth: bool = False
    at_sea: bool = False
    """Farther off the port than its roads."""

    @property
    def says_nothing(self) -> bool:
        """Whether the text added nothing to the port's name."""
        return self == Spot()


def is_known(word: str, country: str) -> bool:
    """Whether a word may stand beside a port's name; for a port of unknown country any country's words may."""
    if word.isdigit() or word in _KNOWN or word == country.casefold():
        return True
    countries = words.COUNTRY_WORDS
    allowed = [countries[country]] if country in countries else [] if country else countries.values()
    return any(word in listed for listed in allowed)


def says_where_else(listed: Iterable[str], country: str) -> bool:
    """Whether words set apart from a port's name put the ship off it, on the way to it or in another country."""
    others = (spoken for code, spoken in words.COUNTRY_WORDS.items() if country and code != country)
    telling = words.OFF.union(words.VOYAGE, words.ELSEWHERE, *others) - words.COUNTRY_WORDS.get(country, frozenset())
    return any(word in telling and word not in words.COMPASS and len(word) > 1 for word in listed)


def is_generic(listed: Iterable[str]) -> bool:
    """Whether a name consists of ordinary words alone, like "oil berth"."""
    return all(word.isdigit() or word in _KNOWN for word in listed)


def names_a_structure(listed: Iterable[str]) -> bool:
    """Whether the words mention something in a port to lie at, or its roads."""
    return any(word in words.STRUCTURE or word in words.ANCHORED for word in listed)


def read_spot(port: Port, listed: Sequence[str], distance_km: float | None) -> Spot:
    """What the words beside a port's name say.

    Args:
        port: the port that was named.
        listed: canonical words without the port's own names.
        distance_km: a distance found in the text; it counts where a word such as "off" relates it to something.
    """
    exact = _named_exactly(port, listed)
    if len(exact) == 1 and distance_km is None:
        return _at(exact[0])
    if exact and distance_km is None:
        return _among(exact)
    off = _is_off(listed, distance_km) and not (
        words.BUOYS & set(listed) and not words.OFF & set(listed) - {"offshore"}
    )
    anchored = any(word in words.ANCHORED for word in listed)
    if off or anchored:
        return _in_the_roads(port, listed, distance_km, off=off)
    meant = _meant(port, listed)
    return _at(meant[0]) if len(meant) == 1 else _among(meant)


def _at(facility: Facility) -> Spot:
    return Spot(
        facility=facility,
        at_roads=facility.role in NOT_BERTHED,
        near_loading_berth=facility.near_loading_berth and facility.role in NOT_BERTHED,
    )


def _among(facilities: tuple[Facility, ...]) -> Spot:
    return Spot(
        candidates=facilities,
        at_roads=bool(facilities) and all(facility.role in NOT_BERTHED for facility in facilities),
        near_loading_berth=bool(facilities)
        and all(facility.near_loading_berth and facility.role in NOT_BERTHED for facility in facilities),
    )


def _in_the_roads(port: Port, listed: Sequence[str], distance_km: float | None, *, off: bool) -> Spot:
    known = all(is_known(word, port.country) for word in listed)
    noun = any(word in words.ANCHORAGE_NOUNS for word in listed)
    if not known and not noun:
        return Spot()
    if off and distance_km is not None and distance_km > ROADS_KM and not noun:
        return Spot(at_sea=True)
    meant = _meant(port, [word for word in listed if word not in words.OFF]) if off else ()
    by_the_berth = (
        any(facility.role == "oil_loading" for facility in meant)
        and all(facility.role in {"oil_loading", "oil_discharge"} for facility in meant)
        and (distance_km is None or distance_km < NEAR_BERTH_KM)
    )
    kind: FacilityRole = "transfer_area" if words.TRANSFER & set(listed) else "anchorage"
    areas = _spoken_of(port, kind, [word for word in listed if word not in words.OFF])
    if by_the_berth:
        areas = tuple(area for area in areas if area.near_loading_berth) or areas
    elif distance_km is not None and distance_km >= NEAR_BERTH_KM:
        areas = tuple(area for area in areas if not area.near_loading_berth)
    spot = _at(areas[0]) if len(areas) == 1 else _among(areas)
    return Spot(
        spot.facility, spot.candidates, at_roads=True, near_loading_berth=by_the_berth or spot.near_loading_berth
    )


def _is_off(listed: Sequence[str], distance_km: float | None) -> bool:
    """Whether the words put the ship beside something: "off", "near", "5 km from", "south of"."""
    if any(word in words.OFF for word in listed):
        return True
    if distance_km is not None and any(word in {"of", "from"} or word in words.COMPASS for word in listed):
        return True
    return any(word in words.COMPASS and after == "of" for word, after in pairwise(listed))


def _named_exactly(port: Port, listed: Sequence[str]) -> tuple[Facility, ...]:
    written = {"".join(listed), _core(listed)} - {""}
    return tuple(facility for facility in port.facilities if written & _keys(port, facility))


def _meant(port: Port, listed: Sequence[str]) -> tuple[Facility, ...]:
    """Facilities the words mean: the one whose longest name stands in them, else those of the purpose they tell."""
    if not all(is_known(word, port.country) or _in_a_name(port, word) for word in listed):
        return ()
    spans = sorted(
        (
            (len(span), -start, facility.id, facility)
            for start in range(len(listed))
            for end in range(start + 1, len(listed) + 1)
            for facility in port.facilities
            if (span := "".join(listed[start:end])) in _keys(port, facility)
            and not (end == start + 1 and listed[start] in _KNOWN)
        ),
        key=lambda found: found[:3],
        reverse=True,
    )
    if spans:
        longest = spans[0][:2]
        named = tuple(dict.fromkeys(facility for *place, _, facility in spans if tuple(place) == longest))
        rest = [word for word in listed if word not in {part for facility in named for part in _words(facility)}]
        if all(is_known(word, port.country) for word in rest):
            return tuple(facility for facility in port.facilities if facility in named)
        return ()
    if not all(is_known(word, port.country) for word in listed):
        return ()
    return _by_purpose(port, set(listed))


def _by_purpose(port: Port, listed: set[str]) -> tuple[Facility, ...]:
    told = [roles for vocabulary, roles in _PURPOSES if listed & vocabulary]
    if len(told) > 1:
        return ()
    if not told:
        return _by_structure(port, listed)
    fitting = tuple(facility for facility in port.facilities if facility.role in told[0])
    if listed & words.OIL:
        loads, discharges = bool(listed & words.LOADING), bool(listed & words.DISCHARGE)
        if loads != discharges:
            wanted = "oil_loading" if loads else "oil_discharge"
            fitting = tuple(facility for facility in fitting if facility.role == wanted) or fitting
    if listed & words.BUOYS:
        fitting = tuple(facility for facility in fitting if words.BUOYS & _words(facility)) or fitting
    return fitting


def _by_structure(port: Port, listed: set[str]) -> tuple[Facility, ...]:
    """Several facilities that are a "pier"; a lone one proves nothing, ports have piers that the gazetteer has not."""
    structures = {_singular(word) for word in listed & words.STRUCTURE}
    if not structures or any(word.isdigit() for word in listed):
        return ()
    fitting = tuple(
        facility
        for facility in port.facilities
        if facility.role not in NOT_BERTHED and structures & {_singular(word) for word in _words(facility)}
    )
    return fitting if len(fitting) > 1 else ()


def _spoken_of(port: Port, kind: FacilityRole, listed: Sequence[str]) -> tuple[Facility, ...]:
    """The anchorages that the words name, or whose own words stand among them ("outer"), else all of them."""
    areas = tuple(facility for facility in port.facilities if facility.role == kind)
    exact = tuple(area for area in _named_exactly(port, listed) if area.role == kind)
    told = {word for word in listed if word not in words.FILLER - {"inner"} and word not in words.ANCHORAGE_NOUNS}
    return exact or tuple(area for area in areas if told & _words(area)) or areas


def _keys(port: Port, facility: Facility) -> frozenset[str]:
    return _keys_of((port.name, *port.aliases), (facility.name, *facility.aliases))


@lru_cache(maxsize=4096)
def _keys_of(port_names: tuple[str, ...], facility_names: tuple[str, ...]) -> frozenset[str]:
    """Keys of a facility's names, with and without the port's name in front and the ordinary words in between."""
    prefixes = {prefix for prefix in map(tokens, port_names) if prefix}
    found: set[str] = set()
    for listed in map(tokens, facility_names):
        rests = [listed, *(listed[len(prefix) :] for prefix in prefixes if listed[: len(prefix)] == prefix)]
        found |= {key for rest in rests for key in ("".join(rest), _core(rest))}
    return frozenset(found - {""})


def _core(listed: Sequence[str]) -> str:
    return "".join(word for word in listed if word not in words.FILLER or word in {"sea", "inner"})


def _words(facility: Facility) -> frozenset[str]:
    return _words_of((facility.name, *facility.aliases))


@lru_cache(maxsize=4096)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in tokens(name))


def _in_a_name(port: Port, word: str) -> bool:
    return any(word in _words(facility) for facility in port.facilities)


def _singular(word: str) -> str:
    if word == "wharves":
        return "wharf"
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


_KNOWN = frozenset().union(
    words.FILLER, words.COMPASS, words.OFF, words.ANCHORED, words.OIL, words.CONTAINER, words.MUNITIONS, words.TRANSFER,
    words.OTHER_CARGO, words.LOADING, words.DISCHARGE, words.STRUCTURE, {"from", "station"},
)  # fmt: skip
