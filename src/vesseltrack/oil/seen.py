"""One sighting as oil counting and rules read it: the frame's row with ship and place resolved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from vesseltrack.sightings.schema import SightingRef, entries_of
from vesseltrack.vessels.cells import described
from vesseltrack.vessels.companies import NO_COMPANIES, company_columns, named_companies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import pandas as pd

    from vesseltrack.ports.model import Place
    from vesseltrack.vessels.companies import CompanyIndex, NamedCompany
    from vesseltrack.vessels.model import Identity


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting of a ship at a place. Fields are those of ``sightings.schema``; NaN is None here."""

    row: int
    """Row label in the frame."""

    ship: str
    """``Identity.key``, of a ship known by its MMSI alone that of the one ship with that MMSI in the same input; empty
    for an unidentified ship."""

    identity: Identity | None
    other: Identity | None
    """The other ship of a transfer, where one was named."""

    place: Place
    ref: SightingRef
    start: datetime
    end: datetime
    name: str
    flag: str
    type: str
    ais_status: str
    activity: str
    laden: str
    product: str
    source: str
    """Citation, as given in the row."""

    count: int
    count_given: bool
    """Whether the row says how many ships it is about."""

    length_m: float | None
    barrels: float | None
    cargo_m3: float | None
    tonnes: float | None
    lat: float | None
    lon: float | None

    companies: tuple[NamedCompany, ...] = ()
    """Listed companies that the sighting names as owner, manager, by company number or by the ship's number."""

    call_sign: str = ""

    @property
    def spot(self) -> str:
        """What sightings must share to be one call: the port; at sea, the sea."""
        if self.activity.startswith("sts_"):
            return "transfer"
        return self.place.port.id if self.place.port is not None else f"{self.place.kind}:"

    @property
    def in_port(self) -> bool:
        """In a port or transfer area, or in a transfer at sea."""
        return self.place.port is not None or self.activity.startswith("sts_")

    @property
    def middle(self) -> datetime:
        """Middle of the interval."""
        return self.start + (self.end - self.start) / 2

    @property
    def tie(self) -> tuple[str, ...]:
        """Content that orders sightings of one time and place, so that the order of rows never matters."""
        place = (self.spot, self.place.facility.name if self.place.facility is not None else "", self.place.text)
        said = (self.name, self.activity, self.ais_status, self.laden, self.product, self.type, self.flag)
        return (*place, *said, *_as_given(self.identity), self.call_sign, f"{self.lat} {self.lon}",
                self.place.conflict, *_as_given(self.other), self.source)  # fmt: skip


def _as_given(identity: Identity | None) -> tuple[str, str, str]:
    """Name and numbers of a ship as the row gives them."""
    return ("", "", "") if identity is None else (identity.name, identity.sighted_imo, identity.mmsi or "")


NOTHING = described("")
"""What a named ship's name describes."""

_TEXTS = ("vessel", "flag", "type", "ais_status", "activity", "laden", "product", "source", "call_sign")
_NUMBERS = ("count", "length_m", "barrels", "cargo_m3", "tonnes", "lat", "lon")


def seen_in(
    frame: pd.DataFrame,
    identities: Sequence[Identity],
    places: Sequence[Place],
    companies: CompanyIndex = NO_COMPANIES,
) -> Iterator[Seen]:
    """Turn the rows of a frame (columns of ``rules.model.Evidence.sightings``) into sightings."""
    named = _companies_by_row(frame, companies)
    ships = _ships_by_mmsi(identities[code] for code in set(frame["who"].tolist()) if code >= 0)
    refs = (frame["file"].astype(object), frame["line"], entries_of(frame))
    times = (frame["start"].dt.to_pydatetime(), frame["end"].dt.to_pydatetime())
    texts = (frame[name].astype(object) for name in _TEXTS)
    numbers = (frame[name] for name in _NUMBERS)
    codes = (frame["who"], frame["other"], frame["place"])
    for at, (row, file, line, entry, start, end, *rest) in enumerate(
        zip(frame.index, *refs, *times, *codes, *texts, *numbers, strict=True)
    ):
        who, other, place, *values = rest
        known = dict(zip(_TEXTS + _NUMBERS, values, strict=True))
        identity = identities[who] if who >= 0 else None
        words = NOTHING if identity is None or identity.key else described(known["vessel"])
        yield Seen(
            row=int(row),
            ship=ships.get(identity.key, identity.key) if identity is not None else "",
            identity=identity,
            other=identities[other] if other >= 0 else None,
            place=places[place],
            ref=SightingRef(file, int(line), entry),
            start=start,
            end=end,
            name=known["vessel"],
            flag=known["flag"] or words.flag,
            type=known["type"] or words.type,
            ais_status=known["ais_status"],
            activity=known["activity"],
            laden=known["laden"],
            product=known["product"],
            source=known["source"],
            call_sign=known["call_sign"],
            count=words.count if isnan(known["count"]) else int(known["count"]),
            count_given=not isnan(known["count"]),
            **{name: None if isnan(known[name]) else float(known[name]) for name in _NUMBERS if name != "count"},
            companies=named.get(at, ()),
        )


def _ships_by_mmsi(identities: Iterable[Identity]) -> dict[str, str]:
    """Key of the one ship that bears an MMSI, by the key of the ship of which only that MMSI is known."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    alone: dict[str, str] = {}
    for identity in identities:
        if identity.mmsi is not None and identity.key == f"MMSI{identity.mmsi}":
            alone[identity.key] = identity.mmsi
        elif identity.mmsi is not None and identity.key:
            bearers[identity.mmsi].add(identity.key)
    return {key: next(iter(bearers[mmsi])) for key, mmsi in alone.items() if len(bearers[mmsi]) == 1}


def _companies_by_row(frame: pd.DataFrame, companies: CompanyIndex) -> dict[int, tuple[NamedCompany, ...]]:
    """Listed companies that rows name, by position; each different text is looked at once."""
    found: dict[int, tuple[NamedCompany, ...]] = {}
    for column, role in company_columns(frame.columns) if companies.companies else ():
        codes = frame[column].cat.codes.to_numpy()
        texts = frame[column].cat.categories
        named = {code: named_companies(companies, role, texts[code]) for code in set(codes.tolist())}
        for at, code in enumerate(codes.tolist()):
            if named[code]:
                found[at] = found.get(at, ()) + named[code]
    return found
