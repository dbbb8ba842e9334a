"""Ledgers to try things on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Ran, _clean_room, process, run, sightings

__all__ = ["Ran", "_clean_room", "process", "run", "sightings"]

ROWS = """2024-03-06,CHON MA SAN,8660313,Vostochny,,,off,loading,"Planet, 6 March"
2024-03-13T10:00:00Z,YU SON,,Chongjin,,,off,anchored,=HYPERLINK("x")
2024-05-01,EVER GIVEN,9811000,,31.25,32.3,on,transit,feed
"""


@pytest.fixture
def ledger(run: Callable[..., Ran], sightings: Callable[..., Path], tmp_path: Path) -> Path:
    """A ledger with three sightings."""
    path = tmp_path / "ledger.sqlite3"
    assert run("ingest", sightings(ROWS), "--ledger", path).code == 0
    return path


@pytest.fixture
def look(ledger: Path) -> Callable[..., list[Any]]:
    """Asks the ledger's file with plain SQLite, as anybody might."""

    def _look(statement: str, *values: Any, path: Path = ledger) -> list[Any]:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    return _look
