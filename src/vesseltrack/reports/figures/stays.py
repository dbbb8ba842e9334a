"""Who was where in a year, and which delivery that was: what the map and the calendars draw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from vesseltrack.oil.calls import WIDE
from vesseltrack.reports import wording
from vesseltrack.text import barrels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vesseltrack.oil.model import CallKind, Delivery, PortCall
    from vesseltrack.oil.volume import Barrels
    from vesseltrack.oil.year import CapStatus
    from vesseltrack.ports.model import Port
    from vesseltrack.reports.case import Case

What = Literal["load", "discharge", "other"]
Ais = Literal["off", "doubtful", "on", "unknown"]

UNIDENTIFIED = "unidentified ships"
AIS_WORDS: dict[Ais, str] = {
    "off": "AIS off",
    "doubtful": "AIS on and off, or falsified",
    "on": "AIS on",
    "unknown": "AIS not known",
}
VERBS: dict[What, str] = {"load": "loading at", "discharge": "discharging at", "other": "at"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """A ship at a place, or what is known of it."""

    ship: str
    """Key of the ship; empty for ships that nobody could name."""

    name: str
    what: What
    port: Port | None
    place: str
    """``port, facility``, or what was written of a place at sea."""

    point: tuple[float, float] | None
    """Latitude, longitude of a stay at sea, where the sighting has them."""

    first: datetime
    last: datetime
    certain: tuple[datetime, datetime] | None
    """Days on which the ship was there beyond doubt; None where only the interval is known."""

    ais: Ais
    delivery: Delivery | None
    """None for a call that brought no oil."""

    @property
    def days(self) -> str:
        """First to last day."""
        return wording.span(self.first, self.last)

    @property
    def text(self) -> str:
        """The stay in words: ship, place, days, AIS, and what the delivery is taken to have brought."""
        oil = f"; {self.delivery.kind}, {volume(self.delivery.barrels)}" if self.delivery is not None else ""
        return f"{self.name}, {self.where}{oil}"

    @property
    def in_short(self) -> str:
        """Ship, port, days and AIS."""
        port = self.port.name if self.port is not None else self.place
        return f"{self.name}, {VERBS[self.what]} {port}, {self.days}, {AIS_WORDS[self.ais]}"

    @property
    def where(self) -> str:
        """Place, days and AIS."""
        return f"{VERBS[self.what]} {wording.berth(self.place)}, {self.days}, {AIS_WORDS[self.ais]}"

    @property
    def brief(self) -> str:
        """Ship, days and barrels: the shape of the mark says the AIS, and the port around it says where."""
        oil = f", {barrels(self.delivery.barrels.central)} bbl" if self.delivery is not None else ""
        return f"{self.name}, {self.days}{oil}"


def volume(of: Barrels) -> str:
    """Barrels with their range: ``13,797 barrels (6,709 to 28,787)``."""
    return f"{barrels(of.central)} barrels ({barrels(of.low)} to {barrels(of.high)})"


def ends(delivery: Delivery, ports: Iterable[Port]) -> tuple[Port | None, Port | None]:
    """Ports of loading and discharge, each None where it was not seen or is no port."""
    own = [call.port for call in delivery.calls if call.port is not None]
    return _named(delivery.loaded_at, own, ports), _named(delivery.delivered_at, own, ports)


def _named(text: str | None, own: list[Port], ports: Iterable[Port]) -> Port | None:
    """The port of ``port, facility``; one whose own name has a comma counts before one that it begins with."""
    if text is None:
        return None
    for known in (own, ports):
        fits = [port for port in known if text.startswith(port.name) and text[len(port.name) :][:2] in {"", ", "}]
        if fits:
            return max(fits, key=lambda port: len(port.name))
    return None


def stays(case: Case, status: CapStatus) -> tuple[Stay, ...]:
    """Calls that touch the year, a delivery's calls and ends whenever they were, in order of time.

    Each delivery has a stay for each end that was seen. A call that several deliveries rest on is a stay of each.
    """
    first, last = datetime(status.year, 1, 1), datetime(status.year, 12, 31, 23, 59, 59)  # noqa: DTZ001 - naive UTC
    by_call: defaultdict[tuple[object, ...], list[Delivery]] = defaultdict(list)
    calls = {_key(call): call for call in case.calls if call.start <= last and call.end >= first}
    for delivery in status.deliveries:
        for call in delivery.calls:
            calls.setdefault(_key(call), call)
            by_call[_key(call)].append(delivery)
    where = {seen.row: (seen.lat, seen.lon) for seen in case.sightings if seen.lat is not None}
    nothing: list[Delivery | None] = [None]
    found = [_of_call(call, one, where) for key, call in calls.items() for one in (by_call.get(key) or nothing)]
    ais = {seen.row: seen.ais_status for seen in case.sightings}
    for delivery in status.deliveries:
        seen_as = frozenset(ais[row] for row in delivery.rows if row in ais)
        found.extend(_of_ends(delivery, case.ports, seen_as))
    return tuple(sorted(found, key=_order))


def _key(call: PortCall) -> tuple[object, ...]:
    return call.ship, call.rows, call.kind, call.start, call.end


def _order(stay: Stay) -> tuple[object, ...]:
    delivery = stay.delivery.id if stay.delivery is not None else ""
    return stay.first, stay.last, stay.name, stay.ship, stay.place, delivery, stay.what, str(stay.point)


def _of_call(call: PortCall, delivery: Delivery | None, where: Mapping[int, tuple[float | None, float | None]]) -> Stay:
    place = call.place.text or "sea"
    if call.port is not None:
        place = f"{call.port.name}, {call.facility.name}" if call.facility is not None else call.port.name
    at = next((where[row] for row in call.rows if row in where), None) if call.port is None else None
    point = (at[0], at[1]) if at is not None and at[0] is not None and at[1] is not None else None
    name = wording.ship(call.identity) if call.identity is not None else call.name or UNIDENTIFIED
    return Stay(
        call.ship, name, _what(call.kind), call.port, place, point, call.start, call.end, _certain(call),
        _ais(call.ais), delivery,
    )  # fmt: skip


def _what(kind: CallKind) -> What:
    return "load" if kind in {"load", "receipt"} else "discharge" if kind == "discharge" else "other"


def _certain(call: PortCall) -> tuple[datetime, datetime] | None:
    """From the last day on which it can have arrived to the first on which it can have left."""
    if call.end - call.start <= WIDE:
        return call.start, call.end
    if call.arrived_by - _DAY > call.left_after + _DAY:
        return None
    return max(call.start, call.arrived_by - _DAY), min(call.end, call.left_after + _DAY)


def _ais(seen: frozenset[str]) -> Ais:
    """Off where it was ever off (VT201); else the more doubtful of what was seen."""
    if "off" in seen:
        return "off"
    if seen & {"intermittent", "spoofed"}:
        return "doubtful"
    return "on" if "on" in seen else "unknown"


def _of_ends(delivery: Delivery, ports: Iterable[Port], seen_as: frozenset[str]) -> Iterator[Stay]:
    """Ends of a delivery that none of its calls shows: those of ships that nobody could name."""
    either = {call.port.id for call in delivery.calls if call.port is not None}
    loading, landing = ends(delivery, ports)
    sides: tuple[tuple[What, Port | None, str | None, str | None], ...] = (
        ("load", loading, delivery.loaded_at, delivery.loaded_on),
        ("discharge", landing, delivery.delivered_at, delivery.delivered_on),
    )
    for what, port, place, when in sides:
        if place is None or (port is not None and port.id in either) or (port is None and delivery.calls):
            continue
        start, end = _interval(when, delivery)
        name = wording.ship(delivery.identity) if delivery.identity is not None else delivery.vessel
        yield Stay(
            delivery.calls[-1].ship if delivery.calls else _ship(delivery), name or "unidentified tanker", what, port,
            place, None, start, end, (start, end) if end - start <= WIDE else None, _ais(seen_as), delivery,
        )  # fmt: skip


def _interval(when: str | None, delivery: Delivery) -> tuple[datetime, datetime]:
    """First and last instant of a day or an interval ``a/b``; where none was written, of when the delivery counts."""
    first, _, last = (when or f"{delivery.earliest}/{delivery.latest}").partition("/")
    return datetime.fromisoformat(first), datetime.combine(date.fromisoformat(last or first), time(23, 59, 59))


def _ship(delivery: Delivery) -> str:
    """A key for the ship of a delivery without calls; empty where nobody could name it."""
    return delivery.identity.key if delivery.identity is not None else delivery.vessel
