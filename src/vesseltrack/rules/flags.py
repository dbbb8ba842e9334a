"""VT308 and VT311: the flag that a ship is said to fly against its radio numbers and the register."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from vesseltrack.rules.evidence import basis_of, finding, listings_on, measures_on, when, who
from vesseltrack.rules.model import Evidence, Finding, Rule, Severity
from vesseltrack.rules.moves import in_order
from vesseltrack.vessels import flags
from vesseltrack.vessels.flags import DPRK
from vesseltrack.vessels.register import call_sign_key
from vesseltrack.vessels.stations import call_sign_flags, mid_flags, mid_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.oil.seen import Seen


_ITU = ("ITU Radio Regulations article 19",)


class Said(NamedTuple):
    """What one cell of a sighting says about the flag."""

    what: str
    """In words, for the finding: ``MMSI 445123456``, ``the flag``."""

    codes: tuple[str, ...]
    """Flags that the cell can mean; empty for digits that are allocated to nobody."""

    @property
    def state(self) -> str:
        """The flags in words."""
        return " or ".join(flags.name(code) for code in self.codes) or "allocated to nobody"


def _said(seen: Seen) -> list[Said]:
    """What MMSI, call sign and flag of a sighting say, where they say anything.

    Country digits that are allocated to nobody say that the ship flies no flag that it could have them from; that is
    told for the DPRK flag only, for elsewhere a slip of the pen is as likely.
    """
    found = []
    flag = flags.code(seen.flag)
    mmsi = seen.identity.mmsi if seen.identity is not None else None
    if mmsi and (mid_flags(mmsi) or (mid_of(mmsi) and flag == DPRK)):
        found.append(Said(f"MMSI {mmsi}", mid_flags(mmsi)))
    if states := call_sign_flags(seen.call_sign):
        found.append(Said(f"call sign {call_sign_key(seen.call_sign)}", states))
    if flag:
        found.append(Said("the flag", (flag,)))
    return found


def flag_conflict(evidence: Evidence) -> Iterator[Finding]:
    """MMSI, call sign and flag given are not those of one State."""
    groups: defaultdict[tuple[str, Said, Said], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        for one, other in combinations(_said(seen), 2):
            if not any(flags.compatible(a, b) for a in one.codes for b in other.codes):
                groups[seen.ship, one, other].append(seen)
    for (ship, one, other), group in groups.items():
        identity = in_order(group)[0].identity
        title = f"{who(identity)}: {one.what} ({one.state}) contradicts {other.what} ({other.state}) {when(group)}"
        severity = Severity.MEDIUM if DPRK in (*one.codes, *other.codes) else Severity.LOW
        yield finding(
            "VT308",
            severity,
            title,
            group,
            _ITU,
            identity=identity,
            subject=f"{ship} {one.what} {one.state} {other.state}",
        )


def reflagged(evidence: Evidence) -> Iterator[Finding]:
    """A listed ship under another flag than the register has for it, where no measure forbids it a flag."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in evidence.sightings:
        day = seen.start.date()
        listings = listings_on(seen.identity, day)
        if not listings or "deflag" in measures_on(listings, day) or not (seen.identity and seen.identity.vessel):
            continue
        known, flown = flags.code(seen.identity.vessel.flag), flags.code(seen.flag)
        if known and flown and known != flown:
            groups[seen.ship, flown].append(seen)
    for (ship, flown), group in groups.items():
        first = in_order(group)[0]
        identity, day = first.identity, first.start.date()
        listings = listings_on(identity, day)
        register = flags.name(flags.code(identity.vessel.flag)) if identity and identity.vessel else ""
        title = (
            f"{who(identity)}, designated, was sighted under the flag of {flags.name(flown)} {when(group)}; "
            f"the register has {register}: re-flagged, or under a false flag"
        )
        yield finding(
            "VT311", Severity.LOW, title, group, basis_of(listings), measures=measures_on(listings, day),
            listings=listings, identity=identity, subject=f"{ship} {flown}",
        )  # fmt: skip


RULES = (
    Rule(
        "VT308", "MMSI, call sign and flag contradict each other", "medium where the DPRK is one of the two, else low",
        _ITU,
        "The first three digits of a ship's MMSI are those of a State (445: the DPRK; 351 to 357 and 370 to 374: "
        "Panama), and so are the first characters of its call sign (HM and P5 to P9: the DPRK). The flag given with "
        "the sighting, or the other of the two, is another State's. One finding for each ship and contradiction. An "
        "overseas territory and the State it belongs to do not contradict each other; Hong Kong and China do, for "
        "each has digits of its own. A flag that is not known, or false, contradicts nothing. Re-flagging that the "
        "AIS operator has not caught up with looks the same.",
        flag_conflict,
    ),
    Rule(
        "VT311", "Re-flagged since listing", "low", ("the listing's own",),
        "A ship on a list in force on the day was sighted under another flag than the register has for it, both flags "
        "known by name: it changed its flag, or flies a false one. Once per ship and flag. Not for a ship that its "
        "flag State had to strike from the register: VT121 tells every flag that such a ship flies.",
        reflagged,
    ),
)  # fmt: skip
