"""VT105 and VT106: a ship that may be one of the register, and one of the register that bears another name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vesseltrack.rules.authorities import cited
from vesseltrack.rules.evidence import finding, listings_on, measures_on, sightings_of, when, where
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.model import PortCall
    from vesseltrack.oil.seen import Seen
    from vesseltrack.vessels.model import Identity


def possible_match(evidence: Evidence) -> Iterator[Finding]:
    """Sighted ship that may be a ship of the register; to be reviewed by a person."""
    for call in evidence.calls:
        doubtful: defaultdict[Identity, list[Seen]] = defaultdict(list)
        for seen in sightings_of(evidence, call):
            if seen.identity is not None and seen.identity.grade == "review":
                doubtful[seen.identity].append(seen)
        for identity, group in doubtful.items():
            yield _review(identity, group, call)


def _review(identity: Identity, seen: list[Seen], call: PortCall) -> Finding:
    day = min(s.start for s in seen).date()
    vessels = [candidate.vessel for candidate in identity.candidates if candidate.grade != "none"]
    listings = tuple(listing for vessel in vessels for listing in vessel.listings_on(day))
    names = " or ".join(dict.fromkeys(vessel.name for vessel in vessels)) or "a DPRK-flagged ship"
    shown = identity.name or identity.mmsi or identity.sighted_imo or "a ship"
    title = f"{shown} may be {names} ({'; '.join(identity.reasons)}), {where(call)}, {when(seen)}"
    severity = Severity.MEDIUM if listings else Severity.LOW
    return finding(
        "VT105", severity, title, seen, (), listings=listings, identity=identity,
        subject=f"{identity.key} {identity.name}",
    )  # fmt: skip


def other_name(evidence: Evidence) -> Iterator[Finding]:
    """A register ship's IMO number under a name that the register does not know."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        if seen.identity is not None and "other_name" in seen.identity.problems and seen.identity.vessel is not None:
            groups[seen.ship, seen.identity.name].append(seen)
    for (_, name), group in groups.items():
        identity, day = group[0].identity, min(s.start for s in group).date()
        if identity is None or identity.vessel is None:
            continue
        listings = listings_on(identity, day)
        severity = Severity.MEDIUM if listings else Severity.LOW
        title = (
            f"IMO {identity.imo} of {identity.vessel.name} sighted under the name {name} {when(group)}: "
            "renamed, or disguised"
        )
        yield finding(
            "VT106", severity, title, group, cited(listings),
            measures=measures_on(listings, day), listings=listings, identity=identity,
        )  # fmt: skip


RULES = (
    Rule(
        "VT105", "Possible match", "medium where a candidate was listed on the day, else low", (),
        "A name, number or MMSI that may belong to a ship of the register: a painted, laundered or translated name, a "
        "name that many ships bear, a number missing on one side, one letter apart in a short name, an MMSI of the "
        "DPRK. A person must look. No measures are attached to a possible match.",
        possible_match,
    ),
    Rule(
        "VT106", "Register ship under another name", "medium when listed on the day, else low", ("the listing's own",),
        "An IMO number stays with the hull for life. A ship of the register was sighted under a name that the register "
        "does not know: renamed, or disguised.",
        other_name,
    ),
)  # fmt: skip
