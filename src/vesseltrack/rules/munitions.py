"""VT5xx: the munitions shuttle between Rajin and Vostochny or Dunay (ruling 26)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vesseltrack.oil.voyages import middle
from vesseltrack.rules.evidence import finding, sightings_of, when, where, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import PortCall
    from vesseltrack.oil.seen import Seen

ARMS = ("UNSCR 1718 (2006) para 8(b)", "UNSCR 2270 (2016) para 6")

CONTAINERS_PER_VOYAGE = (222, 300)
"""About 2,000 containers in nine trips of Maia-1 (Open Source Centre, 2025); about 300 on one of Angara's (White House,
October 2023)."""


def _shuttle_calls(evidence: Evidence) -> dict[str, list[PortCall]]:
    """Calls of cargo ships at the shuttle's ports, by ship; container terminal or pier, never the oil berth."""
    calls: defaultdict[str, list[PortCall]] = defaultdict(list)
    for call in evidence.calls:
        kind = evidence.kinds.get(call.ship)
        if kind is None or not kind.munitions or call.port is None or call.place.at_roads:
            continue
        role = call.place.facility_role
        if "munitions" in call.port.roles and role in {None, "container_terminal", "munitions_pier"}:
            calls[call.ship].append(call)
    return {ship: sorted(found, key=lambda c: (c.start, c.end)) for ship, found in calls.items() if _on_shuttle(found)}


def _on_shuttle(calls: list[PortCall]) -> bool:
    """A known carrier, or a cargo ship seen at both ends."""
    vessel = calls[0].identity.vessel if calls[0].identity is not None else None
    if vessel is not None and vessel.role == "munitions_carrier":
        return True
    return {"KP"} < {call.port.country for call in calls if call.port is not None}


def carrier_at_shuttle_port(evidence: Evidence) -> Iterator[Finding]:
    """Munitions carrier at a port of the shuttle."""
    for calls in _shuttle_calls(evidence).values():
        for call in calls:
            seen = sightings_of(evidence, call)
            title = f"Munitions carrier {who(call.identity)} at {where(call)} {when(seen)}{_operator(call)}"
            yield finding("VT501", Severity.MEDIUM, title, seen, ARMS, identity=call.identity)


def _operator(call: PortCall) -> str:
    """Operator of the facility, and who had listed it by the day of the call."""
    facility = call.place.facility
    if facility is None or not facility.operator:
        return ""
    day = call.start.date().isoformat()
    listed = [f"{authority} since {since}" for authority, since in facility.operator_listings if since <= day]
    return f"; operator {facility.operator}" + (f", listed by {', '.join(listed)}" if listed else "")


def shuttle_voyages(evidence: Evidence) -> Iterator[Finding]:
    """Voyages of the shuttle, counted once each: a DPRK call and the Russian call after it are one."""
    by_year: defaultdict[int, list[PortCall]] = defaultdict(list)
    voyages: defaultdict[int, int] = defaultdict(int)
    for calls in _shuttle_calls(evidence).values():
        waiting = False
        for call in calls:
            in_dprk = call.port is not None and call.port.country == "KP"
            year = middle(call).year
            if in_dprk or not waiting:
                voyages[year] += 1
            waiting = in_dprk
            by_year[year].append(call)
    for year, calls in sorted(by_year.items()):
        seen = [s for call in calls for s in sightings_of(evidence, call)]
        ships = sorted({who(call.identity) for call in calls})
        count = voyages[year]
        low, high = (count * containers for containers in CONTAINERS_PER_VOYAGE)
        title = (
            f"{year}: at least {count} munitions voyage{'' if count == 1 else 's'} between the DPRK and Russia by "
            f"{', '.join(ships)}; {low:,} to {high:,} containers at {CONTAINERS_PER_VOYAGE[0]} to "
            f"{CONTAINERS_PER_VOYAGE[1]} a voyage"
        )
        yield finding("VT502", Severity.MEDIUM, title, seen, ARMS, subject=f"shuttle {year}")


def tanker_beside_carrier(evidence: Evidence) -> Iterator[Finding]:
    """Tanker of the trade and munitions carrier in one port on one day."""
    carriers = set(_shuttle_calls(evidence))
    for (port, day), seen in _by_port_and_day(evidence).items():
        ships = [s for s in seen if s.ship in carriers]
        tankers = [
            s for s in seen if s.ship in evidence.kinds and evidence.kinds[s.ship].oil and evidence.kinds[s.ship].trade
        ]
        if ships and tankers:
            names = ", ".join(sorted({who(s.identity) for s in tankers}))
            carrier = ", ".join(sorted({who(s.identity) for s in ships}))
            title = f"Tanker {names} and munitions carrier {carrier} both at {port} on {day}"
            yield finding("VT503", Severity.INFO, title, [*tankers, *ships], ARMS, subject=f"{port} {day}")


def tankers_gathering(evidence: Evidence) -> Iterator[Finding]:
    """Tankers of the trade gathering at the roads of a DPRK oil port."""
    for (port, day), seen in _by_port_and_day(evidence).items():
        tankers = [
            s for s in seen
            if s.place.port is not None and s.place.port.country == "KP"
            and (s.place.at_roads or s.activity == "anchored")
            and s.ship in evidence.kinds and evidence.kinds[s.ship].oil
        ]  # fmt: skip
        if len({s.ship for s in tankers}) > 1:
            names = ", ".join(sorted({who(s.identity) for s in tankers}))
            title = f"Tankers gathering off {port} on {day}: {names}"
            yield finding("VT504", Severity.INFO, title, tankers, (), subject=f"gathering {port} {day}")


def _by_port_and_day(evidence: Evidence) -> dict[tuple[str, str], list[Seen]]:
    """Sightings of identified ships that are dated to one day, by port and day."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.ship and seen.place.port is not None and seen.start.date() == seen.end.date():
            groups[seen.place.port.name, seen.start.date().isoformat()].append(seen)
    return groups


RULES = (
    Rule(
        "VT501", "Munitions carrier at a port of the shuttle", "medium", ARMS,
        "A ship known to have carried containers from the DPRK, or a cargo ship seen at both ends, at Rajin, at "
        "Vostochny's container terminal or at Dunay. Never fires on tankers.",
        carrier_at_shuttle_port,
    ),
    Rule(
        "VT502", "Munitions voyages counted", "medium", ARMS,
        "A DPRK call and the Russian call after it are one voyage; calls no more than two days apart are one call. "
        "Containers a voyage: about 2,000 in nine trips of Maia-1 (Open Source Centre), about 300 on one of Angara's "
        "(White House). The Republic of Korea put 6,700 containers at 3 million 152-mm or 500,000 122-mm rounds: "
        "alternatives, never summed.",
        shuttle_voyages,
    ),
    Rule(
        "VT503", "Tanker and munitions carrier in one port", "info", ARMS,
        "A tanker of the trade and a munitions carrier were in one port on one day.", tanker_beside_carrier,
    ),
    Rule(
        "VT504", "Tankers gathering off a DPRK oil port", "info", (),
        "Two or more tankers of the trade lay off a DPRK oil port on one day, as before the runs of March 2024.",
        tankers_gathering,
    ),
)  # fmt: skip
