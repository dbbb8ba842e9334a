"""VT9xx: what could not be checked."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from vesseltrack.rules.evidence import finding, finding_id, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.seen import Seen


def unresolved(evidence: Evidence) -> Iterator[Finding]:
    """No usable name, IMO number or MMSI, or evidence that points to two ships."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if is_unresolved(seen) and seen.identity is not None:
            groups[seen.identity.name, seen.identity.sighted_imo].append(seen)
    for (name, imo), group in groups.items():
        identity = group[0].identity
        reasons = "; ".join(identity.reasons) if identity is not None else ""
        shown = (
            " ".join(part for part in (name, f"IMO {imo}" if imo else "") if part) or "a ship without name or number"
        )
        title = f"Could not say which ship it was: {shown}, {when(group)}{f' ({reasons})' if reasons else ''}"
        yield finding("VT901", Severity.LOW, title, group, (), subject=f"{name}|{imo}", identity=identity)


def is_unresolved(seen: Seen) -> bool:
    """Unresolved : a sighting that names its ship unusably; an unidentified ship with a type is not."""
    identity = seen.identity
    if identity is None:
        return False
    if "two_ships" in identity.problems:
        return True
    return identity.key == "" and not (seen.type or seen.length_m is not None or seen.count_given or seen.count > 1)


def unplaced(evidence: Evidence) -> Iterator[Finding]:
    """Port name that is not in the gazetteer, and no coordinates."""
    for group in evidence.unplaced:
        ship = f"; {who(group.identity)} could not be placed" if group.identity is not None else ""
        count = len(group.sightings)
        title = f"Port {group.text!r} is not in the gazetteer ({count} sighting{'s' if count != 1 else ''}){ship}"
        key = group.identity.key if group.identity is not None else ""
        yield Finding(
            id=finding_id("VT902", key, hashlib.sha256(group.text.encode("utf-8", "surrogatepass")).hexdigest()),
            rule="VT902", severity=Severity.LOW, title=title, identity=group.identity, place=None, lat=None, lon=None,
            observed_from=group.first, observed_to=group.last, ais_status="unknown", measures=(), listings=(),
            legal_basis=(), sightings=group.sightings,
        )  # fmt: skip


RULES = (
    Rule(
        "VT901", "Ship not resolved", "low", (),
        "The sighting has no usable name, IMO number or MMSI, or its name and number point to two ships. It was not "
        "checked, and the result is incomplete.",
        unresolved,
    ),
    Rule(
        "VT902", "Place not found", "low", (),
        "The port's name is not in the gazetteer and no coordinates are given: rules about places were not applied. "
        "The result is incomplete where the ship is in the register.",
        unplaced,
    ),
)  # fmt: skip
