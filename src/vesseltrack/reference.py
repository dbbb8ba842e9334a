"""The bundled reference data: where it lies, what it holds, and its fingerprints.

A wheel carries the files in ``vesseltrack/_data``; a checkout has them in ``data/`` and ``examples/``.
What each file means, where it comes from and how sure it is: ``data/SOURCES.md``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vesseltrack.errors import ConfigurationError

DATA_VERSION = "2026-11-22"
"""Day on which the bundled data was last changed; ``program.data_version`` in every output."""

_PACKAGED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class ReferenceUsed:
    """A reference file that a result rests on."""

    name: str
    """Name as in `path_of`; for a user's own file, its path as given."""

    sha256: str


def path_of(name: str) -> Path:
    """Where a reference file lies: ``vessels.csv``, or ``examples/vostochny-2024.csv``.

    Raises `ConfigurationError` when the file is not there, which means a broken installation.
    """
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT if name.startswith("examples/") else _CHECKOUT / "data"
    path = folder / name
    if not path.is_file():
        msg = f"reference file {name} is missing at {path}: install vesseltrack again, or restore the file"
        raise ConfigurationError(msg)
    return path


@cache
def read_bytes(name: str) -> bytes:
    """The bytes of a reference file; `ConfigurationError` when it is missing or cannot be read."""
    path = path_of(name)
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"reference file {name} cannot be read at {path}: {error.strerror}"
        raise ConfigurationError(msg) from error


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file as text by column name, stripped; an empty cell is ``""`` and means unknown.

    Raises `ConfigurationError` when the file is missing, is not UTF-8, or a row has too few or too many cells.
    """
    try:
        reader = csv.DictReader(io.StringIO(read_bytes(name).decode("utf-8-sig"), newline=""), strict=True)
        found = [dict(row) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise _broken(name, str(error)) from error
    for number, row in enumerate(found, start=1):
        if None in row or None in row.values():
            raise _broken(name, f"row {number} does not have as many cells as the header")
    return [{column: cell.strip() for column, cell in row.items()} for row in found]


def toml(name: str) -> dict[str, Any]:
    """A TOML file as a dict; `ConfigurationError` when it is missing or does not parse."""
    import tomllib  # noqa: PLC0415 - a ship's name needs none

    try:
        return tomllib.loads(read_bytes(name).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _broken(name, str(error)) from error


def geojson(name: str) -> dict[str, Any]:
    """A GeoJSON FeatureCollection as a dict; `ConfigurationError` when it is missing or is something else."""
    try:
        collection = json.loads(read_bytes(name))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise _broken(name, str(error)) from error
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise _broken(name, "it is not a FeatureCollection")
    return collection


def used(*names: str) -> tuple[ReferenceUsed, ...]:
    """Name and SHA-256 of reference files, for the output."""
    return tuple(ReferenceUsed(name, hashlib.sha256(read_bytes(name)).hexdigest()) for name in names)


def _broken(name: str, why: str) -> ConfigurationError:
    return ConfigurationError(f"reference file {name} is damaged ({why}): install vesseltrack again")
