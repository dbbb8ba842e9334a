"""The files that `vesseltrack run` takes: named ones, or those of an inbox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vesseltrack.cli.session import today
from vesseltrack.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from vesseltrack.cases.inbox import Inbox, Stamp
    from vesseltrack.cli.session import Session
    from vesseltrack.sightings.schema import Sightings


def read_named(files: tuple[str, ...], session: Session, stdin: BinaryIO | None = None) -> Sightings:
    """The sightings of some files; ``-`` is what ``stdin`` reads."""
    from vesseltrack.cli.examination import field_mapping
    from vesseltrack.sightings.reader import read_sightings

    latest = min(today(), session.as_of) if session.as_of is not None else today()
    return read_sightings(files, mapping=field_mapping(session), latest=latest, stdin=stdin, keep_tables=True)


def read_inbox(found: Inbox, session: Session) -> tuple[Sightings | None, dict[Path, Stamp], dict[Path, Stamp]]:
    """What the files of the inbox hold, those files, and the others: one that cannot be read must not stop the rest."""
    good, refused = dict(found.files), dict(found.links)
    for link in found.links:
        session.messages.must(f"{link}: a symbolic link; put the file itself into the inbox; moved aside.")
    while good:
        try:
            read = read_named(tuple(map(str, good)), session)
            break
        except InputError:
            bad = [path for path in good if not _readable(path, session)]
            if not bad:
                raise
            for path in bad:
                seen = good.pop(path)
                if path.exists():  # else another run took it
                    refused[path] = seen
    else:
        return None, good, refused
    for path, account in zip(tuple(good), read.inputs, strict=True):
        if account.rows and account.rejected == account.rows:
            session.messages.must(f"{account.path}: no row of it could be read; moved aside.")
            refused[path] = good[path]
    return read, {path: seen for path, seen in good.items() if path not in refused}, refused


def _readable(path: Path, session: Session) -> bool:
    """Whether a file of the inbox can be read at all; says why not."""
    try:
        read_named((str(path),), session)
    except ConfigurationError:  # of all files together: a header that --map names may stand in another one
        return True
    except InputError as why:
        if path.exists():
            session.messages.must(f"{why}; moved aside")
        return False
    return True


def settings_files(session: Session) -> list[Path]:
    """Files that this run reads its settings from."""
    from vesseltrack.config import configuration_files

    named = [session.settings[name] for name in ("vessels", "ports", "capacity_file", "decisions")]
    return [path for path in (*named, *configuration_files(Path())) if path is not None and path.exists()]
