"""From the fields of one list entry to a ship or a company; what cannot be used becomes a remark, not a loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vesseltrack.vessels.identifiers import parse_imo, parse_mmsi
from vesseltrack.vessels.model import Alias, Listing, Vessel
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    from datetime import date

    from vesseltrack.vessels.model import Measure


@dataclass
class ShipEntry:
    """A ship as a list gives it. Readers fill in what their format has and call `vessels`."""

    entry_id: str
    name: str
    imo: list[str] = field(default_factory=list)
    """As written: ``IMO 8898831``, ``8606173`` ...; several are several ships."""

    mmsi: list[str] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    call_sign: str = ""
    flag: str = ""
    past_flags: list[str] = field(default_factory=list)
    type: str = ""
    deadweight_tonnes: float | None = None
    gross_tonnage: float | None = None
    built: int | None = None
    owners: list[str] = field(default_factory=list)
    listed_on: date | None = None
    delisted_on: date | None = None
    precision: str = ""
    measures: list[tuple[Measure, date | None]] = field(default_factory=list)
    legal_basis: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    notes: str = ""

    def listing(self, authority: str, title: str) -> Listing:
        """Return the entry's listing on the list of that title, kept by that authority."""
        return Listing(
            authority=authority,
            list=title,
            listed_name=self.name,
            listed_on=self.listed_on,
            delisted_on=self.delisted_on,
            precision=self.precision,
            measures=tuple(dict.fromkeys(self.measures)),
            legal_basis=tuple(dict.fromkeys(self.legal_basis)),
            entry_id=self.entry_id,
            programmes=tuple(dict.fromkeys(self.programmes)),
        )

    def vessels(self, *, authority: str, title: str, remarks: list[str]) -> tuple[Vessel, ...]:
        """Return the ship, or one per IMO number; none, with a remark, where neither name nor number is usable."""
        numbers = []
        for text in self.imo:
            number = parse_imo(text)
            if number.state == "ship":
                numbers.append(number.digits)
            elif number.state != "missing":
                remarks.append(
                    f"entry {self.entry_id}, {self.name}: IMO number {text!r} {number.remark}; read without it"
                )
        stations = [parse_mmsi(text) for text in self.mmsi]
        remarks += [
            f"entry {self.entry_id}, {self.name}: MMSI {station.text!r} is no number of nine digits; read without it"
            for station in stations
            if station.state not in {"valid", "missing"}
        ]
        ships: list[str | None] = [*dict.fromkeys(numbers)] or [None]
        if not any(canonical(self.name)) and ships == [None]:
            remarks.append(f"entry {self.entry_id}: neither a name nor an IMO number; left out")
            return ()
        listing = self.listing(authority, title)
        return tuple(
            Vessel(
                id=f"IMO{imo}" if imo else str(canonical(self.name)),
                name=self.name or f"IMO {imo}",
                imo=imo,
                mmsi=tuple(dict.fromkeys(station.digits for station in stations if station.state == "valid")),
                flag=self.flag,
                type=self.type.lower(),
                role="",
                aliases=tuple(dict.fromkeys(alias for alias in self.aliases if any(canonical(alias.name)))),
                listings=(listing,),
                also_listed="",
                deadweight_tonnes=self.deadweight_tonnes,
                gross_tonnage=self.gross_tonnage,
                observed_load_tonnes=None,
                observed_load_m3=None,
                built=self.built,
                common_name=False,
                source=title,
                notes=self.notes,
                call_sign=self.call_sign,
                past_flags=tuple(dict.fromkeys(self.past_flags)),
                owners=tuple(dict.fromkeys(self.owners)),
            )
            for imo in ships
        )
