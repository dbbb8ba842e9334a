"""Settings that hold for every test."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from vesseltrack.cases.examine import examine
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.reports.case import Case
from vesseltrack.vessels.loading import load_register

TODAY = date(2026, 11, 22)

SLOW = ("test_spark.py", "test_at_once.py", "test_wheel.py", "test_docs.py")
"""A minute and more each: begun first, so that no core waits for another in the end."""

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in SLOW)


@pytest.fixture(scope="session")
def examine_files() -> Callable[..., Case]:
    """The Case of files; keywords are those of CaseSettings, ``stdin`` besides."""
    register, gazetteer = load_register(), load_gazetteer()

    def case(*paths: Path | str, stdin: BytesIO | None = None, **settings: Any) -> Case:
        return examine(
            [str(path) for path in paths],
            settings=CaseSettings(**settings),
            register=register,
            gazetteer=gazetteer,
            today=TODAY,
            stdin=stdin,
        )

    return case


@pytest.fixture(scope="session")
def examine_csv(examine_files: Callable[..., Case]) -> Callable[..., Case]:
    """The Case of sightings written as CSV text; keywords are those of CaseSettings."""
    return lambda csv, **settings: examine_files("-", stdin=BytesIO(csv.encode()), **settings)
