"""The documents of ``check``, ``report`` and ``screen``: plain dicts, built once; JSON, NDJSON and CSV only write them.

Keys stand in a fixed order and are only ever added to (``docs/schema/``). Barrels are integers, each rounded by itself:
scenarios and estimates are summed before rounding, so the deliveries' integers can differ from a total by a few
barrels. Times are RFC 3339 in UTC. What is not known is null, never zero.
"""

from __future__ import annotations

from datetime import UTC
from math import isfinite
from typing import TYPE_CHECKING, Any

from vesseltrack.reports.closing import INDICATES, LICENCE
from vesseltrack.vessels.screening import TRADE_REGISTER, listing_shown

if TYPE_CHECKING:
    from datetime import date, datetime

    from vesseltrack.oil.model import Barrels, CapStatus, Crossing, Delivery, Reported
    from vesseltrack.ports.model import Place
    from vesseltrack.reports.case import Case, Screening
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import RejectedRow
    from vesseltrack.vessels.model import Candidate, Listing, ScreenResult

Document = dict[str, Any]

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
        **_head(CHECK_SCHEMA, case),
        "findings": [finding_object(finding) for finding in case.findings],
        "rejects": [reject_object(reject) for reject in case.rejects],
        "summary": summary_object(case),
        "notice": list(NOTICE),
    }


def report_document(case: Case) -> Document:
    """The years against their caps: "vesseltrack.report/1". For one year its keys stand at the top as well."""
    years = [year_object(status) for status in case.years]
    return {
        **_head(REPORT_SCHEMA, case),
        "years": years,
        **(years[0] if len(years) == 1 else {}),
        "findings": [finding_object(finding) for finding in case.findings],
        "rejects": [reject_object(reject) for reject in case.rejects],
        "method": list(case.method),
        "summary": summary_object(case),
        "notice": list(NOTICE),
    }


def screen_document(screening: Screening) -> Document:
    """Who the queries may be: "vesseltrack.screen/1"."""
    return {
        **_head(SCREEN_SCHEMA, screening),
        "results": [result_object(result, screening.as_of) for result in screening.results],
        "notice": list(NOTICE),
    }


