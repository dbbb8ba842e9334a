"""`vesseltrack vessels import`: a published list, as downloaded, taken into force or confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import Session, start, today
from vesseltrack.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.store import Edition
    from vesseltrack.vessels.lists.taking import Imported

FIRST_REMARKS = 5
"""Remarks told without --verbose; JSON holds every one."""
PLURALS = {
    "entity": "entities", "individual": "individuals", "person": "persons", "organisation": "organisations",
    "ship without name and number": "ships without name and number", "address": "addresses", "company": "companies",
}  # fmt: skip
"""Of the reasons for which entries are skipped; others are the same for one and for many."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(cls=PlainCommand, name="import", epilog=opt.exit_status(*opt.ALWAYS))(import_list)


def import_list(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="A list as its publisher offers it, and files of the same download."),
    ] = None,
    kept_as: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Keep it by this name, for --lists; a CSV of ships too.")
    ] = None,
    retrieved: Annotated[
        str | None, typer.Option("--retrieved", metavar="DATE", help="The day of the download; without it, today.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take it although it is cut, smaller, older, undated, or holds no ships.")
    ] = False,
    confirm: Annotated[
        bool,
        typer.Option("--confirm", help="Import nothing: record that the list, by NAME or FILE, is as it was."),
    ] = False,
    format: opt.DocumentFormat = None,
    output: opt.Output = None,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Take a sanctions list into force, from the file as downloaded; it is then consulted by every command.

    The format is recognised by what the file holds. A list that is cut off, older or much smaller than the one in force
    is refused, and that one stays. Nothing is downloaded. With --confirm: record that somebody looked at the publisher
    and found the list unchanged; its age counts from that day.
    """
    from vesseltrack.cli import listing
    from vesseltrack.vessels.lists import importing, taking
    from vesseltrack.vessels.loading import bundled_edition

    session = start(
        {"format": format, "quiet": quiet, "verbose": verbose}, output=output, formats=listing.DOCUMENT_FORMATS
    )
    if confirm and (not files or "-" in files):
        raise InputError("--confirm: name a list, as in `vesseltrack vessels import --confirm un`, or its fresh file.")
    if not files or "-" in files:
        raise InputError("name the downloaded file; a list is not read from standard input.")
    day = _day(retrieved)
    if confirm:
        _write([_confirmed(given, kept_as or "", day) for given in files], session)
        return
    lists = importing.downloads([Path(name) for name in files])
    if kept_as and len(lists) > 1:
        names = ", ".join(str(main) for main, _ in lists)
        raise ConfigurationError(f"--as: these are {len(lists)} lists ({names}); import them one by one.")
    read = [importing.read(main, beside, retrieved=day, kept_as=kept_as or "") for main, beside in lists]
    bundled = bundled_edition()
    _write([taking.take(edition, force=force, bundled=bundled) for edition in read], session)


def _day(text: str | None) -> str:
    if text is None:
        return today().isoformat()
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ConfigurationError(f"--retrieved: {text!r} is no day such as 2024-12-31.") from None
    if day > today():
        raise ConfigurationError(f"--retrieved: {day} has not come yet.")
    return day.isoformat()


def _confirmed(given: str, kept_as: str, day: str) -> Imported:
    """Confirm a list by name, or by a file that must hold the same."""
    from vesseltrack.vessels.lists import importing, taking
    from vesseltrack.vessels.loading import edition_in_force

    known = None if Path(given).exists() else edition_in_force(given.strip().lower())
    if known is None:
        path = Path(given)
        if not path.exists():
            raise ConfigurationError(
                f"{given}: neither a list in force nor a file. `vesseltrack vessels lists` names the lists."
            )
        ((main, beside),) = importing.downloads([path])
        edition = importing.read(main, beside, retrieved=day, kept_as=kept_as)
        known = edition_in_force(edition.content.name)
        if known is None:
            raise ConfigurationError(f"{given}: no list {edition.content.name} is in force; import the file.")
        taking.compare(edition, known)
    return taking.confirmed(known, day)


def _write(done: list[Imported], session: Session) -> None:
    from vesseltrack.cli import listing

    for imported in done:
        for note in imported.notes:
            session.messages.must(note)
    if session.format == "json":
        rows = [_row(imported) for imported in done]
        session.write(listing.document("lists", {"lists": rows}))
        return
    width = session.shape["width"]
    told = None if session.settings["verbose"] else FIRST_REMARKS
    session.write("\n".join(listing.fields(_pairs(imported, told), width) for imported in done))


def edition_row(edition: Edition) -> dict[str, Any]:
    """What JSON says of an edition."""
    used, content = edition.used(), edition.content
    return {
        "id": used.id,
        "name": used.name,
        "authority": used.authority,
        "format": content.format,
        "version": used.version or None,
        "retrieved": used.retrieved or None,
        "confirmed": used.confirmed or None,
        "sha256": used.sha256,
        "vessels": used.vessels,
        "companies": used.companies,
        "rows": content.rows,
        "skipped": dict(sorted(content.skipped.items())),
        "files": [{"name": file.name, "sha256": file.sha256} for file in edition.files],
        "path": str(edition.path) if edition.path else None,
    }


def _row(imported: Imported) -> dict[str, Any]:
    return {
        **edition_row(imported.edition),
        "outcome": imported.outcome,
        "remarks": list(imported.edition.content.remarks),
    }


def _pairs(imported: Imported, told: int | None) -> list[tuple[str, Any]]:
    edition, content = imported.edition, imported.edition.content
    skipped = tuple(
        f"{number:,} {reason if number == 1 else PLURALS.get(reason, reason)}"
        for reason, number in sorted(content.skipped.items())
    )
    remarks = list(content.remarks[:told])
    if len(content.remarks) > len(remarks):
        remarks.append(f"and {len(content.remarks) - len(remarks):,} more; --verbose tells all")
    files = tuple(f"{file.name}  sha256 {file.sha256}" for file in edition.files)
    return [
        (imported.outcome, f"{content.title} ({content.name})"),
        ("authority", content.authority),
        ("format", content.format),
        ("version", content.version or "the file does not say"),
        ("retrieved", edition.retrieved),
        ("confirmed", edition.confirmed),
        ("entries", f"{content.rows:,}"),
        ("ships", f"{len(content.vessels):,}"),
        ("companies", f"{len(content.companies):,}"),
        ("skipped", skipped),
        ("remarks", remarks),
        ("files", files),
        ("kept", str(edition.path) if edition.path else "comes with the program"),
    ]
