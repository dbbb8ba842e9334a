"""From the text of a cell to a place: ports, facilities, roads and seas by their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.ports import facilities, words
from vesseltrack.ports.model import Facility, Place, PlaceKind, Port
from vesseltrack.ports.names import is_route, key, keys, segments, take_distance, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.ports.facilities import Spot

Target = tuple[Port, Facility | None]

NOWHERE = Place(
    kind="none", port=None, facility=None, candidates=(), at_roads=False, near_loading_berth=False, text=""
)  # fmt: skip
"""No place was given."""

AT_SEA = Place(
    kind="sea", port=None, facility=None, candidates=(), at_roads=False, near_loading_berth=False, text=""
)  # fmt: skip
"""Coordinates outside every outline."""

_SEAS = frozenset(key(sea) for sea in words.SEAS)
_WATERS = _SEAS - {"sea", "ocean", "offshore"}
"""What puts a ship at sea whatever follows: "sea berth" and "offshore terminal" lie in ports."""


@dataclass(frozen=True)
class NameIndex:
    """Every name a place goes by, as keys."""

    places: dict[str, Target]
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max((len(known) for known in self.places), default=0))


def index_names(ports: Iterable[Port]) -> NameIndex:
    """Names, UN/LOCODEs and aliases of ports, and names of facilities that say more than "oil berth".

    A name goes before an alias, a port before a facility; an alias that two ports share finds neither of them.
    """
    listed = tuple(ports)
    ranks: tuple[list[tuple[str, Target]], ...] = ([], [], [])
    for port in listed:
        ranks[0].extend((name, (port, None)) for name in (port.name, *port.unlocodes))
        ranks[1].extend((name, (port, None)) for name in port.aliases)
        ranks[2].extend(
            (name, (port, facility))
            for facility in port.facilities
            for name in (facility.name, *facility.aliases)
            if not facilities.is_generic(tokens(name))
        )
    places: dict[str, Target] = {}
    for rank in ranks:
        added: dict[str, Target | None] = {}
        for name, target in rank:
            for known in keys(name) - places.keys():
                other = added.get(known, target)
                added[known] = target if other is not None and _same(other, target) else None
        places |= {known: target for known, target in added.items() if target is not None}
    return NameIndex(places)


def find(index: NameIndex, port_text: str, facility_text: str = "") -> Place:
    """The place that a port cell and a facility cell name together; see `Gazetteer.find`."""
    cell, beside = _given(port_text), _given(facility_text)
    if not cell:
        cell, beside = beside, ""
    if not cell:
        return NOWHERE
    at_sea = _begins_at_sea(index, cell)
    named = None if at_sea else _read_port(index, cell)
    at_sea = at_sea or _is_sea(cell)
    if named is None and beside:
        named = _transfer_area(index, cell, beside)
        if named is not None:
            beside = ""
        elif not at_sea and not is_route(cell):
            named = _read_port(index, beside)
            beside = "" if named is not None else beside
    if named is None:
        written = ", ".join(part for part in (cell, beside) if part)
        kind: PlaceKind = "sea" if at_sea else "unplaced"
        return Place(kind, None, None, (), at_roads=False, near_loading_berth=False, text=written)
    spot = _spot(index, named, beside)
    if spot.at_sea:
        written = ", ".join(part for part in (cell, beside) if part)
        return Place("sea", None, None, (), at_roads=False, near_loading_berth=False, text=written)
    return Place(
        "port", named.port, spot.facility, spot.candidates,
        at_roads=spot.at_roads, near_loading_berth=spot.near_loading_berth, text="",
    )  # fmt: skip


@dataclass(frozen=True)
class _Named:
    """A port cell that was understood."""

    port: Port
    facility: Facility | None
    """A facility that the cell names outright."""

    rest: tuple[str, ...]
    """The words beside the port's names."""

    distance_km: float | None


def _given(text: str) -> str:
    """The text of a cell; empty where it says that nothing is known."""
    written = text.strip()
    known = key(written)
    return written if known and known not in words.NOT_GIVEN else ""


def _read_port(index: NameIndex, cell: str) -> _Named | None:
    """The one port a cell names; None where it names none, two, or leaves words that nobody knows."""
    whole = index.places.get(key(cell))
    if whole is not None:
        return _Named(whole[0], whole[1], (), None)
    if is_route(cell):
        return None
    distance, written = take_distance(cell)
    parts = [tokens(part) for part in segments(written)]
    spans = [(at, *span) for at, listed in enumerate(parts) for span in _spans(index, listed)]
    telling = [span for span in spans if not facilities.is_generic(parts[span[0]][span[1] : span[2]])] or spans
    if not telling:
        return None
    port = telling[0][3][0]
    if any(target[0].id != port.id for *_, target in telling):
        return None
    island = any(words.ISLAND & set(tokens(name)) for name in (port.name, *port.aliases))
    rest: list[str] = []
    set_apart = False  # words that nobody knows, which may name a part of the port
    elsewhere = [word for at, listed in enumerate(parts) if all(span[0] != at for span in telling) for word in listed]
    for at, listed in enumerate(parts):
        taken = {place for part, start, end, _ in telling if part == at for place in range(start, end)}
        left = [word for place, word in enumerate(listed) if place not in taken]
        unknown = [word for word in left if not facilities.is_known(word, port.country)]
        if island:
            unknown = [word for word in unknown if word not in words.ISLAND]
        if unknown and not _is_sea(" ".join(left)) and (taken or not facilities.names_a_structure(elsewhere)):
            if taken or at < telling[0][0] or distance is not None or facilities.says_where_else(left, port.country):
                return None
            set_apart = True
        rest.extend(left)
    named = next((target[1] for *_, target in telling if target[1] is not None), None)
    if (
        distance is None
        and named is None
        and not set_apart
        and any(word.isdigit() for word in rest)
        and not _told(rest)
    ):
        return None
    return _Named(port, named, tuple(rest), distance)


