"""From files to a Case: read, identify, place, count, check."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from vesseltrack import __version__, reference
from vesseltrack.cases.decisions import decisions_of, recorded_decisions
from vesseltrack.cases.fleet import FleetIndex, screen_fleet, unchecked, with_findings
from vesseltrack.cases.lists import stale_lists
from vesseltrack.cases.method import method
from vesseltrack.cases.relevant import relevant_rows
from vesseltrack.cases.ships import name_unlisted, other_ships
from vesseltrack.cases.sizes import own_sizes
from vesseltrack.cases.summary import incomplete, summarise, unplaced_sightings
from vesseltrack.cases.unread import with_unread
from vesseltrack.ledger.decisions import SET_ASIDE
from vesseltrack.oil.account import REFERENCE, account
from vesseltrack.oil.assumptions import Assumptions
from vesseltrack.oil.seen import seen_in
from vesseltrack.ports.placing import place_sightings
from vesseltrack.reference import ReferenceUsed
from vesseltrack.reports.case import Case
from vesseltrack.rules.catalogue import findings, selected
from vesseltrack.rules.model import Evidence, Severity
from vesseltrack.rules.moves import in_order
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.vessels.identity import identify_sightings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vesseltrack.cases.settings import CaseSettings
    from vesseltrack.cases.sizes import OwnSizes
    from vesseltrack.oil.seen import Seen
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.reports.case import Fleet
    from vesseltrack.rules.model import Finding
    from vesseltrack.sightings.schema import Sightings
    from vesseltrack.vessels.model import Identity
    from vesseltrack.vessels.register import Register


def examine(
    paths: Sequence[str],
    *,
    settings: CaseSettings,
    register: Register,
    gazetteer: Gazetteer,
    today: date,
    stdin: BinaryIO | None = None,
    read: Sightings | None = None,
    ledger: ReferenceUsed | None = None,
) -> Case:
    """Answer one command: findings, deliveries and years against the cap.

    The sightings are those of the files, or those that were ``read`` from the ledger.

    ``today`` bounds what may be a sighting and nothing else: no result depends on the clock. Raises InputError where an
    input cannot be read at all, ConfigurationError where a setting cannot be used.
    """
    latest = min(today, settings.as_of) if settings.as_of is not None else today
    if read is None:
        read = read_sightings(paths, mapping=settings.mapping, latest=latest, stdin=stdin)
    frame = read.frame
    frame["who"], identities = identify_sightings(frame, register)
    frame["place"], places = place_sightings(frame, gazetteer)
    frame["other"], others = other_ships(frame, register, offset=len(identities))
    identities += others
    unplaced = unplaced_sightings(frame, identities, places)
    companies = register.company_index
    concerned = frame[relevant_rows(frame, places, companies)].copy()
    concerned["who"], identities = name_unlisted(concerned, identities, register)
    sightings = tuple(seen_in(concerned, identities, places, companies))
    as_of = settings.as_of or _last_day(read, latest)
    years = settings.years or _years(read)
    sizes = None if settings.sizes is None else own_sizes(settings.sizes, register)
    assumptions = _assumptions(settings, sizes)
    reports = settings.reported.reports if settings.reported is not None else ()
    oil = account(
        sightings,
        gazetteer.ports,
        years if as_of else (),
        as_of=as_of or latest,
        reports_until=settings.as_of or max((date.fromisoformat(reference.DATA_VERSION), *(r.ends for r in reports))),
        years_asked=bool(settings.years),
        until=settings.as_of,
        opening=settings.opening_balance,
        assumptions=assumptions,
        decisions=(
            *(() if settings.decisions is None else decisions_of(settings.decisions, register, gazetteer)),
            *recorded_decisions(settings.recorded),
        ),
        reports=reports,
    )
    ordered = tuple(in_order(sightings))
    evidence = Evidence(
        sightings=ordered,
        unplaced=unplaced,
        kinds=oil.kinds,
        calls=oil.calls,
        deliveries=tuple(d for status in oil.years for d in status.deliveries),
        cap=oil.years,
        by_row=oil.by_row,
    )
    found = _of_years(findings(evidence, selected(settings.select, settings.ignore)), settings.years)
    summary = summarise(frame, read.inputs, identities, places, sightings, read.aside)
    fleet = _fleet(settings, register, as_of or latest, found, sightings)
    because = (
        *incomplete(read.inputs, summary, sum(len(u.sightings) for u in unplaced if u.identity is not None)),
        *(unchecked(fleet) if fleet is not None else ()),
        *stale_lists(register.lists, as_of or latest, settings.max_list_age_days),
    )
    severities = Counter(finding.severity for finding in found)
    return Case(
        program_version=__version__,
        data_version=reference.DATA_VERSION,
        as_of=as_of,
        incomplete_because=because,
        inputs=with_unread(read.inputs, frame, companies),
        lists=register.lists,
        reference=(*_reference(settings, register, gazetteer), *(() if ledger is None else (ledger,))),
        findings=found,
        rejects=read.rejects,
        summary=summary | {"findings": len(found)} | {s.label: severities[s] for s in Severity},
        years=oil.years,
        decisions=oil.decisions,
        unused_sizes=() if sizes is None else sizes.unused(oil.deliveries),
        method=method(assumptions),
        fleet=fleet,
        decided={one.about: one for one in settings.recorded if one.how in SET_ASIDE and one.holds(as_of or latest)},
        sightings=ordered,
        calls=oil.calls,
        ports=gazetteer.ports,
    )


def _of_years(found: tuple[Finding, ...], years: Sequence[int]) -> tuple[Finding, ...]:
    """Findings of the years asked for; all of them where none was asked for, and those without a date."""
    return tuple(
        finding
        for finding in found
        if not years
        or finding.observed_from is None
        or finding.observed_to is None
        or any(finding.observed_from.year <= year <= finding.observed_to.year for year in years)
    )


def _assumptions(settings: CaseSettings, sizes: OwnSizes | None) -> Assumptions:
    """What the estimate assumes, the user's sizes of ships among it."""
    assumptions = settings.assumptions or Assumptions()
    return assumptions if sizes is None else replace(assumptions, sizes=sizes.ships, strata=sizes.fleets)


