"""An engine for the detectors."""

from __future__ import annotations

import pytest

from vesseltrack.tracks.engines.duckdb import DuckDBEngine


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("spill"), threads=1)
    yield engine
    engine.close()
