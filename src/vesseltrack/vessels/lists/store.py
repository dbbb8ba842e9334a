"""Imported lists: one file per edition, whole or not there, and the newest import of a name is the one in force.

A folder per name, under `folder`. A file is never changed once it is written; what somebody confirmed stands beside.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vesseltrack import files
from vesseltrack.errors import ConfigurationError, OutputError
from vesseltrack.vessels.lists.refusal import ships_listed
from vesseltrack.vessels.lists.stored import from_json, to_json
from vesseltrack.vessels.model import ListUsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vesseltrack.vessels.lists.model import PublishedList

SCHEMA = 1
"""Of the files in the store; a file of a later schema is refused, not guessed at."""

CONFIRMED = "confirmed.json"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_FILE = re.compile(r"(?P<number>\d{4,})_(?P<version>[0-9A-Za-z.-]+)_(?P<sha>[0-9a-f]{12})\.json")


@dataclass(frozen=True)
class FileUsed:
    """A downloaded file that an edition was read from."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Edition:
    """One published edition of a list, as imported."""

    content: PublishedList
    retrieved: str
    """ISO date on which it was downloaded."""

    files: tuple[FileUsed, ...]
    confirmed: str = ""
    """ISO date of the last look that found this edition unchanged."""

    path: Path | None = None
    """Where it is kept; None before that."""

    @property
    def sha256(self) -> str:
        """Of the downloaded file; of several, that of their ``sha256sum`` lines."""
        return fingerprint(self.files)

    def used(self) -> ListUsed:
        """The list as output names it."""
        content = self.content
        return ListUsed(
            name=content.title,
            authority=content.authority,
            version=content.version,
            retrieved=self.retrieved,
            sha256=self.sha256,
            vessels=ships_listed(content),
            confirmed=self.confirmed,
            companies=len(content.companies),
            id=content.name,
        )


def fingerprint(used: tuple[FileUsed, ...]) -> str:
    """SHA-256 of one file; of several, of the lines that ``sha256sum`` prints for them."""
    if len(used) == 1:
        return used[0].sha256
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in used)
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def user_folder() -> Path:
    """The user's own folder of lists: ``lists`` in the user's data folder, which ``XDG_DATA_HOME`` moves."""
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed to import this module

    return user_data_path("vesseltrack") / "lists"