def _reference(settings: CaseSettings, register: Register, gazetteer: Gazetteer) -> tuple[ReferenceUsed, ...]:
    """Every reference file that the case rests on, once; the user's own last."""
    own = (settings.reported, settings.sizes, settings.decisions)
    files = (*register.reference, *gazetteer.reference, *reference.used(*REFERENCE))
    return tuple(dict.fromkeys((*files, *(ReferenceUsed(file.path, file.sha256) for file in own if file is not None))))


def _fleet(
    settings: CaseSettings, register: Register, as_of: date, found: Iterable[Finding], sightings: Iterable[Seen]
) -> Fleet | None:
    """One's own ships: what the lists say of each, and the findings that involve it."""
    if settings.fleet is None:
        return None
    others: defaultdict[tuple[str, int], list[Identity]] = defaultdict(list)
    for seen in sightings:
        if seen.other is not None:
            others[seen.ref.source, seen.ref.line].append(seen.other)
    fleet = screen_fleet(settings.fleet, register, as_of)
    return with_findings(fleet, FleetIndex(settings.fleet.ships), found, others)


def _last_day(read: Sightings, latest: date) -> date | None:
    """The last sighting's day; an interval that runs on past ``latest`` ends there."""
    days = [] if read.frame.empty else [read.frame["end"].max().date()]
    days += [] if read.aside.last_day is None else [read.aside.last_day]
    return min(max(days), latest) if days else None


def _years(read: Sightings) -> tuple[int, ...]:
    """Every year in which a sighting ends."""
    return tuple(sorted(read.aside.years.union(read.frame["end"].dt.year.unique().tolist())))
