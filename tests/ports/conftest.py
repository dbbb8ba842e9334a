"""A small coast to test on: two ports, drawn as squares; a kilometre is 0.009 degrees of latitude."""

from __future__ import annotations

import pytest
from ports.drawing import feature, gazetteer, square

from vesseltrack.ports.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Alpha: an oil berth, a container terminal 3.3 km north of it, an anchorage east of both; Beta 60 km east."""
    return gazetteer(
        tmp_path_factory.mktemp("coast") / "ports.geojson",
        feature(square(10.0, 20.0, 0.2), name="Alpha", country="XA", unlocode="XAALP", role="oil_loading", uncertainty_m=500),
        feature(square(10.05, 20.05, 0.01), name="Alpha oil berth", port="Alpha", role="oil_loading", uncertainty_m=500),
        feature(square(10.09, 20.05, 0.01), name="Alpha container terminal", port="Alpha", role="container_terminal", uncertainty_m=500),
        feature(square(10.06, 20.08, 0.05), name="Alpha anchorage", port="Alpha", role="anchorage", uncertainty_m=0),
        feature(square(10.0, 20.7, 0.1), name="Beta", country="XB", role="oil_discharge"),
    )  # fmt: skip


@pytest.fixture(scope="session")
def bundled() -> Gazetteer:
    return load_gazetteer()
