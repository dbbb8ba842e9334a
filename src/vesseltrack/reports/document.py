"""The documents of ``check``, ``report`` and ``screen``: plain dicts, built once; JSON, NDJSON and CSV only write them.

Keys stand in a fixed order and are only ever added to (``docs/schema/``). Barrels are integers, each rounded by itself:
scenarios and estimates are summed before rounding, so the deliveries' integers can differ from a total by a few
barrels. Times are RFC 3339 in UTC. What is not known is null, never zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.closing import INDICATES, LICENCE
from vesseltrack.reports.values import day, instant, number, score
from vesseltrack.vessels.standing import TRADE_REGISTER, listing_shown

if TYPE_CHECKING:
    from datetime import date, datetime

    from vesseltrack.ports.model import Place
    from vesseltrack.reports.case import Backtest, Case, Fleet, FleetShip, Screening
    from vesseltrack.reports.values import Document
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import RejectedRow
    from vesseltrack.vessels.model import Candidate, Listing, ScreenResult

CHECK_SCHEMA = "vesseltrack.check/1"
REPORT_SCHEMA = "vesseltrack.report/1"
SCREEN_SCHEMA = "vesseltrack.screen/1"

NOTICE = (INDICATES, LICENCE)
"""What every document says of itself."""

SUMMARY_KEYS = (
    "sightings", "vessels", "listed", "review", "unlisted", "unidentified", "unresolved", "unplaced", "at_sea",
    "rejected", "duplicates", "findings", "info", "low", "medium", "high", "critical",
)  # fmt: skip
"""Order of ``summary``; a key that a case adds follows in alphabetical order."""


def check_document(case: Case) -> Document:
    """What ``check`` found: "vesseltrack.check/1"."""
    return {
        **head(CHECK_SCHEMA, case),
        "findings": _findings(case),
        "rejects": [reject_object(reject) for reject in case.rejects],
        "summary": summary_object(case),
        "decisions": _decisions(case),
        **_fleet(case),
        "notice": list(NOTICE),
    }


def report_document(case: Case) -> Document:
    """The years against their caps: "vesseltrack.report/1". For one year its keys stand at the top as well."""
    from vesseltrack.reports.year import year_object  # noqa: PLC0415 - `screen` of one name must not load numpy

    years = [year_object(status, case.as_of) for status in case.years]
    return {
        **head(REPORT_SCHEMA, case),
        "years": years,
        **(years[0] if len(years) == 1 else {}),
        "findings": _findings(case),
        "rejects": [reject_object(reject) for reject in case.rejects],
        "method": list(case.method),
        "summary": summary_object(case),
        "decisions": _decisions(case),
        **_fleet(case),
        "notice": list(NOTICE),
    }


def screen_document(screening: Screening) -> Document:
    """Who the queries may be: "vesseltrack.screen/1"."""
    return {
        **head(SCREEN_SCHEMA, screening),
        "results": [
            result_object(result, screening.as_of) | _mark(screening.fleet, result.line) for result in screening.results
        ],
        **_fleet(screening),
        "notice": list(NOTICE),
    }


def _decisions(case: Case) -> list[Document]:
    """What somebody decided about calls and deliveries."""
    from vesseltrack.reports.estimate import decision_object  # noqa: PLC0415

    return [decision_object(decided) for decided in case.decisions]


def _findings(case: Case) -> list[Document]:
    """Those of the fleet first and marked; without a fleet there is no mark."""
    return [
        finding_object(finding) | _mark(case.fleet, finding.id) | _decided(case, finding.id)
        for finding in (*case.of_fleet, *case.of_others)
    ]


def _decided(case: Case, finding: str) -> Document:
    """The key ``decided`` of a finding that somebody accepted or found to be false."""
    decision = case.decided.get(finding)
    if decision is None:
        return {}
    return {
        "decided": {
            "as": decision.how,
            "because": decision.because,
            "reference": decision.reference or None,
            "until": day(decision.until),
            "entry": decision.entry,
        }
    }


def _mark(fleet: Fleet | None, key: str | int) -> Document:
    return {} if fleet is None else {"fleet": key in fleet.involved}


def _fleet(payload: Case | Screening) -> Document:
    """The key ``fleet``, where there is one: each ship of it with the answer of the lists."""
    fleet = payload.fleet
    if fleet is None:
        return {}
    return {
        "fleet": {
            "path": fleet.path,
            "sha256": fleet.sha256,
            "screened": len(fleet.ships),
            "hits": fleet.hits,
            "ships": [fleet_ship_object(ship, fleet.as_of) for ship in fleet.ships],
        }
    }


def fleet_ship_object(ship: FleetShip, as_of: date) -> Document:
    """A ship of the fleet. ``hit``: on a list on the day, of a company that is, or part of one of ``findings``."""
    answer = result_object(ship.result, as_of)
    return {
        "name": ship.vessel.name,
        "imo": ship.vessel.imo,
        "mmsi": list(ship.vessel.mmsi),
        "call_sign": ship.vessel.call_sign or None,
        "flag": ship.vessel.flag or None,
        "hit": ship.hit,
        "findings": list(ship.findings),
        **{key: answer[key] for key in ("grade", "candidates", "checked", "reasons")},
    }


def head(schema: str, payload: Case | Screening | Backtest) -> Document:
    """What every document begins with."""
    return {
        "schema": schema,
        "program": {"version": payload.program_version, "data_version": payload.data_version},
        "as_of": day(payload.as_of),
        "complete": payload.complete,
        "incomplete_because": list(payload.incomplete_because),
        "inputs": [
            {
                "path": used.path,
                "sha256": used.sha256,
                "rows": used.rows,
                "rejected": used.rejected,
                "duplicates": used.duplicates,
                "notes": list(used.notes),
            }
            for used in getattr(payload, "inputs", ())
        ],
        "lists": [
            {
                "name": used.name,
                "authority": used.authority,
                "version": used.version or None,
                "retrieved": used.retrieved or None,
                "sha256": used.sha256 or None,
                "vessels": used.vessels,
                "id": used.id or None,
                "confirmed": used.confirmed or None,
                "companies": used.companies,
            }
            for used in payload.lists
        ],
        "reference": [{"name": used.name, "sha256": used.sha256} for used in payload.reference],
    }


def summary_object(case: Case) -> Document:
    """The counts of a case, in fixed order."""
    known = [key for key in SUMMARY_KEYS if key in case.summary]
    return {key: case.summary[key] for key in [*known, *sorted(set(case.summary) - set(known))]}


def finding_object(finding: Finding) -> Document:
    """One finding. ``vessel``, ``match`` and ``place`` are always objects; what is not known in them is null."""
    who = finding.identity
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "title": finding.title,
        "vessel": {
            "name": (who.name or None) if who else None,
            "imo": (who.imo or None) if who else None,
            "mmsi": (who.mmsi or None) if who else None,
            "register_name": who.vessel.name if who and who.vessel else None,
            "sighted_imo": (who.sighted_imo or None) if who else None,
        },
        "match": {
            "grade": who.grade if who else "none",
            "score": score(who.score) if who else 0.0,
            "reasons": list(who.reasons) if who else [],
        },
        "place": _place(finding.place, finding.lat, finding.lon),
        "observed_from": instant(finding.observed_from),
        "observed_to": instant(finding.observed_to),
        "ais_status": finding.ais_status,
        "measures": list(finding.measures),
        "listings": [_listing(listing, finding.observed_from) for listing in finding.listings],
        "legal_basis": list(finding.legal_basis),
        "sightings": [{"source": ref.source, "line": ref.line} for ref in finding.sightings],
    }


def _place(place: Place | None, lat: float | None, lon: float | None) -> Document:
    return {
        "port": place.port.name if place and place.port else None,
        "facility": place.facility.name if place and place.facility else None,
        "facility_candidates": [facility.name for facility in place.candidates] if place else [],
        "lat": number(lat),
        "lon": number(lon),
    }


def _listing(listing: Listing, when: datetime | None) -> Document:
    return {
        "authority": listing.authority,
        "list": listing.list,
        "listed_name": listing.listed_name,
        "listed_on": day(listing.listed_on),
        "delisted_on": day(listing.delisted_on),
        "measures": sorted(name for name, _ in listing.measures)
        if when is None
        else list(listing.measures_on(when.date())),
    }


def reject_object(reject: RejectedRow) -> Document:
    """One row that could not be read."""
    return {
        "source": reject.source,
        "line": reject.line,
        "column": reject.column,
        "value": reject.value,
        "reason": reject.reason,
    }


def result_object(result: ScreenResult, as_of: date) -> Document:
    """The answer to one query. ``checked`` is false where the query held nothing that can be checked."""
    return {
        "query": result.query,
        "line": result.line,
        "grade": result.grade,
        "candidates": [entry for candidate in result.candidates for entry in candidate_objects(candidate, as_of)],
        "checked": result.checked,
        "reasons": list(result.reasons),
    }


def candidate_objects(candidate: Candidate, as_of: date) -> list[Document]:
    """A candidate once per listing in force; else with its last listing; else with `TRADE_REGISTER`, on no list."""
    vessel = candidate.vessel
    entries: list[Listing | None] = [*vessel.listings_on(as_of)] or [listing_shown(vessel, as_of)]
    return [
        {
            "name": vessel.name,
            "imo": vessel.imo or None,
            "list": listing.list if listing else TRADE_REGISTER,
            "listed_name": listing.listed_name if listing else None,
            "listed_on": day(listing.listed_on) if listing else None,
            "delisted_on": day(listing.delisted_on) if listing else None,
            "measures": list(listing.measures_on(as_of)) if listing else [],
            "grade": candidate.grade,
            "score": score(candidate.score),
            "reasons": list(candidate.reasons),
        }
        for listing in entries
    ]