def _told(listed: Sequence[str]) -> bool:
    """Whether a number stands beside something that has numbers: "pier 2", not "Nampo 2"."""
    return facilities.names_a_structure(listed) or "port" in listed


def _spans(index: NameIndex, listed: Sequence[str]) -> list[tuple[int, int, Target]]:
    """Names of places in a row of words, longest first, none inside another."""
    found: list[tuple[int, int, int, Target]] = []
    for start in range(len(listed)):
        joined = ""
        for end in range(start, len(listed)):
            joined += listed[end]
            if len(joined) > index.longest:
                break
            target = index.places.get(joined)
            if target is not None:
                found.append((-len(joined), start, end + 1, target))
    chosen: list[tuple[int, int, Target]] = []
    for _, start, end, target in sorted(found, key=lambda span: span[:3]):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in chosen):
            chosen.append((start, end, target))
    return chosen


def _spot(index: NameIndex, named: _Named, facility_text: str) -> Spot:
    """Where in the port: what the facility cell says, else what the port cell says beside the name."""
    if named.facility is not None:
        beside = facilities.read_spot(named.port, tokens(named.facility.name), None)
        beside = facilities.Spot(named.facility, (), beside.at_roads, beside.near_loading_berth)
    else:
        beside = facilities.read_spot(named.port, named.rest, named.distance_km)
    if not facility_text:
        return beside
    whole = index.places.get(key(facility_text))
    if whole is not None and whole[1] is not None and whole[0].id == named.port.id:
        return facilities.read_spot(named.port, tokens(whole[1].name), None)
    distance, written = take_distance(facility_text)
    listed = tokens(written)
    own = {place for start, end, target in _spans(index, listed) if target == (named.port, None)
           for place in range(start, end)}  # fmt: skip
    told = facilities.read_spot(named.port, [word for place, word in enumerate(listed) if place not in own], distance)
    if told.says_nothing:
        return beside
    if beside.at_roads and not told.at_roads and told.facility is None:
        return facilities.Spot(
            told.facility, told.candidates, at_roads=True, near_loading_berth=beside.near_loading_berth
        )
    return told


def _transfer_area(index: NameIndex, cell: str, beside: str) -> _Named | None:
    """A transfer area of which one cell says the sea and the other that ships lay side by side in it."""
    if not _is_sea(cell) or not words.TRANSFER & set(tokens(beside)):
        return None
    target = index.places.get(f"{key(cell)}sts")
    return None if target is None else _Named(target[0], target[1], (), None)


def _is_sea(cell: str) -> bool:
    """Whether the first part of a cell is the name of a sea, with words such as "northern" at most."""
    parts = segments(take_distance(cell)[1])
    if not parts:
        return False
    listed = tokens(parts[0])
    allowed = words.SEA_WORDS | words.COMPASS
    return any(
        "".join(listed[start:end]) in _SEAS and all(word in allowed for word in (*listed[:start], *listed[end:]))
        for start in range(len(listed))
        for end in range(start + 1, len(listed) + 1)
    )


def _begins_at_sea(index: NameIndex, cell: str) -> bool:
    """Whether a cell begins with the name of a sea, whatever follows; not where a longer name of a place begins there.

    "Sea of Japan off Vostochny" is the sea, "East China Sea STS" a transfer area, "at sea berth" a berth.
    """
    if is_route(cell) or key(cell) in index.places:
        return False
    listed = tokens(take_distance(cell)[1])
    places = {start: end for start, end, _ in _spans(index, listed)}
    for start in range(len(listed)):
        ends = [end for end in range(start + 1, len(listed) + 1) if "".join(listed[start:end]) in _WATERS]
        if ends:
            return places.get(start, 0) <= ends[-1] and not (
                words.STRUCTURE | words.TRANSFER | {"port", "harbour", "harbor"}
            ) & set(listed[ends[-1] : ends[-1] + 1])
        if listed[start] not in words.SEA_WORDS | words.COMPASS:
            return False
    return False


def _same(target: Target, other: Target) -> bool:
    return target[0].id == other[0].id and (target[1] is None) == (other[1] is None) and (
        target[1] is None or other[1] is None or target[1].id == other[1].id
    )  # fmt: skip
