"""What somebody decided about calls and deliveries, with a reason: disproved, or exempted by the Committee.

A disproved call brought nothing and is not counted. An exempt delivery was made and does not count towards the cap
(2397 para 25); it is shown beside the estimate. Neither is ever hidden: each decision is listed with what it took out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Literal

from vesseltrack.oil.calls import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vesseltrack.oil.model import Delivery, PortCall

DecisionKind = Literal["disproved", "exempt"]


@dataclass(frozen=True)
class Decision:
    """A decision about the calls of a ship in a period, or about one delivery."""

    kind: DecisionKind
    because: str
    reference: str
    """The Committee's reference of an exemption; empty where there is none."""

    where: str
    """File and line."""

    delivery: str = ""
    """Id of the delivery; empty where the decision is about a ship and a period."""

    ship: str | None = None
    """``Identity.key``; None for ships that nobody could name."""

    name: str = ""
    port: str = ""
    """``Port.name``; empty for any."""

    start: datetime | None = None
    end: datetime | None = None
    until: date | None = None
    """Last day on which it holds; None for ever."""


@dataclass(frozen=True)
class Decided:
    """A decision and what it changed."""

    decision: Decision
    expired: bool
    changed: tuple[str, ...]
    """Calls or deliveries, in words; empty where it fits none."""


class Decisions:
    """The decisions in force on a day, and what they have changed so far."""

    def __init__(self, given: Sequence[Decision], as_of: date) -> None:
        self._given = tuple(given)
        self._expired = {d for d in given if d.until is not None and d.until < as_of}
        self._changed: dict[Decision, list[str]] = {decision: [] for decision in given}

    def calls(self, calls: Iterable[PortCall]) -> tuple[PortCall, ...]:
        """The calls, those that were disproved as calls that mean nothing for oil."""
        return tuple(self._call(call) for call in calls)

    def deliveries(self, found: Iterable[Delivery]) -> tuple[Delivery, ...]:
        """The deliveries without those that were disproved, and the exempt ones marked."""
        kept = []
        for delivery in found:
            decision = next((d for d in self._in_force() if _is_about(d, delivery)), None)
            if decision is None:
                kept.append(delivery)
                continue
            ship = delivery.vessel or "unidentified tanker"
            at = delivery.delivered_at or delivery.loaded_at
            self._changed[decision].append(f"{ship}, {at}, {delivery.counted_on}, {delivery.id}")
            if decision.kind == "exempt":
                reference = f" ({decision.reference})" if decision.reference else ""
                kept.append(replace(delivery, exempt=f"{decision.because}{reference}"))
        return tuple(kept)

    def told(self) -> tuple[Decided, ...]:
        """Each decision with what it changed, in the order given."""
        return tuple(Decided(d, d in self._expired, tuple(self._changed[d])) for d in self._given)

    def _in_force(self) -> Iterable[Decision]:
        return (decision for decision in self._given if decision not in self._expired)

    def _call(self, call: PortCall) -> PortCall:
        if call.kind == "other":
            return call
        for decision in self._in_force():
            if decision.kind == "disproved" and _is_call(decision, call):
                at = call.port.name if call.port is not None else "at sea"
                self._changed[decision].append(f"{call.name}, {at}, {call.start.date()}")
                return replace(call, kind="other")
        return call


def _is_about(decision: Decision, delivery: Delivery) -> bool:
    if decision.delivery:
        return decision.delivery in (delivery.id, delivery.id.partition("-")[0])  # with the turn-rounds in its chain
    if delivery.calls:
        return decision.kind == "exempt" and any(_is_call(decision, call) for call in delivery.calls)
    at = (delivery.delivered_at or delivery.loaded_at or "").partition(",")[0]
    first, last = (datetime.combine(day, time.min) for day in (delivery.earliest, delivery.latest))
    return decision.ship is None and decision.port in ("", at) and _within(decision, first, last)


def _is_call(decision: Decision, call: PortCall) -> bool:
    at = call.port.name if call.port is not None else ""
    return (
        not decision.delivery
        and decision.ship == call.ship
        and decision.port in ("", at)
        and _within(decision, call.start, call.end)
    )


def _within(decision: Decision, start: datetime, end: datetime) -> bool:
    """Whether it was in the period decided about; a call dated far more widely than that period is another."""
    if decision.start is None or decision.end is None:
        return False
    return decision.start <= end and start <= decision.end and end - start <= max(decision.end - decision.start, WIDE)