def valid_name(name: str) -> bool:
    """Whether a list can be kept under that name."""
    return _NAME.fullmatch(name) is not None


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names under which editions are kept, sorted."""
    root = folder or user_folder()
    return tuple(name for name in _entries(root) if valid_name(name) and _numbered(root / name))


def editions(name: str, folder: Path | None = None) -> tuple[Path, ...]:
    """The files of the editions kept under a name, the one in force last."""
    at = (folder or user_folder()) / name
    return tuple(at / file for _, file in _numbered(at))


def in_force(name: str, folder: Path | None = None) -> Edition | None:
    """The edition in force; None where none was imported.

    Raises:
        ConfigurationError: its file is damaged; it is named with the way out.
    """
    kept = editions(name, folder)
    return read(kept[-1]) if kept else None


def read(path: Path) -> Edition:
    """The edition in a file of the store.

    Raises:
        ConfigurationError: it cannot be read, is damaged, or was written by a later version.
    """
    try:
        head, _, body = path.read_bytes().partition(b",\n")
        about = json.loads(head + b"}")
    except OSError as why:
        raise _unreadable(path, why) from None
    except ValueError:
        raise _damaged(path) from None
    if not isinstance(about, dict) or not isinstance(about.get("schema"), int):
        raise _damaged(path)
    if about["schema"] > SCHEMA:
        raise ConfigurationError(f"{path}: was kept by a later version of vesseltrack; use that, or import the list.")
    given = about.pop("about_sha256", None)
    if given is not None and given != _fingerprint_of(about):
        raise _damaged(path)
    try:
        date.fromisoformat(about["retrieved"])
        text = body.removesuffix(b"}\n").removeprefix(b'"content":')
        if hashlib.sha256(text).hexdigest() != about["content_sha256"]:
            raise _damaged(path)
        content = from_json(text)
        used = tuple(FileUsed(file["name"], file["sha256"]) for file in about["files"])
        edition = Edition(replace(content, name=path.parent.name), about["retrieved"], used, path=path)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path) from None
    return replace(edition, confirmed=confirmed_on(path.parent.name, edition.sha256, path.parents[1]))


def keep(edition: Edition, folder: Path | None = None) -> Edition:
    """Keep an edition; it is in force from then on.

    Raises:
        OutputError: it cannot be written; what was in force stays.
    """
    at = (folder or user_folder()) / edition.content.name
    content = to_json(edition.content).encode("utf-8", "surrogatepass")
    about = {
        "schema": SCHEMA,
        "name": edition.content.name,
        "version": edition.content.version,
        "retrieved": edition.retrieved,
        "files": [asdict(file) for file in edition.files],
        "content_sha256": hashlib.sha256(content).hexdigest(),
    }
    about["about_sha256"] = _fingerprint_of(about)
    head = json.dumps(about, ensure_ascii=False).encode("utf-8", "surrogatepass").removesuffix(b"}")
    kept = _numbered(at)
    number = kept[-1][0] + 1 if kept else 1
    version = re.sub(r"[^0-9A-Za-z.-]+", "-", edition.content.version)[:40] or "undated"
    path = at / f"{number:04}_{version}_{edition.sha256[:12]}.json"
    _write(path, head + b',\n"content":' + content + b"}\n")
    return replace(edition, path=path)


def confirm(name: str, sha256: str, day: str, folder: Path | None = None) -> None:
    """Record that somebody looked, and that this edition is still the published one.

    Raises:
        OutputError: it cannot be written.
    """
    path = (folder or user_folder()) / name / CONFIRMED
    _write(path, (json.dumps({"schema": SCHEMA, "sha256": sha256, "confirmed": day}) + "\n").encode())


def confirmed_on(name: str, sha256: str, folder: Path | None = None) -> str:
    """The day on which that edition was last confirmed; empty where nobody did, or another edition was meant."""
    path = (folder or user_folder()) / name / CONFIRMED
    try:
        record: Any = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as why:
        raise _unreadable(path, why) from None
    except ValueError:
        record = None
    if not isinstance(record, dict) or not _is_day(record.get("confirmed")):
        raise ConfigurationError(
            f"{path}: is damaged; remove it, look at the list, and confirm it again: "
            f"vesseltrack vessels import --confirm {name}"
        )
    return str(record["confirmed"]) if record.get("sha256") == sha256 else ""


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _fingerprint_of(about: dict[str, Any]) -> str:
    """SHA-256 of what stands beside the content: a day of download that has changed is damage like any other."""
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _entries(at: Path) -> Iterator[str]:
    """What lies in a folder, sorted; nothing where there is none. A link that leads nowhere is not no folder."""
    try:
        yield from sorted(entry.name for entry in at.iterdir())
    except OSError as why:
        if isinstance(why, FileNotFoundError) and not at.is_symlink():
            return
        raise _unreadable(at, why) from None


def _numbered(at: Path) -> list[tuple[int, str]]:
    """Number and name of the edition files in a folder, in order of import; a file beside the folders has none."""
    if at.is_file():
        return []
    found = ((_FILE.fullmatch(name), name) for name in _entries(at))
    return sorted((int(match["number"]), name) for match, name in found if match)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(data, path)
    except OSError as why:
        reason = (why.strerror or "unknown reason").lower()
        raise OutputError(
            f"{path.parent}: the list cannot be kept there: {reason}. What was in force stays. XDG_DATA_HOME moves it."
        ) from None


def _unreadable(path: Path, why: OSError) -> ConfigurationError:
    return ConfigurationError(f"{path}: cannot be read: {(why.strerror or 'unknown reason').lower()}.")


def _damaged(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{path}: this imported list is damaged. Import it again, or remove this file: "
        "the edition before it is then in force."
    )
