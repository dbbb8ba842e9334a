"""The file of one's own ships: a CSV like a user's own list, whose owners and managers are read besides."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError
from vesseltrack.sightings.encodings import recognise
from vesseltrack.sightings.headers import COMPANY_FIELDS, meaning
from vesseltrack.vessels.companies import ROLE_OF
from vesseltrack.vessels.own_list import read_own_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vesseltrack.cases.owners import Named
    from vesseltrack.vessels.model import Vessel


@dataclass(frozen=True)
class FleetFile:
    """A fleet as read."""

    path: str
    sha256: str
    ships: tuple[Vessel, ...]
    """Each once, in the order of the file."""

    owners: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    """Owners, managers and company numbers that the rows of a ship name, by its id."""


def read_fleet(path: Path) -> FleetFile:
    """Read a CSV of ships with a name or an IMO number each, perhaps MMSI, call sign, flag, owners and managers.

    Raises `ConfigurationError` in one line where the file or a row of it cannot be used.
    """
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe can be read only once
        with tempfile.NamedTemporaryFile(suffix=path.suffix) as kept:
            kept.write(path.read_bytes())
            kept.flush()
            return replace(_read(Path(kept.name), shown=path), path=str(path))
    return _read(path, shown=path)


def _read(path: Path, *, shown: Path) -> FleetFile:
    try:
        read = read_own_list(path, path.name)
    except ConfigurationError as why:
        raise ConfigurationError(str(why).replace("--vessels", "--fleet").replace(str(path), str(shown))) from None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != read.sha256:
        raise ConfigurationError(f"{shown}: was changed while it was read; try again")
    ships: dict[str, Vessel] = {}
    owners: defaultdict[str, list[Named]] = defaultdict(list)
    for vessel, named in zip(read.entries, _named_in(content, str(shown), len(read.entries)), strict=True):
        ships.setdefault(vessel.id, vessel)
        owners[vessel.id] += named
    return FleetFile(str(path), read.sha256, tuple(ships.values()), {ship: (*names,) for ship, names in owners.items()})


def _named_in(content: bytes, path: str, ships: int) -> tuple[tuple[Named, ...], ...]:
    """The companies that each ship's row names, in order; every column that means an owner or manager counts.

    Args:
        content: a CSV that `read_own_list` has read.
        path: its name, for messages.
        ships: rows that it found there.

    Raises:
        ConfigurationError: the rows cannot be told apart as they were there.
    """
    text = recognise(content, path).utf8.decode(errors="replace")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    header, *rows = [cells for cells in reader if any(cell.strip() for cell in cells)]
    roles = [(at, ROLE_OF[field]) for at, name in enumerate(header) if (field := meaning(name)) in COMPANY_FIELDS]
    if roles and len(rows) != ships:
        raise ConfigurationError(f"{path}: its owners cannot be told to its ships; save it as CSV in UTF-8")
    return tuple(
        tuple((role, cells[at].strip()) for at, role in roles if at < len(cells) and cells[at].strip())
        for cells in rows[:ships]
    )
