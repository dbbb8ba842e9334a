"""`vesseltrack vessels`: the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli import vessels_import, vessels_lists
from vesseltrack.cli.plain import PlainCommand, PlainGroup
from vesseltrack.cli.session import start, today
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from vesseltrack.vessels.model import Alias, Candidate, Listing, Vessel
    from vesseltrack.vessels.register import Register

app = typer.Typer(cls=PlainGroup, help="The ships that the program knows.")
STATUSES = ("listed", "delisted", "unlisted")
ROLES = ("trade_tanker", "supplier_tanker", "munitions_carrier")
NEAR = 3
"""Names told where a name is not found."""
NEAR_ENOUGH = 0.6
"""Share of letters that two names must have in common (`difflib`)."""


@app.command(cls=PlainCommand, name="list", epilog=opt.exit_status(*opt.ALWAYS))
def list_vessels(
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Only listed, delisted or unlisted ships.")
    ] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help=f"Only one of {', '.join(ROLES)}.")] = None,
    vessels: opt.Vessels = None,
    lists: opt.Lists = None,
    as_of: opt.AsOf = None,
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> None:
    """Every ship of the register, with its status on the day (--as-of, else today)."""
    from vesseltrack.cli import listing
    from vesseltrack.vessels.loading import load_register

    flags = {"vessels": vessels, "lists": lists, "as_of": as_of, "format": format}
    session = start(flags, output=output, formats=listing.LIST_FORMATS)
    _one_of("--status", status, STATUSES)
    _one_of("--role", role, ROLES)
    register = load_register(lists=session.settings["lists"], vessels_file=session.settings["vessels"])
    day = session.as_of or today()
    rows = [_row(vessel, day) for vessel in register.vessels]
    chosen = [row for row in rows if status in (None, row["status"]) and role in (None, row["role"])]
    columns = (
        "name",
        "imo",
        "status",
        "listed_on",
        "delisted_on",
        "measures",
        "role",
        "deadweight_tonnes",
        "authorities",
        "aliases",
    )
    fewer = ("name", "imo", "status", "measures", "aliases")
    session.write(listing.render("vessels", columns, chosen, session, fewer=fewer, as_of=day.isoformat()))


@app.command(cls=PlainCommand, name="show", epilog=opt.exit_status(*opt.ALWAYS))
def show(
    ship: Annotated[list[str], typer.Argument(metavar="NAME | IMO", help="A name, former name, IMO number or MMSI.")],
    vessels: opt.Vessels = None,
    lists: opt.Lists = None,
    as_of: opt.AsOf = None,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
) -> None:
    """Everything that is known of a ship: names, listings with measures and basis, capacity, source."""
    from vesseltrack.cli import listing
    from vesseltrack.vessels.loading import load_register
    from vesseltrack.vessels.screening import screen

    flags = {"vessels": vessels, "lists": lists, "as_of": as_of, "format": format}
    session = start(flags, output=output, formats=listing.DOCUMENT_FORMATS)
    register = load_register(lists=session.settings["lists"], vessels_file=session.settings["vessels"])
    day = session.as_of or today()
    query = " ".join(ship)
    (answer,) = screen([query], register, day)
    found = answer.candidates
    if not found:
        near = _near(query, register)
        hint = f"did you mean {', '.join(near)}?" if near else "`vesseltrack vessels list` names the ships."
        raise ConfigurationError(f"{query}: not in the register; {hint} `screen` says more on a query.")
    if session.format == "json":
        rows = [_row(candidate.vessel, day) | {"answer": _answer(candidate, answer.reasons)} for candidate in found]
        session.write(listing.document("vessels", {"as_of": day.isoformat(), "vessels": rows}))
        return
    width = session.shape["width"]
    session.write(
        "\n".join(
            listing.fields([*_why(candidate, answer.reasons), *_pairs(candidate.vessel, day)], width)
            for candidate in found
        )
    )


vessels_import.register(app)
vessels_lists.register(app)


def status_on(vessel: Vessel, day: date) -> str:
    """``listed``, ``delisted`` or ``unlisted`` on that day."""
    if vessel.listings_on(day):
        return "listed"
    gone = [listing for listing in vessel.listings if listing.delisted_on is not None and listing.delisted_on <= day]
    return "delisted" if gone else "unlisted"


def _near(name: str, register: Register) -> list[str]:
    """Names of the register near a name, the nearest first."""
    import difflib

    known = {named.upper(): None for ship in register.vessels for named in (ship.name, *(a.name for a in ship.aliases))}
    return difflib.get_close_matches(name.upper(), known, n=NEAR, cutoff=NEAR_ENOUGH)


def _answer(candidate: Candidate, remarks: tuple[str, ...]) -> dict[str, Any]:
    """Why the ship is shown, as `screen` would say it."""
    from vesseltrack.reports.wording import without_repeats

    reasons = [*candidate.reasons, *without_repeats(remarks, candidate.reasons)]
    return {"grade": candidate.grade, "score": round(candidate.score, 4), "reasons": reasons}


def _why(candidate: Candidate, remarks: tuple[str, ...]) -> list[tuple[str, Any]]:
    answer = _answer(candidate, remarks)
    return [("answer", answer["grade"]), ("because", answer["reasons"])]


def _one_of(option: str, given: str | None, known: tuple[str, ...]) -> None:
    if given is not None and given not in known:
        raise ConfigurationError(f"{option}: {given!r} cannot be used: expected one of {', '.join(known)}.")


def _row(vessel: Vessel, day: date) -> dict[str, Any]:
    listings = [_listing(listing, day) for listing in vessel.listings]
    return {
        "id": vessel.id,
        "name": vessel.name,
        "imo": vessel.imo,
        "status": status_on(vessel, day),
        "listed_on": [row["listed_on"] for row in listings if row["listed_on"]],
        "delisted_on": [row["delisted_on"] for row in listings if row["delisted_on"]],
        "measures": sorted({measure for row in listings for measure in row["measures"]}),
        "role": vessel.role or None,
        "type": vessel.type or None,
        "flag": vessel.flag or None,
        "mmsi": list(vessel.mmsi),
        "deadweight_tonnes": vessel.deadweight_tonnes,
        "gross_tonnage": vessel.gross_tonnage,
        "observed_load_tonnes": vessel.observed_load_tonnes,
        "observed_load_m3": vessel.observed_load_m3,
        "built": vessel.built,
        "aliases": [alias.name for alias in vessel.aliases],
        "alias_kinds": [alias.kind for alias in vessel.aliases],
        "listings": listings,
        "authorities": list(dict.fromkeys(listing.authority for listing in vessel.listings_on(day))),
        "owners": list(vessel.owners),
        "also_listed": vessel.also_listed or None,
        "source": vessel.source,
        "notes": vessel.notes,
    }


def _listing(listing: Listing, day: date) -> dict[str, Any]:
    return {
        "authority": listing.authority,
        "list": listing.list,
        "listed_name": listing.listed_name,
        "listed_on": listing.listed_on.isoformat() if listing.listed_on else None,
        "delisted_on": listing.delisted_on.isoformat() if listing.delisted_on else None,
        "precision": listing.precision or None,
        "measures": list(listing.measures_on(day)),
        "legal_basis": list(listing.legal_basis),
        "entry_id": listing.entry_id or None,
        "programmes": list(listing.programmes),
    }


def _pairs(vessel: Vessel, day: date) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = [
        ("name", vessel.name),
        ("IMO", vessel.imo or "unknown"),
        ("status", f"{status_on(vessel, day)} on {day.isoformat()}"),
    ]
    pairs += [(listing.list, _listing_text(listing, day)) for listing in vessel.listings]
    known = [
        ("also listed", vessel.also_listed),
        ("owners", vessel.owners),
        ("names", tuple(_alias_text(alias) for alias in vessel.aliases)),
        ("MMSI", vessel.mmsi),
        ("flag", vessel.flag),
        ("type", vessel.type),
        ("role", vessel.role.replace("_", " ")),
    ]
    pairs += [(label, value) for label, value in known if value]
    numbers = [
        ("deadweight (t)", vessel.deadweight_tonnes),
        ("gross tonnage", vessel.gross_tonnage),
        ("largest load seen (t)", vessel.observed_load_tonnes),
        ("largest load seen (m³)", vessel.observed_load_m3),
        ("built", vessel.built),
    ]
    pairs += [(label, value) for label, value in numbers if value is not None]
    pairs += [(label, value) for label, value in (("notes", vessel.notes), ("source", vessel.source)) if value]
    return pairs


def _listing_text(listing: Listing, day: date) -> tuple[str, ...]:
    since = f"from {listing.listed_on.isoformat()}" if listing.listed_on else "at all times"
    until = f" to {listing.delisted_on.isoformat()}" if listing.delisted_on else ""
    measures = ", ".join(listing.measures_on(day)).replace("_", " ") or "no measures in force"
    entry = f" (entry {listing.entry_id})" if listing.entry_id else ""
    lines = [f"{listing.listed_name}{entry}, {since}{until}: {measures}", *listing.legal_basis]
    lines += [programme for programme in listing.programmes if programme not in listing.legal_basis]
    return (*lines, listing.precision) if listing.precision else tuple(lines)


def _alias_text(alias: Alias) -> str:
    first, last = alias.first, alias.last
    dates = f" {first.isoformat() if first else ''}/{last.isoformat() if last else ''}" if first or last else ""
    return f"{alias.name} ({alias.kind}{dates})"
