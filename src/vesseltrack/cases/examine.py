"""From files to a Case: read, identify, place, count, check."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from vesseltrack import __version__, reference
from vesseltrack.cases.lists import stale_lists
from vesseltrack.cases.method import METHOD
from vesseltrack.cases.relevant import SHIP_COLUMNS, relevant_rows
from vesseltrack.oil.account import REFERENCE, account
from vesseltrack.oil.seen import Seen, seen_in
from vesseltrack.ports.placing import place_sightings
from vesseltrack.reports.case import Case
from vesseltrack.rules.catalogue import findings, selected
from vesseltrack.rules.coverage import is_unresolved
from vesseltrack.rules.evidence import listings_on
from vesseltrack.rules.model import Evidence, Severity, Unplaced
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.schema import SightingRef
from vesseltrack.vessels.identity import identify, identify_sightings
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.cases.settings import CaseSettings
    from vesseltrack.ports.gazetteer import Gazetteer
    from vesseltrack.ports.model import Place
    from vesseltrack.sightings.schema import InputFile, Sightings
    from vesseltrack.vessels.model import Identity
    from vesseltrack.vessels.names import NameKey
    from vesseltrack.vessels.register import Register

    Codes = npt.NDArray[np.int32]


def examine(
    paths: Sequence[str],
    *,
    settings: CaseSettings,
    register: Register,
    gazetteer: Gazetteer,
    today: date,
    stdin: BinaryIO | None = None,
) -> Case:
    """Answer one command: findings, deliveries and years against the cap.

    ``today`` bounds what may be a sighting and nothing else: no result depends on the clock. Raises InputError where an
    input cannot be read at all, ConfigurationError where a setting cannot be used.
    """
    latest = min(today, settings.as_of) if settings.as_of is not None else today
    read = read_sightings(paths, mapping=settings.mapping, latest=latest, stdin=stdin)
    frame = read.frame
    frame["who"], identities = identify_sightings(frame, register)
    frame["place"], places = place_sightings(frame, gazetteer)
    frame["other"], others = _other_ships(frame, register, offset=len(identities))
    identities += others
    unplaced = _unplaced(frame, identities, places)
    concerned = frame[relevant_rows(frame, places)].copy()
    concerned["who"], identities = _name_unlisted(concerned, identities, register)
    sightings = tuple(seen_in(concerned, identities, places))
    as_of = settings.as_of or _last_day(frame, latest)
    years = settings.years or _years(frame)
    oil = account(sightings, gazetteer.ports, years if as_of else (), as_of or latest, settings.opening_balance)
    evidence = Evidence(
        sightings=sightings,
        unplaced=unplaced,
        kinds=oil.kinds,
        calls=oil.calls,
        deliveries=tuple(d for status in oil.years for d in status.deliveries),
        cap=oil.years,
        as_of=as_of or latest,
    )
    found = findings(evidence, selected(settings.select, settings.ignore))
    summary = _summary(frame, read, places, sightings)
    because = (
        *_incomplete(read.inputs, summary, sum(len(u.sightings) for u in unplaced if u.identity is not None)),
        *stale_lists(register.lists, as_of or latest, settings.max_list_age_days),
    )
    severities = Counter(finding.severity for finding in found)
    return Case(
        program_version=__version__,
        data_version=reference.DATA_VERSION,
        as_of=as_of,
        incomplete_because=because,
        inputs=read.inputs,
        lists=register.lists,
        reference=tuple(
            dict.fromkeys((*register.reference, *gazetteer.reference, *reference.used(*REFERENCE)))
        ),
        findings=found,
        rejects=read.rejects,
        summary=summary | {"findings": len(found)} | {s.label: severities[s] for s in Severity},
        years=oil.years,
        method=METHOD,
    )


def _other_ships(frame: pd.DataFrame, register: Register, offset: int) -> tuple[Codes, tuple[Identity, ...]]:
    """Identify the other ship of a transfer, where a row names one: counterpart, or other vessel, IMO and MMSI."""
    codes = np.full(len(frame), -1, dtype=np.int32)
    names = ("counterpart", "other_vessel", "other_imo", "other_mmsi")
    given = np.logical_or.reduce([(frame[name] != "").to_numpy(dtype=bool) for name in names])
    found: dict[tuple[str, str, str], int] = {}
    identities: list[Identity] = []
    texts = zip(*(frame.loc[given, name].astype(object) for name in names), strict=True)
    for row, (counterpart, vessel, imo, mmsi) in zip(np.flatnonzero(given), texts, strict=True):
        key = (vessel or counterpart, imo, mmsi)
        if key not in found:
            found[key] = offset + len(identities)
            identities.append(identify(register, name=key[0], imo=imo, mmsi=mmsi))
        codes[row] = found[key]
    return codes, tuple(identities)


def _name_unlisted(
    frame: pd.DataFrame, identities: tuple[Identity, ...], register: Register
) -> tuple[Codes, tuple[Identity, ...]]:
    """Give ships outside the register an identity of their own, so that their sightings can be followed.

    A name without a number is taken for the one ship of that name whose number is known in the same input.
    """
    codes = frame["who"].to_numpy().copy()
    unlisted = codes < 0
    known = list(identities)
    found: dict[tuple[str, str, str], int] = {}
    texts = zip(*(frame.loc[unlisted, name].astype(object) for name in SHIP_COLUMNS), strict=True)
    for row, key in zip(np.flatnonzero(unlisted), texts, strict=True):
        if key not in found:
            found[key] = len(known)
            known.append(identify(register, name=key[0], imo=key[1], mmsi=key[2]))
        codes[row] = found[key]
    numbered: defaultdict[NameKey, dict[str, int]] = defaultdict(dict)
    for at in found.values():
        if known[at].imo is not None:
            numbered[canonical(known[at].name)][known[at].key] = at
    for at in found.values():
        same = numbered.get(canonical(known[at].name), {})
        if known[at].imo is None and known[at].name and len(same) == 1:
            codes[codes == at] = next(iter(same.values()))
    return codes, tuple(known)


def _unplaced(frame: pd.DataFrame, identities: Sequence[Identity], places: Sequence[Place]) -> tuple[Unplaced, ...]:
    """Sightings at ports that the gazetteer does not know, by ship of the register and port name."""
    lost = np.array([place.kind == "unplaced" for place in places], dtype=bool)
    rows = frame[lost[frame["place"].to_numpy()]] if lost.size else frame[:0]
    ships = [identities[who].vessel if who >= 0 else None for who in rows["who"]]
    keys = [vessel.id if vessel is not None else "" for vessel in ships]
    who_of = {key: identities[who] for key, who in zip(keys, rows["who"], strict=True) if key}
    groups = rows.groupby([np.array(keys, dtype=object), rows["place"]], sort=True) if len(rows) else ()
    return tuple(
        Unplaced(
            identity=who_of.get(str(key)),
            text=places[int(place)].text,
            first=group["start"].min().to_pydatetime(),
            last=group["end"].max().to_pydatetime(),
            sightings=tuple(sorted(SightingRef(f, int(n)) for f, n in zip(group["file"], group["line"], strict=True))),
        )
        for (key, place), group in groups
    )


def _last_day(frame: pd.DataFrame, latest: date) -> date | None:
    """The last sighting's day; an interval that runs on past ``latest`` ends there."""
    return None if frame.empty else min(frame["end"].max().date(), latest)


