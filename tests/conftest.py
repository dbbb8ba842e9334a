"""Settings that hold for every test."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import settings

from vesseltrack.cases.examine import examine
from vesseltrack.cases.settings import CaseSettings
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.reports.case import Case
from vesseltrack.vessels.register import load_register

TODAY = date(2026, 11, 22)

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def examine_csv() -> Callable[..., Case]:
    """The Case of sightings written as CSV text; keywords are those of CaseSettings."""
    register, gazetteer = load_register(), load_gazetteer()

    def case(csv: str, **settings: Any) -> Case:
        return examine(
            ["-"],
            settings=CaseSettings(**settings),
            register=register,
            gazetteer=gazetteer,
            today=TODAY,
            stdin=BytesIO(csv.encode()),
        )

    return case
