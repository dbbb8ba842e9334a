"""What ``run`` says: plain text, the verdict first, and nothing where nothing is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.oil.year import CapStatus
    from vesseltrack.rules.model import Finding


def summary(new: Sequence[Finding], over: Iterable[str], years: Iterable[CapStatus], ledger: str, head: str) -> str:
    """The text of a run that has something to tell; empty where it has not.

    Args:
        new: findings that nobody was told of, most severe first.
        over: titles of cap thresholds that were told and that the estimate no longer reaches.
        years: the years against their caps.
        ledger: its path.
        head: hash of its last entry, by which the text can be anchored.
    """
    gone = tuple(over)
    if not new and not gone:
        return ""
    lines = [status.verdict for status in years if _concerns(status, new) or gone]
    lines += ["", f"{len(new)} new {'finding' if len(new) == 1 else 'findings'}:"] if new else []
    for finding in new:
        where = ", ".join(f"{ref.source}:{ref.line}" for ref in finding.sightings[:MOST_PLACES])
        more = len(finding.sightings) - MOST_PLACES
        lines.append(f"{finding.severity.label.upper()} {finding.rule} {finding.title}")
        lines.append(f"    {finding.id}" + (f"  {where}{f' and {more} more' if more > 0 else ''}" if where else ""))
    lines += [f"No longer so by what is known now: {title}" for title in gone]
    lines += ["", f"Indicates, does not prove. Ledger {ledger}, head {head}."]
    return "\n".join(printable(line) for line in lines).strip("\n") + "\n"


MOST_PLACES = 3
"""Sightings that are named with a finding; `check` names all."""


def _concerns(status: CapStatus, new: Iterable[Finding]) -> bool:
    return any(
        finding.observed_from is not None and finding.observed_from.year <= status.year <= finding.observed_to.year
        for finding in new
        if finding.observed_to is not None
    )