def _years(frame: pd.DataFrame) -> tuple[int, ...]:
    """Every year in which a sighting ends."""
    return tuple(sorted({int(year) for year in frame["end"].dt.year.unique()}))


def _summary(
    frame: pd.DataFrame, read: Sightings, places: Sequence[Place], sightings: Iterable[Seen]
) -> dict[str, int]:
    """Counts of sightings, save ``vessels``. ``unlisted``: readable identity, on no list on the day, no review."""
    grades = Counter(_standing(seen) for seen in sightings)
    at = Counter(places[code].kind for code in frame["place"])
    names = frame["imo"].astype(object).where(frame["imo"] != "", frame["vessel"].astype(object))
    ships = names.where(names != "", frame["mmsi"].astype(object))
    return {
        "sightings": len(frame),
        "vessels": int(ships[ships != ""].nunique()),
        "listed": grades["listed"],
        "review": grades["review"],
        "unlisted": len(frame) - sum(count for name, count in grades.items() if name != "unlisted"),
        "unidentified": grades["unidentified"],
        "unresolved": grades["unresolved"],
        "unplaced": at["unplaced"],
        "at_sea": at["sea"],
        "rejected": sum(used.rejected for used in read.inputs),
        "duplicates": sum(used.duplicates for used in read.inputs),
    }


def _standing(seen: Seen) -> str:
    """How one sighting counts in the summary."""
    if is_unresolved(seen):
        return "unresolved"
    if seen.ship == "":
        return "unidentified"
    if listings_on(seen.identity, seen.start.date()):
        return "listed"
    if seen.identity is not None and seen.identity.grade == "review":
        return "review"
    return "unlisted"


def _incomplete(inputs: Iterable[InputFile], summary: Mapping[str, int], lost: int) -> Iterator[str]:
    """Why the answer is not whole, a phrase each."""
    for used in inputs:
        if used.rows == 0:
            yield f"{used.path} has no rows"
    if summary["rejected"]:
        yield f"{_count(summary['rejected'], 'row')} could not be read"
    if summary["unresolved"]:
        yield f"{_count(summary['unresolved'], 'sighting')} could not be resolved to a ship"
    if lost:
        yield f"{_count(lost, 'sighting')} of ships of the register could not be placed"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
