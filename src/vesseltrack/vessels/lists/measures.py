"""From the words of a list to measures: what it says, and nothing that it does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vesseltrack.vessels.model import Measure

_FREEZE = re.compile(r"asset[s ]*freez|freez\w*\s+(?:of\s+)?(?:all\s+)?(?:the\s+)?(?:assets|funds)", re.IGNORECASE)
_PORT = re.compile(
    r"port[- ](?:entry|access)|enter(?:ing)?\s+(?:a |any |uk )?ports?\b|\bport\s+(?:entry\s+)?(?:ban\b|barring)",
    re.IGNORECASE,
)
_BANNED = re.compile(r"prohibit|\bban", re.IGNORECASE)
_MAY = re.compile(r"\bmay\b", re.IGNORECASE)
_DEFLAG = re.compile(r"\bde-?\s?flag|\bde-?\s?regist", re.IGNORECASE)
_SEE_OTHER = re.compile(r"see .{0,3}other information", re.IGNORECASE)
_SENT_ON = re.compile(r":?\s*\(see .{0,3}other information.{0,3}\)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.]")


def measures_in(sanctions: str, information: str = "") -> tuple[list[Measure], list[str]]:
    """Return the measures that a text names, ``|`` between them, and the parts that are none of ours, as printed.

    ``Shipping sanctions: (see 'Other information')``, which most ships under the UK's Russia regulations have, sends to
    a text that prohibits entry to UK ports. The same text says that a registration in the UK *may* be terminated and
    that a port barring direction *may* be given: a power, not a measure in force, so it is no de-flag.
    """
    measures: list[Measure] = []
    others = []
    for printed in dict.fromkeys(part.strip() for part in sanctions.split("|")):
        found: list[Measure] = []
        if _FREEZE.search(printed):
            found.append("asset_freeze")
        if _SEE_OTHER.search(printed):
            others.append(printed)
            if any(_bans_entry(clause) for clause in _CLAUSE.split(information)):
                found.append("port_entry_ban")
        elif _bans_entry(printed):
            found.append("port_entry_ban")
        if _DEFLAG.search(printed):
            found.append("deflag")
        measures += found
        if printed and not found:
            others.append(printed)
    return list(dict.fromkeys(measures)), list(dict.fromkeys(others))


def without_reference(printed: str) -> str:
    """Return a measure without the words that send to another column: ``Shipping sanctions``; notes hold that text."""
    return _SENT_ON.sub("", printed)


def _bans_entry(clause: str) -> bool:
    return bool(_PORT.search(clause) and _BANNED.search(clause) and not _MAY.search(clause))
