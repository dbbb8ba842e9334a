"""What the figures rest on: findings, sightings, rows that could not be read, the fleet, the method."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from vesseltrack.reports.document import check_document
from vesseltrack.reports.explain import explanation, weakest_links
from vesseltrack.reports.xlsx.sheet import Column, Table, lines_of, when, yes
from vesseltrack.sightings.schema import ADDED_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vesseltrack.oil.seen import Seen
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.values import Document

SIGHTINGS = "Sightings"
"""By this name our own reader of workbooks finds the sheet again."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def findings(case: Case) -> Table:
    """A row for each finding, in the order of the report."""
    columns = (
        Column("Severity"), Column("Rule"), Column("Title", "long"), Column("Vessel"), Column("IMO"), Column("MMSI"),
        Column("Register name"), Column("Sighted IMO"), Column("Match"), Column("Score", "number"),
        Column("Reasons", "long"), Column("At port"), Column("At facility"), Column("Facility candidates"),
        Column("Position north", "number"), Column("Position east", "number"),
        Column("From", "instant"), Column("To", "instant"), Column("AIS"), Column("Measures"),
        Column("Listed by"), Column("Listed as"), Column("Listed on"), Column("Delisted on"),
        Column("Legal basis", "long"), Column("Decided"), Column("Decided because", "long"),
        Column("Decided until", "day"), Column("Of the fleet"), Column("Evidence", "long"), Column("Id"),
    )  # fmt: skip
    return Table("Findings", columns, tuple(map(_finding, check_document(case)["findings"])))


def _finding(one: Document) -> tuple[Any, ...]:
    who, match, place, decided = one["vessel"], one["match"], one["place"], one.get("decided") or {}

    def listed(key: str) -> str:
        return "; ".join(str(listing[key] or "") for listing in one["listings"])

    return (
        one["severity"], one["rule"], one["title"], who["name"], who["imo"], who["mmsi"],
        who["register_name"], who["sighted_imo"], match["grade"], match["score"],
        "; ".join(match["reasons"]), place["port"], place["facility"], "; ".join(place["facility_candidates"]),
        place["lat"], place["lon"],
        when(one["observed_from"]), when(one["observed_to"]), one["ais_status"], "; ".join(one["measures"]),
        listed("authority"), listed("listed_name"), listed("listed_on"), listed("delisted_on").strip("; "),
        "; ".join(one["legal_basis"]), decided.get("as"), decided.get("because"),
        when(decided.get("until")), yes(one.get("fleet")), lines_of(one["sightings"]), one["id"],
    )  # fmt: skip


def sightings(case: Case) -> Table:
    """A row for each sighting that rules looked at, under the names of its fields, to be read again."""
    columns = (
        *(Column(name) for name in (
            "date", "vessel", "imo", "mmsi", "call_sign", "flag", "type",
        )),
        Column("length_m", "number"), Column("count", "whole"), Column("port"), Column("facility"),
        Column("lat", "number"), Column("lon", "number"), Column("ais_status"), Column("activity"), Column("laden"),
        Column("product"), Column("barrels", "whole"), Column("cargo_m3", "whole"), Column("tonnes", "whole"),
        Column("other_vessel"), Column("other_imo"), Column("other_mmsi"), Column("source", "long"),
        Column(f"{ADDED_PREFIX}first", "instant"), Column(f"{ADDED_PREFIX}last", "instant"),
        Column(f"{ADDED_PREFIX}register name"), Column(f"{ADDED_PREFIX}file"), Column(f"{ADDED_PREFIX}line", "whole"),
        Column(f"{ADDED_PREFIX}ledger entry", "whole"),
    )  # fmt: skip
    return Table(SIGHTINGS, columns, tuple(map(_sighting, case.sightings)))


def _sighting(seen: Seen) -> tuple[Any, ...]:
    who, other, place = seen.identity, seen.other, seen.place
    return (
        date_text(seen.start, seen.end), seen.name, who.sighted_imo if who else None, who.mmsi if who else None,
        seen.call_sign, seen.flag, seen.type, seen.length_m, seen.count if seen.count_given else None,
        place.port.name if place.port else place.text, place.facility.name if place.facility else None,
        seen.lat, seen.lon, _known(seen.ais_status), _known(seen.activity), _known(seen.laden),
        seen.product, seen.barrels, seen.cargo_m3, seen.tonnes,
        *((other.name, other.sighted_imo, other.mmsi) if other else (None, None, None)), seen.source,
        seen.start, seen.end, who.vessel.name if who and who.vessel else None,
        seen.ref.source, seen.ref.line, seen.ref.entry or None,
    )  # fmt: skip


def _known(word: str) -> str | None:
    return None if word == "unknown" else word


def date_text(start: datetime, end: datetime) -> str:
    """When a sighting was made, as our reader has it: a day, an instant, or an interval of either."""
    if start == end:
        return f"{start.isoformat()}Z"
    if start.time() == (end + _SECOND).time() == start.min.time():
        return f"{start:%Y-%m-%d}" if end - start < _DAY else f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"
    return f"{start.isoformat()}Z/{end.isoformat()}Z"


def rejects(case: Case) -> Iterator[Table]:
    """Rows that could not be read, where there are any."""
    columns = (
        Column("File"),
        Column("Line", "whole"),
        Column("Column"),
        Column("Value", "long"),
        Column("Why", "long"),
    )
    rows = tuple((one.source, one.line, one.column, one.value, one.reason) for one in case.rejects)
    if rows:
        yield Table("Not read", columns, rows)


def fleet(case: Case) -> Iterator[Table]:
    """One's own ships, where somebody named them."""
    found = check_document(case).get("fleet")
    columns = (
        Column("Ship name"), Column("IMO"), Column("MMSI"), Column("Flag"), Column("Hit"),
        Column("Answer of the lists"), Column("Why", "long"), Column("Findings", "long"),
    )  # fmt: skip
    if found is not None:
        yield Table("Fleet", columns, tuple(
            (
                ship["name"], ship["imo"], "; ".join(ship["mmsi"]), ship["flag"], yes(ship["hit"]), ship["grade"],
                "; ".join(ship["reasons"]), "; ".join(map(str, ship["findings"])),
            )
            for ship in found["ships"]
        ))  # fmt: skip


def method(case: Case) -> Table:
    """How the figures came about, a sentence a row."""
    columns = (Column("Year", "year"), Column("About"), Column("Sentence", "long"))
    rows: list[tuple[int | None, str, str]] = [(None, "method", sentence) for sentence in case.method]
    for status in case.years:
        rows += [(status.year, "how the number came about", sentence) for sentence in explanation(status)]
        rows += [(status.year, "weakest link", sentence) for sentence in weakest_links(status, case.as_of)]
    by_rule: dict[str, dict[str, None]] = {}
    for finding in case.findings:
        by_rule.setdefault(finding.rule, {}).update(dict.fromkeys(finding.legal_basis))
    rows += [(None, f"legal basis of {rule}", "; ".join(basis)) for rule, basis in sorted(by_rule.items()) if basis]
    rows.append((None, "this workbook", READING))
    return Table("Method", columns, tuple(rows))


READING = (
    "The sheet Sightings is read again by vesseltrack as sightings; its columns vt: are not. It holds those that rules "
    "looked at: others, notes and columns of one's own are in the files. All times are UTC."
)
