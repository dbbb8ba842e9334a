"""`vesseltrack ports`: the gazetteer, and where a position or name lies in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand, PlainGroup
from vesseltrack.cli.session import Session, start
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from vesseltrack.ports.model import Facility, Place, Port

app = typer.Typer(cls=PlainGroup, help="The ports and facilities that the program knows.")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


@app.command(cls=PlainCommand, name="list", epilog=opt.exit_status(*opt.ALWAYS))
def list_ports(
    ports: opt.Ports = None,
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> None:
    """Every port, transfer area and facility."""
    from vesseltrack.cli import listing
    from vesseltrack.ports.gazetteer import load_gazetteer

    session = start({"ports": ports, "format": format}, output=output, formats=listing.LIST_FORMATS)
    rows: list[dict[str, Any]] = []
    for port in load_gazetteer(session.settings["ports"]).ports:
        rows.append(_port_row(port))
        rows.extend(_facility_row(facility, port) for facility in port.facilities)
    columns = ("port", "facility", "country", "roles", "unlocodes", "uncertainty_m", "outline", "aliases")
    fewer = ("port", "facility", "country", "roles", "aliases")
    session.write(listing.render("ports", columns, rows, session, fewer=fewer))


@app.command(
    cls=PlainCommand,
    name="locate",
    epilog=opt.exit_status(*opt.ALWAYS),
    context_settings={"ignore_unknown_options": True},
)
def locate(
    where: Annotated[
        list[str],
        typer.Argument(metavar="LAT LON | NAME", help="Decimal degrees, WGS 84; or a name, alias or UN/LOCODE."),
    ],
    ports: opt.Ports = None,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
) -> None:
    """Which port and facility a position or a name belongs to."""
    from vesseltrack.cli import listing
    from vesseltrack.ports.gazetteer import load_gazetteer

    session = start({"ports": ports, "format": format}, output=output, formats=listing.DOCUMENT_FORMATS)
    position = read_position(where)
    gazetteer = load_gazetteer(session.settings["ports"])
    place = gazetteer.find(" ".join(where)) if position is None else gazetteer.locate(*position)
    if place.kind == "unplaced":
        raise ConfigurationError(f"{' '.join(where)}: not in the gazetteer; {_hint(' '.join(where), gazetteer.ports)}")
    session.write(_place(place, " ".join(where), position, session))


def _hint(asked: str, ports: tuple[Port, ...]) -> str:
    """The names of places nearest to one that is not known."""
    names = {name.casefold(): port.name for port in ports for name in (*port.aliases, port.name)}
    from difflib import get_close_matches

    near = dict.fromkeys(names[name] for name in get_close_matches(asked[:100].casefold(), names, n=5, cutoff=0.7))
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`vesseltrack ports list` names the ports."


def read_position(where: list[str]) -> tuple[float, float] | None:
    """Latitude and longitude, where the words are two numbers; None where they are a name.

    Raises:
        ConfigurationError: an option that does not exist, one number, or degrees out of range.
    """
    words = [word for text in where for word in re.split(r"[,\s]+", text) if word]
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    for word in where:
        if word.startswith("-") and not NUMBER.fullmatch(re.split(r"[,\s]+", word)[0]):
            raise ConfigurationError(f"{word}: no such option. See vesseltrack ports locate --help.")
    if not words:
        raise ConfigurationError("name a place, or a latitude and a longitude.")
    if len(numbers) != len(words):
        return None
    if len(words) != 2:
        raise ConfigurationError(f"{' '.join(where)}: expected a latitude and a longitude, as in 42.74 133.07.")
    lat, lon = float(words[0]), float(words[1])
    if abs(lat) > 90 or abs(lon) > 180:
        swapped = " They look swapped." if abs(lat) <= 180 and abs(lon) <= 90 else ""
        raise ConfigurationError(
            f"{' '.join(where)}: latitude goes from -90 to 90 and longitude from -180 to 180.{swapped}"
        )
    return lat, lon


def _place(place: Place, asked: str, position: tuple[float, float] | None, session: Session) -> str:
    from vesseltrack.cli import listing

    row = {
        "asked": asked,
        "lat": position[0] if position else None,
        "lon": position[1] if position else None,
        "kind": place.kind,
        "port": place.port.name if place.port else None,
        "facility": place.facility.name if place.facility else None,
        "facility_candidates": [facility.name for facility in place.candidates],
        "at_roads": place.at_roads,
        "near_loading_berth": place.near_loading_berth,
        "country": (place.port.country or None) if place.port else None,
        "roles": list(place.port.roles) if place.port else [],
        "facility_role": place.facility.role if place.facility else None,
        "unlocodes": list(place.port.unlocodes) if place.port else [],
        "uncertainty_m": (place.facility or place.port).uncertainty_m if place.port else None,
    }
    if session.format == "json":
        return listing.document("place", {"place": row})
    meaning = {
        "port": "in a port or transfer area",
        "sea": "at sea: outside every outline",
        "none": "no place",
    }
    pairs: list[tuple[str, Any]] = [("asked", asked), ("place", meaning[place.kind])]
    labels = {
        "port": "port",
        "facility": "facility",
        "facility_candidates": "may be at",
        "facility_role": "facility role",
        "roles": "port roles",
        "country": "country",
        "unlocodes": "UN/LOCODE",
        "uncertainty_m": "uncertainty (m)",
    }
    pairs += [(label, row[key]) for key, label in labels.items() if row[key] not in (None, [], "")]
    pairs += [("at roads", "yes")] * place.at_roads
    pairs += [("near a loading berth", "yes, within 3 km")] * place.near_loading_berth
    return listing.fields(pairs, session.shape["width"])


def _port_row(port: Port) -> dict[str, Any]:
    return {
        "id": port.id,
        "port": port.name,
        "facility": None,
        "country": port.country or None,
        "roles": port.roles,
        "unlocodes": port.unlocodes,
        "uncertainty_m": port.uncertainty_m if port.outline is not None else None,
        "outline": "yes" if port.outline is not None else "by name only",
        "aliases": port.aliases,
        "source": port.source,
    }


def _facility_row(facility: Facility, port: Port) -> dict[str, Any]:
    return {
        "id": facility.id,
        "port": port.name,
        "facility": facility.name,
        "country": port.country or None,
        "roles": (facility.role,),
        "unlocodes": (),
        "uncertainty_m": facility.uncertainty_m if facility.outline is not None else None,
        "outline": "yes" if facility.outline is not None else "by name only",
        "aliases": facility.aliases,
        "source": facility.source,
    }
