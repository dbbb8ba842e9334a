"""What kind of ship it is, as far as oil and munitions are concerned, and what its calls mean (ruling 16)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vesseltrack.vessels.flags import is_dprk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vesseltrack.oil.model import CallKind
    from vesseltrack.oil.products import Products
    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Identity, Vessel

_TANKER = re.compile(r"tanker|танкер|유조선|油轮|油船|^8\d$|^8\d\.0$", re.IGNORECASE)
"""Words for a tanker, and the AIS ship type codes 80 to 89 (ITU-R M.1371)."""

_OTHER_TYPE = re.compile(
    r"cargo|ro-?ro|roll-?on|container|bulk|coal|reefer|passenger|ferry|fishing|trawler|tug|barge|dredger|warship|naval"
    r"|화물선|грузов|货|^[3-7]\d(\.0)?$",
    re.IGNORECASE,
)
"""Words for ships that are no oil tankers, and the AIS ship type codes 30 to 79."""

_MUNITIONS_TYPE = re.compile(r"cargo|ro-?ro|roll-?on|container|^7\d(\.0)?$", re.IGNORECASE)
"""Ships of the munitions shuttle: ro-ro, container and general cargo ships (ruling 26)."""

DPRK_MID = "445"
"""Maritime identification digits of the DPRK in an MMSI (ITU table of MIDs)."""


@dataclass(frozen=True)
class ShipKind:
    """What all sightings of one ship together say about it."""

    tanker: bool
    """Known to be a tanker, by type, role in the register, or the oil in its rows."""

    dprk: bool
    """DPRK-flagged by flag, MMSI 445 or register."""

    trade: bool
    """A ship of the trade: in the register as tanker or munitions carrier, or DPRK-flagged."""

    oil: bool
    """Its calls are counted for oil (ruling 16)."""

    by_landing: bool
    """Counted only because it was seen at a DPRK oil facility: what it loads counts where it lands it there."""

    sure: bool
    """Known to be that ship; a possible match counts in high only (ruling 11)."""

    munitions: bool
    """Its calls are counted for the munitions shuttle."""


def is_dprk_ship(identity: Identity | None, flag: str = "") -> bool:
    """DPRK-flagged: by the flag of the sighting, MMSI 445, or the register where the sighting names no flag."""
    if flag:
        return is_dprk(flag)
    if identity is None:
        return False
    if identity.mmsi is not None:
        return identity.mmsi.startswith(DPRK_MID)
    return identity.grade == "match" and identity.vessel is not None and is_dprk(identity.vessel.flag)


def at_dprk_oil_facility(seen: Seen) -> bool:
    """Berthed at a DPRK oil facility, or at an unnamed berth of a DPRK port that has one."""
    place = seen.place
    if place.port is None or place.port.country != "KP" or place.at_roads:
        return False
    role = place.facility_role
    return role == "oil_discharge" or (role is None and "oil_discharge" in place.port.roles)


def ship_kinds(sightings: Iterable[Seen], products: Products) -> dict[str, ShipKind]:
    """Kind of each identified ship, by ship key."""
    by_ship: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in sightings:
        if seen.ship:
            by_ship[seen.ship].append(seen)
    return {ship: _kind(group, products) for ship, group in by_ship.items()}


def oil_ships(kinds: Mapping[str, ShipKind]) -> frozenset[str]:
    """Keys of the ships whose calls are counted for oil."""
    return frozenset(ship for ship, kind in kinds.items() if kind.oil)


def unidentified_kind(seen: Seen, products: Products) -> ShipKind:
    """Kind of the ship in a sighting that names none."""
    return _kind([seen], products)


def _kind(group: list[Seen], products: Products) -> ShipKind:
    vessel, sure = _register_entry(group)
    types = [seen.type for seen in group if seen.type] + ([vessel.type] if vessel is not None else [])
    says_oil = any(_says_oil(seen, products) for seen in group)
    tanker = _tanker(types, vessel) or says_oil
    dprk = any(is_dprk_ship(seen.identity, seen.flag) for seen in group)
    known = vessel is not None and vessel.role != ""
    of_the_trade = dprk or (vessel is not None and vessel.of_the_trade)
    return ShipKind(
        tanker=tanker,
        dprk=dprk,
        trade=(known and sure) or dprk,
        oil=tanker and (of_the_trade or any(at_dprk_oil_facility(seen) for seen in group)),
        by_landing=not of_the_trade,
        sure=sure or dprk or vessel is None,
        munitions=not tanker
        and ((vessel is not None and vessel.role == "munitions_carrier") or any(map(_MUNITIONS_TYPE.search, types))),
    )


def _register_entry(group: list[Seen]) -> tuple[Vessel | None, bool]:
    """The register's ship, and whether it surely is that one.

    A possible match is left alone where the rows themselves say another type of ship or another flag.
    """
    identities = [seen.identity for seen in group if seen.identity is not None and seen.identity.vessel is not None]
    surest = min(identities, key=lambda identity: identity.grade != "match", default=None)
    if surest is None or surest.grade == "match":
        return (surest.vessel if surest is not None else None), True
    foreign = any(seen.flag and not is_dprk(seen.flag) for seen in group)
    if foreign or any(_OTHER_TYPE.search(seen.type) for seen in group):
        return None, True
    return surest.vessel, False


def _tanker(types: list[str], vessel: Vessel | None) -> bool:
    if any(_TANKER.search(text) for text in types):
        return True
    return (
        vessel is not None
        and vessel.role in {"trade_tanker", "supplier_tanker"}
        and not any(_OTHER_TYPE.search(text) for text in types)
    )


def _says_oil(seen: Seen, products: Products) -> bool:
    """Whether the row itself says oil, on a ship of no other type.

    By a petroleum product, a volume, a known length at an oil berth, or a number of unidentified ships there (rulings
    16 and 17: what a ship can carry is known from its length).
    """
    if seen.product:
        return products.find(seen.product) is not None
    given = seen.barrels or seen.cargo_m3 or seen.tonnes
    sized = seen.length_m is not None or (seen.ship == "" and seen.count_given)
    at_oil_berth = seen.place.facility_role in {"oil_loading", "oil_discharge"}
    return bool(given or (sized and at_oil_berth)) and not _OTHER_TYPE.search(seen.type)


def call_kind(sightings: list[Seen], kind: ShipKind) -> CallKind:
    """What a call means, from its sightings in order of time."""
    kinds = {_sighting_kind(seen, kind) for seen in sightings}
    laden = [seen.laden for seen in sightings if seen.laden != "unknown"]
    if "load" in kinds and len(sightings) > 1 and laden and laden[-1] == "ballast":
        kinds.discard("load")  # left in ballast: ruling 20
    for what in ("load", "discharge", "receipt", "anchorage"):
        if what in kinds:
            return what
    return "other"


def _sighting_kind(seen: Seen, kind: ShipKind) -> CallKind:
    place, activity = seen.place, seen.activity
    if activity.startswith("sts_"):
        receives = kind.oil and activity == "sts_receiving"
        return "receipt" if receives and not (kind.dprk and is_dprk_ship(seen.other)) else "other"
    if place.port is None or activity in {"transit", "container"}:
        return "other"
    if place.at_roads or activity == "anchored":
        return "anchorage"
    if not kind.oil:
        return "other"
    role = place.facility_role
    if place.port.country == "KP":
        if activity == "discharging" or (activity != "loading" and at_dprk_oil_facility(seen)):
            return "discharge"
        return "other"
    loading_berth = role == "oil_loading" or (role is None and "oil_loading" in place.port.roles)
    if activity == "loading" or (loading_berth and activity != "discharging"):
        return "load"
    return "other"