def _head(schema: str, payload: Case | Screening) -> Document:
    return {
        "schema": schema,
        "program": {"version": payload.program_version, "data_version": payload.data_version},
        "as_of": _date(payload.as_of),
        "complete": payload.complete,
        "incomplete_because": list(payload.incomplete_because),
        "inputs": [
            {
                "path": used.path,
                "sha256": used.sha256,
                "rows": used.rows,
                "rejected": used.rejected,
                "duplicates": used.duplicates,
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
    """One finding. ``vessel`` and ``match`` are null where it concerns no single ship, ``place`` where no place."""
    who = finding.identity
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "title": finding.title,
        "vessel": None
        if who is None
        else {
            "name": who.name or None,
            "imo": who.imo or None,
            "mmsi": who.mmsi or None,
            "register_name": who.vessel.name if who.vessel else None,
            "sighted_imo": who.sighted_imo or None,
        },
        "match": None
        if who is None
        else {"grade": who.grade, "score": _score(who.score), "reasons": list(who.reasons)},
        "place": _place(finding.place, finding.lat, finding.lon),
        "observed_from": _instant(finding.observed_from),
        "observed_to": _instant(finding.observed_to),
        "ais_status": finding.ais_status,
        "measures": list(finding.measures),
        "listings": [_listing(listing, finding.observed_from) for listing in finding.listings],
        "legal_basis": list(finding.legal_basis),
        "sightings": [{"source": ref.source, "line": ref.line} for ref in finding.sightings],
    }


def _place(place: Place | None, lat: float | None, lon: float | None) -> Document | None:
    latitude, longitude = _number(lat), _number(lon)
    if place is None and latitude is None and longitude is None:
        return None
    return {
        "port": place.port.name if place and place.port else None,
        "facility": place.facility.name if place and place.facility else None,
        "facility_candidates": [facility.name for facility in place.candidates] if place else [],
        "lat": latitude,
        "lon": longitude,
    }


def _listing(listing: Listing, when: datetime | None) -> Document:
    return {
        "authority": listing.authority,
        "list": listing.list,
        "listed_name": listing.listed_name,
        "listed_on": _date(listing.listed_on),
        "delisted_on": _date(listing.delisted_on),
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


def year_object(status: CapStatus) -> Document:
    """A year against its cap."""
    regime = status.regime
    opening, projection = status.opening_balance, status.projection
    return {
        "cap": {
            "regime": regime.id if regime else None,
            "year": status.year,
            "limit_barrels": regime.limit_barrels if regime else None,
            "legal_basis": list(regime.legal_basis) if regime else [],
        },
        "verdict": status.verdict,
        "coverage": {
            "from": _date(status.coverage_from),
            "to": _date(status.coverage_to),
            "days_observed": status.days_observed,
        },
        "estimate": {**_barrels(status.estimate), "probability_exceeded": None},
        "scenarios": [
            {
                "fill": round(scenario.fill, 4),
                "barrels": scenario.barrels,
                "percent_of_cap": _number(scenario.percent_of_cap, 2),
                "crossed_on": _date(scenario.crossed_on),
            }
            for scenario in status.scenarios
        ],
        "crossings": [_crossing(crossing) for crossing in status.crossings],
        "deliveries": [delivery_object(delivery) for delivery in status.deliveries],
        "reported": _reported(status.reported),
        "projection": None
        if projection is None
        else {
            "rate_per_30_days": projection.rate_per_30_days,
            "low": _date(projection.low),
            "central": _date(projection.central),
            "high": _date(projection.high),
        },
        "uncapped": _barrels(status.uncapped),
        "opening_balance": None
        if opening is None
        else {"barrels": opening.barrels, "until": _date(opening.until), "because": opening.because},
        "caveats": list(status.caveats),
    }


def _crossing(crossing: Crossing) -> Document:
    return {
        "basis": crossing.basis,
        "percent": crossing.percent,
        "low": _date(crossing.low),
        "central": _date(crossing.central),
        "high": _date(crossing.high),
    }


def _reported(reported: Reported) -> Document:
    return {
        "barrels": reported.barrels,
        "by_state": dict(reported.by_state),
        "missing_months": [{"state": state, "months": list(months)} for state, months in reported.missing_months],
        "sources": list(reported.sources),
    }


def delivery_object(delivery: Delivery) -> Document:
    """One delivery, with the sightings it rests on."""
    return {
        "id": delivery.id,
        "vessel": delivery.vessel or None,
        "imo": delivery.imo or None,
        "kind": delivery.kind,
        "loaded_on": delivery.loaded_on,
        "loaded_at": delivery.loaded_at,
        "delivered_on": delivery.delivered_on,
        "delivered_at": delivery.delivered_at,
        "counted_on": _date(delivery.counted_on),
        "capacity": {**_barrels(delivery.capacity), "basis": delivery.capacity.basis},
        "barrels": _barrels(delivery.barrels),
        "sightings": [{"source": ref.source, "line": ref.line} for ref in delivery.sightings],
        "in_cap": delivery.in_cap,
        "designated": delivery.designated,
        "product": delivery.product or None,
        "state": delivery.state or None,
        "why": delivery.why,
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
            "listed_on": _date(listing.listed_on) if listing else None,
            "delisted_on": _date(listing.delisted_on) if listing else None,
            "measures": list(listing.measures_on(as_of)) if listing else [],
            "grade": candidate.grade,
            "score": _score(candidate.score),
            "reasons": list(candidate.reasons),
        }
        for listing in entries
    ]


def _barrels(volume: Barrels) -> Document:
    return {"low": _whole(volume.low), "central": _whole(volume.central), "high": _whole(volume.high)}


def _whole(volume: float) -> int | None:
    return round(volume) if isfinite(volume) else None


def _number(value: float | None, digits: int | None = None) -> float | None:
    if value is None or not isfinite(value):
        return None
    return float(value) if digits is None else round(float(value), digits)


def _score(value: float) -> float | None:
    return _number(value, 4)


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return f"{utc.isoformat(timespec='seconds')}Z"
