"""Findings over the years: each minted once, taken over by later runs, and told once.

A later run's finding of the same rule, ship and place whose period overlaps or touches a known one is that one, also
when an earlier sighting arrives late or a name gets its IMO number (ruling 27). Findings about the cap are those of a
regime, a year and a threshold: their id says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from vesseltrack.ledger.queries import replaced_before
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from vesseltrack.ledger.entries import Recorder
    from vesseltrack.rules.model import Finding

TOUCHING = timedelta(days=1)
"""Periods no farther apart touch: a day-precision sighting may be any instant of its day."""


@dataclass(frozen=True)
class Known:
    """A finding that an earlier run recorded."""

    id: str
    rule: str
    title: str
    ship: str
    """``Identity.key``; empty for findings about no single ship."""

    imo: str
    name: str
    """Canonical name, letters and number."""

    place: str
    """Port, or position to a tenth of a degree; empty where neither is known."""

    start: datetime | None
    end: datetime | None
    severity: str
    sightings: frozenset[tuple[str, int, int]]
    """Source, line and entry of those that this record names; of a later record, those that joined."""


def known_findings(connection: sqlite3.Connection) -> tuple[Known, ...]:
    """The findings that were recorded, in order: one that sightings joined since as often as they did."""
    rows = connection.execute("SELECT body FROM entries WHERE kind <> 'sighting' AND kind = 'finding' ORDER BY seq")
    return tuple(_known(json.loads(body)) for (body,) in rows)


def notified(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of the findings that were told, and that were not said to be over since."""
    out = replaced_before(connection)
    told: set[str] = set()
    for seq, text in connection.execute(
        "SELECT seq, body FROM entries WHERE kind <> 'sighting' AND kind = 'notice' ORDER BY seq"
    ):
        body = json.loads(text)
        if seq not in out:
            told = (told | set(body["findings"])) - set(body["over"])
    return frozenset(told)


def with_lasting_ids(found: Sequence[Finding], known: Sequence[Known]) -> tuple[Finding, ...]:
    """The findings of this run under the ids that they have had; a known id is taken over once."""
    ids = {finding.id for finding in found}
    taken = {one.id for one in known if one.id in ids}
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        for key in _keys(one):
            alike[key].append(at)
    lasting = []
    for finding in found:
        if finding.id not in taken:
            mine = _known(content_of(finding))
            for at in sorted({at for key in _keys(mine) for at in alike.get(key, ())}):
                if known[at].id not in taken and _same(known[at], mine):
                    taken.add(known[at].id)
                    finding = replace(finding, id=known[at].id)  # noqa: PLW2901 - the same finding, by its lasting id
                    break
        lasting.append(finding)
    return tuple(lasting)


def _keys(one: Known) -> tuple[tuple[str, ...], ...]:
    """What findings must share, one of them, to be the same."""
    return (one.rule, one.place, "ship", one.ship), (one.rule, one.place, "name", one.name)


def record_findings(recorder: Recorder, found: Iterable[Finding], known: Iterable[Known]) -> int:
    """Record the findings that no run recorded before; how many there were.

    Of one that was recorded a further entry is made where sightings joined it, which it names, or where its severity is
    another.
    """
    named: dict[str, frozenset[tuple[str, int, int]]] = {}
    severity: dict[str, str] = {}
    new = 0
    for one in known:
        named[one.id] = named.get(one.id, frozenset()) | one.sightings
        severity[one.id] = one.severity
    for finding in found:
        content = content_of(finding)
        before = named.get(finding.id, frozenset())
        content["sightings"] = [one for one in content["sightings"] if _sighting(one) not in before]
        if content["sightings"] or severity.get(finding.id) != content["severity"]:
            recorder.add("finding", content, seen_from=content["from"], seen_to=content["to"])
            new += finding.id not in severity
    return new


def content_of(finding: Finding) -> dict[str, Any]:
    """What is recorded of a finding."""
    who, place = finding.identity, finding.place
    port = place.port.id if place is not None and place.port is not None else ""
    if not port and finding.lat is not None and finding.lon is not None:
        port = f"{finding.lat:.1f} {finding.lon:.1f}"
    return {
        "finding": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "title": finding.title,
        "ship": who.key if who is not None else "",
        "imo": (who.imo or "") if who is not None else "",
        "name": " ".join(canonical(who.name)) if who is not None else "",
        "place": port,
        "from": _text(finding.observed_from),
        "to": _text(finding.observed_to),
        "sightings": [{"source": ref.source, "line": ref.line, "entry": ref.entry} for ref in finding.sightings],
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")


def _known(body: dict[str, Any]) -> Known:
    start, end = (datetime.fromisoformat(body[name]) if body[name] else None for name in ("from", "to"))
    return Known(
        body["finding"], body["rule"], body["title"], body["ship"], body["imo"], body["name"], body["place"],
        start, end, body["severity"], frozenset(map(_sighting, body["sightings"])),
    )  # fmt: skip


def _sighting(named: dict[str, Any]) -> tuple[str, int, int]:
    """Source, line and entry; the first ledgers did not name the entry."""
    return named["source"], named["line"], named.get("entry", 0)


def _same(known: Known, mine: Known) -> bool:
    """The same ship, at the same place, at times that overlap or touch."""
    ship = known.ship == mine.ship or (
        known.name == mine.name and bool(mine.name.strip()) and not (known.imo and mine.imo)
    )
    if not ship or known.place != mine.place or not mine.ship:
        return False
    if known.start is None or known.end is None or mine.start is None or mine.end is None:
        return known.start == mine.start
    return known.start <= mine.end + TOUCHING and mine.start <= known.end + TOUCHING
