"""Taking an edition into force, or confirming the one that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from vesseltrack.errors import ConfigurationError
from vesseltrack.vessels.lists import store
from vesseltrack.vessels.lists.diff import changes, in_number
from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.refusal import poorer, refusals

if TYPE_CHECKING:
    from pathlib import Path

    from vesseltrack.vessels.lists.store import Edition

Outcome = Literal["imported", "confirmed"]


@dataclass(frozen=True)
class Imported:
    """What became of one list."""

    edition: Edition
    outcome: Outcome
    """``confirmed``: the edition in force is the one that was given; nothing new is kept."""

    notes: tuple[str, ...] = ()


def take(edition: Edition, *, force: bool, bundled: Edition | None = None, folder: Path | None = None) -> Imported:
    """Take an edition into force, or record a day's look where it is the one in force already.

    Args:
        edition: what was read.
        force: whether it is taken in spite of what speaks against it.
        bundled: the list that comes with the program; what is in force by its name where nothing was imported.
        folder: where imported lists lie; None for the user's own folder.

    Raises:
        ListError: it is refused, and why; what was in force stays.
        OutputError: it cannot be kept.
    """
    content, file = edition.content, edition.files[0].name
    warned = tuple(f"{file}: {warning}." for warning in content.warnings)
    last, notes = _newest_readable(content.name, folder)
    if last is not None and not notes and last.sha256 == edition.sha256 and last.content == content:
        return confirmed(last, edition.retrieved, folder, warned)
    if bundled is not None and bundled.content.name == content.name and (last is None or not last.content.vessels):
        last = bundled
    before = last.content if last is not None else None
    why = refusals(content, before)
    if why and not content.vessels and not content.companies:
        raise ListError(f"{file}: not imported: {why[0]} There is nothing in it to keep; the list in force stays.")
    if why and not force:
        hint = "--force keeps its companies." if not content.vessels else "--force imports it nevertheless."
        raise ListError(f"{file}: not imported: {why[0]} The list in force stays; {hint}")
    told = [f"imported because of --force, although {reason}" for reason in why]
    told += [] if why else poorer(content, before)
    return Imported(store.keep(edition, folder), "imported", (*notes, *(f"{file}: {text}" for text in told), *warned))


def _newest_readable(name: str, folder: Path | None) -> tuple[Edition | None, tuple[str, ...]]:
    """The newest edition of a name that can be read, and a note for each that cannot: a new import mends that."""
    notes: list[str] = []
    for path in reversed(store.editions(name, folder)):
        try:
            return store.read(path), tuple(notes)
        except ConfigurationError as why:
            notes.append(str(why))
    return None, tuple(notes)


def confirmed(edition: Edition, day: str, folder: Path | None = None, notes: tuple[str, ...] = ()) -> Imported:
    """Record that somebody looked on that day; a look before the download or the last look says nothing new.

    Raises:
        OutputError: it cannot be written.
    """
    latest = max(edition.retrieved, edition.confirmed)
    if day < latest:
        told = f"{edition.content.name}: nothing was recorded: {day} is before {latest}, the last look or the download."
        return Imported(edition, "confirmed", (*notes, told))
    if day > edition.confirmed:
        store.confirm(edition.content.name, edition.sha256, day, folder)
    return Imported(replace(edition, confirmed=day), "confirmed", notes)


def compare(edition: Edition, known: Edition) -> None:
    """Check that a download is the edition in force: the same bytes, or the same entries.

    Raises:
        ListError: it differs, and in how many entries.
    """
    if edition.sha256 == known.sha256:
        return
    differences = changes(known.content.vessels, edition.content.vessels)
    ours, theirs = {c.name for c in known.content.companies}, {c.name for c in edition.content.companies}
    said = [in_number(differences)] if differences else []
    if ours != theirs:
        said.append(f"{len(theirs - ours):,} companies more, {len(ours - theirs):,} fewer")
    if said:
        raise ListError(
            f"{edition.files[0].name}: not confirmed: it differs from the list in force: {', '.join(said)}. "
            "`vesseltrack vessels diff` shows each; import the file to take it into force."
        )
