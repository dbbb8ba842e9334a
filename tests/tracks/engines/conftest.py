"""Both engines, by name; Spark's runs on a cluster of real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tracks.engines.cluster import Cluster, environment, why_not

from vesseltrack.tracks.engines.duckdb import DuckDBEngine
from vesseltrack.tracks.engines.engine import Engine


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers; what they need stands in the environment of the tests as well."""
    if why := why_not():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as patch:
        around = environment(folder)
        for name, value in around.items():
            patch.setenv(name, value)
        running = Cluster(folder, around)
        try:
            yield running
        finally:
            running.close()


@pytest.fixture(scope="module")
def spark(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    from vesseltrack.tracks.engines.spark import SparkEngine

    engine = SparkEngine(cluster.url, tmp_path_factory.mktemp("driver"))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def duckdb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = DuckDBEngine(tmp_path_factory.mktemp("spill"))
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)


@pytest.fixture
def read(tmp_path) -> Callable[..., tuple[list[tuple], list[tuple], dict[str, int]]]:
    """What files hold: positions, what ships say of themselves, both sorted, and how many rows are rejected for what."""
    from vesseltrack.tracks.formats.recognising import recognise

    def rows(engine: Engine, *paths: object) -> tuple[list[tuple], list[tuple], dict[str, int]]:
        (tmp_path / "copies").mkdir(exist_ok=True)
        found = engine.read(recognise([str(path) for path in paths], tmp_path / "copies").sources)
        said = found.said_by(found.answers.select("mmsi").unique())
        said = said.select("mmsi", "time", "ship_type", "imo", "name", "call_sign")
        return tuples(engine, found.positions), tuples(engine, said), dict(found.numbers)

    return rows


def tuples(engine: Engine, frame) -> list[tuple]:
    """The rows of a frame in one order; null before everything."""
    table = engine.collect(frame)
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return sorted(rows, key=lambda row: [(value is not None, value) for value in row])
