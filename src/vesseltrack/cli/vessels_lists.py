"""`vesseltrack vessels lists` and `vessels diff`: the lists in force, the editions kept, and what changed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start, today
from vesseltrack.cli.vessels_import import edition_row
from vesseltrack.errors import ConfigurationError, ExitCode

if TYPE_CHECKING:
    from vesseltrack.vessels.lists.model import PublishedList
    from vesseltrack.vessels.lists.store import Edition


COLUMNS = (
    "id", "standing", "authority", "version", "retrieved", "confirmed", "age_days", "vessels", "companies", "name",
)  # fmt: skip
FEWER_COLUMNS = ("id", "standing", "version", "age_days", "vessels", "companies", "name")
"""On a terminal that has no room for all of them."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(cls=PlainCommand, name="lists", epilog=opt.exit_status(*opt.ALWAYS))(lists)
    app.command(cls=PlainCommand, name="diff", epilog=opt.exit_status(*opt.ALWAYS))(diff)


def lists(
    as_of: opt.AsOf = None,
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> int:
    """The lists in force, the editions kept, and how old they are on the day (--as-of, else today).

    The age counts from the later of the day of the download and the last day on which somebody confirmed the list.
    """
    from vesseltrack.cli import listing
    from vesseltrack.vessels.listed_companies import bundled_companies
    from vesseltrack.vessels.lists import store
    from vesseltrack.vessels.loading import UN, bundled_edition

    session = start({"as_of": as_of, "format": format}, output=output, formats=listing.LIST_FORMATS)
    day, code, rows = session.as_of or today(), ExitCode.CLEAN, []
    kept = {name: store.editions(name) for name in dict.fromkeys((UN, *store.names()))}
    for name, paths in kept.items():
        holds_ships = False
        for path in reversed(paths):
            standing = "in force" if path == paths[-1] else "kept"
            try:
                edition = store.read(path)
            except ConfigurationError as why:
                session.messages.must(str(why))
                rows.append({"id": name, "standing": "damaged", "path": str(path)})
                code = ExitCode.USAGE
                continue
            holds_ships = holds_ships or (standing == "in force" and bool(edition.content.vessels))
            rows.append(_row(edition, standing, day))
        if name == UN:
            rows.append(_row(bundled_edition(), "replaced" if holds_ships else "in force", day))
    bundled = Counter(company.listing.authority for company in bundled_companies())
    more = {"as_of": day.isoformat(), "folder": str(store.user_folder()), "bundled_companies": dict(bundled)}
    text = listing.render("lists", COLUMNS, rows, session, fewer=FEWER_COLUMNS, **more)
    if session.format == "table":
        said = ", ".join(f"{number:,} on lists of the {authority}" for authority, number in bundled.items())
        text += "\n" + listing.fields(
            [("with the program", f"{bundled.total():,} companies: {said}")], session.shape["width"]
        )
    session.write(text)
    return code


def _row(edition: Edition, standing: str, day: date) -> dict[str, Any]:
    looked = max(edition.retrieved, edition.confirmed)
    age = (day - date.fromisoformat(looked)).days if looked else None
    return {**edition_row(edition), "standing": standing, "age_days": age}


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A list: NAME, NAME@VERSION, or a file as downloaded.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, or a CSV of ships.")],
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> None:
    """What changed from one edition of a list to another: listings, delistings, names, numbers, measures, flags, dates.

    NAME is the edition in force; NAME@VERSION one that was kept, by version or the beginning of its sha256. A ship is
    the same by IMO number, else by the publisher's id of its entry, else by name.
    """
    from vesseltrack.cli import listing
    from vesseltrack.vessels.lists.diff import KINDS, changes

    session = start({"format": format}, output=output, formats=listing.LIST_FORMATS)
    before, after = _side(old), _side(new)
    found = changes(before.vessels, after.vessels)
    words: dict[str, str] = {kind: kind for kind in KINDS}
    if before.authority != after.authority:  # nobody listed or delisted: the lists are not editions of one
        words |= {"delisted": f"only in {before.name}", "listed": f"only in {after.name}"}
    rows = [
        {"change": words[x.kind], "name": x.name, "imo": x.imo, "old": x.old or None, "new": x.new or None}
        for x in found
    ]
    counted = Counter(change.kind for change in found)
    more: dict[str, Any] = {
        "old": {"given": old, "list": before.title, "vessels": len(before.vessels)},
        "new": {"given": new, "list": after.title, "vessels": len(after.vessels)},
        "summary": {words[kind]: counted[kind] for kind in KINDS},
    }
    if session.format == "table" and not rows:
        session.write(f"no changes: {len(before.vessels):,} and {len(after.vessels):,} ships, the same entries.\n")
        return
    session.write(listing.render("changes", ("change", "name", "imo", "old", "new"), rows, session, **more))


def _side(given: str) -> PublishedList:
    """A list in the store, a published file, or a user's CSV."""
    from vesseltrack.vessels.lists import importing
    from vesseltrack.vessels.loading import UN, bundled_edition, edition_in_force

    name, _, version = given.strip().lower().partition("@")
    path = Path(given)
    if re.fullmatch(r"[a-z][a-z0-9_-]*", name) and not path.exists():
        edition: Edition | None
        if version:
            edition = bundled_edition() if (name, version) == (UN, "bundled") else _kept(name, version)
        else:
            edition = edition_in_force(name)
        if edition is None:
            raise ConfigurationError(
                f"{given}: neither a list in force nor a file. `vesseltrack vessels lists` names the lists."
            )
        return edition.content
    ((main, beside),) = importing.downloads([path])
    return importing.read(main, beside, retrieved="", kept_as="own" if importing.is_own(main) else "").content


def _kept(name: str, version: str) -> Edition:
    """The newest kept edition of that version, or whose fingerprint begins so."""
    from vesseltrack.vessels.lists import store

    kept = store.editions(name)
    for path in reversed(kept):
        edition = store.read(path)
        if edition.content.version.lower() == version or (len(version) >= 6 and edition.sha256.startswith(version)):
            return edition
    versions = ", ".join(f"{name}@{path.stem.split('_')[1]} ({path.stem.split('_')[2]})" for path in kept) or "none"
    raise ConfigurationError(f"{name}@{version}: no such edition; kept are: {versions}.")
